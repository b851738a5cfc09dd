// SPDX-License-Identifier: Apache-2.0
#include "main/serve/audit_rooms.h"

#include <algorithm>

namespace licet {
namespace {

constexpr std::int64_t kMeasuresHoldSeconds = 60;

}  // namespace

Result<const audit::Questionnaire*> AuditRooms::questionnaire() {
    const std::lock_guard lock(mutex_);
    if (!questionnaire_) {
        Capture said;
        questionnaire_ = load_questionnaire(Terminal(catalogue_of(Language::kEnglish), said), "");
    }
    if (!questionnaire_) return error(ErrorCode::kBroken, "http.internal");
    return &*questionnaire_;
}

std::shared_ptr<AuditRooms::Room> AuditRooms::room_of(const std::string& tenant) {
    const std::lock_guard lock(mutex_);
    auto& room = rooms_[tenant];
    if (!room) room = std::make_shared<Room>();
    return room;
}

Result<Done> AuditRooms::open(Room& room, const std::string& tenant, std::string_view audit) {
    room.desk.reset();
    room.law = office_.law();
    room.today = office_.today();
    const audit::Questionnaire* asked = LICET_TRY(questionnaire());
    Common common = office_.common_of(tenant);
    common.law = room.law;
    auto opened = AuditDesk::open(*room.law, *asked, common, {std::string(audit), "", false, true});
    if (!opened && opened.error().message.id == "audit.none")
        opened = AuditDesk::open(*room.law, *asked, common, {{}, "", false, false});
    auto desk = LICET_TRY(std::move(opened));
    room.entries = LICET_TRY(desk->store().count());
    room.read_at = office_.now_seconds();
    room.desk = std::move(desk);
    return Done{};
}

Result<Done> AuditRooms::take_up(Room& room) {
    const std::uint64_t entries = LICET_TRY(room.desk->store().count());
    if (entries == room.entries) return Done{};
    const std::int64_t now = office_.now_seconds();
    const bool is_old = now - room.read_at >= kMeasuresHoldSeconds;
    LICET_TRY(room.desk->refresh(is_old));
    room.entries = entries;
    if (is_old) room.read_at = now;
    return Done{};
}

// Opens the desk or takes it up to date. What is open serves, whether it was asked for by its name
// or as the newest; before the first audit it is a desk without one.
Result<Done> AuditRooms::enter(Room& room, const std::string& tenant, std::string_view audit) {
    if (!room.desk || !is_of_now(room))
        LICET_TRY(open(room, tenant, audit));
    else
        LICET_TRY(take_up(room));
    const std::vector<std::string> audits = audit::audits_of(room.desk->own_events());
    const std::string wanted(audit.empty() && !audits.empty() ? audits.back() : audit);
    if (room.desk->sheet().audit != wanted) LICET_TRY(open(room, tenant, wanted));
    return Done{};
}

bool AuditRooms::is_of_now(const Room& room) const {
    return room.law == office_.law() && room.today == office_.today();
}

bool AuditRooms::is_up_to_date(Room& room) const {
    const bool is_old = office_.now_seconds() - room.read_at >= kMeasuresHoldSeconds;
    if (room.fault) return !is_old;
    if (!room.desk || !is_of_now(room)) return false;
    if (!is_old) return true;
    const auto entries = room.desk->store().count();
    return entries && *entries == room.entries;
}

void AuditRooms::prepare(std::span<const std::string> tenants, std::chrono::milliseconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    std::vector<std::string> wanted;
    for (const std::string& tenant : tenants) {
        const std::shared_ptr<Room> room = room_of(tenant);
        // Somebody is in it: it is open, or being read.
        const std::unique_lock alone(room->busy, std::try_to_lock);
        if (alone && !is_up_to_date(*room)) wanted.push_back(tenant);
    }
    std::unique_lock lock(queue_mutex_);
    for (const std::string& tenant : wanted)
        if (unread_.insert(tenant).second) queue_.push_back(tenant);
    if (!queue_.empty() && !reader_.joinable())
        reader_ = std::jthread([this](const std::stop_token& stop) { read(stop); });
    queue_changed_.notify_all();
    queue_changed_.wait_until(lock, until, [&] {
        return std::none_of(tenants.begin(), tenants.end(),
                            [&](const std::string& one) { return unread_.contains(one); });
    });
}

void AuditRooms::read(const std::stop_token& stop) {
    std::unique_lock lock(queue_mutex_);
    while (queue_changed_.wait(lock, stop, [this] { return !queue_.empty(); })) {
        const std::string tenant = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        {
            const std::shared_ptr<Room> room = room_of(tenant);
            const std::lock_guard alone(room->busy);
            const auto own = office_.desk(tenant);
            std::optional<Error> fault = own ? (*own)->fault() : std::optional(own.error());
            if (!fault)
                if (const auto done = enter(*room, tenant, {}); !done) fault = done.error();
            if (fault) {
                room->desk.reset();
                room->read_at = office_.now_seconds();
            }
            room->fault = std::move(fault);
        }
        lock.lock();
        unread_.erase(tenant);
        queue_changed_.notify_all();
    }
}

Result<AuditRooms::Seen> AuditRooms::glance(
    const std::string& tenant, const std::function<Result<Done>(const AuditDesk&)>& look) {
    constexpr std::chrono::milliseconds kWhileAnotherAnswers{10};
    const std::shared_ptr<Room> room = room_of(tenant);
    const std::unique_lock alone(room->busy, kWhileAnotherAnswers);
    if (!alone) return Seen::kReading;
    if (room->fault) return *room->fault;
    if (!room->desk || !is_of_now(*room)) return Seen::kReading;
    if (LICET_TRY(room->desk->store().count()) != room->entries) {
        // What is measured may be old; what was answered and recorded is not.
        LICET_TRY(room->desk->refresh(false));
    }
    LICET_TRY(look(*room->desk));
    return Seen::kShown;
}

Result<http::Answer> AuditRooms::at(const std::string& tenant, std::string_view audit,
                                    const std::string& law_day, const Act& act) {
    if (audit == kNewestAudit) audit = {};
    // Of a ledger that was moved away nothing is read, and nothing lost.
    const auto own = LICET_TRY(office_.desk(tenant));
    if (auto fault = own->fault()) return *std::move(fault);
    if (!law_day.empty()) {
        const auto law = office_.law();
        Common common = office_.common_of(tenant);
        common.law = law;
        const audit::Questionnaire* asked = LICET_TRY(questionnaire());
        const auto desk = LICET_TRY(
            AuditDesk::open(*law, *asked, common, {std::string(audit), law_day, false, true}));
        return act(*desk);
    }
    const std::shared_ptr<Room> room = room_of(tenant);
    const std::lock_guard alone(room->busy);
    LICET_TRY(enter(*room, tenant, audit));
    if (room->desk->sheet().audit.empty()) return error(ErrorCode::kMissing, "audit.none");
    return act(*room->desk);
}

void AuditRooms::forget(const std::string& tenant) {
    const std::lock_guard lock(mutex_);
    rooms_.erase(tenant);
}

Result<Done> AuditRooms::record(const std::string& tenant, AuditDesk& desk,
                                std::vector<ledger::Event> events) {
    const auto own = LICET_TRY(office_.desk(tenant));
    std::ignore = LICET_TRY(own->append(std::move(events)));
    return desk.refresh(false);
}

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
#include "store/head_follower.h"

#include <mutex>
#include <shared_mutex>
#include <tuple>

#include "ledger/merkle.h"
#include "store/internal/schema.h"
#include "store/internal/standing_source.h"
#include "store/internal/tables.h"
#include "store/person_key_file.h"
#include "store/standing_file.h"

namespace licet::store {
namespace {

using ledger::EventKind;
using ledger::Head;

/// How much is taken in while nobody can look anything up.
constexpr std::size_t kMostAtOnce = 1024;

class Follower final : public HeadFollower {
  public:
    Follower(LedgerFiles files, std::unique_ptr<Connection> connection, PersonKeyFile keys,
             Clock clock)
        : files_(std::move(files)),
          connection_(std::move(connection)),
          keys_(std::move(keys)),
          clock_(std::move(clock)) {}

    Result<std::size_t> follow(std::chrono::milliseconds wait) override;
    Result<std::optional<ledger::Standing>> find(std::span<const ledger::ContactTokens> points,
                                                 Date until) const override;
    std::size_t list_count() const override;
    Result<Done> confirmed() const override;
    Result<const ledger::StandingIndex*> index() const override;
    void begin_with(std::shared_ptr<const StandingFile> file);

  private:
    void begin_anew();
    [[nodiscard]] Result<std::size_t> take_in();
    [[nodiscard]] Result<std::size_t> read_on();
    [[nodiscard]] Result<Done> follow_partition(std::uint32_t part, const Head& head,
                                                bool is_first);
    [[nodiscard]] Result<Done> add(const EventRow& row);
    /// Into the whole, if that is read; else to what is shown soon.
    template <typename One>
    void take(One one, std::vector<One>& unseen);
    void show_what_was_read();
    [[nodiscard]] Result<Done> add_suppressions_of(const ledger::Token& person, Statement& list);
    [[nodiscard]] Result<Done> add_all_suppressions();

    LedgerFiles files_;
    std::unique_ptr<Connection> connection_;
    PersonKeyFile keys_;
    Clock clock_;
    Heads heads_;
    bool must_begin_anew_ = false;  ///< somebody was erased: what is known of them must go
    bool is_of_file_ = false;       ///< what was there before is from the file of standings
    // What was read and nobody sees yet. The whole ledger is read into an index of its own, so that
    // no look-up meets a part of it.
    std::optional<ledger::StandingIndex> whole_;
    std::vector<ledger::Event> events_;
    std::vector<ledger::Suppression> suppressions_;

    mutable std::shared_mutex shown_;  ///< guards what look-ups see
    ledger::StandingIndex index_;
    std::optional<Moment> confirmed_at_;
};

Result<std::size_t> Follower::follow(std::chrono::milliseconds wait) {
    const auto hint = confirmed_at_ ? connection_->hinted_within(wait) : Result<bool>(true);
    // The heads are those of this moment or later.
    const Moment asked_at = clock_();
    auto taken = hint ? take_in() : Result<std::size_t>(hint.error());
    // A ledger that was put back is not where its file of standings is.
    const bool is_other_ledger =
        !taken && is_of_file_ && !confirmed_at_ && taken.error().message.id == "store.rolled_back";
    if ((taken && must_begin_anew_) || is_other_ledger) {
        begin_anew();
        taken = take_in();
    }
    if (taken) {
        const std::unique_lock lock(shown_);
        confirmed_at_ = asked_at;
    } else  // Connects again; whether that helped, the next call says.
        static_cast<void>(connection_->recovers_from(taken.error(), 1));
    return taken;
}

void Follower::begin_with(std::shared_ptr<const StandingFile> file) {
    auto source = standing_source_of(file->source());
    if (!source) return;
    index_ = ledger::StandingIndex(std::move(file));
    heads_ = std::move(source->heads);
    is_of_file_ = true;
}

void Follower::begin_anew() {
    if (is_of_file_) forget_standings(files_);
    is_of_file_ = false;
    heads_.clear();
}

// ---- what look-ups see --------------------------------------------------------------------------
Result<const ledger::StandingIndex*> Follower::index() const {
    if (!confirmed_at_ || clock_() - *confirmed_at_ > kMostSilence)
        return error(ErrorCode::kBusy, "store.heads_unconfirmed", {}, files_.database);
    return &index_;
}

Result<std::optional<ledger::Standing>> Follower::find(
    std::span<const ledger::ContactTokens> points, Date until) const {
    const std::shared_lock lock(shown_);
    const ledger::StandingIndex* index = LICET_TRY(this->index());
    return index->find(points, until);
}

std::size_t Follower::list_count() const {
    const std::shared_lock lock(shown_);
    return index_.lists().size();
}

Result<Done> Follower::confirmed() const {
    const std::shared_lock lock(shown_);
    std::ignore = LICET_TRY(index());
    return Done{};
}

template <typename One>
void Follower::take(One one, std::vector<One>& unseen) {
    if (whole_) {
        whole_->add(one);
        return;
    }
    unseen.push_back(std::move(one));
    if (unseen.size() == kMostAtOnce) show_what_was_read();
}

void Follower::show_what_was_read() {
    const std::unique_lock lock(shown_);
    if (whole_) {
        std::swap(index_, *whole_);
        return;
    }
    for (const ledger::Event& event : events_) index_.add(event);
    for (const ledger::Suppression& one : suppressions_) index_.add(one);
    events_.clear();
    suppressions_.clear();
}

// ---- what is read -------------------------------------------------------------------------------
Result<std::size_t> Follower::take_in() {
    events_.clear();
    suppressions_.clear();
    whole_.reset();
    if (heads_.empty()) whole_.emplace();
    auto count = read_on();
    if (count && whole_) show_what_was_read();
    // Of a whole that was read in part nothing counts.
    if (!count && whole_) heads_.clear();
    whole_.reset();
    return count;
}

// Heads and entries of one moment.
Result<std::size_t> Follower::read_on() {
    Transaction transaction = LICET_TRY(Transaction::begin(*connection_, Access::kRead));
    const Heads there = LICET_TRY(heads_of(*connection_));
    LICET_TRY(keys_.refresh());
    std::size_t count = 0;
    const bool is_first = heads_.empty();
    if (is_first) LICET_TRY(add_all_suppressions());
    for (const auto& [part, known] : heads_) {
        const auto head = there.find(part);
        if (head == there.end() || head->second.seq < known.seq)
            return error(ErrorCode::kBroken, "store.rolled_back", {}, files_.database);
    }
    for (const auto& [part, head] : there) {
        const std::int64_t before = heads_[part].seq;
        if (heads_[part] == head) continue;
        LICET_TRY(follow_partition(part, head, is_first));
        count += static_cast<std::size_t>(head.seq - before);
    }
    LICET_TRY(transaction.commit());
    if (is_first)
        must_begin_anew_ = false;  // the erasures that were read are done in what was read
    return count;
}

Result<Done> Follower::follow_partition(std::uint32_t part, const Head& head, bool is_first) {
    Head at = heads_[part];
    // The same number and another hash: the ledger went back, and on in another way.
    if (at.seq == head.seq)
        return error(ErrorCode::kBroken, "store.rolled_back", {}, files_.database);
    Statement rows = LICET_TRY(
        connection_->scan("SELECT " + std::string(kEventColumns) +
                          " FROM event WHERE part = ? AND seq BETWEEN ? AND ? ORDER BY seq"));
    Statement list = LICET_TRY(connection_->prepare("SELECT " + std::string(kSuppressionColumns) +
                                                    " FROM suppression WHERE token = ?"));
    rows.bind(1, std::int64_t{part});
    rows.bind(2, at.seq + 1);
    rows.bind(3, head.seq);
    while (true) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) break;
        const EventRow row = LICET_TRY(event_row(rows, files_.database));
        at = ledger::next(at, ledger::leaf_hash(row.entry()));
        const bool is_objection = ledger::is_objection(static_cast<EventKind>(row.kind));
        // The list says it, also of whom nothing else is there any more.
        if (!is_objection) LICET_TRY(add(row));
        if (is_objection && !is_first) LICET_TRY(add_suppressions_of(row.token(), list));
    }
    if (at != head) return error(ErrorCode::kBroken, "store.rolled_back", {}, files_.database);
    // A head is known when all before it is shown: another partition may still fail.
    if (!whole_) show_what_was_read();
    heads_[part] = at;
    return Done{};
}

Result<Done> Follower::add(const EventRow& row) {
    if (row.is_erased()) return Done{};
    const auto kind = static_cast<EventKind>(row.kind);
    if (kind == EventKind::kVerdictGiven) return Done{};
    if (kind == EventKind::kErased) {
        must_begin_anew_ = true;
        return Done{};
    }
    const auto event = LICET_TRY(unsealed(row, keys_, files_));
    if (event) take(*event, events_);
    return Done{};
}

Result<Done> Follower::add_suppressions_of(const ledger::Token& person, Statement& list) {
    list.bind(1, person);
    while (true) {
        const bool has_row = LICET_TRY(list.step());
        if (!has_row) return Done{};
        take(LICET_TRY(suppression_in(list, files_.database)), suppressions_);
    }
}

Result<Done> Follower::add_all_suppressions() {
    Statement rows = LICET_TRY(
        connection_->scan("SELECT " + std::string(kSuppressionColumns) + " FROM suppression"));
    while (true) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) return Done{};
        take(LICET_TRY(suppression_in(rows, files_.database)), suppressions_);
    }
}

}  // namespace

Result<std::unique_ptr<HeadFollower>> HeadFollower::open(
    const LedgerFiles& files, Clock clock, std::shared_ptr<const StandingFile> known) {
    auto connection = LICET_TRY(checked_connection(files, Mode::kReadOnly, kPatience));
    PersonKeyFile keys = LICET_TRY(person_keys_of(*connection, files));
    Connection& asked = *connection;
    asked.listen();
    auto follower =
        std::make_unique<Follower>(files, std::move(connection), std::move(keys), std::move(clock));
    if (known) follower->begin_with(std::move(known));
    std::ignore = LICET_TRY(follower->follow({}));
    asked.set_patience(kMostSilence);  // an answer that comes later confirms nothing any more
    return std::unique_ptr<HeadFollower>(std::move(follower));
}

}  // namespace licet::store

// SPDX-License-Identifier: Apache-2.0
#include "main/webhook_desk.h"

#include <sys/stat.h>

#include <ctime>
#include <filesystem>

#include "base/digest.h"
#include "main/files.h"
#include "main/zones.h"

namespace licet {
namespace {

using store::SpoolEntry;
using store::SpoolMark;
using store::SpoolState;

constexpr std::size_t kBatch = 256;
// Of requests that nobody can believe: enough for a day of a wrong secret, not for an attack.
constexpr std::uint64_t kMostDoubtfulBytes = std::uint64_t{64} << 20;
constexpr int kRetrySeconds = 60;
constexpr std::string_view kConfirmation = "confirm ";

// The day on the wall of this machine, as for all that is recorded here.
Date local_day(std::int64_t seconds) {
    const auto moment = static_cast<std::time_t>(seconds);
    std::tm local{};
    localtime_r(&moment, &local);
    return std::chrono::year{local.tm_year + 1900} /
           std::chrono::month{static_cast<unsigned>(local.tm_mon + 1)} /
           std::chrono::day{static_cast<unsigned>(local.tm_mday)};
}

bool is_open_to_others(const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0;
}

}  // namespace

Read<webhooks::Configuration> webhooks_of(const Workspace& workspace) {
    const std::string path = path_in(workspace, "webhooks.toml");
    Read<webhooks::Configuration> out;
    std::error_code fault;
    if (!std::filesystem::exists(path, fault)) return out;
    const auto open_file = [&](const std::string& file) -> Result<std::string> {
        if (is_open_to_others(file))
            return error(ErrorCode::kInput, "webhooks.file_open_to_others", {{"path", file}}, file);
        return read_file(file);
    };
    const auto text = open_file(path);
    if (!text) {
        out.problems.push_back(text.error());
        return out;
    }
    return webhooks::read_configuration(*text, path, [&](const std::string& name) {
        return open_file(name.starts_with('/') ? name : path_in(workspace, name));
    });
}

// What one batch of requests becomes, before it is recorded.
struct WebhookDesk::Round {
    std::vector<webhooks::ToRecord> events;
    std::vector<SpoolMark> marks;
    std::vector<std::size_t> ends;  ///< of each mark: how many events there are up to it
    WebhooksDone done;
};

Result<std::unique_ptr<WebhookDesk>> WebhookDesk::open(const Workspace& workspace) {
    auto read = webhooks_of(workspace);
    if (!read.is_clean()) return read.problems.front();
    std::unique_ptr<WebhookDesk> desk(new WebhookDesk());
    desk->configuration_ = std::move(read.value);
    desk->country_ = workspace.country;
    const KeyedHasher hasher(workspace.key.reveal("sealing requests of providers"),
                             "licet/webhooks/spool/1");
    desk->spool_ = LICET_TRY(store::WebhookSpool::open(path_in(workspace, "webhooks.db"),
                                                       hasher.digest(std::span<std::uint8_t>())));
    LICET_TRY(desk->remember_nonces());
    return desk;
}

// After a restart a nonce is still used, and what is doubtful still takes room.
Result<Done> WebhookDesk::remember_nonces() {
    LICET_TRY(spool_->for_each_note([&](const SpoolEntry& one) {
        if (one.state != SpoolState::kDoubtful)
            std::ignore = nonces_.accepts(one.nonce, one.received_at);
    }));
    doubtful_bytes_ = LICET_TRY(spool_->counts()).doubtful_bytes;
    return Done{};
}

const webhooks::Endpoint* WebhookDesk::endpoint(std::string_view name) const {
    for (const webhooks::Endpoint& one : configuration_.endpoints)
        if (one.name == name) return &one;
    return nullptr;
}

bool WebhookDesk::is_first_body(const std::string& mark, std::int64_t moment) {
    const std::lock_guard guard(lock_);
    return nonces_.accepts(mark, moment);
}

WebhookAnswer WebhookDesk::receive(const webhooks::RawRequest& request, std::int64_t moment) {
    const webhooks::Received received = webhooks::receive(configuration_, request, moment);
    if (received.status != 200) return {received.status, 0};
    store::NewSpoolEntry entry;
    entry.received_at = moment;
    entry.endpoint = received.endpoint->name;
    entry.note = received.doubt.id;
    entry.nonce = webhooks::nonce_mark(received.nonce, request.body);
    bool is_believed = received.is_authentic;
    if (is_believed && !is_first_body(entry.nonce, moment)) {
        is_believed = false;
        entry.note = "webhooks.doubt_reused";
    }
    const std::string bytes = webhooks::packed(request);
    entry.request = bytes;
    if (!is_believed) {
        entry.state = SpoolState::kDoubtful;
        const std::lock_guard guard(lock_);
        if (doubtful_bytes_ + bytes.size() > kMostDoubtfulBytes) return {429, kRetrySeconds};
        doubtful_bytes_ += bytes.size();
    }
    const auto kept = spool_->keep(entry);
    if (!kept) return {503, kRetrySeconds};
    return {};
}

Result<Done> WebhookDesk::take(const std::string& name, const webhooks::RawRequest& request,
                               std::int64_t moment) {
    if (endpoint(name) == nullptr)
        return error(ErrorCode::kMissing, "webhooks.no_endpoint", {{"name", name}});
    const std::string bytes = webhooks::packed(request);
    store::NewSpoolEntry entry;
    entry.received_at = moment;
    entry.endpoint = name;
    entry.request = bytes;
    std::ignore = LICET_TRY(spool_->keep(entry));
    return Done{};
}

void WebhookDesk::read(const SpoolEntry& entry, Round& round) const {
    const webhooks::Endpoint* const from = endpoint(entry.endpoint);
    if (from == nullptr) {
        ++round.done.left;
        return;
    }
    ++round.done.requests;
    SpoolMark mark{entry.number, SpoolState::kUnreadable, "webhooks.unreadable"};
    const auto request = webhooks::unpacked(entry.request.reveal("reading a report"));
    const auto reading = request ? webhooks::read_reports(from->provider, *request)
                                 : Result<webhooks::Reading>(request.error());
    if (reading) {
        webhooks::Outcome outcome =
            webhooks::outcome_of(*from, *reading, {entry.received_at, local_day, country_});
        mark.state = SpoolState::kDone;
        mark.note = reading->confirmation_url.empty()
                        ? webhooks::text_of(outcome.tally)
                        : std::string(kConfirmation) + reading->confirmation_url;
        round.done.tally += outcome.tally;
        for (webhooks::ToRecord& one : outcome.events) round.events.push_back(std::move(one));
    } else {
        ++round.done.unreadable;
    }
    round.marks.push_back(std::move(mark));
    round.ends.push_back(round.events.size());
}

// Recorded together; if something of it is no event for the ledger, one by one, so that a single
// request does not stop all that come after it.
Result<Done> WebhookDesk::record(Round& round, const WebhookSink& sink, WebhooksDone& done) {
    auto added = sink(round.events);
    if (!added && added.error().code == ErrorCode::kInput) {
        added = std::size_t{0};
        for (std::size_t i = 0, begin = 0; i < round.marks.size(); begin = round.ends[i], ++i) {
            const auto one = sink(std::span(round.events).subspan(begin, round.ends[i] - begin));
            if (one) {
                *added += *one;
                continue;
            }
            if (one.error().code != ErrorCode::kInput) return one.error();
            round.marks[i] = {round.marks[i].number, SpoolState::kUnreadable,
                              one.error().message.id};
            ++round.done.unreadable;
        }
    }
    if (!added) return added.error();
    LICET_TRY(spool_->mark(round.marks));
    done.events += *added;
    done.requests += round.done.requests;
    done.unreadable += round.done.unreadable;
    done.left += round.done.left;
    done.tally += round.done.tally;
    return Done{};
}

Result<WebhooksDone> WebhookDesk::process(const WebhookSink& sink) {
    WebhooksDone done;
    std::int64_t after = 0;
    while (true) {
        const auto entries = LICET_TRY(spool_->entries(SpoolState::kWaiting, after, kBatch));
        if (entries.empty()) return done;
        after = entries.back().number;
        Round round;
        for (const SpoolEntry& one : entries) read(one, round);
        LICET_TRY(record(round, sink, done));
    }
}

Result<std::size_t> WebhookDesk::forget_old(std::int64_t moment) {
    constexpr std::int64_t kKeptSeconds = std::int64_t{30} * 86'400;
    return spool_->forget_before(moment - kKeptSeconds);
}

Result<std::size_t> WebhookDesk::judge_again() {
    std::size_t count = 0;
    std::int64_t after = 0;
    while (true) {
        const auto entries = LICET_TRY(spool_->entries(SpoolState::kDoubtful, after, kBatch));
        if (entries.empty()) break;
        after = entries.back().number;
        std::vector<SpoolMark> marks;
        for (const SpoolEntry& one : entries) {
            const webhooks::Endpoint* const from = endpoint(one.endpoint);
            const auto request = webhooks::unpacked(one.request.reveal("judging again"));
            if (from == nullptr || !request) continue;
            const auto judged = webhooks::judge(*from, *request, one.received_at);
            const std::string mark = webhooks::nonce_mark(judged.nonce, request->body);
            if (judged.is_authentic && is_first_body(mark, one.received_at))
                marks.push_back({one.number, SpoolState::kWaiting, ""});
        }
        LICET_TRY(spool_->mark(marks));
        count += marks.size();
    }
    const auto counts = LICET_TRY(spool_->counts());
    const std::lock_guard guard(lock_);
    doubtful_bytes_ = counts.doubtful_bytes;
    return count;
}

Result<std::size_t> WebhookDesk::read_again(std::int64_t moment) {
    std::vector<SpoolMark> marks;
    LICET_TRY(spool_->for_each_note([&](const SpoolEntry& one) {
        const bool is_read = one.state == SpoolState::kDone || one.state == SpoolState::kUnreadable;
        if (is_read && one.received_at >= moment)
            marks.push_back({one.number, SpoolState::kWaiting, ""});
    }));
    LICET_TRY(spool_->mark(marks));
    return marks.size();
}

}  // namespace licet

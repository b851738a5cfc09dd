// SPDX-License-Identifier: Apache-2.0
//
// The audits of a server: a desk for each tenant, kept open between requests.
//
//     request ──► room of the tenant (one at a time) ──► desk, taken up to date ──► answer
//     answers ──► the tenant's writer (durable) ──► the desk reads its own events again
//
// A desk costs one pass over the ledger; that pass is made again when the ledger has grown, and at
// most once in a while: what is measured is that old at most. Answers, registers and plans are read
// anew whenever the ledger has grown. Whoever writes does so alone, so that a question that two
// people answer at once has one that was first.
//
// Whoever looks at many tenants at once does not wait for a ledger of years: rooms are opened by a
// thread of their own, and a glance says of a tenant whose room is not ready that it is being read.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <thread>

#include "main/audit_desk.h"
#include "main/serve/server_office.h"

namespace licet {

/// The name under which the newest audit is found.
inline constexpr std::string_view kNewestAudit = "current";

/// Threads: any.
class AuditRooms {
  public:
    explicit AuditRooms(ServerOffice& office) : office_(office) {}

    using Act = std::function<Result<http::Answer>(AuditDesk&)>;
    /// Hands the desk of an audit of a tenant to `act`, alone. `law_day` empty: today.
    /// Errors: kMissing ("audit.none", "audit.no_such"), kInput for a day, those of the store and
    /// of `act`.
    [[nodiscard]] Result<http::Answer> at(const std::string& tenant, std::string_view audit,
                                          const std::string& law_day, const Act& act);
    /// Has the rooms of these tenants opened or read anew where they are not up to date, and waits
    /// until it is done, but not longer than `patience`.
    void prepare(std::span<const std::string> tenants, std::chrono::milliseconds patience);
    enum class Seen { kShown, kReading };
    /// Prepares one tenant's room and glances into it.
    [[nodiscard]] Result<Seen> look_at(const std::string& tenant,
                                       std::chrono::milliseconds patience,
                                       const std::function<Result<Done>(const AuditDesk&)>& look) {
        prepare(std::span(&tenant, 1), patience);
        return glance(tenant, look);
    }
    /// Hands the desk of a tenant to `look`, alone, with its newest audit if it has one; opens
    /// nothing, and never waits for a room that is being read. Errors: why the room could not be
    /// opened, those of `look`.
    [[nodiscard]] Result<Seen> glance(const std::string& tenant,
                                      const std::function<Result<Done>(const AuditDesk&)>& look);
    /// Lets go of a tenant that is no more.
    void forget(const std::string& tenant);
    /// Makes events durable through the tenant's writer and takes the desk up to date; only within
    /// `act`. Errors: those of TenantDesk::append().
    [[nodiscard]] Result<Done> record(const std::string& tenant, AuditDesk& desk,
                                      std::vector<ledger::Event> events);

  private:
    struct Room {
        std::timed_mutex busy;
        std::shared_ptr<const law::Law> law;
        std::unique_ptr<AuditDesk> desk;
        std::uint64_t entries = 0;
        std::int64_t read_at = 0;  ///< seconds; of the pass over the whole ledger
        Date today;
        std::optional<Error> fault;  ///< why it could not be opened; `read_at` is when
    };
    [[nodiscard]] bool is_of_now(const Room& room) const;
    [[nodiscard]] bool is_up_to_date(Room& room) const;
    void read(const std::stop_token& stop);
    [[nodiscard]] Result<const audit::Questionnaire*> questionnaire();
    [[nodiscard]] std::shared_ptr<Room> room_of(const std::string& tenant);
    [[nodiscard]] Result<Done> open(Room& room, const std::string& tenant, std::string_view audit);
    [[nodiscard]] Result<Done> take_up(Room& room);
    [[nodiscard]] Result<Done> enter(Room& room, const std::string& tenant, std::string_view audit);

    ServerOffice& office_;
    std::mutex mutex_;
    std::optional<audit::Questionnaire> questionnaire_;
    std::map<std::string, std::shared_ptr<Room>, std::less<>> rooms_;
    std::mutex queue_mutex_;
    std::condition_variable_any queue_changed_;
    std::deque<std::string> queue_;  ///< tenants whose rooms are to be read
    std::set<std::string> unread_;   ///< those in the queue, and the one that is being read
    std::jthread reader_;            ///< begins when somebody first looks at many; ends before all
};

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
//
// The events of the file for the authority: which of the ledger's are chosen, and what they sum up
// to, in one walk over the log.
//
//     entry ─► chosen? ─► EventFiles        counts of verdicts, latency of objections, requests,
//                  └────► left out, counted texts that choices name
//
// Memory grows with rules, days and requests, not with events.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "audit/event_files.h"
#include "base/json.h"
#include "ledger/checkpoint.h"
#include "ledger/identity.h"
#include "rights/data_subject_request.h"
#include "store/ledger_walk.h"

namespace licet {

/// What is wanted of the ledger.
struct EventChoice {
    std::string campaign;                   ///< attribute of events; "" = any
    std::set<ledger::Token> persons;        ///< strict tokens; empty and !is_of_persons = all
    std::set<ledger::Token> also_objected;  ///< loose and wide tokens: objections only
    bool is_of_persons = false;
    /// Which events of the ledger itself are shown; empty: all but those of who worked here.
    std::function<bool(const ledger::Event&)> of_ledger;
    std::optional<Date> from;
    std::optional<Date> to;

    /// True for an event that is shown. Those of the ledger itself are, but for who worked here.
    [[nodiscard]] bool takes(const ledger::Event& event) const;
    /// False if no event of that kind and person is shown, so that it need not be opened.
    [[nodiscard]] bool may_take(ledger::EventKind kind, const ledger::Token& person) const;
};

/// Why events are not in the archive.
struct EventsLeftOut {
    std::uint64_t erased = 0;
    std::uint64_t not_chosen = 0;
    std::uint64_t minimised = 0;
    std::uint64_t administered = 0;
};

class EventSummary {
  public:
    void add(const ledger::Event& event);
    [[nodiscard]] json::object verdicts_json() const;
    [[nodiscard]] json::object objections_json() const;
    /// Lists that were screened, of one campaign or, if that is "", of all: their certificates.
    [[nodiscard]] json::object screenings_json(const std::string& campaign) const;
    [[nodiscard]] const rights::DataRequests& requests() const { return requests_; }
    /// Digests of the texts that choices name.
    [[nodiscard]] const std::set<std::string>& notices() const { return notices_; }
    /// How many verdicts each rule decided.
    [[nodiscard]] const std::map<std::string, std::uint64_t>& rules() const { return rules_; }
    /// Identities of the packs that verdicts name.
    [[nodiscard]] const std::set<std::string>& packs() const { return packs_; }
    /// Verdicts by day.
    [[nodiscard]] const std::map<Date, std::uint64_t>& days() const { return days_; }

  private:
    // Channel, answer, rule, pack.
    using VerdictKey = std::tuple<Date, std::string, std::string, std::string, std::string>;
    std::map<VerdictKey, std::uint64_t> verdicts_;
    std::map<Date, std::uint64_t> days_;
    struct Screening {
        Date day;
        std::string campaign;
        std::string certificate;
    };
    std::vector<Screening> screenings_;
    std::map<std::string, std::uint64_t> rules_;
    std::set<std::string> packs_;
    std::map<std::int64_t, std::uint64_t> latencies_;  ///< days until recorded -> how many
    std::set<std::string> notices_;
    rights::DataRequests requests_;
};

/// Walks the log up to `size`, writes what is chosen and all leaves; tells `progress` now and then
/// how many entries are behind. Errors: those of the walk and of the archive.
[[nodiscard]] Result<EventsLeftOut> write_events(
    const store::LedgerFiles& files, std::uint64_t size, const EventChoice& choice,
    audit::EventFiles& out, EventSummary& summary,
    const std::function<void(std::uint64_t entries)>& progress);

}  // namespace licet

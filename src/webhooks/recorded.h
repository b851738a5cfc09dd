// SPDX-License-Identifier: Apache-2.0
//
// From what was reported to what the ledger is told.
//
//     hard bounce      objection to that channel, reason hard_bounce, for that very address
//                      (as `licet import` has it)
//     complaint        objection to the channel, reason complaint
//     unsubscription   objection to the channel: of the topic that is named, if webhooks.toml says
//                      what it is about; else of the endpoint's purpose; else of all
//     STOP             objection to the whole channel; by text message: to all text messages
//     click            interaction (an opening is none, and is not recorded)
//     resubscription   nothing: it is counted, for somebody to look at
//     all the rest     nothing
//
// So no report permits anything. An objection is at least as wide as it was meant: a topic that is
// not known here widens it, never narrows it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "ledger/event.h"
#include "webhooks/configuration.h"
#include "webhooks/report.h"

namespace licet::webhooks {

/// An event that waits for its person.
struct ToRecord {
    ledger::Event event;
    ledger::ContactPoint point;  ///< without its looser forms where only this address is meant
};

/// How many reports there were, by kind, and what could not be used.
struct Tally {
    std::array<std::uint32_t, kReportKindCount> kinds{};
    std::uint32_t nobody = 0;  ///< should have named somebody, and nobody could be read
    Tally& operator+=(const Tally& other);
    friend bool operator==(const Tally&, const Tally&) = default;
};
/// "hard_bounce 1, resubscribe 2": what is kept of a request when it is done with.
[[nodiscard]] std::string text_of(const Tally& tally);
/// Nothing of what cannot be read.
[[nodiscard]] Tally tally_of_text(std::string_view text);

struct Outcome {
    std::vector<ToRecord> events;
    Tally tally;
};

/// When the request came, on which clock, and where numbers without a country are.
struct Circumstances {
    std::int64_t received_at = 0;  ///< seconds since 1970-01-01T00:00Z
    std::function<Date(std::int64_t)> day_of;
    std::string country;
};

/// Gives what the reports of one request tell. The same report gives the same event, with the same
/// key.
[[nodiscard]] Outcome outcome_of(const Endpoint& endpoint, const Reading& reading,
                                 const Circumstances& circumstances);

}  // namespace licet::webhooks

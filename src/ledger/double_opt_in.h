// SPDX-License-Identifier: Apache-2.0
//
// A consent that is asked for by mail and confirmed from it, step by step.
//
//     requested ─► mail_accepted ─► page_seen ─► confirmed
//         └─► expired (nothing in time) · bounced (no such mailbox) · suspect (a machine clicked)
//
// Only a confirmation is a consent: one that came in time and that no mark of suspicion follows.
// The steps in between are evidence; that one of them is missing or late changes nothing. All sets
// below only grow, so that order and repetition of events do not matter. No clock: the caller
// brings the day.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

#include "ledger/event.h"
#include "ledger/scope.h"

namespace licet::ledger {

/// What an event of the kind double_opt_in says in its attribute `step`.
enum class OptInStep { kRequested, kMailAccepted, kPageSeen, kConfirmed, kBounced, kSuspect };

/// "requested", "mail_accepted", "page_seen", "confirmed", "bounced", "suspect".
[[nodiscard]] std::string_view name_of(OptInStep step);
[[nodiscard]] std::optional<OptInStep> opt_in_step_of(std::string_view name);
/// The step of an event; nothing if it is no step that is known.
[[nodiscard]] std::optional<OptInStep> opt_in_step_of(const Event& event);

/// When something happened: the day, and the attribute `at` (2026-03-02T10:00:05Z) if it was given.
struct OptInMoment {
    Date day;
    std::string at;
    friend bool operator==(const OptInMoment&, const OptInMoment&) = default;
    friend bool operator<(const OptInMoment& a, const OptInMoment& b) {
        return std::tie(a.day, a.at) < std::tie(b.day, b.at);
    }
};

/// What was asked for: one brand, channel and purpose; a request may be several of these.
struct OptInQuestion {
    OptInMoment asked;
    Scope scope;
    int days = 0;  ///< attribute `days`: how long the request can be confirmed, 0 = on its day only
    std::map<std::string, std::string> particulars;  ///< consent.* attributes
    friend bool operator==(const OptInQuestion&, const OptInQuestion&) = default;
    friend bool operator<(const OptInQuestion& a, const OptInQuestion& b) {
        return std::tie(a.asked, a.scope, a.days, a.particulars) <
               std::tie(b.asked, b.scope, b.days, b.particulars);
    }
};

/// All that is known of one request (events with the same attribute `request`).
struct OptInRequest {
    std::set<OptInQuestion> questions;
    std::map<OptInStep, std::set<OptInMoment>> steps;
    friend bool operator==(const OptInRequest&, const OptInRequest&) = default;
};

/// By attribute `request`.
using OptInRequests = std::map<std::string, OptInRequest>;

/// Adds one event of the kind double_opt_in; one without request or step changes nothing.
void fold(OptInRequests& requests, const Event& event);

/// Adds what was heard of requests elsewhere.
void join(OptInRequests& requests, const OptInRequests& other);

/// When a question was confirmed: the first confirmation that counts. Nothing = it is no consent.
[[nodiscard]] std::optional<OptInMoment> confirmation_of(const OptInRequest& request,
                                                         const OptInQuestion& question);

/// Last day on which a question can be confirmed.
[[nodiscard]] Date last_day_of(const OptInQuestion& question);

enum class OptInState {
    kUnknown,  ///< steps without a request
    kRequested,
    kMailAccepted,
    kPageSeen,
    kConfirmed,
    kExpired,
    kBounced,
    kSuspect,
};
/// "requested", ..., "expired".
[[nodiscard]] std::string_view name_of(OptInState state);

/// How a request stands on a day.
[[nodiscard]] OptInState state_of(const OptInRequest& request, Date day);

}  // namespace licet::ledger

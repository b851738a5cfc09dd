// SPDX-License-Identifier: Apache-2.0
//
// How a person stands with us today: a fold over the events, in any order, any number of times.
//
//     events -> fold -> Standing (newest act of the person wins; a tie goes to the refusal)
//
// The fold is a join: order, repetition and delay of events do not change it (promise 6). An
// objection is never forgotten by it; only a later consent of the person answers it, and that is a
// matter of law, not of this file: both dates are kept. No clock, no storage.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/double_opt_in.h"
#include "ledger/event.h"
#include "ledger/suppression.h"

namespace licet::ledger {

/// The newest word of the person in one scope, and the particulars of the newest consent.
struct ConsentStanding {
    std::optional<Date> given_on;
    std::optional<Date> refused_on;
    std::optional<Date> withdrawn_on;
    std::map<std::string, std::string> particulars;  ///< consent.* attributes of the newest consent
    friend bool operator==(const ConsentStanding&, const ConsentStanding&) = default;
};

/// What was said in one scope.
struct Objection {
    Date last;                  ///< newest
    std::optional<Date> until;  ///< last day, if it ends
    friend bool operator==(const Objection&, const Objection&) = default;
};

struct Origin {
    std::optional<Date> on;
    std::map<std::string, std::string> particulars;  ///< origin, origin.* attributes
    friend bool operator==(const Origin&, const Origin&) = default;
};

/// What the newest consultation of an opt-out register found; of one day, `listed`.
struct RegisterResult {
    Date checked_on;
    std::string word;  ///< "listed", "not_listed"
    friend bool operator==(const RegisterResult&, const RegisterResult&) = default;
};

/// What can be said of a person without being a refusal: by what happened here, or by an import.
struct Claims {
    std::map<Scope, ConsentStanding> consents;
    Origin origin;  ///< of the newest collection
    std::optional<Date> first_collected_on;
    std::optional<Date> relation_on;
    std::string relation;  ///< attribute of the newest collection that has one: customer, none
    std::optional<Date> last_act_on;  ///< click reply order call inquiry login: never an opening
    std::optional<Date> last_open_on;
    std::optional<Date> last_order_on;
    std::optional<Date> last_inquiry_on;
    std::map<std::string, RegisterResult> registers;  ///< by name: "register.bloctel"
    friend bool operator==(const Claims&, const Claims&) = default;
};

/// What one import said (events with the same attribute `batch`). It says for ever whether it was
/// undone, so that order does not matter here either.
struct Imported : Claims {
    bool is_undone = false;
    friend bool operator==(const Imported&, const Imported&) = default;
};

struct Standing : Claims {
    std::map<std::string, Imported> imports;  ///< by attribute `batch`; see with_imports()
    OptInRequests opt_in_requests;            ///< consents that are asked for by mail
    std::map<Scope, Objection> objections;
    std::optional<Date> informed_on;
    std::optional<Date> last_contacted_on;
    std::optional<Date> call_refused_on;
    std::optional<Date> callback_requested_on;
    std::string callback_object;
    std::map<std::string, Date> call_attempts;  ///< by event key: a repeat does not count twice

    friend bool operator==(const Standing&, const Standing&) = default;
};

/// Adds one event. Folding an event twice, or two events in the other order, gives the same
/// standing.
void fold(Standing& standing, const Event& event);

/// Adds what another standing knows: the same as folding the events of both.
void join(Standing& standing, const Standing& other);

/// Gives the standing with what imports claim that were not undone: origin, relation, acts,
/// registers. The consents that they claim stay apart: a claim never competes with a word of the
/// person (consent.h).
[[nodiscard]] Standing with_imports(const Standing& standing);

/// True for what counts whenever it happened: refusals, withdrawals, objections, marks of
/// suspicion, imports that were undone. No look into the past may permit what the person has
/// refused since.
[[nodiscard]] bool is_refusal(const Event& event);

/// Folds the events that happened up to `until`, and refusals whenever they happened.
[[nodiscard]] Standing standing_of(std::span<const Event> events, Date until);

/// Folds what was found under all tokens of one contact point: all that stands under the strict
/// token, but under a loose one only objections. The loose token of one number can be the strict
/// token of another, and an alias may widen a refusal, never a permission.
[[nodiscard]] Standing standing_of(std::span<const Event> events, const Token& strict, Date until);

/// Adds what is left of objections for ever: it counts like the objections themselves.
void fold(Standing& standing, const Suppression& suppression);

/// Number of attempts in the thirty days that end with `day`.
[[nodiscard]] int call_attempts_in_30_days(const Standing& standing, Date day);

}  // namespace licet::ledger

// SPDX-License-Identifier: Apache-2.0
//
// What persons ask about their data, as a fold over events: who asked what, when, how far it is.
//
//     opened ─► identity_confirmed ─► answered ─► closed
//         └─► extended (with a reason) ┘   └─ or: refused (with a reason)
//
// Events may come late, twice and in any order: each step keeps its first day. How long an answer
// may take is the law's word, not this file's: deadline.h asks it. A person is a token here; the
// address is with whoever writes the answer.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "ledger/event.h"

namespace licet::rights {

/// The names are stored in events; never change or reuse one.
enum class RequestKind {
    kAccess,         ///< "access": a copy of the data
    kErasure,        ///< "erasure"
    kRectification,  ///< "rectification": something is wrong
    kObjection,      ///< "objection": by letter or telephone, with an answer
    kSource,         ///< "source": where the data come from
    kPortability,    ///< "portability"
    kConsentProof,   ///< "consent_proof": of a consent to calls
    kComplaint,      ///< "complaint": to the controller; the authority hears others
};
[[nodiscard]] std::string_view name_of(RequestKind kind);
[[nodiscard]] std::optional<RequestKind> request_kind_of(std::string_view name);
[[nodiscard]] std::span<const RequestKind> all_request_kinds();

enum class RequestStep { kOpened, kIdentityConfirmed, kExtended, kAnswered, kRefused, kClosed };
/// "opened", "identity_confirmed", "extended", "answered", "refused", "closed".
[[nodiscard]] std::string_view name_of(RequestStep step);
[[nodiscard]] std::optional<RequestStep> request_step_of(std::string_view name);

/// One request: what its events say together.
struct DataRequest {
    std::string id;
    ledger::Token person;
    std::optional<RequestKind> kind;    ///< nothing if only later steps are known
    std::map<RequestStep, Date> steps;  ///< first day of each
    std::map<RequestStep, std::string> reasons;
    std::string surface;        ///< where it came in
    bool source_given = false;  ///< the answer names where the data come from
    friend bool operator==(const DataRequest&, const DataRequest&) = default;

    [[nodiscard]] std::optional<Date> on(RequestStep step) const;
};

enum class RequestState {
    kUnknown,    ///< steps of a request that nobody opened
    kToConfirm,  ///< whoever asked has not shown that the address is theirs
    kOpen,
    kExtended,
    kAnswered,
    kRefused,
    kClosed,  ///< without an answer: withdrawn, a double, nobody confirmed
};
/// "unknown", "to_confirm", "open", "extended", "answered", "refused", "closed".
[[nodiscard]] std::string_view name_of(RequestState state);
[[nodiscard]] RequestState state_of(const DataRequest& request);
/// True if somebody still waits for an answer.
[[nodiscard]] bool is_waiting(RequestState state);

/// By person and id.
using DataRequests = std::map<std::pair<ledger::Token, std::string>, DataRequest>;

/// Adds one event of the kind request; another, or one without id or step, changes nothing.
void fold(DataRequests& requests, const ledger::Event& event);
[[nodiscard]] DataRequests requests_of(std::span<const ledger::Event> events);

/// What a step says, to be given a person and a key.
struct StepSaid {
    std::string id;
    RequestStep step = RequestStep::kOpened;
    std::optional<RequestKind> kind;  ///< of `opened`
    std::string reason;               ///< one word: "complex", "unfounded", "excessive", "identity"
    bool source_given = false;        ///< of `answered`
    Date on;
};
/// The event of a step. The same step of the same request has the same key, so a repeat is none.
[[nodiscard]] ledger::Event event_of(const StepSaid& said);

/// 16 hexadecimal digits: the same for the same person, kind and day, and tells nothing of them.
[[nodiscard]] std::string request_id(const ledger::Token& person, RequestKind kind, Date day);

/// An objection that a processor has to be told of, or says that it follows.
struct Propagation {
    ledger::Token person;
    std::string objection;  ///< key of the event
    Date objected_on;
    std::string processor;
    std::optional<Date> acknowledged_on;
};

/// One line an objection and processor, oldest first; objections up to `since` are left out. An
/// objection that came by a processor (attribute `processor`) needs no acknowledgement of that one.
[[nodiscard]] std::vector<Propagation> propagations_of(std::span<const ledger::Event> events,
                                                       std::span<const std::string> processors,
                                                       std::optional<Date> since = {});
/// The event by which a processor says that it follows an objection.
[[nodiscard]] ledger::Event acknowledgement_of(const Propagation& of, Date on);

}  // namespace licet::rights

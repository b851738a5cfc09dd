// SPDX-License-Identifier: Apache-2.0
#include "rights/data_subject_request.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/digest.h"
#include "base/text.h"

namespace licet::rights {
namespace {

using ledger::Event;
using ledger::EventKind;

constexpr std::array kKinds = {RequestKind::kAccess,        RequestKind::kErasure,
                               RequestKind::kRectification, RequestKind::kObjection,
                               RequestKind::kSource,        RequestKind::kPortability,
                               RequestKind::kConsentProof,  RequestKind::kComplaint};
constexpr std::array kSteps = {RequestStep::kOpened,   RequestStep::kIdentityConfirmed,
                               RequestStep::kExtended, RequestStep::kAnswered,
                               RequestStep::kRefused,  RequestStep::kClosed};
constexpr std::size_t kIdBytes = 8;

}  // namespace

std::string_view name_of(RequestKind kind) {
    switch (kind) {
        case RequestKind::kAccess:
            return "access";
        case RequestKind::kErasure:
            return "erasure";
        case RequestKind::kRectification:
            return "rectification";
        case RequestKind::kObjection:
            return "objection";
        case RequestKind::kSource:
            return "source";
        case RequestKind::kPortability:
            return "portability";
        case RequestKind::kConsentProof:
            return "consent_proof";
        case RequestKind::kComplaint:
            return "complaint";
    }
    LICET_ENSURE(false);
}

std::optional<RequestKind> request_kind_of(std::string_view name) {
    for (const RequestKind kind : kKinds)
        if (name_of(kind) == name) return kind;
    return std::nullopt;
}

std::span<const RequestKind> all_request_kinds() { return kKinds; }

std::string_view name_of(RequestStep step) {
    switch (step) {
        case RequestStep::kOpened:
            return "opened";
        case RequestStep::kIdentityConfirmed:
            return "identity_confirmed";
        case RequestStep::kExtended:
            return "extended";
        case RequestStep::kAnswered:
            return "answered";
        case RequestStep::kRefused:
            return "refused";
        case RequestStep::kClosed:
            return "closed";
    }
    LICET_ENSURE(false);
}

std::optional<RequestStep> request_step_of(std::string_view name) {
    for (const RequestStep step : kSteps)
        if (name_of(step) == name) return step;
    return std::nullopt;
}

std::optional<Date> DataRequest::on(RequestStep step) const {
    const auto found = steps.find(step);
    return found == steps.end() ? std::nullopt : std::optional(found->second);
}

std::string_view name_of(RequestState state) {
    switch (state) {
        case RequestState::kUnknown:
            return "unknown";
        case RequestState::kToConfirm:
            return "to_confirm";
        case RequestState::kOpen:
            return "open";
        case RequestState::kExtended:
            return "extended";
        case RequestState::kAnswered:
            return "answered";
        case RequestState::kRefused:
            return "refused";
        case RequestState::kClosed:
            return "closed";
    }
    LICET_ENSURE(false);
}

RequestState state_of(const DataRequest& request) {
    const auto has = [&](RequestStep step) { return request.steps.contains(step); };
    if (!has(RequestStep::kOpened)) return RequestState::kUnknown;
    if (has(RequestStep::kAnswered)) return RequestState::kAnswered;
    if (has(RequestStep::kRefused)) return RequestState::kRefused;
    if (has(RequestStep::kClosed)) return RequestState::kClosed;
    if (!has(RequestStep::kIdentityConfirmed)) return RequestState::kToConfirm;
    return has(RequestStep::kExtended) ? RequestState::kExtended : RequestState::kOpen;
}

bool is_waiting(RequestState state) {
    return state == RequestState::kToConfirm || state == RequestState::kOpen ||
           state == RequestState::kExtended;
}

void fold(DataRequests& requests, const Event& event) {
    if (event.kind != EventKind::kRequest) return;
    const std::string id(attribute(event, "request"));
    const auto step = request_step_of(attribute(event, "step"));
    if (id.empty() || !step) return;
    DataRequest& request = requests[{event.person, id}];
    request.id = id;
    request.person = event.person;
    const auto [place, is_new] = request.steps.emplace(*step, event.happened_on);
    const bool is_first = is_new || event.happened_on < place->second;
    const bool is_same_day = !is_new && event.happened_on == place->second;
    place->second = std::min(place->second, event.happened_on);
    // Of one day the greater word, so that there is always one answer.
    const std::string reason(attribute(event, "reason"));
    std::string& known = request.reasons[*step];
    if (is_first || (is_same_day && reason > known)) known = reason;
    if (*step == RequestStep::kAnswered && attribute(event, "source_given") == "yes")
        request.source_given = true;
    if (*step != RequestStep::kOpened) return;
    const auto kind = request_kind_of(attribute(event, "kind"));
    if (is_first ||
        (is_same_day && std::tie(kind, event.surface) > std::tie(request.kind, request.surface))) {
        request.kind = kind;
        request.surface = event.surface;
    }
}

DataRequests requests_of(std::span<const Event> events) {
    DataRequests out;
    for (const Event& event : events) fold(out, event);
    return out;
}

Event event_of(const StepSaid& said) {
    Event event;
    event.kind = EventKind::kRequest;
    event.happened_on = said.on;
    event.attributes = {{"request", said.id}, {"step", std::string(name_of(said.step))}};
    if (said.kind) event.attributes.emplace("kind", name_of(*said.kind));
    if (!said.reason.empty()) event.attributes.emplace("reason", said.reason);
    if (said.step == RequestStep::kAnswered)
        event.attributes.emplace("source_given", said.source_given ? "yes" : "no");
    event.key = "request-" + said.id + "-" + std::string(name_of(said.step));
    return event;
}

std::string request_id(const ledger::Token& person, RequestKind kind, Date day) {
    constexpr std::string_view kPurpose = "licet/request-id/1";
    const Digest whole = Hasher()
                             .add(kPurpose)
                             .add(std::uint8_t{0})
                             .add(person.bytes)
                             .add(name_of(kind))
                             .add(text_of(day))
                             .digest();
    return hex_of(std::span(whole).first(kIdBytes));
}

std::vector<Propagation> propagations_of(std::span<const Event> events,
                                         std::span<const std::string> processors,
                                         std::optional<Date> since) {
    std::map<std::tuple<ledger::Token, std::string, std::string>, Date> acknowledged;
    for (const Event& event : events) {
        if (event.kind != EventKind::kProcessorAcknowledged) continue;
        const auto [place, is_new] =
            acknowledged.emplace(std::tuple(event.person, std::string(attribute(event, "about")),
                                            std::string(attribute(event, "processor"))),
                                 event.happened_on);
        if (!is_new) place->second = std::min(place->second, event.happened_on);
    }
    std::vector<Propagation> out;
    for (const Event& event : events) {
        // The same act lies under loose tokens too, with a key of its own.
        const bool is_act =
            ledger::is_objection(event.kind) && event.key.find('~') == std::string::npos;
        if (!is_act || (since && event.happened_on <= *since)) continue;
        for (const std::string& processor : processors) {
            if (attribute(event, "processor") == processor) continue;
            Propagation one{event.person, event.key, event.happened_on, processor, {}};
            const auto found = acknowledged.find({event.person, event.key, processor});
            if (found != acknowledged.end()) one.acknowledged_on = found->second;
            out.push_back(std::move(one));
        }
    }
    std::stable_sort(out.begin(), out.end(), [](const Propagation& a, const Propagation& b) {
        return a.objected_on < b.objected_on;
    });
    return out;
}

Event acknowledgement_of(const Propagation& of, Date on) {
    Event event;
    event.kind = EventKind::kProcessorAcknowledged;
    event.person = of.person;
    event.happened_on = on;
    event.attributes = {{"about", of.objection}, {"processor", of.processor}};
    event.key = "acknowledged-" + of.processor + "-" + of.objection;
    return event;
}

}  // namespace licet::rights

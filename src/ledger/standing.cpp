// SPDX-License-Identifier: Apache-2.0
#include "ledger/standing.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace licet::ledger {
namespace {

using Particulars = std::map<std::string, std::string>;

// INVARIANT: each step of the fold takes a maximum (or, for the first collection, a minimum) of a
// total order. Maxima may be taken in any order and again and again: that is why order does not
// matter.
void raise(std::optional<Date>& day, Date other) { day = day ? std::max(*day, other) : other; }
void raise(std::optional<Date>& day, std::optional<Date> other) { day = std::max(day, other); }

// What goes with the newest day. Of two of one day the greater, so that there is always one answer.
template <typename What>
void raise(std::optional<Date>& day, What& what, Date other_day, What other) {
    if (day && std::tie(*day, what) >= std::tie(other_day, other)) return;
    day = other_day;
    what = std::move(other);
}

bool begins_with(std::string_view name, std::string_view prefix) {
    return name.starts_with(prefix) && name.size() > prefix.size();
}

Particulars named(const Event& event, std::string_view own, std::string_view prefix) {
    Particulars out;
    for (const auto& [name, value] : event.attributes)
        if (name == own || begins_with(name, prefix)) out.emplace(name, value);
    return out;
}

void fold_consent(Claims& claims, const Event& event) {
    ConsentStanding& standing = claims.consents[scope_of(event)];
    raise(standing.given_on, standing.particulars, event.happened_on, named(event, "", "consent."));
}

void lower(std::optional<Date>& day, Date other) { day = day ? std::min(*day, other) : other; }

void fold_collection(Claims& claims, const Event& event) {
    lower(claims.first_collected_on, event.happened_on);
    raise(claims.origin.on, claims.origin.particulars, event.happened_on,
          named(event, "origin", "origin."));
    const std::string_view relation = attribute(event, "relation");
    if (!relation.empty())
        raise(claims.relation_on, claims.relation, event.happened_on, std::string(relation));
}

// What counts as an act of the person. Any other word does not: it must not prolong how long data
// are kept.
constexpr std::array<std::string_view, 6> kActs = {"click", "reply",   "order",
                                                   "call",  "inquiry", "login"};

void fold_interaction(Claims& claims, const Event& event) {
    const std::string_view act = attribute(event, "act");
    if (act == "open") raise(claims.last_open_on, event.happened_on);
    if (std::find(kActs.begin(), kActs.end(), act) == kActs.end()) return;
    raise(claims.last_act_on, event.happened_on);
    if (act == "order") raise(claims.last_order_on, event.happened_on);
    if (act == "inquiry") raise(claims.last_inquiry_on, event.happened_on);
}

// Of one day the stricter result counts, whatever else is written there.
void raise(RegisterResult& known, const RegisterResult& other) {
    const auto rank = [](const RegisterResult& one) {
        return std::tuple(one.checked_on, one.word != "not_listed", one.word);
    };
    if (rank(known) < rank(other)) known = other;
}

void raise(std::map<std::string, RegisterResult>& known, const std::string& name,
           const RegisterResult& other) {
    const auto [place, is_new] = known.emplace(name, other);
    if (!is_new) raise(place->second, other);
}

void fold_registers(Claims& claims, const Event& event) {
    for (const auto& [name, word] : event.attributes)
        if (begins_with(name, "register."))
            raise(claims.registers, name, {event.happened_on, word});
}

void fold_claim(Claims& claims, const Event& event) {
    if (event.kind == EventKind::kCollected) fold_collection(claims, event);
    if (event.kind == EventKind::kConsentGiven) fold_consent(claims, event);
    if (event.kind == EventKind::kInteraction) fold_interaction(claims, event);
    if (event.kind == EventKind::kRegisterChecked) fold_registers(claims, event);
}

void fold_callback(Standing& standing, const Event& event) {
    raise(standing.callback_requested_on, standing.callback_object, event.happened_on,
          std::string(attribute(event, "object")));
}

// Keeps the later day of a name that is there already.
void raise(std::map<std::string, Date>& days, const std::string& name, Date day) {
    const auto [place, is_new] = days.emplace(name, day);
    if (!is_new) place->second = std::max(place->second, day);
}

void fold_objection(Standing& standing, const Scope& scope, const Objection& said) {
    const auto [place, is_new] = standing.objections.emplace(scope, said);
    if (is_new) return;
    Objection& known = place->second;
    known.last = std::max(known.last, said.last);
    known.until = later_end(known.until, said.until);
}

void join_all_but_consents(Claims& claims, const Claims& other) {
    if (other.origin.on)
        raise(claims.origin.on, claims.origin.particulars, *other.origin.on,
              other.origin.particulars);
    if (other.first_collected_on) lower(claims.first_collected_on, *other.first_collected_on);
    if (other.relation_on)
        raise(claims.relation_on, claims.relation, *other.relation_on, other.relation);
    raise(claims.last_act_on, other.last_act_on);
    raise(claims.last_open_on, other.last_open_on);
    raise(claims.last_order_on, other.last_order_on);
    raise(claims.last_inquiry_on, other.last_inquiry_on);
    for (const auto& [name, result] : other.registers) raise(claims.registers, name, result);
}

void join_consents(Claims& claims, const Claims& other) {
    for (const auto& [scope, said] : other.consents) {
        ConsentStanding& known = claims.consents[scope];
        if (said.given_on)
            raise(known.given_on, known.particulars, *said.given_on, said.particulars);
        raise(known.refused_on, said.refused_on);
        raise(known.withdrawn_on, said.withdrawn_on);
    }
}

}  // namespace

void fold(Standing& standing, const Event& event) {
    const Date day = event.happened_on;
    const std::string batch(attribute(event, "batch"));
    if (is_claim(event.kind))
        return fold_claim(batch.empty() ? static_cast<Claims&>(standing) : standing.imports[batch],
                          event);
    switch (event.kind) {
        case EventKind::kCollected:
        case EventKind::kConsentGiven:
        case EventKind::kInteraction:
        case EventKind::kRegisterChecked:
            return;  // claims
        case EventKind::kImportUndone:
            standing.imports[batch].is_undone = true;
            return;
        case EventKind::kInformed:
            raise(standing.informed_on, day);
            return;
        case EventKind::kConsentRefused:
            raise(standing.consents[scope_of(event)].refused_on, day);
            return;
        case EventKind::kConsentWithdrawn:
            raise(standing.consents[scope_of(event)].withdrawn_on, day);
            return;
        case EventKind::kObjectionRecorded:
        case EventKind::kPaused:
            fold(standing, suppression_of(event));
            return;
        case EventKind::kContacted:
            raise(standing.last_contacted_on, day);
            return;
        case EventKind::kCallAttempt:
            raise(standing.call_attempts, event.key, day);
            if (attribute(event, "outcome") == "refused") raise(standing.call_refused_on, day);
            return;
        case EventKind::kCallbackRequested:
            fold_callback(standing, event);
            return;
        case EventKind::kDoubleOptIn:
            fold(standing.opt_in_requests, event);
            return;
        case EventKind::kVerdictGiven:
        case EventKind::kErased:
        case EventKind::kNoticePublished:
        case EventKind::kCertificateIssued:
        case EventKind::kRequest:  // what was asked is answered elsewhere; it forbids nothing
        case EventKind::kProcessorAcknowledged:
        case EventKind::kAdministered:
        case EventKind::kAuditAnswered:
        case EventKind::kProcessor:
        case EventKind::kBreach:
        case EventKind::kComplaint:
        case EventKind::kLabel:
        case EventKind::kSiteChoice:
        case EventKind::kSiteVisit:
        case EventKind::kPartnerList:
            return;  // what we did ourselves says nothing about the person
    }
}

void fold(Standing& standing, const Suppression& suppression) {
    fold_objection(standing, suppression.scope, {suppression.last, suppression.until});
}

void join(Standing& standing, const Standing& other) {
    for (const auto& [scope, said] : other.objections) fold_objection(standing, scope, said);
    join_all_but_consents(standing, other);
    join_consents(standing, other);
    for (const auto& [batch, claims] : other.imports) {
        Imported& known = standing.imports[batch];
        join_all_but_consents(known, claims);
        join_consents(known, claims);
        known.is_undone = known.is_undone || claims.is_undone;
    }
    join(standing.opt_in_requests, other.opt_in_requests);
    raise(standing.informed_on, other.informed_on);
    raise(standing.last_contacted_on, other.last_contacted_on);
    raise(standing.call_refused_on, other.call_refused_on);
    if (other.callback_requested_on)
        raise(standing.callback_requested_on, standing.callback_object,
              *other.callback_requested_on, other.callback_object);
    for (const auto& [key, day] : other.call_attempts) raise(standing.call_attempts, key, day);
}

namespace {

// Who was found on a register stays so: an undo lifts no refusal.
void join_listed(Standing& standing, const Claims& claims) {
    for (const auto& [name, result] : claims.registers)
        if (result.word == "listed") raise(standing.registers, name, result);
}

}  // namespace

Standing with_imports(const Standing& standing) {
    Standing out = standing;
    for (const auto& [batch, claims] : standing.imports)
        if (!claims.is_undone)
            join_all_but_consents(out, claims);
        else
            join_listed(out, claims);
    return out;
}

bool is_refusal(const Event& event) {
    const EventKind kind = event.kind;
    if (kind == EventKind::kDoubleOptIn) return opt_in_step_of(event) == OptInStep::kSuspect;
    return is_objection(kind) || kind == EventKind::kConsentRefused ||
           kind == EventKind::kConsentWithdrawn || kind == EventKind::kImportUndone;
}

Standing standing_of(std::span<const Event> events, Date until) {
    Standing standing;
    for (const Event& event : events)
        if (event.happened_on <= until || is_refusal(event)) fold(standing, event);
    return standing;
}

Standing standing_of(std::span<const Event> events, const Token& strict, Date until) {
    Standing standing;
    for (const Event& event : events) {
        const bool is_own = event.person == strict && event.happened_on <= until;
        const bool is_refusal_here = event.person == strict && is_refusal(event);
        if (is_own || is_refusal_here || is_objection(event.kind)) fold(standing, event);
    }
    return standing;
}

int call_attempts_in_30_days(const Standing& standing, Date day) {
    const Date first = day - std::chrono::days{29};
    return static_cast<int>(std::count_if(
        standing.call_attempts.begin(), standing.call_attempts.end(),
        [&](const auto& attempt) { return attempt.second >= first && attempt.second <= day; }));
}

}  // namespace licet::ledger

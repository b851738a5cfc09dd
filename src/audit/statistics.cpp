// SPDX-License-Identifier: Apache-2.0
#include "audit/statistics.h"

#include <algorithm>
#include <array>
#include <optional>

#include "ledger/store.h"

namespace licet::audit {
namespace {

using ledger::Event;
using ledger::EventKind;

struct OnChannel {
    Date on;
    std::string channel;  ///< empty = all
};

// A few dates of one person.
struct Trace {
    std::optional<Date> collected_on;
    std::optional<Date> from_others_on;  // the data came from somebody else
    std::optional<Date> informed_on;
    std::optional<Date> last_act;
    std::optional<Date> objected_on;
    std::optional<Date> refused_call_on;
    bool has_source = false;
    bool is_customer = false;
    std::vector<OnChannel> contacts;
    std::string origin;  // the first that is known
    std::vector<OnChannel> verdicts;
    std::map<std::pair<std::string, std::string>, std::uint64_t> answers;  // channel, verdict
    std::vector<OnChannel> consents;
    std::vector<Date> register_checks;
    std::vector<std::pair<Date, Date>> pauses;  // first and last day
    struct Request {
        std::optional<Date> opened_on;
        std::optional<Date> answered_on;
        bool is_extended = false;
    };
    std::map<std::string, Request> requests;
};

void lower(std::optional<Date>& known, Date day) { known = std::min(known.value_or(day), day); }
void raise(std::optional<Date>& known, Date day) { known = std::max(known.value_or(day), day); }

bool is_message(std::string_view channel) {
    return channel == "email" || channel == "sms" || channel == "mms" ||
           channel == "automated_call";
}
bool is_call(std::string_view channel) { return channel == "live_call"; }

// Where the data came from somebody else than the person.
bool is_from_others(std::string_view origin) {
    return !origin.empty() && !origin.starts_with("person_") && origin != "event";
}

bool covers(const OnChannel& one, const std::string& channel) {
    return one.channel.empty() || channel.empty() || one.channel == channel;
}

bool has_before(const std::vector<OnChannel>& all, const OnChannel& contact, Date from) {
    return std::any_of(all.begin(), all.end(), [&](const OnChannel& one) {
        return one.on >= from && one.on <= contact.on && covers(one, contact.channel);
    });
}

// Months from one day to another; one that has begun counts.
int months_between(Date from, Date to) {
    int months = 0;
    while (plus_months(from, months) < to) ++months;
    return months;
}

bool has_proof(const Event& event) {
    const std::string_view proof = attribute(event, "consent.proof");
    return !attribute(event, "notice").empty() ||
           (!proof.empty() && proof != "none" && proof != "contract_warranty" &&
            proof != "log_only" && proof != "incomplete");
}

void count_message_consent(Statistics& out, const Event& event) {
    ++out.consents;
    if (!has_proof(event)) ++out.consents_without_proof;
    auto& fields = out.consent_fields;
    ++fields["identifiant"];
    if (!attribute(event, "at").empty() || attribute(event, "batch").empty())
        ++fields["horodatage"];
    if (!attribute(event, "notice").empty()) {
        // The digest of the text is its version too.
        ++fields["texte_exact"];
        ++fields["version_formulaire"];
    }
    if (!event.surface.empty() && event.surface != "list") ++fields["moyen_ou_url"];
    if (attribute(event, "consent.proof") == "double_opt_in") ++fields["double_confirmation"];
}

void count_phone_consent(Statistics& out, const Event& event) {
    ++out.phone_consents;
    auto& fields = out.phone_fields;
    if (attribute(event, "consent.phone_mentions") == "yes")
        for (const char* one : {"identite_professionnel_et_appelant_tiers", "nature_des_offres",
                                "choix_libre_par_personne_et_objet", "periode_un_an_au_plus",
                                "droit_et_moyen_de_retrait", "droit_au_support_durable"})
            ++fields[one];
    if (!attribute(event, "at").empty()) ++fields["date_et_heure"];
    if (has_proof(event)) ++fields["archivage_trois_ans"];
}

}  // namespace

struct StatisticsFolder::Persons {
    std::uint32_t part = 0;
    std::map<ledger::Token, Trace> all;
};

StatisticsFolder::StatisticsFolder(Date today, const MeasureLimits& limits, int most_months)
    : today_(today),
      limits_(limits),
      most_months_(most_months),
      window_(plus_months(today, -limits.window_months)),
      persons_(std::make_unique<Persons>()) {
    out_.most_months = most_months;
}

StatisticsFolder::~StatisticsFolder() = default;

namespace {

void fold_request(Trace& trace, const Event& event) {
    Trace::Request& request = trace.requests[std::string(attribute(event, "request"))];
    const std::string_view step = attribute(event, "step");
    if (step == "opened") lower(request.opened_on, event.happened_on);
    if (step == "extended") request.is_extended = true;
    if (step == "answered" || step == "refused" || step == "closed")
        lower(request.answered_on, event.happened_on);
}

void fold_pause(Trace& trace, const Event& event) {
    const auto until = parse_date(attribute(event, "until"));
    if (until) trace.pauses.emplace_back(event.happened_on, *until);
}

// What an event says of its person alone.
void fold(Trace& trace, const Event& event) {
    const Date day = event.happened_on;
    switch (event.kind) {
        case EventKind::kCollected: {
            lower(trace.collected_on, day);
            raise(trace.last_act, day);
            const std::string_view origin = attribute(event, "origin");
            trace.has_source = trace.has_source || !origin.empty();
            if (trace.origin.empty()) trace.origin = origin;
            if (is_from_others(origin)) lower(trace.from_others_on, day);
            if (attribute(event, "relation") == "customer") trace.is_customer = true;
            return;
        }
        case EventKind::kInformed:
            lower(trace.informed_on, day);
            return;
        case EventKind::kConsentGiven:
            raise(trace.last_act, day);
            trace.consents.push_back({day, event.channel});
            return;
        case EventKind::kInteraction:
            if (attribute(event, "act") != "open") raise(trace.last_act, day);
            if (attribute(event, "act") == "order") trace.is_customer = true;
            return;
        case EventKind::kCallbackRequested:
            raise(trace.last_act, day);
            return;
        case EventKind::kObjectionRecorded:
            lower(trace.objected_on, day);
            return;
        case EventKind::kContacted:
            trace.contacts.push_back({day, event.channel});
            return;
        case EventKind::kCallAttempt:
            trace.contacts.push_back({day, "live_call"});
            if (attribute(event, "outcome") == "refused") lower(trace.refused_call_on, day);
            return;
        case EventKind::kVerdictGiven:
            trace.verdicts.push_back({day, event.channel});
            return;
        case EventKind::kRegisterChecked:
            trace.register_checks.push_back(day);
            return;
        case EventKind::kConsentRefused:
        case EventKind::kConsentWithdrawn:
        case EventKind::kDoubleOptIn:
        case EventKind::kImportUndone:
        case EventKind::kErased:
        case EventKind::kNoticePublished:
        case EventKind::kCertificateIssued:
        case EventKind::kPaused:
            fold_pause(trace, event);
            return;
        case EventKind::kRequest:
            fold_request(trace, event);
            return;
        case EventKind::kAdministered:
        case EventKind::kProcessorAcknowledged:
        case EventKind::kAuditAnswered:
        case EventKind::kProcessor:
        case EventKind::kBreach:
        case EventKind::kComplaint:
        case EventKind::kSiteVisit:
        case EventKind::kPartnerList:
        case EventKind::kLabel:
        case EventKind::kSiteChoice:
            return;  // says nothing of the person that is counted here
    }
}

void count_contact(Statistics& out, const Trace& trace, const OnChannel& contact,
                   int register_months) {
    ++out.contacts;
    // On the day itself the order is not known.
    const bool is_paused = std::any_of(
        trace.pauses.begin(), trace.pauses.end(),
        [&](const auto& one) { return one.first < contact.on && contact.on <= one.second; });
    if (is_paused || (trace.objected_on && *trace.objected_on < contact.on))
        ++out.contacts_after_objection;
    const bool has_consent = has_before(trace.consents, contact, Date::min());
    if (is_message(contact.channel) && !has_consent && !trace.is_customer)
        out.messages_without_consent.push_back(contact.on);
    if (!is_call(contact.channel)) return;
    ++out.calls;
    if (!has_consent && !trace.is_customer) out.calls_without_consent.push_back(contact.on);
    if (trace.refused_call_on && *trace.refused_call_on < contact.on) ++out.calls_after_refusal;
    const Date from = plus_months(contact.on, -register_months);
    const bool was_checked =
        std::any_of(trace.register_checks.begin(), trace.register_checks.end(),
                    [&](Date day) { return day >= from && day <= contact.on; });
    if (!was_checked) out.calls_without_register.push_back(contact.on);
}

}  // namespace

void StatisticsFolder::add(const Event& event) {
    ++out_.events;
    const bool is_recent = event.happened_on >= window_;
    if (ledger::is_of_ledger(event.kind)) {
        if (event.kind == EventKind::kNoticePublished) {
            ++out_.notices;
            raise(out_.newest_notice, event.happened_on);
        }
        if (event.kind == EventKind::kErased && attribute(event, "reason") == "retention")
            raise(out_.newest_purge, event.happened_on);
        if (event.kind == EventKind::kCertificateIssued && attribute(event, "about") == "screening")
            screenings_.push_back(event.happened_on);
        return;
    }
    const std::uint32_t part = ledger::partition_of(event.person);
    if (part != persons_->part) close_partition();
    persons_->part = part;
    // Copies of an objection under loose tokens are nobody of their own.
    if (event.key.find('~') != event.key.npos) return;
    if (event.kind == EventKind::kRegisterChecked) ++out_.registers_checked;
    if (event.kind == EventKind::kObjectionRecorded && is_recent) {
        constexpr std::int64_t kSecondsOfDay = 86'400;
        const Date received{std::chrono::days{static_cast<int>(event.received_at / kSecondsOfDay)}};
        const auto days = static_cast<int>((received - event.happened_on).count());
        out_.objection_days.push_back(std::max(days, 0));
    }
    if (event.kind == EventKind::kConsentGiven) {
        if (event.channel == "live_call" || event.channel.empty()) count_phone_consent(out_, event);
        if (event.channel != "live_call") count_message_consent(out_, event);
    }
    Trace& trace = persons_->all[event.person];
    if (event.kind == EventKind::kVerdictGiven && is_recent)
        ++trace.answers[{event.channel, std::string(attribute(event, "verdict"))}];
    fold(trace, event);
}

void StatisticsFolder::add(const ledger::Suppression&) { ++out_.suppressions; }

void StatisticsFolder::close_partition() {
    for (const auto& [token, trace] : persons_->all) {
        for (const auto& [answer, count] : trace.answers)
            out_.flows[{trace.origin, answer.first, answer.second}] += count;
        for (const OnChannel& contact : trace.contacts) {
            if (contact.on < window_) continue;
            count_contact(out_, trace, contact, limits_.register_months);
            const Date from = contact.on - std::chrono::days{limits_.verdict_days};
            if (!has_before(trace.verdicts, contact, from)) unchecked_.push_back(contact.on);
        }
        for (const auto& [id, request] : trace.requests) {
            if (!request.opened_on || *request.opened_on < window_ || request.is_extended) continue;
            const Date last = plus_months(*request.opened_on, limits_.complaint_months);
            ++out_.requests_late.whole;
            if (request.answered_on.value_or(today_) > last) ++out_.requests_late.part;
        }
        // Of whom nothing but a refusal is known, nothing is kept that could be too old.
        if (!trace.last_act && trace.contacts.empty()) continue;
        ++out_.persons;
        ++out_.sources.whole;
        if (trace.has_source) ++out_.sources.part;
        if (trace.last_act && !trace.is_customer) {
            const int months = months_between(*trace.last_act, today_);
            out_.oldest_months = std::max(out_.oldest_months, months);
            ++out_.prospect_months[months];
            if (months > most_months_) ++out_.too_old;
        }
        if (trace.from_others_on && *trace.from_others_on >= window_) {
            const Date last = plus_months(*trace.from_others_on, limits_.notice_months);
            const bool is_late = trace.informed_on ? *trace.informed_on > last : today_ > last;
            ++out_.informed_late.whole;
            if (is_late) ++out_.informed_late.part;
        }
    }
    persons_->all.clear();
}

Statistics StatisticsFolder::finish() {
    close_partition();
    std::sort(screenings_.begin(), screenings_.end());
    for (const Date contact : unchecked_) {
        const Date from = contact - std::chrono::days{limits_.verdict_days};
        const auto found = std::lower_bound(screenings_.begin(), screenings_.end(), from);
        if (found == screenings_.end() || *found > contact) ++out_.contacts_unchecked;
    }
    std::sort(out_.objection_days.begin(), out_.objection_days.end());
    return std::move(out_);
}

}  // namespace licet::audit

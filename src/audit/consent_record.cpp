// SPDX-License-Identifier: Apache-2.0
#include "audit/consent_record.h"

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "base/text.h"
#include "ledger/double_opt_in.h"

namespace licet::audit {
namespace {

using ledger::attribute;
using ledger::EventKind;
using ledger::StoredEvent;

bool is_earlier(const StoredEvent& a, const StoredEvent& b) {
    const auto key = [](const StoredEvent& one) {
        return std::tuple(one.event.happened_on, attribute(one.event, "at"), one.place);
    };
    return key(a) < key(b);
}

bool is_choice(EventKind kind) {
    return kind == EventKind::kConsentGiven || kind == EventKind::kConsentRefused ||
           kind == EventKind::kDoubleOptIn;
}

std::string id_of(const StoredEvent& one) {
    const bool is_mail = one.event.kind == EventKind::kDoubleOptIn;
    const std::string_view id = attribute(one.event, is_mail ? "request" : "choice");
    return id.empty() ? ledger::text_of(one.place) : std::string(id);
}

// A withdrawal without a channel is of all.
bool takes_back(const StoredEvent& withdrawal, const ConsentAct& act) {
    const std::string& channel = withdrawal.event.channel;
    return act.kind != EventKind::kConsentRefused &&
           std::any_of(act.events.begin(), act.events.end(), [&](const StoredEvent& one) {
               return !is_earlier(withdrawal, one) &&
                      (channel.empty() || channel == one.event.channel);
           });
}

void add_unique(std::vector<std::string>& all, const std::string& one) {
    if (!one.empty() && std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
}

// Words of DPV that fit; what has none is a purpose with its own name.
std::string purpose_type(std::string_view purpose) {
    const std::string_view first = purpose.substr(0, purpose.find('.'));
    if (first == "commercial" || first == "press_subscription") return "dpv:DirectMarketing";
    if (first == "relational" || first == "answer_to_request") return "dpv:CustomerCare";
    return "dpv:Purpose";
}

std::string data_type(std::string_view channel) {
    if (channel == "email") return "pd:EmailAddress";
    if (channel == "post") return "pd:PhysicalAddress";
    constexpr std::array<std::string_view, 6> kByNumber = {
        "sms", "mms", "rcs", "live_call", "automated_call", "voicemail_drop"};
    const bool is_number =
        std::find(kByNumber.begin(), kByNumber.end(), channel) != kByNumber.end();
    return is_number ? "pd:TelephoneNumber" : "dpv:PersonalData";
}

// A number by name (RFC 9562, version 8): the same act has the same one wherever it is written.
std::string identifier_of(const ConsentAct& act) {
    Digest digest =
        sha256("licet/consent-record/1\n" + hex_of(act.events.front().event.person.bytes) + "\n" +
               std::string(ledger::name_of(act.kind)) + "\n" + act.id);
    digest[6] = static_cast<std::uint8_t>((digest[6] & 0x0FU) | 0x80U);
    digest[8] = static_cast<std::uint8_t>((digest[8] & 0x3FU) | 0x80U);
    const std::string hex = hex_of(std::span(digest).first(16));
    return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" +
           hex.substr(16, 4) + "-" + hex.substr(20);
}

ledger::OptInRequest request_of(const ConsentAct& act) {
    ledger::OptInRequests requests;
    for (const StoredEvent& one : act.events)
        if (one.event.kind == EventKind::kDoubleOptIn) fold(requests, one.event);
    return requests[act.id];
}

std::optional<ledger::OptInMoment> confirmed_at(const ConsentAct& act) {
    const ledger::OptInRequest request = request_of(act);
    for (const ledger::OptInQuestion& question : request.questions)
        if (const auto moment = confirmation_of(request, question)) return moment;
    return std::nullopt;
}

// Of confirmations only those that count are a consent.
std::string status_of_event(const ConsentAct& act, const ledger::Event& event) {
    if (event.kind == EventKind::kConsentGiven) return "dpv:ConsentGiven";
    if (event.kind == EventKind::kConsentRefused) return "dpv:ConsentRefused";
    if (event.kind == EventKind::kConsentWithdrawn) return "dpv:ConsentWithdrawn";
    const auto counted = confirmed_at(act);
    const bool is_consent =
        ledger::opt_in_step_of(event) == ledger::OptInStep::kConfirmed && counted &&
        !(ledger::OptInMoment{event.happened_on, std::string(attribute(event, "at"))} < *counted);
    return is_consent ? "dpv:ConsentGiven" : "dpv:ConsentRequested";
}

json::object until(const Term& term) {
    json::object duration{{"licet:answer", term.answer}, {"licet:rule", term.rule}};
    if (term.until) {
        duration["@type"] = "dpv:UntilTimeDuration";
        duration["rdf:value"] = text_of(*term.until);
    } else {
        duration["@type"] = "dpv:IndeterminateDuration";
    }
    return duration;
}

json::object notice_json(const std::string& sha256, const std::string& language,
                         const std::map<std::string, ShownNotice>& notices) {
    json::object notice{
        {"@id", "urn:sha256:" + sha256}, {"@type", "dpv:ConsentNotice"}, {"licet:sha256", sha256}};
    if (!language.empty()) notice["dct:language"] = language;
    const auto known = notices.find(sha256);
    if (known == notices.end()) return notice;
    notice["dct:date"] = text_of(known->second.published_on);
    notice["dct:format"] = known->second.media;
    return notice;
}

json::object process_json(const ConsentAct& act, const RecordKeeper& keeper,
                          const ConsentTerms& terms) {
    json::array purposes;
    for (const std::string& purpose : purposes_of(act))
        purposes.push_back(json::object{{"@type", purpose_type(purpose)}, {"dct:title", purpose}});
    json::array data;
    std::vector<std::string> channels = channels_of(act);
    std::vector<std::string> types;
    for (const std::string& channel : channels) add_unique(types, data_type(channel));
    for (const std::string& type : types) data.emplace_back(type);
    json::array medium;
    for (const std::string& channel : channels) medium.emplace_back(channel);
    const bool is_clear = particular_of(act, "consent.act") == "clear";
    json::object process{
        {"@type", "dpv:Process"},
        {"dpv:hasPurpose", std::move(purposes)},
        {"dpv:hasPersonalData", std::move(data)},
        {"dpv:hasDataSource", "dpv:DataSubjectDataSource"},
        {"dpv:hasLegalBasis", is_clear ? "dpv:ExpressedConsent" : "dpv:Consent"},
        {"dpv:hasRecipient", "#controller"},
        {"licet:channel", std::move(medium)},
        {"dpv:hasStorageCondition",
         json::array{json::object{{"@type", "dpv:StorageLocation"}, {"dpv:hasLocation", "#ledger"}},
                     json::object{{"@type", "dpv:StorageDuration"},
                                  {"dpv:hasDuration", until(terms.retention)}}}}};
    if (!keeper.country.empty()) {
        std::string place = keeper.country;
        for (char& c : place) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
        process["dpv:hasJurisdiction"] = "loc:" + place;
    }
    return process;
}

json::array events_json(const ConsentAct& act, const ConsentTerms& terms) {
    json::array out;
    for (const StoredEvent& one : act.events) {
        const auto step = ledger::opt_in_step_of(one.event);
        const bool is_ours =
            one.event.kind == EventKind::kDoubleOptIn && step != ledger::OptInStep::kConfirmed;
        json::object event{{"@type", status_of_event(act, one.event)},
                           {"dpv:isIndicatedAtTime", time_of(one.event)},
                           {"dpv:isIndicatedBy", is_ours ? "#controller" : "dpv:DataSubject"},
                           {"dpv:hasIndicationMethod", one.event.surface},
                           {"dpv:hasDuration", until(terms.validity)},
                           {"licet:event", ledger::text_of(one.place)}};
        if (step) event["licet:step"] = ledger::name_of(*step);
        for (const auto& [name, value] : one.event.attributes)
            if (name.starts_with("consent.")) event["licet:" + name] = value;
        out.push_back(std::move(event));
    }
    return out;
}

}  // namespace

std::vector<ConsentAct> consent_acts(std::span<const StoredEvent> events) {
    std::vector<StoredEvent> sorted(events.begin(), events.end());
    std::sort(sorted.begin(), sorted.end(), is_earlier);
    std::vector<ConsentAct> acts;
    for (const StoredEvent& one : sorted) {
        const bool is_withdrawal = one.event.kind == EventKind::kConsentWithdrawn;
        if (!is_choice(one.event.kind) && !is_withdrawal) continue;
        bool is_placed = false;
        for (ConsentAct& act : acts) {
            const bool is_same = act.kind == one.event.kind && act.id == id_of(one);
            if (!is_same && !(is_withdrawal && takes_back(one, act))) continue;
            act.events.push_back(one);
            is_placed = true;
            if (!is_withdrawal) break;
        }
        if (!is_placed) acts.push_back({id_of(one), one.event.kind, {one}});
    }
    return acts;
}

std::vector<std::string> channels_of(const ConsentAct& act) {
    std::vector<std::string> all;
    for (const StoredEvent& one : act.events)
        if (one.event.kind == act.kind) add_unique(all, one.event.channel);
    return all;
}

std::vector<std::string> purposes_of(const ConsentAct& act) {
    std::vector<std::string> all;
    for (const StoredEvent& one : act.events)
        if (one.event.kind == act.kind) add_unique(all, one.event.purpose);
    return all;
}

std::string particular_of(const ConsentAct& act, const std::string& name) {
    for (const StoredEvent& one : act.events)
        if (const auto value = attribute(one.event, name); !value.empty())
            return std::string(value);
    return {};
}

std::string time_of(const ledger::Event& event) {
    const std::string_view at = attribute(event, "at");
    return at.empty() ? text_of(event.happened_on) : std::string(at);
}

std::optional<Date> day_of_choice(const ConsentAct& act, const ledger::Event& event) {
    if (event.kind != EventKind::kDoubleOptIn) return event.happened_on;
    if (ledger::opt_in_step_of(event) != ledger::OptInStep::kRequested) return std::nullopt;
    const auto moment = confirmed_at(act);
    return moment ? std::optional(moment->day) : std::nullopt;
}

std::string status_of(const ConsentAct& act, Date day) {
    const auto& last = act.events.back().event;
    if (last.kind == EventKind::kConsentWithdrawn) return "ConsentWithdrawn";
    if (act.kind == EventKind::kConsentGiven) return "ConsentGiven";
    if (act.kind == EventKind::kConsentRefused) return "ConsentRefused";
    const bool is_confirmed = state_of(request_of(act), day) == ledger::OptInState::kConfirmed;
    return is_confirmed ? "ConsentGiven" : "ConsentRequested";
}

json::object consent_record(const ConsentAct& act, const RecordKeeper& keeper,
                            const std::map<std::string, ShownNotice>& notices,
                            const ConsentTerms& terms, Date day) {
    const std::string identifier = identifier_of(act);
    const std::string notice = particular_of(act, "notice");
    const std::string language = particular_of(act, "language");
    const std::string named = particular_of(act, "controller");
    const std::string controller = named.empty() ? keeper.controller : named;
    json::array lacks;
    const auto need = [&](const char* field, const std::string& value) {
        if (value.empty()) lacks.emplace_back(field);
    };
    need("privacy_notice", notice);
    need("language", language);
    need("purposes", join(purposes_of(act), ","));
    need("party_name", controller);
    need("party_contact", keeper.contact);
    need("withdrawal_method", keeper.contact);
    json::object record{
        {"@id", "urn:uuid:" + identifier},
        {"@type", "dpv:ConsentRecord"},
        {"dct:conformsTo", "https://w3id.org/dpv/schema/dpv-27560#record"},
        {"dct:identifier", identifier},
        {"dpv:hasDataSubject",
         json::object{{"@type", "dpv:DataSubject"},
                      {"dct:identifier", hex_of(act.events.front().event.person.bytes)}}},
        {"dpv:hasDataController", "#controller"},
        {"dpv:hasEntity", json::object{{"@id", "#controller"},
                                       {"@type", "dpv:DataController"},
                                       {"dpv:hasName", controller},
                                       {"dpv:hasContact", keeper.contact}}},
        {"dpv:hasProcess", process_json(act, keeper, terms)},
        {"dpv:hasConsentControl",
         json::object{{"@type", "dpv:WithdrawConsent"}, {"dpv:isExercisedAt", keeper.contact}}},
        {"dpv:hasConsentStatus", events_json(act, terms)},
        {"licet:status", "dpv:" + status_of(act, day)},
        {"licet:validity", until(terms.validity)},
        {"licet:retention", until(terms.retention)},
        {"licet:lacks", std::move(lacks)}};
    if (!notice.empty()) record["dpv:hasNotice"] = notice_json(notice, language, notices);
    return record;
}

json::object record_context() {
    return {{"dpv", "https://w3id.org/dpv#"},
            {"pd", "https://w3id.org/dpv/pd#"},
            {"loc", "https://w3id.org/dpv/loc#"},
            {"dct", "http://purl.org/dc/terms/"},
            {"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
            {"licet", "urn:licet:"}};
}

}  // namespace licet::audit

// SPDX-License-Identifier: Apache-2.0
#include "audit/label.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "audit/credential.h"
#include "base/digest.h"
#include "base/text.h"
#include "base/utc.h"

namespace licet::audit {
namespace {

using ledger::Event;
using ledger::EventKind;

constexpr std::int64_t kSecondsOfDay = 86'400;
constexpr int kMostDays = 180;
constexpr std::string_view kCredentials = "https://www.w3.org/ns/credentials/v2";
// Names of vocabularies; nobody asks these addresses.
constexpr std::string_view kBadges =
    "https:"
    "//purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

json::object words(const Catalogue& french, const Catalogue& english, std::string_view id) {
    return {{"fr", french(id)}, {"en", english(id)}};
}

json::object assessment(const LabelInput& input) {
    const AuditReport& report = input.report;
    json::array themes;
    for (const ThemeScore& one : report.score.themes)
        if (one.weight > 0)
            themes.push_back(json::object{{"theme", one.theme->id}, {"score", one.points()}});
    int questions = 0;
    int left_out = 0;
    int declared = 0;
    for (const Judged& one : report.score.questions) {
        if (!one.question->is_scored()) continue;
        ++questions;
        if (!one.is_applicable)
            ++left_out;
        else if (one.proof == Proof::kDeclared)
            ++declared;
    }
    json::array packs;
    for (const std::string& one : report.packs) packs.emplace_back(one);
    json::object out{{"level", input.level.id},
                     {"score", report.score.shown},
                     {"assurance", report.score.assurance},
                     {"themes", std::move(themes)},
                     {"questions", questions},
                     {"notApplicable", left_out},
                     {"declaredOnly", declared},
                     {"blocking", 0},
                     {"lawDay", text_of(report.law_day)},
                     {"packs", std::move(packs)},
                     {"questionnaire", json::object{{"id", report.questionnaire.id},
                                                    {"version", report.questionnaire.version},
                                                    {"sha256", report.questionnaire.sha256}}},
                     {"evaluation", input.evaluation.kind},
                     {"evaluator", input.evaluation.evaluator},
                     {"audit", report.sheet.audit},
                     {"ledgerHead", input.log_head}};
    if (input.site_audited_on) out["siteAuditedOn"] = text_of(*input.site_audited_on);
    json::array evidence;
    for (const auto& [id, answer] : report.sheet.answers)
        if (!answer.evidence.empty())
            evidence.push_back(json::object{{"question", id}, {"sha256", answer.evidence}});
    out["evidenceDigests"] = std::move(evidence);
    return out;
}

json::object subject_json(const LabelInput& input, const Catalogue& french,
                          const Catalogue& english) {
    json::object achievement{{"id", "urn:licet:label:" + input.level.id},
                             {"type", json::array{"Achievement"}},
                             {"name", french("label.name", {{"level", input.level.id}})},
                             {"description", french("label.fixed_sentence")},
                             {"criteria", json::object{{"narrative", french("label.criteria")}}}};
    return {{"type", json::array{"AchievementSubject"}},
            {"id",
             "https:"
             "//" +
                 input.subject.domain},
            {"name", input.subject.controller},
            {"siren", input.subject.siren},
            {"contact", input.subject.contact},
            {"achievement", std::move(achievement)},
            {"assessment", assessment(input)},
            {"disclaimer", words(french, english, "label.fixed_sentence")}};
}

json::object status_entry(const LabelInput& input, const std::string& purpose) {
    const std::string list = input.subject.base_url + "/status-" + purpose + ".json";
    const std::string index = std::to_string(input.index);
    return {{"id", list + "#" + index},
            {"type", "BitstringStatusListEntry"},
            {"statusPurpose", purpose},
            {"statusListIndex", index},
            {"statusListCredential", list}};
}

// Reading: what is not there is empty, and is found out where it is needed.
const json::object* object_in(const json::object& object, std::string_view name) {
    const json::value* found = object.if_contains(name);
    return found != nullptr && found->is_object() ? &found->as_object() : nullptr;
}
std::string text_in(const json::object& object, std::string_view name) {
    const json::value* found = object.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}
int number_in(const json::object& object, std::string_view name) {
    const json::value* found = object.if_contains(name);
    if (found == nullptr || !found->is_int64()) return 0;
    return static_cast<int>(std::clamp<std::int64_t>(found->as_int64(), 0, 1'000'000));
}

// "2026-11-27T10:00:05Z", and nothing else.
std::optional<std::int64_t> seconds_of(const std::string& text) {
    if (text.size() != 20 || text.back() != 'Z') return std::nullopt;
    const auto moment = parse_moment(text);
    const auto seconds = whole_number(std::string_view(text).substr(17, 2));
    if (!moment || !moment->clock || !seconds || *seconds > 59) return std::nullopt;
    return utc_minutes(*moment) * 60 + *seconds;
}

void read_assessment(const json::object& assessment, LabelClaims& out) {
    out.level = text_in(assessment, "level");
    out.score = number_in(assessment, "score");
    out.assurance = number_in(assessment, "assurance");
    out.evaluation = text_in(assessment, "evaluation");
    out.evaluator = text_in(assessment, "evaluator");
    out.law_day = text_in(assessment, "lawDay");
    out.site_audited_on = text_in(assessment, "siteAuditedOn");
    out.questions = number_in(assessment, "questions");
    out.not_applicable = number_in(assessment, "notApplicable");
    out.declared_only = number_in(assessment, "declaredOnly");
    if (const json::object* questionnaire = object_in(assessment, "questionnaire")) {
        out.questionnaire =
            text_in(*questionnaire, "id") + " " + text_in(*questionnaire, "version");
        out.questionnaire_sha256 = text_in(*questionnaire, "sha256");
    }
    const json::value* themes = assessment.if_contains("themes");
    if (themes == nullptr || !themes->is_array()) return;
    for (const json::value& one : themes->as_array())
        if (one.is_object())
            out.themes.emplace_back(text_in(one.as_object(), "theme"),
                                    number_in(one.as_object(), "score"));
}

bool read_subject(const json::object& document, LabelClaims& out) {
    const json::object* subject = object_in(document, "credentialSubject");
    const json::object* assessment =
        subject == nullptr ? nullptr : object_in(*subject, "assessment");
    const json::value* all = document.if_contains("credentialStatus");
    if (assessment == nullptr || all == nullptr || !all->is_array() || all->as_array().empty() ||
        !all->as_array().front().is_object())
        return false;
    const json::object& status = all->as_array().front().as_object();
    out.id = text_in(document, "id");
    out.controller = text_in(*subject, "name");
    out.domain = text_in(*subject, "id");
    const std::size_t slashes = out.domain.find("//");
    if (slashes != out.domain.npos) out.domain = out.domain.substr(slashes + 2);
    out.siren = text_in(*subject, "siren");
    out.contact = text_in(*subject, "contact");
    const std::string list = text_in(status, "statusListCredential");
    out.base_url = list.substr(0, list.rfind('/') == list.npos ? 0 : list.rfind('/'));
    const auto index = whole_number(text_in(status, "statusListIndex"));
    out.index = static_cast<std::uint32_t>(index.value_or(0));
    read_assessment(*assessment, out);
    return !out.level.empty() && index.has_value();
}

void fold(LabelState& state, const Event& event) {
    const std::string step(attribute(event, "step"));
    state.steps.push_back({step, event.happened_on});
    if (step == "issued") {
        const auto text = [&](const char* name) { return std::string(attribute(event, name)); };
        state.id = text("label");
        state.sha256 = text("sha256");
        state.did = text("did");
        state.level = text("level");
        state.audit = text("audit");
        state.index = static_cast<std::uint32_t>(whole_number(text("index")).value_or(0));
        state.valid_until = whole_number(text("until")).value_or(0);
        state.issued_on = event.happened_on;
    } else if (step == "warned") {
        state.warned_on = event.happened_on;
    } else if (step == "suspended") {
        state.is_suspended = true;
    } else if (step == "restored") {
        state.is_suspended = false;
        state.warned_on.reset();
    } else if (step == "revoked") {
        state.is_revoked = true;
    }
}

}  // namespace

json::object label_document(const LabelInput& input, const Catalogue& french,
                            const Catalogue& english) {
    const int days = std::min(input.level.validity_days, kMostDays);
    json::object issuer{{"id", input.did},
                        {"type", json::array{"Profile"}},
                        {"name", input.evaluation.evaluator.empty() ? input.subject.controller
                                                                    : input.evaluation.evaluator}};
    return {{"@context", json::array{kCredentials, kBadges}},
            {"id", "urn:uuid:" + input.id.substr(0, 8) + "-" + input.id.substr(8, 4) + "-" +
                       input.id.substr(12, 4) + "-" + input.id.substr(16, 4) + "-" +
                       input.id.substr(20)},
            {"type", json::array{"VerifiableCredential", "OpenBadgeCredential"}},
            {"name", french("label.name", {{"level", input.level.id}})},
            {"issuer", std::move(issuer)},
            {"validFrom", utc_text(input.now)},
            {"validUntil", utc_text(input.now + days * kSecondsOfDay)},
            {"credentialSubject", subject_json(input, french, english)},
            {"credentialStatus",
             json::array{status_entry(input, "revocation"), status_entry(input, "suspension")}}};
}

Result<LabelClaims> checked_label(std::string_view text) {
    const Error no_form = error(ErrorCode::kInput, "label.form");
    const auto parsed = parse_json(text);
    if (!parsed || !parsed->is_object()) return no_form;
    const json::object& document = parsed->as_object();
    LabelClaims out;
    out.did = LICET_TRY(signer_of(document));
    if (!read_subject(document, out)) return no_form;
    const auto from = seconds_of(text_in(document, "validFrom"));
    const auto until = seconds_of(text_in(document, "validUntil"));
    if (!from || !until) return no_form;
    if (*until <= *from || *until - *from > kMostDays * kSecondsOfDay)
        return error(ErrorCode::kInput, "label.too_long", {{"days", std::to_string(kMostDays)}});
    out.valid_from = *from;
    out.valid_until = *until;
    return out;
}

std::string_view name_of(LabelStanding standing) {
    switch (standing) {
        case LabelStanding::kValid:
            return "valid";
        case LabelStanding::kNotYet:
            return "not_yet";
        case LabelStanding::kExpired:
            return "expired";
        case LabelStanding::kSuspended:
            return "suspended";
        case LabelStanding::kRevoked:
            return "revoked";
    }
    LICET_ENSURE(false);
}

std::vector<LabelState> labels_of(std::span<const Event> events) {
    std::vector<const Event*> sorted;
    for (const Event& one : events)
        if (one.kind == EventKind::kLabel) sorted.push_back(&one);
    std::sort(sorted.begin(), sorted.end(), [](const Event* a, const Event* b) {
        return std::tie(a->received_at, a->key) < std::tie(b->received_at, b->key);
    });
    std::vector<LabelState> out;
    for (const Event* one : sorted) {
        const std::string_view id = attribute(*one, "label");
        const bool is_new = attribute(*one, "step") == "issued";
        auto found = std::find_if(out.begin(), out.end(),
                                  [&](const LabelState& state) { return state.id == id; });
        if (found == out.end() && !is_new) continue;
        if (found == out.end()) found = out.insert(out.end(), LabelState{});
        fold(*found, *one);
    }
    return out;
}

LabelStanding standing_of(const LabelClaims& claims, const LabelState* state, std::int64_t now) {
    if (state != nullptr && state->is_revoked) return LabelStanding::kRevoked;
    if (now >= claims.valid_until) return LabelStanding::kExpired;
    if (now < claims.valid_from) return LabelStanding::kNotYet;
    if (state != nullptr && state->is_suspended) return LabelStanding::kSuspended;
    return LabelStanding::kValid;
}

Event label_event(const LabelState& state, std::string_view step, const Said& said) {
    Event event;
    event.kind = EventKind::kLabel;
    event.happened_on = said.on;
    event.received_at = said.at;
    event.surface = "label";
    event.attributes = {{"label", state.id}, {"step", std::string(step)}};
    if (step == "issued")
        for (const auto& [name, value] :
             {std::pair<const char*, std::string>{"sha256", state.sha256},
              {"did", state.did},
              {"level", state.level},
              {"audit", state.audit},
              {"index", std::to_string(state.index)},
              {"until", std::to_string(state.valid_until)}})
            event.attributes[name] = value;
    event.key = "label-" + state.id + "-" + std::string(step) +
                (step == "issued" ? std::string() : "-" + std::to_string(said.at));
    return event;
}

std::optional<std::string> next_step(const LabelState& state, bool is_reached, int notice_days,
                                     Date today) {
    if (state.is_revoked) return std::nullopt;
    if (is_reached) {
        const bool was_in_doubt = state.is_suspended || state.warned_on;
        return was_in_doubt ? std::optional<std::string>("restored") : std::nullopt;
    }
    if (state.is_suspended) return std::nullopt;
    if (!state.warned_on) return "warned";
    if (today >= *state.warned_on + std::chrono::days{notice_days}) return "suspended";
    return std::nullopt;
}

json::array labels_json(std::span<const LabelState> labels, std::int64_t now) {
    json::array out;
    for (const LabelState& one : labels) {
        LabelClaims claims;
        claims.valid_until = one.valid_until;
        json::array steps;
        for (const LabelState::Step& step : one.steps)
            steps.push_back(json::object{{"step", step.name}, {"on", text_of(step.on)}});
        out.push_back(json::object{{"id", one.id},
                                   {"level", one.level},
                                   {"audit", one.audit},
                                   {"issued_on", text_of(one.issued_on)},
                                   {"until", utc_text(one.valid_until)},
                                   {"standing", name_of(standing_of(claims, &one, now))},
                                   {"sha256", one.sha256},
                                   {"issuer", one.did},
                                   {"steps", std::move(steps)}});
    }
    return out;
}

json::object status_document(const std::vector<LabelState>& labels, std::string_view purpose,
                             const std::string& base_url, const std::string& did,
                             std::int64_t now) {
    std::vector<std::uint32_t> bits;
    for (const LabelState& one : labels)
        if (purpose == "revocation" ? one.is_revoked : one.is_suspended) bits.push_back(one.index);
    const std::string url = base_url + "/status-" + std::string(purpose) + ".json";
    return {{"@context", json::array{kCredentials}},
            {"id", url},
            {"type", json::array{"VerifiableCredential", "BitstringStatusListCredential"}},
            {"issuer", did},
            {"validFrom", utc_text(now)},
            {"credentialSubject", json::object{{"id", url + "#list"},
                                               {"type", "BitstringStatusList"},
                                               {"statusPurpose", purpose},
                                               {"encodedList", encoded_list(bits)}}}};
}

}  // namespace licet::audit

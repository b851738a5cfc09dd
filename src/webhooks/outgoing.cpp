// SPDX-License-Identifier: Apache-2.0
#include "webhooks/outgoing.h"

#include <algorithm>
#include <array>

#include "base/base64.h"
#include "base/json.h"
#include "base/text.h"
#include "base/utc.h"
#include "webhooks/signatures.h"

namespace licet::webhooks {
namespace {

using ledger::EventKind;

constexpr std::string_view kSecretMark = "whsec_";
constexpr std::size_t kSubjectBytes = 16;

// Of events whose type does not depend on their attributes; the rest is below.
std::string_view usual_type(EventKind kind) {
    switch (kind) {
        case EventKind::kCollected:
            return "eu.licet.source.recorded.v1";
        case EventKind::kInformed:
            return "eu.licet.person.informed.v1";
        case EventKind::kConsentGiven:
            return "eu.licet.consent.given.v1";
        case EventKind::kConsentRefused:
            return "eu.licet.consent.refused.v1";
        case EventKind::kConsentWithdrawn:
            return "eu.licet.consent.withdrawn.v1";
        case EventKind::kObjectionRecorded:
            return "eu.licet.objection.recorded.v1";
        case EventKind::kInteraction:
            return "eu.licet.interaction.recorded.v1";
        case EventKind::kContacted:
            return "eu.licet.message.accepted.v1";
        case EventKind::kCallAttempt:
            return "eu.licet.call.attempted.v1";
        case EventKind::kCallbackRequested:
            return "eu.licet.callback.requested.v1";
        case EventKind::kVerdictGiven:
            return "eu.licet.gate.verdict.v1";
        case EventKind::kErased:
            return "eu.licet.erasure.done.v1";
        case EventKind::kNoticePublished:
            return "eu.licet.notice.published.v1";
        case EventKind::kDoubleOptIn:
            return "eu.licet.consent.requested.v1";
        case EventKind::kCertificateIssued:
            return "eu.licet.certificate.issued.v1";
        case EventKind::kImportUndone:
            return "eu.licet.import.undone.v1";
        case EventKind::kRegisterChecked:
            return "eu.licet.register.checked.v1";
        case EventKind::kAdministered:
            return "eu.licet.administration.done.v1";
        case EventKind::kPaused:
            return "eu.licet.objection.paused.v1";
        case EventKind::kRequest:
            return "eu.licet.request.changed.v1";
        case EventKind::kProcessorAcknowledged:
            return "eu.licet.processor.acknowledged.v1";
        case EventKind::kAuditAnswered:
            return "eu.licet.audit.changed.v1";
        case EventKind::kProcessor:
            return "eu.licet.processor.recorded.v1";
        case EventKind::kBreach:
            return "eu.licet.breach.recorded.v1";
        case EventKind::kComplaint:
            return "eu.licet.complaint.recorded.v1";
        case EventKind::kLabel:
            return "eu.licet.label.changed.v1";
        case EventKind::kSiteChoice:
            return "eu.licet.site.choice_made.v1";
        case EventKind::kSiteVisit:
            return "eu.licet.site.visited.v1";
        case EventKind::kPartnerList:
            return "eu.licet.partner_list.taken_in.v1";
    }
    return "eu.licet.event.recorded.v1";
}

// Objections that are no word of the person.
constexpr std::string_view kBounced = "eu.licet.message.bounced.v1";
constexpr std::string_view kComplained = "eu.licet.message.complained.v1";
constexpr std::array<std::string_view, 6> kSteps = {
    "eu.licet.consent.mail_accepted.v1", "eu.licet.consent.page_seen.v1",
    "eu.licet.consent.confirmed.v1",     "eu.licet.consent.bounced.v1",
    "eu.licet.consent.suspect.v1",       "eu.licet.consent.requested.v1"};

// What may leave the house: nothing that a person wrote, no name, no digest of a text.
constexpr std::array<std::string_view, 8> kToldAttributes = {
    "brand", "reason", "act", "outcome", "object", "step", "relation", "until"};

}  // namespace

std::string type_of(const ledger::Event& event) {
    const std::string_view reason = ledger::attribute(event, "reason");
    if (event.kind == EventKind::kObjectionRecorded && reason == "hard_bounce")
        return std::string(kBounced);
    if (event.kind == EventKind::kObjectionRecorded && reason == "complaint")
        return std::string(kComplained);
    if (event.kind == EventKind::kDoubleOptIn) {
        std::string step = "eu.licet.consent.";
        step += ledger::attribute(event, "step");
        step += ".v1";
        if (std::find(kSteps.begin(), kSteps.end(), step) != kSteps.end()) return step;
    }
    return std::string(usual_type(event.kind));
}

bool is_event_type(std::string_view type) {
    if (type == kBounced || type == kComplained) return true;
    if (std::find(kSteps.begin(), kSteps.end(), type) != kSteps.end()) return true;
    const auto kinds = ledger::all_event_kinds();
    return std::any_of(kinds.begin(), kinds.end(),
                       [&](EventKind kind) { return usual_type(kind) == type; });
}

std::optional<std::string> bytes_of_webhook_secret(std::string_view text) {
    text = trimmed(text);
    if (!text.starts_with(kSecretMark)) return std::nullopt;
    return text_of_base64(text.substr(kSecretMark.size()));
}

std::string webhook_secret_of(std::string_view bytes) {
    return std::string(kSecretMark) + base64_of(bytes);
}

std::string subject_of(const ledger::Token& person, std::string_view key) {
    if (person == ledger::Token{}) return {};
    const std::string text = "licet/subject/1 " + hex_of(person.bytes);
    return hex_of_text(hmac(HashFunction::kSha256, key, text).substr(0, kSubjectBytes));
}

std::string message_id_of(const Sequence& sequence) {
    const std::string text = sequence.source + "\n" + sequence.subscription;
    return "msg_" + hex_of_text(digest(HashFunction::kSha256, text).substr(0, 8)) + "_" +
           std::to_string(sequence.number);
}

std::string body_of(const ledger::Event& event, const Sequence& sequence,
                    std::string_view subject_key) {
    json::object told;
    told["on"] = licet::text_of(event.happened_on);
    if (!event.channel.empty()) told["channel"] = event.channel;
    if (!event.purpose.empty()) told["purpose"] = event.purpose;
    for (const std::string_view name : kToldAttributes) {
        const std::string_view value = ledger::attribute(event, std::string(name));
        if (!value.empty()) told[name] = value;
    }
    json::object envelope{{"specversion", "1.0"},
                          {"id", message_id_of(sequence)},
                          {"source", sequence.source},
                          {"type", type_of(event)},
                          {"time", utc_text(event.received_at)},
                          {"datacontenttype", "application/json"},
                          {"sequence", std::to_string(sequence.number)},
                          {"data", std::move(told)}};
    const std::string subject = subject_of(event.person, subject_key);
    if (!subject.empty()) envelope["subject"] = subject;
    return canonical(envelope);
}

std::vector<std::pair<std::string, std::string>> signed_headers(
    const SignedParts& parts, std::span<const Personal<std::string>> secrets) {
    const std::string text = parts.id + "." + std::to_string(parts.timestamp) + "." + parts.body;
    std::string signatures;
    for (const Personal<std::string>& secret : secrets) {
        if (!signatures.empty()) signatures += " ";
        signatures +=
            "v1," + base64_of(std::string_view(
                        hmac(HashFunction::kSha256, secret.reveal("signing a webhook"), text)));
    }
    return {{"webhook-id", parts.id},
            {"webhook-timestamp", std::to_string(parts.timestamp)},
            {"webhook-signature", signatures}};
}

bool is_signed_webhook(const SignedParts& parts, std::string_view signatures,
                       std::string_view secret, std::int64_t now) {
    if (parts.timestamp < now - kToleranceSeconds || parts.timestamp > now + kToleranceSeconds)
        return false;
    const std::string text = parts.id + "." + std::to_string(parts.timestamp) + "." + parts.body;
    const std::string wanted =
        "v1," + base64_of(std::string_view(hmac(HashFunction::kSha256, secret, text)));
    bool is_right = false;
    for (const std::string_view one : split(signatures, ' '))
        is_right |= is_same_secret(one, wanted);
    return is_right;
}

std::optional<std::int64_t> seconds_to_next_try(int tries, int chance) {
    constexpr std::int64_t kMinute = 60;
    constexpr std::int64_t kHour = 3600;
    // 75 hours and a half in all.
    constexpr std::array<std::int64_t, 10> kWaits = {
        5,         5 * kMinute, 25 * kMinute, 90 * kMinute, 3 * kHour,
        5 * kHour, 10 * kHour,  14 * kHour,   20 * kHour,   21 * kHour + 30 * kMinute};
    if (tries < 1 || static_cast<std::size_t>(tries) > kWaits.size()) return std::nullopt;
    const std::int64_t wait = kWaits.at(static_cast<std::size_t>(tries) - 1);
    return wait + wait * chance / 10'000;
}

Answer answer_of(int status) {
    constexpr int kGone = 410;
    if (status >= 200 && status < 300) return Answer::kTaken;
    return status == kGone ? Answer::kGone : Answer::kLater;
}

bool is_web_address(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == url.npos) return false;
    const std::string_view name = url.substr(0, scheme);
    const std::string_view rest = url.substr(scheme + 3);
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?"));
    const bool has_bad_sign = std::any_of(url.begin(), url.end(), [](char c) {
        return c <= ' ' || c == '"' || c == '<' || c == '>' || c == '\\' || c == '#' || c == 0x7F;
    });
    if (has_bad_sign || authority.empty() || authority.find('@') != authority.npos) return false;
    if (name == "https") return true;
    const std::string_view host = authority.substr(0, authority.rfind(':'));
    return name == "http" && (host == "localhost" || host == "127.0.0.1" || host == "[::1]");
}

}  // namespace licet::webhooks

// SPDX-License-Identifier: Apache-2.0
//
// Brevo, Mailjet, SendGrid and Postmark: one JSON object an event, alone or in an array.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "webhooks/internal/adapters.h"

namespace licet::webhooks {
namespace {

struct Word {
    std::string_view word;  ///< squeezed
    ReportKind kind;
};

template <std::size_t Size>
ReportKind kind_in(const std::array<Word, Size>& words, std::string_view event) {
    const std::string wanted = squeezed(event);
    for (const Word& one : words)
        if (one.word == wanted) return one.kind;
    return ReportKind::kOther;
}

Result<json::value> array_or_object(const RawRequest& request) {
    json::value body = LICET_TRY(json_of_body(request.body));
    if (!body.is_object() && !body.is_array())
        return error(ErrorCode::kInput, "webhooks.unreadable");
    return body;
}

bool says(std::string_view text, std::string_view word) {
    return ascii_lower(text).find(word) != std::string::npos;
}

// ---- Brevo --------------------------------------------------------------------------------------

constexpr std::array<Word, 14> kBrevoWords = {{{"hardbounce", ReportKind::kHardBounce},
                                               {"invalidemail", ReportKind::kHardBounce},
                                               {"softbounce", ReportKind::kSoftBounce},
                                               {"spam", ReportKind::kComplaint},
                                               {"complaint", ReportKind::kComplaint},
                                               {"unsubscribe", ReportKind::kUnsubscribe},
                                               {"unsubscribed", ReportKind::kUnsubscribe},
                                               {"delivered", ReportKind::kDelivered},
                                               {"opened", ReportKind::kOpened},
                                               {"uniqueopened", ReportKind::kOpened},
                                               {"proxyopen", ReportKind::kOpened},
                                               {"uniqueproxyopen", ReportKind::kOpened},
                                               {"click", ReportKind::kClicked},
                                               {"clicked", ReportKind::kClicked}}};

void add_brevo(const json::object& part, Reading& out) {
    const std::string event = text_at(part, "event");
    ReportKind kind = kind_in(kBrevoWords, event);
    // Whom it does not write to any more because of what the person said once.
    if (kind == ReportKind::kOther && squeezed(event) == "blocked" &&
        says(text_at(part, "reason"), "unsubscri"))
        kind = ReportKind::kUnsubscribe;
    // Only `ts_epoch` is surely UTC; of a campaign, `ts_event` is too. Other times follow the clock
    // of the account.
    std::optional<std::int64_t> at = seconds_of_millis(text_at(part, "ts_epoch"));
    if (!at) at = seconds_of(text_at(part, "ts_epoch"));
    if (!at && part.contains("camp_id")) at = seconds_of(text_at(part, "ts_event"));
    // The lists that are named are those of the person; an unsubscription there is from all.
    std::vector<std::string> addresses = texts_at(part, "email");
    if (addresses.empty()) addresses.emplace_back();
    for (std::string& address : addresses) {
        Report report = mail_report(kind, event, std::move(address));
        report.at = at;
        report.id = digest_name(part);
        out.reports.push_back(std::move(report));
    }
}

// ---- Mailjet ------------------------------------------------------------------------------------

constexpr std::array<Word, 6> kMailjetWords = {{{"spam", ReportKind::kComplaint},
                                                {"unsub", ReportKind::kUnsubscribe},
                                                {"sent", ReportKind::kDelivered},
                                                {"open", ReportKind::kOpened},
                                                {"click", ReportKind::kClicked},
                                                {"bounce", ReportKind::kSoftBounce}}};

void add_mailjet(const json::object& part, Reading& out) {
    const std::string event = text_at(part, "event");
    ReportKind kind = kind_in(kMailjetWords, event);
    if ((event == "bounce" || event == "blocked") && is_true(part, "hard_bounce"))
        kind = ReportKind::kHardBounce;
    Report report = mail_report(kind, event, text_at(part, "email"));
    report.at = seconds_of(text_at(part, "time"));
    const std::string message = text_at(part, "MessageID");
    const std::string list = text_at(part, "mj_list_id");
    if (kind == ReportKind::kUnsubscribe && list != "0") report.topic = list;
    if (!message.empty() && message != "0")
        report.id = message + "/" + event + "/" + text_at(part, "time") + "/" + list;
    else
        report.id = digest_name(part);
    out.reports.push_back(std::move(report));
}

// ---- SendGrid -----------------------------------------------------------------------------------

constexpr std::array<Word, 9> kSendgridWords = {{{"bounce", ReportKind::kHardBounce},
                                                 {"deferred", ReportKind::kSoftBounce},
                                                 {"spamreport", ReportKind::kComplaint},
                                                 {"unsubscribe", ReportKind::kUnsubscribe},
                                                 {"groupunsubscribe", ReportKind::kUnsubscribe},
                                                 {"groupresubscribe", ReportKind::kResubscribe},
                                                 {"delivered", ReportKind::kDelivered},
                                                 {"open", ReportKind::kOpened},
                                                 {"click", ReportKind::kClicked}}};

// Why a message was not even tried: because of what was known of the address.
ReportKind kind_of_dropped(std::string_view reason) {
    if (says(reason, "unsubscri")) return ReportKind::kUnsubscribe;
    if (says(reason, "spam report")) return ReportKind::kComplaint;
    if (says(reason, "bounced") || says(reason, "invalid")) return ReportKind::kHardBounce;
    return ReportKind::kOther;
}

void add_sendgrid(const json::object& part, Reading& out) {
    const std::string event = text_at(part, "event");
    ReportKind kind = kind_in(kSendgridWords, event);
    if (event == "bounce" && text_at(part, "type") == "blocked") kind = ReportKind::kSoftBounce;
    if (event == "dropped") kind = kind_of_dropped(text_at(part, "reason"));
    Report report = mail_report(kind, event, text_at(part, "email"));
    report.at = seconds_of(text_at(part, "timestamp"));
    report.id = text_at(part, "sg_event_id");
    if (report.id.empty()) report.id = digest_name(part);
    // A group stands beside every event of its messages; only these two are about it.
    if (event.starts_with("group_")) report.topic = text_at(part, "asm_group_id");
    out.reports.push_back(std::move(report));
}

// ---- Postmark -----------------------------------------------------------------------------------

constexpr std::array<Word, 9> kPostmarkBounces = {
    {{"hardbounce", ReportKind::kHardBounce},
     {"bademailaddress", ReportKind::kHardBounce},
     {"softbounce", ReportKind::kSoftBounce},
     {"transient", ReportKind::kSoftBounce},
     {"dnserror", ReportKind::kSoftBounce},
     {"spamcomplaint", ReportKind::kComplaint},
     {"unsubscribe", ReportKind::kUnsubscribe},
     {"manuallydeactivated", ReportKind::kUnsubscribe},
     {"subscribe", ReportKind::kResubscribe}}};
constexpr std::array<Word, 4> kPostmarkRecords = {{{"spamcomplaint", ReportKind::kComplaint},
                                                   {"delivery", ReportKind::kDelivered},
                                                   {"open", ReportKind::kOpened},
                                                   {"click", ReportKind::kClicked}}};

ReportKind kind_of_change(const json::object& part) {
    if (!is_true(part, "SuppressSending")) return ReportKind::kResubscribe;
    const std::string reason = squeezed(text_at(part, "SuppressionReason"));
    if (reason == "hardbounce") return ReportKind::kHardBounce;
    if (reason == "spamcomplaint") return ReportKind::kComplaint;
    return ReportKind::kUnsubscribe;
}

void add_postmark(const json::object& part, Reading& out) {
    const std::string record = text_at(part, "RecordType");
    const std::string type = text_at(part, "Type");
    ReportKind kind = kind_in(kPostmarkRecords, record);
    if (record == "Bounce") kind = kind_in(kPostmarkBounces, type);
    if (record == "SubscriptionChange") kind = kind_of_change(part);
    std::string address = text_at(part, "Email");
    if (address.empty()) address = text_at(part, "Recipient");
    Report report =
        mail_report(kind, record == "Bounce" ? record + "/" + type : record, std::move(address));
    for (const std::string_view name : {"BouncedAt", "ChangedAt", "ReceivedAt", "DeliveredAt"})
        if (!report.at) report.at = seconds_of_iso(text_at(part, name));
    const std::string number = text_at(part, "ID");
    report.id = number.empty() ? digest_name(part) : record + "/" + number;
    if (kind == ReportKind::kUnsubscribe || kind == ReportKind::kResubscribe)
        report.topic = text_at(part, "MessageStream");
    out.reports.push_back(std::move(report));
}

template <typename Add>
Result<Reading> read_all(const RawRequest& request, const Add& add) {
    const json::value body = LICET_TRY(array_or_object(request));
    Reading reading;
    for (const json::object* part : objects_in(&body)) add(*part, reading);
    return reading;
}

}  // namespace

Result<Reading> read_brevo(const RawRequest& request) { return read_all(request, add_brevo); }
Result<Reading> read_mailjet(const RawRequest& request) { return read_all(request, add_mailjet); }
Result<Reading> read_sendgrid(const RawRequest& request) { return read_all(request, add_sendgrid); }
Result<Reading> read_postmark(const RawRequest& request) { return read_all(request, add_postmark); }

}  // namespace licet::webhooks

// SPDX-License-Identifier: Apache-2.0
//
// Twilio, Vonage and OVH: answers of people to text messages, and what became of those we sent.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "webhooks/internal/adapters.h"
#include "webhooks/keyword.h"

namespace licet::webhooks {
namespace {

ReportKind kind_of_answer(std::string_view text) {
    switch (keyword_of(text)) {
        case Keyword::kStop:
            return ReportKind::kStop;
        case Keyword::kStart:
            return ReportKind::kResubscribe;
        case Keyword::kHelp:
        case Keyword::kNone:
            break;
    }
    return ReportKind::kOther;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

Reading reading_of(Report report) {
    Reading reading;
    reading.reports.push_back(std::move(report));
    return reading;
}

// ---- Twilio -------------------------------------------------------------------------------------

// Error codes of Twilio: the number is not there or can take no text message, and never will.
bool is_dead_number(std::string_view code) {
    return is_one_of(code, {"30005", "30006", "21211", "21614", "21214"});
}

ReportKind kind_of_status(std::string_view status, std::string_view code) {
    if (code == "21610") return ReportKind::kStop;  // the person had said STOP
    if (status == "delivered" || status == "read") return ReportKind::kDelivered;
    if (status != "failed" && status != "undelivered") return ReportKind::kOther;
    return is_dead_number(code) ? ReportKind::kHardBounce : ReportKind::kSoftBounce;
}

// "whatsapp:+33..." and "rcs:+33...": another channel of the same number.
Report twilio_report(ReportKind kind, std::string event, std::string_view number) {
    const std::size_t colon = number.find(':');
    const std::string_view scheme = colon == number.npos ? "" : number.substr(0, colon);
    if (colon != number.npos) number.remove_prefix(colon + 1);
    Report report = text_report(kind, std::move(event), std::string(number));
    if (scheme == "whatsapp" || scheme == "messenger") report.channel = "chat_message";
    if (scheme == "rcs") report.channel = "rcs";
    return report;
}

Reading twilio_status(const Pairs& fields, std::string_view message) {
    const std::string status(value_of(fields, {"MessageStatus", "SmsStatus"}));
    const std::string_view code = value_of(fields, {"ErrorCode"});
    Report report =
        twilio_report(kind_of_status(status, code), "status/" + status, value_of(fields, {"To"}));
    if (!message.empty()) report.id = std::string(message) + "/" + status + "/" + std::string(code);
    return reading_of(std::move(report));
}

// ---- Vonage -------------------------------------------------------------------------------------

// The number of a side of a message: a text, or an object with `number`.
std::string number_at(const json::object& message, std::string_view side) {
    const std::string own = text_at(message, side);
    return own.empty() ? text_at(object_at(message, side), "number") : own;
}

ReportKind kind_of_receipt(std::string_view status, std::string_view code) {
    if (status == "delivered" || status == "read") return ReportKind::kDelivered;
    if (!is_one_of(status, {"failed", "rejected", "undeliverable", "expired", "unknown"}))
        return ReportKind::kOther;
    // 3: the subscriber is not there any more; 9: no such number.
    return is_one_of(code, {"3", "9"}) ? ReportKind::kHardBounce : ReportKind::kSoftBounce;
}

std::optional<std::int64_t> vonage_moment(const std::string& text) {
    const auto at = seconds_of_iso(text);
    return at ? at : seconds_of_iso(text + "Z");  // of the older interface: UTC without saying so
}

Reading vonage_messages(const json::object& message) {
    const std::string status = text_at(message, "status");
    const bool is_answer = status.empty();
    std::string text = text_at(message, "text");
    if (text.empty()) text = text_at(object_at(object_at(message, "message"), "content"), "text");
    const ReportKind kind =
        is_answer ? kind_of_answer(text)
                  : kind_of_receipt(status, text_at(object_at(message, "error"), "title"));
    Report report = text_report(kind, is_answer ? "inbound" : "status/" + status,
                                number_at(message, is_answer ? "from" : "to"));
    const std::string channel = text_at(message, "channel");
    if (is_one_of(channel, {"whatsapp", "messenger", "viber_service"}))
        report.channel = "chat_message";
    if (is_one_of(channel, {"mms", "rcs"})) report.channel = channel;
    report.at = vonage_moment(text_at(message, "timestamp"));
    report.id = text_at(message, "message_uuid") + "/" + status;
    return reading_of(std::move(report));
}

// The older interface names the person `msisdn`, whoever wrote.
Reading vonage_sms(const Pairs& fields) {
    const std::string status(value_of(fields, {"status"}));
    const bool is_answer = status.empty();
    const ReportKind kind = is_answer ? kind_of_answer(value_of(fields, {"text"}))
                                      : kind_of_receipt(status, value_of(fields, {"err-code"}));
    Report report = text_report(kind, is_answer ? "inbound" : "status/" + status,
                                std::string(value_of(fields, {"msisdn"})));
    report.at = vonage_moment(std::string(value_of(fields, {"message-timestamp"})));
    const std::string_view message = value_of(fields, {"messageId", "message-id"});
    // A long answer comes in parts with one name.
    if (!message.empty())
        report.id = std::string(message) + "/" + status + "/" +
                    std::string(value_of(fields, {"concat-part"}));
    return reading_of(std::move(report));
}

Pairs pairs_of_object(const json::object& object) {
    Pairs out;
    for (const auto& [name, value] : object) {
        std::ignore = value;
        out.emplace_back(std::string(name), text_at(object, name));
    }
    return out;
}

// ---- OVH ----------------------------------------------------------------------------------------

// `callBack` and `stopCallBack` come as the query of a GET or as a form. A receipt (`ptt`) names
// no number, only the message; so it says nothing of a person.
Reading ovh_reading(const Pairs& fields) {
    const std::string_view code = value_of(fields, {"ptt"});
    const std::string_view number = value_of(fields, {"receiver", "number", "msisdn", "sender",
                                                      "from", "phone", "phonenumber", "numero"});
    const std::string_view text = value_of(fields, {"message", "text", "body", "sms"});
    ReportKind kind = ReportKind::kOther;
    std::string event = "unknown";
    if (!code.empty()) {
        event = "receipt/" + std::string(code);
        if (code == "4" || code == "0") kind = ReportKind::kDelivered;
    } else if (!text.empty()) {
        event = "answer";
        kind = kind_of_answer(text);
    } else if (!number.empty()) {
        event = "stop";
        kind = ReportKind::kStop;
    }
    Report report = text_report(kind, event, std::string(number));
    // Dates follow the clock of the account: the moment of receipt is surer.
    const std::string_view message = value_of(fields, {"id", "smsId"});
    if (!message.empty()) report.id = std::string(message) + "/" + event;
    return reading_of(std::move(report));
}

}  // namespace

Result<Reading> read_twilio(const RawRequest& request) {
    const Pairs fields = pairs_of_body(request);
    if (fields.empty()) return error(ErrorCode::kInput, "webhooks.unreadable");
    const std::string_view message = value_of(fields, {"MessageSid", "SmsSid"});
    const std::string_view status = value_of(fields, {"MessageStatus", "SmsStatus"});
    const bool is_answer =
        status.empty() || status == "received" || !value_of(fields, {"Body"}).empty();
    if (!is_answer) return twilio_status(fields, message);
    const std::string_view choice = value_of(fields, {"OptOutType"});
    ReportKind kind = kind_of_answer(value_of(fields, {"Body"}));
    if (choice == "STOP") kind = ReportKind::kStop;
    if (choice == "START" && kind != ReportKind::kStop) kind = ReportKind::kResubscribe;
    if (choice == "HELP" && kind != ReportKind::kStop) kind = ReportKind::kOther;
    Report report =
        twilio_report(kind, choice.empty() ? "inbound" : "inbound/" + std::string(choice),
                      value_of(fields, {"From"}));
    if (!message.empty()) report.id = std::string(message) + "/received";
    return reading_of(std::move(report));
}

Result<Reading> read_vonage(const RawRequest& request) {
    if (!trimmed(request.body).starts_with('{')) {
        Pairs fields = pairs_of_body(request);
        if (fields.empty()) fields = pairs_of_query(request.url);
        if (fields.empty()) return error(ErrorCode::kInput, "webhooks.unreadable");
        return vonage_sms(fields);
    }
    const json::value body = LICET_TRY(json_of_body(request.body));
    const json::object& message = body.get_object();
    if (message.contains("message_uuid")) return vonage_messages(message);
    return vonage_sms(pairs_of_object(message));
}

Result<Reading> read_ovh(const RawRequest& request) {
    if (trimmed(request.body).starts_with('{')) {
        const json::value body = LICET_TRY(json_of_body(request.body));
        return ovh_reading(pairs_of_object(body.get_object()));
    }
    Pairs fields = pairs_of_query(request.url);
    for (auto& pair : pairs_of_body(request)) fields.push_back(std::move(pair));
    if (fields.empty()) return error(ErrorCode::kInput, "webhooks.unreadable");
    return ovh_reading(fields);
}

}  // namespace licet::webhooks

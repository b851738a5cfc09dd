// SPDX-License-Identifier: Apache-2.0
//
// Mailgun: JSON with `signature` and `event-data`, or the older form with one field each.
#include "base/text.h"
#include "webhooks/internal/adapters.h"

namespace licet::webhooks {
namespace {

// Why a message failed for good: because the address is not there, or because of what the person
// said before, or for a reason that says nothing of the address.
ReportKind kind_of_failure(std::string_view severity, std::string_view reason) {
    if (reason.find("unsubscri") != reason.npos) return ReportKind::kUnsubscribe;
    if (reason.find("complain") != reason.npos) return ReportKind::kComplaint;
    if (severity == "temporary" || reason == "espblock" || reason == "old")
        return ReportKind::kSoftBounce;
    return ReportKind::kHardBounce;
}

ReportKind kind_of_event(std::string_view event) {
    if (event == "complained") return ReportKind::kComplaint;
    if (event == "unsubscribed") return ReportKind::kUnsubscribe;
    if (event == "delivered") return ReportKind::kDelivered;
    if (event == "opened") return ReportKind::kOpened;
    if (event == "clicked") return ReportKind::kClicked;
    return ReportKind::kOther;
}

std::string list_of(const json::object& event) {
    const json::object& list = object_at(event, "mailing-list");
    const std::string name = text_at(list, "list-id");
    return name.empty() ? text_at(list, "address") : name;
}

Reading reading_of_json(const json::object& outer) {
    const json::object& about = object_at(outer, "event-data");
    const std::string event = text_at(about, "event");
    ReportKind kind = kind_of_event(event);
    if (event == "failed" || event == "bounced" || event == "rejected")
        kind = event == "rejected"
                   ? ReportKind::kSoftBounce
                   : kind_of_failure(text_at(about, "severity"), text_at(about, "reason"));
    // A machine that looks at links before the person does is no act of the person.
    const std::string machine = text_at(object_at(about, "client-info"), "bot");
    if (kind == ReportKind::kClicked && !machine.empty()) kind = ReportKind::kOther;
    Report report = mail_report(kind, event, text_at(about, "recipient"));
    report.at = seconds_of(text_at(about, "timestamp"));
    report.id = text_at(about, "id");
    if (report.id.empty()) report.id = text_at(object_at(outer, "signature"), "token");
    if (kind == ReportKind::kUnsubscribe) report.topic = list_of(about);
    Reading reading;
    reading.reports.push_back(std::move(report));
    return reading;
}

Reading reading_of_form(const Pairs& fields) {
    const std::string event(value_of(fields, {"event"}));
    ReportKind kind = kind_of_event(event);
    const std::string reason = ascii_lower(value_of(fields, {"reason"}));
    if (event == "bounced") kind = ReportKind::kHardBounce;
    if (event == "dropped")
        kind = kind_of_failure("permanent",
                               reason + " " + ascii_lower(value_of(fields, {"description"})));
    if (event == "dropped" && reason == "old") kind = ReportKind::kSoftBounce;
    if (kind == ReportKind::kClicked && !value_of(fields, {"bot"}).empty())
        kind = ReportKind::kOther;
    Report report = mail_report(kind, event, std::string(value_of(fields, {"recipient"})));
    report.at = seconds_of(value_of(fields, {"timestamp"}));
    report.id = value_of(fields, {"token"});
    if (kind == ReportKind::kUnsubscribe) report.topic = value_of(fields, {"mailing-list"});
    Reading reading;
    reading.reports.push_back(std::move(report));
    return reading;
}

}  // namespace

Result<Reading> read_mailgun(const RawRequest& request) {
    if (trimmed(request.body).starts_with('{')) {
        const json::value body = LICET_TRY(json_of_body(request.body));
        return reading_of_json(body.get_object());
    }
    const Pairs fields = pairs_of_body(request);
    if (value_of(fields, {"event"}).empty()) return error(ErrorCode::kInput, "webhooks.unreadable");
    return reading_of_form(fields);
}

}  // namespace licet::webhooks

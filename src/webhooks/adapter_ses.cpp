// SPDX-License-Identifier: Apache-2.0
//
// Amazon SES by way of SNS: an envelope whose `Message` is a text that is JSON again. The same
// event comes with `notificationType` (feedback notifications) or `eventType` (event publishing).
#include "base/text.h"
#include "webhooks/internal/adapters.h"

namespace licet::webhooks {
namespace {

// A page at Amazon, and nowhere else: what is shown to be opened must not be anybody's.
bool is_of_amazon(std::string_view url) {
    constexpr std::string_view kScheme = "https://";
    if (!url.starts_with(kScheme)) return false;
    url.remove_prefix(kScheme.size());
    const std::string_view host = url.substr(0, url.find_first_of("/?#"));
    return host.starts_with("sns.") && host.find_first_of("@:") == host.npos &&
           (host.ends_with(".amazonaws.com") || host.ends_with(".amazonaws.com.cn"));
}

struct Envelope {
    std::string id;
    std::optional<std::int64_t> at;
};

void add(Report report, const Envelope& envelope, const json::object& about, Reading& out) {
    report.at = seconds_of_iso(text_at(about, "timestamp"));
    if (!report.at) report.at = envelope.at;
    report.id = envelope.id;
    out.reports.push_back(std::move(report));
}

ReportKind kind_of_bounce(const json::object& bounce) {
    return text_at(bounce, "bounceType") == "Permanent" ? ReportKind::kHardBounce
                                                        : ReportKind::kSoftBounce;
}

// Somebody may say of a message in the folder of spam that it is none.
ReportKind kind_of_complaint(const json::object& complaint) {
    return text_at(complaint, "complaintFeedbackType") == "not-spam" ? ReportKind::kOther
                                                                     : ReportKind::kComplaint;
}

void add_recipients(const json::object& about, std::string_view list, ReportKind kind,
                    const std::string& event, const Envelope& envelope, Reading& out) {
    for (const json::object* one : objects_at(about, list))
        add(mail_report(kind, event, text_at(*one, "emailAddress")), envelope, about, out);
}

void add_destinations(const json::object& message, const json::object& about, ReportKind kind,
                      const std::string& event, const Envelope& envelope, Reading& out) {
    for (std::string& address : texts_at(object_at(message, "mail"), "destination"))
        add(mail_report(kind, event, std::move(address)), envelope, about, out);
}

// The preferences of a contact list: all of it, or topic by topic.
void add_subscription(const json::object& message, const std::string& event,
                      const Envelope& envelope, Reading& out) {
    const json::object& about = object_at(message, "subscription");
    const json::object& fresh = object_at(about, "newTopicPreferences");
    std::vector<std::string> addresses = texts_at(object_at(message, "mail"), "destination");
    for (const std::string& address : addresses) {
        if (is_true(fresh, "unsubscribeAll")) {
            add(mail_report(ReportKind::kUnsubscribe, event, address), envelope, about, out);
            continue;
        }
        std::vector<const json::object*> topics = objects_at(fresh, "topicSubscriptionStatus");
        if (topics.empty()) topics = objects_at(fresh, "topicDefaultSubscriptionStatus");
        for (const json::object* topic : topics) {
            const bool is_out = squeezed(text_at(*topic, "subscriptionStatus")) == "optout";
            Report report = mail_report(
                is_out ? ReportKind::kUnsubscribe : ReportKind::kResubscribe, event, address);
            report.topic = text_at(*topic, "topicName");
            add(std::move(report), envelope, about, out);
        }
    }
}

void add_message(const json::object& message, const Envelope& envelope, Reading& out) {
    std::string event = text_at(message, "eventType");
    if (event.empty()) event = text_at(message, "notificationType");
    const std::size_t before = out.reports.size();
    if (event == "Bounce") {
        const json::object& about = object_at(message, "bounce");
        add_recipients(about, "bouncedRecipients", kind_of_bounce(about), event, envelope, out);
    } else if (event == "Complaint") {
        const json::object& about = object_at(message, "complaint");
        add_recipients(about, "complainedRecipients", kind_of_complaint(about), event, envelope,
                       out);
    } else if (event == "Delivery") {
        const json::object& about = object_at(message, "delivery");
        for (std::string& address : texts_at(about, "recipients"))
            add(mail_report(ReportKind::kDelivered, event, std::move(address)), envelope, about,
                out);
    } else if (event == "DeliveryDelay") {
        add_recipients(object_at(message, "deliveryDelay"), "delayedRecipients",
                       ReportKind::kSoftBounce, event, envelope, out);
    } else if (event == "Subscription") {
        add_subscription(message, event, envelope, out);
    } else if (event == "Open" || event == "Click") {
        // Of a message to several, nobody knows who it was: then it is an act of none of them.
        const bool is_one = texts_at(object_at(message, "mail"), "destination").size() == 1;
        const ReportKind act = event == "Open" ? ReportKind::kOpened : ReportKind::kClicked;
        add_destinations(message, object_at(message, event == "Open" ? "open" : "click"),
                         is_one ? act : ReportKind::kOther, event, envelope, out);
    }
    if (out.reports.size() == before)
        add(mail_report(ReportKind::kOther, event, ""), envelope, message, out);
}

}  // namespace

Result<Reading> read_ses(const RawRequest& request) {
    const json::value body = LICET_TRY(json_of_body(request.body));
    if (!body.is_object()) return error(ErrorCode::kInput, "webhooks.unreadable");
    const json::object& outer = body.get_object();
    Reading reading;
    const std::string type = text_at(outer, "Type");
    const Envelope envelope{text_at(outer, "MessageId"),
                            seconds_of_iso(text_at(outer, "Timestamp"))};
    // Sent without its envelope ("raw message delivery").
    if (type.empty() && (outer.contains("eventType") || outer.contains("notificationType"))) {
        add_message(outer, {digest_name(outer), std::nullopt}, reading);
        return reading;
    }
    if (type == "Notification") {
        const auto message = json_of_body(text_at(outer, "Message"));
        if (message && message->is_object())
            add_message(message->get_object(), envelope, reading);
        else
            add(mail_report(ReportKind::kOther, type, ""), envelope, outer, reading);
        return reading;
    }
    if (type == "SubscriptionConfirmation" && is_of_amazon(text_at(outer, "SubscribeURL")))
        reading.confirmation_url = text_at(outer, "SubscribeURL");
    add(mail_report(ReportKind::kOther, type, ""), envelope, outer, reading);
    return reading;
}

}  // namespace licet::webhooks

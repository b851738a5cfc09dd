// SPDX-License-Identifier: Apache-2.0
// Goal: what each provider writes is read as what it means, and nothing that it may write is an
//       error.
// Method: recorded payloads (testdata/), each with the reports that it holds, as text; then what no
//         provider should send.
#include "webhooks/report.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace licet::webhooks {
namespace {

constexpr const char* kAt = "1772445605";  // 2026-03-02T10:00:05Z, in nearly all of them

std::string file_text(const std::string& path) {
    std::ifstream file(std::string(LICET_SOURCE_DIR) + "/src/webhooks/testdata/" + path,
                       std::ios::binary);
    EXPECT_TRUE(file.is_open()) << path;
    return {std::istreambuf_iterator<char>(file), {}};
}

RawRequest request_of(const std::string& path) {
    RawRequest request;
    request.url = "https://licet.example/webhooks/token";
    if (path.ends_with(".query")) {
        request.method = "GET";
        request.url += "?" + file_text(path);
        return request;
    }
    request.body = file_text(path);
    request.headers = {{"Content-Type", path.ends_with(".json") ? "application/json"
                                        : path.ends_with(".multipart")
                                            ? "multipart/form-data; boundary=9cf3"
                                            : "application/x-www-form-urlencoded"}};
    return request;
}

// "hard_bounce camille@example.com", with " #topic", " channel" if it is not the usual one, and
// " @moment" if it is not kAt.
std::string words_of(const Report& report, bool is_mail) {
    std::string out(name_of(report.kind));
    out += " " + report.address.reveal("test");
    if (!report.topic.empty()) out += " #" + report.topic;
    if (report.channel != (is_mail ? "email" : "sms")) out += " " + report.channel;
    if (!report.at)
        out += " @-";
    else if (std::to_string(*report.at) != kAt)
        out += " @" + std::to_string(*report.at);
    return out;
}

std::string words_of(const std::string& path) {
    const auto provider = provider_of(path.substr(0, path.find('/')));
    EXPECT_TRUE(provider) << path;
    const auto reading = read_reports(*provider, request_of(path));
    if (!reading) return reading.error().message.id;
    std::string out;
    for (const Report& report : reading->reports) {
        if (!out.empty()) out += "; ";
        out += words_of(report, is_of_mail(*provider));
        EXPECT_FALSE(report.id.empty()) << path;
    }
    return out;
}

struct Recorded {
    const char* path;
    const char* reports;
};

void expect_all(const std::vector<Recorded>& recorded) {
    for (const Recorded& one : recorded) EXPECT_EQ(words_of(one.path), one.reports) << one.path;
}

TEST(Reports, BrevoIsReadInBothItsForms) {
    expect_all({
        {"brevo/hard_bounce.json", "hard_bounce camille@example.com"},
        {"brevo/soft_bounce.json", "soft_bounce camille@example.com"},
        {"brevo/invalid_email.json", "hard_bounce camille@example.com"},
        {"brevo/spam.json", "complaint camille@example.com"},
        {"brevo/complaint_without_epoch.json", "complaint camille@example.com @-"},
        {"brevo/unsubscribed.json", "unsubscribe camille@example.com"},
        {"brevo/blocked_because_unsubscribed.json", "unsubscribe camille@example.com"},
        {"brevo/blocked.json", "other camille@example.com"},
        {"brevo/delivered.json", "delivered camille@example.com"},
        {"brevo/unique_opened.json", "opened camille@example.com"},
        {"brevo/click.json", "clicked camille@example.com"},
        {"brevo/new_event.json", "other camille@example.com"},
        {"brevo/marketing_unsubscribe.json", "unsubscribe camille@example.com"},
        {"brevo/marketing_spam.json", "complaint camille@example.com"},
        {"brevo/marketing_contact_deleted.json",
         "other camille@example.com @-; other leo@example.org @-"},
        {"brevo/marketing_list_addition.json", "other camille@example.com @-"},
    });
}

TEST(Reports, MailjetIsReadAloneAndInGroups) {
    expect_all({
        {"mailjet/group.json",
         "delivered camille@example.com; opened camille@example.com; clicked camille@example.com; "
         "unsubscribe leo@example.org #1"},
        {"mailjet/bounce_hard.json", "hard_bounce camille@example.com"},
        {"mailjet/bounce_soft.json", "soft_bounce camille@example.com"},
        {"mailjet/blocked.json", "other camille@example.com"},
        {"mailjet/spam.json", "complaint camille@example.com"},
        {"mailjet/unsub_whole.json", "unsubscribe camille@example.com"},
    });
}

TEST(Reports, SendgridIsReadWithAllThatOthersDrop) {
    expect_all({
        {"sendgrid/group.json",
         "other camille@example.com; soft_bounce camille@example.com; "
         "delivered camille@example.com; opened camille@example.com; clicked camille@example.com; "
         "hard_bounce camille@example.com; soft_bounce camille@example.com; "
         "hard_bounce camille@example.com; complaint camille@example.com; "
         "unsubscribe leo@example.org; unsubscribe camille@example.com #10; "
         "resubscribe camille@example.com #10; unsubscribe camille@example.com; "
         "complaint camille@example.com; other camille@example.com"},
        {"sendgrid/one.json", "unsubscribe camille@example.com"},
    });
}

TEST(Reports, SesIsReadInBothItsFormsAndForEachRecipient) {
    const char* const both = "hard_bounce camille@example.com; hard_bounce leo@example.org";
    expect_all({
        {"ses/bounce_notification.json", both},
        {"ses/bounce_event.json", both},
        {"ses/raw_delivery.json", both},
        {"ses/bounce_transient.json", "soft_bounce camille@example.com"},
        // Of the two to whom it went, one complained.
        {"ses/complaint_event.json", "complaint leo@example.org"},
        {"ses/complaint_notification.json", "complaint leo@example.org"},
        {"ses/complaint_not_spam.json", "other leo@example.org"},
        {"ses/delivery.json", "delivered camille@example.com; delivered leo@example.org"},
        {"ses/click.json", "clicked camille@example.com"},
        {"ses/click_of_several.json", "other camille@example.com; other leo@example.org"},
        {"ses/open.json", "opened camille@example.com"},
        {"ses/subscription_all.json", "unsubscribe camille@example.com"},
        {"ses/subscription_topic.json",
         "unsubscribe camille@example.com #vins; resubscribe camille@example.com #fromages"},
        {"ses/reject.json", "other  @1772445606"},
        {"ses/delivery_delay.json", "soft_bounce camille@example.com"},
        {"ses/validation.json", "other  @1772445606"},
        {"ses/subscription_confirmation.json", "other  @1772445606"},
        {"ses/false_confirmation.json", "other  @1772445606"},
    });
}

TEST(Reports, ASubscriptionIsConfirmedOnlyAtAmazon) {
    EXPECT_TRUE(read_reports(Provider::kSes, request_of("ses/subscription_confirmation.json"))
                    ->confirmation_url.find("Action=ConfirmSubscription") != std::string::npos);
    EXPECT_EQ(
        read_reports(Provider::kSes, request_of("ses/false_confirmation.json"))->confirmation_url,
        "");
}

TEST(Reports, MailgunIsReadInBothItsForms) {
    expect_all({
        {"mailgun/failed_permanent.json", "hard_bounce camille@example.com"},
        {"mailgun/failed_temporary.json", "soft_bounce camille@example.com"},
        {"mailgun/failed_suppressed_unsubscribed.json", "unsubscribe camille@example.com"},
        {"mailgun/failed_suppressed_complaint.json", "complaint camille@example.com"},
        {"mailgun/failed_espblock.json", "soft_bounce camille@example.com"},
        {"mailgun/complained.json", "complaint camille@example.com"},
        {"mailgun/unsubscribed.json", "unsubscribe camille@example.com"},
        {"mailgun/unsubscribed_list.json", "unsubscribe camille@example.com #vins.example.net"},
        {"mailgun/clicked.json", "clicked camille@example.com"},
        {"mailgun/clicked_by_machine.json", "other camille@example.com"},
        {"mailgun/opened.json", "opened camille@example.com"},
        {"mailgun/delivered.json", "delivered camille@example.com"},
        {"mailgun/accepted.json", "other camille@example.com"},
        {"mailgun/legacy_bounced.form", "hard_bounce camille@example.com"},
        {"mailgun/legacy_bounced.multipart", "hard_bounce camille@example.com"},
        {"mailgun/legacy_dropped.form", "hard_bounce camille@example.com"},
        {"mailgun/legacy_dropped_unsubscribed.form", "unsubscribe camille@example.com"},
        {"mailgun/legacy_dropped_old.form", "soft_bounce camille@example.com"},
        {"mailgun/legacy_complained.form", "complaint camille@example.com"},
        {"mailgun/legacy_unsubscribed.form", "unsubscribe camille@example.com"},
    });
}

TEST(Reports, PostmarkIsReadWithItsChangesOfSubscription) {
    expect_all({
        {"postmark/hard_bounce.json", "hard_bounce camille@example.com"},
        {"postmark/soft_bounce.json", "soft_bounce camille@example.com"},
        {"postmark/bounce_unsubscribe.json", "unsubscribe camille@example.com #broadcast"},
        {"postmark/auto_responder.json", "other camille@example.com"},
        {"postmark/spam_complaint.json", "complaint camille@example.com"},
        {"postmark/unsubscribe.json", "unsubscribe camille@example.com #broadcast"},
        {"postmark/resubscribe.json", "resubscribe camille@example.com #broadcast"},
        {"postmark/change_hard_bounce.json", "hard_bounce camille@example.com"},
        {"postmark/change_complaint.json", "complaint camille@example.com"},
        {"postmark/delivery.json", "delivered camille@example.com"},
        {"postmark/open.json", "opened camille@example.com"},
        {"postmark/click.json", "clicked camille@example.com"},
    });
}

TEST(Reports, TwilioIsReadAsAnswersAndAsStatus) {
    expect_all({
        {"twilio/stop.form", "stop +33639980123 @-"},
        {"twilio/stop_accent.form", "stop +33639980123 @-"},
        {"twilio/opt_out_type.form", "stop +33639980123 @-"},
        {"twilio/start.form", "resubscribe +33639980123 @-"},
        {"twilio/help.form", "other +33639980123 @-"},
        {"twilio/answer.form", "other +33639980123 @-"},
        {"twilio/whatsapp_stop.form", "stop +33639980123 chat_message @-"},
        {"twilio/delivered.form", "delivered +33639980123 @-"},
        {"twilio/refused_21610.form", "stop +33639980123 @-"},
        {"twilio/unknown_number.form", "hard_bounce +33639980123 @-"},
        {"twilio/undelivered.form", "soft_bounce +33639980123 @-"},
    });
}

TEST(Reports, VonageIsReadInAllItsForms) {
    expect_all({
        {"vonage/inbound.json", "stop +33639980123"},
        {"vonage/inbound.form", "stop +33639980123"},
        {"vonage/inbound_hello.json", "other +33639980123"},
        {"vonage/receipt_delivered.json", "delivered +33639980123"},
        {"vonage/receipt_absent.json", "hard_bounce +33639980123"},
        {"vonage/receipt_busy.json", "soft_bounce +33639980123"},
        {"vonage/messages_inbound.json", "stop +33639980123"},
        {"vonage/messages_inbound_old.json", "stop +33639980123"},
        {"vonage/messages_rejected.json", "soft_bounce +33639980123"},
    });
}

TEST(Reports, OvhIsReadFromItsQuery) {
    expect_all({
        {"ovh/receipt.query", "delivered  @-"},
        {"ovh/stop.query", "stop +33639980123 @-"},
        {"ovh/answer_stop.query", "stop 0033639980123 @-"},
        {"ovh/answer.query", "other +33639980123 @-"},
        {"ovh/stop.json", "stop 0639980123 @-"},
    });
}

TEST(Reports, EveryRecordedPayloadIsInATestAbove) {
    std::ifstream own(std::string(LICET_SOURCE_DIR) + "/src/webhooks/report_test.cpp");
    const std::string text{std::istreambuf_iterator<char>(own), {}};
    const std::filesystem::path folder = std::string(LICET_SOURCE_DIR) + "/src/webhooks/testdata";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        const std::string name = std::filesystem::relative(entry.path(), folder).generic_string();
        EXPECT_NE(text.find("\"" + name + "\""), text.npos) << name;
    }
}

TEST(Reports, TheSameRequestGivesTheSameNamesAndPartsOfOneDifferentOnes) {
    const auto once = read_reports(Provider::kSendgrid, request_of("sendgrid/group.json"));
    const auto again = read_reports(Provider::kSendgrid, request_of("sendgrid/group.json"));
    std::set<std::string> names;
    for (std::size_t i = 0; i < once->reports.size(); ++i) {
        EXPECT_EQ(once->reports[i].id, again->reports[i].id);
        names.insert(once->reports[i].id);
    }
    EXPECT_EQ(names.size(), once->reports.size());
}

TEST(Reports, WhatIsNotTheProvidersFormIsUnreadableAndNothingElse) {
    for (const Provider provider : all_providers())
        for (const char* body : {"", "[", "null", "7", "\"text\"", "\xff\xfe\x00"}) {
            RawRequest request;
            request.body = body;
            const auto reading = read_reports(provider, request);
            const bool is_well = reading.has_value();
            for (const Report& report :
                 is_well ? std::span<const Report>(reading->reports) : std::span<const Report>())
                EXPECT_EQ(report.kind, ReportKind::kOther) << name_of(provider) << " " << body;
            if (!is_well) {
                EXPECT_EQ(reading.error().message.id, "webhooks.unreadable");
            }
        }
}

TEST(Reports, FieldsOfTheWrongTypeAreAsIfTheyWereNotThere) {
    RawRequest request;
    request.body = R"([{"event":["bounce"],"email":{"a":1},"timestamp":"soon"}, 7, null, [[]]])";
    const auto reading = read_reports(Provider::kSendgrid, request);
    ASSERT_EQ(reading->reports.size(), 1U);
    EXPECT_EQ(words_of(reading->reports[0], true), "other  @-");
}

TEST(Reports, ABodyInAnOlderCharacterSetIsRead) {
    RawRequest request;
    request.body =
        "{\"event\":\"unsubscribed\",\"email\":\"camille@example.com\",\"tag\":\"\xe9t\xe9\"}";
    EXPECT_EQ(read_reports(Provider::kBrevo, request)->reports[0].kind, ReportKind::kUnsubscribe);
}

TEST(Reports, ARequestComesBackFromItsBytes) {
    RawRequest request;
    request.method = "GET";
    request.url = "https://licet.example/webhooks/t?a=1";
    request.headers = {{"A", ""}, {"", "b"}};
    request.body = std::string("\0\xff", 2);
    const std::string bytes = packed(request);
    const auto back = unpacked(bytes);
    ASSERT_TRUE(back);
    EXPECT_EQ(packed(*back), bytes);
    EXPECT_EQ(back->body, request.body);
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_FALSE(unpacked(bytes.substr(0, size))) << size;
    EXPECT_FALSE(unpacked(bytes + "x"));
    EXPECT_FALSE(unpacked("\2" + bytes.substr(1)));
}

TEST(Reports, HeadersAreFoundInAnyCase) {
    RawRequest request;
    request.headers = {{"X-Other", "1"}, {"AUTHORIZATION", " Basic x "}};
    EXPECT_EQ(header(request, "authorization"), "Basic x");
    EXPECT_EQ(header(request, "missing"), "");
}

}  // namespace
}  // namespace licet::webhooks

// SPDX-License-Identifier: Apache-2.0
// Goal: a report becomes an objection of the right width, and nothing but an objection or an act.
// Method: one report of each kind at an endpoint, and the events that it becomes, as text.
#include "webhooks/recorded.h"

#include <gtest/gtest.h>

namespace licet::webhooks {
namespace {

constexpr std::int64_t kReceived = 1'772'532'000;  // 2026-03-03T10:00:00Z
constexpr std::int64_t kDay = 86'400;

Date utc(std::int64_t seconds) {
    return std::chrono::floor<std::chrono::days>(
        std::chrono::sys_seconds(std::chrono::seconds(seconds)));
}

Endpoint endpoint(Provider provider = Provider::kBrevo) {
    Endpoint one;
    one.provider = provider;
    return one;
}

Report report(ReportKind kind, const std::string& address, const std::string& channel = "email") {
    Report one;
    one.kind = kind;
    one.address = Personal<std::string>(address);
    one.channel = channel;
    one.at = kReceived - kDay;
    one.id = "id-1";
    return one;
}

Outcome outcome(const Endpoint& at, Report one) {
    Reading reading;
    reading.reports.push_back(std::move(one));
    return outcome_of(at, reading, {kReceived, utc, "fr"});
}

// "objection email commercial reason=stop brand=north +loose 2026-03-02"
std::string words_of(const Outcome& outcome) {
    std::string out;
    for (const ToRecord& one : outcome.events) {
        if (!out.empty()) out += "; ";
        out += std::string(ledger::name_of(one.event.kind)) + " " + one.event.channel;
        if (!one.event.purpose.empty()) out += " " + one.event.purpose;
        for (const char* name : {"reason", "brand", "act"})
            if (const auto value = ledger::attribute(one.event, name); !value.empty())
                out += " " + std::string(name) + "=" + std::string(value);
        out += one.point.loose.empty() ? "" : " +loose";
        out += " " + licet::text_of(one.event.happened_on);
    }
    return out;
}

const std::string kMail = "camille+vin@example.com";
const std::string kPhone = "+33639980123";

TEST(Recording, AHardBounceIsOfThatAddressAlone) {
    EXPECT_EQ(words_of(outcome(endpoint(), report(ReportKind::kHardBounce, kMail))),
              "objection email reason=hard_bounce 2026-03-02");
    EXPECT_EQ(words_of(outcome(endpoint(), report(ReportKind::kHardBounce, kPhone, "sms"))),
              "objection sms reason=hard_bounce 2026-03-02");
}

TEST(Recording, AComplaintIsOfTheChannel) {
    EXPECT_EQ(words_of(outcome(endpoint(), report(ReportKind::kComplaint, kMail))),
              "objection email reason=complaint +loose 2026-03-02");
}

TEST(Recording, AStopIsOfAllTextMessages) {
    EXPECT_EQ(words_of(outcome(endpoint(), report(ReportKind::kStop, kPhone, "sms"))),
              "objection sms reason=stop 2026-03-02; objection mms reason=stop 2026-03-02; "
              "objection rcs reason=stop 2026-03-02");
    EXPECT_EQ(words_of(outcome(endpoint(), report(ReportKind::kStop, kPhone, "chat_message"))),
              "objection chat_message reason=stop 2026-03-02");
}

TEST(Recording, AnUnsubscriptionIsAsWideAsWhatIsKnownOfIt) {
    Endpoint at = endpoint();
    Report one = report(ReportKind::kUnsubscribe, kMail);
    one.topic = "12";
    EXPECT_EQ(words_of(outcome(at, report(ReportKind::kUnsubscribe, kMail))),
              "objection email reason=unsubscribe +loose 2026-03-02");
    at.purpose = "commercial";
    at.topics = {{"12", "commercial.newsletter"}};
    at.brand = "north";
    EXPECT_EQ(words_of(outcome(at, std::move(one))),
              "objection email commercial.newsletter reason=unsubscribe brand=north +loose "
              "2026-03-02");
    Report other = report(ReportKind::kUnsubscribe, kMail);
    other.topic = "13";
    EXPECT_EQ(words_of(outcome(at, std::move(other))),
              "objection email commercial reason=unsubscribe brand=north +loose 2026-03-02");
}

TEST(Recording, AClickIsAnActAndAnOpeningIsNothing) {
    EXPECT_EQ(words_of(outcome(endpoint(), report(ReportKind::kClicked, kMail))),
              "interaction email act=click +loose 2026-03-02");
    for (const ReportKind kind : {ReportKind::kOpened, ReportKind::kDelivered, ReportKind::kOther,
                                  ReportKind::kSoftBounce, ReportKind::kResubscribe})
        EXPECT_EQ(words_of(outcome(endpoint(), report(kind, kMail))), "");
}

TEST(Recording, ADayIsNeverAfterThatOfTheRequest) {
    Report early = report(ReportKind::kStop, kPhone, "chat_message");
    early.at = kReceived + 40 * kDay;
    EXPECT_TRUE(words_of(outcome(endpoint(), std::move(early))).ends_with("2026-03-03"));
    Report silent = report(ReportKind::kStop, kPhone, "chat_message");
    silent.at.reset();
    EXPECT_TRUE(words_of(outcome(endpoint(), std::move(silent))).ends_with("2026-03-03"));
}

TEST(Recording, ANationalNumberIsReadByTheCountry) {
    EXPECT_EQ(outcome(endpoint(), report(ReportKind::kStop, "06 39 98 01 23", "sms"))
                  .events.front()
                  .point.strict.bytes,
              kPhone);
    EXPECT_EQ(outcome(endpoint(), report(ReportKind::kStop, "0033639980123", "sms"))
                  .events.front()
                  .point.strict.bytes,
              kPhone);
}

TEST(Recording, WhoCannotBeReadIsCounted) {
    const Outcome out = outcome(endpoint(), report(ReportKind::kStop, "not a number", "sms"));
    EXPECT_EQ(out.tally.nobody, 1U);
    EXPECT_TRUE(out.events.empty());
    EXPECT_EQ(text_of(out.tally), "stop 1, nobody 1");
}

TEST(Recording, ATallyIsReadBackAsItWasWritten) {
    Tally tally;
    tally.kinds[0] = 3;
    tally.kinds[kReportKindCount - 1] = 12;
    tally.nobody = 2;
    EXPECT_EQ(tally_of_text(text_of(tally)), tally);
    EXPECT_EQ(tally_of_text("strange 4, stop x, , stop"), Tally{});
}

TEST(Recording, AKeyIsTheSameForTheSameReportAndOtherForAnotherScope) {
    const auto key = [](const Endpoint& at, ReportKind kind, const std::string& topic,
                        const std::string& id) {
        Report one = report(kind, kMail);
        one.topic = topic;
        one.id = id;
        return outcome(at, std::move(one)).events.front().event.key;
    };
    Endpoint at = endpoint();
    at.topics = {{"12", "commercial.newsletter"}};
    const std::string first = key(at, ReportKind::kUnsubscribe, "", "a");
    EXPECT_EQ(key(at, ReportKind::kUnsubscribe, "", "a"), first);
    EXPECT_NE(key(at, ReportKind::kUnsubscribe, "12", "a"), first);
    EXPECT_NE(key(at, ReportKind::kUnsubscribe, "", "b"), first);
    EXPECT_NE(key(at, ReportKind::kComplaint, "", "a"), first);
}

}  // namespace
}  // namespace licet::webhooks

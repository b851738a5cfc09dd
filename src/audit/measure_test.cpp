// SPDX-License-Identifier: Apache-2.0
//
// Goal: show what one pass over a ledger tells, and which answers follow from it, or do not.
// Method: events of invented tokens; the real questionnaire and packs; one fault at a time.

#include "audit/measure.h"

#include <gtest/gtest.h>

#include "audit/test_audit.h"
#include "audit/tools.h"
#include "law/law_test_support.h"

namespace licet::audit {
namespace {

using ledger::Event;
using ledger::EventKind;

const law::Law& real_law() {
    static const auto kLaw = law::read_law(law::test::real_files()).value;
    return *kLaw;
}

// A history with the questionnaire's limits around it.
struct World {
    StatisticsFolder folder{test::kToday, test::real_questionnaire().limits, 36};
    std::vector<Event> own;
    std::map<std::string, std::string, std::less<>> transfers;
    PublishedShares papers;
    Profile profile;
    int keys = 0;

    Event happen(EventKind kind, int person, int days_ago, const std::string& channel = "email",
                 std::map<std::string, std::string> attributes = {}) {
        Event event;
        event.kind = kind;
        event.person.bytes[0] = static_cast<std::uint8_t>(person);
        event.happened_on = test::kToday - std::chrono::days{days_ago};
        event.received_at = event.happened_on.time_since_epoch().count() * 86'400LL + 60;
        event.channel = channel;
        event.key = "k" + std::to_string(++keys);
        event.surface = "page";
        event.attributes = std::move(attributes);
        folder.add(event);
        return event;
    }
    void book(EventKind kind, const std::string& id, const std::string& step, int days_ago,
              const std::map<std::string, std::string>& attributes = {}) {
        own.push_back(book_event(kind, id, step, attributes,
                                 {test::kToday - std::chrono::days{days_ago}, ++keys})
                          .value());
    }
    std::map<std::string, Measurement> measure(Date law_day = test::kToday) {
        const Statistics statistics = folder.finish();
        const Book book = book_of(own);
        const LawDay day(real_law(), law_day);
        std::map<std::string, Measurement> out;
        for (Measurement& one : measurements_of({test::real_questionnaire(), statistics, book,
                                                 transfers, papers, profile, day, test::kToday}))
            out.emplace(one.question, one);
        return out;
    }
};

TEST(Measure, AnEmptyLedgerMeasuresNothing) { EXPECT_TRUE(World().measure().empty()); }

TEST(Measure, APublishedDocumentThatIsOutOfDateIsAFaultAndAnotherIsNoProof) {
    World world;
    EXPECT_FALSE(world.measure().contains("GOV-01"));
    world.papers = {{"record", {2, 2}}, {"retention_schedule", {1, 2}}};
    auto told = world.measure();
    EXPECT_FALSE(told.contains("GOV-01"));
    EXPECT_EQ(told.at("RET-04").value, "partly");
    EXPECT_TRUE(told.at("RET-04").is_ceiling);
    EXPECT_EQ(told.at("INF-05").value, "partly");
    EXPECT_TRUE(told.at("INF-05").is_ceiling);
    EXPECT_FALSE(told.contains("B2B-02"));
    world.papers = {
        {"record", {2, 2}}, {"interest_assessment", {3, 3}}, {"agreement_processor", {1, 1}}};
    told = world.measure();
    // That one is there says nothing of those that are not.
    for (const char* question : {"INF-05", "GOV-01", "B2B-02", "DPA-01"})
        EXPECT_FALSE(told.contains(question)) << question;
}

TEST(Statistics, ProspectsHaveAnAgeAndVerdictsAWay) {
    World world;
    world.happen(EventKind::kCollected, 1, 20, "", {{"origin", "person_other"}});
    world.happen(EventKind::kVerdictGiven, 1, 3, "email", {{"verdict", "allowed"}});
    world.happen(EventKind::kVerdictGiven, 1, 2, "email", {{"verdict", "allowed"}});
    world.happen(EventKind::kVerdictGiven, 1, 2000, "email", {{"verdict", "forbidden"}});
    world.happen(EventKind::kCollected, 2, 1210, "", {{"origin", "partner"}});
    world.happen(EventKind::kVerdictGiven, 3, 2, "sms", {{"verdict", "undetermined"}});
    const Statistics told = world.folder.finish();
    EXPECT_EQ(told.most_months, 36);
    EXPECT_EQ(told.too_old, 1U);
    EXPECT_EQ(told.prospect_months, (std::map<int, std::uint64_t>{{1, 1}, {40, 1}}));
    const std::map<Flow, std::uint64_t> flows{{{"person_other", "email", "allowed"}, 2},
                                              {{"", "sms", "undetermined"}, 1}};
    EXPECT_EQ(told.flows, flows);
}

TEST(Measure, TheSlowestObjectionCountsAndItsCopiesDoNot) {
    World world;
    world.happen(EventKind::kObjectionRecorded, 1, 3);
    Event slow;
    slow.kind = EventKind::kObjectionRecorded;
    slow.person.bytes[0] = 2;
    slow.happened_on = test::kToday - std::chrono::days{10};
    slow.received_at = (test::kToday - std::chrono::days{4}).time_since_epoch().count() * 86'400LL;
    slow.key = "slow";
    world.folder.add(slow);
    slow.key = "slow~1";
    slow.received_at += 30 * 86'400;
    world.folder.add(slow);
    const auto found = world.measure();
    EXPECT_EQ(found.at("OPP-02").value, "6");
    EXPECT_EQ(found.at("OPP-02").why.arguments.front().second, "2");
}

TEST(Measure, AVisitOfASiteShowsFaultsAndTheNewestCounts) {
    World world;
    world.book(EventKind::kSiteVisit, "www.shop.example", "visited", 20,
               {{"before_choice", "fault"}, {"policy_link", "fault"}, {"preticked", "unclear"}});
    world.book(EventKind::kSiteVisit, "blog.example", "visited", 5,
               {{"before_choice", "well"}, {"after_refusal", "unseen"}});
    const auto first = world.measure();
    EXPECT_EQ(first.at("COO-01").value, "no");
    EXPECT_TRUE(first.at("COO-01").is_ceiling);
    EXPECT_EQ(first.at("INF-01").value, "partly");
    EXPECT_FALSE(first.contains("COO-03"));
    EXPECT_FALSE(first.contains("FRM-02"));
    world.book(EventKind::kSiteVisit, "www.shop.example", "visited", 1,
               {{"before_choice", "well"}, {"policy_link", "well"}});
    EXPECT_TRUE(world.measure().empty());
    // One that is none of ours goes.
    world.book(EventKind::kSiteVisit, "other.example", "visited", 1, {{"before_choice", "fault"}});
    EXPECT_FALSE(world.measure().empty());
    world.book(EventKind::kSiteVisit, "other.example", "removed", 0);
    EXPECT_TRUE(world.measure().empty());
}

TEST(Measure, WhatIsNoSightOrNoHostDoesNotEnterTheLedger) {
    const auto fault = [](const std::string& id, const std::map<std::string, std::string>& said) {
        const auto made = book_event(EventKind::kSiteVisit, id, "visited", said, {test::kToday, 1});
        return made ? "" : made.error().message.id;
    };
    EXPECT_EQ(fault("shop.example", {{"before_choice", "well"}, {"others", "3"}}), "");
    EXPECT_EQ(fault("shop.example", {{"before_choice", "perhaps"}}), "entry.value");
    EXPECT_EQ(fault("shop.example", {{"others", "many"}}), "entry.number_form");
    EXPECT_EQ(fault("shop.example", {{"picture", "page.png"}}), "entry.text_form");
    EXPECT_EQ(fault("somebody@shop.example", {}), "entry.host_form");
}

TEST(Measure, AContactAfterAnObjectionIsANo) {
    World world;
    world.happen(EventKind::kObjectionRecorded, 1, 9);
    world.happen(EventKind::kVerdictGiven, 1, 3);
    world.happen(EventKind::kContacted, 1, 3);
    EXPECT_EQ(world.measure().at("OPP-05").value, "no");
}

TEST(Measure, AContactOnTheDayOfTheObjectionIsNoFault) {
    World world;
    world.happen(EventKind::kVerdictGiven, 1, 3);
    world.happen(EventKind::kContacted, 1, 3);
    world.happen(EventKind::kObjectionRecorded, 1, 3);
    EXPECT_EQ(world.measure().at("OPP-05").value, "yes");
}

TEST(Measure, AContactWithoutVerdictOrScreeningIsSeen) {
    World unchecked;
    unchecked.happen(EventKind::kContacted, 1, 3);
    EXPECT_EQ(unchecked.measure().at("OPP-05").value, "no");
    World screened;
    screened.happen(EventKind::kContacted, 1, 3);
    screened.happen(EventKind::kCertificateIssued, 0, 5, "", {{"about", "screening"}});
    EXPECT_EQ(screened.measure().at("OPP-05").value, "yes");
    World too_old;
    too_old.happen(EventKind::kContacted, 1, 3);
    too_old.happen(EventKind::kCertificateIssued, 0, 50, "", {{"about", "screening"}});
    EXPECT_EQ(too_old.measure().at("OPP-05").value, "no");
}

TEST(Measure, AVerdictForAnotherChannelIsNone) {
    World world;
    world.happen(EventKind::kVerdictGiven, 1, 3, "sms");
    world.happen(EventKind::kContacted, 1, 3, "email");
    EXPECT_EQ(world.measure().at("OPP-05").value, "no");
}

TEST(Measure, TheOldestProspectIsAgedInBegunMonthsAndCustomersAreLeftOut) {
    World world;
    world.happen(EventKind::kCollected, 1, 10, "", {{"origin", "person_other"}});
    world.happen(EventKind::kCollected, 2, 1200, "", {{"origin", "person_other"}});
    world.happen(EventKind::kCollected, 3, 3000, "",
                 {{"origin", "person_at_sale"}, {"relation", "customer"}});
    const auto found = world.measure();
    EXPECT_EQ(found.at("RET-01").value, "40");
    EXPECT_EQ(found.at("RET-03").value, "no");
    EXPECT_TRUE(found.at("RET-03").is_ceiling);
}

TEST(Measure, AnOpeningIsNoActOfThePerson) {
    World world;
    world.happen(EventKind::kCollected, 1, 1200, "", {{"origin", "person_other"}});
    world.happen(EventKind::kInteraction, 1, 5, "email", {{"act", "open"}});
    EXPECT_EQ(world.measure().at("RET-01").value, "40");
}

TEST(Measure, ConsentsWithoutTheTextThatWasShownLackIt) {
    World world;
    world.happen(EventKind::kConsentGiven, 1, 5, "email",
                 {{"notice", std::string(64, 'a')}, {"at", "2026-11-01T10:00:00Z"}});
    EXPECT_EQ(world.measure().at("B2C-03").value,
              "identifiant,horodatage,texte_exact,moyen_ou_url,version_formulaire");
    World bare;
    bare.happen(EventKind::kConsentGiven, 1, 5, "email", {{"consent.proof", "none"}});
    EXPECT_EQ(bare.measure().at("B2C-03").value, "identifiant,horodatage,moyen_ou_url");
}

TEST(Measure, MessagesWithoutConsentOnlyCountWhereAllAreConsumers) {
    for (const bool is_all_consumers : {true, false}) {
        World world;
        world.profile["audiences"] = {"consommateurs"};
        if (!is_all_consumers) world.profile["audiences"].push_back("professionnels");
        world.happen(EventKind::kContacted, 1, 3);
        EXPECT_EQ(world.measure().contains("B2C-01"), is_all_consumers);
    }
}

TEST(Measure, CallsOfBeforeTheRuleAreNotHeldToIt) {
    World world;
    world.profile["audiences"] = {"consommateurs"};
    world.happen(EventKind::kCallAttempt, 1, 150, "live_call");
    EXPECT_FALSE(world.measure().contains("TEL-01"));
    World after;
    after.profile["audiences"] = {"consommateurs"};
    after.happen(EventKind::kCallAttempt, 1, 3, "live_call");
    EXPECT_TRUE(after.measure().contains("TEL-01"));
}

TEST(Measure, ACallAfterARefusalIsSeen) {
    World world;
    world.happen(EventKind::kCallAttempt, 1, 9, "live_call", {{"outcome", "refused"}});
    world.happen(EventKind::kCallAttempt, 1, 3, "live_call");
    EXPECT_EQ(world.measure().at("TEL-03").value, "no");
}

TEST(Measure, AContactDuringAPauseIsAFaultAndAfterItIsNone) {
    for (const int days_ago : {3, 1}) {
        World world;
        world.happen(EventKind::kPaused, 1, 9, "", {{"until", "2026-11-25"}});
        world.happen(EventKind::kVerdictGiven, 1, days_ago);
        world.happen(EventKind::kContacted, 1, days_ago);
        EXPECT_EQ(world.measure().at("OPP-05").value, days_ago == 3 ? "no" : "yes");
    }
}

TEST(Measure, RequestsThatWereAnsweredLateAreCounted) {
    World world;
    world.happen(EventKind::kRequest, 1, 90, "", {{"request", "a"}, {"step", "opened"}});
    world.happen(EventKind::kRequest, 1, 80, "", {{"request", "a"}, {"step", "answered"}});
    world.happen(EventKind::kRequest, 2, 90, "", {{"request", "b"}, {"step", "opened"}});
    world.happen(EventKind::kRequest, 3, 90, "", {{"request", "c"}, {"step", "opened"}});
    world.happen(EventKind::kRequest, 3, 85, "", {{"request", "c"}, {"step", "extended"}});
    EXPECT_EQ(world.measure().at("DRT-02").value, "50");
}

TEST(Measure, ProcessorsAnswerForThemselves) {
    World world;
    world.book(EventKind::kProcessor, "crisp", "added", 400,
               {{"name", "Crisp"}, {"country", "fr"}, {"role", "processor"}, {"contract", "yes"}});
    world.book(EventKind::kProcessor, "mailer", "added", 20, {{"name", "Mailer"}});
    world.book(EventKind::kProcessor, "mailer", "reviewed", 10);
    world.transfers = {{"crisp", "allowed"}, {"mailer", "undetermined"}};
    const auto found = world.measure();
    EXPECT_EQ(found.at("SST-01").value, "1/2");
    EXPECT_EQ(found.at("SST-02").value, "partly");
    EXPECT_EQ(found.at("SST-03").value, "partly");
    EXPECT_EQ(found.at("SST-05").value, "partly");
    world.transfers["mailer"] = "forbidden";
}

TEST(Measure, AForbiddenTransferIsANo) {
    World world;
    world.book(EventKind::kProcessor, "far", "added", 2, {{"name", "Far"}});
    world.transfers = {{"far", "forbidden"}};
    EXPECT_EQ(world.measure().at("SST-05").value, "no");
}

TEST(Measure, ARemovedProcessorIsNoLongerCounted) {
    World world;
    world.book(EventKind::kProcessor, "old", "added", 20, {{"name", "Old"}});
    world.book(EventKind::kProcessor, "old", "removed", 10);
    EXPECT_FALSE(world.measure().contains("SST-01"));
}

TEST(Measure, ABreachThatWasNotifiedLateIsSeen) {
    World in_time;
    in_time.book(EventKind::kBreach, "b1", "found", 30, {{"what", "lost"}, {"risk", "some"}});
    in_time.book(EventKind::kBreach, "b1", "notified", 28);
    EXPECT_FALSE(in_time.measure().contains("SEC-03"));
    World late;
    late.book(EventKind::kBreach, "b1", "found", 30, {{"what", "lost"}, {"risk", "some"}});
    late.book(EventKind::kBreach, "b1", "notified", 20);
    EXPECT_EQ(late.measure().at("SEC-03").value, "no");
}

TEST(Measure, AComplaintLeftWithoutAnswerIsSeen) {
    World world;
    world.book(EventKind::kComplaint, "c1", "received", 60,
               {{"origin", "customer"}, {"about", "objection"}});
    EXPECT_EQ(world.measure().at("DRT-05").value, "no");
}

TEST(Measure, EveryRuleThatTheQuestionnaireNamesExists) {
    for (const Error& one : unknown_rules(test::real_questionnaire(), real_law()))
        ADD_FAILURE() << one.where << " " << one.message.arguments.back().second;
}

TEST(LawDay, ARuleIsInForceFromItsFirstDayToTheDayBeforeItsEnd) {
    const auto on = [](const char* day, std::string_view rule) {
        return LawDay(real_law(), parse_date(day).value()).is_in_force(rule);
    };
    EXPECT_FALSE(on("2026-08-10", "fr.call.consent"));
    EXPECT_TRUE(on("2026-08-11", "fr.call.consent"));
    EXPECT_TRUE(on("2026-08-10", "fr.call.register"));
    EXPECT_FALSE(on("2026-08-11", "fr.call.register"));
}

TEST(Book, WhatLooksLikeAPersonDoesNotGetIn) {
    const Said said{test::kToday, 1};
    const auto refused = [&](const char* name, const char* value) {
        return book_event(EventKind::kProcessor, "x", "added", {{name, value}}, said)
            .error()
            .message.id;
    };
    EXPECT_EQ(refused("name", "anne@example.com"), "entry.text_form");
    EXPECT_EQ(refused("name", "06 39 98 01 23"), "entry.text_form");
    EXPECT_EQ(refused("country", "France"), "entry.country_form");
    EXPECT_EQ(refused("contract", "perhaps"), "entry.value");
    EXPECT_EQ(book_event(EventKind::kProcessor, "Anne Roux", "added", {}, said).error().message.id,
              "entry.id_form");
}

TEST(Book, TheLastThatWasSaidCountsInWhateverOrderItComes) {
    const auto step = [](const char* name, const char* country, std::int64_t at) {
        return book_event(EventKind::kProcessor, "x", name, {{"country", country}},
                          {test::kToday, at})
            .value();
    };
    const Event first = step("added", "us", 1);
    const Event second = step("changed", "fr", 2);
    for (const auto& events : {std::vector{first, second}, std::vector{second, first}})
        EXPECT_EQ(book_of(events).processors.at("x").text("country"), "fr");
}

TEST(Tools, TheTableOfTheProjectIsWhole) {
    const auto read = read_tools(test::file_text("audit/tools.csv"), "tools.csv");
    for (const Error& one : read.problems) ADD_FAILURE() << one.where;
    EXPECT_GE(read.value.size(), 100U);
    for (const char* id : {"crisp", "calendly", "google-analytics", "matomo"})
        EXPECT_NE(tool_of(read.value, id), nullptr) << id;
    const auto read_somewhere =
        std::count_if(read.value.begin(), read.value.end(),
                      [](const Tool& one) { return !one.source.empty() && !one.read_on.empty(); });
    EXPECT_GE(read_somewhere, 100);
}

TEST(Tools, ARowThatLacksItsSourceIsAFault) {
    const std::string header = "id;name;vendor;kind;hosting;parent;dpf;source;read_on;grade;note\n";
    EXPECT_EQ(read_tools(header + "x;X;;crm;fr;fr;;;2026-11-27;P;\n", "t").problems.size(), 1U);
    EXPECT_EQ(read_tools(header + "x;X;;crm;France;fr;;s;2026-11-27;P;\n", "t").problems.size(),
              1U);
    EXPECT_TRUE(read_tools(header + "x;X;;crm;;;;s;2026-11-27;P;\n", "t").is_clean());
}

}  // namespace
}  // namespace licet::audit

// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that a sheet is a fold of events that no order, repetition or delay can change, and
// that two people, or two versions of the questionnaire, are told apart.
// Method: short histories; then every order of one.

#include "audit/sheet.h"

#include <gtest/gtest.h>

#include <set>

#include <algorithm>

#include "audit/test_audit.h"

namespace licet::audit {
namespace {

using ledger::Event;
using test::real_questionnaire;

const Said kStart{test::kToday, 1000};

Event answered(const std::string& question, const std::string& value, std::int64_t at,
               const std::string& over = {}) {
    Answer answer;
    answer.question = question;
    answer.value = value;
    answer.over = over;
    answer.version = real_questionnaire().version;
    const Question* known = real_questionnaire().question(question);
    answer.form = known == nullptr ? "0000" : known->form;
    return answer_event("one", answer, {test::kToday, at});
}

Sheet folded(std::vector<Event> events) {
    events.push_back(start_event("one", real_questionnaire(), kStart));
    auto sheet = sheet_of("one", events, real_questionnaire());
    EXPECT_TRUE(sheet.has_value());
    return *std::move(sheet);
}

TEST(Sheet, AnAuditThatWasNotStartedIsMissing) {
    EXPECT_EQ(sheet_of("one", {}, real_questionnaire()).error().message.id, "audit.no_such");
}

TEST(Sheet, TheLaterAnswerWinsAndTheConflictIsTold) {
    const Event first = answered("OPP-01", "yes", 2000);
    const Event second = answered("OPP-01", "no", 2001);
    const Sheet sheet = folded({first, second});
    EXPECT_EQ(sheet.find("OPP-01")->value, "no");
    ASSERT_EQ(sheet.conflicts.size(), 1U);
    EXPECT_EQ(sheet.conflicts.front().earlier.value, "yes");
}

TEST(Sheet, WithinASecondTheAnswerThatSawMoreIsTheLater) {
    for (const char* first : {"yes", "no", "partly"}) {
        Event early = answered("OPP-01", first, 2000);
        Event late = answered("OPP-01", "unknown", 2000, early.key);
        early.attributes["after"] = "9";
        late.attributes["after"] = "10";
        const Sheet sheet = folded({late, early});
        EXPECT_EQ(sheet.find("OPP-01")->value, "unknown");
        EXPECT_TRUE(sheet.conflicts.empty());
    }
}

TEST(Sheet, WithinASecondTheNewestAssignmentCounts) {
    std::vector<Event> events;
    for (const char* cost : {"1", "2", "1", "3", "2"}) {
        const Sheet before = folded(events);
        Assignment given;
        given.cost = cost;
        given.after = before.assigned;
        events.push_back(assignment_event("one", "A18", given, {test::kToday, 2000}));
        EXPECT_EQ(folded(events).assignments.at("A18").cost, cost);
    }
    std::set<std::string> keys;
    for (const Event& one : events) keys.insert(one.key);
    EXPECT_EQ(keys.size(), events.size());
}

TEST(Sheet, WhoSawTheAnswerBeforeIsInNoConflict) {
    const Event first = answered("OPP-01", "yes", 2000);
    const Event second = answered("OPP-01", "no", 2001, first.key);
    EXPECT_TRUE(folded({first, second}).conflicts.empty());
}

TEST(Sheet, WhoSaysTheSameIsInNoConflict) {
    EXPECT_TRUE(folded({answered("OPP-01", "yes", 2000), answered("OPP-01", "yes", 2001)})
                    .conflicts.empty());
}

TEST(Sheet, AConflictEndsWithAnAnswerThatSawIt) {
    const Event first = answered("OPP-01", "yes", 2000);
    const Event second = answered("OPP-01", "no", 2001);
    const Event third = answered("OPP-01", "partly", 2002, second.key);
    EXPECT_TRUE(folded({first, second, third}).conflicts.empty());
}

TEST(Sheet, NoOrderAndNoRepetitionChangesIt) {
    std::vector<Event> events{answered("OPP-01", "yes", 2000), answered("OPP-01", "no", 2001),
                              answered("OPP-02", "3", 2001), answered("PRO-01", "none", 2002)};
    const Sheet expected = folded(events);
    std::vector<std::size_t> order{0, 1, 2, 3};
    do {
        std::vector<Event> shuffled;
        for (const std::size_t i : order) shuffled.push_back(events[i]);
        shuffled.push_back(events[order[0]]);
        const Sheet sheet = folded(shuffled);
        EXPECT_EQ(sheet.find("OPP-01")->value, expected.find("OPP-01")->value);
        EXPECT_EQ(sheet.conflicts.size(), expected.conflicts.size());
        EXPECT_EQ(sheet.history.size(), expected.history.size());
    } while (std::next_permutation(order.begin(), order.end()));
}

TEST(Sheet, AnAnswerToAQuestionThatIsGoneDoesNotCountAndSaysWhy) {
    const Sheet sheet = folded({answered("OLD-01", "yes", 2000)});
    EXPECT_TRUE(sheet.answers.empty());
    ASSERT_EQ(sheet.refused.size(), 1U);
    EXPECT_EQ(sheet.refused.front().why, Refusal::kQuestionGone);
}

TEST(Sheet, AnAnswerThatIsNoLongerPossibleDoesNotCount) {
    const Sheet sheet = folded({answered("OPP-02", "yes", 2000)});
    ASSERT_EQ(sheet.refused.size(), 1U);
    EXPECT_EQ(sheet.refused.front().why, Refusal::kNotPossible);
}

TEST(Sheet, AnAnswerToAChangedQuestionIsCarriedOverAndIsToBeConfirmed) {
    Event old = answered("OPP-01", "yes", 2000);
    old.attributes["form"] = "ffffffffffffffff";
    Sheet sheet = folded({old});
    EXPECT_EQ(sheet.find("OPP-01")->value, "yes");
    EXPECT_EQ(sheet.to_confirm, std::vector<std::string>{"OPP-01"});
    sheet = folded({old, answered("OPP-01", "yes", 2001, old.key)});
    EXPECT_TRUE(sheet.to_confirm.empty());
}

TEST(Sheet, WhatWasMeasuredStandsBesideWhatWasSaid) {
    Event measured = answered("OPP-02", "9", 3000);
    measured.attributes["proof"] = "measured";
    const Sheet sheet = folded({answered("OPP-02", "1", 2000), measured});
    EXPECT_EQ(sheet.find("OPP-02")->value, "1");
    EXPECT_EQ(sheet.measured.at("OPP-02").value, "9");
    EXPECT_TRUE(sheet.conflicts.empty());
}

TEST(Sheet, WhatIsMeasuredNoMoreIsGoneAndStaysInTheHistory) {
    Event fault = answered("COO-01", "no", 3000);
    Event mended = answered("COO-01", "unknown", 4000);
    for (Event* one : {&fault, &mended}) {
        one->attributes["proof"] = "measured";
        one->attributes["by"] = kMeasuredHere;
    }
    const Sheet sheet = folded({answered("COO-01", "yes", 2000), fault, mended});
    EXPECT_EQ(sheet.find("COO-01")->value, "yes");
    EXPECT_TRUE(sheet.measured.empty());
    EXPECT_EQ(sheet.history.size(), 3U);
}

TEST(Sheet, TheProfileIsWhatTheProfileQuestionsSay) {
    const Sheet sheet =
        folded({answered("PRO-02", "email,sms", 2000), answered("PRO-06", "no", 2000)});
    const Profile profile = sheet.profile(real_questionnaire());
    EXPECT_EQ(profile.at("canaux"), (std::vector<std::string>{"email", "sms"}));
    EXPECT_EQ(profile.at("est_sous_traitant"), std::vector<std::string>{"non"});
}

TEST(Sheet, AuditsAreListedInTheOrderOfTheirStart) {
    const std::vector<Event> events{start_event("two", real_questionnaire(), {test::kToday, 20}),
                                    start_event("one", real_questionnaire(), {test::kToday, 10})};
    EXPECT_EQ(audits_of(events), (std::vector<std::string>{"one", "two"}));
}

}  // namespace
}  // namespace licet::audit

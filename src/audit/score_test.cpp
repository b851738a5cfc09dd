// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that the score does what docs/audit.md says, and that nobody can win by answering in
// another order, by leaving out, or by a better answer that costs.
// Method: the real questionnaire; single answers for the rules, random sheets for the laws.

#include "audit/score.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "audit/test_audit.h"

namespace licet::audit {
namespace {

using test::Desk;
using test::ladder;

Desk best() {
    Desk desk;
    desk.profile();
    for (const Question& one : desk.questionnaire.questions)
        if (one.is_scored()) desk.say(one.id, ladder(one).back(), Proof::kDocument);
    return desk;
}

// A sheet with a random answer, or none, to everything.
Desk random_desk() {
    Desk desk;
    desk.profile();
    for (const Question& one : desk.questionnaire.questions) {
        if (!one.is_scored()) continue;
        const auto steps = ladder(one);
        const auto drawn = *rc::gen::inRange<std::size_t>(0, steps.size() + 2);
        if (drawn < steps.size())
            desk.say(one.id, steps[drawn], *rc::gen::element(Proof::kDeclared, Proof::kDocument));
        else if (drawn == steps.size() && one.may_be_not_applicable)
            desk.say(one.id, "na");
    }
    return desk;
}

TEST(Score, AllTheBestIsAHundredAndNothingIsZero) {
    const Score full = best().score();
    EXPECT_EQ(full.shown, 100);
    EXPECT_EQ(full.assurance, 100);
    EXPECT_EQ(full.unanswered, 0U);
    Desk empty;
    empty.profile();
    EXPECT_EQ(empty.score().shown, 0);
    EXPECT_GT(empty.score().unanswered, 70U);
    EXPECT_GT(empty.score().seconds_left, 1500);
}

TEST(Score, ABlockingFindingCapsWhatIsShownAndNotWhatIsCounted) {
    Desk desk = best();
    desk.say("OPP-01", "no");
    const Score score = desk.score();
    EXPECT_EQ(score.shown, 49);
    EXPECT_GT(score.uncapped, 95);
    ASSERT_EQ(score.blocking(desk.questionnaire).size(), 1U);
    EXPECT_EQ(score.blocking(desk.questionnaire).front()->question->id, "OPP-01");
}

TEST(Score, PartlyOnABlockingQuestionDoesNotBlock) {
    Desk desk = best();
    desk.say("OPP-01", "partly");
    EXPECT_FALSE(desk.score().is_capped());
}

TEST(Score, DoNotKnowIsWorthNothing) {
    Desk desk = best();
    desk.say("GOV-03", "unknown");
    EXPECT_LT(desk.score().uncapped, 100);
    EXPECT_EQ(desk.score().unanswered, 0U);
}

TEST(Score, DeclaredAnswersGiveAScoreAndNoAssurance) {
    Desk desk = best();
    for (auto& [id, answer] : desk.sheet.answers) answer.proof = Proof::kDeclared;
    EXPECT_EQ(desk.score().shown, 100);
    EXPECT_EQ(desk.score().assurance, 0);
    EXPECT_EQ(level_of(desk.questionnaire, desk.score(), {}).level->id, "N0");
}

TEST(Score, AMeasurementThatContradictsWinsAndSaysSo) {
    Desk desk = best();
    desk.measurements.push_back({"OPP-02", "40", false, Message("measure.objection_latency")});
    const Score score = desk.score();
    const Judged& judged = *score.find("OPP-02");
    EXPECT_TRUE(judged.is_contradicted);
    EXPECT_EQ(judged.worth, 0);
    EXPECT_EQ(judged.proof, Proof::kMeasured);
}

TEST(Score, AMeasurementThatAgreesOnlyMakesSure) {
    Desk desk = best();
    desk.say("OPP-02", "1");
    desk.measurements.push_back({"OPP-02", "0", false, Message("measure.objection_latency")});
    const Score score = desk.score();
    const Judged& judged = *score.find("OPP-02");
    EXPECT_FALSE(judged.is_contradicted);
    EXPECT_EQ(judged.proof, Proof::kMeasured);
}

TEST(Score, AMeasurementFillsInWhatWasNotAnswered) {
    Desk desk;
    desk.profile();
    desk.measurements.push_back({"OPP-02", "0", false, Message("measure.objection_latency")});
    EXPECT_TRUE(desk.score().find("OPP-02")->is_answered);
    EXPECT_EQ(desk.score().find("OPP-02")->worth, 1000);
}

TEST(Score, WhatOnlyShowsFaultsNeverConfirms) {
    Desk desk;
    desk.profile();
    desk.measurements.push_back({"TEL-03", "partly", true, Message("measure.unproved")});
    EXPECT_EQ(desk.score().find("TEL-03")->worth, 0);
    desk.say("TEL-03", "no");
    EXPECT_EQ(desk.score().find("TEL-03")->worth, 0);
    desk.say("TEL-03", "yes");
    EXPECT_EQ(desk.score().find("TEL-03")->worth, 500);
    EXPECT_TRUE(desk.score().find("TEL-03")->is_contradicted);
}

TEST(Score, NotApplicableLeavesTheSumAndIsShown) {
    Desk desk = best();
    desk.say("COO-01", "na").reason = "no_tracker";
    const Score score = desk.score();
    EXPECT_EQ(score.shown, 100);
    EXPECT_GT(score.not_applicable, 0);
}

TEST(Score, AMeasurementContradictsNotApplicableToo) {
    Desk desk = best();
    desk.say("SST-05", "na").reason = "no_transfer";
    desk.measurements.push_back({"SST-05", "no", false, Message("measure.transfers_forbidden")});
    EXPECT_TRUE(desk.score().find("SST-05")->is_contradicted);
    EXPECT_TRUE(desk.score().is_capped());
}

TEST(Score, ADocumentThatIsGoneOrTooOldIsNoProof) {
    Desk desk = best();
    desk.say("OPP-01", "yes", Proof::kDocument).evidence = "aa";
    desk.lost.insert("aa");
    EXPECT_EQ(desk.score().find("OPP-01")->proof, Proof::kDeclared);
    EXPECT_TRUE(desk.score().find("OPP-01")->is_stale);
    desk.lost.clear();
    desk.today = plus_months(test::kToday, 13);
    EXPECT_TRUE(desk.score().find("OPP-01")->is_stale);
}

TEST(Score, LevelsAskForAssuranceAndForNothingOverdue) {
    const Desk desk = best();
    const Score score = desk.score();
    EXPECT_EQ(level_of(desk.questionnaire, score, {0, 10, 10}).level->id, "N3");
    EXPECT_EQ(level_of(desk.questionnaire, score, {0, -1, 10}).level->id, "N2");
    EXPECT_EQ(level_of(desk.questionnaire, score, {0, 31, 10}).level->id, "N2");
    EXPECT_EQ(level_of(desk.questionnaire, score, {1, 10, 10}).level->id, "N1");
    EXPECT_EQ(level_of(desk.questionnaire, score, {4, 10, 10}).level->id, "N0");
    EXPECT_FALSE(level_of(desk.questionnaire, score, {4, 10, 10}).lacking.empty());
}

TEST(Score, NobodyGetsALevelByLeavingTheProfileOut) {
    Desk desk = best();
    desk.sheet.answers.erase("PRO-01");
    EXPECT_EQ(level_of(desk.questionnaire, desk.score(), {0, 1, 1}).level->id, "N0");
}

TEST(Score, TooMuchNotApplicableGivesNoLevel) {
    Desk desk = best();
    for (const Question& one : desk.questionnaire.questions)
        if (one.may_be_not_applicable) desk.say(one.id, "na").reason = "no_site";
    EXPECT_GT(desk.score().not_applicable, 15);
    const auto lacking = level_of(desk.questionnaire, desk.score(), {0, 1, 1});
    EXPECT_EQ(desk.score().not_applicable > 20, lacking.level->id == "N0");
}

TEST(ScoreLaw, ABetterAnswerNeverLowersAScore) {
    const bool holds = rc::check("a better answer never lowers a score", [] {
        Desk desk = random_desk();
        const auto& questions = desk.questionnaire.questions;
        const Question& question = questions[*rc::gen::inRange<std::size_t>(8, questions.size())];
        const auto steps = ladder(question);
        if (steps.size() < 2) return;
        const auto low = *rc::gen::inRange<std::size_t>(0, steps.size() - 1);
        const auto high = *rc::gen::inRange(low + 1, steps.size());
        if (*rc::gen::element(0, 1, 2) == 0)
            desk.measurements.push_back({question.id,
                                         steps[*rc::gen::inRange<std::size_t>(0, steps.size())],
                                         *rc::gen::element(false, true), Message("measure.x")});
        desk.say(question.id, steps[low]);
        const Score before = desk.score();
        desk.say(question.id, steps[high]);
        const Score after = desk.score();
        RC_ASSERT(after.shown >= before.shown);
        RC_ASSERT(after.whole_hundredths >= before.whole_hundredths);
        for (std::size_t i = 0; i < before.themes.size(); ++i)
            RC_ASSERT(after.themes[i].hundredths >= before.themes[i].hundredths);
        RC_ASSERT(after.blocking(desk.questionnaire).size() <=
                  before.blocking(desk.questionnaire).size());
    });
    EXPECT_TRUE(holds);
}

TEST(ScoreLaw, TheOrderOfAnswersDoesNotMatter) {
    const bool holds = rc::check("the order of answers does not matter", [] {
        const Desk desk = random_desk();
        std::vector<Answer> shuffled;
        for (const auto& [id, answer] : desk.sheet.answers) shuffled.push_back(answer);
        for (std::size_t i = shuffled.size(); i > 1; --i)
            std::swap(shuffled[i - 1], shuffled[*rc::gen::inRange<std::size_t>(0, i)]);
        Desk other;
        for (const Answer& one : shuffled) other.sheet.answers.insert_or_assign(one.question, one);
        RC_ASSERT(desk.score().whole_hundredths == other.score().whole_hundredths);
        RC_ASSERT(desk.score().assurance == other.score().assurance);
    });
    EXPECT_TRUE(holds);
}

TEST(ScoreLaw, AProofChangesTheAssuranceAndNeverTheScore) {
    const bool holds = rc::check("assurance is no part of the score", [] {
        Desk desk = random_desk();
        const Score before = desk.score();
        for (auto& [id, answer] : desk.sheet.answers) answer.proof = Proof::kDocument;
        const Score after = desk.score();
        RC_ASSERT(after.shown == before.shown);
        RC_ASSERT(after.assurance >= before.assurance);
    });
    EXPECT_TRUE(holds);
}

TEST(Plan, ClosesItselfWhenTheMeasurementTurnsGood) {
    Desk desk = best();
    desk.say("OPP-02", "20");
    Score score = desk.score();
    auto plan = plan_of(desk.input(), score);
    ASSERT_EQ(plan.size(), 1U);
    EXPECT_EQ(plan.front().action->id, "A18");
    EXPECT_EQ(plan.front().due, test::kToday + std::chrono::days{45});
    desk.measurements.push_back({"OPP-02", "0", false, Message("measure.objection_latency")});
    score = desk.score();
    plan = plan_of(desk.input(), score);
    ASSERT_EQ(plan.size(), 1U);
    EXPECT_TRUE(plan.front().is_closed);
    EXPECT_TRUE(plan.front().is_closed_by_us);
}

TEST(Plan, BlockingFirstThenPointsForTheEffort) {
    Desk desk;
    desk.profile();
    const Score score = desk.score();
    const auto plan = plan_of(desk.input(), score);
    ASSERT_GT(plan.size(), 40U);
    bool was_blocking = true;
    for (const PlannedAction& one : plan) {
        EXPECT_TRUE(was_blocking || !one.is_blocking);
        was_blocking = one.is_blocking;
    }
    EXPECT_GE(plan[0].gain_hundredths * plan[1].effort, plan[1].gain_hundredths * plan[0].effort);
}

TEST(Plan, PartlyOnABlockingQuestionIsMajorAndSoonDue) {
    Desk desk = best();
    desk.say("OPP-01", "partly");
    const Score score = desk.score();
    const auto plan = plan_of(desk.input(), score);
    ASSERT_EQ(plan.size(), 1U);
    EXPECT_EQ(plan.front().severity, Severity::kMajor);
    EXPECT_EQ(plan.front().due, test::kToday + std::chrono::days{15});
    desk.today += std::chrono::days{16};
    const auto later = plan_of(desk.input(), score);
    EXPECT_EQ(overdue_majors(later), 1);
}

TEST(Plan, AnOwnerAndADayMayBeGiven) {
    Desk desk = best();
    desk.say("OPP-02", "20");
    desk.sheet.assignments["A18"] = {"direction", "2026-12-24", false, "1200", 1, 0};
    const Score score = desk.score();
    const auto plan = plan_of(desk.input(), score);
    EXPECT_EQ(plan.front().owner, "direction");
    EXPECT_EQ(text_of(plan.front().due), "2026-12-24");
    EXPECT_EQ(plan.front().cost, 1200);
    EXPECT_FALSE(plan.front().is_begun);
}

}  // namespace
}  // namespace licet::audit

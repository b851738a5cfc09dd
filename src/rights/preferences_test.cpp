// SPDX-License-Identifier: Apache-2.0
// Goal: show that what a person chooses is what happens, and that nothing is lifted by mistake.
// Method: sentences, each with one choice; then laws asked of thousands of random histories and
// choices.
// Cites: [gdpr]
#include "rights/preferences.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "ledger/random_history.h"
#include "rights/internal/test_person.h"

namespace licet::rights {
namespace {

using ledger::Event;
using ledger::EventKind;
using test::day;

const std::vector<std::string>& all_names() {
    static const std::vector<std::string> kNames = {
        "commercial.newsletter/email", "commercial.newsletter/sms", "commercial.offers/email",
        "commercial.offers/sms"};
    return kNames;
}

// A person, their events, and what they choose on a day after all of them.
class Life {
  public:
    Life() : link_(test::link()), settings_(test::settings()) {}
    explicit Life(std::vector<Event> history) : Life() {
        for (Event& event : history) {
            event.person = link_.person.strict;
            events_.push_back(std::move(event));
        }
    }

    std::vector<Event> choose(const Choice& choice, Date on) {
        const Acting acting{&link_, on, 0, "page", "fr"};
        auto made = events_of(choice, standing(on), settings_, acting);
        events_.insert(events_.end(), made.begin(), made.end());
        return made;
    }
    [[nodiscard]] ledger::Standing standing(Date on) const {
        return ledger::standing_of(events_, link_.person.strict, on);
    }
    [[nodiscard]] std::map<std::string, Cell> cells(Date on) const {
        std::map<std::string, Cell> out;
        for (const PreferenceRow& row : preferences(on).rows)
            for (const Cell& cell : row.cells) out.emplace(name_of(cell), cell);
        return out;
    }
    [[nodiscard]] Preferences preferences(Date on) const {
        return preferences_of(standing(on), settings_, "", on);
    }

  private:
    Link link_;
    Settings settings_;
    std::vector<Event> events_;
};

Choice grid(std::set<std::string> shown, std::set<std::string> ticked) {
    return {Choice::Act::kGrid, std::move(shown), std::move(ticked), 0};
}
std::set<std::string> all() { return {all_names().begin(), all_names().end()}; }

Event event(EventKind kind, std::string channel, std::string purpose, std::string_view on) {
    Event out;
    out.kind = kind;
    out.channel = std::move(channel);
    out.purpose = std::move(purpose);
    out.happened_on = day(on);
    out.key = std::string(ledger::name_of(kind)) + std::string(on) + out.channel + out.purpose;
    return out;
}

TEST(Choice, ThatChangesNothingIsNoEvent) {
    Life life;
    EXPECT_TRUE(life.choose(grid(all(), all()), day("2026-05-01")).empty());
}

TEST(Choice, OfATopicStopsThatTopicOnThatChannel) {
    Life life;
    std::set<std::string> ticked = all();
    ticked.erase("commercial.newsletter/email");
    const auto made = life.choose(grid(all(), ticked), day("2026-05-01"));
    ASSERT_EQ(made.size(), 2U);  // the strict token, and the loose one
    EXPECT_EQ(made[0].kind, EventKind::kObjectionRecorded);
    EXPECT_EQ(made[0].purpose, "commercial.newsletter");
    EXPECT_EQ(made[0].channel, "email");
    EXPECT_EQ(life.cells(day("2026-05-02")).at("commercial.newsletter/email").state,
              CellState::kRefused);
    EXPECT_EQ(life.cells(day("2026-05-02")).at("commercial.offers/email").state, CellState::kOpen);
}

TEST(Choice, OfNoTopicIsNotTheSameAsStopEverything) {
    Life life;
    const auto made = life.choose(grid(all(), {}), day("2026-05-01"));
    for (const Event& one : made) EXPECT_FALSE(one.purpose.empty() || one.channel.empty());
    EXPECT_FALSE(life.preferences(day("2026-05-02")).is_all_stopped);
    life.choose({Choice::Act::kStopAll, {}, {}, 0}, day("2026-05-03"));
    EXPECT_TRUE(life.preferences(day("2026-05-04")).is_all_stopped);
}

TEST(Choice, OfABoxThatStoodEmptyIsAYes) {
    Life life;
    life.choose({Choice::Act::kStopAll, {}, {}, 0}, day("2026-05-01"));
    const auto made = life.choose(grid({}, {"commercial.newsletter/email"}), day("2026-05-02"));
    ASSERT_EQ(made.size(), 1U);
    EXPECT_EQ(made[0].kind, EventKind::kConsentGiven);
    EXPECT_EQ(ledger::attribute(made[0], "consent.act"), "clear");
    const auto cells = life.cells(day("2026-05-03"));
    EXPECT_EQ(cells.at("commercial.newsletter/email").state, CellState::kAgreed);
    EXPECT_EQ(cells.at("commercial.newsletter/sms").state, CellState::kRefused);
}

// Two windows: in one the person stops everything, the other is saved later as it was loaded.
TEST(Choice, OfAnOldPageLiftsNothing) {
    Life life;
    life.choose({Choice::Act::kStopAll, {}, {}, 0}, day("2026-05-01"));
    EXPECT_TRUE(life.choose(grid(all(), all()), day("2026-05-02")).empty());
    EXPECT_TRUE(life.preferences(day("2026-05-03")).is_all_stopped);
}

TEST(Choice, OnTheDayOfARefusalTheRefusalStands) {
    Life life;
    life.choose({Choice::Act::kStopAll, {}, {}, 0}, day("2026-05-01"));
    EXPECT_TRUE(life.choose(grid({}, {"commercial.newsletter/email"}), day("2026-05-01")).empty());
    EXPECT_TRUE(life.cells(day("2026-05-01")).at("commercial.newsletter/email").has_refused_today);
}

TEST(Choice, OfAPauseEndsByItself) {
    Life life;
    life.choose({Choice::Act::kPause, {}, {}, 30}, day("2026-05-01"));
    EXPECT_EQ(life.preferences(day("2026-05-02")).paused_until, day("2026-05-31"));
    EXPECT_EQ(life.preferences(day("2026-06-01")).paused_until, std::nullopt);
    EXPECT_TRUE(life.choose({Choice::Act::kPause, {}, {}, 31}, day("2026-05-01")).empty());
}

// A pause must not make an objection new that a consent has answered since.
TEST(Choice, OfAPauseDoesNotUndoAYes) {
    Life life({event(EventKind::kObjectionRecorded, "", "", "2026-01-01"),
               event(EventKind::kConsentGiven, "email", "commercial.newsletter", "2026-02-01")});
    life.choose({Choice::Act::kPause, {}, {}, 30}, day("2026-05-01"));
    EXPECT_EQ(life.cells(day("2026-06-01")).at("commercial.newsletter/email").state,
              CellState::kAgreed);
}

TEST(Choice, ToStopTheseMessagesReachesTheWholePurposeOnTheChannel) {
    Life life({event(EventKind::kConsentGiven, "email", "commercial.offers", "2026-02-01")});
    const auto made = life.choose({Choice::Act::kStopThese, {}, {}, 0}, day("2026-05-01"));
    EXPECT_EQ(made.front().purpose, "commercial");
    const auto cells = life.cells(day("2026-05-02"));
    EXPECT_EQ(cells.at("commercial.newsletter/email").state, CellState::kRefused);
    EXPECT_EQ(cells.at("commercial.offers/email").state, CellState::kRefused);
    EXPECT_EQ(cells.at("commercial.offers/sms").state, CellState::kOpen);
    EXPECT_EQ(made.back().kind, EventKind::kConsentWithdrawn);
}

// ---- laws ---------------------------------------------------------------------------------------

std::set<std::string> some_names() {
    std::set<std::string> out;
    for (const std::string& name : all_names())
        if (*rc::gen::arbitrary<bool>()) out.insert(name);
    return out;
}
Choice random_choice() {
    Choice out;
    out.act = static_cast<Choice::Act>(*rc::gen::inRange(0, 5));
    out.shown = some_names();
    out.ticked = some_names();
    out.pause_days = *rc::gen::element(0, 30, 90, 31);
    return out;
}
Date random_day() { return day("2026-01-05") + std::chrono::days{*rc::gen::inRange(0, 120)}; }

bool is_yes(const Choice& choice, const std::string& name) {
    return choice.act == Choice::Act::kGrid && choice.ticked.contains(name) &&
           !choice.shown.contains(name);
}

TEST(Law, NothingLiftsARefusalButABoxThatWasTicked) {
    EXPECT_TRUE(rc::check("any history, any choice", [] {
        Life life(ledger::random_history());
        const Date on = random_day();
        const auto before = life.cells(on);
        const Choice choice = random_choice();
        life.choose(choice, on);
        const auto after = life.cells(on);
        for (const auto& [name, cell] : before)
            if (!cell.is_ticked() && !is_yes(choice, name)) RC_ASSERT(!after.at(name).is_ticked());
    }));
}

TEST(Law, WhatIsNotWantedIsRefusedAtOnceAndLater) {
    EXPECT_TRUE(rc::check("any history, any choice", [] {
        Life life(ledger::random_history());
        const Date on = random_day();
        const Choice choice = random_choice();
        life.choose(choice, on);
        for (const Date later : {on, on + std::chrono::days{400}})
            for (const auto& [name, cell] : life.cells(later)) {
                const bool is_stopped =
                    choice.act == Choice::Act::kStopAll ||
                    choice.act == Choice::Act::kWrongPerson ||
                    (choice.act == Choice::Act::kStopThese && cell.scope.channel == "email") ||
                    (choice.act == Choice::Act::kGrid && !choice.ticked.contains(name));
                if (is_stopped) RC_ASSERT(cell.state == CellState::kRefused);
            }
    }));
}

TEST(Law, ARepeatChangesNothing) {
    EXPECT_TRUE(rc::check("any choice, twice", [] {
        Life life(ledger::random_history());
        const Date on = random_day();
        const Choice choice = random_choice();
        life.choose(choice, on);
        const ledger::Standing once = life.standing(on);
        life.choose(choice, on);
        RC_ASSERT(life.standing(on) == once);
    }));
}

TEST(Law, EveryEventHasAKeyAndARepeatHasTheSame) {
    EXPECT_TRUE(rc::check("any choice", [] {
        const std::vector<Event> history = ledger::random_history();
        const Date on = random_day();
        const Choice choice = random_choice();
        const auto one = Life(history).choose(choice, on);
        const auto other = Life(history).choose(choice, on);
        RC_ASSERT(one == other);
        std::set<std::pair<ledger::Token, std::string>> names;
        for (const Event& event : one) {
            RC_ASSERT(!event.key.empty());
            RC_ASSERT(names.emplace(event.person, event.key).second);
        }
    }));
}

TEST(Law, APauseLeavesTheChoicesAsTheyWere) {
    EXPECT_TRUE(rc::check("any history", [] {
        Life life(ledger::random_history());
        const Date on = random_day();
        const auto before = life.cells(on);
        life.choose({Choice::Act::kPause, {}, {}, 90}, on);
        for (const auto& [name, cell] : life.cells(on))
            RC_ASSERT(cell.state == before.at(name).state);
    }));
}

}  // namespace
}  // namespace licet::rights

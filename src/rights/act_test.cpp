// SPDX-License-Identifier: Apache-2.0
// Goal: show that a link does what the person wants, once, and that looking changes nothing.
// Method: a company and a ledger in memory; links are followed and forms sent, as a browser, a mail
// client, a scanner or an attacker would.
// Cites: [gdpr]
#include "rights/act.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "rights/internal/test_person.h"

namespace licet::rights {
namespace {

using ledger::EventKind;
using test::day;
using test::Desk;

bool says(const Shown& shown, std::string_view text) {
    return shown.body.find(text) != std::string::npos;
}

std::size_t count_of(const Outcome& outcome, EventKind kind) {
    return static_cast<std::size_t>(
        std::count_if(outcome.events.begin(), outcome.events.end(),
                      [&](const ledger::Event& event) { return event.kind == kind; }));
}

TEST(OptOut, OfAMailClientStopsTheMessagesOnce) {
    Desk desk;
    const Link link = test::link();
    const Outcome done = desk.post(link, Page::kMain, "List-Unsubscribe=One-Click");
    EXPECT_EQ(done.shown.status, 200);
    EXPECT_EQ(done.events.front().surface, "one_click");
    EXPECT_EQ(ledger::attribute(done.events.front(), "campaign"), "spring-2026");
    EXPECT_EQ(desk.added(), 2U);
    EXPECT_EQ(desk.state(link, 0, 0), CellState::kRefused);
    desk.post(link, Page::kMain, "List-Unsubscribe=One-Click");
    EXPECT_EQ(desk.added(), 0U);
}

TEST(OptOut, IsHeardWhateverTheBody) {
    for (const auto& [type, body] : {std::pair{"application/x-www-form-urlencoded", ""},
                                     {"application/x-www-form-urlencoded", "a=%"},
                                     {"text/plain", "hello"},
                                     {"", ""},
                                     {"multipart/form-data; boundary=b",
                                      "--b\r\nContent-Disposition: form-data; "
                                      "name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--"}}) {
        Desk desk;
        const Link link = test::link();
        EXPECT_EQ(desk.post(link, Page::kMain, body, type).shown.status, 200) << type;
        EXPECT_EQ(desk.state(link, 0, 0), CellState::kRefused) << type;
    }
}

TEST(OptOut, OnTheLinkOfPreferencesIsOneToo) {
    Desk desk;
    const Link link = test::link(LinkKind::kPreferences);
    desk.post(link, Page::kMain, "List-Unsubscribe=One-Click");
    EXPECT_EQ(desk.state(link, 1, 0), CellState::kRefused);
}

TEST(OptOut, WorksWhenNothingIsKnownOfThePersonOrTheCampaign) {
    Desk desk("2036-01-01");
    const Link link =
        opened_link(sealed_link(test::link(), test::keys()).value(), test::keys({0, 32})).value();
    EXPECT_EQ(desk.post(link, Page::kMain, "do=stop").shown.status, 200);
    EXPECT_EQ(desk.state(link, 0, 0), CellState::kRefused);
}

TEST(Choices, AreSavedPausedAndStopped) {
    Desk desk;
    const Link link = test::link(LinkKind::kPreferences);
    const Outcome saved = desk.post(
        link, Page::kChoices,
        "do=save&shown=commercial.newsletter/email&shown=commercial.newsletter/sms&"
        "shown=commercial.offers/email&shown=commercial.offers/sms&cell=commercial.offers/email");
    EXPECT_TRUE(says(saved.shown, "choices are recorded"));
    EXPECT_EQ(desk.state(link, 1, 0), CellState::kOpen);
    EXPECT_EQ(desk.state(link, 1, 1), CellState::kRefused);
    EXPECT_TRUE(
        says(desk.post(link, Page::kChoices, "do=pause&days=30").shown, "27 December 2026"));
    EXPECT_EQ(desk.post(link, Page::kChoices, "do=pause&days=3000").shown.status, 400);
    EXPECT_EQ(desk.post(link, Page::kChoices, "do=nonsense").shown.status, 400);
    desk.post(link, Page::kChoices, "do=stop_all");
    EXPECT_TRUE(says(desk.show(link), "Everything is stopped"));
}

TEST(Choices, OfTheWrongPersonStopAllAndAskForACorrection) {
    Desk desk;
    const Link link = test::link(LinkKind::kPreferences);
    const Outcome done = desk.post(link, Page::kChoices, "do=wrong_person");
    EXPECT_EQ(desk.state(link, 0, 1), CellState::kRefused);
    EXPECT_EQ(count_of(done, EventKind::kRequest), 2U);
    EXPECT_EQ(ledger::attribute(done.events.back(), "about"), "wrong_person");
    EXPECT_EQ(desk.added(), done.events.size());
}

TEST(Pages, ChangeNothingWhenTheyAreLookedAt) {
    Desk desk;
    for (const LinkKind kind :
         {LinkKind::kOptOut, LinkKind::kPreferences, LinkKind::kConfirm, LinkKind::kIdentity})
        for (const Page page :
             {Page::kMain, Page::kChoices, Page::kOrigin, Page::kCopy, Page::kCopyJson,
              Page::kReceipt, Page::kErasure, Page::kCorrection, Page::kComplaint}) {
            EXPECT_EQ(desk.show(test::link(kind), page).status, 200);
            EXPECT_TRUE(desk.known(test::link(kind)).events.empty());
        }
}

TEST(Requests, AreOpenedByTheirPages) {
    for (const auto& [page, kind] : {std::pair{Page::kOrigin, RequestKind::kSource},
                                     {Page::kErasure, RequestKind::kErasure},
                                     {Page::kCorrection, RequestKind::kRectification},
                                     {Page::kComplaint, RequestKind::kComplaint}}) {
        Desk desk;
        const Link link = test::link();
        const Outcome done = desk.post(link, page, "do=ask&note=%20Bonjour%20&about=name&about=x1");
        // The 27th of December is a Sunday.
        EXPECT_TRUE(says(done.shown, "28 December 2026")) << done.shown.body;
        ASSERT_TRUE(done.note);
        EXPECT_EQ(done.note->reveal("test"), "Bonjour");
        for (const ledger::Event& event : done.events)
            for (const auto& [name, value] : event.attributes)
                EXPECT_EQ(value.find("Bonjour"), value.npos);
        const DataRequests requests = requests_of(desk.known(link).events);
        ASSERT_EQ(requests.size(), 1U);
        EXPECT_EQ(requests.begin()->second.kind, kind);
        EXPECT_EQ(state_of(requests.begin()->second), RequestState::kOpen);
        EXPECT_EQ(done.request, requests.begin()->second.id);
        EXPECT_EQ(desk.post(link, page, "do=other").shown.status, 400);
    }
}

TEST(Requests, ForErasureStopAtOnce) {
    Desk desk;
    const Link link = test::link();
    desk.post(link, Page::kErasure, "do=ask");
    EXPECT_EQ(desk.state(link, 1, 1), CellState::kRefused);
}

TEST(Copy, IsShownOnlyToWhoeverReadsTheMailbox) {
    Desk desk;
    const Link link = test::link();
    desk.post(link, Page::kMain, "do=stop");
    EXPECT_FALSE(says(desk.show(link, Page::kCopy), "one_click"));
    EXPECT_FALSE(says(desk.show(link, Page::kCopyJson), "do_not_contact"));
    const Outcome asked = desk.post(link, Page::kCopy, "do=ask&address=camille%40example.com");
    ASSERT_TRUE(asked.mail);
    EXPECT_EQ(asked.mail->address.reveal("test"), "camille@example.com");
    EXPECT_FALSE(says(asked.shown, "camille"));
    const Link& identity = asked.mail->link;
    EXPECT_EQ(identity.kind, LinkKind::kIdentity);
    EXPECT_TRUE(identity.has_ended(day("2026-12-05")));
    EXPECT_TRUE(says(desk.show(identity), "a copy of your data"));
    const Outcome confirmed = desk.post(identity, Page::kMain, "do=identity");
    EXPECT_TRUE(says(confirmed.shown, "is confirmed"));
    EXPECT_EQ(state_of(requests_of(desk.known(link).events).begin()->second), RequestState::kOpen);
    EXPECT_TRUE(says(desk.show(identity, Page::kCopy), "objection to being contacted"));
    const Shown json = desk.show(identity, Page::kCopyJson);
    EXPECT_EQ(json.type, "application/json");
    EXPECT_TRUE(says(json, "\"do_not_contact\":[{"));
    EXPECT_EQ(desk.post(link, Page::kCopy, "do=ask").shown.status, 400);
}

TEST(Ask, AnswersTheSameWhoeverItIs) {
    Desk desk;
    const Form form =
        form_of("application/x-www-form-urlencoded", "kind=access&address=camille%40example.com")
            .value();
    const Outcome one = act_on_ask(desk.context(), form, test::link().person);
    Link other = test::link();
    other.person.strict = test::token(9);
    EXPECT_EQ(one.shown.body, act_on_ask(desk.context(), form, other.person).shown.body);
    EXPECT_EQ(one.events.size(), 1U);
    EXPECT_EQ(one.mail->link.reference, one.request);
    EXPECT_EQ(act_on_ask(desk.context(), form, std::nullopt).shown.status, 400);
    EXPECT_EQ(show_ask(desk.context()).status, 200);
}

// ---- double opt-in ------------------------------------------------------------------------------

ledger::Event opt_in(std::string step, std::string_view on, std::string at) {
    ledger::Event event;
    event.kind = EventKind::kDoubleOptIn;
    event.happened_on = day(on);
    event.channel = step == "requested" ? "email" : "";
    event.purpose = step == "requested" ? "commercial.newsletter" : "";
    event.key = "k-" + step;
    event.attributes = {{"request", "r1"},
                        {"step", std::move(step)},
                        {"days", "7"},
                        {"at", std::move(at)},
                        {"consent.act", "clear"}};
    return event;
}

Link confirm_link() {
    Link link = test::link(LinkKind::kConfirm);
    link.reference = "r1";
    link.campaign.clear();
    return link;
}

TEST(Confirm, IsAYesOnlyByTheButton) {
    Desk desk;
    const Link link = confirm_link();
    desk.record(opt_in("requested", "2026-11-26", "2026-11-26T09:00:00Z"), link);
    EXPECT_TRUE(says(desk.show(link), "The letter"));
    EXPECT_EQ(desk.state(link, 0, 0), CellState::kOpen);
    EXPECT_EQ(desk.post(link, Page::kMain, "List-Unsubscribe=One-Click").shown.status, 400);
    EXPECT_TRUE(says(desk.post(link, Page::kMain, "do=confirm").shown, "is confirmed"));
    EXPECT_EQ(desk.state(link, 0, 0), CellState::kAgreed);
    EXPECT_TRUE(desk.post(link, Page::kMain, "do=confirm").events.empty());
}

TEST(Confirm, TooFastIsAMachine) {
    Desk desk;
    const Link link = confirm_link();
    desk.record(opt_in("requested", "2026-11-27", "2026-11-27T09:59:59Z"), link);
    desk.record(opt_in("mail_accepted", "2026-11-27", "2026-11-27T09:59:59Z"), link);
    desk.post(link, Page::kMain, "do=confirm");
    EXPECT_EQ(desk.state(link, 0, 0), CellState::kOpen);
    desk.wait(60);
    desk.post(link, Page::kMain, "do=confirm");
    EXPECT_EQ(desk.state(link, 0, 0), CellState::kAgreed);
}

TEST(Confirm, IsOverAfterItsTimeOrIfItWasNotAsked) {
    Desk desk;
    const Link link = confirm_link();
    EXPECT_EQ(desk.post(link, Page::kMain, "do=confirm").shown.status, 410);
    desk.record(opt_in("requested", "2026-11-01", "2026-11-01T09:00:00Z"), link);
    EXPECT_EQ(desk.post(link, Page::kMain, "do=confirm").shown.status, 410);
    desk.record(opt_in("requested", "2026-11-26", "2026-11-26T09:00:00Z"), link);
    EXPECT_TRUE(says(desk.post(link, Page::kMain, "do=not_me").shown, "asked for nothing"));
    EXPECT_EQ(desk.state(link, 0, 0), CellState::kOpen);
}

TEST(PlaceOf, IsAPageOfALink) {
    EXPECT_EQ(place_of("/l/AQ")->page, Page::kMain);
    EXPECT_EQ(place_of("/l/AQ/")->page, Page::kMain);
    EXPECT_EQ(place_of("/l/AQ/copy.json")->page, Page::kCopyJson);
    EXPECT_EQ(place_of("/l/AQ/copy.json")->self(), "/l/AQ");
    for (const char* bad : {"", "/", "/l/", "/l//copy", "/x/AQ", "/l/AQ/other", "/l/AQ/copy/x"})
        EXPECT_FALSE(place_of(bad)) << bad;
    EXPECT_FALSE(place_of("/l/" + std::string(kMostLinkText + 1, 'a')));
}

}  // namespace
}  // namespace licet::rights

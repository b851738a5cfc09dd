// SPDX-License-Identifier: Apache-2.0
// Goal: show that every page is safe, whole and in the reader's language.
// Method: all pages in both languages, with texts of a hostile company and a hostile ledger.
#include "rights/pages.h"

#include <gtest/gtest.h>

#include "rights/internal/test_person.h"
#include "rights/letters.h"

namespace licet::rights {
namespace {

using test::day;
using test::Desk;

constexpr const char* kHostile = "<script>alert(1)</script>\"'&";

std::vector<std::string> all_pages(Desk& desk) {
    std::vector<std::string> out;
    for (const LinkKind kind :
         {LinkKind::kOptOut, LinkKind::kPreferences, LinkKind::kConfirm, LinkKind::kIdentity})
        for (const Page page :
             {Page::kMain, Page::kChoices, Page::kOrigin, Page::kCopy, Page::kReceipt,
              Page::kErasure, Page::kCorrection, Page::kComplaint})
            out.push_back(desk.show(test::link(kind), page).body);
    for (const Trouble trouble :
         {Trouble::kInvalid, Trouble::kEnded, Trouble::kBadForm, Trouble::kTryAgain})
        out.push_back(show_trouble(desk.context(), trouble, Place{"TEXT", Page::kMain}).body);
    out.push_back(show_ask(desk.context()).body);
    const Link link = test::link();
    for (const char* body : {"do=stop_all", "do=save", "do=pause&days=30", "do=wrong_person"})
        out.push_back(desk.post(link, Page::kChoices, body).shown.body);
    out.push_back(desk.post(link, Page::kErasure, "do=ask").shown.body);
    return out;
}

void fill(Desk& desk) {
    ledger::Event event;
    event.kind = ledger::EventKind::kCollected;
    event.happened_on = day("2026-01-01");
    event.key = "c";
    event.purpose = kHostile;
    event.attributes = {{"origin", kHostile}, {"source", kHostile}, {kHostile, kHostile}};
    desk.record(event, test::link());
    event.kind = ledger::EventKind::kConsentGiven;
    event.key = "g";
    event.channel = kHostile;
    event.attributes = {{"notice", kHostile}};
    desk.record(event, test::link());
}

TEST(Pages, EscapeWhatOthersWrote) {
    Desk desk;
    desk.settings_here().name = kHostile;
    desk.settings_here().contact = kHostile;
    desk.settings_here().postal_address = kHostile;
    desk.settings_here().topics[0].english = kHostile;
    fill(desk);
    for (const std::string& page : all_pages(desk)) {
        EXPECT_EQ(page.find("<script"), page.npos);
        EXPECT_EQ(page.find("alert(1)</script"), page.npos);
    }
}

TEST(Pages, AreWholeInBothLanguages) {
    for (const Language language : {Language::kFrench, Language::kEnglish}) {
        Desk desk;
        desk.speak(language);
        for (const std::string& page : all_pages(desk)) {
            const std::size_t body = page.find("<body>");
            EXPECT_NE(page.find(language == Language::kFrench ? "lang=\"fr\"" : "lang=\"en\""),
                      page.npos);
            EXPECT_EQ(page.find('{', body), page.npos) << page.substr(page.find('{', body), 60);
            EXPECT_EQ(page.find("rights.", body), page.npos)
                << page.substr(page.find("rights.", body), 60);
            EXPECT_EQ(page.find("http:"), page.npos);
            EXPECT_EQ(page.find("https:"), page.npos);
            EXPECT_NE(page.find("form-action 'self'"), page.npos);
            EXPECT_TRUE(page.ends_with("</html>\n"));
        }
    }
}

TEST(Pages, SendFormsToTheirOwnLinkAlone) {
    Desk desk;
    desk.context().prefix = "/p";
    const std::string page = desk.show(test::link(), Page::kChoices).body;
    std::size_t forms = 0;
    for (std::size_t at = page.find("<form"); at != page.npos; at = page.find("<form", at + 1)) {
        EXPECT_TRUE(
            page.substr(at).starts_with(R"(<form method="post" action="/p/l/TEXT/choices")"))
            << page.substr(at, 60);
        ++forms;
    }
    EXPECT_EQ(forms, 5U);  // stop, topics, two pauses, wrong person
}

TEST(Pages, OfTroubleSayNothingOfSomebody) {
    Desk desk;
    const std::string before = show_trouble(desk.context(), Trouble::kInvalid).body;
    fill(desk);
    EXPECT_EQ(before, show_trouble(desk.context(), Trouble::kInvalid).body);
    EXPECT_EQ(show_trouble(desk.context(), Trouble::kInvalid).status, 404);
    EXPECT_EQ(show_trouble(desk.context(), Trouble::kTryAgain).status, 503);
}

TEST(Pages, NameTheAuthorityOfTheCountry) {
    Desk desk;
    EXPECT_NE(desk.show(test::link(), Page::kComplaint).body.find("CNIL"), std::string::npos);
    desk.settings_here().country = "xx";
    EXPECT_NE(desk.show(test::link(), Page::kComplaint).body.find("edpb.europa.eu"),
              std::string::npos);
}

TEST(LanguageOfHeader, FollowsTheWeights) {
    for (const auto& [header, expected] : {std::pair{"", Language::kFrench},
                                           {"en", Language::kEnglish},
                                           {"EN-gb", Language::kEnglish},
                                           {"fr;q=0.5, en;q=0.9", Language::kEnglish},
                                           {"en;q=0.5, fr;q=0.9", Language::kFrench},
                                           {"de, en;q=0.8, fr;q=0.8", Language::kEnglish},
                                           {"de", Language::kFrench},
                                           {"en;q=0", Language::kFrench},
                                           {"en;q=x", Language::kFrench},
                                           {"english", Language::kFrench},
                                           {",,;;q=,en;q=0.001", Language::kEnglish}})
        EXPECT_EQ(language_of_header(header), expected) << header;
}

TEST(Letters, ExistForEveryKindInBothLanguages) {
    const Settings settings = test::settings();
    DataRequest request;
    request.id = "feab2dde875cb82e";
    request.steps.emplace(RequestStep::kOpened, day("2026-09-01"));
    request.reasons = {{RequestStep::kExtended, "complex"}, {RequestStep::kRefused, "unfounded"}};
    LetterModel model{&request, &settings, nullptr, &test::real_law().vocabulary(), {}, "L"};
    model.deadline = deadline_of(test::real_law(), "fr", request).value();
    for (const Language language : {Language::kFrench, Language::kEnglish})
        for (const RequestKind kind : all_request_kinds())
            for (const LetterKind letter :
                 {LetterKind::kReceived, LetterKind::kIdentity, LetterKind::kExtended,
                  LetterKind::kAnswered, LetterKind::kRefused, LetterKind::kProcessor}) {
                request.kind = kind;
                const auto made = letter_of(letter, model, test::catalogue(language));
                ASSERT_TRUE(made) << name_of(letter);
                EXPECT_EQ(made->text.find('{'), std::string::npos) << made->text;
                for (const std::string& text : {made->text, made->subject})
                    EXPECT_EQ(text.find("letter.a"), std::string::npos) << text;
                EXPECT_NE(made->text.find(settings.name), std::string::npos);
            }
}

TEST(Letters, AreNotWrittenWithAPartMissing) {
    const Settings settings = test::settings();
    DataRequest request;
    LetterModel model{&request, &settings, nullptr, nullptr, {}, ""};
    const auto fault = [&](LetterKind kind) {
        return letter_of(kind, model, test::catalogue(Language::kFrench)).error().message.id;
    };
    EXPECT_EQ(fault(LetterKind::kReceived), "letter.no_kind");
    request.kind = RequestKind::kAccess;
    request.steps.emplace(RequestStep::kOpened, day("2026-09-01"));
    EXPECT_EQ(fault(LetterKind::kReceived), "letter.no_deadline");
    EXPECT_EQ(fault(LetterKind::kIdentity), "letter.no_link");
    EXPECT_EQ(fault(LetterKind::kRefused), "letter.no_reason");
    EXPECT_EQ(fault(LetterKind::kExtended), "letter.no_deadline");
}

TEST(Settings, AreReadFromAFile) {
    const auto read = settings_of_toml(
        "name = \"A\"\nchannels = [\"email\"]\npauses = [10]\nprocessors = [\"p\"]\n"
        "[topics]\n\"commercial.news\" = [\"Fr\", \"En\"]\n",
        "rights.toml", test::settings());
    ASSERT_TRUE(read) << read.error().message.id;
    EXPECT_EQ(read->topics.size(), 1U);
    EXPECT_EQ(read->topics[0].purpose, "commercial.news");
    EXPECT_EQ(read->pauses, std::vector<int>{10});
    for (const auto& [text, id] : {std::pair{"pauses = [0]", "rights.days"},
                                   {"identity_days = 400", "rights.days"},
                                   {"[topics]\nx = \"one\"", "rights.topic"},
                                   {"[topics]\n\"A b\" = [\"a\", \"b\"]", "rights.topic"},
                                   {"nmae = \"A\"", "toml.unknown_near"}})
        EXPECT_EQ(settings_of_toml(text, "r", test::settings()).error().message.id, id) << text;
}

}  // namespace
}  // namespace licet::rights

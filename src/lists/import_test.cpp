// SPDX-License-Identifier: Apache-2.0
// Goal: a row becomes the events that it tells and no others; a refusal is never lost, lifted or
// taken for something else, and an agreement is never more than a claim.
// Method: small lists, one for each sentence; random marks on random histories.
#include "lists/import.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ledger/consent.h"
#include "ledger/random_history.h"
#include "lists/internal/test_texts.h"

namespace licet::lists {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;
using ledger::EventKind;

constexpr Date kToday{2026y / 11 / 26};
constexpr Date kEnd{9999y / 12 / 31};

const gate::Reference& reference() {
    static const gate::Reference kReference("courrier.example\n", "contact\n", "",
                                            "fichier acheté = broker\n");
    return kReference;
}

gate::Declaration declared() {
    gate::Declaration out;
    out.name = "Test";
    out.channels = {"email", "sms"};
    out.country = "fr";
    out.received_on = Date{2026y / 10 / 1};
    out.attributes = {{"origin", "person_other"}, {"origin.informed", "yes"}};
    return out;
}

struct Imported {
    ImportTotals totals;
    std::vector<ledger::Event> events;
    Lines told;  ///< kind, channel, day and attributes of each event but the batch
};

OpenAgain opened(const std::string& text) {
    return [text]() -> Result<ByteSource> {
        auto rest = std::make_shared<std::string>(text);
        return ByteSource([rest](std::span<char> into) -> Result<std::size_t> {
            const std::size_t size = rest->copy(into.data(), into.size());
            rest->erase(0, size);
            return size;
        });
    };
}

Error import_fault(const std::string& text) {
    const gate::Declaration declaration = declared();
    const ImportSetup setup{ImportKind::kContacts, declaration, reference(), "fr",
                            "0011223344556677",    kToday};
    const ImportListener listener{[](const Mapping&) { return Done{}; },
                                  [](const ImportedRow&) { return Done{}; }, [](std::uint64_t) {}};
    const auto read = read_import(setup, opened(text), "list.csv", {}, listener);
    return read.problems.empty() ? error(ErrorCode::kInput, "test.none") : read.problems.front();
}

Imported import(const std::string& text, ImportKind kind = ImportKind::kContacts,
                const gate::Declaration& declaration = declared()) {
    Imported out;
    const ImportSetup setup{kind, declaration, reference(), "fr", "0011223344556677", kToday};
    const OpenAgain open = opened(text);
    const ImportListener listener{[](const Mapping&) { return Done{}; },
                                  [&](const ImportedRow& row) {
                                      for (const ImportedEvent& one : row.events) {
                                          out.events.push_back(one.event);
                                          std::string line(ledger::name_of(one.event.kind));
                                          if (!one.event.channel.empty())
                                              line += " " + one.event.channel;
                                          line += " " + text_of(one.event.happened_on);
                                          for (const auto& [name, value] : one.event.attributes)
                                              if (name != "batch") line += " " + name + "=" + value;
                                          out.told.push_back(line);
                                      }
                                      return Done{};
                                  },
                                  [](std::uint64_t) {}};
    auto read = read_import(setup, open, "list.csv", {}, listener);
    for (const Error& problem : read.problems) ADD_FAILURE() << problem.message.id;
    out.totals = std::move(read.value);
    return out;
}

std::uint64_t count(const Imported& imported, Taken taken) {
    return imported.totals.taken.at(static_cast<std::size_t>(taken));
}

TEST(Import, ARowWithoutMarksTellsItsOriginAlone) {
    const Imported one = import("Email;Nom\nanne@courrier.example;Anne\n");
    EXPECT_EQ(one.told, Lines{"collected 2026-10-01 origin=person_other origin.informed=yes"});
    EXPECT_EQ(one.events.front().attributes.at("batch"), "0011223344556677");
}

TEST(Import, ARefusalIsAnObjectionOfItsChannelAndADatedOneHasItsDay) {
    const Imported one =
        import("Email;opt-out email;Bloctel\nanne@courrier.example;2026-03-04;non\n",
               ImportKind::kRefusals);
    EXPECT_EQ(one.told, Lines{"objection email 2026-03-04"});
    const Imported calls = import("Tel;Ne pas appeler\n0639980001;oui\n", ImportKind::kRefusals);
    EXPECT_EQ(calls.told,
              (Lines{"objection live_call 2026-11-26", "objection automated_call 2026-11-26",
                     "objection voicemail_drop 2026-11-26"}));
}

TEST(Import, AMarkThatIsNotUnderstoodRefusesAndADayThatMayBeAnotherIsToday) {
    EXPECT_EQ(
        import("Email;Désinscrit\na@courrier.example;peut-être\n", ImportKind::kRefusals).told,
        Lines{"objection 2026-11-26"});
    EXPECT_EQ(
        import("Email;Désinscrit\na@courrier.example;03/04/2026\n", ImportKind::kRefusals).told,
        Lines{"objection 2026-11-26"});
    EXPECT_EQ(
        import("Email;Désinscrit\na@courrier.example;2027-01-01\n", ImportKind::kRefusals).told,
        Lines{"objection 2026-11-26"});
    EXPECT_TRUE(
        import("Email;Désinscrit\na@courrier.example;non\n", ImportKind::kRefusals).told.empty());
}

TEST(Import, AHardBounceIsOfOneMailboxAndASoftOneIsNothing) {
    const Imported hard =
        import("Email;Hard bounce;Tel\na@courrier.example;550 unknown user;0639980001\n",
               ImportKind::kRefusals);
    EXPECT_EQ(hard.told, Lines{"objection email 2026-11-26 reason=hard_bounce"});
    EXPECT_EQ(import("Email;Hard bounce\na@courrier.example;soft bounce\n", ImportKind::kRefusals)
                  .totals.silent,
              1U);
    EXPECT_EQ(import("Email;Désinscrit\na@courrier.example;cleaned\n", ImportKind::kRefusals).told,
              Lines{"objection email 2026-11-26 reason=hard_bounce"});
}

TEST(Import, AnAgreementIsAClaimWithoutProofForTheDeclaredChannels) {
    const Imported one = import(
        "Email;OPT_IN;date opt-in\na@courrier.example;oui;2026-02-03\n"
        "b@courrier.example;oui;\nc@courrier.example;non;\n");
    EXPECT_EQ(one.told, (Lines{"collected 2026-10-01 origin=person_other origin.informed=yes",
                               "consent_given email 2026-02-03 consent.proof=log_only",
                               "collected 2026-10-01 origin=person_other origin.informed=yes",
                               "consent_given email 2026-10-01 consent.proof=none",
                               "collected 2026-10-01 origin=person_other origin.informed=yes"}));
}

TEST(Import, WhoRefusesClaimsNothing) {
    const Imported one = import("Email;OPT_IN;Désinscrit\na@courrier.example;oui;oui\n");
    EXPECT_EQ(count(one, Taken::kClaim), 0U);
    EXPECT_EQ(count(one, Taken::kObjection), 1U);
}

TEST(Import, PurchasesAreActsAndALastActivityOnlyIfItIsDeclaredWhichAct) {
    const std::string list =
        "Email;Client;Dernier achat;Dernière "
        "activité\na@courrier.example;oui;2026-02-03;2026-05-06\n";
    EXPECT_EQ(import(list).told,
              (Lines{"collected 2026-10-01 origin=person_other origin.informed=yes "
                     "relation=customer",
                     "interaction 2026-02-03 act=order"}));
    gate::Declaration declaration = declared();
    declaration.last_activity = "click";
    EXPECT_EQ(import(list, ImportKind::kContacts, declaration).told.back(),
              "interaction 2026-05-06 act=click");
}

TEST(Import, ARowOfAnotherOriginHasNothingOfTheDeclaration) {
    const std::string list =
        "Email;Source;Créé le\na@courrier.example;Fichier acheté;2025-01-02\n"
        "b@courrier.example;Fichier acheté;\n";
    const Imported one = import(list);
    EXPECT_EQ(one.told, Lines{"collected 2025-01-02 origin=broker origin.collected_on=2025-01-02"});
    ASSERT_EQ(one.totals.problems.size(), 1U);
    EXPECT_EQ(one.totals.problems[0].message.id, "import.no_day");
    EXPECT_EQ(one.totals.problems[0].line, 3U);
}

TEST(Import, AnAnswerOfARegisterHasItsDayAndNothingElse) {
    gate::Declaration declaration = declared();
    declaration.consulted = {"bloctel", Date{2026y / 7 / 1}, "column"};
    const Imported one = import("Tel;Inscrit Bloctel\n0639980001;oui\n0639980002;non\n",
                                ImportKind::kRegister, declaration);
    EXPECT_EQ(one.told, (Lines{"register_checked 2026-07-01 register.bloctel=listed",
                               "register_checked 2026-07-01 register.bloctel=not_listed"}));
}

TEST(Import, NobodyIsOffARegisterBecauseACellIsEmpty) {
    gate::Declaration declaration = declared();
    declaration.consulted = {"bloctel", Date{2026y / 7 / 1}, "column"};
    for (const char* list :
         {"Tel;Inscrit Bloctel\n0639980001;\n", "Tel;Esito\n0639980001;iscritto\n"}) {
        const Imported one = import(list, ImportKind::kRegister, declaration);
        EXPECT_EQ(one.told, Lines{});
        ASSERT_EQ(one.totals.problems.size(), 1U) << list;
        EXPECT_EQ(one.totals.problems[0].message.id, "import.register_silent");
    }
}

TEST(Import, OnARegisterInscritMeansListedAndOfANewsletterTheContrary) {
    gate::Declaration declaration = declared();
    declaration.consulted = {"bloctel", Date{2026y / 7 / 1}, "column"};
    const Imported one = import("Tel;Bloctel\n0639980001;Inscrit\n0639980002;Non inscrit\n",
                                ImportKind::kRegister, declaration);
    EXPECT_EQ(one.told, (Lines{"register_checked 2026-07-01 register.bloctel=listed",
                               "register_checked 2026-07-01 register.bloctel=not_listed"}));
    const Imported calls =
        import("Tel;Bloctel\n0639980001;Inscrit\n0639980002;Non inscrit\n", ImportKind::kRefusals);
    EXPECT_EQ(count(calls, Taken::kObjectionCalls), 1U);
    const Imported state =
        import("Email;Statut abonnement\na@courrier.example;inscrit\n", ImportKind::kRefusals);
    EXPECT_EQ(state.totals.silent, 1U);
}

TEST(Import, AWordOfRefusalInAStateATagOrAnAgreementIsAnObjection) {
    for (const char* list :
         {"Email;Statut\na@courrier.example;désabonné\nb@courrier.example;actif\n",
          "Email;Tags\na@courrier.example;vip, unsubscribed\nb@courrier.example;vip\n",
          "Email;RGPD\na@courrier.example;Opposition\nb@courrier.example;OK\n"})
        EXPECT_EQ(import(list, ImportKind::kRefusals).told, Lines{"objection 2026-11-26"}) << list;
    EXPECT_EQ(import("Email;Newsletter\na@courrier.example;désinscrit\nb@courrier.example;non\n",
                     ImportKind::kRefusals)
                  .told,
              Lines{"objection email 2026-11-26"});
}

TEST(Import, WordsInATextAloneMakeNoObjectionAndAreTold) {
    const Imported one = import(
        "Email;Note;STOP\na@courrier.example;ne plus contacter;\n"
        "b@courrier.example;ne plus contacter;oui\nc@courrier.example;vu;\n",
        ImportKind::kRefusals);
    EXPECT_EQ(one.told, Lines{"objection 2026-11-26"});
    ASSERT_EQ(one.totals.notes.size(), 1U);
    test::expect_worded(one.totals.notes[0]);
    EXPECT_EQ(one.totals.notes[0],
              Message("import.refused_in_text", {{"count", "1"}, {"columns", "Note"}}));
    const Imported found =
        import("Email;Divers\na@courrier.example;désinscrit\nb@courrier.example;\n",
               ImportKind::kRefusals);
    EXPECT_TRUE(found.told.empty());
    ASSERT_EQ(found.totals.notes.size(), 1U);
    EXPECT_EQ(found.totals.notes[0],
              Message("import.refused_in_text", {{"count", "1"}, {"columns", "Divers"}}));
    // The mark is of e-mail alone, so what the note says beyond it is still to be looked at.
    const Imported wider =
        import("Email;opt-out email;Note\na@courrier.example;oui;ne plus contacter\n",
               ImportKind::kRefusals);
    EXPECT_EQ(wider.told, Lines{"objection email 2026-11-26"});
    EXPECT_EQ(wider.totals.notes.size(), 1U);
}

TEST(Import, WhoMayHaveRefusedInATextClaimsNothing) {
    const Imported one = import("Email;OPT_IN;Note\na@courrier.example;oui;ne plus contacter\n");
    EXPECT_EQ(count(one, Taken::kClaim), 0U);
    EXPECT_EQ(count(one, Taken::kObjection), 0U);
}

TEST(Import, TheOrderOfDatesIsLookedForInTheWholeFile) {
    std::string list = "Email;Dernier achat\n";
    for (int i = 0; i < 300; ++i)
        list += "p" + std::to_string(i) + "@courrier.example;03/04/2026\n";
    const Imported open = import(list);
    EXPECT_EQ(open.told[1], "interaction 2026-03-04 act=order");
    ASSERT_EQ(open.totals.notes.size(), 1U);
    EXPECT_EQ(open.totals.notes[0].id, "csv.ambiguous_dates");
    test::expect_worded(open.totals.notes[0]);
    const Imported french = import(list + "z@courrier.example;25/04/2026\n");
    EXPECT_EQ(french.told[1], "interaction 2026-04-03 act=order");
    EXPECT_TRUE(french.totals.notes.empty());
}

TEST(Import, NamesOfColumnsBelowTheHeaderStopTheReading) {
    for (const char* text :
         {"Identité;Email;Statut\nNom;Adresse;Désinscrit\nA;a@courrier.example;\n",
          "Par;x@courrier.example;\nNom;Email;Désinscrit\nA;b@x.example;oui\n"}) {
        const Error fault = import_fault(text);
        EXPECT_EQ(fault.message.id, "csv.names_below") << text;
        test::expect_worded(fault.message);
        EXPECT_EQ(fault.message.arguments.at(0).second, "2");
    }
    // A row may say three states of somebody.
    EXPECT_EQ(import("Email;Nom;Type;Avis;Canal\n;Dupont;Client;Refus;Newsletter\n"
                     "a@courrier.example;A;Client;;\n")
                  .totals.rows,
              2U);
    const Error fault = import_fault("Nom\tEmail\nA;a@courrier.example\n");
    EXPECT_EQ(fault.message.id, "csv.two_separators");
    test::expect_worded(fault.message);
    // Files that were put together repeat it.
    EXPECT_EQ(
        import("Nom;Email\nA;a@courrier.example\nNom;Email\nB;b@courrier.example\n").totals.rows,
        3U);
}

TEST(Import, AFileWithoutAHeaderIsToldAndLosesNobody) {
    const Imported one = import("Anne;639981234;bureau\nLuc;639981235;Mobile\n");
    EXPECT_EQ(one.totals.rows, 2U);
    EXPECT_EQ(one.totals.left_out, 0U);
    ASSERT_EQ(one.totals.notes.size(), 1U);
    EXPECT_EQ(one.totals.notes[0].id, "csv.no_header");
    test::expect_worded(one.totals.notes[0]);
}

TEST(Import, ASoftBounceIsNothingWhateverStandsBesideIt) {
    const Imported sales = import(
        "Email;EmailBouncedReason;EmailBouncedDate\n"
        "a@courrier.example;452 mailbox full (soft bounce);2026-03-03\n"
        "b@courrier.example;550 user unknown;2026-03-03\n",
        ImportKind::kRefusals);
    EXPECT_EQ(sales.told, Lines{"objection email 2026-11-26 reason=hard_bounce"});
    const Imported file = import(
        "email;type;reason\na@courrier.example;soft;mailbox full\n"
        "b@courrier.example;hard;unknown user\n",
        ImportKind::kBounces);
    EXPECT_EQ(count(file, Taken::kBounce), 1U);
    EXPECT_EQ(import("Id;Email;HasOptedOutOfFax;FirstName\n1;a@courrier.example;1;A\n",
                     ImportKind::kRefusals)
                  .totals.silent,
              1U);
}

TEST(Import, AMailboxThatIsGoneIsNoWordAboutATelephone) {
    const Imported one = import("Tel;STOP SMS\n0639980001;NPAI\n", ImportKind::kRefusals);
    EXPECT_EQ(one.totals.left_out, 0U);
    EXPECT_FALSE(one.told.empty());
    for (const std::string& told : one.told) EXPECT_NE(told.find("objection"), told.npos) << told;
}

TEST(Import, ARowThatCannotBeReadIsToldWithItsPlaceAndMasked) {
    const Imported one = import(
        "Email;Désinscrit\nanne(at)courrier.example;oui\n;oui\na@courrier.example;oui;x\n"
        "b@courrier.example;oui\n",
        ImportKind::kRefusals);
    EXPECT_EQ(one.totals.rows, 4U);
    EXPECT_EQ(one.totals.left_out, 3U);
    ASSERT_EQ(one.totals.problems.size(), 3U);
    EXPECT_EQ(one.totals.problems[0].column, "Email");
    EXPECT_EQ(one.totals.problems[0].line, 2U);
    EXPECT_EQ(one.totals.problems[0].masked_value.find("anne"), std::string::npos);
    EXPECT_EQ(one.totals.problems[1].message.id, "import.nobody");
    EXPECT_EQ(one.totals.problems[2].line, 4U);
    for (const ImportProblem& problem : one.totals.problems) test::expect_worded(problem.message);
    EXPECT_EQ(one.told, Lines{"objection 2026-11-26"});
}

TEST(Import, EachEventOfAFileHasAKeyOfItsOwnAndTheSameOneEachTime) {
    const std::string list =
        "Email;OPT_IN;Dernier achat;Hard bounce;opt-out sms\n"
        "a@courrier.example;oui;2026-02-03;oui;oui\n"
        "a@courrier.example;oui;2026-02-03;oui;oui\n";
    const Imported one = import(list);
    std::set<std::string> keys;
    for (const ledger::Event& event : one.events) keys.insert(event.key);
    EXPECT_EQ(keys.size(), one.events.size());
    EXPECT_FALSE(keys.contains(""));
    EXPECT_EQ(import(list).events, one.events);
}

// An objection that stands is never lifted, and no refusal is turned into a consent.
TEST(Import, NothingInAListLiftsARefusal) {
    EXPECT_TRUE(rc::check("random marks on random histories", [] {
        const std::vector<ledger::Event> history = ledger::random_history();
        const auto cell = [](Lines words) {
            return words[static_cast<std::size_t>(ledger::drawn(static_cast<int>(words.size())))];
        };
        std::string list = "Email;OPT_IN;date opt-in;Désinscrit;Client;Dernier achat;Hard bounce\n";
        for (int row = ledger::drawn(3); row >= 0; --row)
            list += "a@courrier.example;" + cell({"oui", "non", "x?", ""}) + ";" +
                    cell({"2026-01-03", "2026-11-01", ""}) + ";" +
                    cell({"non", "subscribed", "oui", "?", ""}) + ";" + cell({"oui", "non", ""}) +
                    ";" + cell({"2026-01-02", ""}) + ";" + cell({"oui", ""}) + "\n";
        std::vector<ledger::Event> all = history;
        const Imported one = import(list);
        all.insert(all.end(), one.events.begin(), one.events.end());

        const ledger::Standing before = ledger::standing_of(history, kEnd);
        const ledger::Standing after = ledger::standing_of(all, kEnd);
        for (const auto& [scope, said] : before.objections) {
            RC_ASSERT(after.objections.contains(scope));
            RC_ASSERT(after.objections.at(scope).last >= said.last);
            RC_ASSERT(!after.objections.at(scope).until ||
                      after.objections.at(scope).until >= said.until);
        }
        for (const char* channel : {"email", "sms"}) {
            const ledger::Scope asked{"", channel, "commercial"};
            const auto was = ledger::consent_for(before, asked);
            const auto is = ledger::consent_for(after, asked);
            if (was.refused_on || was.withdrawn_on) RC_ASSERT(is.is_given() == was.is_given());
            // What the person said here; earlier imports only claim, as this one does.
            ledger::Standing own = before;
            own.imports.clear();
            if (ledger::consent_for(own, asked).is_known())
                RC_ASSERT(is.particulars == was.particulars);
            if (is.is_given() && !was.is_given())
                RC_ASSERT(is.particulars.at("consent.proof") == "none" ||
                          is.particulars.at("consent.proof") == "log_only");
        }
    }));
}

}  // namespace
}  // namespace licet::lists

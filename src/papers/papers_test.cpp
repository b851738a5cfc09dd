// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that each document holds what its articles want, says the facts and nothing but them,
// asks for what is missing, and never runs what somebody wrote into a fact.
// Method: the example organisation, the real texts and the real law; one fact changed at a time.
// Sentences are looked for, never whole documents.
#include "papers/papers.h"

#include <gtest/gtest.h>

#include "papers/document_html.h"
#include "papers/document_text.h"
#include "papers/lint.h"
#include "papers/papers_test_support.h"
#include "papers/reading_ease.h"

namespace licet::papers {
namespace {

using test::example;
using test::ids_of;
using test::letters_of;
using test::office_of;
using test::real_shelf;

constexpr Language kBoth[] = {Language::kFrench, Language::kEnglish};

std::string told(const std::vector<Error>& problems) {
    std::string out;
    for (const Error& problem : problems) {
        out += problem.where + " " + problem.message.id;
        for (const auto& [name, value] : problem.message.arguments) out += " " + name + "=" + value;
        out += "\n";
    }
    return out;
}

Document built(const Organisation& organisation, const std::string& id, Language language) {
    auto read = office_of(organisation).build(id, language);
    EXPECT_TRUE(read.is_clean()) << id << "\n" << told(read.problems);
    return std::move(read.value);
}

bool has(const Document& document, std::string_view words) {
    return letters_of(document).find(words) != std::string::npos;
}

std::string paper(const std::string& path) { return test::source("papers/" + path); }

TEST(Papers, TheExampleContradictsNoLaw) {
    const Organisation organisation = example();
    const Office office = office_of(organisation);
    const auto problems = contradictions_of(real_shelf(), organisation, law::test::real_law(),
                                            office.judgements(), Language::kFrench);
    EXPECT_TRUE(problems.empty()) << told(problems);
    EXPECT_TRUE(questions_of(organisation, Language::kFrench).empty());
}

TEST(Papers, EachDocumentOfTheExampleIsBuiltInBothLanguages) {
    const Organisation organisation = example();
    const Office office = office_of(organisation);
    std::size_t count = 0;
    for (const DocumentName& name : office.names()) {
        for (const Language language : kBoth) {
            const auto read = office.build(name, language);
            EXPECT_TRUE(read.is_clean()) << name.id << "\n" << told(read.problems);
            EXPECT_FALSE(read.value.title.empty()) << name.id;
            EXPECT_TRUE(promises_of(real_shelf(), read.value).empty()) << name.id;
            ++count;
        }
    }
    EXPECT_GE(count, 70U);
}

TEST(Papers, EachDocumentHoldsEverySectionOfItsArticles) {
    const Organisation organisation = example();
    const Office office = office_of(organisation);
    for (const DocumentName& name : office.names()) {
        const DocumentKind* kind = real_shelf().document(name.kind);
        ASSERT_FALSE(kind->sections.empty()) << name.kind;
        const Document document = office.build(name, Language::kFrench).value;
        for (const WantedSection& wanted : kind->sections) {
            std::set<std::string> articles;
            for (const Block& block : document.blocks)
                if (block.section == wanted.id)
                    articles.insert(block.articles.begin(), block.articles.end());
            for (const std::string& article : wanted.articles)
                EXPECT_TRUE(articles.contains(article))
                    << name.id << " " << wanted.id << " " << article;
        }
    }
}

TEST(Papers, ADocumentWithoutASectionThatAnArticleWantsIsNotMade) {
    auto files = test::real_papers();
    for (PaperFile& file : files)
        if (file.path == "fr/legal_notice.mustache")
            file.text = "# Mentions\n## publisher | Éditeur\n@ lcen:1-1\nNous.\n";
    auto shelf = read_shelf(files);
    ASSERT_TRUE(shelf.is_clean());
    const Organisation organisation = example();
    const Office office =
        Office::open(shelf.value, organisation, law::test::real_law(), test::today()).value();
    const auto read = office.build("legal_notice", Language::kFrench);
    EXPECT_EQ(ids_of(read.problems), std::vector<std::string>(3, "papers.no_section"));
}

TEST(Papers, AllThatIsMissingIsAskedForAtOnceAsQuestions) {
    const Organisation organisation = test::with({{"organisation.director", ""},
                                                  {"organisation.host_name", ""},
                                                  {"organisation.phone", ""}});
    const auto read = office_of(organisation).build("legal_notice", Language::kFrench);
    ASSERT_EQ(read.problems.size(), 3U) << told(read.problems);
    EXPECT_EQ(read.problems[0].message.id, "papers.ask");
    EXPECT_EQ(read.problems[0].message.arguments[0].second,
              "Qui est le directeur ou la directrice de la publication du site\u202f?");
    EXPECT_EQ(read.problems[0].message.arguments[1].second, "organisation.director");
}

TEST(Papers, AFactOfAnEntryIsAskedForUnderTheNameOfTheEntry) {
    const auto removed = test::with({{"processor.crm.signatory", ""}});
    const auto read = office_of(removed).build("scc_annexes.crm", Language::kEnglish);
    ASSERT_EQ(read.problems.size(), 1U) << told(read.problems);
    EXPECT_EQ(read.problems[0].message.arguments[1].second, "processor.crm.signatory");
    EXPECT_EQ(read.problems[0].message.arguments[0].second, "Who signs for the processor \"crm\"?");
}

TEST(Papers, WhatIsSaidInOneLanguageAloneIsAskedForInTheOther) {
    auto text = test::example_text();
    const std::string whole = "essence = { fr = \"Un guichet commun.\" }\n";
    text += "\n[joint.twin]\nname = \"Jumeau Exemple\"\n" + whole;
    auto read = test::organisation_of(text);
    ASSERT_TRUE(read.is_clean()) << told(read.problems);
    EXPECT_TRUE(office_of(read.value).build("privacy_prospects", Language::kFrench).is_clean());
    const auto english = office_of(read.value).build("privacy_prospects", Language::kEnglish);
    ASSERT_EQ(english.problems.size(), 1U) << told(english.problems);
    EXPECT_EQ(english.problems[0].message.arguments[1].second, "joint.twin.essence.en");
}

TEST(Papers, TheSourceIsToldToTheProspect) {
    const Document document = built(example(), "email_footer.b2b", Language::kFrench);
    EXPECT_TRUE(has(document,
                    "Votre adresse professionnelle vient de l'annuaire des artisans "
                    "boulangers, Éditions Modèle."));
    EXPECT_TRUE(has(document, "List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
    EXPECT_TRUE(has(document, "Reçue le 14 septembre 2026."));
}

TEST(Papers, EachParagraphKnowsItsFactsAndArticles) {
    const Document document = built(example(), "privacy_prospects", Language::kFrench);
    const auto who =
        std::find_if(document.blocks.begin(), document.blocks.end(), [](const Block& block) {
            return block.section == "who" && block.kind == BlockKind::kParagraph;
        });
    ASSERT_NE(who, document.blocks.end());
    EXPECT_TRUE(who->facts().contains("organisation.name"));
    EXPECT_EQ(who->articles.front(), "gdpr 13(1)(a)");
    EXPECT_EQ(document.article_words.at("gdpr 13(1)(a)"), "RGPD art. 13(1)(a)");
    const json::object twin = json_of(document);
    EXPECT_EQ(twin.at("facts").as_object().at("organisation.name"), "Atelier Exemple");
}

TEST(Papers, EachTableHasAHeadAndARowForEachPurposeOfItsReaders) {
    const Organisation organisation = example();
    const Office office = office_of(organisation);
    for (const DocumentName& name : office.names())
        for (const Language language : kBoth)
            for (const auto& [heading, rows] : tables_of(office.build(name, language).value)) {
                EXPECT_FALSE(heading.empty()) << name.id;
                EXPECT_GE(rows.size(), 2U) << name.id;
                for (const auto& row : rows) EXPECT_EQ(row.size(), rows.front().size()) << name.id;
            }
    const auto of_prospects = tables_of(built(organisation, "privacy_prospects", kBoth[0]));
    ASSERT_EQ(of_prospects.size(), 2U);  // the purposes, and the data
    std::size_t not_of_customers = 0;
    for (const std::string& purpose : organisation.entries("purpose"))
        if (organisation.find("purpose." + purpose + ".audience")->text != "customers")
            ++not_of_customers;
    EXPECT_EQ(of_prospects[0].rows.size(), not_of_customers + 1);
}

TEST(Papers, WhatTheLawSaysComesFromThePacks) {
    const Document document = built(example(), "retention_schedule", Language::kFrench);
    EXPECT_TRUE(document.facts.contains("law.fr.keep.ask")) << letters_of(document);
    EXPECT_TRUE(document.law.starts_with("fr@"));
}

TEST(Papers, WhichTrackerNeedsConsentIsTheAnswerOfTheQuestion) {
    const Document document = built(example(), "cookie_policy.main", Language::kFrench);
    const auto table = std::find_if(document.blocks.begin(), document.blocks.end(),
                                    [](const Block& b) { return b.kind == BlockKind::kTable; });
    ASSERT_EQ(table->rows.size(), 4U);
    EXPECT_EQ(plain(table->rows[1].back()), "non nécessaire");
    EXPECT_EQ(plain(table->rows[2].back()), "non nécessaire");
    EXPECT_EQ(plain(table->rows[3].back()), "demandé avant");
}

TEST(Papers, ASiteWithoutTrackersHasAPolicyThatSaysSo) {
    std::string text = test::example_text();
    const std::size_t from = text.find("[tracker.session]");
    text.erase(from, text.find("[form.contact]") - from);
    auto read = test::organisation_of(text);
    ASSERT_TRUE(read.is_clean());
    for (const Language language : kBoth) {
        const Document document = built(read.value, "cookie_policy.main", language);
        EXPECT_TRUE(has(document, language == Language::kFrench ? "n'utilise aucun traceur"
                                                                : "uses no tracker"));
    }
}

TEST(Papers, AShortMessageFitsIntoOneSms) {
    const Document document = built(example(), "sms", Language::kFrench);
    EXPECT_TRUE(has(document,
                    "Atelier Exemple: -10% sur les pieces jusqu'au 31/12. Infos: "
                    "atelier.example/s STOP 36000"));
    const auto much = test::with({{"messages.sms_name", std::string(160, 'a')}});
    EXPECT_EQ(ids_of(office_of(much).build("sms", Language::kFrench).problems),
              std::vector<std::string>{"papers.sms_too_long"});
    const auto foreign = test::with({{"messages.sms_name", "Fête"}});
    EXPECT_EQ(ids_of(office_of(foreign).build("sms", Language::kFrench).problems),
              std::vector<std::string>{"papers.sms_sign"});
}

TEST(Papers, HostileNamesAreLettersEverywhere) {
    const std::string name = "<script>alert(1)</script> {{dpo.name}} | **x** ``` # ]]> \"&'";
    const Organisation organisation = test::with({{"organisation.name", name}});
    const Office office = office_of(organisation);
    const Catalogue say(Language::kFrench, {});
    for (const DocumentName& one : office.names()) {
        const auto read = office.build(one, Language::kFrench);
        if (one.kind == "sms") continue;
        ASSERT_TRUE(read.is_clean()) << one.id << told(read.problems);
        const std::string page = html_of(read.value, say);
        EXPECT_EQ(page.find("<script"), page.npos) << one.id;
        EXPECT_EQ(page.find("alert(1)</"), page.npos) << one.id;
    }
    const Document notice = built(organisation, "legal_notice", Language::kFrench);
    EXPECT_EQ(notice.facts.at("organisation.name"), name);
    const Document footer = built(organisation, "email_footer.b2b", Language::kFrench);
    for (const Block& block : footer.blocks) {
        if (block.label == "html short") {
            EXPECT_EQ(block.message.find("<script"), std::string::npos);
        }
    }
}

TEST(Papers, AVeryLongValueIsWrittenOutAndATooLongOneRefused) {
    const std::string word(10'000, 'm');
    const Document document =
        built(test::with({{"organisation.name", word}}), "legal_notice", Language::kFrench);
    EXPECT_TRUE(has(document, word));
    const auto read =
        test::organisation_of("[organisation]\nname = \"" + std::string(10'001, 'm') + "\"\n");
    EXPECT_EQ(ids_of(read.problems), std::vector<std::string>{"papers.too_long"});
}

TEST(Papers, TheSameFactsGiveTheSameDocument) {
    const Document one = built(example(), "privacy_customers", Language::kEnglish);
    const Document two = built(example(), "privacy_customers", Language::kEnglish);
    EXPECT_EQ(one.content_hash(), two.content_hash());
    EXPECT_EQ(json_of(one), json_of(two));
    const Document other = built(test::with({{"organisation.email", "autre@atelier.example"}}),
                                 "legal_notice", Language::kEnglish);
    EXPECT_NE(other.content_hash(),
              built(example(), "legal_notice", Language::kEnglish).content_hash());
}

TEST(Papers, ATransferWithoutMechanismContradictsTheLaw) {
    const Organisation organisation = test::with({{"processor.crm.tool", "none"}});
    const auto problems =
        contradictions_of(real_shelf(), organisation, law::test::real_law(),
                          office_of(organisation).judgements(), Language::kFrench);
    ASSERT_EQ(problems.size(), 1U) << told(problems);
    EXPECT_EQ(problems[0].message.id, "papers.against_law");
    EXPECT_EQ(problems[0].message.arguments[0].second, "processor.crm");
    EXPECT_TRUE(problems[0].where.starts_with("o.toml:")) << problems[0].where;
}

TEST(Papers, ARetentionLongerThanTheLawsContradictsTheLaw) {
    const auto count = [](const std::string& fact, const std::string& months) {
        const Organisation organisation = test::with({{fact, months}});
        return contradictions_of(real_shelf(), organisation, law::test::real_law(),
                                 office_of(organisation).judgements(), Language::kFrench)
            .size();
    };
    EXPECT_EQ(count("purpose.b2b.retention", "36"), 0U);
    EXPECT_EQ(count("purpose.b2b.retention", "37"), 1U);
    EXPECT_EQ(count("purpose.similar.retention", "37"), 1U);
    EXPECT_EQ(count("purpose.proofs.retention", "37"), 1U);
}

TEST(Papers, ATrackerThatWorksBeforeTheChoiceMustBeAllowedTo) {
    const Organisation organisation = test::with({{"tracker.ads.before_choice", "yes"}});
    const auto problems =
        contradictions_of(real_shelf(), organisation, law::test::real_law(),
                          office_of(organisation).judgements(), Language::kFrench);
    ASSERT_EQ(problems.size(), 1U) << told(problems);
    EXPECT_EQ(problems[0].message.arguments[0].second, "tracker.ads");
}

TEST(Papers, ABoughtFileThatNobodyCheckedContradictsTheLaw) {
    const Organisation organisation = test::with({{"source.trade_directory.audited", "no"}});
    const auto problems =
        contradictions_of(real_shelf(), organisation, law::test::real_law(),
                          office_of(organisation).judgements(), Language::kFrench);
    ASSERT_EQ(problems.size(), 1U) << told(problems);
    EXPECT_EQ(problems[0].message.id, "papers.against_law");
}

TEST(Papers, WhatCannotBeDecidedIsAskedFor) {
    const Organisation organisation = test::with({{"processor.crm.tool", ""}});
    const auto problems =
        contradictions_of(real_shelf(), organisation, law::test::real_law(),
                          office_of(organisation).judgements(), Language::kFrench);
    ASSERT_EQ(problems.size(), 1U) << told(problems);
    EXPECT_EQ(problems[0].message.id, "papers.undetermined");
}

TEST(Papers, TheLinterIsSilentOnOurOwnTexts) {
    const auto problems = lint(real_shelf(), law::test::real_law());
    EXPECT_TRUE(problems.empty()) << told(problems);
}

TEST(Papers, TheLinterSeesEachFaultOnce) {
    const std::pair<const char*, const char*> cases[] = {
        {"{{organisation.nmae}}", "papers.unknown_name_near"},
        {"{{zzzzzzzzzzzzzzzzzzzz}}", "papers.unknown_name"},
        {"{{> nothing}}", "papers.no_piece"},
        {"Nous sommes 100 % conforme.", "papers.promise"},
        {"Un fichier Certifié\u00a0CNIL.", "papers.promise"},
        {"@ gpdr 13", "papers.no_source"},
        {"{{#dpo}} x", "papers.tag_unclosed"},
        {"{{/dpo}}", "papers.tag_nesting"},
        {"{{{organisation.name}}}", "papers.tag_kind"},
        {"{{organisation.name", "papers.tag_open"},
    };
    for (const auto& [text, expected] : cases) {
        auto files = test::real_papers();
        for (PaperFile& file : files)
            if (file.path == "fr/parts/who.mustache") file.text += std::string(text) + "\n";
        const auto shelf = read_shelf(files);
        EXPECT_EQ(ids_of(lint(shelf.value, law::test::real_law())),
                  std::vector<std::string>{expected})
            << text;
    }
}

TEST(Papers, APromiseThatAFactBringsIsFoundInTheDocument) {
    const Organisation organisation = test::with({{"organisation.name", "Atelier certifié CNIL"}});
    const Document document = built(organisation, "legal_notice", Language::kFrench);
    EXPECT_EQ(ids_of(promises_of(real_shelf(), document)),
              std::vector<std::string>{"papers.promise"});
}

TEST(Papers, OurTextsReadEasilyEnough) {
    const Organisation organisation = example();
    const Office office = office_of(organisation);
    for (const char* id : {"privacy_prospects", "privacy_customers", "letter_objection"})
        for (const Language language : kBoth)
            EXPECT_GE(reading_ease(office.build(id, language).value), 50) << id;
}

TEST(Papers, TheRecordIsATableForASpreadsheet) {
    const Document document = built(example(), "record", Language::kFrench);
    const auto tables = tables_of(document);
    ASSERT_GE(tables.size(), 2U);
    const auto& rows = tables[1].rows;
    EXPECT_EQ(rows.size(), example().entries("purpose").size() + 1);
    for (const auto& row : rows) EXPECT_EQ(row.size(), rows.front().size());
    EXPECT_EQ(csv_of({{"=1+1", "a\"b"}}), "\xEF\xBB\xBF\"'=1+1\";\"a\"\"b\"\r\n");
}

TEST(Papers, AnUnknownDocumentIsToldWithTheNearest) {
    const Organisation organisation = example();
    const auto read = office_of(organisation).build("legal_notise", Language::kFrench);
    EXPECT_EQ(ids_of(read.problems), std::vector<std::string>{"papers.no_document_near"});
}

TEST(Papers, BothLanguagesHaveEachTextOnceAndPieces) {
    std::set<std::string> french;
    std::set<std::string> english;
    for (const PaperFile& file : test::real_papers()) {
        if (file.path.starts_with("fr/")) french.insert(file.path.substr(3));
        if (file.path.starts_with("en/")) english.insert(file.path.substr(3));
    }
    EXPECT_EQ(french, english);
    EXPECT_FALSE(paper("fr/legal_notice.mustache").empty());
}

}  // namespace
}  // namespace licet::papers

// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that whatever is wrong in a register is told with its place, and that one fact can be
// changed without a letter besides.
// Method: short registers, one fault each; edits read back.
#include "papers/organisation.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "papers/papers_test_support.h"

namespace licet::papers {
namespace {

using test::ids_of;
using test::organisation_of;
using test::real_shelf;

TEST(Register, EachFaultIsToldWithItsPlace) {
    const std::pair<const char*, const char*> cases[] = {
        {"[organisation]\nnmae = \"A\"\n", "papers.unknown_near"},
        {"[zzzzzzzz]\nqqqqqqqqqqqq = \"A\"\n", "papers.unknown"},
        {"[organisation]\nname = \"\"\n", "papers.value"},
        {"[organisation]\ncountry = \"France\"\n", "papers.value"},
        {"[organisation]\nemail = \"contact\"\n", "papers.value"},
        {"[organisation]\npolicy_link = \"javascript:alert(1)\"\n", "papers.value"},
        {"[purpose.a]\nbasis = \"because\"\n", "papers.value"},
        {"[purpose.a]\nretention = -1\n", "papers.value"},
        {"[purpose.a]\nretention = 3.5\n", "papers.value"},
        {"[purpose.a]\ndata = [\"nothing\"]\n", "papers.ref"},
        {"[purpose.\"a b\"]\nretention = 1\n", "papers.entry"},
        {"[organisation]\nname = [\"a\"]\n", "papers.value"},
        {"[organisation]\nname = \"a\\u0001b\"\n", "papers.control"},
        {"[organisation\n", "toml.syntax"},
    };
    for (const auto& [text, expected] : cases) {
        const auto read = organisation_of(text);
        ASSERT_EQ(ids_of(read.problems), std::vector<std::string>{expected}) << text;
        EXPECT_TRUE(read.problems[0].where.starts_with("o.toml:")) << read.problems[0].where;
    }
}

TEST(Register, AllFaultsAreToldAtOnce) {
    const auto read =
        organisation_of("[organisation]\ncountry = \"x\"\nemail = \"y\"\n[purpose.a]\nbasis = 1\n");
    EXPECT_EQ(read.problems.size(), 3U);
}

TEST(Register, WhatEverybodyMustSayIsAskedFor) {
    const auto read = organisation_of("[purpose.a]\nretention = 3\n");
    const auto questions = questions_of(read.value, Language::kEnglish);
    bool asks_basis = false;
    for (const Error& one : questions) {
        asks_basis = asks_basis || one.message.arguments[1].second == "purpose.a.basis";
        if (one.message.arguments[1].second == "purpose.a.basis") {
            EXPECT_EQ(one.where, "o.toml:2:13");
        }
    }
    EXPECT_TRUE(asks_basis);
}

TEST(Register, AnEmptyRegisterAsksAndDoesNotFail) {
    const auto read = organisation_of("");
    EXPECT_TRUE(read.is_clean());
    EXPECT_FALSE(questions_of(read.value, Language::kFrench).empty());
    EXPECT_TRUE(judge(real_shelf(), read.value, law::test::real_law(), test::today()).has_value());
}

TEST(RegisterEdit, AValueIsReplacedWhereItStands) {
    const std::string text = "# a\n[purpose.a] # b\nretention = 3 # c\nbasis = \"consent\"\n";
    EXPECT_EQ(with_fact(real_shelf().fields, text, "purpose.a.retention", "24").value(),
              "# a\n[purpose.a] # b\nretention = 24 # c\nbasis = \"consent\"\n");
}

TEST(RegisterEdit, AFactGoesIntoItsTableOrANewOne) {
    const std::string text = "[purpose.a]\nretention = 3\n\n[dpo]\nkind = \"none\"\n";
    EXPECT_EQ(with_fact(real_shelf().fields, text, "purpose.a.basis", "consent").value(),
              "[purpose.a]\nretention = 3\nbasis = \"consent\"\n\n[dpo]\nkind = \"none\"\n");
    EXPECT_EQ(with_fact(real_shelf().fields, text, "data.x.title.fr", "nom").value(),
              text + "\n[data.x]\ntitle.fr = \"nom\"\n");
}

TEST(RegisterEdit, ListsOverSeveralLinesAreReplacedWhole) {
    const std::string text =
        "[data.x]\ntitle = \"x\"\n[purpose.a]\ndata = [\n  \"x\", # one ]\n]\nretention = 3\n";
    EXPECT_EQ(with_fact(real_shelf().fields, text, "purpose.a.data", "x").value(),
              "[data.x]\ntitle = \"x\"\n[purpose.a]\ndata = [\"x\"]\nretention = 3\n");
    EXPECT_EQ(with_fact(real_shelf().fields, text, "purpose.a.data", "").value(),
              "[data.x]\ntitle = \"x\"\n[purpose.a]\nretention = 3\n");
}

TEST(RegisterEdit, WhatIsWrittenWithDotsGetsAnotherOne) {
    EXPECT_EQ(with_fact(real_shelf().fields, "dpo.kind = \"none\"\n", "dpo.name", "A").value(),
              "dpo.name = \"A\"\ndpo.kind = \"none\"\n");
}

TEST(RegisterEdit, AnUnknownFactIsRefused) {
    const auto out = with_fact(real_shelf().fields, "", "organisation.colour", "red");
    EXPECT_EQ(out.error().message.id, "papers.unknown");
}

TEST(RegisterEdit, WhatIsSetIsReadBack) {
    EXPECT_TRUE(rc::check("any text is read back as it was set", [] {
        const auto name = *rc::gen::container<std::string>(rc::gen::inRange<char>(32, 126));
        RC_PRE(!trimmed(name).empty());
        const auto text =
            with_fact(real_shelf().fields, test::example_text(), "organisation.name", name);
        const auto read = organisation_of(text.value());
        RC_ASSERT(read.is_clean());
        RC_ASSERT(read.value.find("organisation.name")->text == name);
        RC_ASSERT(read.value.facts().size() ==
                  test::example().facts().size() -
                      organisation_of(test::inputs_text()).value.facts().size());
    }));
}

}  // namespace
}  // namespace licet::papers

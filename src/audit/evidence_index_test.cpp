// SPDX-License-Identifier: Apache-2.0
// Goal: the front of the file for the authority names every duty of the table, the files that
//       answer it, every command and all that is not there.
// Method: the carried table and tables with faults; the words of a small index looked for.
#include "audit/evidence_index.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "base/text.h"

namespace licet::audit {
namespace {

std::string carried_obligations() {
    std::ifstream file(LICET_SOURCE_DIR "/audit/obligations.txt", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(EvidenceIndex, TheCarriedTableIsReadWhole) {
    const auto read = read_obligations(carried_obligations(), "obligations.txt");
    ASSERT_TRUE(read.is_clean()) << read.problems.front().where;
    EXPECT_GT(read.value.size(), 10U);
    for (const Obligation& one : read.value) {
        EXPECT_FALSE(one.beginnings.empty());
        for (const std::string* text :
             {&one.article.fr, &one.article.en, &one.what.fr, &one.what.en})
            EXPECT_FALSE(text->empty()) << one.id;
    }
}

TEST(EvidenceIndex, AFaultNamesItsLine) {
    EXPECT_EQ(read_obligations("a|b\n", "t").problems.front().where, "t:1");
    const auto read =
        read_obligations("id|files|article_fr|article_en|what_fr|what_en\nx|y|z\n", "t");
    ASSERT_EQ(read.problems.size(), 1U);
    EXPECT_EQ(read.problems.front().where, "t:2");
}

TEST(EvidenceIndex, PageAndTextNameFilesCommandsAndWhatIsNotThere) {
    EvidenceIndex index;
    index.obligations = {{"one", {"verdicts/"}, {"art. <1>", "art. 1"}, {"quoi", "what"}}};
    index.files = {{"verdicts/0001.jsonl", 12}, {"other", 1}};
    index.left_out = {Message("left.something")};
    const Catalogue say(Language::kEnglish, {{"left.something", "not <here>"}});
    const std::string page = evidence_index_page(index, say);
    EXPECT_NE(page.find("href=\"verdicts/0001.jsonl\""), std::string::npos);
    EXPECT_EQ(page.find("href=\"other\""), std::string::npos);
    EXPECT_NE(page.find("not &lt;here&gt;"), std::string::npos);
    const std::string text = evidence_readme(index, say);
    for (const std::string& command : evidence_commands(false)) {
        EXPECT_NE(page.find(html_escaped(command)), std::string::npos);
        EXPECT_NE(text.find("  " + command + "\n"), std::string::npos);
    }
    EXPECT_NE(left_out_text(index, say).find("not <here>"), std::string::npos);
}

TEST(EvidenceIndex, FilesThatAreManyAreShownAsTheirFolder) {
    EvidenceIndex index;
    index.obligations = {{"one", {"verdicts/"}, {"a", "a"}, {"b", "b"}}};
    for (int i = 0; i < 40; ++i)
        index.files.push_back({"verdicts/" + std::to_string(i) + ".jsonl", 1});
    const Catalogue say(Language::kFrench, {});
    EXPECT_NE(evidence_index_page(index, say).find("href=\"verdicts/\""), std::string::npos);
}

}  // namespace
}  // namespace licet::audit

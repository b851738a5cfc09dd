// SPDX-License-Identifier: Apache-2.0
// Goal: tables that were carried are the tables that would have been compiled, and no others.
#include "law/table_image.h"

#include <gtest/gtest.h>

#include "law/law_test_support.h"

namespace licet::law {
namespace {

TEST(TableImage, TheRealPacksReadFromAnImageAreThoseThatWereCompiled) {
    const std::string key = key_of_tables(test::real_files(), Reading::kStrict);
    const std::string image = image_of(test::real_law().tables(), key);
    const std::string_view images[] = {image};
    const auto carried = read_law(test::real_files(), Reading::kStrict, images);
    ASSERT_NE(carried.value, nullptr);
    const std::vector<QuestionTable>& compiled = test::real_law().tables();
    ASSERT_EQ(carried.value->tables().size(), compiled.size());
    for (std::size_t i = 0; i < compiled.size(); ++i) {
        const QuestionTable& table = carried.value->tables()[i];
        EXPECT_EQ(table.question, compiled[i].question);
        EXPECT_EQ(table.otherwise, compiled[i].otherwise);
        EXPECT_EQ(table.decision, compiled[i].decision);
        EXPECT_EQ(table.roots, compiled[i].roots);
        EXPECT_EQ(table.root_nodes, compiled[i].root_nodes);
        EXPECT_EQ(table.used, compiled[i].used);
        EXPECT_EQ(table.changeable.size(), compiled[i].changeable.size());
        EXPECT_TRUE(table.cells == compiled[i].cells);
        for (const std::string& country : test::real_law().countries())
            EXPECT_EQ(carried.value->has_rules_of(country, table.question),
                      test::real_law().has_rules_of(country, table.question));
    }
    // They lie in the image: nothing was compiled.
    const auto* cells = reinterpret_cast<const char*>(carried.value->tables()[0].cells.data());
    EXPECT_TRUE(image.data() < cells && cells < image.data() + image.size());
}

TEST(TableImage, AnImageOfAnotherLawIsNotTaken) {
    test::SmallLaw small;
    small.blocks = "rule a\n  answers contact = allowed\n  when flag\n" + std::string(test::kTexts);
    const auto law = small.law();
    ASSERT_NE(law, nullptr);
    const std::vector<SourceFile> files{{"a.md", "one"}, {"b.md", "two"}};
    const std::string key = key_of_tables(files, Reading::kStrict);
    const std::string image = image_of(law->tables(), key);
    const std::string_view images[] = {"", "licet", image};
    ASSERT_TRUE(tables_in(images, key).has_value());
    EXPECT_EQ(tables_in(images, key)->at(0).question, "contact");

    std::vector<SourceFile> other = files;
    other[1].text = "tWo";
    EXPECT_FALSE(tables_in(images, key_of_tables(other, Reading::kStrict)).has_value());
    other = files;
    other[1].path = "c.md";
    EXPECT_FALSE(tables_in(images, key_of_tables(other, Reading::kStrict)).has_value());
    EXPECT_FALSE(tables_in(images, key_of_tables(files, Reading::kText)).has_value());
    EXPECT_FALSE(tables_in({}, key).has_value());
}

TEST(TableImage, BytesThatDoNotBeginAtAMultipleOfFourAreLeft) {
    const std::string key = key_of_tables({}, Reading::kStrict);
    const std::string shifted = " " + image_of({}, key);
    const std::string_view images[] = {std::string_view(shifted).substr(1)};
    EXPECT_FALSE(tables_in(images, key).has_value());
}

}  // namespace
}  // namespace licet::law

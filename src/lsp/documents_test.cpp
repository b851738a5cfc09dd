// SPDX-License-Identifier: Apache-2.0
// Goal: open documents lie over files, and places are the same on both sides of the protocol.
#include "lsp/documents.h"

#include <gtest/gtest.h>

namespace licet::lsp {
namespace {

Documents desk() {
    Documents documents;
    documents.set_folder("/p q/packs");
    documents.set_disk({{"facts.md", "on disk"}, {"xx/a.md", "é\xF0\x9F\x93\xA7 = b\r\nsecond"}});
    return documents;
}

TEST(Documents, UrisAreReadWithTheirEscapesAndWrittenWithThem) {
    EXPECT_EQ(path_of_uri("file:///p%20q/%C3%A9.md"), "/p q/é.md");
    EXPECT_EQ(path_of_uri("file://machine/a%zz%4"), "/a%zz%4");
    EXPECT_EQ(path_of_uri("untitled:Untitled-1"), std::nullopt);
    EXPECT_EQ(uri_of_path("/p q/é.md"), "file:///p%20q/%c3%a9.md");
    EXPECT_EQ(path_of_uri(uri_of_path("/a:b?c#d%.md")), "/a:b?c#d%.md");
}

TEST(Documents, AnOpenDocumentLiesOverTheFileUntilItIsClosed) {
    Documents documents = desk();
    EXPECT_TRUE(documents.open("file:///p%20q/packs/facts.md", "in the editor"));
    EXPECT_EQ(*documents.text("facts.md"), "in the editor");
    EXPECT_EQ(documents.files().size(), 2U);
    documents.close("file:///p%20q/packs/facts.md");
    EXPECT_EQ(*documents.text("facts.md"), "on disk");
}

TEST(Documents, WhatLiesElsewhereOrIsNoTextOfAPackIsNotOurs) {
    Documents documents = desk();
    EXPECT_FALSE(documents.open("file:///elsewhere/facts.md", ""));
    EXPECT_FALSE(documents.open("file:///p%20q/packs/notes.txt", ""));
    EXPECT_FALSE(documents.open("file:///p%20q/packs2/facts.md", ""));
    EXPECT_TRUE(documents.open("file:///p%20q/packs/yy/new.md", ""));
}

TEST(Documents, ColumnsAreCharactersHereAndUtf16UnitsThere) {
    const Documents documents = desk();
    // é is one unit, the envelope two: "=" is character 4 there and column 4 here.
    const law::Place place =
        documents.place_of("xx/a.md", json::object{{"line", 0}, {"character", 4}});
    EXPECT_EQ(place.line, 1);
    EXPECT_EQ(place.column, 4);
    EXPECT_EQ(json::serialize(documents.range_of("xx/a.md", 1, {4, 5})),
              "{\"start\":{\"line\":0,\"character\":4},\"end\":{\"line\":0,\"character\":5}}");
}

TEST(Documents, PlacesBeyondTheTextAreItsEnd) {
    const Documents documents = desk();
    EXPECT_EQ(documents.place_of("xx/a.md", json::object{{"line", 1}, {"character", 99}}).column,
              7);
    EXPECT_EQ(documents.place_of("xx/a.md", json::object{{"line", 99}}).column, 1);
    EXPECT_EQ(documents.place_of("none.md", json::object{{"line", -5}}).line, 1);
    EXPECT_EQ(documents.place_of("xx/a.md", "nonsense").line, 1);
}

TEST(Documents, AWordIsANameWithItsDotsAndColons) {
    const auto word = [](std::string_view line, int column) {
        return text_of(line, word_at(line, column));
    };
    EXPECT_EQ(word("when consent.on = x", 8), "consent.on");
    EXPECT_EQ(word("cites cpce:L34-5, b", 17), "cpce:L34-5");  // at its end
    EXPECT_EQ(word("{a,été}", 5), "été");
    EXPECT_EQ(word("| `fact` |", 5), "fact");
    EXPECT_EQ(word("", 1), "");
    EXPECT_EQ(word("a", 99), "a");
}

}  // namespace
}  // namespace licet::lsp

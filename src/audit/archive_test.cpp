// SPDX-License-Identifier: Apache-2.0
// Goal: the bytes of an archive depend on its files alone, and any ZIP program reads it.
// Method: the same files in two orders; the stored bytes looked for; Info-ZIP reads one in
//         tests/ledger/evidence_test.py.
#include "audit/archive.h"

#include <gtest/gtest.h>

#include <array>

namespace licet::audit {
namespace {

TEST(Archive, TheSameFilesInAnyOrderGiveTheSameBytes) {
    const ArchiveFile one{"b.txt", "stored as it is"};
    const ArchiveFile two{"a/é.json", std::string("\0\xFF", 2)};
    const std::string first = zip_of(std::array{one, two}).value();
    EXPECT_EQ(first, zip_of(std::array{two, one}).value());
    EXPECT_TRUE(first.starts_with("PK\x03\x04"));
    EXPECT_NE(first.find("stored as it is"), std::string::npos);
    EXPECT_LT(first.find("a/é.json"), first.find("b.txt"));
}

TEST(Archive, AnotherByteGivesAnotherArchive) {
    EXPECT_NE(zip_of(std::array{ArchiveFile{"a", "1"}}).value(),
              zip_of(std::array{ArchiveFile{"a", "2"}}).value());
}

TEST(Archive, AnEmptyFileIsAFile) {
    EXPECT_NE(zip_of(std::array{ArchiveFile{"empty", ""}}).value().find("empty"),
              std::string::npos);
}

}  // namespace
}  // namespace licet::audit

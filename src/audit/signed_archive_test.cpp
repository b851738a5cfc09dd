// SPDX-License-Identifier: Apache-2.0
// Goal: an archive that is written as it comes is one that any tar reads, lists every file it has,
//       and is the same for the same files.
// Method: bytes of the archive looked at; GNU tar, sha256sum and openssl read one in
//         tests/ledger/evidence_build_test.py.
#include "audit/signed_archive.h"

#include <gtest/gtest.h>

#include "audit/event_files.h"
#include "base/base64.h"
#include "base/text.h"
#include "ledger/sample_event.h"

namespace licet::audit {
namespace {

std::string archive_of(const std::vector<std::pair<std::string, std::string>>& files) {
    std::string out;
    SignedArchive archive([&](std::string_view bytes) -> Result<Done> {
        out += bytes;
        return Done{};
    });
    for (const auto& [path, bytes] : files) EXPECT_TRUE(archive.add(path, bytes));
    EXPECT_TRUE(archive.finish([](std::string_view text) -> Result<std::string> {
        return hex_of(sha256(text)) + hex_of(sha256(text));
    }));
    EXPECT_EQ(archive.size_bytes(), out.size());
    EXPECT_EQ(archive.digest(), hex_of(sha256(out)));
    return out;
}

TEST(SignedArchive, TheSameFilesGiveTheSameBytesInWholeBlocks) {
    const std::string one = archive_of({{"a.txt", "alpha"}, {"b/c.json", std::string(512, 'x')}});
    EXPECT_EQ(one, archive_of({{"a.txt", "alpha"}, {"b/c.json", std::string(512, 'x')}}));
    EXPECT_EQ(one.size() % 512, 0U);
    EXPECT_EQ(one.substr(0, 14), "evidence/a.txt");
    EXPECT_EQ(one.substr(257, 5), "ustar");
    EXPECT_NE(one.find(hex_of(sha256("alpha")) + "  a.txt\n"), std::string::npos);
}

TEST(SignedArchive, TheChecksumOfAHeaderIsTheSumOfItsBytes) {
    const std::string all = archive_of({{"a.txt", "alpha"}});
    std::string header = all.substr(0, 512);
    const unsigned long told = std::stoul(header.substr(148, 6), nullptr, 8);
    for (std::size_t i = 148; i < 156; ++i) header[i] = ' ';
    unsigned long sum = 0;
    for (const char c : header) sum += static_cast<unsigned char>(c);
    EXPECT_EQ(told, sum);
}

TEST(SignedArchive, WhatCannotBeWrittenEndsIt) {
    SignedArchive archive([](std::string_view) -> Result<Done> {
        return error(ErrorCode::kBroken, "file.disk_full");
    });
    EXPECT_EQ(archive.add("a", "b").error().message.id, "file.disk_full");
}

// Files of a workspace are named by its owner: no name may end the program.
TEST(SignedArchive, APathThatDoesNotFitIsRefusedAndTheNextFileGoesIn) {
    std::string out;
    SignedArchive archive([&](std::string_view bytes) -> Result<Done> {
        out += bytes;
        return Done{};
    });
    EXPECT_TRUE(archive.add(std::string(90, 'a'), "b"));
    const std::size_t size = out.size();
    const auto refused = archive.add(std::string(91, 'c'), "d");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message.id, "archive.path_too_long");
    EXPECT_EQ(out.size(), size);
    EXPECT_TRUE(archive.add("e", "f"));
    EXPECT_EQ(archive.files().size(), 2U);
}

TEST(SignedArchive, AFileReadInBlocksIsTheSameAsOneAtOnce) {
    const std::string body(2'500'000, 'q');
    std::string one;
    SignedArchive archive([&](std::string_view bytes) -> Result<Done> {
        one += bytes;
        return Done{};
    });
    std::size_t at = 0;
    const auto read = [&](std::span<char> out) -> Result<std::size_t> {
        const std::size_t size = std::min(out.size(), body.size() - at);
        body.copy(out.data(), size, at);
        at += size;
        return size;
    };
    ASSERT_TRUE(archive.add_stream("big", body.size(), read));
    ASSERT_TRUE(archive.finish([](std::string_view sums) -> Result<std::string> {
        return hex_of(sha256(sums)) + hex_of(sha256(sums));
    }));
    EXPECT_EQ(one, archive_of({{"big", body}}));
    at = 0;
    EXPECT_EQ(archive.add_stream("big2", body.size() + 1, read).error().message.id,
              "archive.size_changed");
}

TEST(EventFiles, EachKindHasAFolderAndLeavesStandInOrder) {
    for (const ledger::EventKind kind : ledger::all_event_kinds())
        EXPECT_FALSE(folder_of(kind).empty());
    std::string out;
    SignedArchive archive([&](std::string_view bytes) -> Result<Done> {
        out += bytes;
        return Done{};
    });
    EventFiles files(archive);
    const ledger::Event event = ledger::sample_event(1, "k", ledger::EventKind::kVerdictGiven);
    const auto bytes = ledger::bytes_of(event);
    ASSERT_TRUE(files.add({7, {3, 9}, event, bytes, {}, {}}));
    ASSERT_TRUE(files.add_leaf(sha256("one")));
    ASSERT_TRUE(files.add_leaf(sha256("two")));
    ASSERT_TRUE(files.finish());
    EXPECT_EQ(files.counts().at("verdicts"), 1U);
    EXPECT_NE(out.find("evidence/verdicts/0001.jsonl"), std::string::npos);
    EXPECT_NE(out.find(base64_of(bytes)), std::string::npos);
    ASSERT_EQ(archive.files().size(), 2U);
    EXPECT_EQ(archive.files()[0].path, "proof/leaves/0001.bin");
    EXPECT_EQ(archive.files()[0].size_bytes, 64U);
}

}  // namespace
}  // namespace licet::audit

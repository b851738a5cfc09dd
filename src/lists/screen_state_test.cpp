// SPDX-License-Identifier: Apache-2.0
// Goal: a state tells on whom rows rest and until when, and a damaged one tells nothing.
// Method: states of a few and of many rows, read in blocks of every size; every byte changed.
#include "lists/screen_state.h"

#include <gtest/gtest.h>

#include <cstring>

namespace licet::lists {
namespace {

const Date kDay = parse_date("2026-11-23").value();

ledger::Token token(std::uint8_t first) {
    ledger::Token out;
    out.bytes.fill(7);
    out.bytes[0] = first;
    return out;
}

std::vector<ledger::Token> tokens(std::uint8_t first) {
    return {token(first), token(static_cast<std::uint8_t>(first + 1)),
            token(static_cast<std::uint8_t>(first + 2))};
}

StateBasis basis() { return {sha256("at"), sha256("settings"), sha256("list"), sha256("allowed")}; }

// Three persons: of the first nothing changes, of the second on the third day, and a bad row.
std::string state(int times = 1) {
    std::string out;
    StateWriter writer(
        [&](std::string_view bytes) {
            out += bytes;
            return Result<Done>(Done{});
        },
        kDay);
    for (int i = 0; i < times; ++i) {
        const std::vector<ledger::Token> one = tokens(10);
        std::vector<ledger::Token> two = tokens(20);
        for (const ledger::Token& more : tokens(30)) two.push_back(more);
        writer.add({Outcome::kAllowed, one, std::nullopt});
        writer.add({Outcome::kForbidden, two, kDay + std::chrono::days{3}});
        writer.add({Outcome::kUnreadable, {}, std::nullopt});
    }
    EXPECT_TRUE(writer.finish(basis()));
    return out;
}

Result<Concerned> concerned(const std::string& bytes, const std::vector<std::uint8_t>& firsts,
                            int days, std::size_t block = 1 << 20) {
    std::unordered_set<std::uint64_t> persons;
    for (const std::uint8_t first : firsts) persons.insert(short_token(token(first)));
    std::size_t at = 0;
    return concerned_rows(
        [&](std::span<char> out) -> Result<std::size_t> {
            const std::size_t size = std::min({out.size(), block, bytes.size() - at});
            std::memcpy(out.data(), bytes.data() + at, size);
            at += size;
            return size;
        },
        persons, days);
}

std::pair<std::uint64_t, std::uint64_t> counts(const std::vector<std::uint8_t>& firsts, int days) {
    const Concerned found = concerned(state(), firsts, days).value();
    EXPECT_EQ(found.rows, 3U);
    EXPECT_EQ(found.basis, basis());
    return {found.by_events, found.by_days};
}

using Counts = std::pair<std::uint64_t, std::uint64_t>;

TEST(ScreenState, APersonIsFoundUnderEachOfTheTokens) {
    for (int first : {10, 11, 12, 20, 21, 22, 30, 31, 32})
        EXPECT_EQ(counts({static_cast<std::uint8_t>(first)}, 0), Counts(1, 0)) << first;
    EXPECT_EQ(counts({13, 9, 40}, 0), Counts(0, 0));
    EXPECT_EQ(counts({10, 32}, 0), Counts(2, 0));
}

TEST(ScreenState, ARowIsConcernedFromItsDayOn) {
    EXPECT_EQ(counts({}, 2), Counts(0, 0));
    EXPECT_EQ(counts({}, 3), Counts(0, 1));
    EXPECT_EQ(counts({}, 30), Counts(0, 1));
    EXPECT_EQ(counts({20}, 30), Counts(1, 0));  // counted once
}

TEST(ScreenState, IsReadInBlocksOfAnySize) {
    const std::string bytes = state(20'000);
    for (const std::size_t block : {std::size_t{1}, std::size_t{4097}, bytes.size()}) {
        const Concerned found = concerned(bytes, {31}, 5, block).value();
        EXPECT_EQ(found.rows, 60'000U);
        EXPECT_EQ(found.by_events, 20'000U);
    }
}

TEST(ScreenState, ADamagedOneTellsNothing) {
    const std::string good = state();
    for (std::size_t i = 0; i < good.size(); ++i) {
        std::string bad = good;
        bad[i] = static_cast<char>(bad[i] ^ 1);
        const auto found = concerned(bad, {}, 0);
        ASSERT_FALSE(found) << i;
        EXPECT_EQ(found.error().message.id, "certificate.state");
        EXPECT_FALSE(concerned(good.substr(0, i), {}, 0)) << i;
    }
    EXPECT_FALSE(concerned(good + "x", {}, 0));
}

TEST(ScreenState, AFullDiskIsToldAtTheEnd) {
    StateWriter writer([](std::string_view) { return error(ErrorCode::kBroken, "file.disk_full"); },
                       kDay);
    for (int i = 0; i < 100'000; ++i) writer.add({});
    EXPECT_EQ(writer.finish(basis()).error().message.id, "file.disk_full");
}

}  // namespace
}  // namespace licet::lists

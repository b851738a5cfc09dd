// SPDX-License-Identifier: Apache-2.0
// Goal: the file of standings gives what the ledger's events give, whatever came after it was made,
// and is never believed when it is damaged, old or of another ledger.
// Method: random histories of many persons through both ways; every byte of a small file flipped;
// a ledger that grows, forgets somebody, and is put back.
#include "store/standing_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <random>

#include "ledger/random_history.h"
#include "store/head_follower.h"
#include "store/internal/name_filter.h"
#include "store/internal/schema.h"
#include "store/internal/standing_source.h"
#include "store/layer_rotation.h"
#include "store/person_key_file.h"
#include "store/standings.h"
#include "store/test_ledger.h"

namespace licet::store {
namespace {

using ledger::ContactTokens;
using ledger::Event;
using ledger::StandingIndex;
using ledger::Token;

constexpr Date kEnd{std::chrono::year{9999} / 12 / 31};

Token person(std::uint32_t number) {
    Token token;
    const Digest digest = sha256(std::to_string(number));
    std::copy_n(digest.begin(), token.bytes.size(), token.bytes.begin());
    return token;
}

class StandingFileTest : public LedgerTest {
  protected:
    // Persons with up to a dozen events each; most have an objection or nothing else.
    static std::vector<Event> histories(std::uint32_t first, std::uint32_t count) {
        std::mt19937 chance(first + count);
        const auto pick = [&](int most) {
            return static_cast<int>(chance() % static_cast<unsigned>(most));
        };
        std::vector<Event> out;
        for (std::uint32_t number = first; number < first + count; ++number) {
            std::vector<Event> events = ledger::random_history(pick);
            for (std::size_t i = 0; i < events.size(); ++i) {
                events[i].person = person(number);
                events[i].key = std::to_string(first) + "-" + std::to_string(i);
                if (is_of_ledger(events[i].kind)) events[i].kind = ledger::EventKind::kInformed;
                out.push_back(std::move(events[i]));
            }
        }
        return out;
    }
    void append(std::span<const Event> events) const {
        const auto store =
            open_ledger_store(
                files_, std::filesystem::exists(files_.database) ? Mode::kReadWrite : Mode::kCreate)
                .value();
        ASSERT_TRUE(store->append(events).has_value());
    }
    void write_file() const {
        const auto connection = checked_connection(files_, Mode::kReadOnly, kPatience).value();
        PersonKeyFile keys = PersonKeyFile::open(files_.person_keys).value();
        ASSERT_TRUE(write_standings(*connection, keys, files_, {}).has_value());
    }
    [[nodiscard]] std::shared_ptr<const StandingFile> file() const {
        return StandingFile::open(files_.standings, LayerKeys(files_).current().value()).value();
    }
    [[nodiscard]] std::unique_ptr<HeadFollower> follower(
        std::shared_ptr<const StandingFile> known = {}) const {
        return HeadFollower::open(
                   files_, [] { return std::chrono::steady_clock::now(); }, std::move(known))
            .value();
    }
    // Both ways to everybody's standing, and to that of strangers.
    void expect_same(const StandingIndex& index, std::uint32_t persons) const {
        const auto store = open(Mode::kReadOnly);
        const StandingIndex plain = StandingIndex::of(*store).value();
        for (std::uint32_t number = 0; number < persons + 20; ++number) {
            const ContactTokens strict{person(number), {}};
            const ContactTokens loose{person(persons + number), {person(number)}};
            const ContactTokens wide{person(persons + number), {}, {person(number)}};
            const std::vector<ContactTokens> two = {strict, {person(number / 2), {}}};
            for (const auto& points :
                 {std::vector{strict}, std::vector{loose}, std::vector{wide}, two})
                ASSERT_EQ(index.find(points, kEnd), plain.find(points, kEnd)) << number;
        }
    }
};

TEST_F(StandingFileTest, GivesTheStandingOfTheEvents) {
    append(histories(0, 400));
    write_file();
    expect_same(StandingIndex(file()), 400);
    struct stat status {};
    ASSERT_EQ(::stat(files_.standings.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(StandingFileTest, ExpectingManyChangesNoAnswer) {
    append(histories(0, 400));
    write_file();
    StandingIndex index(file());
    index.expect_many();
    expect_same(index, 400);
    index.expect_many();
    expect_same(index, 400);
    ASSERT_TRUE(rotate_layer(files_, ledger::TokenKey(ledger::new_root()), [](auto, auto) {}));
    write_file();
    StandingIndex under_layer(file());
    under_layer.expect_many();
    expect_same(under_layer, 400);
}

TEST(NameFilter, HasWhatWasAddedAndLittleElse) {
    std::mt19937_64 chance(7);
    NameFilter filter(10'000);
    std::vector<std::uint64_t> names(10'000);
    for (std::uint64_t& name : names) filter.add(name = chance());
    for (const std::uint64_t name : names) ASSERT_TRUE(filter.may_have(name));
    int wrong = 0;
    for (int i = 0; i < 10'000; ++i) wrong += filter.may_have(chance()) ? 1 : 0;
    EXPECT_LT(wrong, 300);
    EXPECT_TRUE(NameFilter().is_empty());
    NameFilter small(0);
    small.add(~std::uint64_t{0});
    EXPECT_TRUE(small.may_have(~std::uint64_t{0}));
}

TEST_F(StandingFileTest, UnderALayerItHoldsNoTokenAndGivesTheSame) {
    const auto tokens_in = [](const std::string& bytes) {
        int count = 0;
        for (std::uint32_t number = 0; number < 400; ++number) {
            const Token token = person(number);
            // As bytes, and as the name that it is looked up by, in the machine's order.
            const std::string whole(token.bytes.begin(), token.bytes.end());
            const std::string name(token.bytes.rend() - 8, token.bytes.rend());
            for (const std::string& form : {whole, name})
                count += bytes.find(form) != std::string::npos ? 1 : 0;
        }
        return count;
    };
    append(histories(0, 400));
    write_file();
    const std::string bare = bytes_of_path(files_.standings);
    EXPECT_GT(tokens_in(bare), 400);
    for (int turn = 0; turn < 2; ++turn) {
        ASSERT_TRUE(rotate_layer(files_, ledger::TokenKey(ledger::new_root()), [](auto, auto) {}));
        EXPECT_FALSE(std::filesystem::exists(files_.standings));
        // One of before is not believed.
        set_bytes_of_path(files_.standings, bare);
        EXPECT_EQ(fresh_standing_file(files_, kEnd, {}).value(), nullptr);
        expect_same(standings_of(files_, kEnd, {}).value(), 400);
        write_file();
        EXPECT_EQ(tokens_in(bytes_of_path(files_.standings)), 0);
        expect_same(StandingIndex(file()), 400);
        EXPECT_NE(fresh_standing_file(files_, kEnd, {}).value(), nullptr);
        expect_same(standings_of(files_, kEnd, {}).value(), 400);
    }
}

TEST_F(StandingFileTest, AnEmptyLedgerKnowsNobody) {
    append({});
    write_file();
    EXPECT_EQ(file()->entries(), 0U);
    expect_same(StandingIndex(file()), 3);
}

TEST_F(StandingFileTest, WhatCameAfterItIsFoldedOnTop) {
    append(histories(0, 200));
    write_file();
    append(histories(100, 200));  // half of them are in it
    expect_same(*follower(file())->index().value(), 300);
}

TEST_F(StandingFileTest, TheSameLedgerGivesTheSameBytes) {
    append(histories(0, 50));
    write_file();
    const std::string first = bytes_of_path(files_.standings);
    write_file();
    EXPECT_EQ(bytes_of_path(files_.standings), first);
}

TEST_F(StandingFileTest, EveryByteThatIsAnotherIsFound) {
    append(histories(0, 12));
    write_file();
    const std::string bytes = bytes_of_path(files_.standings);
    const int file = ::open(files_.standings.c_str(), O_WRONLY);
    const auto put = [&](std::size_t place, char byte) {
        return ::pwrite(file, &byte, 1, static_cast<off_t>(place)) == 1;
    };
    for (std::size_t place = 0; place < bytes.size(); ++place) {
        ASSERT_TRUE(put(place, static_cast<char>(bytes[place] ^ 0x20)));
        ASSERT_FALSE(StandingFile::open(files_.standings)) << place;
        ASSERT_TRUE(put(place, bytes[place]));
    }
    ::close(file);
    ASSERT_TRUE(StandingFile::open(files_.standings));
    for (const std::size_t size : {std::size_t{0}, std::size_t{50}, std::size_t{5000}}) {
        set_bytes_of_path(files_.standings, bytes.substr(0, size));
        EXPECT_FALSE(StandingFile::open(files_.standings)) << size;
    }
}

TEST_F(StandingFileTest, WhoIsErasedIsInItNoMore) {
    append(histories(0, 60));
    write_file();
    const auto before = file();
    std::vector<Token> persons;
    for (std::uint32_t number = 0; number < 9; ++number) persons.push_back(person(number));
    const auto erased =
        open(Mode::kReadWrite)->erase(persons, kEnd, ledger::ErasureReason::kRequest);
    ASSERT_GT(erased.value(), 0U);
    EXPECT_FALSE(std::filesystem::exists(files_.standings));
    // A program that has the file open, or that was given an old copy of it, forgets it too.
    expect_same(*follower(before)->index().value(), 60);
}

TEST_F(StandingFileTest, ALedgerThatWasPutBackIsReadAnew) {
    append(histories(0, 40));
    const auto old = copy();
    append(histories(40, 40));
    write_file();
    put_back(old);
    for (const char* rest : {"-wal", "-shm"}) std::filesystem::remove(files_.database + rest);
    const auto known = file();
    expect_same(*follower(known)->index().value(), 80);
    EXPECT_FALSE(std::filesystem::exists(files_.standings));
}

TEST_F(StandingFileTest, AnotherLedgerIsReadAnew) {
    append(histories(0, 40));
    write_file();
    const auto known = file();
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directory(folder_);
    append(histories(0, 40));
    expect_same(*follower(known)->index().value(), 40);
}

TEST_F(StandingFileTest, AHistoryOfMoreDaysThanFitOneUnitIsKeptWhole) {
    std::vector<Event> events;
    for (int i = 0; i < 60; ++i) {
        Event event = ledger::sample_event(1, std::to_string(i), ledger::EventKind::kCallAttempt);
        event.person = person(i % 2 == 0 ? 1 : 2);
        event.happened_on += std::chrono::days{i};
        events.push_back(std::move(event));
    }
    events.front().happened_on = Date{std::chrono::year{1960} / 1 / 1};
    append(events);
    write_file();
    expect_same(StandingIndex(file()), 4);
}

TEST_F(StandingFileTest, IsMadeForALargeLedgerAndNotForDaysPast) {
    std::vector<Event> events;
    for (std::uint32_t i = 0; i < 20'000; ++i) {
        Event event = ledger::sample_event(0, "k", ledger::EventKind::kObjectionRecorded);
        event.person = person(i);
        events.push_back(std::move(event));
    }
    append(events);
    Event last = ledger::sample_event(0, "last");
    append({&last, 1});
    const Date newest = last.happened_on;
    EXPECT_NE(fresh_standing_file(files_, newest, {}).value(), nullptr);
    EXPECT_TRUE(std::filesystem::exists(files_.standings));
    EXPECT_EQ(fresh_standing_file(files_, newest - std::chrono::days{1}, {}).value(), nullptr);
    const StandingIndex index = standings_of(files_, newest - std::chrono::days{1}, {}).value();
    const std::vector<ContactTokens> suppressed = {{person(7), {}}};
    EXPECT_TRUE(index.find(suppressed, newest).has_value());
    const std::vector<ContactTokens> later = {{last.person, {}}};
    EXPECT_FALSE(index.find(later, newest - std::chrono::days{1})->last_act_on.has_value());
}

TEST_F(StandingFileTest, AFolderThatCannotBeWrittenIsNoError) {
    append(histories(0, 10));
    files_.standings = folder_ + "/nowhere/persons.index";
    EXPECT_TRUE(standings_of(files_, kEnd, {}).has_value());
}

}  // namespace
}  // namespace licet::store

// SPDX-License-Identifier: Apache-2.0
// Goal: a ledger that was moved is the same ledger, and a file that is not whole moves nothing.
// Method: moved with erased persons, several checkpoints and a longer register; every 13th byte
//         flipped, every length cut; keys apart.
#include "store/ledger_file.h"

#include "store/erasure_register.h"
#include "store/test_ledger.h"

namespace licet::store {
namespace {

using namespace ledger;

class LedgerFileTest : public LedgerTest {
  protected:
    void SetUp() override {
        fill();
        sign(1'772'445'600);
        const auto store = open(Mode::kReadWrite);
        EXPECT_TRUE(store->append({{sample_event(9, "a"), sample_event(9, "b")}}));
        EXPECT_EQ(store
                      ->erase({{sample_event(9, "").person}},
                              Date{std::chrono::year{2026} / 11 / 26}, ErasureReason::kRequest)
                      .value(),
                  2U);
        sign(1'772'445'700);
        EXPECT_TRUE(store->append({{sample_event(1, "after")}}));
        there_ = ledger_files_in(folder_ + "/there");
        std::filesystem::create_directory(folder_ + "/there");
    }
    void carry_keys() const {
        set_bytes_of_path(there_.person_keys, bytes_of_path(files_.person_keys));
        std::filesystem::permissions(there_.person_keys, std::filesystem::perms(0600));
    }
    [[nodiscard]] std::string import_error() const {
        const auto moved = import_ledger(file_, there_);
        return moved ? "no error" : moved.error().message.id;
    }

    std::string file_ = folder_ + "/moved";
    LedgerFiles there_;
};

TEST_F(LedgerFileTest, TheSameLedgerStandsElsewhere) {
    const auto exported = export_ledger(files_, file_);
    ASSERT_TRUE(exported) << exported.error().message.id;
    const Moved out = exported.value();
    EXPECT_EQ(out.events, 44U);
    EXPECT_EQ(out.checkpoints, 2U);
    EXPECT_EQ(out.erasures, 1U);
    carry_keys();
    ASSERT_EQ(import_error(), "no error");
    const auto here = open(Mode::kReadOnly);
    const auto there = open_ledger_store(there_, Mode::kReadOnly).value();
    EXPECT_EQ(all(*there), all(*here));
    EXPECT_EQ(there->suppressions_of({{sample_event(1, "").person}}).value(),
              here->suppressions_of({{sample_event(1, "").person}}).value());
    EXPECT_EQ(checkpoints_of(there_).value().back().note,
              checkpoints_of(files_).value().back().note);
    const auto verified =
        verify_ledger(there_, identity_, {.kept = checkpoints_of(files_)->front().note});
    ASSERT_TRUE(verified) << verified.error().message.id;
    EXPECT_EQ(verified->events, 44U);
    EXPECT_EQ(verified->erased, 2U);
    EXPECT_EQ(erasures_in(there_).value(), erasures_in(files_).value());
    // And again from there: the same bytes.
    EXPECT_TRUE(export_ledger(there_, file_ + "2"));
    EXPECT_EQ(bytes_of_path(file_ + "2"), bytes_of_path(file_));
}

TEST_F(LedgerFileTest, ALedgerThatWasSignedWhenItWasEmptyMovesToo) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ + "/there");
    EXPECT_TRUE(open_ledger_store(files_, Mode::kCreate));
    sign(1'772'445'600);
    EXPECT_TRUE(open(Mode::kReadWrite)->append({{sample_event(1, "a")}}));
    set_bytes_of_path(file_ + ".new", "left by an export that was killed");
    ASSERT_TRUE(export_ledger(files_, file_));
    carry_keys();
    set_bytes_of_path(there_.database + ".import", "left by an import that was killed");
    EXPECT_EQ(import_error(), "no error");
    EXPECT_EQ(open_ledger_store(there_, Mode::kReadOnly).value()->count().value(), 1U);
}

TEST_F(LedgerFileTest, ARegisterOfAnotherLedgerIsNotReplaced) {
    ASSERT_TRUE(export_ledger(files_, file_));
    carry_keys();
    const std::vector<Erasure> other{{sample_event(77, "").person, 1,
                                      Date{std::chrono::year{2026} / 11 / 27},
                                      ErasureReason::kMistake}};
    ASSERT_TRUE(append_erasures(there_, other, ledger::TokenLayer::none()));
    EXPECT_EQ(import_error(), "ledger_file.other_register");
    EXPECT_EQ(erasures_in(there_).value(), other);
    EXPECT_FALSE(std::filesystem::exists(there_.database));
}

TEST_F(LedgerFileTest, NothingIsPutOverALedgerThatIsThere) {
    ASSERT_TRUE(export_ledger(files_, file_));
    EXPECT_EQ(import_ledger(file_, files_).error().message.id, "store.exists");
    EXPECT_EQ(open(Mode::kReadOnly)->count().value(), 44U);
}

TEST_F(LedgerFileTest, TheKeysTravelApart) {
    ASSERT_TRUE(export_ledger(files_, file_));
    EXPECT_EQ(import_error(), "person_keys.missing");
    carry_keys();
    EXPECT_EQ(import_error(), "no error");
    const std::string bytes = bytes_of_path(file_);
    const std::string keys = bytes_of_path(files_.person_keys);
    EXPECT_EQ(bytes.find(keys.substr(40, 32)), bytes.npos);
}

TEST_F(LedgerFileTest, ALongerRegisterThatIsThereIsKept) {
    ASSERT_TRUE(export_ledger(files_, file_));
    carry_keys();
    set_bytes_of_path(there_.erasures, bytes_of_path(files_.erasures));
    const std::vector<Erasure> more{{sample_event(2, "").person, 1,
                                     Date{std::chrono::year{2026} / 11 / 27},
                                     ErasureReason::kRequest}};
    ASSERT_TRUE(append_erasures(there_, more, ledger::TokenLayer::none()));
    EXPECT_EQ(import_error(), "no error");
    const auto there = open_ledger_store(there_, Mode::kReadWrite).value();
    EXPECT_TRUE(there->events_of({{sample_event(2, "").person}}).value().empty());
    EXPECT_EQ(erasures_in(there_).value().size(), 2U);
}

TEST_F(LedgerFileTest, AFileThatIsNotWholeMovesNothing) {
    ASSERT_TRUE(export_ledger(files_, file_));
    carry_keys();
    const std::string whole = bytes_of_path(file_);
    for (std::size_t place = 0; place < whole.size(); place += 13) {
        std::string changed = whole;
        changed[place] = static_cast<char>(changed[place] ^ 0x10);
        set_bytes_of_path(file_, changed);
        EXPECT_NE(import_error(), "no error") << place;
        EXPECT_FALSE(std::filesystem::exists(there_.database)) << place;
    }
    for (std::size_t size = 0; size < whole.size(); size += 997) {
        set_bytes_of_path(file_, whole.substr(0, size));
        EXPECT_NE(import_error(), "no error") << size;
    }
    set_bytes_of_path(file_, whole + "x");
    EXPECT_EQ(import_error(), "ledger_file.damaged");
    set_bytes_of_path(file_, "a;b;c\n");
    EXPECT_EQ(import_error(), "ledger_file.form");
    std::filesystem::remove(file_);
    EXPECT_EQ(import_error(), "file.missing");
}

}  // namespace
}  // namespace licet::store

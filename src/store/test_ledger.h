// SPDX-License-Identifier: Apache-2.0
//
// A ledger in a folder of its own, for the tests of this module: opened, damaged, read as bytes.
// For tests only.
#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ledger/person_keys.h"
#include "ledger/sample_event.h"
#include "store/ledger_log.h"
#include "store/ledger_store.h"

namespace licet::store {

inline std::string fresh_folder() {
    std::string folder = (std::filesystem::temp_directory_path() / "licet-store-XXXXXX").string();
    EXPECT_NE(mkdtemp(folder.data()), nullptr);
    return folder;
}

inline std::string bytes_of_path(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline void set_bytes_of_path(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

class LedgerTest : public testing::Test {
  protected:
    void TearDown() override { std::filesystem::remove_all(folder_); }

    [[nodiscard]] std::unique_ptr<ledger::Store> open(Mode mode) const {
        return open_ledger_store(files_, mode).value();
    }
    [[nodiscard]] std::string open_error(Mode mode) const {
        const auto store = open_ledger_store(files_, mode);
        return store ? "no error" : store.error().message.id;
    }
    [[nodiscard]] Result<Verified> verify(const std::optional<std::string>& kept = {}) const {
        return verify_ledger(files_, identity_, {.kept = kept});
    }
    [[nodiscard]] std::string verify_error(const std::optional<std::string>& kept = {}) const {
        const auto done = verify(kept);
        return done ? "no error" : done.error().message.id;
    }
    SignedCheckpoint sign(std::int64_t now = 1'772'445'600) const {
        return sign_checkpoint(files_, identity_.origin, private_pem_, now).value();
    }
    /// Forty events of three persons, every other an objection.
    void fill() const { fill_store(*open(Mode::kCreate)); }
    static void fill_store(ledger::Store& store) {
        std::vector<ledger::Event> batch;
        for (int i = 0; i < 40; ++i)
            batch.push_back(ledger::sample_event(static_cast<std::uint8_t>(i % 3),
                                                 std::to_string(i),
                                                 i % 2 == 0 ? ledger::EventKind::kObjectionRecorded
                                                            : ledger::EventKind::kInteraction));
        EXPECT_EQ(store.append(batch).value().added, 40U);
    }
    void run_sql(const std::string& sql) const {
        sqlite3* handle = nullptr;
        ASSERT_EQ(sqlite3_open(files_.database.c_str(), &handle), SQLITE_OK);
        char* why = nullptr;
        EXPECT_EQ(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, &why), SQLITE_OK) << why;
        sqlite3_close(handle);
    }
    [[nodiscard]] std::string bytes() const { return bytes_of_path(files_.database); }
    void set_bytes(const std::string& bytes) const { set_bytes_of_path(files_.database, bytes); }
    [[nodiscard]] static std::vector<ledger::Event> all(ledger::ReadStore& store) {
        std::vector<ledger::Event> out;
        EXPECT_TRUE(store.for_each(ledger::Which::kAll,
                                   [&](const ledger::Event& event) { out.push_back(event); }));
        return out;
    }
    /// Everything in the folder, by name.
    [[nodiscard]] std::map<std::string, std::string> copy() const {
        std::map<std::string, std::string> out;
        for (const auto& entry : std::filesystem::directory_iterator(folder_))
            if (entry.is_regular_file())
                out[entry.path().string()] = bytes_of_path(entry.path().string());
        return out;
    }

    /// Puts a copy back, but for one file that stays as it is.
    static void put_back(const std::map<std::string, std::string>& copy,
                         const std::string& but = "") {
        for (const auto& [path, bytes] : copy)
            if (path != but) set_bytes_of_path(path, bytes);
    }
    /// What a verification says of a copy after somebody did this to its database.
    [[nodiscard]] std::string verify_error_after(const std::map<std::string, std::string>& copy,
                                                 const std::string& sql) const {
        put_back(copy);
        run_sql(sql);
        return verify_error();
    }

    std::string folder_ = fresh_folder();
    LedgerFiles files_ = ledger_files_in(folder_);
    std::string private_pem_ = new_private_key().value();
    ledger::LogIdentity identity_{"licet/0011223344556677", public_key_of(private_pem_).value()};
};

/// Gives a ledger that is still to be made a layer over its tokens.
inline void put_layer_key(const LedgerFiles& files) {
    set_bytes_of_path(files.layer_key,
                      ledger::secret_text_of(ledger::TokenKey(ledger::new_root())));
    std::filesystem::permissions(files.layer_key, std::filesystem::perms(0600));
}

/// A store that takes its folder with it. `server` is where the database is, or empty.
class TemporaryStore final : public ledger::Store {
  public:
    explicit TemporaryStore(const std::string& server = "", bool has_layer = false) {
        const LedgerFiles files = ledger_files_in(folder_, server);
        if (has_layer) put_layer_key(files);
        store_ = open_ledger_store(files, Mode::kCreate).value();
    }
    TemporaryStore(const TemporaryStore&) = delete;
    TemporaryStore& operator=(const TemporaryStore&) = delete;
    ~TemporaryStore() override {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }
    Result<std::vector<ledger::StoredEvent>> events_of(
        std::span<const ledger::Token> tokens) override {
        return store_->events_of(tokens);
    }
    Result<std::vector<ledger::Suppression>> suppressions_of(
        std::span<const ledger::Token> tokens) override {
        return store_->suppressions_of(tokens);
    }
    Result<Done> for_each(ledger::Which which,
                          const std::function<void(const ledger::Event&)>& visit) override {
        return store_->for_each(which, visit);
    }
    Result<Done> for_each_suppression(
        const std::function<void(const ledger::Suppression&)>& visit) override {
        return store_->for_each_suppression(visit);
    }
    Result<std::uint64_t> count() override { return store_->count(); }
    Result<ledger::Appended> append(std::span<const ledger::Event> batch) override {
        return store_->append(batch);
    }
    Result<std::uint64_t> erase(std::span<const ledger::Token> persons, Date on,
                                ledger::ErasureReason reason, const IfStill& if_still) override {
        return store_->erase(persons, on, reason, if_still);
    }

  private:
    std::string folder_ = fresh_folder();
    std::unique_ptr<ledger::Store> store_;
};

}  // namespace licet::store

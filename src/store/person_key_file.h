// SPDX-License-Identifier: Apache-2.0
//
// The keys of persons on disk (ledger/person_keys.h), shared by all programs on one ledger.
//
//     a change = read what is there, change it, replace the file as a whole
//
// Whoever writes events looks first whether another program has replaced the file, so that nothing
// is sealed with a key that was destroyed meanwhile.
#pragma once

#include <string>

#include "ledger/person_keys.h"
#include "store/internal/durable_file.h"

namespace licet::store {

class PersonKeyFile {
  public:
    /// Makes a file with a new root; keeps one that is there. Errors: as `open`, and kBroken
    /// ("person_keys.unwritable").
    [[nodiscard]] static Result<PersonKeyFile> create(const std::string& path);
    /// Errors, with `path` in `where`: kMissing ("person_keys.missing"), kInput
    /// ("workspace.key_open_to_others", "person_keys.form").
    [[nodiscard]] static Result<PersonKeyFile> open(const std::string& path);

    [[nodiscard]] const ledger::PersonKeys& keys() const { return keys_; }

    /// Reads the file again if it is not the one that was read. Errors: as `open`.
    [[nodiscard]] Result<Done> refresh();

    /// Gives the key of a person who is written about; if every era's is destroyed, of a new era,
    /// which is on disk before this returns. Errors: kBroken ("person_keys.unwritable").
    [[nodiscard]] Result<ledger::PersonKey> key_to_write(const ledger::Token& token);

    /// Adds eras until there are `newest`; durable when it returns. Errors: as key_to_write.
    [[nodiscard]] Result<Done> begin_eras(ledger::Era newest);

    /// Destroys the keys of these persons up to their eras; durable when it returns. Gives false if
    /// there was nothing to destroy. With `is_read_only`, only in memory.
    [[nodiscard]] Result<bool> destroy(
        std::span<const std::pair<ledger::Token, ledger::Era>> persons, bool is_read_only);

    /// Holds the keys to what a ledger names as theirs; 0 = it names none yet. Errors: kInput
    /// ("person_keys.other").
    [[nodiscard]] Result<Done> check(std::uint64_t named) const;

  private:
    PersonKeyFile(std::string path, ledger::PersonKeys keys, FileState state)
        : path_(std::move(path)), keys_(std::move(keys)), state_(state) {}
    [[nodiscard]] Result<Done> save();

    std::string path_;
    ledger::PersonKeys keys_;
    FileState state_;
};

}  // namespace licet::store

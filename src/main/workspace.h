// SPDX-License-Identifier: Apache-2.0
//
// A workspace: the folder of one organisation.
//
//     config.toml    format, country of people for whom nothing else says it, turnover, database
//     ledger.db      the ledger (and its write-ahead log), unless a server keeps it
//     tenant.key     the key of the tokens, readable by its owner alone, kept apart from backups
//     layer.key      the key of what is laid over stored tokens, if tokens were rotated; so too
//     persons.keys   the keys that open events; so too
//     signing.key    the key that signs checkpoints; so too
//     signing.vkey   its public half, for whoever checks
//     erasures.txt   what was erased and must not come back
//     partners/      one key a list of objections that a partner made for us
//     exports/       one key an export to a warehouse, readable by its owner alone
//     notices/       the texts that people were shown, by SHA-256
//
// Whoever can read the key of the tokens can try addresses against the ledger: a key file that
// others can read is refused, not repaired.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/checkpoint.h"
#include "ledger/store.h"
#include "ledger/token.h"
#include "store/ledger_files.h"

namespace licet {

struct Workspace {
    std::string folder;
    std::string country;  ///< of people for whom nothing else says it
    /// Worldwide, annual, whole euros, if config.toml gives it: for what a breach may cost.
    std::optional<std::int64_t> turnover;
    std::string controller;            ///< name of the organisation, for records of consent
    std::string controller_contact;    ///< where it can be reached, likewise
    std::int64_t opt_in_days = 7;      ///< how long a consent asked for by mail can be confirmed
    std::int64_t suspect_seconds = 2;  ///< a confirmation sooner after the mail is a machine's
    std::string database;  ///< address of the server that keeps the ledger; empty = ledger.db
    ledger::TokenKey key;
    std::uint64_t key_check = 0;  ///< how the ledger names that key
};

/// Its files that are secret: what opens a ledger and signs for it, never beside it in an archive.
/// Not all need be there.
inline constexpr std::array kKeyFiles{"tenant.key", "persons.keys", "layer.key", "signing.key",
                                      "links.key"};

/// Creates folder, key, ledger and configuration; `database` is the address of a server, or empty.
/// Errors: kInput ("workspace.exists", "init.database"), kBroken, those of the server.
[[nodiscard]] Result<Workspace> create_workspace(const std::string& folder,
                                                 const std::string& country,
                                                 const std::string& database);

/// Opens the workspace in `folder` ("" = the current folder). Errors: kMissing
/// ("workspace.missing", "workspace.key_missing"), kInput ("workspace.key_open_to_others",
/// "workspace.key_form", toml).
[[nodiscard]] Result<Workspace> open_workspace(const std::string& folder);

/// True if the folder holds a workspace.
[[nodiscard]] bool has_workspace(const std::string& folder);

/// The path of a file or folder of the workspace.
[[nodiscard]] std::string path_in(const Workspace& workspace, std::string_view name);
[[nodiscard]] store::LedgerFiles files_of(const Workspace& workspace);
/// Where the ledger of a folder is, or will be, as its config.toml says if there is one: for a
/// ledger that is still to be put back. Errors: toml.
[[nodiscard]] Result<store::LedgerFiles> files_of_folder(const std::string& folder);

/// Makes a key for tokens. Errors: kBroken ("workspace.no_randomness").
[[nodiscard]] Result<ledger::TokenKey> new_token_key();
/// Errors: kMissing ("workspace.key_missing"), kInput ("workspace.key_open_to_others",
/// "workspace.key_form").
[[nodiscard]] Result<ledger::TokenKey> read_token_key(const std::string& path);
/// A text that is the same for the same key, and tells nothing of it: hexadecimal digits.
[[nodiscard]] Result<std::string> check_value_of(const ledger::TokenKey& key);
/// Writes a file of one's own alone that is not there yet, durable when it returns; wipes the text.
/// Errors: kBroken.
[[nodiscard]] Result<Done> write_secret(const std::string& path, std::string text);

/// What signs this ledger's log.
struct LogKey {
    ledger::LogIdentity identity;
    std::string private_pem;
};
/// Errors: kMissing ("log.key_missing"), kInput ("workspace.key_open_to_others", "log.key_form").
[[nodiscard]] Result<LogKey> log_key_of(const Workspace& workspace);

[[nodiscard]] Result<std::unique_ptr<ledger::Store>> open_ledger(const Workspace& workspace,
                                                                 bool is_read_only);

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
//
// The key of one export to a warehouse. It stays in the workspace, `exports/NAME.key`.
//
//     address ──tenant key──► token ──key of the export──► what leaves
//
// Each export of facts has a key of its own, so that two exports have no token in common, and the
// suppressions that go with it are exported under the same key. Nobody can find an address in an
// export without both keys. Beside the key stands by which partners' lists its rows are known.
#pragma once

#include <set>
#include <string>

#include "ledger/token_layer.h"
#include "main/workspace.h"

namespace licet {

struct ExportKey {
    std::string name;  ///< of the export: tells nothing of the key
    ledger::TokenLayer layer;
    std::set<std::string> lists;  ///< see list_names()
};

/// The forms of addresses that stand for lists taken in: digests, and partners by their keys.
/// `reasons` are those of the suppressions. Errors: those of reading the keys of partners.
[[nodiscard]] Result<std::set<std::string>> list_names(
    const Workspace& workspace, const std::set<std::string, std::less<>>& reasons);

/// Makes a key and keeps it. Errors: kBroken ("workspace.no_randomness"), those of the files.
[[nodiscard]] Result<ExportKey> new_export_key(const Workspace& workspace,
                                               std::set<std::string> lists);
/// Errors: kMissing ("export.key_missing"), those of read_token_key().
[[nodiscard]] Result<ExportKey> export_key_of(const Workspace& workspace, const std::string& name);
/// Removes the key of an export that was replaced: nobody can add to it any more.
void forget_export_key(const Workspace& workspace, const std::string& name);

}  // namespace licet

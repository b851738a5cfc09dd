// SPDX-License-Identifier: Apache-2.0
//
// What was imported, signed: a receipt to keep beside the list, and the batch's record in the
// ledger (docs/ledger-format.md, section 16).
//
//     ImportReceipt ──► one line of JSON ──► signed note ──► imports/BATCH.txt
//                                                       └──► certificate_issued, about = import
//
// It names nobody. The event makes it impossible to deny that the batch was there, and tells a
// second run that all of it is on disk.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>

#include "base/digest.h"
#include "ledger/store.h"
#include "main/screen_certificate.h"

namespace licet {

struct ImportReceipt {
    std::string about = "import";  ///< or "import_undone"
    std::string program;
    std::string batch;
    std::string kind;  ///< of an import
    Digest file{};     ///< of an import: the bytes of the list
    std::uint64_t file_bytes = 0;
    Digest declaration{};  ///< of an import: the bytes of source.toml
    std::uint64_t rows = 0;
    std::uint64_t left_out = 0;
    /// Rows by what they told; of an undoing, persons whose claims ended and objections that stand.
    std::map<std::string, std::uint64_t> counts;
    std::uint64_t events = 0;  ///< stored for the first time
};

/// Signs the receipt over the ledger as it is now, records it in the ledger and writes it into the
/// folder `imports` of the workspace. Gives its path. Errors: those of certificate_ground(), of the
/// store and of ByteWriter.
[[nodiscard]] Result<std::string> issue_receipt(const Workspace& workspace,
                                                const ImportReceipt& receipt);

/// The day on which a receipt about this batch was issued; nothing if none was. Errors: those of
/// the store.
[[nodiscard]] Result<std::optional<Date>> receipt_day(ledger::ReadStore& store,
                                                      std::string_view batch,
                                                      std::string_view about);

/// Where the receipt about a batch is.
[[nodiscard]] std::string receipt_path(const Workspace& workspace, const std::string& batch,
                                       const std::string& about);

/// Keeps a declaration beside the receipt of its batch: what was declared must be there when it is
/// asked about. Errors: those of ByteWriter.
[[nodiscard]] Result<Done> keep_declaration(const Workspace& workspace, const std::string& batch,
                                            std::string_view text);

}  // namespace licet

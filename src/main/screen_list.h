// SPDX-License-Identifier: Apache-2.0
//
// The list of a screening, which is wanted twice: for refusals, then for verdicts.
//
//     CSV, JSON Lines, vCards   the file is opened twice; of a pipe there is no second time
//     workbook                  read once, its rows kept in a file without a name
//
// Whichever way, its digest is that of the bytes that the verdicts rest on.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/digest.h"
#include "lists/list_copy.h"
#include "main/files.h"

namespace licet {

class ScreenList {
  public:
    /// Errors: those of ByteReader.
    [[nodiscard]] static Result<ScreenList> open(const std::string& path);

    /// True if it is a file, which can be read twice.
    [[nodiscard]] bool is_file() const { return reader_->size_bytes() > 0; }
    [[nodiscard]] std::uint64_t size_bytes() const { return reader_->size_bytes(); }
    [[nodiscard]] std::uint64_t bytes_read() const { return reader_->bytes_read(); }

    /// Gives the list to be read for refusals, to its end; nothing if it can be read but once.
    /// Errors: those of open_list(), with a place, of ByteReader and of ScratchFile.
    [[nodiscard]] Result<std::optional<lists::ListSource>> for_refusals();
    /// Gives the list to be read for verdicts, after for_refusals(). Call it once.
    [[nodiscard]] lists::ListSource for_verdicts();
    /// Digest of what was read for the verdicts.
    [[nodiscard]] Digest sha256() { return hasher_->digest(); }

  private:
    ScreenList(std::string path, std::unique_ptr<ByteReader> reader);
    [[nodiscard]] Result<lists::ListSource> opened(lists::ByteSource source) const;
    [[nodiscard]] static Result<lists::ListCopy> copy_of(lists::ListSource list);

    std::string path_;
    std::shared_ptr<ByteReader> reader_;
    std::shared_ptr<Hasher> hasher_ = std::make_shared<Hasher>();
    std::optional<lists::ListSource> list_;
    std::optional<lists::ListCopy> copy_;
};

}  // namespace licet

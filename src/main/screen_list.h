// SPDX-License-Identifier: Apache-2.0
//
// The list of a screening, which is wanted twice: for refusals, then for verdicts.
//
//     CSV, JSON Lines, vCards   read twice (steady_file.h)
//     workbook                  read once, its rows kept in a file without a name
//
// Whichever way, its digest is that of the bytes that the verdicts rest on.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/digest.h"
#include "lists/list_copy.h"
#include "main/steady_file.h"

namespace licet {

class ScreenList {
  public:
    /// Errors: those of ByteReader.
    [[nodiscard]] static Result<ScreenList> open(const std::string& path);

    /// True if it is a file, which can be read twice.
    [[nodiscard]] bool is_file() const { return file_.is_file(); }
    [[nodiscard]] std::uint64_t size_bytes() const { return file_.size_bytes(); }
    /// Of what is read for the verdicts.
    [[nodiscard]] std::uint64_t bytes_read() const { return *read_; }

    /// Gives the list to be read for refusals. Errors: those of open_list(), with a place, of
    /// ByteReader and of ScratchFile.
    [[nodiscard]] Result<lists::ListSource> for_refusals();
    /// Gives the list to be read for verdicts, after for_refusals(). Call it once.
    [[nodiscard]] lists::ListSource for_verdicts();
    /// Digest of what was read for the verdicts.
    [[nodiscard]] Digest sha256() { return hasher_->digest(); }

  private:
    ScreenList(std::string path, SteadyFile file);
    [[nodiscard]] Result<lists::ListSource> opened(lists::ByteSource source) const;
    [[nodiscard]] static Result<lists::ListCopy> copy_of(lists::ListSource list);

    std::string path_;
    SteadyFile file_;
    std::shared_ptr<Hasher> hasher_ = std::make_shared<Hasher>();
    std::shared_ptr<std::uint64_t> read_ = std::make_shared<std::uint64_t>(0);
    std::optional<lists::ListSource> list_;
    std::optional<lists::ListCopy> copy_;
};

}  // namespace licet

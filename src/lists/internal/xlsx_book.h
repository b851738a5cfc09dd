// SPDX-License-Identifier: Apache-2.0
//
// A workbook (ECMA-376, XLSX): its archive, its sheets, its shared strings, its number formats.
//
//     _rels/.rels -> xl/workbook.xml -> (relations) -> the first visible sheet
//                                                      shared strings, styles
//
// The archive is held in memory as it is in the file, packed; parts are expanded as they are read,
// each up to a limit. Only the shared strings are held expanded, up to another. Names in the
// archive only serve to find parts in it: nothing is ever written under them.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lists/internal/inflate.h"
#include "lists/internal/xlsx_cells.h"
#include "lists/internal/xml.h"

struct zip;

namespace licet::lists::internal {

/// How much of a workbook is read.
struct BookLimits {
    std::uint64_t file_bytes = std::uint64_t{512} << 20;
    std::uint64_t entries = 10'000;
    std::uint64_t string_bytes = std::uint64_t{512} << 20;
    ExpansionLimit part = {std::uint64_t{8} << 30, 300, std::uint64_t{64} << 20};
};

/// All shared strings in one text.
class StringTable {
  public:
    void add(std::string_view text) {
        text_ += text;
        ends_.push_back(text_.size());
    }
    [[nodiscard]] std::size_t size() const { return ends_.size(); }
    [[nodiscard]] std::uint64_t bytes() const {
        return text_.size() + ends_.size() * sizeof(std::size_t);
    }
    /// `index` < size().
    [[nodiscard]] std::string_view operator[](std::size_t index) const {
        const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
        return std::string_view(text_).substr(begin, ends_[index] - begin);
    }

  private:
    std::string text_;
    std::vector<std::size_t> ends_;
};

class Archive {
  public:
    /// Errors: kInput "packed.corrupt", "xlsx.too_many_entries", "xlsx.name_twice".
    [[nodiscard]] static Result<Archive> open(std::string bytes, const std::string& file_name,
                                              const BookLimits& limits);

    [[nodiscard]] const std::string& file_name() const { return file_name_; }
    [[nodiscard]] bool has(const std::string& name) const;
    /// Gives a part as it is expanded. The archive outlives it.
    /// Errors: kInput "xlsx.no_part"; while reading, "packed.corrupt", "packed.bomb".
    [[nodiscard]] Result<ByteSource> part(const std::string& name) const;
    /// Reads a whole part. Errors: those of part(), of the handlers, of XmlReader.
    [[nodiscard]] Result<Done> read(const std::string& name, XmlHandlers handlers) const;

  private:
    struct Close {
        void operator()(zip* archive) const;
    };
    std::unique_ptr<std::string> bytes_;
    std::unique_ptr<zip, Close> zip_;
    std::string file_name_;
    ExpansionLimit limit_;
};

struct Book {
    std::string sheet_name;
    std::string sheet_part;
    std::vector<std::string> hidden_before;  ///< sheets that come first and are hidden
    std::size_t visible_after = 0;           ///< sheets that are not read
    bool is_1904 = false;
    std::vector<NumberForm> forms;  ///< by the number of a cell's style
    StringTable strings;
};

/// Finds the workbook of an archive; nothing if there is none in it.
/// Errors: those of Archive::read.
[[nodiscard]] Result<std::optional<std::string>> workbook_part(const Archive& archive);

/// Reads all of a workbook but its sheets.
/// Errors: kInput "xlsx.no_sheet", "xlsx.strings_too_large", those of Archive.
[[nodiscard]] Result<Book> read_book(const Archive& archive, const std::string& workbook,
                                     const BookLimits& limits);

}  // namespace licet::lists::internal

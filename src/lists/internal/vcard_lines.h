// SPDX-License-Identifier: Apache-2.0
//
// Unfolded lines of vCards, in constant memory.
//
//     NOTE:one line that⏎            NOTE:one line that was folded
//      was folded⏎             ->
//
// A line goes on if the next one begins with a space or a tab, or if it is in quoted-printable and
// ends with `=`. Lines end with LF, CRLF or CR. Of a line that is too long its beginning is given.
#pragma once

#include <string>

#include "lists/csv_reader.h"
#include "lists/internal/vcard_property.h"

namespace licet::lists::internal {

struct CardLine {
    std::string text;
    std::uint64_t number = 0;  ///< of its first line in the file, from 1
    bool is_cut = false;       ///< it was longer than kMaxFieldBytes
};

class CardLines {
  public:
    explicit CardLines(ByteSource source) : source_(std::move(source)) {}

    /// Gives the next line, valid until the next call; null at the end.
    /// Errors: those of the source.
    [[nodiscard]] Result<const CardLine*> next();
    /// Makes next() give the same line again.
    void put_back() { is_put_back_ = true; }
    /// Version 2.1 keeps the space that begins a folded line.
    void set_version(CardVersion version) { version_ = version; }

  private:
    [[nodiscard]] Result<bool> read_physical();
    [[nodiscard]] Result<bool> fill();
    static void append(CardLine& line, std::string_view text);

    ByteSource source_;
    std::string block_;
    std::size_t place_ = 0;  // in block_
    bool is_after_cr_ = false;
    bool is_at_start_ = true;
    std::uint64_t number_ = 0;
    CardLine line_;
    CardLine ahead_;
    bool has_ahead_ = false;
    bool is_put_back_ = false;
    CardVersion version_ = CardVersion::k30;
};

}  // namespace licet::lists::internal

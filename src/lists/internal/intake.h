// SPDX-License-Identifier: Apache-2.0
//
// From the bytes of a file to one growing buffer of UTF-8.
//
//     source -> block -> (decoded) -> Buffer: [ record being read | what follows | 64 bytes of
//     padding ]
//
// UTF-8 is read straight into the buffer; other encodings pass through a second block. A
// file that was ASCII so far decides between UTF-8 and one byte a letter in the block of its first
// accent.
#pragma once

#include <string>
#include <vector>

#include "lists/csv_reader.h"
#include "lists/internal/csv_marks.h"

namespace licet::lists::internal {

/// Bytes [0, end) are text; at least kPaddingBytes more can be read.
struct Buffer {
    std::vector<char> bytes = std::vector<char>(kPaddingBytes);
    std::size_t end = 0;

    [[nodiscard]] std::string_view text() const { return {bytes.data(), end}; }
    void drop_front(std::size_t count);
    void make_room(std::size_t count);
    void append(std::string_view text);
};

class Intake {
  public:
    Intake(ByteSource source, std::size_t block_bytes)
        : source_(std::move(source)), block_bytes_(block_bytes) {}

    /// Reads the first block and settles the dialect. Errors: those of dialect_of and of the
    /// source.
    /// With a dialect that is given, `may_have_titles` asks for lines above the header row.
    [[nodiscard]] Result<Done> begin(const std::optional<Dialect>& given, bool may_have_titles);

    /// Appends the next block to `buffer`; false if nothing follows. Errors: those of the source.
    [[nodiscard]] Result<bool> fill(Buffer& buffer);

    [[nodiscard]] const Dialect& dialect() const { return dialect_; }
    [[nodiscard]] std::uint64_t bytes_read() const { return bytes_read_; }

  private:
    [[nodiscard]] Result<std::size_t> read_block(std::span<char> block);
    [[nodiscard]] Result<Done> fill_utf8(Buffer& buffer);
    [[nodiscard]] Result<Done> fill_decoded(Buffer& buffer);
    void settle_encoding(Buffer& buffer, std::size_t from);
    void decode(Buffer& buffer, std::string_view bytes);

    ByteSource source_;
    std::size_t block_bytes_;
    Dialect dialect_;
    std::string waiting_;  // bytes that were read and not yet given
    bool is_at_end_ = false;
    std::uint64_t bytes_read_ = 0;
};

/// Gives the place of the first byte above 0x7F, or the size.
[[nodiscard]] std::size_t ascii_prefix(std::string_view text);

}  // namespace licet::lists::internal

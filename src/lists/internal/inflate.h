// SPDX-License-Identifier: Apache-2.0
//
// Expands gzip and zstd as they are read.
//
// A file may hold several streams one after the other (`cat a.gz b.gz`): they are one text. What
// follows the last one must be nothing. A list that expands beyond all reason is a bomb: lists of
// people shrink ten times, of repeated people a hundred times, not a thousand times.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lists/csv_reader.h"

namespace licet::lists::internal {

enum class Packing { kGzip, kZstd };

/// How far a file may expand. The ratio counts only beyond `free_bytes`.
struct ExpansionLimit {
    std::uint64_t largest_bytes = std::uint64_t{64} << 30;
    std::uint64_t largest_ratio = 300;
    std::uint64_t free_bytes = std::uint64_t{64} << 20;

    /// Says why `given` bytes from `taken` are too many. Errors: kInput "packed.bomb".
    [[nodiscard]] Result<Done> check(std::uint64_t taken, std::uint64_t given,
                                     const std::string& where) const;
};

/// Says how the file that begins with `block` is packed, if it is.
[[nodiscard]] std::optional<Packing> packing_of(std::string_view block);

/// Gives the expanded bytes of `source`.
/// Errors: kInput "packed.corrupt" (cut or damaged), "packed.bomb"; those of the source.
[[nodiscard]] ByteSource expanded(ByteSource source, Packing packing, std::string file_name,
                                  ExpansionLimit limit = {});

/// Gives `prefix`, then what `source` gives.
[[nodiscard]] ByteSource preceded(std::string prefix, ByteSource source);

/// Takes bytes from `source` until there are `size` or it ends.
/// Errors: those of the source.
[[nodiscard]] Result<std::string> read_up_to(const ByteSource& source, std::size_t size);

}  // namespace licet::lists::internal

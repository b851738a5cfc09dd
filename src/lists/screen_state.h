// SPDX-License-Identifier: Apache-2.0
//
// What a screening leaves beside its results for the next one: on whom each row rests, and until
// when. With it, `licet screen --since` tells whether anything can have changed without reading the
// list as a list.
//
//     licet-screen-state-1 LF
//     row, row, ...        outcome (1 byte), day (1: number of days after that of the contact on
//                          which something else would be said; 0 = none that was looked at), count
//                          of tokens (2), the first 8 bytes of each
//     FF                   the end of the rows
//     at, settings, list, allowed, SHA-256 of all bytes before (32 bytes each)
//
// `at` is the SHA-256 of the moment's text, `settings` that of all else the rows rest on; `list`
// and `allowed` are those of the files. The file is its owner's alone: tokens tell who is in a list
// to whoever has the ledger's key. It is of this version of the program: another one reads nothing
// into it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/digest.h"
#include "ledger/token.h"
#include "lists/certificate.h"
#include "lists/csv_reader.h"
#include "lists/csv_writer.h"
#include "lists/screen.h"

namespace licet::lists {

/// What a state belongs to.
struct StateBasis {
    Digest at{};
    Digest settings{};
    Digest list{};
    Digest allowed{};
    friend bool operator==(const StateBasis&, const StateBasis&) = default;
};

/// Writes a state row by row.
class StateWriter {
  public:
    /// `day` is that of the contact.
    StateWriter(ByteSink sink, Date day) : sink_(std::move(sink)), day_(day) {}
    void add(const RowSeen& row);
    /// Errors: those of the sink, whenever they came.
    [[nodiscard]] Result<Done> finish(const StateBasis& basis);

  private:
    void put(std::string_view bytes);
    void flush();
    ByteSink sink_;
    Date day_;
    bool has_begun_ = false;
    std::string buffer_;
    Hasher hasher_;
    Result<Done> done_{Done{}};
};

/// The part of a token that a state keeps.
[[nodiscard]] std::uint64_t short_token(const ledger::Token& token);

/// What can have changed.
struct Concerned {
    std::uint64_t rows = 0;       ///< all rows of the state
    std::uint64_t by_events = 0;  ///< of persons about whom something came
    std::uint64_t by_days = 0;    ///< others, whose day has come
    StateBasis basis;
};

/// Counts the rows that rest on one of `persons`, or of which something else is said at the latest
/// `days` after the day of the contact. Errors: those of the source; kInput ("certificate.state")
/// for anything that StateWriter did not write.
[[nodiscard]] Result<Concerned> concerned_rows(const ByteSource& source,
                                               const std::unordered_set<std::uint64_t>& persons,
                                               int days);

}  // namespace licet::lists

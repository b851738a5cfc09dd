// SPDX-License-Identifier: Apache-2.0
//
// The parts of a Markdown file that the law engine reads: fenced `law` blocks, tables, and the
// `given:` line above a table. Prose is for lawyers and is left alone, but headings are kept: they
// name a table in reports. Everything remembers its line and column, for errors.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace licet::law {

/// A file of a pack; `path` is shown in errors and is relative to the packs' folder.
struct SourceFile {
    std::string path;
    std::string text;
    friend bool operator==(const SourceFile&, const SourceFile&) = default;
};

/// A place in a source file; line and column count from 1.
struct Place {
    std::string path;
    int line = 0;
    int column = 0;
    [[nodiscard]] std::string text() const;
};

struct Cell {
    std::string text;  ///< trimmed, back-ticks dropped
    int column = 0;
};

struct Row {
    int line = 0;
    std::vector<Cell> cells;
};

struct Table {
    int line = 0;  ///< of the header
    std::string heading;
    std::string given;  ///< text after `given:`, joined over its lines; empty if there is none
    /// Where the lines of `given` begin: offset into it, line and column in the file.
    struct GivenLine {
        std::size_t offset = 0;
        int line = 0;
        int column = 0;
        friend bool operator==(const GivenLine&, const GivenLine&) = default;
    };
    std::vector<GivenLine> given_lines;
    std::vector<Cell> header;
    std::vector<Row> rows;

    /// Gives the index of the column named `name`, or -1.
    [[nodiscard]] int column_of(std::string_view name) const;
    /// Gives the place of a part of `given`, by its offset.
    [[nodiscard]] Place place_in_given(const std::string& path, std::size_t offset) const;
};

struct FencedLine {
    int number = 0;
    std::string text;
};

struct Fence {
    int line = 0;
    std::string language;
    std::vector<FencedLine> lines;
    bool is_closed = false;
};

struct Markdown {
    std::string path;
    std::vector<Table> tables;
    std::vector<Fence> fences;
    std::vector<int> idle_givens;  ///< lines of `given:` that no table follows
};

/// Cuts "| a | b |" at its bars; `\|` is a bar inside a cell. The parts are views into `line`, with
/// the spaces around them.
[[nodiscard]] std::vector<std::string_view> raw_cells(std::string_view line);

/// Says whether `text` is of a kind that is read at all: not over `kLargestFileBytes`, and UTF-8.
/// Errors: kInput ("law.file_too_large", "law.not_utf8").
[[nodiscard]] Result<Done> check_text(const SourceFile& file);

/// The largest file of a pack. The law of a country is a few hundred kilobytes.
inline constexpr std::size_t kLargestFileBytes = 4 << 20;

/// Reads a file. It cannot fail: what is no table and no fence is prose.
[[nodiscard]] Markdown read_markdown(const SourceFile& file);

}  // namespace licet::law

// SPDX-License-Identifier: Apache-2.0
#include "lists/internal/first_rows.h"

#include <algorithm>

#include "base/text.h"
#include "lists/cells.h"

namespace licet::lists::internal {
namespace {

// Rows that repeat the header are there when files were put together: nobody is in them.
bool is_header_again(std::span<const std::string> header, const Cells& row) {
    return std::equal(header.begin(), header.end(), row.begin(), row.end(),
                      [](const auto& a, const auto& b) { return folded(a) == folded(b); });
}

// A name may have a number: "Email 2".
bool is_value(std::string_view cell) {
    constexpr std::ptrdiff_t kDigitsOfAValue = 3;
    return cell.find('@') != cell.npos ||
           std::count_if(cell.begin(), cell.end(), is_ascii_digit) >= kDigitsOfAValue ||
           mark_of(cell) != Mark::kUnknown;
}

// One of them must be where people are named: "Client;Refus;Newsletter" may be said of somebody.
bool is_made_of_names(const Cells& row) {
    // Nearly every row has an address or a number, which is soon seen.
    if (std::any_of(row.begin(), row.end(), [](const std::string& cell) {
            return !trimmed(cell).empty() && is_value(cell);
        }))
        return false;
    constexpr int kLeastNames = 2;
    int whole = 0;
    int others = 0;
    bool is_telling = false;
    for (const std::string& cell : row) {
        if (trimmed(cell).empty()) continue;
        const auto named = named_column(cell);
        (named && named->is_whole ? whole : others) += 1;
        is_telling = is_telling || (named && (named->is_contact || named->is_person));
    }
    return whole >= kLeastNames && whole > others && is_telling;
}

// Of a row made of names, those that are known: the others may be anything.
std::vector<std::string> known_names(const Cells& row) {
    std::vector<std::string> names;
    for (const std::string& cell : row)
        if (named_column(cell)) names.push_back(cell);
    return names;
}

// The cells of a row; of one that the header, of one cell, did not tell how to cut, those that
// would be names of columns.
Cells cells_as_names(const Cells& row) {
    if (row.size() != 1) return row;
    for (const char sign : {';', ',', '\t', '|'}) {
        const std::vector<std::string_view> parts = split(row.front(), sign);
        Cells cells(parts.begin(), parts.end());
        if (parts.size() > 1 && is_made_of_names(cells)) return cells;
    }
    return row;
}

// The sign that separates the cells of all rows, where it is not that of the header.
char other_separator_of(std::span<const std::string> header, std::span<const Cells> rows) {
    if (header.size() < 2 || rows.empty()) return '\0';
    for (const char sign : {';', ',', '\t', '|'})
        if (std::all_of(rows.begin(), rows.end(), [&](const Cells& row) {
                return row.size() == 1 && row.front().find(sign) != std::string::npos;
            }))
            return sign;
    return '\0';
}

std::string worded_separator(char separator) {
    return separator == '\t' ? "TAB" : std::string(1, separator);
}

}  // namespace

KeptRecord::KeptRecord(const Record& from) : raw_(from.raw), record_(from) {
    for (const std::string_view field : from.fields) fields_.emplace_back(field);
}

const Record& KeptRecord::view() {
    views_.assign(fields_.begin(), fields_.end());
    record_.fields = views_;
    record_.raw = raw_;
    return record_;
}

Result<std::vector<KeptRecord>> first_rows_of(CsvReader& reader) {
    constexpr std::size_t kFirstRows = 200;
    std::vector<KeptRecord> rows;
    while (rows.size() < kFirstRows) {
        const Record* record = LICET_TRY(reader.next());
        if (record == nullptr) break;
        rows.emplace_back(*record);
    }
    return rows;
}

std::vector<Cells> cells_of(const std::vector<KeptRecord>& rows) {
    std::vector<Cells> cells;
    cells.reserve(rows.size());
    for (const KeptRecord& row : rows) cells.push_back(row.cells());
    return cells;
}

Read<Mapping> mapping_of_first(const CsvReader& reader, std::span<const Cells> rows,
                               std::span<const std::uint64_t> lines,
                               std::span<const std::string> choices) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Cells cells = cells_as_names(rows[i]);
        if (!is_made_of_names(cells) || is_header_again(reader.header(), rows[i])) continue;
        Read<Mapping> out;
        out.problems.push_back(
            error(ErrorCode::kInput, "csv.names_below",
                  {{"line", std::to_string(lines[i])}, {"names", join(known_names(cells), ", ")}}));
        return out;
    }
    if (const char other = other_separator_of(reader.header(), rows); other != '\0') {
        Read<Mapping> out;
        out.problems.push_back(error(ErrorCode::kInput, "csv.two_separators",
                                     {{"names", worded_separator(reader.dialect().separator)},
                                      {"rows", worded_separator(other)}}));
        return out;
    }
    return mapping_of(reader.header(), rows, choices);
}

Read<Mapping> mapping_of_first(const CsvReader& reader, const std::vector<KeptRecord>& rows,
                               std::span<const std::string> choices) {
    std::vector<std::uint64_t> lines;
    lines.reserve(rows.size());
    for (const KeptRecord& row : rows) lines.push_back(row.line());
    return mapping_of_first(reader, cells_of(rows), lines, choices);
}

void note_refusals_in_text(const ContactReader& contacts, std::uint64_t count,
                           std::vector<Message>& notes) {
    if (count == 0) return;
    notes.emplace_back("csv.refused_in_text",
                       Message::Arguments{{"count", std::to_string(count)},
                                          {"columns", join(contacts.text_columns(), ", ")}});
}

void note_dates(const ContactReader& contacts, std::vector<Message>& notes) {
    const std::vector<std::string> names = contacts.ambiguous_columns();
    if (names.empty()) return;
    notes.emplace_back("csv.ambiguous_dates", Message::Arguments{{"columns", join(names, ", ")}});
}

std::vector<Message> notes_on_header(const CsvReader& reader) {
    std::vector<Message> notes;
    if (const std::size_t titles = reader.dialect().title_lines; titles > 0)
        notes.emplace_back("csv.title_lines",
                           Message::Arguments{{"count", std::to_string(titles)}});
    if (!reader.has_header())
        notes.emplace_back("csv.no_header",
                           Message::Arguments{{"names", reader.header().size() == 1
                                                            ? reader.header().front()
                                                            : reader.header().front() + " … " +
                                                                  reader.header().back()}});
    return notes;
}

}  // namespace licet::lists::internal

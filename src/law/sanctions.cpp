// SPDX-License-Identifier: Apache-2.0
#include "law/sanctions.h"

#include <algorithm>

#include "base/text.h"
#include "law/columns.h"

namespace licet::law {
namespace {

// One row, and where its faults are told.
class RowReader {
  public:
    RowReader(const std::string& path, const Table& table, const Row& row,
              std::vector<Error>& problems)
        : path_(path), table_(table), row_(row), problems_(problems) {}

    Cell cell(std::string_view column) const {
        const int index = table_.column_of(column);
        const bool is_there = index >= 0 && static_cast<std::size_t>(index) < row_.cells.size();
        return is_there ? row_.cells[static_cast<std::size_t>(index)] : Cell{{}, 1};
    }
    std::string text(std::string_view column) const { return cell(column).text; }
    std::string place() const { return Place{path_, row_.line, 1}.text(); }

    std::string needed(std::string_view column) {
        const Cell one = cell(column);
        if (one.text.empty())
            fault(Cell{std::string(column), one.column}, "law.sanction_incomplete");
        return one.text;
    }
    Words words(std::string_view french, std::string_view english) {
        return {needed(french), needed(english)};
    }
    std::string day(std::string_view column) {
        const Cell one = cell(column);
        if (!one.text.empty() && !parse_date(one.text)) fault(one, "law.date_expected");
        return one.text;
    }
    // "1 500 000" or "1500000", in euros.
    std::optional<std::int64_t> amount(std::string_view column) {
        const Cell one = cell(column);
        if (one.text.empty()) return std::nullopt;
        std::string digits;
        for (const char c : one.text)
            if (c != ' ') digits += c;
        const auto number = whole_number(digits);
        if (!number) fault(one, "law.amount_expected");
        return number ? std::optional<std::int64_t>(*number) : std::nullopt;
    }
    int percent(std::string_view column) {
        const Cell one = cell(column);
        if (one.text.empty()) return 0;
        const auto number = one.text.ends_with(" %")
                                ? whole_number(one.text.substr(0, one.text.size() - 2))
                                : std::nullopt;
        if (!number || *number > 100) fault(one, "law.percent_expected");
        return number ? static_cast<int>(*number) : 0;
    }
    std::string grade() {
        const Cell one = cell("grade");
        if (one.text != "P" && one.text != "S" && one.text != "M") fault(one, "law.source_grade");
        return one.text;
    }

  private:
    void fault(const Cell& at, std::string_view id) {
        problems_.push_back(error(ErrorCode::kInput, id, {{"text", at.text}},
                                  Place{path_, row_.line, std::max(at.column, 1)}.text()));
    }

    const std::string& path_;
    const Table& table_;
    const Row& row_;
    std::vector<Error>& problems_;
};

std::vector<std::string> parts_of(const std::string& text, char separator) {
    std::vector<std::string> out;
    for (const std::string_view part : split(text, separator))
        if (!trimmed(part).empty()) out.emplace_back(trimmed(part));
    return out;
}

Ceiling ceiling_of(RowReader row) {
    Ceiling out;
    out.sources = parts_of(row.needed("breach of"), ',');
    out.body = row.words("body fr", "body en");
    out.from = row.day("from");
    out.until = row.day("until");
    out.person = row.amount("person");
    out.company = row.amount("company").value_or(0);
    out.turnover_percent = row.percent("turnover");
    out.grade = row.grade();
    out.place = row.place();
    return out;
}

PastSanction decision_of(RowReader row) {
    PastSanction out;
    out.reference = row.needed("decision");
    out.on = row.day("on");
    out.against = row.needed("against");
    out.amount = row.amount("amount");
    out.annulled = row.day("annulled");
    out.rules = parts_of(row.text("rules"), ' ');
    out.lesson = row.words("fr", "en");
    out.grade = row.grade();
    out.place = row.place();
    return out;
}

}  // namespace

bool Ceiling::is_in_force(Date day) const {
    const auto first = parse_date(from);
    const auto end = parse_date(until);
    return (!first || *first <= day) && (!end || day < *end);
}

std::int64_t Ceiling::for_company(std::optional<std::int64_t> turnover) const {
    // Divided first: a turnover near the largest number must not overflow.
    const std::int64_t share = turnover.value_or(0) / 100 * turnover_percent;
    return std::max(company, share);
}

Read<Sanctions> read_sanctions(const SourceFile& file) {
    Read<Sanctions> out;
    const Columns ceilings{{"breach of", "body fr", "body en", "company", "grade"},
                           {"from", "until", "person", "turnover"}};
    const Columns decisions{{"decision", "on", "against", "amount", "rules", "fr", "en", "grade"},
                            {"annulled"}};
    for (const Table& table : read_markdown(file).tables) {
        const bool is_ceilings = table.column_of("breach of") == 0;
        const bool is_decisions = table.column_of("decision") == 0;
        if (!is_ceilings && !is_decisions) continue;
        const Columns& columns = is_ceilings ? ceilings : decisions;
        if (!check_columns(file.path, table, columns, out.problems)) continue;
        for (const Row& row : table.rows) {
            const RowReader reader(file.path, table, row, out.problems);
            if (is_ceilings)
                out.value.ceilings.push_back(ceiling_of(reader));
            else
                out.value.decisions.push_back(decision_of(reader));
        }
    }
    return out;
}

}  // namespace licet::law

// SPDX-License-Identifier: Apache-2.0
#include "law/registers.h"

#include <algorithm>
#include <array>
#include <map>

#include "law/atoms.h"
#include "law/columns.h"
#include "law/facts.h"
#include "law/in_force.h"
#include "law/internal/row_reader.h"

namespace licet::law {
namespace {

constexpr std::array<std::string_view, 3> kKinds = {"statutory", "industry", "directory"};
constexpr std::array<std::string_view, 5> kOverrides = {"none", "consent", "consent_after_listing",
                                                        "contract", "relation"};

template <std::size_t N>
std::string word(RowReader& row, std::string_view column,
                 const std::array<std::string_view, N>& known) {
    const Cell cell = row.cell(column);
    if (std::find(known.begin(), known.end(), cell.text) == known.end())
        row.fault(cell, "law.register_word");
    return cell.text;
}

// "15 days", or nothing.
std::string period(RowReader& row, std::string_view column) {
    const Cell cell = row.cell(column);
    const auto parts = split(cell.text, ' ');
    const bool is_period = parts.size() == 2 && period_of(parts[0], parts[1]).has_value();
    if (!cell.text.empty() && !is_period) row.fault(cell, "law.register_period");
    return is_period ? cell.text : std::string{};
}

Register register_of(RowReader row, const Vocabulary& vocabulary) {
    Register out;
    const Cell key = row.cell("register");
    out.key = key.text;
    if (vocabulary.find("register." + key.text) == kNoFact) row.fault(key, "law.unknown_register");
    out.kind = word(row, "kind", kKinds);
    out.from = row.day("from");
    out.until = row.day("until");
    row.in_order("from", "until");
    out.serves = period(row, "serves");
    out.takes_effect = period(row, "takes effect");
    out.overridden_by = word(row, "overridden by", kOverrides);
    out.channels = row.parts("channels", ' ');
    const FactId channel = vocabulary.find("channel");
    for (const std::string& one : out.channels)
        if (channel == kNoFact || !parse_value(vocabulary.fact(channel), one))
            row.fault({one, row.cell("channels").column}, "law.register_word");
    out.grade = row.grade();
    out.place = row.where("register");
    return out;
}

}  // namespace

bool Register::is_in_force(Date day) const { return law::is_in_force(from, until, day); }

Read<std::vector<Register>> read_registers(const SourceFile& file, const Vocabulary& vocabulary) {
    Read<std::vector<Register>> out;
    const Columns columns{{"register", "kind", "from", "until", "serves", "takes effect",
                           "overridden by", "channels", "grade"},
                          {}};
    const Columns by_name{{"register", "fr", "en"}, {}};
    std::map<std::string, Words, std::less<>> names;
    for (const Table& table : read_markdown(file).tables) {
        if (table.column_of("register") != 0) {
            tell_unknown_table(file.path, table, "register", out.problems);
            continue;
        }
        const bool has_names = table.column_of("fr") >= 0;
        if (!check_columns(file.path, table, has_names ? by_name : columns, out.problems)) continue;
        for (const Row& row : table.rows) {
            RowReader reader(file.path, table, row, out.problems);
            if (has_names)
                names.emplace(reader.text("register"), reader.words("fr", "en"));
            else
                out.value.push_back(register_of(reader, vocabulary));
        }
    }
    for (Register& one : out.value) {
        const auto found = names.find(one.key);
        if (found != names.end())
            one.name = found->second;
        else
            out.problems.push_back(error(ErrorCode::kInput, "law.register_name",
                                         {{"name", one.key}}, one.place.text()));
    }
    return out;
}

std::vector<Statement> parameters_of(std::span<const Register> registers) {
    std::vector<Statement> out;
    for (const Register& one : registers) {
        // A parameter has to begin some day; a register of which none is known has no rules yet.
        if (one.serves.empty() || one.from.empty()) continue;
        const std::string name = "register." + one.key + ".serves";
        const auto found = std::find_if(out.begin(), out.end(), [&](const Statement& statement) {
            return statement.name == name;
        });
        Statement& statement =
            found == out.end()
                ? out.emplace_back(Statement{"parameter", name, one.place, {}, false})
                : *found;
        Field value{"value", one.place, {}};
        for (const std::string_view part : split(one.serves, ' '))
            value.tokens.push_back({std::string(part), false, one.place});
        value.tokens.push_back({"from", false, one.place});
        value.tokens.push_back({one.from, false, one.place});
        statement.fields.push_back(std::move(value));
    }
    return out;
}

}  // namespace licet::law

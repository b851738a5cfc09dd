// SPDX-License-Identifier: Apache-2.0
#include "law/sanctions.h"

#include <algorithm>

#include "law/columns.h"
#include "law/in_force.h"
#include "law/internal/row_reader.h"

namespace licet::law {
namespace {

Ceiling ceiling_of(RowReader row) {
    Ceiling out;
    row.needed("breach of");
    out.sources = row.parts("breach of", ',');
    for (const std::string& one : out.sources)
        if (std::count(one.begin(), one.end(), ' ') > 1)
            row.fault({one, row.cell("breach of").column}, "law.sanction_source");
    out.body = row.words("body fr", "body en");
    out.from = row.day("from");
    out.until = row.day("until");
    row.in_order("from", "until");
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
    out.on = row.day_or_part("on");
    out.against = row.needed("against");
    out.amount = row.amount("amount");
    out.annulled = row.day("annulled");
    row.in_order("on", "annulled");
    out.rules = row.parts("rules", ' ');
    out.lesson = row.words("fr", "en");
    out.grade = row.grade();
    out.place = row.place();
    return out;
}

}  // namespace

bool Ceiling::is_in_force(Date day) const { return law::is_in_force(from, until, day); }

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
        if (!is_ceilings && !is_decisions) {
            tell_unknown_table(file.path, table, "breach of, decision", out.problems);
            continue;
        }
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

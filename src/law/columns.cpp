// SPDX-License-Identifier: Apache-2.0
#include "law/columns.h"

#include <algorithm>

#include "base/text.h"

namespace licet::law {

void check_shape(const std::string& path, const Table& table, std::vector<Error>& problems) {
    for (std::size_t i = 0; i < table.header.size(); ++i) {
        const Cell& cell = table.header[i];
        if (!cell.text.empty() && table.column_of(cell.text) != static_cast<int>(i))
            problems.push_back(error(ErrorCode::kInput, "law.declared_twice", {{"name", cell.text}},
                                     Place{path, table.line, cell.column}.text()));
    }
    for (const Row& row : table.rows) {
        if (row.cells.size() <= table.header.size()) continue;
        const Place place{path, row.line, row.cells[table.header.size()].column};
        problems.push_back(error(ErrorCode::kInput, "law.row_too_long",
                                 {{"found", std::to_string(row.cells.size())},
                                  {"expected", std::to_string(table.header.size())}},
                                 place.text()));
    }
}

bool check_columns(const std::string& path, const Table& table, const Columns& columns,
                   std::vector<Error>& problems) {
    check_shape(path, table, problems);
    bool is_readable = true;
    std::vector<std::string> known = columns.required;
    known.insert(known.end(), columns.others.begin(), columns.others.end());
    for (const Cell& cell : table.header)
        if (std::find(known.begin(), known.end(), cell.text) == known.end())
            problems.push_back(error(ErrorCode::kInput, "law.unknown_column",
                                     {{"name", cell.text}, {"expected", join(known, ", ")}},
                                     Place{path, table.line, cell.column}.text()));
    for (const std::string& name : columns.required) {
        if (table.column_of(name) >= 0) continue;
        is_readable = false;
        problems.push_back(error(ErrorCode::kInput, "law.column_missing", {{"name", name}},
                                 Place{path, table.line, 1}.text()));
    }
    return is_readable;
}

}  // namespace licet::law

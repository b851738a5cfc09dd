// SPDX-License-Identifier: Apache-2.0
#include "lists/internal/first_rows.h"

namespace licet::lists::internal {

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

}  // namespace licet::lists::internal

// SPDX-License-Identifier: Apache-2.0
//
// SQL that puts an export to work in a database (docs/warehouse.md).
//
//     facts.sql          makes licet_row and loads it
//     suppressions.sql   makes licet_suppression if it is not there, and loads it anew
//     screen.sql         the view licet_facts, which joins both; the law over it: licet_verdict
//
// The join says in SQL what gate/standing_facts.h says of objections, and ledger/consent.h of
// refusals and withdrawals. It can only make a row stricter than its facts are. Without the
// suppressions of the same export a row has no facts, and so no verdict.
#pragma once

#include <string>
#include <vector>

#include "lists/warehouse_table.h"

namespace licet::lists {

/// Makes and loads the table of rows. Views over it are dropped first.
[[nodiscard]] std::string rows_sql(const WarehouseTable& table, const Warehouse& warehouse);

/// Loads the table of suppressions in place of what was there.
[[nodiscard]] std::string suppressions_sql(const WarehouseTable& table, const Warehouse& warehouse);

/// The join, then `law_sql` (law::SqlScript::law) over it. `facts` are the columns of the law.
[[nodiscard]] std::string screen_sql(const law::Law& law, const std::vector<law::FactId>& facts,
                                     law::SqlDialect dialect, const std::string& law_sql);

}  // namespace licet::lists

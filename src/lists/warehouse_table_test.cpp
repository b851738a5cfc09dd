// SPDX-License-Identifier: Apache-2.0
// Goal: a line says what is known, and leaves open what is not, in CSV and in JSON alike.
// Method: a small table, written; SQL of both scripts, looked at. tests/docs runs the real ones.
#include "lists/warehouse_table.h"

#include <gtest/gtest.h>

#include "lists/warehouse_sql.h"

namespace licet::lists {
namespace {

using Kind = WarehouseColumn::Kind;

WarehouseTable small_table() {
    return {"licet_row",
            "facts.csv",
            {{"licet_id", Kind::kNumber, "BIGINT", {}, ""},
             {"brand", Kind::kText, "VARCHAR", {}, ""},
             {"minor", Kind::kBoolean, "BOOLEAN", {}, ""},
             {"at", Kind::kDay, "DATE", {}, ""}}};
}

std::string written(WarehouseFormat format, const std::vector<std::string>& cells) {
    const WarehouseTable table = small_table();
    std::string out;
    WarehouseWriter writer(table, format, [&](std::string_view bytes) -> Result<Done> {
        out += bytes;
        return Done{};
    });
    EXPECT_TRUE(writer.begin().has_value());
    for (const std::string& cell : cells) writer.put(cell);
    EXPECT_TRUE(writer.end_line().has_value());
    return out;
}

TEST(WarehouseTable, WritesCsvWithAnEmptyFieldForWhatIsNotKnown) {
    EXPECT_EQ(written(WarehouseFormat::kCsv, {"1", "", "", "2026-11-26"}),
              "licet_id,brand,minor,at\n1,,,2026-11-26\n");
}

TEST(WarehouseTable, QuotesWhatWouldBreakALine) {
    EXPECT_EQ(written(WarehouseFormat::kCsv, {"1", "a\"b,c\nd", "true", ""}),
              "licet_id,brand,minor,at\n1,\"a\"\"b,c\nd\",true,\n");
}

TEST(WarehouseTable, WritesJsonWithoutWhatIsNotKnown) {
    EXPECT_EQ(written(WarehouseFormat::kJsonl, {"1", "a\"b", "false", ""}),
              "{\"licet_id\":1,\"brand\":\"a\\\"b\",\"minor\":false}\n");
}

TEST(WarehouseSql, ReplacesRowsAndFillsSuppressionsInOneTransaction) {
    const Warehouse postgres{law::SqlDialect::kPostgres, WarehouseFormat::kCsv};
    const std::string rows = rows_sql(small_table(), postgres);
    EXPECT_NE(rows.find("DROP TABLE IF EXISTS licet_row;"), rows.npos);
    EXPECT_LT(rows.find("DROP VIEW IF EXISTS licet_verdict;"), rows.find("DROP TABLE"));
    const std::string refused = suppressions_sql(small_table(), postgres);
    EXPECT_LT(refused.find("BEGIN"), refused.find("DELETE"));
    EXPECT_LT(refused.find("\\copy"), refused.find("COMMIT"));
}

TEST(WarehouseSql, SaysOfADialectThatNobodyRanIt) {
    for (const auto dialect : {law::SqlDialect::kClickhouse, law::SqlDialect::kSpark}) {
        const std::string sql = rows_sql(small_table(), {dialect, WarehouseFormat::kJsonl});
        EXPECT_NE(sql.find("run by nobody yet"), sql.npos);
    }
}

}  // namespace
}  // namespace licet::lists

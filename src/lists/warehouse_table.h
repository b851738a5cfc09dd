// SPDX-License-Identifier: Apache-2.0
//
// The two tables that a warehouse gets, as columns and as bytes (docs/warehouse.md).
//
//     licet_row           a row of a list: its number, its tokens, its facts
//     licet_suppression   what persons have refused, by token; its last line names the export
//
// A line of CSV has an empty field for what is not known, a line of JSON leaves it out: both are
// NULL once loaded, and NULL means unknown. Words, days and numbers are those that the SQL of the
// law reads (law/sql_codes.h). This file writes no SQL but the types of columns, and opens no file.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "law/law.h"
#include "law/sql_dialect.h"
#include "ledger/token_layer.h"
#include "lists/csv_writer.h"
#include "lists/fact_rows.h"

namespace licet::lists {

enum class WarehouseFormat { kCsv, kJsonl };
/// "csv", "jsonl".
[[nodiscard]] std::string_view name_of(WarehouseFormat format);

/// For which database, and in what form.
struct Warehouse {
    law::SqlDialect dialect = law::SqlDialect::kDuckdb;
    WarehouseFormat format = WarehouseFormat::kCsv;
};

struct WarehouseColumn {
    enum class Kind { kText, kNumber, kDay, kBoolean };
    std::string name;
    Kind kind = Kind::kText;
    std::string type;                ///< in the dialect
    std::vector<std::string> words;  ///< if no others can stand there
    std::string meaning;
};

/// A table by its name, and the file that holds its lines.
struct WarehouseTable {
    std::string name;
    std::string file;
    std::vector<WarehouseColumn> columns;
};

/// The table of rows; `facts` are those that the law looks at. `say` words what columns mean.
[[nodiscard]] WarehouseTable row_table(const law::Law& law, const std::vector<law::FactId>& facts,
                                       const Warehouse& warehouse, const Catalogue& say);
[[nodiscard]] WarehouseTable suppression_table(const Warehouse& warehouse, const Catalogue& say);

/// One table of the schema: its file, its columns with type, words and meaning.
[[nodiscard]] json::object json_of(const WarehouseTable& table);

/// Writes the lines of a table. Nothing of it is quoted but texts that need it.
class WarehouseWriter {
  public:
    /// `table` must outlive it.
    WarehouseWriter(const WarehouseTable& table, WarehouseFormat format, ByteSink sink);

    /// Begins the file. Errors: those of the sink, here and below.
    [[nodiscard]] Result<Done> begin();
    /// Adds the next cell of the line; empty = not known.
    void put(std::string_view text);
    [[nodiscard]] Result<Done> end_line();

  private:
    void put_csv(std::string_view text);
    void put_json(const WarehouseColumn& column, std::string_view text);

    const WarehouseTable& table_;
    WarehouseFormat format_;
    ByteSink sink_;
    std::string line_;
    std::size_t place_ = 0;
};

/// Which export rows belong to, and for which act they are.
struct RowLabels {
    std::string export_name;
    std::string brand;
    std::string purpose;  ///< with its topic
};

/// Writes rows of a list into the table of rows.
class RowTableWriter {
  public:
    /// All references outlive it. `layer` is laid over the tokens: they leave under it alone.
    RowTableWriter(const law::Law& law, std::vector<law::FactId> facts, law::SqlDialect dialect,
                   const ledger::TokenLayer& layer, WarehouseWriter& writer);

    /// Errors: those of the writer.
    [[nodiscard]] Result<Done> add(const FactRow& row, const RowLabels& labels);

  private:
    [[nodiscard]] std::string_view cell_of(law::FactId fact, const law::FactValue* value);
    [[nodiscard]] std::string_view day_of_consent(const law::Facts& facts);

    const law::Law& law_;
    std::vector<law::FactId> facts_;
    std::string never_;
    const ledger::TokenLayer& layer_;
    WarehouseWriter& writer_;
    law::FactId consent_;
    law::FactId consent_on_;
    std::string cell_;
    std::string own_;
    std::string wide_;
};

}  // namespace licet::lists

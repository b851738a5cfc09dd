// SPDX-License-Identifier: Apache-2.0
#include "lists/warehouse_sql.h"

#include "base/text.h"

namespace licet::lists {
namespace {

using law::SqlDialect;
using law::SqlWords;

std::string head(SqlDialect dialect) {
    const bool was_run = dialect == SqlDialect::kDuckdb || dialect == SqlDialect::kPostgres;
    return "-- " + std::string(name_of(dialect)) +
           (was_run ? "\n" : "; written as its manual says, run by nobody yet\n");
}

std::string columns_of(const WarehouseTable& table, const SqlWords& words) {
    std::string out;
    for (const WarehouseColumn& column : table.columns)
        out += (out.empty() ? "  " : ",\n  ") + words.name(column.name) + " " + column.type;
    return out;
}

std::string create(const WarehouseTable& table, const SqlWords& words, std::string_view if_absent) {
    std::string out = "CREATE TABLE " + std::string(if_absent) + table.name + " (\n" +
                      columns_of(table, words) + "\n";
    if (words.dialect() != SqlDialect::kClickhouse) return out + ");\n";
    return out + words.end_of_table(words.name(table.columns.front().name)) + ";\n";
}

std::string load_duckdb(const WarehouseTable& table, WarehouseFormat format) {
    if (format == WarehouseFormat::kCsv)
        return "COPY " + table.name + " FROM '" + table.file +
               "' (FORMAT csv, HEADER true, DELIMITER ',', QUOTE '\"', ESCAPE '\"');\n";
    std::string types;
    for (const WarehouseColumn& column : table.columns)
        types += (types.empty() ? "" : ", ") + SqlWords::text(column.name) + ": " +
                 SqlWords::text(column.type);
    return "INSERT INTO " + table.name + " BY NAME\nSELECT * FROM read_json('" + table.file +
           "', format = 'newline_delimited', columns = {" + types + "});\n";
}

// `\copy` is psql's: the file is read where psql runs, not on the server.
std::string load_postgres(const WarehouseTable& table, WarehouseFormat format) {
    if (format == WarehouseFormat::kCsv)
        return "\\copy " + table.name + " FROM '" + table.file +
               "' WITH (FORMAT csv, HEADER true)\n";
    // A line as one field: neither of these two bytes stands in JSON.
    return "CREATE TEMPORARY TABLE licet_line (line TEXT);\n\\copy licet_line FROM '" + table.file +
           "' WITH (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')\nINSERT INTO " + table.name +
           "\nSELECT (jsonb_populate_record(NULL::" + table.name +
           ", line::jsonb)).* FROM licet_line;\nDROP TABLE licet_line;\n";
}

std::string load_clickhouse(const WarehouseTable& table, WarehouseFormat format) {
    return "INSERT INTO " + table.name + " FROM INFILE '" + table.file + "' FORMAT " +
           (format == WarehouseFormat::kCsv ? "CSVWithNames" : "JSONEachRow") + ";\n";
}

std::string load_spark(const WarehouseTable& table, const SqlWords& words, WarehouseFormat format) {
    const std::string view = table.name + "_file";
    return "CREATE OR REPLACE TEMPORARY VIEW " + view + " (\n" + columns_of(table, words) +
           "\n) USING " + (format == WarehouseFormat::kCsv ? "csv" : "json") + " OPTIONS (path '" +
           table.file + "', header 'true');\nINSERT INTO " + table.name + " SELECT * FROM " + view +
           ";\n";
}

std::string load(const WarehouseTable& table, const Warehouse& warehouse) {
    switch (warehouse.dialect) {
        case SqlDialect::kPostgres:
            return load_postgres(table, warehouse.format);
        case SqlDialect::kClickhouse:
            return load_clickhouse(table, warehouse.format);
        case SqlDialect::kSpark:
            return load_spark(table, SqlWords(warehouse.dialect), warehouse.format);
        case SqlDialect::kDuckdb:
        case SqlDialect::kSqlite:
            break;
    }
    return load_duckdb(table, warehouse.format);
}

constexpr std::string_view kDropViews =
    "DROP VIEW IF EXISTS licet_verdict;\nDROP VIEW IF EXISTS licet_facts;\n";

// The join as one view.
class Join {
  public:
    Join(const law::Law& law, const std::vector<law::FactId>& facts, SqlDialect dialect)
        : law_(law), facts_(facts), words_(dialect) {}

    [[nodiscard]] std::string view() const {
        return "CREATE VIEW licet_facts AS\nWITH\n-- The tokens of a row.\nlicet_name AS (" +
               names("licet_own", 1) + "\n  UNION ALL" + names("licet_wide", 0) + "\n),\n" +
               said() + reach() + heard() + "SELECT\n  r.licet_id AS licet_id" + columns() +
               "\nFROM licet_row r\n-- Nobody is judged without the suppressions of the same "
               "export.\nJOIN (SELECT DISTINCT token FROM licet_suppression WHERE kind = 'export') "
               "e\n  ON e.token = r.licet_export\nLEFT JOIN licet_heard h ON h.licet_id = "
               "r.licet_id;\n";
    }

  private:
    [[nodiscard]] std::string names(const std::string& column, int is_own) const {
        return "\n  SELECT licet_id, " + std::to_string(is_own) + " AS is_own, " + parts(column) +
               " AS token FROM licet_row";
    }
    // One line a word of the text.
    [[nodiscard]] std::string parts(const std::string& column) const {
        switch (words_.dialect()) {
            case SqlDialect::kPostgres:
                return "unnest(string_to_array(" + column + ", ' '))";
            case SqlDialect::kClickhouse:
                return "arrayJoin(splitByChar(' ', COALESCE(" + column + ", '')))";
            case SqlDialect::kSpark:
                return "explode(split(" + column + ", ' '))";
            case SqlDialect::kDuckdb:
            case SqlDialect::kSqlite:
                break;
        }
        return "unnest(string_split(" + column + ", ' '))";
    }

    // Of several lists with one scope none ends before the last; so in the ledger's fold.
    [[nodiscard]] std::string said() const {
        const std::string scope =
            "COALESCE(s.brand, ''), COALESCE(s.channel, ''), "
            "COALESCE(s.purpose, '')";
        return "-- What was said in one scope, under whichever token.\nlicet_said AS (\n"
               "  SELECT n.licet_id AS licet_id, s.kind AS kind, COALESCE(s.brand, '') AS brand,\n"
               "    COALESCE(s.channel, '') AS channel, COALESCE(s.purpose, '') AS purpose,\n"
               "    MAX(s.said_on) AS said_on, MAX(COALESCE(s.ends_on, " +
               words_.never() +
               ")) AS ends_on\n  FROM licet_suppression s\n  JOIN licet_name n ON n.token = "
               "s.token\n  WHERE s.kind = 'objection' OR n.is_own = 1\n  GROUP BY n.licet_id, "
               "s.kind, " +
               scope + "\n),\n";
    }

    // True if the path `above` is `below` or stands above it.
    static std::string is_at_or_above(const std::string& above, const std::string& below) {
        return "substr(" + below + " || '.', 1, length(" + above + ") + 1) = " + above + " || '.'";
    }
    [[nodiscard]] std::string column(std::string_view fact) const {
        return "r." + words_.name(fact);
    }
    [[nodiscard]] std::string reach() const {
        const std::string act = "COALESCE(r.licet_purpose, '')";
        return "-- How far it reaches the act: 3 = all, 2 = this channel, 1 = another purpose, 0 = "
               "not.\nlicet_reach AS (\n  SELECT s.licet_id AS licet_id, s.kind AS kind, s.said_on "
               "AS said_on,\n    CASE\n      WHEN s.kind <> 'objection' THEN 0\n      WHEN "
               "s.purpose = '' OR " +
               act + " = ''\n        OR " + is_at_or_above("s.purpose", act) + "\n        OR " +
               is_at_or_above(act, "s.purpose") +
               "\n        THEN CASE WHEN s.channel = '' THEN 3 ELSE 2 END\n      WHEN " +
               is_at_or_above(column("purpose"), "s.purpose") +
               " THEN 0\n      ELSE 1\n    END AS width\n  FROM licet_said s\n  JOIN licet_row r "
               "ON r.licet_id = s.licet_id\n  WHERE (s.channel = '' OR s.channel = " +
               column("channel") +
               ")\n    AND (s.kind <> 'objection' OR (s.ends_on >= " + column("at") +
               "\n      AND (s.brand = '' OR COALESCE(r.licet_brand, '') = '' OR s.brand = "
               "r.licet_brand)))\n),\n";
    }
    [[nodiscard]] static std::string heard() {
        const auto last = [](const std::string& condition, const std::string& name) {
            return ",\n    MAX(CASE WHEN " + condition + " THEN said_on END) AS " + name;
        };
        return "licet_heard AS (\n  SELECT licet_id, MAX(width) AS width" +
               last("width > 0", "objected_on") + last("kind = 'refused'", "refused_on") +
               last("kind = 'withdrawn'", "withdrawn_on") +
               last("kind = 'refused' OR kind = 'withdrawn'", "no_on") +
               last("kind = 'doubt'", "doubted_on") +
               "\n  FROM licet_reach\n  GROUP BY licet_id\n)\n";
    }

    [[nodiscard]] std::string columns() const {
        std::string out;
        for (const law::FactId id : facts_) {
            const std::string& name = law_.vocabulary().fact(id).name;
            out += ",\n  " + value(name) + " AS " + words_.name(name);
        }
        return out;
    }
    [[nodiscard]] std::string value(const std::string& name) const {
        if (name == "objection") return objection();
        if (name == "objection.on") return objection_day();
        return name == "consent" ? consent() : column(name);
    }
    [[nodiscard]] std::string listed_width() const {
        return "CASE " + column("objection") +
               " WHEN 'all' THEN 3 WHEN 'this_channel' THEN 2 WHEN 'other_purpose' THEN 1 ELSE 0 "
               "END";
    }
    [[nodiscard]] std::string objection() const {
        return "CASE WHEN COALESCE(h.width, 0) > " + listed_width() +
               "\n    THEN CASE h.width WHEN 3 THEN 'all' WHEN 2 THEN 'this_channel' ELSE "
               "'other_purpose' END\n    ELSE " +
               column("objection") + " END";
    }
    // A refusal without a day stays without one: it may be newer than all others. "Never" is what a
    // ledger's silence said of the day; it is no day to compare with.
    [[nodiscard]] std::string objection_day() const {
        const std::string day = column("objection.on");
        const std::string has_none =
            "(" + day + " IS NULL OR " + day + " = " + words_.never() + ")";
        return "CASE WHEN h.objected_on IS NULL OR (" + has_none + " AND " + listed_width() +
               " > 0) THEN " + day + "\n    WHEN " + has_none + " OR " + day +
               " < h.objected_on THEN h.objected_on ELSE " + day + " END";
    }
    [[nodiscard]] std::string consent() const {
        return "CASE WHEN h.no_on IS NOT NULL AND (r.licet_consent_on IS NULL OR h.no_on >= "
               "r.licet_consent_on)\n    THEN CASE WHEN h.withdrawn_on IS NULL OR h.refused_on > "
               "h.withdrawn_on THEN 'refused'\n      ELSE 'withdrawn' END\n    WHEN h.doubted_on "
               ">= "
               "r.licet_consent_on THEN 'withdrawn' ELSE " +
               column("consent") + " END";
    }

    const law::Law& law_;
    const std::vector<law::FactId>& facts_;
    SqlWords words_;
};

}  // namespace

std::string rows_sql(const WarehouseTable& table, const Warehouse& warehouse) {
    return head(warehouse.dialect) + std::string(kDropViews) + "DROP TABLE IF EXISTS " +
           table.name + ";\n" + create(table, SqlWords(warehouse.dialect), "") +
           load(table, warehouse);
}

std::string suppressions_sql(const WarehouseTable& table, const Warehouse& warehouse) {
    const SqlDialect dialect = warehouse.dialect;
    const bool has_transactions =
        dialect == SqlDialect::kDuckdb || dialect == SqlDialect::kPostgres;
    const std::string empty = has_transactions ? "DELETE FROM " : "TRUNCATE TABLE ";
    return head(dialect) + create(table, SqlWords(dialect), "IF NOT EXISTS ") +
           (has_transactions ? "BEGIN TRANSACTION;\n" : "") + empty + table.name + ";\n" +
           load(table, warehouse) + (has_transactions ? "COMMIT;\n" : "");
}

std::string screen_sql(const law::Law& law, const std::vector<law::FactId>& facts,
                       SqlDialect dialect, const std::string& law_sql) {
    return head(dialect) + std::string(kDropViews) + Join(law, facts, dialect).view() + law_sql;
}

}  // namespace licet::lists

// SPDX-License-Identifier: Apache-2.0
//
// `licet export`: facts of a list and what persons refused, for a database that decides in place.
#include <array>
#include <filesystem>
#include <optional>
#include <set>

#include "base/json.h"
#include "base/text.h"
#include "law/export_sql.h"
#include "lists/fact_rows.h"
#include "lists/suppression_rows.h"
#include "lists/warehouse_sql.h"
#include "lists/warehouse_table.h"
#include "main/commands.h"
#include "main/export_key.h"
#include "main/files.h"
#include "main/output_path.h"
#include "main/screen_desk.h"
#include "main/screen_list.h"
#include "main/source_judge.h"
#include "main/zones.h"

namespace licet {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSchemaFile = "schema.json";

lists::WarehouseFormat format_of(std::string_view name) {
    return name == "jsonl" ? lists::WarehouseFormat::kJsonl : lists::WarehouseFormat::kCsv;
}

lists::Warehouse warehouse_of(const std::string& dialect, const std::string& format) {
    return {law::dialect_of(dialect).value_or(law::SqlDialect::kDuckdb), format_of(format)};
}

lists::ByteSink sink_to(ByteWriter& writer) {
    return [&writer](std::string_view bytes) { return writer.write(bytes); };
}

// What the folder's schema says of the export that it holds.
struct ExportLabel {
    std::string name;
    std::string dialect;
    std::string format;
};

Result<ExportLabel> label_in(const std::string& folder) {
    const std::string path = (fs::path(folder) / kSchemaFile).string();
    std::error_code fault;
    if (!fs::exists(path, fault)) return error(ErrorCode::kMissing, "export.no_facts", {}, folder);
    const std::string text = LICET_TRY(read_file(path));
    const auto value = parse_json(text);
    const json::object* schema = value ? value->if_object() : nullptr;
    const auto text_at = [&](const char* name) -> std::string {
        const json::value* found = schema == nullptr ? nullptr : schema->if_contains(name);
        const json::string* word = found == nullptr ? nullptr : found->if_string();
        return word == nullptr ? std::string{} : std::string(word->c_str());
    };
    ExportLabel label{text_at("export"), text_at("dialect"), text_at("format")};
    if (label.name.empty() || !law::dialect_of(label.dialect))
        return error(ErrorCode::kInput, "export.schema_form", {}, path);
    return label;
}

Result<law::SqlScript> law_sql(const law::Law& law, const WarehouseOptions& options,
                               Language language) {
    law::SqlOptions wanted;
    wanted.dialect = warehouse_of(options.dialect, options.format).dialect;
    wanted.scope = {{"contact"}, options.countries};
    wanted.language = language;
    LICET_TRY(law::check_scope(law, wanted.scope));
    return law::export_sql(law, wanted);
}

// What was wrong with rows, for whoever mends the list; values are masked.
class ProblemFile {
  public:
    ProblemFile(ByteWriter& file, const Catalogue& say)
        : say_(say), writer_(sink_to(file), {',', lists::Newline::kCrLf, true, true, 0}) {}

    Result<Done> begin() {
        constexpr std::array<std::string_view, 5> kHeader = {"licet_id", "line", "column",
                                                             "problem", "value"};
        return writer_.own_row(kHeader);
    }
    Result<Done> add(const lists::FactRow& row, const lists::Mapping& mapping) {
        for (const lists::CellProblem& problem : row.problems)
            LICET_TRY(write(row, mapping.names.at(problem.column), problem.message,
                            problem.masked_value));
        if (row.unreadable == nullptr || !row.problems.empty()) return Done{};
        return write(row, "", *row.unreadable, "");
    }
    Result<Done> finish() { return writer_.finish(); }

  private:
    Result<Done> write(const lists::FactRow& row, std::string_view column, const Message& message,
                       std::string_view masked_value) {
        const std::string number = std::to_string(row.number);
        const std::string line = std::to_string(row.line);
        const std::string told = say_(message);
        const std::array<std::string_view, 5> cells = {number, line, column, told, masked_value};
        return writer_.own_row(cells);
    }

    const Catalogue& say_;
    lists::CsvWriter writer_;
};

class FactsExport {
  public:
    FactsExport(const Terminal& terminal, const Common& common, const WarehouseOptions& options)
        : terminal_(terminal),
          say_(terminal.text()),
          common_(common),
          options_(options),
          warehouse_(warehouse_of(options.dialect, options.format)) {}

    Result<int> run() {
        // 1. The input must be there before anything is made.
        if (options_.out.empty()) return error(ErrorCode::kInput, "export.no_out");
        LICET_TRY(check_output(options_.out, common_.workspace));
        list_ = LICET_TRY(ScreenList::open(options_.file));
        // 2. Law, campaign, keys; the ledger, and refusals of the list itself.
        desk_ = LICET_TRY(desk_of(terminal_, common_, {options_.campaign, options_.at, ""}));
        const auto refused = LICET_TRY(refusal_of_campaign(terminal_, *desk_->law, desk_->campaign,
                                                           options_.campaign, desk_->at));
        if (refused) return *refused;
        script_ = LICET_TRY(law_sql(*desk_->law, options_, terminal_.language()));
        ledger_ = LICET_TRY(ledger_of(terminal_, desk_->workspace, desk_->at.day));
        auto names = LICET_TRY(list_names(desk_->workspace, ledger_->index.lists()));
        lists::ListSource refusals = LICET_TRY(list_->for_refusals());
        dates_ = LICET_TRY(add_refusals(*desk_, std::move(refusals), options_.map, *ledger_));
        // 3. Every row, under temporary names; then the SQL beside them.
        const auto before = label_in(options_.out);
        key_ = LICET_TRY(new_export_key(desk_->workspace, std::move(names)));
        const auto done = write_rows();
        if (!done.is_clean()) {
            forget_export_key(desk_->workspace, key_->name);
            terminal_.print_errors(done.problems);
            return status_of(done.problems.front());
        }
        // 4. What stood there belonged to another export, and nothing can be added to that one.
        if (before) forget_export_key(desk_->workspace, before->name);
        tell(done.value);
        return done.value.unreadable > 0 ? exit_status::kUnreadableRows : 0;
    }

  private:
    Result<std::unique_ptr<ByteWriter>> create(const std::string& name) const {
        return ByteWriter::create((fs::path(options_.out) / name).string());
    }

    Read<lists::FactRowsResult> write_rows() {
        Read<lists::FactRowsResult> out;
        const auto write = [&]() -> Result<Done> {
            std::error_code fault;
            fs::create_directories(options_.out, fault);
            const auto table = lists::row_table(*desk_->law, script_->columns, warehouse_, say_);
            auto file = LICET_TRY(create(table.file));
            auto problem_file = LICET_TRY(create("problems.csv"));
            lists::WarehouseWriter lines(table, warehouse_.format, sink_to(*file));
            LICET_TRY(lines.begin());
            ProblemFile problems(*problem_file, say_);
            LICET_TRY(problems.begin());
            out = LICET_TRY(for_each_row(lines, problems));
            if (!out.is_clean()) return Done{};
            LICET_TRY(problems.finish());
            LICET_TRY(drop_what_was_there());
            LICET_TRY(problem_file->finish());
            LICET_TRY(file->finish());
            return write_sql(table);
        };
        const auto done = write();
        if (!done) out.problems.push_back(done.error());
        return out;
    }

    Result<Read<lists::FactRowsResult>> for_each_row(lists::WarehouseWriter& lines,
                                                     ProblemFile& problems) {
        lists::RowTableWriter rows(*desk_->law, script_->columns, warehouse_.dialect, key_->layer,
                                   lines);
        const lists::RowLabels labels{key_->name, desk_->campaign.aim.brand, purpose()};
        lists::FactRowsSetup setup{*desk_->law,    desk_->campaign,
                                   ledger_->index, desk_->at.day,
                                   options_.map,   LICET_TRY(tools_of(*desk_, *ledger_)),
                                   dates_};
        lists::Mapping mapping;
        ProgressBar bar(terminal_, list_->size_bytes());
        const lists::FactRowsVisitor visitor{[&](const lists::Mapping& found) -> Result<Done> {
                                                 mapping = found;
                                                 print_mapping(terminal_, found);
                                                 return Done{};
                                             },
                                             [&](const lists::FactRow& row) -> Result<Done> {
                                                 constexpr std::uint64_t kRowsAShow = 4096;
                                                 if (row.number % kRowsAShow == 0)
                                                     bar.show(row.number, list_->bytes_read());
                                                 LICET_TRY(problems.add(row, mapping));
                                                 return rows.add(row, labels);
                                             }};
        auto read = lists::for_each_fact_row(setup, list_->for_verdicts(), options_.file, visitor);
        bar.finish();
        return read;
    }

    // The purpose with its topic, as an objection is compared with it.
    [[nodiscard]] std::string purpose() const {
        const law::FactId id = desk_->law->vocabulary().find("purpose");
        const law::FactValue* value = desk_->campaign.facts.find(id);
        if (value == nullptr) return {};
        const std::string& topic = desk_->campaign.aim.topic;
        return law::value_text(desk_->law->vocabulary().fact(id), *value) +
               (topic.empty() ? "" : "." + topic);
    }

    // A suppression list of another export would match nobody here.
    [[nodiscard]] Result<Done> drop_what_was_there() const {
        for (const char* name : {"facts.csv", "facts.jsonl", "suppressions.csv",
                                 "suppressions.jsonl", "suppressions.sql", kSchemaFile}) {
            std::error_code fault;
            const std::string path = (fs::path(options_.out) / name).string();
            fs::remove(path, fault);
            if (fault) return error(ErrorCode::kBroken, "file.unwritable", {{"path", path}}, path);
        }
        return Done{};
    }

    Result<Done> write_sql(const lists::WarehouseTable& rows) const {
        const auto put = [&](const char* name, const std::string& text) -> Result<Done> {
            auto file = LICET_TRY(create(name));
            LICET_TRY(file->write(text));
            return file->finish();
        };
        const auto suppressions = lists::suppression_table(warehouse_, say_);
        LICET_TRY(put("facts.sql", lists::rows_sql(rows, warehouse_)));
        LICET_TRY(put("screen.sql", lists::screen_sql(*desk_->law, script_->columns,
                                                      warehouse_.dialect, script_->law)));
        const json::object schema{
            {"export", key_->name},
            {"made_on", text_of(now().day)},
            {"dialect", options_.dialect},
            {"format", std::string(lists::name_of(warehouse_.format))},
            {"tables", json::array{lists::json_of(rows), lists::json_of(suppressions)}}};
        return put(kSchemaFile, json::serialize(schema) + "\n");
    }

    void tell(const lists::FactRowsResult& result) const {
        for (const Message& note : result.notes) terminal_.note(options_.file + ": " + say_(note));
        if (terminal_.wants_json()) {
            terminal_.print(json::serialize(json::object{{"rows", result.rows},
                                                         {"unreadable", result.unreadable},
                                                         {"export", key_->name},
                                                         {"out", options_.out}}));
            return;
        }
        terminal_.print(say_("export.facts_done",
                             {{"count", std::to_string(result.rows)}, {"path", options_.out}}));
        if (result.unreadable > 0)
            terminal_.note(say_("export.unreadable",
                                {{"count", std::to_string(result.unreadable)},
                                 {"path", (fs::path(options_.out) / "problems.csv").string()}}));
    }

    const Terminal& terminal_;
    const Catalogue& say_;
    const Common& common_;
    const WarehouseOptions& options_;
    lists::Warehouse warehouse_;
    std::vector<lists::DateColumn> dates_;  ///< how the list writes them
    std::optional<ScreenList> list_;
    std::optional<Desk> desk_;
    std::optional<law::SqlScript> script_;
    std::optional<Ledger> ledger_;
    std::optional<ExportKey> key_;
};

// Rows were made without the tokens of a list that was taken in since: they would not be found.
Result<Done> check_lists(const Workspace& workspace, const ExportKey& key,
                         const std::set<std::string>& reasons) {
    const std::set<std::string, std::less<>> known(reasons.begin(), reasons.end());
    const auto names = LICET_TRY(list_names(workspace, known));
    for (const std::string& name : names)
        if (!key.lists.contains(name))
            return error(ErrorCode::kInput, "export.list_since", {{"name", name}});
    return Done{};
}

struct SuppressionsDone {
    std::uint64_t rows = 0;
    std::string export_name;
};

Result<SuppressionsDone> export_suppressions(const Terminal& terminal, const Common& common,
                                             const WarehouseOptions& options) {
    if (options.out.empty()) return error(ErrorCode::kInput, "export.no_out");
    LICET_TRY(check_output(options.out, common.workspace));
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    const ExportLabel label = LICET_TRY(label_in(options.out));
    const ExportKey key = LICET_TRY(export_key_of(workspace, label.name));
    const auto warehouse =
        warehouse_of(label.dialect, options.format.empty() ? label.format : options.format);
    const auto table = lists::suppression_table(warehouse, terminal.text());
    auto file = LICET_TRY(ByteWriter::create((fs::path(options.out) / table.file).string()));
    lists::WarehouseWriter lines(table, warehouse.format, sink_to(*file));
    LICET_TRY(lines.begin());
    const auto put = [&](const std::array<std::string_view, 7>& cells) {
        for (const std::string_view cell : cells) lines.put(cell);
        return lines.end_line();
    };
    const auto store = LICET_TRY(open_ledger(workspace, true));
    const auto rows = LICET_TRY(
        lists::for_each_suppression_row(*store, key.layer, [&](const lists::SuppressionRow& row) {
            const std::string token = hex_of(row.token.bytes);
            const std::string said_on = text_of(row.said_on);
            const std::string ends_on = row.ends_on ? text_of(*row.ends_on) : std::string{};
            // There a pause lies in one scope with objections: where both do, it does not end. The
            // ledger knows better; the copy is on the strict side.
            return put({name_of(row.kind), token, row.scope.brand, row.scope.channel,
                        ledger::without_pause_mark(row.scope.purpose), said_on, ends_on});
        }));
    LICET_TRY(check_lists(workspace, key, rows.lists));
    // Last: a file that was cut off does not name its export, and then nobody is judged.
    LICET_TRY(put({"export", key.name, "", "", "", text_of(now().day), ""}));
    LICET_TRY(file->finish());
    auto sql = LICET_TRY(ByteWriter::create((fs::path(options.out) / "suppressions.sql").string()));
    LICET_TRY(sql->write(lists::suppressions_sql(table, warehouse)));
    LICET_TRY(sql->finish());
    return SuppressionsDone{rows.rows, key.name};
}

}  // namespace

int run_export_facts(const Terminal& terminal, const Common& common,
                     const WarehouseOptions& options) {
    const auto status = FactsExport(terminal, common, options).run();
    return status ? *status : fail(terminal, status.error());
}

int run_export_suppressions(const Terminal& terminal, const Common& common,
                            const WarehouseOptions& options) {
    const auto done = export_suppressions(terminal, common, options);
    if (!done) return fail(terminal, done.error());
    if (terminal.wants_json())
        terminal.print(json::serialize(json::object{
            {"rows", done->rows}, {"export", done->export_name}, {"out", options.out}}));
    else
        terminal.print(
            terminal.text()("export.suppressions_done",
                            {{"count", std::to_string(done->rows)}, {"path", options.out}}));
    return 0;
}

}  // namespace licet

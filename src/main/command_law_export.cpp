// SPDX-License-Identifier: Apache-2.0
//
// `licet law export`: the law in another form, as files in a folder or as one text.
#include <algorithm>
#include <filesystem>

#include "gate/gate.h"
#include "law/cases.h"
#include "law/export_html.h"
#include "law/export_json.h"
#include "law/export_sql.h"
#include "main/commands.h"
#include "main/files.h"
#include "main/output_path.h"
#include "main/resources.h"
#include "main/zones.h"

namespace licet {
namespace {

struct OutputFile {
    std::string name;
    std::string text;
};

bool is_any_fact(const law::Facts& facts) {
    return std::any_of(facts.entries().begin(), facts.entries().end(), [](const auto& entry) {
        return std::holds_alternative<law::Any>(entry.value);
    });
}

// The case tables of the packs, as licet answers them: the rows of the self-check. A row that holds
// for all values of a fact cannot be written as one row.
Result<std::vector<law::SqlCheck>> checks_of(const law::Law& law, const Common& common,
                                             const law::Scope& scope) {
    const std::vector<law::SourceFile> files = LICET_TRY(pack_files(common));
    std::vector<law::SqlCheck> checks;
    for (law::CaseRow& one : law::case_rows(law, files)) {
        if (one.question != scope.questions.front() || is_any_fact(one.facts)) continue;
        const law::FactValue* value = one.facts.find(law.variables().country());
        const law::Key* country = value == nullptr ? nullptr : std::get_if<law::Key>(value);
        const bool is_inside =
            scope.countries.empty() ||
            (country != nullptr && std::find(scope.countries.begin(), scope.countries.end(),
                                             country->text) != scope.countries.end());
        if (!is_inside) continue;
        gate::Request request;
        request.question = one.question;
        request.facts = std::move(one.facts);
        gate::Verdict verdict =
            LICET_TRY(gate::check(law, zone_offset, request, gate::Depth::kAnswer));
        checks.push_back({one.place.path + ":" + std::to_string(one.place.line),
                          std::move(verdict.facts), verdict.answer});
    }
    return checks;
}

Result<std::vector<OutputFile>> sql_files(const Terminal& terminal, const Common& common,
                                          const law::Law& law, law::Scope scope,
                                          const ExportOptions& options) {
    if (scope.questions.empty()) scope.questions = {"contact"};
    if (scope.questions.size() > 1)
        return error(ErrorCode::kInput, "law.export_one_question",
                     {{"count", std::to_string(scope.questions.size())}});
    LICET_TRY(law::check_scope(law, scope));
    law::SqlOptions wanted;
    wanted.dialect = law::dialect_of(options.dialect).value_or(law::SqlDialect::kSqlite);
    wanted.form = options.form == "case"   ? law::SqlForm::kCase
                  : options.form == "join" ? law::SqlForm::kJoin
                                           : law::SqlForm::kByNumber;
    wanted.language = terminal.language();
    wanted.checks = LICET_TRY(checks_of(law, common, scope));
    wanted.scope = std::move(scope);
    law::SqlScript script = LICET_TRY(law::export_sql(law, wanted));
    std::vector<OutputFile> files;
    files.push_back({"facts.sql", std::move(script.facts)});
    files.push_back({"law.sql", std::move(script.law)});
    files.push_back({"check.sql", std::move(script.check)});
    return files;
}

Result<std::vector<OutputFile>> html_files(const Common& common, const law::Law& law,
                                           const ExportOptions& options) {
    if (options.out.empty()) return error(ErrorCode::kInput, "law.export_needs_out");
    if (!options.questions.empty() || !options.countries.empty())
        return error(ErrorCode::kInput, "law.export_html_whole");
    const std::vector<law::SourceFile> sources = LICET_TRY(pack_files(common));
    law::SiteOptions wanted;
    wanted.day = LICET_TRY(day_or_today(options.at));
    wanted.complete = [&law](const law::Facts& facts) {
        gate::Request request;
        request.facts = facts;
        return gate::facts_of(law, zone_offset, request);
    };
    wanted.engine = {resource("wasm/licet.wasm"), resource("wasm/licet.mjs"),
                     resource("wasm/try_page.mjs")};
    std::vector<OutputFile> files;
    for (law::SitePage& page :
         law::export_html(law, sources, wanted, catalogue_of(Language::kFrench),
                          catalogue_of(Language::kEnglish)))
        files.push_back({std::move(page.path), std::move(page.text)});
    return files;
}

Result<std::vector<OutputFile>> files_of(const Terminal& terminal, const Common& common,
                                         const law::Law& law, const ExportOptions& options) {
    law::Scope scope{options.questions, options.countries};
    LICET_TRY(law::check_scope(law, scope));
    if (options.kind == "html") return html_files(common, law, options);
    if (options.kind == "sql") return sql_files(terminal, common, law, std::move(scope), options);
    std::vector<OutputFile> files;
    files.push_back({"law.json", law::export_json(law, scope)});
    return files;
}

Result<Done> write_files(const Terminal& terminal, const std::string& folder,
                         const std::vector<OutputFile>& files) {
    for (const OutputFile& file : files) {
        const std::filesystem::path path = std::filesystem::path(folder) / file.name;
        std::error_code fault;  // what cannot be made cannot be written: the writer says so
        std::filesystem::create_directories(path.parent_path(), fault);
        LICET_TRY(write_file(path.string(), file.text));
        terminal.note(terminal.text()("law.export_done", {{"path", path.string()}}));
    }
    return Done{};
}

}  // namespace

int run_law_export(const Terminal& terminal, const Common& common, const ExportOptions& options) {
    const auto spared = check_output(options.out, common.workspace);
    if (!spared) return fail(terminal, spared.error());
    const auto law = load_law(terminal, common);
    if (!law) return exit_status::kBadInput;
    const auto files = files_of(terminal, common, *law, options);
    if (!files) return fail(terminal, files.error());
    if (options.out.empty()) {
        for (const OutputFile& file : *files)
            terminal.print(std::string_view(file.text).substr(0, file.text.size() - 1));
        return 0;
    }
    const auto done = write_files(terminal, options.out, *files);
    return done ? 0 : fail(terminal, done.error());
}

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "law/cases.h"
#include "law/coverage.h"
#include "law/facts_from_codes.h"
#include "law/mutation.h"
#include "main/commands.h"
#include "main/files.h"
#include "main/output_path.h"

namespace licet {
namespace {

void print_table(const Terminal& terminal, const law::TableReport& table) {
    const bool is_good = table.failures.empty();
    terminal.print("  " +
                   terminal.colour(is_good ? Colour::kGreen : Colour::kRed, is_good ? "✓" : "✗") +
                   " " + table.path + ":" + std::to_string(table.line) + "  " + table.heading +
                   "  " + terminal.colour(Colour::kDim, std::to_string(table.rows)));
}

std::string place_of_rule(const law::Law& law, const std::string& id) {
    for (const law::Rule& rule : law.rules().rules)
        if (rule.id == id) return rule.place.text();
    return {};
}

void print_summary(const Terminal& terminal, const law::CaseReport& report) {
    terminal.print(terminal.text()("law.test_summary",
                                   {{"tables", std::to_string(report.tables.size())},
                                    {"rows", std::to_string(report.rows)},
                                    {"failed", std::to_string(report.failed_rows)},
                                    {"compared", std::to_string(report.compared)},
                                    {"uncovered", std::to_string(report.uncovered_rules.size())}}));
}

// ---- coverage -----------------------------------------------------------------------------------
json::object coverage(const Terminal& terminal, const law::Law& law,
                      const std::vector<law::SourceFile>& files) {
    const law::Coverage coverage = law::coverage_of(law, files);
    json::array exceptions;
    json::array boundaries;
    for (const law::Coverage::Edge& edge : coverage.missed_exceptions) {
        exceptions.push_back(json::object{{"rule", edge.rule}, {"exception", edge.exception}});
        terminal.note(terminal.text()("coverage.exception",
                                      {{"rule", edge.rule}, {"exception", edge.exception}}));
    }
    for (const law::Coverage::Boundary& boundary : coverage.missed_boundaries) {
        const char* id = boundary.lacks_before && boundary.lacks_after ? "coverage.no_side"
                         : boundary.lacks_before                       ? "coverage.no_before"
                                                                       : "coverage.no_after";
        boundaries.push_back(json::object{{"condition", boundary.condition},
                                          {"lacks_before", boundary.lacks_before},
                                          {"lacks_after", boundary.lacks_after}});
        terminal.note(terminal.text()(id, {{"condition", boundary.condition}}));
    }
    const auto count = [](std::size_t all, std::size_t missed) {
        return std::to_string(all - missed) + "/" + std::to_string(all);
    };
    if (!terminal.wants_json())
        terminal.print(terminal.text()(
            "coverage.summary",
            {{"exceptions", count(coverage.exceptions, coverage.missed_exceptions.size())},
             {"boundaries", count(coverage.boundaries, coverage.missed_boundaries.size())}}));
    return {{"exceptions", coverage.exceptions},
            {"missed_exceptions", std::move(exceptions)},
            {"boundaries", coverage.boundaries},
            {"missed_boundaries", std::move(boundaries)}};
}

// ---- mutation -----------------------------------------------------------------------------------
std::string percent(double share) {
    const auto tenths = static_cast<int>(share * 1000);
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

// One row for each situation that no case covers, with the answer of today, as a table.
std::string proposed_rows(const law::Law& law, const law::MutationReport& report) {
    std::string out;
    std::vector<std::string> seen;
    for (const law::Survivor& survivor : report.survivors) {
        const auto facts = law::facts_from_codes(law.variables(), survivor.example);
        if (!facts) continue;
        const auto decision = law.decide(survivor.question, *facts);
        if (!decision) continue;
        std::string given;
        for (const law::Facts::Entry& entry : facts->entries()) {
            const law::Fact& fact = law.vocabulary().fact(entry.fact);
            given += (given.empty() ? "" : ", ") + fact.name + " = " +
                     law::value_text(fact, entry.value);
        }
        const std::string answer =
            law.vocabulary().question(survivor.question)->answer_name(decision->answer);
        const bool is_one = decision->answer >= 0 && decision->deciding.size() == 1;
        const std::string by = is_one ? law.rules().rules[decision->deciding.front().rule].id : "";
        const std::string table = "given: " + given + "\n\n| question | expect | by | duties |\n" +
                                  "|---|---|---|---|\n| " + survivor.question + " | " + answer +
                                  " | " + by + " | " + join(decision->duties, ", ") + " |\n\n";
        if (std::find(seen.begin(), seen.end(), table) != seen.end()) continue;
        seen.push_back(table);
        out += "## " + survivor.rule + ": " + std::string(law::name_of(survivor.kind)) + " " +
               survivor.detail + "\n\n" + table;
    }
    return out;
}

json::object mutation(const Terminal& terminal, const law::Law& law,
                      const std::vector<law::SourceFile>& files, const LawTestOptions& options,
                      Result<Done>& written) {
    ProgressBar bar(terminal, law.rules().rules.size());
    const law::MutationReport report =
        law::mutate(law, files, [&](std::size_t done, std::size_t) { bar.show(done, done); });
    bar.finish();
    json::object packs;
    json::array survivors;
    for (const law::Survivor& one : report.survivors) {
        const std::string kind(law::name_of(one.kind));
        survivors.push_back(json::object{{"rule", one.rule},
                                         {"kind", kind},
                                         {"detail", one.detail},
                                         {"example", law::worded(law.variables(), one.example)},
                                         {"where", one.place.text()}});
        if (!terminal.wants_json())
            terminal.note(
                one.place.text() + ": " +
                terminal.text()("mutation.survivor",
                                {{"rule", one.rule},
                                 {"change", terminal.text()("mutation." + kind)},
                                 {"detail", one.detail},
                                 {"example", law::worded(law.variables(), one.example)}}));
    }
    for (const auto& [pack, score] : report.by_pack) {
        packs[pack] = json::object{{"killed", score.killed},
                                   {"equivalent", score.equivalent},
                                   {"survived", score.survived},
                                   {"score", score.value()}};
        if (!terminal.wants_json())
            terminal.print(terminal.text()("mutation.summary",
                                           {{"pack", pack},
                                            {"total", std::to_string(score.total())},
                                            {"killed", std::to_string(score.killed)},
                                            {"equivalent", std::to_string(score.equivalent)},
                                            {"survived", std::to_string(score.survived)},
                                            {"score", percent(score.value())}}));
    }
    if (options.wants_rows || !options.promote.empty()) {
        const std::string rows = proposed_rows(law, report);
        if (options.wants_rows) terminal.print(rows);
        if (!options.promote.empty()) {
            const std::string heading = terminal.text()("mutation.heading");
            written = write_file(options.promote, "# " + heading + "\n\n" + rows);
        }
    }
    return {{"packs", std::move(packs)}, {"survivors", std::move(survivors)}};
}

}  // namespace

int run_law_test(const Terminal& terminal, const Common& common, const LawTestOptions& options) {
    const auto spared = check_output(options.promote, common.workspace);
    if (!spared) return fail(terminal, spared.error());
    const auto law = load_law(terminal, common);
    if (!law) return exit_status::kBadInput;
    const auto files = pack_files(common);
    const law::CaseReport report = law::run_cases(*law, *files);
    for (const law::TableReport& table : report.tables) {
        if (!terminal.wants_json()) print_table(terminal, table);
        terminal.print_errors(table.failures);
    }
    json::array uncovered;
    for (const std::string& rule : report.uncovered_rules) {
        uncovered.emplace_back(rule);
        terminal.print_error(
            error(ErrorCode::kInput, "law.uncovered", {{"rule", rule}}, place_of_rule(*law, rule)));
    }
    if (!terminal.wants_json()) print_summary(terminal, report);
    json::object out{{"tables", report.tables.size()},
                     {"rows", report.rows},
                     {"failed", report.failed_rows},
                     {"compared", report.compared},
                     {"uncovered", std::move(uncovered)}};
    if (options.wants_coverage) out["coverage"] = coverage(terminal, *law, *files);
    Result<Done> written = Done{};
    const bool wants_mutants =
        options.wants_mutation || options.wants_rows || !options.promote.empty();
    if (wants_mutants) out["mutation"] = mutation(terminal, *law, *files, options, written);
    if (!written) return fail(terminal, written.error());
    if (terminal.wants_json()) terminal.print(json::serialize(out));
    const bool is_good = report.failed_rows == 0 && report.uncovered_rules.empty();
    return is_good ? 0 : exit_status::kTestsFailed;
}

}  // namespace licet

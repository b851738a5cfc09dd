// SPDX-License-Identifier: Apache-2.0
#include "law/cases.h"

#include <algorithm>

#include "base/text.h"
#include "law/interpreter.h"

namespace licet::law {
namespace {

std::vector<std::string> listed(std::string_view text) {
    std::vector<std::string> out;
    for (const std::string_view part : split(text, ','))
        if (!trimmed(part).empty()) out.emplace_back(trimmed(part));
    return out;
}

bool is_any(std::string_view text) { return text == "–" || text == "-" || text == "—"; }

class TableRunner {
  public:
    TableRunner(const Law& law, const std::string& path, const Table& table,
                std::set<std::string>& covered)
        : law_(law), table_(table), covered_(covered) {
        report_.path = path;
        report_.line = table.line;
        report_.heading = table.heading;
    }

    TableReport run(std::size_t& compared) {
        check_columns();
        const bool is_misread = !report_.failures.empty();
        for (const Row& row : table_.rows) {
            ++report_.rows;
            const std::size_t before = report_.failures.size();
            run_row(row, compared);
            if (is_misread || report_.failures.size() > before) ++failed_rows_;
        }
        return std::move(report_);
    }
    [[nodiscard]] std::size_t failed_rows() const { return failed_rows_; }

    [[nodiscard]] CaseRow row_of(const Row& row) {
        CaseRow out;
        out.place = {report_.path, row.line, 1};
        out.question = cell(row, "question").empty() ? "contact" : cell(row, "question");
        out.facts = facts_of(row);
        out.codes = law_.variables().code(out.facts);
        out.expect = cell(row, "expect");
        out.by = cell(row, "by");
        out.duties = listed(cell(row, "duties"));
        out.no_duties = listed(cell(row, "no duties"));
        return out;
    }
    [[nodiscard]] bool is_clean() const { return report_.failures.empty(); }

  private:
    static bool is_expectation(std::string_view name) {
        return name == "expect" || name == "by" || name == "duties" || name == "no duties" ||
               name == "background" || name == "question" || name == "says";
    }

    void check_columns() {
        for (const Cell& cell : table_.header)
            if (!is_expectation(cell.text) && law_.vocabulary().find(cell.text) == kNoFact)
                fail({report_.path, table_.line, cell.column}, "law.unknown_fact_near",
                     {{"name", cell.text}, {"near", law_.vocabulary().nearest_fact(cell.text)}});
    }

    std::string cell(const Row& row, std::string_view column) const {
        const int index = table_.column_of(column);
        const auto place = static_cast<std::size_t>(index);
        return index < 0 || place >= row.cells.size() ? std::string{} : row.cells[place].text;
    }

    // Backgrounds first, in order; then the facts that all rows share; then those of the row.
    Facts facts_of(const Row& row) {
        Facts facts;
        std::vector<std::pair<std::string, std::string>> given;
        for (const std::string& part : listed(table_.given)) {
            if (part.starts_with("background "))
                background(facts, row, part.substr(11));
            else if (const std::size_t equals = part.find('='); equals != part.npos)
                given.emplace_back(trimmed(std::string_view(part).substr(0, equals)),
                                   trimmed(std::string_view(part).substr(equals + 1)));
            else
                fail({report_.path, table_.given_line, 1}, "law.given_form", {{"text", part}});
        }
        for (const std::string& name : listed(cell(row, "background")))
            background(facts, row, name);
        for (const auto& [name, value] : given) {
            if (law_.vocabulary().find(name) == kNoFact)
                fail({report_.path, table_.given_line, 1}, "law.unknown_fact_near",
                     {{"name", name}, {"near", law_.vocabulary().nearest_fact(name)}});
            set(facts, row, name, value);
        }
        for (std::size_t i = 0; i < table_.header.size() && i < row.cells.size(); ++i)
            if (!is_expectation(table_.header[i].text))
                set(facts, row, table_.header[i].text, row.cells[i].text);
        return facts;
    }

    void background(Facts& facts, const Row& row, const std::string& name) {
        const auto done = set_background(facts, law_.vocabulary(), name);
        if (!done) fail({report_.path, row.line, 1}, done.error().message);
    }

    void set(Facts& facts, const Row& row, const std::string& name, const std::string& value) {
        const FactId id = law_.vocabulary().find(name);
        if (id == kNoFact || value.empty()) return;
        if (value == "?") return facts.erase(id);
        if (is_any(value)) return facts.set(id, Any{});
        const auto done = set_fact(facts, law_.vocabulary(), name, value);
        if (!done) fail({report_.path, row.line, 1}, done.error().message);
    }

    void run_row(const Row& row, std::size_t& compared) {
        const CaseRow read = row_of(row);
        const QuestionTable* table = law_.table(read.question);
        if (table == nullptr)
            return fail(read.place, "law.no_rules_for", {{"question", read.question}});
        const Decision decision = law::decide(law_.rules(), *table, read.codes);
        if (decision.answer >= 0) cover(decision);
        for (Message& message : differences(law_.vocabulary(), law_.rules(), read, decision))
            fail(read.place, std::move(message));
        compare(row, *table, read.codes, compared);
    }

    void cover(const Decision& decision) {
        for (const Reason& reason : decision.reasons)
            covered_.insert(law_.rules().rules[reason.rule].id);
        for (const Reason& reason : decision.supporting)
            covered_.insert(law_.rules().rules[reason.rule].id);
    }

    // Both evaluators must agree on the row, and on many ways to complete what it leaves open.
    void compare(const Row& row, const QuestionTable& table, Codes codes, std::size_t& compared) {
        const Question& question = *law_.vocabulary().question(table.question);
        constexpr int kCompletions = 32;
        std::uint32_t seed = static_cast<std::uint32_t>(row.line) * 2654435761U;
        // Also what the rules name but the table does not need, or the interpreter would try it
        // all.
        const std::vector<bool> used = variables_used(law_.rules(), table.question);
        std::vector<VarId> open;
        for (std::size_t i = 0; i < used.size(); ++i)
            if (used[i] && codes[i] == kUnknown) open.push_back(static_cast<VarId>(i));
        for (int i = 0; i < kCompletions; ++i) {
            for (const VarId id : open) {
                seed = seed * 1664525U + 1013904223U;
                codes[id] =
                    static_cast<std::uint8_t>((seed >> 8) % law_.variables()[id].real_size());
            }
            const auto slow = interpret(law_.rules(), question, codes);
            ++compared;
            if (!slow || !(*slow == law::decide(law_.rules(), table, codes)))
                return fail({report_.path, row.line, 1}, "law.evaluators_differ", {});
            if (open.empty()) return;
        }
    }

    void fail(const Place& place, std::string_view id,
              std::vector<std::pair<std::string, std::string>> arguments) {
        fail(place, Message(id, std::move(arguments)));
    }
    void fail(const Place& place, Message message) {
        report_.failures.push_back({ErrorCode::kInput, std::move(message), place.text()});
    }

    const Law& law_;
    const Table& table_;
    std::set<std::string>& covered_;
    TableReport report_;
    std::size_t failed_rows_ = 0;
};

std::string missing(const Vocabulary& vocabulary, const Decision& decision) {
    std::vector<std::string> names;
    for (const FactId fact : decision.missing) names.push_back(vocabulary.fact(fact).name);
    return join(names, ", ");
}

// Calls `visit` with a runner for each case table.
template <typename Visit>
void for_each_table(const Law& law, std::span<const SourceFile> files,
                    std::set<std::string>& covered, const Visit& visit) {
    for (const SourceFile& file : files) {
        if (file.path.find('/') == file.path.npos) continue;
        for (const Table& table : read_markdown(file).tables) {
            if (table.column_of("expect") < 0) continue;
            TableRunner runner(law, file.path, table, covered);
            visit(runner, table);
        }
    }
}

}  // namespace

std::vector<Message> differences(const Vocabulary& vocabulary, const RuleSet& rules,
                                 const CaseRow& row, const Decision& decision) {
    const Question& question = *vocabulary.question(row.question);
    const std::string answer = decision.answer < 0
                                   ? "undetermined"
                                   : question.answers[static_cast<std::size_t>(decision.answer)];
    std::vector<std::string> deciding;
    for (const Reason& reason : decision.deciding) deciding.push_back(rules.rules[reason.rule].id);
    std::vector<Message> out;
    if (answer != row.expect) {
        out.emplace_back("law.case_answer",
                         Message::Arguments{{"expected", row.expect},
                                            {"found", answer},
                                            {"by", join(deciding, ", ")},
                                            {"missing", missing(vocabulary, decision)}});
        return out;
    }
    if (row.by.starts_with("needs ")) {
        const std::string name = row.by.substr(6);
        const FactId wanted = vocabulary.find(name);
        if (std::find(decision.missing.begin(), decision.missing.end(), wanted) ==
            decision.missing.end())
            out.emplace_back(
                "law.case_missing",
                Message::Arguments{{"expected", name}, {"found", missing(vocabulary, decision)}});
    } else if (!row.by.empty() && (deciding.size() != 1 || deciding[0] != row.by)) {
        out.emplace_back("law.case_by",
                         Message::Arguments{{"expected", row.by}, {"found", join(deciding, ", ")}});
    }
    const auto has = [&](const std::string& duty) {
        return std::find(decision.duties.begin(), decision.duties.end(), duty) !=
               decision.duties.end();
    };
    for (const std::string& duty : row.duties)
        if (!has(duty))
            out.emplace_back(
                "law.case_duty",
                Message::Arguments{{"expected", duty}, {"found", join(decision.duties, ", ")}});
    for (const std::string& duty : row.no_duties)
        if (has(duty)) out.emplace_back("law.case_no_duty", Message::Arguments{{"found", duty}});
    return out;
}

std::vector<CaseRow> case_rows(const Law& law, std::span<const SourceFile> files) {
    std::vector<CaseRow> out;
    std::set<std::string> covered;
    for_each_table(law, files, covered, [&](TableRunner& runner, const Table& table) {
        for (const Row& row : table.rows) {
            CaseRow read = runner.row_of(row);
            if (runner.is_clean() && law.table(read.question) != nullptr)
                out.push_back(std::move(read));
        }
    });
    return out;
}

CaseReport run_cases(const Law& law, std::span<const SourceFile> files) {
    CaseReport report;
    std::set<std::string> covered;
    for_each_table(law, files, covered, [&](TableRunner& runner, const Table&) {
        TableReport done = runner.run(report.compared);
        report.rows += done.rows;
        report.failed_rows += runner.failed_rows();
        report.tables.push_back(std::move(done));
    });
    for (const Rule& rule : law.rules().rules)
        if (!covered.contains(rule.id)) report.uncovered_rules.push_back(rule.id);
    return report;
}

}  // namespace licet::law

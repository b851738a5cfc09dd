// SPDX-License-Identifier: Apache-2.0
#include "law/cases.h"

#include <algorithm>

#include "base/text.h"
#include "law/columns.h"
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

std::string or_dash(const std::vector<std::string>& names) {
    return names.empty() ? "–" : join(names, ", ");
}

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
        check_table();
        const bool is_misread = !report_.failures.empty();
        for (const Row& row : table_.rows) {
            ++report_.rows;
            const std::size_t before = report_.failures.size();
            run_row(row, compared);
            // What a misread header makes of a row is no news.
            if (is_misread) report_.failures.resize(before);
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
    // Reads what all rows share; before any row.
    void prepare() { check_table(); }

  private:
    static const std::vector<std::string>& expectations() {
        static const std::vector<std::string> kNames = {
            "expect", "by", "duties", "no duties", "background", "question", "says"};
        return kNames;
    }
    static bool is_expectation(std::string_view name) {
        return std::find(expectations().begin(), expectations().end(), name) !=
               expectations().end();
    }

    // What is wrong with the header or with what is given makes every row misread; it is told once.
    void check_table() {
        check_shape(report_.path, table_, report_.failures);
        for (const Cell& cell : table_.header) {
            if (is_expectation(cell.text) || law_.vocabulary().find(cell.text) != kNoFact) continue;
            std::vector<std::string> names = law_.vocabulary().fact_names();
            names.insert(names.end(), expectations().begin(), expectations().end());
            const std::string near = nearest(cell.text, names);
            fail({report_.path, table_.line, cell.column},
                 near.empty() ? "law.case_column" : "law.case_column_near",
                 {{"name", cell.text}, {"near", near}, {"expected", join(expectations(), ", ")}});
        }
        std::size_t offset = 0;
        for (const std::string_view part : split(table_.given, ',')) {
            if (!trimmed(part).empty())
                read_given(trimmed(part), offset + part.find(trimmed(part)));
            offset += part.size() + 1;
        }
    }

    // "channel = email" or "background clean"
    void read_given(std::string_view part, std::size_t offset) {
        const Place place = table_.place_in_given(report_.path, offset);
        const std::size_t equals = part.find('=');
        if (part.starts_with("background ")) {
            given_backgrounds_.emplace_back(trimmed(part.substr(11)));
            Facts tried;
            const auto done = set_background(tried, law_.vocabulary(), given_backgrounds_.back());
            if (!done) fail(place, done.error().message);
            return;
        }
        if (equals == part.npos)
            return fail(place, "law.given_form", {{"text", std::string(part)}});
        const std::string name(trimmed(part.substr(0, equals)));
        const std::string value(trimmed(part.substr(equals + 1)));
        Facts tried;
        const auto done = try_set(tried, name, value);
        if (done) return given_.emplace_back(name, value), void();
        fail(place, done.error().message);
    }

    std::string cell(const Row& row, std::string_view column) const {
        const int index = table_.column_of(column);
        const auto place = static_cast<std::size_t>(index);
        return index < 0 || place >= row.cells.size() ? std::string{} : row.cells[place].text;
    }

    // The place of a cell, or of the row if it has none.
    Place place_of(const Row& row, std::string_view column) const {
        const auto index = static_cast<std::size_t>(table_.column_of(column));
        return {report_.path, row.line, index < row.cells.size() ? row.cells[index].column : 1};
    }

    // Backgrounds first, in order; then the facts that all rows share; then those of the row.
    Facts facts_of(const Row& row) {
        Facts facts;
        for (const std::string& name : given_backgrounds_)
            std::ignore = set_background(facts, law_.vocabulary(), name);
        for (const std::string& name : listed(cell(row, "background"))) {
            const auto done = set_background(facts, law_.vocabulary(), name);
            if (!done) fail(place_of(row, "background"), done.error().message);
        }
        for (const auto& [name, value] : given_) std::ignore = try_set(facts, name, value);
        for (std::size_t i = 0; i < table_.header.size() && i < row.cells.size(); ++i) {
            const std::string& name = table_.header[i].text;
            if (is_expectation(name) || law_.vocabulary().find(name) == kNoFact) continue;
            const auto done = try_set(facts, name, row.cells[i].text);
            if (!done) fail({report_.path, row.line, row.cells[i].column}, done.error().message);
        }
        return facts;
    }

    // An empty cell leaves what is given; `?` forgets it; a dash is every value.
    [[nodiscard]] Result<Done> try_set(Facts& facts, const std::string& name,
                                       const std::string& value) const {
        const FactId id = law_.vocabulary().find(name);
        if (id != kNoFact && value.empty()) return Done{};
        if (id != kNoFact && value == "?") return facts.erase(id), Done{};
        if (id != kNoFact && is_any(value)) return facts.set(id, Any{}), Done{};
        return set_fact(facts, law_.vocabulary(), name, value);
    }

    void run_row(const Row& row, std::size_t& compared) {
        const std::size_t before = report_.failures.size();
        const CaseRow read = row_of(row);
        const Question* question = law_.vocabulary().question(read.question);
        const QuestionTable* table = law_.table(read.question);
        if (question == nullptr)
            return fail(place_of(row, "question"), "law.unknown_question",
                        {{"name", read.question},
                         {"expected", join(law_.vocabulary().question_names(), ", ")}});
        if (table == nullptr)
            return fail(place_of(row, "question"), "law.no_rules_for",
                        {{"question", read.question}});
        if (report_.failures.size() > before) return;
        const Decision decision = law::decide(law_.rules(), *table, read.codes);
        if (check_expectations(row, *question)) {
            if (decision.answer >= 0) cover(decision);
            for (Difference& one : differences(law_.vocabulary(), law_.rules(), read, decision))
                fail(place_of(row, one.column), std::move(one.message));
        }
        compare(row, *table, read.codes, compared);
    }

    // Names that are none would fail for a reason that is not theirs, or never.
    bool check_expectations(const Row& row, const Question& question) {
        const std::size_t before = report_.failures.size();
        const std::string wanted = cell(row, "expect");
        if (wanted.empty())
            fail(place_of(row, "expect"), "law.case_without_answer",
                 {{"expected", join(question.answers, " ") + " undetermined"}});
        else if (wanted != "undetermined" && question.answer_of(wanted) < 0)
            fail(place_of(row, "expect"), "law.unknown_answer",
                 {{"name", wanted}, {"expected", join(question.answers, " ") + " undetermined"}});
        const std::string by = cell(row, "by");
        if (by.starts_with("needs ")) {
            const std::string fact = by.substr(6);
            const std::string near = law_.vocabulary().nearest_fact(fact);
            if (law_.vocabulary().find(fact) == kNoFact)
                fail(place_of(row, "by"),
                     near.empty() ? "law.unknown_fact" : "law.unknown_fact_near",
                     {{"name", fact}, {"near", near}});
        } else if (!by.empty()) {
            std::vector<std::string> rules;
            for (const Rule& rule : law_.rules().rules) rules.push_back(rule.id);
            check_name(place_of(row, "by"), by, rules, "law.unknown_rule", "law.unknown_rule_near");
        }
        const std::vector<std::string> duties = law_.vocabulary().duty_names();
        for (const char* column : {"duties", "no duties"})
            for (const std::string& duty : listed(cell(row, column)))
                check_name(place_of(row, column), duty, duties, "law.unknown_duty",
                           "law.unknown_duty_near");
        return report_.failures.size() == before;
    }

    void check_name(const Place& place, const std::string& name,
                    const std::vector<std::string>& known, const char* id, const char* near_id) {
        if (std::find(known.begin(), known.end(), name) != known.end()) return;
        const std::string near = nearest(name, known);
        fail(place, near.empty() ? id : near_id, {{"name", name}, {"near", near}});
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
            const auto slow = interpret(law_.rules(), question, used, codes);
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
    std::vector<std::string> given_backgrounds_;
    std::vector<std::pair<std::string, std::string>> given_;
    TableReport report_;
    std::size_t failed_rows_ = 0;
};

std::string missing(const Vocabulary& vocabulary, const Decision& decision) {
    std::vector<std::string> names;
    for (const FactId fact : decision.missing) names.push_back(vocabulary.fact(fact).name);
    return or_dash(names);
}

// Calls `visit` with a runner for each case table.
template <typename Visit>
void for_each_table(const Law& law, std::span<const SourceFile> files,
                    std::set<std::string>& covered, const Visit& visit) {
    for (const SourceFile& file : files) {
        if (file.path.find('/') == file.path.npos || is_on_shelf(files, file.path)) continue;
        for (const Table& table : read_markdown(file).tables) {
            if (table.column_of("expect") < 0) continue;
            TableRunner runner(law, file.path, table, covered);
            visit(runner, table);
        }
    }
}

}  // namespace

std::vector<Difference> differences(const Vocabulary& vocabulary, const RuleSet& rules,
                                    const CaseRow& row, const Decision& decision) {
    const Question& question = *vocabulary.question(row.question);
    const std::string answer = question.answer_name(decision.answer);
    std::vector<std::string> deciding;
    for (const Reason& reason : decision.deciding) deciding.push_back(rules.rules[reason.rule].id);
    std::vector<Difference> out;
    const auto add = [&](const char* column, std::string_view id, Message::Arguments arguments) {
        out.push_back({column, Message(id, std::move(arguments))});
    };
    if (answer != row.expect) {
        add("expect", "law.case_answer",
            {{"expected", row.expect},
             {"found", answer},
             {"by", or_dash(deciding)},
             {"missing", missing(vocabulary, decision)}});
        return out;
    }
    if (row.by.starts_with("needs ")) {
        const std::string name = row.by.substr(6);
        const FactId wanted = vocabulary.find(name);
        if (std::find(decision.missing.begin(), decision.missing.end(), wanted) ==
            decision.missing.end())
            add("by", "law.case_missing",
                {{"expected", name}, {"found", missing(vocabulary, decision)}});
    } else if (!row.by.empty() && (deciding.size() != 1 || deciding[0] != row.by)) {
        add("by", "law.case_by", {{"expected", row.by}, {"found", or_dash(deciding)}});
    }
    const auto has = [&](const std::string& duty) {
        return std::find(decision.duties.begin(), decision.duties.end(), duty) !=
               decision.duties.end();
    };
    for (const std::string& duty : row.duties)
        if (!has(duty))
            add("duties", "law.case_duty",
                {{"expected", duty}, {"found", or_dash(decision.duties)}});
    for (const std::string& duty : row.no_duties)
        if (has(duty)) add("no duties", "law.case_no_duty", {{"found", duty}});
    return out;
}

std::vector<CaseRow> case_rows(const Law& law, std::span<const SourceFile> files) {
    std::vector<CaseRow> out;
    std::set<std::string> covered;
    for_each_table(law, files, covered, [&](TableRunner& runner, const Table& table) {
        runner.prepare();
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

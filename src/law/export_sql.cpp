// SPDX-License-Identifier: Apache-2.0
#include "law/export_sql.h"

#include "base/text.h"
#include "law/sql_case.h"
#include "law/sql_codes.h"
#include "law/sql_walk.h"

namespace licet::law {
namespace {

std::string head(const Law& law, const SqlOptions& options) {
    std::string packs;
    for (const Pack& pack : law.packs()) packs += "-- " + pack.identity() + "\n";
    return "-- " + std::string(name_of(options.dialect)) + ", " + options.scope.questions.front() +
           ", " + std::string(name_of(law.reading())) + "\n" + packs;
}

// Puts before a script what drops its views and tables, so that it can be run again when the law
// has changed. Views go first, those of the check before all that they rest on.
std::string renewed(const std::string& script) {
    std::string views;
    std::string tables;
    for (const std::string_view view :
         {"licet_left_open", "licet_difference", "licet_check_verdict", "licet_verdict"}) {
        const bool is_of_law = view == "licet_verdict";
        if (!is_of_law || script.find("CREATE VIEW licet_verdict ") != script.npos)
            views += "DROP VIEW IF EXISTS " + std::string(view) + ";\n";
    }
    constexpr std::string_view kCreate = "CREATE TABLE ";
    for (const std::string_view line : lines_of(script)) {
        if (!line.starts_with(kCreate)) continue;
        const std::string_view rest = line.substr(kCreate.size());
        tables += "DROP TABLE IF EXISTS " + std::string(rest.substr(0, rest.find(' '))) + ";\n";
    }
    return views + tables + script;
}

std::string check_rows(const Law& law, const SqlOptions& options, const SqlCodes& codes) {
    const SqlWords words(options.dialect);
    std::vector<std::string> facts;
    std::vector<std::string> answers;
    for (const SqlCheck& check : options.checks) {
        std::string row = SqlWords::text(check.id);
        for (const FactId id : codes.facts()) {
            const Fact& fact = law.vocabulary().fact(id);
            const FactValue* value = check.facts.find(id);
            std::string text = "NULL";
            if (value != nullptr) {
                const Count* count = std::get_if<Count>(value);
                text = count != nullptr ? std::to_string(count->number)
                                        : words.value(fact, value_text(fact, *value));
            }
            row += ", " + text;
        }
        facts.push_back(std::move(row));
        answers.push_back(SqlWords::text(check.id) + ", " + SqlWords::text(check.answer));
    }
    return sql_rows("licet_check_facts", facts) + sql_rows("licet_check_answer", answers);
}

std::string compared(std::string_view view, std::string_view condition) {
    return "CREATE VIEW " + std::string(view) +
           " AS\nSELECT a.licet_id AS licet_id, a.answer AS expected, v.answer AS answer\nFROM "
           "licet_check_answer a\nLEFT JOIN licet_check_verdict v ON v.licet_id = a.licet_id\n"
           "WHERE " +
           std::string(condition) + ";\n";
}

std::string check_script(const Law& law, const SqlOptions& options, const SqlCodes& codes,
                         const std::string& verdict_of_checks) {
    const SqlWords words(options.dialect);
    return codes.facts_table("licet_check_facts") + "CREATE TABLE licet_check_answer (licet_id " +
           words.id_type() + ", answer " + words.text_type() + words.end_of_table("licet_id") +
           ";\n" + check_rows(law, options, codes) + "\nCREATE VIEW licet_check_verdict AS\n" +
           verdict_of_checks + ";\n\n" +
           compared("licet_difference",
                    "v.answer IS NULL OR (v.answer <> a.answer AND v.answer <> 'undetermined')") +
           compared("licet_left_open", "v.answer = 'undetermined' AND a.answer <> 'undetermined'");
}

SqlScript script_of(const Law& law, const SqlOptions& options, const SqlCodes& codes,
                    const std::string& query, const std::string& tables) {
    const auto verdict = [&](std::string_view facts) {
        return "WITH " + codes.steps(facts) + query;
    };
    SqlScript script;
    script.facts = head(law, options) + codes.facts_table("licet_facts");
    script.law = head(law, options) +
                 renewed(codes.calendar_tables() + tables + "CREATE VIEW licet_verdict AS\n" +
                         verdict("licet_facts") + ";\n");
    script.columns = codes.facts();
    script.check = head(law, options) +
                   renewed(check_script(law, options, codes, verdict("licet_check_facts")));
    return script;
}

}  // namespace

Result<SqlScript> export_sql(const Law& law, const SqlOptions& options) {
    const std::string& name = options.scope.questions.front();
    const Question& question = *law.vocabulary().question(name);
    const SqlWords words(options.dialect);
    const std::vector<RuleId> rules = rules_in(law, options.scope, name);
    const bool is_too_wide = rules.size() > kMostCaseRules;
    if (is_too_wide && options.form == SqlForm::kCase)
        return error(
            ErrorCode::kInput, "law.export_too_wide",
            {{"rules", std::to_string(rules.size())}, {"most", std::to_string(kMostCaseRules)}});
    if (is_too_wide || options.form == SqlForm::kJoin) {
        const SqlWalk walk(law, options.scope, question);
        return script_of(law, options, SqlCodes(law, words, options.scope, name, walk.variables()),
                         walk.query(words), walk.tables(words));
    }
    return script_of(law, options,
                     SqlCodes(law, words, options.scope, name, variables_of(law, rules)),
                     case_form(law, question, rules, words.materialized(), options.language), {});
}

}  // namespace licet::law

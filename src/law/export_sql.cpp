// SPDX-License-Identifier: Apache-2.0
#include "law/export_sql.h"

#include "law/sql_case.h"
#include "law/sql_codes.h"

namespace licet::law {
namespace {

// PostgreSQL takes 1,664 columns in a step, SQLite 2,000.
constexpr std::size_t kMostRules = 700;

std::string head(const Law& law, const SqlOptions& options) {
    std::string packs;
    for (const Pack& pack : law.packs()) packs += "-- " + pack.identity() + "\n";
    return "-- " + std::string(name_of(options.dialect)) + ", " + options.scope.questions.front() +
           ", " + std::string(name_of(law.reading())) + "\n" + packs;
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

std::string check_script(const Law& law, const SqlOptions& options, const SqlCodes& codes,
                         const std::string& verdict_of_checks) {
    const SqlWords words(options.dialect);
    const bool is_strict = options.dialect == SqlDialect::kClickhouse;
    const std::string id_type = is_strict ? "String" : words.text_type();
    return head(law, options) + codes.facts_table("licet_check_facts") +
           "CREATE TABLE licet_check_answer (licet_id " + id_type + ", answer " +
           words.text_type() + words.end_of_table("licet_id") + ";\n" +
           check_rows(law, options, codes) + "\nCREATE VIEW licet_check_verdict AS\n" +
           verdict_of_checks +
           ";\n\nCREATE VIEW licet_difference AS\nSELECT a.licet_id AS licet_id, a.answer AS "
           "expected, v.answer AS answer\nFROM licet_check_answer a\nLEFT JOIN "
           "licet_check_verdict v ON v.licet_id = a.licet_id\nWHERE v.answer IS NULL OR v.answer "
           "<> a.answer;\n";
}

}  // namespace

Result<SqlScript> export_sql(const Law& law, const SqlOptions& options) {
    const std::string& name = options.scope.questions.front();
    const Question& question = *law.vocabulary().question(name);
    const std::vector<RuleId> rules = rules_in(law, options.scope, name);
    if (options.form == SqlForm::kCase && rules.size() > kMostRules)
        return error(
            ErrorCode::kInput, "law.export_too_wide",
            {{"rules", std::to_string(rules.size())}, {"most", std::to_string(kMostRules)}});
    const SqlWords words(options.dialect);
    const SqlCodes codes(law, words, options.scope, variables_of(law, rules));
    const std::string form =
        case_form(law, question, rules, words.materialized(), options.language);
    const auto verdict = [&](std::string_view table) {
        return "WITH " + codes.steps(table) + form;
    };
    SqlScript script;
    script.facts = head(law, options) + codes.facts_table("licet_facts");
    script.law = head(law, options) + codes.calendar_tables() + "CREATE VIEW licet_verdict AS\n" +
                 verdict("licet_facts") + ";\n";
    script.check = check_script(law, options, codes, verdict("licet_check_facts"));
    return script;
}

}  // namespace licet::law

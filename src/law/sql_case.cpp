// SPDX-License-Identifier: Apache-2.0
#include "law/sql_case.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace licet::law {
namespace {

constexpr std::string_view kTrue = "TRUE";
constexpr std::string_view kFalse = "FALSE";

std::string joined(const std::vector<std::string>& parts, std::string_view word) {
    return parts.size() == 1 ? parts.front() : "(" + join(parts, word) + ")";
}

// FALSE if one part is, without the parts that are TRUE.
std::string all_of(std::vector<std::string> parts) {
    if (std::find(parts.begin(), parts.end(), kFalse) != parts.end()) return std::string(kFalse);
    std::erase(parts, kTrue);
    return parts.empty() ? std::string(kTrue) : joined(parts, " AND ");
}

std::string any_of(std::vector<std::string> parts) {
    if (std::find(parts.begin(), parts.end(), kTrue) != parts.end()) return std::string(kTrue);
    std::erase(parts, kFalse);
    return parts.empty() ? std::string(kFalse) : joined(parts, " OR ");
}

std::string not_of(const std::string& part) {
    if (part == kTrue) return std::string(kFalse);
    return part == kFalse ? std::string(kTrue) : "NOT " + part;
}

class CaseForm {
  public:
    CaseForm(const Law& law, const Question& question, const std::vector<RuleId>& rules)
        : law_(law), question_(question), all_(law.rules().rules), rules_(rules) {}

    // ---- one column a rule ----------------------------------------------------------------------
    std::string guards(std::string_view materialized, Language language) const {
        std::string out = ",\nlicet_guard AS " + std::string(materialized) +
                          "(\n  SELECT c.licet_id AS licet_id, c.licet_is_here AS licet_is_here";
        for (const RuleId id : rules_) {
            const Rule& rule = all_[id];
            out += ",\n    -- " + rule.id + ": " + rule.tell.in(language) + "\n    -- " +
                   join(rule.cites, "; ") + "\n    " + expression(rule.guard) + " AS g" +
                   std::to_string(id);
            if (rule.has_kept_by)
                out += ",\n    " + expression(rule.kept_by) + " AS k" + std::to_string(id);
        }
        const auto& impossible = law_.rules().impossible;
        for (std::size_t i = 0; i < impossible.size(); ++i)
            out += ",\n    -- what cannot be\n    " + expression(impossible[i]) + " AS i" +
                   std::to_string(i);
        return out + "\n  FROM licet_code c\n)";
    }

    // ---- the answer -----------------------------------------------------------------------------
    std::string verdict() const {
        const std::size_t count = question_.answers.size();
        const auto otherwise = static_cast<std::size_t>(question_.answer_of(question_.otherwise));
        std::string answers;
        std::string deciding;
        std::string given;
        std::vector<std::string> stricter;
        std::vector<std::string> others;
        for (std::size_t i = 0; i < count; ++i) {
            const std::string column = "a" + std::to_string(i);
            const int answer = static_cast<int>(i);
            std::vector<std::string> ways;
            for (const RuleId id : rules_)
                if (all_[id].is_root) ways.push_back(gives(id, answer));
            given += ",\n    " + any_of(ways) + " AS " + column;
            std::vector<std::string> conditions = stricter;
            conditions.push_back(column);
            answers += "\n    WHEN " + all_of(conditions) + " THEN '" + question_.answers[i] + "'";
            deciding +=
                "\n    WHEN " + all_of(conditions) + " THEN CASE" + rules_for(answer) + " END";
            stricter.push_back("NOT " + column);
            if (i != otherwise) others.push_back("NOT " + column);
        }
        answers += "\n    WHEN " + all_of(others) + " THEN '" + question_.otherwise + "'";
        const std::string none = nothing_can_be();
        return ",\nlicet_answer AS (\n  SELECT g.*" + given +
               "\n  FROM licet_guard g\n)\nSELECT "
               "licet_id,\n  CASE\n    WHEN " +
               none + " THEN 'undetermined'" + answers +
               "\n    ELSE 'undetermined'\n  END AS answer,\n  CASE\n    WHEN " + none +
               " THEN NULL" + deciding + "\n  END AS rule\nFROM licet_answer";
    }

  private:
    std::string condition(VarId id, const ValueSet& codes, std::size_t size) const {
        constexpr std::size_t kNamed = 3;
        std::string out;
        std::size_t named = 0;
        for (std::size_t code = 0; code < size; ++code) {
            if (!codes.test(code)) continue;
            if (named++ == kNamed) return out + " or ...";
            out += (out.empty() ? "" : " or ") +
                   law_.variables().condition(id, static_cast<std::uint8_t>(code));
        }
        return out;
    }

    // The codes of a leaf as few ranges; NULL stays NULL.
    std::string leaf(const Expr& expr) const {
        const std::size_t size = law_.variables()[expr.variable].size;
        const std::string column = "c.v" + std::to_string(expr.variable);
        std::vector<std::string> ranges;
        std::size_t held = 0;
        for (std::size_t code = 0; code < size; ++code) {
            if (!expr.codes.test(code)) continue;
            const std::size_t first = code;
            while (code + 1 < size && expr.codes.test(code + 1)) ++code;
            held += code - first + 1;
            ranges.push_back(first == code ? column + " = " + std::to_string(code)
                                           : column + " BETWEEN " + std::to_string(first) +
                                                 " AND " + std::to_string(code));
        }
        if (held == size) return std::string(kTrue);
        if (held == 0) return std::string(kFalse);
        return "(" + join(ranges, " OR ") + " /* " + condition(expr.variable, expr.codes, size) +
               " */)";
    }

    std::string expression(const Expr& expr) const {
        std::vector<std::string> parts;
        for (const Expr& part : expr.parts) parts.push_back(expression(part));
        switch (expr.kind) {
            case Expr::Kind::kTrue:
                return std::string(kTrue);
            case Expr::Kind::kLeaf:
                return leaf(expr);
            case Expr::Kind::kAnd:
                return all_of(std::move(parts));
            case Expr::Kind::kOr:
                return any_of(std::move(parts));
            case Expr::Kind::kNot:
                return not_of(parts.front());
            case Expr::Kind::kShared:
                return expression(*expr.shared);
        }
        return std::string(kFalse);
    }

    [[nodiscard]] std::string guard(RuleId id) const { return "g" + std::to_string(id); }

    // True if the rule, wherever its guard holds, gives `answer`, by itself or by its exceptions.
    [[nodiscard]] bool always_gives(RuleId id, int answer) const {
        return own(id, answer) == kTrue &&
               std::all_of(all_[id].exceptions.begin(), all_[id].exceptions.end(),
                           [&](RuleId one) { return always_gives(one, answer); });
    }

    // What the rule itself says where no exception speaks.
    [[nodiscard]] std::string own(RuleId id, int answer) const {
        const Rule& rule = all_[id];
        const bool is_kept_answer = rule.answer == answer;
        if (!rule.has_kept_by) return std::string(is_kept_answer ? kTrue : kFalse);
        const std::string kept = "k" + std::to_string(id);
        if (answer == 0) return is_kept_answer ? std::string(kTrue) : not_of(kept);
        return is_kept_answer ? kept : std::string(kFalse);
    }

    // The condition under which the rule and its exceptions give `answer`. Exceptions that speak
    // together never disagree, or the packs would have been refused.
    [[nodiscard]] std::string gives(RuleId id, int answer) const {
        if (always_gives(id, answer)) return guard(id);
        std::vector<std::string> ways;
        std::vector<std::string> alone{own(id, answer)};
        for (const RuleId exception : all_[id].exceptions) {
            ways.push_back(gives(exception, answer));
            // Whether such an exception speaks or not, the answer is the same.
            if (!always_gives(exception, answer)) alone.push_back(not_of(guard(exception)));
        }
        ways.push_back(all_of(alone));
        return all_of({guard(id), any_of(ways)});
    }

    // Each rule below `id` that can give `answer`, with the condition under which it is certain
    // that this very rule decides.
    void certain_rules(RuleId id, int answer, std::vector<std::string> above,
                       std::string& cases) const {
        above.push_back(guard(id));
        std::vector<std::string> alone = above;
        for (const RuleId exception : all_[id].exceptions) {
            certain_rules(exception, answer, above, cases);
            // Of two exceptions that speak together the first decides.
            if (gives(exception, answer) != kFalse) above.push_back(not_of(guard(exception)));
            alone.push_back(not_of(guard(exception)));
        }
        alone.push_back(own(id, answer));
        const std::string condition = all_of(alone);
        if (condition != kFalse)
            cases += "\n      WHEN " + condition + " THEN '" + all_[id].id + "'";
    }

    // The first rule that may decide, where it is certain that one of several does.
    [[nodiscard]] std::string first_possible_rule(RuleId id, int answer) const {
        std::string cases;
        if (own(id, answer) != kFalse) {
            std::vector<std::string> alone{own(id, answer)};
            for (const RuleId exception : all_[id].exceptions)
                alone.push_back(not_of(guard(exception)));
            const std::string condition = all_of(alone);
            if (condition == kTrue) return "'" + all_[id].id + "'";
            cases +=
                " WHEN " + condition + " OR " + condition + " IS NULL THEN '" + all_[id].id + "'";
        }
        for (const RuleId exception : all_[id].exceptions) {
            const std::string condition = gives(exception, answer);
            if (condition == kFalse) continue;
            cases += " WHEN " + condition + " OR " + condition + " IS NULL THEN " +
                     first_possible_rule(exception, answer);
        }
        return "CASE" + cases + " END";
    }

    [[nodiscard]] std::string rules_for(int answer) const {
        std::string certain;
        std::string possible;
        for (const RuleId id : rules_) {
            if (!all_[id].is_root) continue;
            const std::string condition = gives(id, answer);
            if (condition == kFalse) continue;
            certain_rules(id, answer, {}, certain);
            if (!all_[id].exceptions.empty())
                possible +=
                    "\n      WHEN " + condition + " THEN " + first_possible_rule(id, answer);
        }
        const std::string all = certain + possible;
        return all.empty() ? " WHEN FALSE THEN ''" : all;
    }

    // Where the law must not answer: another country, or facts that contradict each other. One
    // statement of impossibility that is unknown leaves something possible; two may leave nothing.
    [[nodiscard]] std::string nothing_can_be() const {
        std::vector<std::string> ways{"licet_is_here = 0"};
        std::string unknown;
        const std::size_t count = law_.rules().impossible.size();
        for (std::size_t i = 0; i < count; ++i) {
            const std::string column = "i" + std::to_string(i);
            ways.push_back(column);
            unknown +=
                (i == 0 ? "" : " + ") + ("CASE WHEN " + column) + " IS NULL THEN 1 ELSE 0 END";
        }
        if (count > 1) ways.push_back(unknown + " > 1");
        return any_of(ways);
    }

    const Law& law_;
    const Question& question_;
    const std::vector<Rule>& all_;
    const std::vector<RuleId>& rules_;
};

}  // namespace

std::vector<RuleId> rules_in(const Law& law, const Scope& scope, std::string_view question) {
    std::set<std::string> packs;
    for (const std::string& country : scope.countries) {
        const Pack& pack = *law.pack_of(country);
        packs.insert(pack.id);
        packs.insert(pack.imports.begin(), pack.imports.end());
    }
    std::vector<RuleId> out;
    const std::vector<Rule>& rules = law.rules().rules;
    for (std::size_t i = 0; i < rules.size(); ++i)
        if (rules[i].question == question && (packs.empty() || packs.contains(rules[i].pack)))
            out.push_back(static_cast<RuleId>(i));
    return out;
}

std::vector<VarId> variables_of(const Law& law, const std::vector<RuleId>& rules) {
    std::set<VarId> out;
    for (const RuleId id : rules) {
        add_variables(law.rules().rules[id].guard, out);
        add_variables(law.rules().rules[id].kept_by, out);
    }
    for (const Expr& expr : law.rules().impossible) add_variables(expr, out);
    return {out.begin(), out.end()};
}

std::string case_form(const Law& law, const Question& question, const std::vector<RuleId>& rules,
                      std::string_view materialized, Language language) {
    const CaseForm form(law, question, rules);
    return form.guards(materialized, language) + form.verdict();
}

}  // namespace licet::law

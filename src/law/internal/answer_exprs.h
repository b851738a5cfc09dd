// SPDX-License-Identifier: Apache-2.0
//
// The answer of a question as a condition, so that the rules of another question can ask for it.
//
//     answer of consent = valid  ->  some root of `consent` gives "valid", none gives a stricter
//                                    answer
//
// It says in conditions what the interpreter does in steps (interpreter.cpp, outcome_of), so the
// table, the diagram and the interpreter need no notion of a question inside a question.
#pragma once

#include <memory>
#include <vector>

#include "law/decision.h"

namespace licet::law {

class AnswerExprs {
  public:
    /// `rules` must have their conditions coded and outlive the object.
    AnswerExprs(const std::vector<Rule>& rules, const Question& question)
        : rules_(rules), question_(question) {}

    /// Gives, for each answer of the question, when it is given.
    [[nodiscard]] std::vector<std::shared_ptr<const Expr>> all() const {
        std::vector<std::shared_ptr<const Expr>> out;
        std::vector<Expr> stricter;  // whether one of the answers so far is given
        const int otherwise = question_.answer_of(question_.otherwise);
        for (int answer = 0; answer < count(); ++answer) {
            std::vector<Expr> ways = roots_giving(answer);
            if (answer == otherwise) ways.push_back(nobody_answers());
            auto given = std::make_shared<const Expr>(unless(stricter, std::move(ways)));
            stricter.push_back(Expr::sharing(given));
            out.push_back(std::move(given));
        }
        return out;
    }

  private:
    [[nodiscard]] int count() const { return static_cast<int>(question_.answers.size()); }

    static Expr unless(const std::vector<Expr>& stricter, std::vector<Expr> ways) {
        std::vector<Expr> both;
        both.push_back(Expr::any(std::move(ways)));
        for (const Expr& other : stricter) both.push_back(Expr::negation(other));
        return Expr::all(std::move(both));
    }

    [[nodiscard]] std::vector<Expr> roots_giving(int answer) const {
        std::vector<Expr> ways;
        for (const Rule& rule : rules_)
            if (rule.is_root && rule.question == question_.id) ways.push_back(gives(rule, answer));
        return ways;
    }

    [[nodiscard]] Expr nobody_answers() const {
        std::vector<Expr> none;
        for (int answer = 0; answer < count(); ++answer)
            for (Expr& way : roots_giving(answer)) none.push_back(Expr::negation(std::move(way)));
        return Expr::all(std::move(none));
    }

    // Its exceptions speak instead of a rule: of those that speak, the strictest answer counts.
    [[nodiscard]] Expr gives(const Rule& rule, int answer) const {
        std::vector<Expr> by_exception;
        std::vector<Expr> stricter;
        std::vector<Expr> alone;
        for (const RuleId id : rule.exceptions) {
            const Rule& exception = rules_[id];
            by_exception.push_back(gives(exception, answer));
            for (int other = 0; other < answer; ++other)
                stricter.push_back(gives(exception, other));
            alone.push_back(Expr::negation(exception.guard));
        }
        alone.push_back(own(rule, answer));
        std::vector<Expr> ways;
        ways.push_back(unless(stricter, std::move(by_exception)));
        ways.push_back(Expr::all(std::move(alone)));
        std::vector<Expr> both;
        both.push_back(rule.guard);
        both.push_back(Expr::any(std::move(ways)));
        return Expr::all(std::move(both));
    }

    [[nodiscard]] static Expr own(const Rule& rule, int answer) {
        std::vector<Expr> ways;
        const bool is_own = rule.answer == answer;
        if (!rule.has_kept_by) return is_own ? Expr{} : Expr::any({});
        if (is_own) ways.push_back(rule.kept_by);
        if (answer == 0) ways.push_back(Expr::negation(rule.kept_by));
        return Expr::any(std::move(ways));
    }

    const std::vector<Rule>& rules_;
    const Question& question_;
};

[[nodiscard]] inline std::vector<std::shared_ptr<const Expr>> answers_of(
    const std::vector<Rule>& rules, const Question& question) {
    return AnswerExprs(rules, question).all();
}

}  // namespace licet::law

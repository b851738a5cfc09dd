// SPDX-License-Identifier: Apache-2.0
#include "law/rules.h"

#include <algorithm>

namespace licet::law {

Expr Expr::leaf(VarId variable, ValueSet codes) {
    Expr expr;
    expr.kind = Kind::kLeaf;
    expr.variable = variable;
    expr.codes = codes;
    return expr;
}

Expr Expr::all(std::vector<Expr> parts) {
    Expr expr;
    expr.kind = Kind::kAnd;
    expr.parts = std::move(parts);
    return expr;
}

Expr Expr::any(std::vector<Expr> parts) {
    Expr expr;
    expr.kind = Kind::kOr;
    expr.parts = std::move(parts);
    return expr;
}

Expr Expr::negation(Expr part) {
    Expr expr;
    expr.kind = Kind::kNot;
    expr.parts.push_back(std::move(part));
    return expr;
}

Expr Expr::sharing(std::shared_ptr<const Expr> shared) {
    Expr expr;
    expr.kind = Kind::kShared;
    expr.shared = std::move(shared);
    return expr;
}

bool holds(const Expr& expr, const Codes& codes) {
    const auto part_holds = [&](const Expr& part) { return holds(part, codes); };
    switch (expr.kind) {
        case Expr::Kind::kTrue:
            return true;
        case Expr::Kind::kLeaf:
            return expr.codes.test(codes[expr.variable]);
        case Expr::Kind::kAnd:
            return std::all_of(expr.parts.begin(), expr.parts.end(), part_holds);
        case Expr::Kind::kOr:
            return std::any_of(expr.parts.begin(), expr.parts.end(), part_holds);
        case Expr::Kind::kNot:
            return !part_holds(expr.parts.front());
        case Expr::Kind::kShared:
            return holds(*expr.shared, codes);
    }
    return false;
}

namespace {

// Kleene's logic: what is unknown is neither.
enum class Truth { kNo, kOpen, kYes };

Truth truth_of(const Expr& expr, const Codes& codes) {
    switch (expr.kind) {
        case Expr::Kind::kTrue:
            return Truth::kYes;
        case Expr::Kind::kLeaf:
            if (codes[expr.variable] == kUnknown) return Truth::kOpen;
            return expr.codes.test(codes[expr.variable]) ? Truth::kYes : Truth::kNo;
        case Expr::Kind::kAnd: {
            Truth out = Truth::kYes;
            for (const Expr& part : expr.parts) out = std::min(out, truth_of(part, codes));
            return out;
        }
        case Expr::Kind::kOr: {
            Truth out = Truth::kNo;
            for (const Expr& part : expr.parts) out = std::max(out, truth_of(part, codes));
            return out;
        }
        case Expr::Kind::kNot: {
            const Truth part = truth_of(expr.parts.front(), codes);
            if (part == Truth::kOpen) return part;
            return part == Truth::kYes ? Truth::kNo : Truth::kYes;
        }
        case Expr::Kind::kShared:
            return truth_of(*expr.shared, codes);
    }
    return Truth::kOpen;
}

}  // namespace

bool surely_holds(const Expr& expr, const Codes& codes) {
    return truth_of(expr, codes) == Truth::kYes;
}

void add_variables(const Expr& expr, std::set<VarId>& out) {
    if (expr.kind == Expr::Kind::kLeaf) out.insert(expr.variable);
    for (const Expr& part : expr.parts) add_variables(part, out);
    if (expr.shared != nullptr) add_variables(*expr.shared, out);
}

std::vector<RuleId> RuleSet::parents_of(RuleId id) const {
    std::vector<RuleId> out;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const std::vector<RuleId>& exceptions = rules[i].exceptions;
        if (std::find(exceptions.begin(), exceptions.end(), id) != exceptions.end())
            out.push_back(static_cast<RuleId>(i));
    }
    return out;
}

std::string_view name_of(Reading reading) {
    switch (reading) {
        case Reading::kStrict:
            return "strict";
        case Reading::kAuthority:
            return "authority";
        case Reading::kText:
            return "text";
    }
    return "";
}

}  // namespace licet::law

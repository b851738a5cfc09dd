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
    }
    return false;
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

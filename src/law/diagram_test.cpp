// SPDX-License-Identifier: Apache-2.0
// Goal: equal functions are one node, and apply and choose compute what their definition says.
// Method: random expressions over few small variables, against every assignment tried by hand.
#include "law/diagram.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace licet::law {
namespace {

const std::vector<std::size_t> kSizes = {2, 3, 4, 2};

std::vector<Codes> all_codes() {
    std::vector<Codes> out = {Codes(kSizes.size(), 0)};
    for (std::size_t variable = 0; variable < kSizes.size(); ++variable) {
        std::vector<Codes> longer;
        for (const Codes& codes : out) {
            for (std::size_t code = 0; code < kSizes[variable]; ++code) {
                longer.push_back(codes);
                longer.back()[variable] = static_cast<std::uint8_t>(code);
            }
        }
        out = std::move(longer);
    }
    return out;
}

std::uint32_t value_at(const Diagram& diagram, NodeRef ref, const Codes& codes) {
    while (!is_terminal(ref)) ref = diagram.child(ref, codes[diagram.variable_of(ref)]);
    return value_of(ref);
}

Expr random_expr(int depth) {
    const int kind = depth == 0 ? 0 : *rc::gen::inRange(0, 4);
    if (kind == 0) {
        const auto variable = *rc::gen::inRange<VarId>(0, static_cast<VarId>(kSizes.size()));
        ValueSet codes;
        for (std::size_t i = 0; i < kSizes[variable]; ++i)
            codes.set(i, *rc::gen::arbitrary<bool>());
        return Expr::leaf(variable, codes);
    }
    if (kind == 1) return Expr::negation(random_expr(depth - 1));
    std::vector<Expr> parts;
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i) parts.push_back(random_expr(depth - 1));
    return kind == 2 ? Expr::all(std::move(parts)) : Expr::any(std::move(parts));
}

// A function with several values: nested choices between terminals.
NodeRef random_function(Diagram& diagram) {
    NodeRef out = terminal(*rc::gen::inRange(0U, 5U));
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i)
        out = diagram.choose(diagram.of(random_expr(2)), terminal(*rc::gen::inRange(0U, 5U)), out);
    return out;
}

TEST(Diagram, AnExpressionHoldsWhereItsDiagramIsOne) {
    EXPECT_TRUE(rc::check("of = holds", [] {
        Diagram diagram(kSizes);
        const Expr expr = random_expr(4);
        const NodeRef ref = diagram.of(expr);
        for (const Codes& codes : all_codes())
            RC_ASSERT((value_at(diagram, ref, codes) == 1U) == holds(expr, codes));
    }));
}

TEST(Diagram, EqualFunctionsAreOneReference) {
    EXPECT_TRUE(rc::check("canonical", [] {
        Diagram diagram(kSizes);
        const NodeRef left = random_function(diagram);
        const NodeRef right = random_function(diagram);
        bool is_equal = true;
        for (const Codes& codes : all_codes())
            is_equal =
                is_equal && value_at(diagram, left, codes) == value_at(diagram, right, codes);
        RC_ASSERT(is_equal == (left == right));
    }));
}

TEST(Diagram, TheSameConditionInOtherWordsIsOneReference) {
    EXPECT_TRUE(rc::check("De Morgan, double negation, rebuilt from its values", [] {
        Diagram diagram(kSizes);
        const Expr a = random_expr(3);
        const Expr b = random_expr(3);
        const NodeRef direct = diagram.of(Expr::all({a, b}));
        RC_ASSERT(direct ==
                  diagram.of(Expr::negation(Expr::any({Expr::negation(a), Expr::negation(b)}))));
        RC_ASSERT(direct == diagram.of(Expr::negation(Expr::negation(Expr::all({b, a})))));
        NodeRef rebuilt = terminal(0);
        for (const Codes& codes : all_codes()) {
            std::vector<Expr> point;
            for (std::size_t i = 0; i < codes.size(); ++i)
                point.push_back(Expr::leaf(static_cast<VarId>(i), ValueSet().set(codes[i])));
            rebuilt = diagram.choose(diagram.of(Expr::all(std::move(point))),
                                     terminal(value_at(diagram, direct, codes)), rebuilt);
        }
        RC_ASSERT(rebuilt == direct);
    }));
}

TEST(Diagram, ApplyCombinesValueByValue) {
    EXPECT_TRUE(rc::check("apply", [] {
        Diagram diagram(kSizes);
        const NodeRef left = random_function(diagram);
        const NodeRef right = random_function(diagram);
        const auto operation = [](std::uint32_t a, std::uint32_t b) { return a * 7U + b; };
        const NodeRef both = diagram.apply(left, right, operation);
        for (const Codes& codes : all_codes())
            RC_ASSERT(value_at(diagram, both, codes) ==
                      operation(value_at(diagram, left, codes), value_at(diagram, right, codes)));
    }));
}

TEST(Diagram, ChooseTakesTheSideThatTheConditionNames) {
    EXPECT_TRUE(rc::check("choose", [] {
        Diagram diagram(kSizes);
        const Expr condition = random_expr(3);
        const NodeRef yes = random_function(diagram);
        const NodeRef no = random_function(diagram);
        const NodeRef chosen = diagram.choose(diagram.of(condition), yes, no);
        for (const Codes& codes : all_codes())
            RC_ASSERT(value_at(diagram, chosen, codes) ==
                      value_at(diagram, holds(condition, codes) ? yes : no, codes));
    }));
}

TEST(Diagram, ANodeWhoseChildrenAreEqualDoesNotExist) {
    Diagram diagram(kSizes);
    const std::vector<NodeRef> same(2, terminal(3));
    EXPECT_EQ(diagram.node(0, same), terminal(3));
    EXPECT_EQ(diagram.node_count(), 0U);
    const std::vector<NodeRef> children = {terminal(0), terminal(1)};
    EXPECT_EQ(diagram.node(0, children), diagram.node(0, children));
    EXPECT_EQ(diagram.node_count(), 1U);
    EXPECT_NE(diagram.node(0, children), diagram.node(3, children));
}

TEST(Diagram, TheCapStopsItAndTheNodesBeforeItStay) {
    Diagram diagram(kSizes, 1);
    const std::vector<NodeRef> children = {terminal(0), terminal(1)};
    EXPECT_FALSE(diagram.is_full());
    const NodeRef first = diagram.node(0, children);
    EXPECT_TRUE(diagram.is_full());
    EXPECT_EQ(diagram.node(0, children), first);
    EXPECT_TRUE(is_terminal(diagram.node(3, children)));
    EXPECT_EQ(diagram.node_count(), 1U);
}

TEST(Diagram, AFunctionThatNeedsMillionsOfNodesStopsAtTheCap) {
    const VarId pairs = 24;
    Diagram diagram(std::vector<std::size_t>(2U * pairs, 2), 2000);
    std::vector<Expr> ways;
    for (VarId i = 0; i < pairs; ++i)
        ways.push_back(Expr::all(
            {Expr::leaf(i, ValueSet(2)), Expr::leaf(static_cast<VarId>(pairs + i), ValueSet(2))}));
    std::ignore = diagram.of(Expr::any(std::move(ways)));
    EXPECT_TRUE(diagram.is_full());
    EXPECT_EQ(diagram.node_count(), 2000U);
}

}  // namespace
}  // namespace licet::law

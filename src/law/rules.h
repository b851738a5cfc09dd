// SPDX-License-Identifier: Apache-2.0
//
// Rules: what the law blocks mean, over variables.
//
//     rule:  guard, exceptions, answer | kept by | nothing, duties, citations, texts
//
// A rule speaks if its guard holds (country of its pack and dates in force are part of the guard).
// If exceptions speak, they speak instead of it. A rule with `kept by` asks for conduct: kept, it
// only brings its duties; known to be broken, it answers with the strictest answer. A rule without
// answer brings duties as a root, and as an exception it lifts its parent.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "law/syntax.h"
#include "law/variables.h"

namespace licet::law {

using RuleId = std::uint16_t;

/// A condition over codes.
struct Expr {
    enum class Kind : std::uint8_t { kTrue, kLeaf, kAnd, kOr, kNot } kind = Kind::kTrue;
    VarId variable = 0;  ///< of kLeaf
    ValueSet codes;      ///< of kLeaf: the codes for which it holds
    std::vector<Expr> parts;

    [[nodiscard]] static Expr leaf(VarId variable, ValueSet codes);
    [[nodiscard]] static Expr all(std::vector<Expr> parts);
    [[nodiscard]] static Expr any(std::vector<Expr> parts);
    [[nodiscard]] static Expr negation(Expr part);
};

/// Evaluates `expr` on codes that are all known.
[[nodiscard]] bool holds(const Expr& expr, const Codes& codes);

enum class Certainty { kSettled, kDebatable };

/// Which side a debated point is decided on. Strict is the default.
enum class Reading { kStrict, kAuthority, kText };
[[nodiscard]] std::string_view name_of(Reading reading);

struct Rule {
    std::string id;
    std::string pack;
    std::string question;
    int answer = -1;  ///< index into the question's answers; -1 = says nothing
    bool has_kept_by = false;
    Expr guard;
    Expr kept_by;
    std::vector<RuleId> exceptions;  ///< in the order of the pack
    bool is_root = true;
    std::vector<std::string> duties;
    std::vector<std::string> cites;    ///< as shown: "CPCE L34-5 al. 1"
    std::vector<std::string> sources;  ///< ids in sources.md
    Words tell;
    Certainty certainty = Certainty::kSettled;
    std::string from;   ///< first day in force
    std::string until;  ///< first day no longer in force; empty = open
    Place place;
};

/// All rules of the packs that were given, in order, and the variables they range over.
struct RuleSet {
    std::vector<Rule> rules;
    std::vector<Expr> impossible;
    std::unique_ptr<Variables> variables;
};

/// One pack's statements, in the order of its files.
struct PackStatements {
    const Pack* pack = nullptr;
    std::vector<Statement> statements;
};

/// Resolves all names. Rules of another reading than `reading` are left out. `packs` and
/// `vocabulary` must outlive the result. Every fault is reported.
[[nodiscard]] Read<RuleSet> rules_from_syntax(const Vocabulary& vocabulary,
                                              const std::vector<Pack>& packs,
                                              const std::vector<PackStatements>& statements,
                                              Reading reading);

}  // namespace licet::law

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
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "law/syntax.h"
#include "law/variables.h"

namespace licet::law {

using RuleId = std::uint16_t;

/// A condition over codes.
struct Expr {
    enum class Kind : std::uint8_t { kTrue, kLeaf, kAnd, kOr, kNot, kShared } kind = Kind::kTrue;
    VarId variable = 0;  ///< of kLeaf
    ValueSet codes;      ///< of kLeaf: the codes for which it holds
    std::vector<Expr> parts;
    std::shared_ptr<const Expr> shared;  ///< of kShared: one condition that stands in many rules

    [[nodiscard]] static Expr leaf(VarId variable, ValueSet codes);
    [[nodiscard]] static Expr all(std::vector<Expr> parts);
    [[nodiscard]] static Expr any(std::vector<Expr> parts);
    [[nodiscard]] static Expr negation(Expr part);
    [[nodiscard]] static Expr sharing(std::shared_ptr<const Expr> expr);
};

/// Evaluates `expr` on codes that are all known.
[[nodiscard]] bool holds(const Expr& expr, const Codes& codes);

/// Adds the variables that `expr` looks at.
void add_variables(const Expr& expr, std::set<VarId>& out);

/// True if `expr` holds whatever the unknown codes are. By Kleene's logic, so a condition that is
/// only true by distinguishing cases does not count.
[[nodiscard]] bool surely_holds(const Expr& expr, const Codes& codes);

enum class Certainty { kSettled, kDebatable };

/// Which side a debated point is decided on. Strict is the default.
enum class Reading { kStrict, kAuthority, kText };
[[nodiscard]] std::string_view name_of(Reading reading);

/// A condition as it stands in the pack.
struct Condition {
    std::string text;
    Place place;
};

struct Rule {
    std::string id;
    std::string pack;
    std::string question;
    int answer = -1;  ///< index into the question's answers; -1 = says nothing
    bool has_kept_by = false;
    Expr guard;    ///< all of: the pack's countries, the dates if any, all of the conditions
    Expr kept_by;  ///< all of its conditions
    std::vector<Condition> conditions;  ///< of the guard, in order
    std::vector<Condition> conduct;     ///< of `kept by`, in order
    std::vector<RuleId> exceptions;     ///< in the order of the pack
    bool is_root = true;
    std::vector<std::string> duties;
    std::vector<std::string> cites;     ///< as shown: "CPCE L34-5 al. 1"
    std::vector<std::string> sources;   ///< ids in sources.md
    std::vector<std::string> articles;  ///< of each source: "7" of "gdpr 7(1)"; may be empty
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
    std::shared_ptr<const Variables> variables;

    /// Gives the rules of which `id` is an exception, in order.
    [[nodiscard]] std::vector<RuleId> parents_of(RuleId id) const;
};

/// One pack's statements, in the order of its files.
struct PackStatements {
    const Pack* pack = nullptr;
    std::vector<Statement> statements;
};

/// What one law is made of. Both must outlive what is made of them.
struct LawText {
    const std::vector<Pack>* packs = nullptr;
    const std::vector<PackStatements>* statements = nullptr;
    Reading reading = Reading::kStrict;
};

/// Resolves the names of several laws over the same variables, so that they can be compared code by
/// code: two dates, two versions, a law and a company's policy upon it.
[[nodiscard]] std::vector<Read<RuleSet>> rules_over_one_set(const Vocabulary& vocabulary,
                                                            std::span<const LawText> texts);

/// Resolves all names. Rules of another reading than `reading` are left out. `packs` and
/// `vocabulary` must outlive the result. Every fault is reported.
[[nodiscard]] Read<RuleSet> rules_from_syntax(const Vocabulary& vocabulary,
                                              const std::vector<Pack>& packs,
                                              const std::vector<PackStatements>& statements,
                                              Reading reading);

}  // namespace licet::law

// SPDX-License-Identifier: Apache-2.0
//
// Do the cases notice if the law is written otherwise?
//
//     rule --> mutants: left out, a condition dropped or turned round, a value more or less, a date
//              dropped, another answer, a duty dropped, an exception unlinked
//     mutant --> equivalent   the same function, number for number: no case could tell
//            --> killed       some case fails
//            --> survivor     no case fails although the law differs; shown where
//
// Diagrams are canonical, so "equivalent" is a fact and not a guess, and the score is exact.
// Source: DeMillo, Lipton, Sayward 1978 (mutation analysis); Bryant 1986 (canonicity).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "law/cases.h"
#include "law/example.h"

namespace licet::law {

/// What a mutant does to a rule.
enum class MutantKind {
    kRuleGone,
    kConditionGone,
    kConditionNegated,
    kValueMore,
    kValueLess,
    kDateGone,
    kOtherAnswer,
    kDutyGone,
    kExceptionUnlinked,
    kConductGone,
};
[[nodiscard]] std::string_view name_of(MutantKind kind);

/// A mutant that no case notices.
struct Survivor {
    std::string rule;
    MutantKind kind = MutantKind::kRuleGone;
    std::string detail;  ///< the condition, value, answer or duty, in the words of the pack
    Place place;
    std::string question;
    Steps example;  ///< a situation that is decided otherwise
};

struct MutationReport {
    struct Score {
        std::size_t killed = 0;
        std::size_t equivalent = 0;
        std::size_t survived = 0;
        [[nodiscard]] std::size_t total() const { return killed + equivalent + survived; }
        /// Killed of those that can be told apart, from 0 to 1; 1 if there are none.
        [[nodiscard]] double value() const;
    };
    std::map<std::string, Score> by_pack;
    std::vector<Survivor> survivors;
};

/// Makes all mutants of all rules and runs the cases against each. `progress` gets the number of
/// rules done and of all rules. Cost: seconds for a law of some hundred rules.
[[nodiscard]] MutationReport mutate(const Law& law, std::span<const SourceFile> files,
                                    const std::function<void(std::size_t, std::size_t)>& progress);

}  // namespace licet::law

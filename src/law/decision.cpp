// SPDX-License-Identifier: Apache-2.0
#include "law/decision.h"

#include <algorithm>

namespace licet::law {
namespace {

bool surely_gives(const RuleSet& rules, const RootOutcomes& root, int answer) {
    return !root.may_be_silent && !root.possible.empty() &&
           std::all_of(root.possible.begin(), root.possible.end(), [&](const Reason& reason) {
               return answer_of(rules.rules[reason.rule], reason.is_broken) == answer;
           });
}

void add_once(std::vector<Reason>& out, const Reason& reason) {
    if (std::find(out.begin(), out.end(), reason) == out.end()) out.push_back(reason);
}

}  // namespace

void word_decision(const RuleSet& rules, const std::vector<RootOutcomes>& by_root,
                   Decision& decision) {
    if (decision.answer < 0) return;
    // What is surely true first. If no single rule is sure, then those of which one must be; if not
    // even that, all that could decide.
    for (const RootOutcomes& root : by_root)
        if (surely_gives(rules, root, decision.answer) && root.possible.size() == 1)
            add_once(decision.reasons, root.possible.front());
    for (const RootOutcomes& root : by_root)
        if (decision.reasons.empty() && surely_gives(rules, root, decision.answer))
            decision.reasons = root.possible;
    if (decision.reasons.empty()) decision.reasons = decision.deciding;

    const auto is_debatable = [&](const Reason& reason) {
        return rules.rules[reason.rule].certainty == Certainty::kDebatable;
    };
    if (decision.answer == 0) {
        // One settled ground is enough to forbid, if it surely speaks.
        const auto is_settled = [&](const std::vector<Reason>& reasons) {
            return std::none_of(reasons.begin(), reasons.end(), is_debatable);
        };
        const bool has_settled_root =
            std::any_of(by_root.begin(), by_root.end(), [&](const RootOutcomes& root) {
                return surely_gives(rules, root, 0) && is_settled(root.possible);
            });
        decision.certainty = is_settled(decision.deciding) || has_settled_root
                                 ? Certainty::kSettled
                                 : Certainty::kDebatable;
        return;
    }
    // A permission is as strong as the weakest rule that it rests on.
    for (const RootOutcomes& root : by_root) {
        for (const Reason& reason : root.possible) {
            if (reason.is_broken) continue;
            if (rules.rules[reason.rule].answer < 0) add_once(decision.supporting, reason);
            // Conduct that is merely kept adds nothing to the ground of the permission.
            const Rule& rule = rules.rules[reason.rule];
            const bool carries = rule.answer >= 0 || !rule.is_root || !rule.duties.empty();
            if (carries && is_debatable(reason)) decision.certainty = Certainty::kDebatable;
            for (const std::string& duty : rules.rules[reason.rule].duties)
                if (std::find(decision.duties.begin(), decision.duties.end(), duty) ==
                    decision.duties.end())
                    decision.duties.push_back(duty);
        }
    }
}

}  // namespace licet::law

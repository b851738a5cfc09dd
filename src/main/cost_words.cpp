// SPDX-License-Identifier: Apache-2.0
#include "main/cost_words.h"

#include <algorithm>

#include "base/date.h"
#include "base/number.h"
#include "law/cost_of_breach.h"

namespace licet {
namespace {

std::string day_of(const std::string& text, Language language) {
    const auto day = parse_date(text);
    return day ? worded(*day, language) : text;
}

// A page is read, not searched: the newest decisions of the rules that bite most.
constexpr std::size_t kRulesShown = 4;
constexpr std::size_t kDecisionsShown = 3;

}  // namespace

std::string worded(const law::Ceiling& ceiling, Turnover turnover, const Catalogue& say) {
    const Language language = say.language();
    const bool has_share = ceiling.turnover_percent > 0;
    const std::string_view id = !has_share ? "cost.most"
                                : turnover ? "cost.most_at_turnover"
                                           : "cost.most_or_share";
    std::string out = say(
        Message(std::string(id), {{"body", ceiling.body.in(language)},
                                  {"amount", worded_euros(ceiling.for_company(turnover), language)},
                                  {"percent", std::to_string(ceiling.turnover_percent)},
                                  {"turnover", worded_euros(turnover.value_or(0), language)}}));
    if (ceiling.person)
        out += say("cost.most_person", {{"amount", worded_euros(*ceiling.person, language)}});
    return out;
}

std::string worded(const law::PastSanction& decision, const Catalogue& say) {
    const Language language = say.language();
    const std::string_view id = !decision.annulled.empty() ? "cost.decision_annulled"
                                : decision.amount          ? "cost.decision"
                                                           : "cost.decision_unpublished";
    return say(
        Message(std::string(id), {{"reference", decision.reference},
                                  {"day", day_of(decision.on, language)},
                                  {"against", decision.against},
                                  {"amount", worded_euros(decision.amount.value_or(0), language)},
                                  {"annulled", day_of(decision.annulled, language)},
                                  {"lesson", decision.lesson.in(language)}}));
}

void add_costs(lists::ReportInput& report, const law::Law& law, Date day, Turnover turnover,
               const Catalogue& say) {
    for (const auto& reason : report.reasons) {
        if (reason.outcome != lists::Outcome::kForbidden) continue;
        lists::ReportInput::Cost cost{reason.text, {}};
        for (const law::PastSanction* one : law::decisions_about(law, reason.rule))
            if (cost.decisions.size() < kDecisionsShown)
                cost.decisions.push_back(worded(*one, say));
        if (!cost.decisions.empty() && report.costs.size() < kRulesShown)
            report.costs.push_back(std::move(cost));
        for (const law::Rule& rule : law.rules().rules) {
            if (rule.id != reason.rule) continue;
            for (const law::Ceiling* one : law::ceilings_of(law, rule, day)) {
                std::string line = worded(*one, turnover, say);
                const auto found = std::find(report.ceilings.begin(), report.ceilings.end(), line);
                if (found == report.ceilings.end()) report.ceilings.push_back(std::move(line));
            }
        }
    }
}

}  // namespace licet

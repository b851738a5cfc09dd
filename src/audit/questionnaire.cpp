// SPDX-License-Identifier: Apache-2.0
#include "audit/questionnaire.h"

#include <algorithm>

namespace licet::audit {
namespace {

template <typename T>
const T* by_id(const std::vector<T>& all, std::string_view id) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const T& one) { return one.id == id; });
    return found == all.end() ? nullptr : &*found;
}

bool holds(const Condition& condition, const Profile& profile) {
    const auto said = profile.find(condition.variable);
    if (said == profile.end()) return false;
    return std::any_of(said->second.begin(), said->second.end(), [&](const std::string& one) {
        return std::find(condition.any_of.begin(), condition.any_of.end(), one) !=
               condition.any_of.end();
    });
}

}  // namespace

std::string_view name_of(AnswerType type) {
    switch (type) {
        case AnswerType::kYesNo:
            return "yn";
        case AnswerType::kYesPartlyNo:
            return "ynp";
        case AnswerType::kSingle:
            return "single";
        case AnswerType::kMulti:
            return "multi";
        case AnswerType::kNumber:
            return "num";
        case AnswerType::kTable:
            return "table";
        case AnswerType::kSites:
            return "url";
    }
    LICET_ENSURE(false);
}

std::string_view name_of(Severity severity) {
    switch (severity) {
        case Severity::kBlocking:
            return "bloquant";
        case Severity::kMajor:
            return "majeur";
        case Severity::kMinor:
            return "mineur";
        case Severity::kProfile:
            return "info";
    }
    LICET_ENSURE(false);
}

const Question* Questionnaire::question(std::string_view wanted) const {
    return by_id(questions, wanted);
}
const Action* Questionnaire::action(std::string_view wanted) const {
    return by_id(actions, wanted);
}
const Theme* Questionnaire::theme(std::string_view wanted) const { return by_id(themes, wanted); }
const Level* Questionnaire::level(std::string_view wanted) const {
    return by_id(scoring.levels, wanted);
}

bool is_asked(const Question& question, const Profile& profile, const IsInForce& is_in_force) {
    const bool is_for_them = std::all_of(question.when.begin(), question.when.end(),
                                         [&](const Condition& one) { return holds(one, profile); });
    if (!is_for_them) return false;
    return question.rules.empty() ||
           std::any_of(question.rules.begin(), question.rules.end(), is_in_force);
}

}  // namespace licet::audit

// SPDX-License-Identifier: Apache-2.0
//
// What the tests of the audit share: the real questionnaire, a sheet that is filled by hand, and
// laws that are always, or never, in force. For tests only.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "audit/plan.h"
#include "audit/score.h"

namespace licet::audit::test {

inline std::string file_text(const std::string& path) {
    std::ifstream in(std::filesystem::path(LICET_SOURCE_DIR) / path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline const Questionnaire& real_questionnaire() {
    static const Questionnaire kReal =
        read_questionnaire(file_text("audit/questionnaire.yaml"), "questionnaire.yaml").value;
    return kReal;
}

inline const Date kToday{std::chrono::year{2026} / 11 / 27};

/// One audit with what it needs to be scored.
struct Desk {
    const Questionnaire& questionnaire = real_questionnaire();
    Sheet sheet;
    std::vector<Measurement> measurements;
    IsInForce in_force = [](std::string_view) { return true; };
    std::set<std::string, std::less<>> lost;
    Date today = kToday;

    Desk() { sheet.started_on = kToday; }

    Answer& say(const std::string& question, const std::string& value,
                Proof proof = Proof::kDeclared) {
        Answer answer;
        answer.question = question;
        answer.value = value;
        answer.proof = proof;
        answer.on = kToday;
        sheet.history.push_back(answer);
        return sheet.answers.insert_or_assign(question, answer).first->second;
    }
    [[nodiscard]] ScoreInput input() const {
        return {questionnaire, sheet, measurements, in_force, today, lost};
    }
    [[nodiscard]] Score score() const { return score_of(input()); }

    /// A company that does everything, so that nearly everything is asked.
    void profile() {
        for (const Question& one : questionnaire.questions) {
            if (one.sets.empty()) continue;
            std::string value;
            for (const std::string& option : one.options)
                value += (value.empty() ? "" : ",") + option;
            if (one.type == AnswerType::kSingle) value = one.options.at(1);
            if (one.type == AnswerType::kYesNo) value = "yes";
            if (one.type == AnswerType::kSites) value = "www.company.example";
            say(one.id, value);
        }
    }
};

/// The answers to a question from the worst to the best; only some of those of kMulti.
inline std::vector<std::string> ladder(const Question& question) {
    switch (question.type) {
        case AnswerType::kYesNo:
            return {"no", "yes"};
        case AnswerType::kYesPartlyNo:
            return {"no", "partly", "yes"};
        case AnswerType::kSingle: {
            std::vector<std::string> out = question.options;
            std::stable_sort(out.begin(), out.end(), [&](const auto& a, const auto& b) {
                return question.worths.at(a) < question.worths.at(b);
            });
            return out;
        }
        case AnswerType::kMulti: {
            std::vector<std::string> out{"none"};
            std::string all;
            for (const std::string& one : question.options) {
                all += (all.empty() ? "" : ",") + one;
                out.push_back(all);
            }
            return out;
        }
        case AnswerType::kNumber:
            return {"100000", "35", "11", "5", "2", "0"};
        case AnswerType::kTable:
            return {"0/5", "3/5", "5/5"};
        case AnswerType::kSites:
            return {"none"};
    }
    return {};
}

}  // namespace licet::audit::test

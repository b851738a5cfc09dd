// SPDX-License-Identifier: Apache-2.0
#include "audit/plan.h"

#include <algorithm>
#include <tuple>

#include "base/text.h"

namespace licet::audit {
namespace {

// Partly on a blocking question is a major finding with a short period.
Severity severity_of(const Questionnaire& questionnaire, const Judged& one) {
    const bool is_partly = one.question->severity == Severity::kBlocking &&
                           one.worth >= questionnaire.scoring.blocking_below;
    return is_partly ? Severity::kMajor : one.question->severity;
}

int days_for(const Questionnaire& questionnaire, const Judged& one) {
    if (severity_of(questionnaire, one) != one.question->severity)
        return questionnaire.scoring.partly_blocking_days;
    return questionnaire.due_days.at(one.question->severity);
}

// How much the whole score would rise if the question were answered well.
int gain_of(const Score& score, const Judged& one) {
    int all_themes = 0;
    const ThemeScore* own = nullptr;
    for (const ThemeScore& theme : score.themes) {
        if (theme.weight == 0) continue;
        all_themes += theme.theme->weight;
        if (theme.theme->id == one.question->theme) own = &theme;
    }
    if (own == nullptr || all_themes == 0) return 0;
    constexpr int kHundredthsOfFull = 10;
    const int lost = one.question->weight * (kFullWorth - one.worth) * kHundredthsOfFull;
    return own->theme->weight * lost / own->weight / all_themes;
}

Date since(const ScoreInput& input, const Judged& one) {
    return one.answer == nullptr ? input.sheet.started_on : one.answer->on;
}

class Planner {
  public:
    Planner(const ScoreInput& input, const Score& score) : input_(input), score_(score) {}

    PlannedAction plan(const Action& action) {
        PlannedAction out;
        out.action = &action;
        out.owner = action.owner;
        out.effort = input_.questionnaire.scoring.efforts.at(action.effort);
        out.due = Date::max();
        for (const Judged& one : score_.questions) {
            if (one.question->action != action.id || !one.question->is_scored()) continue;
            if (one.is_lacking())
                add(out, one);
            else
                note_done(out, one);
        }
        out.is_closed = out.is_closed && out.because.empty();
        const auto assigned = input_.sheet.assignments.find(action.id);
        if (assigned != input_.sheet.assignments.end()) assign(out, assigned->second);
        out.is_overdue = !out.because.empty() && out.due < input_.today;
        return out;
    }

  private:
    void add(PlannedAction& out, const Judged& one) {
        out.because.push_back(&one);
        out.gain_hundredths += gain_of(score_, one);
        out.is_blocking = out.is_blocking || is_blocking(input_.questionnaire, one);
        out.severity = std::min(out.severity, severity_of(input_.questionnaire, one));
        out.due = std::min(
            out.due, since(input_, one) + std::chrono::days{days_for(input_.questionnaire, one)});
    }

    // It was open if an earlier answer to the question was a worse one.
    void note_done(PlannedAction& out, const Judged& one) {
        if (!one.is_applicable) return;
        const bool was_open = std::any_of(
            input_.sheet.history.begin(), input_.sheet.history.end(), [&](const Answer& answer) {
                return answer.question == one.question->id && answer.value != kNotApplicable &&
                       checked_value(*one.question, answer.value).has_value() &&
                       worth_of(*one.question, answer.value) < kFullWorth;
            });
        out.is_closed = out.is_closed || was_open;
        out.is_closed_by_us = out.is_closed_by_us || (was_open && one.proof == Proof::kMeasured);
    }

    static void assign(PlannedAction& out, const Assignment& assignment) {
        if (!assignment.owner.empty()) out.owner = assignment.owner;
        if (const auto due = parse_date(assignment.due)) out.due = *due;
        out.cost = whole_number(assignment.cost);
        out.is_begun = assignment.is_begun;
    }

    const ScoreInput& input_;
    const Score& score_;
};

}  // namespace

std::vector<PlannedAction> plan_of(const ScoreInput& input, const Score& score) {
    std::vector<PlannedAction> out;
    Planner planner(input, score);
    for (const Action& one : input.questionnaire.actions) {
        PlannedAction planned = planner.plan(one);
        if (!planned.because.empty() || planned.is_closed) out.push_back(std::move(planned));
    }
    std::sort(out.begin(), out.end(), [](const PlannedAction& a, const PlannedAction& b) {
        // Compared crosswise: a quotient of whole numbers would make equal what is not.
        const int left = a.gain_hundredths * b.effort;
        const int right = b.gain_hundredths * a.effort;
        return std::tuple(a.because.empty(), !a.is_blocking, -left,
                          std::string_view(a.action->id)) <
               std::tuple(b.because.empty(), !b.is_blocking, -right,
                          std::string_view(b.action->id));
    });
    return out;
}

const char* state_text_of(const PlannedAction& action) {
    if (action.because.empty())
        return action.is_closed_by_us ? "audit.state_measured" : "audit.state_done";
    if (action.is_overdue) return "audit.state_overdue";
    return action.is_blocking ? "audit.state_blocking" : "audit.state_open";
}

int overdue_majors(const std::vector<PlannedAction>& plan) {
    return static_cast<int>(std::count_if(plan.begin(), plan.end(), [](const PlannedAction& one) {
        return one.is_overdue && one.severity != Severity::kMinor;
    }));
}

std::vector<BurnDown> burn_down(const ScoreInput& input) {
    std::vector<BurnDown> out;
    Sheet so_far = input.sheet;
    so_far.answers.clear();
    so_far.measured.clear();
    const auto& history = input.sheet.history;
    for (std::size_t i = 0; i < history.size(); ++i) {
        const Question* question = input.questionnaire.question(history[i].question);
        const bool is_answer =
            question != nullptr && checked_value(*question, history[i].value).has_value();
        const bool is_measured = history[i].proof == Proof::kMeasured;
        auto& known = is_measured ? so_far.measured : so_far.answers;
        if (is_answer) known.insert_or_assign(history[i].question, history[i]);
        if (is_measured && history[i].value == kUnknown) known.erase(history[i].question);
        if (i + 1 < history.size() && history[i + 1].on == history[i].on) continue;
        std::vector<Measurement> measured;
        for (const auto& [id, answer] : so_far.measured)
            measured.push_back({id, answer.value, answer.reason == "ceiling", {}});
        const Score score = score_of({input.questionnaire, so_far, measured, input.is_in_force,
                                      history[i].on, input.lost_evidence});
        const auto open = std::count_if(
            score.questions.begin(), score.questions.end(),
            [](const Judged& one) { return one.question->is_scored() && one.is_lacking(); });
        out.push_back({history[i].on, score.shown,
                       static_cast<int>(score.blocking(input.questionnaire).size()),
                       static_cast<int>(open)});
    }
    return out;
}

}  // namespace licet::audit

// SPDX-License-Identifier: Apache-2.0
#include "audit/score.h"

#include <algorithm>

namespace licet::audit {
namespace {

constexpr int kHundredthsOfFull = 10;  // of a point, for a thousandth of worth

const Measurement* measured(std::span<const Measurement> all, std::string_view question) {
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const Measurement& one) { return one.question == question; });
    return found == all.end() ? nullptr : &*found;
}

void take_answer(Judged& out, const ScoreInput& input) {
    const Answer* answer = input.sheet.find(out.question->id);
    if (answer == nullptr) return;
    out.answer = answer;
    out.is_answered = true;
    out.is_applicable = answer->value != kNotApplicable;
    if (!out.is_applicable) return;
    out.worth = worth_of(*out.question, answer->value);
    if (answer->proof != Proof::kDocument) return;
    const Date good_until = plus_months(answer->on, input.questionnaire.limits.review_months);
    out.is_stale = input.lost_evidence.contains(answer->evidence) || input.today > good_until;
    out.proof = out.is_stale ? Proof::kDeclared : Proof::kDocument;
}

// A measurement wins. One that only shows faults wins where it is worse than what was said.
void take_measurement(Judged& out) {
    const Measurement& found = *out.measurement;
    const Worth worth = worth_of(*out.question, found.value);
    const bool was_said = out.answer != nullptr && out.answer->value != kUnknown;
    if (found.is_ceiling && (!was_said || !out.is_applicable)) {
        // Nothing was said: that it is bad is known, that it is good is not.
        out.is_answered = out.is_answered || worth == 0;
        if (worth == 0 && out.is_applicable) out.proof = Proof::kMeasured;
        return;
    }
    if (found.is_ceiling && out.worth <= worth) return;
    out.is_contradicted = was_said && (!out.is_applicable || out.worth != worth);
    out.is_applicable = true;
    out.is_answered = true;
    out.worth = worth;
    out.proof = Proof::kMeasured;
}

Judged judged(const Question& question, const ScoreInput& input) {
    Judged out;
    out.question = &question;
    out.measurement = measured(input.measurements, question.id);
    take_answer(out, input);
    if (out.measurement != nullptr && question.is_scored()) take_measurement(out);
    return out;
}

ThemeScore theme_score(const Theme& theme, const std::vector<Judged>& questions) {
    ThemeScore out{&theme, 0, 0};
    int sum = 0;
    for (const Judged& one : questions) {
        if (one.question->theme != theme.id || !one.is_applicable || !one.question->is_scored())
            continue;
        out.weight += one.question->weight;
        sum += one.question->weight * one.worth;
    }
    if (out.weight > 0) out.hundredths = sum * kHundredthsOfFull / out.weight;
    return out;
}

void whole(Score& out, const Questionnaire& questionnaire) {
    int weight = 0;
    int sum = 0;
    for (const ThemeScore& one : out.themes) {
        if (one.weight == 0) continue;
        weight += one.theme->weight;
        sum += one.theme->weight * one.hundredths;
    }
    out.whole_hundredths = weight == 0 ? 0 : sum / weight;
    out.uncapped = out.whole_hundredths / 100;
    const bool is_capped = !out.blocking(questionnaire).empty();
    out.shown = is_capped ? std::min(out.uncapped, questionnaire.scoring.cap) : out.uncapped;
}

void assurance(Score& out) {
    int all = 0;
    int sure = 0;
    int left_out = 0;
    for (const Judged& one : out.questions) {
        if (!one.question->is_scored()) continue;
        const int weight = one.question->weight;
        if (!one.is_applicable) {
            left_out += weight;
            continue;
        }
        all += weight;
        if (one.proof != Proof::kDeclared) sure += weight;
    }
    out.assurance = all == 0 ? 0 : 100 * sure / all;
    // Rounded up: a limit must not be passed by rounding.
    out.not_applicable =
        all + left_out == 0 ? 0 : (100 * left_out + all + left_out - 1) / (all + left_out);
}

Message lacking(std::string_view what, int found, int wanted) {
    return Message("audit.lacking_" + std::string(what),
                   {{"found", std::to_string(found)}, {"wanted", std::to_string(wanted)}});
}

int lowest_theme(const Score& score) {
    int out = 100;
    for (const ThemeScore& one : score.themes)
        if (one.weight > 0) out = std::min(out, one.points());
    return out;
}

std::vector<Message> lacking_for(const Level& level, const Questionnaire& questionnaire,
                                 const Score& score, const LevelInput& input) {
    std::vector<Message> out;
    const auto least = [&](std::string_view what, int found, int wanted) {
        if (found < wanted) out.push_back(lacking(what, found, wanted));
    };
    const auto most = [&](std::string_view what, int found, int wanted) {
        if (found > wanted) out.push_back(lacking(what, found, wanted));
    };
    const auto fresh = [&](std::string_view what, int days, int wanted) {
        if (wanted > 0 && (days < 0 || days > wanted)) out.push_back(lacking(what, days, wanted));
    };
    least("global", score.shown, level.min_global);
    least("theme", lowest_theme(score), level.min_theme);
    most("blocking", static_cast<int>(score.blocking(questionnaire).size()), level.most_blocking);
    least("assurance", score.assurance, level.min_assurance);
    most("overdue", input.overdue_majors, level.most_overdue_major);
    most("not_applicable", score.not_applicable, questionnaire.scoring.most_not_applicable);
    most("unanswered", static_cast<int>(score.unanswered), 0);
    fresh("site_audit", input.site_audit_days, level.site_audit_days);
    fresh("ledger_check", input.ledger_check_days, level.ledger_check_days);
    return out;
}

}  // namespace

bool is_blocking(const Questionnaire& questionnaire, const Judged& judged) {
    return judged.is_applicable && judged.question->severity == Severity::kBlocking &&
           judged.worth < questionnaire.scoring.blocking_below;
}

std::vector<const Judged*> Score::blocking(const Questionnaire& questionnaire) const {
    std::vector<const Judged*> out;
    for (const Judged& one : questions)
        if (is_blocking(questionnaire, one)) out.push_back(&one);
    return out;
}

const Judged* Score::find(std::string_view wanted) const {
    const auto found = std::find_if(questions.begin(), questions.end(),
                                    [&](const Judged& one) { return one.question->id == wanted; });
    return found == questions.end() ? nullptr : &*found;
}

Score score_of(const ScoreInput& input) {
    Score out;
    const Questionnaire& questionnaire = input.questionnaire;
    const Profile profile = input.sheet.profile(questionnaire);
    for (const Question& one : questionnaire.questions)
        if (is_asked(one, profile, input.is_in_force)) out.questions.push_back(judged(one, input));
    for (const Judged& one : out.questions) {
        if (one.is_answered) continue;
        ++out.unanswered;
        out.seconds_left += questionnaire.seconds.at(one.question->type);
    }
    for (const Theme& one : questionnaire.themes)
        if (one.weight > 0) out.themes.push_back(theme_score(one, out.questions));
    whole(out, questionnaire);
    assurance(out);
    return out;
}

LevelResult level_of(const Questionnaire& questionnaire, const Score& score,
                     const LevelInput& input) {
    LevelResult out;
    for (const Level& one : questionnaire.scoring.levels) {
        std::vector<Message> lacks = out.level == nullptr
                                         ? std::vector<Message>{}
                                         : lacking_for(one, questionnaire, score, input);
        if (!lacks.empty()) {
            out.lacking = std::move(lacks);
            return out;
        }
        out.level = &one;
    }
    return out;
}

}  // namespace licet::audit

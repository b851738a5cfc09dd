// SPDX-License-Identifier: Apache-2.0
//
// The score of an audit: by theme and as a whole, and beside it, never mixed in, how sure it is.
//
//     worth v of a question   0..1000; no answer and "unknown" = 0
//     theme     = sum(w v) / sum(w)                 over the questions that apply
//     whole     = sum(theme weight * theme) / sum(theme weight)
//     shown     = whole, at most the cap while a blocking finding stands
//     assurance = sum(w of answers with a document or measured) / sum(w)
//
// All is whole numbers, rounded down, so a better answer never lowers a score (score_test.cpp holds
// it) and the order of answers cannot matter. A measurement that contradicts an answer wins and
// says so. docs/audit.md has the formulas in words.
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "audit/questionnaire.h"
#include "audit/sheet.h"
#include "base/message.h"

namespace licet::audit {

/// What licet found out by itself about one question.
struct Measurement {
    std::string question;
    std::string value;        ///< as an answer is written
    bool is_ceiling = false;  ///< shows a fault only: it can lower an answer, never confirm one
    Message why;              ///< with the numbers; texts "measure.…"
};

/// One question that is asked, and what it comes to.
struct Judged {
    const Question* question = nullptr;
    const Answer* answer = nullptr;            ///< what was said; nullptr: nothing
    const Measurement* measurement = nullptr;  ///< what was measured
    bool is_applicable = true;
    bool is_answered = false;      ///< said, measured, or said not to apply
    bool is_contradicted = false;  ///< the measurement says otherwise, and counts
    bool is_stale = false;         ///< its document is too old, or is not there any more
    Worth worth = 0;
    Proof proof = Proof::kDeclared;

    [[nodiscard]] bool is_lacking() const { return is_applicable && worth < kFullWorth; }
};

struct ThemeScore {
    const Theme* theme = nullptr;
    int hundredths = 0;  ///< 0 to 10000
    int weight = 0;      ///< sum over the questions that apply; 0: the theme does not count
    [[nodiscard]] int points() const { return hundredths / 100; }
};

struct Score {
    std::vector<Judged> questions;  ///< all that are asked, in the order of the questionnaire
    std::vector<ThemeScore> themes;
    int whole_hundredths = 0;
    int shown = 0;           ///< 0 to 100
    int uncapped = 0;        ///< 0 to 100
    int assurance = 0;       ///< percent
    int not_applicable = 0;  ///< percent of the weight
    std::size_t unanswered = 0;
    int seconds_left = 0;  ///< to answer the rest

    [[nodiscard]] std::vector<const Judged*> blocking(const Questionnaire& questionnaire) const;
    [[nodiscard]] bool is_capped() const { return shown < uncapped; }
    [[nodiscard]] const Judged* find(std::string_view question) const;
};

struct ScoreInput {
    const Questionnaire& questionnaire;
    const Sheet& sheet;
    std::span<const Measurement> measurements;
    const IsInForce& is_in_force;
    Date today;
    const std::set<std::string, std::less<>>& lost_evidence;  ///< digests that are not there
};

/// Scores a sheet. The measurements must outlive the score.
[[nodiscard]] Score score_of(const ScoreInput& input);

/// True for a blocking question whose worth is too low.
[[nodiscard]] bool is_blocking(const Questionnaire& questionnaire, const Judged& judged);

/// What decides a level besides the score.
struct LevelInput {
    int overdue_majors = 0;
    int site_audit_days = -1;    ///< since the newest; -1 = never
    int ledger_check_days = -1;  ///< likewise
};
struct LevelResult {
    const Level* level = nullptr;
    std::vector<Message> lacking;  ///< for the next level; empty at the highest
};
/// Gives the highest level whose conditions all hold.
[[nodiscard]] LevelResult level_of(const Questionnaire& questionnaire, const Score& score,
                                   const LevelInput& input);

}  // namespace licet::audit

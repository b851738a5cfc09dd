// SPDX-License-Identifier: Apache-2.0
//
// One question of an audit on a page of its own, for whoever it was handed to (delegation.h).
//
//     GET  ──► the question, why it is asked, what may be answered
//     POST ──► thanks, or the same page with what was typed and what is wrong with it
//
// The reader knows neither licet nor the rest of the audit: no login, no cookie, no script.
#pragma once

#include <string>
#include <vector>

#include "audit/questionnaire.h"
#include "base/message.h"

namespace licet::audit {

struct AskedQuestion {
    const Questionnaire* questionnaire = nullptr;
    const Question* question = nullptr;
    std::string controller;          ///< in whose name it is asked
    std::string until;               ///< last day, in words
    std::vector<std::string> rules;  ///< what the law says about it, with its articles
    std::string said;                ///< what was answered before, in words; "" = nothing
    std::string over = "none";       ///< key of that answer
};

/// What the fields of the page held: choice (several for kMulti), typed, reason, over.
struct QuestionFields {
    std::vector<std::string> choices;
    std::string typed;
    std::string reason;
    std::string over;  ///< key of the answer that the reader saw, "none" without one
    /// The answer as checked_value() reads it. Errors: kInput ("delegation.page_both").
    [[nodiscard]] Result<std::string> answer() const;
};

/// What is expected of an answer, for somebody who knows no command line. `fault`: of
/// checked_value() or whatever follows it.
[[nodiscard]] std::string expected_words(const Question& question, const Error& fault,
                                         const Catalogue& say);

/// `wrong`: what stands above the form; "" = nothing was sent yet.
[[nodiscard]] std::string question_page(const AskedQuestion& asked, const QuestionFields& fields,
                                        const std::string& wrong, const Catalogue& say);
/// After an answer. Until the last day the same link opens it again.
[[nodiscard]] std::string thanks_page(const AskedQuestion& asked, const Catalogue& say);
/// For a link that opens nothing (any more).
[[nodiscard]] std::string delegation_trouble_page(const Message& trouble, const Catalogue& say);

}  // namespace licet::audit

// SPDX-License-Identifier: Apache-2.0
//
// One answer of an audit: what was said, on what proof, and what it is worth.
//
//     typed "oui" ──checked_value──► "yes" ──worth_of──► 1000
//
// An answer is written as it stays in the ledger: yes, partly, no; options divided by commas; a
// number; "3/5" rows of a register; hosts divided by commas; "unknown"; "na". Free text is no
// answer: a reason or a document is a file of the workspace, named here by its digest alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/questionnaire.h"
#include "base/date.h"

namespace licet::audit {

/// What stands behind an answer.
enum class Proof { kDeclared, kDocument, kMeasured };
/// "declared", "document", "measured".
[[nodiscard]] std::string_view name_of(Proof proof);
[[nodiscard]] std::optional<Proof> proof_of(std::string_view name);

inline constexpr std::string_view kUnknown = "unknown";
inline constexpr std::string_view kNotApplicable = "na";
/// Who answers where licet measured it itself; as what is measured, kUnknown then says that nothing
/// is measured any more.
inline constexpr std::string_view kMeasuredHere = "licet";

struct Answer {
    std::string question;
    std::string value;
    Proof proof = Proof::kDeclared;
    std::string reason;         ///< key of Questionnaire::reasons, for "na"
    std::string reason_sha256;  ///< of a reason in words
    std::string evidence;       ///< SHA-256 of a document
    std::string by;             ///< a role: "dpo", "marketing"
    std::string form;           ///< of the question that was answered
    std::string version;        ///< of the questionnaire
    std::string over;           ///< key of the answer that was there when this one was given
    int after = 0;              ///< how many answers there were then: tells the order in a second
    std::string key;            ///< of the event
    Date on;
    std::int64_t at = 0;  ///< seconds since 1970-01-01T00:00Z
};

/// Gives an answer as it is kept, in whatever words it was typed: oui, o, yes, y, 1.
/// Errors: kInput ("audit.answer_form_...") with what was expected; "audit.may_not_be_na".
[[nodiscard]] Result<std::string> checked_value(const Question& question, std::string_view typed);

/// The same of what a person typed who has the card in sight: its words, in either language, are
/// as good as the option that they stand for. Errors: as checked_value().
[[nodiscard]] Result<std::string> typed_value(const Questionnaire& questionnaire,
                                              const Question& question, std::string_view typed);

/// What a checked value is worth; 0 for "unknown". Not for "na".
[[nodiscard]] Worth worth_of(const Question& question, std::string_view value);

/// The options that a value of kMulti names, the hosts of kSites.
[[nodiscard]] std::vector<std::string> parts_of(std::string_view value);

/// True for a role or another small name: a-z, 0-9, '_' and '-', at most 32 signs, no long number.
[[nodiscard]] bool is_small_name(std::string_view text);

/// Words a value for a reader: "oui", "e-mail, SMS", "3 jours". `say` has "audit.value_...".
[[nodiscard]] std::string worded_value(const Questionnaire& questionnaire, const Question& question,
                                       std::string_view value, const Catalogue& say);

}  // namespace licet::audit

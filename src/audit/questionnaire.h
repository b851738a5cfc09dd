// SPDX-License-Identifier: Apache-2.0
//
// The questionnaire of the audit, as data: what is asked, when, what an answer is worth, what is
// done about a bad one.
//
//     audit/questionnaire.yaml ──read_questionnaire──► Questionnaire   (version, digest)
//                             └──────────────────────► every fault, with line and column
//
// Nothing of the law stands here: a question names rules of the packs, and is asked only where one
// of them is in force (`is_asked`). Values are whole thousandths, so that sums are exact and the
// order of answers cannot matter. docs/audit.md says what each key of the file means.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace licet::audit {

/// What an answer is worth: 0 (nothing) to 1000 (all).
using Worth = int;
inline constexpr Worth kFullWorth = 1000;

/// A text in the two languages.
struct Words {
    std::string fr;
    std::string en;
    [[nodiscard]] const std::string& in(Language language) const {
        return language == Language::kFrench ? fr : en;
    }
};

enum class AnswerType { kYesNo, kYesPartlyNo, kSingle, kMulti, kNumber, kTable, kSites };
enum class Severity { kBlocking, kMajor, kMinor, kProfile };
/// "yn", "ynp", "single", "multi", "num", "table", "url": as the file writes it.
[[nodiscard]] std::string_view name_of(AnswerType type);
/// "bloquant", "majeur", "mineur", "info".
[[nodiscard]] std::string_view name_of(Severity severity);

struct Theme {
    std::string id;
    int weight = 0;
    Words words;
};

struct Action {
    std::string id;
    Words words;
    std::string owner;   ///< a key of Questionnaire::owners
    std::string effort;  ///< a key of Scoring::efforts
    std::string generates;
};

/// A number of at most `max` is worth so much.
struct Threshold {
    std::int64_t max = 0;
    Worth worth = 0;
};

/// One condition on what the profile says: `canaux has_any [email, sms]`.
struct Condition {
    std::string variable;
    std::vector<std::string> any_of;
};

struct Question {
    std::string id;
    std::string theme;
    Words words;
    AnswerType type = AnswerType::kYesPartlyNo;
    Severity severity = Severity::kMinor;
    int weight = 0;
    std::vector<std::string> law;    ///< for people
    std::vector<std::string> rules;  ///< of the packs; empty: asked on every day
    std::string action;
    std::vector<Words> evidence;
    std::string measured_by;      ///< "ledger.objection_latency"; empty: nobody can
    std::vector<Condition> when;  ///< all of them
    bool may_be_not_applicable = false;
    std::vector<std::string> options;
    std::map<std::string, Worth> worths;  ///< of options, for kSingle
    std::vector<std::string> required;    ///< options, for kMulti
    std::vector<Threshold> thresholds;
    Worth otherwise = 0;  ///< above the last threshold
    std::string unit;
    std::string sets;  ///< the variable of the profile that the answer gives
    /// Digest of all that decides what an answer means, 16 hexadecimal digits: an answer to
    /// another form of the question has to be looked at again.
    std::string form;

    [[nodiscard]] bool is_scored() const { return severity != Severity::kProfile; }
};

struct Level {
    std::string id;
    Words words;
    int min_global = 0;
    int min_theme = 0;
    int most_blocking = 0;
    int min_assurance = 0;
    int most_overdue_major = 0;
    int site_audit_days = 0;    ///< at most so old; 0 = not asked
    int ledger_check_days = 0;  ///< likewise
    int validity_days = 0;      ///< 0: no label
};

struct Scoring {
    int cap = 0;
    Worth blocking_below = 0;
    int partly_blocking_days = 0;
    int most_not_applicable = 0;  ///< percent of the applicable weight
    std::map<std::string, int> efforts;
    std::vector<Level> levels;  ///< the lowest first; the first has no conditions
};

/// Limits of what licet measures by itself (measure.h).
struct MeasureLimits {
    int most = 0;
    int some = 0;
    int window_months = 0;
    int verdict_days = 0;
    int review_months = 0;
    int notice_months = 0;
    int breach_notice_days = 0;
    int complaint_months = 0;
    int register_months = 0;
};

struct Questionnaire {
    std::string id;
    std::string version;
    std::string sha256;  ///< of the file, in hexadecimal
    std::string law_as_of;
    Words disclaimer;
    std::map<AnswerType, int> seconds;  ///< what an answer takes
    std::map<Severity, Words> severity_words;
    std::map<Severity, int> due_days;
    std::vector<Theme> themes;
    std::map<std::string, Words> owners;
    std::map<std::string, Words> reasons;  ///< why a question is not applicable
    std::map<std::string, Words> option_words;
    std::vector<Action> actions;
    std::vector<Question> questions;
    Scoring scoring;
    MeasureLimits limits;

    [[nodiscard]] const Question* question(std::string_view id) const;
    [[nodiscard]] const Action* action(std::string_view id) const;
    [[nodiscard]] const Theme* theme(std::string_view id) const;
    [[nodiscard]] const Level* level(std::string_view id) const;
};

/// Reads the file and checks it as a whole: every name that is not known, every reference that
/// leads nowhere, weights that do not sum up. All faults are reported, with what was expected;
/// `path` is only shown in them.
[[nodiscard]] Read<Questionnaire> read_questionnaire(std::string_view text,
                                                     const std::string& path);

/// What the profile says: variable -> values ("canaux" -> email, sms).
using Profile = std::map<std::string, std::vector<std::string>, std::less<>>;
/// Whether a rule of the packs is in force on the day of the law.
using IsInForce = std::function<bool(std::string_view rule)>;

/// True if the question is for such a company, on such a day. A variable that is not known holds
/// nothing: the question is asked when the profile says so, not before.
[[nodiscard]] bool is_asked(const Question& question, const Profile& profile,
                            const IsInForce& is_in_force);

}  // namespace licet::audit

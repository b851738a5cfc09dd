// SPDX-License-Identifier: Apache-2.0
//
// The page that a screening leaves behind: who may be contacted, who not, why, and what to do.
//
//     ReportInput (counts and texts, nothing personal in clear) + Catalogue -> one HTML file
//
// The file stands alone: no script, no font, no picture from elsewhere, and a policy inside it that
// forbids them. It can be mailed, printed and filed with the campaign. Each picture says what the
// table beside it says; colours always come with a sign and a word. Light and dark follow the
// reader's system.
//
// It does not count, mask or translate rules: the caller brings counts, masked values and the texts
// of the law in the reader's language. Only the frame around them comes from the catalogue.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/message.h"
#include "lists/columns.h"

namespace licet::lists {

/// What becomes of a row. kUnreadable is a row that could not be judged, hence is not contacted.
enum class Outcome { kAllowed, kForbidden, kUndetermined, kOutOfScope, kUnreadable };
inline constexpr std::size_t kOutcomeCount = 5;

/// Number of rows by outcome.
using Tally = std::array<std::uint64_t, kOutcomeCount>;

struct ReportInput {
    struct Reason {
        std::string rule;      ///< id of the rule: "fr.email.consumer"
        std::string text;      ///< what it says to the reader
        std::string citation;  ///< "CPCE, art. L34-5"
        bool is_settled = true;
        std::uint64_t count = 0;
        Outcome outcome = Outcome::kForbidden;
    };
    /// A row of a matrix: an origin or an audience, and its rows by outcome.
    struct Group {
        std::string name;
        Tally counts{};
    };
    struct Duty {
        std::string id;
        std::string text;
        std::uint64_t count = 0;
    };
    /// Who can bring a change about. "time" means waiting.
    enum class Actor { kUs, kPerson, kTime };
    struct Remedy {
        std::string text;
        std::uint64_t count = 0;
        Actor by = Actor::kUs;
    };
    struct Missing {
        std::string text;
        std::uint64_t count = 0;
    };
    /// What breaches of one rule that forbids rows here have cost others.
    struct Cost {
        std::string rule_text;
        std::vector<std::string> decisions;  ///< a sentence each, the newest first
    };
    struct Problem {
        std::uint64_t line = 0;
        std::string column;  ///< empty if the whole row is meant
        std::string message;
        std::string masked_value;
    };
    struct Sample {
        std::uint64_t line = 0;
        std::vector<std::string> masked_cells;
        Outcome outcome = Outcome::kAllowed;
        std::string reason;
    };

    /// Rows by the months since the last sign of the person (row_ages.h).
    struct Ages {
        static constexpr int kMonths = 6;            ///< of one bucket
        static constexpr std::size_t kBuckets = 11;  ///< the last holds all that is older
        std::array<Tally, kBuckets> rows{};
        Tally unknown{};
        int limit_months = 0;    ///< after which the law lets nobody keep them; 0 = no limit known
        std::string limit_text;  ///< what it says, and where
    };
    /// What a message must say, ready to be copied.
    struct Footer {
        std::string language;            ///< "fr"
        std::string text;                ///< gaps that nobody filled stand in brackets
        std::vector<std::string> asked;  ///< what the gaps need, a question each
    };
    /// The certificate that goes with the list; all empty = there is none.
    struct CertificateWords {
        std::string file;
        std::string serves;  ///< until when, a sentence
        std::string check;   ///< the command that checks it
    };

    std::string campaign;
    std::string channel;  ///< worded; between origins and verdicts
    std::string file_name;
    std::string date;                ///< worded in the reader's language
    std::vector<std::string> packs;  ///< "fr 1.0.0, sha256:…"
    CertificateWords certificate;
    Ages ages;
    std::vector<Footer> footers;
    Tally totals{};
    std::vector<Reason> reasons;
    std::vector<Group> origins;
    std::vector<Group> audiences;
    std::vector<Duty> duties;
    std::vector<Remedy> remedies;
    std::vector<Missing> missing;
    std::vector<Cost> costs;
    std::vector<std::string>
        ceilings;                     ///< the most that bodies may impose for them, a sentence each
    std::vector<Problem> problems;    ///< the first ones
    std::uint64_t problem_count = 0;  ///< all of them
    Mapping mapping;
    std::vector<std::string> sample_columns;
    std::vector<Sample> samples;
};

/// Writes the report as one HTML page in the language of `say`. All of `input` is escaped.
[[nodiscard]] std::string report_html(const ReportInput& input, const Catalogue& say);

}  // namespace licet::lists

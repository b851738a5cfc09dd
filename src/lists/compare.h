// SPDX-License-Identifier: Apache-2.0
//
// What-if: one list screened in two situations at once, and what differs.
//
//                     ┌─ campaign, day, standing ─► verdict before ─┐
//     row of the list ┤                                             ├─► counted by pair, and if it
//                     └─ campaign, day, standing ─► verdict after  ─┘   may be contacted in one
//                                                                       only: gained.csv, lost.csv
//
// Each side is judged exactly as screen() would judge it alone. Rows are counted, not kept: memory
// does not grow with the file. For each verdict that does not allow, what one action alone would
// change is found out anew (gate/actions.h) and counted by rows, not by verdicts.
//
// It is for thinking, not for sending: there is no allowed.csv and no certificate.
#pragma once

#include <array>

#include "lists/screen.h"

namespace licet::lists {

/// One of the two situations. References outlive the comparison.
struct CompareSide {
    const gate::Campaign& campaign;
    const ledger::StandingIndex& index;
    Date day;          ///< of the act
    std::string name;  ///< for people: "10 August 2026"
    ScreenTools tools;
};

struct CompareSetup {
    const law::Law& law;
    const Catalogue& say;
    std::vector<std::string> choices;  ///< of `--map`
    bool is_safe = false;
    CompareSide before;
    CompareSide after;
    std::vector<DateColumn> dates = {};  ///< what add_refusals() learned of the same list
};

/// Rows that may be contacted after and not before, and the other way round.
struct CompareOutputs {
    ByteSink gained;
    ByteSink lost;
};

/// What a row was told, as far as rows are counted by it.
struct Stand {
    Outcome outcome = Outcome::kUnreadable;
    std::string rule;      ///< that decides; empty if something is missing or cannot be read
    std::string text;      ///< what it says, or what is missing
    std::string citation;  ///< empty without a rule
    friend bool operator==(const Stand& one, const Stand& other) {
        return one.outcome == other.outcome && one.rule == other.rule && one.text == other.text;
    }
};

/// Rows by what they were told before and after.
struct Move {
    Stand before;
    Stand after;
    std::uint64_t count = 0;
};

/// What one action alone would do, in rows that may not be contacted.
struct ActionGain {
    std::string fact;   ///< that is changed or found out: "consent"
    std::string value;  ///< that it would need; empty if no single one does
    std::string text;
    ReportInput::Actor by = ReportInput::Actor::kUs;
    bool is_to_find_out = false;
    std::uint64_t before = 0;       ///< rows that it alone would allow, at most
    std::uint64_t after = 0;        ///< the same in the other situation
    std::uint64_t more_before = 0;  ///< rows where something else is lacking too
    std::uint64_t more_after = 0;
};

struct Comparison {
    /// A row that changes sides, masked.
    struct Sample {
        std::uint64_t line = 0;
        std::vector<std::string> masked_cells;
        Stand before;
        Stand after;
    };
    std::string campaign;
    std::string file_name;
    std::string name_before;
    std::string name_after;
    std::vector<std::string> packs;  ///< the caller adds them
    Tally before{};
    Tally after{};
    std::uint64_t rows = 0;
    std::uint64_t gained = 0;
    std::uint64_t lost = 0;
    std::vector<Move> moves;  ///< the most rows first; those that stay as they are too
    std::vector<ActionGain> actions;
    std::vector<std::string> sample_columns;
    std::vector<Sample> samples;  ///< the first of each direction
    Mapping mapping;
    std::vector<Message> notes;  ///< what of the file was left out
};

/// True for what goes into allowed.csv.
[[nodiscard]] constexpr bool may_be_sent_to(Outcome outcome) {
    return outcome == Outcome::kAllowed || outcome == Outcome::kOutOfScope;
}

/// Reads the file once and judges every row twice. `shown` and `progress` are those of screen().
/// Errors: those of screen().
[[nodiscard]] Read<Comparison> compare(CompareSetup& setup, ByteSource source,
                                       const std::string& file_name, const CompareOutputs& outputs,
                                       const std::function<Result<Done>(const Mapping&)>& shown,
                                       const std::function<void(const ScreenProgress&)>& progress);

/// Writes the comparison as one HTML page in the language of `say`. All of it is escaped.
[[nodiscard]] std::string comparison_html(const Comparison& comparison, const Catalogue& say);

}  // namespace licet::lists

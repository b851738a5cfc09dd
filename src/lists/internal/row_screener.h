// SPDX-License-Identifier: Apache-2.0
//
// Judges rows and words what is added to them, in one thread; several of these share a file.
//
//     records ─► sketches ─► tokens ─► memory fetched ─┐      (some rows together)
//                                                      ├─► standing ─► verdict ─► cells
//                     kind, read once ─────────────────┘      (row by row)
//
// Private to the module. Rows that differ in addresses and days are of one kind, which is read
// once; cells are worded once a verdict. What comes out for a row does not depend on the rows
// before it, nor on which screener judged it: so the files are the same whatever the number of
// threads.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "lists/contact_from_record.h"
#include "lists/internal/row_block.h"
#include "lists/row_ages.h"
#include "lists/screen.h"

namespace licet::lists::internal {

/// Some rows of the file, by their place in it.
struct RowRange {
    std::uint64_t first_row = 0;  ///< less than that of every row in a later one
    RowBlock rows;
};

/// What became of them.
struct ScreenedRows {
    std::string allowed;
    std::string blocked;
    std::string review;
    std::uint64_t rows = 0;
    std::uint64_t blank_lines = 0;  ///< that nobody counted before
    Tally totals{};
    std::vector<ReportInput::Problem> problems;  ///< the first ones
    std::uint64_t problem_count = 0;
    std::vector<ReportInput::Sample> samples;  ///< the first of each outcome
    /// What each row rests on, if somebody wants to know; the tokens of all stand in one row.
    struct Seen {
        Outcome outcome = Outcome::kUnreadable;
        std::size_t tokens = 0;
        std::optional<Date> changes_on;
    };
    std::vector<Seen> seen;
    std::vector<ledger::Token> tokens;
};

/// How often a verdict was given.
struct VerdictCount {
    const gate::Verdict* verdict = nullptr;
    std::uint64_t count = 0;
    std::uint64_t first_row = 0;
};

inline constexpr std::size_t kProblemsShown = 200;
inline constexpr std::size_t kSamplesPerOutcome = 3;

[[nodiscard]] Outcome outcome_of(const gate::Verdict& verdict);
/// A word that the campaign gives to a fact; empty if it gives none.
[[nodiscard]] std::string campaign_word(const ScreenSetup& setup, std::string_view fact);

class RowScreener {
  public:
    /// `contacts` has learned how the columns write dates.
    RowScreener(const ScreenSetup& setup, ScreenTools tools, const Mapping& mapping,
                ContactReader contacts, const WriterOptions& options);

    [[nodiscard]] ScreenedRows screen(RowRange range);

    /// In no particular order.
    [[nodiscard]] std::vector<VerdictCount> verdicts() const;
    /// In no particular order; one may come twice.
    [[nodiscard]] std::vector<ScreenAnswer> answers() const;
    [[nodiscard]] const RowAges& ages() const { return ages_; }
    [[nodiscard]] const ContactReader& contacts() const { return contacts_; }
    /// By word of the fact `origin`, then of `audience`; the last is unknown.
    [[nodiscard]] const std::vector<Tally>& origins() const { return origins_; }
    [[nodiscard]] const std::vector<Tally>& audiences() const { return audiences_; }

  private:
    // What is added to a row, worded once for each distinct verdict.
    struct AddedCells {
        Outcome outcome = Outcome::kUnreadable;
        std::string id;  ///< of the words, if rows have that alone
        std::vector<std::string> cells;
        AddedText text;
        std::uint64_t count = 0;
        std::uint64_t first_row = 0;
    };

    // Index of the word that each fact has.
    struct Groups {
        std::size_t origin = 0;
        std::size_t audience = 0;
    };
    // Rows that differ in nothing but addresses and days.
    struct Kind {
        gate::RowKind kind;
        Groups groups;                           ///< while the ledger knows nothing of the row
        const gate::Verdict* verdict = nullptr;  ///< the last one, and what it adds
        AddedCells* added = nullptr;
    };
    struct BytesHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view bytes) const noexcept;
    };
    // A row and its points in the table of tokens.
    struct RowAtWork {
        RowSketch sketch;
        std::array<const ledger::ContactPoint*, 3> points{};
        std::size_t point_count = 0;
        std::size_t first_token = 0;
        std::size_t token_count = 0;
    };
    struct Judged {
        const RowAtWork& row;
        const Record& record;
        std::uint64_t place = 0;
    };

    void screen_some(RowRange& range, std::size_t first, std::size_t size);
    void sketch(const Record& record, RowAtWork& row);
    void make_tokens(std::size_t rows);
    [[nodiscard]] std::span<const ledger::PointTokens> points_of(const RowAtWork& row);
    [[nodiscard]] const AddedCells& judge(const Judged& judged);
    [[nodiscard]] AddedCells* added_by(const Judged& judged);
    [[nodiscard]] Kind* kind_of(const Judged& judged);
    void note_what_it_rests_on(const RowAtWork& row, std::span<const ledger::PointTokens> points,
                               const std::optional<ledger::Standing>& standing);
    [[nodiscard]] AddedCells& worded(const gate::Verdict& verdict);
    [[nodiscard]] AddedText text_of(const AddedCells& added, const gate::Verdict& verdict) const;
    [[nodiscard]] std::string duties_of(const gate::Verdict& verdict) const;
    [[nodiscard]] std::string to_do_of(const gate::Verdict& verdict) const;
    [[nodiscard]] const AddedCells& unreadable(const Message& why);
    void add_problem(std::uint64_t line, std::string column, const Message& message,
                     std::string masked_value);
    [[nodiscard]] Groups groups_of_last() const;
    void sample(const Record& record, const AddedCells& added);
    [[nodiscard]] CsvWriter& writer_of(Outcome outcome);

    const ScreenSetup& setup_;
    ScreenTools tools_;
    const Mapping& mapping_;
    Language language_;
    Reach reach_;
    ContactReader contacts_;
    ScreenedRows out_;
    CsvWriter allowed_;
    CsvWriter blocked_;
    CsvWriter review_;
    std::vector<const ledger::NormalForm*> forms_;
    std::vector<ledger::Token> tokens_;
    std::vector<ledger::PointTokens> points_;
    std::size_t next_point_ = 0;
    std::unordered_map<std::string, Kind, BytesHash, std::equal_to<>> kinds_;
    std::string kind_name_;
    std::unordered_map<const gate::Verdict*, AddedCells> worded_;
    AddedCells unreadable_;
    law::FactId origin_;
    law::FactId audience_;
    RowAges ages_;
    std::vector<Tally> origins_;
    std::vector<Tally> audiences_;
    std::array<std::uint64_t, kOutcomeCount> samples_taken_{};  ///< of this range
    std::vector<RowAtWork> at_work_;
};

}  // namespace licet::lists::internal

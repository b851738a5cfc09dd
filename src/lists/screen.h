// SPDX-License-Identifier: Apache-2.0
//
// Screens a list: one file in, three files and a report out.
//
//     bytes -> records -> contact -> tokens -> standing -> verdict -> allowed.csv
//                                                                     blocked.csv
//                                                                     review.csv   (to be checked)
//                                       each answer ─► answers.csv   (if rows are brief)
//
// The input's columns are repeated untouched and ours are added. Every row goes to exactly one
// file: what cannot be read goes to review.csv with the reason, never to allowed.csv and never
// nowhere. Memory does not grow with the file: rows are counted, not kept. Files belong to the
// caller.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gate/row_gate.h"
#include "ledger/exchange.h"
#include "ledger/standing_index.h"
#include "lists/cells.h"
#include "lists/csv_writer.h"
#include "lists/list_source.h"
#include "lists/report.h"

namespace licet::lists {

/// What a row that was judged rests on; `tokens` are there during the call.
struct RowSeen {
    Outcome outcome = Outcome::kUnreadable;
    std::span<const ledger::Token> tokens;
    /// First day on which something else may be said of it if list and ledger stay as they are.
    std::optional<Date> changes_on;
};

/// What each thread of a screening needs of its own.
struct ScreenTools {
    std::unique_ptr<gate::RowGate> gate;
    ledger::Tokeniser tokeniser;
    ledger::ForeignNames foreign;
};

/// What a screening rests on. All references outlive it.
struct ScreenSetup {
    const law::Law& law;
    const gate::Campaign& campaign;
    const ledger::StandingIndex& index;
    const Catalogue& say;
    Date day;                                    ///< of the act
    std::vector<std::string> choices;            ///< of `--map`
    bool is_safe = false;                        ///< guard the input's cells against formulas too
    bool is_brief = false;                       ///< add the name of an answer, not its words
    std::function<Result<ScreenTools>()> tools;  ///< called once a thread, before the first row
    unsigned threads = 1;                        ///< changes nothing but the time it takes
    std::function<void(const RowSeen&)> seen;    ///< is told of every row, in their order; or empty
    std::vector<DateColumn> dates = {};          ///< what add_refusals() learned of the same list
};

struct ScreenOutputs {
    ByteSink allowed;
    ByteSink blocked;
    ByteSink review;
};

struct ScreenProgress {
    std::uint64_t rows = 0;
    std::uint64_t bytes = 0;
};

/// What is added to rows, once for all rows that it is added to.
struct ScreenAnswer {
    std::string id;                  ///< of its words: the same words, the same id
    std::vector<std::string> cells;  ///< verdict, reasons, law, duties, to do, certainty
    std::uint64_t count = 0;         ///< of rows
    std::uint64_t first_row = 0;
};

struct ScreenResult {
    Tally totals{};
    ReportInput report;  ///< counts and texts; the caller adds date and packs
    std::uint64_t rows = 0;
    std::vector<ScreenAnswer> answers;  ///< by the row that had them first
    std::uint64_t blank_lines = 0;
    Dialect dialect;
    std::vector<Message> notes;  ///< what of the file was left out
};

/// Reads the file once for refusals and adds them to `index`, so that a refusal in one row reaches
/// every row of the same person, wherever it stands; and for the order of dates, if the first rows
/// do not tell it. Reads no more than it must. Gives what it learned of dates, by column.
/// Errors: those of CsvReader::open and of the source; a mapping that fails is told by screen().
[[nodiscard]] Result<std::vector<DateColumn>> add_refusals(
    const gate::Campaign& campaign, std::string_view channel, ledger::Tokeniser& tokeniser,
    std::span<const std::string> choices, Date day, ListSource list, ledger::StandingIndex& index);

/// Writes the answers as a table, with the separator of the list: what `is_brief` leaves out of
/// rows. Errors: those of the sink.
[[nodiscard]] Result<Done> write_answers(const ScreenResult& result, const Catalogue& say,
                                         const ByteSink& sink);

/// Screens the whole file. `shown` is called with the mapping before the first row is judged, and
/// may refuse it by an error; `progress` now and then.
/// Errors: those of CsvReader::open, of mapping_of (all of them, in `problems`), of the sinks.
[[nodiscard]] Read<ScreenResult> screen(const ScreenSetup& setup, ListSource list,
                                        const std::string& file_name, const ScreenOutputs& outputs,
                                        const std::function<Result<Done>(const Mapping&)>& shown,
                                        const std::function<void(const ScreenProgress&)>& progress);

}  // namespace licet::lists

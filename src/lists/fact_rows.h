// SPDX-License-Identifier: Apache-2.0
//
// The rows of a list as facts, for whoever decides elsewhere.
//
//     bytes -> records -> contact -> tokens -> standing -> facts   (screen.h goes on to a verdict)
//
// A row is read, completed and numbered exactly as screening does it, so that both answer alike.
// Rows are handed over in their order, one at a time; memory does not grow with the file. What is
// written of them, and where, is the caller's business.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "lists/contact_from_record.h"
#include "lists/list_source.h"
#include "lists/screen.h"

namespace licet::lists {

/// One row; what it points to lives during the call.
struct FactRow {
    std::uint64_t number = 0;           ///< from 1, blank rows not counted
    std::uint64_t line = 0;             ///< of the file
    const law::Facts* facts = nullptr;  ///< null if the row cannot be read: then nothing is known
    std::span<const ledger::ContactTokens> tokens;
    std::span<const CellProblem> problems;  ///< of its cells, also of a row that can be read
    const Message* unreadable = nullptr;    ///< why, if it cannot be read
};

/// What the facts rest on. All references outlive it.
struct FactRowsSetup {
    const law::Law& law;
    const gate::Campaign& campaign;
    const ledger::StandingIndex& index;
    Date day;                          ///< of the act
    std::vector<std::string> choices;  ///< of `--map`
    ScreenTools tools;
    std::vector<DateColumn> dates = {};  ///< what add_refusals() learned of the same list
};

struct FactRowsVisitor {
    /// Is told the columns before the first row, and may refuse them by an error.
    std::function<Result<Done>(const Mapping&)> shown;
    std::function<Result<Done>(const FactRow&)> row;
};

struct FactRowsResult {
    std::uint64_t rows = 0;
    std::uint64_t unreadable = 0;
    std::vector<Message> notes;  ///< what of the file was left out
};

/// Reads the whole list. Errors: those of CsvReader::open, of mapping_of (all of them, in
/// `problems`), of the visitor.
[[nodiscard]] Read<FactRowsResult> for_each_fact_row(FactRowsSetup& setup, ListSource list,
                                                     const std::string& file_name,
                                                     const FactRowsVisitor& visitor);

}  // namespace licet::lists

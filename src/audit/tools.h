// SPDX-License-Identifier: Apache-2.0
//
// Tools that are met in French prospecting, with where their data lie and whose they are: a table
// with the day and the source of each row, to start a register of processors from.
//
//     audit/tools.csv   id;name;vendor;kind;hosting;parent;dpf;source;read_on;grade;note
//
// A cell that says nothing is unknown, and stays so: nothing is guessed here, most tools have no
// more than a name yet, and a company's own contract says more than any table. A row that says
// where a tool is must name its source and the day on which it was read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace licet::audit {

struct Tool {
    std::string id;
    std::string name;
    std::string vendor;   ///< the company behind it; may be empty
    std::string kind;     ///< crm, mailing, chat, ...
    std::string hosting;  ///< country code, "eea", or empty: unknown, or the customer's choice
    std::string parent;   ///< country code of the company at the top; empty: unknown
    std::string dpf;      ///< as vendor.dpf; empty: unknown
    std::string source;
    std::string read_on;
    std::string grade;  ///< as of a source: P the text was read, S a secondary source, M memory
    std::string note;
};

/// Reads the table. All faults are reported, with line and what was expected.
[[nodiscard]] Read<std::vector<Tool>> read_tools(std::string_view csv, const std::string& path);

/// Gives the tool of that id, or nullptr.
[[nodiscard]] const Tool* tool_of(const std::vector<Tool>& tools, std::string_view id);

}  // namespace licet::audit

// SPDX-License-Identifier: Apache-2.0
//
// The registers on the command line: processors, breaches, complaints.
//
//     licet processor add crisp --country fr --contract yes     a step of an entry
//     licet processor list                                      with the law's answer
//
// A tool that audit/tools.csv knows gives its facts, with their day; they are to be confirmed.
#pragma once

#include <map>
#include <string>

#include "main/commands.h"

namespace licet {

struct BookOptions {
    std::string id;
    std::string step;
    std::map<std::string, std::string> attributes;
    std::string evidence;  ///< file: a contract, a report of a review
    std::string note;      ///< words, kept out of the ledger
    std::string on;        ///< day; "" = today
    bool is_known_tool = false;
};

int run_processor(const Terminal& terminal, const Common& common, const BookOptions& options);
int run_processor_list(const Terminal& terminal, const Common& common, const std::string& day);
int run_processor_tools(const Terminal& terminal, const Common& common, const std::string& wanted);
int run_breach(const Terminal& terminal, const Common& common, const BookOptions& options);
int run_breach_list(const Terminal& terminal, const Common& common);
int run_complaint(const Terminal& terminal, const Common& common, const BookOptions& options);
int run_complaint_list(const Terminal& terminal, const Common& common);

}  // namespace licet

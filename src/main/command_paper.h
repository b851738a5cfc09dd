// SPDX-License-Identifier: Apache-2.0
//
// What `licet paper` does, for whoever asks: the command line and the API (main/serve/api_papers).
//
//     options ──► run_paper_X ──► lines for people, or JSON
//
// Each reads register, texts and law anew, so that two answers never rest on different facts.
#pragma once

#include <string>
#include <vector>

#include "main/commands.h"

namespace licet {

struct PaperOptions {
    std::vector<std::string> documents;  ///< empty = all
    std::string in;                      ///< fr, en, all; "" = that of the user
    std::string form = "html,text,json";
    std::string out;
    std::string input;
    std::string at;
};

/// Lists all documents. JSON: an array of {document, kind, title, input, is_complete}.
[[nodiscard]] int run_paper_list(const Terminal& terminal, const Common& common,
                                 const PaperOptions& options);
/// Says which documents are in force. JSON: an array of {document, language, state, version,
/// published_on, sha256, why}.
[[nodiscard]] int run_paper_status(const Terminal& terminal, const Common& common,
                                   const PaperOptions& options);
/// Publishes what has changed. JSON: an object a line: {document, language, state, version,
/// sha256}.
[[nodiscard]] int run_paper_publish(const Terminal& terminal, const Common& common,
                                    const PaperOptions& options);
/// Compares with what was published. JSON: an object a line: {document, language, state, version,
/// hunks}.
[[nodiscard]] int run_paper_diff(const Terminal& terminal, const Common& common,
                                 const PaperOptions& options);

}  // namespace licet

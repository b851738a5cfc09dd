// SPDX-License-Identifier: Apache-2.0
//
// What `licet message check` does, for whoever asks: the command line and the API.
//
//     bytes of a message + campaign ──► findings, each with rule and remedy
//
// A message that comes with a request is handed over as bytes, and is never written to a file.
#pragma once

#include <optional>
#include <string>

#include "main/commands.h"

namespace licet {

struct MessageOptions {
    std::string file;  ///< its ending says the form: .eml, .html, .txt
    std::string campaign;
    std::string at;
    std::string out;
    bool fixes = false;
    std::optional<std::string> bytes;  ///< instead of what is in the file
};

/// Checks, and completes if asked to. JSON: {findings: [...]}.
[[nodiscard]] int run_message_check(const Terminal& terminal, const Common& common,
                                    const MessageOptions& options);

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
//
// Programs of the machine that licet may use when they are there: a browser, a converter.
//
//     find_program({"pandoc"}) ──► /usr/bin/pandoc ──run_quietly──► ended well or not
//
// Without a shell, so that no name of a file is ever read as a command.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace licet {

/// True if the file is there and may be run.
[[nodiscard]] bool can_run(const std::string& path);

/// Gives the first program of these names in the folders of PATH, or nothing.
[[nodiscard]] std::optional<std::string> find_program(std::initializer_list<const char*> names);

/// Runs a program and waits for its end, without its chatter; true if it ended well.
[[nodiscard]] bool run_quietly(std::vector<std::string> words);

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
//
// Commands that belong together, declared and run in one file: family_NAME.cpp.
//
//     main.cpp ──► all_families() ──declare──► the words of the command line
//                                 └─run──────► the exit status, if one of its commands was chosen
//
// A family owns the options of its commands. The older commands are in main.cpp and commands.h.
#pragma once

#include <CLI/CLI.hpp>

#include <memory>
#include <optional>
#include <vector>

#include "main/commands.h"

namespace licet {

class Family {
  public:
    virtual ~Family() = default;

    /// Adds its commands to the program's.
    virtual void declare(CLI::App& licet, const Catalogue& say) = 0;
    /// Runs the command that was chosen and gives its status; nothing if it is not of this family.
    [[nodiscard]] virtual std::optional<int> run(const CLI::App& licet, const Terminal& terminal,
                                                 const Common& common) = 0;
};

/// All that there are, in the order in which the help shows them.
[[nodiscard]] std::vector<std::unique_ptr<Family>> all_families();

// The families, each in its file family_NAME.cpp.
[[nodiscard]] std::unique_ptr<Family> banner_family();
[[nodiscard]] std::unique_ptr<Family> form_family();
[[nodiscard]] std::unique_ptr<Family> ledger_family();
[[nodiscard]] std::unique_ptr<Family> link_family();
[[nodiscard]] std::unique_ptr<Family> message_family();
[[nodiscard]] std::unique_ptr<Family> request_family();
[[nodiscard]] std::unique_ptr<Family> serve_family();
[[nodiscard]] std::unique_ptr<Family> webhook_family();
[[nodiscard]] std::unique_ptr<Family> organisation_family();
[[nodiscard]] std::unique_ptr<Family> paper_family();

/// Adds a command of the first level, with its words: "help.NAME" and "help.NAME_example".
CLI::App& add_command(CLI::App& licet, const Catalogue& say, const char* name);

/// True if the command was chosen, or the command and its part.
[[nodiscard]] bool is_chosen(const CLI::App& licet, const char* name, const char* part = nullptr);

}  // namespace licet

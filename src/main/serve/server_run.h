// SPDX-License-Identifier: Apache-2.0
//
// `licet serve`: everything that a server is, built and run.
//
//     workspace, law ──► ServerOffice ──► routes ──► Server ──► until SIGTERM
//                                                        └─ SIGHUP: law and certificate anew
//
// Reading this file's functions shows all that runs in the process.
#pragma once

#include <string>

#include "main/commands.h"

namespace licet {

struct ServeOptions {
    std::string listen = "127.0.0.1:8080";
    std::string certificate;  ///< PEM; "" = no TLS
    std::string key;
    bool is_behind_proxy = false;
    bool may_visit_private = false;  ///< sites within its own network too
    std::string base;      ///< how people reach the server, for links in mails; "" = as it listens
    unsigned threads = 0;  ///< 0 = as many as there are cores
    std::string log = "requests";   ///< requests, errors, none
    std::string version = "licet";  ///< of the program
    bool only_shows_routes = false;
};

/// Runs until it is told to stop. Errors are printed.
[[nodiscard]] int run_serve(const Terminal& terminal, const Common& common,
                            const ServeOptions& options);

struct UserOptions {
    std::string name;
    std::string display;
    std::string role = "dpo";
    std::vector<std::string> tenants;
};
/// Adds somebody, or gives them another password; reads it from standard input.
[[nodiscard]] int run_user_add(const Terminal& terminal, const Common& common,
                               const UserOptions& options);
[[nodiscard]] int run_user_list(const Terminal& terminal, const Common& common);

}  // namespace licet

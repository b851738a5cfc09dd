// SPDX-License-Identifier: Apache-2.0
//
// Requests of persons about their data, for the command line (family_request.cpp) and the API.
//
//     open ─► (confirm) ─► extend, answer, refuse or close      list: what waits, and how long
//     propagate: who has not stopped yet      acknowledge: a processor says that it has
//
// An address is used to find its tokens, and kept nowhere.
#pragma once

#include <string>
#include <string_view>

#include "main/commands.h"

namespace licet {

struct RequestOptions {
    std::string address;
    std::string kind;
    std::string id;
    std::string on;
    std::string reason;
    std::string surface = "post";
    std::string language = "fr";
    std::string link;
    std::string processor;
    std::string since;
    std::string among;  ///< file of addresses, one a line: to find whose request it is
    bool source_given = false;
    bool wants_all = false;
};

/// Runs one part of `licet request`, by its name.
int run_request(const Terminal& terminal, const Common& common, std::string_view part,
                const RequestOptions& options);

}  // namespace licet

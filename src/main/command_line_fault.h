// SPDX-License-Identifier: Apache-2.0
//
// Why a command line was not understood.
//
//     --campain x   ──► there is no option "--campain"; did you mean "--campaign"?
//     site visit    ──► the value "url" is missing
//
// The words of the library are English, and repeat what was typed, which may be somebody's address:
// names of options are repeated here, values are not.
#pragma once

#include <CLI/CLI.hpp>

#include "base/message.h"

namespace licet {

[[nodiscard]] Message fault_of_line(const CLI::ParseError& problem, const CLI::App& app);

}  // namespace licet

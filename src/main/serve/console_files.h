// SPDX-License-Identifier: Apache-2.0
//
// The console: files that were built before and are carried inside the program, under /console/.
//
//     /console/            index.html          /console/assets/...   for ever, their names change
//     anything else there  index.html too: the console finds its own way
//
// A program that was built without Node has no console, and says so on a page.
#pragma once

#include <vector>

#include "http/problem.h"
#include "http/router.h"

namespace licet {

[[nodiscard]] std::vector<http::Route> console_routes(const http::Voices& voices);

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
//
// A policy of the measurements, as C++ sees it: the packs that make_packs.py wrote of it, and
// requests drawn from its facts exactly as the peers draw them (peers/policy.mjs). Same file, same
// seed, same requests; else their answers could not be compared.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "law/law.h"

namespace licet::bench {

/// Reads all files below `folder`.
[[nodiscard]] std::vector<law::SourceFile> packs_in(const std::string& folder);

/// Compiles the packs in `folder`, or ends the program with what is wrong in them.
[[nodiscard]] std::unique_ptr<law::Law> law_in(const std::string& folder);

/// The next number of the row that all programs of this folder share.
[[nodiscard]] std::uint32_t next(std::uint32_t& seed);

/// The names and values of one request, as words.
using Request = std::vector<std::pair<std::string, std::string>>;

class Policy {
  public:
    /// Reads POLICY.json, or ends the program.
    explicit Policy(const std::string& path);

    /// Draws `count` requests. A policy without countries or days gets one of each.
    [[nodiscard]] std::vector<Request> requests(std::size_t count) const;

    /// The request whose fact `withheld` nobody supplies.
    [[nodiscard]] Request withheld() const;

  private:
    [[nodiscard]] Request common() const;
    json::object policy_;
};

/// Makes facts of words, or ends the program.
[[nodiscard]] law::Facts facts_of(const law::Law& law, const Request& request);

}  // namespace licet::bench

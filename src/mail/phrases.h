// SPDX-License-Identifier: Apache-2.0
//
// Words by which parts of a message are told: an opt-out, an advertisement, a source.
//
//     reference/phrases.txt    kind = phrase, one a line; a * at the end stands for any ending
//     reference/trackers.txt   hosts of those who count openings and clicks, one a line
//
// Data, not law, and never proof: a phrase that is there is a sign, one that is not may have been
// said in other words, and the findings say so.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/phrase.h"

namespace licet::mail {

/// The lists. Immutable once built.
class Phrases {
  public:
    /// Takes the texts of the two files.
    Phrases(std::string_view phrases, std::string_view trackers);

    /// True if a phrase of that kind is in `words`, which plain_words() made.
    [[nodiscard]] bool are_in(std::string_view words, std::string_view kind) const;
    /// True if `host` is one of those of the trackers, or below it.
    [[nodiscard]] bool is_tracker(std::string_view host) const;

  private:
    std::map<std::string, std::vector<std::string>, std::less<>> by_kind_;
    std::vector<std::string> trackers_;
};

}  // namespace licet::mail

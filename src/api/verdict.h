// SPDX-License-Identifier: Apache-2.0
//
// A verdict in the layout of licet/licet.h: plain arrays over texts that it keeps itself.
//
//     gate::Verdict --worded in a language--> WordedVerdict (is a licet_verdict)
#pragma once

#include <licet/licet.h>

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "gate/gate.h"

namespace licet::api {

/// Never copied or moved: its arrays point into it.
class WordedVerdict : public licet_verdict {
  public:
    WordedVerdict(const law::Law& law, const gate::Verdict& verdict, Language language);
    WordedVerdict(const WordedVerdict&) = delete;
    WordedVerdict& operator=(const WordedVerdict&) = delete;

  private:
    [[nodiscard]] licet_text keep(std::string text);
    void keep_reasons(const gate::Verdict& verdict, Language language);

    std::deque<std::string> texts_;  ///< stable addresses
    std::deque<std::vector<licet_text>> cites_;
    std::vector<licet_reason> reasons_;
    std::vector<licet_named> duties_;
    std::vector<licet_named> missing_;
};

}  // namespace licet::api

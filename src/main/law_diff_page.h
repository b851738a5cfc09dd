// SPDX-License-Identifier: Apache-2.0
//
// The words of a comparison of two laws, and its page: a picture of what goes where, then the pairs
// of rules. No script; it prints.
#pragma once

#include <string>

#include "base/message.h"
#include "law/diff.h"

namespace licet {

/// Words what a diff only numbers. All must outlive it.
class LawDiffWords {
  public:
    LawDiffWords(const law::Law& before, const law::Law& after, std::string question,
                 const Catalogue& say)
        : before_(before), after_(after), question_(std::move(question)), say_(say) {}

    [[nodiscard]] const law::Law& before() const { return before_; }
    [[nodiscard]] const law::Law& after() const { return after_; }
    [[nodiscard]] std::string answer_name(const law::Law& law, int index) const;
    [[nodiscard]] std::string answer(const law::Law& law, int index) const;
    [[nodiscard]] std::string answer(const std::string& name) const;
    [[nodiscard]] std::string rule(const law::Law& law,
                                   const std::optional<law::Reason>& reason) const;
    [[nodiscard]] std::string tell(const law::Law& law,
                                   const std::optional<law::Reason>& reason) const;
    [[nodiscard]] std::string cites(const law::Law& law,
                                    const std::optional<law::Reason>& reason) const;
    [[nodiscard]] std::string duty(const std::string& id) const;
    [[nodiscard]] std::string example(const law::Steps& steps) const;
    /// The same with what the two rules look at first, and no more than a line of it.
    [[nodiscard]] std::string short_example(const law::Change& change) const;

  private:
    const law::Law& before_;
    const law::Law& after_;
    std::string question_;
    const Catalogue& say_;
};

/// Adds up the shares of some changes.
[[nodiscard]] double sum_of(const std::vector<law::Change>& changes);

/// Writes a share of situations: "12.4 %", "< 0.1 %".
[[nodiscard]] std::string percent_of(double share);

[[nodiscard]] std::string law_diff_page(const LawDiffWords& words, const law::Diff& diff,
                                        const std::string& before, const std::string& after,
                                        const Catalogue& say);

}  // namespace licet

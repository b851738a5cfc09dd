// SPDX-License-Identifier: Apache-2.0
//
// The front door of the law: text in, decisions out.
//
//     files --> read_law --> Law --decide(question, facts)--> Decision
//
// A Law is immutable; any number of threads may ask it. It knows no ledger, no person, no clock.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "law/table.h"

namespace licet::law {

class Law {
  public:
    [[nodiscard]] const Vocabulary& vocabulary() const { return *vocabulary_; }
    [[nodiscard]] const std::vector<Pack>& packs() const { return *packs_; }
    [[nodiscard]] const RuleSet& rules() const { return rules_; }
    [[nodiscard]] const Variables& variables() const { return *rules_.variables; }
    [[nodiscard]] const std::vector<QuestionTable>& tables() const { return tables_; }
    [[nodiscard]] Reading reading() const { return reading_; }

    /// Gives the table of a question, or nullptr if the packs have no rule for it.
    [[nodiscard]] const QuestionTable* table(std::string_view question) const;
    /// Gives the pack whose law binds contacts in `country`: its own, or the floor that stands for
    /// it.
    [[nodiscard]] const Pack* pack_of(std::string_view country) const;
    /// Gives the calendar of `country`, or nullptr.
    [[nodiscard]] const Calendar* calendar_of(std::string_view country) const;

    /// Decides on facts. Errors: kMissing ("law.no_rules_for") if no pack answers the question.
    [[nodiscard]] Result<Decision> decide(std::string_view question, const Facts& facts) const;

  private:
    friend Read<std::unique_ptr<Law>> read_law(std::span<const SourceFile> files, Reading reading);
    std::unique_ptr<Vocabulary> vocabulary_;
    std::unique_ptr<std::vector<Pack>> packs_;
    RuleSet rules_;
    std::vector<QuestionTable> tables_;
    Reading reading_ = Reading::kStrict;
};

/// Compiles everything: `facts.md`, `duties.md`, `questions.md` and one folder a pack. All faults
/// of all files are reported at once, with place and what was expected; the value is null if there
/// is any.
[[nodiscard]] Read<std::unique_ptr<Law>> read_law(std::span<const SourceFile> files,
                                                  Reading reading = Reading::kStrict);

}  // namespace licet::law

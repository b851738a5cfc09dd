// SPDX-License-Identifier: Apache-2.0
//
// The front door of the law: text in, decisions out.
//
//     files --> read_law --> Law --decide(question, facts)--> Decision
//
// A Law is immutable; any number of threads may ask it. It knows no ledger, no person, no clock.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "law/registers.h"
#include "law/table.h"

namespace licet::law {

class Law {
  public:
    [[nodiscard]] const Vocabulary& vocabulary() const { return *vocabulary_; }
    [[nodiscard]] const std::vector<Pack>& packs() const { return *packs_; }
    [[nodiscard]] const RuleSet& rules() const { return rules_; }
    [[nodiscard]] const Variables& variables() const { return *rules_.variables; }
    [[nodiscard]] const std::vector<QuestionTable>& tables() const { return tables_; }
    [[nodiscard]] const std::vector<Register>& registers() const { return registers_; }
    [[nodiscard]] Reading reading() const { return reading_; }

    /// Gives the table of a question, or nullptr if the packs have no rule for it.
    [[nodiscard]] const QuestionTable* table(std::string_view question) const;
    /// Gives the pack whose law binds contacts in `country`: its own, or the floor that stands for
    /// it.
    [[nodiscard]] const Pack* pack_of(std::string_view country) const;
    /// True if some rule of the country's pack, or of those it imports, answers the question. Where
    /// none does, silence is no answer.
    [[nodiscard]] bool has_rules_of(std::string_view country, std::string_view question) const;
    /// Gives the countries that have a pack of their own, in the order of the packs.
    [[nodiscard]] std::vector<std::string> countries() const;
    /// Gives the calendar of `country`, or nullptr.
    [[nodiscard]] const Calendar* calendar_of(std::string_view country) const;

    /// Decides on facts. Errors: kMissing ("law.no_rules_for") if no pack answers the question.
    [[nodiscard]] Result<Decision> decide(std::string_view question, const Facts& facts) const;

  private:
    friend class LawReader;
    std::shared_ptr<const Vocabulary> vocabulary_;
    std::unique_ptr<std::vector<Pack>> packs_;
    std::vector<Register> registers_;
    RuleSet rules_;
    std::vector<QuestionTable> tables_;
    std::map<std::string, std::set<std::string>, std::less<>> answering_;  ///< question -> packs
    Reading reading_ = Reading::kStrict;
};

/// Compiles everything: `facts.md`, `duties.md`, `questions.md`, `registers.md` and one folder a
/// pack. A house pack that is anywhere laxer than the law is a fault ("law.house_laxer"). All
/// faults of all files are reported at once, with place and what was expected; the value is null
/// if there is any. Where one of `images` holds the tables of these very files (table_image.h),
/// they are not compiled again; images stay as long as the law.
[[nodiscard]] Read<std::unique_ptr<Law>> read_law(std::span<const SourceFile> files,
                                                  Reading reading = Reading::kStrict,
                                                  std::span<const std::string_view> images = {});

/// Two laws that are to be compared: what their facts mean is the same in both.
struct LawPair {
    std::unique_ptr<Law> before;
    std::unique_ptr<Law> after;
};

/// Compiles two laws over the facts of `after`, so that they can be compared (diff.h). The files of
/// both may be the same, with another reading. Faults are those of read_law().
[[nodiscard]] Read<LawPair> read_two_laws(std::span<const SourceFile> before,
                                          Reading reading_before, std::span<const SourceFile> after,
                                          Reading reading_after);

}  // namespace licet::law

// SPDX-License-Identifier: Apache-2.0
//
// One condition of a guard, resolved but not yet coded: thresholds are collected from all atoms of
// all packs first (variables_from_atoms), then each atom becomes a leaf over them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "law/rules.h"

namespace licet::law {

enum class AtomKind {
    kWords,    ///< fact in values
    kKeys,     ///< fact in keys
    kAtLeast,  ///< count >= number
    kFrom,     ///< date on or after `date`
    kBefore,   ///< date before `date`; never is not before it
    kNever,    ///< date is never
    kWithin,   ///< date within `period` of at (or less than it before at)
    kAfter,    ///< date after another date
    kDefined,  ///< a defined name
    kAnswer,   ///< the answer of another question is among `words`
};

struct Atom {
    AtomKind kind = AtomKind::kWords;
    bool is_negated = false;
    FactId fact = kNoFact;
    FactId other = kNoFact;
    std::vector<std::uint16_t> words;  ///< of kWords, and indexes of answers of kAnswer
    std::vector<std::string> keys;
    std::int64_t number = 0;
    Date date;
    Period period;
    bool is_inclusive = true;  ///< of kWithin
    /// of kDefined, the question of kAnswer, or the parameter that holds the number or period
    std::string name;
    std::string text;  ///< as it stands in the pack
    Place place;
};

/// A dated value of a parameter.
struct ParameterValue {
    Period period;
    std::int64_t number = 0;
    bool is_period = false;
    Date from;
    std::optional<Date> until;  ///< the next value's `from`
};

/// Reads the comma-separated atoms of a field. Parameters must be known to check units;
/// `has_parameter` and `has_define` tell names apart from facts.
class AtomReader {
  public:
    AtomReader(const Vocabulary& vocabulary,
               const std::map<std::string, std::vector<ParameterValue>, std::less<>>& parameters,
               const std::vector<std::string>& defines, std::vector<Error>& problems)
        : vocabulary_(vocabulary),
          parameters_(parameters),
          defines_(defines),
          problems_(problems) {}

    [[nodiscard]] std::vector<Atom> read(const Field& field);

  private:
    using Tokens = std::vector<SyntaxToken>;
    void read_one(const Tokens& tokens, std::vector<Atom>& out);
    bool read_answer(const Tokens& tokens, std::size_t place, Atom& atom);
    bool read_words(const Tokens& tokens, std::size_t place, Atom& atom);
    bool read_comparison(const Tokens& tokens, std::size_t place, Atom& atom);
    bool read_period(const Tokens& tokens, std::size_t place, std::size_t count, Atom& atom);
    [[nodiscard]] bool has_parameter(const SyntaxToken& token, bool is_period) const;
    bool read_date(const Tokens& tokens, std::size_t place, Atom& atom);
    bool fault(const SyntaxToken& token, std::string_view id,
               std::vector<std::pair<std::string, std::string>> arguments = {});

    const Vocabulary& vocabulary_;
    const std::map<std::string, std::vector<ParameterValue>, std::less<>>& parameters_;
    const std::vector<std::string>& defines_;
    std::vector<Error>& problems_;
};

/// Parses "3 years", "60 days", "5 working days", "1 month"; nothing for anything else.
[[nodiscard]] std::optional<Period> period_of(std::string_view number, std::string_view unit);

}  // namespace licet::law

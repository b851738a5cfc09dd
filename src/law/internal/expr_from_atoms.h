// SPDX-License-Identifier: Apache-2.0
//
// From atoms to conditions over codes, once all thresholds are known.
//
//     last_contact within 3 years of at  ->  variable "age of last_contact in months", codes {0, 1}
//
// A parameter becomes one such condition for each of its dated values, joined by "or"; a defined
// name becomes its ways, joined by "or"; a pack's countries and a rule's dates are conditions like
// others.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "law/internal/variable_builder.h"

namespace licet::law {

class ExprFromAtoms {
  public:
    using Parameters = std::map<std::string, std::vector<ParameterValue>, std::less<>>;
    using Defines = std::map<std::string, std::vector<std::vector<Atom>>>;
    /// question -> for each of its answers, the condition under which it is given
    using Answers = std::map<std::string, std::vector<std::shared_ptr<const Expr>>, std::less<>>;

    /// All six must outlive the object; the builder must be frozen. `answers` may grow meanwhile.
    ExprFromAtoms(const Vocabulary& vocabulary, const std::vector<Pack>& packs,
                  const VariableBuilder& builder, const Parameters& parameters,
                  const Defines& defines, const Answers& answers)
        : vocabulary_(vocabulary),
          packs_(packs),
          builder_(builder),
          parameters_(parameters),
          defines_(defines),
          answers_(answers) {}

    // A pack speaks for its countries, and for those of the packs that rest on it; the law of a
    // part of a country speaks there alone.
    Expr scope(const Pack& pack) const {
        std::vector<std::string> countries = pack.countries;
        for (const Pack& other : packs_)
            if (imports_of(packs_, other).contains(pack.id))
                countries.insert(countries.end(), other.countries.begin(), other.countries.end());
        Expr place = keys_of("country", countries);
        if (pack.regions.empty()) return place;
        std::vector<Expr> both;
        both.push_back(std::move(place));
        both.push_back(keys_of("region", pack.regions));
        return Expr::all(std::move(both));
    }

    Expr in_force(const std::optional<Date>& from, const std::optional<Date>& until) const {
        const VarId id = builder_.find(VariableKind::kDay, vocabulary_.find("at"));
        const auto& all = builder_[id].thresholds;
        const auto code_from = [&](Date date) {
            return static_cast<std::size_t>(
                std::upper_bound(all.begin(), all.end(), day_number(date)) - all.begin());
        };
        const std::size_t first = from ? code_from(*from) : 0;
        const std::size_t end = until ? code_from(*until) : all.size() + 1;
        return Expr::leaf(id, codes_from(first, end));
    }

    // How conduct still to come counts: in a guard as the value that the vocabulary presumes; where
    // it is asked for, as what makes the condition hold, or fail below a `not`.
    enum class Presumed { kAsDeclared, kHolds, kFails };
    static Presumed negated(Presumed presumed) {
        switch (presumed) {
            case Presumed::kAsDeclared:
                return Presumed::kAsDeclared;
            case Presumed::kHolds:
                return Presumed::kFails;
            case Presumed::kFails:
                return Presumed::kHolds;
        }
        return presumed;
    }

    Expr conjunction(const std::vector<Atom>& atoms, Presumed presumed) const {
        std::vector<Expr> parts;
        for (const Atom& atom : atoms) {
            Expr part = expr_of(atom, atom.is_negated ? negated(presumed) : presumed);
            parts.push_back(atom.is_negated ? Expr::negation(std::move(part)) : std::move(part));
        }
        return Expr::all(std::move(parts));
    }

  private:
    Expr keys_of(std::string_view fact, const std::vector<std::string>& keys) const {
        const VarId id = builder_.find(VariableKind::kKey, vocabulary_.find(fact));
        ValueSet set;
        for (std::size_t i = 0; i < builder_[id].keys.size(); ++i)
            if (std::find(keys.begin(), keys.end(), builder_[id].keys[i]) != keys.end()) set.set(i);
        return Expr::leaf(id, set);
    }

    static ValueSet codes_from(std::size_t first, std::size_t end) {
        ValueSet set;
        for (std::size_t i = first; i < end; ++i) set.set(i);
        return set;
    }

    Expr expr_of(const Atom& atom, Presumed presumed) const {
        if (atom.kind == AtomKind::kDefined) return Expr::sharing(of_define(atom.name, presumed));
        if (atom.kind == AtomKind::kAnswer) {
            std::vector<Expr> ways;
            for (const std::uint16_t answer : atom.words)
                ways.push_back(Expr::sharing(answers_.at(atom.name).at(answer)));
            return Expr::any(std::move(ways));
        }
        const auto found = parameters_.find(atom.name);
        if (found == parameters_.end()) return leaf_of(atom, presumed);
        std::vector<Expr> ways;
        for (const ParameterValue& value : found->second) {
            Atom dated = atom;
            dated.period = value.period;
            dated.number = value.number;
            std::vector<Expr> both;
            both.push_back(in_force(value.from, value.until));
            both.push_back(leaf_of(dated, presumed));
            ways.push_back(Expr::all(std::move(both)));
        }
        return Expr::any(std::move(ways));
    }

    // One object a name, so that it is worked out once however many rules use it.
    std::shared_ptr<const Expr> of_define(const std::string& name, Presumed presumed) const {
        std::shared_ptr<const Expr>& known = known_defines_[{name, presumed}];
        if (known == nullptr) {
            std::vector<Expr> ways;
            for (const std::vector<Atom>& way : defines_.at(name))
                ways.push_back(conjunction(way, presumed));
            known = std::make_shared<const Expr>(Expr::any(std::move(ways)));
        }
        return known;
    }

    Expr leaf_of(const Atom& atom, Presumed presumed) const {
        const VariableKind kind = atom.kind == AtomKind::kWords     ? VariableKind::kWords
                                  : atom.kind == AtomKind::kKeys    ? VariableKind::kKey
                                  : atom.kind == AtomKind::kAtLeast ? VariableKind::kCount
                                  : atom.kind == AtomKind::kWithin  ? VariableKind::kAge
                                  : atom.kind == AtomKind::kAfter   ? VariableKind::kAfter
                                                                    : VariableKind::kDay;
        const PeriodUnit unit =
            atom.kind == AtomKind::kWithin ? atom.period.unit : PeriodUnit::kDays;
        const VarId id = builder_.find(kind, atom.fact, atom.other, unit);
        const Variable& variable = builder_[id];
        ValueSet set = real_codes(atom, variable);
        if (variable.presumed != kUnknown) {
            const bool holds = presumed == Presumed::kAsDeclared ? presumed_holds(variable, set)
                                                                 : presumed == Presumed::kHolds;
            set.set(variable.presumed, holds);
        }
        return Expr::leaf(id, set);
    }

    ValueSet real_codes(const Atom& atom, const Variable& variable) const {
        ValueSet set;
        const std::size_t size = variable.real_size();
        const auto place = [](const auto& all, const auto& wanted) {
            return static_cast<std::size_t>(std::lower_bound(all.begin(), all.end(), wanted) -
                                            all.begin());
        };
        switch (atom.kind) {
            case AtomKind::kWords:
                for (const std::uint16_t word : atom.words) set.set(word);
                break;
            case AtomKind::kKeys:
                for (const std::string& key : atom.keys) set.set(place(variable.keys, key));
                break;
            case AtomKind::kAtLeast:
                set = codes_from(place(variable.thresholds, atom.number) + 1, size);
                break;
            case AtomKind::kFrom:
                set = codes_from(place(variable.thresholds, day_number(atom.date)) + 1, size - 1);
                break;
            case AtomKind::kBefore:
                set = codes_from(0, place(variable.thresholds, day_number(atom.date)) + 1);
                break;
            case AtomKind::kNever:
                set.set(size - 1);
                break;
            case AtomKind::kWithin:
                set = codes_from(
                    0,
                    place(variable.ages, AgeThreshold{atom.period.count, atom.is_inclusive}) + 1);
                break;
            case AtomKind::kAfter:
                set.set(1);
                break;
            case AtomKind::kDefined:
            case AtomKind::kAnswer:
                break;
        }
        return set;
    }

    bool presumed_holds(const Variable& variable, const ValueSet& set) const {
        const Fact& fact = vocabulary_.fact(variable.fact);
        const auto value = parse_value(fact, fact.silence_value);
        if (!value) return false;
        if (const Word* word = std::get_if<Word>(&*value)) return set.test(word->index);
        const Count* count = std::get_if<Count>(&*value);
        if (count == nullptr) return false;
        const auto end =
            std::upper_bound(variable.thresholds.begin(), variable.thresholds.end(), count->number);
        return set.test(static_cast<std::size_t>(end - variable.thresholds.begin()));
    }

    const Vocabulary& vocabulary_;
    const std::vector<Pack>& packs_;
    const VariableBuilder& builder_;
    const Parameters& parameters_;
    const Defines& defines_;
    const Answers& answers_;
    mutable std::map<std::pair<std::string, Presumed>, std::shared_ptr<const Expr>> known_defines_;
};

}  // namespace licet::law

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

    /// All five must outlive the object; the builder must be frozen.
    ExprFromAtoms(const Vocabulary& vocabulary, const std::vector<Pack>& packs,
                  const VariableBuilder& builder, const Parameters& parameters,
                  const Defines& defines)
        : vocabulary_(vocabulary),
          packs_(packs),
          builder_(builder),
          parameters_(parameters),
          defines_(defines) {}

    // A pack speaks for its countries, and for those of the packs that rest on it.
    Expr scope(const Pack& pack) const {
        std::set<std::string> countries(pack.countries.begin(), pack.countries.end());
        for (const Pack& other : packs_)
            if (std::find(other.imports.begin(), other.imports.end(), pack.id) !=
                other.imports.end())
                countries.insert(other.countries.begin(), other.countries.end());
        const VarId id = builder_.find(VariableKind::kKey, vocabulary_.find("country"));
        ValueSet set;
        for (std::size_t i = 0; i < builder_[id].keys.size(); ++i)
            if (countries.contains(builder_[id].keys[i])) set.set(i);
        return Expr::leaf(id, set);
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
    static ValueSet codes_from(std::size_t first, std::size_t end) {
        ValueSet set;
        for (std::size_t i = first; i < end; ++i) set.set(i);
        return set;
    }

    Expr expr_of(const Atom& atom, Presumed presumed) const {
        if (atom.kind == AtomKind::kDefined) {
            std::vector<Expr> ways;
            for (const std::vector<Atom>& way : defines_.at(atom.name))
                ways.push_back(conjunction(way, presumed));
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
};

}  // namespace licet::law

// SPDX-License-Identifier: Apache-2.0
//
// From facts to small numbers: the columns over which the law is a finite table.
//
//     last_contact_from_person_on = 2023-11-22, at = 2026-11-23
//         -> variable "last_contact_from_person_on, age in months" with the threshold "within 36"
//         -> code 1 (beyond it)
//
// The rules' thresholds cut each date and count into buckets, in order ("order encoding"), so that
// "within 2 years but not within 3" cannot exist. One fact may feed several variables: its age in
// days, in months, in working days, its calendar day, and its order against another date.
//
//     kWords   index of the value                          enum, bool
//     kKey     index of the key in `keys`, last = any other
//     kCount   number of thresholds <= the count           counts, minutes of the day
//     kDay     number of thresholds <= the day; last = never
//     kAge     number of thresholds exceeded; last = never or still to come
//     kAfter   1 if the first date is known to be after the second, else 0
//
// A variable of an undertaking has one more code, `presumed`: the conduct is still to come and is
// taken as kept. 255 is unknown. Codes depend on the day of the act, so they are made per request.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "law/facts.h"
#include "law/pack.h"

namespace licet::law {

using VarId = std::uint16_t;
inline constexpr std::uint8_t kUnknown = 255;
using ValueSet = std::bitset<256>;
using Codes = std::vector<std::uint8_t>;

enum class VariableKind : std::uint8_t { kWords, kKey, kCount, kDay, kAge, kAfter };

/// A threshold of an age: `within` includes the last day, "less than ... before" does not.
struct AgeThreshold {
    int count = 0;
    bool is_inclusive = true;
    friend auto operator<=>(const AgeThreshold&, const AgeThreshold&) = default;
};

struct Variable {
    VariableKind kind = VariableKind::kWords;
    FactId fact = kNoFact;
    FactId other = kNoFact;                ///< of kAfter
    PeriodUnit unit = PeriodUnit::kDays;   ///< of kAge
    std::vector<std::string> keys;         ///< of kKey, sorted
    std::vector<std::int64_t> thresholds;  ///< of kCount, and kDay in days since 1970-01-01; sorted
    std::vector<AgeThreshold> ages;        ///< of kAge, sorted
    std::size_t size = 0;                  ///< number of codes, `presumed` included
    std::uint8_t presumed = kUnknown;      ///< code of an undertaking not yet known

    /// Number of codes that a real value can have.
    [[nodiscard]] std::size_t real_size() const { return presumed == kUnknown ? size : size - 1; }
    [[nodiscard]] std::uint8_t never_code() const {
        return static_cast<std::uint8_t>(real_size() - 1);
    }
};

/// All variables of a law, and the way from facts to codes. Immutable once built.
class Variables {
  public:
    Variables(const Vocabulary& vocabulary, std::vector<Variable> variables,
              const std::vector<Pack>& packs);

    [[nodiscard]] std::size_t size() const { return variables_.size(); }
    [[nodiscard]] const Variable& operator[](VarId id) const { return variables_[id]; }
    [[nodiscard]] std::span<const VarId> of_fact(FactId fact) const;

    /// Codes every variable. Facts that are not there are unknown, or presumed if undertakings.
    /// `at` must be among the facts for ages to be known.
    [[nodiscard]] Codes code(const Facts& facts) const;
    /// Codes again what depends on `fact`.
    void recode(const Facts& facts, FactId fact, Codes& codes) const;

    [[nodiscard]] FactId at() const { return at_; }
    [[nodiscard]] FactId country() const { return country_; }

    /// Gives the days after `at` on which some code changes although all facts stay, in order.
    [[nodiscard]] std::vector<Date> days_of_change(const Facts& facts) const;

    /// Names a code in the words of the rules: "consent = given", "calls.last_30_days >= 4".
    [[nodiscard]] std::string condition(VarId id, std::uint8_t code) const;
    /// The same of several codes of a kCount: "local_time >= 10:00, local_time < 13:00".
    [[nodiscard]] std::string condition(VarId id, std::uint8_t first, std::uint8_t last) const;

  private:
    struct Day {
        enum class State { kMissing, kNever, kAny, kKnown } state = State::kMissing;
        Date day;
    };
    [[nodiscard]] std::uint8_t code_of(const Variable& variable, const Facts& facts) const;
    [[nodiscard]] std::uint8_t code_of_age(const Variable& variable, const Facts& facts) const;
    [[nodiscard]] std::uint8_t code_of_order(const Variable& variable, const Facts& facts) const;
    [[nodiscard]] std::uint8_t code_of_key(const Variable& variable, const std::string& key) const;
    [[nodiscard]] Day day_of(const Facts& facts, FactId fact) const;
    [[nodiscard]] Date last_day(Date from, int count, PeriodUnit unit, const Facts& facts) const;

    const Vocabulary* vocabulary_;
    std::vector<Variable> variables_;
    std::vector<std::vector<VarId>> by_fact_;
    /// country -> floor without a pack
    std::map<std::string, std::string, std::less<>> stands_for_;
    std::map<std::string, const Calendar*, std::less<>> calendars_;
    FactId at_ = kNoFact;
    FactId country_ = kNoFact;
};

}  // namespace licet::law

// SPDX-License-Identifier: Apache-2.0
//
// What is known of one act: values of facts, and who supplied each.
//
// `never` is a value (it is known that the thing has not taken place); unknown is the lack of one.
// `any` is for theorems in case tables: the answer must hold for every value of the fact, also for
// those that an undertaking would otherwise presume away.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/date.h"
#include "law/vocabulary.h"

namespace licet::law {

struct Never {
    friend bool operator==(Never, Never) = default;
};
struct Any {
    friend bool operator==(Any, Any) = default;
};
/// Index into the values of a bool (no, yes) or an enum.
struct Word {
    std::uint16_t index = 0;
    friend bool operator==(Word, Word) = default;
};
/// Counts, and minutes of the day for facts of type time.
struct Count {
    std::int64_t number = 0;
    friend bool operator==(Count, Count) = default;
};
struct Key {
    std::string text;
    friend bool operator==(const Key&, const Key&) = default;
};

using FactValue = std::variant<Word, Count, Key, Moment, Never, Any>;

/// Who said so; stands in the receipt beside the value.
enum class Supplier { kRequest, kCampaign, kLedger, kDerived };
[[nodiscard]] std::string_view name_of(Supplier supplier);

/// Parses `text` as a value of `fact`. Errors: kInput with what was expected.
[[nodiscard]] Result<FactValue> parse_value(const Fact& fact, std::string_view text);

/// Writes a value as parse_value reads it.
[[nodiscard]] std::string value_text(const Fact& fact, const FactValue& value);

/// Known facts of one act, by id. May lie over a base that holds for many acts (a campaign's facts
/// under those of a row): what is not set here is looked up there. The base must outlive it.
class Facts {
  public:
    struct Entry {
        FactId fact = kNoFact;
        FactValue value;
        Supplier supplier = Supplier::kRequest;
    };

    Facts() = default;
    explicit Facts(const Facts* base) : base_(base) {}

    void set(FactId fact, FactValue value, Supplier supplier = Supplier::kRequest);
    /// Forgets what was set here; the base is not changed.
    void erase(FactId fact);
    void clear() { entries_.clear(); }
    /// Gives the value, or nullptr if the fact is unknown.
    [[nodiscard]] const FactValue* find(FactId fact) const;
    /// Gives who supplied a fact that is known.
    [[nodiscard]] Supplier supplier_of(FactId fact) const;
    /// What was set here, in the order of the ids, without the base.
    [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
    void set_base(const Facts* base) { base_ = base; }

  private:
    [[nodiscard]] const Entry* entry_of(FactId fact) const;

    std::vector<Entry> entries_;
    const Facts* base_ = nullptr;
};

/// Sets `name` to `text`. Errors: kInput ("fact.unknown", "fact.unknown_near", or of parse_value).
[[nodiscard]] Result<Done> set_fact(Facts& facts, const Vocabulary& vocabulary,
                                    std::string_view name, std::string_view text,
                                    Supplier supplier = Supplier::kRequest);

/// Sets all facts of a background. Errors: kInput ("fact.unknown_background").
[[nodiscard]] Result<Done> set_background(Facts& facts, const Vocabulary& vocabulary,
                                          std::string_view name,
                                          Supplier supplier = Supplier::kRequest);

}  // namespace licet::law

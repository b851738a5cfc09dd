// SPDX-License-Identifier: Apache-2.0
//
// What is known of one act: values of facts, and who supplied each.
//
// `never` is a value (it is known that the thing has not taken place); unknown is the lack of one.
// `any` is for theorems in case tables: the answer must hold for every value of the fact, also for
// those that an undertaking would otherwise presume away.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>

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

/// Known facts of one act, by id.
class Facts {
  public:
    struct Entry {
        FactValue value;
        Supplier supplier = Supplier::kRequest;
    };

    void set(FactId fact, FactValue value, Supplier supplier = Supplier::kRequest) {
        entries_.insert_or_assign(fact, Entry{std::move(value), supplier});
    }
    void erase(FactId fact) { entries_.erase(fact); }
    /// Gives the value, or nullptr if the fact is unknown.
    [[nodiscard]] const FactValue* find(FactId fact) const {
        const auto found = entries_.find(fact);
        return found == entries_.end() ? nullptr : &found->second.value;
    }
    [[nodiscard]] const std::map<FactId, Entry>& entries() const { return entries_; }

  private:
    std::map<FactId, Entry> entries_;
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

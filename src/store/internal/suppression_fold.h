// SPDX-License-Identifier: Apache-2.0
//
// What the suppression list must be, after all that was read: one partition at a time.
//
//     objections, what erasures kept, what was known before ──► by token and scope, widened
//
// Compact, because most events of a ledger may be objections: texts are few and kept once, so an
// objection takes 44 bytes until its partition is done. Private to the module.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "ledger/store.h"
#include "ledger/suppression.h"

namespace licet::store {

class SuppressionFold {
  public:
    /// Where a suppression comes from, oldest first: the first one's reason stays.
    enum class Source : std::uint8_t {
        kKnown,      ///< an earlier session found it
        kKept,       ///< an erasure kept it: older than any objection that is still there
        kObjection,  ///< in the order of the partition
    };
    void add(const ledger::Suppression& one, Source source);

    /// Folds what was added for a partition: from here on one a token and scope, in their order.
    void fold(std::uint32_t part);
    [[nodiscard]] std::size_t size(std::uint32_t part) const { return entries_[part].size(); }
    [[nodiscard]] ledger::Suppression at(std::uint32_t part, std::size_t place) const;
    /// Frees what the partition took.
    void forget(std::uint32_t part) { entries_[part] = {}; }

  private:
    struct Entry {
        ledger::Token person;
        std::uint32_t scope = 0;
        std::uint32_t reason = 0;
        std::int32_t since = 0;
        std::int32_t last = 0;
        std::int32_t until = 0;  ///< 0 = never ends
        Source source = Source::kObjection;
    };
    template <typename T>
    [[nodiscard]] static std::uint32_t number_in(std::vector<T>& all,
                                                 std::map<T, std::uint32_t>& numbers, const T& one);
    static void widen(Entry& entry, const Entry& other);

    std::array<std::vector<Entry>, ledger::kPartitions> entries_;
    std::vector<ledger::Scope> scopes_;
    std::map<ledger::Scope, std::uint32_t> scope_numbers_;
    std::vector<std::string> reasons_;
    std::map<std::string, std::uint32_t> reason_numbers_;
};

}  // namespace licet::store

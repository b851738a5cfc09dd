// SPDX-License-Identifier: Apache-2.0
#include "store/internal/suppression_fold.h"

#include <algorithm>
#include <tuple>

#include "store/internal/tables.h"

namespace licet::store {

template <typename T>
std::uint32_t SuppressionFold::number_in(std::vector<T>& all, std::map<T, std::uint32_t>& numbers,
                                         const T& one) {
    const auto [place, is_new] = numbers.emplace(one, static_cast<std::uint32_t>(all.size()));
    if (is_new) all.push_back(one);
    return place->second;
}

void SuppressionFold::add(const ledger::Suppression& one, Source source) {
    entries_[ledger::partition_of(one.person)].push_back(
        {one.person, number_in(scopes_, scope_numbers_, one.scope),
         number_in(reasons_, reason_numbers_, one.reason),
         static_cast<std::int32_t>(days_of(one.since)),
         static_cast<std::int32_t>(days_of(one.last)),
         one.until ? static_cast<std::int32_t>(days_of(*one.until)) : 0, source});
}

// As ledger::widen does it.
void SuppressionFold::widen(Entry& entry, const Entry& other) {
    entry.since = std::min(entry.since, other.since);
    entry.last = std::max(entry.last, other.last);
    const bool has_end = entry.until != 0 && other.until != 0;
    entry.until = has_end ? std::max(entry.until, other.until) : 0;
}

void SuppressionFold::fold(std::uint32_t part) {
    std::vector<Entry>& all = entries_[part];
    std::stable_sort(all.begin(), all.end(), [&](const Entry& a, const Entry& b) {
        return std::tie(a.person, scopes_[a.scope], a.source) <
               std::tie(b.person, scopes_[b.scope], b.source);
    });
    std::size_t kept = 0;
    for (const Entry& entry : all) {
        const bool is_same =
            kept > 0 && all[kept - 1].person == entry.person && all[kept - 1].scope == entry.scope;
        if (is_same)
            widen(all[kept - 1], entry);
        else
            all[kept++] = entry;
    }
    all.resize(kept);
}

ledger::Suppression SuppressionFold::at(std::uint32_t part, std::size_t place) const {
    const Entry& entry = entries_[part][place];
    ledger::Suppression out{entry.person,         scopes_[entry.scope], reasons_[entry.reason],
                            date_of(entry.since), date_of(entry.last),  {}};
    if (entry.until != 0) out.until = date_of(entry.until);
    return out;
}

}  // namespace licet::store

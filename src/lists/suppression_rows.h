// SPDX-License-Identifier: Apache-2.0
//
// What persons have refused, as rows for a warehouse.
//
//     suppressions ───────────────────────────┐
//     refusals, withdrawals, doubts (events) ─┴─► under the layer of an export ─► by token
//
// Rows come in the order of the tokens that leave, so that their order tells nothing and two
// exports cannot be laid side by side. Reasons and first days stay at home: no verdict needs them.
// Memory: 28 bytes a row of one pass; a large list takes several passes.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>

#include "ledger/store.h"
#include "ledger/token_layer.h"

namespace licet::lists {

/// Objections reach brand, channel and purpose; the others a channel, whatever brand and purpose
/// they were said of. A doubt is about a consent confirmed by mail.
enum class RefusalKind { kObjection, kRefused, kWithdrawn, kDoubt };
/// "objection", "refused", "withdrawn", "doubt".
[[nodiscard]] std::string_view name_of(RefusalKind kind);

struct SuppressionRow {
    RefusalKind kind = RefusalKind::kObjection;
    ledger::Token token;  ///< under the layer
    ledger::Scope scope;
    Date said_on;                 ///< the newest day
    std::optional<Date> ends_on;  ///< last day; none if it does not end
};

struct SuppressionRows {
    std::uint64_t rows = 0;
    std::set<std::string> lists;  ///< reasons of those that came with lists from elsewhere
};

inline constexpr std::uint64_t kRowsAPass = 8'000'000;

/// Hands over every row. Errors: those of the store and of `visit`.
[[nodiscard]] Result<SuppressionRows> for_each_suppression_row(
    ledger::ReadStore& store, const ledger::TokenLayer& layer,
    const std::function<Result<Done>(const SuppressionRow&)>& visit,
    std::uint64_t rows_a_pass = kRowsAPass);

}  // namespace licet::lists

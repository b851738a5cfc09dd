// SPDX-License-Identifier: Apache-2.0
#include "store/ledger_since.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "store/internal/schema.h"
#include "store/internal/tables.h"
#include "store/internal/tile_table.h"
#include "store/person_key_file.h"

namespace licet::store {
namespace {

// Number of the last event of each partition that is under the checkpoint.
Result<LedgerPlaces> last_before(Connection& connection, const ledger::Checkpoint& checkpoint,
                                 const std::string& path) {
    const std::uint64_t size = LICET_TRY(log_size(connection));
    if (size < checkpoint.size)
        return error(
            ErrorCode::kBroken, "log.rolled_back",
            {{"found", std::to_string(size)}, {"expected", std::to_string(checkpoint.size)}}, path);
    TileTable tiles(connection);
    const auto root = ledger::root_of(tiles, checkpoint.size);
    if (!root || *root != checkpoint.root)
        return error(ErrorCode::kBroken, "log.forked", {{"size", std::to_string(checkpoint.size)}},
                     path);
    LedgerPlaces out;
    for (const Run& run : LICET_TRY(runs_of(connection)))
        if (run.number < checkpoint.size) out[run.part] = std::max(out[run.part], run.last);
    return out;
}

// Nothing if the key is destroyed.
Result<std::optional<ledger::Event>> opened(const EventRow& row, const PersonKeyFile& keys,
                                            const std::string& path) {
    if (row.is_erased()) return std::optional<ledger::Event>{};
    const auto key = keys.keys().key_of(row.token(), row.era);
    if (!key) return std::optional<ledger::Event>{};
    auto event = ledger::open_seal(*key, row.event);
    if (!event) return broken("store.corrupt", path);
    return std::optional<ledger::Event>(*std::move(event));
}

// Hands over what came after `before`; gives where the ledger is.
Result<LedgerPlaces> hand_over(Connection& connection, const LedgerFiles& files,
                               LedgerPlaces& before,
                               const std::function<bool(const ledger::Event&)>& visit) {
    const PersonKeyFile keys = LICET_TRY(person_keys_of(connection, files));
    Statement rows =
        LICET_TRY(connection.scan("SELECT " + std::string(kEventColumns) +
                                  " FROM event WHERE part = ? AND seq > ? ORDER BY seq"));
    LedgerPlaces after;
    const auto heads = LICET_TRY(heads_of(connection));
    for (const auto& [part, head] : heads) {
        after[part] = head.seq;
        if (before[part] >= head.seq) continue;
        rows.bind(1, std::int64_t{part});
        rows.bind(2, before[part]);
        while (true) {
            const bool has_row = LICET_TRY(rows.step());
            if (!has_row) break;
            const EventRow row = LICET_TRY(event_row(rows, files.database));
            const auto event = LICET_TRY(opened(row, keys, files.database));
            if (event && !visit(*event)) return after;
        }
    }
    return after;
}

}  // namespace

Result<Done> for_each_since(const LedgerFiles& files, const ledger::Checkpoint& checkpoint,
                            const std::function<bool(const ledger::Event&)>& visit) {
    const auto connection = LICET_TRY(checked_connection(files, Mode::kReadOnly, kPatience));
    Transaction transaction = LICET_TRY(Transaction::begin(*connection, Access::kRead));
    auto before = LICET_TRY(last_before(*connection, checkpoint, files.database));
    std::ignore = LICET_TRY(hand_over(*connection, files, before, visit));
    return Done{};
}

Result<LedgerPlaces> places_of(const LedgerFiles& files) {
    const auto connection = LICET_TRY(checked_connection(files, Mode::kReadOnly, kPatience));
    Transaction transaction = LICET_TRY(Transaction::begin(*connection, Access::kRead));
    LedgerPlaces out;
    const auto heads = LICET_TRY(heads_of(*connection));
    for (const auto& [part, head] : heads) out[part] = head.seq;
    return out;
}

Result<Done> for_each_after(const LedgerFiles& files, LedgerPlaces& places,
                            const std::function<bool(const ledger::Event&)>& visit) {
    const auto connection = LICET_TRY(checked_connection(files, Mode::kReadOnly, kPatience));
    Transaction transaction = LICET_TRY(Transaction::begin(*connection, Access::kRead));
    const auto heads = LICET_TRY(heads_of(*connection));
    for (const auto& [part, seq] : places) {
        const auto head = heads.find(part);
        const std::int64_t found = head == heads.end() ? 0 : head->second.seq;
        if (found < seq)
            return error(ErrorCode::kBroken, "log.rolled_back",
                         {{"found", std::to_string(found)}, {"expected", std::to_string(seq)}},
                         files.database);
    }
    LedgerPlaces before = places;
    places = LICET_TRY(hand_over(*connection, files, before, visit));
    return Done{};
}

}  // namespace licet::store

// SPDX-License-Identifier: Apache-2.0
#include "store/ledger_walk.h"

#include "ledger/merkle.h"
#include "store/internal/schema.h"
#include "store/internal/tables.h"
#include "store/internal/tile_table.h"
#include "store/person_key_file.h"

namespace licet::store {
namespace {

class Walker {
  public:
    Walker(const LogWalk& walk, const PersonKeyFile& keys, const std::string& path)
        : walk_(walk), keys_(keys), path_(path) {}

    Result<Done> meet(const EventRow& row) {
        LoggedEntry entry;
        entry.index = met_++;
        entry.place = row.place;
        entry.leaf = ledger::leaf_hash(row.entry());
        entry.is_erased = row.is_erased();
        entry.sealed_digest = row.sealed_digest();
        if (!entry.is_erased &&
            walk_.wants(static_cast<ledger::EventKind>(row.kind), row.token())) {
            const auto key = keys_.keys().key_of(row.token(), row.era, upper_);
            // Its person was erased and the row waits to be wiped.
            if (!key) {
                entry.is_erased = true;
                return walk_.visit(entry);
            }
            const auto bytes = opener_.open(*key, row.event);
            if (!bytes) return tampered(path_, row.place);
            entry.bytes = *bytes;
            entry.blind = ledger::blind_of(*key, row.event.name);
        }
        return walk_.visit(entry);
    }

    [[nodiscard]] std::uint64_t met() const { return met_; }

  private:
    const LogWalk& walk_;
    const PersonKeyFile& keys_;
    const std::string& path_;
    ledger::UpperLevels upper_;
    ledger::SealOpener opener_;
    std::uint64_t met_ = 0;
};

Result<Done> walk_run(Statement& rows, const Run& run, Walker& walker, const std::string& path) {
    rows.bind(1, std::int64_t{run.part});
    rows.bind(2, run.first);
    rows.bind(3, run.last);
    std::int64_t next = run.first;
    while (true) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) break;
        const EventRow row = LICET_TRY(event_row(rows, path));
        if (row.place.seq != next++) return tampered(path, {run.part, next - 1});
        LICET_TRY(walker.meet(row));
    }
    if (next != run.last + 1) return tampered(path, {run.part, next});
    return Done{};
}

}  // namespace

Result<Done> walk_log(const LedgerFiles& files, const LogWalk& walk) {
    const auto connection = LICET_TRY(checked_connection(files, Mode::kReadOnly, kPatience));
    const PersonKeyFile keys = LICET_TRY(person_keys_of(*connection, files));
    Transaction transaction = LICET_TRY(Transaction::begin(*connection, Access::kRead));
    Statement rows = LICET_TRY(
        connection->scan("SELECT " + std::string(kEventColumns) +
                         " FROM event WHERE part = ? AND seq BETWEEN ? AND ? ORDER BY seq"));
    Walker walker(walk, keys, files.database);
    const auto runs = LICET_TRY(runs_of(*connection));
    for (const Run& run : runs) {
        // A checkpoint ends where a run ends: runs are made when a log is signed.
        if (run.number >= walk.size) break;
        LICET_TRY(walk_run(rows, run, walker, files.database));
    }
    if (walker.met() != walk.size) return tampered(files.database, {});
    return Done{};
}

}  // namespace licet::store

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "store/internal/schema.h"
#include "store/internal/tables.h"
#include "store/internal/tile_table.h"

namespace licet::store {

Result<ledger::Tile> TileTable::read(ledger::TilePlace place) {
    if (!read_)
        read_ =
            LICET_TRY(connection_.prepare("SELECT hashes FROM tile WHERE level = ? AND place = ?"));
    read_->bind(1, std::int64_t{place.first});
    read_->bind(2, static_cast<std::int64_t>(place.second));
    const bool has_row = LICET_TRY(read_->step());
    ledger::Tile tile;
    if (!has_row) return tile;
    const auto bytes = read_->bytes(0);
    if (bytes.size() % sizeof(Digest) != 0) return broken("store.corrupt", connection_.path());
    tile.resize(bytes.size() / sizeof(Digest));
    for (std::size_t i = 0; i < tile.size(); ++i)
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(i * sizeof(Digest)), sizeof(Digest),
                    tile[i].begin());
    LICET_TRY(read_->run());
    return tile;
}

Result<Done> TileTable::write(const std::map<ledger::TilePlace, ledger::Tile>& tiles) {
    if (!write_)
        write_ = LICET_TRY(connection_.prepare(
            "INSERT INTO tile(level, place, hashes) VALUES(?, ?, ?) ON CONFLICT(level, place) DO "
            "UPDATE SET hashes = excluded.hashes"));
    for (const auto& [place, tile] : tiles) {
        write_->bind(1, std::int64_t{place.first});
        write_->bind(2, static_cast<std::int64_t>(place.second));
        write_->bind(3, std::span(reinterpret_cast<const std::uint8_t*>(tile.data()),
                                  tile.size() * sizeof(Digest)));
        LICET_TRY(write_->send());
    }
    return connection_.settle();
}

Result<std::vector<Run>> runs_of(Connection& connection) {
    std::vector<Run> out;
    Statement rows = LICET_TRY(
        connection.prepare("SELECT part, first, last, number, hash FROM run ORDER BY number"));
    while (true) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) return out;
        Run run{static_cast<std::uint32_t>(rows.number(0)),
                rows.number(1),
                rows.number(2),
                static_cast<std::uint64_t>(rows.number(3)),
                {}};
        const auto hash = rows.bytes(4);
        const bool is_sound = hash.size() == run.hash.size() && rows.number(0) >= 0 &&
                              run.part < ledger::kPartitions && run.first >= 1 &&
                              run.last >= run.first;
        if (!is_sound) return broken("store.corrupt", connection.path());
        std::copy(hash.begin(), hash.end(), run.hash.begin());
        out.push_back(run);
    }
}

Result<Done> put_run(Connection& connection, const Run& run) {
    Statement put = LICET_TRY(connection.prepare(
        "INSERT INTO run(part, last, first, number, hash) VALUES(?, ?, ?, ?, ?)"));
    put.bind(1, std::int64_t{run.part});
    put.bind(2, run.last);
    put.bind(3, run.first);
    put.bind(4, static_cast<std::int64_t>(run.number));
    put.bind(5, std::span<const std::uint8_t>(run.hash));
    return put.run();
}

Result<std::uint64_t> log_size(Connection& connection) {
    const auto size = LICET_TRY(
        connection.number("SELECT CAST(coalesce(sum(last - first + 1), 0) AS BIGINT) FROM run"));
    return static_cast<std::uint64_t>(size);
}

}  // namespace licet::store

// SPDX-License-Identifier: Apache-2.0
//
// What a durable append costs, in groups: each is on disk before the next begins.
//
//     plain file        the bytes alone, and fdatasync
//     SQLite alone      rows of the ledger's own table, made beforehand: no key, no seal, no chain
//     licet, SQLite     all of it
//     PostgreSQL        the same rows, one a transaction, as a program without a thought would
//     licet, PostgreSQL all of it
//
// Events of about 300 bytes of persons drawn at random, as a web form would send them.
//
//     append_bench FOLDER ...     FOLDER is on the disk to be measured
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "random_events.h"
#include "store/ledger_store.h"
#include "store/postgres_server.h"

namespace licet {
namespace {

std::string folder;
std::optional<store::PostgresServer> server;

std::string fresh_folder() {
    const std::string place = folder + "/appended";
    std::filesystem::remove_all(place);
    std::filesystem::create_directories(place);
    return place;
}

void must(bool is_done) {
    if (!is_done) std::abort();
}

// A row as the ledger has it, in the order of its columns, of chance.
struct Row {
    std::int64_t part = 0;
    std::int64_t seq = 0;
    std::array<std::uint8_t, 16> person{};
    std::array<std::uint8_t, 16> name{};
    std::array<std::uint8_t, 32> commitment{};
    std::array<std::uint8_t, 280> sealed{};
};

class RowMaker {
  public:
    Row row() {
        Row out;
        fill(out.person);
        fill(out.name);
        fill(out.commitment);
        fill(out.sealed);
        out.part = out.person[0];
        out.seq = ++last_[out.person[0]];
        return out;
    }

  private:
    template <std::size_t kSize>
    void fill(std::array<std::uint8_t, kSize>& bytes) {
        for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(chance_());
    }
    std::mt19937_64 chance_{1};
    std::array<std::int64_t, 256> last_{};
};

void plain_file(benchmark::State& state) {
    const auto group = static_cast<std::size_t>(state.range(0));
    const std::string path = fresh_folder() + "/plain";
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
    const std::string bytes(group * 300, 'x');
    for (auto unused : state)
        must(::write(file, bytes.data(), bytes.size()) == std::ssize(bytes) &&
             ::fdatasync(file) == 0);
    ::close(file);
    state.SetItemsProcessed(state.range(0) * state.iterations());
}

void bind_bytes(sqlite3_stmt* insert, int place, std::span<const std::uint8_t> bytes) {
    must(sqlite3_bind_blob64(insert, place, bytes.data(), bytes.size(), SQLITE_STATIC) ==
         SQLITE_OK);
}

void sqlite_alone(benchmark::State& state) {
    const store::LedgerFiles files = store::ledger_files_in(fresh_folder());
    must(store::open_ledger_store(files, store::Mode::kCreate).has_value());
    sqlite3* handle = nullptr;
    must(sqlite3_open(files.database.c_str(), &handle) == SQLITE_OK);
    const auto run = [&](const char* sql) {
        must(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    };
    run("PRAGMA synchronous = FULL; PRAGMA cache_size = -131072; "
        "PRAGMA wal_autocheckpoint = 16384");
    sqlite3_stmt* insert = nullptr;
    must(sqlite3_prepare_v2(handle, "INSERT INTO event VALUES(?, ?, ?, ?, 7, 1, ?, ?)", -1, &insert,
                            nullptr) == SQLITE_OK);
    RowMaker maker;
    std::vector<Row> rows;
    for (auto unused : state) {
        state.PauseTiming();
        rows.clear();
        for (std::int64_t i = 0; i < state.range(0); ++i) rows.push_back(maker.row());
        std::sort(rows.begin(), rows.end(),
                  [](const Row& a, const Row& b) { return a.person < b.person; });
        state.ResumeTiming();
        run("BEGIN IMMEDIATE");
        for (const Row& row : rows) {
            must(sqlite3_bind_int64(insert, 1, row.part) == SQLITE_OK &&
                 sqlite3_bind_int64(insert, 2, row.seq) == SQLITE_OK);
            bind_bytes(insert, 3, row.person);
            bind_bytes(insert, 4, row.name);
            bind_bytes(insert, 5, row.commitment);
            bind_bytes(insert, 6, row.sealed);
            must(sqlite3_step(insert) == SQLITE_DONE && sqlite3_reset(insert) == SQLITE_OK);
        }
        run("COMMIT");
    }
    sqlite3_finalize(insert);
    sqlite3_close(handle);
    state.SetItemsProcessed(state.range(0) * state.iterations());
}

void append_events(benchmark::State& state, const store::LedgerFiles& files) {
    const auto store = store::open_ledger_store(files, store::Mode::kCreate).value();
    bench::RandomEvents events;
    std::vector<ledger::Event> batch;
    for (auto unused : state) {
        state.PauseTiming();
        batch.clear();
        for (std::int64_t i = 0; i < state.range(0); ++i) batch.push_back(events.next());
        state.ResumeTiming();
        must(store->append(batch).has_value());
    }
    state.SetItemsProcessed(state.range(0) * state.iterations());
}

void licet_sqlite(benchmark::State& state) {
    append_events(state, store::ledger_files_in(fresh_folder()));
}

void postgres_row_by_row(benchmark::State& state) {
    store::LedgerFiles files = store::ledger_files_in(fresh_folder(), server->fresh_database());
    must(store::open_ledger_store(files, store::Mode::kCreate).has_value());
    PGconn* connection = PQconnectdb(files.database.c_str());
    PGresult* prepared =
        PQprepare(connection, "insert",
                  "INSERT INTO licet.event(part, seq, person, name, kind, era, commitment, sealed) "
                  "VALUES($1::text::bigint, $2::text::bigint, $3, $4, 7, 1, $5, $6)",
                  0, nullptr);
    must(PQresultStatus(prepared) == PGRES_COMMAND_OK);
    PQclear(prepared);
    RowMaker maker;
    for (auto unused : state) {
        const Row row = maker.row();
        const std::string part = std::to_string(row.part);
        const std::string seq = std::to_string(row.seq);
        const auto text = [](const auto& bytes) {
            return reinterpret_cast<const char*>(bytes.data());
        };
        const std::array<const char*, 6> values = {part.c_str(),         seq.c_str(),
                                                   text(row.person),     text(row.name),
                                                   text(row.commitment), text(row.sealed)};
        const std::array<int, 6> sizes = {
            static_cast<int>(part.size()), static_cast<int>(seq.size()), 16, 16, 32, 280};
        constexpr std::array<int, 6> kFormats = {0, 0, 1, 1, 1, 1};
        PGresult* done = PQexecPrepared(connection, "insert", 6, values.data(), sizes.data(),
                                        kFormats.data(), 0);
        must(PQresultStatus(done) == PGRES_COMMAND_OK);
        PQclear(done);
    }
    PQfinish(connection);
    state.SetItemsProcessed(state.iterations());
}

void licet_postgres(benchmark::State& state) {
    append_events(state, store::ledger_files_in(fresh_folder(), server->fresh_database()));
}

BENCHMARK(plain_file)->Arg(1)->Arg(100)->Arg(1000)->UseRealTime();
BENCHMARK(sqlite_alone)->Arg(1)->Arg(100)->Arg(1000)->UseRealTime();
BENCHMARK(licet_sqlite)->Arg(1)->Arg(100)->Arg(1000)->UseRealTime();

}  // namespace
}  // namespace licet

int main(int count, char** arguments) {
    if (count < 2) return 64;
    licet::folder = std::filesystem::absolute(arguments[1]).string();
    benchmark::Initialize(&count, arguments);
    if (licet::store::has_postgres()) {
        ::setenv("TMPDIR", licet::folder.c_str(), 1);  // on the same disk
        auto& server = licet::server.emplace("append_bench");
        server.set("fsync", "on");  // which tests do without
        server.start();
        benchmark::RegisterBenchmark("postgres_row_by_row", licet::postgres_row_by_row)
            ->UseRealTime();
        benchmark::RegisterBenchmark("licet_postgres", licet::licet_postgres)
            ->Arg(1)
            ->Arg(100)
            ->Arg(1000)
            ->UseRealTime();
    }
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}

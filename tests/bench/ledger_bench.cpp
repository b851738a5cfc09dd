// SPDX-License-Identifier: Apache-2.0
//
// What the ledger costs: sealing, growing and signing the log, verifying, looking people up. What
// an append costs: append_bench.cpp.
//
//     ledger_bench FOLDER ...     FOLDER is on the disk to be measured
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <random>

#include "base/signature.h"
#include "ledger/merkle.h"
#include "ledger/sealed_event.h"
#include "ledger/standing_index.h"
#include "random_events.h"
#include "store/ledger_log.h"
#include "store/ledger_store.h"

namespace licet {
namespace {

std::string folder;

store::LedgerFiles fresh_ledger() {
    const std::string place = folder + "/ledger";
    std::filesystem::remove_all(place);
    std::filesystem::create_directories(place);
    return store::ledger_files_in(place);
}

void derive_key(benchmark::State& state) {
    const ledger::PersonKeys keys(sha256("root"));
    std::mt19937_64 chance(1);
    for (auto unused : state) benchmark::DoNotOptimize(keys.key_of(bench::random_token(chance)));
}

void seal_event(benchmark::State& state) {
    const ledger::PersonKeys keys(sha256("root"));
    const ledger::Event event = bench::RandomEvents().next();
    const ledger::PersonKey key = *keys.key_of(event.person);
    for (auto unused : state) benchmark::DoNotOptimize(ledger::seal(key, event));
}

// Leaves of entries and the nodes above them: what the log asks of the processor.
void grow_tree(benchmark::State& state) {
    class NoTiles final : public ledger::Tiles {
      public:
        Result<ledger::Tile> read(ledger::TilePlace) override { return ledger::Tile{}; }
    };
    NoTiles none;
    const Digest digest = sha256("x");
    for (auto unused : state) {
        auto tree = ledger::TreeAppender::at(none, 0).value();
        for (std::int64_t i = 0; i < 65'536; ++i) {
            tree.add(ledger::leaf_hash(ledger::entry_of(1, i, digest, digest)));
            if (i % 16'384 == 0) benchmark::DoNotOptimize(tree.take_changed());
        }
        benchmark::DoNotOptimize(tree.root());
    }
    state.SetItemsProcessed(65'536 * state.iterations());
}

constexpr std::uint64_t kEvents = 100'000;

void fill(const store::LedgerFiles& files) {
    const auto store = store::open_ledger_store(files, store::Mode::kCreate).value();
    bench::RandomEvents events;
    std::vector<ledger::Event> batch;
    for (std::uint64_t i = 0; i < kEvents; ++i) {
        batch.push_back(events.next());
        if (batch.size() < 10'000) continue;
        if (!store->append(batch)) std::abort();
        batch.clear();
    }
}

void sign_checkpoint(benchmark::State& state) {
    const std::string pem = new_private_key().value();
    for (auto unused : state) {
        state.PauseTiming();
        const store::LedgerFiles files = fresh_ledger();
        fill(files);
        state.ResumeTiming();
        if (!store::sign_checkpoint(files, "licet/bench", pem, 1)) std::abort();
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(kEvents) * state.iterations());
}

void verify_ledger(benchmark::State& state) {
    const std::string pem = new_private_key().value();
    const ledger::LogIdentity identity{"licet/bench", public_key_of(pem).value()};
    const store::LedgerFiles files = fresh_ledger();
    fill(files);
    if (!store::sign_checkpoint(files, identity.origin, pem, 1)) std::abort();
    store::VerifyOptions options;
    options.threads = static_cast<unsigned>(state.range(0));
    std::int64_t bytes = 0;
    for (auto unused : state) {
        const auto done = store::verify_ledger(files, identity, options);
        if (!done) std::abort();
        bytes += static_cast<std::int64_t>(done->bytes);
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(kEvents) * state.iterations());
    state.SetBytesProcessed(bytes);
}

// A million persons who said stop; strangers are looked up, so nearly all are not among them.
void look_up(benchmark::State& state) {
    ledger::StandingIndex index;
    std::mt19937_64 chance(1);
    const Date day{std::chrono::year{2026} / 11 / 26};
    for (int i = 0; i < 1'000'000; ++i)
        index.add(ledger::Suppression{
            bench::random_token(chance), {"", "email", ""}, "objection", day, day, {}});
    const bool is_warm = state.range(0) != 0;
    std::vector<ledger::ContactTokens> asked(is_warm ? 64 : 1U << 20U);
    for (ledger::ContactTokens& one : asked) one = {bench::random_token(chance), {}, {}};
    std::size_t next = 0;
    for (auto unused : state) {
        benchmark::DoNotOptimize(index.find({&asked[next], 1}, day));
        next = (next + 1) % asked.size();
    }
}

BENCHMARK(derive_key);
BENCHMARK(seal_event);
BENCHMARK(grow_tree)->Unit(benchmark::kMillisecond);
BENCHMARK(sign_checkpoint)->Unit(benchmark::kMillisecond)->Iterations(1)->UseRealTime();
BENCHMARK(verify_ledger)
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(10)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK(look_up)->ArgName("warm")->Arg(0)->Arg(1);

}  // namespace
}  // namespace licet

int main(int count, char** arguments) {
    if (count < 2) return 64;
    licet::folder = arguments[1];
    benchmark::Initialize(&count, arguments);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}

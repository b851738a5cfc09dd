// SPDX-License-Identifier: Apache-2.0
//
// What the file of standings costs: ten million persons with a history and ten million who only
// said stop. How long until a program that starts has its first answer, and how long a look-up
// takes, one at a time and in batches whose tokens are asked for ahead.
//
//     standing_bench FOLDER ...     LICET_PERSONS=10000000 of each kind
#include <benchmark/benchmark.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <random>

#include "ledger/standing.h"
#include "store/standing_file.h"

namespace licet {
namespace {

constexpr Date kDay{std::chrono::year{2026} / 11 / 26};
std::string path;
std::uint64_t persons = 10'000'000;

ledger::Token random_token(std::mt19937_64& chance) {
    ledger::Token token;
    for (std::size_t i = 0; i < token.bytes.size(); i += 8) {
        const std::uint64_t bits = chance();
        std::memcpy(token.bytes.data() + i, &bits, sizeof bits);
    }
    return token;
}

// Collected on a form, told, opted in, contacted, clicked; on days of their own.
ledger::Standing history_of(std::mt19937_64& chance) {
    const auto some_day = [&] { return kDay - std::chrono::days{chance() % 1000}; };
    ledger::Standing standing;
    ledger::ConsentStanding& consent = standing.consents[{"", "email", "commercial"}];
    consent.given_on = some_day();
    consent.particulars = {{"consent.act", chance() % 2 == 0 ? "clear" : "preticked"},
                           {"consent.proof", "written"}};
    standing.origin = {some_day(), {{"origin", "form"}}};
    standing.first_collected_on = standing.origin.on;
    standing.informed_on = some_day();
    standing.last_act_on = some_day();
    standing.last_contacted_on = some_day();
    return standing;
}

void write_once() {
    if (std::filesystem::exists(path)) return;
    const auto writer = store::StandingFileWriter::create(path).value();
    std::mt19937_64 chance(1);
    for (std::uint64_t i = 0; i < persons; ++i) {
        writer->add(ledger::Suppression{
            random_token(chance), {"", "email", ""}, "objection", kDay, kDay, {}});
        writer->add(random_token(chance), history_of(chance));
    }
    if (!writer->finish("")) std::abort();
}

void open_and_answer_once(benchmark::State& state) {
    write_once();
    std::mt19937_64 chance(2);
    for (auto unused : state) {
        const ledger::StandingIndex index(store::StandingFile::open(path).value());
        const std::array<ledger::ContactTokens, 1> asked = {{{random_token(chance), {}, {}}}};
        benchmark::DoNotOptimize(index.find(asked, kDay));
    }
    state.counters["bytes_per_person"] =
        static_cast<double>(std::filesystem::file_size(path)) / static_cast<double>(2 * persons);
}

// Of strangers and, once in so many, of persons with a history.
void look_up(benchmark::State& state) {
    write_once();
    const auto batch = static_cast<std::size_t>(state.range(0));
    const auto known_one_in = static_cast<std::size_t>(state.range(1));
    const ledger::StandingIndex index(store::StandingFile::open(path).value());
    std::mt19937_64 chance(2);
    std::vector<ledger::ContactTokens> asked(1U << 20U);
    for (ledger::ContactTokens& one : asked) one = {random_token(chance), {}, {}};
    std::mt19937_64 as_written(1);
    for (std::size_t i = 0; known_one_in != 0 && i < asked.size() / known_one_in; ++i) {
        std::ignore = random_token(as_written);
        asked[chance() % asked.size()].strict = random_token(as_written);
        std::ignore = history_of(as_written);
    }
    std::size_t next = 0;
    for (auto unused : state) {
        const std::span some(asked.data() + next, batch);
        index.prefetch(some);
        for (const ledger::ContactTokens& one : some)
            benchmark::DoNotOptimize(index.find({&one, 1}, kDay));
        next = (next + batch) % asked.size();
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(batch));
}

BENCHMARK(open_and_answer_once)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(look_up)->ArgNames({"batch", "known_one_in"})->Args({1, 0})->Args({16, 0})->Args({16, 4});

}  // namespace
}  // namespace licet

int main(int count, char** arguments) {
    if (count < 2) return 64;
    licet::path = std::string(arguments[1]) + "/standings";
    if (const char* wanted = std::getenv("LICET_PERSONS"))
        licet::persons = std::strtoull(wanted, nullptr, 10);
    benchmark::Initialize(&count, arguments);
    benchmark::RunSpecifiedBenchmarks();
    std::filesystem::remove(licet::path);
    return 0;
}

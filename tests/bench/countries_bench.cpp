// SPDX-License-Identifier: Apache-2.0
#include "countries_bench.h"

#include <benchmark/benchmark.h>

#include <cstdlib>

#include "allocations.h"
#include "law/check.h"
#include "law/dense.h"
#include "law/diff.h"
#include "law/remedy.h"
#include "policy.h"

namespace licet::bench {
namespace {

constexpr std::size_t kRequests = 10'000;
constexpr std::size_t kSlowRequests = 1'000;

// Everything that the benchmarks need, made once and kept to the end of the program.
struct Work {
    std::vector<law::SourceFile> files;
    std::unique_ptr<law::Law> law;
    std::vector<law::Codes> requests;
    std::vector<law::Facts> forbidden;       ///< requests that could be asked a remedy
    std::vector<law::Codes> person_unknown;  ///< three facts of the person are unknown
    std::vector<law::Codes> any_unknown;     ///< three facts are, the country perhaps among them
    law::DenseTable campaign;                ///< one country, channel, day and hour
    std::vector<law::Codes> of_campaign;

    [[nodiscard]] const law::QuestionTable& table() const { return *law->table("contact"); }
};

void add_campaign(Work& work, const std::vector<Request>& requests) {
    const law::Law& law = *work.law;
    const law::Codes fixed = law.variables().code(facts_of(
        law, {{"country", "aa"}, {"at", "2026-11-26"}, {"channel", "email"}, {"hour", "10"}}));
    auto dense = law::dense_table(law.rules(), work.table(), fixed);
    if (!dense) std::abort();
    work.campaign = std::move(*dense);
    for (const Request& request : requests) {
        law::Codes codes = law.variables().code(facts_of(law, request));
        for (law::VarId id = 0; id < codes.size(); ++id)
            if (fixed[id] != law::kUnknown) codes[id] = fixed[id];
        const std::uint32_t walked = law::walk(work.table(), work.table().decision, codes.data());
        if (work.campaign[codes.data()] != walked) std::abort();
        work.of_campaign.push_back(std::move(codes));
    }
}

// Codes of which three are unknown, drawn from `open`.
law::Codes with_three_unknown(law::Codes codes, const std::vector<law::VarId>& open,
                              std::uint32_t& seed) {
    for (int i = 0; i < 3; ++i) codes[open[next(seed) % open.size()]] = law::kUnknown;
    return codes;
}

// What the sender does not know by itself.
std::vector<law::VarId> variables_of_person(const law::Law& law) {
    std::vector<law::VarId> out = law.table("contact")->used;
    for (const std::string_view name : {"country", "at", "channel", "hour", "calls"})
        std::erase_if(out, [&](law::VarId id) {
            return law.variables()[id].fact == law.vocabulary().find(name);
        });
    return out;
}

const Work& work_of(const std::string& path, const std::string& folder) {
    static Work work;
    work.files = packs_in(folder);
    work.law = law_in(folder);
    const std::vector<Request> requests = Policy(path).requests(kRequests);
    for (const Request& request : requests) {
        law::Facts facts = facts_of(*work.law, request);
        work.requests.push_back(work.law->variables().code(facts));
        if (work.forbidden.size() < kSlowRequests &&
            !law::remedies(*work.law, "contact", facts).empty())
            work.forbidden.push_back(std::move(facts));
    }
    std::uint32_t seed = 7;
    const std::vector<law::VarId> person = variables_of_person(*work.law);
    for (std::size_t i = 0; i < kSlowRequests; ++i) {
        work.person_unknown.push_back(with_three_unknown(work.requests[i], person, seed));
        work.any_unknown.push_back(with_three_unknown(work.requests[i], work.table().used, seed));
    }
    add_campaign(work, requests);
    return work;
}

void count(benchmark::State& state, std::size_t before, std::size_t decisions) {
    state.counters["allocations"] = static_cast<double>(allocations() - before);
    state.counters["per_decision"] =
        benchmark::Counter(static_cast<double>(state.iterations()) * static_cast<double>(decisions),
                           benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void add_known(const Work& work) {
    benchmark::RegisterBenchmark("countries_dense", [&work](benchmark::State& state) {
        const std::size_t before = allocations();
        for ([[maybe_unused]] auto step : state)
            for (const law::Codes& codes : work.of_campaign)
                benchmark::DoNotOptimize(work.campaign[codes.data()]);
        count(state, before, work.of_campaign.size());
    });
    benchmark::RegisterBenchmark("countries_walk", [&work](benchmark::State& state) {
        const law::QuestionTable& table = work.table();
        const std::size_t before = allocations();
        for ([[maybe_unused]] auto step : state)
            for (const law::Codes& codes : work.requests)
                benchmark::DoNotOptimize(law::walk(table, table.decision, codes.data()));
        count(state, before, work.requests.size());
        state.counters["bytes"] = static_cast<double>(table.size_bytes());
    });
}

void add_answer(const char* name, const Work& work, const std::vector<law::Codes>& requests) {
    benchmark::RegisterBenchmark(name, [&](benchmark::State& state) {
        std::size_t i = 0;
        for ([[maybe_unused]] auto step : state)
            benchmark::DoNotOptimize(law::reachable(work.law->rules(), work.table(),
                                                    work.table().decision,
                                                    requests[i++ % requests.size()]));
    });
}

void add_unknown(const Work& work) {
    add_answer("countries_answer_with_three_unknown", work, work.person_unknown);
    add_answer("countries_answer_with_any_three_unknown", work, work.any_unknown);
    benchmark::RegisterBenchmark("countries_decide_with_three_unknown", [&](auto& state) {
        const std::vector<law::Codes>& requests = work.person_unknown;
        std::size_t i = 0;
        for ([[maybe_unused]] auto step : state)
            benchmark::DoNotOptimize(
                law::decide(work.law->rules(), work.table(), requests[i++ % requests.size()]));
    });
    benchmark::RegisterBenchmark("countries_remedy", [&work](benchmark::State& state) {
        std::size_t i = 0;
        for ([[maybe_unused]] auto step : state)
            benchmark::DoNotOptimize(
                law::remedies(*work.law, "contact", work.forbidden[i++ % work.forbidden.size()]));
    });
}

void add_whole_law(const Work& work) {
    benchmark::RegisterBenchmark("countries_compile", [&work](benchmark::State& state) {
        for ([[maybe_unused]] auto step : state)
            benchmark::DoNotOptimize(law::read_law(work.files));
    })->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("countries_check", [&work](benchmark::State& state) {
        for ([[maybe_unused]] auto step : state)
            benchmark::DoNotOptimize(law::check(*work.law, *parse_date("2026-11-26")));
    })->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("countries_diff_of_two_days", [&work](benchmark::State& state) {
        const law::Side before{"", *parse_date("2023-06-01")};
        const law::Side after{"", *parse_date("2026-11-26")};
        if (law::diff(*work.law, before, *work.law, after, "contact").value().is_empty())
            state.SkipWithError("nothing differs");
        for ([[maybe_unused]] auto step : state)
            benchmark::DoNotOptimize(law::diff(*work.law, before, *work.law, after, "contact"));
    })->Unit(benchmark::kMillisecond);
}

}  // namespace

void add_countries(const std::string& path, const std::string& folder) {
    const Work& work = work_of(path, folder);
    add_known(work);
    add_unknown(work);
    add_whole_law(work);
}

}  // namespace licet::bench

// SPDX-License-Identifier: Apache-2.0
// What one decision costs, from coded facts, on the real law. Answers are compared before timing.
// usage: decision_bench [FLAGS] [POLICY.json PACKS]   the latter: a law of thirty countries as well
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "allocations.h"
#include "countries_bench.h"
#include "law/check.h"
#include "law/dense.h"
#include "law/diff.h"
#include "law/remedy.h"
#include "policy.h"

namespace licet {
namespace {

using bench::allocations;
using bench::next;

constexpr std::size_t kRequests = 10'000;

const law::Law& the_law() {
    static const auto kLaw = bench::law_in(LICET_SOURCE_DIR "/packs");
    return *kLaw;
}

// Requests as a French e-mail campaign sees them: the campaign's facts fixed, the person's facts
// random.
struct Workload {
    law::Codes fixed;
    std::vector<law::Codes> requests;
    law::DenseTable dense;
};

// What a French e-mail campaign to consumers knows.
law::Facts campaign_facts() {
    const law::Law& law = the_law();
    law::Facts facts;
    for (const char* name : {"ordinary_offer", "clean", "conformant_message", "collected_by_us",
                             "first_call", "valid_consent"})
        if (!law::set_background(facts, law.vocabulary(), name)) std::abort();
    const std::vector<std::pair<std::string_view, std::string_view>> known = {
        {"country", "fr"},
        {"channel", "email"},
        {"at", "2026-11-23"},
        {"audience", "consumer"},
        {"consent.on", "2026-05-01"},
        {"objection.on", "2026-04-01"},
        {"origin.on", "2026-01-01"},
        {"origin.collected_on", "2026-01-01"}};
    for (const auto& [name, value] : known)
        if (!law::set_fact(facts, law.vocabulary(), name, value)) std::abort();
    return facts;
}

law::Facts forbidden_mail() {
    law::Facts facts = campaign_facts();
    for (const auto& [name, value] : {std::pair{"objection", "none"}, std::pair{"consent", "none"}})
        if (!law::set_fact(facts, the_law().vocabulary(), name, value)) std::abort();
    return facts;
}

Workload workload() {
    const law::Law& law = the_law();
    law::Facts facts = campaign_facts();
    for (const std::string_view name : {"objection", "consent", "consent.act", "consent.proof",
                                        "relation", "offer.kind", "last_contact_from_person_on"})
        facts.erase(law.vocabulary().find(name));
    Workload out;
    out.fixed = law.variables().code(facts);
    const law::QuestionTable& table = *law.table("contact");
    auto dense = law::dense_table(law.rules(), table, out.fixed);
    if (!dense) std::abort();
    out.dense = std::move(*dense);
    std::uint32_t seed = 12345;
    for (std::size_t i = 0; i < kRequests; ++i) {
        law::Codes codes = out.fixed;
        for (law::VarId id = 0; id < codes.size(); ++id)
            if (codes[id] == law::kUnknown)
                codes[id] = static_cast<std::uint8_t>(next(seed) % law.variables()[id].real_size());
        if (out.dense[codes.data()] != law::walk(table, table.decision, codes.data())) std::abort();
        out.requests.push_back(std::move(codes));
    }
    return out;
}

const Workload& the_workload() {
    static const Workload kWorkload = workload();
    return kWorkload;
}

void report(benchmark::State& state, std::size_t before) {
    state.counters["allocations"] = static_cast<double>(allocations() - before);
    const double decisions =
        static_cast<double>(state.iterations()) * static_cast<double>(kRequests);
    state.counters["per_decision"] =
        benchmark::Counter(decisions, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void dense(benchmark::State& state) {
    const Workload& work = the_workload();
    const std::size_t before = allocations();
    for ([[maybe_unused]] auto step : state)
        for (const law::Codes& codes : work.requests)
            benchmark::DoNotOptimize(work.dense[codes.data()]);
    report(state, before);
}
BENCHMARK(dense);

void walk(benchmark::State& state) {
    const Workload& work = the_workload();
    const law::QuestionTable& table = *the_law().table("contact");
    const std::size_t before = allocations();
    for ([[maybe_unused]] auto step : state)
        for (const law::Codes& codes : work.requests)
            benchmark::DoNotOptimize(law::walk(table, table.decision, codes.data()));
    report(state, before);
}
BENCHMARK(walk);

void decide_with_reasons_and_duties(benchmark::State& state) {
    const Workload& work = the_workload();
    const law::Law& law = the_law();
    std::size_t i = 0;
    for ([[maybe_unused]] auto step : state)
        benchmark::DoNotOptimize(
            law::decide(law.rules(), *law.table("contact"), work.requests[i++ % kRequests]));
}
BENCHMARK(decide_with_reasons_and_duties);

// Three facts of each request are unknown.
std::vector<law::Codes> with_three_unknown() {
    const std::vector<law::VarId>& used = the_law().table("contact")->used;
    const std::vector<law::Codes>& all = the_workload().requests;
    std::vector<law::Codes> requests(all.begin(), all.begin() + 1000);
    std::uint32_t seed = 7;
    for (law::Codes& codes : requests)
        for (int i = 0; i < 3; ++i) codes[used[next(seed) % used.size()]] = law::kUnknown;
    return requests;
}

void answer_with_three_unknown(benchmark::State& state) {
    const std::vector<law::Codes> requests = with_three_unknown();
    const law::QuestionTable& table = *the_law().table("contact");
    std::size_t i = 0;
    for ([[maybe_unused]] auto step : state)
        benchmark::DoNotOptimize(law::reachable(the_law().rules(), table, table.decision,
                                                requests[i++ % requests.size()]));
}
BENCHMARK(answer_with_three_unknown);

// The same with reasons, duties and the facts that would decide.
void decide_with_three_unknown(benchmark::State& state) {
    const std::vector<law::Codes> requests = with_three_unknown();
    const law::QuestionTable& table = *the_law().table("contact");
    std::size_t i = 0;
    for ([[maybe_unused]] auto step : state)
        benchmark::DoNotOptimize(
            law::decide(the_law().rules(), table, requests[i++ % requests.size()]));
}
BENCHMARK(decide_with_three_unknown);

// A consumer in France who never agreed to e-mail: what would make it lawful.
void remedy(benchmark::State& state) {
    const law::Facts facts = forbidden_mail();
    if (law::remedies(the_law(), "contact", facts).empty()) state.SkipWithError("no remedy");
    for ([[maybe_unused]] auto step : state)
        benchmark::DoNotOptimize(law::remedies(the_law(), "contact", facts));
}
BENCHMARK(remedy)->Unit(benchmark::kMicrosecond);

void diff_of_two_days(benchmark::State& state) {
    const law::Law& law = the_law();
    const law::Side before{"fr", *parse_date("2026-08-10")};
    const law::Side after{"fr", *parse_date("2026-08-11")};
    for ([[maybe_unused]] auto step : state)
        benchmark::DoNotOptimize(law::diff(law, before, law, after, "contact"));
}
BENCHMARK(diff_of_two_days)->Unit(benchmark::kMillisecond);

void check_all_packs(benchmark::State& state) {
    const law::Law& law = the_law();
    for ([[maybe_unused]] auto step : state)
        benchmark::DoNotOptimize(law::check(law, *parse_date("2026-11-23")));
}
BENCHMARK(check_all_packs)->Unit(benchmark::kMillisecond);

void compile_all_packs(benchmark::State& state) {
    const std::vector<law::SourceFile> files = bench::packs_in(LICET_SOURCE_DIR "/packs");
    for ([[maybe_unused]] auto step : state) benchmark::DoNotOptimize(law::read_law(files));
}
BENCHMARK(compile_all_packs)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace licet

int main(int count, char** arguments) {
    benchmark::Initialize(&count, arguments);
    if (count == 3) licet::bench::add_countries(arguments[1], arguments[2]);
    benchmark::RunSpecifiedBenchmarks();
}

// SPDX-License-Identifier: Apache-2.0
// licet on a policy of the measurements: policy_bench POLICY.json PACKS > answers.json
// Times the ways of asking, and gives the deciding rule and the answer of each of 10,000 requests,
// so that each peer can be held to the same before it is timed (peers/peer.mjs).
#include <cstdlib>
#include <ctime>
#include <iostream>

#include "law/dense.h"
#include "policy.h"

namespace licet::bench {
namespace {

constexpr std::size_t kRequests = 10'000;
constexpr int kRepetitions = 9;
constexpr std::clock_t kAtLeast = CLOCKS_PER_SEC / 50;

volatile std::uint32_t kept_alive = 0;

// Nanoseconds of processor time a decision, one number a repetition; the clock on the wall would
// count the neighbours on a shared machine too. `decide` gives an outcome for an index.
template <typename Decide>
json::array times(const Decide& decide) {
    json::array out;
    for (int repetition = 0; repetition < kRepetitions; ++repetition) {
        std::size_t decisions = 0;
        const std::clock_t start = std::clock();
        while (std::clock() - start < kAtLeast) {
            std::uint32_t sum = 0;
            for (std::size_t i = 0; i < kRequests; ++i) sum += decide(i);
            kept_alive = sum;
            decisions += kRequests;
        }
        const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
        out.push_back(seconds * 1e9 / static_cast<double>(decisions));
    }
    return out;
}

// What is known of every request of the policy, coded: nothing else is fixed in a dense block.
law::Codes shared_codes(const law::Law& law, const std::vector<law::Codes>& requests) {
    law::Codes shared = requests.front();
    for (law::VarId id = 0; id < law.variables().size(); ++id)
        for (const law::Codes& codes : requests)
            if (codes[id] != shared[id]) shared[id] = law::kUnknown;
    return shared;
}

std::string answer_without(const law::Law& law, const Request& request) {
    const law::Decision decision = law.decide("contact", facts_of(law, request)).value();
    const std::vector<std::string>& answers = law.vocabulary().question("contact")->answers;
    if (decision.answer >= 0) return answers[static_cast<std::size_t>(decision.answer)];
    std::string out = "undetermined, needs";
    for (const law::FactId fact : decision.missing) out += " " + law.vocabulary().fact(fact).name;
    return out;
}

int run(const std::string& path, const std::string& folder) {
    const Policy policy(path);
    const auto law = law_in(folder);
    const law::QuestionTable& table = *law->table("contact");
    const std::vector<Request> requests = policy.requests(kRequests);
    std::vector<law::Codes> codes;
    for (const Request& request : requests)
        codes.push_back(law->variables().code(facts_of(*law, request)));

    json::array rules;
    json::array answers;
    const std::vector<std::string>& words = law->vocabulary().question("contact")->answers;
    for (const law::Codes& one : codes) {
        const std::uint32_t outcome = law::walk(table, table.decision, one.data());
        rules.emplace_back(law->rules().rules[law::outcome::reason_of(outcome).rule].id);
        const int answer = law::decide(law->rules(), table, one).answer;
        answers.emplace_back(words.at(static_cast<std::size_t>(answer)));
    }
    json::object rows;
    if (const auto dense = law::dense_table(law->rules(), table, shared_codes(*law, codes))) {
        for (const law::Codes& one : codes)
            if ((*dense)[one.data()] != law::walk(table, table.decision, one.data()))
                return EXIT_FAILURE;
        rows["dense block"] = times([&](std::size_t i) { return (*dense)[codes[i].data()]; });
    }
    rows["walk"] =
        times([&](std::size_t i) { return law::walk(table, table.decision, codes[i].data()); });
    rows["from words"] = times([&](std::size_t i) {
        const law::Codes fresh = law->variables().code(facts_of(*law, requests[i]));
        return law::walk(table, table.decision, fresh.data());
    });
    // With reasons, duties and certainty, as the program decides.
    rows["in full, from words"] = times([&](std::size_t i) {
        const law::Decision decision = law->decide("contact", facts_of(*law, requests[i])).value();
        return static_cast<std::uint32_t>(decision.reasons.size());
    });
    std::cout << json::serialize(json::object{{"rows", std::move(rows)},
                                              {"withheld", answer_without(*law, policy.withheld())},
                                              {"rules", std::move(rules)},
                                              {"answers", std::move(answers)}})
              << '\n';
    return EXIT_SUCCESS;
}

}  // namespace
}  // namespace licet::bench

int main(int count, char** arguments) {
    return count == 3 ? licet::bench::run(arguments[1], arguments[2]) : EXIT_FAILURE;
}

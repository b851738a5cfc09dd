// SPDX-License-Identifier: Apache-2.0
// The ten rules of policy.json as a pack: prints ns a decision, then the deciding rule of each of
// the 10,000 requests, so that a peer can be held to the same answers before it is timed.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include "base/json.h"
#include "law/dense.h"
#include "law/law.h"

namespace licet {
namespace {

constexpr std::size_t kRequests = 10'000;
constexpr int kRounds = 101;

struct Policy {
    std::vector<std::pair<std::string, std::vector<std::string>>> facts;
    std::vector<law::SourceFile> files;
};

std::string text_of(const json::value& value) { return std::string(value.as_string()); }

// First match in the language of packs: each rule says that none of those before it holds.
std::string rules_text(const json::array& rules) {
    std::string text = "```law\n";
    std::string none_before;
    for (const json::value& one : rules) {
        const json::array& rule = one.as_array();
        const std::string id = text_of(rule[0]);
        std::string when;
        for (const auto& [fact, value] : rule[2].as_object())
            when += (when.empty() ? "" : ", ") + std::string(fact) + " = " + text_of(value);
        if (when.empty()) when = "channel in {email, sms, call, post}";
        text += "define is_" + id + "\n  when " + when + "\n";
        text += "rule " + id + "\n  answers contact = " + text_of(rule[1]) + "\n  when is_" + id +
                none_before + "\n  cites s:1\n  tell fr \"a\" en \"a\"\n";
        none_before += ", not is_" + id;
    }
    return text + "```\n";
}

Policy policy_of(const char* path) {
    std::ifstream in(path);
    std::stringstream text;
    text << in.rdbuf();
    const json::value parsed = parse_json(text.str()).value();
    Policy policy;
    std::string words =
        "| fact | type | values | supplier | silence | changed by | fr | en |\n"
        "|---|---|---|---|---|---|---|---|\n"
        "| at | moment | | request | open | time | a | a |\n"
        "| country | key | | contact | open | nobody | a | a |\n";
    for (const json::value& fact : parsed.as_object().at("facts").as_array()) {
        std::string values;
        std::vector<std::string> list;
        for (const json::value& value : fact.as_array()[1].as_array()) {
            list.push_back(text_of(value));
            values += text_of(value) + " ";
        }
        words += "| " + text_of(fact.as_array()[0]) + " | enum | " + values +
                 "| request | open | us | a | a |\n";
        policy.facts.emplace_back(text_of(fact.as_array()[0]), std::move(list));
    }
    policy.files = {
        {"facts.md", words},
        {"questions.md",
         "| question | asks fr | asks en | answers | otherwise |\n|---|---|---|---|---|\n"
         "| contact | A | A | forbidden allowed | forbidden |\n"},
        {"aa/pack.toml",
         "id = \"aa\"\nversion = \"1\"\ncountries = [\"aa\"]\n[title]\nfr = \"A\"\nen = \"A\"\n"},
        {"aa/sources.md",
         "| source | title | fr | en | grade | read | review by |\n|---|---|---|---|---|---|---|\n"
         "| s:1 | S | a | a | P | a | a |\n"},
        {"aa/rules.md", rules_text(parsed.as_object().at("rules").as_array())}};
    return policy;
}

int run(const char* path) {
    const Policy policy = policy_of(path);
    const auto law = law::read_law(policy.files);
    if (!law.value) return EXIT_FAILURE;
    const law::Law& one = *law.value;
    const law::QuestionTable& table = *one.table("contact");
    law::Facts known;
    for (const auto& [name, value] : {std::pair{"country", "aa"}, std::pair{"at", "2026-11-26"}})
        if (!law::set_fact(known, one.vocabulary(), name, value)) return EXIT_FAILURE;
    const auto dense = law::dense_table(one.rules(), table, one.variables().code(known));
    if (!dense) return EXIT_FAILURE;

    std::uint32_t seed = 12345;
    std::vector<law::Codes> requests;
    for (std::size_t i = 0; i < kRequests; ++i) {
        law::Facts facts = known;
        for (const auto& [name, values] : policy.facts) {
            seed = seed * 1664525U + 1013904223U;
            if (!law::set_fact(facts, one.vocabulary(), name, values[(seed >> 8) % values.size()]))
                return EXIT_FAILURE;
        }
        requests.push_back(one.variables().code(facts));
    }
    std::vector<double> rounds;
    for (int round = 0; round < kRounds; ++round) {
        const auto start = std::chrono::steady_clock::now();
        std::uint32_t sum = 0;
        for (const law::Codes& codes : requests) sum += (*dense)[codes.data()];
        const std::chrono::duration<double, std::nano> spent =
            std::chrono::steady_clock::now() - start;
        if (sum == 0) return EXIT_FAILURE;  // keeps the sum alive
        rounds.push_back(spent.count() / static_cast<double>(kRequests));
    }
    std::sort(rounds.begin(), rounds.end());
    std::cout << rounds[rounds.size() / 2] << '\n';
    for (const law::Codes& codes : requests)
        std::cout << one.rules().rules[law::outcome::reason_of((*dense)[codes.data()]).rule].id
                  << '\n';
    return EXIT_SUCCESS;
}

}  // namespace
}  // namespace licet

int main(int count, char** arguments) {
    return count == 2 ? licet::run(arguments[1]) : EXIT_FAILURE;
}

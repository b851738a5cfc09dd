// SPDX-License-Identifier: Apache-2.0
#include "law/question.h"

#include <algorithm>
#include <array>

namespace licet::law {
namespace {

// Facts that cut the law into blocks, and that everybody can answer.
constexpr std::array<std::string_view, 5> kFirst = {"country", "channel", "purpose", "audience",
                                                    "at"};

int answer_of(const Law& law, const QuestionTable& table, const Facts& facts) {
    return law::decide(law.rules(), table, law.variables().code(facts)).answer;
}

bool is_in(const std::vector<FactId>& all, FactId fact) {
    return std::find(all.begin(), all.end(), fact) != all.end();
}

// How many of the fact's values settle the answer, from 0 to 1, and how many facts stay missing.
struct Promise {
    double settled = 0;
    double still_missing = 0;
    friend bool operator<(const Promise& a, const Promise& b) {
        if (a.settled != b.settled) return a.settled < b.settled;
        return a.still_missing > b.still_missing;
    }
};

Promise promise_of(const Law& law, const QuestionTable& table, const Codes& codes, FactId fact) {
    Promise best;
    for (const VarId id : law.variables().of_fact(fact)) {
        if (codes[id] != kUnknown) continue;
        const std::size_t size = law.variables()[id].real_size();
        Promise promise;
        for (std::size_t code = 0; code < size; ++code) {
            Codes tried = codes;
            tried[id] = static_cast<std::uint8_t>(code);
            const Decision decision = law::decide(law.rules(), table, tried);
            promise.settled += decision.answer >= 0 ? 1.0 / static_cast<double>(size) : 0;
            promise.still_missing +=
                static_cast<double>(decision.missing.size()) / static_cast<double>(size);
        }
        if (best < promise) best = promise;
    }
    return best;
}

}  // namespace

std::vector<FactId> sufficient_reason(const Law& law, std::string_view question,
                                      const Facts& facts) {
    std::vector<FactId> out;
    const QuestionTable* table = law.table(question);
    if (table == nullptr) return out;
    const int answer = answer_of(law, *table, facts);
    if (answer < 0) return out;
    Facts kept;
    for (std::size_t i = 0; i < law.vocabulary().facts().size(); ++i) {
        const auto id = static_cast<FactId>(i);
        const FactValue* value = facts.find(id);
        if (value != nullptr && !law.variables().of_fact(id).empty()) kept.set(id, *value);
    }
    // What is particular goes first, so that what frames the act (country, channel) stays.
    const std::vector<Facts::Entry> entries = kept.entries();
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        kept.erase(entry->fact);
        if (answer_of(law, *table, kept) != answer) kept.set(entry->fact, entry->value);
    }
    for (const Facts::Entry& entry : kept.entries()) out.push_back(entry.fact);
    return out;
}

std::optional<FactId> next_fact(const Law& law, std::string_view question, const Facts& facts,
                                const std::vector<FactId>& skip) {
    const QuestionTable* table = law.table(question);
    if (table == nullptr) return std::nullopt;
    const Codes codes = law.variables().code(facts);
    const Decision decision = law::decide(law.rules(), *table, codes);
    std::vector<FactId> missing;
    for (const FactId fact : decision.missing)
        if (!is_in(skip, fact)) missing.push_back(fact);
    if (missing.empty()) return std::nullopt;
    for (const std::string_view name : kFirst) {
        const FactId fact = law.vocabulary().find(name);
        if (is_in(missing, fact)) return fact;
    }
    FactId best = missing.front();
    Promise highest = promise_of(law, *table, codes, best);
    for (const FactId fact : missing) {
        const Promise promise = promise_of(law, *table, codes, fact);
        if (!(highest < promise)) continue;
        highest = promise;
        best = fact;
    }
    return best;
}

}  // namespace licet::law

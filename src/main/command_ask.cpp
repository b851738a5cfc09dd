// SPDX-License-Identifier: Apache-2.0
#include <iostream>

#include "base/text.h"
#include "law/question.h"
#include "main/ask.h"
#include "main/zones.h"

namespace licet {
namespace {

std::string choice_words(const law::Fact& fact, const std::string& value, Language language) {
    const auto found = fact.value_words.find(value);
    return found == fact.value_words.end() ? value : found->second.in(language);
}

bool has_choices(const law::Fact& fact) {
    return fact.type == law::FactType::kEnum && !fact.values.empty();
}

const char* form_of(const law::Fact& fact) {
    switch (fact.type) {
        case law::FactType::kBool:
            return "ask.yes_or_no";
        case law::FactType::kDate:
        case law::FactType::kMoment:
            return "ask.date";
        case law::FactType::kCount:
            return "ask.number";
        case law::FactType::kTime:
            return "ask.time";
        case law::FactType::kKey:
            return "ask.code";
        case law::FactType::kEnum:
            return "ask.choice";
    }
    return "ask.choice";
}

void print_question(const Terminal& terminal, const law::Fact& fact, int number) {
    const auto colour = [&](Colour wanted, std::string_view text) {
        return terminal.colour(wanted, text);
    };
    terminal.note("");
    terminal.note(
        colour(Colour::kBold, std::to_string(number) + ". " + fact.words.in(terminal.language())) +
        "  " + colour(Colour::kDim, fact.name));
    if (has_choices(fact))
        for (std::size_t i = 0; i < fact.values.size(); ++i)
            terminal.note("   " + std::to_string(i + 1) + "  " +
                          choice_words(fact, fact.values[i], terminal.language()));
    terminal.note("   " + colour(Colour::kDim, terminal.text()(form_of(fact))));
}

// What was typed, as the vocabulary writes it: the number of a choice, oui, n, a date.
std::string meant(const law::Fact& fact, std::string_view typed) {
    const std::string word = folded(typed);
    if (fact.type == law::FactType::kBool) {
        if (word == "o" || word == "oui" || word == "y") return "yes";
        if (word == "n" || word == "non") return "no";
    }
    if (word == "jamais") return "never";
    const auto number = whole_number(typed);
    if (has_choices(fact) && number && *number >= 1 &&
        *number <= static_cast<std::int64_t>(fact.values.size()))
        return fact.values[static_cast<std::size_t>(*number - 1)];
    return std::string(typed);
}

}  // namespace

Result<gate::Verdict> ask_for_facts(const Terminal& terminal, const law::Law& law,
                                    gate::Request& request) {
    std::vector<law::FactId> not_known;
    for (int number = 1;; ++number) {
        gate::Verdict verdict = LICET_TRY(gate::check(law, zone_offset, request));
        if (verdict.answer != "undetermined") return verdict;
        const auto next = law::next_fact(law, request.question, verdict.facts, not_known);
        if (!next) return verdict;
        const law::Fact& fact = law.vocabulary().fact(*next);
        print_question(terminal, fact, number);
        while (true) {
            std::string line;
            if (!std::getline(std::cin, line)) return verdict;
            const std::string_view typed = trimmed(line);
            if (typed.empty() || typed == "?") {
                not_known.push_back(*next);
                break;
            }
            const auto value = law::parse_value(fact, meant(fact, typed));
            if (value) {
                request.facts.set(*next, *value);
                break;
            }
            terminal.print_error(value.error());
        }
    }
}

}  // namespace licet

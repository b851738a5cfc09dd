// SPDX-License-Identifier: Apache-2.0
//
// May I contact this person? Facts come from the command line, the verdict goes to standard output.
//
//     check_cpp country=fr channel=email audience=consumer at=2026-11-26 background=clean
//     check_cpp --jsonl < situations.jsonl     one verdict a line, as `licet check --facts-jsonl`
#include <licet/licet.hpp>

#include <iostream>
#include <string>

namespace {

int check_lines(const licet::Law& law) {
    int status = 0;
    std::string line;
    while (std::getline(std::cin, line)) {
        const auto verdict = law.decide_json(line, licet::Language::kEnglish);
        if (verdict) {
            std::cout << *verdict << '\n';
            continue;
        }
        // No answer is not a yes: whoever reads this line contacts nobody.
        std::cout << "{\"verdict\":\"error\"}\n";
        std::cerr << verdict.error().text << '\n';
        status = 65;
    }
    return status;
}

int check_one(const licet::Law& law, int count, char** arguments) {
    licet::Situation situation;
    situation.language = licet::Language::kEnglish;
    for (int i = 1; i < count; ++i) {
        const std::string_view text = arguments[i];
        const std::size_t equals = text.find('=');
        if (equals == text.npos) {
            std::cerr << "a fact is written name=value: " << text << '\n';
            return 64;
        }
        situation.facts.push_back({text.substr(0, equals), text.substr(equals + 1)});
    }
    const auto verdict = law.decide(situation);
    if (!verdict) {
        std::cerr << verdict.error().text << '\n';
        return 65;
    }
    std::cout << verdict->answer << '\n';
    for (const licet::Reason& reason : verdict->reasons) {
        std::cout << "  " << reason.rule << ": " << reason.tell;
        for (const std::string& cite : reason.cites) std::cout << " [" << cite << ']';
        std::cout << '\n';
    }
    for (const licet::Named& duty : verdict->duties)
        std::cout << "  keep to: " << duty.tell << '\n';
    for (const licet::Named& fact : verdict->missing) std::cout << "  missing: " << fact.id << '\n';
    if (!verdict->holds_until.empty()) std::cout << "  until: " << verdict->holds_until << '\n';
    return verdict->is_allowed() ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
    const auto law = licet::Law::read_folder(LICET_PACKS);
    if (!law) {
        std::cerr << law.error().text << '\n';
        return 65;
    }
    const bool reads_lines = count == 2 && std::string_view(arguments[1]) == "--jsonl";
    return reads_lines ? check_lines(*law) : check_one(*law, count, arguments);
}

// SPDX-License-Identifier: Apache-2.0
//
// A million rows at once: columns of small numbers in, one answer and one situation a row out.
// Prints each situation that was met, with its count.
#include <licet/licet.hpp>

#include <array>
#include <iostream>
#include <vector>

int main() {
    const auto law = licet::Law::read_folder(LICET_PACKS);
    if (!law) {
        std::cerr << law.error().text << '\n';
        return 65;
    }
    // What is the same for all rows, and what differs.
    const licet::Situation campaign{.facts = {{"country", "fr"},
                                              {"at", "2026-11-26"},
                                              {"channel", "email"},
                                              {"purpose", "commercial"},
                                              {"background", "ordinary_offer"},
                                              {"background", "collected_by_us"},
                                              {"background", "clean"}},
                                    .language = licet::Language::kEnglish};
    const std::vector<licet::Column> columns{
        {"audience", {"consumer", "professional", "organisation"}},
        {"objection", {"none", "this_channel"}},
        {"consent", {"none", "given"}}};
    auto batch = law->batch(campaign, columns);
    if (!batch) {
        std::cerr << batch.error().text << '\n';
        return 65;
    }

    constexpr std::size_t kRows = 1'000'000;
    std::array<std::vector<std::uint16_t>, 3> codes;
    for (std::size_t row = 0; row < kRows; ++row) {
        codes[0].push_back(static_cast<std::uint16_t>(row % 3));
        codes[1].push_back(static_cast<std::uint16_t>(row % 7 == 0 ? 1 : 0));
        codes[2].push_back(row % 5 == 0 ? LICET_UNKNOWN : static_cast<std::uint16_t>(row % 2));
    }
    const std::array<const std::uint16_t*, 3> pointers{codes[0].data(), codes[1].data(),
                                                       codes[2].data()};
    std::vector<std::uint8_t> answers(kRows);
    std::vector<std::uint32_t> situations(kRows);
    if (!batch->decide(pointers, answers, situations)) return 65;

    std::vector<std::size_t> counts(batch->situation_count());
    for (const std::uint32_t situation : situations) ++counts[situation];
    for (std::uint32_t i = 0; i < counts.size(); ++i) {
        const licet::Verdict verdict = batch->situation(i).value();
        std::cout << counts[i] << ' ' << verdict.answer;
        if (!verdict.reasons.empty()) std::cout << ' ' << verdict.reasons.front().rule;
        std::cout << '\n';
    }
    return 0;
}

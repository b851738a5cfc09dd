// SPDX-License-Identifier: Apache-2.0
//
// Fuzzes the pack language: any text is either a law that decides, or a list of faults with places.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "law/cases.h"

using namespace licet::law;

namespace {

const char* const kWords =
    "| fact | type | values | supplier | silence | changed by | fr | en |\n"
    "|---|---|---|---|---|---|---|---|\n"
    "| at | moment | | request | open | time | a | a |\n"
    "| country | key | | contact | open | nobody | b | b |\n"
    "| channel | enum | email sms post | request | open | us | c | c |\n"
    "| flag | bool | | request | undertaking = yes | us | d | d |\n"
    "| count | count | | request | ledger = 0 | time | e | e |\n"
    "| seen_on | date | | request | open | person | f | f |\n"
    "| met_on | date | | request | open | person | g | g |\n";
const char* const kDuties = "| duty | sources | fr | en |\n|---|---|---|---|\n| d | D | a | b |\n";
const char* const kQuestions =
    "| question | asks fr | asks en | answers | otherwise |\n|---|---|---|---|---|\n"
    "| contact | A | B | forbidden allowed out_of_scope | out_of_scope |\n";
const char* const kToml =
    "id = \"aa\"\nversion = \"1\"\ncountries = [\"aa\"]\n[title]\nfr = \"A\"\nen = \"A\"\n";
const char* const kSources =
    "| source | title | fr | en | grade | read | review by |\n|---|---|---|---|---|---|---|\n"
    "| s:1 | S 1 | x | y | P | 2026-01-01 | 2027-01-01 |\n";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const std::vector<SourceFile> files = {{"facts.md", kWords},         {"duties.md", kDuties},
                                           {"questions.md", kQuestions}, {"aa/pack.toml", kToml},
                                           {"aa/sources.md", kSources},  {"aa/rules.md", text}};
    const auto law = read_law(files);
    if (!law.value && law.problems.empty()) std::abort();
    for (const licet::Error& problem : law.problems)
        if (problem.where.empty() || problem.message.id.empty()) std::abort();
    if (law.value) std::ignore = run_cases(*law.value, files);
    return 0;
}

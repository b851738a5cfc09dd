// SPDX-License-Identifier: Apache-2.0
//
// What the tests of the law share: the real packs, and a small world to write rules in.
//
//     SmallLaw world;                a few facts of each kind, and one pack "aa"
//     world.rules("rule a\n ...");   stands in aa/rules.md, from its line 2 on
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "law/law.h"

namespace licet::law::test {

inline std::string text_of_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// All files of the repository's packs, by their path below packs/; read once.
inline const std::vector<SourceFile>& real_files() {
    static const std::vector<SourceFile> kFiles = [] {
        const std::filesystem::path root = std::filesystem::path(LICET_SOURCE_DIR) / "packs";
        std::vector<SourceFile> files;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root))
            if (entry.is_regular_file())
                files.push_back({std::filesystem::relative(entry.path(), root).generic_string(),
                                 text_of_file(entry.path())});
        std::sort(files.begin(), files.end(),
                  [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
        return files;
    }();
    return kFiles;
}

/// The real packs, compiled once.
inline const Law& real_law() {
    static const std::unique_ptr<Law> kLaw = read_law(real_files()).value;
    return *kLaw;
}

/// A vocabulary with one fact of each kind, and one pack "aa" for country aa.
struct SmallLaw {
    std::string facts =
        "| fact | type | values | supplier | silence | changed by | fr | en |\n"
        "|---|---|---|---|---|---|---|---|\n"
        "| at | moment | | request | open | time | la date | the day |\n"
        "| country | key | | contact | open | nobody | le pays | the country |\n"
        "| channel | enum | email sms post | request | open | us | le canal | the channel |\n"
        "| colour | enum | red green blue | request | open | us | la couleur | the colour |\n"
        "| shape | enum | round square | request | open | person | la forme | the shape |\n"
        "| flag | bool | | request | open | us | le drapeau | the flag |\n"
        "| open | bool | | request | open | nobody | ouvert | open |\n"
        "| count | count | | request | open | time | le nombre | the number |\n"
        "| seen_on | date | | request | open | person | vu le | seen on |\n"
        "| met_on | date | | request | open | nobody | connu le | met on |\n"
        "| hour | time | | derived | undertaking = 11:00 | time | l'heure | the hour |\n"
        "| kept | bool | | message | undertaking = yes | us | la promesse | the promise |\n"
        "| number | enum | own hidden | dialler | undertaking = own | us | le numéro | the number "
        "|\n"
        "| register.<key> | register | aa_list | register | open | us | le registre | the register "
        "|\n"
        "| objection | enum | none all | ledger | ledger = none | nobody | le refus | the refusal "
        "|\n"
        "\n"
        "| background | facts it sets |\n"
        "|---|---|\n"
        "| plain | `colour` = red, every `fl*` bool = no |\n";
    std::string duties =
        "| duty | sources | fr | en |\n|---|---|---|---|\n"
        "| do_this | D | faites ceci | do this |\n| do_that | D | faites cela | do that |\n";
    std::string questions =
        "| question | asks fr | asks en | answers | otherwise |\n|---|---|---|---|---|\n"
        "| contact | Permis ? | Allowed? | forbidden allowed out_of_scope | out_of_scope |\n"
        "| keep | Garder ? | Keep? | erase keep | keep |\n";
    std::string toml =
        "id = \"aa\"\nversion = \"1.2.3\"\ncountries = [\"aa\"]\nmembers = [\"bb\"]\n"
        "[title]\nfr = \"A\"\nen = \"A\"\n"
        "[calendar]\nzone = \"Europe/Paris\"\nholidays = [\"05-01\", \"easter+1\"]\n"
        "[zones]\n974 = \"Indian/Reunion\"\n";
    std::string sources =
        "| source | title | fr | en | grade | read | review by |\n|---|---|---|---|---|---|---|\n"
        "| s | Art. | Dit. | Says. | P | 2026-01-01 | 2027-01-01 |\n";
    std::string blocks;
    std::string tables;

    [[nodiscard]] std::vector<SourceFile> files() const {
        return {
            {"facts.md", facts},         {"duties.md", duties},
            {"questions.md", questions}, {"aa/pack.toml", toml},
            {"aa/sources.md", sources},  {"aa/rules.md", "```law\n" + blocks + "```\n" + tables}};
    }
    [[nodiscard]] Read<std::unique_ptr<Law>> read(Reading reading = Reading::kStrict) const {
        return read_law(files(), reading);
    }
    /// Compiles; aborts the test run if the text has a fault, which is named.
    [[nodiscard]] std::unique_ptr<Law> law(Reading reading = Reading::kStrict) const {
        auto done = read(reading);
        for (const Error& problem : done.problems)
            std::fprintf(stderr, "%s %s\n", problem.message.id.c_str(), problem.where.c_str());
        LICET_ENSURE(done.is_clean());
        return std::move(done.value);
    }
};

/// "law.unknown_fact aa/rules.md:3:9" for each problem, in order.
inline std::vector<std::string> worded(const std::vector<Error>& problems) {
    std::vector<std::string> out;
    for (const Error& problem : problems) out.push_back(problem.message.id + " " + problem.where);
    return out;
}

/// What every rule must have, on two lines.
inline constexpr std::string_view kTexts = "  cites s\n  tell fr \"F.\" en \"E.\"\n";

/// A rule of that name with these fields, and what every rule must have.
inline std::string rule(std::string_view name, std::string_view fields) {
    return "rule " + std::string(name) + "\n" + std::string(fields) + std::string(kTexts) + "\n";
}

inline std::vector<std::string> problems_of(std::string_view blocks) {
    SmallLaw small;
    small.blocks = blocks;
    return worded(small.read().problems);
}

/// Facts from "name = value, name = value"; aborts on a fault.
inline Facts facts_of(const Law& law, std::string_view text) {
    Facts facts;
    for (const std::string_view part : split(text, ',')) {
        const std::size_t equals = part.find('=');
        const std::string_view name = trimmed(part.substr(0, equals));
        const std::string_view value = trimmed(part.substr(equals + 1));
        const bool is_any = value == "–";
        if (is_any) facts.set(law.vocabulary().find(name), Any{});
        const bool is_background = name == "background";
        const auto done = is_any          ? Result<Done>(Done{})
                          : is_background ? set_background(facts, law.vocabulary(), value)
                                          : set_fact(facts, law.vocabulary(), name, value);
        LICET_ENSURE(done.has_value());
    }
    return facts;
}

/// The answer in words, "undetermined" included.
inline std::string answer_of(const Law& law, std::string_view facts,
                             std::string_view question = "contact") {
    const Decision decision = law.decide(question, facts_of(law, facts)).value();
    return decision.answer < 0 ? "undetermined"
                               : law.vocabulary().question(question)->answers.at(
                                     static_cast<std::size_t>(decision.answer));
}

/// Ids of the rules that decide.
inline std::vector<std::string> deciding_of(const Law& law, std::string_view facts) {
    const Decision decision = law.decide("contact", facts_of(law, facts)).value();
    std::vector<std::string> ids;
    for (const Reason& reason : decision.deciding) ids.push_back(law.rules().rules[reason.rule].id);
    return ids;
}

/// Names of the facts that would decide.
inline std::vector<std::string> missing_of(const Law& law, std::string_view facts) {
    const Decision decision = law.decide("contact", facts_of(law, facts)).value();
    std::vector<std::string> names;
    for (const FactId fact : decision.missing) names.push_back(law.vocabulary().fact(fact).name);
    return names;
}

}  // namespace licet::law::test

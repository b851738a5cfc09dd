// SPDX-License-Identifier: Apache-2.0
#include "law/try_script.h"

#include "base/json.h"
#include "base/text.h"

namespace licet::law {
namespace {

json::object words(const Words& both) {
    return json::object{{"fr", both.french}, {"en", both.english}};
}

std::string_view form_of(FactType type) {
    switch (type) {
        case FactType::kBool:
            return "bool";
        case FactType::kEnum:
            return "enum";
        case FactType::kCount:
            return "count";
        case FactType::kKey:
            return "key";
        case FactType::kDate:
        case FactType::kMoment:
            return "date";
        case FactType::kTime:
            return "time";
    }
    return "";
}

json::object fact_json(const Fact& fact) {
    json::array values;
    json::object tells;
    for (const std::string& value : fact.values) {
        values.emplace_back(value);
        const auto found = fact.value_words.find(value);
        if (found != fact.value_words.end()) tells[value] = words(found->second);
    }
    return json::object{{"type", form_of(fact.type)},
                        {"values", std::move(values)},
                        {"tell", words(fact.words)},
                        {"values_tell", std::move(tells)}};
}

json::object site_json(const Law& law, std::span<const std::string_view> ordinary) {
    json::object facts;
    for (const Fact& fact : law.vocabulary().facts()) facts[fact.name] = fact_json(fact);
    json::object answers;
    const Question* question = law.vocabulary().question("contact");
    std::vector<std::string> names;
    if (question != nullptr) names = question->answers;
    names.emplace_back("undetermined");
    for (const std::string& name : names)
        if (const Words* both = law.vocabulary().answer_words(name)) answers[name] = words(*both);
    json::object countries;
    for (const std::string& country : law.countries())
        countries[country] = words(law.pack_of(country)->title);
    json::object rules;
    for (const Rule& rule : law.rules().rules) rules[rule.id] = rule.pack;
    json::array supposed;
    for (const std::string_view name : ordinary)
        if (law.vocabulary().background(name) != nullptr) supposed.emplace_back(name);
    return json::object{{"facts", std::move(facts)},         {"answers", std::move(answers)},
                        {"countries", std::move(countries)}, {"rules", std::move(rules)},
                        {"ordinary", std::move(supposed)},   {"reading", name_of(law.reading())}};
}

std::string base64(std::string_view bytes) {
    static constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    const auto byte = [&](std::size_t i) -> unsigned {
        return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
    };
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const unsigned three = byte(i) << 16U | byte(i + 1) << 8U | byte(i + 2);
        for (const unsigned shift : {18U, 12U, 6U, 0U}) out += kDigits[three >> shift & 63U];
    }
    if (bytes.size() % 3 > 0) out.back() = '=';
    if (bytes.size() % 3 == 1) out[out.size() - 2] = '=';
    return out;
}

// A module as a part of one script.
std::string without_imports(std::string_view module) {
    constexpr std::string_view kExport = "export ";
    std::string out;
    for (const std::string_view line : lines_of(module)) {
        if (line.starts_with("import ")) continue;
        out += line.starts_with(kExport) ? line.substr(kExport.size()) : line;
        out += '\n';
    }
    return out;
}

}  // namespace

std::string try_script(const Law& law, std::span<const SourceFile> files, const SiteEngine& engine,
                       std::span<const std::string_view> ordinary) {
    json::object packs;
    for (const SourceFile& file : files) packs[file.path] = file.text;
    return "(() => {\n'use strict';\nconst SITE = " + json::serialize(site_json(law, ordinary)) +
           ";\nconst ENGINE = {wasm: '" + base64(engine.wasm) +
           "', packs: " + json::serialize(packs) + "};\n" + without_imports(engine.module) +
           without_imports(engine.page) + "})();\n";
}

}  // namespace licet::law

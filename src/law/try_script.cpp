// SPDX-License-Identifier: Apache-2.0
#include "law/try_script.h"

#include "base/base64.h"
#include "base/json.h"
#include "base/page.h"

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

}  // namespace

std::string try_script(const Law& law, std::span<const SourceFile> files, const SiteEngine& engine,
                       std::span<const std::string_view> ordinary) {
    json::object packs;
    for (const SourceFile& file : files) packs[file.path] = file.text;
    return "(() => {\n'use strict';\nconst SITE = " + json::serialize(site_json(law, ordinary)) +
           ";\nconst ENGINE = {wasm: '" + base64_of(engine.wasm) +
           "', packs: " + json::serialize(packs) + "};\n" + script_of_module(engine.module) +
           script_of_module(engine.page) + "})();\n";
}

}  // namespace licet::law

// SPDX-License-Identifier: Apache-2.0
#include "policy.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

namespace licet::bench {
namespace {

constexpr std::uint32_t kSeed = 12345;

[[noreturn]] void stop(const std::string& why) {
    std::cerr << why << '\n';
    std::exit(EXIT_FAILURE);
}

std::string content_of(const std::filesystem::path& path) {
    std::ifstream in(path);
    if (!in) stop("cannot read " + path.string());
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

std::string text_of_value(const json::value& value) {
    return value.is_int64() ? std::to_string(value.as_int64()) : std::string(value.as_string());
}

Date day_of(const json::object& fact, const char* key) {
    const auto day = parse_date(std::string(fact.at(key).as_string()));
    if (!day) stop(std::string("no day: ") + key);
    return *day;
}

std::string drawn(const json::object& fact, std::uint32_t& seed) {
    const std::uint32_t number = next(seed);
    if (fact.contains("values")) {
        const json::array& values = fact.at(fact.contains("draw") ? "draw" : "values").as_array();
        return text_of_value(values[number % values.size()]);
    }
    if (fact.contains("least")) {
        const std::int64_t least = fact.at("least").as_int64();
        return std::to_string(least + number % (fact.at("most").as_int64() - least + 1));
    }
    const Date from = day_of(fact, "from");
    return text_of(from + std::chrono::days(number % (day_of(fact, "before") - from).count()));
}

}  // namespace

std::vector<law::SourceFile> packs_in(const std::string& folder) {
    namespace fs = std::filesystem;
    std::vector<law::SourceFile> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file())
            files.push_back(
                {fs::relative(entry.path(), folder).generic_string(), content_of(entry.path())});
    std::sort(files.begin(), files.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    return files;
}

std::unique_ptr<law::Law> law_in(const std::string& folder) {
    auto law = law::read_law(packs_in(folder));
    if (!law.value) stop("cannot compile the packs in " + folder);
    return std::move(law.value);
}

std::uint32_t next(std::uint32_t& seed) {
    seed = seed * 1664525U + 1013904223U;
    return seed >> 8;
}

Policy::Policy(const std::string& path) {
    auto parsed = parse_json(content_of(path));
    if (!parsed) stop("no JSON: " + path);
    policy_ = parsed->as_object();
}

Request Policy::common() const {
    Request request = {{"country", "aa"}, {"at", "2026-11-26"}};
    for (const json::value& fact : policy_.at("facts").as_array())
        std::erase_if(request, [&](const auto& known) {
            return known.first == fact.as_object().at("name").as_string();
        });
    return request;
}

std::vector<Request> Policy::requests(std::size_t count) const {
    std::uint32_t seed = kSeed;
    std::vector<Request> out;
    for (std::size_t i = 0; i < count; ++i) {
        Request request = common();
        for (const json::value& fact : policy_.at("facts").as_array())
            request.emplace_back(text_of_value(fact.as_object().at("name")),
                                 drawn(fact.as_object(), seed));
        out.push_back(std::move(request));
    }
    return out;
}

Request Policy::withheld() const {
    Request request = common();
    for (const auto& [name, value] : policy_.at("withheld").as_object().at("known").as_object())
        request.emplace_back(std::string(name), text_of_value(value));
    return request;
}

law::Facts facts_of(const law::Law& law, const Request& request) {
    law::Facts facts;
    for (const auto& [name, value] : request)
        if (!law::set_fact(facts, law.vocabulary(), name, value)) stop("no fact: " + name);
    return facts;
}

}  // namespace licet::bench

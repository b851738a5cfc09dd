// SPDX-License-Identifier: Apache-2.0
#include "law/cost_of_breach.h"

#include <algorithm>

namespace licet::law {
namespace {

// The packs that speak through `rule`: its own, those it rests on, a country's that rests on it.
std::vector<const Pack*> packs_behind(const Law& law, const Rule& rule, std::string_view country) {
    std::vector<const Pack*> out;
    const Pack* const home = country.empty() ? nullptr : law.pack_of(country);
    const bool is_home_above =
        home != nullptr && imports_of(law.packs(), *home).contains(rule.pack);
    for (const Pack& own : law.packs()) {
        if (own.id != rule.pack) continue;
        const std::set<std::string> imports = imports_of(law.packs(), own);
        for (const Pack& pack : law.packs())
            if (&pack == &own || imports.contains(pack.id) || (is_home_above && &pack == home))
                out.push_back(&pack);
    }
    return out;
}

std::vector<const Ceiling*> ceilings_for(const std::vector<const Pack*>& packs,
                                         const std::string& source) {
    std::vector<const Ceiling*> out;
    for (const Pack* pack : packs)
        for (const Ceiling& one : pack->sanctions.ceilings)
            if (std::find(one.sources.begin(), one.sources.end(), source) != one.sources.end())
                out.push_back(&one);
    return out;
}

}  // namespace

std::vector<const Ceiling*> ceilings_of(const Law& law, const Rule& rule, Date day,
                                        std::string_view country) {
    std::vector<const Ceiling*> out;
    const std::vector<const Pack*> packs = packs_behind(law, rule, country);
    for (std::size_t i = 0; i < rule.sources.size(); ++i) {
        const std::string article = rule.sources[i] + " " + rule.articles[i];
        const std::vector<const Ceiling*> of_article = ceilings_for(packs, article);
        for (const Ceiling* one :
             of_article.empty() ? ceilings_for(packs, rule.sources[i]) : of_article)
            if (one->is_in_force(day) && std::find(out.begin(), out.end(), one) == out.end())
                out.push_back(one);
    }
    return out;
}

std::vector<const PastSanction*> decisions_about(const Law& law, std::string_view id) {
    std::vector<const PastSanction*> out;
    for (const Pack& pack : law.packs())
        for (const PastSanction& one : pack.sanctions.decisions)
            if (std::find(one.rules.begin(), one.rules.end(), id) != one.rules.end())
                out.push_back(&one);
    std::stable_sort(out.begin(), out.end(),
                     [](const PastSanction* a, const PastSanction* b) { return a->on > b->on; });
    return out;
}

}  // namespace licet::law

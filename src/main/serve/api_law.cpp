// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <memory>
#include <mutex>

#include "base/text.h"
#include "http/url.h"
#include "main/serve/api.h"
#include "main/serve/captured.h"

namespace licet {
namespace {

using http::Answer;
using http::Method;
using web::ApiRoute;
using web::Call;
using web::Permission;

constexpr std::size_t kMostRules = 200;  ///< a page

std::string asked(const http::Form& query, std::string_view name) {
    return http::value_of(query, name).value_or("");
}

Result<Answer> packs(const ServerOffice& office, const Call& call) {
    const Ran ran = run_captured(office, call, run_law_list);
    return web::json_answer(json::object{{"packs", LICET_TRY(ran.value())}});
}

// ---- rules --------------------------------------------------------------------------------------
struct Wanted {
    std::string country;
    std::string question;
    std::string text;  ///< folded
    std::string after;
    std::optional<Date> at;
};

Result<Wanted> wanted_of(const Call& call) {
    const http::Form query = LICET_TRY(web::query_of(call.request));
    Wanted out{asked(query, "country"),
               asked(query, "question"),
               folded(asked(query, "q")),
               asked(query, "after"),
               {}};
    const std::string at = asked(query, "at");
    if (!at.empty()) out.at = LICET_TRY(parse_date(at));
    return out;
}

// The pack of the country and those that it stands on.
bool is_of_country(const law::Law& law, const std::string& pack, const std::string& country) {
    if (country.empty()) return true;
    const law::Pack* own = law.pack_of(country);
    if (own == nullptr) return false;
    if (own->id == pack) return true;
    return std::find(own->imports.begin(), own->imports.end(), pack) != own->imports.end();
}

bool is_wanted(const law::Law& law, const law::Rule& rule, const Wanted& wanted,
               Language language) {
    if (!is_of_country(law, rule.pack, wanted.country)) return false;
    if (!wanted.question.empty() && rule.question != wanted.question) return false;
    if (wanted.at) {
        const auto from = parse_date(rule.from);
        const auto until = parse_date(rule.until);
        if ((from && *wanted.at < *from) || (until && *wanted.at > *until)) return false;
    }
    if (wanted.text.empty()) return true;
    const std::string all =
        folded(rule.id + " " + rule.tell.in(language) + " " + join(rule.cites, " "));
    return all.find(wanted.text) != all.npos;
}

json::array texts_in_json(const std::vector<std::string>& texts) {
    json::array out;
    for (const std::string& one : texts) out.emplace_back(one);
    return out;
}

json::object rule_json(const law::Rule& rule, Language language) {
    json::array when;
    for (const law::Condition& one : rule.conditions) when.emplace_back(one.text);
    return {{"rule", rule.id},
            {"pack", rule.pack},
            {"question", rule.question},
            {"answer", rule.answer},
            {"tell", rule.tell.in(language)},
            {"cites", texts_in_json(rule.cites)},
            {"sources", texts_in_json(rule.sources)},
            {"from", rule.from},
            {"until", rule.until},
            {"when", std::move(when)},
            {"duties", texts_in_json(rule.duties)}};
}

json::object sources_json(const law::Law& law, const std::vector<const law::Rule*>& rules,
                          Language language) {
    json::object out;
    for (const law::Rule* rule : rules)
        for (const std::string& id : rule->sources)
            for (const law::Pack& pack : law.packs()) {
                const auto source = pack.sources.find(id);
                if (source == pack.sources.end()) continue;
                out[id] = json::object{{"title", source->second.title},
                                       {"sentence", source->second.sentence.in(language)},
                                       {"read_on", source->second.read_on},
                                       {"grade", source->second.grade}};
            }
    return out;
}

Result<Answer> rules(const ServerOffice& office, const Call& call) {
    const Wanted wanted = LICET_TRY(wanted_of(call));
    const auto law = office.law();
    std::vector<const law::Rule*> found;
    std::size_t all = 0;
    bool is_after = wanted.after.empty();
    for (const law::Rule& rule : law->rules().rules) {
        if (!is_wanted(*law, rule, wanted, call.language)) continue;
        ++all;
        if (is_after && found.size() < kMostRules) found.push_back(&rule);
        is_after = is_after || rule.id == wanted.after;
    }
    json::array out;
    for (const law::Rule* rule : found) out.push_back(rule_json(*rule, call.language));
    json::object body{{"rules", std::move(out)},
                      {"count", all},
                      {"sources", sources_json(*law, found, call.language)}};
    if (found.size() == kMostRules) body["next"] = found.back()->id;
    return web::json_answer(body);
}

Result<Answer> rule(const ServerOffice& office, const Call& call) {
    LawShowOptions options;
    options.rule = call.request.value("rule");
    const Ran ran = run_captured(office, call, [&](const auto& terminal, const auto& common) {
        return run_law_show(terminal, common, options);
    });
    const json::array found = LICET_TRY(ran.values());
    for (const json::value& one : found)
        if (const json::value* id = one.get_object().if_contains("rule");
            id != nullptr && id->get_string() == options.rule)
            return web::json_answer(one);
    return error(ErrorCode::kMissing, "law_api.no_rule");
}

// What two days of the law differ in takes half a second to find out, and is the same for everybody
// who asks, until the law is read anew. Threads: any.
class KnownDiffs {
  public:
    [[nodiscard]] std::optional<std::string> find(const std::shared_ptr<const law::Law>& law,
                                                  const std::string& key) {
        const std::lock_guard lock(mutex_);
        if (law != law_) return std::nullopt;
        const auto found = bodies_.find(key);
        if (found == bodies_.end()) return std::nullopt;
        return found->second;
    }
    void keep(const std::shared_ptr<const law::Law>& law, const std::string& key,
              const std::string& body) {
        constexpr std::size_t kMost = 64;
        const std::lock_guard lock(mutex_);
        if (law != law_ || bodies_.size() >= kMost) bodies_.clear();
        law_ = law;
        bodies_[key] = body;
    }

  private:
    std::mutex mutex_;
    std::shared_ptr<const law::Law> law_;
    std::map<std::string, std::string> bodies_;
};

Result<Answer> diff(const ServerOffice& office, KnownDiffs& known, const Call& call) {
    const http::Form query = LICET_TRY(web::query_of(call.request));
    LawDiffOptions options;
    options.before = asked(query, "before");
    options.after = asked(query, "after");
    const std::string question = asked(query, "question");
    if (!question.empty()) options.question = question;
    if (options.before.empty() || options.after.empty())
        return error(ErrorCode::kInput, "law_api.two_sides");
    const auto law = office.law();
    // A side without a day is of today.
    const std::string key =
        join(std::vector<std::string>{call.language == Language::kFrench ? "fr" : "en",
                                      text_of(office.today()), options.before, options.after,
                                      options.question},
             "\n");
    if (auto body = known.find(law, key)) {
        Answer out;
        out.body = *std::move(body);
        return out;
    }
    const Ran ran = run_captured(office, call, [&](const auto& terminal, const auto& common) {
        return run_law_diff(terminal, common, options);
    });
    Answer out = web::json_answer(LICET_TRY(ran.value()));
    known.keep(law, key, out.body);
    return out;
}

Result<Answer> registers(const ServerOffice& office, const Call& call) {
    const http::Form query = LICET_TRY(web::query_of(call.request));
    const std::string at = asked(query, "at");
    const Ran ran = run_captured(office, call, [&](const auto& terminal, const auto& common) {
        return run_law_registers(terminal, common, at);
    });
    return web::json_answer(json::object{{"registers", LICET_TRY(ran.value())}});
}

// ---- days ---------------------------------------------------------------------------------------
// On which days the law of a place changes.
Result<Answer> days(const ServerOffice& office, const Call& call) {
    struct Day {
        json::array begins;
        json::array ends;
    };
    const http::Form query = LICET_TRY(web::query_of(call.request));
    const std::string country = asked(query, "country");
    const auto law = office.law();
    std::map<std::string, Day> found;
    for (const law::Rule& one : law->rules().rules) {
        if (!is_of_country(*law, one.pack, country)) continue;
        if (!one.from.empty()) found[one.from].begins.emplace_back(one.id);
        if (!one.until.empty()) found[one.until].ends.emplace_back(one.id);
    }
    json::array out;
    for (auto& [day, rules] : found)
        out.push_back(json::object{
            {"day", day}, {"begins", std::move(rules.begins)}, {"ends", std::move(rules.ends)}});
    return web::json_answer(json::object{{"days", std::move(out)}});
}

}  // namespace

std::vector<ApiRoute> law_routes(ServerOffice& office) {
    const auto on = [&office](auto handle) -> web::ApiHandler {
        return [&office, handle](Call& call) { return handle(office, call); };
    };
    return {
        {Method::kGet, "/api/v1/packs", Permission::kLaw, on(packs)},
        {Method::kGet, "/api/v1/packs/days", Permission::kLaw, on(days)},
        {Method::kGet, "/api/v1/packs/rules", Permission::kLaw, on(rules)},
        {Method::kGet, "/api/v1/packs/rules/{rule}", Permission::kLaw, on(rule)},
        {Method::kGet, "/api/v1/packs/diff", Permission::kLaw,
         [&office, known = std::make_shared<KnownDiffs>()](Call& call) {
             return diff(office, *known, call);
         }},
        {Method::kGet, "/api/v1/registers", Permission::kLaw, on(registers)},
    };
}

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
#include "papers/trackers.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "base/text.h"
#include "law/decision.h"

namespace licet::papers {
namespace {

// How a key of a tracker is a fact; what is not given stays unknown.
struct KeyOfFact {
    std::string_view key;
    std::string_view fact;
};
constexpr std::array<KeyOfFact, 9> kFacts = {{{"kind", "tracker.kind"},
                                              {"publisher_only", "tracker.publisher_only"},
                                              {"anonymous", "tracker.anonymous_stats"},
                                              {"lifetime", "tracker.lifetime_months"},
                                              {"data_months", "tracker.data_months"},
                                              {"country", "vendor.country"},
                                              {"dpf", "vendor.dpf"},
                                              {"tool", "transfer.tool"},
                                              {"assessed", "transfer.tia"}}};

// What holds for whoever measures on behalf of a site.
constexpr std::array<KeyOfFact, 6> kVendor = {{{"business", "vendor.kind"},
                                               {"processor", "vendor.role"},
                                               {"controller", "exporter.role"},
                                               {"yes", "vendor.contract"},
                                               {"no", "vendor.under_gdpr"},
                                               {"customer", "transfer.data"}}};

constexpr std::int64_t kMostDays = 400;  // browsers keep nothing longer

// An answer of the question, with the rule that gives it.
struct Answer {
    std::string word;
    law::Words tell;
    std::vector<std::string> cites;
    std::vector<law::FactId> missing;
    [[nodiscard]] bool is_allowed() const { return word == "allowed"; }
};

Result<Answer> ask(const law::Law& law, const law::Facts& facts) {
    const law::Decision decision = LICET_TRY(law.decide("tracker", facts));
    Answer answer;
    answer.word = law.vocabulary().question("tracker")->answer_name(decision.answer);
    answer.missing = decision.missing;
    if (!decision.reasons.empty()) {
        const law::Rule& rule = law.rules().rules[decision.reasons.front().rule];
        answer.tell = rule.tell;
        answer.cites = rule.cites;
    }
    return answer;
}

Result<law::Facts> facts_on(const law::Law& law, std::string_view country, Date day) {
    law::Facts facts;
    LICET_TRY(law::set_fact(facts, law.vocabulary(), "at", text_of(day)));
    LICET_TRY(law::set_fact(facts, law.vocabulary(), "country", country));
    return facts;
}

bool is_web_address(std::string_view text) {
    return text.starts_with("https://") && std::none_of(text.begin(), text.end(), [](char c) {
               return c <= ' ' || c == '"' || c == '\'' || c == '<' || c == '>' || c == '\\';
           });
}

class SiteReader {
  public:
    SiteReader(const law::Law& law, const TomlFile& file, Date day)
        : law_(law), file_(file), day_(day) {}

    Read<Site> read(std::string_view wanted) && {
        if (!choose_site(wanted)) return std::move(out_);
        Site& site = out_.value;
        const std::string at = "site." + site.id + ".";
        site.name = needed(at + "name");
        site.link = file_.text(at + "link");
        site.controller = needed("organisation.name");
        site.country = needed("organisation.country");
        site.policy_link = file_.text("organisation.cookie_link");
        if (site.policy_link.empty()) site.policy_link = needed("organisation.policy_link");
        site.record_link = file_.text(at + "record_link");
        check_link(site.record_link, at + "record_link");
        if (!out_.problems.empty()) return std::move(out_);
        read_memory(at + "choice_months");
        for (const std::string& id : entries_of("tracker")) read_tracker(id);
        return std::move(out_);
    }

  private:
    [[nodiscard]] std::vector<std::string> entries_of(std::string_view table) const {
        const std::string prefix = std::string(table) + ".";
        std::vector<std::pair<int, std::string>> found;
        std::set<std::string> seen;
        for (const auto& [name, value] : file_.values) {
            if (!name.starts_with(prefix)) continue;
            const std::string id =
                name.substr(prefix.size(), name.find('.', prefix.size()) - prefix.size());
            if (seen.insert(id).second) found.emplace_back(value.line, id);
            for (auto& [line, known] : found)
                if (known == id) line = std::min(line, value.line);
        }
        std::sort(found.begin(), found.end());
        std::vector<std::string> ids;
        for (const auto& [line, id] : found) ids.push_back(id);
        return ids;
    }

    bool choose_site(std::string_view wanted) {
        const std::vector<std::string> sites = entries_of("site");
        if (sites.empty()) {
            problem("choices.no_site", {}, "site");
            return false;
        }
        const auto found = std::find(sites.begin(), sites.end(), wanted);
        if (found == sites.end() && (!wanted.empty() || sites.size() > 1)) {
            problem("choices.which_site", {{"known", join(sites, ", ")}}, "site");
            return false;
        }
        out_.value.id = found == sites.end() ? sites.front() : *found;
        return true;
    }

    void problem(std::string_view id, Message::Arguments arguments, std::string_view name) {
        out_.problems.push_back(
            error(ErrorCode::kInput, id, std::move(arguments), file_.where(name)));
    }

    std::string needed(const std::string& name) {
        std::string text = file_.text(name);
        if (trimmed(text).empty()) problem("choices.lacks", {{"name", name}}, name);
        return text;
    }

    void check_link(std::string_view link, const std::string& name) {
        const bool is_here = link.starts_with('/') && !link.starts_with("//");
        if (!link.empty() && !is_here && !is_web_address(link))
            problem("choices.link", {{"name", name}}, name);
    }

    law::Words words(const std::string& name) {
        const std::string both = file_.text(name);
        law::Words out{file_.text(name + ".fr", both), file_.text(name + ".en", both)};
        if (out.french.empty() || out.english.empty())
            problem("choices.lacks", {{"name", name}}, name);
        return out;
    }

    void read_memory(const std::string& name) {
        Site& site = out_.value;
        const auto shortest = shortest_memory_days(law_, site.country, day_);
        if (!shortest) {
            out_.problems.push_back(shortest.error());
            return;
        }
        const std::string months = file_.text(name);
        const auto number = whole_number(months);
        site.choice_days = *shortest;
        if (months.empty()) {
            if (*shortest == 0) problem("choices.lacks", {{"name", name}}, name);
            return;
        }
        if (!number || *number < 1) {
            problem("choices.lacks", {{"name", name}}, name);
            return;
        }
        site.choice_days = std::min(*number * 365 / 12, kMostDays);
        if (site.choice_days < *shortest)
            problem("choices.too_short", {{"days", std::to_string(*shortest)}}, name);
    }

    void read_tracker(const std::string& id) {
        const std::string at = "tracker." + id + ".";
        const std::vector<std::string> sites = file_.items(at + "site");
        const bool is_here =
            sites.empty() || std::find(sites.begin(), sites.end(), out_.value.id) != sites.end();
        if (!is_here || file_.text(at + "kind") == "email_pixel") return;
        const std::size_t before = out_.problems.size();
        Tracker tracker;
        tracker.id = id;
        tracker.name = needed(at + "name");
        tracker.issuer = needed(at + "issuer");
        tracker.country = needed(at + "country");
        tracker.kind = needed(at + "kind");
        tracker.title = words(at + "title");
        tracker.lifetime_months = whole_number(needed(at + "lifetime")).value_or(0);
        tracker.cookies = file_.items(at + "cookies");
        tracker.script = file_.text(at + "script");
        tracker.modes = file_.items(at + "consent_mode");
        check_link(tracker.script, at + "script");
        if (out_.problems.size() == before) judge(at, tracker);
        if (out_.problems.size() == before) out_.value.trackers.push_back(std::move(tracker));
    }

    std::optional<law::Facts> facts_of(const std::string& at) {
        auto facts = facts_on(law_, out_.value.country, day_);
        if (!facts) {
            out_.problems.push_back(facts.error());
            return std::nullopt;
        }
        const auto set = [&](std::string_view fact, std::string_view value,
                             const std::string& name) {
            const auto done = law::set_fact(*facts, law_.vocabulary(), fact, value);
            if (done) return;
            out_.problems.push_back(done.error());
            out_.problems.back().where = file_.where(name);
        };
        for (const KeyOfFact& one : kVendor) set(one.fact, one.key, at);
        set("tracker.active", "yes", at);
        for (const KeyOfFact& one : kFacts) {
            const std::string name = at + std::string(one.key);
            if (file_.values.contains(name)) set(one.fact, file_.text(name), name);
        }
        return std::move(*facts);
    }

    std::optional<Answer> answer(law::Facts facts, std::string_view consent, bool has_banner) {
        const std::string days = std::to_string(out_.value.choice_days);
        for (const auto& [fact, value] :
             {std::pair<std::string_view, std::string_view>{"tracker.consent", consent},
              {"banner.present", has_banner ? "yes" : "no"},
              {"banner.refuse", "same_layer"},
              {"banner.asked_again_after_days", days}})
            std::ignore = law::set_fact(facts, law_.vocabulary(), fact, value);
        auto found = ask(law_, facts);
        if (found) return std::move(*found);
        out_.problems.push_back(found.error());
        return std::nullopt;
    }

    void judge(const std::string& at, Tracker& tracker) {
        const std::size_t before = out_.problems.size();
        const auto facts = facts_of(at);
        if (!facts || out_.problems.size() > before) return;
        const auto unasked = answer(*facts, "none", false);
        if (!unasked) return;
        if (unasked->is_allowed()) {
            const auto refused = answer(*facts, "refused", false);
            if (!refused) return;
            tracker.need = refused->is_allowed() ? Need::kNothing : Need::kRefusal;
            tracker.tell = unasked->tell;
            tracker.cites = unasked->cites;
            return;
        }
        const auto agreed = answer(*facts, "given", true);
        if (!agreed) return;
        // An answer that hangs on what is not known is asked for, never guessed.
        const Answer* open = unasked->missing.empty() ? &*agreed : &*unasked;
        if (!open->missing.empty()) {
            std::vector<std::string> names;
            for (const law::FactId id : open->missing)
                names.push_back(law_.vocabulary().fact(id).name);
            problem("choices.undetermined", {{"name", tracker.id}, {"facts", join(names, ", ")}},
                    at + "name");
            return;
        }
        if (!agreed->is_allowed()) {
            problem("choices.forbidden",
                    {{"name", tracker.id}, {"cites", join(agreed->cites, "; ")}}, at + "name");
            return;
        }
        tracker.need = Need::kConsent;
        tracker.tell = unasked->tell;
        tracker.cites = unasked->cites;
    }

    const law::Law& law_;
    const TomlFile& file_;
    Date day_;
    Read<Site> out_;
};

}  // namespace

std::vector<std::string> sites_of(const TomlFile& organisation) {
    constexpr std::string_view prefix = "site.";
    std::set<std::string> names;
    for (const auto& [name, value] : organisation.values) {
        if (!name.starts_with(prefix)) continue;
        const std::size_t end = name.find('.', prefix.size());
        if (end != name.npos) names.insert(name.substr(prefix.size(), end - prefix.size()));
    }
    return {names.begin(), names.end()};
}

Result<std::int64_t> shortest_memory_days(const law::Law& law, std::string_view country, Date day) {
    law::Facts facts = LICET_TRY(facts_on(law, country, day));
    for (const auto& [fact, value] :
         {std::pair<std::string_view, std::string_view>{"tracker.kind", "advertising"},
          {"tracker.active", "no"},
          {"tracker.consent", "refused"},
          {"banner.present", "yes"},
          {"banner.refuse", "same_layer"}})
        LICET_TRY(law::set_fact(facts, law.vocabulary(), fact, value));
    for (std::int64_t days = 0; days < kMostDays; ++days) {
        LICET_TRY(law::set_fact(facts, law.vocabulary(), "banner.asked_again_after_days",
                                std::to_string(days)));
        const Answer answer = LICET_TRY(ask(law, facts));
        if (answer.is_allowed()) return days;
    }
    return kMostDays;
}

Read<Site> read_site(const law::Law& law, const TomlFile& organisation, std::string_view wanted,
                     Date day) {
    return SiteReader(law, organisation, day).read(wanted);
}

}  // namespace licet::papers

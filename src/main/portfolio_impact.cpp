// SPDX-License-Identifier: Apache-2.0
//
// `licet portfolio impact`: which clients a change of law touches, and by what.
//
//     rules in force on one day only ─┬─► questions of the audit that are asked anew ─► score
//                                     └─► campaigns whose answer, reason or open facts differ
//
// A client is broken if something blocks, or a campaign is no longer allowed, that was well before.
#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>

#include "base/text.h"
#include "gate/campaign.h"
#include "main/files.h"
#include "main/portfolio.h"
#include "main/zones.h"

namespace licet {
namespace {

namespace fs = std::filesystem;

struct TwoDays {
    Date before;
    Date after;
};

Result<TwoDays> days_of_options(const PortfolioOptions& options) {
    TwoDays out;
    if (!options.date.empty()) {
        out.after = LICET_TRY(parse_date(options.date));
        out.before = out.after - std::chrono::days{1};
        return out;
    }
    if (options.from.empty() || options.to.empty())
        return error(ErrorCode::kInput, "portfolio.two_days");
    out.before = LICET_TRY(parse_date(options.from));
    out.after = LICET_TRY(parse_date(options.to));
    return out;
}

// Rules that are in force on one of the days alone.
std::set<std::string> changed_rules(const law::Law& law, const TwoDays& days) {
    const audit::LawDay before(law, days.before);
    const audit::LawDay after(law, days.after);
    std::set<std::string> out;
    for (const law::Rule& rule : law.rules().rules)
        if (before.is_in_force(rule.id) != after.is_in_force(rule.id)) out.insert(rule.id);
    return out;
}

struct CampaignImpact {
    std::string file;
    std::string before;
    std::string after;
    std::string rule_before;
    std::string rule_after;
    std::vector<std::string> asks;  ///< facts that matter on the second day only
    [[nodiscard]] bool is_changed() const {
        return before != after || rule_before != rule_after || !asks.empty();
    }
    [[nodiscard]] bool is_broken() const { return before != "forbidden" && after == "forbidden"; }
};

struct ClientImpact {
    std::string id;
    std::string name;
    int score_before = -1;  ///< -1: no audit
    int score_after = -1;
    std::vector<std::string> newly_asked;
    std::vector<std::string> no_longer_asked;
    std::vector<std::string> newly_blocking;
    std::vector<CampaignImpact> campaigns;
    std::vector<std::string> unread;  ///< campaign files with faults

    [[nodiscard]] bool is_broken() const {
        return !newly_blocking.empty() ||
               std::any_of(campaigns.begin(), campaigns.end(),
                           [](const CampaignImpact& one) { return one.is_broken(); });
    }
    [[nodiscard]] bool is_touched() const {
        return is_broken() || score_before != score_after || !newly_asked.empty() ||
               !no_longer_asked.empty() || !campaigns.empty();
    }
};

std::set<std::string> asked_in(const audit::Score& score) {
    std::set<std::string> out;
    for (const audit::Judged& one : score.questions)
        if (one.question->is_scored()) out.insert(one.question->id);
    return out;
}

std::set<std::string> blocking_in(const audit::Score& score,
                                  const audit::Questionnaire& questionnaire) {
    std::set<std::string> out;
    for (const audit::Judged* one : score.blocking(questionnaire)) out.insert(one->question->id);
    return out;
}

std::vector<std::string> without(const std::set<std::string>& all,
                                 const std::set<std::string>& others) {
    std::vector<std::string> out;
    std::set_difference(all.begin(), all.end(), others.begin(), others.end(),
                        std::back_inserter(out));
    return out;
}

void compare_audits(const AuditDesk& desk, const TwoDays& days, ClientImpact& out) {
    const audit::Score before = desk.score_as_of(days.before);
    const audit::Score after = desk.score_as_of(days.after);
    out.score_before = before.shown;
    out.score_after = after.shown;
    out.newly_asked = without(asked_in(after), asked_in(before));
    out.no_longer_asked = without(asked_in(before), asked_in(after));
    out.newly_blocking = without(blocking_in(after, desk.questionnaire()),
                                 blocking_in(before, desk.questionnaire()));
}

Result<gate::Verdict> verdict_on(const law::Law& law, const gate::Campaign& campaign,
                                 const std::string& country, Date day) {
    gate::Request request;
    request.aim = campaign.aim;
    request.facts = campaign.facts;
    for (const law::Facts::Entry& entry : campaign.collection.entries())
        request.facts.set(entry.fact, entry.value, entry.supplier);
    const law::Vocabulary& words = law.vocabulary();
    LICET_TRY(law::set_fact(request.facts, words, "country",
                            campaign.country.empty() ? country : campaign.country));
    LICET_TRY(law::set_fact(request.facts, words, "at", text_of(day)));
    if (!campaign.audience.empty())
        LICET_TRY(law::set_fact(request.facts, words, "audience", campaign.audience));
    if (!campaign.relation.empty())
        LICET_TRY(law::set_fact(request.facts, words, "relation", campaign.relation));
    return gate::check(law, zone_offset, request, gate::Depth::kAnswer);
}

std::set<std::string> missing_in(const law::Law& law, const gate::Verdict& verdict) {
    std::set<std::string> out;
    for (const law::FactId id : verdict.missing) out.insert(law.vocabulary().fact(id).name);
    return out;
}

std::string deciding_rule(const gate::Verdict& verdict) {
    return verdict.reasons.empty() ? std::string() : verdict.reasons.front().rule;
}

Result<CampaignImpact> compare_campaign(const AuditDesk& desk, const TwoDays& days,
                                        const std::string& path) {
    const std::string text = LICET_TRY(read_file(path));
    const auto campaign = gate::read_campaign(desk.law(), text, path);
    if (!campaign.is_clean()) return campaign.problems.front();
    const std::string& country = desk.workspace().country;
    const auto before = LICET_TRY(verdict_on(desk.law(), campaign.value, country, days.before));
    const auto after = LICET_TRY(verdict_on(desk.law(), campaign.value, country, days.after));
    return CampaignImpact{fs::path(path).stem().string(),
                          before.answer,
                          after.answer,
                          deciding_rule(before),
                          deciding_rule(after),
                          without(missing_in(desk.law(), after), missing_in(desk.law(), before))};
}

void compare_campaigns(const Client& client, const AuditDesk& desk, const TwoDays& days,
                       ClientImpact& out) {
    std::vector<std::string> paths;
    std::error_code fault;
    for (auto at = fs::directory_iterator(client.folder + "/campaigns", fault);
         !fault && at != fs::directory_iterator(); at.increment(fault))
        if (at->path().extension() == ".toml") paths.push_back(at->path().string());
    std::sort(paths.begin(), paths.end());
    for (const std::string& path : paths) {
        auto impact = compare_campaign(desk, days, path);
        if (!impact)
            out.unread.push_back(fs::path(path).stem().string());
        else if (impact->is_changed())
            out.campaigns.push_back(std::move(impact).value());
    }
}

json::array list_json(const std::vector<std::string>& texts) {
    return json::array(texts.begin(), texts.end());
}

json::object json_of_impact(const ClientImpact& one) {
    json::array campaigns;
    for (const CampaignImpact& campaign : one.campaigns)
        campaigns.push_back(json::object{{"campaign", campaign.file},
                                         {"before", campaign.before},
                                         {"after", campaign.after},
                                         {"rule_before", campaign.rule_before},
                                         {"rule_after", campaign.rule_after},
                                         {"asks", list_json(campaign.asks)}});
    json::object out{{"client", one.id},
                     {"name", one.name},
                     {"broken", one.is_broken()},
                     {"touched", one.is_touched()},
                     {"newly_asked", list_json(one.newly_asked)},
                     {"no_longer_asked", list_json(one.no_longer_asked)},
                     {"newly_blocking", list_json(one.newly_blocking)},
                     {"campaigns", std::move(campaigns)},
                     {"unread_campaigns", list_json(one.unread)}};
    if (one.score_before >= 0) {
        out["score_before"] = one.score_before;
        out["score_after"] = one.score_after;
    }
    return out;
}

void print_campaign(const Terminal& terminal, const CampaignImpact& campaign) {
    terminal.print("    " +
                   terminal.text()("portfolio.impact_campaign",
                                   {{"campaign", campaign.file},
                                    {"before", terminal.text()("verdict." + campaign.before)},
                                    {"after", terminal.text()("verdict." + campaign.after)},
                                    {"rule", campaign.rule_after}}));
    if (!campaign.asks.empty())
        terminal.print("    " + terminal.text()("portfolio.impact_facts",
                                                {{"facts", join(campaign.asks, ", ")}}));
}

void print_impact(const Terminal& terminal, const ClientImpact& one) {
    const Catalogue& say = terminal.text();
    const std::string state = one.is_broken()    ? "portfolio.impact_broken"
                              : one.is_touched() ? "portfolio.impact_touched"
                                                 : "portfolio.impact_none";
    const Colour colour = one.is_broken()    ? Colour::kRed
                          : one.is_touched() ? Colour::kYellow
                                             : Colour::kGreen;
    terminal.print(terminal.colour(Colour::kBold, one.name) + "  " +
                   terminal.colour(colour, say(state)));
    if (one.score_before != one.score_after)
        terminal.print("    " +
                       say("portfolio.impact_score", {{"before", std::to_string(one.score_before)},
                                                      {"after", std::to_string(one.score_after)}}));
    for (const auto& [id, questions] : {std::pair{"portfolio.impact_blocking", &one.newly_blocking},
                                        {"portfolio.impact_asked", &one.newly_asked},
                                        {"portfolio.impact_gone", &one.no_longer_asked}})
        if (!questions->empty())
            terminal.print("    " + say(id, {{"questions", join(*questions, ", ")}}));
    for (const CampaignImpact& campaign : one.campaigns) print_campaign(terminal, campaign);
    for (const std::string& file : one.unread)
        terminal.print("    " + say("portfolio.impact_unread", {{"campaign", file}}));
}

}  // namespace

int run_portfolio_impact(const Portfolio& portfolio, const PortfolioOptions& options) {
    const Terminal& terminal = portfolio.terminal();
    const auto days = days_of_options(options);
    if (!days) return fail(terminal, days.error());
    std::vector<ClientImpact> impacts;
    const PortfolioRun run =
        portfolio.visit([&](const Client& client, const AuditDesk& desk) -> Result<Done> {
            const audit::ClientState state = LICET_TRY(state_of(client, desk));
            ClientImpact one;
            one.id = client.id;
            one.name = state.name;
            if (state.has_audit) compare_audits(desk, *days, one);
            compare_campaigns(client, desk, *days, one);
            impacts.push_back(std::move(one));
            return Done{};
        });
    // Those that break first, then those that are touched; by name within.
    std::stable_sort(impacts.begin(), impacts.end(), [](const auto& a, const auto& b) {
        const auto rank = [](const ClientImpact& one) {
            return one.is_broken() ? 0 : one.is_touched() ? 1 : 2;
        };
        return rank(a) < rank(b);
    });
    const std::set<std::string> rules = changed_rules(portfolio.law(), *days);
    if (terminal.wants_json()) {
        json::array clients;
        for (const ClientImpact& one : impacts) clients.push_back(json_of_impact(one));
        terminal.print(json::serialize(
            json::object{{"before", text_of(days->before)},
                         {"after", text_of(days->after)},
                         {"rules", json::array(rules.begin(), rules.end())},
                         {"clients", std::move(clients)},
                         {"skipped", json::array(run.skipped.begin(), run.skipped.end())}}));
        return run.status();
    }
    terminal.print(terminal.text()("portfolio.impact_head",
                                   {{"before", worded(days->before, terminal.language())},
                                    {"after", worded(days->after, terminal.language())},
                                    {"count", std::to_string(rules.size())}}));
    for (const ClientImpact& one : impacts) print_impact(terminal, one);
    return run.status();
}

}  // namespace licet

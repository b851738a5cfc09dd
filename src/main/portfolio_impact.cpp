// SPDX-License-Identifier: Apache-2.0
#include "main/portfolio_impact.h"

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "base/text.h"
#include "gate/campaign.h"
#include "gate/derive.h"
#include "main/files.h"
#include "main/zones.h"

namespace licet {
namespace {

namespace fs = std::filesystem;

std::set<std::string> asked_in(const audit::Score& score) {
    std::set<std::string> out;
    for (const audit::Judged& one : score.questions)
        if (one.question->is_scored()) out.insert(one.question->id);
    return out;
}

// A question that nobody has answered breaks nothing: it waits for an answer.
std::set<std::string> blocking_in(const audit::Score& score,
                                  const audit::Questionnaire& questionnaire) {
    std::set<std::string> out;
    for (const audit::Judged* one : score.blocking(questionnaire))
        if (one->is_answered) out.insert(one->question->id);
    return out;
}

std::vector<std::string> without(const std::set<std::string>& all,
                                 const std::set<std::string>& others) {
    std::vector<std::string> out;
    std::set_difference(all.begin(), all.end(), others.begin(), others.end(),
                        std::back_inserter(out));
    return out;
}

void compare_audits(const AuditDesk& desk, const LawChange& days, ClientImpact& out) {
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
    // Of somebody of whom the ledger knows nothing: what a campaign may is not what one who
    // objected may be sent.
    gate::add_ledger_silence(law, request.facts);
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

Result<CampaignImpact> compare_campaign(const AuditDesk& desk, const LawChange& days,
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

void compare_campaigns(const Client& client, const AuditDesk& desk, const LawChange& days,
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

Result<LawChange> law_change(const std::string& date, const std::string& from,
                             const std::string& to) {
    LawChange out;
    if (!date.empty()) {
        out.after = LICET_TRY(parse_date(date));
        out.before = out.after - std::chrono::days{1};
        return out;
    }
    if (from.empty() || to.empty()) return error(ErrorCode::kInput, "portfolio.two_days");
    out.before = LICET_TRY(parse_date(from));
    out.after = LICET_TRY(parse_date(to));
    return out;
}

std::set<std::string> changed_rules(const law::Law& law, const LawChange& change) {
    const audit::LawDay before(law, change.before);
    const audit::LawDay after(law, change.after);
    std::set<std::string> out;
    for (const law::Rule& rule : law.rules().rules)
        if (before.is_in_force(rule.id) != after.is_in_force(rule.id)) out.insert(rule.id);
    return out;
}

Result<ClientImpact> impact_on(const Client& client, const AuditDesk& desk,
                               const LawChange& change) {
    const audit::ClientState state = LICET_TRY(state_of(client, desk));
    ClientImpact out;
    out.id = client.id;
    out.name = state.name;
    if (state.has_audit) compare_audits(desk, change, out);
    compare_campaigns(client, desk, change, out);
    return out;
}

void sort_by_gravity(std::vector<ClientImpact>& impacts) {
    std::stable_sort(impacts.begin(), impacts.end(), [](const auto& a, const auto& b) {
        const auto rank = [](const ClientImpact& one) {
            return one.is_broken() ? 0 : one.is_touched() ? 1 : 2;
        };
        return rank(a) < rank(b);
    });
}

json::object json_of(const LawChange& change, const std::set<std::string>& rules,
                     const std::vector<ClientImpact>& impacts,
                     const std::vector<std::string>& skipped) {
    json::array clients;
    for (const ClientImpact& one : impacts) clients.push_back(json_of_impact(one));
    return {{"before", text_of(change.before)},
            {"after", text_of(change.after)},
            {"rules", json::array(rules.begin(), rules.end())},
            {"clients", std::move(clients)},
            {"skipped", list_json(skipped)}};
}

int run_portfolio_impact(const Portfolio& portfolio, const PortfolioOptions& options) {
    const Terminal& terminal = portfolio.terminal();
    const auto change = law_change(options.date, options.from, options.to);
    if (!change) return fail(terminal, change.error());
    std::vector<ClientImpact> impacts;
    const PortfolioRun run =
        portfolio.visit([&](const Client& client, const AuditDesk& desk) -> Result<Done> {
            impacts.push_back(LICET_TRY(impact_on(client, desk, *change)));
            return Done{};
        });
    sort_by_gravity(impacts);
    const std::set<std::string> rules = changed_rules(portfolio.law(), *change);
    if (terminal.wants_json()) {
        terminal.print(json::serialize(json_of(*change, rules, impacts, run.skipped)));
        return run.status();
    }
    terminal.print(terminal.text()("portfolio.impact_head",
                                   {{"before", worded(change->before, terminal.language())},
                                    {"after", worded(change->after, terminal.language())},
                                    {"count", std::to_string(rules.size())}}));
    for (const ClientImpact& one : impacts) print_impact(terminal, one);
    return run.status();
}

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "base/text.h"
#include "gate/campaign.h"
#include "gate/campaign_id.h"
#include "gate/contact.h"
#include "gate/facts_json.h"
#include "gate/verdict_json.h"
#include "law/question.h"
#include "main/ask.h"
#include "main/commands.h"
#include "main/files.h"
#include "main/people.h"
#include "main/resources.h"
#include "main/workspace.h"
#include "main/zones.h"

namespace licet {
namespace {

int status_of_answer(const gate::Verdict& verdict) {
    if (verdict.answer == "undetermined") return exit_status::kUndetermined;
    if (verdict.answer == "allowed") return exit_status::kAllowed;
    if (verdict.answer == "forbidden") return exit_status::kForbidden;
    if (verdict.answer == "out_of_scope") return exit_status::kOutOfScope;
    return exit_status::kOtherAnswer;
}

Result<Done> add_facts(const law::Law& law, const CheckOptions& options, law::Facts& facts) {
    for (const std::string& name : options.backgrounds)
        LICET_TRY(law::set_background(facts, law.vocabulary(), name));
    for (const std::string& text : options.facts) {
        const std::size_t equals = text.find('=');
        if (equals == text.npos)
            return error(ErrorCode::kInput, "check.fact_form", {{"text", text}});
        LICET_TRY(law::set_fact(facts, law.vocabulary(), std::string_view(text).substr(0, equals),
                                std::string_view(text).substr(equals + 1)));
    }
    return Done{};
}

void add_now(const law::Law& law, law::Facts& facts) {
    const law::FactId at = law.vocabulary().find("at");
    if (facts.find(at) == nullptr) facts.set(at, now(), law::Supplier::kDerived);
}

// ---- one object a line --------------------------------------------------------------------------
Result<json::object> check_line(const law::Law& law, const Terminal& terminal,
                                std::string_view line) {
    const json::value parsed = LICET_TRY(parse_json(line));
    if (!parsed.is_object()) return error(ErrorCode::kInput, "check.json_object");
    const json::object& object = parsed.get_object();
    gate::Request request;
    if (const json::value* question = object.if_contains("question");
        question && question->is_string())
        request.question = question->get_string();
    const json::value* facts = object.if_contains("facts");
    if (facts == nullptr || !facts->is_object())
        return error(ErrorCode::kInput, "check.json_facts");
    LICET_TRY(gate::add_json_facts(law, facts->get_object(), request.facts));
    add_now(law, request.facts);
    const gate::Verdict verdict = LICET_TRY(gate::check(law, zone_offset, request));
    json::object out;
    if (const json::value* id = object.if_contains("id")) out["id"] = *id;
    for (auto& [name, value] : gate::json_of(law, verdict, terminal.language())) out[name] = value;
    return out;
}

int check_lines(const Terminal& terminal, const law::Law& law, const std::string& path) {
    const auto text = read_file(path);
    if (!text) {
        terminal.print_error(text.error());
        return status_of(text.error());
    }
    int status = 0;
    int number = 0;
    for (const std::string_view line : lines_of(*text)) {
        ++number;
        if (trimmed(line).empty()) continue;
        auto verdict = check_line(law, terminal, line);
        if (!verdict) {
            Error problem = verdict.error();
            problem.where = path + ":" + std::to_string(number);
            terminal.print_error(problem);
            // A line without an answer still has its place in the output: nobody may be contacted.
            json::object refused{{"line", number},
                                 {"verdict", "error"},
                                 {"error", terminal.text()(problem.message)}};
            const auto parsed = parse_json(line);
            if (parsed && parsed->is_object())
                if (const json::value* id = parsed->get_object().if_contains("id"))
                    refused["id"] = *id;
            terminal.print(json::serialize(refused));
            status = exit_status::kBadInput;
            continue;
        }
        terminal.print(json::serialize(*verdict));
    }
    return status;
}

// ---- one person ---------------------------------------------------------------------------------
struct Asked {
    gate::Request request;
    std::optional<Workspace> workspace;
    std::vector<ledger::ContactTokens> points;  ///< of the person
    std::optional<ledger::Standing> standing;
    std::string campaign;  ///< by what events name it; "" = none
};

// A company too: whoever is meant there, its objection is theirs.
bool names_somebody(const CheckOptions& options) {
    return !options.email.empty() || !options.phone.empty() || !options.company.empty();
}

Result<Done> add_campaign(const law::Law& law, const Terminal& terminal,
                          const CheckOptions& options, const std::string& country, Asked& asked) {
    gate::Campaign campaign;
    campaign.country = country;
    if (!options.campaign.empty()) {
        const std::string text = LICET_TRY(read_file(options.campaign));
        auto read = gate::read_campaign(law, text, options.campaign);
        if (!read.is_clean()) {
            terminal.print_errors({read.problems.data(), read.problems.size() - 1});
            return read.problems.back();
        }
        campaign = std::move(read.value);
        if (campaign.country.empty()) campaign.country = country;
        asked.request.aim = campaign.aim;
        asked.campaign = gate::campaign_id(campaign.name);
        asked.request.facts = campaign.facts;
        for (const law::Facts::Entry& entry : campaign.collection.entries())
            asked.request.facts.set(entry.fact, entry.value, entry.supplier);
    }
    if (!names_somebody(options)) return Done{};
    gate::Contact contact;
    if (!options.email.empty())
        contact.email = LICET_TRY(ledger::contact_point_of_email(options.email));
    if (!options.phone.empty())
        contact.phone = LICET_TRY(ledger::contact_point_of_phone(options.phone, country));
    if (!options.company.empty()) LICET_TRY(ledger::contact_point_of_company(options.company));
    contact.company_number = options.company;
    contact.job_title = options.job_title;
    const gate::Reference reference = carried_reference();
    const gate::ContactFacts rows(law, campaign, reference);
    const auto place = rows.place_of(contact);
    LICET_TRY(law::set_fact(asked.request.facts, law.vocabulary(), "country", place.country));
    if (!place.region.empty())
        LICET_TRY(law::set_fact(asked.request.facts, law.vocabulary(), "region", place.region,
                                law::Supplier::kDerived));
    rows.add(contact, asked.request.facts);
    return Done{};
}

Result<Asked> asked_of(const law::Law& law, const Terminal& terminal, const Common& common,
                       const CheckOptions& options) {
    Asked asked;
    asked.request.question = options.question;
    if (law.vocabulary().question(options.question) == nullptr) {
        std::vector<std::string> known;
        for (const law::QuestionTable& table : law.tables()) known.push_back(table.question);
        return error(ErrorCode::kInput, "check.unknown_question",
                     {{"name", options.question}, {"known", join(known, ", ")}});
    }
    const bool is_somebody = names_somebody(options);
    std::string country = "fr";
    if (is_somebody) {
        asked.workspace = LICET_TRY(open_workspace(common.workspace));
        country = asked.workspace->country;
    }
    LICET_TRY(add_campaign(law, terminal, options, country, asked));
    LICET_TRY(add_facts(law, options, asked.request.facts));
    add_now(law, asked.request.facts);
    if (!is_somebody) return asked;
    asked.points = LICET_TRY(
        tokens_of_person(*asked.workspace, {options.email, options.phone, options.company}));
    asked.standing = LICET_TRY(
        standing_of_person(*asked.workspace, asked.points, day_of(law, asked.request.facts)));
    return asked;
}

void print_block(const Terminal& terminal, std::string_view title_id,
                 const std::vector<std::string>& lines) {
    if (lines.empty()) return;
    terminal.print();
    terminal.print(terminal.colour(Colour::kBold, terminal.text()(title_id)));
    for (const std::string& line : lines) terminal.print("  " + line);
}

std::string reason_line(const Terminal& terminal, const gate::VerdictReason& reason) {
    return reason.tell.in(terminal.language()) + "  " +
           terminal.colour(Colour::kBlue, join(reason.cites, "; ")) + "  " +
           terminal.colour(Colour::kDim, reason.rule);
}

void print_verdict(const Terminal& terminal, const law::Law& law, const gate::Verdict& verdict) {
    const Language language = terminal.language();
    const law::Words* words = law.vocabulary().answer_words(verdict.answer);
    const std::string word = words == nullptr ? verdict.answer : words->in(language);
    const Colour colour = verdict.answer == "allowed"     ? Colour::kGreen
                          : verdict.answer == "forbidden" ? Colour::kRed
                                                          : Colour::kYellow;
    const bool is_debatable = verdict.certainty == law::Certainty::kDebatable;
    terminal.print(terminal.colour(colour, word) +
                   (is_debatable ? "  " + terminal.text()("certainty.debatable") : ""));
    std::vector<std::string> reasons;
    std::vector<std::string> duties;
    std::vector<std::string> missing;
    std::vector<std::string> remedies;
    if (verdict.answer != "undetermined")
        for (const gate::VerdictReason& reason : verdict.reasons)
            reasons.push_back(reason_line(terminal, reason));
    for (const std::string& id : verdict.duties)
        duties.push_back(law.vocabulary().duty(id)->worded(verdict.channel, language));
    constexpr std::size_t kMissingShown = 8;
    for (const law::FactId id : verdict.missing) {
        if (missing.size() == kMissingShown) {
            missing.push_back(terminal.text()(
                "check.more_missing",
                {{"count", std::to_string(verdict.missing.size() - kMissingShown)}}));
            break;
        }
        missing.push_back(law.vocabulary().fact(id).words.in(language) + "  " +
                          terminal.colour(Colour::kDim, law.vocabulary().fact(id).name));
    }
    if (verdict.answer == "out_of_scope") reasons.push_back(terminal.text()("check.out_of_scope"));
    if (verdict.note) {
        missing.clear();
        reasons.push_back(terminal.text()(*verdict.note));
    }
    for (const law::Remedy& remedy : verdict.remedies)
        remedies.push_back(
            gate::worded(law, remedy, language) + "  " +
            terminal.colour(Colour::kDim,
                            terminal.text()("by." + std::string(law::name_of(remedy.by)))));
    print_block(terminal, "check.reasons", reasons);
    print_block(terminal, "check.duties", duties);
    print_block(terminal, "check.missing", missing);
    print_block(terminal, "check.remedies", remedies);
    terminal.print();
    if (verdict.changes_on)
        terminal.print(
            terminal.text()("check.changes_on", {{"day", worded(*verdict.changes_on, language)}}));
    terminal.print(terminal.colour(Colour::kDim, verdict.pack));
}

// ---- explain ------------------------------------------------------------------------------------
// The rule and what it is an exception to, up to the root.
void print_chain(const Terminal& terminal, const law::Law& law, const std::string& id, int depth,
                 std::set<std::string>& shown) {
    const std::vector<law::Rule>& rules = law.rules().rules;
    const std::string margin(static_cast<std::size_t>(2 + depth * 2), ' ');
    if (!shown.insert(id).second)
        return terminal.print(margin + terminal.colour(Colour::kDim, "↑ " + id));
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const law::Rule& rule = rules[i];
        if (rule.id != id) continue;
        terminal.print(margin + terminal.colour(Colour::kBold, rule.id) + "  " +
                       terminal.colour(Colour::kDim, rule.place.text()));
        terminal.print(margin + rule.tell.in(terminal.language()));
        terminal.print(margin + terminal.colour(Colour::kBlue, join(rule.cites, "; ")));
        const std::string period = worded_period(terminal, rule);
        if (!period.empty()) terminal.print(margin + period);
        for (const law::RuleId parent : law.rules().parents_of(static_cast<law::RuleId>(i))) {
            terminal.print(margin + terminal.text()("explain.exception_to"));
            print_chain(terminal, law, rules[parent].id, depth + 1, shown);
        }
        return;
    }
}

std::string worded_day(const Terminal& terminal, const std::string& text) {
    const auto day = parse_date(text);
    return day ? worded(*day, terminal.language()) : text;
}

void print_sources(const Terminal& terminal, const law::Law& law, const gate::Verdict& verdict) {
    std::set<std::string> ids;
    for (const auto* reasons : {&verdict.reasons, &verdict.supporting})
        for (const gate::VerdictReason& reason : *reasons)
            for (const law::Rule& rule : law.rules().rules)
                if (rule.id == reason.rule) ids.insert(rule.sources.begin(), rule.sources.end());
    std::vector<std::string> lines;
    for (const law::Pack& pack : law.packs())
        for (const auto& [id, source] : pack.sources)
            if (ids.contains(id))
                lines.push_back(
                    source.title + " — " + source.sentence.in(terminal.language()) + "  " +
                    terminal.colour(
                        Colour::kDim,
                        terminal.text()("explain.source_read",
                                        {{"day", worded_day(terminal, source.read_on)},
                                         {"grade", terminal.text()("grade." + source.grade)}})));
    print_block(terminal, "explain.sources", lines);
}

void print_facts(const Terminal& terminal, const law::Law& law, const gate::Verdict& verdict) {
    std::vector<std::string> lines;
    for (const law::Facts::Entry& entry : verdict.facts.entries()) {
        const law::Fact& fact = law.vocabulary().fact(entry.fact);
        const bool is_looked_at = !law.variables().of_fact(entry.fact).empty();
        if (is_looked_at)
            lines.push_back(
                fact.name + " = " + law::value_text(fact, entry.value) + "  " +
                terminal.colour(
                    Colour::kDim,
                    terminal.text()("from." + std::string(law::name_of(entry.supplier)))));
    }
    print_block(terminal, "explain.facts", lines);
}

// What suffices for the answer; or what to ask first, if there is none yet.
void print_reasoning(const Terminal& terminal, const law::Law& law, const gate::Verdict& verdict) {
    std::vector<std::string> enough;
    for (const law::FactId id : law::sufficient_reason(law, verdict.question, verdict.facts)) {
        const law::Fact& fact = law.vocabulary().fact(id);
        enough.push_back(fact.name + " = " + law::value_text(fact, *verdict.facts.find(id)));
    }
    print_block(terminal, "explain.enough", enough);
    const auto next = law::next_fact(law, verdict.question, verdict.facts);
    if (!next) return;
    const law::Fact& fact = law.vocabulary().fact(*next);
    print_block(
        terminal, "explain.next",
        {fact.words.in(terminal.language()) + "  " + terminal.colour(Colour::kDim, fact.name)});
}

void add_reasoning(const law::Law& law, const gate::Verdict& verdict, json::object& out) {
    json::array enough;
    for (const law::FactId id : law::sufficient_reason(law, verdict.question, verdict.facts))
        enough.emplace_back(law.vocabulary().fact(id).name);
    out["sufficient"] = std::move(enough);
    const auto next = law::next_fact(law, verdict.question, verdict.facts);
    out["next"] = next ? json::value(law.vocabulary().fact(*next).name) : json::value(nullptr);
}

// The answer about a person is itself an event of the ledger.
Result<Done> record_verdict(const law::Law& law, const Asked& asked, const gate::Verdict& verdict) {
    std::vector<ledger::Event> events;
    for (const ledger::ContactTokens& point : asked.points) {
        ledger::Event event =
            gate::verdict_event(verdict, point.strict, day_of(law, asked.request.facts));
        event.received_at = now_seconds();
        if (!asked.campaign.empty()) event.attributes.emplace("campaign", asked.campaign);
        event.key =
            "verdict-" + std::to_string(event.received_at) + "-" + ledger::content_key(event);
        events.push_back(std::move(event));
    }
    const auto store = LICET_TRY(open_ledger(*asked.workspace, false));
    LICET_TRY(store->append(events));
    return Done{};
}

}  // namespace

int run_check(const Terminal& terminal, const Common& common, const CheckOptions& options) {
    const auto law = load_law(terminal, common);
    if (!law) return exit_status::kBadInput;
    if (!options.facts_jsonl.empty()) return check_lines(terminal, *law, options.facts_jsonl);
    auto asked = asked_of(*law, terminal, common, options);
    if (!asked) {
        return fail(terminal, asked.error());
    }
    if (asked->standing) asked->request.standing = &*asked->standing;
    const auto verdict = gate::check(*law, zone_offset, asked->request);
    if (!verdict) {
        return fail(terminal, verdict.error());
    }
    // Recorded first: an answer that nobody can prove is not given.
    if (asked->workspace && !options.keeps_no_record) {
        const auto done = record_verdict(*law, *asked, *verdict);
        if (!done) return fail(terminal, done.error());
    }
    if (terminal.wants_json())
        terminal.print(json::serialize(gate::json_of(*law, *verdict, terminal.language())));
    else
        print_verdict(terminal, *law, *verdict);
    return status_of_answer(*verdict);
}

int run_explain(const Terminal& terminal, const Common& common, const CheckOptions& options) {
    const auto law = load_law(terminal, common);
    if (!law) return exit_status::kBadInput;
    auto asked = asked_of(*law, terminal, common, options);
    if (!asked) return fail(terminal, asked.error());
    if (asked->standing) asked->request.standing = &*asked->standing;
    const auto verdict = options.asks ? ask_for_facts(terminal, *law, asked->request)
                                      : gate::check(*law, zone_offset, asked->request);
    if (!verdict) return fail(terminal, verdict.error());
    if (terminal.wants_json()) {
        json::object out = gate::json_of(*law, *verdict, terminal.language());
        add_reasoning(*law, *verdict, out);
        terminal.print(json::serialize(out));
        return status_of_answer(*verdict);
    }
    print_verdict(terminal, *law, *verdict);
    terminal.print();
    const bool is_open = verdict->answer == "undetermined";
    terminal.print(terminal.colour(
        Colour::kBold, terminal.text()(is_open ? "explain.could_decide" : "explain.chain")));
    std::set<std::string> shown;
    for (const gate::VerdictReason& reason : verdict->reasons)
        print_chain(terminal, *law, reason.rule, 0, shown);
    std::vector<std::string> supporting;
    for (const gate::VerdictReason& reason : verdict->supporting)
        supporting.push_back(reason_line(terminal, reason));
    if (!is_open) print_block(terminal, "explain.supporting", supporting);
    print_reasoning(terminal, *law, *verdict);
    print_facts(terminal, *law, *verdict);
    print_sources(terminal, *law, *verdict);
    return status_of_answer(*verdict);
}

}  // namespace licet

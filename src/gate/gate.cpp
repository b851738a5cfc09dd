// SPDX-License-Identifier: Apache-2.0
#include "gate/gate.h"

#include <algorithm>

#include "law/decision.h"

namespace licet::gate {
namespace {

using law::FactId;

const law::FactValue* value_of(const law::Law& law, const law::Facts& facts,
                               std::string_view name) {
    return facts.find(law.vocabulary().find(name));
}

std::string text_of_fact(const law::Law& law, const law::Facts& facts, std::string_view name) {
    const FactId id = law.vocabulary().find(name);
    const law::FactValue* value = id == law::kNoFact ? nullptr : facts.find(id);
    return value == nullptr ? std::string{} : law::value_text(law.vocabulary().fact(id), *value);
}

VerdictReason worded(const law::Law& law, const law::Reason& reason) {
    const law::Rule& rule = law.rules().rules[reason.rule];
    return {rule.id, rule.cites, rule.tell, rule.certainty};
}

// A country for which there is no law here, or none about the question: nobody may conclude
// anything from our silence.
bool has_no_law(const law::Law& law, const Verdict& verdict) {
    const std::string country = text_of_fact(law, verdict.facts, "country");
    return !country.empty() && law.table(verdict.question) != nullptr &&
           !law.has_rules_of(country, verdict.question);
}

std::string identity_of_pack(const law::Law& law, const law::Facts& facts) {
    const law::Pack* pack = law.pack_of(text_of_fact(law, facts, "country"));
    if (pack != nullptr) return pack->identity();
    std::string all;
    for (const law::Pack& known : law.packs()) all += (all.empty() ? "" : " ") + known.identity();
    return all;
}

}  // namespace

law::Facts facts_of(const law::Law& law, const ZoneOffset& zone_offset, const Request& request) {
    law::Facts facts = request.facts;
    derive_time(law, zone_offset, facts);
    if (request.standing == nullptr) return facts;
    const law::FactValue* at = value_of(law, facts, "at");
    const Moment* moment = at == nullptr ? nullptr : std::get_if<Moment>(at);
    const std::string channel = text_of_fact(law, facts, "channel");
    std::string purpose = text_of_fact(law, facts, "purpose");
    if (!purpose.empty() && !request.aim.topic.empty()) purpose += "." + request.aim.topic;
    const ContactAct act{channel, purpose, request.aim.brand, request.aim.product_family,
                         moment == nullptr ? Date{} : moment->day};
    join_standing(law, *request.standing, act, facts);
    add_ledger_silence(law, facts);
    return facts;
}

Result<Verdict> check(const law::Law& law, const ZoneOffset& zone_offset, const Request& request,
                      Depth depth) {
    Verdict verdict;
    verdict.question = request.question;
    verdict.facts = facts_of(law, zone_offset, request);
    verdict.channel = text_of_fact(law, verdict.facts, "channel");
    verdict.at = text_of_fact(law, verdict.facts, "at");
    verdict.pack = identity_of_pack(law, verdict.facts);
    if (has_no_law(law, verdict)) {
        verdict.answer = "undetermined";
        verdict.missing.push_back(law.vocabulary().find("country"));
        verdict.note =
            Message("gate.no_law", {{"country", text_of_fact(law, verdict.facts, "country")}});
        return verdict;
    }
    const law::Decision decision = LICET_TRY(law.decide(request.question, verdict.facts));
    verdict.answer = law.vocabulary().question(request.question)->answer_name(decision.answer);
    for (const law::Reason& reason : decision.answer < 0 ? decision.deciding : decision.reasons)
        verdict.reasons.push_back(worded(law, reason));
    for (const law::Reason& reason : decision.supporting)
        verdict.supporting.push_back(worded(law, reason));
    verdict.duties = decision.duties;
    verdict.missing = decision.missing;
    verdict.certainty = decision.certainty;
    if (depth == Depth::kAnswer) return verdict;
    if (decision.answer == 0) {
        verdict.remedies = law::remedies(law, request.question, verdict.facts);
        // Asking somebody who objected for consent is prospecting too: nothing is to be tried here.
        const std::string objection = text_of_fact(law, verdict.facts, "objection");
        if (!objection.empty() && objection != "none") verdict.remedies.clear();
    }
    if (decision.answer >= 0)
        verdict.changes_on = law::changes_on(law, request.question, verdict.facts);
    return verdict;
}

ledger::Event verdict_event(const Verdict& verdict, const ledger::Token& person, Date day) {
    ledger::Event event;
    event.kind = ledger::EventKind::kVerdictGiven;
    event.person = person;
    event.happened_on = day;
    event.channel = verdict.channel;
    event.surface = "gate";
    event.attributes.emplace("verdict", verdict.answer);
    event.attributes.emplace("question", verdict.question);
    event.attributes.emplace("pack", verdict.pack);
    if (verdict.answer != "undetermined" && !verdict.reasons.empty())
        event.attributes.emplace("rule", verdict.reasons.front().rule);
    return event;
}

}  // namespace licet::gate

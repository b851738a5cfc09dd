// SPDX-License-Identifier: Apache-2.0
#include "main/consent_judge.h"

#include "gate/consent_clocks.h"
#include "gate/verdict_json.h"
#include "main/zones.h"

namespace licet {
namespace {

audit::Term term_of(const gate::Verdict& verdict) {
    if (verdict.answer == "undetermined" || verdict.reasons.empty())
        return {verdict.answer, "", {}, verdict.changes_on};
    const gate::VerdictReason& reason = verdict.reasons.front();
    return {verdict.answer, reason.rule, reason.tell, verdict.changes_on};
}

json::object verdict_json(const law::Law& law, const gate::Verdict& verdict) {
    return {{"fr", gate::json_of(law, verdict, Language::kFrench)},
            {"en", gate::json_of(law, verdict, Language::kEnglish)}};
}

// Unlike standing_of(), without refusals that came later: they were not known.
ledger::Standing known_on(const std::vector<ledger::Event>& events, Date day) {
    ledger::Standing standing;
    for (const ledger::Event& event : events)
        if (event.happened_on <= day) ledger::fold(standing, event);
    return standing;
}

}  // namespace

ConsentJudge::ConsentJudge(const law::Law& law, const Workspace& workspace,
                           const std::vector<ledger::StoredEvent>& events, law::Facts facts)
    : law_(law), workspace_(workspace), facts_(std::move(facts)) {
    for (const ledger::StoredEvent& one : events) events_.push_back(one.event);
}

Result<audit::ConsentTerms> ConsentJudge::terms(const audit::ConsentAct& act, Date day) const {
    const ledger::Standing standing = ledger::standing_of(events_, day);
    for (const ledger::StoredEvent& one : act.events) {
        const ledger::Scope scope = ledger::scope_of(one.event);
        if (one.event.kind != act.kind || scope.channel.empty()) continue;
        const auto clocks = LICET_TRY(gate::consent_clocks(
            law_, zone_offset, {{workspace_.country, &standing, day}, scope, facts_}));
        return audit::ConsentTerms{term_of(clocks.validity), term_of(clocks.retention)};
    }
    return audit::ConsentTerms{{"undetermined", "", {}, {}}, {"undetermined", "", {}, {}}};
}

Result<json::array> ConsentJudge::of_its_day(const audit::ConsentAct& act) const {
    json::array out;
    for (const ledger::StoredEvent& one : act.events) {
        const ledger::Event& event = one.event;
        const auto day = audit::day_of_choice(act, event);
        if (event.channel.empty() || !day) continue;
        const ledger::Standing standing = known_on(events_, *day);
        const auto verdict = LICET_TRY(gate::consent_verdict(
            law_, zone_offset,
            {{workspace_.country, &standing, *day}, ledger::scope_of(event), facts_}));
        out.push_back(json::object{{"event", ledger::text_of(one.place)},
                                   {"day", text_of(*day)},
                                   {"channel", event.channel},
                                   {"purpose", event.purpose},
                                   {"verdict", verdict_json(law_, verdict)}});
    }
    return out;
}

}  // namespace licet

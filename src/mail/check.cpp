// SPDX-License-Identifier: Apache-2.0
#include "mail/check.h"

#include <algorithm>
#include <array>

#include "law/decision.h"

namespace licet::mail {
namespace {

gate::VerdictReason reason_of(const law::Law& law, law::RuleId id) {
    const law::Rule& rule = law.rules().rules[id];
    return {rule.id, rule.cites, rule.tell, rule.certainty};
}

std::string_view duty_of(std::string_view finding) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kDuties = {
        {{"sender", "identify_sender"},
         {"subject", "honest_subject"},
         {"advert", "recognisable_ad"},
         {"optout", "free_optout"},
         {"stop_contact", "stop_contact"},
         {"source", "notice_with_source"},
         {"object", "right_to_object_notice"},
         {"address", "postal_address"}}};
    for (const auto& [id, duty] : kDuties)
        if (id == finding) return duty;
    return {};
}

class Checker {
  public:
    Checker(const law::Law& law, law::Facts facts) : law_(law), facts_(std::move(facts)) {}

    Result<Finding> finding(const Observation& one) const {
        Finding out;
        out.observation = one;
        if (one.is_good) return out;
        if (one.id == "third_party") return of_tracker(std::move(out));
        if (one.fact.empty()) {
            out.state = State::kAdvice;
            return out;
        }
        return of_conduct(std::move(out));
    }

  private:
    // The fact as it was seen, all other conduct presumed kept.
    Result<Finding> of_conduct(Finding out) const {
        const Observation& one = out.observation;
        law::Facts facts = facts_;
        LICET_TRY(
            law::set_fact(facts, law_.vocabulary(), one.fact, one.value, law::Supplier::kDerived));
        const law::Decision decision = LICET_TRY(law_.decide("contact", facts));
        const bool is_sure = add_broken(decision.reasons, out);
        const bool is_possible = is_sure || add_broken(decision.deciding, out);
        out.state = is_sure ? State::kBroken : is_possible ? State::kForSome : State::kAdvice;
        if (out.state == State::kForSome) out.depends_on = decision.missing;
        if (out.state == State::kAdvice && add_owed(facts, out)) out.state = State::kForSome;
        add_remedy(out);
        return out;
    }

    // Adds the rules whose conduct is broken; true if there is any.
    bool add_broken(const std::vector<law::Reason>& reasons, Finding& out) const {
        bool has_any = false;
        for (const law::Reason& reason : reasons) {
            if (!reason.is_broken) continue;
            has_any = true;
            out.reasons.push_back(reason_of(law_, reason.rule));
        }
        return has_any;
    }

    // A duty whose keeping no rule tests, such as advertising that is recognised, is owed all the
    // same where its rule surely speaks.
    bool add_owed(const law::Facts& facts, Finding& out) const {
        const std::string_view duty = duty_of(out.observation.id);
        if (duty.empty()) return false;
        const law::Codes codes = law_.variables().code(facts);
        const std::vector<law::Rule>& rules = law_.rules().rules;
        for (std::size_t i = 0; i < rules.size(); ++i) {
            const law::Rule& rule = rules[i];
            const bool has_duty =
                std::find(rule.duties.begin(), rule.duties.end(), duty) != rule.duties.end();
            if (rule.question != "contact" || !has_duty || !surely_holds(rule.guard, codes))
                continue;
            out.reasons.push_back(reason_of(law_, static_cast<law::RuleId>(i)));
            return true;
        }
        return false;
    }

    void add_remedy(Finding& out) const {
        const law::FactId id = law_.vocabulary().find(out.observation.fact);
        const law::Fact& fact = law_.vocabulary().fact(id);
        const auto words = fact.value_words.find(fact.silence_value);
        if (words != fact.value_words.end()) out.remedy = words->second;
    }

    // What others fetch or count when a message is shown is a tracker: it is put to its question.
    Result<Finding> of_tracker(Finding out) const {
        law::Facts facts;
        for (const char* name : {"at", "country"}) {
            const law::FactId id = law_.vocabulary().find(name);
            if (const law::FactValue* value = facts_.find(id)) facts.set(id, *value);
        }
        LICET_TRY(law::set_fact(facts, law_.vocabulary(), "tracker.kind", "email_pixel"));
        LICET_TRY(law::set_fact(facts, law_.vocabulary(), "tracker.active", "yes"));
        out.state = State::kAdvice;
        const auto decision = law_.decide("tracker", facts);
        if (!decision) return out;  // no law of this question here
        for (const law::Reason& reason : decision->deciding)
            if (answer_of(law_.rules().rules[reason.rule], reason.is_broken) == 0)
                out.reasons.push_back(reason_of(law_, reason.rule));
        if (out.reasons.empty()) return out;
        out.state = State::kForSome;
        out.depends_on = decision->missing;
        const law::Fact& fact = law_.vocabulary().fact(law_.vocabulary().find("tracker.consent"));
        const auto words = fact.value_words.find("given");
        if (words != fact.value_words.end()) out.remedy = words->second;
        return out;
    }

    const law::Law& law_;
    law::Facts facts_;
};

Result<law::Facts> facts_of_campaign(const law::Law& law, const gate::ZoneOffset& zone_offset,
                                     const MessageRequest& request) {
    gate::Request asked;
    for (const auto* facts : {&request.campaign.facts, &request.campaign.collection})
        for (const law::Facts::Entry& entry : facts->entries()) {
            const std::string& name = law.vocabulary().fact(entry.fact).name;
            // What the message shows goes before what was promised of it.
            if (!name.starts_with("message."))
                asked.facts.set(entry.fact, entry.value, entry.supplier);
        }
    const std::string country = request.campaign.country;
    if (!country.empty())
        LICET_TRY(law::set_fact(asked.facts, law.vocabulary(), "country", country,
                                law::Supplier::kCampaign));
    if (!request.campaign.audience.empty())
        LICET_TRY(law::set_fact(asked.facts, law.vocabulary(), "audience",
                                request.campaign.audience, law::Supplier::kCampaign));
    const law::FactId at = law.vocabulary().find("at");
    if (asked.facts.find(at) == nullptr) asked.facts.set(at, request.at, law::Supplier::kDerived);
    return gate::facts_of(law, zone_offset, asked);
}

}  // namespace

Result<std::vector<Finding>> check(const law::Law& law, const gate::ZoneOffset& zone_offset,
                                   const MessageRequest& request, const Observed& observed) {
    const law::Facts facts = LICET_TRY(facts_of_campaign(law, zone_offset, request));
    const law::FactId channel = law.vocabulary().find("channel");
    const law::FactValue* value = facts.find(channel);
    if (value == nullptr || law::value_text(law.vocabulary().fact(channel), *value) != "email")
        return error(ErrorCode::kInput, "mail.not_email");
    const Checker checker(law, facts);
    std::vector<Finding> findings;
    for (const Observation& one : observed.all) findings.push_back(LICET_TRY(checker.finding(one)));
    return findings;
}

State gravest(const std::vector<Finding>& findings) {
    State state = State::kKept;
    for (const Finding& one : findings) {
        if (one.state == State::kBroken) return State::kBroken;
        if (one.state == State::kForSome) state = State::kForSome;
    }
    return state;
}

}  // namespace licet::mail

// SPDX-License-Identifier: Apache-2.0
#include "gate/verdict_json.h"

namespace licet::gate {
namespace {

std::string words_of(const law::Law& law, const law::FactChange& change, Language language) {
    const law::Fact& fact = law.vocabulary().fact(change.fact);
    const auto words = fact.value_words.find(change.value);
    if (words != fact.value_words.end()) return words->second.in(language);
    // Dates and counts have no word for each value, but one for the act that changes them.
    const auto act = fact.value_words.find("change");
    if (!change.is_word && act != fact.value_words.end()) return act->second.in(language);
    return fact.words.in(language) + (change.is_word ? " : " + change.value : "");
}

json::array reasons_json(const std::vector<VerdictReason>& reasons, Language language) {
    json::array out;
    for (const VerdictReason& reason : reasons) {
        json::array cites;
        for (const std::string& cite : reason.cites) cites.emplace_back(cite);
        out.push_back(json::object{{"rule", reason.rule},
                                   {"cites", std::move(cites)},
                                   {"tell", reason.tell.in(language)}});
    }
    return out;
}

json::array remedies_json(const law::Law& law, const Verdict& verdict, Language language) {
    json::array out;
    for (const law::Remedy& remedy : verdict.remedies) {
        json::object change;
        for (const law::FactChange& one : remedy.changes)
            change[law.vocabulary().fact(one.fact).name] = one.value;
        out.push_back(json::object{{"change", std::move(change)},
                                   {"by", name_of(remedy.by)},
                                   {"tell", gate::worded(law, remedy, language)}});
    }
    return out;
}

}  // namespace

std::string worded(const law::Law& law, const law::Remedy& remedy, Language language) {
    return words_of(law, remedy.changes.front(), language);
}

json::object json_of(const law::Law& law, const Verdict& verdict, Language language) {
    json::array duties;
    for (const std::string& id : verdict.duties)
        duties.push_back(json::object{
            {"id", id}, {"tell", law.vocabulary().duty(id)->worded(verdict.channel, language)}});
    json::array missing;
    json::array missing_words;
    for (const law::FactId id : verdict.missing) {
        missing.emplace_back(law.vocabulary().fact(id).name);
        missing_words.emplace_back(law.vocabulary().fact(id).words.in(language));
    }
    json::object facts;
    for (const law::Facts::Entry& entry : verdict.facts.entries()) {
        const law::Fact& fact = law.vocabulary().fact(entry.fact);
        facts[fact.name] = json::object{{"value", law::value_text(fact, entry.value)},
                                        {"from", law::name_of(entry.supplier)}};
    }
    const bool is_settled = verdict.certainty == law::Certainty::kSettled;
    return json::object{
        {"verdict", verdict.answer},
        {"question", verdict.question},
        {"at", verdict.at},
        {"reasons", reasons_json(verdict.reasons, language)},
        {"duties", std::move(duties)},
        {"missing", std::move(missing)},
        {"missing_tell", std::move(missing_words)},
        {"remedies", remedies_json(law, verdict, language)},
        {"certainty", is_settled ? "settled" : "debatable"},
        {"holds_until", verdict.changes_on ? json::value(text_of(*verdict.changes_on)) : nullptr},
        {"note", verdict.note ? json::value(verdict.note->id) : nullptr},
        {"pack", verdict.pack},
        {"facts", std::move(facts)}};
}

}  // namespace licet::gate

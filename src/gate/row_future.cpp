// SPDX-License-Identifier: Apache-2.0
//
// On which day something else would be said of a row. The days after that of the act are decided as
// the day itself was: the campaign's facts are made anew for each (hour and weekday where the
// person is, holidays, ages), the row's own facts are laid over them. Rows that are alike on all
// these days are looked at once.
#include <algorithm>

#include "gate/row_gate.h"
#include "gate/verdict_json.h"

namespace licet::gate {
namespace {

constexpr std::chrono::days kCallsCounted{30};  // calls.last_30_days: this day and those before

// A remedy is more than its words: what is not said is not compared.
bool is_same(const law::Law& law, const law::Remedy& one, const law::Remedy& other) {
    return one.by == other.by &&
           worded(law, one, Language::kFrench) == worded(law, other, Language::kFrench) &&
           worded(law, one, Language::kEnglish) == worded(law, other, Language::kEnglish);
}

// All that a list shows of a verdict.
bool says_the_same(const law::Law& law, const Verdict& one, const Verdict& other) {
    if (&one == &other) return true;
    return one.answer == other.answer && one.certainty == other.certainty &&
           one.duties == other.duties && one.missing == other.missing &&
           std::equal(
               one.reasons.begin(), one.reasons.end(), other.reasons.begin(), other.reasons.end(),
               [](const VerdictReason& a, const VerdictReason& b) { return a.rule == b.rule; }) &&
           std::equal(one.remedies.begin(), one.remedies.end(), other.remedies.begin(),
                      other.remedies.end(), [&](const law::Remedy& a, const law::Remedy& b) {
                          return is_same(law, a, b);
                      });
}

}  // namespace

void RowGate::look_ahead(int days) {
    days_ahead_ = days;
    later_bases_.clear();
    changes_.clear();
    last_row_ = nullptr;
    changes_on_.reset();
}

const std::vector<RowGate::Base>& RowGate::later_bases(const BaseKey& key) {
    std::vector<Base>& bases = later_bases_[key];
    for (int i = static_cast<int>(bases.size()) + 1; i <= days_ahead_; ++i)
        bases.push_back(base_at(key, Moment{act_at_.day + std::chrono::days{i}, act_at_.clock}));
    return bases;
}

// After a row was decided: `row_`, `codes_` and `key_` are its own.
std::optional<Date> RowGate::change_of_facts(const BaseKey& key, const Verdict& now) {
    const std::vector<Base>& bases = later_bases(key);
    std::string alike = key_;
    const auto add = [&](const auto& value) {
        alike.append(reinterpret_cast<const char*>(&value), sizeof value);
    };
    const Base* first = bases.data();
    add(first);
    // An age only grows: if it has the same code on the last day, it has it on all. A day that is
    // still to come has none yet.
    row_.set_base(&bases.back().facts);
    law::Codes codes = codes_;
    for (const law::Facts::Entry& entry : row_.entries()) {
        const Moment* moment = std::get_if<Moment>(&entry.value);
        if (moment == nullptr) continue;
        law_.variables().recode(row_, entry.fact, codes);
        const auto variables = law_.variables().of_fact(entry.fact);
        const bool moves =
            moment->day >= act_at_.day - std::chrono::days{1} ||  // it may be tomorrow there
            std::any_of(variables.begin(), variables.end(),
                        [&](law::VarId id) { return codes[id] != codes_[id]; });
        if (!moves) continue;
        add(entry.fact);
        add(moment->day);
    }
    constexpr std::size_t kMostKept = 50'000;
    if (changes_.size() >= kMostKept) changes_.clear();
    const auto [place, is_new] = changes_.try_emplace(std::move(alike));
    if (!is_new) return place->second;
    for (std::size_t i = 0; i < bases.size() && !place->second; ++i) {
        row_.set_base(&bases[i].facts);
        codes = bases[i].codes;
        for (const law::Facts::Entry& entry : row_.entries())
            law_.variables().recode(row_, entry.fact, codes);
        if (!says_the_same(law_, now, answer(codes, key, bases[i])))
            place->second = act_at_.day + std::chrono::days{static_cast<int>(i) + 1};
    }
    return place->second;
}

// What the standing itself says otherwise on a later day: an objection that ends, an attempt to
// call that is no longer counted.
std::optional<Date> RowGate::change_of(const ledger::Standing& standing) const {
    std::optional<Date> out;
    const auto add = [&](Date day) {
        const bool is_ahead =
            day > act_at_.day && day <= act_at_.day + std::chrono::days{days_ahead_};
        if (is_ahead && (!out || day < *out)) out = day;
    };
    for (const auto& [scope, objection] : standing.objections)
        if (objection.until) add(*objection.until + std::chrono::days{1});
    for (const auto& [key, day] : standing.call_attempts) {
        add(day);
        add(day + kCallsCounted);
    }
    if (standing.informed_on) add(*standing.informed_on);
    return out;
}

}  // namespace licet::gate

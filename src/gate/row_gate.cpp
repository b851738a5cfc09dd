// SPDX-License-Identifier: Apache-2.0
#include "gate/row_gate.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace licet::gate {
namespace {

constexpr std::string_view kQuestion = "contact";

std::string text_of_fact(const law::Law& law, const law::Facts& facts, std::string_view name) {
    const law::FactId id = law.vocabulary().find(name);
    const law::FactValue* value = id == law::kNoFact ? nullptr : facts.find(id);
    return value == nullptr ? std::string{} : law::value_text(law.vocabulary().fact(id), *value);
}

std::array<std::int32_t, 4> days_key(const ContactDays& days) {
    const auto number = [](const std::optional<Date>& day) {
        return day ? static_cast<std::int32_t>(day->time_since_epoch().count()) : INT32_MIN;
    };
    return {number(days.last_purchase), number(days.last_activity), number(days.created),
            number(days.opt_in_date)};
}

std::optional<Date> earlier(const std::optional<Date>& one, const std::optional<Date>& other) {
    if (!one || !other) return one ? one : other;
    return std::min(*one, *other);
}

}  // namespace

std::size_t RowKind::DaysHash::operator()(const Days& days) const noexcept {
    std::uint64_t hash = 0;
    for (const std::int32_t day : days) {
        hash = (hash ^ static_cast<std::uint32_t>(day)) * 0x9E3779B97F4A7C15U;
        hash ^= hash >> 32U;
    }
    return hash;
}

RowGate::RowGate(const law::Law& law, const Campaign& campaign, const Reference& reference,
                 ZoneOffset zone_offset, const Moment& at)
    : law_(law),
      campaign_(campaign),
      table_(law.table(kQuestion)),
      contact_facts_(law, campaign, reference),
      zone_offset_(std::move(zone_offset)),
      at_(at),
      channel_(text_of_fact(law, campaign.facts, "channel")),
      purpose_(text_of_fact(law, campaign.facts, "purpose") +
               (campaign.aim.topic.empty() ? "" : "." + campaign.aim.topic)) {
    LICET_ENSURE(table_ != nullptr);
    const law::FactValue* given = campaign.facts.find(law.vocabulary().find("at"));
    const Moment* moment = given == nullptr ? nullptr : std::get_if<Moment>(given);
    act_at_ = moment == nullptr ? at : *moment;
}

RowGate::Base RowGate::base_at(const BaseKey& key, const Moment& at) const {
    Base base;
    const law::Vocabulary& words = law_.vocabulary();
    base.facts = campaign_.facts;
    if (!key.has_other_origin)
        for (const law::Facts::Entry& entry : campaign_.collection.entries())
            base.facts.set(entry.fact, entry.value, entry.supplier);
    const law::FactId at_id = words.find("at");
    base.facts.set(at_id, at, base.facts.supplier_of(at_id));
    if (!key.place.country.empty())
        std::ignore = law::set_fact(base.facts, words, "country", key.place.country);
    if (!key.place.region.empty())
        std::ignore =
            law::set_fact(base.facts, words, "region", key.place.region, law::Supplier::kDerived);
    derive_time(law_, zone_offset_, base.facts);
    // What rows say themselves must not be silenced here: the silence lies below it.
    add_ledger_silence(law_, base.facts);
    base.codes = law_.variables().code(base.facts);
    base.has_law = law_.pack_of(key.place.country) != nullptr;
    return base;
}

const RowGate::PlacedBase& RowGate::base_of(const BaseKey& key) {
    const auto found = bases_.find(key);
    return found != bases_.end() ? *found : *bases_.emplace(key, base_at(key, act_at_)).first;
}

RowKind RowGate::kind_of(const Contact& contact) {
    const BaseKey key{contact_facts_.place_of(contact), contact_facts_.has_other_origin(contact)};
    const PlacedBase& base = base_of(key);
    RowKind kind;
    kind.base_ = &base;
    kind.facts_.set_base(&base.second.facts);
    contact_facts_.add(contact, kind.facts_);
    kind.codes_ = base.second.codes;
    for (const law::Facts::Entry& entry : kind.facts_.entries())
        law_.variables().recode(kind.facts_, entry.fact, kind.codes_);
    law::Facts row = kind.facts_;
    contact_facts_.change_days(contact, row, changed_);
    kind.has_days_ = !changed_.empty();
    return kind;
}

void RowGate::add_form(const ledger::ContactPoint* email, const ledger::ContactPoint* phone,
                       std::string& out) const {
    if (email != nullptr) out += contact_facts_.form_of(*email);
    out += '\0';
    if (phone == nullptr) return;
    const ledger::PhoneFacts line = ledger::facts_of_phone(phone->strict.bytes);
    out += static_cast<char>('0' + static_cast<int>(line.line));
    out.append(line.region).append(1, '\0');
}

const Verdict& RowGate::decide(const Contact& contact, const ledger::Standing* standing) {
    kind_ = kind_of(contact);
    return decide(kind_, contact, standing);
}

const Verdict& RowGate::decide(RowKind& kind, const ContactDays& days,
                               const ledger::Standing* standing) {
    if (standing != nullptr) return decide_anew(kind, days, standing);
    if (kind.looked_ahead_ != days_ahead_) kind.said_.clear();
    kind.looked_ahead_ = days_ahead_;
    const RowKind::Days key = kind.has_days_ ? days_key(days) : RowKind::Days{};
    const auto found = kind.said_.find(key);
    if (found != kind.said_.end()) {
        last_row_ = &kind.facts_;  // as far as anybody asks: its days are another row's
        changes_on_ = found->second.changes_on;
        return *found->second.verdict;
    }
    const Verdict& verdict = decide_anew(kind, days, nullptr);
    constexpr std::size_t kMostSaid = 4096;
    if (kind.said_.size() < kMostSaid)
        kind.said_.emplace(key, RowKind::Said{&verdict, changes_on_});
    return verdict;
}

const Verdict& RowGate::decide_anew(const RowKind& kind, const ContactDays& days,
                                    const ledger::Standing* standing) {
    const auto& [key, base] = *static_cast<const PlacedBase*>(kind.base_);
    last_row_ = &row_;
    row_ = kind.facts_;
    if (kind.has_days_) contact_facts_.change_days(days, row_, changed_);
    if (standing != nullptr) {
        const law::FactValue* at = row_.find(law_.variables().at());
        const Moment* moment = at == nullptr ? nullptr : std::get_if<Moment>(at);
        join_standing(law_, *standing,
                      {channel_, purpose_, campaign_.aim.brand, campaign_.aim.product_family,
                       moment == nullptr ? at_.day : moment->day},
                      row_);
        codes_ = base.codes;
        for (const law::Facts::Entry& entry : row_.entries())
            law_.variables().recode(row_, entry.fact, codes_);
    } else {
        codes_ = kind.codes_;
        if (kind.has_days_)
            for (const law::FactId id : changed_) law_.variables().recode(row_, id, codes_);
    }
    const Verdict& verdict = answer(codes_, key, base);
    if (days_ahead_ > 0) {
        changes_on_ = change_of_facts(key, verdict);
        row_.set_base(&base.facts);
        if (standing != nullptr) changes_on_ = earlier(changes_on_, change_of(*standing));
    }
    return verdict;
}

const Verdict& RowGate::answer(const law::Codes& codes, const BaseKey& key, const Base& base) {
    key_.resize(table_->used.size());
    for (std::size_t i = 0; i < key_.size(); ++i)
        key_[i] = static_cast<char>(codes[table_->used[i]]);
    // Countries without law here look alike in codes but are not.
    if (!base.has_law) key_ += key.place.country;
    const auto found = by_codes_.find(key_);
    if (found != by_codes_.end()) return *found->second;
    Request request;
    request.aim = campaign_.aim;
    for (const law::Facts::Entry& entry : base.facts.entries())
        request.facts.set(entry.fact, entry.value, entry.supplier);
    for (const law::Facts::Entry& entry : row_.entries())
        request.facts.set(entry.fact, entry.value, entry.supplier);
    auto verdict = check(law_, zone_offset_, request);
    LICET_ENSURE(verdict.has_value());  // the table exists: check() has nothing else to fail at
    // What differs between rows that are alike is not theirs in common.
    verdict->changes_on.reset();
    law::Facts facts = std::exchange(verdict->facts, {});
    verdicts_.push_back(*std::move(verdict));
    by_codes_.emplace(key_, &verdicts_.back());
    grounds_[&verdicts_.back()].facts = std::move(facts);
    return verdicts_.back();
}

const std::vector<Action>& RowGate::actions_of(const Verdict& verdict) {
    Ground& ground = grounds_[&verdict];
    if (!ground.actions) ground.actions = actions_for(law_, ground.facts, verdict);
    return *ground.actions;
}

std::size_t RowGate::word_of(law::FactId fact) const {
    const law::FactValue* value = last_row_ == nullptr ? nullptr : last_row_->find(fact);
    const law::Word* word = value == nullptr ? nullptr : std::get_if<law::Word>(value);
    return word == nullptr ? law_.vocabulary().fact(fact).values.size() : word->index;
}

}  // namespace licet::gate

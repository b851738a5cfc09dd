// SPDX-License-Identifier: Apache-2.0
#include "law/facts.h"

#include <algorithm>

#include "base/text.h"

namespace licet::law {
namespace {

bool is_key(std::string_view text) {
    return !text.empty() &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == text.npos;
}

Error expected(const Fact& fact, std::string_view text, std::string_view form) {
    return error(
        ErrorCode::kInput, "fact.bad_value",
        {{"name", fact.name}, {"value", std::string(text)}, {"expected", std::string(form)}});
}

Result<FactValue> parse_time(const Fact& fact, std::string_view text) {
    const auto parts = split(text, ':');
    const auto hour = whole_number(parts[0]);
    const auto minute = parts.size() == 2 ? whole_number(parts[1]) : std::nullopt;
    const bool is_of_a_day =
        hour && minute && *minute <= 59 && (*hour < 24 || (*hour == 24 && *minute == 0));
    if (!is_of_a_day) return expected(fact, text, "hh:mm");
    return FactValue{Count{*hour * 60 + *minute}};
}

}  // namespace

std::string_view name_of(Supplier supplier) {
    switch (supplier) {
        case Supplier::kRequest:
            return "request";
        case Supplier::kCampaign:
            return "campaign";
        case Supplier::kLedger:
            return "ledger";
        case Supplier::kDerived:
            return "derived";
    }
    return "";
}

Result<FactValue> parse_value(const Fact& fact, std::string_view text) {
    switch (fact.type) {
        case FactType::kBool:
        case FactType::kEnum: {
            const auto found = std::find(fact.values.begin(), fact.values.end(), text);
            if (found == fact.values.end()) return expected(fact, text, join(fact.values, " "));
            return FactValue{Word{static_cast<std::uint16_t>(found - fact.values.begin())}};
        }
        case FactType::kCount: {
            const auto number = whole_number(text);
            if (!number) return expected(fact, text, "0, 1, 2…");
            return FactValue{Count{*number}};
        }
        case FactType::kTime:
            return parse_time(fact, text);
        case FactType::kKey:
            if (!is_key(text)) return expected(fact, text, "a-z 0-9 _ -");
            return FactValue{Key{std::string(text)}};
        case FactType::kDate:
        case FactType::kMoment: {
            if (text == "never") return FactValue{Never{}};
            auto moment = parse_moment(text);
            const bool is_wrong_form =
                !moment || (fact.type == FactType::kDate && moment->clock.has_value());
            if (is_wrong_form && moment.has_value()) return expected(fact, text, "2026-11-23");
            if (is_wrong_form && moment.error().message.id == "date.no_such_day")
                return error(ErrorCode::kInput, "fact.no_such_day",
                             {{"name", fact.name}, {"value", std::string(text)}});
            if (is_wrong_form)
                return expected(fact, text,
                                fact.type == FactType::kDate
                                    ? "2026-11-23, never"
                                    : "2026-11-23, 2026-11-23T11:05+01:00, never");
            return FactValue{*moment};
        }
    }
    return expected(fact, text, "");
}

std::string value_text(const Fact& fact, const FactValue& value) {
    if (const auto* word = std::get_if<Word>(&value)) return fact.values.at(word->index);
    if (const auto* count = std::get_if<Count>(&value)) {
        if (fact.type != FactType::kTime) return std::to_string(count->number);
        const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
        return two(count->number / 60) + ":" + two(count->number % 60);
    }
    if (const auto* key = std::get_if<Key>(&value)) return key->text;
    if (const auto* moment = std::get_if<Moment>(&value)) return text_of(*moment);
    return std::holds_alternative<Never>(value) ? "never" : "any";
}

void Facts::set(FactId fact, FactValue value, Supplier supplier) {
    const auto place = std::lower_bound(entries_.begin(), entries_.end(), fact,
                                        [](const Entry& e, FactId id) { return e.fact < id; });
    if (place != entries_.end() && place->fact == fact)
        *place = {fact, std::move(value), supplier};
    else
        entries_.insert(place, {fact, std::move(value), supplier});
}

void Facts::erase(FactId fact) {
    std::erase_if(entries_, [fact](const Entry& entry) { return entry.fact == fact; });
}

const Facts::Entry* Facts::entry_of(FactId fact) const {
    const auto place = std::lower_bound(entries_.begin(), entries_.end(), fact,
                                        [](const Entry& e, FactId id) { return e.fact < id; });
    if (place != entries_.end() && place->fact == fact) return &*place;
    return base_ == nullptr ? nullptr : base_->entry_of(fact);
}

const FactValue* Facts::find(FactId fact) const {
    const Entry* entry = entry_of(fact);
    return entry == nullptr ? nullptr : &entry->value;
}

Supplier Facts::supplier_of(FactId fact) const {
    const Entry* entry = entry_of(fact);
    return entry == nullptr ? Supplier::kRequest : entry->supplier;
}

Result<Done> set_fact(Facts& facts, const Vocabulary& vocabulary, std::string_view name,
                      std::string_view text, Supplier supplier) {
    const FactId id = vocabulary.find(name);
    if (id == kNoFact) {
        const std::string near = vocabulary.nearest_fact(name);
        if (near.empty())
            return error(ErrorCode::kInput, "fact.unknown", {{"name", std::string(name)}});
        return error(ErrorCode::kInput, "fact.unknown_near",
                     {{"name", std::string(name)}, {"near", near}});
    }
    facts.set(id, LICET_TRY(parse_value(vocabulary.fact(id), text)), supplier);
    return Done{};
}

Result<Done> set_background(Facts& facts, const Vocabulary& vocabulary, std::string_view name,
                            Supplier supplier) {
    const Background* background = vocabulary.background(name);
    if (background == nullptr) {
        std::vector<std::string> names;
        for (const Background& known : vocabulary.backgrounds()) names.push_back(known.name);
        return error(ErrorCode::kInput, "fact.unknown_background",
                     {{"name", std::string(name)}, {"known", join(names, " ")}});
    }
    for (const auto& [fact, text] : background->facts)
        facts.set(fact, LICET_TRY(parse_value(vocabulary.fact(fact), text)), supplier);
    return Done{};
}

}  // namespace licet::law

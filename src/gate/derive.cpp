// SPDX-License-Identifier: Apache-2.0
#include "gate/derive.h"

#include <array>

namespace licet::gate {
namespace {

using law::FactId;
using law::Facts;
using law::kNoFact;

std::string key_of(const law::Law& law, const Facts& facts, std::string_view name) {
    const law::FactValue* value = facts.find(law.vocabulary().find(name));
    const law::Key* key = value == nullptr ? nullptr : std::get_if<law::Key>(value);
    return key == nullptr ? std::string{} : key->text;
}

void add(const law::Law& law, Facts& facts, std::string_view name, law::FactValue value) {
    const FactId id = law.vocabulary().find(name);
    if (id != kNoFact && facts.find(id) == nullptr)
        facts.set(id, std::move(value), law::Supplier::kDerived);
}

Moment at_the_recipient(const Moment& at, const law::Calendar& calendar, std::string_view region,
                        const ZoneOffset& zone_offset) {
    const std::int64_t utc = utc_minutes(at);
    const auto offset = zone_offset(calendar.zone_of(region), utc);
    if (!offset) return at;
    const std::int64_t local = utc + *offset;
    const std::int64_t day = local >= 0 ? local / 1440 : (local - 1439) / 1440;
    return Moment{Date{std::chrono::days{day}},
                  Moment::Clock{static_cast<int>(local - day * 1440), *offset}};
}

}  // namespace

void derive_time(const law::Law& law, const ZoneOffset& zone_offset, Facts& facts) {
    const FactId at_id = law.vocabulary().find("at");
    const law::FactValue* value = facts.find(at_id);
    const Moment* given = value == nullptr ? nullptr : std::get_if<Moment>(value);
    if (given == nullptr) return;
    Moment at = *given;
    const law::Calendar* calendar = law.calendar_of(key_of(law, facts, "country"));
    if (calendar != nullptr && at.clock) {
        at = at_the_recipient(at, *calendar, key_of(law, facts, "region"), zone_offset);
        facts.set(at_id, at, facts.supplier_of(at_id));
    }
    // Without a calendar nothing tells the recipient's clock from the caller's.
    if (at.clock && calendar != nullptr)
        add(law, facts, "local_time", law::Count{at.clock->minute_of_day});
    const FactId weekday = law.vocabulary().find("weekday");
    if (weekday != kNoFact) {
        static constexpr std::array<std::string_view, 7> kNames = {"sun", "mon", "tue", "wed",
                                                                   "thu", "fri", "sat"};
        const unsigned index = std::chrono::weekday{at.day}.c_encoding();
        auto word = law::parse_value(law.vocabulary().fact(weekday), kNames.at(index));
        if (word) add(law, facts, "weekday", *word);
    }
    if (calendar != nullptr)
        add(law, facts, "public_holiday",
            law::Word{static_cast<std::uint16_t>(calendar->is_holiday(at.day) ? 1 : 0)});
}

void add_ledger_silence(const law::Law& law, Facts& facts) {
    const std::vector<law::Fact>& all = law.vocabulary().facts();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto id = static_cast<FactId>(i);
        if (all[i].silence != law::Silence::kLedger || facts.find(id) != nullptr) continue;
        auto value = law::parse_value(all[i], all[i].silence_value);
        if (value) facts.set(id, *value, law::Supplier::kLedger);
    }
}

}  // namespace licet::gate

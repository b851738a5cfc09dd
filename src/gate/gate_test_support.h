// SPDX-License-Identifier: Apache-2.0
//
// What the tests of the gate share: a clock without a time zone database, the lists of reference,
// and facts read back as text.
#pragma once

#include "gate/contact.h"
#include "gate/derive.h"
#include "law/law_test_support.h"
#include "ledger/identity.h"

namespace licet::gate::test {

using law::test::real_law;

/// Europe/Paris with its summer time of 2026, and some overseas; no other zone exists.
inline std::optional<int> offset_of(std::string_view zone, std::int64_t utc_minutes) {
    if (zone == "Indian/Reunion") return 240;
    if (zone == "America/Martinique") return -240;
    if (zone == "Pacific/Noumea") return 660;
    if (zone != "Europe/Paris") return std::nullopt;
    const auto minutes = [](std::string_view day) {
        return std::int64_t{parse_date(day).value().time_since_epoch().count()} * 1440 + 60;
    };
    const bool is_summer =
        utc_minutes >= minutes("2026-03-29") && utc_minutes < minutes("2026-10-25");
    return is_summer ? 120 : 60;
}

inline const Reference& reference() {
    const auto text = [](const char* name) {
        return law::test::text_of_file(std::string(LICET_SOURCE_DIR) + "/src/gate/reference/" +
                                       name);
    };
    static const Reference kReference(text("free_mail_domains.txt"),
                                      text("generic_local_parts.txt"), text("regions.txt"),
                                      text("origins.txt"));
    return kReference;
}

inline law::Facts facts_of(std::string_view text) { return law::test::facts_of(real_law(), text); }

/// The value of a fact as text; "?" if it is unknown.
inline std::string text_of(const law::Facts& facts, std::string_view name) {
    const law::FactId id = real_law().vocabulary().find(name);
    LICET_ENSURE(id != law::kNoFact);
    const law::FactValue* value = facts.find(id);
    return value == nullptr ? "?" : law::value_text(real_law().vocabulary().fact(id), *value);
}
inline std::string supplier_of(const law::Facts& facts, std::string_view name) {
    return std::string(law::name_of(facts.supplier_of(real_law().vocabulary().find(name))));
}

inline Campaign campaign_of(std::string_view toml) {
    Read<Campaign> read = read_campaign(real_law(), toml, "c.toml");
    LICET_ENSURE(read.is_clean());
    return std::move(read.value);
}

inline Date day(std::string_view text) { return parse_date(text).value(); }

}  // namespace licet::gate::test

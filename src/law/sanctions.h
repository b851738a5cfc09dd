// SPDX-License-Identifier: Apache-2.0
//
// What a breach may cost, and what it has cost others.
//
//     packs/fr/sanctions.md   breach of | body fr | body en | from | until | person | company |
//                             turnover | grade
//                             decision | on | against | amount | annulled | rules | fr | en | grade
//
// A ceiling belongs to sources, so that it stands behind every rule that rests on them; a decision
// belongs to the rules whose breach it punished. Amounts are whole euros. Neither is an estimate of
// what a body would impose: that depends on gravity, conduct and means (GDPR art. 83(2)).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "law/vocabulary.h"

namespace licet::law {

/// The most that one body may impose for a breach of some sources.
struct Ceiling {
    /// ids in sources.md; with an article, "gdpr 28", for it alone; without, for all those that no
    /// ceiling names
    std::vector<std::string> sources;
    Words body;
    std::string from;                    ///< first day; empty = always
    std::string until;                   ///< first day no longer; empty = open
    std::optional<std::int64_t> person;  ///< natural persons, euros
    std::int64_t company = 0;            ///< legal persons, euros
    int turnover_percent = 0;            ///< of worldwide annual turnover, if that is higher
    std::string grade;                   ///< as of a source
    std::string place;                   ///< "fr/sanctions.md:12:1"

    [[nodiscard]] bool is_in_force(Date day) const;
    /// Gives the most for a legal person: the amount, or the share of `turnover` if higher. Euros.
    [[nodiscard]] std::int64_t for_company(std::optional<std::int64_t> turnover) const;
};

/// A decision that was taken against somebody.
struct PastSanction {
    std::string reference;  ///< "CNIL SAN-2024-004"
    std::string on;
    std::string against;
    std::optional<std::int64_t> amount;  ///< euros; nothing if it was not published
    std::string annulled;                ///< the day a court annulled it, if one did
    std::vector<std::string> rules;      ///< whose breach it punished
    Words lesson;
    std::string grade;
    std::string place;  ///< "fr/sanctions.md:12:1"
};

/// All that one pack knows of sanctions.
struct Sanctions {
    std::vector<Ceiling> ceilings;
    std::vector<PastSanction> decisions;
};

/// Reads the tables of sanctions.md. Every fault is reported: columns, days, amounts, grades.
[[nodiscard]] Read<Sanctions> read_sanctions(const SourceFile& file);

}  // namespace licet::law

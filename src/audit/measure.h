// SPDX-License-Identifier: Apache-2.0
//
// What licet answers by itself: numbers of the ledger and of the registers, turned into answers.
//
//     Statistics (statistics.h) ─┐
//     Book, with verdicts        ├─► Measurement: question, answer, why in words and numbers
//     Profile, days of the law   ┘
//
// A question of the questionnaire names its measurement (`auto: ledger.objection_latency`). Where
// licet sees all there is, a measurement answers; where it sees a part, it can only show a fault
// (Measurement::is_ceiling). Where it has seen nothing there is no measurement: no contact at all
// is no proof of good ones.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "audit/book.h"
#include "audit/score.h"
#include "audit/statistics.h"
#include "law/law.h"

namespace licet::audit {

/// The law of one day, as the audit asks it.
class LawDay {
  public:
    LawDay(const law::Law& law, Date day) : law_(law), day_(day) {}
    [[nodiscard]] bool is_in_force(std::string_view rule) const;
    /// Gives the first day of the rule that is in force; nothing if it always was.
    [[nodiscard]] std::optional<Date> start_of(std::string_view rule) const;
    [[nodiscard]] const law::Rule* rule(std::string_view id) const;
    /// Those of the rules that are in force, in the order of `ids`.
    [[nodiscard]] std::vector<const law::Rule*> in_force_of(
        const std::vector<std::string>& ids) const;
    [[nodiscard]] const law::Law& law() const { return law_; }
    [[nodiscard]] Date day() const { return day_; }

  private:
    const law::Law& law_;
    Date day_;
};

/// By kind of document: how many published ones are in force, of how many.
using PublishedShares = std::map<std::string, Share, std::less<>>;

struct MeasureInput {
    const Questionnaire& questionnaire;
    const Statistics& statistics;
    const Book& book;
    /// Answers of the question `transfer`, by processor: "allowed", "forbidden", "undetermined".
    const std::map<std::string, std::string, std::less<>>& transfers;
    const PublishedShares& papers;
    const Profile& profile;
    const LawDay& law;
    Date today;
};

/// Gives all measurements that can be made, in the order of the questionnaire.
[[nodiscard]] std::vector<Measurement> measurements_of(const MeasureInput& input);

/// Says which rules a questionnaire names that no pack has. Errors: kInput
/// ("questionnaire.no_such").
[[nodiscard]] std::vector<Error> unknown_rules(const Questionnaire& questionnaire,
                                               const law::Law& law);

/// True if the entry of a processor says all that the register must have.
[[nodiscard]] bool is_complete(const BookEntry& processor);

/// The facts of the question `transfer` that the register knows of a processor. `home`: country of
/// the workspace. Errors: those of law::set_fact.
[[nodiscard]] Result<law::Facts> transfer_facts(const law::Law& law, const BookEntry& processor,
                                                std::string_view home, Date day);

}  // namespace licet::audit

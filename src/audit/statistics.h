// SPDX-License-Identifier: Apache-2.0
//
// What one pass over the ledger tells about a company's practice, as numbers.
//
//     every event, partition by partition ──► StatisticsFolder ──► Statistics ──► measure.h
//
// Only the persons of one partition are in memory at a time, a few dates each; what comes out names
// nobody. Nothing here judges: what a number means for an answer is measure.h's matter, and where
// a limit lies is the questionnaire's.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "audit/questionnaire.h"
#include "base/date.h"
#include "ledger/event.h"
#include "ledger/suppression.h"

namespace licet::audit {

/// How many of how many.
struct Share {
    std::uint64_t part = 0;
    std::uint64_t whole = 0;
};

/// Where somebody's data came from, what was asked to contact them by, and the verdict.
struct Flow {
    std::string origin;  ///< empty: unknown
    std::string channel;
    std::string verdict;
    auto operator<=>(const Flow&) const = default;
};

/// All but the totals are about the window of MeasureLimits.
struct Statistics {
    std::uint64_t events = 0;
    std::uint64_t persons = 0;        ///< without those of whom nothing but a refusal is known
    std::uint64_t suppressions = 0;   ///< of the suppression list
    std::vector<int> objection_days;  ///< from the objection to its being recorded, ascending
    Share sources;                    ///< persons whose origin is known
    std::uint64_t contacts = 0;
    std::uint64_t contacts_unchecked = 0;  ///< neither verdict nor screening before
    std::uint64_t contacts_after_objection = 0;
    std::vector<Date> messages_without_consent;  ///< e-mail, text, automated call; no customer
    std::vector<Date> calls_without_consent;
    std::vector<Date> calls_without_register;  ///< none consulted within a month before
    std::uint64_t calls = 0;
    std::uint64_t calls_after_refusal = 0;
    std::uint64_t consents = 0;  ///< to messages
    std::uint64_t consents_without_proof = 0;
    std::map<std::string, std::uint64_t>
        consent_fields;  ///< option of the questionnaire -> how many
    std::uint64_t phone_consents = 0;
    std::map<std::string, std::uint64_t> phone_fields;
    int oldest_months = -1;     ///< since the last act of a prospect, begun ones too; -1: none
    std::uint64_t too_old = 0;  ///< prospects beyond `most_months`
    std::map<int, std::uint64_t> prospect_months;  ///< months as `oldest_months` -> how many
    int most_months = 0;
    std::map<Flow, std::uint64_t> flows;  ///< verdicts of the gate
    Share informed_late;        ///< of persons whose data came from others: told late or never
    Share requests_late;           ///< of requests about data, without those that were extended
    std::uint64_t notices = 0;
    std::optional<Date> newest_notice;
    std::optional<Date> newest_purge;
    std::uint64_t registers_checked = 0;
};

class StatisticsFolder {
  public:
    /// `most_months`: how old a prospect may be, as the questionnaire's threshold has it.
    StatisticsFolder(Date today, const MeasureLimits& limits, int most_months);
    ~StatisticsFolder();
    StatisticsFolder(const StatisticsFolder&) = delete;
    StatisticsFolder& operator=(const StatisticsFolder&) = delete;

    /// Events of one partition must come together, as ReadStore::for_each hands them over.
    void add(const ledger::Event& event);
    void add(const ledger::Suppression& suppression);
    /// Nothing can be added afterwards.
    [[nodiscard]] Statistics finish();

  private:
    struct Persons;
    void close_partition();
    Date today_;
    MeasureLimits limits_;
    int most_months_;
    Date window_;
    Statistics out_;
    std::vector<Date> unchecked_;  // contacts without a verdict
    std::vector<Date> screenings_;
    std::unique_ptr<Persons> persons_;
};

}  // namespace licet::audit

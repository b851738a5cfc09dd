// SPDX-License-Identifier: Apache-2.0
//
// The gate for lists: the same answers as check(), for a million rows.
//
//     place, origin ──► base facts and codes, made once ─┐
//     row, standing ──► a few facts over them ───────────┴─► codes ─► answer, made once per code
//
// Rows that look alike to the law are alike to the law: each distinct vector of codes is decided
// and worded once. A row costs what it changes.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "gate/contact.h"
#include "gate/gate.h"

namespace licet::gate {

/// Threads: one object per thread.
class RowGate {
  public:
    /// `at` is the moment of the act if the campaign names none. All references must outlive this.
    RowGate(const law::Law& law, const Campaign& campaign, const Reference& reference,
            ZoneOffset zone_offset, const Moment& at);

    /// Decides one row. `standing` is null if the ledger knows nothing of the person; the ledger
    /// was consulted all the same. The verdict lives as long as this object and is the same object
    /// for rows that are alike; what may differ between them (facts, the day of change) is left out
    /// of it.
    [[nodiscard]] const Verdict& decide(const Contact& contact, const ledger::Standing* standing);

    /// Index of the word that a fact of the row decided last has; the number of its words if
    /// unknown.
    [[nodiscard]] std::size_t word_of(law::FactId fact) const;

    [[nodiscard]] std::size_t distinct_answers() const { return verdicts_.size(); }

  private:
    struct Base {
        law::Facts facts;
        law::Codes codes;
        bool has_law = false;
    };
    struct BaseKey {
        ContactFacts::Place place;
        bool has_other_origin = false;
        friend auto operator<=>(const BaseKey&, const BaseKey&) = default;
    };
    [[nodiscard]] const Base& base_of(const BaseKey& key);
    [[nodiscard]] const Verdict& answer(const law::Codes& codes, const BaseKey& key,
                                        const Base& base);

    const law::Law& law_;
    const Campaign& campaign_;
    const law::QuestionTable* table_;
    ContactFacts contact_facts_;
    ZoneOffset zone_offset_;
    Moment at_;
    std::string channel_;
    std::string purpose_;
    // What a row was found to be, by all that it says beside its addresses.
    struct Seen {
        law::Facts facts;
        const Verdict* verdict = nullptr;
    };
    void remember_key(const Contact& contact);

    std::unordered_map<std::string, Seen> seen_;
    std::string seen_key_;
    const law::Facts* last_row_ = nullptr;
    std::map<BaseKey, Base> bases_;
    const std::pair<const BaseKey, Base>* last_ = nullptr;
    std::unordered_map<std::string, const Verdict*> by_codes_;
    std::deque<Verdict> verdicts_;  ///< stable addresses
    law::Facts row_;
    law::Codes codes_;
    std::string key_;
};

}  // namespace licet::gate

// SPDX-License-Identifier: Apache-2.0
//
// The gate for lists: the same answers as check(), for a million rows.
//
//     place, origin ──► base facts and codes, made once ─┐
//     row without address and days ──► its kind ─────────┤
//     days, standing ──► a few facts over both ──────────┴─► codes ─► answer, made once per code
//
// Rows that look alike to the law are alike to the law: each distinct vector of codes is decided
// and worded once. A row costs what it changes; of a kind that was seen, its days. On which later
// day something else would be said is found out by deciding alike rows on each of those days.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "gate/actions.h"
#include "gate/contact.h"
#include "gate/gate.h"

namespace licet::gate {

/// What rows that differ in nothing but their addresses and days have in common. Made by a gate,
/// for that gate.
class RowKind {
  private:
    friend class RowGate;
    const void* base_ = nullptr;  ///< of the gate: a place and its facts
    law::Facts facts_;            ///< over those of the place
    law::Codes codes_;
    bool has_days_ = false;
    // What was said of rows on the same days of which the ledger knows nothing.
    using Days = std::array<std::int32_t, 4>;
    struct DaysHash {
        std::size_t operator()(const Days& days) const noexcept;
    };
    struct Said {
        const Verdict* verdict = nullptr;
        std::optional<Date> changes_on;
    };
    std::unordered_map<Days, Said, DaysHash> said_;
    int looked_ahead_ = 0;
};

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

    /// The kind of a row. Other rows are of it if they say the same but for addresses and days,
    /// their addresses being of the same form, their numbers of the same line and region, and
    /// their days in the same columns.
    [[nodiscard]] RowKind kind_of(const Contact& contact);
    /// Decides a row of that kind, as decide() does the row itself.
    [[nodiscard]] const Verdict& decide(RowKind& kind, const ContactDays& days,
                                        const ledger::Standing* standing);

    /// The form of an address and the line and region of a number, in a few bytes of `out`: what of
    /// them makes a kind.
    void add_form(const ledger::ContactPoint* email, const ledger::ContactPoint* phone,
                  std::string& out) const;

    /// Index of the word that a fact of the row decided last has; the number of its words if
    /// unknown. Ask before its kind is gone.
    [[nodiscard]] std::size_t word_of(law::FactId fact) const;

    /// The facts of the row decided last, as check() would complete them. They lie over those of
    /// its place and live until the next row. Of a row decided by its kind, days may be another's.
    [[nodiscard]] const law::Facts& facts() const { return *last_row_; }

    /// What one action alone would do for the rows that got this verdict from this gate. Found out
    /// when it is asked for the first time.
    [[nodiscard]] const std::vector<Action>& actions_of(const Verdict& verdict);

    /// From here on looks so many days ahead for each row; 0, as at the beginning: not at all.
    void look_ahead(int days);
    /// The first day on which something else would be said of the row decided last (answer,
    /// reasons, duties, what is missing, what would help), if the act were at the same hour of that
    /// day and list and standing stayed as they are; nothing if it is none of the days looked at.
    [[nodiscard]] std::optional<Date> changes_on() const { return changes_on_; }

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
    using PlacedBase = std::pair<const BaseKey, Base>;
    [[nodiscard]] Base base_at(const BaseKey& key, const Moment& at) const;
    [[nodiscard]] const PlacedBase& base_of(const BaseKey& key);
    [[nodiscard]] const Verdict& decide_anew(const RowKind& kind, const ContactDays& days,
                                             const ledger::Standing* standing);
    [[nodiscard]] const Verdict& answer(const law::Codes& codes, const BaseKey& key,
                                        const Base& base);
    [[nodiscard]] const std::vector<Base>& later_bases(const BaseKey& key);
    [[nodiscard]] std::optional<Date> change_of_facts(const BaseKey& key, const Verdict& now);
    [[nodiscard]] std::optional<Date> change_of(const ledger::Standing& standing) const;

    const law::Law& law_;
    const Campaign& campaign_;
    const law::QuestionTable* table_;
    ContactFacts contact_facts_;
    ZoneOffset zone_offset_;
    Moment at_;
    std::string channel_;
    std::string purpose_;
    const law::Facts* last_row_ = nullptr;
    RowKind kind_;  ///< of the row that came without
    std::vector<law::FactId> changed_;
    std::map<BaseKey, Base> bases_;
    std::unordered_map<std::string, const Verdict*> by_codes_;
    std::deque<Verdict> verdicts_;  ///< stable addresses
    /// The facts of the first row of each, and what can be done for it once somebody asked.
    struct Ground {
        law::Facts facts;
        std::optional<std::vector<Action>> actions;
    };
    std::unordered_map<const Verdict*, Ground> grounds_;
    law::Facts row_;
    law::Codes codes_;
    std::string key_;

    // What is said on the days after (row_future.cpp).
    int days_ahead_ = 0;
    Moment act_at_;
    std::optional<Date> changes_on_;
    std::map<BaseKey, std::vector<Base>> later_bases_;  ///< one a day, the next day first
    std::unordered_map<std::string, std::optional<Date>> changes_;
};

}  // namespace licet::gate

// SPDX-License-Identifier: Apache-2.0
//
// The whole ledger by person, in memory, for screening lists.
//
//     a base, if there is one (a mapped file) ──┐
//     suppressions since: 24 bytes a token and scope ──┼─► tokens of a row ─► standing (standing.h)
//     other events since, by token ──┘
//
// Most persons in a ledger only ever said stop; they take one slot. The answer is the fold of the
// very events that the store would give, so both ways agree (standing_index_test.cpp).
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/standing.h"
#include "ledger/store.h"

namespace licet::ledger {

/// Standings that were folded before and are kept elsewhere.
class StandingBase {
  public:
    StandingBase() = default;
    StandingBase(const StandingBase&) = delete;
    StandingBase& operator=(const StandingBase&) = delete;
    virtual ~StandingBase() = default;

    struct Found {
        std::vector<Suppression> suppressions;
        std::optional<Standing> standing;  ///< without objections
    };
    /// Adds what is known under a token; of a loose or wide one, suppressions alone.
    virtual void find(const Token& token, bool is_strict, Found& out) const = 0;
    /// Says that a token will be looked for soon.
    virtual void prefetch(const Token& token) const = 0;
    /// Says that many tokens will be looked for, most of which are unknown: changes how long an
    /// answer takes, and nothing else. No other thread may look meanwhile.
    virtual void expect_many() const {}
    /// The reasons of suppressions that came with lists from elsewhere.
    [[nodiscard]] virtual const std::set<std::string, std::less<>>& lists() const = 0;
    /// Number of entries: a person for what was folded, and one a scope that is suppressed.
    [[nodiscard]] virtual std::size_t entries() const = 0;
};

class StandingIndex {
  public:
    StandingIndex() = default;
    /// Knows what the base knows, and can be asked only for days from the newest of that on.
    explicit StandingIndex(std::shared_ptr<const StandingBase> base);

    /// Reads every event of the store. Errors: those of the store.
    [[nodiscard]] static Result<StandingIndex> of(ReadStore& store);

    /// Adds one event; an objection counts like the suppression that it leaves.
    void add(const Event& event);
    void add(const Suppression& suppression);

    /// Gives the standing of a row's contact points; nothing if the ledger knows none of them.
    [[nodiscard]] std::optional<Standing> find(std::span<const ContactTokens> points,
                                               Date until) const;
    /// The same of points whose tokens stand in a table of many. Say prefetch() of them before.
    [[nodiscard]] std::optional<Standing> find(std::span<const PointTokens> points,
                                               Date until) const;
    /// Says that many will be looked for, as those of a list are: a base takes a moment and some
    /// memory then, so that each look-up takes less.
    void expect_many() {
        if (base_) base_->expect_many();
    }
    /// Says that they will be looked for soon: each token is a miss of the cache.
    void prefetch(std::span<const ContactTokens> points) const;
    void prefetch(std::span<const Token> tokens) const;

    /// The reasons of suppressions that came with lists from elsewhere (exchange.h).
    [[nodiscard]] const std::set<std::string, std::less<>>& lists() const { return lists_; }
    [[nodiscard]] std::size_t entries() const {
        return (base_ ? base_->entries() : 0) + used_ + others_.size();
    }
    /// Of memory of its own.
    [[nodiscard]] std::size_t size_bytes() const { return slots_.size() * sizeof(Slot); }

  private:
    struct Slot {
        Token token;
        std::int32_t day = 0;
        std::uint32_t reach = 0;  ///< number in `reaches_`, plus 1; 0 = empty slot
    };
    // Scope and end: there are few, so each is kept once.
    using Reach = std::pair<Scope, std::optional<Date>>;
    struct Found {
        StandingBase::Found before;  ///< and the suppressions since
        std::vector<const Event*> events;
        [[nodiscard]] bool is_empty() const {
            return events.empty() && before.suppressions.empty() && !before.standing;
        }
    };
    void add_objection(const Token& token, std::uint32_t reach, std::int32_t day);
    void grow();
    void prefetch(const Token& token) const;
    void collect(const Token& token, bool is_strict, Found& out) const;
    [[nodiscard]] static Standing fold_of(Found& found, Date until);

    std::shared_ptr<const StandingBase> base_;
    std::vector<Slot> slots_;  ///< size is a power of two; linear probing
    std::size_t used_ = 0;
    std::vector<Reach> reaches_;
    std::map<Reach, std::uint32_t> reach_numbers_;
    std::set<std::string, std::less<>> lists_;
    std::unordered_map<Token, std::vector<Event>, TokenHash> others_;
};

}  // namespace licet::ledger

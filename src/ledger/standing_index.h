// SPDX-License-Identifier: Apache-2.0
//
// The whole ledger by person, in memory, for screening lists.
//
//     suppressions -> one open-addressing table of 24 bytes a token and scope
//     other events -> kept by token, few and found by hash
//     tokens of a row --> events --> standing (standing.h)
//
// Most persons in a ledger only ever said stop; they take one slot. The answer is the fold of the
// very events that the store would give, so both ways agree (standing_index_test.cpp).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/standing.h"
#include "ledger/store.h"

namespace licet::ledger {

class StandingIndex {
  public:
    /// Reads every event of the store. Errors: those of the store.
    [[nodiscard]] static Result<StandingIndex> of(ReadStore& store);

    /// Adds one event; an objection counts like the suppression that it leaves.
    void add(const Event& event);
    void add(const Suppression& suppression);

    /// Gives the standing of a row's contact points; nothing if the ledger knows none of them.
    [[nodiscard]] std::optional<Standing> find(std::span<const ContactTokens> points,
                                               Date until) const;

    /// The reasons of suppressions that came with lists from elsewhere (exchange.h).
    [[nodiscard]] const std::set<std::string, std::less<>>& lists() const { return lists_; }
    [[nodiscard]] std::size_t persons() const { return used_ + others_.size(); }
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
        std::vector<Event> events;
        std::vector<Suppression> suppressions;
    };
    void add_objection(const Token& token, std::uint32_t reach, std::int32_t day);
    void grow();
    void prefetch(const Token& token) const;
    void collect(const Token& token, bool is_strict, Found& out) const;

    std::vector<Slot> slots_;  ///< size is a power of two; linear probing
    std::size_t used_ = 0;
    std::vector<Reach> reaches_;
    std::map<Reach, std::uint32_t> reach_numbers_;
    std::set<std::string, std::less<>> lists_;
    std::unordered_map<Token, std::vector<Event>, TokenHash> others_;
};

}  // namespace licet::ledger

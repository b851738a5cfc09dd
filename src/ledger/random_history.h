// SPDX-License-Identifier: Apache-2.0
//
// Histories of one person, drawn at random, for tests of laws that must hold for all of them:
// that order does not matter, that nothing lifts an objection, that two ways give one answer.
// For tests only.
#pragma once

#include <rapidcheck.h>

#include <chrono>
#include <string>
#include <vector>

#include "ledger/event.h"

namespace licet::ledger {

/// Few values for everything, so that ties and meetings are frequent. `pick(n)` draws a number from
/// 0 to below n.
template <typename Pick>
Event random_event(const Pick& pick) {
    const auto one_of = [&](std::vector<std::string> words) {
        return words[static_cast<std::size_t>(pick(static_cast<int>(words.size())))];
    };
    const auto kinds = all_event_kinds();
    Event event;
    event.kind = kinds[static_cast<std::size_t>(pick(static_cast<int>(kinds.size())))];
    event.happened_on = Date{std::chrono::year{2026} / 1 / 1} + std::chrono::days{pick(4)};
    event.channel = one_of({"", "email", "sms"});
    event.purpose = one_of({"", "commercial", "survey"});
    event.key = one_of({"a", "b", "c"});
    event.attributes = {{"act", one_of({"click", "open", "order", "inquiry", "strange"})},
                        {"outcome", one_of({"answered", "refused"})},
                        {"object", one_of({"quote", "repair"})},
                        {"consent.act", one_of({"clear", "preticked"})},
                        {"brand", one_of({"", "north"})},
                        {"until", one_of({"", "2026-03-01", "2026-04-01"})},
                        {"request", one_of({"r", "s"})},
                        {"step", one_of({"requested", "page_seen", "confirmed", "suspect"})},
                        {"days", one_of({"0", "2"})},
                        {"batch", one_of({"", "", "b1", "b2"})},
                        {"register.bloctel", one_of({"listed", "not_listed"})},
                        {"relation", one_of({"customer", "none"})},
                        {"origin", one_of({"partner", "random"})},
                        {"origin.same_sender", one_of({"yes", "no"})}};
    return event;
}

template <typename Pick>
std::vector<Event> random_history(const Pick& pick) {
    std::vector<Event> history(static_cast<std::size_t>(pick(12)));
    for (Event& event : history) event = random_event(pick);
    return history;
}

/// Within rc::check: what it draws, it can make smaller when a law fails.
[[nodiscard]] inline int drawn(int count) { return *rc::gen::inRange(0, count); }
[[nodiscard]] inline Event random_event() { return random_event(drawn); }
[[nodiscard]] inline std::vector<Event> random_history() { return random_history(drawn); }

}  // namespace licet::ledger

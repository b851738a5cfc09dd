// SPDX-License-Identifier: Apache-2.0
#include "ledger/standing_index.h"

#include <algorithm>

namespace licet::ledger {

Result<StandingIndex> StandingIndex::of(ReadStore& store) {
    StandingIndex index;
    LICET_TRY(store.for_each_suppression([&](const Suppression& one) { index.add(one); }));
    LICET_TRY(store.for_each(Which::kForStanding, [&](const Event& event) { index.add(event); }));
    return index;
}

void StandingIndex::add(const Event& event) {
    // what we did ourselves changes nobody's standing
    if (event.kind == EventKind::kVerdictGiven || event.kind == EventKind::kErased) return;
    if (event.kind == EventKind::kObjectionRecorded)
        add_objection(event.person, event.channel, event.happened_on);
    else
        others_[event.person].push_back(event);
}

void StandingIndex::add(const Suppression& suppression) {
    add_objection(suppression.person, suppression.channel, suppression.last);
}

void StandingIndex::add_objection(const Token& token, const std::string& channel, Date day) {
    const auto found = std::find(channels_.begin(), channels_.end(), channel);
    const auto number = static_cast<std::uint32_t>(found - channels_.begin()) + 1;
    if (found == channels_.end()) channels_.push_back(channel);
    add_objection(token, number, static_cast<std::int32_t>(day.time_since_epoch().count()));
}

void StandingIndex::add_objection(const Token& token, std::uint32_t channel, std::int32_t day) {
    if ((used_ + 1) * 2 > slots_.size()) grow();
    const std::size_t mask = slots_.size() - 1;
    std::size_t place = TokenHash{}(token)&mask;
    while (slots_[place].channel != 0) {
        Slot& slot = slots_[place];
        if (slot.token == token && slot.channel == channel) {
            slot.day = std::max(slot.day, day);
            return;
        }
        place = (place + 1) & mask;
    }
    slots_[place] = {token, day, channel};
    ++used_;
}

void StandingIndex::grow() {
    std::vector<Slot> old = std::move(slots_);
    slots_.assign(std::max<std::size_t>(1024, old.size() * 2), Slot{});
    used_ = 0;
    for (const Slot& slot : old)
        if (slot.channel != 0) add_objection(slot.token, slot.channel, slot.day);
}

void StandingIndex::prefetch(const Token& token) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[TokenHash{}(token) & (slots_.size() - 1)]);
}

void StandingIndex::collect(const Token& token, bool is_strict, std::vector<Event>& out) const {
    if (!slots_.empty()) {
        const std::size_t mask = slots_.size() - 1;
        for (std::size_t place = TokenHash{}(token)&mask; slots_[place].channel != 0;
             place = (place + 1) & mask) {
            if (slots_[place].token != token) continue;
            Event event;
            event.kind = EventKind::kObjectionRecorded;
            event.person = token;
            event.happened_on = Date{std::chrono::days{slots_[place].day}};
            event.channel = channels_[slots_[place].channel - 1];
            event.key = "index";
            out.push_back(std::move(event));
        }
    }
    if (others_.empty()) return;
    const auto found = others_.find(token);
    if (found == others_.end()) return;
    for (const Event& event : found->second)
        if (is_strict || event.kind == EventKind::kObjectionRecorded) out.push_back(event);
}

std::optional<Standing> StandingIndex::find(std::span<const ContactTokens> points,
                                            Date until) const {
    // Each token is a miss of the cache: all are asked for before the first is looked at.
    for (const ContactTokens& point : points) {
        prefetch(point.strict);
        for (const Token& loose : point.loose) prefetch(loose);
    }
    std::vector<Event> events;  // stays empty, and unallocated, for persons that are not known
    for (const ContactTokens& point : points) {
        collect(point.strict, true, events);
        for (const Token& loose : point.loose) collect(loose, false, events);
    }
    if (events.empty()) return std::nullopt;
    return standing_of(events, until);
}

}  // namespace licet::ledger

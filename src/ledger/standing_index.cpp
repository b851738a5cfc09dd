// SPDX-License-Identifier: Apache-2.0
#include "ledger/standing_index.h"

#include <algorithm>

#include "ledger/exchange.h"

namespace licet::ledger {

StandingIndex::StandingIndex(std::shared_ptr<const StandingBase> base) : base_(std::move(base)) {
    if (base_) lists_ = base_->lists();
}

Result<StandingIndex> StandingIndex::of(ReadStore& store) {
    StandingIndex index;
    LICET_TRY(store.for_each_suppression([&](const Suppression& one) { index.add(one); }));
    LICET_TRY(store.for_each(Which::kForStanding, [&](const Event& event) { index.add(event); }));
    return index;
}

void StandingIndex::add(const Event& event) {
    // what we did ourselves changes nobody's standing
    if (event.kind == EventKind::kVerdictGiven || is_of_ledger(event.kind)) return;
    if (is_objection(event.kind))
        add(suppression_of(event));
    else
        others_[event.person].push_back(event);
}

void StandingIndex::add(const Suppression& suppression) {
    // Nearly all are of the same few scopes: nothing is made for one that is known.
    Reach reach{suppression.scope, suppression.until};
    auto place = reach_numbers_.find(reach);
    if (place == reach_numbers_.end()) {
        reaches_.push_back(reach);
        const auto number = static_cast<std::uint32_t>(reaches_.size());
        place = reach_numbers_.emplace(std::move(reach), number).first;
    }
    const bool is_of_list = suppression.reason.starts_with(kListReason);
    if (is_of_list && !lists_.contains(suppression.reason)) lists_.insert(suppression.reason);
    add_objection(suppression.person, place->second,
                  static_cast<std::int32_t>(suppression.last.time_since_epoch().count()));
}

void StandingIndex::add_objection(const Token& token, std::uint32_t reach, std::int32_t day) {
    if ((used_ + 1) * 2 > slots_.size()) grow();
    const std::size_t mask = slots_.size() - 1;
    std::size_t place = TokenHash{}(token)&mask;
    while (slots_[place].reach != 0) {
        Slot& slot = slots_[place];
        if (slot.token == token && slot.reach == reach) {
            slot.day = std::max(slot.day, day);
            return;
        }
        place = (place + 1) & mask;
    }
    slots_[place] = {token, day, reach};
    ++used_;
}

void StandingIndex::grow() {
    std::vector<Slot> old = std::move(slots_);
    slots_.assign(std::max<std::size_t>(1024, old.size() * 2), Slot{});
    used_ = 0;
    for (const Slot& slot : old)
        if (slot.reach != 0) add_objection(slot.token, slot.reach, slot.day);
}

void StandingIndex::prefetch(const Token& token) const {
    if (base_) base_->prefetch(token);
    if (!slots_.empty()) __builtin_prefetch(&slots_[TokenHash{}(token) & (slots_.size() - 1)]);
}

void StandingIndex::prefetch(std::span<const ContactTokens> points) const {
    for (const ContactTokens& point : points) {
        prefetch(point.strict);
        prefetch(point.loose);
        prefetch(point.wide);
    }
}

void StandingIndex::prefetch(std::span<const Token> tokens) const {
    for (const Token& token : tokens) prefetch(token);
}

void StandingIndex::collect(const Token& token, bool is_strict, Found& out) const {
    if (base_) base_->find(token, is_strict, out.before);
    if (!slots_.empty()) {
        const std::size_t mask = slots_.size() - 1;
        for (std::size_t place = TokenHash{}(token)&mask; slots_[place].reach != 0;
             place = (place + 1) & mask) {
            if (slots_[place].token != token) continue;
            const auto& [scope, until] = reaches_[slots_[place].reach - 1];
            const Date day{std::chrono::days{slots_[place].day}};
            out.before.suppressions.push_back({token, scope, "", day, day, until});
        }
    }
    if (others_.empty()) return;
    const auto found = others_.find(token);
    if (found == others_.end()) return;
    for (const Event& event : found->second)
        if (is_strict || is_objection(event.kind)) out.events.push_back(&event);
}

Standing StandingIndex::fold_of(Found& found, Date until) {
    auto& [suppressions, before] = found.before;
    Standing standing = before ? *std::move(before) : Standing{};
    for (const Event* event : found.events)
        if (event->happened_on <= until || is_refusal(*event)) fold(standing, *event);
    for (const Suppression& one : suppressions) fold(standing, one);
    return standing;
}

std::optional<Standing> StandingIndex::find(std::span<const ContactTokens> points,
                                            Date until) const {
    prefetch(points);
    Found found;  // stays empty, and unallocated, for persons that are not known
    for (const ContactTokens& point : points) {
        collect(point.strict, true, found);
        for (const Token& loose : point.loose) collect(loose, false, found);
        for (const Token& wide : point.wide) collect(wide, false, found);
    }
    if (found.is_empty()) return std::nullopt;
    return fold_of(found, until);
}

std::optional<Standing> StandingIndex::find(std::span<const PointTokens> points, Date until) const {
    Found found;
    for (const PointTokens& point : points)
        for (const Token& token : point.all) collect(token, &token == &point.strict(), found);
    if (found.is_empty()) return std::nullopt;
    return fold_of(found, until);
}

}  // namespace licet::ledger

// SPDX-License-Identifier: Apache-2.0
#include "store/internal/ahead_sealer.h"

#include <algorithm>
#include <system_error>

namespace licet::store {
namespace {

// A batch of no more is sealed before a thread would have begun.
constexpr std::size_t kAtOnce = 128;

}  // namespace

Sealed sealed_by(const ledger::PersonKey& key, const ledger::Event& event) {
    Sealed out{key.era, ledger::seal(key, event), {}};
    out.digest = sha256(out.event.sealed);
    return out;
}

AheadSealer::Some AheadSealer::seal_some(std::span<const ledger::Event* const> events) {
    Some out;
    out.reserve(events.size());
    std::optional<ledger::PersonKey> key;
    const ledger::Event* before = nullptr;
    for (const ledger::Event* event : events) {
        if (before == nullptr || before->person != event->person)
            key = keys_.key_of(event->person, upper_);
        out.push_back(key ? std::optional(sealed_by(*key, *event)) : std::nullopt);
        before = event;
    }
    return out;
}

std::optional<Sealed> AheadSealer::take() {
    if (taken_ == sealed_.size()) {
        sealed_ = next_.valid() ? next_.get() : seal_some(take_some());
        taken_ = 0;
        if (!left_.empty()) begin_next();
    }
    return std::move(sealed_[taken_++]);
}

std::span<const ledger::Event* const> AheadSealer::take_some() {
    const auto some = left_.first(std::min(left_.size(), kAtOnce));
    left_ = left_.subspan(some.size());
    return some;
}

void AheadSealer::begin_next() {
    const auto before = left_;
    try {
        next_ =
            std::async(std::launch::async, [this, some = take_some()] { return seal_some(some); });
    } catch (const std::system_error&) {
        left_ = before;  // no thread is to be had: they are sealed when their turn comes
    }
}

void AheadSealer::wait() const {
    if (next_.valid()) next_.wait();
}

}  // namespace licet::store

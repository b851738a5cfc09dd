// SPDX-License-Identifier: Apache-2.0
#include "store/internal/ahead_sealer.h"

#include <algorithm>

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
        const auto next_ones = [&] {
            const auto some = left_.first(std::min(left_.size(), kAtOnce));
            left_ = left_.subspan(some.size());
            return some;
        };
        sealed_ = next_.valid() ? next_.get() : seal_some(next_ones());
        taken_ = 0;
        if (!left_.empty())
            next_ = std::async(std::launch::async,
                               [this, some = next_ones()] { return seal_some(some); });
    }
    return std::move(sealed_[taken_++]);
}

void AheadSealer::wait() const {
    if (next_.valid()) next_.wait();
}

}  // namespace licet::store

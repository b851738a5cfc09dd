// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <map>
#include <set>
#include <utility>

#include "ledger/store.h"

namespace licet::ledger {
namespace {

class MemoryStore final : public Store {
  public:
    Result<std::vector<StoredEvent>> events_of(std::span<const Token> tokens) override {
        // A set, so that a token that is named twice gives its events once, and partitions in
        // order.
        std::set<std::pair<std::uint32_t, Token>> wanted;
        for (const Token& token : tokens) wanted.emplace(partition_of(token), token);
        std::vector<StoredEvent> out;
        for (std::uint32_t part = 0; part < kPartitions; ++part) {
            if (wanted.lower_bound({part, Token{}}) == wanted.lower_bound({part + 1, Token{}}))
                continue;
            for (std::size_t i = 0; i < parts_[part].size(); ++i) {
                const std::optional<Event>& event = parts_[part][i];
                if (event && wanted.contains({part, event->person}))
                    out.push_back({{part, static_cast<std::int64_t>(i) + 1}, *event});
            }
        }
        return out;
    }

    Result<std::vector<Suppression>> suppressions_of(std::span<const Token> tokens) override {
        const std::set<Token> wanted(tokens.begin(), tokens.end());
        std::vector<Suppression> out;
        for (const auto& [place, one] : suppressions_)
            if (wanted.contains(one.person)) out.push_back(one);
        return out;
    }

    Result<Done> for_each(Which which, const std::function<void(const Event&)>& visit) override {
        for (const auto& part : parts_)
            for (const std::optional<Event>& event : part) {
                if (event && is_among(which, event->kind)) visit(*event);
            }
        return Done{};
    }

    Result<Done> for_each_suppression(
        const std::function<void(const Suppression&)>& visit) override {
        for (const auto& [place, one] : suppressions_) visit(one);
        return Done{};
    }

    Result<std::uint64_t> count() override {
        std::uint64_t count = 0;
        for (const auto& part : parts_) count += part.size();
        return count;
    }

    Result<Appended> append(std::span<const Event> batch) override {
        // All or nothing: everything is checked before anything is kept.
        std::map<std::pair<Token, std::string>, What> fresh;
        for (const Event& event : batch) {
            if (event.key.empty()) return error(ErrorCode::kInput, "event.no_key");
            const std::pair name(event.person, event.key);
            const auto known = known_.find(name);
            const What what = known != known_.end()
                                  ? known->second
                                  : fresh.emplace(name, what_of(event)).first->second;
            if (what != what_of(event)) return error(ErrorCode::kInput, "event.key_reused");
        }
        Appended done;
        for (const Event& event : batch) {
            if (!known_.emplace(std::pair(event.person, event.key), what_of(event)).second) {
                ++done.already_there;
                continue;
            }
            parts_[partition_of(event.person)].push_back(event);
            if (is_objection(event.kind)) suppress(suppression_of(event));
            ++done.added;
        }
        return done;
    }

    Result<std::uint64_t> erase(std::span<const Token> persons, Date, ErasureReason,
                                const IfStill& if_still) override {
        std::set<Token> gone(persons.begin(), persons.end());
        std::map<Token, std::uint64_t> counts;
        for (const auto& part : parts_)
            for (const std::optional<Event>& event : part)
                if (event) ++counts[event->person];
        std::erase_if(gone, [&](const Token& person) {
            return if_still && !if_still(person, counts[person]);
        });
        std::uint64_t count = 0;
        for (auto& part : parts_)
            for (std::optional<Event>& event : part) {
                if (!event || !gone.contains(event->person)) continue;
                event.reset();
                ++count;
            }
        std::erase_if(known_, [&](const auto& one) { return gone.contains(one.first.first); });
        return count;
    }

  private:
    void suppress(const Suppression& one) {
        const auto [place, is_new] = suppressions_.emplace(std::pair(one.person, one.scope), one);
        if (!is_new) widen(place->second, one);
    }

    // What a repeat must be alike in.
    using What = std::pair<EventKind, Scope>;
    static What what_of(const Event& event) { return {event.kind, scope_of(event)}; }

    std::array<std::vector<std::optional<Event>>, kPartitions> parts_;  ///< nothing = erased
    std::map<std::pair<Token, std::string>, What> known_;
    std::map<std::pair<Token, Scope>, Suppression> suppressions_;
};

}  // namespace

std::unique_ptr<Store> memory_store() { return std::make_unique<MemoryStore>(); }

}  // namespace licet::ledger

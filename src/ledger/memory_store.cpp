// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <set>
#include <utility>

#include "ledger/store.h"

namespace licet::ledger {
namespace {

class MemoryStore final : public Store {
  public:
    Result<std::vector<Event>> events_of(std::span<const Token> tokens) override {
        // A set, so that a token that is named twice gives its events once, and partitions in
        // order.
        std::set<std::pair<std::uint32_t, Token>> wanted;
        for (const Token& token : tokens) wanted.emplace(partition_of(token), token);
        std::vector<Event> out;
        for (std::uint32_t part = 0; part < kPartitions; ++part) {
            if (wanted.lower_bound({part, Token{}}) == wanted.lower_bound({part + 1, Token{}}))
                continue;
            for (const Event& event : parts_[part])
                if (wanted.contains({part, event.person})) out.push_back(event);
        }
        return out;
    }

    Result<Done> for_each(const std::function<void(const Event&)>& visit) override {
        for (const auto& part : parts_)
            for (const Event& event : part) visit(event);
        return Done{};
    }

    Result<std::uint64_t> count() override { return kinds_.size(); }

    Result<Appended> append(std::span<const Event> batch) override {
        // All or nothing: everything is checked before anything is kept.
        std::map<std::pair<Token, std::string>, EventKind> fresh;
        for (const Event& event : batch) {
            if (event.key.empty()) return error(ErrorCode::kInput, "event.no_key");
            const std::pair name(event.person, event.key);
            const auto known = kinds_.find(name);
            const EventKind kind = known != kinds_.end()
                                       ? known->second
                                       : fresh.emplace(name, event.kind).first->second;
            if (kind != event.kind) return error(ErrorCode::kInput, "event.key_reused");
        }
        Appended done;
        for (const Event& event : batch) {
            if (!kinds_.emplace(std::pair(event.person, event.key), event.kind).second) {
                ++done.already_there;
                continue;
            }
            parts_[partition_of(event.person)].push_back(event);
            ++done.added;
        }
        return done;
    }

  private:
    std::array<std::vector<Event>, kPartitions> parts_;
    std::map<std::pair<Token, std::string>, EventKind> kinds_;
};

}  // namespace

std::unique_ptr<Store> memory_store() { return std::make_unique<MemoryStore>(); }

std::uint32_t partition_of(const Token& person) { return person.bytes[0]; }

}  // namespace licet::ledger

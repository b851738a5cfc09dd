// SPDX-License-Identifier: Apache-2.0
#include "main/serve/reader_pool.h"

#include <optional>

namespace licet {
namespace {

constexpr std::size_t kMostWaiting = 8;
constexpr std::chrono::seconds kLongest{5};

}  // namespace

void ReaderPool::GiveBack::operator()(ledger::ReadStore* store) const {
    std::unique_ptr<ledger::ReadStore> owned(store);
    const std::lock_guard lock(to->mutex);
    const auto now = Clock::now();
    std::erase_if(to->waiting, [&](const Waiting& one) { return now - one.opened_at > kLongest; });
    if (to->waiting.size() < kMostWaiting) to->waiting.push_back({std::move(owned), opened_at});
}

Result<ReaderPool::Reader> ReaderPool::take() const {
    const auto now = Clock::now();
    while (true) {
        std::optional<Waiting> one;
        {
            const std::lock_guard lock(shared_->mutex);
            if (shared_->waiting.empty()) break;
            one.emplace(std::move(shared_->waiting.back()));
            shared_->waiting.pop_back();
        }
        // One whose server was restarted does not answer any more.
        if (now - one->opened_at > kLongest || !one->store->count()) continue;
        return Reader(one->store.release(), GiveBack{shared_, one->opened_at});
    }
    auto store = LICET_TRY(open_());
    return Reader(store.release(), GiveBack{shared_, now});
}

}  // namespace licet

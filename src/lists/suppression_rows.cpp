// SPDX-License-Identifier: Apache-2.0
#include "lists/suppression_rows.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

#include "ledger/exchange.h"
#include "ledger/standing.h"

namespace licet::lists {
namespace {

// What a row says beside its token and its day: there are few, so each is kept once.
using Said = std::tuple<RefusalKind, ledger::Scope, std::optional<Date>>;

class Rows {
  public:
    explicit Rows(const ledger::TokenLayer& layer) : layer_(layer) {}

    /// Counts what there is, and keeps refusals: only the suppressions are many.
    Result<Done> look(ledger::ReadStore& store, SuppressionRows& out) {
        LICET_TRY(store.for_each(ledger::Which::kForStanding, [&](const ledger::Event& event) {
            if (const auto kind = kind_of(event)) keep(refusals_, {*kind, event});
        }));
        return store.for_each_suppression([&](const ledger::Suppression& one) {
            ++suppressions_;
            if (one.reason.starts_with(ledger::kListReason)) out.lists.insert(one.reason);
        });
    }
    [[nodiscard]] std::uint64_t size() const { return suppressions_ + refusals_.size(); }

    /// Those whose tokens fall into part `pass` of `passes`, by token.
    Result<Done> visit(ledger::ReadStore& store, std::size_t pass, std::size_t passes,
                       const std::function<Result<Done>(const SuppressionRow&)>& visit) {
        constexpr std::size_t kFirstBytes = 256;
        const auto is_here = [&](const ledger::Token& token) {
            return token.bytes[0] * passes / kFirstBytes == pass;
        };
        part_.clear();
        for (const Row& row : refusals_)
            if (is_here(row.token)) part_.push_back(row);
        LICET_TRY(store.for_each_suppression([&](const ledger::Suppression& one) {
            const ledger::Token token = layer_.over(one.person);
            if (is_here(token))
                part_.push_back({token, number_of({RefusalKind::kObjection, one.scope, one.until}),
                                 days_of(one.last)});
        }));
        std::sort(part_.begin(), part_.end(), [&](const Row& a, const Row& b) {
            return std::tie(a.token, all_[a.said], a.day) < std::tie(b.token, all_[b.said], b.day);
        });
        for (const Row& row : part_) {
            const auto& [kind, scope, ends_on] = all_[row.said];
            LICET_TRY(visit({kind, row.token, scope, Date{std::chrono::days{row.day}}, ends_on}));
        }
        return Done{};
    }

  private:
    struct Row {
        ledger::Token token;
        std::uint32_t said = 0;
        std::int32_t day = 0;
    };
    struct Refusal {
        RefusalKind kind;
        const ledger::Event& event;
    };

    static std::optional<RefusalKind> kind_of(const ledger::Event& event) {
        if (!ledger::is_refusal(event)) return std::nullopt;
        if (event.kind == ledger::EventKind::kConsentRefused) return RefusalKind::kRefused;
        if (event.kind == ledger::EventKind::kConsentWithdrawn) return RefusalKind::kWithdrawn;
        if (event.kind == ledger::EventKind::kDoubleOptIn) return RefusalKind::kDoubt;
        return std::nullopt;  // objections: the suppressions say them
    }
    static std::int32_t days_of(Date day) {
        return static_cast<std::int32_t>(day.time_since_epoch().count());
    }
    void keep(std::vector<Row>& rows, const Refusal& refusal) {
        const ledger::Scope scope{"", refusal.event.channel, ""};
        rows.push_back({layer_.over(refusal.event.person),
                        number_of({refusal.kind, scope, std::nullopt}),
                        days_of(refusal.event.happened_on)});
    }
    std::uint32_t number_of(const Said& said) {
        const auto [place, is_new] =
            numbers_.emplace(said, static_cast<std::uint32_t>(all_.size()));
        if (is_new) all_.push_back(said);
        return place->second;
    }

    const ledger::TokenLayer& layer_;
    std::uint64_t suppressions_ = 0;
    std::vector<Row> refusals_;
    std::vector<Row> part_;
    std::map<Said, std::uint32_t> numbers_;
    std::vector<Said> all_;
};

}  // namespace

std::string_view name_of(RefusalKind kind) {
    switch (kind) {
        case RefusalKind::kObjection:
            return "objection";
        case RefusalKind::kRefused:
            return "refused";
        case RefusalKind::kWithdrawn:
            return "withdrawn";
        case RefusalKind::kDoubt:
            return "doubt";
    }
    LICET_ENSURE(false);
}

Result<SuppressionRows> for_each_suppression_row(
    ledger::ReadStore& store, const ledger::TokenLayer& layer,
    const std::function<Result<Done>(const SuppressionRow&)>& visit, std::uint64_t rows_a_pass) {
    constexpr std::uint64_t kMostPasses = 256;
    SuppressionRows out;
    Rows rows(layer);
    LICET_TRY(rows.look(store, out));
    const std::uint64_t passes = std::min(rows.size() / rows_a_pass + 1, kMostPasses);
    const auto count = [&](const SuppressionRow& row) {
        ++out.rows;
        return visit(row);
    };
    for (std::uint64_t pass = 0; pass < passes; ++pass)
        LICET_TRY(rows.visit(store, pass, passes, count));
    return out;
}

}  // namespace licet::lists

// SPDX-License-Identifier: Apache-2.0
#include "store/internal/standing_source.h"

#include <unistd.h>

#include <map>

#include "base/bytes.h"
#include "ledger/merkle.h"
#include "ledger/standing.h"
#include "store/standing_file.h"

namespace licet::store {
namespace {

using ledger::Event;
using ledger::EventKind;
using ledger::Head;

constexpr std::uint64_t kProgressEvery = 4096;
constexpr std::size_t kLayerBytes = 8;
constexpr std::size_t kHeadBytes = 4 + 8 + sizeof(Digest);

Result<std::int64_t> erasures_done(Connection& connection) {
    return connection.number("SELECT max(lines) FROM replayed");
}

class Folding {
  public:
    using Progress = std::function<void(std::uint64_t, std::uint64_t)>;
    Folding(Connection& connection, const PersonKeyFile& keys, const LedgerFiles& files,
            StandingFileWriter& out, const Progress& progress)
        : connection_(connection), keys_(keys), files_(files), out_(out), progress_(progress) {}

    Result<Done> run(const Heads& heads) {
        for (const auto& [part, head] : heads) all_ += static_cast<std::uint64_t>(head.seq);
        LICET_TRY(suppressions());
        for (const auto& [part, head] : heads) LICET_TRY(partition(part, head));
        return Done{};
    }

  private:
    [[nodiscard]] Result<Done> suppressions() {
        Statement rows = LICET_TRY(
            connection_.scan("SELECT " + std::string(kSuppressionColumns) + " FROM suppression"));
        while (true) {
            const bool has_row = LICET_TRY(rows.step());
            if (!has_row) return Done{};
            out_.add(LICET_TRY(suppression_in(rows, files_.database)));
        }
    }
    // All persons of a partition are folded at once; a partition is a part in 256 of the ledger.
    [[nodiscard]] Result<Done> partition(std::uint32_t part, const Head& head) {
        if (!rows_)
            rows_ = LICET_TRY(connection_.scan("SELECT " + std::string(kEventColumns) +
                                               " FROM event WHERE part = ? ORDER BY seq"));
        rows_->bind(1, std::int64_t{part});
        std::map<ledger::Token, ledger::Standing> persons;
        Head at;
        while (true) {
            const bool has_row = LICET_TRY(rows_->step());
            if (!has_row) break;
            const EventRow row = LICET_TRY(event_row(*rows_, files_.database));
            at = ledger::next(at, ledger::leaf_hash(row.entry()));
            LICET_TRY(fold_row(row, persons));
            if (++done_ % kProgressEvery == 0 && progress_) progress_(done_, all_);
        }
        if (at != head) return tampered(files_.database, {part, head.seq});
        for (const auto& [person, standing] : persons) out_.add(person, standing);
        return Done{};
    }
    [[nodiscard]] Result<Done> fold_row(const EventRow& row,
                                        std::map<ledger::Token, ledger::Standing>& persons) {
        const auto kind = static_cast<EventKind>(row.kind);
        const bool says_nothing = row.is_erased() || ledger::is_objection(kind) ||
                                  kind == EventKind::kVerdictGiven || is_of_ledger(kind);
        if (says_nothing) return Done{};
        const auto event = LICET_TRY(unsealed(row, keys_, files_));
        if (!event) return Done{};
        if (!is_refusal(*event)) out_.add(event->happened_on);
        fold(persons[event->person], *event);
        return Done{};
    }

    Connection& connection_;
    const PersonKeyFile& keys_;
    const LedgerFiles& files_;
    StandingFileWriter& out_;
    const Progress& progress_;
    std::optional<Statement> rows_;
    std::uint64_t done_ = 0;
    std::uint64_t all_ = 0;
};

}  // namespace

std::string text_of(const StandingSource& source) {
    std::vector<std::uint8_t> out;
    append_big_endian(out, source.layer, kLayerBytes);
    for (const auto& [part, head] : source.heads) {
        append_big_endian(out, part, 4);
        append_big_endian(out, static_cast<std::uint64_t>(head.seq), 8);
        out.insert(out.end(), head.hash.begin(), head.hash.end());
    }
    return {out.begin(), out.end()};
}

std::optional<StandingSource> standing_source_of(std::string_view text) {
    if (text.size() % kHeadBytes != kLayerBytes) return std::nullopt;
    StandingSource out;
    out.layer = big_endian(bytes_of_text(text.substr(0, kLayerBytes)));
    text.remove_prefix(kLayerBytes);
    for (; !text.empty(); text.remove_prefix(kHeadBytes)) {
        const auto bytes = bytes_of_text(text.substr(0, kHeadBytes));
        Head head;
        head.seq = static_cast<std::int64_t>(big_endian(bytes.subspan(4, 8)));
        std::copy(bytes.begin() + 12, bytes.end(), head.hash.begin());
        out.heads.emplace(static_cast<std::uint32_t>(big_endian(bytes.first(4))), head);
    }
    return out;
}

Result<std::optional<Event>> unsealed(const EventRow& row, const PersonKeyFile& keys,
                                      const LedgerFiles& files) {
    if (row.is_erased()) return std::optional<Event>{};
    const ledger::Token person = row.token();
    const auto key = keys.keys().key_of(person, row.era);
    if (!key && row.era > keys.keys().newest_era())
        return error(ErrorCode::kBroken, "person_keys.older", {}, files.person_keys);
    if (!key) return std::optional<Event>{};  // erased, and the row waits for its end
    auto event = ledger::open_seal(*key, row.event);
    if (!event || event->person != person) return tampered(files.database, row.place);
    return std::optional<Event>(*std::move(event));
}

void forget_standings(const LedgerFiles& files) { ::unlink(files.standings.c_str()); }

Result<Done> write_standings(
    Connection& connection, PersonKeyFile& keys, const LedgerFiles& files,
    const std::function<void(std::uint64_t done, std::uint64_t all)>& progress) {
    std::int64_t erasures = 0;
    std::uint64_t layer = 0;
    {
        Transaction transaction = LICET_TRY(Transaction::begin(connection, Access::kRead));
        layer = connection.layer().check_value();
        auto over = LICET_TRY(LayerKeys(files).layer(layer, Layers::kInForce));
        const auto out = LICET_TRY(StandingFileWriter::create(files.standings, std::move(over)));
        const Heads heads = LICET_TRY(heads_of(connection));
        erasures = LICET_TRY(erasures_done(connection));
        LICET_TRY(keys.refresh());
        LICET_TRY(Folding(connection, keys, files, *out, progress).run(heads));
        LICET_TRY(transaction.commit());
        LICET_TRY(out->finish(text_of({layer, heads})));
    }
    // Who was erased meanwhile is in it, or it is under a layer of before.
    const auto now = erasures_done(connection);
    const bool is_of_now = now && *now == erasures && connection.agree_on_layer() &&
                           connection.layer().check_value() == layer;
    if (!is_of_now) forget_standings(files);
    return Done{};
}

}  // namespace licet::store

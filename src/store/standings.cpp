// SPDX-License-Identifier: Apache-2.0
#include "store/standings.h"

#include "store/head_follower.h"
#include "store/internal/schema.h"
#include "store/internal/standing_source.h"
#include "store/standing_file.h"

namespace licet::store {
namespace {

// Fewer entries than this are read faster than a file is made.
constexpr std::int64_t kWorthAFile = 20'000;

std::int64_t entries_in(const Heads& heads) {
    std::int64_t sum = 0;
    for (const auto& [part, head] : heads) sum += head.seq;
    return sum;
}

// Null if there is none that is whole and under the layer of now: it will be made.
std::shared_ptr<const StandingFile> opened(const LedgerFiles& files, const Connection& ledger) {
    const std::uint64_t now = ledger.layer().check_value();
    auto layer = LayerKeys(files).layer(now, Layers::kInForce);
    if (!layer) return nullptr;
    auto file = StandingFile::open(files.standings, std::move(layer).value());
    if (!file) return nullptr;
    const auto source = standing_source_of(file.value()->source());
    return source && source->layer == now ? *std::move(file) : nullptr;
}

std::int64_t entries_in(const StandingFile& file) {
    const auto source = standing_source_of(file.source());
    return source ? entries_in(source->heads) : 0;
}

}  // namespace

Result<std::shared_ptr<const StandingFile>> fresh_standing_file(const LedgerFiles& files, Date day,
                                                                const ReadingProgress& progress) {
    const auto connection = LICET_TRY(checked_connection(files, Mode::kReadOnly, kPatience));
    std::shared_ptr<const StandingFile> file = opened(files, *connection);
    const std::int64_t there = entries_in(LICET_TRY(heads_of(*connection)));
    const std::int64_t known = file ? entries_in(*file) : 0;
    if (there - known >= std::max(kWorthAFile, known / 8)) {
        PersonKeyFile keys = LICET_TRY(person_keys_of(*connection, files));
        const auto written = write_standings(*connection, keys, files, progress);
        const std::string why = written ? "" : written.error().message.id;
        const bool can_do_without = why == "file.unwritable" || why == "standings.too_many";
        if (!written && !can_do_without) return written.error();
        if (written) file = opened(files, *connection);
    }
    // It knows only the newest of everything: nothing of days before.
    if (file && file->newest_day() > day) file.reset();
    return file;
}

Result<ledger::StandingIndex> standings_of(const LedgerFiles& files, Date day,
                                           const ReadingProgress& progress) {
    auto file = LICET_TRY(fresh_standing_file(files, day, progress));
    // No time passes between the reading and the taking.
    const auto still = [] { return HeadFollower::Moment{}; };
    const auto follower = LICET_TRY(HeadFollower::open(files, still, std::move(file)));
    const ledger::StandingIndex* index = LICET_TRY(follower->index());
    return *index;
}

}  // namespace licet::store

// SPDX-License-Identifier: Apache-2.0
//
// Partition by partition, because nothing of one rests on another but what the ledger says of
// itself, which is in partition 0 and read first:
//
//     rows ──threads──► leaves ──► chain of the partition, tiles of level 0
//                  └──► suppressions, erased rows ──► what the tables say
//     then the log: tiles ──► tree ──► roots of all notes
//
// A partition that was gone through is noted, if somebody wants to go on there another time.
#include <algorithm>
#include <array>
#include <atomic>
#include <future>
#include <optional>

#include "store/internal/checking_pool.h"
#include "store/internal/log_check.h"
#include "store/internal/schema.h"
#include "store/internal/verification_state.h"
#include "store/person_key_file.h"

namespace licet::store {
namespace {

using ledger::EventPlace;
using ledger::Head;
using Position = VerificationState::Position;
using Source = SuppressionFold::Source;

using namespace std::chrono_literals;

constexpr std::uint64_t kProgressEvery = 1024;
constexpr std::uint64_t kNoteEvery = 16'384;  // events: what a kill makes somebody read again
constexpr std::size_t kRowsAtOnce = 256;

/// The rows of all partitions, each from where it is to be read to its head, in batches.
class RowReader {
  public:
    /// `heads` outlives it.
    RowReader(Connection& connection, const Heads& heads)
        : connection_(connection), heads_(heads) {}

    [[nodiscard]] bool has_more() const { return part_ < ledger::kPartitions; }
    /// Says where a partition is read from; not after it was begun.
    void begin_after(std::uint32_t part, std::int64_t seq) { read_[part] = seq; }
    [[nodiscard]] RowBatch next();

  private:
    [[nodiscard]] Result<Done> fill(RowBatch& batch, std::int64_t last);

    Connection& connection_;
    const Heads& heads_;
    std::optional<Statement> rows_;
    std::array<std::int64_t, ledger::kPartitions> read_{};  ///< the last row
    std::uint32_t part_ = 0;
    bool is_reading_ = false;
};

RowBatch RowReader::next() {
    RowBatch batch;
    batch.part = part_;
    const auto head = heads_.find(part_);
    const std::int64_t last = head == heads_.end() ? 0 : head->second.seq;
    if (auto done = fill(batch, last); !done) batch.failure = std::move(done).error();
    batch.is_last = read_[part_] >= last;
    if (batch.is_last) ++part_;
    if (batch.failure) part_ = ledger::kPartitions;
    return batch;
}

Result<Done> RowReader::fill(RowBatch& batch, std::int64_t last) {
    std::int64_t& seq = read_[part_];
    if (seq >= last) return Done{};
    if (!rows_)
        rows_ = LICET_TRY(
            connection_.scan("SELECT " + std::string(kEventColumns) +
                             " FROM event WHERE part = ? AND seq BETWEEN ? AND ? ORDER BY seq"));
    if (!is_reading_) {
        rows_->bind(1, std::int64_t{part_});
        rows_->bind(2, seq + 1);
        rows_->bind(3, last);
        is_reading_ = true;
    }
    batch.rows.reserve(kRowsAtOnce);
    while (seq < last && batch.rows.size() < kRowsAtOnce) {
        const bool has_row = LICET_TRY(rows_->step());
        auto row = has_row ? event_row(*rows_, connection_.path())
                           : tampered(connection_.path(), {part_, seq + 1});
        if (!row || row->place.seq != seq + 1)
            return tampered(connection_.path(), {part_, seq + 1});
        batch.rows.push_back(std::move(row).value());
        ++seq;
    }
    if (seq < last) return Done{};
    is_reading_ = false;
    return rows_->run();
}

class Verification {
  public:
    /// All outlive it. `state` is null if nobody wants to go on another time.
    Verification(const LedgerFiles& files, const ledger::LogIdentity& identity,
                 Connection& connection, const PersonKeyFile& keys, VerificationState* state)
        : files_(files),
          connection_(connection),
          keys_(keys),
          state_(state),
          log_(connection, identity, files.database) {}

    [[nodiscard]] Result<Verified> run(const VerifyOptions& options);

  private:
    [[nodiscard]] Error tampered(const EventPlace& place) const {
        return store::tampered(files_.database, place);
    }
    [[nodiscard]] Result<Done> begin_comparing_indexes();
    [[nodiscard]] Result<Done> end_comparing_indexes();
    [[nodiscard]] Result<Done> find_starts(RowReader& reader);
    [[nodiscard]] Result<Position> start_of(std::uint32_t part) const;
    [[nodiscard]] Result<Done> read_partitions(unsigned threads);
    [[nodiscard]] Result<Done> go_through(const RowBatch& batch);
    [[nodiscard]] Result<Done> begin(std::uint32_t part);
    [[nodiscard]] Result<Done> add_leaf(const EventRow& row, const Digest& leaf);
    [[nodiscard]] Result<Done> end_run(const Run& run);
    [[nodiscard]] Result<Done> end();
    [[nodiscard]] Result<Done> check_suppressions();
    [[nodiscard]] Result<Done> scan_suppressions();
    [[nodiscard]] Result<Done> look_suppressions_up();
    [[nodiscard]] Result<Done> count_suppressions();
    [[nodiscard]] bool is_under_layer() const { return connection_.layer().check_value() != 0; }
    [[nodiscard]] Error suppressions_changed() const {
        return error(ErrorCode::kBroken, "store.suppressions_changed", {}, files_.database);
    }
    [[nodiscard]] Result<Statement> stored_suppressions(std::uint32_t part);
    void take_findings(const RowBatch& batch);
    [[nodiscard]] Head head_of(std::uint32_t part) const;
    [[nodiscard]] Result<Done> tell_progress(bool is_end);

    const LedgerFiles& files_;
    Connection& connection_;
    const PersonKeyFile& keys_;
    VerificationState* state_;
    LogCheck log_;
    const VerifyOptions* options_ = nullptr;
    Heads heads_;
    std::array<Position, ledger::kPartitions> starts_;
    SuppressionFold suppressions_;
    /// By partition and number: rows that the ledger's own events name as erased.
    std::array<std::vector<bool>, ledger::kPartitions> told_as_erased_;
    Verified done_;
    std::uint64_t all_ = 0;

    // Of the partition that is gone through.
    std::optional<std::uint32_t> part_;
    VerificationState::Part found_;
    std::size_t next_run_ = 0;
    std::optional<std::int64_t> differs_;  ///< first row of the run whose leaf is not in its tile
    std::vector<std::int64_t> erased_;
    std::optional<Statement> suppressed_;  ///< the suppressions of a token
    std::uint64_t suppressions_found_ = 0;
    std::array<std::uint8_t, 2> bounds_{};  ///< first bytes of its tokens, and of the next

    std::atomic<bool> is_stopped_ = false;
    std::future<Result<Done>> indexes_;  ///< last: it is waited for when this dies
};

Result<Verified> Verification::run(const VerifyOptions& options) {
    options_ = &options;
    heads_ = LICET_TRY(heads_of(connection_));
    for (const auto& [part, head] : heads_) all_ += static_cast<std::uint64_t>(head.seq);
    LICET_TRY(log_.read(options.kept, options.trusted_pem, done_));
    LICET_TRY(begin_comparing_indexes());
    const auto read = read_partitions(options.threads);
    // Waited for even if damage was found, so that the same is told whoever was faster.
    LICET_TRY(end_comparing_indexes());
    LICET_TRY(read);
    LICET_TRY(count_suppressions());
    LICET_TRY(log_.check_tree());
    if (state_ != nullptr && done_.read_before > 0) done_.since = state_->since().value_or(0);
    LICET_TRY(tell_progress(true));
    return done_;
}

// The library compares every index with its table; a look-up that misses is an objection lost. With
// a second thread this goes on beside the rest, in a connection of its own.
Result<Done> Verification::begin_comparing_indexes() {
    if (state_ != nullptr && state_->has_compared_indexes()) return Done{};
    if (options_->threads == 1 || is_server(files_.database)) {
        LICET_TRY(connection_.check_integrity(
            [&] { return !options_->progress || options_->progress(done_.events, all_); }));
        return state_ != nullptr ? state_->add_compared_indexes() : Done{};
    }
    indexes_ = std::async(std::launch::async, [this]() -> Result<Done> {
        const auto own = LICET_TRY(checked_connection(files_, Mode::kReadOnly, kPatience));
        return own->check_integrity([this] { return !is_stopped_; });
    });
    return Done{};
}

Result<Done> Verification::end_comparing_indexes() {
    if (!indexes_.valid()) return Done{};
    LICET_TRY(indexes_.get());
    return state_ != nullptr ? state_->add_compared_indexes() : Done{};
}

Head Verification::head_of(std::uint32_t part) const {
    const auto head = heads_.find(part);
    return head == heads_.end() ? Head{} : head->second;
}

// Where an earlier session ended. What it read that was not under the log then, and is now, was not
// held to the log: that is read again.
Result<Position> Verification::start_of(std::uint32_t part) const {
    // What the ledger says of itself is needed for every other partition.
    const auto* known = state_ == nullptr || part == 0 ? nullptr : state_->part(part);
    if (known == nullptr) return Position{};
    const Head head = head_of(part);
    if (head.seq < known->read.head.seq)
        return error(ErrorCode::kBroken, "verification.went_back",
                     {{"partition", std::to_string(part)},
                      {"found", std::to_string(head.seq)},
                      {"expected", std::to_string(known->read.head.seq)}},
                     files_.database);
    const std::vector<Run>& runs = log_.runs_of(part);
    const auto run = std::find_if(runs.begin(), runs.end(), [&](const Run& one) {
        return one.last >= known->logged.head.seq;
    });
    const bool is_same_log =
        known->logged.head.seq == 0 ||
        (run != runs.end() && Head{run->last, run->hash} == known->logged.head);
    if (!is_same_log) return tampered({part, known->logged.head.seq});
    const bool has_grown = !runs.empty() && runs.back().last > known->logged.head.seq;
    return has_grown ? known->logged : known->read;
}

Result<Done> Verification::find_starts(RowReader& reader) {
    for (std::uint32_t part = 0; part < ledger::kPartitions; ++part) {
        starts_[part] = LICET_TRY(start_of(part));
        reader.begin_after(part, starts_[part].head.seq);
        done_.read_before += static_cast<std::uint64_t>(starts_[part].head.seq);
    }
    done_.events = done_.read_before;
    return Done{};
}

Result<Done> Verification::read_partitions(unsigned threads) {
    RowReader reader(connection_, heads_);
    LICET_TRY(find_starts(reader));
    CheckingPool pool(keys_.keys(), threads);
    std::uint64_t told = done_.events;
    std::uint64_t noted = done_.events;
    while (reader.has_more() || !pool.is_empty()) {
        while (reader.has_more() && !pool.is_full()) pool.put(reader.next());
        LICET_TRY(go_through(pool.take()));
        if (state_ != nullptr && done_.events - noted >= kNoteEvery) {
            noted = done_.events;
            if (indexes_.valid() && indexes_.wait_for(0s) == std::future_status::ready)
                LICET_TRY(end_comparing_indexes());
            LICET_TRY(state_->flush());
        }
        if (done_.events - told < kProgressEvery) continue;
        told = done_.events;
        LICET_TRY(tell_progress(false));
    }
    return Done{};
}

Result<Done> Verification::tell_progress(bool is_end) {
    if (!options_->progress || options_->progress(done_.events, all_) || is_end) return Done{};
    is_stopped_ = true;
    if (state_ != nullptr) LICET_TRY(state_->flush());
    return error(ErrorCode::kBusy, "verification.stopped");
}

Result<Done> Verification::go_through(const RowBatch& batch) {
    if (part_ != batch.part) LICET_TRY(begin(batch.part));
    take_findings(batch);
    for (std::size_t i = 0; i < batch.leaves.size(); ++i)
        LICET_TRY(add_leaf(batch.rows[i], batch.leaves[i]));
    if (batch.leaves.size() < batch.rows.size())
        return tampered(batch.rows[batch.leaves.size()].place);
    if (batch.failure) return *batch.failure;
    return batch.is_last ? end() : Done{};
}

Result<Done> Verification::begin(std::uint32_t part) {
    part_ = part;
    found_ = {starts_[part], {}};
    differs_.reset();
    erased_.clear();
    const std::vector<Run>& runs = log_.runs_of(part);
    const auto next = std::find_if(runs.begin(), runs.end(),
                                   [&](const Run& run) { return run.last > found_.read.head.seq; });
    next_run_ = static_cast<std::size_t>(next - runs.begin());
    const auto* known = state_ == nullptr || part == 0 ? nullptr : state_->part(part);
    if (known == nullptr) return Done{};
    found_.logged = known->logged;
    const auto suppressed = LICET_TRY(state_->suppressed_in(part));
    for (const ledger::Suppression& one : suppressed) suppressions_.add(one, Source::kKnown);
    return Done{};
}

void Verification::take_findings(const RowBatch& batch) {
    for (const ledger::Suppression& one : batch.kept) suppressions_.add(one, Source::kKept);
    for (const ledger::Suppression& one : batch.objections)
        suppressions_.add(one, Source::kObjection);
    erased_.insert(erased_.end(), batch.erased.begin(), batch.erased.end());
    for (const EventPlace& place : batch.told_as_erased) {
        if (place.part >= ledger::kPartitions || place.seq > head_of(place.part).seq) continue;
        std::vector<bool>& told = told_as_erased_[place.part];
        if (told.empty()) told.resize(static_cast<std::size_t>(head_of(place.part).seq) + 1);
        told[static_cast<std::size_t>(place.seq)] = true;
    }
}

Result<Done> Verification::add_leaf(const EventRow& row, const Digest& leaf) {
    Position& read = found_.read;
    read.head = ledger::next(read.head, leaf);
    if (row.is_erased()) ++read.erased;
    read.bytes += row.event.sealed.size();
    ++done_.events;
    const std::vector<Run>& runs = log_.runs_of(*part_);
    if (next_run_ == runs.size()) return Done{};
    const Run& run = runs[next_run_];
    const std::uint64_t place = run.number + static_cast<std::uint64_t>(row.place.seq - run.first);
    const bool is_there = LICET_TRY(log_.has_leaf(place, leaf));
    if (!is_there && !differs_) differs_ = row.place.seq;
    return row.place.seq == run.last ? end_run(run) : Done{};
}

// The chain says which of two that differ is not what was written: the row or the tile.
Result<Done> Verification::end_run(const Run& run) {
    if (found_.read.head.hash != run.hash) return tampered({run.part, differs_.value_or(run.last)});
    if (differs_) {
        const auto inner = static_cast<std::uint64_t>(*differs_ - run.first);
        return log_.bad_tile(LogCheck::tile_of(run.number + inner));
    }
    ++next_run_;
    found_.logged = found_.read;
    return Done{};
}

Result<Done> Verification::end() {
    const std::uint32_t part = *part_;
    if (found_.read.head != head_of(part)) return tampered({part, head_of(part).seq});
    if (next_run_ != log_.runs_of(part).size())  // the log has more than the partition
        return tampered({part, head_of(part).seq + 1});
    // A seal that is gone without a word of the ledger was destroyed by somebody else.
    const std::vector<bool>& told = told_as_erased_[part];
    for (const std::int64_t seq : erased_)
        if (told.empty() || !told[static_cast<std::size_t>(seq)]) return tampered({part, seq});
    suppressions_.fold(part);
    LICET_TRY(check_suppressions());
    done_.erased += found_.read.erased;
    done_.bytes += found_.read.bytes;
    if (state_ != nullptr && part != 0) {
        const auto* known = state_->part(part);
        const bool is_new = known == nullptr || *known != found_;
        if (is_new) LICET_TRY(state_->add(part, found_, suppressions_));
    }
    suppressions_.forget(part);
    return Done{};
}

// By the first byte alone, so that a token of any size is in some partition.
Result<Statement> Verification::stored_suppressions(std::uint32_t part) {
    constexpr std::uint32_t kLast = ledger::kPartitions - 1;
    bounds_ = {static_cast<std::uint8_t>(part), static_cast<std::uint8_t>(part + 1)};
    const std::span<const std::uint8_t> bounds(bounds_);
    Statement rows = LICET_TRY(connection_.scan(
        "SELECT " + std::string(kSuppressionColumns) + " FROM suppression WHERE token >= ?" +
        (part == kLast ? "" : " AND token < ?") + std::string(kSuppressionOrder)));
    rows.bind(1, bounds.first(part == 0 ? 0 : 1));
    if (part != kLast) rows.bind(2, bounds.last(1));
    return rows;
}

// The table is what comes out of the objections and of what erasures kept, and nothing else. Under
// a layer the tokens of a partition stand all over the table: each is looked up, and at the end it
// is counted whether there are others.
Result<Done> Verification::check_suppressions() {
    return is_under_layer() ? look_suppressions_up() : scan_suppressions();
}

Result<Done> Verification::scan_suppressions() {
    const std::uint32_t part = *part_;
    Statement rows = LICET_TRY(stored_suppressions(part));
    for (std::size_t next = 0;; ++next) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row && next == suppressions_.size(part)) return Done{};
        if (!has_row || next == suppressions_.size(part)) return suppressions_changed();
        const auto stored = suppression_in(rows, files_.database);
        if (!stored || *stored != suppressions_.at(part, next)) return suppressions_changed();
    }
}

Result<Done> Verification::look_suppressions_up() {
    const std::uint32_t part = *part_;
    if (!suppressed_)
        suppressed_ = LICET_TRY(connection_.prepare("SELECT " + std::string(kSuppressionColumns) +
                                                    " FROM suppression WHERE token = ?" +
                                                    std::string(kSuppressionOrder)));
    std::size_t next = 0;
    while (next < suppressions_.size(part)) {
        const ledger::Token person = suppressions_.at(part, next).person;
        suppressed_->bind(1, person);
        while (true) {
            const bool has_row = LICET_TRY(suppressed_->step());
            const bool is_expected =
                next < suppressions_.size(part) && suppressions_.at(part, next).person == person;
            if (!has_row && !is_expected) break;
            if (!has_row || !is_expected) return suppressions_changed();
            const auto stored = suppression_in(*suppressed_, files_.database);
            if (!stored || *stored != suppressions_.at(part, next)) return suppressions_changed();
            ++next;
        }
    }
    suppressions_found_ += next;
    return Done{};
}

Result<Done> Verification::count_suppressions() {
    if (!is_under_layer()) return Done{};
    const auto stored = LICET_TRY(connection_.number("SELECT count(*) FROM suppression"));
    if (static_cast<std::uint64_t>(stored) != suppressions_found_) return suppressions_changed();
    return Done{};
}

}  // namespace

Result<Verified> verify_ledger(const LedgerFiles& files, const ledger::LogIdentity& identity,
                               const VerifyOptions& options) {
    std::optional<VerificationState> state;
    if (options.resume)
        state = LICET_TRY(VerificationState::open(*options.resume, identity.origin));
    // Erasures that an old copy brought back are done again first, where that is allowed.
    if (auto writer = open_ledger_store(files, Mode::kReadWrite); !writer) {
        if (writer.error().message.id != "store.read_only") return writer.error();
        std::ignore = LICET_TRY(open_ledger_store(files, Mode::kReadOnly));
    }
    const auto connection = LICET_TRY(checked_connection(files, Mode::kReadOnly, kPatience));
    // The moment first, then the keys: a program that begins an era now is not in this moment.
    Transaction transaction = LICET_TRY(Transaction::begin(*connection, Access::kRead));
    const PersonKeyFile keys = LICET_TRY(person_keys_of(*connection, files));
    const Verified done = LICET_TRY(
        Verification(files, identity, *connection, keys, state ? &*state : nullptr).run(options));
    LICET_TRY(transaction.commit());
    if (state) state->remove();
    return done;
}

}  // namespace licet::store

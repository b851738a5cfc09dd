// SPDX-License-Identifier: Apache-2.0
#include "store/ledger_log.h"

#include <algorithm>
#include <filesystem>

#include "store/internal/durable_file.h"
#include "store/internal/schema.h"
#include "store/internal/tables.h"
#include "store/internal/tile_table.h"
#include "store/person_key_file.h"

namespace licet::store {
namespace {

using ledger::Head;

// Leaves between two writings of tiles: bounds memory, not correctness.
constexpr std::uint64_t kLeavesAtOnce = 16'384;

// Where each partition stands in the log: its last entry there, and the chain at it.
Result<Heads> logged_heads(Connection& connection) {
    Heads out;
    for (const Run& run : LICET_TRY(runs_of(connection))) out[run.part] = {run.last, run.hash};
    return out;
}

// Adds the entries of one partition after `at` to the tree. What does not lead to the head was
// changed after it was written, and must not be signed.
Result<Done> add_partition(Connection& connection, std::uint32_t part, Head at, const Head& head,
                           TileTable& tiles, ledger::TreeAppender& tree) {
    const Run run{part, at.seq + 1, head.seq, tree.size(), head.hash};
    // Up to the head: what others add meanwhile is for the next time.
    Statement rows = LICET_TRY(
        connection.scan("SELECT " + std::string(kEventColumns) +
                        " FROM event WHERE part = ? AND seq BETWEEN ? AND ? ORDER BY seq"));
    rows.bind(1, std::int64_t{part});
    rows.bind(2, run.first);
    rows.bind(3, run.last);
    while (true) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) break;
        const EventRow row = LICET_TRY(event_row(rows, connection.path()));
        if (row.place.seq != at.seq + 1) return tampered(connection.path(), {part, at.seq + 1});
        const Digest leaf = ledger::leaf_hash(row.entry());
        at = ledger::next(at, leaf);
        tree.add(leaf);
        if (tree.size() % kLeavesAtOnce == 0) LICET_TRY(tiles.write(tree.take_changed()));
    }
    if (at != head) return tampered(connection.path(), {part, head.seq});
    return put_run(connection, run);
}

// Gives the tree over everything.
Result<std::uint64_t> add_new_entries(Connection& connection, TileTable& tiles) {
    const std::uint64_t size = LICET_TRY(log_size(connection));
    auto tree = LICET_TRY(ledger::TreeAppender::at(tiles, size));
    Heads logged = LICET_TRY(logged_heads(connection));
    for (const auto& [part, head] : LICET_TRY(heads_of(connection)))
        if (logged[part].seq != head.seq)
            LICET_TRY(add_partition(connection, part, logged[part], head, tiles, tree));
    LICET_TRY(tiles.write(tree.take_changed()));
    return tree.size();
}

SignedCheckpoint checkpoint_in(const Statement& row) {
    const auto stamp = row.bytes(3);
    return {static_cast<std::uint64_t>(row.number(0)),
            row.number(1),
            std::string(row.text(2)),
            {stamp.begin(), stamp.end()}};
}

Result<std::optional<SignedCheckpoint>> newest_checkpoint(Connection& connection) {
    Statement rows = LICET_TRY(connection.prepare(
        "SELECT size, signed_at, note, timestamp FROM checkpoint ORDER BY size DESC LIMIT 1"));
    const bool has_row = LICET_TRY(rows.step());
    if (!has_row) return std::optional<SignedCheckpoint>{};
    return std::optional<SignedCheckpoint>(checkpoint_in(rows));
}

// Nothing is signed on top of what is not what was signed before.
Result<Done> check_continues(TileTable& tiles, const SignedCheckpoint& last,
                             const std::string& origin, const std::string& private_pem,
                             const std::string& path) {
    const ledger::LogIdentity identity{origin, LICET_TRY(public_key_of(private_pem))};
    const auto signed_before = ledger::checkpoint_of(last.note, identity);
    const auto root = ledger::root_of(tiles, last.size);
    const bool is_so =
        signed_before && signed_before->size == last.size && root && *root == signed_before->root;
    if (is_so) return Done{};
    if (const auto body = ledger::unverified_checkpoint_of(last.note);
        body && body->origin != origin)
        return other_log_key(body->origin, origin, path);
    return error(ErrorCode::kBroken, "log.bad_checkpoint", {{"size", std::to_string(last.size)}},
                 path);
}

// C2SP tlog-tiles: "x001/x234/067", with the width of a partial tile behind.
std::string tile_path(std::uint64_t place, std::size_t width) {
    std::string path;
    const auto digits = [](std::uint64_t three) {
        const std::string text = std::to_string(three);
        return std::string(3 - text.size(), '0') + text;
    };
    path = digits(place % 1000);
    for (place /= 1000; place > 0; place /= 1000) path = "x" + digits(place % 1000) + "/" + path;
    if (width < ledger::kTileWidth) path += ".p/" + std::to_string(width);
    return path;
}

// A file of the log never changes, except the checkpoint.
Result<bool> publish_file(const std::string& path, std::span<const std::uint8_t> bytes) {
    std::error_code fault;
    if (std::filesystem::exists(path, fault)) return false;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), fault);
    if (fault || replace_file(path, bytes) != 0)
        return error(ErrorCode::kBroken, "file.unwritable", {{"path", path}}, path);
    std::filesystem::permissions(path, std::filesystem::perms(0644), fault);
    return true;
}

// The entries of the log in order, in bundles of 256.
class EntryBundles {
  public:
    explicit EntryBundles(std::string folder) : folder_(std::move(folder)) {}

    Result<Done> add(const ledger::Entry& entry) {
        bytes_.push_back(static_cast<std::uint8_t>(entry.size() >> 8U));
        bytes_.push_back(static_cast<std::uint8_t>(entry.size() & 0xFFU));
        bytes_.insert(bytes_.end(), entry.begin(), entry.end());
        if (++width_ < ledger::kTileWidth) return Done{};
        return finish();
    }

    Result<Done> finish() {
        if (width_ == 0) return Done{};
        written_ += LICET_TRY(publish_file(folder_ + tile_path(place_, width_), bytes_)) ? 1U : 0U;
        bytes_.clear();
        width_ = 0;
        ++place_;
        return Done{};
    }

    [[nodiscard]] std::size_t written() const { return written_; }

  private:
    std::string folder_;
    std::vector<std::uint8_t> bytes_;
    std::size_t width_ = 0;
    std::uint64_t place_ = 0;
    std::size_t written_ = 0;
};

// Proofs of one moment of a ledger.
class Prover {
  public:
    /// All outlive it; `checkpoint` is null if nothing was signed.
    Prover(Connection& connection, const PersonKeyFile& keys, const SignedCheckpoint* checkpoint,
           const std::string& path)
        : connection_(connection),
          keys_(keys),
          checkpoint_(checkpoint),
          path_(path),
          tiles_(connection) {}

    Result<EventProof> prove(const ledger::EventPlace& place) {
        const EventRow row = LICET_TRY(row_of(place));
        if (row.is_erased()) return missing("log.event_erased", place);
        const auto key = keys_.keys().key_of(row.token(), row.era);
        if (!key) return missing("log.event_erased", place);
        const auto index = LICET_TRY(index_of(place));
        EventProof out;
        out.event = {place, LICET_TRY(ledger::open_seal(*key, row.event))};
        out.bytes = ledger::bytes_of(out.event.event);
        out.blind = ledger::blind_of(*key, row.event.name);
        out.sealed_digest = row.sealed_digest();
        out.proof.index = static_cast<std::uint64_t>(index);
        if (index < 0 || out.proof.index >= checkpoint_->size) return tampered(path_, place);
        out.proof.hashes =
            LICET_TRY(ledger::inclusion_proof(tiles_, out.proof.index, checkpoint_->size));
        out.proof.note = checkpoint_->note;
        const auto body = ledger::unverified_checkpoint_of(checkpoint_->note);
        if (!body || !ledger::is_included(ledger::leaf_hash(row.entry()), out.proof.index,
                                          body->size, out.proof.hashes, body->root))
            return tampered(path_, place);
        return out;
    }

  private:
    [[nodiscard]] Error missing(std::string_view id, const ledger::EventPlace& place) const {
        return error(ErrorCode::kMissing, id, {{"place", ledger::text_of(place)}}, path_);
    }

    Result<EventRow> row_of(const ledger::EventPlace& place) {
        Statement rows = LICET_TRY(connection_.prepare("SELECT " + std::string(kEventColumns) +
                                                       " FROM event WHERE part = ? AND seq = ?"));
        rows.bind(1, std::int64_t{place.part});
        rows.bind(2, place.seq);
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) return missing("log.no_such_event", place);
        return event_row(rows, path_);
    }

    // Number of the event in the log.
    Result<std::int64_t> index_of(const ledger::EventPlace& place) {
        Statement run = LICET_TRY(connection_.prepare(
            "SELECT first, number FROM run WHERE part = ? AND last >= ? ORDER BY last LIMIT 1"));
        run.bind(1, std::int64_t{place.part});
        run.bind(2, place.seq);
        const bool is_logged = LICET_TRY(run.step());
        if (!is_logged || checkpoint_ == nullptr) return missing("log.not_signed_yet", place);
        return run.number(1) + place.seq - run.number(0);
    }

    Connection& connection_;
    const PersonKeyFile& keys_;
    const SignedCheckpoint* checkpoint_;
    const std::string& path_;
    TileTable tiles_;
};

}  // namespace

Result<SignedCheckpoint> sign_checkpoint(const LedgerFiles& files, const std::string& origin,
                                         const std::string& private_pem, std::int64_t now) {
    const auto connection = LICET_TRY(checked_connection(files, Mode::kReadWrite, kPatience));
    Transaction transaction = LICET_TRY(Transaction::begin(*connection, Access::kWrite));
    LICET_TRY(lock_files(*connection));
    const auto last = LICET_TRY(newest_checkpoint(*connection));
    if (last && now < last->signed_at)
        return error(ErrorCode::kBroken, "log.clock_back",
                     {{"last", text_of(date_of(last->signed_at / 86'400))}}, files.database);
    TileTable tiles(*connection);
    if (last) LICET_TRY(check_continues(tiles, *last, origin, private_pem, files.database));
    const std::uint64_t size = LICET_TRY(add_new_entries(*connection, tiles));
    if (last && last->size == size) return *last;
    SignedCheckpoint out{size, now, {}, {}};
    const Digest root = LICET_TRY(ledger::root_of(tiles, size));
    out.note = LICET_TRY(ledger::signed_note({origin, size, root, now}, private_pem));
    Statement put = LICET_TRY(connection->prepare(
        "INSERT INTO checkpoint(size, signed_at, note, timestamp) VALUES(?, ?, ?, ?)"));
    put.bind(1, static_cast<std::int64_t>(size));
    put.bind(2, now);
    put.bind(3, std::string_view(out.note));
    put.bind(4, std::span<const std::uint8_t>());
    LICET_TRY(put.run());
    LICET_TRY(transaction.commit());
    return out;
}

Result<std::vector<SignedCheckpoint>> checkpoints_of(const LedgerFiles& files) {
    const auto connection = LICET_TRY(checked_connection(files, Mode::kReadOnly, kPatience));
    Statement rows = LICET_TRY(connection->prepare(
        "SELECT size, signed_at, note, timestamp FROM checkpoint ORDER BY size"));
    std::vector<SignedCheckpoint> out;
    while (true) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) return out;
        out.push_back(checkpoint_in(rows));
    }
}

Result<Done> keep_timestamp(const LedgerFiles& files, std::uint64_t size,
                            std::span<const std::uint8_t> answer) {
    const auto connection = LICET_TRY(checked_connection(files, Mode::kReadWrite, kPatience));
    Statement put =
        LICET_TRY(connection->prepare("UPDATE checkpoint SET timestamp = ? WHERE size = ?"));
    put.bind(1, answer);
    put.bind(2, static_cast<std::int64_t>(size));
    LICET_TRY(put.run());
    if (connection->rows_changed() == 0)
        return error(ErrorCode::kMissing, "ledger.nothing_signed", {}, files.database);
    return Done{};
}

Result<EventProof> prove_event(const LedgerFiles& files, const ledger::EventPlace& place) {
    auto proofs = LICET_TRY(prove_events(files, {&place, 1}));
    return std::move(proofs.front());
}

Result<std::vector<EventProof>> prove_events(const LedgerFiles& files,
                                             std::span<const ledger::EventPlace> places) {
    const auto connection = LICET_TRY(checked_connection(files, Mode::kReadOnly, kPatience));
    const PersonKeyFile keys = LICET_TRY(person_keys_of(*connection, files));
    Transaction transaction = LICET_TRY(Transaction::begin(*connection, Access::kRead));
    const auto checkpoint = LICET_TRY(newest_checkpoint(*connection));
    Prover prover(*connection, keys, checkpoint ? &*checkpoint : nullptr, files.database);
    std::vector<EventProof> out;
    for (const ledger::EventPlace& place : places) out.push_back(LICET_TRY(prover.prove(place)));
    return out;
}

Result<ledger::LogExtension> prove_extension(const LedgerFiles& files,
                                             const ledger::LogIdentity& identity,
                                             std::string_view old_note) {
    const auto old = LICET_TRY(ledger::checkpoint_of(old_note, identity));
    const auto connection = LICET_TRY(checked_connection(files, Mode::kReadOnly, kPatience));
    Transaction transaction = LICET_TRY(Transaction::begin(*connection, Access::kRead));
    const auto newest = LICET_TRY(newest_checkpoint(*connection));
    if (!newest) return error(ErrorCode::kMissing, "ledger.nothing_signed");
    if (newest->size < old.size)
        return error(
            ErrorCode::kBroken, "log.rolled_back",
            {{"found", std::to_string(newest->size)}, {"expected", std::to_string(old.size)}},
            files.database);
    TileTable tiles(*connection);
    ledger::LogExtension out{old.size, {}, newest->note};
    if (old.size > 0)
        out.hashes = LICET_TRY(ledger::consistency_proof(tiles, old.size, newest->size));
    const auto now = LICET_TRY(ledger::checkpoint_of(newest->note, identity));
    if (!ledger::is_consistent(old.size, old.root, now.size, now.root, out.hashes))
        return error(ErrorCode::kBroken, "log.forked", {{"size", std::to_string(old.size)}},
                     files.database);
    return out;
}

Result<std::size_t> publish_log(const LedgerFiles& files, const std::string& folder) {
    const auto connection = LICET_TRY(checked_connection(files, Mode::kReadOnly, kPatience));
    Transaction transaction = LICET_TRY(Transaction::begin(*connection, Access::kRead));
    const auto checkpoint = LICET_TRY(newest_checkpoint(*connection));
    if (!checkpoint) return std::size_t{0};
    // A log of nothing has no tile, and its checkpoint would tell nobody anything.
    if (checkpoint->size == 0) return error(ErrorCode::kMissing, "ledger.nothing_to_publish");
    std::size_t written = 0;
    Statement tiles =
        LICET_TRY(connection->scan("SELECT level, place, hashes FROM tile ORDER BY level, place"));
    while (true) {
        const bool has_row = LICET_TRY(tiles.step());
        if (!has_row) break;
        const auto hashes = tiles.bytes(2);
        const std::string path =
            folder + "/tile/" + std::to_string(tiles.number(0)) + "/" +
            tile_path(static_cast<std::uint64_t>(tiles.number(1)), hashes.size() / sizeof(Digest));
        written += LICET_TRY(publish_file(path, hashes)) ? 1U : 0U;
    }
    EntryBundles bundles(folder + "/tile/entries/");
    Statement rows = LICET_TRY(
        connection->scan("SELECT " + std::string(kEventColumns) +
                         " FROM event WHERE part = ? AND seq BETWEEN ? AND ? ORDER BY seq"));
    for (const Run& run : LICET_TRY(runs_of(*connection))) {
        rows.bind(1, std::int64_t{run.part});
        rows.bind(2, run.first);
        rows.bind(3, run.last);
        while (true) {
            const bool has_row = LICET_TRY(rows.step());
            if (!has_row) break;
            const EventRow row = LICET_TRY(event_row(rows, files.database));
            LICET_TRY(bundles.add(row.entry()));
        }
    }
    LICET_TRY(bundles.finish());
    written += bundles.written();
    // Last, so that a reader who has it finds everything that it speaks of.
    if (replace_file(folder + "/checkpoint", bytes_of_text(checkpoint->note)) != 0)
        return error(ErrorCode::kBroken, "file.unwritable", {{"path", folder + "/checkpoint"}});
    std::error_code fault;
    std::filesystem::permissions(folder + "/checkpoint", std::filesystem::perms(0644), fault);
    return written + 1;
}

}  // namespace licet::store

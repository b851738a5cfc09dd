// SPDX-License-Identifier: Apache-2.0
#include "store/ledger_file.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <span>
#include <string_view>
#include <tuple>

#include "ledger/checkpoint.h"
#include "ledger/merkle.h"
#include "store/erasure_register.h"
#include "store/internal/durable_file.h"
#include "store/internal/packed.h"
#include "store/internal/schema.h"
#include "store/internal/tables.h"
#include "store/internal/tile_table.h"

namespace licet::store {
namespace {

constexpr std::string_view kHeader = "licet-ledger-4\n";
constexpr std::string_view kNamelessHeader = "licet-ledger-3\n";  // does not name its keys
constexpr std::string_view kBareHeader = "licet-ledger-2\n";      // no layer over tokens
constexpr std::string_view kOldHeader = "licet-ledger-1\n";  // suppressions without brand and end
constexpr unsigned kCheckBytes = 8;
enum Type : std::uint8_t { kEnd = 0, kEvent = 1, kSuppression, kRun, kCheckpoint, kErasure };
constexpr std::chrono::minutes kPatienceToMove{30};         // a whole ledger is committed at once
constexpr std::size_t kMostBytes = std::size_t{16} << 20U;  // of one record

struct CloseFile {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

// ---- the file -----------------------------------------------------------------------------------
// Check values of the keys that belong to what is in the file; 0 = none, or not named.
struct Keys {
    std::uint64_t layer = 0;  ///< over the tokens
    std::uint64_t tenant = 0;
    std::uint64_t persons = 0;
};

class FileWriter {
  public:
    explicit FileWriter(std::string path) : path_(std::move(path)) {}

    Result<Done> open(const Keys& keys) {
        // Readable by its owner alone before a byte is in it; what a killed export left goes.
        ::unlink((path_ + ".new").c_str());
        if (const int why = append_to_file(path_ + ".new", kHeader); why != 0) return unwritable();
        file_.reset(std::fopen((path_ + ".new").c_str(), "ab"));
        if (file_ == nullptr) return unwritable();
        digest_.add(kHeader);
        Packer checks;
        for (const std::uint64_t one : {keys.layer, keys.tenant, keys.persons})
            checks.number(one, kCheckBytes);
        return write(checks.bytes());
    }
    Result<Done> record(Type type, const Packer& record) {
        const std::vector<std::uint8_t>& bytes = record.bytes();
        Packer head;
        head.number(type, 1).number(bytes.size(), 4);
        LICET_TRY(write(head.bytes()));
        return write(bytes);
    }
    Result<Done> finish() {
        LICET_TRY(record(kEnd, {}));
        const Digest digest = digest_.digest();
        const bool is_done =
            std::fwrite(digest.data(), 1, digest.size(), file_.get()) == digest.size() &&
            std::fflush(file_.get()) == 0 && ::fsync(::fileno(file_.get())) == 0;
        if (!is_done || std::rename((path_ + ".new").c_str(), path_.c_str()) != 0 ||
            !sync_folder_of(path_))
            return unwritable();
        is_finished_ = true;
        return Done{};
    }
    ~FileWriter() {
        if (!is_finished_) ::unlink((path_ + ".new").c_str());
    }
    FileWriter(const FileWriter&) = delete;
    FileWriter& operator=(const FileWriter&) = delete;

  private:
    Result<Done> write(std::span<const std::uint8_t> bytes) {
        if (bytes.empty()) return Done{};
        digest_.add(bytes);
        if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size())
            return unwritable();
        return Done{};
    }
    [[nodiscard]] Error unwritable() const {
        return error(ErrorCode::kBroken, "file.unwritable", {{"path", path_}}, path_);
    }

    std::string path_;
    File file_;
    Hasher digest_;
    bool is_finished_ = false;
};

class FileReader {
  public:
    explicit FileReader(std::string path) : path_(std::move(path)) {}

    Result<Done> open() {
        file_.reset(std::fopen(path_.c_str(), "rb"));
        if (file_ == nullptr) return error(ErrorCode::kMissing, "file.missing", {{"path", path_}});
        std::vector<std::uint8_t> header(kHeader.size());
        const bool has_header = read(header);
        const auto is = [&](std::string_view one) {
            return has_header && std::ranges::equal(header, bytes_of_text(one));
        };
        is_old_ = is(kOldHeader);
        if (is_old_ || is(kBareHeader)) return Done{};
        const bool is_named = is(kHeader);
        if (!is_named && !is(kNamelessHeader))
            return error(ErrorCode::kInput, "ledger_file.form", {}, path_);
        std::vector<std::uint8_t> checks(kCheckBytes * (is_named ? 3 : 1));
        if (!read(checks)) return damaged();
        Unpacker fields(checks);
        keys_.layer = fields.number(kCheckBytes);
        if (!is_named) return Done{};
        keys_.tenant = fields.number(kCheckBytes);
        keys_.persons = fields.number(kCheckBytes);
        return Done{};
    }
    /// Gives the type of the next record, whose bytes are in `bytes`; kEnd if the file ended as it
    /// must, digest included.
    Result<Type> next(std::vector<std::uint8_t>& bytes) {
        std::vector<std::uint8_t> head(5);
        if (!read(head)) return damaged();
        Unpacker fields(head);
        const std::uint64_t type = fields.number(1);
        const std::uint64_t size = fields.number(4);
        if (type > kErasure || size > kMostBytes || (type == kEnd && size != 0)) return damaged();
        bytes.resize(size);
        if (!read(bytes)) return damaged();
        if (type != kEnd) return static_cast<Type>(type);
        const Digest expected = digest_.digest();
        Digest found{};
        const bool is_whole =
            std::fread(found.data(), 1, found.size(), file_.get()) == found.size() &&
            std::fgetc(file_.get()) == EOF;
        if (!is_whole || found != expected) return damaged();
        return kEnd;
    }
    [[nodiscard]] Error damaged() const {
        return error(ErrorCode::kBroken, "ledger_file.damaged", {}, path_);
    }
    [[nodiscard]] bool is_old() const { return is_old_; }
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] const Keys& keys() const { return keys_; }

  private:
    bool read(std::span<std::uint8_t> bytes) {
        const bool is_there =
            std::fread(bytes.data(), 1, bytes.size(), file_.get()) == bytes.size();
        if (is_there) digest_.add(bytes);
        return is_there;
    }
    std::string path_;
    File file_;
    Hasher digest_;
    bool is_old_ = false;
    Keys keys_;
};

// ---- export -------------------------------------------------------------------------------------
Packer record_of(const EventRow& row, const ledger::TokenLayer& layer) {
    Packer out;
    out.number(row.place.part, 4).number(static_cast<std::uint64_t>(row.place.seq), 8);
    out.number(row.kind, 1).number(row.era, 2).raw(row.event.name).raw(row.event.commitment);
    out.number(row.person.size(), 1);
    if (!row.person.empty()) out.raw(layer.over(row.token()).bytes);
    out.raw(row.event.sealed);
    return out;
}

Result<Done> write_rows(Connection& connection, FileWriter& file, Moved& moved) {
    Statement events = LICET_TRY(
        connection.scan("SELECT " + std::string(kEventColumns) + " FROM event ORDER BY part, seq"));
    while (LICET_TRY(events.step())) {
        const EventRow row = LICET_TRY(event_row(events, connection.path()));
        LICET_TRY(file.record(kEvent, record_of(row, connection.layer())));
        ++moved.events;
    }
    Statement suppressions =
        LICET_TRY(connection.scan("SELECT " + std::string(kSuppressionColumns) +
                                  " FROM suppression" + std::string(kSuppressionOrder)));
    while (LICET_TRY(suppressions.step())) {
        const auto one = LICET_TRY(suppression_in(suppressions, connection.path()));
        Packer record;
        record.raw(connection.layer().over(one.person).bytes)
            .number(static_cast<std::uint64_t>(days_of(one.since)), 4)
            .number(static_cast<std::uint64_t>(days_of(one.last)), 4)
            .number(static_cast<std::uint64_t>(one.until ? days_of(*one.until) : 0), 4);
        for (const std::string* text :
             {&one.scope.brand, &one.scope.channel, &one.scope.purpose, &one.reason})
            record.text(*text);
        LICET_TRY(file.record(kSuppression, record));
        ++moved.suppressions;
    }
    for (const Run& run : LICET_TRY(runs_of(connection))) {
        Packer record;
        record.number(run.part, 4).number(static_cast<std::uint64_t>(run.first), 8);
        record.number(static_cast<std::uint64_t>(run.last), 8).number(run.number, 8).raw(run.hash);
        LICET_TRY(file.record(kRun, record));
    }
    Statement notes =
        LICET_TRY(connection.prepare("SELECT size, note, timestamp FROM checkpoint ORDER BY size"));
    while (LICET_TRY(notes.step())) {
        Packer record;
        record.number(static_cast<std::uint64_t>(notes.number(0)), 8).text(notes.text(1));
        const auto stamp = notes.bytes(2);
        record.number(stamp.size(), 4).raw(stamp);
        LICET_TRY(file.record(kCheckpoint, record));
        ++moved.checkpoints;
    }
    return Done{};
}

// ---- import -------------------------------------------------------------------------------------
class Importer {
  public:
    /// `layer`: over the tokens in the file.
    Importer(Connection& connection, const FileReader& file, ledger::TokenLayer layer)
        : connection_(connection), file_(file), layer_(std::move(layer)), tiles_(connection) {}

    Result<Done> prepare() {
        tree_ = LICET_TRY(ledger::TreeAppender::at(tiles_, 0));
        put_event_ = LICET_TRY(connection_.prepare(kPutEvent));
        put_suppression_ = LICET_TRY(connection_.prepare(kPutSuppression));
        return Done{};
    }

    Result<Done> add(Type type, std::span<const std::uint8_t> bytes) {
        // Types stand in ascending order, so that each part can rest on the one before.
        if (type < last_type_) return file_.damaged();
        last_type_ = type;
        Unpacker record(bytes);
        switch (type) {
            case kEvent:
                return add_event(record);
            case kSuppression:
                return add_suppression(record);
            case kRun:
                return add_run(record);
            case kCheckpoint:
                return add_checkpoint(record);
            case kErasure: {
                const auto bytes_of_line = record.rest();
                erasures_ += std::string(bytes_of_line.begin(), bytes_of_line.end()) + "\n";
                ++moved_.erasures;
                return Done{};
            }
            case kEnd:
                break;
        }
        return file_.damaged();
    }

    // Heads as they come out of the events; every run must have been led to by them.
    Result<Done> finish() {
        Statement put = LICET_TRY(connection_.prepare(
            "INSERT INTO head(part, seq, hash) VALUES(?, ?, ?) ON CONFLICT(part) DO UPDATE SET "
            "seq = excluded.seq, hash = excluded.hash"));
        for (const auto& [part, head] : heads_) {
            put.bind(1, std::int64_t{part});
            put.bind(2, head.seq);
            put.bind(3, std::span<const std::uint8_t>(head.hash));
            LICET_TRY(put.send());
        }
        return sound(connection_.settle());
    }
    [[nodiscard]] const Moved& moved() const { return moved_; }
    [[nodiscard]] const std::string& erasures() const { return erasures_; }

  private:
    // An event that is there already is one too many.
    [[nodiscard]] Result<Done> sound(Result<Done> answer) const {
        if (!answer && answer.error().code == ErrorCode::kChanged) return file_.damaged();
        return answer;
    }
    Result<Done> add_event(Unpacker& record) {
        EventRow row;
        row.place = {static_cast<std::uint32_t>(record.number(4)),
                     static_cast<std::int64_t>(record.number(8))};
        row.kind = static_cast<std::uint8_t>(record.number(1));
        row.era = static_cast<ledger::Era>(record.number(2));
        record.into(row.event.name);
        record.into(row.event.commitment);
        ledger::Token person;
        const std::uint64_t size = record.number(1);
        if (size == person.bytes.size()) {
            record.into(person.bytes);
            person = layer_.under(person);
            row.person.assign(person.bytes.begin(), person.bytes.end());
        }
        row.event.sealed = record.rest();
        ledger::Head& head = heads_[row.place.part];
        const bool is_sound = record.is_whole() && row.place.part < ledger::kPartitions &&
                              row.place.seq == head.seq + 1 &&
                              size == (row.is_erased() ? 0 : sizeof(ledger::Token)) &&
                              (!row.is_erased() || row.event.sealed.size() == sizeof(Digest));
        if (!is_sound) return file_.damaged();
        bind_event(*put_event_, row);
        LICET_TRY(sound(put_event_->send()));
        head = ledger::next(head, ledger::leaf_hash(row.entry()));
        ++moved_.events;
        return Done{};
    }

    Result<Done> add_suppression(Unpacker& record) {
        const auto day = [&] {
            return Date{std::chrono::days{
                static_cast<std::int32_t>(static_cast<std::uint32_t>(record.number(4)))}};
        };
        ledger::Suppression one;
        record.into(one.person.bytes);
        one.person = layer_.under(one.person);
        one.since = day();
        one.last = day();
        const Date until = file_.is_old() ? Date{} : day();
        if (until != Date{}) one.until = until;
        if (!file_.is_old()) one.scope.brand = record.text();
        for (std::string* text : {&one.scope.channel, &one.scope.purpose, &one.reason})
            *text = record.text();
        if (!record.is_whole()) return file_.damaged();
        bind_suppression(*put_suppression_, one);
        LICET_TRY(sound(put_suppression_->send()));
        ++moved_.suppressions;
        return Done{};
    }

    Result<Done> add_run(Unpacker& record) {
        Run run;
        run.part = static_cast<std::uint32_t>(record.number(4));
        run.first = static_cast<std::int64_t>(record.number(8));
        run.last = static_cast<std::int64_t>(record.number(8));
        run.number = record.number(8);
        record.into(run.hash);
        ledger::Head& logged = logged_[run.part];
        if (!record.is_whole() || run.part >= ledger::kPartitions || run.last < run.first ||
            run.first != logged.seq + 1 || run.number != tree_->size())
            return file_.damaged();
        LICET_TRY(add_leaves(run, logged));
        if (logged != ledger::Head{run.last, run.hash}) return file_.damaged();
        return put_run(connection_, run);
    }

    Result<Done> add_leaves(const Run& run, ledger::Head& logged) {
        Statement rows = LICET_TRY(
            connection_.scan("SELECT " + std::string(kEventColumns) +
                             " FROM event WHERE part = ? AND seq BETWEEN ? AND ? ORDER BY seq"));
        rows.bind(1, std::int64_t{run.part});
        rows.bind(2, run.first);
        rows.bind(3, run.last);
        while (LICET_TRY(rows.step())) {
            const EventRow row = LICET_TRY(event_row(rows, connection_.path()));
            const Digest leaf = ledger::leaf_hash(row.entry());
            logged = ledger::next(logged, leaf);
            tree_->add(leaf);
        }
        return tiles_.write(tree_->take_changed());
    }

    // The root is compared here; the signature by whoever verifies the ledger.
    Result<Done> add_checkpoint(Unpacker& record) {
        const std::uint64_t size = record.number(8);
        const std::string note = record.text();
        const std::string stamp = record.text();
        const auto body = ledger::unverified_checkpoint_of(note);
        if (!record.is_whole() || !body || body->size != size || size > tree_->size())
            return file_.damaged();
        const Digest root = LICET_TRY(ledger::root_of(tiles_, size));
        if (root != body->root)
            return error(ErrorCode::kBroken, "log.bad_checkpoint", {{"size", std::to_string(size)}},
                         connection_.path());
        Statement put = LICET_TRY(connection_.prepare(
            "INSERT INTO checkpoint(size, signed_at, note, timestamp) VALUES(?, ?, ?, ?)"));
        put.bind(1, static_cast<std::int64_t>(size));
        put.bind(2, body->signed_at);
        put.bind(3, std::string_view(note));
        put.bind(4, bytes_of_text(stamp));
        LICET_TRY(put.run());
        ++moved_.checkpoints;
        return Done{};
    }

    Connection& connection_;
    const FileReader& file_;
    ledger::TokenLayer layer_;
    TileTable tiles_;
    std::optional<Statement> put_event_;
    std::optional<Statement> put_suppression_;
    std::optional<ledger::TreeAppender> tree_;
    Heads heads_;
    Heads logged_;
    std::string erasures_;
    Type last_type_ = kEnd;
    Moved moved_;
};

// A register only ever grows, so of two of one ledger one begins with the other, whatever layers
// their lines are under.
Result<std::vector<Erasure>> longer_register(const LedgerFiles& files, const FileReader& file,
                                             const std::string& moved_text) {
    auto here = LICET_TRY(erasures_in(files));
    auto read = erasures_of_text(moved_text, files);
    if (!read) return read.error().message.id == "erasure.line" ? file.damaged() : read.error();
    auto moved = std::move(read).value();
    const std::size_t both = std::min(here.size(), moved.size());
    if (!std::equal(here.begin(), here.begin() + static_cast<std::ptrdiff_t>(both), moved.begin()))
        return error(ErrorCode::kInput, "ledger_file.other_register", {}, files.erasures);
    return here.size() >= moved.size() ? std::move(here) : std::move(moved);
}

// Within a transaction. Gives the register as it must be once that is committed.
Result<std::vector<Erasure>> fill(Connection& connection, FileReader& file,
                                  const LedgerFiles& files, Moved& moved) {
    const PersonKeyFile persons_here = LICET_TRY(PersonKeyFile::open(files.person_keys));
    LICET_TRY(persons_here.check(file.keys().persons));
    if (files.tenant != 0 && file.keys().tenant != 0 && file.keys().tenant != files.tenant)
        return error(ErrorCode::kInput, "tenant_key.other", {}, file.path());
    const std::uint64_t persons = persons_here.keys().check_value();
    // The layer of the file comes off, that of the folder goes on.
    LICET_TRY(connection.agree_on_layer());
    Importer importer(connection, file,
                      LICET_TRY(LayerKeys(files).layer(file.keys().layer, Layers::kKnown)));
    LICET_TRY(importer.prepare());
    std::vector<std::uint8_t> bytes;
    while (true) {
        const Type type = LICET_TRY(file.next(bytes));
        if (type == kEnd) break;
        LICET_TRY(importer.add(type, bytes));
    }
    LICET_TRY(importer.finish());
    // Every line is to be done here: the rows may be older than it.
    LICET_TRY(
        connection.run("UPDATE replayed SET era = (SELECT coalesce(max(era), 1) FROM event) WHERE "
                       "era < (SELECT coalesce(max(era), 1) FROM event)"));
    LICET_TRY(check_opens_something(connection, persons_here.keys(), files.person_keys));
    LICET_TRY(
        name_keys(connection, files.tenant != 0 ? files.tenant : file.keys().tenant, persons));
    moved = importer.moved();
    return longer_register(files, file, importer.erasures());
}

// On a server, all is one transaction: nobody finds a ledger that is only half there, or empty. The
// register is written first, since without it what is erased could be asked for.
Result<Moved> import_into_server(FileReader& file, const LedgerFiles& files) {
    const auto connection =
        LICET_TRY(server_connection(files.database, Mode::kReadWrite, kPatienceToMove));
    Transaction transaction = LICET_TRY(Transaction::begin(*connection, Access::kWrite));
    const LayerKeys keys(files);
    const std::uint64_t layer = LICET_TRY(keys.current()).check_value();
    LICET_TRY(make_server_schema(*connection, layer));
    connection->guard_layer(keys, Layers::kInForce, files.tenant);
    Moved moved;
    const auto longer = LICET_TRY(fill(*connection, file, files, moved));
    LICET_TRY(replace_erasures(files, longer, connection->layer()));
    LICET_TRY(transaction.commit());
    return moved;
}

// Made beside, so that nobody ever finds a ledger that is only half there, or empty.
Result<Moved> import_into_file(FileReader& file, const LedgerFiles& files,
                               const std::string& beside) {
    LedgerFiles there = files;
    there.database = beside;
    const auto connection = LICET_TRY(checked_connection(there, Mode::kCreate, kPatience));
    Transaction transaction = LICET_TRY(Transaction::begin(*connection, Access::kWrite));
    Moved moved;
    const auto longer = LICET_TRY(fill(*connection, file, files, moved));
    LICET_TRY(transaction.commit());
    LICET_TRY(connection->forget_old_bytes());
    LICET_TRY(replace_erasures(files, longer, connection->layer()));
    return moved;
}

}  // namespace

Result<Moved> export_ledger(const LedgerFiles& files, const std::string& path) {
    // Erasures that the database has not seen are done first, so that they are not carried on.
    std::ignore = LICET_TRY(open_ledger_store(files, Mode::kReadWrite));
    const auto connection = LICET_TRY(checked_connection(files, Mode::kReadOnly, kPatience));
    Transaction transaction = LICET_TRY(Transaction::begin(*connection, Access::kRead));
    Moved moved;
    FileWriter file(path);
    const auto tenant = LICET_TRY(connection->number("SELECT max(tenant) FROM replayed"));
    const auto persons = LICET_TRY(named_persons(*connection));
    LICET_TRY(file.open(
        {connection->layer().check_value(), static_cast<std::uint64_t>(tenant), persons}));
    LICET_TRY(write_rows(*connection, file, moved));
    const auto register_bytes = bytes_of_file(files.erasures);
    std::string_view rest(
        register_bytes ? reinterpret_cast<const char*>(register_bytes->data()) : "",
        register_bytes ? register_bytes->size() : 0);
    for (std::size_t end = rest.find('\n'); end != rest.npos; end = rest.find('\n')) {
        LICET_TRY(file.record(kErasure, Packer().raw(bytes_of_text(rest.substr(0, end)))));
        rest.remove_prefix(end + 1);
        ++moved.erasures;
    }
    LICET_TRY(file.finish());
    return moved;
}

Result<Moved> import_ledger(const std::string& path, const LedgerFiles& files) {
    FileReader file(path);
    LICET_TRY(file.open());
    if (state_of_file(files.person_keys) == FileState{})
        return error(ErrorCode::kMissing, "person_keys.missing", {}, files.person_keys);
    if (is_server(files.database)) return import_into_server(file, files);
    if (state_of_file(files.database) != FileState{})
        return error(ErrorCode::kInput, "store.exists", {}, files.database);
    const std::string beside = files.database + ".import";
    const auto remove = [&] {
        for (const char* rest : {"", "-wal", "-shm"}) ::unlink((beside + rest).c_str());
    };
    remove();
    auto moved = import_into_file(file, files, beside);
    if (moved && (std::rename(beside.c_str(), files.database.c_str()) != 0 ||
                  !sync_folder_of(files.database)))
        moved = error(ErrorCode::kBroken, "file.unwritable", {{"path", files.database}});
    remove();
    return moved;
}

}  // namespace licet::store

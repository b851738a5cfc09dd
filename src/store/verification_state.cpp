// SPDX-License-Identifier: Apache-2.0
#include "store/internal/verification_state.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "ledger/person_keys.h"
#include "store/internal/durable_file.h"
#include "store/internal/packed.h"

namespace licet::store {
namespace {

// docs/ledger-format.md, section 15. Never change or reuse a number.
constexpr std::string_view kHeader = "licet-verification-1\n";
constexpr std::string_view kKeyName = "licet/verification/1/";
enum Type : std::uint8_t { kPart = 1, kIndexes = 2 };

constexpr std::size_t kRecordHead = 5;     // type, size of what follows
constexpr std::size_t kMostHeader = 4096;  // an origin is short
constexpr std::size_t kFlushAt = std::size_t{1} << 20U;

using Bytes = std::vector<std::uint8_t>;

// Fewer bytes than asked for only at the end of the file.
Bytes bytes_at(int file, std::uint64_t place, std::size_t size) {
    Bytes out(size);
    std::size_t done = 0;
    while (done < size) {
        const ssize_t got =
            ::pread(file, out.data() + done, size - done, static_cast<off_t>(place + done));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        done += static_cast<std::size_t>(got);
    }
    out.resize(done);
    return out;
}

void pack(Packer& out, const VerificationState::Position& position) {
    out.number(static_cast<std::uint64_t>(position.head.seq), 8).raw(position.head.hash);
    out.number(position.erased, 8).number(position.bytes, 8);
}

VerificationState::Position position_of(Unpacker& record) {
    VerificationState::Position out;
    out.head.seq = static_cast<std::int64_t>(record.number(8));
    record.into(out.head.hash);
    out.erased = record.number(8);
    out.bytes = record.number(8);
    return out;
}

void pack(Packer& out, const ledger::Suppression& one) {
    out.raw(one.person.bytes)
        .number(static_cast<std::uint64_t>(days_of(one.since)), 4)
        .number(static_cast<std::uint64_t>(days_of(one.last)), 4)
        .number(static_cast<std::uint64_t>(one.until ? days_of(*one.until) : 0), 4);
    for (const std::string* text :
         {&one.scope.brand, &one.scope.channel, &one.scope.purpose, &one.reason})
        out.text(*text);
}

ledger::Suppression suppression_of(Unpacker& record) {
    const auto day = [&] {
        return date_of(static_cast<std::int32_t>(static_cast<std::uint32_t>(record.number(4))));
    };
    ledger::Suppression out;
    record.into(out.person.bytes);
    out.since = day();
    out.last = day();
    if (const Date until = day(); until != Date{}) out.until = until;
    for (std::string* text :
         {&out.scope.brand, &out.scope.channel, &out.scope.purpose, &out.reason})
        *text = record.text();
    return out;
}

}  // namespace

VerificationState::Close::~Close() { ::close(number); }

VerificationState::VerificationState(const ResumeFile& file, const std::string& origin)
    : path_(file.path),
      now_(file.now),
      hasher_(bytes_of_text(file.secret), std::string(kKeyName) + origin) {}

Error VerificationState::wrong(std::string_view id) const {
    return error(ErrorCode::kInput, id, {{"path", path_}}, path_);
}

Error VerificationState::unwritable() const {
    return error(ErrorCode::kBroken, "file.unwritable", {{"path", path_}}, path_);
}

Result<VerificationState> VerificationState::open(const ResumeFile& file,
                                                  const std::string& origin) {
    VerificationState state(file, origin);
    if (state_of_file(file.path) == FileState{}) LICET_TRY(state.create(origin));
    LICET_TRY(state.lock());
    LICET_TRY(state.read(origin));
    return state;
}

Result<Done> VerificationState::create(const std::string& origin) {
    Packer header;
    header.raw(bytes_of_text(kHeader)).raw(bytes_of_text(origin)).raw(bytes_of_text("\n"));
    // A record of one file must not fit into another.
    header.raw(ledger::new_root());
    const Digest mac = hasher_.digest(header.bytes());
    header.raw(mac);
    if (replace_file(path_, header.bytes()) != 0) return unwritable();
    return Done{};
}

Result<Done> VerificationState::lock() {
    file_ = std::make_unique<Close>(::open(path_.c_str(), O_RDWR | O_APPEND | O_CLOEXEC));
    if (file_->number < 0) return unwritable();
    struct stat here {};
    const bool is_ours = ::flock(file_->number, LOCK_EX | LOCK_NB) == 0 &&
                         ::fstat(file_->number, &here) == 0 &&
                         state_of_file(path_).inode == here.st_ino;
    if (!is_ours) return error(ErrorCode::kBusy, "verification.in_use", {{"path", path_}}, path_);
    return Done{};
}

Result<Done> VerificationState::read(const std::string& origin) {
    LICET_TRY(read_header(origin));
    while (true) {
        const auto record = LICET_TRY(record_at(size_, last_));
        if (!record) break;
        LICET_TRY(take(*record, size_));
        last_ = mac_of(*record, last_);
        size_ += record->size() + sizeof(Digest);
    }
    // What a killed program left is not to stand before what comes next.
    if (::ftruncate(file_->number, static_cast<off_t>(size_)) != 0) return unwritable();
    return Done{};
}

Result<Done> VerificationState::read_header(const std::string& origin) {
    const Bytes start = bytes_at(file_->number, 0, kMostHeader);
    const std::string_view text(reinterpret_cast<const char*>(start.data()), start.size());
    const std::size_t end = text.find('\n', kHeader.size());
    if (!text.starts_with(kHeader) || end == text.npos ||
        text.size() < end + 1 + 2 * sizeof(Digest))
        return wrong("verification.form");
    if (text.substr(kHeader.size(), end - kHeader.size()) != origin)
        return wrong("verification.other_ledger");
    const std::size_t size = end + 1 + sizeof(Digest);
    last_ = hasher_.digest(std::span(start).first(size));
    if (!std::equal(last_.begin(), last_.end(), start.begin() + static_cast<std::ptrdiff_t>(size)))
        return wrong("verification.changed");
    size_ = size + sizeof(Digest);
    return Done{};
}

Digest VerificationState::mac_of(std::span<const std::uint8_t> record, const Digest& before) const {
    Bytes all(before.begin(), before.end());
    all.insert(all.end(), record.begin(), record.end());
    return hasher_.digest(all);
}

// A program that is killed leaves the beginning of a record; a machine whose power goes may leave
// zeros where bytes were to be. Anything else was written by somebody.
bool VerificationState::is_torn_at(std::uint64_t place) const {
    for (;; place += kFlushAt) {
        const Bytes bytes = bytes_at(file_->number, place, kFlushAt);
        if (std::any_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte != 0; }))
            return false;
        if (bytes.size() < kFlushAt) return true;
    }
}

Result<std::optional<Bytes>> VerificationState::record_at(std::uint64_t place,
                                                          const Digest& before) const {
    const auto torn = [&]() -> Result<std::optional<Bytes>> { return std::optional<Bytes>(); };
    const Bytes head = bytes_at(file_->number, place, kRecordHead);
    if (head.size() < kRecordHead || (head[0] == 0 && is_torn_at(place))) return torn();
    const std::size_t size = kRecordHead + big_endian(std::span(head).subspan(1));
    struct stat status {};
    if (::fstat(file_->number, &status) != 0) return unwritable();
    if (place + size + sizeof(Digest) > static_cast<std::uint64_t>(status.st_size)) return torn();
    Bytes record = bytes_at(file_->number, place, size + sizeof(Digest));
    if (record.size() < size + sizeof(Digest)) return torn();
    const auto mac = std::span(record).last(sizeof(Digest));
    const Digest expected = mac_of(std::span(record).first(size), before);
    if (!std::equal(expected.begin(), expected.end(), mac.begin())) {
        // Whatever is written goes to the disk in any order.
        if (is_torn_at(place + size)) return torn();
        return wrong("verification.changed");
    }
    record.resize(size);
    return std::optional<Bytes>(std::move(record));
}

Result<Done> VerificationState::take(std::span<const std::uint8_t> record, std::uint64_t place) {
    Unpacker fields(record);
    const auto type = fields.number(1);
    std::ignore = fields.number(4);
    const auto at = static_cast<std::int64_t>(fields.number(8));
    if (type == kIndexes) {
        has_compared_indexes_ = true;
    } else {
        const auto number = static_cast<std::uint32_t>(fields.number(4));
        Known known{{position_of(fields), position_of(fields)}, place, last_};
        if (type != kPart || number >= ledger::kPartitions) return wrong("verification.form");
        known_.insert_or_assign(number, known);
    }
    since_ = std::min(since_.value_or(at), at);
    return Done{};
}

const VerificationState::Part* VerificationState::part(std::uint32_t part) const {
    const auto known = known_.find(part);
    return known == known_.end() ? nullptr : &known->second.part;
}

Result<std::vector<ledger::Suppression>> VerificationState::suppressed_in(
    std::uint32_t part) const {
    const Known& known = known_.at(part);
    const auto record = LICET_TRY(record_at(known.place, known.before));
    if (!record) return wrong("verification.changed");
    Unpacker fields(*record);
    std::ignore = fields.raw(kRecordHead + 8 + 4);
    std::ignore = position_of(fields);
    std::ignore = position_of(fields);
    std::vector<ledger::Suppression> out;
    for (auto count = fields.number(4); count > 0; --count) out.push_back(suppression_of(fields));
    if (!fields.is_whole()) return wrong("verification.form");
    return out;
}

Result<Done> VerificationState::add(std::uint32_t number, const Part& part,
                                    const SuppressionFold& suppressed) {
    Packer fields;
    fields.number(static_cast<std::uint64_t>(now_), 8).number(number, 4);
    pack(fields, part.read);
    pack(fields, part.logged);
    fields.number(suppressed.size(number), 4);
    for (std::size_t i = 0; i < suppressed.size(number); ++i)
        pack(fields, suppressed.at(number, i));
    append(Packer().number(kPart, 1).number(fields.bytes().size(), 4).raw(fields.bytes()).bytes());
    return waiting_.size() < kFlushAt ? Done{} : flush();
}

Result<Done> VerificationState::add_compared_indexes() {
    append(Packer()
               .number(kIndexes, 1)
               .number(8, 4)
               .number(static_cast<std::uint64_t>(now_), 8)
               .bytes());
    return flush();
}

void VerificationState::append(std::span<const std::uint8_t> record) {
    last_ = mac_of(record, last_);
    waiting_.insert(waiting_.end(), record.begin(), record.end());
    waiting_.insert(waiting_.end(), last_.begin(), last_.end());
}

Result<Done> VerificationState::flush() {
    if (waiting_.empty()) return Done{};
    const std::string_view text(reinterpret_cast<const char*>(waiting_.data()), waiting_.size());
    if (append_to_file(path_, text) != 0) return unwritable();
    waiting_.clear();
    return Done{};
}

void VerificationState::remove() { ::unlink(path_.c_str()); }

}  // namespace licet::store

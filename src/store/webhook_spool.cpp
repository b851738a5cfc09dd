// SPDX-License-Identifier: Apache-2.0
#include "store/webhook_spool.h"

#include <sodium.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>

#include "base/bytes.h"
#include "store/internal/private_database.h"

namespace licet::store {
namespace {

constexpr std::int32_t kApplicationId = 0x6C776873;  // "lwhs"
constexpr std::string_view kSchema =
    "CREATE TABLE entry(number INTEGER PRIMARY KEY AUTOINCREMENT, received_at INTEGER NOT NULL, "
    "endpoint TEXT NOT NULL, state INTEGER NOT NULL, sealed BLOB NOT NULL, note TEXT NOT NULL, "
    "nonce TEXT NOT NULL) "
    "STRICT; CREATE INDEX entry_by_state ON entry(state, number)";
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == sizeof(Digest));

using Bytes = std::vector<std::uint8_t>;

// What the seal is bound to, so that a row cannot be put in the place of another.
Bytes bound_to(std::int64_t received_at, std::string_view endpoint) {
    Bytes out;
    append_big_endian(out, static_cast<std::uint64_t>(received_at), 8);
    out.insert(out.end(), endpoint.begin(), endpoint.end());
    return out;
}

Bytes sealed(const Digest& key, const NewSpoolEntry& entry) {
    Bytes out(kNonceBytes + entry.request.size() + kTagBytes);
    randombytes_buf(out.data(), kNonceBytes);
    const Bytes bound = bound_to(entry.received_at, entry.endpoint);
    LICET_ENSURE(crypto_aead_xchacha20poly1305_ietf_encrypt(
                     out.data() + kNonceBytes, nullptr,
                     reinterpret_cast<const std::uint8_t*>(entry.request.data()),
                     entry.request.size(), bound.data(), bound.size(), nullptr, out.data(),
                     key.data()) == 0);
    return out;
}

std::optional<std::string> opened(const Digest& key, std::span<const std::uint8_t> seal,
                                  const SpoolEntry& entry) {
    if (seal.size() < kNonceBytes + kTagBytes) return std::nullopt;
    std::string out(seal.size() - kNonceBytes - kTagBytes, '\0');
    const Bytes bound = bound_to(entry.received_at, entry.endpoint);
    const std::span<const std::uint8_t> text = seal.subspan(kNonceBytes);
    const int code = crypto_aead_xchacha20poly1305_ietf_decrypt(
        reinterpret_cast<std::uint8_t*>(out.data()), nullptr, nullptr, text.data(), text.size(),
        bound.data(), bound.size(), seal.data(), key.data());
    if (code != 0) return std::nullopt;
    return out;
}

SpoolState state_of(std::int64_t number) {
    return number >= 1 && number <= 4 ? static_cast<SpoolState>(number) : SpoolState::kUnreadable;
}

// A request on its way to disk; lives on the stack of the thread that waits for it.
struct Waiting {
    const NewSpoolEntry* entry = nullptr;
    Bytes seal;
    std::optional<Result<std::int64_t>> answer;
};

class Spool final : public WebhookSpool {
  public:
    Spool(std::unique_ptr<SqliteConnection> connection, const Digest& key)
        : connection_(std::move(connection)), key_(key) {}
    Spool(const Spool&) = delete;
    Spool& operator=(const Spool&) = delete;
    ~Spool() override { sodium_memzero(key_.data(), key_.size()); }

    Result<std::int64_t> keep(const NewSpoolEntry& entry) override;
    Result<std::vector<SpoolEntry>> entries(SpoolState state, std::int64_t after,
                                            std::size_t most) override;
    Result<Done> mark(const std::vector<SpoolMark>& marks) override;
    Result<Done> for_each_note(const std::function<void(const SpoolEntry&)>& visit) override;
    Result<SpoolCounts> counts() override;
    Result<std::size_t> forget_before(std::int64_t moment) override;
    std::uint64_t commits() const override { return commits_; }

  private:
    void write_all(std::vector<Waiting*>& batch);
    Result<Done> try_write(std::vector<Waiting*>& batch, std::vector<std::int64_t>& numbers);

    std::mutex queue_lock_;
    std::condition_variable changed_;
    std::vector<Waiting*> queue_;
    bool has_leader_ = false;

    std::mutex database_lock_;
    std::unique_ptr<SqliteConnection> connection_;
    Digest key_;
    std::atomic<std::uint64_t> commits_ = 0;
};

// The first that comes writes for all that have come meanwhile; then the next is first.
Result<std::int64_t> Spool::keep(const NewSpoolEntry& entry) {
    Waiting own;
    own.entry = &entry;
    own.seal = sealed(key_, entry);
    std::unique_lock lock(queue_lock_);
    queue_.push_back(&own);
    while (!own.answer) {
        if (has_leader_) {
            changed_.wait(lock);
            continue;
        }
        has_leader_ = true;
        std::vector<Waiting*> batch;
        batch.swap(queue_);
        lock.unlock();
        write_all(batch);
        lock.lock();
        has_leader_ = false;
        changed_.notify_all();
    }
    return *std::move(own.answer);
}

void Spool::write_all(std::vector<Waiting*>& batch) {
    std::vector<std::int64_t> numbers;
    const Result<Done> done = [&] {
        const std::lock_guard guard(database_lock_);
        return try_write(batch, numbers);
    }();
    // Under the lock of the queue, since those who wait look there.
    const std::lock_guard guard(queue_lock_);
    for (std::size_t i = 0; i < batch.size(); ++i)
        batch[i]->answer =
            done ? Result<std::int64_t>(numbers[i]) : Result<std::int64_t>(done.error());
}

Result<Done> Spool::try_write(std::vector<Waiting*>& batch, std::vector<std::int64_t>& numbers) {
    Transaction transaction = LICET_TRY(Transaction::begin(*connection_, Access::kWrite));
    {
        Statement insert = LICET_TRY(
            connection_->prepare("INSERT INTO entry(received_at, endpoint, state, sealed, note, "
                                 "nonce) VALUES(?, ?, ?, ?, ?, ?) RETURNING number"));
        for (const Waiting* one : batch) {
            insert.bind(1, one->entry->received_at);
            insert.bind(2, std::string_view(one->entry->endpoint));
            insert.bind(3, static_cast<std::int64_t>(one->entry->state));
            insert.bind(4, std::span<const std::uint8_t>(one->seal));
            insert.bind(5, std::string_view(one->entry->note));
            insert.bind(6, std::string_view(one->entry->nonce));
            const bool has_row = LICET_TRY(insert.step());
            LICET_ENSURE(has_row);
            numbers.push_back(insert.number(0));
            const bool has_more = LICET_TRY(insert.step());
            LICET_ENSURE(!has_more);
        }
    }
    LICET_TRY(transaction.commit());
    ++commits_;
    return Done{};
}

Result<std::vector<SpoolEntry>> Spool::entries(SpoolState state, std::int64_t after,
                                               std::size_t most) {
    const std::lock_guard guard(database_lock_);
    Statement rows = LICET_TRY(
        connection_->prepare("SELECT number, received_at, endpoint, note, sealed FROM entry "
                             "WHERE state = ? AND number > ? ORDER BY number LIMIT ?"));
    rows.bind(1, static_cast<std::int64_t>(state));
    rows.bind(2, after);
    rows.bind(3, static_cast<std::int64_t>(most));
    std::vector<SpoolEntry> out;
    while (true) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) return out;
        SpoolEntry one;
        one.number = rows.number(0);
        one.received_at = rows.number(1);
        one.endpoint = rows.text(2);
        one.state = state;
        one.note = rows.text(3);
        auto request = opened(key_, rows.bytes(4), one);
        if (!request)
            return error(ErrorCode::kBroken, "spool.other_key",
                         {{"number", std::to_string(one.number)}}, connection_->path());
        one.request = Personal<std::string>(*std::move(request));
        out.push_back(std::move(one));
    }
}

Result<Done> Spool::mark(const std::vector<SpoolMark>& marks) {
    const std::lock_guard guard(database_lock_);
    Transaction transaction = LICET_TRY(Transaction::begin(*connection_, Access::kWrite));
    {
        Statement update = LICET_TRY(
            connection_->prepare("UPDATE entry SET state = ?, note = ? WHERE number = ?"));
        for (const SpoolMark& one : marks) {
            update.bind(1, static_cast<std::int64_t>(one.state));
            update.bind(2, std::string_view(one.note));
            update.bind(3, one.number);
            LICET_TRY(update.run());
        }
    }
    return transaction.commit();
}

Result<Done> Spool::for_each_note(const std::function<void(const SpoolEntry&)>& visit) {
    const std::lock_guard guard(database_lock_);
    Statement rows = LICET_TRY(connection_->prepare(
        "SELECT number, received_at, endpoint, state, note, nonce FROM entry ORDER BY number"));
    while (true) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) return Done{};
        SpoolEntry one;
        one.number = rows.number(0);
        one.received_at = rows.number(1);
        one.endpoint = rows.text(2);
        one.state = state_of(rows.number(3));
        one.note = rows.text(4);
        one.nonce = rows.text(5);
        visit(one);
    }
}

Result<SpoolCounts> Spool::counts() {
    const std::lock_guard guard(database_lock_);
    Statement rows = LICET_TRY(connection_->prepare(
        "SELECT state, count(*), min(received_at), sum(length(sealed)) FROM entry GROUP BY state"));
    SpoolCounts out;
    while (true) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) return out;
        const auto state = static_cast<std::size_t>(state_of(rows.number(0)));
        out.entries.at(state) = static_cast<std::uint64_t>(rows.number(1));
        out.oldest.at(state) = rows.number(2);
        if (state == static_cast<std::size_t>(SpoolState::kDoubtful))
            out.doubtful_bytes = static_cast<std::uint64_t>(rows.number(3));
    }
}

Result<std::size_t> Spool::forget_before(std::int64_t moment) {
    const std::lock_guard guard(database_lock_);
    Statement remove =
        LICET_TRY(connection_->prepare("DELETE FROM entry WHERE state = ? AND received_at < ?"));
    remove.bind(1, static_cast<std::int64_t>(SpoolState::kDone));
    remove.bind(2, moment);
    LICET_TRY(remove.run());
    const auto count = static_cast<std::size_t>(connection_->rows_changed());
    // The log of the database still has what was deleted.
    if (count > 0) LICET_TRY(connection_->forget_old_bytes());
    return count;
}

}  // namespace

Result<std::unique_ptr<WebhookSpool>> WebhookSpool::open(const std::string& path, const Digest& key,
                                                         std::chrono::milliseconds patience) {
    LICET_ENSURE(sodium_init() >= 0);
    auto connection = LICET_TRY(private_database({path, kApplicationId, 1, kSchema}, patience));
    return std::unique_ptr<WebhookSpool>(new Spool(std::move(connection), key));
}

}  // namespace licet::store

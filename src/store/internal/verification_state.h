// SPDX-License-Identifier: Apache-2.0
//
// How far a verification came, in a file, so that the next session goes on there.
//
//     header (origin, nonce) ──MAC──► partition ──MAC──► partition ──MAC──► ...
//
// Whoever could write such a file could make damage pass as verified: every record carries a MAC
// under a key that is made of the signing key, over all that stands before it. The file is only
// ever appended to. What a killed program left half written is dropped, which only means that more
// is read again; for the same reason it does no harm to put an older state of it back. What a
// record says is true of the moment at which it was written, and `since` says which.
//
// Byte by byte: docs/ledger-format.md, section 15. Private to the module.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ledger/sealed_event.h"
#include "ledger/suppression.h"
#include "store/internal/suppression_fold.h"
#include "store/ledger_log.h"

namespace licet::store {

class VerificationState {
  public:
    /// A place in a partition, and what was counted up to it.
    struct Position {
        ledger::Head head;
        std::uint64_t erased = 0;
        std::uint64_t bytes = 0;
        friend bool operator==(const Position&, const Position&) = default;
    };
    struct Part {
        Position read;    ///< all that was there
        Position logged;  ///< what was under the log then: its last run
        friend bool operator==(const Part&, const Part&) = default;
    };

    /// Opens the file, or makes it. Nobody else can open it until this object dies. Errors, with
    /// the path in `where`: kInput ("verification.form", "verification.other_ledger",
    /// "verification.changed"), kBusy ("verification.in_use"), kBroken ("file.unwritable").
    [[nodiscard]] static Result<VerificationState> open(const ResumeFile& file,
                                                        const std::string& origin);

    /// The first moment at which something was written that holds; nothing if nothing was.
    [[nodiscard]] std::optional<std::int64_t> since() const { return since_; }
    [[nodiscard]] bool has_compared_indexes() const { return has_compared_indexes_; }
    /// What is known of a partition; null if nothing is.
    [[nodiscard]] const Part* part(std::uint32_t part) const;
    /// The suppressions that were found in it. Errors: as open().
    [[nodiscard]] Result<std::vector<ledger::Suppression>> suppressed_in(std::uint32_t part) const;

    /// Adds what was found; on disk after flush(), or before.
    [[nodiscard]] Result<Done> add(std::uint32_t number, const Part& part,
                                   const SuppressionFold& suppressed);
    [[nodiscard]] Result<Done> add_compared_indexes();
    /// Errors: kBroken ("file.unwritable").
    [[nodiscard]] Result<Done> flush();
    /// Takes the file away: all was verified.
    void remove();

  private:
    struct Known {
        Part part;
        std::uint64_t place = 0;  ///< of the record in the file
        Digest before{};          ///< MAC of the record before it
    };
    struct Close {
        int number = -1;
        explicit Close(int opened) : number(opened) {}
        Close(const Close&) = delete;
        Close& operator=(const Close&) = delete;
        ~Close();
    };
    VerificationState(const ResumeFile& file, const std::string& origin);
    [[nodiscard]] Result<Done> create(const std::string& origin);
    [[nodiscard]] Result<Done> lock();
    [[nodiscard]] Result<Done> read(const std::string& origin);
    [[nodiscard]] Result<Done> read_header(const std::string& origin);
    /// The record at a place, held to its MAC; nothing if what is there is not whole.
    [[nodiscard]] Result<std::optional<std::vector<std::uint8_t>>> record_at(
        std::uint64_t place, const Digest& before) const;
    [[nodiscard]] Digest mac_of(std::span<const std::uint8_t> record, const Digest& before) const;
    [[nodiscard]] bool is_torn_at(std::uint64_t place) const;
    [[nodiscard]] Result<Done> take(std::span<const std::uint8_t> record, std::uint64_t place);
    void append(std::span<const std::uint8_t> record);
    [[nodiscard]] Error wrong(std::string_view id) const;
    [[nodiscard]] Error unwritable() const;

    std::string path_;
    std::int64_t now_;
    KeyedHasher hasher_;
    std::unique_ptr<Close> file_;
    std::uint64_t size_ = 0;  ///< of what is whole, with what waits
    Digest last_{};           ///< MAC of the last record
    std::vector<std::uint8_t> waiting_;
    std::map<std::uint32_t, Known> known_;
    std::optional<std::int64_t> since_;
    bool has_compared_indexes_ = false;
};

}  // namespace licet::store

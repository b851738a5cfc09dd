// SPDX-License-Identifier: Apache-2.0
//
// The certificate of a screening: what was screened, when, by which law, against which ledger, and
// until when it may be relied on. It goes with the list to whoever sends, and names nobody.
//
//     Certificate ──► one line of JSON ──► signed note ──► certificate.txt
//                                              │
//     certificate.txt + key of the ledger + list ──► valid, expired, another list, tampered
//
// It says what licet answered, not that the answers are lawful: whoever relies on it sees from what
// they came. docs/ledger-format.md, section 14.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/digest.h"
#include "law/pack.h"
#include "ledger/checkpoint.h"
#include "lists/report.h"

namespace licet::lists {

/// For how many days after that of the contact rows are looked at, and for how many after its
/// making a certificate may serve at most: an objection that came since is not in it.
inline constexpr int kDaysAhead = 30;

struct Certificate {
    /// A file as it was, byte for byte.
    struct File {
        std::string name;  ///< "allowed.csv"; empty for the list, whose name may tell of somebody
        Digest sha256{};
        std::uint64_t bytes = 0;
        friend bool operator==(const File&, const File&) = default;
    };
    struct Pack {
        std::string id;
        std::string version;
        std::string sha256;  ///< hexadecimal
        friend bool operator==(const Pack&, const Pack&) = default;
    };
    /// A register that the campaign says was consulted.
    struct Register {
        std::string key;
        Date checked_on;
        friend bool operator==(const Register&, const Register&) = default;
    };
    struct Ledger {
        std::string origin;
        std::uint64_t size = 0;  ///< entries that were surely looked at
        Digest root{};
        friend bool operator==(const Ledger&, const Ledger&) = default;
    };

    std::string program;       ///< "licet 1.0.0"
    std::int64_t made_at = 0;  ///< seconds since 1970-01-01T00:00Z
    Moment at;                 ///< of the contact that was asked about
    Moment decided_for;  ///< for which the rows were decided; before `at` if this one continues
                         ///< another
    std::string channel;
    std::string purpose;
    Digest campaign{};  ///< of the file
    std::string reading;
    std::vector<Pack> packs;
    std::vector<Register> registers;
    Ledger ledger;
    File list;
    std::vector<File> results;
    Tally rows{};
    /// Allowed rows of which something else would be said from a day on, by that day.
    std::map<Date, std::uint64_t> changes;
    std::string continues;  ///< SHA-256 of the certificate before, in hexadecimal; empty = none

    friend bool operator==(const Certificate&, const Certificate&) = default;

    /// The first day on which it serves no longer: something else would be said of an allowed row,
    /// or nobody has looked further.
    [[nodiscard]] Date until() const;
};

/// Gives the note. Errors: kInput ("key.not_ed25519_private").
[[nodiscard]] Result<std::string> certificate_text(const Certificate& certificate,
                                                   std::string_view private_pem);

/// Reads a certificate and checks that this ledger signed it. Errors: kInput ("certificate.form",
/// "certificate.other_ledger", "certificate.not_signed").
[[nodiscard]] Result<Certificate> certificate_of(std::string_view text,
                                                 const ledger::LogIdentity& identity);

/// Whether a certificate serves for a contact on `day`.
enum class Serves {
    kYes,
    kNotYet,   ///< the contact was asked about for a later day
    kExpired,  ///< its last day has passed
    kNever,    ///< the contact was asked about for a day too far from the making
};
[[nodiscard]] Serves serves_on(const Certificate& certificate, Date day);

/// What the certificate calls the file with these bytes: a result's name, "" for the list; nothing
/// if it is none of them.
[[nodiscard]] std::optional<std::string> name_in(const Certificate& certificate,
                                                 const Digest& sha256);

}  // namespace licet::lists

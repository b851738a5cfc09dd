// SPDX-License-Identifier: Apache-2.0
//
// A pack: the law of one place as a folder of text.
//
//     packs/fr/pack.toml     id, version, countries, imports, review status, holidays, time zones
//     packs/fr/sources.md    one row for each source that a rule may cite
//     packs/fr/sanctions.md  what a breach may cost, and has cost others (sanctions.h)
//     packs/fr/*.md          prose, `law` blocks, case tables
//
// A pack is known by the SHA-256 of all its files and of those it rests on; the digest stands in
// every verdict, so that a decision can be replayed years later.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/digest.h"
#include "base/result.h"
#include "law/sanctions.h"
#include "law/vocabulary.h"

namespace licet::law {

/// Public holidays of a pack's country, as data: fixed days and days counted from Easter.
struct Calendar {
    struct Holiday {
        bool is_from_easter = false;
        int month = 0;   ///< of a fixed day
        int day = 0;     ///< of a fixed day
        int offset = 0;  ///< days from Easter Sunday
    };
    std::vector<Holiday> holidays;
    std::string zone;                                       ///< IANA name for the whole country
    std::map<std::string, std::string, std::less<>> zones;  ///< by region, where it differs

    [[nodiscard]] bool is_holiday(Date date) const;
    /// Gives the day on which `count` working days after `from` end; `from` itself is not counted.
    [[nodiscard]] Date plus_working_days(Date from, int count) const;
    [[nodiscard]] const std::string& zone_of(std::string_view region) const;
};

/// A text of law, a decision or a doctrine that rules rest on.
struct Source {
    std::string id;
    std::string title;  ///< short form shown in verdicts
    Words sentence;
    std::string grade;  ///< P primary read, S secondary, M from memory
    std::string read_on;
    std::string review_by;
};

struct Pack {
    std::string id;
    std::string version;
    Words title;
    std::vector<std::string> countries;  ///< whose law it is
    std::vector<std::string> regions;    ///< of those countries, if it is the law of a part
    /// countries without a pack of their own that it stands for
    std::vector<std::string> members;
    std::vector<std::string> imports;
    std::string imports_at;  ///< where pack.toml names them
    bool is_house = false;   ///< a company's own policy, which may only be stricter than the law
    bool is_cases = false;   ///< no law: cases alone, of the packs that it imports
    std::string status;      ///< draft or reviewed
    std::optional<Calendar> calendar;
    std::map<std::string, Source, std::less<>> sources;
    Sanctions sanctions;
    std::string digest;  ///< hexadecimal

    /// Gives "fr@1.0.0+sha256:…" with the first 16 digits of the digest.
    [[nodiscard]] std::string identity() const;
};

/// Gives the ids of all packs that `pack` rests on, directly or not.
[[nodiscard]] std::set<std::string> imports_of(std::span<const Pack> packs, const Pack& pack);

/// Tells whether a file of `files` lies on a shelf: in a folder that is no pack itself and in which
/// packs lie. They are at hand, and not in force.
[[nodiscard]] bool is_on_shelf(std::span<const SourceFile> files, std::string_view path);

/// Reads pack.toml, sources.md and sanctions.md among `files` (paths begin with the pack's folder).
[[nodiscard]] Read<Pack> read_pack(std::string_view folder, std::span<const SourceFile> files);

}  // namespace licet::law

// SPDX-License-Identifier: Apache-2.0
//
// Which column of a list is what.
//
//     "Prénom;Courriel;Tél. portable;Désinscrit"  ->  first_name; email; phone; opt_out
//
// Three ways, the later ones stronger: names of columns (synonyms.inc: six programs, habits in
// French, English and German); what the first rows hold, if no name tells where addresses or
// numbers are; and what the user says (`--map email=Courriel`). A role may have several columns,
// the preferred one first: all refusal marks count, and a mobile number goes before a fixed one.
//
// The mapping is a guess that the user is shown, never a silent decision. A column of agreement is
// a claim without proof, whatever it is called; that is for the gate to judge.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace licet::lists {

/// What a column can be. kIgnored is a column that resembles another and is none.
enum class Role {
    kEmail,
    kPhone,
    kFirstName,
    kLastName,
    kFullName,
    kCompany,
    kJobTitle,
    kCountry,
    kPostcode,
    kRegion,
    kSiren,
    kSiret,
    kPartyType,
    kLanguage,
    kBirthDate,
    kCustomer,
    kLastPurchase,
    kProductFamily,
    kOptOut,
    kOptOutEmail,
    kOptOutCalls,
    kOptOutSms,
    kContactStatus,  ///< a state, tags, notes; words of refusal there refuse
    kBounce,         ///< the mailbox is not there; only `licet import` uses it
    kOptIn,
    kOptInDate,
    kLastActivity,
    kSource,
    kCreated,
    kIgnored,
};
inline constexpr std::size_t kRoleCount = static_cast<std::size_t>(Role::kIgnored);

/// The program that wrote the file.
enum class Vendor {
    kAnyone,
    kHubspot,
    kSalesforce,
    kOdoo,
    kDolibarr,
    kBrevo,
    kMailchimp,
    kListmonk,
    kMautic
};

/// Gives the word for a role in `--map` and in the catalogue (`role.<word>`): "first_name".
[[nodiscard]] std::string_view name_of(Role role);
/// Gives the program's name for a reader: "HubSpot"; empty for kAnyone.
[[nodiscard]] std::string_view name_of(Vendor vendor);

/// What a text is as the name of a column.
struct NamedColumn {
    bool is_whole = false;    ///< a whole name of the table, not a part of one
    bool is_contact = false;  ///< of addresses or numbers
    bool is_person = false;   ///< of names of people
    bool is_refusal = false;
};
/// Nothing if it is no name that is known.
[[nodiscard]] std::optional<NamedColumn> named_column(std::string_view text);

/// How it is known that a column has its role.
enum class FoundBy { kName, kContent, kUser };

struct MappedColumn {
    std::size_t index = 0;
    FoundBy by = FoundBy::kName;
    friend bool operator==(const MappedColumn&, const MappedColumn&) = default;
};

struct Mapping {
    Vendor vendor = Vendor::kAnyone;
    /// A name for each column that is its own: `Email`, `#3` for the third if it has no name,
    /// `Email #5` for the fifth if an earlier one has the same.
    std::vector<std::string> names;
    std::array<std::vector<MappedColumn>, kRoleCount> columns;

    [[nodiscard]] const std::vector<MappedColumn>& all(Role role) const {
        return columns.at(static_cast<std::size_t>(role));
    }
    /// Gives the preferred column of a role.
    [[nodiscard]] std::optional<std::size_t> first(Role role) const {
        if (all(role).empty()) return std::nullopt;
        return all(role).front().index;
    }
};

using Cells = std::vector<std::string>;

/// Maps the columns of `header`; `first_rows` are looked at if no name tells an address or a
/// number, or if a name only resembles one. `choices` are the values of `--map`: "role=Column",
/// where the column is its name, or `#3` for the third; "role=" says that no column has the role.
/// Errors (in `problems`): kInput "map.form", "map.unknown_role", "map.unknown_column" (with the
/// nearest name; "..._far" if none is near);
/// "columns.no_contact" if neither an e-mail address nor a telephone number can be found.
[[nodiscard]] Read<Mapping> mapping_of(std::span<const std::string> header,
                                       std::span<const Cells> first_rows,
                                       std::span<const std::string> choices);

}  // namespace licet::lists

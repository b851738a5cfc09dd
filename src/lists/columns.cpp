// SPDX-License-Identifier: Apache-2.0
#include "lists/columns.h"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "base/text.h"
#include "lists/cells.h"
#include "lists/internal/damaged_text.h"
#include "lists/internal/masked_parts.h"
#include "lists/refusal_words.h"

namespace licet::lists {
namespace {

constexpr std::array<std::string_view, kRoleCount + 1> kRoleNames = {
    "email",         "phone",         "first_name",     "last_name", "full_name",
    "company",       "job_title",     "country",        "postcode",  "region",
    "siren",         "siret",         "party_type",     "language",  "birth_date",
    "customer",      "last_purchase", "product_family", "opt_out",   "opt_out_email",
    "opt_out_calls", "opt_out_sms",   "contact_status", "bounce",    "opt_in",
    "opt_in_date",   "last_activity", "source",         "created",   "ignored"};

constexpr std::array<std::string_view, 9> kVendorNames = {
    "", "HubSpot", "Salesforce", "Odoo", "Dolibarr", "Brevo", "Mailchimp", "listmonk", "Mautic"};

struct SynonymLine {
    Role role;
    Vendor vendor;
    std::string_view names;
};

constexpr SynonymLine kSynonymLines[] = {
#define SYNONYM(role, vendor, names) {Role::role, Vendor::vendor, names},
#define SIGNATURE(vendor, names)
#define LEFT_SIGNATURE(names)
#include "lists/synonyms.inc"
#undef SYNONYM
#undef SIGNATURE
#undef LEFT_SIGNATURE
};

struct SignatureLine {
    Vendor vendor;
    std::string_view names;
};

constexpr SignatureLine kSignatureLines[] = {
#define SYNONYM(role, vendor, names)
#define SIGNATURE(vendor, names) {Vendor::vendor, names},
#define LEFT_SIGNATURE(names)
#include "lists/synonyms.inc"
#undef SYNONYM
#undef SIGNATURE
#undef LEFT_SIGNATURE
};

constexpr std::string_view kLeftSignature =
#define SYNONYM(role, vendor, names)
#define SIGNATURE(vendor, names)
#define LEFT_SIGNATURE(names) names
#include "lists/synonyms.inc"
#undef SYNONYM
#undef SIGNATURE
#undef LEFT_SIGNATURE
    ;

struct Synonym {
    Role role;
    Vendor vendor;
    std::string name;                // folded; for a pattern its first part
    std::vector<std::string> parts;  // between the stars of a pattern; empty for a full name
};

std::vector<Synonym> unfolded_table() {
    std::vector<Synonym> table;
    for (const SynonymLine& line : kSynonymLines) {
        for (const std::string_view name : split(line.names, '|')) {
            Synonym synonym{line.role, line.vendor, folded(name), {}};
            if (name.find('*') != name.npos)
                for (const std::string_view part : split(name, '*'))
                    synonym.parts.push_back(folded(part));
            table.push_back(std::move(synonym));
        }
    }
    return table;
}

// Says whether `name` is made of the parts, in order, with anything between them.
bool fits(std::string_view name, const std::vector<std::string>& parts) {
    if (parts.empty() || !name.starts_with(parts.front())) return false;
    std::size_t place = parts.front().size();
    for (std::size_t i = 1; i + 1 < parts.size(); ++i) {
        const std::size_t found = name.find(parts[i], place);
        if (found == name.npos) return false;
        place = found + parts[i].size();
    }
    return name.size() >= place + parts.back().size() && name.ends_with(parts.back());
}

struct Match {
    Role role = Role::kIgnored;
    std::size_t rank = 0;  // place in the table: lower is preferred
    bool is_pattern = false;
};

// The same of a name some of whose letters are lost.
bool fits_with_gaps(std::string_view name, const Synonym& synonym) {
    using internal::end_of_part;
    if (synonym.parts.empty()) return end_of_part(name, 0, synonym.name) == name.size();
    std::size_t place = end_of_part(name, 0, synonym.parts.front());
    for (std::size_t i = 1; i < synonym.parts.size() && place != name.npos; ++i) {
        std::size_t end = name.npos;
        for (std::size_t from = place; from <= name.size() && end == name.npos; ++from) {
            end = end_of_part(name, from, synonym.parts[i]);
            const bool is_last = i + 1 == synonym.parts.size() && !synonym.parts[i].empty();
            if (is_last && end != name.size()) end = name.npos;
        }
        place = end;
    }
    return place != name.npos;
}

template <typename Fits>
std::optional<Match> match_in_table(Vendor vendor, const Fits& fits_name) {
    static const std::vector<Synonym> table = unfolded_table();
    for (const bool is_pattern : {false, true})
        for (std::size_t i = 0; i < table.size(); ++i) {
            const Synonym& synonym = table[i];
            const bool is_meant = synonym.vendor == Vendor::kAnyone || synonym.vendor == vendor;
            if (is_meant && synonym.parts.empty() != is_pattern && fits_name(synonym))
                return Match{synonym.role, i, is_pattern};
        }
    return std::nullopt;
}

// Says whether a column, by a part of its name one of addresses, is about those who sell, not about
// those who buy.
bool is_of_staff(std::string_view name) {
    constexpr std::array kStaff = {
        "owner",        "commercial",   "salesperson",        "salesrep",     "sender",
        "expediteur",   "vendeur",      "vendeuse",           "accountmanag", "assignedto",
        "assigned",     "createdby",    "modifiedby",         "conseiller",   "gestionnaire",
        "chargeclient", "proprietaire", "betreuer",           "verkaufer",    "absender",
        "besitzer",     "attribuea",    "responsabledecompte"};
    return std::any_of(kStaff.begin(), kStaff.end(),
                       [&](std::string_view word) { return name.find(word) != name.npos; });
}

std::optional<Match> match_of(std::string_view column, Vendor vendor) {
    const std::string repaired = internal::repaired_text(column);
    if (!repaired.empty()) column = repaired;
    const std::string name = folded(column);
    if (name.empty()) return std::nullopt;
    const auto match = match_in_table(vendor, [&](const Synonym& synonym) {
        return synonym.parts.empty() ? synonym.name == name : fits(name, synonym.parts);
    });
    const bool is_contact =
        match && match->is_pattern && (match->role == Role::kEmail || match->role == Role::kPhone);
    if (is_contact && is_of_staff(name)) return Match{Role::kIgnored, match->rank, true};
    const std::string left = internal::folded_with_gaps(column);
    if (left.empty()) return match;
    const auto damaged = match_in_table(
        vendor, [&](const Synonym& synonym) { return fits_with_gaps(left, synonym); });
    // A question mark may end a whole name: "Client ?".
    return match && (!match->is_pattern || !damaged) ? match : damaged;
}

// How many names of a signature are in a header, as they are: FirstName is Salesforce's, First Name
// is not. An object of JSON has become columns: attribs.city.
std::size_t hits_of(std::string_view signature, std::span<const std::string> header) {
    const std::vector<std::string_view> names = split(signature, '|');
    const auto is_there = [&](std::string_view name) {
        return std::any_of(header.begin(), header.end(), [&](const auto& cell) {
            const std::string_view text = trimmed(cell);
            return text.starts_with(name) &&
                   (text.size() == name.size() || text[name.size()] == '.');
        });
    };
    return static_cast<std::size_t>(std::count_if(names.begin(), names.end(), is_there));
}

Vendor vendor_of(std::span<const std::string> header) {
    Vendor best = Vendor::kAnyone;
    std::size_t most = 1;
    for (const SignatureLine& line : kSignatureLines) {
        const std::size_t hits = hits_of(line.names, header);
        if (hits > most) best = line.vendor;
        most = std::max(most, hits);
    }
    return best;
}

std::vector<std::string> own_names(std::span<const std::string> header) {
    std::vector<std::string> names;
    std::unordered_set<std::string> taken;  // a list may have a million columns
    for (std::size_t i = 0; i < header.size(); ++i) {
        std::string name(trimmed(header[i]));
        const std::string number = "#" + std::to_string(i + 1);
        if (name.empty())
            name = number;
        else if (taken.count(name) > 0)
            name += " " + number;
        taken.insert(name);
        names.push_back(std::move(name));
    }
    return names;
}

std::vector<MappedColumn>& columns_of(Mapping& mapping, Role role) {
    return mapping.columns.at(static_cast<std::size_t>(role));
}

// Says whether most of the cells of a column that hold something pass `test`.
bool most_cells(std::span<const Cells> rows, std::size_t column, bool (*test)(std::string_view)) {
    std::size_t filled = 0;
    std::size_t passed = 0;
    for (const Cells& row : rows) {
        if (column >= row.size() || trimmed(row[column]).empty()) continue;
        ++filled;
        if (test(row[column])) ++passed;
    }
    return passed * 10 > filled * 6;
}

// "Emails ouverts" resembles an address column by its name only.
bool is_contradicted(Role role, std::span<const Cells> rows, std::size_t column) {
    if (rows.empty() || (role != Role::kEmail && role != Role::kPhone)) return false;
    return !most_cells(rows, column, role == Role::kEmail ? looks_like_email : looks_like_phone);
}

void map_by_name(std::span<const std::string> header, std::span<const Cells> rows,
                 Mapping& mapping) {
    std::multimap<std::size_t, std::pair<Role, std::size_t>> by_rank;
    for (std::size_t i = 0; i < header.size(); ++i) {
        const auto match = match_of(header[i], mapping.vendor);
        if (!match || match->role == Role::kIgnored) continue;
        if (match->is_pattern && is_contradicted(match->role, rows, i)) continue;
        by_rank.emplace(match->rank, std::pair(match->role, i));
    }
    for (const auto& [rank, found] : by_rank)
        columns_of(mapping, found.first).push_back({found.second, FoundBy::kName});
}

// The roles of each column; a column may have none.
std::vector<std::vector<Role>> roles_by_column(const Mapping& mapping) {
    std::vector<std::vector<Role>> out(mapping.names.size());
    for (std::size_t role = 0; role < kRoleCount; ++role)
        for (const MappedColumn& mapped : mapping.columns.at(role))
            out[mapped.index].push_back(static_cast<Role>(role));
    return out;
}

// Of a list of people who left, each column of marks is one more way to have left.
void map_ways_to_leave(std::span<const std::string> header, std::span<const Cells> rows,
                       Mapping& mapping) {
    if (hits_of(kLeftSignature, header) < 2) return;
    const auto roles = roles_by_column(mapping);
    for (std::size_t i = 0; i < header.size(); ++i) {
        const auto is_mark = [&](const Cells& row) {
            return i >= row.size() || mark_of(row[i]) != Mark::kUnknown;
        };
        if (roles[i].empty() && std::all_of(rows.begin(), rows.end(), is_mark))
            columns_of(mapping, Role::kOptOutEmail).push_back({i, FoundBy::kName});
    }
}

// Roles of columns in which a word of refusal is looked for all the same.
bool may_hold_states(const std::vector<Role>& roles) {
    constexpr std::array kLoose = {Role::kCustomer, Role::kPartyType, Role::kSource,
                                   Role::kProductFamily, Role::kLanguage};
    return std::all_of(roles.begin(), roles.end(), [&](Role role) {
        return std::find(kLoose.begin(), kLoose.end(), role) != kLoose.end();
    });
}

// A column of any name whose cells can tell of nothing but refusals is one of states: "Refusé" may
// be a payment. A long text is about something else: words of a contract, or what we ourselves said
// of a row.
void map_states_by_content(std::span<const Cells> rows, Mapping& mapping) {
    constexpr std::size_t kLongestState = 64;
    const auto roles = roles_by_column(mapping);
    for (std::size_t i = 0; i < mapping.names.size(); ++i) {
        const auto refuses = [&](const Cells& row) {
            return i < row.size() && row[i].size() <= kLongestState &&
                   refusal_of(row[i], Wording::kFound) == Mark::kYes;
        };
        if (may_hold_states(roles[i]) && std::any_of(rows.begin(), rows.end(), refuses))
            columns_of(mapping, Role::kContactStatus).push_back({i, FoundBy::kContent});
    }
}

// True if the user says that no column tells of states, and names none.
bool are_states_barred(std::span<const std::string> choices) {
    bool is_barred = false;
    for (const std::string& choice : choices) {
        const std::size_t equals = choice.find('=');
        const std::string role = ascii_lower(trimmed(choice.substr(0, equals)));
        if (equals == choice.npos || role != name_of(Role::kContactStatus)) continue;
        is_barred = trimmed(choice.substr(equals + 1)).empty();
    }
    return is_barred;
}

void map_by_content(std::span<const Cells> rows, Mapping& mapping) {
    if (mapping.first(Role::kEmail) || mapping.first(Role::kPhone)) return;
    const auto roles = roles_by_column(mapping);
    for (std::size_t i = 0; i < mapping.names.size(); ++i) {
        if (!roles[i].empty() || is_of_staff(folded(mapping.names[i]))) continue;
        if (most_cells(rows, i, looks_like_email))
            columns_of(mapping, Role::kEmail).push_back({i, FoundBy::kContent});
        else if (most_cells(rows, i, looks_like_phone))
            columns_of(mapping, Role::kPhone).push_back({i, FoundBy::kContent});
    }
}

std::optional<std::size_t> column_called(std::string_view name, const Mapping& mapping) {
    const auto& names = mapping.names;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name) return i;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (!folded(name).empty() && folded(names[i]) == folded(name)) return i;
    const auto number = name.starts_with('#') ? whole_number(name.substr(1)) : std::nullopt;
    if (number && *number >= 1 && static_cast<std::size_t>(*number) <= names.size())
        return static_cast<std::size_t>(*number - 1);
    return std::nullopt;
}

// The names of the columns, as many as somebody reads. What may be somebody's address is masked.
std::string shown(const std::vector<std::string>& names) {
    constexpr std::size_t kMostNames = 60;
    constexpr std::size_t kMostBytes = 60;
    std::string out;
    for (std::size_t i = 0; i < std::min(names.size(), kMostNames); ++i) {
        const std::string name = internal::masked_parts(names[i]);
        std::size_t end = std::min(name.size(), kMostBytes);
        while (end < name.size() && end > 0 && (name[end] & 0xC0) == 0x80) --end;
        out += (i > 0 ? ", " : "") + name.substr(0, end) + (end < name.size() ? "…" : "");
    }
    return out + (names.size() > kMostNames ? ", …" : "");
}

// Applies one "role=Column". `said` counts the columns that the user gave to each role before.
std::optional<Error> apply(std::string_view choice, Mapping& mapping,
                           std::map<Role, std::size_t>& said) {
    const std::size_t equals = choice.find('=');
    if (equals == choice.npos || trimmed(choice.substr(0, equals)).empty())
        return error(ErrorCode::kInput, "map.form", {{"choice", std::string(choice)}});
    const std::string role_name = ascii_lower(trimmed(choice.substr(0, equals)));
    const auto* const place = std::find(kRoleNames.begin(), kRoleNames.end() - 1, role_name);
    if (place == kRoleNames.end() - 1) {
        const std::vector<std::string> roles(kRoleNames.begin(), kRoleNames.end() - 1);
        const std::string near = nearest(role_name, roles);
        return error(ErrorCode::kInput, near.empty() ? "map.unknown_role_far" : "map.unknown_role",
                     {{"role", role_name}, {"nearest", near}, {"roles", join(roles, ", ")}});
    }
    const auto role = static_cast<Role>(place - kRoleNames.begin());
    const std::string_view name = trimmed(choice.substr(equals + 1));
    if (name.empty()) {
        columns_of(mapping, role).clear();
        return std::nullopt;
    }
    const auto column = column_called(name, mapping);
    if (!column) {
        const std::string near = nearest(name, mapping.names);
        return error(
            ErrorCode::kInput, near.empty() ? "map.unknown_column_far" : "map.unknown_column",
            {{"column", std::string(name)}, {"nearest", near}, {"columns", shown(mapping.names)}});
    }
    for (auto& list : mapping.columns)
        std::erase_if(list, [&](const auto& mapped) { return mapped.index == *column; });
    auto& columns = columns_of(mapping, role);
    if (said[role]++ == 0) columns.clear();
    columns.push_back({*column, FoundBy::kUser});
    return std::nullopt;
}

}  // namespace

std::string_view name_of(Role role) { return kRoleNames.at(static_cast<std::size_t>(role)); }
std::string_view name_of(Vendor vendor) {
    return kVendorNames.at(static_cast<std::size_t>(vendor));
}

std::optional<NamedColumn> named_column(std::string_view text) {
    const auto match = match_of(text, Vendor::kAnyone);
    if (!match) return std::nullopt;
    constexpr std::array kRefusals = {Role::kOptOut, Role::kOptOutEmail, Role::kOptOutCalls,
                                      Role::kOptOutSms};
    constexpr std::array kNames = {Role::kFirstName, Role::kLastName, Role::kFullName};
    const auto is_in = [&](const auto& roles) {
        return std::find(roles.begin(), roles.end(), match->role) != roles.end();
    };
    return NamedColumn{!match->is_pattern,
                       match->role == Role::kEmail || match->role == Role::kPhone, is_in(kNames),
                       is_in(kRefusals)};
}

Read<Mapping> mapping_of(std::span<const std::string> header, std::span<const Cells> first_rows,
                         std::span<const std::string> choices) {
    Read<Mapping> read;
    Mapping& mapping = read.value;
    mapping.vendor = vendor_of(header);
    mapping.names = own_names(header);
    map_by_name(header, first_rows, mapping);
    map_ways_to_leave(header, first_rows, mapping);
    map_by_content(first_rows, mapping);
    std::map<Role, std::size_t> said;
    for (const std::string& choice : choices)
        if (auto problem = apply(choice, mapping, said)) read.problems.push_back(*problem);
    if (!are_states_barred(choices)) map_states_by_content(first_rows, mapping);
    if (!mapping.first(Role::kEmail) && !mapping.first(Role::kPhone)) {
        // Without a name that is telling, "map it" would be no advice.
        const bool is_one_cell =
            header.size() == 1 && header.front().find_first_of(";,\t|") != std::string::npos;
        read.problems.push_back(error(
            ErrorCode::kInput, is_one_cell ? "columns.one_cell" : "columns.no_contact",
            {{"columns", shown(mapping.names)}, {"example", shown({mapping.names.front()})}}));
    }
    return read;
}

}  // namespace licet::lists

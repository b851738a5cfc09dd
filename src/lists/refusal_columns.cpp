// SPDX-License-Identifier: Apache-2.0
#include "lists/refusal_columns.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "lists/internal/damaged_text.h"

namespace licet::lists {
namespace {

bool has_any(std::string_view name, std::initializer_list<std::string_view> parts) {
    return std::any_of(parts.begin(), parts.end(),
                       [&](auto part) { return name.find(part) != name.npos; });
}

// How a column is meant that the mapping, or the user, says to be one of refusals.
Wording wording_of_refusals(std::string_view name) {
    if (has_any(name, {"donotallow"})) return Wording::kAllowing;
    if (has_any(name, {"unsub", "desinscr", "desabon", "abgemeldet", "abbestellt"}))
        return Wording::kLeaving;
    if (has_any(name, {"optout", "optedout", "blacklist", "blocklist", "kein", "nepas", "neplus",
                       "refus", "stop", "opposition"}))
        return Wording::kList;
    if (has_any(name, {"subscription", "abonnement", "newsletter", "inscription"}))
        return Wording::kSubscription;
    return Wording::kList;
}

Wording wording_of_agreements(std::string_view name) {
    const bool is_permission = has_any(
        name, {"permission", "erlaubt", "autoris", "allowed", "consentstatus", "issubscribed",
               "abonneemail", "abonnesms", "subscribedemail", "subscribedsms"});
    return is_permission ? Wording::kPermission : Wording::kAgreement;
}

Wording wording_of_states(std::string_view name) {
    if (has_any(name, {"note", "comment", "remarque", "observation", "bemerkung", "description",
                       "remark", "memo"}))
        return Wording::kNote;
    return has_any(name, {"mail", "newsletter", "subscri"}) ? Wording::kMailStatus
                                                            : Wording::kStatus;
}

// What a word of refusal in a column of another kind is about.
Role scope_of(std::string_view name) {
    const bool is_mail = has_any(name, {"mail", "newsletter", "courriel"});
    const bool is_sms = has_any(name, {"sms"});
    const bool is_call = has_any(name, {"phone", "appel", "anruf"});
    if (is_mail && !is_sms && !is_call) return Role::kOptOutEmail;
    if (is_sms && !is_mail && !is_call) return Role::kOptOutSms;
    return is_call && !is_mail && !is_sms ? Role::kOptOutCalls : Role::kOptOut;
}

RefusalColumn column_as(Role role, const MappedColumn& mapped, const Mapping& mapping) {
    const std::size_t index = mapped.index;
    const std::string repaired = internal::repaired_text(mapping.names.at(index));
    const std::string name = folded(repaired.empty() ? mapping.names.at(index) : repaired);
    if (role == Role::kOptIn) return {index, scope_of(name), wording_of_agreements(name)};
    if (role == Role::kContactStatus) {
        const Wording wording = wording_of_states(name);
        const bool is_found = mapped.by == FoundBy::kContent;
        return {index, wording == Wording::kMailStatus ? Role::kOptOutEmail : Role::kOptOut,
                is_found ? Wording::kFound : wording, is_found || wording == Wording::kNote};
    }
    if (mapping.vendor == Vendor::kListmonk && role == Role::kOptOut)
        return {index, role, Wording::kListmonk};
    return {index, role, wording_of_refusals(name)};
}

}  // namespace

std::vector<RefusalColumn> refusal_columns_of(const Mapping& mapping) {
    std::vector<RefusalColumn> out;
    for (const Role role : {Role::kOptOut, Role::kOptOutEmail, Role::kOptOutCalls, Role::kOptOutSms,
                            Role::kContactStatus, Role::kOptIn})
        for (const MappedColumn& column : mapping.all(role))
            out.push_back(column_as(role, column, mapping));
    return out;
}

Mark RefusalReader::mark(std::size_t place, std::string_view cell) {
    constexpr std::size_t kLongest = 64;
    constexpr std::size_t kMostKnown = 4096;
    if (cell.empty()) return Mark::kEmpty;
    const Wording wording = columns_[place].wording;
    // Notes differ from row to row.
    if (cell.size() > kLongest || wording == Wording::kNote) return refusal_of(cell, wording);
    auto& known = known_[place];
    const auto found = known.find(cell);
    if (found != known.end()) return found->second;
    const Mark mark = refusal_of(cell, wording);
    if (known.size() < kMostKnown) known.emplace(std::string(cell), mark);
    return mark;
}

}  // namespace licet::lists

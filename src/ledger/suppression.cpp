// SPDX-License-Identifier: Apache-2.0
#include "ledger/suppression.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace licet::ledger {
std::string text_of_kept(const Suppression& one) {
    std::string out = hex_of(one.person.bytes);
    for (const std::string* text :
         {&one.scope.brand, &one.scope.channel, &one.scope.purpose, &one.reason})
        out += "/" +
               hex_of(std::span(reinterpret_cast<const std::uint8_t*>(text->data()), text->size()));
    for (const Date day : {one.since, one.last, one.until.value_or(Date{})})
        out += "/" + std::to_string(day.time_since_epoch().count());
    return out;
}

std::optional<Suppression> suppression_of_kept(std::string_view text) {
    std::vector<std::string_view> parts = split(text, '/');
    // Format 2 had no brand and no end.
    if (parts.size() == 6) {
        parts.insert(parts.begin() + 1, std::string_view{});
        parts.emplace_back("0");
    }
    if (parts.size() != 8) return std::nullopt;
    const auto token = bytes_of_hex(parts[0]);
    Suppression out;
    if (!token || token->size() != out.person.bytes.size()) return std::nullopt;
    std::copy(token->begin(), token->end(), out.person.bytes.begin());
    std::size_t part = 1;
    for (std::string* to :
         {&out.scope.brand, &out.scope.channel, &out.scope.purpose, &out.reason}) {
        const auto bytes = bytes_of_hex(parts[part++]);
        if (!bytes) return std::nullopt;
        to->assign(bytes->begin(), bytes->end());
    }
    Date until;
    for (Date* to : {&out.since, &out.last, &until}) {
        const auto days = whole_number(parts[part++]);
        if (!days) return std::nullopt;
        *to = Date{std::chrono::days{static_cast<std::int32_t>(*days)}};
    }
    if (until != Date{}) out.until = until;
    return out;
}

Scope scope_of(const Event& event) {
    return {std::string(attribute(event, "brand")), event.channel, event.purpose};
}

Suppression suppression_of(const Event& objection) {
    std::string reason(attribute(objection, "reason"));
    if (reason.empty()) reason = name_of(objection.kind);
    Suppression out{objection.person,      scope_of(objection),   std::move(reason),
                    objection.happened_on, objection.happened_on, {}};
    if (const auto until = parse_date(attribute(objection, "until"))) out.until = *until;
    // Without an end that can be read it is no pause, but an objection.
    if (objection.kind == EventKind::kPaused && out.until)
        out.scope.purpose = purpose_of_pause(out.scope.purpose);
    return out;
}

std::optional<Date> later_end(std::optional<Date> one, std::optional<Date> other) {
    return one && other ? std::max(one, other) : std::nullopt;
}

void widen(Suppression& suppression, const Suppression& other) {
    suppression.since = std::min(suppression.since, other.since);
    suppression.last = std::max(suppression.last, other.last);
    suppression.until = later_end(suppression.until, other.until);
}

}  // namespace licet::ledger

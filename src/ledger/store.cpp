// SPDX-License-Identifier: Apache-2.0
#include "ledger/store.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace licet::ledger {
namespace {

constexpr std::array kReasons = {ErasureReason::kRequest, ErasureReason::kRetention,
                                 ErasureReason::kMistake};

}  // namespace

std::string text_of(const EventPlace& place) {
    return std::to_string(place.part) + "-" + std::to_string(place.seq);
}

Result<EventPlace> event_place_of(std::string_view text) {
    const std::size_t dash = text.find('-');
    const auto part = whole_number(text.substr(0, dash));
    const auto seq =
        dash == text.npos ? std::optional<std::int64_t>{} : whole_number(text.substr(dash + 1));
    if (!part || *part < 0 || *part >= kPartitions || !seq || *seq < 1)
        return error(ErrorCode::kInput, "log.place_form", {{"text", std::string(text)}});
    return EventPlace{static_cast<std::uint32_t>(*part), *seq};
}

std::string_view name_of(ErasureReason reason) {
    switch (reason) {
        case ErasureReason::kRequest:
            return "request";
        case ErasureReason::kRetention:
            return "retention";
        case ErasureReason::kMistake:
            return "mistake";
    }
    LICET_ENSURE(false);
}

std::optional<ErasureReason> erasure_reason_of(std::string_view name) {
    for (const ErasureReason reason : kReasons)
        if (name_of(reason) == name) return reason;
    return std::nullopt;
}

std::string text_of_kept(const Suppression& one) {
    const auto days = [](Date day) { return std::to_string(day.time_since_epoch().count()); };
    std::string out = hex_of(one.person.bytes);
    for (const std::string* text : {&one.channel, &one.purpose, &one.reason})
        out += "/" +
               hex_of(std::span(reinterpret_cast<const std::uint8_t*>(text->data()), text->size()));
    return out + "/" + days(one.since) + "/" + days(one.last);
}

std::optional<Suppression> suppression_of_kept(std::string_view text) {
    const std::vector<std::string_view> parts = split(text, '/');
    if (parts.size() != 6) return std::nullopt;
    const auto token = bytes_of_hex(parts[0]);
    const auto since = whole_number(parts[4]);
    const auto last = whole_number(parts[5]);
    Suppression out;
    if (!token || token->size() != out.person.bytes.size() || !since || !last) return std::nullopt;
    std::copy(token->begin(), token->end(), out.person.bytes.begin());
    std::size_t part = 1;
    for (std::string* to : {&out.channel, &out.purpose, &out.reason}) {
        const auto bytes = bytes_of_hex(parts[part++]);
        if (!bytes) return std::nullopt;
        to->assign(bytes->begin(), bytes->end());
    }
    out.since = Date{std::chrono::days{static_cast<std::int32_t>(*since)}};
    out.last = Date{std::chrono::days{static_cast<std::int32_t>(*last)}};
    return out;
}

std::uint32_t partition_of(const Token& person) { return person.bytes[0]; }

void add_objection(std::optional<Suppression>& suppression, const Event& objection) {
    if (!suppression) {
        const auto reason = objection.attributes.find("reason");
        suppression = {objection.person,
                       objection.channel,
                       objection.purpose,
                       std::string(reason == objection.attributes.end() ? name_of(objection.kind)
                                                                        : reason->second),
                       objection.happened_on,
                       objection.happened_on};
        return;
    }
    suppression->since = std::min(suppression->since, objection.happened_on);
    suppression->last = std::max(suppression->last, objection.happened_on);
}

}  // namespace licet::ledger

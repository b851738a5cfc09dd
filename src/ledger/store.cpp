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

std::uint32_t partition_of(const Token& person) { return person.bytes[0]; }

}  // namespace licet::ledger

// SPDX-License-Identifier: Apache-2.0
#include "papers/gsm7.h"

#include "base/text.h"

namespace licet::papers {
namespace {

constexpr std::string_view kOnce =
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
constexpr std::string_view kTwice = "\f^{}\\[~]|€";

}  // namespace

Result<std::size_t> gsm7_signs(std::string_view text) {
    std::size_t signs = 0;
    for (std::size_t place = 0; place < text.size();) {
        const std::size_t length = utf8_length_at(text, place);
        const std::string_view sign = text.substr(place, length);
        const bool is_once = kOnce.find(sign) != kOnce.npos;
        if (!is_once && kTwice.find(sign) == kTwice.npos)
            return error(ErrorCode::kInput, "papers.sms_sign", {{"sign", std::string(sign)}});
        signs += is_once ? 1 : 2;
        place += length;
    }
    return signs;
}

}  // namespace licet::papers

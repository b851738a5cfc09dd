// SPDX-License-Identifier: Apache-2.0
#include "gate/campaign_id.h"

#include "base/text.h"

namespace licet::gate {

std::string campaign_id(std::string_view name) {
    constexpr std::size_t kMostCampaignId = 64;
    std::string out;
    for (std::size_t at = 0; at < name.size();) {
        const std::size_t length = utf8_length_at(name, at);
        const std::string letter = folded(name.substr(at, length));
        at += length;
        if (!letter.empty() && out.size() + letter.size() <= kMostCampaignId)
            out += letter;
        else if (letter.empty() && !out.empty() && out.back() != '-' &&
                 out.size() < kMostCampaignId)
            out += '-';
    }
    while (!out.empty() && out.back() == '-') out.pop_back();
    return out;
}

}  // namespace licet::gate

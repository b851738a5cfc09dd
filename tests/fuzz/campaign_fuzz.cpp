// SPDX-License-Identifier: Apache-2.0
//
// Fuzzes campaign files: every fault has a place in the file that was named.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "gate/campaign.h"

namespace {

const licet::law::Law& small_law() {
    static const auto kLaw = [] {
        const std::vector<licet::law::SourceFile> files = {
            {"facts.md",
             "| fact | type | values | supplier | silence | changed by | fr | en |\n"
             "|---|---|---|---|---|---|---|---|\n"
             "| at | moment | | request | open | time | a | a |\n"
             "| country | key | | contact | open | nobody | b | b |\n"
             "| channel | enum | email sms | request | open | us | c | c |\n"
             "| purpose | enum | commercial charity | campaign | open | us | d | d |\n"}};
        return licet::law::read_law(files);
    }();
    if (!kLaw.value) std::abort();
    return *kLaw.value;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto campaign = licet::gate::read_campaign(small_law(), text, "campaign.toml");
    for (const licet::Error& problem : campaign.problems)
        if (!problem.where.starts_with("campaign.toml")) std::abort();
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
//
// Fuzzes the questionnaire: YAML that a stranger wrote. Whatever is read without a fault must be
// whole: it can be scored, and every question leads to a theme and an action.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "audit/score.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace licet::audit;
    const auto read =
        read_questionnaire({reinterpret_cast<const char*>(data), size}, "questionnaire.yaml");
    if (!read.is_clean()) {
        for (const licet::Error& one : read.problems)
            if (one.where.empty() || one.message.id.empty()) std::abort();
        return 0;
    }
    for (const Question& one : read.value.questions) {
        if (read.value.theme(one.theme) == nullptr) std::abort();
        if (one.is_scored() && read.value.action(one.action) == nullptr) std::abort();
    }
    const Sheet sheet;
    const std::set<std::string, std::less<>> none;
    const IsInForce always = [](std::string_view) { return true; };
    const Score score = score_of({read.value, sheet, {}, always, {}, none});
    if (score.shown < 0 || score.shown > 100) std::abort();
    return 0;
}

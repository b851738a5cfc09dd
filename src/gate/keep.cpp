// SPDX-License-Identifier: Apache-2.0
#include "gate/keep.h"

#include <map>

namespace licet::gate {
namespace {

Result<KeepAnswer> ask(const law::Law& law, const ZoneOffset& zone_offset,
                       const std::string& country, const ledger::Standing& standing, Date day,
                       std::string_view record, const std::string& channel) {
    const law::Vocabulary& words = law.vocabulary();
    Request request;
    request.question = "keep";
    request.standing = &standing;
    const bool is_proof = record == "consent_proof";
    const std::map<std::string_view, std::string_view> facts = {
        {"country", country},
        {"keep.record", record},
        {"keep.used_for", is_proof ? "proof" : "prospecting"},
        {"keep.hash", "keyed"},
        {"keep.claimed_anonymous", "no"},
        {"relation", "none"}};
    for (const auto& [name, value] : facts)
        LICET_TRY(law::set_fact(request.facts, words, name, value));
    if (!channel.empty()) LICET_TRY(law::set_fact(request.facts, words, "channel", channel));
    request.facts.set(law.variables().at(), Moment{day, {}});
    const Verdict verdict = LICET_TRY(check(law, zone_offset, request, Depth::kAnswer));
    return KeepAnswer{verdict.answer,
                      verdict.reasons.empty() ? std::string() : verdict.reasons.front().rule,
                      verdict.missing};
}

}  // namespace

Result<KeepAnswer> keep_answer(const law::Law& law, const ZoneOffset& zone_offset,
                               const std::string& country, std::span<const ledger::Event> events,
                               Date day) {
    const ledger::Standing standing = ledger::standing_of(events, day);
    KeepAnswer of_record = LICET_TRY(ask(law, zone_offset, country, standing, day, "prospect", ""));
    if (of_record.answer != "erase") return of_record;
    for (const auto& [channel, consent] : standing.consents) {
        if (!consent.given_on) continue;
        KeepAnswer of_proof =
            LICET_TRY(ask(law, zone_offset, country, standing, day, "consent_proof", channel));
        if (of_proof.answer != "erase") return of_proof;
    }
    return of_record;
}

}  // namespace licet::gate

// SPDX-License-Identifier: Apache-2.0
#include "gate/keep.h"

#include <map>
#include <set>

namespace licet::gate {
namespace {

Result<Verdict> ask(const law::Law& law, const ZoneOffset& zone_offset, const PersonAsked& person,
                    const std::string& channel, Depth depth) {
    const law::Vocabulary& words = law.vocabulary();
    Request request;
    request.question = "keep";
    request.standing = person.standing;
    const bool is_proof = !channel.empty();
    const std::map<std::string_view, std::string_view> facts = {
        {"country", person.country},
        {"keep.record", is_proof ? "consent_proof" : "prospect"},
        {"keep.used_for", is_proof ? "proof" : "prospecting"},
        {"keep.hash", "keyed"},
        {"keep.claimed_anonymous", "no"},
        {"relation", "none"}};
    for (const auto& [name, value] : facts)
        LICET_TRY(law::set_fact(request.facts, words, name, value));
    if (!channel.empty()) LICET_TRY(law::set_fact(request.facts, words, "channel", channel));
    request.facts.set(law.variables().at(), Moment{person.day, {}});
    return check(law, zone_offset, request, depth);
}

KeepAnswer answer_of(const Verdict& verdict) {
    return KeepAnswer{verdict.answer,
                      verdict.reasons.empty() ? std::string() : verdict.reasons.front().rule,
                      verdict.missing};
}

// Where there is a proof to keep: of a yes, and as long of a no.
std::set<std::string> channels_with_proof(const ledger::Standing& standing) {
    std::set<std::string> channels;
    for (const auto& [scope, consent] : standing.consents)
        if (consent.given_on || consent.refused_on) channels.insert(scope.channel);
    for (const auto& [name, request] : standing.opt_in_requests)
        for (const ledger::OptInQuestion& question : request.questions)
            if (ledger::confirmation_of(request, question)) channels.insert(question.scope.channel);
    channels.erase("");
    return channels;
}

}  // namespace

Result<KeepAnswer> keep_answer(const law::Law& law, const ZoneOffset& zone_offset,
                               const std::string& country, std::span<const ledger::Event> events,
                               Date day) {
    const ledger::Standing standing = ledger::standing_of(events, day);
    const PersonAsked person{country, &standing, day};
    const auto of_record = LICET_TRY(ask(law, zone_offset, person, "", Depth::kAnswer));
    if (of_record.answer != "erase") return answer_of(of_record);
    for (const std::string& channel : channels_with_proof(standing)) {
        const auto of_proof = LICET_TRY(ask(law, zone_offset, person, channel, Depth::kAnswer));
        if (of_proof.answer != "erase") return answer_of(of_proof);
    }
    return answer_of(of_record);
}

Result<Verdict> keep_verdict_of_proof(const law::Law& law, const ZoneOffset& zone_offset,
                                      const PersonAsked& person, const std::string& channel) {
    return ask(law, zone_offset, person, channel, Depth::kFull);
}

Result<std::optional<KeepLimit>> keep_limit(const law::Law& law, const ZoneOffset& zone_offset,
                                            const std::string& country, Date day) {
    constexpr int kMostMonths = 240;
    for (int months = 1; months <= kMostMonths; ++months) {
        ledger::Event collected;
        collected.kind = ledger::EventKind::kCollected;
        collected.happened_on = plus_months(day, -months);
        collected.attributes.emplace("origin", "person_other");
        const ledger::Standing standing =
            ledger::standing_of(std::span<const ledger::Event>(&collected, 1), day);
        const auto found =
            LICET_TRY(ask(law, zone_offset, {country, &standing, day}, "", Depth::kAnswer));
        if (found.answer != "erase" || found.reasons.empty()) continue;
        const VerdictReason& reason = found.reasons.front();
        return std::optional<KeepLimit>({months - 1, reason.tell, reason.cites});
    }
    return std::optional<KeepLimit>();
}

}  // namespace licet::gate

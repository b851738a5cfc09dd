// SPDX-License-Identifier: Apache-2.0
#include "gate/consent_clocks.h"

namespace licet::gate {

Result<Verdict> consent_verdict(const law::Law& law, const ZoneOffset& zone_offset,
                                const ConsentAsked& asked) {
    Request request;
    request.question = "consent";
    request.facts = asked.facts;
    request.standing = asked.person.standing;
    const law::Vocabulary& words = law.vocabulary();
    LICET_TRY(law::set_fact(request.facts, words, "country", asked.person.country));
    const ledger::Scope& scope = asked.scope;
    LICET_TRY(law::set_fact(request.facts, words, "channel", scope.channel));
    const std::string root(ledger::root_of(scope.purpose));
    if (!root.empty()) LICET_TRY(law::set_fact(request.facts, words, "purpose", root));
    request.aim.brand = scope.brand;
    if (scope.purpose.size() > root.size())
        request.aim.topic = scope.purpose.substr(root.size() + 1);
    request.facts.set(law.variables().at(), Moment{asked.person.day, {}});
    return check(law, zone_offset, request);
}

Result<ConsentClocks> consent_clocks(const law::Law& law, const ZoneOffset& zone_offset,
                                     const ConsentAsked& asked) {
    Verdict validity = LICET_TRY(consent_verdict(law, zone_offset, asked));
    Verdict retention =
        LICET_TRY(keep_verdict_of_proof(law, zone_offset, asked.person, asked.scope.channel));
    return ConsentClocks{std::move(validity), std::move(retention)};
}

}  // namespace licet::gate

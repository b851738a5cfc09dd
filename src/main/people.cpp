// SPDX-License-Identifier: Apache-2.0
#include "main/people.h"

#include <algorithm>

#include "main/resources.h"
#include "main/zones.h"

namespace licet {

gate::Reference carried_reference() {
    return {resource("src/gate/reference/free_mail_domains.txt"),
            resource("src/gate/reference/generic_local_parts.txt"),
            resource("src/gate/reference/regions.txt"), resource("src/gate/reference/origins.txt")};
}

Result<std::vector<ledger::ContactTokens>> tokens_of_person(const Workspace& workspace,
                                                            const std::string& email,
                                                            const std::string& phone) {
    ledger::Tokeniser tokeniser = LICET_TRY(ledger::Tokeniser::create(workspace.key));
    std::vector<ledger::ContactTokens> points;
    if (!email.empty()) {
        const auto point = LICET_TRY(ledger::contact_point_of_email(email));
        points.push_back(tokeniser.tokens(point));
    }
    if (!phone.empty()) {
        const auto point = LICET_TRY(ledger::contact_point_of_phone(phone, workspace.country));
        points.push_back(tokeniser.tokens(point));
    }
    return points;
}

Result<std::vector<ledger::ContactTokens>> tokens_of_address(const Workspace& workspace,
                                                             const std::string& address) {
    return address.find('@') != address.npos ? tokens_of_person(workspace, address, "")
                                             : tokens_of_person(workspace, "", address);
}

std::vector<ledger::Token> all_tokens(const std::vector<ledger::ContactTokens>& points) {
    std::vector<ledger::Token> all;
    for (const ledger::ContactTokens& point : points) {
        all.push_back(point.strict);
        all.insert(all.end(), point.loose.begin(), point.loose.end());
    }
    return all;
}

Result<std::vector<ledger::StoredEvent>> events_of_person(
    ledger::ReadStore& store, const std::vector<ledger::ContactTokens>& points) {
    std::vector<ledger::StoredEvent> events = LICET_TRY(store.events_of(all_tokens(points)));
    std::erase_if(events, [&](const ledger::StoredEvent& one) {
        const auto is_own = [&](const auto& point) { return point.strict == one.event.person; };
        return std::none_of(points.begin(), points.end(), is_own) &&
               one.event.kind != ledger::EventKind::kObjectionRecorded;
    });
    return events;
}

Result<ledger::Standing> standing_of_person(const Workspace& workspace, const std::string& email,
                                            const std::string& phone, Date until) {
    const auto points = LICET_TRY(tokens_of_person(workspace, email, phone));
    const auto store = LICET_TRY(open_ledger(workspace, true));
    const auto stored = LICET_TRY(events_of_person(*store, points));
    std::vector<ledger::Event> events;
    for (const ledger::StoredEvent& one : stored) events.push_back(one.event);
    ledger::Standing standing = ledger::standing_of(events, until);
    // An objection outlives its event.
    for (const auto& one : LICET_TRY(store->suppressions_of(all_tokens(points))))
        ledger::fold(standing, one);
    return standing;
}

Date day_of(const law::Law& law, const law::Facts& facts) {
    const law::FactValue* at = facts.find(law.vocabulary().find("at"));
    const Moment* moment = at == nullptr ? nullptr : std::get_if<Moment>(at);
    return moment == nullptr ? now().day : moment->day;
}

}  // namespace licet

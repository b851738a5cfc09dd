// SPDX-License-Identifier: Apache-2.0
#include "main/people.h"

#include <algorithm>

#include "base/personal.h"
#include "base/text.h"
#include "main/files.h"
#include "main/partners.h"
#include "main/resources.h"
#include "main/zones.h"

namespace licet {

gate::Reference carried_reference() {
    return {resource("src/gate/reference/free_mail_domains.txt"),
            resource("src/gate/reference/generic_local_parts.txt"),
            resource("src/gate/reference/regions.txt"), resource("src/gate/reference/origins.txt")};
}

Result<ledger::ForeignNames> foreign_names(const Workspace& workspace,
                                           const std::set<std::string, std::less<>>* lists) {
    ledger::ForeignNames out;
    const auto is_there = [&](std::string_view kind) {
        return lists == nullptr || ledger::has_list(*lists, kind);
    };
    for (const ledger::ForeignDigest digest : ledger::kForeignDigests)
        if (is_there(ledger::name_of(digest))) out.add(digest);
    if (!is_there("partner")) return out;
    auto partners = LICET_TRY(partners_of(workspace));
    for (Partner& partner : partners)
        out.add(partner.name, LICET_TRY(ledger::Tokeniser::create(partner.key)));
    return out;
}

Result<std::vector<ledger::ContactTokens>> tokens_of_person(const Workspace& workspace,
                                                            const PersonNames& names) {
    ledger::Tokeniser tokeniser = LICET_TRY(ledger::Tokeniser::create(workspace.key));
    ledger::ForeignNames foreign = LICET_TRY(foreign_names(workspace));
    std::vector<ledger::ContactTokens> points;
    const auto add = [&](const Result<ledger::ContactPoint>& point) -> Result<Done> {
        if (!point) return point.error();
        points.push_back(ledger::tokens_of(tokeniser, foreign, *point));
        return Done{};
    };
    if (!names.email.empty()) LICET_TRY(add(ledger::contact_point_of_email(names.email)));
    if (!names.phone.empty())
        LICET_TRY(add(ledger::contact_point_of_phone(names.phone, workspace.country)));
    if (!names.company.empty()) LICET_TRY(add(ledger::contact_point_of_company(names.company)));
    return points;
}

Result<std::vector<ledger::ContactTokens>> tokens_of_address(const Workspace& workspace,
                                                             const std::string& address) {
    ledger::Tokeniser tokeniser = LICET_TRY(ledger::Tokeniser::create(workspace.key));
    const auto point = LICET_TRY(ledger::contact_point_of(address, workspace.country));
    ledger::ForeignNames foreign = LICET_TRY(foreign_names(workspace));
    return std::vector{ledger::tokens_of(tokeniser, foreign, point)};
}

Result<ledger::ContactTokens> own_tokens_of_address(const Workspace& workspace,
                                                    const std::string& address) {
    ledger::Tokeniser tokeniser = LICET_TRY(ledger::Tokeniser::create(workspace.key));
    const auto point = LICET_TRY(ledger::contact_point_of(address, workspace.country));
    return tokeniser.tokens(point);
}

Result<std::vector<ledger::Token>> foreign_tokens_of(const Workspace& workspace,
                                                     const std::string& address) {
    ledger::Tokeniser tokeniser = LICET_TRY(ledger::Tokeniser::create(workspace.key));
    ledger::ContactPoint point = LICET_TRY(ledger::contact_point_of(address, workspace.country));
    ledger::ForeignNames foreign = LICET_TRY(foreign_names(workspace));
    point.wide.clear();
    foreign.widen(point);
    return tokeniser.tokens(point).wide;
}

Result<Done> for_each_address(
    const std::string& path, const std::string& country,
    const std::function<Result<Done>(std::string_view line, const ledger::ContactPoint& point)>&
        visit) {
    // They may come by a pipe, so that they stand on no command line and in no file.
    const std::string text = LICET_TRY(read_file(path));
    int number = 0;
    for (const std::string_view line : lines_of(text)) {
        ++number;
        if (trimmed(line).empty()) continue;
        const auto point = ledger::contact_point_of(line, country);
        if (!point) {
            Error problem = point.error();
            problem.where = path + ":" + std::to_string(number) + ": " + masked(line);
            return problem;
        }
        LICET_TRY(visit(trimmed(line), *point));
    }
    return Done{};
}

std::vector<ledger::Token> all_tokens(const std::vector<ledger::ContactTokens>& points) {
    std::vector<ledger::Token> all;
    for (const ledger::ContactTokens& point : points) {
        all.push_back(point.strict);
        all.insert(all.end(), point.loose.begin(), point.loose.end());
        all.insert(all.end(), point.wide.begin(), point.wide.end());
    }
    return all;
}

Result<std::vector<ledger::StoredEvent>> events_of_person(
    ledger::ReadStore& store, const std::vector<ledger::ContactTokens>& points) {
    std::vector<ledger::StoredEvent> events = LICET_TRY(store.events_of(all_tokens(points)));
    std::erase_if(events, [&](const ledger::StoredEvent& one) {
        const auto is_own = [&](const auto& point) { return point.strict == one.event.person; };
        return std::none_of(points.begin(), points.end(), is_own) &&
               !ledger::is_objection(one.event.kind);
    });
    return events;
}

Result<PersonHistory> history_of(ledger::ReadStore& store,
                                 const std::vector<ledger::ContactTokens>& points) {
    PersonHistory out;
    out.events = LICET_TRY(events_of_person(store, points));
    std::stable_sort(out.events.begin(), out.events.end(), [](const auto& a, const auto& b) {
        return a.event.happened_on < b.event.happened_on;
    });
    out.suppressions = LICET_TRY(store.suppressions_of(all_tokens(points)));
    return out;
}

Result<ledger::Standing> standing_of_person(const Workspace& workspace,
                                            const std::vector<ledger::ContactTokens>& points,
                                            Date until) {
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

bool looks_personal(std::string_view text, std::ptrdiff_t most_digits) {
    return text.find('@') != text.npos ||
           std::count_if(text.begin(), text.end(), is_ascii_digit) > most_digits;
}

}  // namespace licet

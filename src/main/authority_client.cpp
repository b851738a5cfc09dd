// SPDX-License-Identifier: Apache-2.0
#include "main/authority_client.h"

#include "base/text.h"

namespace licet {

Result<ClientShare> client_share(const papers::Organisation& organisation, const std::string& id) {
    const auto clients = organisation.entries("client");
    if (std::find(clients.begin(), clients.end(), id) == clients.end())
        return error(ErrorCode::kMissing, "authority.no_client",
                     {{"id", id}, {"known", join(clients, ", ")}});
    ClientShare out;
    out.id = id;
    out.document = "agreement_processor." + id;
    const std::string beginning = "client." + id + ".";
    for (const auto& [name, value] : organisation.facts()) {
        if (!name.starts_with(beginning)) continue;
        const std::string fact = name.substr(beginning.size());
        if (value.is_array)
            out.facts[fact] = json::array(value.items.begin(), value.items.end());
        else
            out.facts[fact] = value.text;
        if (fact == "name") out.name = value.text;
        if (fact == "processors") out.processors = {value.items.begin(), value.items.end()};
    }
    return out;
}

bool concerns(const ClientShare& client, const ledger::Event& event) {
    if (event.kind == ledger::EventKind::kNoticePublished)
        return ledger::attribute(event, "document") == client.document;
    if (event.kind == ledger::EventKind::kBreach)
        return ledger::attribute(event, "client") == client.id;
    return event.kind == ledger::EventKind::kProcessor &&
           client.processors.contains(std::string(ledger::attribute(event, "id")));
}

json::object score_for_client(const audit::AuditReport& report) {
    json::array themes;
    for (const audit::ThemeScore& one : report.score.themes)
        if (one.weight > 0)
            themes.push_back(json::object{{"id", one.theme->id},
                                          {"fr", one.theme->words.in(Language::kFrench)},
                                          {"en", one.theme->words.in(Language::kEnglish)},
                                          {"points", one.points()}});
    return {{"audit", report.sheet.audit},
            {"on", text_of(report.today)},
            {"score", report.score.shown},
            {"assurance", report.score.assurance},
            {"themes", std::move(themes)}};
}

}  // namespace licet

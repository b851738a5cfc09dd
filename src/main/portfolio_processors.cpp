// SPDX-License-Identifier: Apache-2.0
#include "main/portfolio_processors.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace licet {
namespace {

// What is a fact of the vendor, and not of one client's dealings with it.
constexpr std::array<const char*, 8> kVendorFacts{"name", "kind", "country", "parent",
                                                  "dpf",  "role", "tool",    "under_gdpr"};

// Of those, what says nothing of a client's own choice.
constexpr std::array<const char*, 6> kAdopted{"name",   "kind", "country",
                                              "parent", "dpf",  "under_gdpr"};

// What most clients say.
std::string most_said(const std::map<std::string, int>& values) {
    return std::max_element(values.begin(), values.end(),
                            [](auto& a, auto& b) { return a.second < b.second; })
        ->first;
}

void take_processor(const std::string& client, const audit::BookEntry& entry,
                    SharedProcessor& out) {
    out.clients.push_back(client);
    if (entry.text("contract") != "yes") out.without_contract.push_back(client);
    for (const char* name : kVendorFacts)
        if (const std::string value = entry.text(name); !value.empty()) ++out.facts[name][value];
    if (const auto day = entry.last("reviewed"))
        out.reviewed_on = std::max(out.reviewed_on.value_or(*day), *day);
}

json::object json_of_processor(const std::string& id, const SharedProcessor& one) {
    json::object facts;
    json::array differ;
    for (const auto& [name, values] : one.facts) {
        if (values.size() > 1) differ.emplace_back(name);
        facts[name] = most_said(values);
    }
    return {
        {"processor", id},
        {"clients", json::array(one.clients.begin(), one.clients.end())},
        {"without_contract", json::array(one.without_contract.begin(), one.without_contract.end())},
        {"facts", std::move(facts)},
        {"differ", std::move(differ)},
        {"reviewed_on", one.reviewed_on ? text_of(*one.reviewed_on) : ""}};
}

void print_processor(const Terminal& terminal, const std::string& id, const SharedProcessor& one) {
    const Catalogue& say = terminal.text();
    terminal.print(terminal.colour(Colour::kBold, id) + "  " +
                   say("portfolio.processor", {{"count", std::to_string(one.clients.size())},
                                               {"clients", join(one.clients, ", ")}}));
    if (!one.without_contract.empty())
        terminal.print("    " + say("portfolio.without_contract",
                                    {{"clients", join(one.without_contract, ", ")}}));
    for (const auto& [name, values] : one.facts) {
        if (values.size() < 2) continue;
        std::vector<std::string> told;
        for (const auto& [value, count] : values) told.push_back(value);
        terminal.print("    " +
                       say("portfolio.differs", {{"fact", name}, {"values", join(told, ", ")}}));
    }
}

PortfolioRun read_library(const Portfolio& portfolio, SharedProcessors& library) {
    return portfolio.visit([&](const Client& client, const AuditDesk& desk) -> Result<Done> {
        add_processors(client, desk, library);
        return Done{};
    });
}

}  // namespace

void add_processors(const Client& client, const AuditDesk& desk, SharedProcessors& library) {
    const audit::Book book = audit::book_of(desk.own_events());
    for (const auto& [id, entry] : book.processors) take_processor(client.id, entry, library[id]);
}

json::array json_of(const SharedProcessors& library) {
    json::array out;
    for (const auto& [id, one] : library) out.push_back(json_of_processor(id, one));
    return out;
}

Result<BookOptions> adopted(const SharedProcessors& library, const std::string& id) {
    const auto found = library.find(id);
    if (found == library.end()) return error(ErrorCode::kMissing, "portfolio.no_vendor");
    BookOptions out;
    out.id = id;
    out.step = "added";
    for (const char* name : kAdopted) {
        const auto values = found->second.facts.find(name);
        // Of what clients say differently nothing is taken: nobody has described such a vendor.
        if (values != found->second.facts.end() && values->second.size() == 1)
            out.attributes[name] = values->second.begin()->first;
    }
    return out;
}

int run_portfolio_adopt(const Portfolio& portfolio, const PortfolioOptions& options) {
    const Terminal& terminal = portfolio.terminal();
    const auto& clients = portfolio.clients();
    const auto client = std::find_if(clients.begin(), clients.end(),
                                     [&](const Client& one) { return one.id == options.client; });
    if (client == clients.end())
        return fail(terminal, error(ErrorCode::kMissing, "portfolio.no_such_client"));
    SharedProcessors library;
    const PortfolioRun run = read_library(portfolio, library);
    const auto step = adopted(library, options.processor);
    if (!step) return fail(terminal, step.error());
    const int status = run_processor(terminal, portfolio.common_of(*client), *step);
    if (status != 0) return status;
    terminal.note(terminal.text()("portfolio.adopted"));
    return run.status();
}

int run_portfolio_processors(const Portfolio& portfolio) {
    const Terminal& terminal = portfolio.terminal();
    SharedProcessors library;
    const PortfolioRun run = read_library(portfolio, library);
    if (terminal.wants_json())
        terminal.print(json::serialize(json_of(library)));
    else
        for (const auto& [id, one] : library) print_processor(terminal, id, one);
    return run.status();
}

}  // namespace licet

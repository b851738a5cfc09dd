// SPDX-License-Identifier: Apache-2.0
#include "main/register_facts.h"

#include <array>
#include <map>

#include "main/workspace.h"

namespace licet {
namespace {

// How the register of processors says what documents say.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kNames = {
    {{"name", "name"},
     {"country", "country"},
     {"kind", "kind"},
     {"use", "task"},
     {"contract", "contract"},
     {"tool", "tool"},
     {"dpf", "dpf"},
     {"tia", "assessed"},
     {"under_gdpr", "under_gdpr"}}};

}  // namespace

Result<audit::Book> book_in(ledger::ReadStore& store) {
    const std::array nobody{ledger::Token{}};
    const auto stored = LICET_TRY(store.events_of(nobody));
    std::vector<ledger::Event> events;
    for (const ledger::StoredEvent& one : stored) events.push_back(one.event);
    return audit::book_of(events);
}

Result<papers::Organisation> facts_of_ledger(const Common& common, const papers::Fields& fields) {
    std::map<std::string, std::string> facts;
    if (!has_workspace(common.workspace)) return papers::organisation_of(fields, facts);
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    const auto store = LICET_TRY(open_ledger(workspace, true));
    const audit::Book book = LICET_TRY(book_in(*store));
    for (const auto& [id, entry] : book.processors) {
        if (entry.text("role") == "controller") continue;
        for (const auto& [attribute, field] : kNames)
            if (const std::string text = entry.text(attribute); !text.empty())
                facts.emplace("processor." + id + "." + std::string(field), text);
    }
    return papers::organisation_of(fields, facts);
}

Read<papers::Organisation> read_register(const papers::Organisation& of_ledger,
                                         std::string_view text, std::string path) {
    auto read = papers::read_organisation(of_ledger.fields(), text, std::move(path), &of_ledger);
    read.value = read.value.above(of_ledger);
    return read;
}

}  // namespace licet

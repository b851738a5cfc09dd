// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/json.h"
#include "main/commands.h"
#include "main/import_receipt.h"
#include "main/zones.h"

namespace licet {
namespace {

constexpr std::size_t kBatch = 50'000;

// Whom an import said something of. Costs 16 bytes a person in memory.
struct Touched {
    std::vector<ledger::Token> persons;  ///< of whom it claims something, each once
    std::uint64_t objections = 0;        ///< stored: they stand
};

Result<Touched> touched_by(ledger::ReadStore& store, const std::string& batch) {
    Touched out;
    LICET_TRY(store.for_each(ledger::Which::kAll, [&](const ledger::Event& event) {
        if (ledger::attribute(event, "batch") != batch) return;
        if (ledger::is_claim(event.kind)) out.persons.push_back(event.person);
        const bool is_objection = event.kind == ledger::EventKind::kObjectionRecorded;
        if (is_objection && event.key.find('~') == std::string::npos) ++out.objections;
    }));
    const auto less = [](const ledger::Token& a, const ledger::Token& b) {
        return a.bytes < b.bytes;
    };
    std::sort(out.persons.begin(), out.persons.end(), less);
    out.persons.erase(std::unique(out.persons.begin(), out.persons.end()), out.persons.end());
    return out;
}

ledger::Event undoing(const ledger::Token& person, const std::string& batch) {
    ledger::Event event;
    event.kind = ledger::EventKind::kImportUndone;
    event.person = person;
    event.happened_on = now().day;
    event.received_at = now_seconds();
    event.surface = "command_line";
    event.key = "undo-" + batch;
    event.attributes = {{"batch", batch}};
    return event;
}

// Stores what is not stored yet: whoever is interrupted runs the command again.
Result<std::uint64_t> undo(ledger::Store& store, const std::vector<ledger::Token>& persons,
                           const std::string& batch) {
    std::uint64_t added = 0;
    std::vector<ledger::Event> events;
    const auto flush = [&]() -> Result<Done> {
        const ledger::Appended done = LICET_TRY(store.append(events));
        added += done.added;
        events.clear();
        return Done{};
    };
    for (const ledger::Token& person : persons) {
        events.push_back(undoing(person, batch));
        if (events.size() == kBatch) LICET_TRY(flush());
    }
    if (!events.empty()) LICET_TRY(flush());
    return added;
}

void tell(const Terminal& terminal, const ImportUndoOptions& options, const Touched& touched,
          const std::string& receipt) {
    if (terminal.wants_json()) {
        terminal.print(json::serialize(json::object{
            {"batch", options.batch},
            {"persons", touched.persons.size()},
            {"objections_standing", touched.objections},
            {"is_written", !receipt.empty()},
            {"receipt", receipt.empty() ? json::value(nullptr) : json::value(receipt)}}));
        return;
    }
    const std::string persons = std::to_string(touched.persons.size());
    terminal.print(receipt.empty() ? terminal.text()("import.undo_dry", {{"persons", persons}})
                                   : terminal.text()("import.undone",
                                                     {{"persons", persons}, {"path", receipt}}));
    if (touched.objections > 0)
        terminal.print(terminal.text()("import.objections_stand",
                                       {{"count", std::to_string(touched.objections)}}));
}

Result<Done> run(const Terminal& terminal, const Common& common, const ImportUndoOptions& options) {
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    const auto store = LICET_TRY(open_ledger(workspace, !options.is_sure));
    const Touched touched = LICET_TRY(touched_by(*store, options.batch));
    if (touched.persons.empty() && touched.objections == 0)
        return error(ErrorCode::kMissing, "import.unknown_batch", {{"batch", options.batch}});
    std::string receipt;
    const auto before = LICET_TRY(receipt_day(*store, options.batch, "import_undone"));
    // Always to the end: the import may have gone on while it was undone.
    const std::uint64_t events =
        options.is_sure ? LICET_TRY(undo(*store, touched.persons, options.batch)) : 0;
    if (options.is_sure && before) {
        receipt = receipt_path(workspace, options.batch, "import_undone");
    } else if (options.is_sure) {
        ImportReceipt said;
        said.about = "import_undone";
        said.program = options.version;
        said.batch = options.batch;
        said.events = events;
        said.counts = {{"persons", touched.persons.size()},
                       {"objections_standing", touched.objections}};
        receipt = LICET_TRY(issue_receipt(workspace, said));
    }
    tell(terminal, options, touched, receipt);
    return Done{};
}

}  // namespace

int run_import_undo(const Terminal& terminal, const Common& common,
                    const ImportUndoOptions& options) {
    const auto done = run(terminal, common, options);
    return done ? 0 : fail(terminal, done.error());
}

}  // namespace licet

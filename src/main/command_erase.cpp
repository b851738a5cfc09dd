// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>

#include "base/json.h"
#include "main/commands.h"
#include "main/files.h"
#include "main/output_path.h"
#include "main/people.h"
#include "main/zones.h"
#include "store/erasure_register.h"

namespace licet {
namespace {

struct Erased {
    std::uint64_t events = 0;
    std::size_t suppressions = 0;   ///< that stay
    std::optional<Date> before_on;  ///< of an erasure that had been done, or begun, before
};

// The strict tokens, and of the loose ones those under which nothing but objections lies: the loose
// token of one number can be the strict one of another person.
Result<std::vector<ledger::Token>> own_tokens(ledger::ReadStore& store,
                                              const std::vector<ledger::ContactTokens>& points) {
    std::vector<ledger::Token> out;
    for (const ledger::ContactTokens& point : points) {
        out.push_back(point.strict);
        for (const ledger::Token& loose : point.loose) {
            const auto events = LICET_TRY(store.events_of({&loose, 1}));
            const bool is_own =
                std::all_of(events.begin(), events.end(), [](const ledger::StoredEvent& one) {
                    return ledger::is_objection(one.event.kind);
                });
            if (is_own) out.push_back(loose);
        }
    }
    return out;
}

Result<Erased> erase(const Common& common, const EraseOptions& options) {
    const auto reason = ledger::erasure_reason_of(options.reason);
    if (!reason)
        return error(ErrorCode::kInput, "erase.unknown_reason", {{"reason", options.reason}});
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    const std::vector points{LICET_TRY(own_tokens_of_address(workspace, options.address))};
    const auto store = LICET_TRY(open_ledger(workspace, false));
    std::vector<ledger::Token> tokens = LICET_TRY(own_tokens(*store, points));
    // What lists from elsewhere said of this address is of this person too.
    const auto foreign = LICET_TRY(foreign_tokens_of(workspace, options.address));
    tokens.insert(tokens.end(), foreign.begin(), foreign.end());
    Erased out;
    out.events = LICET_TRY(store->erase(tokens, now().day, *reason));
    out.suppressions = LICET_TRY(store->suppressions_of(tokens)).size();
    if (out.events > 0) return out;
    for (const store::Erasure& one : LICET_TRY(store::erasures_in(files_of(workspace))))
        if (one.person == tokens.front()) out.before_on = one.on;
    return out;
}

// Archives that were built of the ledger hold what was in it: they are taken away, and can be built
// again. How many there were.
std::size_t remove_archives(const std::string& workspace) {
    namespace fs = std::filesystem;
    const std::string folder = workspace.empty() ? "." : workspace;
    std::size_t out = 0;
    std::error_code fault;
    for (const char* kind : {"authority-files", "hand-overs"})
        for (const auto& job : fs::directory_iterator(folder + "/" + kind, fault))
            for (const auto& file : fs::directory_iterator(job.path() / "out", fault))
                out += fs::remove(file.path(), fault) ? 1U : 0U;
    return out;
}

}  // namespace

int run_erase(const Terminal& terminal, const Common& common, const EraseOptions& options) {
    // It cannot be undone: an address on the line is not yet a decision.
    if (!options.is_sure) return fail(terminal, error(ErrorCode::kInput, "erase.not_sure"));
    // A certificate that cannot be written must not be found out afterwards.
    const auto free = check_output(options.certificate, common.workspace);
    if (!free) return fail(terminal, free.error());
    std::unique_ptr<ByteWriter> certificate;
    if (!options.certificate.empty()) {
        auto writer = ByteWriter::create(options.certificate, kAsUmaskSays);
        if (!writer) return fail(terminal, writer.error());
        certificate = std::move(writer).value();
    }
    const auto done = erase(common, options);
    if (!done) return fail(terminal, done.error());
    const std::size_t archives = done->events > 0 ? remove_archives(common.workspace) : 0;
    const std::string stays =
        terminal.text()(done->suppressions == 0 ? "erase.not_suppressed" : "erase.suppressed");
    const bool is_erased = done->events > 0 || done->before_on;
    if (certificate != nullptr && is_erased) {
        const Date on = done->before_on.value_or(now().day);
        auto written = certificate->write(
            terminal.text()("erase.certificate",
                            {{"on", text_of(on)},
                             {"reason", terminal.text()("erase.reason_" + options.reason)}}) +
            "\n" + stays + "\n");
        if (written) written = certificate->finish();
        if (!written) return fail(terminal, written.error());
    }
    if (terminal.wants_json()) {
        terminal.print(json::serialize(json::object{{"events", done->events},
                                                    {"suppressions", done->suppressions},
                                                    {"archives", archives}}));
        return 0;
    }
    if (done->events > 0)
        terminal.print(terminal.text()("erase.done", {{"events", std::to_string(done->events)}}));
    else if (done->before_on)
        terminal.print(terminal.text()("erase.before", {{"on", text_of(*done->before_on)}}));
    else
        terminal.print(terminal.text()("erase.nothing"));
    terminal.print(stays);
    if (archives > 0)
        terminal.print(terminal.text()("erase.archives", {{"count", std::to_string(archives)}}));
    return 0;
}

}  // namespace licet

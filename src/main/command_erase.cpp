// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"
#include "base/personal.h"
#include "main/commands.h"
#include "main/files.h"
#include "main/people.h"
#include "main/zones.h"

namespace licet {
namespace {

struct Erased {
    std::uint64_t events = 0;
    std::size_t suppressions = 0;  ///< that stay
};

Result<Erased> erase(const Common& common, const EraseOptions& options) {
    const auto reason = ledger::erasure_reason_of(options.reason);
    if (!reason)
        return error(ErrorCode::kInput, "erase.unknown_reason", {{"reason", options.reason}});
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    const bool is_email = options.address.find('@') != options.address.npos;
    const auto points = LICET_TRY(tokens_of_person(workspace, is_email ? options.address : "",
                                                   is_email ? "" : options.address));
    const std::vector<ledger::Token> tokens = all_tokens(points);
    const auto store = LICET_TRY(open_ledger(workspace, false));
    Erased out;
    out.events = LICET_TRY(store->erase(tokens, now().day, *reason));
    out.suppressions = LICET_TRY(store->suppressions_of(tokens)).size();
    return out;
}

}  // namespace

int run_erase(const Terminal& terminal, const Common& common, const EraseOptions& options) {
    // It cannot be undone: an address on the line is not yet a decision.
    if (!options.is_sure) return fail(terminal, error(ErrorCode::kInput, "erase.not_sure"));
    const auto done = erase(common, options);
    if (!done) return fail(terminal, done.error());
    const std::string text =
        done->events == 0
            ? terminal.text()("erase.nothing")
            : terminal.text()("erase.done", {{"events", std::to_string(done->events)}});
    const std::string stays =
        terminal.text()(done->suppressions == 0 ? "erase.not_suppressed" : "erase.suppressed");
    if (!options.certificate.empty() && done->events > 0) {
        auto writer = ByteWriter::create(options.certificate, kAsUmaskSays);
        if (!writer) return fail(terminal, writer.error());
        auto written = (*writer)->write(
            terminal.text()("erase.certificate",
                            {{"on", text_of(now().day)},
                             {"reason", terminal.text()("erase.reason_" + options.reason)},
                             {"events", std::to_string(done->events)}}) +
            "\n" + stays + "\n");
        if (written) written = (*writer)->finish();
        if (!written) return fail(terminal, written.error());
    }
    if (terminal.wants_json()) {
        terminal.print(json::serialize(
            json::object{{"events", done->events}, {"suppressions", done->suppressions}}));
        return 0;
    }
    terminal.print(text);
    terminal.print(stays);
    return 0;
}

}  // namespace licet

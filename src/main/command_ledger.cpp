// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <thread>

#include "base/json.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "main/commands.h"
#include "main/files.h"
#include "main/notices.h"
#include "main/output_path.h"
#include "main/proofs.h"
#include "main/workspace.h"
#include "main/zones.h"
#include "store/layer_rotation.h"
#include "store/ledger_file.h"
#include "store/ledger_log.h"

namespace licet {
namespace {

// Set by a signal: somebody wants to go on another time.
std::atomic<bool> is_stopped{false};

void stop(int) { is_stopped = true; }

Result<store::Verified> verify_events(const Terminal& terminal, const Workspace& workspace,
                                      const LogKey& key, const VerifyPaths& paths) {
    LICET_TRY(check_output(paths.resume, workspace.folder));
    store::VerifyOptions options;
    if (!paths.against.empty()) options.kept = LICET_TRY(read_file(paths.against));
    if (!paths.trusted.empty()) options.trusted_pem = LICET_TRY(read_file(paths.trusted));
    options.threads = std::max(1U, std::thread::hardware_concurrency());
    if (!paths.resume.empty()) {
        options.resume = {paths.resume, key.private_pem, now_seconds()};
        std::signal(SIGINT, stop);
        std::signal(SIGTERM, stop);
    }
    std::optional<ProgressBar> bar;
    options.progress = [&](std::uint64_t count, std::uint64_t all) {
        if (!bar) bar.emplace(terminal, all);
        bar->show(count, count);
        return !is_stopped;
    };
    auto done = store::verify_ledger(files_of(workspace), key.identity, options);
    if (bar) bar->finish();
    return done;
}

Result<store::Verified> verify(const Terminal& terminal, const Common& common,
                               const VerifyPaths& paths) {
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    const LogKey key = LICET_TRY(log_key_of(workspace));
    // Others check with it what we give them.
    const std::string vkey_path = path_in(workspace, "signing.vkey");
    if (const auto vkey = read_file(vkey_path);
        vkey && trimmed(*vkey) != ledger::text_of(key.identity))
        return error(ErrorCode::kInput, "log.other_vkey", {}, vkey_path);
    auto done = LICET_TRY(verify_events(terminal, workspace, key, paths));
    // The texts that choices name are part of what was written.
    const auto store = LICET_TRY(open_ledger(workspace, true));
    const auto notices = LICET_TRY(notices_of(*store));
    for (const Notice& notice : notices) std::ignore = LICET_TRY(text_of_notice(workspace, notice));
    return done;
}

struct Signed {
    store::SignedCheckpoint checkpoint;
    ledger::LogIdentity identity;
};

Result<Signed> sign(const Common& common, const std::string& out) {
    LICET_TRY(check_output(out, common.workspace));
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    const LogKey key = LICET_TRY(log_key_of(workspace));
    Signed done{LICET_TRY(store::sign_checkpoint(files_of(workspace), key.identity.origin,
                                                 key.private_pem, now_seconds())),
                key.identity};
    if (!out.empty()) LICET_TRY(write_file(out, done.checkpoint.note));
    return done;
}

Result<Done> write_proof(const Common& common, const std::string& place,
                         const std::string& folder) {
    LICET_TRY(check_output(folder + "/signing.vkey", common.workspace));
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    const LogKey key = LICET_TRY(log_key_of(workspace));
    const auto where = LICET_TRY(ledger::event_place_of(place));
    const auto proofs = LICET_TRY(proved_events(workspace, {&where, 1}));
    const audit::ProvedEvent& proof = proofs.front();
    std::error_code fault;
    std::filesystem::create_directories(folder, fault);
    if (fault) return error(ErrorCode::kBroken, "file.unwritable", {{"path", folder}}, folder);
    LICET_TRY(write_file(folder + "/" + place + ".tlog-proof", proof.proof));
    // It shows what happened to somebody: for its owner's eyes.
    auto opening = LICET_TRY(ByteWriter::create(folder + "/" + place + ".json"));
    LICET_TRY(opening->write(audit::opening_of(proof)));
    LICET_TRY(opening->finish());
    return write_file(folder + "/signing.vkey", ledger::text_of(key.identity) + "\n");
}

std::string shown_time(std::int64_t seconds) {
    const Date day{std::chrono::days{static_cast<std::int32_t>(seconds / 86'400)}};
    const std::int64_t minute = seconds % 86'400 / 60;
    const auto two = [](std::int64_t number) {
        return (number < 10 ? "0" : "") + std::to_string(number);
    };
    return text_of(day) + " " + two(minute / 60) + ":" + two(minute % 60) + " UTC";
}

// An answer may come when newer checkpoints have been signed: it finds its own.
Result<Timestamp> keep_answer(const Workspace& workspace,
                              const std::vector<store::SignedCheckpoint>& all,
                              const TimestampOptions& options) {
    const std::string answer = LICET_TRY(read_file(options.answer));
    const std::string trusted = LICET_TRY(read_file(options.trusted));
    const std::span bytes(reinterpret_cast<const std::uint8_t*>(answer.data()), answer.size());
    Error last = error(ErrorCode::kInput, "timestamp.form");
    for (auto one = all.rbegin(); one != all.rend(); ++one) {
        const auto stamp = checked_timestamp(bytes, sha256(one->note), trusted);
        if (stamp) {
            LICET_TRY(store::keep_timestamp(files_of(workspace), one->size, bytes));
            return *stamp;
        }
        last = stamp.error();
        if (last.message.id != "timestamp.other_digest") break;
    }
    last.where = options.answer;
    return last;
}

Result<store::Rotated> rotate(const Terminal& terminal, const Workspace& workspace) {
    const ledger::TokenKey key = LICET_TRY(new_token_key());
    std::optional<ProgressBar> bar;
    auto done =
        store::rotate_layer(files_of(workspace), key, [&](std::uint64_t count, std::uint64_t all) {
            if (!bar) bar.emplace(terminal, all);
            bar->show(count, count);
        });
    if (bar) bar->finish();
    return done;
}

}  // namespace

int run_ledger_verify(const Terminal& terminal, const Common& common, const VerifyPaths& paths) {
    const auto done = verify(terminal, common, paths);
    if (!done) return fail(terminal, done.error());
    if (terminal.wants_json()) {
        terminal.print(json::serialize(json::object{{"events", done->events},
                                                    {"erased", done->erased},
                                                    {"bytes", done->bytes},
                                                    {"in_log", done->in_log},
                                                    {"checkpoints", done->checkpoints},
                                                    {"timestamps", done->timestamps},
                                                    {"read_before", done->read_before},
                                                    {"since", done->since}}));
        return 0;
    }
    terminal.print(
        terminal.text()("ledger.verified", {{"events", std::to_string(done->events)},
                                            {"erased", std::to_string(done->erased)},
                                            {"in_log", std::to_string(done->in_log)},
                                            {"checkpoints", std::to_string(done->checkpoints)}}));
    if (done->read_before > 0)
        terminal.print(terminal.text()(
            "ledger.read_before",
            {{"count", std::to_string(done->read_before)}, {"time", shown_time(done->since)}}));
    if (done->timestamps > 0)
        terminal.print(terminal.text()(
            paths.trusted.empty() ? "ledger.timestamps_unheld" : "ledger.timestamps",
            {{"count", std::to_string(done->timestamps)}}));
    if (done->in_log < done->events)
        terminal.print(terminal.text()("ledger.not_in_log",
                                       {{"count", std::to_string(done->events - done->in_log)}}));
    if (paths.against.empty())
        terminal.print(terminal.text()("ledger.keep_a_checkpoint"));
    else
        terminal.print(terminal.text()("ledger.continues"));
    return 0;
}

int run_ledger_checkpoint(const Terminal& terminal, const Common& common, const std::string& out) {
    const auto done = sign(common, out);
    if (!done) return fail(terminal, done.error());
    const auto& [checkpoint, identity] = *done;
    if (terminal.wants_json())
        terminal.print(json::serialize(json::object{{"size", checkpoint.size},
                                                    {"signed_at", checkpoint.signed_at},
                                                    {"note", checkpoint.note},
                                                    {"vkey", ledger::text_of(identity)}}));
    else if (out.empty())
        terminal.print(checkpoint.note.substr(0, checkpoint.note.size() - 1));
    else
        terminal.print(terminal.text()("ledger.checkpoint_written",
                                       {{"size", std::to_string(checkpoint.size)}, {"path", out}}));
    return 0;
}

int run_ledger_prove(const Terminal& terminal, const Common& common, const std::string& place,
                     const std::string& out) {
    const auto done = write_proof(common, place, out);
    if (!done) return fail(terminal, done.error());
    terminal.print(terminal.text()("ledger.proved", {{"place", place}, {"path", out}}));
    return 0;
}

int run_ledger_consistency(const Terminal& terminal, const Common& common, const std::string& kept,
                           const std::string& out) {
    const auto written = [&]() -> Result<std::uint64_t> {
        LICET_TRY(check_output(out, common.workspace));
        const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
        const LogKey key = LICET_TRY(log_key_of(workspace));
        const std::string old_note = LICET_TRY(read_file(kept));
        const auto proof =
            LICET_TRY(store::prove_extension(files_of(workspace), key.identity, old_note));
        LICET_TRY(write_file(out, ledger::text_of(proof)));
        return proof.old_size;
    }();
    if (!written) return fail(terminal, written.error());
    terminal.print(
        terminal.text()("ledger.consistent", {{"size", std::to_string(*written)}, {"path", out}}));
    return 0;
}

int run_ledger_publish(const Terminal& terminal, const Common& common, const std::string& folder) {
    const auto spared = check_output(folder, common.workspace);
    if (!spared) return fail(terminal, spared.error());
    const auto workspace = open_workspace(common.workspace);
    if (!workspace) return fail(terminal, workspace.error());
    const auto written = store::publish_log(files_of(*workspace), folder);
    if (!written) return fail(terminal, written.error());
    if (*written == 0) return fail(terminal, error(ErrorCode::kMissing, "ledger.nothing_signed"));
    terminal.print(terminal.text()("ledger.published",
                                   {{"count", std::to_string(*written)}, {"path", folder}}));
    return 0;
}

int run_ledger_timestamp(const Terminal& terminal, const Common& common,
                         const TimestampOptions& options) {
    // An answer nobody is held to would be a stamp that anybody can make.
    if (options.request.empty() == options.answer.empty() ||
        options.answer.empty() != options.trusted.empty())
        return fail(terminal, error(ErrorCode::kInput, "timestamp.say_which"));
    const auto spared = check_output(options.request, common.workspace);
    if (!spared) return fail(terminal, spared.error());
    const auto workspace = open_workspace(common.workspace);
    if (!workspace) return fail(terminal, workspace.error());
    const auto all = store::checkpoints_of(files_of(*workspace));
    if (!all) return fail(terminal, all.error());
    if (all->empty()) return fail(terminal, error(ErrorCode::kMissing, "ledger.nothing_signed"));
    if (!options.request.empty()) {
        const auto bytes = timestamp_request(sha256(all->back().note));
        const auto written = write_file(
            options.request, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
        if (!written) return fail(terminal, written.error());
        terminal.print(terminal.text()(
            "timestamp.requested",
            {{"size", std::to_string(all->back().size)}, {"path", options.request}}));
        return 0;
    }
    const auto kept = keep_answer(*workspace, *all, options);
    if (!kept) return fail(terminal, kept.error());
    terminal.print(terminal.text()(
        "timestamp.kept", {{"time", shown_time(kept->at)}, {"authority", kept->authority}}));
    return 0;
}

int run_ledger_rotate(const Terminal& terminal, const Common& common) {
    const auto workspace = open_workspace(common.workspace);
    if (!workspace) return fail(terminal, workspace.error());
    const auto done = rotate(terminal, *workspace);
    if (!done) return fail(terminal, done.error());
    if (terminal.wants_json()) {
        terminal.print(json::serialize(json::object{{"events", done->events},
                                                    {"suppressions", done->suppressions},
                                                    {"erasures", done->erasures},
                                                    {"has_old_key", done->has_old_key},
                                                    {"has_forgotten", done->has_forgotten}}));
        return 0;
    }
    terminal.print(
        terminal.text()("ledger.rotated", {{"events", std::to_string(done->events)},
                                           {"suppressions", std::to_string(done->suppressions)},
                                           {"erasures", std::to_string(done->erasures)}}));
    if (done->has_old_key) terminal.print(terminal.text()("ledger.rotated_old_key"));
    if (store::is_server(files_of(*workspace).database))
        terminal.print(terminal.text()("ledger.rotated_server"));
    else if (!done->has_forgotten)
        terminal.print(terminal.text()("ledger.rotated_remains"));
    return 0;
}

int run_ledger_export(const Terminal& terminal, const Common& common, const std::string& path) {
    const auto spared = check_output(path, common.workspace);
    if (!spared) return fail(terminal, spared.error());
    const auto workspace = open_workspace(common.workspace);
    if (!workspace) return fail(terminal, workspace.error());
    const auto moved = store::export_ledger(files_of(*workspace), path);
    if (!moved) return fail(terminal, moved.error());
    terminal.print(terminal.text()("ledger.exported",
                                   {{"path", path},
                                    {"events", std::to_string(moved->events)},
                                    {"suppressions", std::to_string(moved->suppressions)}}));
    return 0;
}

int run_ledger_import(const Terminal& terminal, const Common& common, const std::string& path) {
    // The workspace has no ledger yet, so it cannot be opened as one.
    const auto files = files_of_folder(common.workspace);
    if (!files) return fail(terminal, files.error());
    const auto moved = store::import_ledger(path, *files);
    if (!moved) return fail(terminal, moved.error());
    terminal.print(
        terminal.text()("ledger.imported", {{"events", std::to_string(moved->events)},
                                            {"suppressions", std::to_string(moved->suppressions)},
                                            {"checkpoints", std::to_string(moved->checkpoints)}}));
    return 0;
}

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
#include "main/import_receipt.h"

#include <filesystem>

#include "base/base64.h"
#include "base/json.h"
#include "base/text.h"
#include "base/utc.h"
#include "main/files.h"
#include "main/zones.h"

namespace licet {
namespace {

constexpr std::string_view kHeader = "licet-import-1\n";

json::object json_of(const ImportReceipt& of, const ledger::Checkpoint& ledger,
                     std::int64_t made_at) {
    json::object counts;
    for (const auto& [name, count] : of.counts) counts.emplace(name, count);
    json::object out{{"about", of.about},
                     {"program", of.program},
                     {"batch", of.batch},
                     {"made_at", utc_text(made_at)},
                     {"counts", std::move(counts)},
                     {"events", of.events},
                     {"ledger", json::object{{"origin", ledger.origin},
                                             {"size", ledger.size},
                                             {"root", base64_of(ledger.root)}}}};
    if (of.about != "import") return out;
    out.emplace("kind", of.kind);
    out.emplace("list", json::object{{"sha256", hex_of(of.file)}, {"bytes", of.file_bytes}});
    out.emplace("declaration", json::object{{"sha256", hex_of(of.declaration)}});
    out.emplace("rows", of.rows);
    out.emplace("left_out", of.left_out);
    return out;
}

ledger::Event event_of(const ImportReceipt& receipt, const std::string& note) {
    const std::string digest = hex_of(sha256(note));
    ledger::Event event;
    event.kind = ledger::EventKind::kCertificateIssued;
    event.received_at = now_seconds();
    event.happened_on = utc_day(event.received_at);
    event.surface = "ledger";
    event.key = "certificate-" + digest;
    event.attributes = {{"about", receipt.about}, {"batch", receipt.batch}, {"sha256", digest}};
    return event;
}

Result<std::string> folder_of(const Workspace& workspace) {
    const std::string folder = path_in(workspace, "imports");
    std::error_code fault;
    std::filesystem::create_directories(folder, fault);
    if (fault) return error(ErrorCode::kBroken, "file.unwritable", {{"path", folder}}, folder);
    return folder;
}

}  // namespace

std::string receipt_path(const Workspace& workspace, const std::string& batch,
                         const std::string& about) {
    return path_in(workspace, "imports/") + batch + (about == "import" ? "" : "-undone") + ".txt";
}

Result<std::string> issue_receipt(const Workspace& workspace, const ImportReceipt& receipt) {
    std::ignore = LICET_TRY(folder_of(workspace));
    const CertificateGround ground = LICET_TRY(certificate_ground(workspace));
    const std::int64_t made_at = now_seconds();
    const std::string body =
        std::string(kHeader) + canonical(json_of(receipt, ground.checkpoint, made_at)) + "\n";
    const std::string note = LICET_TRY(
        ledger::note_of({body, made_at}, ground.checkpoint.origin, ground.key.private_pem));
    const std::string path = receipt_path(workspace, receipt.batch, receipt.about);
    auto writer = LICET_TRY(ByteWriter::create(path));
    LICET_TRY(writer->write(note));
    // The entry first: a receipt that the ledger does not know of could be denied.
    const auto store = LICET_TRY(open_ledger(workspace, false));
    const std::array batch{event_of(receipt, note)};
    std::ignore = LICET_TRY(store->append(batch));
    LICET_TRY(writer->finish());
    return path;
}

Result<std::optional<Date>> receipt_day(ledger::ReadStore& store, std::string_view batch,
                                        std::string_view about) {
    const std::array own{ledger::Token{}};
    const auto events = LICET_TRY(store.events_of(own));
    std::optional<Date> day;
    for (const ledger::StoredEvent& one : events)
        if (one.event.kind == ledger::EventKind::kCertificateIssued &&
            ledger::attribute(one.event, "batch") == batch &&
            ledger::attribute(one.event, "about") == about)
            day = one.event.happened_on;
    return day;
}

Result<Done> keep_declaration(const Workspace& workspace, const std::string& batch,
                              std::string_view text) {
    const std::string folder = LICET_TRY(folder_of(workspace));
    return write_own_file(folder + "/" + batch + ".toml", text);
}

}  // namespace licet

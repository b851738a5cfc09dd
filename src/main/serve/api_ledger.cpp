// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "base/base64.h"
#include "base/text.h"
#include "main/files.h"
#include "main/serve/api.h"
#include "main/serve/captured.h"

namespace licet {
namespace {

using http::Answer;
using http::Method;
using web::ApiRoute;
using web::Call;
using web::Permission;

constexpr std::string_view kSurface = "api";

// The key under which a repeat is known: of the request, else of its body.
Result<std::string> key_of(const Call& call, const json::object& body) {
    const std::string_view given = call.request.field("idempotency-key");
    if (!given.empty()) return std::string(given);
    return text_of(body, "key");
}

// 201 for what is new, 200 for what was there.
Result<Answer> recorded(ServerOffice& office, const Call& call,
                        const std::function<int(const Terminal&, const Common&)>& command) {
    const json::value value = LICET_TRY(run_recorded(office, call, command));
    const json::value* is_new =
        value.is_object() ? value.get_object().if_contains("is_new") : nullptr;
    const bool was_there = is_new != nullptr && is_new->is_bool() && !is_new->get_bool();
    return web::json_answer(value, was_there ? 200 : 201);
}

Result<std::vector<std::string>> attributes_of(const json::object& body) {
    std::vector<std::string> out;
    const json::value* given = body.if_contains("attributes");
    if (given == nullptr) return out;
    if (!given->is_object())
        return error(ErrorCode::kInput, "web.object_wanted", {{"name", "attributes"}});
    for (const auto& [name, value] : given->get_object()) {
        if (!value.is_string())
            return error(ErrorCode::kInput, "web.text_wanted", {{"name", std::string(name)}});
        out.push_back(std::string(name) + "=" + std::string(value.get_string()));
    }
    return out;
}

Result<Answer> events(ServerOffice& office, Call& call) {
    const json::object body = LICET_TRY(web::object_of(call.request));
    LICET_TRY(check_names(body, {"kind", "email", "phone", "country", "channel", "purpose", "on",
                                 "surface", "key", "attributes"}));
    RecordOptions options;
    options.kind = LICET_TRY(text_of(body, "kind"));
    // A verdict is what the gate answered; nobody else may say that it did.
    if (options.kind == ledger::name_of(ledger::EventKind::kVerdictGiven))
        return error(ErrorCode::kInput, "web.kind_of_gate");
    options.email = LICET_TRY(text_of(body, "email"));
    options.phone = LICET_TRY(text_of(body, "phone"));
    options.country = LICET_TRY(text_of(body, "country"));
    options.channel = LICET_TRY(text_of(body, "channel"));
    options.purpose = LICET_TRY(text_of(body, "purpose"));
    options.on = LICET_TRY(text_of(body, "on"));
    options.surface = LICET_TRY(text_of(body, "surface"));
    if (options.surface.empty()) options.surface = kSurface;
    options.key = LICET_TRY(key_of(call, body));
    options.attributes = LICET_TRY(attributes_of(body));
    return recorded(office, call, [&](const auto& terminal, const auto& common) {
        return run_record(terminal, common, options);
    });
}

Result<Answer> objections(ServerOffice& office, Call& call) {
    const json::object body = LICET_TRY(web::object_of(call.request));
    LICET_TRY(check_names(body, {"address", "channel", "purpose", "brand", "on", "key"}));
    RecordOptions options;
    options.kind = ledger::name_of(ledger::EventKind::kObjectionRecorded);
    options.address = LICET_TRY(text_of(body, "address"));
    options.channel = LICET_TRY(text_of(body, "channel"));
    options.purpose = LICET_TRY(text_of(body, "purpose"));
    options.on = LICET_TRY(text_of(body, "on"));
    options.surface = kSurface;
    options.key = LICET_TRY(key_of(call, body));
    const std::string brand = LICET_TRY(text_of(body, "brand"));
    if (!brand.empty()) options.attributes.push_back("brand=" + brand);
    return recorded(office, call, [&](const auto& terminal, const auto& common) {
        return run_record(terminal, common, options);
    });
}

Result<Answer> consents(ServerOffice& office, Call& call) {
    static constexpr std::array<std::string_view, 9> kActs = {
        "request", "mail-accepted", "page-seen", "confirm", "bounced",
        "suspect", "give",          "refuse",    "withdraw"};
    const json::object body = LICET_TRY(web::object_of(call.request));
    LICET_TRY(check_names(body, {"address", "channels", "purposes", "notice", "language",
                                 "controller", "on", "at", "request", "why", "key", "attributes"}));
    ConsentOptions options;
    options.act = call.request.value("act");
    if (std::find(kActs.begin(), kActs.end(), options.act) == kActs.end())
        return error(ErrorCode::kMissing, "http.not_found");
    options.address = LICET_TRY(text_of(body, "address"));
    options.channels = LICET_TRY(texts_of(body, "channels"));
    options.purposes = LICET_TRY(texts_of(body, "purposes"));
    options.notice = LICET_TRY(text_of(body, "notice"));
    options.language = LICET_TRY(text_of(body, "language"));
    options.controller = LICET_TRY(text_of(body, "controller"));
    options.on = LICET_TRY(text_of(body, "on"));
    options.at = LICET_TRY(text_of(body, "at"));
    options.request = LICET_TRY(text_of(body, "request"));
    options.why = LICET_TRY(text_of(body, "why"));
    options.surface = kSurface;
    options.key = LICET_TRY(key_of(call, body));
    options.attributes = LICET_TRY(attributes_of(body));
    return recorded(office, call, [&](const auto& terminal, const auto& common) {
        return run_consent(terminal, common, options);
    });
}

// ---- one person ---------------------------------------------------------------------------------
Result<Answer> timeline(ServerOffice& office, Call& call) {
    const json::object body = LICET_TRY(web::object_of(call.request));
    LICET_TRY(check_names(body, {"address", "reason"}));
    const std::string address = LICET_TRY(text_of(body, "address"));
    const std::string reason = LICET_TRY(text_of(body, "reason"));
    const Ran ran = run_captured(office, call, [&](const auto& terminal, const auto& common) {
        return run_person(terminal, common, address, reason);
    });
    return web::json_answer(json::object{{"events", LICET_TRY(ran.value())}});
}

// A file or folder that is gone when this is.
struct Scratch {
    std::string path;
    ~Scratch() {
        std::error_code fault;
        std::filesystem::remove_all(path, fault);
    }
};

Result<Answer> export_person(ServerOffice& office, Call& call) {
    const json::object body = LICET_TRY(web::object_of(call.request));
    LICET_TRY(check_names(body, {"address", "reason"}));
    EvidenceOptions options;
    options.address = LICET_TRY(text_of(body, "address"));
    options.reason = LICET_TRY(text_of(body, "reason"));
    const Scratch file{office.folder_of(call.tenant) + "/export-" + LICET_TRY(office.chance(12)) +
                       ".zip"};
    options.out = file.path;
    const Ran ran = run_captured(office, call, [&](const auto& terminal, const auto& common) {
        return run_evidence_person(terminal, common, options);
    });
    if (auto fault = ran.error()) return *std::move(fault);
    Answer out;
    out.type = "application/zip";
    out.body = LICET_TRY(read_file(file.path));
    out.with("Content-Disposition", "attachment; filename=\"licet-person.zip\"");
    return out;
}

Result<Answer> erase(ServerOffice& office, Call& call) {
    const json::object body = LICET_TRY(web::object_of(call.request));
    LICET_TRY(check_names(body, {"address", "reason", "confirm"}));
    EraseOptions options;
    options.address = LICET_TRY(text_of(body, "address"));
    const std::string reason = LICET_TRY(text_of(body, "reason"));
    if (!reason.empty()) options.reason = reason;
    const json::value* sure = body.if_contains("confirm");
    options.is_sure = sure != nullptr && sure->is_bool() && sure->get_bool();
    if (!options.is_sure) return error(ErrorCode::kInput, "web.confirm_wanted");
    return recorded(office, call, [&](const auto& terminal, const auto& common) {
        return run_erase(terminal, common, options);
    });
}

// ---- proof --------------------------------------------------------------------------------------
Result<Answer> checkpoint(ServerOffice& office, Call& call) {
    const Scratch file{office.folder_of(call.tenant) + "/checkpoint-" +
                       LICET_TRY(office.chance(12)) + ".txt"};
    const Ran ran = run_captured(office, call, [&](const auto& terminal, const auto& common) {
        return run_ledger_checkpoint(terminal, common, file.path);
    });
    if (auto fault = ran.error()) return *std::move(fault);
    Answer out;
    out.type = "text/plain; charset=utf-8";
    out.body = LICET_TRY(read_file(file.path));
    return out;
}

// The files of a proof, as `licet ledger prove` writes them.
Result<Answer> proof(ServerOffice& office, Call& call) {
    const Scratch folder{office.folder_of(call.tenant) + "/proof-" + LICET_TRY(office.chance(12))};
    const std::string place(call.request.value("place"));
    const Ran ran = run_captured(office, call, [&](const auto& terminal, const auto& common) {
        return run_ledger_prove(terminal, common, place, folder.path);
    });
    if (auto fault = ran.error()) return *std::move(fault);
    json::object files;
    std::error_code fault;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path, fault)) {
        const std::string bytes = LICET_TRY(read_file(entry.path().string()));
        files[entry.path().filename().string()] = base64_of(std::string_view(bytes));
    }
    return web::json_answer(json::object{{"event", place}, {"files", std::move(files)}});
}

Result<Answer> verify_certificate(ServerOffice& office, Call& call) {
    const Scratch file{office.folder_of(call.tenant) + "/certificate-" +
                       LICET_TRY(office.chance(12)) + ".txt"};
    LICET_TRY(write_own_file(file.path, call.request.body));
    CertificateOptions options;
    options.file = file.path;
    const Ran ran = run_captured(office, call, [&](const auto& terminal, const auto& common) {
        return run_certificate_verify(terminal, common, options);
    });
    return web::json_answer(LICET_TRY(ran.value()));
}

}  // namespace

std::vector<ApiRoute> ledger_routes(ServerOffice& office) {
    const auto on = [&office](auto handle) -> web::ApiHandler {
        return [&office, handle](Call& call) { return handle(office, call); };
    };
    return {
        {Method::kPost, "/api/v1/events", Permission::kRecord, on(events)},
        {Method::kPost, "/api/v1/objections", Permission::kRecord, on(objections)},
        {Method::kPost, "/api/v1/consents/{act}", Permission::kRecord, on(consents)},
        {Method::kPost, "/api/v1/persons/timeline", Permission::kPersons, on(timeline)},
        {Method::kPost, "/api/v1/persons/export", Permission::kPersons, on(export_person)},
        {Method::kPost, "/api/v1/persons/erase", Permission::kErase, on(erase)},
        {Method::kGet, "/api/v1/ledger/checkpoint", Permission::kPersons, on(checkpoint)},
        {Method::kGet, "/api/v1/ledger/proofs/{place}", Permission::kPersons, on(proof)},
        {Method::kPost, "/api/v1/certificates/verify", Permission::kLists, on(verify_certificate)},
    };
}

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "base/text.h"
#include "main/authority_file.h"
#include "main/files.h"
#include "main/serve/api.h"
#include "main/serve/captured.h"
#include "main/serve/job_routes.h"

namespace licet {
namespace {

using http::Answer;
using http::Method;
using web::ApiRoute;
using web::Call;
using web::Permission;

constexpr const char* kArchive = "/evidence.tar";
constexpr const char* kCertificate = "certificate.txt";

AuthorityOptions options_asked(const json::object& asked) {
    const auto text = [&](std::string_view name) {
        const json::value* found = asked.if_contains(name);
        return found == nullptr || !found->is_string() ? std::string()
                                                       : std::string(found->get_string());
    };
    AuthorityOptions out;
    out.client = text("client");
    out.campaign = text("campaign");
    out.from = text("from");
    out.to = text("to");
    out.reason = text("reason");
    return out;
}

// Addresses wait in a file that nobody else may read, and that goes when the archive is there.
Result<Answer> ask_for_file(ServerOffice& office, Jobs& jobs, const Call& call) {
    const json::object body = LICET_TRY(web::object_of(call.request));
    LICET_TRY(
        check_names(body, {"client", "campaign", "persons", "from", "to", "reason", "lists"}));
    json::object asked;
    for (const char* name : {"client", "campaign", "from", "to", "reason"})
        asked[name] = LICET_TRY(text_of(body, name));
    LICET_TRY(check_options(options_asked(asked)));
    const auto lists = LICET_TRY(texts_of(body, "lists"));
    asked["lists"] = json::array(lists.begin(), lists.end());
    std::string addresses;
    std::uint64_t persons = 0;
    for (const std::string& one : LICET_TRY(texts_of(body, "persons"))) {
        if (trimmed(one).empty()) continue;
        addresses += std::string(trimmed(one)) + "\n";
        ++persons;
    }
    // Nobody is not everybody.
    if (body.contains("persons") && !body.at("persons").is_null() && persons == 0 &&
        !(body.at("persons").is_array() && body.at("persons").get_array().empty()))
        return error(ErrorCode::kInput, "authority.no_address");
    asked["persons"] = persons;
    if (persons == 0)
        return taken(jobs, LICET_TRY(jobs.add({call.tenant, asked, call.language}, "")));
    // What is left in this folder by a server that was cut off, the next one removes.
    const std::string scratch =
        office.folder_of(web::kFirstTenant) + "/uploads/addresses-" + LICET_TRY(office.chance(12));
    const auto added = [&]() -> Result<std::string> {
        LICET_TRY(write_own_file(scratch, addresses));
        return jobs.add({call.tenant, asked, call.language}, scratch);
    }();
    std::error_code fault;
    std::filesystem::remove(scratch, fault);
    return taken(jobs, LICET_TRY(added));
}

// The certificates of the lists that are to go with it.
Result<std::vector<std::string>> certificates_of(const Jobs& lists, const Job& job) {
    std::vector<std::string> out;
    const json::value* wanted = job.asked.if_contains("lists");
    if (wanted == nullptr || !wanted->is_array()) return out;
    for (const json::value& one : wanted->get_array())
        if (one.is_string())
            out.push_back(
                LICET_TRY(lists.file(job.tenant, std::string(one.get_string()), kCertificate)));
    return out;
}

}  // namespace

Jobs::Work authority_building(const ServerOffice& office, const Jobs& lists) {
    return [&office, &lists](const Job& job, const Terminal& terminal) -> Result<json::object> {
        AuthorityOptions options = options_asked(job.asked);
        // Whether or not the file is there: a few persons must not become everybody.
        const json::value* persons = job.asked.if_contains("persons");
        if (persons != nullptr && persons->is_number() && persons->to_number<std::uint64_t>() > 0)
            options.person = job.source();
        options.certificates = LICET_TRY(certificates_of(lists, job));
        std::error_code fault;
        std::filesystem::create_directory(job.out(), fault);
        options.out = job.out() + kArchive;
        const int status = run_evidence_build(terminal, office.common_of(job.tenant), options);
        json::object summary = LICET_TRY(object_said(status, terminal));
        summary.erase("path");
        return summary;
    };
}

std::vector<ApiRoute> authority_routes(ServerOffice& office, Jobs& jobs) {
    std::vector<ApiRoute> routes = job_routes(jobs, "authority_files", Permission::kPersons);
    routes.push_back({Method::kPost, "/api/v1/authority-files", Permission::kPersons,
                      [&office, &jobs](Call& call) { return ask_for_file(office, jobs, call); }});
    return routes;
}

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
//
// Which keys a tenant has, so that somebody sees whether they are there and copied: names, days and
// public halves. No secret is read but the one whose public half is shown.
#include <sys/stat.h>

#include <algorithm>

#include "audit/credential.h"
#include "base/utc.h"
#include "main/serve/api.h"

namespace licet {
namespace {

using http::Answer;
using http::Method;
using web::ApiRoute;
using web::Call;

// A name of a file as a part of a name in the catalogue.
std::string words_of(std::string file) {
    std::replace(file.begin(), file.end(), '.', '_');
    return "keys." + file;
}

Result<Answer> keys(ServerOffice& office, const Call& call) {
    const auto desk = LICET_TRY(office.desk(call.tenant));
    json::array all;
    for (const std::string file : kKeyFiles) {
        struct stat status {};
        const std::string path = desk->workspace().folder + "/" + file;
        const bool is_there = ::stat(path.c_str(), &status) == 0;
        json::object one{{"file", file}, {"for", call.say(words_of(file))}, {"there", is_there}};
        if (is_there) one["changed_on"] = text_of(utc_day(status.st_mtime));
        all.push_back(std::move(one));
    }
    const LogKey signing = LICET_TRY(log_key_of(desk->workspace()));
    return web::json_answer(
        json::object{{"keys", std::move(all)},
                     {"checkpoints", ledger::text_of(signing.identity)},
                     {"labels", LICET_TRY(audit::did_of(signing.private_pem))}});
}

}  // namespace

std::vector<ApiRoute> key_routes(ServerOffice& office) {
    return {{Method::kGet, "/api/v1/keys", web::Permission::kPapers,
             [&office](Call& call) { return keys(office, call); }}};
}

}  // namespace licet

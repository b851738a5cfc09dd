// SPDX-License-Identifier: Apache-2.0
//
// Which keys a tenant has, so that somebody sees whether they are there and copied: names, days and
// public halves. Secrets are read for their public halves alone. Those of partners and of exports
// are not here: each list has its own.
#include <sys/stat.h>

#include <algorithm>

#include "base/utc.h"
#include "main/command_label.h"
#include "main/serve/api.h"

namespace licet {
namespace {

using http::Answer;
using http::Method;
using web::ApiRoute;
using web::Call;

// A name of a file as a part of a name in the catalogue.
std::string words_of(std::string file) {
    for (char& c : file)
        if (c == '.' || c == '-') c = '_';
    return "keys." + file;
}

Result<Answer> keys(ServerOffice& office, const Call& call) {
    const auto desk = LICET_TRY(office.desk(call.tenant));
    json::array all;
    std::vector<std::string> files(kKeyFiles.begin(), kKeyFiles.end());
    files.emplace_back(kLabelKeyFile);
    for (const std::string& file : files) {
        struct stat status {};
        const std::string path = desk->workspace().folder + "/" + file;
        const bool is_there = ::stat(path.c_str(), &status) == 0;
        json::object one{{"file", file}, {"for", call.say(words_of(file))}, {"there", is_there}};
        if (is_there) one["changed_on"] = text_of(utc_day(status.st_mtime));
        all.push_back(std::move(one));
    }
    const LogKey signing = LICET_TRY(log_key_of(desk->workspace()));
    json::object out{{"keys", std::move(all)}, {"checkpoints", ledger::text_of(signing.identity)}};
    if (const auto labels = LICET_TRY(label_issuer_of(desk->workspace()))) out["labels"] = *labels;
    return web::json_answer(out);
}

}  // namespace

std::vector<ApiRoute> key_routes(ServerOffice& office) {
    return {{Method::kGet, "/api/v1/keys", web::Permission::kPapers,
             [&office](Call& call) { return keys(office, call); }}};
}

}  // namespace licet

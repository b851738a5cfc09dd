// SPDX-License-Identifier: Apache-2.0
#include "audit/statistics_json.h"
#include "main/serve/api.h"

namespace licet {
namespace {

using http::Answer;
using http::Method;
using web::ApiRoute;
using web::Call;
using web::Permission;

// A ledger of years is read by a thread of its own: who asks meanwhile is told to ask again.
Result<Answer> practice(AuditRooms& rooms, const Call& call) {
    constexpr std::chrono::milliseconds kPatience{60};
    json::object out;
    const auto look = [&](const AuditDesk& desk) -> Result<Done> {
        out = audit::statistics_json(desk.statistics(), desk.questionnaire().limits);
        out["as_of"] = text_of(desk.today());
        return Done{};
    };
    const auto seen = rooms.look_at(std::string(call.tenant), kPatience, look);
    if (!seen) return seen.error();
    out["reading"] = *seen == AuditRooms::Seen::kReading;
    return web::json_answer(out);
}

}  // namespace

std::vector<ApiRoute> practice_routes(AuditRooms& rooms) {
    return {{Method::kGet, "/api/v1/practice", Permission::kPapers,
             [&rooms](Call& call) { return practice(rooms, call); }}};
}

}  // namespace licet

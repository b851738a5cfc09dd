// SPDX-License-Identifier: Apache-2.0
//
// How jobs are shown, whatever their work is:
//
//     FOLDER                   all            FOLDER/ID/progress      how far it is, as it goes
//     FOLDER/ID                one, removal   FOLDER/ID/files/FILE    one of its results
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "main/serve/jobs.h"
#include "web/guard.h"

namespace licet {

/// 202, with the address of the job.
[[nodiscard]] http::Answer taken(const Jobs& jobs, const std::string& id);

/// Routes under the jobs' folder; `name` is what all of them are called in JSON.
[[nodiscard]] std::vector<web::ApiRoute> job_routes(Jobs& jobs, std::string_view name,
                                                    web::Permission wanted);

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
#include "audit/statistics_json.h"

namespace licet::audit {

json::object statistics_json(const Statistics& statistics, const MeasureLimits& limits) {
    std::map<int, std::uint64_t> by_days;
    for (const int days : statistics.objection_days) ++by_days[days];
    json::array days;
    for (const auto& [day, count] : by_days)
        days.push_back(json::object{{"days", day}, {"count", count}});
    json::array months;
    for (const auto& [month, count] : statistics.prospect_months)
        months.push_back(json::object{{"months", month}, {"count", count}});
    json::array flows;
    for (const auto& [flow, count] : statistics.flows)
        flows.push_back(json::object{{"origin", flow.origin},
                                     {"channel", flow.channel},
                                     {"verdict", flow.verdict},
                                     {"count", count}});
    return {{"window_months", limits.window_months},
            {"persons", statistics.persons},
            {"suppressions", statistics.suppressions},
            {"objections", json::object{{"count", statistics.objection_days.size()},
                                        {"days_until_recorded", std::move(days)}}},
            {"prospects", json::object{{"most_months", statistics.most_months},
                                       {"too_old", statistics.too_old},
                                       {"months", std::move(months)}}},
            {"flows", std::move(flows)}};
}

}  // namespace licet::audit

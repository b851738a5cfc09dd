-- SPDX-License-Identifier: Apache-2.0
-- What wrk sends: the same question about another stranger each time.
local token = os.getenv("LICET_TOKEN") or ""
local number = 0
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. token
function request()
    number = number + 1
    local body = '{"facts":{"channel":"email","purpose":"commercial","country":"fr",' ..
        '"audience":"consumer","consent":"given","consent.act":"clear"},' ..
        '"email":"q' .. number .. '@example.com","record":false}'
    return wrk.format(nil, "/api/v1/check", nil, body)
end

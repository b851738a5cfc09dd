-- SPDX-License-Identifier: Apache-2.0
-- What wrk sends. LICET_PATHS: the file of links whose one-click unsubscribe is asked for, each once;
-- LICET_PAGE: the page that is read; neither: the same question about another stranger each time,
-- with the facts LICET_FACTS.
-- LICET_WAIT: milliseconds that a connection rests before it asks again.
local facts = os.getenv("LICET_FACTS") or "{}"
local token = os.getenv("LICET_TOKEN") or ""
local page = os.getenv("LICET_PAGE")
local wait = tonumber(os.getenv("LICET_WAIT") or "0")
local number = 0
local paths = {}
if os.getenv("LICET_PATHS") then
    for line in io.lines(os.getenv("LICET_PATHS")) do paths[#paths + 1] = line end
end

if wait > 0 then
    function delay() return wait end
end

local function question()
    wrk.headers["Content-Type"] = "application/json"
    wrk.headers["Authorization"] = "Bearer " .. token
    local body = '{"facts":' .. facts .. ',"email":"q' .. number .. '@example.com","record":false}'
    return wrk.format("POST", "/api/v1/check", nil, body)
end

local function unsubscribe()
    wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
    return wrk.format("POST", paths[(number - 1) % #paths + 1], nil, "List-Unsubscribe=One-Click")
end

-- Each reader comes from a place of their own, as the proxy says.
local function visit()
    wrk.headers["X-Forwarded-For"] = "10." .. math.floor(number / 65536) % 256 .. "." ..
        math.floor(number / 256) % 256 .. "." .. number % 256
    return wrk.format("GET", page)
end

function request()
    number = number + 1
    if #paths > 0 then return unsubscribe() end
    if page then return visit() end
    return question()
end

// SPDX-License-Identifier: Apache-2.0
#include "main/serve/console_files.h"

#include "base/page.h"
#include "base/text.h"
#include "main/resources.h"

namespace licet {
namespace {

using http::Answer;
using http::Method;

constexpr std::string_view kFolder = "ui/dist/";
constexpr const char* kPolicy =
    "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; "
    "form-action 'self'; img-src 'self' data:";

std::string type_of(std::string_view path) {
    constexpr std::array<std::pair<std::string_view, const char*>, 6> kTypes = {
        {{".js", "text/javascript; charset=utf-8"},
         {".css", "text/css; charset=utf-8"},
         {".html", "text/html; charset=utf-8"},
         {".svg", "image/svg+xml"},
         {".json", "application/json"},
         {".woff2", "font/woff2"}}};
    for (const auto& [ending, type] : kTypes)
        if (path.ends_with(ending)) return type;
    return "application/octet-stream";
}

Answer not_built(const http::Request& request, const Catalogue& say) {
    Answer out;
    out.status = 404;
    out.type = "text/html; charset=utf-8";
    out.body = page_head(request.language(), "licet") + "<main><h1>licet</h1><p>" +
               html_escaped(say("serve.no_console")) + "</p></main></body></html>\n";
    return out;
}

Answer console(const http::Request& request, const http::Voices& voices) {
    const std::string rest(request.value("rest"));
    std::string_view bytes = resource(std::string(kFolder) + rest);
    const bool is_index = rest.empty() || bytes.empty();
    // An asset that is not there is not the index: a browser would run it as a script.
    if (is_index && rest.starts_with("assets/"))
        return http::problem(404, Message("http.not_found"), voices.in(request.language()));
    if (is_index) bytes = resource(std::string(kFolder) + "index.html");
    if (bytes.empty()) return not_built(request, voices.in(request.language()));
    Answer out;
    out.type = is_index ? "text/html; charset=utf-8" : type_of(rest);
    out.body = bytes;
    out.with("Content-Security-Policy", kPolicy);
    out.with("Cache-Control", rest.starts_with("assets/") && !is_index
                                  ? "public, max-age=31536000, immutable"
                                  : "no-cache");
    return out;
}

Answer moved(const char* where) {
    Answer out;
    out.status = 308;
    out.type.clear();
    out.with("Location", where);
    return out;
}

}  // namespace

std::vector<http::Route> console_routes(const http::Voices& voices) {
    return {
        {Method::kGet, "/", [](const http::Request&) { return moved("/console/"); },
         http::Run::kAtOnce},
        {Method::kGet, "/console", [](const http::Request&) { return moved("/console/"); },
         http::Run::kAtOnce},
        {Method::kGet, "/console/{rest...}",
         [&voices](const http::Request& request) { return console(request, voices); },
         http::Run::kAtOnce},
    };
}

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
#include "main/serve/console_files.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <map>

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

// Smaller by two thirds, made once for each file: they are in the program and never change.
std::string gzipped(std::string_view bytes) {
    constexpr int kGzipWindow = 15 + 16;
    z_stream stream{};
    if (::deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindow, 9,
                       Z_DEFAULT_STRATEGY) != Z_OK)
        return {};
    std::string out(::deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const bool is_whole = ::deflate(&stream, Z_FINISH) == Z_STREAM_END;
    out.resize(is_whole ? stream.total_out : 0);
    ::deflateEnd(&stream);
    return out;
}

// The files of the console, gzipped. Threads: any, since nothing changes after the first use.
const std::map<std::string_view, std::string>& gzipped_files() {
    static const auto files = [] {
        std::map<std::string_view, std::string> out;
        for (const Resource& file : all_resources())
            if (file.path.starts_with(kFolder) && !file.path.ends_with(".woff2"))
                out.emplace(file.path, gzipped(file.bytes));
        return out;
    }();
    return files;
}

// True if Accept-Encoding names gzip and does not refuse it by ";q=0" (RFC 9110, section 12.5.3).
bool accepts_gzip(std::string_view header) {
    for (const std::string_view item : split(header, ',')) {
        const std::size_t mark = std::min(item.find(';'), item.size());
        if (ascii_lower(trimmed(item.substr(0, mark))) != "gzip") continue;
        const std::string_view weight = trimmed(item.substr(std::min(mark + 1, item.size())));
        return weight != "q=0" && !weight.starts_with("q=0.0");
    }
    return false;
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
    out.with("Vary", "Accept-Encoding");
    if (accepts_gzip(request.field("accept-encoding"))) {
        const auto found = gzipped_files().find(is_index ? std::string(kFolder) + "index.html"
                                                         : std::string(kFolder) + rest);
        if (found != gzipped_files().end() && !found->second.empty()) {
            out.body = found->second;
            out.with("Content-Encoding", "gzip");
        }
    }
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

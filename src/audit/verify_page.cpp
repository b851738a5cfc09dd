// SPDX-License-Identifier: Apache-2.0
#include "audit/verify_page.h"

#include "base/base64.h"
#include "base/digest.h"
#include "base/page.h"
#include "base/text.h"

namespace licet::audit {
namespace {

constexpr std::string_view kStyle =
    ".state { color: var(--c); font-weight: 600; }\n"
    "td { min-width: 5.5rem; } td:first-child { white-space: nowrap; }\n"
    "td code, td.details { overflow-wrap: anywhere; } td.details { min-width: 15rem; }\n"
    "#result h2 { margin-top: 2.2rem; }\n"
    "button, input[type=file] { font: inherit; color: inherit; }\n"
    "button { background: none; border: 1px solid var(--soft); border-radius: .3rem;\n"
    "  padding: .3rem .8rem; cursor: pointer; }\n"
    "button[aria-pressed=true] { background: var(--track); font-weight: 600; }\n"
    ":focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }\n"
    ".drop { border: 2px dashed var(--soft); border-radius: .5rem; padding: 1rem 1.2rem; }\n"
    ".drop label { display: block; margin: .4rem 0 .2rem; }\n"
    ".drop input { max-width: 100%; }\n";

json::object texts_of(const Catalogue& say) {
    json::object out;
    for (const auto& [id, text] : say.texts())
        if (id.starts_with("verify.")) out[id.substr(id.find('.') + 1)] = text;
    return out;
}

json::object kinds_of(const Catalogue& say) {
    json::object out;
    for (const ledger::EventKind kind : ledger::all_event_kinds()) {
        const std::string name(ledger::name_of(kind));
        out[name] = say("event." + name);
    }
    return out;
}

// As the content of a script element: nothing in it may end the element.
std::string in_script(std::string text) {
    for (std::size_t at = text.find('<'); at != text.npos; at = text.find('<', at + 1))
        text.replace(at, 1, "\\u003c");
    return text;
}

}  // namespace

std::string verify_page(std::span<const ArchiveFile> files, const VerifyScripts& scripts,
                        const Catalogue& french, const Catalogue& english) {
    json::object carried;
    for (const ArchiveFile& file : files) carried[file.path] = base64_of(file.bytes);
    const json::object archive{
        {"files", std::move(carried)},
        {"texts", json::object{{"fr", texts_of(french)}, {"en", texts_of(english)}}},
        {"words", json::object{{"fr", kinds_of(french)}, {"en", kinds_of(english)}}}};
    const std::string script = "\n(() => {\n'use strict';\n" + script_of_module(scripts.checks) +
                               script_of_module(scripts.page) + "})();\n";
    const Digest digest = sha256(script);
    const auto say = [&](const char* id) {
        return "data-say=\"" + std::string(id) + "\">" +
               html_escaped(french("verify." + std::string(id)));
    };
    std::string out = page_head(Language::kFrench, french("verify.title"), kStyle,
                                "'sha256-" + base64_of(digest) + "'");
    out += "<header>\n<p class=\"brand\">licet</p>\n<h1 " + say("title") + "</h1>\n<p>";
    out +=
        "<button type=\"button\" data-language=\"fr\" lang=\"fr\">Français</button> "
        "<button type=\"button\" data-language=\"en\" lang=\"en\">English</button></p>\n"
        "</header>\n<main>\n<p id=\"source\" " +
        say("source_carried") + "</p>\n";
    out += "<div id=\"result\" aria-live=\"polite\"><noscript><p lang=\"fr\">" +
           html_escaped(french("verify.no_script")) + "</p><p lang=\"en\">" +
           html_escaped(english("verify.no_script")) + "</p></noscript></div>\n";
    out += "<section>\n<h2 " + say("other") + "</h2>\n<div class=\"drop\"><p " + say("drop") +
           "</p>\n<label for=\"file\" " + say("file") +
           "</label><input type=\"file\" id=\"file\" multiple>\n<label for=\"folder\" " +
           say("folder") +
           "</label><input type=\"file\" id=\"folder\" webkitdirectory>\n"
           "</div>\n</section>\n<section>\n<h2 " +
           say("limits_title") + "</h2>\n<p " + say("limits") + "</p>\n<p " + say("independent") +
           "</p>\n</section>\n</main>\n";
    out += "<script type=\"application/json\" id=\"archive\">" + in_script(canonical(archive)) +
           "</script>\n<script>" + script + "</script>\n</body>\n</html>\n";
    return out;
}

}  // namespace licet::audit

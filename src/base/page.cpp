// SPDX-License-Identifier: Apache-2.0
#include "base/page.h"

#include "base/text.h"

namespace licet {
namespace {

constexpr std::string_view kStyle =
#include "base/page_style.inc"
    ;

}  // namespace

std::string page_head(Language language, std::string_view title, std::string_view more_style,
                      std::string_view scripts, std::string_view forms) {
    std::string out = "<!DOCTYPE html>\n<html lang=\"";
    out += language == Language::kFrench ? "fr" : "en";
    out +=
        "\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ";
    if (!scripts.empty()) out += "script-src " + std::string(scripts) + "; ";
    out += "style-src 'unsafe-inline'; base-uri 'none'; form-action ";
    out += forms;
    out +=
        "\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"referrer\" content=\"no-referrer\">\n"
        "<meta name=\"robots\" content=\"noindex\">\n<title>";
    out += html_escaped(title) + "</title>\n<style>\n";
    out += kStyle;
    out += more_style;
    return out + "</style>\n</head>\n<body>\n";
}

std::string script_of_module(std::string_view module) {
    constexpr std::string_view kExport = "export ";
    std::string out;
    for (const std::string_view line : lines_of(module)) {
        if (line.starts_with("import ")) continue;
        out += line.starts_with(kExport) ? line.substr(kExport.size()) : line;
        out += '\n';
    }
    return out;
}

}  // namespace licet

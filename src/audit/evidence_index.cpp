// SPDX-License-Identifier: Apache-2.0
#include "audit/evidence_index.h"

#include <algorithm>

#include "base/page.h"
#include "base/text.h"

namespace licet::audit {
namespace {

constexpr std::string_view kObligationHeader = "id|files|article_fr|article_en|what_fr|what_en";

std::vector<const SignedArchive::Listed*> files_for(const EvidenceIndex& index,
                                                    const Obligation& obligation) {
    std::vector<const SignedArchive::Listed*> out;
    for (const SignedArchive::Listed& file : index.files)
        if (std::any_of(obligation.beginnings.begin(), obligation.beginnings.end(),
                        [&](const std::string& one) { return file.path.starts_with(one); }))
            out.push_back(&file);
    return out;
}

// Files of one folder are many when a ledger is large: the first and how many.
std::vector<std::string> shown_files(const std::vector<const SignedArchive::Listed*>& files) {
    std::vector<std::string> out;
    std::map<std::string, std::vector<std::string>> by_folder;
    for (const SignedArchive::Listed* one : files) {
        const std::size_t slash = one->path.rfind('/');
        by_folder[slash == std::string::npos ? "" : one->path.substr(0, slash + 1)].push_back(
            one->path);
    }
    constexpr std::size_t kMostNamed = 12;
    for (const auto& [folder, paths] : by_folder) {
        if (folder.empty() || paths.size() <= kMostNamed)
            out.insert(out.end(), paths.begin(), paths.end());
        else
            out.push_back(folder);
    }
    return out;
}

std::string row_of(const EvidenceIndex& index, const Obligation& obligation, const Catalogue& say) {
    const Language language = say.language();
    std::string cells;
    for (const std::string& path : shown_files(files_for(index, obligation)))
        cells += "<li><a href=\"" + html_escaped(path) + "\">" + html_escaped(path) + "</a></li>";
    if (cells.empty())
        cells = html_escaped(say("authority.no_file"));
    else
        cells = "<ul>" + cells + "</ul>";
    return "<tr><th scope=\"row\">" + html_escaped(obligation.article.in(language)) + "</th><td>" +
           html_escaped(obligation.what.in(language)) + "</td><td>" + cells + "</td></tr>\n";
}

std::vector<std::string> head_lines(const EvidenceIndex& index, const Catalogue& say) {
    std::vector<std::string> out;
    if (!index.controller.empty())
        out.push_back(
            say("authority.controller", {{"name", index.controller}, {"contact", index.contact}}));
    out.push_back(say("authority.as_of", {{"day", worded(index.as_of, say.language())},
                                          {"count", std::to_string(index.log_size)}}));
    if (!index.reason.empty()) out.push_back(say("authority.reason", {{"text", index.reason}}));
    for (const Message& one : index.scope) out.push_back(say(one));
    return out;
}

std::string list_of(const std::vector<std::string>& lines) {
    std::string out = "<ul>\n";
    for (const std::string& one : lines) out += "<li>" + html_escaped(one) + "</li>\n";
    return out + "</ul>\n";
}

std::vector<std::string> left_out_lines(const EvidenceIndex& index, const Catalogue& say) {
    std::vector<std::string> out;
    for (const Message& one : index.left_out) out.push_back(say(one));
    return out;
}

}  // namespace

Read<std::vector<Obligation>> read_obligations(std::string_view text, const std::string& path) {
    Read<std::vector<Obligation>> out;
    bool has_header = false;
    int number = 0;
    for (const std::string_view line : lines_of(text)) {
        ++number;
        if (trimmed(line).empty() || line.starts_with('#')) continue;
        const auto cells = split(line, '|');
        const bool is_well = cells.size() == 6 && (has_header || line == kObligationHeader);
        if (!is_well)
            out.problems.push_back(error(ErrorCode::kInput, "authority.row",
                                         {{"header", std::string(kObligationHeader)}},
                                         path + ":" + std::to_string(number)));
        if (!has_header || !is_well) {
            has_header = true;
            continue;
        }
        Obligation one{std::string(cells[0]),
                       {},
                       {std::string(cells[2]), std::string(cells[3])},
                       {std::string(cells[4]), std::string(cells[5])}};
        for (const std::string_view beginning : split(cells[1], ' '))
            one.beginnings.emplace_back(beginning);
        out.value.push_back(std::move(one));
    }
    return out;
}

std::vector<std::string> evidence_commands(bool has_timestamp) {
    const std::string openssl = "openssl pkeyutl -verify -pubin -inkey proof/signing.pem -rawin ";
    std::vector<std::string> out{
        "sha256sum -c --quiet SHA256SUMS", openssl + "-in SHA256SUMS -sigfile SHA256SUMS.sig",
        openssl + "-in proof/checkpoint.body -sigfile proof/checkpoint.sig",
        "python3 -B verify.py"};
    if (has_timestamp) out.emplace_back("openssl ts -reply -in proof/checkpoint.tsr -text");
    return out;
}

std::string evidence_index_page(const EvidenceIndex& index, const Catalogue& say) {
    const std::string title = say("authority.title");
    std::string out = page_head(say.language(), title,
                                "pre{overflow-x:auto;padding:1em;border:1px solid}"
                                "td ul{margin:0;padding-left:1.2em}th{text-align:left}"
                                ".scroll{overflow-x:auto}");
    out += "<main>\n<h1>" + html_escaped(title) + "</h1>\n" + list_of(head_lines(index, say));
    out += "<h2>" + html_escaped(say("authority.by_obligation")) +
           "</h2>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" +
           html_escaped(say("authority.by_obligation")) + "\"><table>\n<thead><tr><th>" +
           html_escaped(say("authority.column_article")) + "</th><th>" +
           html_escaped(say("authority.column_what")) + "</th><th>" +
           html_escaped(say("authority.column_files")) + "</th></tr></thead>\n<tbody>\n";
    for (const Obligation& one : index.obligations) out += row_of(index, one, say);
    out += "</tbody></table></div>\n<h2>" + html_escaped(say("authority.verify")) + "</h2>\n<p>" +
           html_escaped(say("authority.verify_how")) + "</p>\n<pre>";
    for (const std::string& one : evidence_commands(index.has_timestamp))
        out += html_escaped(one) + "\n";
    out += "</pre>\n<p>" + html_escaped(say("authority.verify_means")) + "</p>\n<p><code>" +
           html_escaped(index.vkey) + "</code></p>\n<p>" + html_escaped(say("authority.limits")) +
           "</p>\n";
    out += "<h2>" + html_escaped(say("authority.left_out")) + "</h2>\n" +
           list_of(left_out_lines(index, say));
    return out + "</main>\n</body>\n</html>\n";
}

std::string evidence_readme(const EvidenceIndex& index, const Catalogue& say) {
    std::string out = say("authority.title") + "\n\n";
    for (const std::string& one : head_lines(index, say)) out += wrapped_for_screen("- " + one);
    out += "\n" + say("authority.verify") + "\n" + wrapped_for_screen(say("authority.verify_how"));
    for (const std::string& one : evidence_commands(index.has_timestamp)) out += "  " + one + "\n";
    out += wrapped_for_screen(say("authority.verify_means")) + "\n" + index.vkey + "\n\n" +
           wrapped_for_screen(say("authority.limits"));
    out += "\n" + say("authority.by_obligation") + "\n";
    const Language language = say.language();
    for (const Obligation& one : index.obligations) {
        out += wrapped_for_screen("- " + one.article.in(language) + ": " + one.what.in(language));
        for (const std::string& path : shown_files(files_for(index, one)))
            out += "    > " + path + "\n";
    }
    return out + "\n" + left_out_text(index, say);
}

std::string left_out_text(const EvidenceIndex& index, const Catalogue& say) {
    std::string out = say("authority.left_out") + "\n";
    for (const std::string& one : left_out_lines(index, say)) out += wrapped_for_screen("- " + one);
    return out;
}

std::string wrapped_for_screen(std::string_view text) {
    constexpr std::size_t kColumns = 78;
    std::string out;
    for (const std::string_view line : lines_of(text)) {
        std::size_t column = 0;
        const bool is_whole = line.starts_with("  ");
        for (const std::string_view word : split(line, ' ')) {
            const std::size_t width = utf8_count(word);
            const bool is_full = !is_whole && column > 0 && column + 1 + width > kColumns;
            if (is_full) out += '\n';
            if (column > 0 && !is_full) out += ' ';
            column = is_full ? width : column + (column > 0 ? 1 : 0) + width;
            if (is_whole && word.empty()) out += ' ';
            out += word;
        }
        out += '\n';
    }
    return out;
}

}  // namespace licet::audit

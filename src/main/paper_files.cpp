// SPDX-License-Identifier: Apache-2.0
#include "main/paper_files.h"

#include <filesystem>

#include "main/files.h"
#include "main/paper_workbook.h"
#include "main/pdf.h"
#include "main/program.h"
#include "papers/document_html.h"
#include "papers/document_text.h"
#include "papers/fields.h"

namespace licet {
namespace {

namespace fs = std::filesystem;

Result<Done> write_docx(const std::string& html, const std::string& docx) {
    const auto pandoc = find_program({"pandoc"});
    if (!pandoc) return error(ErrorCode::kMissing, "papers.no_pandoc");
    const std::string unfinished = docx + ".part";
    // The page names nothing to fetch. Debian's --sandbox does not find its own files.
    const bool is_done =
        run_quietly({*pandoc, "--from=html", "--to=docx", "--output=" + unfinished, html});
    std::error_code fault;
    if (is_done) fs::rename(unfinished, docx, fault);
    if (is_done && !fault) return Done{};
    fs::remove(unfinished, fault);
    return error(ErrorCode::kBroken, "papers.docx_failed", {}, docx);
}

// A page that was only made for others to read; removed when it goes. Empty: none.
struct HelperPage {
    std::string path;
    ~HelperPage() {
        std::error_code ignored;
        if (!path.empty()) fs::remove(path, ignored);
    }
};

// What is made of the document itself.
Result<Done> write_form(const papers::Document& document, const std::string& form,
                        const std::string& path) {
    const Catalogue& say = catalogue_of(document.language);
    if (form == "html") return write_file(path, papers::html_of(document, say));
    if (form == "text") return write_file(path, papers::text_of(document, say));
    if (form == "json") return write_file(path, json::serialize(papers::json_of(document)) + "\n");
    if (form == "xlsx") return write_paper_workbook(document, path);
    const auto tables = papers::tables_of(document);
    std::string rows;
    // The largest table is the record; the others stand in the workbook.
    std::size_t widest = 0;
    for (std::size_t i = 0; i < tables.size(); ++i)
        if (tables[i].rows.front().size() > tables[widest].rows.front().size()) widest = i;
    if (!tables.empty()) rows = papers::csv_of(tables[widest].rows);
    return write_file(path, rows);
}

}  // namespace

const std::vector<std::string>& paper_forms() {
    static const std::vector<std::string> kForms{"html", "text", "json", "csv",
                                                 "xlsx", "pdf",  "docx"};
    return kForms;
}

Result<std::vector<std::string>> write_paper(const papers::Document& document,
                                             const std::string& folder,
                                             const std::set<std::string>& forms, bool is_record) {
    std::error_code fault;
    fs::create_directories(folder, fault);
    if (fault) return error(ErrorCode::kBroken, "file.unwritable", {{"path", folder}}, folder);
    const std::string stem =
        folder + "/" + document.id + "." + std::string(papers::code_of(document.language)) + ".";
    std::vector<std::string> out;
    const bool needs_page = forms.contains("pdf") || forms.contains("docx");
    const std::string page = stem + "html";
    // Also gone when another form fails.
    const HelperPage helper{needs_page && !forms.contains("html") ? page : std::string()};
    for (const std::string& form : paper_forms()) {
        const bool is_of_record = form == "csv" || form == "xlsx";
        const bool is_helper = form == "html" && needs_page;
        if ((!forms.contains(form) && !is_helper) || (is_of_record && !is_record)) continue;
        const std::string path = stem + (form == "text" ? "txt" : form);
        if (form == "pdf") {
            const std::string browser = LICET_TRY(browser_for_pdf());
            LICET_TRY(print_to_pdf(browser, page, path));
        } else if (form == "docx") {
            LICET_TRY(write_docx(page, path));
        } else {
            LICET_TRY(write_form(document, form, path));
        }
        if (path != helper.path) out.push_back(path);
    }
    return out;
}

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
#include "main/serve/printed.h"

#include "main/files.h"
#include "main/pdf.h"

namespace licet {

Result<http::Answer> printed(const std::string& html, const std::string& name) {
    const std::string browser = LICET_TRY(browser_for_pdf());
    const auto folder = LICET_TRY(PassingFolder::create());
    const std::string page = folder->path() + "/page.html";
    const std::string pdf = folder->path() + "/page.pdf";
    LICET_TRY(write_own_file(page, html));
    LICET_TRY(print_to_pdf(browser, page, pdf));
    http::Answer out;
    out.type = "application/pdf";
    out.body = LICET_TRY(read_file(pdf));
    return out.with("Content-Disposition", "attachment; filename=\"" + name + ".pdf\"");
}

}  // namespace licet

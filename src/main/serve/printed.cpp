// SPDX-License-Identifier: Apache-2.0
#include "main/serve/printed.h"

#include "main/files.h"
#include "main/pdf.h"

namespace licet {

Result<BrowserTurn> browser_turn() {
    constexpr std::chrono::seconds kPatience{2};
    static std::timed_mutex one_at_a_time;
    BrowserTurn turn(one_at_a_time, kPatience);
    if (turn.owns_lock()) return turn;
    return error(ErrorCode::kBusy, "pdf.busy");
}

Result<http::Answer> printed(const std::string& html, const std::string& name) {
    const BrowserTurn turn = LICET_TRY(browser_turn());
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

// SPDX-License-Identifier: Apache-2.0
#include "main/pdf.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "main/files.h"
#include "main/program.h"

namespace licet {
namespace {

namespace fs = std::filesystem;

// A path as it stands in an address.
std::string url_path(std::string_view path) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out;
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                              (c >= '0' && c <= '9') || c == '/' || c == '-' || c == '_' ||
                              c == '.';
        if (is_plain)
            out += c;
        else
            (((out += '%') += kHex[byte >> 4U]) += kHex[byte & 15U]);
    }
    return out;
}

// Removes the file that it names when it goes.
struct Leftover {
    fs::path path;
    ~Leftover() {
        std::error_code ignored;
        fs::remove(path, ignored);
    }
};

Result<Done> run_on_page(const std::string& browser, const std::string& html,
                         const std::string& out, const std::vector<std::string>& act,
                         std::string_view fault_id) {
    const auto failed = [&] { return error(ErrorCode::kBroken, fault_id, {}, out); };
    std::error_code fault;
    const auto profile = PassingFolder::create();
    if (!profile) return failed();
    // The browser tells the kind of a picture by the end of its name.
    const Leftover unfinished{out + ".part" + fs::path(out).extension().string()};
    std::vector<std::string> words = {browser,
                                      "--headless",
                                      "--disable-gpu",
                                      "--no-first-run",
                                      "--disable-background-networking",
                                      "--disable-component-update",
                                      "--disable-sync",
                                      "--host-resolver-rules=MAP * ~NOTFOUND",
                                      "--user-data-dir=" + (*profile)->path()};
    words.insert(words.end(), act.begin(), act.end());
    words.back() += unfinished.path.string();
    // Chromium has no sandbox for root; the page asks nobody for anything.
    if (::geteuid() == 0) words.emplace_back("--no-sandbox");
    words.push_back("file://" + url_path(fs::absolute(html, fault).string()));
    if (fault || !run_quietly(std::move(words)) || fs::file_size(unfinished.path, fault) == 0 ||
        fault)
        return failed();
    // Job titles of sample rows may stand in it: for the owner alone, as the page is.
    fs::permissions(unfinished.path, fs::perms::owner_read | fs::perms::owner_write, fault);
    if (fault) return failed();
    fs::rename(unfinished.path, out, fault);
    if (fault) return failed();
    return Done{};
}

}  // namespace

Result<std::string> browser_for_pdf() {
    const char* named = std::getenv("CHROMIUM");
    if (named != nullptr && can_run(named)) return std::string(named);
    if (named == nullptr)
        // The first has no windows to draw: half the work for the same page.
        if (auto found = find_program(
                {"chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"}))
            return std::move(*found);
    return error(ErrorCode::kMissing, "pdf.no_browser");
}

Result<Done> print_to_pdf(const std::string& browser, const std::string& html,
                          const std::string& pdf) {
    // The last word is completed with the file.
    return run_on_page(browser, html, pdf,
                       {"--no-pdf-header-footer", "--print-to-pdf-no-header", "--print-to-pdf="},
                       "pdf.failed");
}

Result<Done> take_picture(const std::string& browser, const std::string& html,
                          const std::string& png) {
    return run_on_page(browser, html, png,
                       {"--window-size=1280,900", "--hide-scrollbars", "--virtual-time-budget=2000",
                        "--screenshot="},
                       "pdf.no_picture");
}

}  // namespace licet

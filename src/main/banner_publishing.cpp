// SPDX-License-Identifier: Apache-2.0
#include "main/banner_publishing.h"

#include <algorithm>
#include <filesystem>

#include "main/files.h"
#include "main/pdf.h"

namespace licet {
namespace {

constexpr std::string_view kOf = "of";  // attribute of a picture: the version that it is of

Result<bool> publish_picture(const Workspace& workspace, ledger::Store& store,
                             const std::string& folder, const Notice& version) {
    const auto browser = browser_for_pdf();
    if (!browser) return false;
    const std::string picture = folder + "/banner-" + version.language + ".png";
    const std::string page = folder + "/preview-" + version.language + ".html";
    if (!take_picture(*browser, page, picture)) return false;
    std::string bytes = LICET_TRY(read_file(picture));
    const PublishedText shown{
        std::move(bytes), version.language, {{std::string(kOf), version.sha256}}};
    std::ignore = LICET_TRY(publish_text(workspace, store, shown));
    return true;
}

}  // namespace

Result<Done> write_banner(const std::string& folder, const std::vector<papers::BannerFile>& files) {
    std::error_code fault;
    std::filesystem::create_directories(folder, fault);
    if (fault) return error(ErrorCode::kBroken, "file.unwritable", {{"path", folder}}, folder);
    for (const papers::BannerFile& file : files)
        LICET_TRY(write_file(folder + "/" + file.name, file.bytes));
    return Done{};
}

void remove_other_banner(const std::string& folder, bool has_choice) {
    std::error_code ignored;
    for (const std::string language : {"fr", "en"}) {
        if (has_choice) {
            std::filesystem::remove(folder + "/no-banner-" + language + ".html", ignored);
            continue;
        }
        for (const std::string& name :
             {"banner-" + language + ".html", "banner-" + language + ".js",
              "banner-" + language + ".json", std::string("banner.css"),
              "snippet-" + language + ".html", "preview-" + language + ".html"})
            std::filesystem::remove(folder + "/" + name, ignored);
    }
}

Result<PublishedBanner> publish_banners(const Workspace& workspace, ledger::Store& store,
                                        const std::string& folder, bool has_choice) {
    PublishedBanner out;
    for (const std::string language : {"fr", "en"}) {
        const std::string page =
            folder + (has_choice ? "/banner-" : "/no-banner-") + language + ".html";
        out.versions.push_back(LICET_TRY(publish_notice(workspace, store, {page, language})));
        if (!has_choice) continue;
        const Notice& version = out.versions.back();
        const bool has_picture = LICET_TRY(publish_picture(workspace, store, folder, version));
        if (!has_picture) out.without_picture.push_back(language);
    }
    return out;
}

bool is_pictured(const std::vector<Notice>& notices, const std::string& version) {
    return std::any_of(notices.begin(), notices.end(), [&](const Notice& one) {
        const auto found = one.attributes.find(std::string(kOf));
        return one.media == "image/png" && found != one.attributes.end() &&
               found->second == version;
    });
}

}  // namespace licet

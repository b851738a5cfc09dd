// SPDX-License-Identifier: Apache-2.0
//
// The commands about a site's banner: organisation.toml in, files of the banner out; the version
// and its picture into the ledger if asked to (papers/banner.h makes the files).
#include <algorithm>
#include <array>
#include <filesystem>

#include "base/json.h"
#include "main/family.h"
#include "main/files.h"
#include "main/notices.h"
#include "main/paper_desk.h"
#include "main/pdf.h"
#include "main/workspace.h"
#include "main/zones.h"
#include "papers/banner.h"

namespace licet {
namespace {

namespace fs = std::filesystem;

struct BannerOptions {
    std::string organisation;
    std::string site;
    std::string out;
    bool publishes = false;
};

/// What was written, in both languages.
struct Built {
    bool has_choice = true;
    std::size_t files = 0;
    std::vector<std::pair<std::string, std::string>> versions;  ///< language, SHA-256
    std::vector<std::string> without_picture;
};

Result<papers::Site> read_site(const Terminal& terminal, const law::Law& law,
                               const BannerOptions& options) {
    const std::string text = LICET_TRY(read_file(options.organisation));
    const TomlFile file = LICET_TRY(parse_toml(text, options.organisation));
    auto read = papers::read_site(law, file, options.site, now().day);
    if (read.is_clean()) return std::move(read.value);
    terminal.print_errors({read.problems.data(), read.problems.size() - 1});
    return read.problems.back();
}

Result<Done> write_files(const std::string& folder, const std::vector<papers::BannerFile>& files) {
    std::error_code fault;
    fs::create_directories(folder, fault);
    if (fault) return error(ErrorCode::kBroken, "file.unwritable", {{"path", folder}}, folder);
    for (const papers::BannerFile& file : files)
        LICET_TRY(write_file(folder + "/" + file.name, file.bytes));
    return Done{};
}

Result<Built> build(const Terminal& terminal, const law::Law& law, const BannerOptions& options) {
    const papers::Site site = LICET_TRY(read_site(terminal, law, options));
    const papers::BannerParts parts = carried_banner_parts();
    Built out;
    for (const Language language : {Language::kFrench, Language::kEnglish}) {
        const Catalogue& say = catalogue_of(language);
        const papers::Banner banner = LICET_TRY(papers::build_banner(site, parts, say));
        LICET_TRY(write_files(options.out, banner.files));
        out.has_choice = banner.has_choice;
        out.files += banner.files.size();
        out.versions.emplace_back(language == Language::kFrench ? "fr" : "en", banner.version);
    }
    if (!out.has_choice) return out;
    LICET_TRY(write_file(options.out + "/" + kBannerLicence, carried_banner_licence()));
    out.files += 1;
    return out;
}

// The text of each version, and what it looked like: the authority names both as proof.
Result<Done> publish(const Common& common, const BannerOptions& options, Built& built) {
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    const auto store = LICET_TRY(open_ledger(workspace, false));
    const auto browser = browser_for_pdf();
    for (const auto& [language, version] : built.versions) {
        const std::string page =
            options.out + (built.has_choice ? "/banner-" : "/no-banner-") + language + ".html";
        const Notice notice = LICET_TRY(publish_notice(workspace, *store, page, language));
        LICET_ENSURE(notice.sha256 == version);
        if (!built.has_choice) continue;
        if (!browser) {
            built.without_picture.push_back("banner-" + language);
            continue;
        }
        const std::string picture = options.out + "/banner-" + language + ".png";
        LICET_TRY(take_picture(*browser, options.out + "/preview-" + language + ".html", picture));
        std::ignore = LICET_TRY(publish_notice(workspace, *store, picture, language));
    }
    return Done{};
}

void print(const Terminal& terminal, const BannerOptions& options, const Built& built) {
    if (terminal.wants_json()) {
        json::object versions;
        for (const auto& [language, version] : built.versions) versions[language] = version;
        terminal.print(json::serialize(json::object{{"has_banner", built.has_choice},
                                                    {"folder", options.out},
                                                    {"files", built.files},
                                                    {"versions", std::move(versions)},
                                                    {"published", options.publishes}}));
        return;
    }
    const Catalogue& say = terminal.text();
    if (!built.has_choice) terminal.print(say("bannercmd.no_choice"));
    for (const auto& [language, version] : built.versions)
        terminal.print(say(options.publishes ? "bannercmd.published" : "bannercmd.version",
                           {{"language", language}, {"version", version}}));
    for (const std::string& name : built.without_picture)
        terminal.note(say("bannercmd.weak", {{"name", name}}));
    terminal.print(
        say("bannercmd.built", {{"count", std::to_string(built.files)}, {"folder", options.out}}));
}

int run_build(const Terminal& terminal, const Common& common, const BannerOptions& options) {
    const auto law = load_law(terminal, common);
    if (!law) return exit_status::kBadInput;
    auto built = build(terminal, *law, options);
    if (!built) return fail(terminal, built.error());
    if (options.publishes)
        if (const auto done = publish(common, options, *built); !done)
            return fail(terminal, done.error());
    print(terminal, options, *built);
    return 0;
}

class BannerFamily : public Family {
  public:
    void declare(CLI::App& licet, const Catalogue& say) override {
        CLI::App& banner = add_command(licet, say, "banner");
        banner.require_subcommand(1);
        CLI::App& build = *banner.add_subcommand("build", say("help.banner_build"));
        build.add_option("--organisation", options_.organisation, say("help.banner_organisation"))
            ->required();
        build.add_option("--out", options_.out, say("help.banner_out"))->required();
        build.add_option("--site", options_.site, say("help.banner_site"));
        build.add_flag("--publish", options_.publishes, say("help.banner_publish"));
    }
    std::optional<int> run(const CLI::App& licet, const Terminal& terminal,
                           const Common& common) override {
        if (!is_chosen(licet, "banner", "build")) return std::nullopt;
        return run_build(terminal, common, options_);
    }

  private:
    BannerOptions options_;
};

}  // namespace

std::unique_ptr<Family> banner_family() { return std::make_unique<BannerFamily>(); }

}  // namespace licet

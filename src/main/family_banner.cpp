// SPDX-License-Identifier: Apache-2.0
//
// The commands about a site's banner: organisation.toml in, files of the banner out; the version
// and its picture into the ledger if asked to (papers/banner.h makes the files).
#include <algorithm>
#include <array>

#include "base/json.h"
#include "main/banner_publishing.h"
#include "main/choice_proofs.h"
#include "main/family.h"
#include "main/files.h"
#include "main/output_path.h"
#include "main/paper_desk.h"
#include "main/workspace.h"
#include "main/zones.h"
#include "papers/banner.h"

namespace licet {
namespace {

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
    std::size_t served = 0;                                     ///< bytes, of the heavier language
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

Result<Built> build(const Terminal& terminal, const law::Law& law, const BannerOptions& options) {
    const papers::Site site = LICET_TRY(read_site(terminal, law, options));
    const papers::BannerParts parts = carried_banner_parts();
    Built out;
    for (const Language language : {Language::kFrench, Language::kEnglish}) {
        const Catalogue& say = catalogue_of(language);
        const papers::Banner banner = LICET_TRY(papers::build_banner(site, parts, say));
        LICET_TRY(write_banner(options.out, banner.files));
        out.has_choice = banner.has_choice;
        out.served = std::max(out.served, papers::served_bytes(banner));
        out.files += banner.files.size();
        out.versions.emplace_back(language == Language::kFrench ? "fr" : "en", banner.version);
    }
    remove_other_banner(options.out, out.has_choice);
    if (!out.has_choice) return out;
    LICET_TRY(write_file(options.out + "/" + kBannerLicence, carried_banner_licence()));
    out.files += 1;
    return out;
}

Result<Done> publish(const Common& common, const BannerOptions& options, Built& built) {
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    const auto store = LICET_TRY(open_ledger(workspace, false));
    const PublishedBanner done =
        LICET_TRY(publish_banners(workspace, *store, options.out, built.has_choice));
    for (const std::string& language : done.without_picture)
        built.without_picture.push_back("banner-" + language);
    return Done{};
}

void print(const Terminal& terminal, const BannerOptions& options, const Built& built) {
    if (terminal.wants_json()) {
        json::object versions;
        for (const auto& [language, version] : built.versions) versions[language] = version;
        terminal.print(json::serialize(json::object{{"has_banner", built.has_choice},
                                                    {"folder", options.out},
                                                    {"files", built.files},
                                                    {"served_bytes", built.served},
                                                    {"versions", std::move(versions)},
                                                    {"published", options.publishes}}));
        return;
    }
    const Catalogue& say = terminal.text();
    if (!built.has_choice) terminal.print(say("bannercmd.no_choice"));
    for (const auto& [language, version] : built.versions)
        terminal.print(say(options.publishes ? "bannercmd.published" : "bannercmd.version",
                           {{"language", language}, {"version", version}}));
    if (built.served > papers::kMostServedBytes)
        terminal.note(say("bannercmd.heavy", {{"bytes", std::to_string(built.served)},
                                              {"most", std::to_string(papers::kMostServedBytes)}}));
    for (const std::string& name : built.without_picture)
        terminal.note(say("bannercmd.weak", {{"name", name}}));
    terminal.print(
        say("bannercmd.built", {{"count", std::to_string(built.files)}, {"folder", options.out}}));
}

// What is published is held to the law and to itself, as documents are.
bool is_publishable(const Terminal& terminal, const Common& common, const BannerOptions& options) {
    const auto desk = open_desk(terminal, common, {{}, {}, options.organisation});
    if (!desk) return false;
    const auto office = desk->office();
    if (!office) {
        std::ignore = fail(terminal, office.error());
        return false;
    }
    const auto problems = contradictions_of_trackers(*office, terminal.language());
    terminal.print_errors(problems);
    return problems.empty();
}

int run_build(const Terminal& terminal, const Common& common, const BannerOptions& options) {
    const auto spared = check_output(options.out, common.workspace);
    if (!spared) return fail(terminal, spared.error());
    const auto law = load_law(terminal, common);
    if (!law) return exit_status::kBadInput;
    if (options.publishes && !is_publishable(terminal, common, options))
        return exit_status::kBadInput;
    auto built = build(terminal, *law, options);
    if (!built) return fail(terminal, built.error());
    if (options.publishes)
        if (const auto done = publish(common, options, *built); !done)
            return fail(terminal, done.error());
    print(terminal, options, *built);
    return 0;
}

json::object json_of(const ChoiceCount& one) {
    return {{"site", one.site},
            {"version", one.version},
            {"is_published", one.is_published},
            {"first", text_of(one.first)},
            {"last", text_of(one.last)},
            {"accepted", one.accepted},
            {"refused", one.refused},
            {"partial", one.partial},
            {"by_signal", one.by_signal},
            {"past_their_time", one.past_their_time}};
}

void print_count(const Terminal& terminal, const ChoiceCount& one) {
    const Catalogue& say = terminal.text();
    const auto day = [&](Date date) { return worded(date, terminal.language()); };
    terminal.print(terminal.colour(Colour::kBold, one.site + "  " + one.version));
    terminal.print("  " + say("bannercmd.choices", {{"accepted", std::to_string(one.accepted)},
                                                    {"refused", std::to_string(one.refused)},
                                                    {"by_signal", std::to_string(one.by_signal)},
                                                    {"partial", std::to_string(one.partial)},
                                                    {"first", day(one.first)},
                                                    {"last", day(one.last)}}));
    if (one.past_their_time > 0)
        terminal.print(
            "  " + say("bannercmd.choices_past", {{"count", std::to_string(one.past_their_time)}}));
    if (!one.is_published)
        terminal.print("  " +
                       terminal.colour(Colour::kYellow, say("bannercmd.choices_unpublished")));
}

Result<std::vector<ChoiceCount>> choices_of(const Common& common) {
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    const auto store = LICET_TRY(open_ledger(workspace, true));
    const ProofMonths months = LICET_TRY(proof_months_of(common));
    return count_choices(*store, months, now().day);
}

// A proof whose text nobody can read is said to be one, by the exit status too.
int run_choices(const Terminal& terminal, const Common& common) {
    const auto counts = choices_of(common);
    if (!counts) return fail(terminal, counts.error());
    json::array out;
    for (const ChoiceCount& one : *counts)
        if (terminal.wants_json())
            out.push_back(json_of(one));
        else
            print_count(terminal, one);
    if (terminal.wants_json())
        terminal.print(json::serialize(out));
    else if (counts->empty())
        terminal.print(terminal.text()("bannercmd.choices_none"));
    const bool are_all_published = std::all_of(
        counts->begin(), counts->end(), [](const ChoiceCount& one) { return one.is_published; });
    return are_all_published ? 0 : exit_status::kOtherAnswer;
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
        banner.add_subcommand("choices", say("help.banner_choices"));
    }
    std::optional<int> run(const CLI::App& licet, const Terminal& terminal,
                           const Common& common) override {
        if (is_chosen(licet, "banner", "build")) return run_build(terminal, common, options_);
        if (is_chosen(licet, "banner", "choices")) return run_choices(terminal, common);
        return std::nullopt;
    }

  private:
    BannerOptions options_;
};

}  // namespace

std::unique_ptr<Family> banner_family() { return std::make_unique<BannerFamily>(); }

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
#include "main/command_site.h"
#include "main/family_audit.h"

namespace licet {
namespace {

class SiteFamily : public Family {
  public:
    void declare(CLI::App& licet, const Catalogue& say) override {
        CLI::App& site = add_command(licet, say, "site");
        site.require_subcommand(1);
        CLI::App& visit = *site.add_subcommand("visit", say("help.site_visit"));
        visit.add_option("url", options_.url, say("help.site_url"))->required();
        visit.add_option("--picture", options_.picture, say("help.site_picture"));
        visit.add_flag("--no-record", options_.keeps_no_record, say("help.site_no_record"));
        CLI::App& remove = *site.add_subcommand("remove", say("help.site_remove"));
        remove.add_option("host", options_.url, say("help.site_host"))->required();
        site.add_subcommand("list", say("help.site_list"));
    }

    std::optional<int> run(const CLI::App& licet, const Terminal& terminal,
                           const Common& common) override {
        if (is_chosen(licet, "site", "visit")) return run_site_visit(terminal, common, options_);
        if (is_chosen(licet, "site", "remove"))
            return run_site_remove(terminal, common, options_.url);
        if (is_chosen(licet, "site", "list")) return run_site_list(terminal, common);
        return std::nullopt;
    }

  private:
    SiteOptions options_;
};

}  // namespace

std::unique_ptr<Family> site_family() { return std::make_unique<SiteFamily>(); }

}  // namespace licet

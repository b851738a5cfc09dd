// SPDX-License-Identifier: Apache-2.0
//
// The commands over many clients: licet portfolio list, map, calendar, processors, adopt, impact,
// report, hand-over.
#include "main/family_audit.h"
#include "main/output_path.h"
#include "main/portfolio.h"

namespace licet {
namespace {

class PortfolioFamily final : public Family {
  public:
    void declare(CLI::App& licet, const Catalogue& say) override {
        CLI::App& above = add_command(licet, say, "portfolio");
        above.require_subcommand(1);
        const auto part = [&](const char* name, const char* help) -> CLI::App& {
            CLI::App& app = *above.add_subcommand(name, say(help));
            app.add_option("--folder", options_.folder, say("help.portfolio_folder"));
            return app;
        };
        part("list", "help.portfolio_list");
        part("map", "help.portfolio_map")
            .add_option("--html", options_.html, say("help.portfolio_html"));
        part("calendar", "help.portfolio_calendar")
            .add_option("-o,--out", options_.out, say("help.portfolio_ics"));
        part("processors", "help.portfolio_processors");
        CLI::App& adopt = part("adopt", "help.portfolio_adopt");
        adopt.add_option("processor", options_.processor, say("help.portfolio_processor"))
            ->required();
        adopt.add_option("client", options_.client, say("help.portfolio_client"))->required();
        CLI::App& impact = part("impact", "help.portfolio_impact");
        CLI::Option* date = impact.add_option("--date", options_.date, say("help.portfolio_date"));
        impact.add_option("--from", options_.from, say("help.portfolio_from"))->excludes(date);
        impact.add_option("--to", options_.to, say("help.portfolio_to"))->excludes(date);
        CLI::App& report = part("report", "help.portfolio_report");
        report.add_option("client", options_.client, say("help.portfolio_client"));
        report.add_option("--year", options_.year, say("help.portfolio_year"))
            ->check(CLI::Range(1990, 2200));
        report.add_option("-o,--out", options_.out, say("help.portfolio_reports"));
        CLI::App& hand_over = part("hand-over", "help.portfolio_hand_over");
        hand_over.add_option("client", options_.client, say("help.portfolio_client"))->required();
        hand_over.add_option("-o,--out", options_.out, say("help.portfolio_tar"))->required();
        hand_over.add_option("--keys", options_.keys, say("help.portfolio_keys"));
    }

    std::optional<int> run(const CLI::App& licet, const Terminal& terminal,
                           const Common& common) override {
        if (!is_chosen(licet, "portfolio")) return std::nullopt;
        const auto is = [&](const char* name) { return is_chosen(licet, "portfolio", name); };
        const auto spared =
            check_outputs({options_.out, options_.html, options_.keys}, common.workspace);
        if (!spared) return fail(terminal, spared.error());
        PortfolioOptions asked = options_;
        // A vendor is looked for with all clients, whoever is to get it.
        if (is("adopt")) asked.client.clear();
        const auto portfolio = Portfolio::open(terminal, common, asked);
        if (!portfolio) return exit_status::kMissingInput;
        if (is("list")) return run_portfolio_list(*portfolio);
        if (is("map")) return run_portfolio_map(*portfolio, options_);
        if (is("calendar")) return run_portfolio_calendar(*portfolio, options_);
        if (is("processors")) return run_portfolio_processors(*portfolio);
        if (is("adopt")) return run_portfolio_adopt(*portfolio, options_);
        if (is("impact")) return run_portfolio_impact(*portfolio, options_);
        if (is("report")) return run_portfolio_report(*portfolio, options_);
        return run_portfolio_hand_over(*portfolio, options_);
    }

  private:
    PortfolioOptions options_;
};

}  // namespace

std::unique_ptr<Family> portfolio_family() { return std::make_unique<PortfolioFamily>(); }

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
#include "main/command_registers.h"
#include "main/family_audit.h"

namespace licet {
namespace {

class RegistersFamily : public Family {
  public:
    void declare(CLI::App& licet, const Catalogue& say) override {
        processor(licet, say);
        CLI::App& breach = add_command(licet, say, "breach");
        CLI::App& complaint = add_command(licet, say, "complaint");
        for (const char* step : {"found", "assessed", "reported", "notified", "told", "closed"}) {
            CLI::App& app = entry(breach, say, "breach", step);
            attribute(app, say, "breach", "what");
            attribute(app, say, "breach", "risk");
            attribute(app, say, "breach", "people");
            attribute(app, say, "breach", "client");
        }
        for (const char* step : {"received", "answered", "reopened", "closed"}) {
            CLI::App& app = entry(complaint, say, "complaint", step);
            attribute(app, say, "complaint", "origin");
            attribute(app, say, "complaint", "about");
            attribute(app, say, "complaint", "founded");
        }
        breach.require_subcommand(1);
        complaint.require_subcommand(1);
        breach.add_subcommand("list", say("help.book_list"));
        complaint.add_subcommand("list", say("help.book_list"));
    }

    std::optional<int> run(const CLI::App& licet, const Terminal& terminal,
                           const Common& common) override {
        if (is_chosen(licet, "processor", "list")) return run_processor_list(terminal, common, at_);
        if (is_chosen(licet, "processor", "tools"))
            return run_processor_tools(terminal, common, wanted_);
        if (is_chosen(licet, "breach", "list")) return run_breach_list(terminal, common);
        if (is_chosen(licet, "complaint", "list")) return run_complaint_list(terminal, common);
        if (is_chosen(licet, "processor")) return run_processor(terminal, common, options_);
        if (is_chosen(licet, "breach")) return run_breach(terminal, common, options_);
        if (is_chosen(licet, "complaint")) return run_complaint(terminal, common, options_);
        return std::nullopt;
    }

  private:
    void processor(CLI::App& licet, const Catalogue& say) {
        CLI::App& processor = add_command(licet, say, "processor");
        processor.require_subcommand(1);
        for (const auto& [command, step] : {std::pair{"add", "added"},
                                            {"change", "changed"},
                                            {"review", "reviewed"},
                                            {"remove", "removed"}}) {
            CLI::App& app = entry(processor, say, "processor", command);
            app.parse_complete_callback([this, step = std::string(step)] { options_.step = step; });
            for (const char* name : {"name", "role", "kind", "use", "country", "parent", "contract",
                                     "tool", "dpf", "tia", "under_gdpr", "subprocessors"})
                attribute(app, say, "processor", name);
        }
        processor.add_subcommand("list", say("help.book_list"))
            ->add_option("--at", at_, say("help.audit_at"));
        processor.add_subcommand("tools", say("help.processor_tools"))
            ->add_option("beginning", wanted_, say("help.processor_tools_wanted"));
    }

    CLI::App& entry(CLI::App& above, const Catalogue& say, const std::string& book,
                    const std::string& step) {
        CLI::App& app = *above.add_subcommand(step, say("help." + book + "_" + step));
        app.parse_complete_callback([this, step] { options_.step = step; });
        app.add_option("id", options_.id, say("help.book_id"))->required();
        app.add_option("--on", options_.on, say("help.book_on"));
        app.add_option("--evidence", options_.evidence, say("help.audit_evidence"));
        app.add_option("--note", options_.note, say("help.book_note"));
        return app;
    }

    void attribute(CLI::App& app, const Catalogue& say, const std::string& book,
                   const std::string& name) {
        std::string option = "--" + name;
        for (char& c : option)
            if (c == '_') c = '-';
        app.add_option(option, options_.attributes[name], say("help." + book + "_" + name));
    }

    BookOptions options_;
    std::string at_;
    std::string wanted_;
};

}  // namespace

std::unique_ptr<Family> registers_family() { return std::make_unique<RegistersFamily>(); }

}  // namespace licet

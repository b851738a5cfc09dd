// SPDX-License-Identifier: Apache-2.0
#include "main/command_label.h"
#include "main/family_audit.h"

namespace licet {
namespace {

class LabelFamily : public Family {
  public:
    void declare(CLI::App& licet, const Catalogue& say) override {
        CLI::App& label = add_command(licet, say, "label");
        label.require_subcommand(1);
        CLI::App& issue = *label.add_subcommand("issue", say("help.label_issue"));
        CLI::App& review = *label.add_subcommand("review", say("help.label_review"));
        CLI::App& revoke = *label.add_subcommand("revoke", say("help.label_revoke"));
        CLI::App& verify = *label.add_subcommand("verify", say("help.label_verify"));
        label.add_subcommand("list", say("help.label_list"));
        issue.add_option("--audit", options_.audit, say("help.audit_name"));
        issue.add_option("--domain", options_.domain, say("help.label_domain"))->required();
        issue.add_option("--siren", options_.siren, say("help.label_siren"));
        issue.add_option("--url", options_.base_url, say("help.label_url"));
        issue.add_option("--level", options_.level, say("help.label_level"));
        issue.add_option("--evaluation", options_.evaluation, say("help.label_evaluation"))
            ->check(CLI::IsMember({"self", "dpo", "third_party"}));
        issue.add_option("--evaluator", options_.evaluator, say("help.label_evaluator"));
        for (CLI::App* app : {&issue, &review})
            app->add_option("--questionnaire", options_.questionnaire, say("help.audit_file"));
        for (CLI::App* app : {&issue, &review, &revoke})
            app->add_option("-o,--out", options_.out, say("help.label_out"));
        revoke.add_option("label", options_.label, say("help.label_id"))->required();
        verify.add_option("file", options_.file, say("help.label_file"))->required();
        verify.add_option("--issuer", options_.issuer, say("help.label_issuer"));
        verify.add_option("--status", options_.status, say("help.label_status"))
            ->allow_extra_args(false);
        verify.add_option("--at", options_.at, say("help.label_at"));
    }

    std::optional<int> run(const CLI::App& licet, const Terminal& terminal,
                           const Common& common) override {
        if (is_chosen(licet, "label", "list")) return run_label_list(terminal, common);
        using Function = int (*)(const Terminal&, const Common&, const LabelOptions&);
        for (const auto& [name, function] :
             {std::pair<const char*, Function>{"issue", run_label_issue},
              {"review", run_label_review},
              {"revoke", run_label_revoke},
              {"verify", run_label_verify}})
            if (is_chosen(licet, "label", name)) return function(terminal, common, options_);
        return std::nullopt;
    }

  private:
    LabelOptions options_;
};

}  // namespace

std::unique_ptr<Family> label_family() { return std::make_unique<LabelFamily>(); }

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
#include "main/family_audit.h"
#include "main/command_audit.h"
#include "main/family.h"

namespace licet {
namespace {

class AuditFamily : public Family {
  public:
    void declare(CLI::App& licet, const Catalogue& say) override {
        CLI::App& audit = add_command(licet, say, "audit");
        audit.require_subcommand(1);
        CLI::App& start = *audit.add_subcommand("start", say("help.audit_start"));
        CLI::App& answer = *audit.add_subcommand("answer", say("help.audit_answer"));
        CLI::App& score = *audit.add_subcommand("score", say("help.audit_score"));
        CLI::App& plan = *audit.add_subcommand("plan", say("help.audit_plan"));
        CLI::App& report = *audit.add_subcommand("report", say("help.audit_report"));
        CLI::App& show = *audit.add_subcommand("show", say("help.audit_show"));
        CLI::App& delegate = *audit.add_subcommand("delegate", say("help.audit_delegate"));
        delegate.add_option("question", options_.question, say("help.audit_question"))->required();
        delegate.add_option("--by", options_.by, say("help.audit_by"))->required();
        delegate.add_option("--days", options_.days, say("help.audit_days"));
        for (CLI::App* app : {&start, &answer, &score, &plan, &report, &delegate})
            app->add_option("--audit", options_.name, say("help.audit_name"));
        for (CLI::App* app : {&start, &answer, &score, &plan, &report, &show, &delegate})
            app->add_option("--questionnaire", options_.questionnaire, say("help.audit_file"));
        for (CLI::App* app : {&score, &plan, &report})
            app->add_option("--at", options_.law_day, say("help.audit_at"));
        answer_options(answer, say);
        show.add_option("question", options_.question, say("help.audit_question"));
        score.add_option("--vs", options_.versus, say("help.audit_vs"));
        plan.add_option("--action", options_.action, say("help.audit_action"));
        plan.add_option("--owner", options_.owner, say("help.audit_owner"));
        plan.add_option("--due", options_.due, say("help.audit_due"));
        plan.add_option("--cost", options_.cost, say("help.audit_cost"));
        plan.add_flag("--begun,!--not-begun", options_.begun, say("help.audit_begun"));
        report.add_option("-o,--out", options_.out, say("help.audit_out"));
        report.add_flag("--pdf", options_.wants_pdf, say("help.audit_pdf"));
    }

    std::optional<int> run(const CLI::App& licet, const Terminal& terminal,
                           const Common& common) override {
        using Function = int (*)(const Terminal&, const Common&, const AuditOptions&);
        for (const auto& [name, function] :
             {std::pair<const char*, Function>{"start", run_audit_start},
              {"answer", run_audit_answer},
              {"delegate", run_audit_delegate},
              {"score", run_audit_score},
              {"plan", run_audit_plan},
              {"report", run_audit_report},
              {"show", run_audit_show}})
            if (is_chosen(licet, "audit", name)) return function(terminal, common, options_);
        return std::nullopt;
    }

  private:
    void answer_options(CLI::App& answer, const Catalogue& say) {
        answer.add_option("-q,--question", options_.question, say("help.audit_question"));
        answer.add_option("-a,--answer", options_.answer, say("help.audit_value"));
        answer.add_option("--proof", options_.proof, say("help.audit_proof"));
        answer.add_option("--evidence", options_.evidence, say("help.audit_evidence"));
        answer.add_option("--reason", options_.reason, say("help.audit_reason"));
        answer.add_option("--by", options_.by, say("help.audit_by"));
        answer.add_option("--over", options_.over, say("help.audit_over"));
        answer.add_option("--delegated", options_.delegated, say("help.audit_delegated"));
        answer.add_flag("--all", options_.asks_all, say("help.audit_all"));
    }

    AuditOptions options_;
};

}  // namespace

std::unique_ptr<Family> audit_family() { return std::make_unique<AuditFamily>(); }

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
#include "main/family.h"

namespace licet {
namespace {

class LedgerFamily : public Family {
  public:
    void declare(CLI::App& licet, const Catalogue& say) override {
        CLI::App& ledger = add_command(licet, say, "ledger");
        ledger.require_subcommand(1);
        CLI::App& verify = *ledger.add_subcommand("verify", say("help.ledger_verify"));
        verify.add_option("--against", verify_.against, say("help.ledger_against"));
        verify.add_option("--trusted", verify_.trusted, say("help.timestamp_trusted"));
        verify.add_option("--resume", verify_.resume, say("help.ledger_resume"));
        CLI::App& checkpoint = *ledger.add_subcommand("checkpoint", say("help.ledger_checkpoint"));
        checkpoint.add_option("-o,--out", out_, say("help.ledger_checkpoint_out"));
        CLI::App& prove = *ledger.add_subcommand("prove", say("help.ledger_prove"));
        prove.add_option("event", word_, say("help.ledger_prove_event"))->required();
        prove.add_option("-o,--out", out_, say("help.ledger_prove_out"))->required();
        CLI::App& consistency =
            *ledger.add_subcommand("consistency", say("help.ledger_consistency"));
        consistency.add_option("checkpoint", word_, say("help.ledger_consistency_checkpoint"))
            ->required();
        consistency.add_option("-o,--out", out_, say("help.ledger_consistency_out"))->required();
        CLI::App& timestamp = *ledger.add_subcommand("timestamp", say("help.ledger_timestamp"));
        timestamp.add_option("--request", timestamp_.request, say("help.timestamp_request"));
        timestamp.add_option("--answer", timestamp_.answer, say("help.timestamp_answer"));
        timestamp.add_option("--trusted", timestamp_.trusted, say("help.timestamp_trusted"));
        for (const char* name : {"export", "import"})
            ledger.add_subcommand(name, say("help.ledger_" + std::string(name)))
                ->add_option("file", out_, say("help.ledger_file"))
                ->required();
        ledger.add_subcommand("rotate", say("help.ledger_rotate"));
        CLI::App& publish = *ledger.add_subcommand("publish", say("help.ledger_publish"));
        publish.add_option("folder", out_, say("help.ledger_publish_folder"))->required();
    }

    std::optional<int> run(const CLI::App& licet, const Terminal& terminal,
                           const Common& common) override {
        const auto chose = [&](const char* part) { return is_chosen(licet, "ledger", part); };
        if (chose("verify")) return run_ledger_verify(terminal, common, verify_);
        if (chose("checkpoint")) return run_ledger_checkpoint(terminal, common, out_);
        if (chose("prove")) return run_ledger_prove(terminal, common, word_, out_);
        if (chose("consistency")) return run_ledger_consistency(terminal, common, word_, out_);
        if (chose("timestamp")) return run_ledger_timestamp(terminal, common, timestamp_);
        if (chose("export")) return run_ledger_export(terminal, common, out_);
        if (chose("import")) return run_ledger_import(terminal, common, out_);
        if (chose("rotate")) return run_ledger_rotate(terminal, common);
        if (chose("publish")) return run_ledger_publish(terminal, common, out_);
        return std::nullopt;
    }

  private:
    VerifyPaths verify_;
    TimestampOptions timestamp_;
    std::string word_;  ///< number of an event, or the checkpoint that was kept
    std::string out_;
};

}  // namespace

std::unique_ptr<Family> ledger_family() { return std::make_unique<LedgerFamily>(); }

}  // namespace licet

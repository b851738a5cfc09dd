// SPDX-License-Identifier: Apache-2.0
//
// `licet evidence build`: a second part of the command `evidence`, which main.cpp declares.
#include "main/authority_file.h"
#include "main/family_audit.h"

namespace licet {
namespace {

class AuthorityFamily final : public Family {
  public:
    void declare(CLI::App& licet, const Catalogue& say) override {
        CLI::App& build =
            *licet.get_subcommand("evidence")->add_subcommand("build", say("help.evidence_build"));
        build.add_option("--client", options_.client, say("help.evidence_client"));
        build.add_option("--campaign", options_.campaign, say("help.evidence_campaign"));
        build.add_option("--person", options_.person, say("help.evidence_persons"));
        build.add_option("--from", options_.from, say("help.evidence_from"));
        build.add_option("--to", options_.to, say("help.evidence_to"));
        build.add_option("--reason", options_.reason, say("help.evidence_reason"));
        build.add_option("--certificate", options_.certificates, say("help.evidence_certificate"))
            ->allow_extra_args(false);
        build.add_option("-o,--out", options_.out, say("help.evidence_tar"))->required();
    }

    std::optional<int> run(const CLI::App& licet, const Terminal& terminal,
                           const Common& common) override {
        if (!is_chosen(licet, "evidence", "build")) return std::nullopt;
        return run_evidence_build(terminal, common, options_);
    }

  private:
    AuthorityOptions options_;
};

}  // namespace

std::unique_ptr<Family> authority_family() { return std::make_unique<AuthorityFamily>(); }

}  // namespace licet

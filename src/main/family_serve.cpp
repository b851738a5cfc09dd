// SPDX-License-Identifier: Apache-2.0
#include "main/family.h"
#include "main/serve/server_run.h"

namespace licet {
namespace {

class ServeFamily final : public Family {
  public:
    void declare(CLI::App& licet, const Catalogue& say) override {
        CLI::App& serve = add_command(licet, say, "serve");
        serve.add_option("--listen", serve_.listen, say("help.serve_listen"));
        CLI::Option* certificate = serve.add_option("--tls-certificate", serve_.certificate,
                                                    say("help.serve_certificate"));
        CLI::Option* key = serve.add_option("--tls-key", serve_.key, say("help.serve_key"));
        certificate->needs(key);
        key->needs(certificate);
        serve.add_option("--base-url", serve_.base, say("help.serve_base"));
        serve.add_flag("--private-sites", serve_.may_visit_private,
                       say("help.serve_private_sites"));
        serve.add_flag("--behind-proxy", serve_.is_behind_proxy, say("help.serve_proxy"));
        serve.add_option("--threads", serve_.threads, say("help.serve_threads"))
            ->check(CLI::Range(0, 256));
        serve.add_option("--log", serve_.log, say("help.serve_log"))
            ->check(CLI::IsMember({"requests", "errors", "none"}));
        serve.add_flag("--routes", serve_.only_shows_routes, say("help.serve_routes"));
        CLI::App& user = add_command(licet, say, "user");
        user.require_subcommand(1);
        CLI::App& add = *user.add_subcommand("add", say("help.user_add"));
        add.add_option("name", user_.name, say("help.user_name"))->required();
        add.add_option("--display", user_.display, say("help.user_display"));
        add.add_option("--role", user_.role, say("help.user_role"))
            ->check(CLI::IsMember({"dpo_lead", "dpo", "referent", "reader", "sender"}));
        add.add_option("--tenant", user_.tenants, say("help.user_tenant"))->allow_extra_args(false);
        user.add_subcommand("list", say("help.user_list"));
    }

    std::optional<int> run(const CLI::App& licet, const Terminal& terminal,
                           const Common& common) override {
        if (is_chosen(licet, "serve")) return run_serve(terminal, common, serve_);
        if (is_chosen(licet, "user", "add")) return run_user_add(terminal, common, user_);
        if (is_chosen(licet, "user", "list")) return run_user_list(terminal, common);
        return std::nullopt;
    }

  private:
    ServeOptions serve_;
    UserOptions user_;
};

}  // namespace

std::unique_ptr<Family> serve_family() { return std::make_unique<ServeFamily>(); }

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "main/family.h"
#include "main/family_audit.h"

namespace licet {

std::vector<std::unique_ptr<Family>> all_families() {
    std::vector<std::unique_ptr<Family>> all;
    all.push_back(ledger_family());
    all.push_back(banner_family());
    all.push_back(form_family());
    all.push_back(link_family());
    all.push_back(message_family());
    all.push_back(request_family());
    all.push_back(serve_family());
    all.push_back(webhook_family());
    all.push_back(organisation_family());
    all.push_back(paper_family());
    all.push_back(audit_family());
    all.push_back(registers_family());
    all.push_back(site_family());
    all.push_back(label_family());
    all.push_back(portfolio_family());
    all.push_back(authority_family());
    return all;
}

CLI::App& add_command(CLI::App& licet, const Catalogue& say, const char* name) {
    CLI::App& app = *licet.add_subcommand(name, say(std::string("help.") + name));
    app.group(say("help.commands"));
    app.footer(say(std::string("help.") + name + "_example"));
    return app;
}

bool is_chosen(const CLI::App& licet, const char* name, const char* part) {
    if (!licet.got_subcommand(name)) return false;
    return part == nullptr || licet.get_subcommand(name)->got_subcommand(part);
}

}  // namespace licet

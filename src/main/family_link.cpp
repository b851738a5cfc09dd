// SPDX-License-Identifier: Apache-2.0
//
// `licet link`: makes the link of a person, shows its pages and does what their forms do, so that a
// desk without the server has all of it, and a test needs no network.
#include <iostream>
#include <iterator>

#include "base/json.h"
#include "base/text.h"
#include "main/family.h"
#include "main/link_keys.h"
#include "main/people.h"
#include "main/rights_desk.h"
#include "main/zones.h"
#include "rights/act.h"

namespace licet {
namespace {

struct LinkOptions {
    std::string address;
    std::string kind = "opt_out";
    std::string base;
    std::string channel = "email";
    std::string purpose = "commercial";
    std::string brand;
    std::string campaign;
    std::string reference;
    std::string mailbox;
    int days = 7;
    std::string text;  ///< a link, or what stands after /l/
    std::string page;
    std::string body;
    std::string type = "application/x-www-form-urlencoded";
    std::string today;
};

Result<int> make(const Terminal& terminal, const Common& common, const LinkOptions& options) {
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    const rights::LinkKeys keys = LICET_TRY(link_keys_of(workspace, KeyWish::kMakeFirst));
    auto points = LICET_TRY(tokens_of_address(workspace, options.address));
    rights::Link link;
    link.kind = *rights::link_kind_of(options.kind);
    link.issued_on = LICET_TRY(day_or_today(options.today));
    link.valid_days = rights::is_for_ever(link.kind) ? 0 : options.days;
    link.person = std::move(points.front());
    link.scope = {options.brand, options.channel, options.purpose};
    link.campaign = options.campaign;
    link.reference = options.reference;
    const std::string text = LICET_TRY(rights::sealed_link(link, keys));
    const std::string address = rights::address_of(options.base, text);
    json::object out{{"link", address}};
    const bool has_headers = link.kind == rights::LinkKind::kOptOut && !options.base.empty();
    if (has_headers) {
        const auto headers = LICET_TRY(rights::unsubscribe_headers(address, options.mailbox));
        out["List-Unsubscribe"] = headers.list_unsubscribe;
        out["List-Unsubscribe-Post"] = headers.list_unsubscribe_post;
    }
    if (terminal.wants_json()) {
        terminal.print(json::serialize(out));
        return 0;
    }
    terminal.print(address);
    if (!has_headers) return 0;
    for (const char* name : {"List-Unsubscribe", "List-Unsubscribe-Post"})
        terminal.print(std::string(name) + ": " + std::string(out[name].as_string()));
    return 0;
}

Result<int> rotate(const Terminal& terminal, const Common& common) {
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    const rights::LinkKeys keys = LICET_TRY(link_keys_of(workspace, KeyWish::kAddOne));
    terminal.print(std::to_string(keys.size()));
    return 0;
}

// The address of a page, such as /l/TEXT/choices with all before it, or TEXT alone.
std::string path_of(const LinkOptions& options) {
    const std::size_t at = options.text.rfind("/l/");
    std::string path = at == std::string::npos ? "/l/" + options.text : options.text.substr(at);
    if (!options.page.empty()) path += "/" + options.page;
    return path;
}

int print(const rights::Shown& shown) {
    std::cout << shown.body << std::flush;
    return shown.status < 300 ? 0 : exit_status::kBadInput;
}

Result<int> visit(const Terminal& terminal, const Common& common, const LinkOptions& options,
                  bool is_post) {
    auto desk = LICET_TRY(RightsDesk::open(terminal, common, options.today, !is_post));
    const rights::Context context = desk.context(terminal.text());
    const auto place = rights::place_of(path_of(options));
    if (!place) return print(rights::show_trouble(context, rights::Trouble::kInvalid));
    const auto link = rights::opened_link(place->text, desk.keys());
    if (!link) return print(rights::show_trouble(context, rights::Trouble::kInvalid));
    if (link->has_ended(context.day))
        return print(rights::show_trouble(context, rights::Trouble::kEnded, place));
    const rights::Known known = LICET_TRY(desk.known(link->person));
    if (!is_post) return print(rights::show(context, *link, *place, known));
    const auto form = rights::form_of(options.type, options.body);
    rights::Outcome outcome = rights::act(context, *link, *place, form, known);
    // Durable before anybody is told.
    if (!outcome.events.empty()) LICET_TRY(desk.store().append(outcome.events));
    return print(outcome.shown);
}

class LinkFamily : public Family {
  public:
    void declare(CLI::App& licet, const Catalogue& say) override {
        CLI::App& link = add_command(licet, say, "link");
        link.require_subcommand(1);
        declare_make(*link.add_subcommand("make", say("help.link_make")), say);
        link.add_subcommand("rotate", say("help.link_rotate"));
        CLI::App& show = *link.add_subcommand("show", say("help.link_show"));
        CLI::App& post = *link.add_subcommand("post", say("help.link_post"));
        for (CLI::App* one : {&show, &post}) {
            one->add_option("link", options_.text, say("help.link_text"))->required();
            one->add_option("--page", options_.page, say("help.link_page"));
            one->add_option("--today", options_.today)->group("");
        }
        post.add_option("body", options_.body, say("help.link_form_body"));
        post.add_option("--type", options_.type, say("help.link_form"));
    }

    std::optional<int> run(const CLI::App& licet, const Terminal& terminal,
                           const Common& common) override {
        if (!is_chosen(licet, "link")) return std::nullopt;
        const auto done = is_chosen(licet, "link", "make")     ? make(terminal, common, options_)
                          : is_chosen(licet, "link", "rotate") ? rotate(terminal, common)
                          : is_chosen(licet, "link", "post")
                              ? visit(terminal, common, options_, true)
                              : visit(terminal, common, options_, false);
        return done ? *done : fail(terminal, done.error());
    }

  private:
    void declare_make(CLI::App& make, const Catalogue& say) {
        make.add_option("address", options_.address, say("help.link_address"))->required();
        make.add_option("--kind", options_.kind, say("help.link_kind"))
            ->check(CLI::IsMember({"opt_out", "preferences", "confirm", "identity"}))
            ->capture_default_str();
        make.add_option("--base", options_.base, say("help.link_base"));
        make.add_option("--channel", options_.channel, say("help.link_channel"));
        make.add_option("--purpose", options_.purpose, say("help.link_purpose"));
        make.add_option("--brand", options_.brand, say("help.link_brand"));
        make.add_option("--campaign", options_.campaign, say("help.link_campaign"));
        make.add_option("--request", options_.reference, say("help.link_reference"));
        make.add_option("--mailbox", options_.mailbox, say("help.link_mailbox"));
        make.add_option("--days", options_.days, say("help.link_days"));
        make.add_option("--today", options_.today)->group("");
    }

    LinkOptions options_;
};

}  // namespace

std::unique_ptr<Family> link_family() { return std::make_unique<LinkFamily>(); }

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
//
// licet organisation show|set|check|example: the register of facts that all documents are made of.
#include <algorithm>
#include <array>

#include "base/digest.h"
#include "base/json.h"
#include "base/text.h"
#include "main/administration.h"
#include "main/files.h"
#include "main/paper_desk.h"
#include "main/register_facts.h"
#include "main/resources.h"
#include "main/workspace.h"
#include "main/zones.h"
#include "papers/organisation_edit.h"

namespace licet {
namespace {

json::value json_of(const TomlValue& value) {
    if (!value.is_array) return json::value(value.text);
    json::array out;
    for (const std::string& one : value.items) out.emplace_back(one);
    return out;
}

// That the register changed stands in the ledger that its documents are published in; what it says
// does not.
Result<Done> record_change(const Common& common, const std::string& text) {
    if (!has_workspace(common.workspace)) return Done{};
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    const auto store = LICET_TRY(open_ledger(workspace, false));
    const std::string digest = hex_of(sha256(text));
    ledger::Event event =
        event_of({"organisation_changed", "command line", false, digest}, now().day, now_seconds());
    event.surface = "command_line";
    event.key = "organisation-" + digest + "-" + std::to_string(event.received_at);
    std::ignore = LICET_TRY(store->append(std::array{event}));
    return Done{};
}

class OrganisationFamily : public Family {
  public:
    void declare(CLI::App& licet, const Catalogue& say) override {
        CLI::App& app = add_command(licet, say, "organisation");
        app.require_subcommand(1);
        CLI::App& show = *app.add_subcommand("show", say("help.organisation_show"));
        show.add_option("beginning", beginning_, say("help.organisation_beginning"));
        CLI::App& set = *app.add_subcommand("set", say("help.organisation_set"));
        set.add_option("fact", fact_, say("help.organisation_fact"))->required();
        set.add_option("value", value_, say("help.organisation_value"));
        CLI::App& check = *app.add_subcommand("check", say("help.organisation_check"));
        check.add_option("--at", at_, say("help.paper_at"));
        app.add_subcommand("example", say("help.organisation_example_command"));
    }

    std::optional<int> run(const CLI::App& licet, const Terminal& terminal,
                           const Common& common) override {
        if (is_chosen(licet, "organisation", "show")) return show(terminal, common);
        if (is_chosen(licet, "organisation", "set")) return set(terminal, common);
        if (is_chosen(licet, "organisation", "check")) return check(terminal, common);
        if (!is_chosen(licet, "organisation", "example")) return std::nullopt;
        terminal.print(trimmed(resource("examples/organisation.toml")));
        return 0;
    }

  private:
    [[nodiscard]] int show(const Terminal& terminal, const Common& common) const {
        const auto shelf = shelf_of(common);
        if (!shelf.is_clean()) return fail(terminal, shelf.problems.front());
        const std::string path = organisation_path(common);
        const auto text = read_file(path);
        if (!text) return fail(terminal, text.error());
        const auto of_ledger = facts_of_ledger(common, shelf.value.fields);
        if (!of_ledger) return fail(terminal, of_ledger.error());
        const auto read = read_register(*of_ledger, *text, path);
        terminal.print_errors(read.problems);
        json::object out;
        for (const auto& [name, value] : read.value.facts()) {
            if (!name.starts_with(beginning_)) continue;
            if (terminal.wants_json())
                out[name] = json_of(value);
            else
                terminal.print(
                    name + " = " + (value.is_array ? join(value.items, ", ") : value.text) +
                    (read.value.is_from_below(name) ? terminal.text()("papers.from_ledger")
                                                    : std::string()));
        }
        if (terminal.wants_json()) terminal.print(json::serialize(out));
        return read.is_clean() ? 0 : exit_status::kBadInput;
    }

    // The file is read again before it is kept: what was well stays well.
    [[nodiscard]] int set(const Terminal& terminal, const Common& common) const {
        const auto shelf = shelf_of(common);
        if (!shelf.is_clean()) return fail(terminal, shelf.problems.front());
        const std::string path = organisation_path(common);
        const auto text = read_file(path);
        const bool is_new = !text && text.error().message.id == "file.missing";
        if (!text && !is_new) return fail(terminal, text.error());
        const std::string before = is_new ? std::string() : *text;
        const auto changed = papers::with_fact(shelf.value.fields, before, fact_, value_);
        if (!changed) return fail(terminal, changed.error());
        const auto of_ledger = facts_of_ledger(common, shelf.value.fields);
        if (!of_ledger) return fail(terminal, of_ledger.error());
        const auto read = read_register(*of_ledger, *changed, path);
        for (const Error& problem : read.problems) {
            const auto& arguments = problem.message.arguments;
            const bool is_about_it = !arguments.empty() && arguments.front().second == fact_;
            if (is_about_it || problem.message.id == "toml.syntax") return fail(terminal, problem);
        }
        const auto written = is_new ? write_file(path, *changed) : replace_file(path, *changed);
        if (!written) return fail(terminal, written.error());
        if (const auto told = record_change(common, *changed); !told)
            return fail(terminal, told.error());
        terminal.print_errors(read.problems);
        terminal.note(terminal.text()("papers.set", {{"fact", fact_}, {"file", path}}));
        return 0;
    }

    [[nodiscard]] int check(const Terminal& terminal, const Common& common) const {
        const auto desk = open_desk(terminal, common, {{}, at_});
        if (!desk) return exit_status::kBadInput;
        const auto office = desk->office();
        if (!office) return fail(terminal, office.error());
        const auto problems = problems_of(*office, terminal.language());
        terminal.print_errors(
            papers::silences_of(*desk->shelf, *desk->organisation, office->judgements()));
        terminal.print_errors(problems);
        if (!problems.empty()) return exit_status::kBadInput;
        terminal.print(terminal.text()(
            "papers.register_well", {{"facts", std::to_string(desk->organisation->facts().size())},
                                     {"asked", std::to_string(office->judgements().size())}}));
        return 0;
    }

    std::string beginning_;
    std::string fact_;
    std::string value_;
    std::string at_;
};

}  // namespace

std::unique_ptr<Family> organisation_family() { return std::make_unique<OrganisationFamily>(); }

}  // namespace licet

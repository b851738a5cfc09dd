// SPDX-License-Identifier: Apache-2.0
#include "main/command_site.h"

#include <unistd.h>

#include <array>
#include <map>

#include "audit/book.h"
#include "audit/book_json.h"
#include "base/text.h"
#include "main/audit_desk.h"
#include "main/evidence_files.h"
#include "main/files.h"
#include "main/output_path.h"
#include "main/pdf.h"
#include "main/register_facts.h"
#include "main/resources.h"
#include "main/site_address.h"
#include "main/workspace.h"
#include "main/zones.h"
#include "probe/findings.h"

namespace licet {
namespace {

using probe::Finding;
using probe::Findings;
using probe::Sight;

constexpr std::size_t kMostHosts = 200;
constexpr std::chrono::seconds kForNames{60};

struct Seen {
    probe::SiteVisit visit;
    Findings findings;
};

Result<Seen> seen_at(const SiteOptions& options) {
    SiteAddress address = LICET_TRY(site_address(options.url));
    if (options.is_public_only) {
        address = LICET_TRY(public_site(std::move(address)));
        // Chromium has no sandbox for root, and these pages are anybody's.
        if (::geteuid() == 0) return error(ErrorCode::kInput, "site.not_as_root");
    }
    auto table =
        probe::read_site_table(resource("audit/trackers.csv"), resource("audit/site-words.toml"));
    if (!table.is_clean()) return table.problems.front();
    const auto program = browser_for_pdf();
    if (!program) return error(ErrorCode::kMissing, "site.needs_browser");
    const auto profile = LICET_TRY(PassingFolder::create());
    const auto clock = [] {
        return std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now().time_since_epoch());
    };
    const auto browser = LICET_TRY(probe::Browser::start({.program = *program,
                                                          .profile = profile->path(),
                                                          .has_sandbox = ::geteuid() != 0,
                                                          .resolver_rules = address.resolver_rules,
                                                          .clock = clock}));
    Seen out;
    probe::VisitRules rules{std::string(resource("src/probe/page_look.mjs")), now_seconds(), {}};
    std::map<std::string, bool> known;
    const auto end = clock() + kForNames;
    if (options.is_public_only)
        rules.may_ask = [&known, &clock, end](const std::string& host) {
            const auto [place, is_new] = known.try_emplace(host, false);
            // A page could name hosts for ever that nobody answers for.
            if (is_new && known.size() <= kMostHosts && clock() < end)
                place->second = is_public_host(host);
            return place->second;
        };
    out.visit = LICET_TRY(probe::visit_site(*browser, address.url, table.value, rules));
    out.findings = probe::findings_of(out.visit, table.value);
    return out;
}

// The tools that were recognised, as many as a short text of an event holds.
std::string noted_tools(const std::vector<std::string>& tools) {
    std::string out;
    for (const std::string& one : tools) {
        const std::string longer = out.empty() ? one : out + "," + one;
        if (audit::is_short_text(longer)) out = longer;
    }
    return out;
}

Result<ledger::Event> visit_event(const Seen& seen,
                                  const std::map<std::string, std::string>& attributes) {
    return audit::book_event(ledger::EventKind::kSiteVisit, seen.visit.host, "visited", attributes,
                             {now().day, now_seconds()});
}

// Its attributes: what was seen of each question, how many others were asked, and the proofs.
Result<Done> record_visit(const Common& common, const Seen& seen) {
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    std::map<std::string, std::string> attributes;
    // A host that cannot be recorded leaves no evidence behind.
    std::ignore = LICET_TRY(visit_event(seen, attributes));
    for (const Finding& one : seen.findings.checks)
        attributes[one.check] = probe::name_of(one.sight);
    attributes["tools"] = noted_tools(seen.findings.tools);
    attributes["others"] = std::to_string(seen.findings.third_parties.size());
    attributes["evidence"] = LICET_TRY(keep_text(workspace, probe::log_of(seen.visit)));
    if (!seen.visit.picture.empty())
        attributes["picture"] = LICET_TRY(keep_text(workspace, seen.visit.picture));
    const ledger::Event event = LICET_TRY(visit_event(seen, attributes));
    const auto store = LICET_TRY(open_ledger(workspace, false));
    const std::array batch{event};
    std::ignore = LICET_TRY(store->append(batch));
    return Done{};
}

std::vector<std::string> hosts_of(const probe::Findings& findings) {
    std::vector<std::string> out;
    for (const probe::ThirdParty& one : findings.third_parties) out.push_back(one.host);
    return out;
}

std::string told(const Finding& one, const Catalogue& say) {
    return say("site." + one.check + "." + std::string(probe::name_of(one.sight)));
}

json::object seen_json(const Seen& seen, const Catalogue& say) {
    json::array checks;
    for (const Finding& one : seen.findings.checks)
        checks.push_back(json::object{{"check", one.check},
                                      {"sight", probe::name_of(one.sight)},
                                      {"told", told(one, say)},
                                      {"seen", json::value_from(one.seen)}});
    const auto kind_of = [](const std::optional<probe::TrackerKind>& kind) {
        return kind ? probe::name_of(*kind) : std::string_view();
    };
    json::array cookies;
    for (const probe::StoredCookie& one : seen.findings.cookies)
        cookies.push_back(json::object{{"name", one.name},
                                       {"domain", one.domain},
                                       {"days", one.days},
                                       {"tracker", one.tracker},
                                       {"kind", kind_of(one.kind)},
                                       {"before", one.is_before},
                                       {"after", one.is_after}});
    json::array forms;
    for (const probe::SeenForm& one : seen.visit.before.forms)
        forms.push_back(json::object{{"method", one.method},
                                     {"target", one.target},
                                     {"ticked", one.ticked},
                                     {"policy", one.has_policy},
                                     {"script", one.has_script}});
    json::array buttons;
    for (const auto& [name, button] :
         {std::pair{"accept", &seen.visit.before.accept}, {"refuse", &seen.visit.before.refuse}})
        if (*button)
            buttons.push_back(json::object{{"button", name},
                                           {"x", (*button)->x},
                                           {"y", (*button)->y},
                                           {"width", (*button)->width},
                                           {"height", (*button)->height}});
    json::array hosts;
    for (const probe::ThirdParty& one : seen.findings.third_parties)
        hosts.push_back(json::object{{"host", one.host},
                                     {"tracker", one.tracker},
                                     {"kind", kind_of(one.kind)},
                                     {"before", one.is_before},
                                     {"after", one.is_after}});
    return {{"site", seen.visit.host},
            {"url", seen.visit.url},
            {"title", seen.visit.title},
            {"browser", seen.visit.browser},
            {"checks", std::move(checks)},
            {"tools", json::value_from(seen.findings.tools)},
            {"third_parties", json::value_from(hosts_of(seen.findings))},
            {"refused", seen.visit.after.has_value()},
            {"hosts", std::move(hosts)},
            {"cookies", std::move(cookies)},
            {"forms", std::move(forms)},
            {"buttons", std::move(buttons)},
            {"unknown", json::value_from(seen.findings.unknown)}};
}

void print_seen(const Terminal& terminal, const Seen& seen) {
    const Catalogue& say = terminal.text();
    terminal.print(terminal.colour(Colour::kBold, seen.visit.host) + "  " + seen.visit.url);
    for (const Finding& one : seen.findings.checks) {
        const Colour colour = one.sight == Sight::kFault     ? Colour::kRed
                              : one.sight == Sight::kWell    ? Colour::kGreen
                              : one.sight == Sight::kUnclear ? Colour::kYellow
                                                             : Colour::kDim;
        const std::string word = say("site.sight_" + std::string(probe::name_of(one.sight)));
        terminal.print("  " + terminal.colour(colour, word) + "  " + told(one, say));
        if (!one.seen.empty())
            terminal.print("      " + terminal.colour(Colour::kDim, join(one.seen, "; ")));
    }
    const auto list = [&](const char* id, const std::vector<std::string>& all) {
        if (!all.empty()) terminal.print(say(id, {{"list", join(all, ", ")}}));
    };
    terminal.print();
    list("site.third_parties", hosts_of(seen.findings));
    list("site.tools", seen.findings.tools);
    terminal.print(terminal.colour(Colour::kDim, say("site.limits")));
}

}  // namespace

int run_site_visit(const Terminal& terminal, const Common& common, const SiteOptions& options) {
    const auto spared = check_output(options.picture, common.workspace);
    if (!spared) return fail(terminal, spared.error());
    const auto seen = seen_at(options);
    if (!seen) return fail(terminal, seen.error());
    if (!options.picture.empty()) {
        const auto written = write_own_file(options.picture, seen->visit.picture);
        if (!written) return fail(terminal, written.error());
    }
    if (!options.keeps_no_record) {
        const auto done = record_visit(common, *seen);
        if (!done) return fail(terminal, done.error());
    }
    if (terminal.wants_json())
        terminal.print(json::serialize(seen_json(*seen, terminal.text())));
    else
        print_seen(terminal, *seen);
    return 0;
}

int run_site_remove(const Terminal& terminal, const Common& common, const std::string& host) {
    const auto removed = [&]() -> Result<Done> {
        const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
        const auto store = LICET_TRY(open_ledger(workspace, false));
        const audit::Book book = LICET_TRY(book_in(*store));
        if (!book.sites.contains(host))
            return error(ErrorCode::kMissing, "entry.no_such", {{"id", host}});
        const std::array batch{LICET_TRY(audit::book_event(
            ledger::EventKind::kSiteVisit, host, "removed", {}, {now().day, now_seconds()}))};
        std::ignore = LICET_TRY(store->append(batch));
        return Done{};
    }();
    if (!removed) return fail(terminal, removed.error());
    terminal.print(terminal.text()("entry.recorded", {{"id", host}, {"step", "removed"}}));
    return 0;
}

int run_site_list(const Terminal& terminal, const Common& common) {
    const auto workspace = open_workspace(common.workspace);
    if (!workspace) return fail(terminal, workspace.error());
    const auto store = open_ledger(*workspace, true);
    if (!store) return fail(terminal, store.error());
    const auto book = book_in(**store);
    if (!book) return fail(terminal, book.error());
    json::array out;
    for (const auto& [host, site] : book->sites) {
        out.push_back(audit::json_of(site));
        if (terminal.wants_json()) continue;
        std::vector<std::string> faults;
        for (const auto& [name, value] : site.attributes)
            if (value == probe::name_of(Sight::kFault)) faults.push_back(name);
        terminal.print(terminal.colour(Colour::kBold, host) + "  " +
                       text_of(site.last("visited").value_or(Date{})) + "  " +
                       terminal.colour(Colour::kRed, join(faults, ", ")));
    }
    if (terminal.wants_json())
        terminal.print(json::serialize(out));
    else if (book->sites.empty())
        terminal.print(terminal.text()("entry.empty"));
    return 0;
}

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
#include "main/command_registers.h"

#include <array>

#include "audit/book_json.h"
#include "audit/tools.h"
#include "base/text.h"
#include "main/audit_desk.h"
#include "main/authority_client.h"
#include "main/evidence_files.h"
#include "main/paper_desk.h"
#include "main/register_facts.h"
#include "main/resources.h"
#include "main/zones.h"

namespace licet {
namespace {

using ledger::EventKind;

const std::map<std::string, audit::BookEntry, std::less<>>& entries_of(const audit::Book& book,
                                                                       EventKind kind) {
    if (kind == EventKind::kProcessor) return book.processors;
    return kind == EventKind::kBreach ? book.breaches : book.complaints;
}

Result<std::vector<audit::Tool>> carried_tools() {
    constexpr const char* kPath = "audit/tools.csv";
    auto read = audit::read_tools(resource(kPath), kPath);
    if (!read.is_clean()) return read.problems.front();
    return std::move(read.value);
}

// What the table knows of a tool, unless the caller says otherwise.
Result<Done> add_known(BookOptions& options) {
    const auto tools = LICET_TRY(carried_tools());
    const audit::Tool* tool = audit::tool_of(tools, options.id);
    if (tool == nullptr) return Done{};
    options.is_known_tool = true;
    const std::string country = tool->hosting == "eea" ? std::string() : tool->hosting;
    for (const auto& [name, value] : {std::pair{"name", &tool->name},
                                      {"country", &country},
                                      {"parent", &tool->parent},
                                      {"dpf", &tool->dpf}})
        if (options.attributes[name].empty()) options.attributes[name] = *value;
    if (options.attributes["role"].empty()) options.attributes["role"] = "processor";
    return Done{};
}

// A breach of the data of a client of ours says at each step whose they are, so that no step is
// shown to anybody else; it is entered once for each client, because each is told.
Result<Done> keep_client(const Terminal& terminal, const Common& common,
                         const audit::BookEntry* before, BookOptions& options) {
    const std::string said = before == nullptr ? std::string() : before->text("client");
    std::string& client = options.attributes["client"];
    if (before != nullptr && !client.empty() && client != said)
        return error(ErrorCode::kInput, "entry.client_stays", {{"id", options.id}});
    if (client.empty()) client = said;
    if (client.empty() && options.step == "reported")
        return error(ErrorCode::kInput, "entry.reported_to_nobody", {{"id", options.id}});
    if (client.empty() || before != nullptr) return Done{};
    const auto desk = open_desk(terminal, common, {"", text_of(now().day)});
    if (!desk) return error(ErrorCode::kInput, "authority.organisation");
    std::ignore = LICET_TRY(client_share(*desk->organisation, client));
    return Done{};
}

Result<audit::BookEntry> record_step(const Terminal& terminal, const Common& common, EventKind kind,
                                     BookOptions& options) {
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    const Date day = LICET_TRY(day_or_today(options.on));
    if (day > now().day) return error(ErrorCode::kInput, "record.future", {{"text", options.on}});
    const auto store = LICET_TRY(open_ledger(workspace, false));
    const audit::Book book = LICET_TRY(book_in(*store));
    const bool opens = options.step == audit::steps_of(kind).front();
    const auto& known = entries_of(book, kind);
    const auto there = known.find(options.id);
    const bool is_there = there != known.end();
    if (opens && is_there)
        return error(ErrorCode::kInput, "entry.there_already", {{"id", options.id}});
    if (!opens && !is_there)
        return error(ErrorCode::kMissing, "entry.no_such", {{"id", options.id}});
    if (is_there && day < there->second.steps.front().on)
        return error(ErrorCode::kInput, "entry.before_first",
                     {{"id", options.id}, {"first", text_of(there->second.steps.front().on)}});
    if (opens && kind == EventKind::kProcessor) LICET_TRY(add_known(options));
    if (kind == EventKind::kBreach)
        LICET_TRY(keep_client(terminal, common, is_there ? &there->second : nullptr, options));
    if (!options.evidence.empty())
        options.attributes["evidence"] = LICET_TRY(keep_evidence(workspace, options.evidence));
    if (!options.note.empty())
        options.attributes["note"] = LICET_TRY(keep_text(workspace, options.note));
    const ledger::Event event = LICET_TRY(audit::book_event(
        kind, options.id, options.step, options.attributes, {day, now_seconds()}));
    const std::array batch{event};
    std::ignore = LICET_TRY(store->append(batch));
    const audit::Book after = LICET_TRY(book_in(*store));
    const auto found = entries_of(after, kind).find(options.id);
    // Removed: what is left is the last that was said.
    return found == entries_of(after, kind).end() ? audit::BookEntry{options.id, {}, {}}
                                                  : found->second;
}

int run_step(const Terminal& terminal, const Common& common, EventKind kind, BookOptions options) {
    const auto entry = record_step(terminal, common, kind, options);
    if (!entry) return fail(terminal, entry.error());
    if (terminal.wants_json()) {
        terminal.print(json::serialize(audit::json_of(*entry)));
        return 0;
    }
    terminal.print(terminal.text()("entry.recorded", {{"id", entry->id}, {"step", options.step}}));
    if (options.is_known_tool) terminal.print(terminal.text()("entry.from_table"));
    return 0;
}

void print_entry(const Terminal& terminal, const audit::BookEntry& entry) {
    std::string line = terminal.colour(Colour::kBold, entry.id);
    for (const auto& [name, value] : entry.attributes)
        if (name != "evidence" && name != "note") line += "  " + name + "=" + value;
    terminal.print(line);
    std::string steps = "   ";
    for (const audit::BookStep& one : entry.steps) steps += " " + text_of(one.on) + " " + one.name;
    terminal.print(terminal.colour(Colour::kDim, steps));
}

Result<audit::Book> book_of_workspace(const Common& common) {
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    const auto store = LICET_TRY(open_ledger(workspace, true));
    return book_in(*store);
}

int run_list(const Terminal& terminal, const Common& common, EventKind kind) {
    const auto book = book_of_workspace(common);
    if (!book) return fail(terminal, book.error());
    json::array out;
    for (const auto& [id, entry] : entries_of(*book, kind)) {
        if (terminal.wants_json())
            out.push_back(audit::json_of(entry));
        else
            print_entry(terminal, entry);
    }
    if (terminal.wants_json())
        terminal.print(json::serialize(out));
    else if (entries_of(*book, kind).empty())
        terminal.print(terminal.text()("entry.empty"));
    return 0;
}

std::string missing_words(const law::Law& law, const gate::Verdict& verdict, Language language) {
    std::vector<std::string> out;
    for (const law::FactId one : verdict.missing)
        out.push_back(law.vocabulary().fact(one).words.in(language));
    return join(out, ", ");
}

struct JudgedProcessor {
    audit::BookEntry entry;
    gate::Verdict verdict;
};

Result<std::vector<JudgedProcessor>> judged(const law::Law& law, const Common& common, Date day) {
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    const auto store = LICET_TRY(open_ledger(workspace, true));
    const audit::Book book = LICET_TRY(book_in(*store));
    std::vector<JudgedProcessor> out;
    for (const auto& [id, entry] : book.processors)
        out.push_back({entry, LICET_TRY(transfer_verdict(law, entry, workspace.country, day))});
    return out;
}

json::object judged_json(const law::Law& law, const JudgedProcessor& one, Language language) {
    json::object out = audit::json_of(one.entry);
    json::array reasons;
    for (const gate::VerdictReason& reason : one.verdict.reasons)
        reasons.push_back(json::object{{"rule", reason.rule}, {"tell", reason.tell.in(language)}});
    json::array missing;
    for (const law::FactId fact : one.verdict.missing)
        missing.emplace_back(law.vocabulary().fact(fact).name);
    out["transfer"] = one.verdict.answer;
    out["reasons"] = std::move(reasons);
    out["missing"] = std::move(missing);
    out["complete"] = audit::is_complete(one.entry);
    if (one.verdict.changes_on) out["changes_on"] = text_of(*one.verdict.changes_on);
    return out;
}

void print_judged(const Terminal& terminal, const law::Law& law, const JudgedProcessor& one) {
    print_entry(terminal, one.entry);
    const std::string& answer = one.verdict.answer;
    const law::Words* words = law.vocabulary().answer_words(answer);
    terminal.print("    " + terminal.colour(answer == "allowed"     ? Colour::kGreen
                                            : answer == "forbidden" ? Colour::kRed
                                                                    : Colour::kYellow,
                                            words == nullptr ? terminal.text()("entry.undetermined")
                                                             : words->in(terminal.language())));
    for (const gate::VerdictReason& reason : one.verdict.reasons)
        terminal.print("    " + reason.tell.in(terminal.language()) + "  " +
                       terminal.colour(Colour::kDim, join(reason.cites, ", ")));
    if (!one.verdict.missing.empty())
        terminal.print("    " + terminal.text()("entry.missing",
                                                {{"facts", missing_words(law, one.verdict,
                                                                         terminal.language())}}));
}

}  // namespace

int run_processor(const Terminal& terminal, const Common& common, const BookOptions& options) {
    return run_step(terminal, common, EventKind::kProcessor, options);
}

int run_breach(const Terminal& terminal, const Common& common, const BookOptions& options) {
    return run_step(terminal, common, EventKind::kBreach, options);
}

int run_complaint(const Terminal& terminal, const Common& common, const BookOptions& options) {
    return run_step(terminal, common, EventKind::kComplaint, options);
}

int run_breach_list(const Terminal& terminal, const Common& common) {
    return run_list(terminal, common, EventKind::kBreach);
}

int run_complaint_list(const Terminal& terminal, const Common& common) {
    return run_list(terminal, common, EventKind::kComplaint);
}

int run_processor_list(const Terminal& terminal, const Common& common, const std::string& at) {
    const auto day = day_or_today(at);
    if (!day) return fail(terminal, day.error());
    const auto law = load_law(terminal, common);
    if (!law) return exit_status::kBadInput;
    const auto all = judged(*law, common, *day);
    if (!all) return fail(terminal, all.error());
    json::array out;
    for (const JudgedProcessor& one : *all) {
        if (terminal.wants_json())
            out.push_back(judged_json(*law, one, terminal.language()));
        else
            print_judged(terminal, *law, one);
    }
    if (terminal.wants_json())
        terminal.print(json::serialize(out));
    else if (all->empty())
        terminal.print(terminal.text()("entry.empty"));
    return 0;
}

int run_processor_tools(const Terminal& terminal, const Common&, const std::string& wanted) {
    const auto tools = carried_tools();
    if (!tools) return fail(terminal, tools.error());
    json::array out;
    for (const audit::Tool& one : *tools) {
        if (!wanted.empty() && one.id.find(wanted) == one.id.npos) continue;
        if (terminal.wants_json())
            out.push_back(json::object{{"id", one.id},
                                       {"name", one.name},
                                       {"vendor", one.vendor},
                                       {"kind", one.kind},
                                       {"hosting", one.hosting},
                                       {"parent", one.parent},
                                       {"dpf", one.dpf},
                                       {"source", one.source},
                                       {"read_on", one.read_on},
                                       {"grade", one.grade},
                                       {"note", one.note}});
        else
            terminal.print(
                terminal.colour(Colour::kBold, one.id) + "  " + one.name + "  " +
                (one.hosting.empty() ? "?" : one.hosting) + " / " +
                (one.parent.empty() ? "?" : one.parent) + "  " +
                terminal.colour(Colour::kDim, one.source + ", " + one.read_on + ", " + one.grade));
    }
    if (terminal.wants_json()) terminal.print(json::serialize(out));
    return 0;
}

}  // namespace licet

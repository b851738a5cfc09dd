// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "base/json.h"
#include "base/text.h"
#include "gate/keep.h"
#include "main/choice_proofs.h"
#include "main/commands.h"
#include "main/files.h"
#include "main/output_path.h"
#include "main/people.h"
#include "main/zones.h"

namespace licet {
namespace {

constexpr std::chrono::days kWarning{30};  // how long before its end a record is named

// What becomes of one person's record, and why.
struct Found {
    ledger::Token person;
    std::size_t events = 0;
    gate::KeepAnswer now;
    bool ends_soon = false;
};

// By token. A person with an e-mail address and a number is two here: nothing in the ledger says
// that they are one.
Result<std::map<ledger::Token, std::vector<ledger::Event>>> events_by_person(
    ledger::ReadStore& store) {
    std::map<ledger::Token, std::vector<ledger::Event>> out;
    LICET_TRY(store.for_each(ledger::Which::kAll, [&](const ledger::Event& event) {
        if (!ledger::is_of_ledger(event.kind)) out[event.person].push_back(event);
    }));
    // Who only ever said stop has nothing here but the objection itself.
    std::erase_if(out, [](const auto& one) {
        return std::all_of(one.second.begin(), one.second.end(), [](const ledger::Event& event) {
            return ledger::is_objection(event.kind) ||
                   event.kind == ledger::EventKind::kVerdictGiven;
        });
    });
    return out;
}

// Each choice in a banner is a record of its own, which names nobody: the register says how long it
// is kept.
Result<Done> look_at_choices(const ProofMonths& months, ledger::ReadStore& store, Date day,
                             std::vector<Found>& out) {
    return store.for_each(ledger::Which::kSiteChoices, [&](const ledger::Event& event) {
        const std::string fate(fate_of_choice(months, event, day));
        out.push_back({event.person, 1, {fate, proof_fact(event), {}}, false});
    });
}

Result<std::vector<Found>> look_at_all(const law::Law& law, const Workspace& workspace,
                                       ledger::ReadStore& store, Date day) {
    std::vector<Found> out;
    for (const auto& [person, events] : LICET_TRY(events_by_person(store))) {
        Found found{person, events.size(), {}, false};
        found.now = LICET_TRY(gate::keep_answer(law, zone_offset, workspace.country, events, day));
        if (found.now.answer == "keep" || found.now.answer == "ask_renewal") {
            const auto later = LICET_TRY(
                gate::keep_answer(law, zone_offset, workspace.country, events, day + kWarning));
            found.ends_soon = later.answer == "erase";
        }
        out.push_back(std::move(found));
    }
    return out;
}

std::string shown(const law::Law& law, const Terminal& terminal, const std::string& answer) {
    const law::Words* words = law.vocabulary().answer_words(answer);
    return words == nullptr ? answer : words->in(terminal.language());
}

// One line a person: token, number of events, answer, rule, "soon" if it ends within thirty days.
Result<Done> write_list(const std::string& path, const std::vector<Found>& all) {
    auto writer = LICET_TRY(ByteWriter::create(path));
    LICET_TRY(writer->write("person;events;answer;rule;ends_within_30_days\n"));
    for (const Found& one : all)
        LICET_TRY(writer->write(hex_of(one.person.bytes) + ";" + std::to_string(one.events) + ";" +
                                one.now.answer + ";" + one.now.rule + ";" +
                                (one.ends_soon ? "yes" : "no") + "\n"));
    return writer->finish();
}

// Whoever objected to anything, as far as it still holds: a question whether to stay is one more
// message that they did not want.
Result<bool> has_objected(ledger::ReadStore& store, const ledger::ContactTokens& tokens, Date day) {
    const auto found = LICET_TRY(store.suppressions_of(all_tokens({tokens})));
    return std::any_of(found.begin(), found.end(), [&](const ledger::Suppression& one) {
        return !one.until || *one.until >= day;
    });
}

// Those of a list of addresses whose record ends soon: whom to ask whether they want to stay. Only
// the caller's own list can name them; the ledger knows no address.
Result<std::size_t> write_renewals(const Workspace& workspace, ledger::ReadStore& store,
                                   const PurgeOptions& options, const std::vector<Found>& all) {
    std::set<ledger::Token> soon;
    for (const Found& one : all)
        if (one.ends_soon) soon.insert(one.person);
    auto writer = LICET_TRY(ByteWriter::create(options.renew));
    ledger::Tokeniser tokeniser = LICET_TRY(ledger::Tokeniser::create(workspace.key));
    ledger::ForeignNames foreign = LICET_TRY(foreign_names(workspace));
    std::size_t count = 0;
    const auto add = [&](std::string_view line, const ledger::ContactPoint& point) -> Result<Done> {
        if (!soon.contains(tokeniser.token(point.strict))) return Done{};
        const auto tokens = ledger::tokens_of(tokeniser, foreign, point);
        const bool is_unwilling = LICET_TRY(has_objected(store, tokens, now().day));
        if (is_unwilling) return Done{};
        ++count;
        return writer->write(std::string(line) + "\n");
    };
    LICET_TRY(for_each_address(options.among, workspace.country, add));
    LICET_TRY(writer->finish());
    return count;
}

struct Purged {
    std::vector<Found> all;
    std::uint64_t erased_events = 0;
    std::optional<std::size_t> to_renew;
};

Result<Purged> purge(const law::Law& law, const Common& common, const PurgeOptions& options) {
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    const auto store = LICET_TRY(open_ledger(workspace, !options.applies));
    Purged out;
    const ProofMonths months = LICET_TRY(proof_months_of(common));
    out.all = LICET_TRY(look_at_all(law, workspace, *store, now().day));
    LICET_TRY(look_at_choices(months, *store, now().day, out.all));
    if (!options.list.empty()) LICET_TRY(write_list(options.list, out.all));
    if (!options.renew.empty())
        out.to_renew = LICET_TRY(write_renewals(workspace, *store, options, out.all));
    if (!options.applies) return out;
    std::vector<ledger::Token> gone;
    std::map<ledger::Token, std::uint64_t> seen;
    for (const Found& one : out.all) {
        if (one.now.answer != "erase") continue;
        gone.push_back(one.person);
        seen[one.person] = one.events;
    }
    // Who has done something since is judged the next time.
    const auto if_still = [&](const ledger::Token& person, std::uint64_t events) {
        return events == seen.at(person);
    };
    out.erased_events =
        LICET_TRY(store->erase(gone, now().day, ledger::ErasureReason::kRetention, if_still));
    return out;
}

// How many persons, by answer and rule.
std::map<std::pair<std::string, std::string>, std::size_t> counts_of(const Purged& done) {
    std::map<std::pair<std::string, std::string>, std::size_t> counts;
    for (const Found& one : done.all) ++counts[{one.now.answer, one.now.rule}];
    return counts;
}

Result<Done> certify(const Terminal& terminal, const Purged& done, ByteWriter& certificate) {
    // No key was destroyed: there is no erasure to attest.
    if (done.erased_events == 0) {
        const std::string on = text_of(now().day);
        LICET_TRY(certificate.write(terminal.text()("purge.nothing_over", {{"on", on}}) + "\n"));
        return certificate.finish();
    }
    std::string text = terminal.text()("erase.certificate",
                                       {{"on", text_of(now().day)},
                                        {"reason", terminal.text()("erase.reason_retention")}}) +
                       "\n";
    for (const auto& [key, count] : counts_of(done))
        if (key.first == "erase")
            text += terminal.text()("purge.certified",
                                    {{"count", std::to_string(count)}, {"rule", key.second}}) +
                    "\n";
    text += terminal.text()("purge.done", {{"events", std::to_string(done.erased_events)}}) + "\n";
    LICET_TRY(certificate.write(text));
    return certificate.finish();
}

void print_purged(const Terminal& terminal, const law::Law& law, const PurgeOptions& options,
                  const Purged& done) {
    const auto counts = counts_of(done);
    const auto soon = static_cast<std::size_t>(std::count_if(
        done.all.begin(), done.all.end(), [](const Found& one) { return one.ends_soon; }));
    if (terminal.wants_json()) {
        json::array answers;
        for (const auto& [key, count] : counts)
            answers.push_back(
                json::object{{"answer", key.first}, {"rule", key.second}, {"persons", count}});
        terminal.print(json::serialize(json::object{{"persons", done.all.size()},
                                                    {"answers", std::move(answers)},
                                                    {"end_within_30_days", soon},
                                                    {"to_renew", done.to_renew.value_or(0)},
                                                    {"erased_events", done.erased_events}}));
        return;
    }
    for (const auto& [key, count] : counts)
        terminal.print(terminal.text()("purge.line", {{"count", std::to_string(count)},
                                                      {"answer", shown(law, terminal, key.first)},
                                                      {"rule", key.second}}));
    if (soon > 0) terminal.print(terminal.text()("purge.soon", {{"count", std::to_string(soon)}}));
    if (done.to_renew)
        terminal.print(terminal.text()("purge.to_renew", {{"count", std::to_string(*done.to_renew)},
                                                          {"path", options.renew}}));
    terminal.print(
        options.applies
            ? terminal.text()("purge.done", {{"events", std::to_string(done.erased_events)}})
            : terminal.text()("purge.nothing_done"));
}

}  // namespace

int run_purge(const Terminal& terminal, const Common& common, const PurgeOptions& options) {
    // Neither is the usual one: who erases must have said so.
    if (options.applies == options.looks_only)
        return fail(terminal, error(ErrorCode::kInput, "purge.say_which"));
    if (options.renew.empty() != options.among.empty())
        return fail(terminal, error(ErrorCode::kInput, "purge.among_whom"));
    const auto spared =
        check_outputs({options.list, options.renew, options.certificate}, common.workspace);
    if (!spared) return fail(terminal, spared.error());
    const auto law = load_law(terminal, common);
    if (!law) return exit_status::kBadInput;
    // A certificate that cannot be written must not be found out afterwards.
    std::unique_ptr<ByteWriter> certificate;
    if (options.applies && !options.certificate.empty()) {
        auto writer = ByteWriter::create(options.certificate, kAsUmaskSays);
        if (!writer) return fail(terminal, writer.error());
        certificate = std::move(writer).value();
    }
    const auto done = purge(*law, common, options);
    if (!done) return fail(terminal, done.error());
    if (certificate != nullptr) {
        const auto written = certify(terminal, *done, *certificate);
        if (!written) return fail(terminal, written.error());
    }
    print_purged(terminal, *law, options, *done);
    return 0;
}

}  // namespace licet

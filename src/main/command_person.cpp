// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>

#include "base/json.h"
#include "base/text.h"
#include "main/commands.h"
#include "main/consent_judge.h"
#include "main/people.h"
#include "main/zones.h"

namespace licet {
namespace {

// A part of a line that is there only if it says something.
std::string part(std::string_view name, std::string_view value) {
    return value.empty() ? std::string() : "  " + std::string(name) + std::string(value);
}

// Channel and purpose. Of a refusal, none is all.
std::string worded_reach(const Terminal& terminal, const std::string& channel,
                         std::string_view purpose, bool is_refusal) {
    const bool is_all = channel.empty() && is_refusal;
    return "  " + (is_all ? terminal.text()("person.all_channels") : channel) + part("", purpose);
}

// What an act is the same as, under whatever token it lies.
std::string act_of(Date day, ledger::EventKind kind, const ledger::Scope& scope) {
    return text_of(day) + std::string(ledger::name_of(kind)) + scope.channel + "/" + scope.purpose +
           "/" + scope.brand;
}

// The two clocks of each choice, by the place of its last event.
using Terms = std::map<ledger::EventPlace, audit::ConsentTerms>;

Result<Terms> terms_of(const law::Law& law, const Workspace& workspace,
                       const std::vector<ledger::StoredEvent>& events,
                       const std::vector<audit::ConsentAct>& acts) {
    Terms out;
    const ConsentJudge judge(law, workspace, events);
    for (const audit::ConsentAct& act : acts)
        out[act.events.back().place] = LICET_TRY(judge.terms(act, now().day));
    return out;
}

json::object in_json(const audit::Term& term) {
    return {{"answer", term.answer},
            {"rule", term.rule},
            {"until", term.until ? json::value(text_of(*term.until)) : nullptr}};
}

std::string in_words(const Terminal& terminal, const law::Law& law, const std::string& id,
                     const audit::Term& term) {
    const law::Words* words = law.vocabulary().answer_words(term.answer);
    const std::string answer = words == nullptr ? term.answer : words->in(terminal.language());
    if (!term.until) return terminal.text()("person." + id, {{"answer", answer}});
    return terminal.text()("person." + id + "_until",
                           {{"answer", answer}, {"day", worded(*term.until, terminal.language())}});
}

json::object in_json(const ledger::StoredEvent& one) {
    json::object attributes;
    for (const auto& [name, value] : one.event.attributes) attributes[name] = value;
    return {{"id", ledger::text_of(one.place)},
            {"on", text_of(one.event.happened_on)},
            {"kind", ledger::name_of(one.event.kind)},
            {"channel", one.event.channel},
            {"purpose", one.event.purpose},
            {"surface", one.event.surface},
            {"attributes", std::move(attributes)}};
}

std::string in_words(const Terminal& terminal, const ledger::StoredEvent& one) {
    const ledger::Event& event = one.event;
    const bool is_refusal =
        ledger::is_objection(event.kind) || event.kind == ledger::EventKind::kConsentWithdrawn;
    std::string particulars;
    for (const auto& [name, value] : event.attributes) particulars += part(name + " = ", value);
    return text_of(event.happened_on) + "  " +
           terminal.colour(Colour::kBold,
                           terminal.text()("event." + std::string(ledger::name_of(event.kind)))) +
           worded_reach(terminal, event.channel, event.purpose, is_refusal) +
           terminal.colour(Colour::kDim, particulars + "  [" + ledger::text_of(one.place) + "]");
}

// What is left of objections whose events were erased.
json::object in_json(const ledger::Suppression& one) {
    return {{"on", text_of(one.last)},
            {"kind", "suppression"},
            {"channel", one.scope.channel},
            {"purpose", ledger::without_pause_mark(one.scope.purpose)},
            {"brand", one.scope.brand},
            {"since", text_of(one.since)},
            {"reason", one.reason},
            {"until", one.until ? json::value(text_of(*one.until)) : json::value(nullptr)}};
}

std::string in_words(const Terminal& terminal, const ledger::Suppression& one) {
    return text_of(one.last) + "  " +
           terminal.colour(Colour::kBold, terminal.text()("person.suppression")) +
           worded_reach(terminal, one.scope.channel, ledger::without_pause_mark(one.scope.purpose),
                        true) +
           terminal.colour(Colour::kDim,
                           part("brand = ", one.scope.brand) +
                               part("until = ", one.until ? text_of(*one.until) : ""));
}

// What the ledger knows of somebody, and shows once.
class Timeline {
  public:
    Timeline(const Terminal& terminal, const law::Law* law, Terms terms)
        : terminal_(terminal), law_(law), terms_(std::move(terms)) {}

    void add(const ledger::StoredEvent& one) {
        const ledger::Event& event = one.event;
        const bool is_new =
            shown_.insert(act_of(event.happened_on, event.kind, ledger::scope_of(event))).second;
        // An objection lies under several tokens; it is one act.
        if (!is_new && ledger::is_objection(event.kind)) return;
        const auto terms = terms_.find(one.place);
        if (terminal_.wants_json()) {
            json::object object = in_json(one);
            if (terms != terms_.end()) {
                object["validity"] = in_json(terms->second.validity);
                object["retention"] = in_json(terms->second.retention);
            }
            out_.push_back(std::move(object));
            return;
        }
        terminal_.print(in_words(terminal_, one));
        if (terms == terms_.end()) return;
        terminal_.print("            " +
                        in_words(terminal_, *law_, "validity", terms->second.validity) + " · " +
                        in_words(terminal_, *law_, "retention", terms->second.retention));
    }

    void add(const ledger::Suppression& one) {
        const auto kind = ledger::is_of_pause(one.scope.purpose)
                              ? ledger::EventKind::kPaused
                              : ledger::EventKind::kObjectionRecorded;
        ledger::Scope scope = one.scope;
        scope.purpose = ledger::without_pause_mark(one.scope.purpose);
        if (!shown_.insert(act_of(one.last, kind, scope)).second) return;
        if (terminal_.wants_json())
            out_.push_back(in_json(one));
        else
            terminal_.print(in_words(terminal_, one));
    }

    void finish() const {
        if (terminal_.wants_json())
            terminal_.print(json::serialize(out_));
        else if (shown_.empty())
            terminal_.print(terminal_.text()("person.unknown"));
    }

  private:
    const Terminal& terminal_;
    const law::Law* law_;
    Terms terms_;
    std::set<std::string> shown_;
    json::array out_;
};

}  // namespace

int run_person(const Terminal& terminal, const Common& common, const std::string& address,
               const std::string& reason) {
    if (trimmed(reason).empty())
        return fail(terminal, error(ErrorCode::kInput, "person.no_reason"));
    const auto workspace = open_workspace(common.workspace);
    if (!workspace) return fail(terminal, workspace.error());
    const auto points = tokens_of_address(*workspace, address);
    if (!points) return fail(terminal, points.error());
    const auto store = open_ledger(*workspace, true);
    if (!store) return fail(terminal, store.error());
    const auto known = history_of(**store, *points);
    if (!known) return fail(terminal, known.error());
    // Only a choice has clocks; without one the law is not asked.
    const auto acts = audit::consent_acts(known->events);
    const auto law = acts.empty() ? nullptr : load_law(terminal, common);
    if (!acts.empty() && !law) return exit_status::kBadInput;
    auto terms =
        acts.empty() ? Result<Terms>(Terms{}) : terms_of(*law, *workspace, known->events, acts);
    if (!terms) return fail(terminal, terms.error());
    Timeline timeline(terminal, law.get(), std::move(*terms));
    for (const ledger::StoredEvent& one : known->events) timeline.add(one);
    for (const ledger::Suppression& one : known->suppressions) timeline.add(one);
    timeline.finish();
    return 0;
}

}  // namespace licet

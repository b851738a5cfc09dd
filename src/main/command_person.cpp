// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "base/json.h"
#include "base/text.h"
#include "main/commands.h"
#include "main/people.h"

namespace licet {
namespace {

std::string worded_channel(const Terminal& terminal, const ledger::Event& event) {
    if (!event.channel.empty()) return event.channel;
    const bool is_refusal = event.kind == ledger::EventKind::kObjectionRecorded ||
                            event.kind == ledger::EventKind::kConsentWithdrawn;
    return is_refusal ? terminal.text()("person.all_channels") : "";
}

// What an act is the same as, under whatever token it lies.
std::string act_of(Date day, ledger::EventKind kind, const ledger::Scope& scope) {
    return text_of(day) + std::string(ledger::name_of(kind)) + scope.channel + "/" + scope.purpose +
           "/" + scope.brand;
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
    std::string particulars;
    for (const auto& [name, value] : event.attributes) particulars += "  " + name + " = " + value;
    return text_of(event.happened_on) + "  " +
           terminal.colour(Colour::kBold,
                           terminal.text()("event." + std::string(ledger::name_of(event.kind)))) +
           "  " + worded_channel(terminal, event) +
           terminal.colour(Colour::kDim, particulars + "  [" + ledger::text_of(one.place) + "]");
}

// What is left of objections whose events were erased.
json::object in_json(const ledger::Suppression& one) {
    return {{"on", text_of(one.last)},
            {"kind", "suppression"},
            {"channel", one.scope.channel},
            {"purpose", one.scope.purpose},
            {"brand", one.scope.brand},
            {"since", text_of(one.since)},
            {"reason", one.reason},
            {"until", one.until ? json::value(text_of(*one.until)) : json::value(nullptr)}};
}

std::string in_words(const Terminal& terminal, const ledger::Suppression& one) {
    return text_of(one.last) + "  " +
           terminal.colour(Colour::kBold, terminal.text()("person.suppression")) + "  " +
           (one.scope.channel.empty() ? terminal.text()("person.all_channels") : one.scope.channel);
}

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
    auto events = events_of_person(**store, *points);
    if (!events) return fail(terminal, events.error());
    const auto suppressions = (*store)->suppressions_of(all_tokens(*points));
    if (!suppressions) return fail(terminal, suppressions.error());
    std::stable_sort(events->begin(), events->end(), [](const auto& a, const auto& b) {
        return a.event.happened_on < b.event.happened_on;
    });
    json::array out;
    const auto show = [&](const auto& one) {
        if (terminal.wants_json())
            out.push_back(in_json(one));
        else
            terminal.print(in_words(terminal, one));
    };
    std::set<std::string> shown;  // an objection lies under several tokens; it is one act
    for (const ledger::StoredEvent& one : *events) {
        const ledger::Event& event = one.event;
        const bool is_new =
            shown.insert(act_of(event.happened_on, event.kind, ledger::scope_of(event))).second;
        if (is_new || event.kind != ledger::EventKind::kObjectionRecorded) show(one);
    }
    for (const ledger::Suppression& one : *suppressions)
        if (shown.insert(act_of(one.last, ledger::EventKind::kObjectionRecorded, one.scope)).second)
            show(one);
    if (terminal.wants_json())
        terminal.print(json::serialize(out));
    else if (shown.empty())
        terminal.print(terminal.text()("person.unknown"));
    return 0;
}

}  // namespace licet

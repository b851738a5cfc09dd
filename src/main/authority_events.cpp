// SPDX-License-Identifier: Apache-2.0
#include "main/authority_events.h"

#include "base/utc.h"
#include "gate/campaign_id.h"

namespace licet {
namespace {

using ledger::EventKind;

// What is not needed to show that duties were met, unless one asks about a person.
bool is_minimised(EventKind kind) {
    return audit::folder_of(kind) == "origins" || kind == EventKind::kInteraction ||
           kind == EventKind::kCallbackRequested;
}

void count_left_out(const store::LoggedEntry& entry, EventKind kind, const EventChoice& choice,
                    EventsLeftOut& out) {
    if (entry.is_erased)
        ++out.erased;
    else if (kind == EventKind::kAdministered)
        ++out.administered;
    else if (is_minimised(kind) && !choice.is_of_persons)
        ++out.minimised;
    else
        ++out.not_chosen;
}

}  // namespace

bool EventChoice::may_take(EventKind kind, const ledger::Token& person) const {
    if (ledger::is_of_ledger(kind)) return kind != EventKind::kAdministered;
    if (!is_of_persons) return !is_minimised(kind);
    return persons.contains(person) ||
           (ledger::is_objection(kind) && also_objected.contains(person));
}

bool EventChoice::takes(const ledger::Event& event) const {
    if (!may_take(event.kind, event.person)) return false;
    if (ledger::is_of_ledger(event.kind)) return !of_ledger || of_ledger(event);
    if (from && event.happened_on < *from) return false;
    if (to && event.happened_on > *to) return false;
    return campaign.empty() || gate::campaign_id(attribute(event, "campaign")) == campaign;
}

void EventSummary::add(const ledger::Event& event) {
    const auto text = [&](const char* name) { return std::string(attribute(event, name)); };
    if (event.kind == EventKind::kVerdictGiven) {
        ++verdicts_[{event.happened_on, event.channel, text("verdict"), text("rule"),
                     text("pack")}];
        ++days_[event.happened_on];
        if (!text("rule").empty()) ++rules_[text("rule")];
        packs_.insert(text("pack"));
    }
    if (event.kind == EventKind::kCertificateIssued && text("about") == "screening")
        screenings_.push_back({event.happened_on, text("campaign"), text("sha256")});
    if (ledger::is_objection(event.kind))
        ++latencies_[(utc_day(event.received_at) - event.happened_on).count()];
    if (const std::string notice = text("notice"); !notice.empty()) notices_.insert(notice);
    rights::fold(requests_, event);
}

json::object EventSummary::verdicts_json() const {
    json::array rows;
    for (const auto& [key, count] : verdicts_) {
        const auto& [day, channel, answer, rule, pack] = key;
        rows.push_back(json::object{{"day", text_of(day)},
                                    {"channel", channel},
                                    {"verdict", answer},
                                    {"rule", rule},
                                    {"pack", pack},
                                    {"count", count}});
    }
    return {{"verdicts", std::move(rows)}};
}

json::object EventSummary::screenings_json(const std::string& campaign) const {
    json::array all;
    for (const Screening& one : screenings_)
        if (campaign.empty() || one.campaign == campaign)
            all.push_back(json::object{{"day", text_of(one.day)},
                                       {"campaign", one.campaign},
                                       {"certificate", one.certificate}});
    return {{"screenings", std::move(all)}};
}

json::object EventSummary::objections_json() const {
    json::array rows;
    std::uint64_t whole = 0;
    for (const auto& [days, count] : latencies_) whole += count;
    std::uint64_t until = 0;
    json::value median(nullptr);
    for (const auto& [days, count] : latencies_) {
        until += count;
        if (median.is_null() && until * 2 >= whole) median = days;
        rows.push_back(json::object{{"days", days}, {"count", count}});
    }
    return {{"objections", whole},
            {"days_until_recorded", std::move(rows)},
            {"median_days", std::move(median)}};
}

Result<EventsLeftOut> write_events(const store::LedgerFiles& files, std::uint64_t size,
                                   const EventChoice& choice, audit::EventFiles& out,
                                   EventSummary& summary,
                                   const std::function<void(std::uint64_t)>& progress) {
    constexpr std::uint64_t kEntriesBetween = 4096;
    EventsLeftOut left_out;
    EventKind kind = EventKind::kErased;
    store::LogWalk walk;
    walk.size = size;
    walk.wants = [&](EventKind met, const ledger::Token& person) {
        kind = met;
        return choice.may_take(met, person);
    };
    walk.visit = [&](const store::LoggedEntry& entry) -> Result<Done> {
        LICET_TRY(out.add_leaf(entry.leaf));
        if (entry.index % kEntriesBetween == 0) progress(entry.index);
        if (!entry.bytes.empty()) {
            const ledger::Event event = LICET_TRY(ledger::event_of(entry.bytes));
            if (choice.takes(event)) {
                summary.add(event);
                return out.add({entry.index, entry.place, event, entry.bytes, entry.blind,
                                entry.sealed_digest});
            }
        }
        count_left_out(entry, kind, choice, left_out);
        return Done{};
    };
    LICET_TRY(store::walk_log(files, walk));
    LICET_TRY(out.finish());
    return left_out;
}

}  // namespace licet

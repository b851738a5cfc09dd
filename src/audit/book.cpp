// SPDX-License-Identifier: Apache-2.0
#include "audit/book.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/digest.h"
#include "base/text.h"
#include "base/utc.h"

namespace licet::audit {
namespace {

using ledger::Event;
using ledger::EventKind;
using std::string_view;

constexpr std::array<string_view, 4> kProcessorSteps = {"added", "changed", "reviewed", "removed"};
constexpr std::array<string_view, 6> kBreachSteps = {"found",    "assessed", "reported",
                                                     "notified", "told",     "closed"};
constexpr std::array<string_view, 4> kComplaintSteps = {"received", "answered", "reopened",
                                                        "closed"};
constexpr std::array<string_view, 2> kSiteSteps = {"visited", "removed"};
constexpr std::array<string_view, 4> kSights = {"well", "fault", "unclear", "unseen"};
constexpr std::array<string_view, 9> kSiteChecks = {
    "before_choice", "banner_balance", "after_refusal", "withdraw_link", "policy_link",
    "legal_notice",  "form_notice",    "preticked",     "form_target"};
constexpr std::array<string_view, 2> kYesNo = {"yes", "no"};
constexpr std::array<string_view, 5> kOrigins = {"customer", "employee", "partner", "competitor",
                                                 "authority"};
constexpr std::array<string_view, 8> kSubjects = {"objection", "source", "frequency", "content",
                                                  "tracker",   "rights", "security",  "other"};
constexpr std::array<string_view, 6> kWhat = {"lost",      "stolen",    "sent_wrong",
                                              "published", "encrypted", "other"};
constexpr std::array<string_view, 3> kRisks = {"none", "some", "high"};
constexpr std::array<string_view, 2> kRoles = {"processor", "controller"};
constexpr std::array<string_view, 2> kVendorKinds = {"business", "public_body"};
constexpr std::array<string_view, 4> kFramework = {"none", "inactive", "active", "active_hr"};
constexpr std::array<string_view, 8> kTools = {"none",   "scc_m1", "scc_m2",     "scc_m3",
                                               "scc_m4", "bcr",    "derogation", "privacy_shield"};
constexpr std::array<string_view, 3> kSubprocessors = {"known", "none", "unknown"};

struct Values {
    EventKind kind;
    string_view attribute;
    std::span<const string_view> values;
};
const std::array kValues = {
    Values{EventKind::kProcessor, "contract", kYesNo},
    Values{EventKind::kProcessor, "tia", kYesNo},
    Values{EventKind::kProcessor, "under_gdpr", kYesNo},
    Values{EventKind::kProcessor, "role", kRoles},
    Values{EventKind::kProcessor, "kind", kVendorKinds},
    Values{EventKind::kProcessor, "dpf", kFramework},
    Values{EventKind::kProcessor, "tool", kTools},
    Values{EventKind::kProcessor, "subprocessors", kSubprocessors},
    Values{EventKind::kBreach, "what", kWhat},
    Values{EventKind::kBreach, "risk", kRisks},
    Values{EventKind::kComplaint, "origin", kOrigins},
    Values{EventKind::kComplaint, "about", kSubjects},
    Values{EventKind::kComplaint, "founded", kYesNo},
};

bool has(std::span<const string_view> all, string_view one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

bool is_digest(string_view text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

bool is_country(string_view text) {
    return text.size() == 2 && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == text.npos;
}

// Of a site of ours: a name of the DNS as it is sent (RFC 1123), or an address.
bool is_host(string_view text) {
    constexpr std::size_t kMost = 253;
    return !text.empty() && text.size() <= kMost &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-_:[]") == text.npos;
}

Result<Done> check(EventKind kind, const std::string& name, const std::string& value) {
    const auto values = values_of(kind, name);
    if (!values.empty()) {
        if (has(values, value)) return Done{};
        const std::vector<std::string> known(values.begin(), values.end());
        return error(ErrorCode::kInput, "entry.value",
                     {{"name", name}, {"known", join(known, ", ")}});
    }
    const bool is_well = name == "country" || name == "parent" ? is_country(value)
                         : name == "evidence" || name == "note" || name == "picture"
                             ? is_digest(value)
                         : name == "people" || name == "others" ? whole_number(value).has_value()
                         : name == "client"                     ? is_small_name(value)
                                                                : is_short_text(value);
    if (is_well) return Done{};
    return error(ErrorCode::kInput,
                 name == "country" || name == "parent"  ? "entry.country_form"
                 : name == "people" || name == "others" ? "entry.number_form"
                 : name == "client"                     ? "entry.id_form"
                                                        : "entry.text_form",
                 {{"name", name}});
}

// Within a second the order is that of the steps: nothing is answered before it is received.
std::ptrdiff_t place_of_step(const Event& event) {
    const auto steps = steps_of(event.kind);
    return std::find(steps.begin(), steps.end(), attribute(event, "step")) - steps.begin();
}

void fold(BookEntry& entry, const Event& event) {
    entry.id = std::string(attribute(event, "id"));
    if (entry.steps.empty()) entry.entered_on = utc_day(event.received_at);
    for (const auto& [name, value] : event.attributes)
        if (name != "id" && name != "step") entry.attributes[name] = value;
    entry.steps.push_back({std::string(attribute(event, "step")), event.happened_on});
}

}  // namespace

bool is_short_text(string_view text) {
    constexpr std::size_t kMost = 120;
    constexpr std::ptrdiff_t kMostDigits = 6;
    return text.size() <= kMost && text.find('@') == text.npos &&
           text.find_first_of("\n\r\t") == text.npos &&
           std::count_if(text.begin(), text.end(), is_ascii_digit) <= kMostDigits;
}

std::string BookEntry::text(string_view name) const {
    const auto found = attributes.find(name);
    return found == attributes.end() ? std::string() : found->second;
}

std::optional<Date> BookEntry::last(string_view step) const {
    std::optional<Date> out;
    for (const BookStep& one : steps)
        if (one.name == step) out = std::max(out.value_or(one.on), one.on);
    return out;
}

std::optional<Date> BookEntry::first(string_view step) const {
    std::optional<Date> out;
    for (const BookStep& one : steps)
        if (one.name == step) out = std::min(out.value_or(one.on), one.on);
    return out;
}

Book book_of(std::span<const Event> events) {
    std::vector<const Event*> sorted;
    for (const Event& one : events)
        if (one.kind == EventKind::kProcessor || one.kind == EventKind::kBreach ||
            one.kind == EventKind::kComplaint || one.kind == EventKind::kSiteVisit)
            sorted.push_back(&one);
    std::sort(sorted.begin(), sorted.end(), [](const Event* a, const Event* b) {
        const auto step_a = place_of_step(*a);
        const auto step_b = place_of_step(*b);
        return std::tie(a->received_at, step_a, a->key) < std::tie(b->received_at, step_b, b->key);
    });
    Book book;
    for (const Event* one : sorted) {
        auto& entries = one->kind == EventKind::kProcessor   ? book.processors
                        : one->kind == EventKind::kBreach    ? book.breaches
                        : one->kind == EventKind::kComplaint ? book.complaints
                                                             : book.sites;
        fold(entries[std::string(attribute(*one, "id"))], *one);
    }
    for (auto* entries : {&book.processors, &book.sites})
        std::erase_if(*entries,
                      [](const auto& one) { return one.second.steps.back().name == "removed"; });
    return book;
}

std::span<const string_view> values_of(EventKind kind, string_view attribute) {
    if (kind == EventKind::kSiteVisit && has(kSiteChecks, attribute)) return kSights;
    for (const Values& one : kValues)
        if (one.kind == kind && one.attribute == attribute) return one.values;
    return {};
}

std::span<const string_view> steps_of(EventKind kind) {
    if (kind == EventKind::kProcessor) return kProcessorSteps;
    if (kind == EventKind::kBreach) return kBreachSteps;
    if (kind == EventKind::kSiteVisit) return kSiteSteps;
    return kComplaintSteps;
}

Result<Event> book_event(EventKind kind, string_view id, string_view step,
                         const std::map<std::string, std::string>& attributes, const Said& said) {
    const bool is_site = kind == EventKind::kSiteVisit;
    if (!(is_site ? is_host(id) : is_small_name(id)))
        return error(ErrorCode::kInput, is_site ? "entry.host_form" : "entry.id_form");
    LICET_ENSURE(has(steps_of(kind), step));
    Event event;
    event.kind = kind;
    event.happened_on = said.on;
    event.received_at = said.at;
    event.surface = "register";
    event.attributes = {{"id", std::string(id)}, {"step", std::string(step)}};
    for (const auto& [name, value] : attributes) {
        if (value.empty()) continue;
        LICET_TRY(check(kind, name, value));
        event.attributes[name] = value;
    }
    constexpr std::size_t kBytes = 16;
    const Digest digest = sha256(bytes_of(event));
    event.key = std::string(name_of(kind)) + "-" + hex_of(std::span(digest).first(kBytes));
    return event;
}

}  // namespace licet::audit

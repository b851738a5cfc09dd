// SPDX-License-Identifier: Apache-2.0
#include "main/recorder.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "base/text.h"
#include "ledger/double_opt_in.h"
#include "main/people.h"
#include "main/whole_domain.h"
#include "main/zones.h"

namespace licet {
namespace {

constexpr std::size_t kBatch = 50'000;

// The ledger is kept for ever: what looks like an address or a number does not get into its texts.
Result<Done> check_free_text(const std::string& name, const std::string& text) {
    constexpr std::ptrdiff_t kMostDigits = 6;
    if (!looks_personal(text, kMostDigits)) return Done{};
    return error(ErrorCode::kInput, "record.personal_text", {{"name", name}});
}

bool is_lower_hex(std::string_view text) {
    return text.find_first_not_of("0123456789abcdef") == text.npos;
}
bool is_digest(std::string_view text) { return text.size() == 64 && is_lower_hex(text); }
bool is_short_id(std::string_view text) { return text.size() == 16 && is_lower_hex(text); }
bool is_utc_moment(std::string_view text) {
    // 2026-03-02T10:00:05Z, and nothing else: it is compared as text.
    return text.size() == 20 && text[10] == 'T' && text.back() == 'Z' && text[16] == ':' &&
           text.substr(17, 2) < "60" && is_ascii_digit(text[17]) && is_ascii_digit(text[18]) &&
           parse_moment(text);
}
bool is_days(std::string_view text) {
    const auto days = whole_number(text);
    return days && *days >= 1 && *days <= 366;
}
bool is_step(std::string_view text) { return ledger::opt_in_step_of(text).has_value(); }

// The attributes of a choice that are no facts (docs/ledger-format.md, section 3).
using Check = bool (*)(std::string_view);
Check check_of_choice(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, Check>, 7> kChecks = {
        {{"notice", is_digest},
         {"language", is_language_code},
         {"choice", is_short_id},
         {"request", is_short_id},
         {"step", is_step},
         {"at", is_utc_moment},
         {"days", is_days}}};
    for (const auto& [known, check] : kChecks)
        if (known == name) return check;
    return nullptr;
}

// A value that is no value of its fact must not enter a ledger that is kept for ever.
Result<Done> check_attribute(const law::Vocabulary& words, ledger::EventKind kind,
                             const std::string& name, const std::string& value) {
    // Only a pause has a last day: what somebody objected to stays refused.
    if (name == "until" && kind == ledger::EventKind::kPaused) {
        if (parse_date(value)) return Done{};
        return error(ErrorCode::kInput, "record.bad_until");
    }
    constexpr std::array kOwn = {"act",   "outcome",    "object", "reason",
                                 "brand", "controller", "why",    "form"};
    if (std::find(kOwn.begin(), kOwn.end(), name) != kOwn.end())
        return check_free_text(name, value);
    if (const Check check = check_of_choice(name)) {
        if (check(value)) return Done{};
        return error(ErrorCode::kInput, "record.bad_" + name, {{"text", value}});
    }
    law::Facts unused;
    return law::set_fact(unused, words, name, value);
}

// What only the ledger itself, or an import that is undone, says is not said by anybody.
bool is_said_by_hand(ledger::EventKind kind) {
    return !ledger::is_of_ledger(kind) && kind != ledger::EventKind::kImportUndone;
}

Result<Done> check_word(const law::Vocabulary& words, const char* fact, const std::string& value) {
    law::Facts unused;
    if (value.empty()) return Done{};
    return law::set_fact(unused, words, fact, value);
}

// A purpose that the law knows, and perhaps a topic of our own below it.
Result<Done> check_purpose(const law::Vocabulary& words, const std::string& purpose) {
    if (purpose.empty()) return Done{};
    if (!ledger::is_purpose_path(purpose)) return error(ErrorCode::kInput, "record.purpose_form");
    return check_word(words, "purpose", std::string(ledger::root_of(purpose)));
}

// The day of a choice, on the clock of this machine like that of a text: a moment is in UTC, and
// late in the evening that is another day.
Date day_of_choice(const ledger::Event& event) {
    const auto at = parse_moment(attribute(event, "at"));
    return at ? std::min(day_at(utc_minutes(*at) * 60), event.happened_on + std::chrono::days{1})
              : event.happened_on;
}

}  // namespace

Result<Said> said_by(const law::Vocabulary& words, const RecordOptions& options) {
    Said said;
    const auto kind = ledger::event_kind_of(options.kind);
    if (!kind || !is_said_by_hand(*kind)) {
        std::vector<std::string> names;
        for (const ledger::EventKind known : ledger::all_event_kinds())
            if (is_said_by_hand(known)) names.emplace_back(ledger::name_of(known));
        return error(ErrorCode::kInput, "record.unknown_kind",
                     {{"kind", options.kind}, {"known", join(names, ", ")}});
    }
    if (options.email.empty() && options.phone.empty() && options.address.empty())
        return error(ErrorCode::kInput, "record.nobody");
    LICET_TRY(check_whole_domain(options.address));
    said.event.kind = *kind;
    said.event.happened_on = now().day;
    if (!options.on.empty()) {
        auto day = parse_date(options.on);
        if (!day) return error(ErrorCode::kInput, "record.bad_day", {{"text", options.on}});
        said.event.happened_on = *day;
        if (*day > now().day)
            return error(ErrorCode::kInput, "record.future", {{"text", options.on}});
    }
    LICET_TRY(check_word(words, "channel", options.channel));
    LICET_TRY(check_purpose(words, options.purpose));
    LICET_TRY(check_free_text("surface", options.surface));
    said.event.channel = options.channel;
    said.event.purpose = options.purpose;
    said.event.surface = options.surface;
    said.event.key = options.key;
    said.event.received_at = now_seconds();
    for (const std::string& text : options.attributes) {
        const std::size_t equals = text.find('=');
        if (equals == text.npos)
            return error(ErrorCode::kInput, "record.attribute_form", {{"text", text}});
        const std::string name = text.substr(0, equals);
        const std::string value = text.substr(equals + 1);
        LICET_TRY(check_attribute(words, *kind, name, value));
        said.event.attributes.emplace(name, value);
    }
    if (*kind == ledger::EventKind::kDoubleOptIn &&
        (!said.event.attributes.contains("request") || !said.event.attributes.contains("step")))
        return error(ErrorCode::kInput, "record.step_lacks");
    said.email = options.email;
    said.phone = options.phone;
    said.country = options.country;
    said.address = options.address;
    return said;
}

Result<Recorder> Recorder::open(const Common& common) {
    Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    ledger::Tokeniser tokeniser = LICET_TRY(ledger::Tokeniser::create(workspace.key));
    auto store = LICET_TRY(open_ledger(workspace, false));
    return Recorder(std::move(workspace), std::move(tokeniser), std::move(store));
}

// A choice is about a text that was shown: only one that was published here can be proved later,
// and none that came after it.
Result<Done> Recorder::bind_notice(ledger::Event& event) {
    const std::string wanted(attribute(event, "notice"));
    if (wanted.empty()) return Done{};
    if (!notices_) notices_ = LICET_TRY(notices_of(*store_));
    for (const Notice& notice : *notices_) {
        if (notice.sha256 != wanted) continue;
        std::ignore = LICET_TRY(text_of_notice(workspace_, notice));
        // A refusal is kept whatever is wrong with its text; the evidence says what is.
        const bool gives = event.kind == ledger::EventKind::kConsentGiven ||
                           event.kind == ledger::EventKind::kDoubleOptIn;
        const Date day = day_of_choice(event);
        if (gives && day < notice.published_on)
            return error(ErrorCode::kInput, "notice.later",
                         {{"day", text_of(day)}, {"since", text_of(notice.published_on)}});
        event.attributes.emplace("language", notice.language);
        return Done{};
    }
    return error(ErrorCode::kInput, "notice.unknown", {{"sha256", wanted}});
}

Result<Done> Recorder::add(const Said& said) {
    ledger::Event event = said.event;
    LICET_TRY(bind_notice(event));
    const std::string& country = said.country.empty() ? workspace_.country : said.country;
    if (!said.email.empty()) {
        const auto point = LICET_TRY(ledger::contact_point_of_email(said.email));
        spread(event, point);
    }
    if (!said.phone.empty()) {
        const auto point = LICET_TRY(ledger::contact_point_of_phone(said.phone, country));
        spread(event, point);
    }
    if (!said.address.empty()) {
        const auto point = LICET_TRY(ledger::contact_point_of(said.address, country));
        spread(event, point);
    }
    ++said_;
    return flush_if_full();
}

Result<Done> Recorder::add(ledger::Event event, const ledger::ContactPoint& point) {
    spread(std::move(event), point);
    return flush_if_full();
}

Result<Done> Recorder::flush_if_full() { return batch_.size() < kBatch ? Done{} : flush(); }

Result<Done> Recorder::flush() {
    if (batch_.empty()) return Done{};
    const ledger::Appended done = LICET_TRY(store_->append(batch_));
    added_ += done.added;
    already_there_ += done.already_there;
    batch_.clear();
    return Done{};
}

std::string Recorder::name_of(const std::string& text) {
    constexpr std::size_t kNameBytes = 8;
    const ledger::Token token =
        tokeniser_.token({ledger::Normaliser::kEmailLoose1, "licet/name/1 " + text});
    return hex_of(std::span(token.bytes).first(kNameBytes));
}

void Recorder::spread(ledger::Event event, const ledger::ContactPoint& point) {
    const ledger::ContactTokens tokens = tokeniser_.tokens(point);
    event.person = tokens.strict;
    // A key may hold an address, as keys of other programs do: it is kept as a token too.
    if (event.key.empty())
        event.key = ledger::content_key(event);
    else
        event.key =
            "given-" +
            hex_of(tokeniser_.token({ledger::Normaliser::kEmailLoose1, "licet/key/1 " + event.key})
                       .bytes);
    for (ledger::Event& one : ledger::spread(event, tokens)) batch_.push_back(std::move(one));
}

void print_recorded(const Terminal& terminal, const Recorder& recorder) {
    if (terminal.wants_json()) {
        terminal.print(json::serialize(json::object{{"events", recorder.said()},
                                                    {"is_new", recorder.has_added()},
                                                    {"already_there", recorder.already_there()}}));
        return;
    }
    if (recorder.said() == 0) return;
    const bool is_partly_known = recorder.has_added() && recorder.already_there() > 0;
    terminal.print(terminal.text()(is_partly_known        ? "record.partly_known"
                                   : recorder.has_added() ? "record.done"
                                                          : "record.known",
                                   {{"events", std::to_string(recorder.said())}}));
}

}  // namespace licet

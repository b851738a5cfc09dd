// SPDX-License-Identifier: Apache-2.0
#include "web/check.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "gate/campaign_id.h"
#include "gate/facts_json.h"
#include "gate/verdict_json.h"
#include "law/question.h"
#include "web/internal/question_frames.h"

namespace licet::web {
namespace {

constexpr std::size_t kMostKnown = 4096;
/// Names of what identifies somebody, or is about the request: not part of what decides.
constexpr std::array<std::string_view, 5> kNotDecisive = {"email", "phone", "id", "record",
                                                          "campaign"};
constexpr std::array<std::string_view, 13> kNames = {
    "question", "facts", "background",     "email",    "phone", "company", "job_title",
    "topic",    "brand", "product_family", "campaign", "id",    "record"};

Result<std::string> text_in(const json::object& asked, std::string_view name) {
    const json::value* found = asked.if_contains(name);
    if (found == nullptr || found->is_null()) return std::string();
    if (!found->is_string())
        return error(ErrorCode::kInput, "web.text_wanted", {{"name", std::string(name)}});
    return std::string(found->get_string());
}

Result<Done> check_names(const json::object& asked) {
    for (const auto& [name, value] : asked) {
        const std::string_view known(name);
        if (std::find(kNames.begin(), kNames.end(), known) == kNames.end())
            return error(ErrorCode::kInput, "web.unknown_name", {{"name", std::string(known)}});
    }
    return Done{};
}

// With its length, so that two parts are never one other.
void append(std::string& key, std::string_view part) {
    const auto size = static_cast<std::uint32_t>(part.size());
    key.append(reinterpret_cast<const char*>(&size), sizeof size);
    key.append(part);
}

// What was said, for the same process to find again; facts are mostly words.
void append_said(std::string& key, const json::value& value) {
    const json::object* facts = value.if_object();
    if (facts == nullptr) {
        append(key, json::serialize(value));
        return;
    }
    key += '{';
    for (const auto& [name, fact] : *facts) {
        append(key, name);
        if (const json::string* word = fact.if_string()) {
            key += 's';
            append(key, *word);
        } else {
            key += 'v';
            append(key, json::serialize(fact));
        }
    }
    key += '}';
}

// Of the key of an answer, what does not depend on whom is asked about.
std::string said_in(const json::object& asked, const Moment& now, Language language) {
    std::string key;
    key += language == Language::kFrench ? 'f' : 'e';
    append(key, text_of(now.day));
    for (const auto& [name, value] : asked) {
        const std::string_view known(name);
        if (std::find(kNotDecisive.begin(), kNotDecisive.end(), known) != kNotDecisive.end())
            continue;
        append(key, known);
        append_said(key, value);
    }
    return key;
}

}  // namespace

struct Checker::Known {
    struct Answer {
        std::string json;
        ledger::Event event;  ///< without a person
    };
    std::unordered_map<std::string, Answer> answers;
    internal::QuestionFrames frames;
    Moment minute;
};

Checker::Checker(std::shared_ptr<const law::Law> law, const gate::Reference& reference,
                 gate::ZoneOffset zone_offset, ledger::Tokeniser tokeniser,
                 ledger::ForeignNames foreign, std::string country)
    : law_(std::move(law)),
      zone_offset_(std::move(zone_offset)),
      tokeniser_(std::move(tokeniser)),
      foreign_(std::move(foreign)),
      known_(std::make_unique<Known>()) {
    campaign_.country = std::move(country);
    contact_facts_ = std::make_unique<gate::ContactFacts>(*law_, campaign_, reference);
}

Checker::~Checker() = default;
Checker::Checker(Checker&&) noexcept = default;

Result<Done> Checker::add_contact(const json::object& asked, Question& question) const {
    const std::string email = LICET_TRY(text_in(asked, "email"));
    const std::string phone = LICET_TRY(text_in(asked, "phone"));
    question.contact.company_number = LICET_TRY(text_in(asked, "company"));
    question.contact.job_title = LICET_TRY(text_in(asked, "job_title"));
    if (!email.empty()) LICET_TRY(add_point("email", email, question));
    if (!phone.empty()) LICET_TRY(add_point("phone", phone, question));
    if (question.contact.company_number.empty()) return Done{};
    // Whoever is meant there, an objection of the company is theirs.
    question.names_somebody = true;
    LICET_TRY(ledger::contact_point_of_company(question.contact.company_number));
    return Done{};
}

Result<Done> Checker::add_point(std::string_view name, const std::string& text,
                                Question& question) const {
    question.names_somebody = true;
    if (name == "email")
        question.contact.email = LICET_TRY(ledger::contact_point_of_email(text));
    else
        question.contact.phone = LICET_TRY(ledger::contact_point_of_phone(text, campaign_.country));
    return Done{};
}

// Who is asked about: what the ledger and an answer that is known already need.
Result<Question> Checker::question_of(const json::object& asked) const {
    LICET_TRY(check_names(asked));
    Question out;
    if (const json::value* record = asked.if_contains("record")) {
        if (!record->is_bool())
            return error(ErrorCode::kInput, "web.yes_or_no_wanted", {{"name", "record"}});
        out.wants_record = record->get_bool();
    }
    const std::string campaign = LICET_TRY(text_in(asked, "campaign"));
    out.campaign = gate::campaign_id(campaign);
    if (out.campaign.empty() && !campaign.empty())
        return error(ErrorCode::kInput, "web.campaign_name");
    LICET_TRY(add_contact(asked, out));
    return out;
}

// All the rest: what a verdict needs.
Result<Done> Checker::complete(const json::object& asked, const Moment& now, Question& out) const {
    const std::string name = LICET_TRY(text_in(asked, "question"));
    if (!name.empty()) out.request.question = name;
    if (law_->table(out.request.question) == nullptr) {
        std::vector<std::string> known;
        for (const law::QuestionTable& table : law_->tables()) known.push_back(table.question);
        return error(ErrorCode::kInput, "web.unknown_question", {{"known", join(known, ", ")}});
    }
    out.request.aim.topic = LICET_TRY(text_in(asked, "topic"));
    out.request.aim.brand = LICET_TRY(text_in(asked, "brand"));
    out.request.aim.product_family = LICET_TRY(text_in(asked, "product_family"));
    law::Facts& facts = out.request.facts;
    if (out.names_somebody) {
        const auto place = contact_facts_->place_of(out.contact);
        LICET_TRY(law::set_fact(facts, law_->vocabulary(), "country", place.country));
        if (!place.region.empty())
            LICET_TRY(law::set_fact(facts, law_->vocabulary(), "region", place.region,
                                    law::Supplier::kDerived));
        contact_facts_->add(out.contact, facts);
    }
    // What is said goes before what an address looks like.
    if (const json::value* backgrounds = asked.if_contains("background"))
        LICET_TRY(gate::add_json_facts(*law_, {{"background", *backgrounds}}, facts));
    if (const json::value* given = asked.if_contains("facts")) {
        if (!given->is_object())
            return error(ErrorCode::kInput, "web.object_wanted", {{"name", "facts"}});
        LICET_TRY(gate::add_json_facts(*law_, given->get_object(), facts));
    }
    const law::FactId at = law_->vocabulary().find("at");
    if (facts.find(at) == nullptr) facts.set(at, now, law::Supplier::kDerived);
    return Done{};
}

// The day of the act: that of the facts, if they say one.
Result<Date> Checker::day_of(const json::object& asked, const Moment& now) const {
    const json::value* facts = asked.if_contains("facts");
    const json::value* at =
        facts == nullptr || !facts->is_object() ? nullptr : facts->get_object().if_contains("at");
    if (at == nullptr || !at->is_string()) return now.day;
    const Moment moment = LICET_TRY(parse_moment(std::string(at->get_string())));
    return moment.day;
}

std::vector<ledger::ContactTokens> Checker::tokens_of(const Question& question,
                                                      const Standings& standings) {
    const bool has_lists = standings.has_lists();
    const auto tokens = [&](const ledger::ContactPoint& point) {
        return has_lists ? ledger::tokens_of(tokeniser_, foreign_, point)
                         : tokeniser_.tokens(point);
    };
    std::vector<ledger::ContactTokens> points;
    for (const auto* point : {&question.contact.email, &question.contact.phone})
        if (*point) points.push_back(tokens(**point));
    if (question.contact.company_number.empty()) return points;
    const auto company = ledger::contact_point_of_company(question.contact.company_number);
    if (company) points.push_back(tokens(*company));
    return points;
}

// All that decides but the standing: what was said, and what the address shows of itself.
std::string Checker::key_of(std::string said, const Question& question) const {
    std::string key = std::move(said);
    const auto place = contact_facts_->place_of(question.contact);
    append(key, place.country);
    append(key, place.region);
    if (question.contact.email) append(key, contact_facts_->form_of(*question.contact.email));
    if (question.contact.phone) {
        const auto facts = ledger::facts_of_phone(question.contact.phone->strict.bytes);
        append(key, facts.country);
        append(key, facts.region);
        key += static_cast<char>('0' + static_cast<int>(facts.line));
    }
    return key;
}

Result<gate::Verdict> Checker::verdict_of(Question& question,
                                          const std::optional<ledger::Standing>& standing) {
    // The ledger was asked, and what it does not know is an answer too.
    static const ledger::Standing kNothing;
    if (question.names_somebody) question.request.standing = standing ? &*standing : &kNothing;
    return gate::check(*law_, zone_offset_, question.request);
}

// The record of a verdict, once for each name of the person.
std::vector<ledger::Event> Checker::events_of(const ledger::Event& verdict,
                                              const Question& question,
                                              const std::vector<ledger::ContactTokens>& points) {
    std::vector<ledger::Event> events;
    if (!question.wants_record || !question.names_somebody) return events;
    for (const ledger::ContactTokens& point : points) {
        events.push_back(verdict);
        events.back().person = point.strict;
        if (!question.campaign.empty())
            events.back().attributes.emplace("campaign", question.campaign);
    }
    return events;
}

void Checker::forget_older_than(const Moment& now) {
    if (known_->minute == now && known_->answers.size() <= kMostKnown) return;
    known_->answers.clear();
    known_->frames.clear();
    known_->minute = now;
}

Result<Checked> Checker::check(std::string_view asked, const Standings& standings,
                               const Moment& now, Language language) {
    forget_older_than(now);
    if (auto known = LICET_TRY(check_known(asked, standings, language))) return *std::move(known);
    // What is read lives as long as the question, in one piece of memory.
    auto storage = json::make_shared_resource<json::monotonic_resource>(asked.size() * 4);
    const json::value read = LICET_TRY(parse_json(asked, std::move(storage)));
    if (!read.is_object()) return error(ErrorCode::kInput, "check.json_object");
    auto checked = check(read.get_object(), standings, now, language);
    if (checked && known_->frames.is_worth_it())
        keep_frame(asked, read.get_object(), now, language);
    return checked;
}

// Nothing if the question, or the answer for such a person, is not known; or if somebody is known,
// about whom only the whole question can be answered.
Result<std::optional<Checked>> Checker::check_known(std::string_view asked,
                                                    const Standings& standings, Language language) {
    const auto [frame, whom] = known_->frames.find(asked, language);
    if (frame == nullptr) return std::optional<Checked>{};
    Question question = frame->question;
    LICET_TRY(add_point(frame->names, std::string(whom), question));
    const auto found = known_->answers.find(key_of(frame->said, question));
    if (found == known_->answers.end()) return std::optional<Checked>{};
    const auto points = tokens_of(question, standings);
    if (LICET_TRY(standings.find(points, frame->day))) return std::optional<Checked>{};
    return std::optional<Checked>(
        {found->second.json, events_of(found->second.event, question, points)});
}

void Checker::keep_frame(std::string_view asked, const json::object& read, const Moment& now,
                         Language language) {
    if (known_->frames.find(asked, language).frame != nullptr) return;
    auto frame = internal::QuestionFrames::cut(asked, read);
    auto question = question_of(read);
    const auto day = day_of(read, now);
    if (!frame || !question || !day) return;
    question->contact.email.reset();
    question->contact.phone.reset();
    frame->question = *std::move(question);
    frame->said = said_in(read, now, language);
    frame->language = language;
    frame->day = *day;
    known_->frames.add(*std::move(frame));
}

Result<Checked> Checker::check(const json::object& asked, const Standings& standings,
                               const Moment& now, Language language) {
    forget_older_than(now);
    Question question = LICET_TRY(question_of(asked));
    const Date day = LICET_TRY(day_of(asked, now));
    const auto points = tokens_of(question, standings);
    std::optional<ledger::Standing> standing;
    if (question.names_somebody) standing = LICET_TRY(standings.find(points, day));
    Checked out;
    if (standing) {
        LICET_TRY(complete(asked, now, question));
        const gate::Verdict verdict = LICET_TRY(verdict_of(question, standing));
        out.json = json::serialize(gate::json_of(*law_, verdict, language));
        out.events = events_of(gate::verdict_event(verdict, {}, day), question, points);
        return out;
    }
    const std::string key = key_of(said_in(asked, now, language), question);
    auto found = known_->answers.find(key);
    if (found == known_->answers.end()) {
        LICET_TRY(complete(asked, now, question));
        const gate::Verdict verdict = LICET_TRY(verdict_of(question, standing));
        Known::Answer answer{json::serialize(gate::json_of(*law_, verdict, language)),
                             gate::verdict_event(verdict, {}, day)};
        found = known_->answers.emplace(key, std::move(answer)).first;
    }
    out.json = found->second.json;
    out.events = events_of(found->second.event, question, points);
    return out;
}

Result<json::object> Checker::explain(const json::object& asked, const Standings& standings,
                                      const Moment& now, Language language) {
    Question question = LICET_TRY(question_of(asked));
    LICET_TRY(complete(asked, now, question));
    const Date day = LICET_TRY(day_of(asked, now));
    std::optional<ledger::Standing> standing;
    if (question.names_somebody)
        standing = LICET_TRY(standings.find(tokens_of(question, standings), day));
    const gate::Verdict verdict = LICET_TRY(verdict_of(question, standing));
    json::object out = gate::json_of(*law_, verdict, language);
    json::array enough;
    for (const law::FactId id : law::sufficient_reason(*law_, verdict.question, verdict.facts))
        enough.emplace_back(law_->vocabulary().fact(id).name);
    out["sufficient"] = std::move(enough);
    const auto next = law::next_fact(*law_, verdict.question, verdict.facts);
    out["next"] = next ? json::value(law_->vocabulary().fact(*next).name) : json::value(nullptr);
    return out;
}

}  // namespace licet::web

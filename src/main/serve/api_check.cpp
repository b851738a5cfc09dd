// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "main/serve/api.h"
#include "main/zones.h"

namespace licet {
namespace {

using http::Answer;
using http::Method;
using web::ApiRoute;
using web::Call;
using web::Permission;

constexpr std::size_t kMostBatchBytes = std::size_t{64} << 20;
constexpr std::size_t kPieceBytes = 64 * 1024;

// A checker for the time of a request.
class Lent {
  public:
    static Result<Lent> of(ServerOffice& office, std::string_view tenant) {
        auto desk = LICET_TRY(office.desk(tenant));
        auto lent = LICET_TRY(office.checker(*desk));
        return Lent(office, std::move(desk), std::move(lent));
    }
    Lent(Lent&&) = default;
    ~Lent() {
        if (lent_.checker) office_->give_back(*desk_, std::move(lent_));
    }
    [[nodiscard]] web::Checker& checker() { return *lent_.checker; }
    [[nodiscard]] TenantDesk& desk() { return *desk_; }

  private:
    Lent(ServerOffice& office, std::shared_ptr<TenantDesk> desk, ServerOffice::LentChecker lent)
        : office_(&office), desk_(std::move(desk)), lent_(std::move(lent)) {}
    ServerOffice* office_;
    std::shared_ptr<TenantDesk> desk_;
    ServerOffice::LentChecker lent_;
};

std::vector<ledger::Event> stamped(std::vector<ledger::Event> events) {
    for (ledger::Event& event : events) {
        event.received_at = now_seconds();
        event.key =
            "verdict-" + std::to_string(event.received_at) + "-" + ledger::content_key(event);
    }
    return events;
}

Answer answer_of(std::string json) {
    Answer out;
    out.body = std::move(json);
    return out;
}

Result<Answer> check(ServerOffice& office, Call& call) {
    LICET_TRY(web::check_is_json(call.request));
    Lent lent = LICET_TRY(Lent::of(office, call.tenant));
    web::Checked checked =
        LICET_TRY(lent.checker().check(call.request.body, lent.desk(), now(), call.language));
    if (checked.events.empty()) return answer_of(std::move(checked.json));
    // Recorded first: an answer that nobody can prove is not given. That waits for the disk.
    Answer out;
    auto desk = LICET_TRY(office.desk(call.tenant));
    out.later = [desk = std::move(desk), checked = std::move(checked), &say = call.say]() mutable {
        const auto done = desk->append(stamped(std::move(checked.events)));
        return done ? answer_of(std::move(checked.json)) : http::problem(done.error(), say);
    };
    return out;
}

Result<Answer> explain(ServerOffice& office, Call& call) {
    const json::object asked = LICET_TRY(web::object_of(call.request));
    Lent lent = LICET_TRY(Lent::of(office, call.tenant));
    return web::json_answer(
        LICET_TRY(lent.checker().explain(asked, lent.desk(), now(), call.language)));
}

// ---- many questions, one a line -----------------------------------------------------------------
class Lines final : public http::Feed {
  public:
    Lines(ServerOffice& office, std::string tenant, Language language, std::string body)
        : office_(office),
          tenant_(std::move(tenant)),
          language_(language),
          body_(std::move(body)) {}

    Result<std::optional<std::string>> next() override {
        if (at_ >= body_.size()) return std::optional<std::string>{};
        Lent lent = LICET_TRY(Lent::of(office_, tenant_));
        std::string out;
        std::vector<ledger::Event> events;
        while (at_ < body_.size() && out.size() < kPieceBytes) {
            const std::size_t end = std::min(body_.find('\n', at_), body_.size());
            const std::string_view line = trimmed(std::string_view(body_).substr(at_, end - at_));
            at_ = end + 1;
            ++number_;
            if (!line.empty()) out += answer(line, lent, events) + "\n";
        }
        if (!events.empty())
            std::ignore = LICET_TRY(lent.desk().append(stamped(std::move(events))));
        return std::optional<std::string>(std::move(out));
    }

  private:
    std::string answer(std::string_view line, Lent& lent, std::vector<ledger::Event>& events) {
        json::value id;
        auto checked = check(line, lent, id);
        if (checked) {
            events.insert(events.end(), std::make_move_iterator(checked->events.begin()),
                          std::make_move_iterator(checked->events.end()));
            if (id.is_null()) return std::move(checked->json);
            return "{\"id\":" + json::serialize(id) + "," + checked->json.substr(1);
        }
        // A line without an answer still has its place: nobody may be contacted.
        json::object refused{{"line", number_},
                             {"verdict", "error"},
                             {"error", office_.voices().in(language_)(checked.error().message)},
                             {"code", checked.error().message.id}};
        if (!id.is_null()) refused["id"] = id;
        return json::serialize(refused);
    }

    Result<web::Checked> check(std::string_view line, Lent& lent, json::value& id) const {
        const json::value parsed = LICET_TRY(parse_json(line));
        if (!parsed.is_object()) return error(ErrorCode::kInput, "check.json_object");
        if (const json::value* given = parsed.get_object().if_contains("id")) id = *given;
        return lent.checker().check(parsed.get_object(), lent.desk(), now(), language_);
    }

    ServerOffice& office_;
    std::string tenant_;
    Language language_;
    std::string body_;
    std::size_t at_ = 0;
    std::int64_t number_ = 0;
};

Result<Answer> checks(ServerOffice& office, const Call& call) {
    Answer out;
    out.type = "application/x-ndjson";
    out.feed =
        std::make_shared<Lines>(office, call.tenant, call.language, std::string(call.request.body));
    return out;
}

// ---- the words of the questions -----------------------------------------------------------------
std::string_view type_of(law::FactType type) {
    switch (type) {
        case law::FactType::kBool:
            return "yes_no";
        case law::FactType::kDate:
            return "date";
        case law::FactType::kMoment:
            return "moment";
        case law::FactType::kCount:
            return "number";
        case law::FactType::kTime:
            return "time";
        case law::FactType::kKey:
            return "country";
        case law::FactType::kEnum:
            return "word";
    }
    return "word";
}

json::object fact_json(const law::Fact& fact, Language language) {
    json::array words;
    for (const std::string& value : fact.values) {
        const auto found = fact.value_words.find(value);
        words.push_back(json::object{
            {"id", value},
            {"label", found == fact.value_words.end() ? value : found->second.in(language)}});
    }
    return {{"name", fact.name},
            {"label", fact.words.in(language)},
            {"type", type_of(fact.type)},
            {"supplier", fact.supplier},
            {"words", std::move(words)}};
}

Result<Answer> vocabulary(const ServerOffice& office, const Call& call) {
    const auto law = office.law();
    const law::Vocabulary& words = law->vocabulary();
    json::array facts;
    for (const law::Fact& fact : words.facts()) facts.push_back(fact_json(fact, call.language));
    json::array questions;
    for (const law::QuestionTable& table : law->tables()) {
        const law::Question* question = words.question(table.question);
        json::array answers;
        for (const std::string& answer : question->answers) {
            const law::Words* said = words.answer_words(answer);
            answers.push_back(json::object{
                {"id", answer}, {"label", said == nullptr ? answer : said->in(call.language)}});
        }
        questions.push_back(json::object{{"id", table.question},
                                         {"label", question->asks.in(call.language)},
                                         {"answers", std::move(answers)}});
    }
    json::array duties;
    for (const law::Duty& duty : words.duties())
        duties.push_back(json::object{{"id", duty.id}, {"label", duty.words.in(call.language)}});
    json::array countries;
    for (const std::string& one : law->countries()) countries.emplace_back(one);
    return web::json_answer(json::object{{"facts", std::move(facts)},
                                         {"questions", std::move(questions)},
                                         {"duties", std::move(duties)},
                                         {"countries", std::move(countries)}});
}

}  // namespace

std::vector<ApiRoute> check_routes(ServerOffice& office) {
    const auto on = [&office](auto handle) -> web::ApiHandler {
        return [&office, handle](Call& call) { return handle(office, call); };
    };
    std::vector<ApiRoute> routes = {
        {Method::kPost, "/api/v1/check", Permission::kCheck, on(check), http::Run::kAtOnce},
        {Method::kPost, "/api/v1/explain", Permission::kCheck, on(explain)},
        {Method::kPost, "/api/v1/checks", Permission::kCheck, on(checks)},
        // Whoever may ask needs the words to ask with.
        {Method::kGet, "/api/v1/vocabulary", Permission::kCheck, on(vocabulary)},
    };
    routes[2].most_body_bytes = kMostBatchBytes;
    return routes;
}

}  // namespace licet

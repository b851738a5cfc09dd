// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iostream>

#include "base/text.h"
#include "main/command_audit.h"
#include "main/evidence_files.h"
#include "main/zones.h"

namespace licet {
namespace {

// An answer that brought a question here.
struct Because {
    std::string asked;
    std::vector<std::string> said;
};

std::vector<Because> reasons_of(const audit::Questionnaire& questionnaire,
                                const audit::Question& question, const audit::Profile& profile,
                                Language language) {
    std::vector<Because> out;
    for (const audit::Condition& condition : question.when) {
        const auto asked = std::find_if(
            questionnaire.questions.begin(), questionnaire.questions.end(),
            [&](const audit::Question& one) { return one.sets == condition.variable; });
        if (asked == questionnaire.questions.end()) continue;
        const auto said = profile.find(condition.variable);
        Because because{asked->words.in(language), {}};
        for (const std::string& one : condition.any_of) {
            const bool is_said =
                said == profile.end() ||
                std::find(said->second.begin(), said->second.end(), one) != said->second.end();
            const auto words = questionnaire.option_words.find(one);
            if (is_said)
                because.said.push_back(
                    words == questionnaire.option_words.end() ? one : words->second.in(language));
        }
        out.push_back(std::move(because));
    }
    return out;
}

// "Par quels canaux prospectez-vous ? courriel, SMS": the answers that brought the question here.
std::string why_asked(const audit::Questionnaire& questionnaire, const audit::Question& question,
                      const audit::Profile& profile, const Catalogue& say) {
    std::vector<std::string> out;
    for (const Because& one : reasons_of(questionnaire, question, profile, say.language()))
        out.push_back(one.asked + " " + join(one.said, ", "));
    return join(out, " ; ");
}

std::string hint_of(const audit::Question& question, const Catalogue& say) {
    return say("audit.hint_" + std::string(audit::name_of(question.type))) +
           (question.may_be_not_applicable ? " " + say("audit.hint_na") : std::string());
}

// Empty at the end of the input.
std::optional<std::string> line_of_input() {
    std::string line;
    if (!std::getline(std::cin, line)) return std::nullopt;
    return std::string(trimmed(line));
}

class Dialogue {
  public:
    Dialogue(const Terminal& terminal, AuditDesk& desk, const AuditOptions& options)
        : terminal_(terminal), say_(terminal.text()), desk_(desk), options_(options) {}

    Result<Done> run() {
        while (const audit::Judged* next = next_question()) {
            show(*next);
            const auto typed = line_of_input();
            if (!typed || *typed == "q") return Done{};
            if (typed->empty() || *typed == "-") {
                skipped_.push_back(next->question->id);
                continue;
            }
            const auto done = take(*next, *typed);
            if (done) continue;
            // Only what was typed wrongly can be typed again.
            if (done.error().code != ErrorCode::kInput) return done.error();
            terminal_.print_error(done.error());
        }
        return Done{};
    }

  private:
    const audit::Judged* next_question() {
        for (const audit::Judged& one : desk_.score().questions) {
            const std::string& id = one.question->id;
            const bool is_done = std::find(done_.begin(), done_.end(), id) != done_.end() ||
                                 std::find(skipped_.begin(), skipped_.end(), id) != skipped_.end();
            if (!is_done && (options_.asks_all || !one.is_answered)) return &one;
        }
        return nullptr;
    }

    void show(const audit::Judged& one) {
        const audit::Score& score = desk_.score();
        const auto& questions = score.questions;
        const auto number = &one - questions.data() + 1;
        terminal_.note("");
        terminal_.note(terminal_.colour(
            Colour::kDim,
            say_(
                "audit.card_head",
                {{"number", std::to_string(number)},
                 {"count", std::to_string(questions.size())},
                 {"theme",
                  desk_.questionnaire().theme(one.question->theme)->words.in(terminal_.language())},
                 {"minutes", std::to_string((score.seconds_left + 59) / 60)}})));
        print_card(terminal_, desk_.questionnaire(), *one.question,
                   desk_.sheet().profile(desk_.questionnaire()));
        if (one.measurement != nullptr)
            terminal_.note("   " + terminal_.colour(Colour::kBlue,
                                                    say_("audit.measured",
                                                         {{"what", say_(one.measurement->why)}})));
        if (one.answer != nullptr)
            terminal_.note(
                "   " + say_("audit.now",
                             {{"answer", audit::worded_value(desk_.questionnaire(), *one.question,
                                                             one.answer->value, say_)}}));
    }

    Result<Done> take(const audit::Judged& one, const std::string& typed) {
        AuditOptions said = options_;
        said.question = one.question->id;
        said.answer = typed;
        said.over = one.answer == nullptr ? "none" : one.answer->key;
        const std::string value =
            LICET_TRY(audit::typed_value(desk_.questionnaire(), *one.question, typed));
        if (value == audit::kNotApplicable) {
            said.reason = LICET_TRY(reason());
        } else if (one.question->is_scored() && value != audit::kUnknown) {
            terminal_.note("   " + terminal_.colour(Colour::kDim, say_("audit.ask_document")));
            const auto path = line_of_input();
            if (path) said.evidence = *path;
        }
        const std::string id = one.question->id;
        audit::Answer answer = LICET_TRY(answer_from(desk_, said));
        LICET_TRY(desk_.record(
            {audit::answer_event(desk_.sheet().audit, answer, {desk_.today(), now_seconds()})}));
        done_.push_back(id);
        return Done{};
    }

    Result<std::string> reason() {
        for (const auto& [key, words] : desk_.questionnaire().reasons)
            terminal_.note("   " + key + "  " + words.in(terminal_.language()));
        terminal_.note("   " + terminal_.colour(Colour::kDim, say_("audit.ask_reason")));
        const auto typed = line_of_input();
        return typed.value_or("");
    }

    const Terminal& terminal_;
    const Catalogue& say_;
    AuditDesk& desk_;
    const AuditOptions& options_;
    std::vector<std::string> done_;
    std::vector<std::string> skipped_;
};

std::vector<std::string> texts_in(const std::vector<audit::Words>& all, Language language) {
    std::vector<std::string> out;
    for (const audit::Words& one : all) out.push_back(one.in(language));
    return out;
}

}  // namespace

void print_card(const Terminal& terminal, const audit::Questionnaire& questionnaire,
                const audit::Question& question, const audit::Profile& profile) {
    const Catalogue& say = terminal.text();
    const auto dim = [&](const std::string& text) {
        terminal.note("   " + terminal.colour(Colour::kDim, text));
    };
    terminal.note(
        terminal.colour(Colour::kBold, question.words.in(terminal.language())) + "  " +
        terminal.colour(
            Colour::kDim,
            question.id + " \xc2\xb7 " +
                questionnaire.severity_words.at(question.severity).in(terminal.language())));
    for (std::size_t i = 0; i < question.options.size(); ++i)
        terminal.note("   " + std::to_string(i + 1) + "  " +
                      questionnaire.option_words.at(question.options[i]).in(terminal.language()));
    if (!question.when.empty())
        dim(say("audit.why", {{"why", why_asked(questionnaire, question, profile, say)}}));
    if (!question.law.empty()) dim(say("audit.law", {{"law", join(question.law, ", ")}}));
    if (!question.evidence.empty())
        dim(say("audit.evidence",
                {{"evidence", join(texts_in(question.evidence, terminal.language()), ", ")}}));
    dim(hint_of(question, say));
}

namespace {

json::array card_texts(const std::vector<std::string>& all) {
    json::array out;
    for (const std::string& one : all) out.emplace_back(one);
    return out;
}

json::array card_rules(const law::Law& law, const audit::Question& question, Date day,
                       Language language) {
    json::array out;
    for (const law::Rule* rule : audit::LawDay(law, day).in_force_of(question.rules))
        out.push_back(json::object{{"rule", rule->id},
                                   {"tell", rule->tell.in(language)},
                                   {"cites", card_texts(rule->cites)}});
    return out;
}

json::array card_options(const audit::Questionnaire& questionnaire, const audit::Question& question,
                         Language language) {
    json::array out;
    for (const std::string& one : question.options)
        out.push_back(
            json::object{{"id", one}, {"label", questionnaire.option_words.at(one).in(language)}});
    return out;
}

json::object card_answer(const AuditDesk& desk, const audit::Judged& one, const Catalogue& say) {
    const audit::Answer& answer = *one.answer;
    json::object out{
        {"value", answer.value},
        {"words", audit::worded_value(desk.questionnaire(), *one.question, answer.value, say)},
        {"proof", audit::name_of(answer.proof)},
        {"on", text_of(answer.on)},
        {"key", answer.key}};
    for (const auto& [name, value] : {std::pair{"by", &answer.by},
                                      {"reason", &answer.reason},
                                      {"evidence", &answer.evidence},
                                      {"version", &answer.version}})
        if (!value->empty()) out[name] = *value;
    return out;
}

}  // namespace

json::object card_json(const AuditDesk& desk, const audit::Judged& one, const Catalogue& say) {
    const audit::Questionnaire& questionnaire = desk.questionnaire();
    const audit::Question& question = *one.question;
    const Language language = say.language();
    const auto seconds = questionnaire.seconds.find(question.type);
    json::array why;
    const audit::Profile profile = desk.sheet().profile(questionnaire);
    for (const Because& because : reasons_of(questionnaire, question, profile, language))
        why.push_back(
            json::object{{"question", because.asked}, {"said", card_texts(because.said)}});
    json::object out{
        {"id", question.id},
        {"theme", question.theme},
        {"theme_words", questionnaire.theme(question.theme)->words.in(language)},
        {"question", question.words.in(language)},
        {"type", audit::name_of(question.type)},
        {"severity", audit::name_of(question.severity)},
        {"severity_words", questionnaire.severity_words.at(question.severity).in(language)},
        {"unit", question.unit},
        {"options", card_options(questionnaire, question, language)},
        {"why", std::move(why)},
        {"law", card_texts(question.law)},
        {"rules", card_rules(desk.law(), question, desk.law_day(), language)},
        {"evidence", card_texts(texts_in(question.evidence, language))},
        {"may_not_apply", question.may_be_not_applicable},
        {"scored", question.is_scored()},
        {"seconds", seconds == questionnaire.seconds.end() ? 0 : seconds->second},
        {"answered", one.is_answered},
        {"contradicted", one.is_contradicted},
        {"stale", one.is_stale}};
    if (one.answer != nullptr) out["answer"] = card_answer(desk, one, say);
    if (one.measurement != nullptr)
        out["measured"] = json::object{
            {"value", one.measurement->value},
            {"words", audit::worded_value(questionnaire, question, one.measurement->value, say)},
            {"shows_faults_only", one.measurement->is_ceiling},
            {"why", say(one.measurement->why)}};
    return out;
}

Result<Done> ask_audit(const Terminal& terminal, AuditDesk& desk, const AuditOptions& options) {
    return Dialogue(terminal, desk, options).run();
}

}  // namespace licet

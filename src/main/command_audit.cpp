// SPDX-License-Identifier: Apache-2.0
#include "main/command_audit.h"

#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "main/command_delegate.h"
#include "main/evidence_files.h"
#include "main/files.h"
#include "main/output_path.h"
#include "main/pdf.h"
#include "main/zones.h"

namespace licet {
namespace {

// What every command of an audit needs; nothing, and the faults are printed, if it is not there.
struct Ground {
    std::shared_ptr<const law::Law> law;
    std::optional<audit::Questionnaire> questionnaire;

    Ground(const Terminal& terminal, const Common& common, const AuditOptions& options)
        : law(load_law(terminal, common)),
          questionnaire(law ? load_questionnaire(terminal, options.questionnaire) : std::nullopt) {
        if (!questionnaire) return;
        const std::vector<Error> unknown = options.questionnaire.empty()
                                               ? std::vector<Error>{}
                                               : audit::unknown_rules(*questionnaire, *law);
        terminal.print_errors(unknown);
        if (!unknown.empty()) questionnaire.reset();
    }
    [[nodiscard]] bool is_there() const { return questionnaire.has_value(); }
};

Result<std::unique_ptr<AuditDesk>> open_desk(const Ground& ground, const Common& common,
                                             const AuditOptions& options, bool writes) {
    return AuditDesk::open(*ground.law, *ground.questionnaire, common,
                           {options.name, options.law_day, writes, true});
}

std::string bar(const Terminal& terminal, int points) {
    constexpr int kWidth = 20;
    std::string out;
    for (int i = 0; i < kWidth; ++i) out += i * 100 < points * kWidth ? "\u2588" : "\u2591";
    return terminal.colour(points >= 80   ? Colour::kGreen
                           : points >= 50 ? Colour::kYellow
                                          : Colour::kRed,
                           out);
}

void print_themes(const Terminal& terminal, const audit::Score& score) {
    for (const audit::ThemeScore& one : score.themes) {
        if (one.weight == 0) continue;
        const std::string points = std::to_string(one.points());
        terminal.print("  " + bar(terminal, one.points()) + " " +
                       std::string(3 - std::min<std::size_t>(points.size(), 3), ' ') + points +
                       "  " + one.theme->words.in(terminal.language()));
    }
}

void print_findings(const Terminal& terminal, const AuditDesk& desk) {
    const Catalogue& say = terminal.text();
    const Language language = terminal.language();
    const auto blocking = desk.score().blocking(desk.questionnaire());
    if (!blocking.empty()) terminal.print(terminal.colour(Colour::kRed, say("audit.blocking")));
    for (const audit::Judged* one : blocking)
        terminal.print("  \u25a0 " + one->question->id + "  " + one->question->words.in(language));
    for (const audit::Judged& one : desk.score().questions) {
        if (!one.is_contradicted) continue;
        terminal.print("  ! " +
                       say("audit.contradicted",
                           {{"question", one.question->id},
                            {"answer", audit::worded_value(desk.questionnaire(), *one.question,
                                                           one.answer->value, say)},
                            {"measured", audit::worded_value(desk.questionnaire(), *one.question,
                                                             one.measurement->value, say)},
                            {"what", say(one.measurement->why)}}));
    }
    for (const audit::Conflict& one : desk.sheet().conflicts)
        terminal.print("  ! " + say("audit.conflict", {{"question", one.later.question},
                                                       {"earlier", one.earlier.value},
                                                       {"later", one.later.value}}));
    for (const std::string& one : desk.sheet().to_confirm)
        terminal.print("  ! " + say("audit.to_confirm", {{"question", one}}));
    for (const audit::RefusedAnswer& one : desk.sheet().refused)
        terminal.print("  ! " +
                       say(one.why == audit::Refusal::kQuestionGone ? "audit.refused_gone"
                                                                    : "audit.refused_value",
                           {{"question", one.answer.question}, {"version", one.answer.version}}));
}

void print_score(const Terminal& terminal, const AuditDesk& desk) {
    const Catalogue& say = terminal.text();
    const audit::Score& score = desk.score();
    terminal.print(terminal.colour(
        Colour::kBold, say("audit.score_label", {{"score", std::to_string(score.shown)}})));
    if (score.is_capped())
        terminal.print(
            say("audit.capped", {{"uncapped", std::to_string(score.uncapped)},
                                 {"cap", std::to_string(desk.questionnaire().scoring.cap)}}));
    terminal.print(say("audit.assurance", {{"percent", std::to_string(score.assurance)}}));
    if (score.unanswered > 0)
        terminal.print(say("audit.unanswered", {{"count", std::to_string(score.unanswered)}}));
    print_themes(terminal, score);
    print_findings(terminal, desk);
    const audit::LevelResult level = desk.level();
    terminal.print(say("audit.level", {{"level", level.level->id},
                                       {"name", level.level->words.in(terminal.language())}}));
    for (const Message& one : level.lacking) terminal.print("  \u2013 " + say(one));
    terminal.print(
        terminal.colour(Colour::kDim, desk.questionnaire().disclaimer.in(terminal.language())));
}

// How the score would be by the law of another day, and which questions come and go.
Result<json::object> print_versus(const Terminal& terminal, const AuditDesk& desk,
                                  const std::string& day_text) {
    const Date day = LICET_TRY(parse_date(day_text));
    const audit::Score other = desk.score_as_of(day);
    json::array asked;
    json::array gone;
    for (const audit::Judged& one : other.questions)
        if (desk.score().find(one.question->id) == nullptr) asked.emplace_back(one.question->id);
    for (const audit::Judged& one : desk.score().questions)
        if (other.find(one.question->id) == nullptr) gone.emplace_back(one.question->id);
    json::array blocking;
    for (const audit::Judged* one : other.blocking(desk.questionnaire()))
        blocking.emplace_back(one->question->id);
    if (!terminal.wants_json()) {
        terminal.print(
            terminal.text()("audit.versus", {{"day", text_of(day)},
                                             {"score", std::to_string(other.shown)},
                                             {"blocking", std::to_string(blocking.size())}}));
        for (const json::value& one : asked) terminal.print("  + " + std::string(one.as_string()));
        for (const json::value& one : gone) terminal.print("  - " + std::string(one.as_string()));
    }
    return json::object{{"law_day", text_of(day)},    {"score", other.shown},
                        {"uncapped", other.uncapped}, {"asked", std::move(asked)},
                        {"gone", std::move(gone)},    {"blocking", std::move(blocking)}};
}

Result<std::string> start(const Ground& ground, const Common& common, AuditOptions options) {
    if (options.name.empty()) options.name = "audit-" + text_of(now().day);
    if (!audit::is_small_name(options.name)) return error(ErrorCode::kInput, "audit.name_form");
    auto desk = LICET_TRY(AuditDesk::open(*ground.law, *ground.questionnaire, common,
                                          {options.name, "", true, false}));
    const auto known = audit::audits_of(desk->own_events());
    if (std::find(known.begin(), known.end(), options.name) != known.end())
        return error(ErrorCode::kInput, "audit.started_before", {{"audit", options.name}});
    LICET_TRY(desk->record(
        {audit::start_event(options.name, *ground.questionnaire, {desk->today(), now_seconds()})}));
    LICET_TRY(desk->record_measurements());
    return options.name;
}

Result<Done> answer(const Terminal& terminal, AuditDesk& desk, const AuditOptions& options) {
    if (options.question.empty()) return ask_audit(terminal, desk, options);
    const audit::Answer said = LICET_TRY(answer_from(desk, options));
    LICET_TRY(desk.record(
        {audit::answer_event(desk.sheet().audit, said, {desk.today(), now_seconds()})}));
    return Done{};
}

void print_plan(const Terminal& terminal, const AuditDesk& desk) {
    const Catalogue& say = terminal.text();
    const Language language = terminal.language();
    if (desk.plan().empty()) terminal.print(say("audit.no_plan"));
    for (const audit::PlannedAction& one : desk.plan()) {
        const bool is_open = !one.because.empty();
        const std::string state = audit::state_text_of(one);
        const auto owner = desk.questionnaire().owners.find(one.owner);
        terminal.print(terminal.colour(is_open ? Colour::kBold : Colour::kDim,
                                       one.action->id + "  " + one.action->words.in(language)));
        std::vector<std::string> questions;
        for (const audit::Judged* because : one.because) questions.push_back(because->question->id);
        if (!is_open) {
            terminal.print("     " + say(state));
            continue;
        }
        terminal.print(
            "     " +
            say("audit.plan_line",
                {{"state", say(state)},
                 {"gain", std::to_string(one.gain_hundredths / 100) + "." +
                              std::to_string(one.gain_hundredths % 100 / 10)},
                 {"effort", one.action->effort},
                 {"owner", owner == desk.questionnaire().owners.end() ? one.owner
                                                                      : owner->second.in(language)},
                 {"due", text_of(one.due)},
                 {"questions", join(questions, ", ")}}) +
            (one.is_begun ? " \xc2\xb7 " + say("audit.begun") : "") +
            (one.cost ? " \xc2\xb7 " + worded_euros(*one.cost, language) : ""));
    }
}

Result<Done> assign(AuditDesk& desk, const AuditOptions& options) {
    if (options.action.empty()) return Done{};
    SaidOfAction said{options.owner, options.due, {}, options.cost};
    if (options.begun) said.begun = *options.begun ? "yes" : "no";
    const ledger::Event event = LICET_TRY(assignment_from(desk, options.action, said));
    return desk.record({event});
}

Result<Done> write_report(const Terminal& terminal, const AuditDesk& desk,
                          const AuditOptions& options) {
    const std::string path = options.out.empty() ? "audit.html" : options.out;
    LICET_TRY(check_output(path, desk.workspace().folder));
    std::optional<std::string> browser;
    if (options.wants_pdf) browser = LICET_TRY(browser_for_pdf());
    const audit::AuditReport report = desk.report(terminal.text());
    // It may show reasons in somebody's own words: for its owner's eyes.
    LICET_TRY(write_own_file(path, audit::report_page(report, terminal.text())));
    if (!terminal.wants_json()) terminal.print(terminal.text()("audit.written", {{"path", path}}));
    if (!browser) return Done{};
    const std::size_t dot = path.rfind(".html");
    const std::string pdf = path.substr(0, dot == path.npos ? path.size() : dot) + ".pdf";
    LICET_TRY(print_to_pdf(*browser, path, pdf));
    if (!terminal.wants_json()) terminal.print(terminal.text()("pdf.written", {{"path", pdf}}));
    return Done{};
}

}  // namespace

Result<const audit::Question*> question_asked(const AuditDesk& desk, const std::string& id) {
    const audit::Question* question = desk.questionnaire().question(id);
    if (question == nullptr) {
        std::vector<std::string> ids;
        for (const audit::Question& one : desk.questionnaire().questions) ids.push_back(one.id);
        const std::string near = nearest(id, ids);
        if (near.empty())
            return error(ErrorCode::kInput, "audit.no_such_question", {{"question", id}});
        return error(ErrorCode::kInput, "audit.no_such_question_near",
                     {{"question", id}, {"near", near}});
    }
    if (desk.score().find(question->id) == nullptr)
        return error(ErrorCode::kInput, "audit.not_asked", {{"question", question->id}});
    return question;
}

Result<ledger::Event> assignment_from(const AuditDesk& desk, const std::string& action,
                                      const SaidOfAction& said) {
    if (desk.questionnaire().action(action) == nullptr)
        return error(ErrorCode::kInput, "audit.no_such_action", {{"action", action}});
    const auto before = desk.sheet().assignments.find(action);
    audit::Assignment given;
    if (before != desk.sheet().assignments.end()) given = before->second;
    given.after = desk.sheet().assigned;
    given.owner = said.owner.value_or(given.owner);
    given.due = said.due.value_or(given.due);
    given.cost = said.cost.value_or(given.cost);
    if (said.begun) given.is_begun = *said.begun == "yes";
    if (said.begun && *said.begun != "yes" && *said.begun != "no" && !said.begun->empty())
        return error(ErrorCode::kInput, "audit.begun_form");
    constexpr std::int64_t kMostEuros = 1'000'000'000;
    const auto cost = whole_number(given.cost);
    if (!given.cost.empty() && (!cost || *cost > kMostEuros))
        return error(ErrorCode::kInput, "audit.cost_form");
    if (!given.owner.empty() && !audit::is_small_name(given.owner))
        return error(ErrorCode::kInput, "audit.by_form");
    if (!given.due.empty()) std::ignore = LICET_TRY(parse_date(given.due));
    return audit::assignment_event(desk.sheet().audit, action, given,
                                   {desk.today(), now_seconds()});
}

Result<audit::Answer> answer_from(const AuditDesk& desk, const AuditOptions& options) {
    const audit::Question* question = LICET_TRY(question_asked(desk, options.question));
    audit::Answer out;
    out.question = question->id;
    out.value = LICET_TRY(audit::typed_value(desk.questionnaire(), *question, options.answer));
    out.form = question->form;
    out.version = desk.questionnaire().version;
    out.by = options.by;
    if (!out.by.empty() && !audit::is_small_name(out.by))
        return error(ErrorCode::kInput, "audit.by_form");
    if (out.value == audit::kNotApplicable) {
        if (trimmed(options.reason).empty()) return error(ErrorCode::kInput, "audit.reason_needed");
        if (desk.questionnaire().reasons.contains(options.reason))
            out.reason = options.reason;
        else
            out.reason_sha256 = LICET_TRY(keep_text(desk.workspace(), options.reason));
    }
    if (!options.evidence.empty())
        out.evidence = LICET_TRY(keep_evidence(desk.workspace(), options.evidence));
    const std::string proof = !options.proof.empty() ? options.proof
                              : out.evidence.empty() ? "declared"
                                                     : "document";
    // Nobody measures by saying so.
    if (proof != "declared" && proof != "document")
        return error(ErrorCode::kInput, "audit.proof_form");
    if (proof == "document" && out.evidence.empty())
        return error(ErrorCode::kInput, "audit.document_needed");
    out.proof = proof == "document" ? audit::Proof::kDocument : audit::Proof::kDeclared;
    out.after = static_cast<int>(desk.sheet().history.size());
    const audit::Answer* now = desk.sheet().find(question->id);
    out.over = options.over == "none"  ? ""
               : !options.over.empty() ? options.over
               : now != nullptr        ? now->key
                                       : "";
    return out;
}

Result<std::vector<ledger::Event>> events_of_answer(const AuditDesk& desk,
                                                    const audit::Answer& given,
                                                    std::string_view seen) {
    const audit::Answer* now = desk.sheet().find(given.question);
    const bool is_same = now != nullptr && now->value == given.value && now->proof == given.proof &&
                         now->evidence == given.evidence && now->form == given.form &&
                         now->reason == given.reason && now->reason_sha256 == given.reason_sha256 &&
                         now->on == desk.today();
    if (is_same) return std::vector<ledger::Event>{};
    if (seen != (now == nullptr ? std::string() : now->key))
        return error(ErrorCode::kChanged, "audit.answered_meanwhile");
    std::vector<ledger::Event> events = desk.new_measurements();
    events.push_back(audit::answer_event(desk.sheet().audit, given, {desk.today(), now_seconds()}));
    return events;
}

int run_audit_start(const Terminal& terminal, const Common& common, const AuditOptions& options) {
    const Ground ground(terminal, common, options);
    if (!ground.is_there()) return exit_status::kBadInput;
    const auto name = start(ground, common, options);
    if (!name) return fail(terminal, name.error());
    if (terminal.wants_json())
        terminal.print(json::serialize(json::object{{"audit", *name},
                                                    {"version", ground.questionnaire->version},
                                                    {"sha256", ground.questionnaire->sha256}}));
    else
        terminal.print(terminal.text()(
            "audit.started", {{"audit", *name}, {"version", ground.questionnaire->version}}));
    return 0;
}

namespace {

// A holder of a token answers the question that is in it, and sees nothing of the rest.
int answer_delegated(const Terminal& terminal, const Common& common, const Ground& ground,
                     const AuditOptions& given) {
    const auto workspace = open_workspace(common.workspace);
    if (!workspace) return fail(terminal, workspace.error());
    const auto options = options_of_delegated(*workspace, *ground.questionnaire, given);
    if (!options) return fail(terminal, options.error());
    const auto desk = open_desk(ground, common, *options, true);
    if (!desk) return fail(terminal, desk.error());
    const auto done = answer(terminal, **desk, *options);
    if (!done) return fail(terminal, done.error());
    if (terminal.wants_json())
        terminal.print(json::serialize(json::object{{"question", options->question}}));
    else
        terminal.print(terminal.text()("delegation.answered", {{"question", options->question}}));
    return 0;
}

}  // namespace

int run_audit_delegate(const Terminal& terminal, const Common& common,
                       const AuditOptions& options) {
    const Ground ground(terminal, common, options);
    if (!ground.is_there()) return exit_status::kBadInput;
    const auto desk = open_desk(ground, common, options, false);
    if (!desk) return fail(terminal, desk.error());
    const auto given = delegated_question(**desk, options);
    if (!given) return fail(terminal, given.error());
    if (terminal.wants_json()) {
        terminal.print(json::serialize(
            json::object{{"token", given->token}, {"until", text_of(given->until)}}));
        return 0;
    }
    terminal.print(given->token);
    terminal.note(
        terminal.text()("delegation.made", {{"question", options.question},
                                            {"role", options.by},
                                            {"day", worded(given->until, terminal.language())}}));
    return 0;
}

int run_audit_answer(const Terminal& terminal, const Common& common, const AuditOptions& options) {
    const Ground ground(terminal, common, options);
    if (!ground.is_there()) return exit_status::kBadInput;
    if (!options.delegated.empty()) return answer_delegated(terminal, common, ground, options);
    const auto desk = open_desk(ground, common, options, true);
    if (!desk) return fail(terminal, desk.error());
    const auto measured = (*desk)->record_measurements();
    if (!measured) return fail(terminal, measured.error());
    const std::size_t conflicts = (*desk)->sheet().conflicts.size();
    const auto done = answer(terminal, **desk, options);
    if (!done) return fail(terminal, done.error());
    const audit::Score& score = (*desk)->score();
    const bool is_conflict = (*desk)->sheet().conflicts.size() > conflicts;
    const audit::Judged* judged = score.find(options.question);
    if (terminal.wants_json()) {
        json::object out{{"audit", (*desk)->sheet().audit},
                         {"score", score.shown},
                         {"unanswered", score.unanswered},
                         {"conflict", is_conflict}};
        if (judged != nullptr && judged->answer != nullptr) out["key"] = judged->answer->key;
        if (judged != nullptr) out["contradicted"] = judged->is_contradicted;
        terminal.print(json::serialize(out));
        return 0;
    }
    if (is_conflict) {
        const audit::Conflict& one = (*desk)->sheet().conflicts.back();
        terminal.note(terminal.text()("audit.conflict", {{"question", one.later.question},
                                                         {"earlier", one.earlier.value},
                                                         {"later", one.later.value}}));
    }
    terminal.print(terminal.text()(
        "audit.recorded",
        {{"score", std::to_string(score.shown)}, {"count", std::to_string(score.unanswered)}}));
    return 0;
}

int run_audit_score(const Terminal& terminal, const Common& common, const AuditOptions& options) {
    const Ground ground(terminal, common, options);
    if (!ground.is_there()) return exit_status::kBadInput;
    const auto desk = open_desk(ground, common, options, false);
    if (!desk) return fail(terminal, desk.error());
    json::object out;
    if (terminal.wants_json())
        out = audit::report_json((*desk)->report(terminal.text()), terminal.text());
    else
        print_score(terminal, **desk);
    if (!options.versus.empty()) {
        auto versus = print_versus(terminal, **desk, options.versus);
        if (!versus) return fail(terminal, versus.error());
        out["versus"] = *std::move(versus);
    }
    if (terminal.wants_json()) terminal.print(json::serialize(out));
    return 0;
}

int run_audit_plan(const Terminal& terminal, const Common& common, const AuditOptions& options) {
    const Ground ground(terminal, common, options);
    if (!ground.is_there()) return exit_status::kBadInput;
    const auto desk = open_desk(ground, common, options, !options.action.empty());
    if (!desk) return fail(terminal, desk.error());
    const auto assigned = assign(**desk, options);
    if (!assigned) return fail(terminal, assigned.error());
    if (terminal.wants_json())
        terminal.print(json::serialize(
            audit::report_json((*desk)->report(terminal.text()), terminal.text()).at("plan")));
    else
        print_plan(terminal, **desk);
    return 0;
}

int run_audit_report(const Terminal& terminal, const Common& common, const AuditOptions& options) {
    const Ground ground(terminal, common, options);
    if (!ground.is_there()) return exit_status::kBadInput;
    const auto desk = open_desk(ground, common, options, false);
    if (!desk) return fail(terminal, desk.error());
    if (!terminal.wants_json() || !options.out.empty()) {
        const auto written = write_report(terminal, **desk, options);
        if (!written) return fail(terminal, written.error());
    }
    if (terminal.wants_json())
        terminal.print(
            json::serialize(audit::report_json((*desk)->report(terminal.text()), terminal.text())));
    return 0;
}

int run_audit_show(const Terminal& terminal, const Common& common, const AuditOptions& options) {
    const Ground ground(terminal, common, options);
    if (!ground.is_there()) return exit_status::kBadInput;
    const audit::Questionnaire& questionnaire = *ground.questionnaire;
    json::array out;
    for (const audit::Question& one : questionnaire.questions) {
        if (!options.question.empty() && one.id != options.question) continue;
        if (!terminal.wants_json()) {
            print_card(terminal, questionnaire, one, {});
            continue;
        }
        json::array rules(one.rules.begin(), one.rules.end());
        out.push_back(json::object{{"id", one.id},
                                   {"theme", one.theme},
                                   {"question", one.words.in(terminal.language())},
                                   {"type", audit::name_of(one.type)},
                                   {"severity", audit::name_of(one.severity)},
                                   {"weight", one.weight},
                                   {"rules", std::move(rules)},
                                   {"measured_by", one.measured_by},
                                   {"form", one.form}});
    }
    if (terminal.wants_json())
        terminal.print(json::serialize(json::object{{"id", questionnaire.id},
                                                    {"version", questionnaire.version},
                                                    {"sha256", questionnaire.sha256},
                                                    {"questions", std::move(out)}}));
    return 0;
}

}  // namespace licet

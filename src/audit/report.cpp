// SPDX-License-Identifier: Apache-2.0
#include "audit/report.h"

#include <algorithm>

#include "audit/internal/charts.h"
#include "audit/internal/html.h"
#include "base/number.h"
#include "base/page.h"
#include "base/text.h"

namespace licet::audit {
namespace {

using internal::tag;

constexpr std::string_view kStyle = R"css(
.head { display: flex; flex-wrap: wrap; gap: 1.5rem 2.5rem; align-items: center; }
.ring { width: 11rem; height: 11rem; flex: none; }
.ring circle { fill: none; stroke-width: 14; }
.ring-track { stroke: var(--track); } .ring-full { stroke: var(--allowed); }
.ring-cut { stroke: var(--forbidden); opacity: .45; }
.ring-number { font-size: 30px; font-weight: 700; fill: var(--ink); }
.ring-of { font-size: 12px; fill: var(--soft); }
.meter {
  height: .8rem; width: 100%; max-width: 22rem; background: var(--track); border-radius: .4rem;
  overflow: hidden;
}
.meter span { display: block; height: 100%; background: var(--out_of_scope); }
.dots, .burn { width: 100%; max-width: 46rem; height: auto; margin: 1rem 0; }
.grid { stroke: var(--line); } .stem { stroke: var(--line); stroke-width: 2; }
.dot { fill: var(--c); stroke: var(--paper); stroke-width: 1.5; }
.dot-name, .dot-value { font-size: 13.5px; fill: var(--ink); } .dot-value { font-weight: 600; }
.line-open { fill: none; stroke: var(--out_of_scope); stroke-width: 2.5; }
.line-blocking { fill: none; stroke: var(--forbidden); stroke-width: 2.5; stroke-dasharray: 6 4; }
.card {
  border: 1px solid var(--line); border-left: .3rem solid var(--c, var(--line));
  border-radius: .4rem; padding: .8rem 1rem; margin: .8rem 0;
}
.card p { margin: .25rem 0; } .card .q { font-weight: 600; }
details { margin-top: 1rem; } summary { cursor: pointer; font-weight: 600; }
.closed td, .closed th { color: var(--soft); }
@media (max-width: 40rem) { .dots, .burn { display: none; } }
@media print { .meter span { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
)css";

std::string head_cell(std::string_view text) {
    return "<th scope=\"col\">" + html_escaped(text) + "</th>";
}
std::string row_head(std::string_view text) {
    return "<th scope=\"row\">" + html_escaped(text) + "</th>";
}

class ReportPage {
  public:
    ReportPage(const AuditReport& report, const Catalogue& say)
        : in_(report), say_(say), language_(say.language()) {}

    std::string write() {
        const std::string title = say_("audit.page_title");
        out_ = page_head(language_, title, kStyle);
        header(title);
        out_ += "<main>\n";
        summary();
        themes();
        blocking();
        doubts();
        plan();
        burn();
        exposure();
        left_out();
        answers();
        out_ += "</main>\n";
        footer();
        return std::move(out_) + "</body>\n</html>\n";
    }

  private:
    void header(const std::string& title) {
        out_ += "<header>\n" + tag("p", "licet", "brand") + tag("h1", title);
        const std::string who = in_.controller.empty() ? in_.sheet.audit : in_.controller;
        out_ += tag("p",
                    say_("audit.page_facts", {{"who", who},
                                              {"day", worded(in_.today, language_)},
                                              {"law_day", worded(in_.law_day, language_)},
                                              {"audit", in_.sheet.audit}}),
                    "facts");
        out_ += tag("p", in_.questionnaire.disclaimer.in(language_), "note") + "</header>\n";
    }

    void open(std::string_view id, const std::string& title) {
        out_ += "<section aria-labelledby=\"" + std::string(id) + "\">\n<h2 id=\"" +
                std::string(id) + "\">" + html_escaped(title) + "</h2>\n";
    }
    void close() { out_ += "</section>\n"; }

    void summary() {
        const Score& score = in_.score;
        out_ += "<section class=\"summary\"><div class=\"head\">";
        out_ += ring_svg(score.shown, score.uncapped,
                         say_("audit.score_label", {{"score", std::to_string(score.shown)}}));
        out_ +=
            "<div>" +
            tag("p", say_("audit.score_label", {{"score", std::to_string(score.shown)}}), "lead");
        if (score.is_capped())
            out_ += tag("p", say_("audit.capped",
                                  {{"uncapped", std::to_string(score.uncapped)},
                                   {"cap", std::to_string(in_.questionnaire.scoring.cap)}}));
        out_ += tag("p", say_("audit.assurance", {{"percent", std::to_string(score.assurance)}}));
        out_ += "<div class=\"meter\" aria-hidden=\"true\"><span style=\"width:" +
                std::to_string(score.assurance) + "%\"></span></div>";
        out_ += tag("p", say_("audit.assurance_note"), "note");
        out_ += tag("p", say_("audit.level", {{"level", in_.level.level->id},
                                              {"name", in_.level.level->words.in(language_)}}));
        if (score.unanswered > 0)
            out_ +=
                tag("p", say_("audit.unanswered", {{"count", std::to_string(score.unanswered)}}));
        out_ += "</div></div>";
        if (!in_.level.lacking.empty()) {
            out_ += tag("h3", say_("audit.next_level")) + "<ul>";
            for (const Message& one : in_.level.lacking) out_ += tag("li", say_(one));
            out_ += "</ul>";
        }
        close();
    }

    void themes() {
        open("themes", say_("audit.themes"));
        std::vector<std::string> names;
        std::vector<bool> has_blocking;
        const auto findings = in_.score.blocking(in_.questionnaire);
        for (const ThemeScore& one : in_.score.themes) {
            names.push_back(one.theme->words.in(language_));
            has_blocking.push_back(std::any_of(
                findings.begin(), findings.end(),
                [&](const Judged* found) { return found->question->theme == one.theme->id; }));
        }
        out_ += dots_svg(in_.score.themes, names, has_blocking, say_("audit.themes_label"));
        out_ +=
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"themes\">"
            "<table><thead><tr>";
        for (const char* one : {"audit.column_theme", "audit.column_score", "audit.column_weight",
                                "audit.column_blocking"})
            out_ += head_cell(say_(one));
        out_ += "</tr></thead><tbody>";
        for (std::size_t i = 0; i < names.size(); ++i) {
            const ThemeScore& one = in_.score.themes[i];
            out_ +=
                "<tr>" + row_head(names[i]) +
                tag("td",
                    one.weight == 0 ? say_("audit.not_concerned") : std::to_string(one.points()),
                    "number") +
                tag("td", std::to_string(one.theme->weight), "number") +
                tag("td", has_blocking[i] ? say_("audit.value_yes") : say_("audit.value_no")) +
                "</tr>";
        }
        out_ += "</tbody></table></div>";
        close();
    }

    std::string law_line(const Question& question) {
        return tag("p", say_("audit.law", {{"law", join(question.law, ", ")}}), "note");
    }

    void finding(const Judged& one, std::string_view kind) {
        out_ += "<div class=\"card " + std::string(kind) + "\">" +
                tag("p", one.question->id + " \xc2\xb7 " + one.question->words.in(language_), "q");
        out_ += tag("p", said(one));
        if (one.measurement != nullptr)
            out_ += tag("p", say_("audit.measured", {{"what", say_(one.measurement->why)}}));
        const Action* action = in_.questionnaire.action(one.question->action);
        if (action != nullptr && one.is_lacking())
            out_ += tag("p", say_("audit.to_do", {{"action", action->words.in(language_)}}));
        out_ += law_line(*one.question) + "</div>";
    }

    std::string said(const Judged& one) {
        if (one.answer == nullptr) return say_("audit.no_answer");
        return say_(
            "audit.answered",
            {{"answer", worded_value(in_.questionnaire, *one.question, one.answer->value, say_)},
             {"proof", say_("audit.proof_" + std::string(name_of(one.answer->proof)))},
             {"day", text_of(one.answer->on)}});
    }

    void blocking() {
        open("blocking", say_("audit.blocking"));
        const auto findings = in_.score.blocking(in_.questionnaire);
        if (findings.empty()) out_ += tag("p", say_("audit.no_blocking"));
        for (const Judged* one : findings) finding(*one, "forbidden");
        close();
    }

    // What has to be looked at again: contradicted, answered twice, changed, without its document.
    void doubts() {
        std::string list;
        for (const Judged& one : in_.score.questions) {
            if (one.is_contradicted)
                list += tag("li", say_("audit.contradicted",
                                       {{"question", one.question->id},
                                        {"answer", worded_value(in_.questionnaire, *one.question,
                                                                one.answer->value, say_)},
                                        {"measured", worded_value(in_.questionnaire, *one.question,
                                                                  one.measurement->value, say_)},
                                        {"what", say_(one.measurement->why)}}));
            if (one.is_stale)
                list += tag("li", say_("audit.stale", {{"question", one.question->id}}));
        }
        for (const Conflict& one : in_.sheet.conflicts)
            list += tag("li", say_("audit.conflict", {{"question", one.later.question},
                                                      {"earlier", one.earlier.value},
                                                      {"later", one.later.value}}));
        for (const std::string& one : in_.sheet.to_confirm)
            list += tag("li", say_("audit.to_confirm", {{"question", one}}));
        for (const RefusedAnswer& one : in_.sheet.refused)
            list += tag("li",
                        say_(one.why == Refusal::kQuestionGone ? "audit.refused_gone"
                                                               : "audit.refused_value",
                             {{"question", one.answer.question}, {"version", one.answer.version}}));
        if (list.empty()) return;
        open("doubts", say_("audit.doubts"));
        out_ += "<ul>" + list + "</ul>";
        close();
    }

    std::string owner_words(const std::string& owner) {
        const auto found = in_.questionnaire.owners.find(owner);
        return found == in_.questionnaire.owners.end() ? owner : found->second.in(language_);
    }

    void plan() {
        open("plan", say_("audit.plan"));
        if (in_.plan.empty()) out_ += tag("p", say_("audit.no_plan"));
        if (!in_.plan.empty()) {
            out_ +=
                "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
                "aria-labelledby=\"plan\"><table><caption>" +
                html_escaped(say_("audit.plan_caption")) + "</caption><thead><tr>";
            for (const char* one : {"audit.column_action", "audit.column_gain",
                                    "audit.column_effort", "audit.column_owner", "audit.column_due",
                                    "audit.column_cost", "audit.column_state"})
                out_ += head_cell(say_(one));
            out_ += "</tr></thead><tbody>";
            for (const PlannedAction& one : in_.plan) plan_row(one);
            out_ += "</tbody></table></div>";
        }
        close();
    }

    void plan_row(const PlannedAction& one) {
        std::vector<std::string> questions;
        for (const Judged* because : one.because) questions.push_back(because->question->id);
        out_ += one.because.empty() ? "<tr class=\"closed\">" : "<tr>";
        out_ += "<th scope=\"row\">" + html_escaped(one.action->words.in(language_)) +
                tag("span", one.action->id + " \xc2\xb7 " + join(questions, ", "), "by") + "</th>";
        out_ += tag("td", tenths(one.gain_hundredths), "number") + tag("td", one.action->effort) +
                tag("td", owner_words(one.owner)) +
                tag("td", one.because.empty() ? std::string("\xe2\x80\x93") : text_of(one.due)) +
                tag("td", one.cost ? worded_euros(*one.cost, language_) : std::string(), "number") +
                tag("td", say_(state_text_of(one)) +
                              (one.is_begun ? " \xc2\xb7 " + say_("audit.begun") : "")) +
                "</tr>";
    }

    std::string tenths(int hundredths) const {
        return std::to_string(hundredths / 100) + (language_ == Language::kFrench ? "," : ".") +
               std::to_string(hundredths % 100 / 10);
    }

    void burn() {
        if (in_.history.size() < 2) return;
        open("burn", say_("audit.burn"));
        out_ += burn_down_svg(in_.history, say_("audit.burn_label"));
        out_ +=
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"burn\">"
            "<table><thead><tr>";
        for (const char* one : {"audit.column_day", "audit.column_score", "audit.column_open",
                                "audit.column_blocking"})
            out_ += head_cell(say_(one));
        out_ += "</tr></thead><tbody>";
        for (const BurnDown& one : in_.history)
            out_ += "<tr>" + row_head(text_of(one.day)) +
                    tag("td", std::to_string(one.shown), "number") +
                    tag("td", std::to_string(one.open), "number") +
                    tag("td", std::to_string(one.blocking), "number") + "</tr>";
        out_ += "</tbody></table></div>";
        close();
    }

    void exposure() {
        if (in_.exposure.empty()) return;
        open("exposure", say_("audit.exposure"));
        out_ += tag("p", in_.exposure_caveat, "note");
        for (const Exposure& one : in_.exposure) {
            const Question* question = in_.questionnaire.question(one.question);
            out_ += "<div class=\"card\">" +
                    tag("p", one.question + " \xc2\xb7 " + question->words.in(language_), "q") +
                    "<ul>";
            for (const auto* list : {&one.ceilings, &one.decisions})
                for (const std::string& line : *list) out_ += tag("li", line);
            out_ += "</ul></div>";
        }
        close();
    }

    std::string reason_of(const Answer& answer) {
        if (!answer.reason_sha256.empty()) {
            const auto found = in_.reasons.find(answer.reason_sha256);
            return found == in_.reasons.end() ? say_("audit.reason_lost") : found->second;
        }
        const auto found = in_.questionnaire.reasons.find(answer.reason);
        return found == in_.questionnaire.reasons.end() ? answer.reason
                                                        : found->second.in(language_);
    }

    void left_out() {
        std::string list;
        for (const Judged& one : in_.score.questions)
            if (!one.is_applicable)
                list +=
                    tag("li", one.question->id + " \xc2\xb7 " + one.question->words.in(language_) +
                                  " \xe2\x80\x94 " + reason_of(*one.answer));
        open("left-out", say_("audit.left_out"));
        out_ += tag(
            "p", say_("audit.left_out_share",
                      {{"percent", std::to_string(in_.score.not_applicable)},
                       {"most", std::to_string(in_.questionnaire.scoring.most_not_applicable)}}));
        if (!list.empty()) out_ += "<ul>" + list + "</ul>";
        close();
    }

    void answers() {
        open("answers", say_("audit.answers"));
        out_ += "<details><summary>" +
                html_escaped(say_("audit.all_answers",
                                  {{"count", std::to_string(in_.score.questions.size())}})) +
                "</summary><div class=\"scroll\" tabindex=\"0\" role=\"region\" "
                "aria-labelledby=\"answers\"><table><thead><tr>";
        for (const char* one : {"audit.column_question", "audit.column_answer",
                                "audit.column_proof", "audit.column_law"})
            out_ += head_cell(say_(one));
        out_ += "</tr></thead><tbody>";
        for (const Judged& one : in_.score.questions)
            out_ +=
                "<tr>" +
                row_head(one.question->id + " \xc2\xb7 " + one.question->words.in(language_)) +
                tag("td", value_of(one)) +
                tag("td", one.is_answered ? say_("audit.proof_" + std::string(name_of(one.proof)))
                                          : std::string("\xe2\x80\x93")) +
                tag("td", join(one.question->law, ", ")) + "</tr>";
        out_ += "</tbody></table></div></details>";
        close();
    }

    std::string value_of(const Judged& one) {
        const bool is_measured = one.proof == Proof::kMeasured && one.measurement != nullptr;
        if (!is_measured && one.answer == nullptr) return say_("audit.no_answer");
        return worded_value(in_.questionnaire, *one.question,
                            is_measured ? one.measurement->value : one.answer->value, say_);
    }

    void footer() {
        out_ += "<footer>" +
                tag("p", say_("audit.page_footer", {{"id", in_.questionnaire.id},
                                                    {"version", in_.questionnaire.version},
                                                    {"sha256", in_.questionnaire.sha256},
                                                    {"packs", join(in_.packs, ", ")}})) +
                "</footer>\n";
    }

    const AuditReport& in_;
    const Catalogue& say_;
    Language language_;
    std::string out_;
};

json::object question_json(const AuditReport& report, const Judged& one, const Catalogue& say) {
    json::object out{{"id", one.question->id},
                     {"theme", one.question->theme},
                     {"question", one.question->words.in(say.language())},
                     {"severity", name_of(one.question->severity)},
                     {"worth", one.worth},
                     {"applies", one.is_applicable},
                     {"answered", one.is_answered},
                     {"proof", name_of(one.proof)},
                     {"contradicted", one.is_contradicted},
                     {"stale", one.is_stale},
                     {"blocking", is_blocking(report.questionnaire, one)}};
    if (one.answer != nullptr) {
        out["answer"] = one.answer->value;
        out["key"] = one.answer->key;
    }
    if (one.measurement != nullptr)
        out["measured"] = json::object{{"value", one.measurement->value},
                                       {"shows_faults_only", one.measurement->is_ceiling},
                                       {"why", say(one.measurement->why)}};
    return out;
}

json::array plan_json(const AuditReport& report, Language language) {
    json::array out;
    for (const PlannedAction& one : report.plan) {
        json::array because;
        for (const Judged* question : one.because) because.emplace_back(question->question->id);
        const auto owner = report.questionnaire.owners.find(one.owner);
        const bool is_named = owner != report.questionnaire.owners.end();
        json::object action{{"id", one.action->id},
                            {"action", one.action->words.in(language)},
                            {"questions", std::move(because)},
                            {"gain_hundredths", one.gain_hundredths},
                            {"effort", one.action->effort},
                            {"owner", one.owner},
                            {"owner_words", is_named ? owner->second.in(language) : one.owner},
                            {"blocking", one.is_blocking},
                            {"severity", name_of(one.severity)},
                            {"open", !one.because.empty()},
                            {"overdue", one.is_overdue},
                            {"closed_by_measurement", one.is_closed && one.is_closed_by_us},
                            {"begun", one.is_begun},
                            {"generates", one.action->generates}};
        if (one.cost) action["cost"] = *one.cost;
        if (!one.because.empty()) action["due"] = text_of(one.due);
        out.push_back(std::move(action));
    }
    return out;
}

json::array texts_json(const std::vector<std::string>& all) {
    json::array out;
    for (const std::string& one : all) out.emplace_back(one);
    return out;
}

void add_doubts(json::object& out, const Sheet& sheet) {
    json::array conflicts;
    for (const Conflict& one : sheet.conflicts)
        conflicts.push_back(json::object{{"question", one.later.question},
                                         {"earlier", one.earlier.value},
                                         {"later", one.later.value}});
    json::array refused;
    for (const RefusedAnswer& one : sheet.refused)
        refused.push_back(json::object{
            {"question", one.answer.question},
            {"version", one.answer.version},
            {"why", one.why == Refusal::kQuestionGone ? "question_gone" : "not_possible"}});
    out["conflicts"] = std::move(conflicts);
    out["refused"] = std::move(refused);
    out["to_confirm"] = texts_json(sheet.to_confirm);
}

}  // namespace

std::string report_page(const AuditReport& report, const Catalogue& say) {
    return ReportPage(report, say).write();
}

json::object report_json(const AuditReport& report, const Catalogue& say) {
    const Score& score = report.score;
    json::array themes;
    for (const ThemeScore& one : score.themes)
        if (one.weight > 0)
            themes.push_back(json::object{{"id", one.theme->id},
                                          {"theme", one.theme->words.in(say.language())},
                                          {"weight", one.theme->weight},
                                          {"score", one.points()}});
    json::array questions;
    for (const Judged& one : score.questions) questions.push_back(question_json(report, one, say));
    json::array blocking;
    for (const Judged* one : score.blocking(report.questionnaire))
        blocking.emplace_back(one->question->id);
    json::array history;
    for (const BurnDown& one : report.history)
        history.push_back(json::object{{"day", text_of(one.day)},
                                       {"score", one.shown},
                                       {"blocking", one.blocking},
                                       {"open", one.open}});
    json::array exposure;
    for (const Exposure& one : report.exposure)
        exposure.push_back(json::object{{"question", one.question},
                                        {"ceilings", texts_json(one.ceilings)},
                                        {"decisions", texts_json(one.decisions)}});
    json::array lacking;
    for (const Message& one : report.level.lacking) lacking.emplace_back(say(one));
    json::object out{{"audit", report.sheet.audit},
                     {"questionnaire", json::object{{"id", report.questionnaire.id},
                                                    {"version", report.questionnaire.version},
                                                    {"sha256", report.questionnaire.sha256}}},
                     {"law_day", text_of(report.law_day)},
                     {"today", text_of(report.today)},
                     {"packs", texts_json(report.packs)},
                     {"score", score.shown},
                     {"uncapped", score.uncapped},
                     {"assurance", score.assurance},
                     {"not_applicable_percent", score.not_applicable},
                     {"unanswered", score.unanswered},
                     {"seconds_left", score.seconds_left},
                     {"level", report.level.level->id},
                     {"level_words", report.level.level->words.in(say.language())},
                     {"lacking", std::move(lacking)},
                     {"themes", std::move(themes)},
                     {"blocking", std::move(blocking)},
                     {"plan", plan_json(report, say.language())},
                     {"questions", std::move(questions)},
                     {"history", std::move(history)},
                     {"exposure", std::move(exposure)},
                     {"exposure_caveat", report.exposure_caveat},
                     {"disclaimer", report.questionnaire.disclaimer.in(say.language())}};
    add_doubts(out, report.sheet);
    return out;
}

}  // namespace licet::audit

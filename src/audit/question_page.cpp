// SPDX-License-Identifier: Apache-2.0
#include "audit/question_page.h"

#include <algorithm>

#include "audit/answer.h"
#include "audit/internal/html.h"
#include "base/page.h"
#include "base/text.h"

namespace licet::audit {
namespace {

constexpr std::string_view kQuestionStyle = R"css(
header, main { max-width: 44rem; }
h1 { font-size: 1.6rem; }
fieldset { border: 0; margin: 1rem 0; padding: 0; display: grid; gap: .5rem; min-width: 0; }
legend { font-weight: 600; padding: 0; margin-bottom: .4rem; }
label.choice { display: flex; align-items: center; gap: .6rem; min-height: 2.75rem;
  padding: .3rem .8rem; border: 1px solid var(--line); border-radius: .4rem; }
label.choice input { width: 1.4rem; height: 1.4rem; flex: none; margin: 0;
  accent-color: var(--link); }
label.block { display: block; margin: .8rem 0 .3rem; }
input[type=text], select { font: inherit; width: 100%; min-height: 2.75rem; padding: .4rem .6rem;
  border: 2px solid var(--soft); border-radius: .4rem; background: var(--paper);
  color: var(--ink); }
button { font: inherit; font-weight: 600; min-height: 3rem; padding: .5rem 1.4rem; border: 0;
  border-radius: .5rem; background: var(--link); color: var(--paper); cursor: pointer; }
button:focus-visible, input:focus-visible, select:focus-visible { outline: 3px solid var(--link);
  outline-offset: 3px; }
.wrong { border-left: .35rem solid var(--forbidden); padding: .3rem .8rem; }
)css";

// An element on a line of its own.
std::string line(std::string_view name, std::string_view text, std::string_view kind = {}) {
    return internal::tag(name, text, kind) + "\n";
}

// How an answer of this type is written.
std::string form_words(const Question& question, const Catalogue& say) {
    if (question.type == AnswerType::kTable) return say("delegation.page_table");
    if (question.type == AnswerType::kNumber || question.type == AnswerType::kSites)
        return say("audit.answer_form_" + std::string(name_of(question.type)));
    return say("delegation.page_choose");
}

class QuestionPage {
  public:
    QuestionPage(const AskedQuestion& asked, const Catalogue& say)
        : asked_(asked), question_(*asked.question), say_(say) {}

    std::string form(const QuestionFields& fields, const std::string& wrong) {
        head(question_.words.in(say_.language()));
        out_ += line("p", asked_.controller.empty()
                              ? say_("delegation.page_lead_nobody", {{"day", asked_.until}})
                              : say_("delegation.page_lead",
                                     {{"name", asked_.controller}, {"day", asked_.until}}));
        if (!wrong.empty())
            out_ += "<p class=\"wrong\" role=\"alert\">" + html_escaped(wrong) + "</p>\n";
        if (!asked_.said.empty())
            out_ += line("p", say_("delegation.page_said", {{"answer", asked_.said}}));
        out_ += "<form method=\"post\">\n<input type=\"hidden\" name=\"over\" value=\"" +
                html_escaped(asked_.over) + "\">\n<fieldset>\n";
        out_ += line("legend", say_("delegation.page_answer"));
        if (!has_choices()) typed_field(fields);
        choices(fields);
        out_ += "</fieldset>\n";
        if (question_.may_be_not_applicable) reasons(fields);
        out_ += "<p><button>" + html_escaped(say_("delegation.page_send")) + "</button></p>\n";
        out_ += "</form>\n";
        why();
        return foot();
    }

    std::string thanks() {
        head(say_("delegation.page_thanks"));
        out_ += line("p", say_("delegation.answered", {{"question", question_.id}}));
        out_ += line("p", say_("delegation.page_again", {{"day", asked_.until}}));
        out_ += "<p><a href=\"\">" + html_escaped(say_("delegation.page_back")) + "</a></p>\n";
        return foot();
    }

  private:
    [[nodiscard]] bool has_choices() const {
        return question_.type != AnswerType::kNumber && question_.type != AnswerType::kTable &&
               question_.type != AnswerType::kSites;
    }

    void head(const std::string& title) {
        out_ = page_head(say_.language(), title, kQuestionStyle, {}, "'self'");
        out_ += "<header>\n";
        if (!asked_.controller.empty()) out_ += line("p", asked_.controller, "brand");
        out_ += line("h1", title) + "</header>\n<main>\n";
    }

    std::string foot() { return out_ + "</main>\n</body>\n</html>\n"; }

    void typed_field(const QuestionFields& fields) {
        out_ += "<p id=\"hint\">" + html_escaped(form_words(question_, say_)) + "</p>\n";
        out_ += "<input type=\"text\" name=\"typed\" aria-describedby=\"hint\" aria-label=\"" +
                html_escaped(say_("delegation.page_answer")) +
                "\" autocomplete=\"off\" maxlength=\"400\" value=\"" + html_escaped(fields.typed) +
                "\">\n";
    }

    void choices(const QuestionFields& fields) {
        for (const std::string_view one : {"yes", "partly", "no"}) {
            const bool is_here =
                question_.type == AnswerType::kYesPartlyNo ||
                (question_.type == AnswerType::kYesNo && one != std::string_view("partly"));
            if (is_here) choice(one, value_words(one), fields);
        }
        for (const std::string& one : question_.options)
            choice(one, asked_.questionnaire->option_words.at(one).in(say_.language()), fields);
        if (question_.type == AnswerType::kMulti || question_.type == AnswerType::kSites)
            choice("none", value_words("none"), fields);
        if (question_.is_scored()) choice(kUnknown, say_("delegation.page_unknown"), fields);
        if (question_.may_be_not_applicable)
            choice(kNotApplicable, value_words(kNotApplicable), fields);
    }

    std::string value_words(std::string_view value) const {
        return say_("audit.value_" + std::string(value));
    }

    void choice(std::string_view value, const std::string& words, const QuestionFields& fields) {
        // Beside a field to write in, a choice that cannot be taken back would win for ever.
        const bool can_be_undone = question_.type == AnswerType::kMulti || !has_choices();
        const bool is_chosen =
            std::find(fields.choices.begin(), fields.choices.end(), value) != fields.choices.end();
        out_ += "<label class=\"choice\"><input type=\"" +
                std::string(can_be_undone ? "checkbox" : "radio") + "\" name=\"choice\" value=\"" +
                html_escaped(value) + "\"" + (is_chosen ? " checked" : "") + "> " +
                html_escaped(words) + "</label>\n";
    }

    void reasons(const QuestionFields& fields) {
        out_ += "<label class=\"block\" for=\"reason\">" +
                html_escaped(say_("delegation.page_reason")) + "</label>\n";
        out_ += "<select id=\"reason\" name=\"reason\">\n<option value=\"\"></option>\n";
        for (const auto& [key, words] : asked_.questionnaire->reasons)
            out_ += "<option value=\"" + html_escaped(key) + "\"" +
                    (fields.reason == key ? " selected" : "") + ">" +
                    html_escaped(words.in(say_.language())) + "</option>\n";
        out_ += "</select>\n";
    }

    void why() {
        if (question_.law.empty() && asked_.rules.empty()) return;
        out_ += "<section>\n" + line("h2", say_("delegation.page_why"));
        if (!question_.law.empty()) out_ += line("p", join(question_.law, ", "));
        if (!asked_.rules.empty()) {
            out_ += "<ul>\n";
            for (const std::string& one : asked_.rules) out_ += line("li", one);
            out_ += "</ul>\n";
        }
        out_ += "</section>\n";
    }

    const AskedQuestion& asked_;
    const Question& question_;
    const Catalogue& say_;
    std::string out_;
};

}  // namespace

Result<std::string> QuestionFields::answer() const {
    if (!typed.empty() && !choices.empty()) return error(ErrorCode::kInput, "delegation.page_both");
    return typed.empty() ? join(choices, ",") : typed;
}

std::string expected_words(const Question& question, const Error& fault, const Catalogue& say) {
    const std::string& id = fault.message.id;
    if (id == "audit.reason_needed") return say("delegation.page_reason_needed");
    const bool is_form = id == "audit.answer_form_" + std::string(name_of(question.type));
    return is_form ? form_words(question, say) : say(fault.message);
}

std::string question_page(const AskedQuestion& asked, const QuestionFields& fields,
                          const std::string& wrong, const Catalogue& say) {
    return QuestionPage(asked, say).form(fields, wrong);
}

std::string thanks_page(const AskedQuestion& asked, const Catalogue& say) {
    return QuestionPage(asked, say).thanks();
}

std::string delegation_trouble_page(const Message& trouble, const Catalogue& say) {
    const std::string title = say("delegation.page_trouble");
    return page_head(say.language(), title, kQuestionStyle) + "<header>\n" + line("h1", title) +
           "</header>\n<main>\n" + line("p", say(trouble)) + "</main>\n</body>\n</html>\n";
}

}  // namespace licet::audit

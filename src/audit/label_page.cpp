// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "audit/internal/html.h"
#include "audit/label.h"
#include "base/page.h"
#include "base/text.h"
#include "base/utc.h"

namespace licet::audit {
namespace {

using internal::tag;

constexpr std::string_view kStyle = R"css(
.badge { width: 100%; max-width: 22rem; height: auto; margin: 1rem 0; }
.state { display: flex; align-items: center; font-weight: 600; font-size: 1.1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .4rem 1.4rem; margin: .8rem 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
.meter {
  height: .6rem; width: 100%; min-width: 5rem; background: var(--track); border-radius: .3rem;
}
.meter span { display: block; height: 100%; border-radius: .3rem; background: var(--allowed); }
pre { overflow-x: auto; background: var(--track); padding: .7rem 1rem; border-radius: .4rem; }
@media (max-width: 40rem) {
  dl { grid-template-columns: 1fr; gap: .1rem; } dd { margin-bottom: .5rem; }
}
)css";

std::string_view colour_of(LabelStanding standing) {
    switch (standing) {
        case LabelStanding::kValid:
            return "allowed";
        case LabelStanding::kNotYet:
        case LabelStanding::kExpired:
            return "unreadable";
        case LabelStanding::kSuspended:
            return "undetermined";
        case LabelStanding::kRevoked:
            return "forbidden";
    }
    LICET_ENSURE(false);
}

std::string standing_words(LabelStanding standing, const Catalogue& say) {
    return say("label.standing_" + std::string(name_of(standing)));
}

std::string svg_text(int y, int size, std::string_view weight, std::string_view text,
                     std::string_view fill) {
    return "<text x=\"76\" y=\"" + std::to_string(y) + "\" font-size=\"" + std::to_string(size) +
           "\" font-weight=\"" + std::string(weight) + "\" fill=\"" + std::string(fill) + "\">" +
           html_escaped(text) + "</text>";
}

class LabelPage {
  public:
    LabelPage(const LabelClaims& claims, LabelStanding standing,
              const std::vector<LabelState::Step>& steps, const Questionnaire& questionnaire,
              const Catalogue& say)
        : claims_(claims),
          standing_(standing),
          steps_(steps),
          questionnaire_(questionnaire),
          say_(say),
          language_(say.language()) {}

    std::string write() {
        const std::string title = say_("label.page_title", {{"level", claims_.level}});
        out_ = page_head(language_, title, kStyle);
        out_ += "<header>\n" + tag("p", "licet", "brand") + tag("h1", title);
        out_ += tag("p", claims_.controller + " \xc2\xb7 " + claims_.domain, "facts");
        out_ += "<p class=\"state " + std::string(colour_of(standing_)) +
                "\"><span class=\"sign\" aria-hidden=\"true\">" +
                (standing_ == LabelStanding::kValid ? "\xe2\x9c\x93" : "!") + "</span>" +
                html_escaped(standing_words(standing_, say_)) + "</p>";
        out_ += badge_svg(claims_, standing_, say_);
        out_ += tag("p", say_("label.fixed_sentence"), "note") + "</header>\n<main>\n";
        checked();
        by_whom();
        not_checked();
        verify();
        history();
        out_ += "</main>\n";
        footer();
        return std::move(out_) + "</body>\n</html>\n";
    }

  private:
    void open(std::string_view id, const std::string& title) {
        out_ += "<section aria-labelledby=\"" + std::string(id) + "\">\n<h2 id=\"" +
                std::string(id) + "\">" + html_escaped(title) + "</h2>\n";
    }
    void pair(const std::string& name, const std::string& value) {
        out_ += tag("dt", name) + tag("dd", value);
    }

    void checked() {
        open("checked", say_("label.checked"));
        out_ += "<dl>";
        pair(say_("label.score"), std::to_string(claims_.score) + " / 100");
        pair(say_("label.assurance"),
             say_("label.assurance_value", {{"percent", std::to_string(claims_.assurance)}}));
        pair(say_("label.questions"), std::to_string(claims_.questions));
        pair(say_("label.law_day"), claims_.law_day);
        pair(say_("label.questionnaire"), claims_.questionnaire);
        pair("SHA-256", claims_.questionnaire_sha256);
        out_ +=
            "</dl><div class=\"scroll\" tabindex=\"0\" role=\"region\" "
            "aria-labelledby=\"checked\"><table><thead><tr><th scope=\"col\">" +
            html_escaped(say_("audit.column_theme")) + "</th><th scope=\"col\">" +
            html_escaped(say_("audit.column_score")) +
            "</th><td class=\"wide\"></td></tr></thead><tbody>";
        for (const auto& [id, score] : claims_.themes) {
            const Theme* theme = questionnaire_.theme(id);
            const std::string points = std::to_string(score);
            out_ += "<tr><th scope=\"row\">" +
                    html_escaped(theme == nullptr ? id : theme->words.in(language_)) + "</th>" +
                    tag("td", points, "number") +
                    "<td class=\"wide\" aria-hidden=\"true\"><div class=\"meter\">"
                    "<span style=\"width:" +
                    points + "%\"></span></div></td></tr>";
        }
        out_ += "</tbody></table></div></section>\n";
    }

    void by_whom() {
        open("by-whom", say_("label.by_whom"));
        const bool is_known = claims_.evaluation == "self" || claims_.evaluation == "dpo" ||
                              claims_.evaluation == "third_party";
        out_ += tag(
            "p",
            say_("label.evaluation_" + (is_known ? claims_.evaluation : "self"),
                 {{"who", claims_.evaluator.empty() ? claims_.controller : claims_.evaluator}}));
        out_ += "<dl>";
        pair(say_("label.from"), worded(utc_day(claims_.valid_from), language_));
        pair(say_("label.until"), worded(utc_day(claims_.valid_until), language_));
        pair(say_("label.company"), claims_.siren.empty()
                                        ? claims_.controller
                                        : claims_.controller + " (SIREN " + claims_.siren + ")");
        out_ += "</dl></section>\n";
    }

    // As much a part of the page as what was checked.
    void not_checked() {
        open("not-checked", say_("label.not_checked"));
        out_ +=
            "<ul>" +
            tag("li",
                say_("label.not_declared", {{"count", std::to_string(claims_.declared_only)},
                                            {"questions", std::to_string(claims_.questions)}})) +
            tag("li",
                say_("label.not_applicable", {{"count", std::to_string(claims_.not_applicable)}})) +
            tag("li", claims_.site_audited_on.empty()
                          ? say_("label.no_site_audit")
                          : say_("label.site_audit", {{"day", claims_.site_audited_on}}));
        for (const Theme& theme : questionnaire_.themes) {
            const bool is_there =
                std::any_of(claims_.themes.begin(), claims_.themes.end(),
                            [&](const auto& one) { return one.first == theme.id; });
            if (theme.weight > 0 && !is_there)
                out_ +=
                    tag("li", say_("label.theme_left_out", {{"theme", theme.words.in(language_)}}));
        }
        out_ += tag("li", say_("label.not_all")) + "</ul></section>\n";
    }

    void verify() {
        open("verify", say_("label.verify"));
        out_ += tag("p", say_("label.verify_how"));
        out_ += "<pre tabindex=\"0\">licet label verify label.json --issuer " +
                html_escaped(claims_.did) + "</pre>";
        out_ +=
            "<p><a href=\"label.json\">label.json</a> \xc2\xb7 "
            "<a href=\"status-revocation.json\">status-revocation.json</a> \xc2\xb7 "
            "<a href=\"status-suspension.json\">status-suspension.json</a></p>";
        out_ += tag("p", say_("label.logged"));
        out_ +=
            "<p><a href=\"logged.json\">logged.json</a> \xc2\xb7 "
            "<a href=\"logged.tlog-proof\">logged.tlog-proof</a> \xc2\xb7 "
            "<a href=\"signing.vkey\">signing.vkey</a></p>";
        out_ += "<dl>";
        pair(say_("label.id"), claims_.id);
        pair(say_("label.issuer"), claims_.did);
        out_ += "</dl></section>\n";
    }

    void history() {
        if (steps_.empty()) return;
        open("history", say_("label.history"));
        out_ += "<ul>";
        for (const LabelState::Step& one : steps_)
            out_ += tag("li", text_of(one.on) + " \xc2\xb7 " + say_("label.step_" + one.name));
        out_ += "</ul></section>\n";
    }

    void footer() {
        out_ += "<footer><p>" + html_escaped(say_("label.no_tracking"));
        if (!claims_.contact.empty()) {
            const bool is_mail = claims_.contact.find('@') != claims_.contact.npos;
            out_ += " " + html_escaped(say_("label.problem")) + " " +
                    (is_mail ? "<a href=\"mailto:" + html_escaped(claims_.contact) + "\">" +
                                   html_escaped(claims_.contact) + "</a>"
                             : html_escaped(claims_.contact));
        }
        out_ += "</p></footer>\n";
    }

    const LabelClaims& claims_;
    LabelStanding standing_;
    const std::vector<LabelState::Step>& steps_;
    const Questionnaire& questionnaire_;
    const Catalogue& say_;
    Language language_;
    std::string out_;
};

}  // namespace

std::string badge_svg(const LabelClaims& claims, LabelStanding standing, const Catalogue& say) {
    const bool is_valid = standing == LabelStanding::kValid;
    const std::string from = text_of(utc_day(claims.valid_from));
    const std::string until = text_of(utc_day(claims.valid_until));
    const std::string first = say("label.badge_first", {{"level", claims.level}});
    const std::string second = is_valid
                                   ? say("label.badge_second", {{"from", from}, {"until", until}})
                                   : standing_words(standing, say);
    const std::string ink = is_valid ? "#12352a" : "#4a4a4a";
    const std::string ground = is_valid ? "#e3f1eb" : "#e9e9e9";
    const std::string line = is_valid ? "#1f7a5c" : "#8a8a8a";
    std::string out =
        "<svg class=\"badge\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 352 84\" "
        "role=\"img\" font-family=\"system-ui, sans-serif\"><title>" +
        html_escaped(first + ", " + claims.domain + ". " + second) + "</title>";
    out += "<rect x=\"1\" y=\"1\" width=\"350\" height=\"82\" rx=\"10\" style=\"fill:" + ground +
           ";stroke:" + line + "\"/>";
    out += "<circle cx=\"40\" cy=\"42\" r=\"25\" fill=\"none\" stroke=\"" + line +
           "\" stroke-width=\"5\"" + (is_valid ? "" : " stroke-dasharray=\"6 5\"") + "/>";
    out +=
        "<text x=\"40\" y=\"49\" font-size=\"20\" font-weight=\"700\" text-anchor=\"middle\" "
        "fill=\"" +
        ink + "\">" + (is_valid ? html_escaped(claims.level) : "\xe2\x80\x93") + "</text>";
    out += svg_text(28, 14, "700", first, ink);
    out += svg_text(48, 13, "400", claims.domain, ink);
    out += svg_text(68, 12, "400", second, ink);
    return out + "</svg>\n";
}

std::string label_page(const LabelClaims& claims, LabelStanding standing,
                       const std::vector<LabelState::Step>& steps,
                       const Questionnaire& questionnaire, const Catalogue& say) {
    return LabelPage(claims, standing, steps, questionnaire, say).write();
}

}  // namespace licet::audit

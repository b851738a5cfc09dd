// SPDX-License-Identifier: Apache-2.0
#include "main/law_diff_page.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <set>

#include "base/text.h"

namespace licet {
namespace {

constexpr std::string_view kStyle = R"(
:root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--line:#c9d1d9;--dim:#57606a}
@media (prefers-color-scheme:dark){
:root{--ink:#e6edf3;--paper:#0d1117;--line:#30363d;--dim:#9aa4ae}
}
body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:60rem;
margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;
padding:.5rem;border-bottom:1px solid var(--line)}td.number{white-space:nowrap}
code{color:var(--dim);font-size:.85em;overflow-wrap:anywhere}.dim{color:var(--dim)}
svg{width:100%;height:auto}svg text{fill:currentColor;font:14px system-ui,sans-serif}
)";

std::string colour_of(const std::string& answer) {
    if (answer == "allowed" || answer == "valid" || answer == "in_time") return "#2e9e5b";
    if (answer == "forbidden" || answer == "invalid" || answer == "obstructed") return "#d1495b";
    return "#c28a1c";
}

class Page {
  public:
    Page(const LawDiffWords& words, const law::Diff& diff, const Catalogue& say)
        : w_(words), diff_(diff), say_(say) {}

    std::string write(const std::string& before, const std::string& after) {
        const bool is_french = say_.language() == Language::kFrench;
        const std::string title = html_escaped(before + " → " + after);
        out_ = "<!doctype html><html lang=\"" + std::string(is_french ? "fr" : "en") +
               "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
               "content=\"width=device-width,initial-scale=1\"><title>" +
               title + "</title><style>" + std::string(kStyle) + "</style></head><body><main><h1>" +
               title + "</h1>";
        if (diff_.is_empty()) out_ += "<p>" + said("diff.same") + "</p>";
        rules("diff.new_rules", w_.after(), diff_.new_rules);
        rules("diff.gone", w_.before(), diff_.gone);
        picture();
        changes("diff.answers", diff_.answers);
        duties();
        changes("diff.reasons", diff_.reasons);
        return out_ + "</main></body></html>\n";
    }

  private:
    std::string said(std::string_view id, Message::Arguments arguments = {}) const {
        return html_escaped(say_(id, std::move(arguments)));
    }

    void rules(std::string_view id, const law::Law& law, const std::vector<law::RuleId>& all) {
        if (all.empty()) return;
        out_ += "<h2>" + said(id, {{"count", std::to_string(all.size())}}) + "</h2><ul>";
        for (const law::RuleId rule : all) {
            const law::Reason reason{rule, false};
            out_ += "<li>" + html_escaped(w_.tell(law, reason)) + " <code>" +
                    html_escaped(w_.cites(law, reason)) + " · " +
                    html_escaped(w_.rule(law, reason)) + "</code></li>";
        }
        out_ += "</ul>";
    }

    // Bands from the old answer to the new one, as wide as their share.
    void picture() {
        std::map<std::pair<std::string, std::string>, double> flows;
        double sum = 0;
        for (const law::Change& change : diff_.answers) {
            flows[{w_.answer_name(w_.before(), change.answer_before),
                   w_.answer_name(w_.after(), change.answer_after)}] += change.share;
            sum += change.share;
        }
        if (flows.empty()) return;
        constexpr int kRow = 44;
        const int height = kRow * static_cast<int>(flows.size()) + 10;
        std::string rows;
        std::string spoken;
        int top = 5;
        for (const auto& [pair, share] : flows) {
            const int width = std::max(4, static_cast<int>(240 * share / sum));
            const std::string y = std::to_string(top);
            const std::string middle = std::to_string(top + 22);
            rows += "<rect x=\"0\" y=\"" + y + "\" width=\"12\" height=\"34\" fill=\"" +
                    colour_of(pair.first) + "\"/><text x=\"20\" y=\"" + middle + "\">" +
                    html_escaped(w_.answer(pair.first)) + "</text><rect x=\"200\" y=\"" + y +
                    "\" width=\"" + std::to_string(width) +
                    "\" height=\"34\" fill=\"currentColor\" opacity=\".18\"/><text x=\"208\" y=\"" +
                    middle + "\">→ " + percent_of(share / sum) + "</text><rect x=\"460\" y=\"" + y +
                    "\" width=\"12\" height=\"34\" fill=\"" + colour_of(pair.second) +
                    "\"/><text x=\"480\" y=\"" + middle + "\">" +
                    html_escaped(w_.answer(pair.second)) + "</text>";
            spoken += w_.answer(pair.first) + " → " + w_.answer(pair.second) + ": " +
                      percent_of(share / sum) + ". ";
            top += kRow;
        }
        out_ += "<svg viewBox=\"0 0 700 " + std::to_string(height) +
                "\" role=\"img\" aria-label=\"" + html_escaped(spoken) + "\">" + rows + "</svg>";
    }

    void changes(std::string_view id, const std::vector<law::Change>& all) {
        if (all.empty()) return;
        const double sum = sum_of(all);
        out_ += "<h2>" + said(id, {{"count", std::to_string(all.size())}}) +
                "</h2><table><thead><tr><th scope=\"col\">" + said("diff.share") +
                "</th><th scope=\"col\">" + said("diff.before") + "</th><th scope=\"col\">" +
                said("diff.after") + "</th></tr></thead><tbody>";
        for (const law::Change& change : all)
            out_ += "<tr><td class=\"number\">" + html_escaped(percent_of(change.share / sum)) +
                    "</td><td>" + cell(w_.before(), change.answer_before, change.before) +
                    "</td><td>" + cell(w_.after(), change.answer_after, change.after) +
                    "</td></tr><tr><td></td><td colspan=\"2\" class=\"dim\">" +
                    said("diff.example") + " " + html_escaped(w_.example(change.example)) +
                    "</td></tr>";
        out_ += "</tbody></table>";
    }

    std::string cell(const law::Law& law, int answer,
                     const std::optional<law::Reason>& reason) const {
        return "<strong style=\"border-bottom:3px solid " + colour_of(w_.answer_name(law, answer)) +
               "\">" + html_escaped(w_.answer(law, answer)) + "</strong><br>" +
               html_escaped(w_.tell(law, reason)) + "<br><code>" +
               html_escaped(w_.cites(law, reason)) + " · " + html_escaped(w_.rule(law, reason)) +
               "</code>";
    }

    void duties() {
        if (diff_.duties.empty()) return;
        out_ += "<h2>" + said("diff.duties", {{"count", std::to_string(diff_.duties.size())}}) +
                "</h2><ul>";
        for (const law::DutyChange& change : diff_.duties)
            out_ += "<li>" + said(change.is_new ? "diff.duty_new" : "diff.duty_gone") + " " +
                    html_escaped(w_.duty(change.duty)) + " <code>" + html_escaped(change.duty) +
                    "</code></li>";
        out_ += "</ul>";
    }

    const LawDiffWords& w_;
    const law::Diff& diff_;
    const Catalogue& say_;
    std::string out_;
};

}  // namespace

std::string percent_of(double share) {
    if (share > 0 && share < 0.0005) return "< 0.1 %";
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f %%", share * 100);
    return text.data();
}

std::string LawDiffWords::answer_name(const law::Law& law, int index) const {
    return law.vocabulary().question(question_)->answer_name(index);
}

std::string LawDiffWords::answer(const law::Law& law, int index) const {
    return answer(answer_name(law, index));
}

std::string LawDiffWords::answer(const std::string& name) const {
    const law::Words* words = after_.vocabulary().answer_words(name);
    return words == nullptr ? name : words->in(say_.language());
}

std::string LawDiffWords::rule(const law::Law& law,
                               const std::optional<law::Reason>& reason) const {
    return reason ? law.rules().rules[reason->rule].id : "–";
}

std::string LawDiffWords::tell(const law::Law& law,
                               const std::optional<law::Reason>& reason) const {
    return reason ? law.rules().rules[reason->rule].tell.in(say_.language()) : say_("diff.no_rule");
}

std::string LawDiffWords::cites(const law::Law& law,
                                const std::optional<law::Reason>& reason) const {
    return reason ? join(law.rules().rules[reason->rule].cites, "; ") : std::string{};
}

std::string LawDiffWords::duty(const std::string& id) const {
    const law::Duty* duty = after_.vocabulary().duty(id);
    return duty == nullptr ? id : duty->words.in(say_.language());
}

std::string LawDiffWords::example(const law::Steps& steps) const {
    return law::worded(after_.variables(), steps);
}

std::string LawDiffWords::short_example(const law::Change& change) const {
    constexpr std::size_t kMost = 7;
    // Conduct that a rule asks for first, then its conditions, then what else has to be so.
    std::set<law::VarId> conduct;
    std::set<law::VarId> conditions;
    const auto look = [&](const law::Law& law, const std::optional<law::Reason>& reason) {
        if (!reason) return;
        const law::Rule& rule = law.rules().rules[reason->rule];
        law::add_variables(rule.kept_by, conduct);
        law::add_variables(rule.guard, conditions);
    };
    look(before_, change.before);
    look(after_, change.after);
    const auto rank = [&](const auto& step) {
        return conduct.contains(step.first) ? 0 : conditions.contains(step.first) ? 1 : 2;
    };
    law::Steps steps = change.example;
    std::stable_sort(steps.begin(), steps.end(),
                     [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    const bool is_long = steps.size() > kMost;
    if (is_long) steps.resize(kMost);
    return example(steps) + (is_long ? ", …" : "");
}

double sum_of(const std::vector<law::Change>& changes) {
    double sum = 0;
    for (const law::Change& change : changes) sum += change.share;
    return sum;
}

std::string law_diff_page(const LawDiffWords& words, const law::Diff& diff,
                          const std::string& before, const std::string& after,
                          const Catalogue& say) {
    return Page(words, diff, say).write(before, after);
}

}  // namespace licet

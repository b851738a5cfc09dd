// SPDX-License-Identifier: Apache-2.0
#include "audit/receipt.h"

#include "base/page.h"
#include "base/text.h"

namespace licet::audit {
namespace {

constexpr std::string_view kStyle =
    "dl { display: grid; grid-template-columns: minmax(9rem, 14rem) 1fr; gap: .35rem 1.2rem; }\n"
    "dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }\n"
    ".state { color: var(--c); font-weight: 600; }\n"
    "@media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } "
    "}\n";

// Writes the page from top to bottom.
class Page {
  public:
    Page(const Evidence& evidence, const law::Vocabulary& words, const Catalogue& say)
        : in_(evidence), words_(words), say_(say) {}

    std::string write() {
        const std::string title = said("title");
        out_ = page_head(say_.language(), say_("receipt.title"), kStyle);
        out_ += "<header>\n<p class=\"brand\">" + html_escaped(in_.keeper.controller) +
                "</p>\n<h1>" + title + "</h1>\n<p class=\"facts\">" +
                said("as_of", {{"day", day(in_.as_of)}}) + "</p>\n</header>\n<main>\n";
        if (in_.acts.empty()) out_ += "<p>" + said("none") + "</p>\n";
        for (const JudgedAct& one : in_.acts) section(one);
        stopped();
        out_ += "<section>\n<h2>" + said("rights_title") + "</h2>\n<p>" + said("rights") +
                "</p>\n<p>" + said("check") + "</p>\n</section>\n</main>\n</body>\n</html>\n";
        return std::move(out_);
    }

  private:
    using Arguments = std::vector<std::pair<std::string, std::string>>;

    [[nodiscard]] std::string said(const std::string& id, Arguments arguments = {}) const {
        return html_escaped(say_(Message("receipt." + id, std::move(arguments))));
    }
    [[nodiscard]] std::string day(Date date) const { return worded(date, say_.language()); }

    [[nodiscard]] std::string value_words(const char* fact, const std::string& value) const {
        const law::FactId id = words_.find(fact);
        if (id == law::kNoFact) return value;
        const auto& known = words_.fact(id).value_words;
        const auto found = known.find(value);
        return found == known.end() ? value : found->second.in(say_.language());
    }
    [[nodiscard]] std::string all_words(const char* fact,
                                        const std::vector<std::string>& values) const {
        std::vector<std::string> worded_values;
        for (const std::string& value : values) worded_values.push_back(value_words(fact, value));
        return worded_values.empty() ? say_("receipt.all") : join(worded_values, ", ");
    }

    void row(const std::string& id, const std::string& value) {
        if (value.empty()) return;
        out_ += "<dt>" + said(id) + "</dt><dd>" + html_escaped(value) + "</dd>\n";
    }

    [[nodiscard]] std::string term(const Term& term) const {
        const law::Words* answer = words_.answer_words(term.answer);
        const std::string word = answer == nullptr ? term.answer : answer->in(say_.language());
        std::string out = word;
        if (term.until) out = say_("receipt.until", {{"answer", word}, {"day", day(*term.until)}});
        const std::string& why = term.tell.in(say_.language());
        return why.empty() ? out : say_("receipt.because", {{"answer", out}, {"why", why}});
    }

    // 2 mars 2026, 10:00:05 UTC
    [[nodiscard]] std::string when(const ledger::Event& event) const {
        const std::string time = time_of(event);
        if (time.size() < 20) return day(event.happened_on);
        const auto date = parse_date(time.substr(0, 10));
        return (date ? day(*date) : time.substr(0, 10)) + ", " + time.substr(11, 8) + " UTC";
    }

    void section(const JudgedAct& one) {
        const ConsentAct& act = one.act;
        const std::string status = status_of(act, in_.as_of);
        const bool is_yes = status == "ConsentGiven";
        // An agreement that the law does not count is shown as what it is.
        const bool is_good = is_yes && one.terms.validity.answer == "valid";
        const bool is_open = status == "ConsentRequested" || (is_yes && !is_good);
        out_ += "<section>\n<h2><span class=\"state " +
                std::string(is_good   ? "allowed"
                            : is_open ? "undetermined"
                                      : "forbidden") +
                "\">" +
                (is_good   ? "✓ "
                 : is_open ? "? "
                           : "✕ ") +
                said("status_" + status) + "</span></h2>\n<dl>\n";
        for (const ledger::StoredEvent& event : act.events) {
            const std::string_view step = attribute(event.event, "step");
            const std::string name =
                step.empty() ? say_("event." + std::string(ledger::name_of(event.event.kind)))
                             : say_("opt_in." + std::string(step));
            row("when",
                when(event.event) + " — " + name + " [" + ledger::text_of(event.place) + "]");
        }
        row("where", particular_surface(act));
        row("channels", all_words("channel", channels_of(act)));
        row("purposes", all_words("purpose", purposes_of(act)));
        const std::string controller = particular_of(act, "controller");
        row("controller", controller.empty() ? in_.keeper.controller : controller);
        notice(act);
        row("validity", is_yes ? term(one.terms.validity) : "");
        row("retention", term(one.terms.retention));
        row("stop", is_yes ? in_.keeper.contact : "");
        out_ += "</dl>\n</section>\n";
    }

    [[nodiscard]] static std::string particular_surface(const ConsentAct& act) {
        return act.events.front().event.surface;
    }

    void notice(const ConsentAct& act) {
        const std::string digest = particular_of(act, "notice");
        if (digest.empty()) return;
        const auto known = in_.notices.find(digest);
        const std::string text = "<span class=\"mono\">" + html_escaped(digest) + "</span>";
        out_ += "<dt>" + said("notice") + "</dt><dd>";
        if (known == in_.notices.end())
            out_ += text;
        else
            out_ += "<a href=\"" + html_escaped(path_of(known->second)) + "\">" + text + "</a>";
        out_ += "</dd>\n";
    }

    void stopped() {
        if (in_.suppressions.empty()) return;
        out_ += "<section>\n<h2><span class=\"state forbidden\">✕ " + said("stopped") +
                "</span></h2>\n<p>" + said("stopped_means") + "</p>\n</section>\n";
    }

    const Evidence& in_;
    const law::Vocabulary& words_;
    const Catalogue& say_;
    std::string out_;
};

}  // namespace

std::string receipt_page(const Evidence& evidence, const law::Vocabulary& words,
                         const Catalogue& say) {
    return Page(evidence, words, say).write();
}

}  // namespace licet::audit

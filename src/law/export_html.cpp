// SPDX-License-Identifier: Apache-2.0
#include "law/export_html.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/json.h"
#include "base/page.h"
#include "base/text.h"

namespace licet::law {
namespace {

constexpr std::string_view kStyle = R"css(
nav ul {
  display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; list-style: none; margin: 1rem 0 0; padding: 0;
}
a { color: var(--link); }
.rule { border-bottom: 1px solid var(--line); padding: 1rem 0; }
.rule:target { background: var(--track); }
.rule h4 { font-size: 1rem; margin: 0 0 .25rem; max-width: 44rem; }
.rule dl {
  display: grid; grid-template-columns: 9rem 1fr; gap: .15rem 1rem; margin: .4rem 0 0;
  font-size: .92rem;
}
.rule dd a { display: inline-block; padding: .15rem 0; }
.rule dt { color: var(--soft); } .rule dd { margin: 0; overflow-wrap: anywhere; }
td .outcome { font-weight: 500; }
.cases { font-size: .85rem; }
h3.mono { font-size: .95rem; }
.field { margin: 0 0 1rem; }
.field label { display: block; font-weight: 500; }
.field .small { display: block; } .field .beside { display: inline; font-weight: 400; }
select, input[type=text] {
  font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft);
  border-radius: .3rem; padding: .35rem .5rem; width: 100%; max-width: 30rem;
}
button {
  font: inherit; font-weight: 600; color: var(--paper); background: var(--link); border: 0;
  border-radius: .3rem; padding: .5rem 1.1rem;
}
select:focus-visible, input:focus-visible, button:focus-visible {
  outline: 3px solid var(--link); outline-offset: 3px;
}
#verdict { margin-top: 1.5rem; }
@media (max-width: 40rem) {
  .rule dl { grid-template-columns: 1fr; } .rule dd { margin-bottom: .4rem; }
}
@media print { .rule { break-inside: avoid; } nav { display: none; } }
)css";

// What is supposed of the people in the matrices; each later one goes on from the first.
struct Scenario {
    std::string_view id;
    std::array<std::string_view, 2> backgrounds;
};
constexpr std::array<std::string_view, 6> kBase = {
    "first_call",      "ordinary_offer",     "clean",
    "collected_by_us", "conformant_message", "conformant_script"};
constexpr std::array<Scenario, 3> kScenarios = {
    {{"new", {}}, {"customer", {"own_customer"}}, {"consent", {"valid_consent"}}}};
// Dates that would otherwise leave the matrix undetermined: all of the day itself.
constexpr std::array<std::string_view, 5> kDates = {
    "at", "consent.on", "origin.on", "origin.collected_on", "last_contact_from_person_on"};
constexpr std::string_view kQuestion = "contact";
// The script lies beside the pages, on a server or on a disk.
constexpr std::string_view kTryPage = "try.html";
constexpr std::string_view kTryScripts = "'self' file: 'wasm-unsafe-eval'";

std::string shown(std::string_view text) { return html_escaped(text); }

std::string page_of_pack(const std::string& id) { return "pack-" + id + ".html"; }

std::string folder_of(const std::string& path) { return path.substr(0, path.find('/')); }

// All pages of one language.
class Site {
  public:
    Site(const Law& law, std::span<const SourceFile> files, const SiteOptions& options,
         const Catalogue& say)
        : law_(law), files_(files), options_(options), say_(say), language_(say.language()) {}

    std::string folder() const { return language_ == Language::kFrench ? "fr" : "en"; }

    std::string index() const {
        std::string out = open(said("title"), "index.html", {"packs", "matrix"});
        out += section("packs", packs());
        const std::vector<std::string> countries = law_.countries();
        std::string matrices;
        for (const Scenario& scenario : kScenarios)
            for (const std::string& audience : values_of("audience"))
                matrices += by_country(scenario, audience, countries);
        if (!matrices.empty()) out += section("matrix", note("matrix_note") + matrices);
        return out + close();
    }

    std::string pack_page(const Pack& pack) const {
        std::string out = open(shown(pack.title.in(language_)), page_of_pack(pack.id),
                               {"matrix", "rules", "timeline", "sources", "cases"});
        std::string matrices;
        for (const std::string& country : pack.countries) matrices += by_scenario(country);
        if (!matrices.empty()) out += section("matrix", note("matrix_note") + matrices);
        out += section("rules", rules(pack));
        out += section("timeline", timeline(pack));
        out += section("sources", sources(pack));
        out += section("cases", note("cases_note") + cases(pack));
        return out + close();
    }

    // What is asked and answered is the script's matter; the page has the words.
    std::string try_page() const {
        json::object words;
        for (const auto& [name, id] :
             {std::pair{"yes", "site.try_yes"}, std::pair{"no", "site.try_no"},
              std::pair{"unknown", "site.try_unknown"}, std::pair{"date", "ask.date"},
              std::pair{"count", "ask.number"}, std::pair{"time", "ask.time"},
              std::pair{"key", "ask.code"}, std::pair{"reasons", "check.reasons"},
              std::pair{"duties", "check.duties"}, std::pair{"missing", "check.missing"},
              std::pair{"remedies", "check.remedies"},
              std::pair{"debatable", "certainty.debatable"}, std::pair{"failed", "site.try_failed"},
              std::pair{"reading", "site.try_reading"}})
            words[name] = say_(id);
        words["changes_on"] = say_("check.changes_on", {{"day", "{day}"}});
        const std::string form =
            "<form id=\"situation\" hidden data-day=\"" + text_of(options_.day) +
            "\" data-words=\"" + shown(json::serialize(words)) +
            "\">\n<p class=\"field\"><input type=\"checkbox\" id=\"ordinary\" name=\"ordinary\" "
            "checked> <label for=\"ordinary\" class=\"beside\">" +
            said("try_ordinary") + "</label></p>\n<div id=\"fields\"></div>\n<p><button>" +
            said("try_ask") + "</button></p>\n</form>\n";
        return open(said("try"), std::string(kTryPage), {}) +
               "<section class=\"summary\" aria-label=\"" + said("try") + "\">\n" +
               note("try_note") + "<noscript><p class=\"big\">" + said("try_no_script") +
               "</p></noscript>\n" + form +
               "<div id=\"verdict\" role=\"status\" aria-live=\"polite\"></div>\n</section>\n" +
               "<script src=\"../try.js\"></script>\n" + close();
    }

  private:
    using Arguments = std::vector<std::pair<std::string, std::string>>;

    std::string said(std::string_view id, Arguments arguments = {}) const {
        return shown(say_(Message("site." + std::string(id), std::move(arguments))));
    }
    std::string note(std::string_view id) const {
        return "<p class=\"note\">" + said(id) + "</p>\n";
    }
    std::string day(const std::string& text) const {
        const auto date = parse_date(text);
        return date ? shown(worded(*date, language_)) : shown(text);
    }

    // ---- the frame ------------------------------------------------------------------------------
    std::string open(const std::string& title, const std::string& file,
                     std::initializer_list<std::string_view> sections) const {
        const bool is_french = language_ == Language::kFrench;
        std::string out = page_head(language_, say_("site.title"), kStyle,
                                    file == kTryPage ? kTryScripts : std::string_view{});
        out +=
            "<header>\n<p class=\"brand\">licet · " + said("title") + "</p>\n<h1>" + title +
            "</h1>\n<p class=\"facts\">" +
            said("facts", {{"day", worded(options_.day, language_)},
                           {"reading", say_("reading." + std::string(name_of(law_.reading())))}}) +
            "</p>\n<nav aria-label=\"" + said("contents") + "\"><ul>";
        if (file != "index.html") out += "<li><a href=\"index.html\">" + said("home") + "</a></li>";
        if (options_.engine.is_there() && file != kTryPage)
            out += "<li><a href=\"" + std::string(kTryPage) + "\">" + said("try") + "</a></li>";
        for (const std::string_view id : sections)
            out += "<li><a href=\"#" + std::string(id) + "\">" + said(id) + "</a></li>";
        return out + "<li><a href=\"../" + (is_french ? "en" : "fr") + "/" + file +
               "\" hreflang=\"" +
               (is_french ? "en\" lang=\"en\">English" : "fr\" lang=\"fr\">Français") +
               "</a></li></ul></nav>\n</header>\n<main>\n";
    }

    std::string close() const {
        std::vector<std::string> packs;
        for (const Pack& pack : law_.packs()) packs.push_back(pack.identity());
        return "</main>\n<footer><p>" + shown(join(packs, " · ")) + "<br>" + said("disclaimer") +
               "</p></footer>\n</body>\n</html>\n";
    }

    std::string section(std::string_view id, const std::string& content) const {
        const std::string name(id);
        return "<section aria-labelledby=\"" + name + "\"><h2 id=\"" + name + "\">" + said(id) +
               "</h2>\n" + content + "</section>\n";
    }

    // A table that may be wider than the page can be scrolled by keyboard too.
    std::string table(const std::string& caption, const std::vector<std::string>& header,
                      const std::string& rows, std::string_view kind = {}) const {
        std::string out = "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" +
                          caption + "\"><table class=\"" + std::string(kind) + "\"><caption>" +
                          caption + "</caption><thead><tr>";
        for (const std::string& cell : header) out += "<th scope=\"col\">" + cell + "</th>";
        return out + "</tr></thead><tbody>\n" + rows + "</tbody></table></div>\n";
    }

    // ---- words ----------------------------------------------------------------------------------
    std::string answer(const std::string& id) const {
        const Words* words = law_.vocabulary().answer_words(id);
        return shown(words == nullptr ? id : words->in(language_));
    }

    static std::string sign(const std::string& answer) {
        const std::string_view mark = answer == "allowed"        ? "✓"
                                      : answer == "forbidden"    ? "✕"
                                      : answer == "undetermined" ? "?"
                                                                 : "–";
        return "<span class=\"sign " + shown(answer) + "\" aria-hidden=\"true\">" +
               std::string(mark) + "</span>";
    }

    std::string value(std::string_view fact, const std::string& name) const {
        const FactId id = law_.vocabulary().find(fact);
        if (id == kNoFact) return shown(name);
        const auto& words = law_.vocabulary().fact(id).value_words;
        const auto found = words.find(name);
        return shown(found == words.end() ? name : found->second.in(language_));
    }

    std::vector<std::string> values_of(std::string_view fact) const {
        const FactId id = law_.vocabulary().find(fact);
        return id == kNoFact ? std::vector<std::string>{} : law_.vocabulary().fact(id).values;
    }

    std::string link(const Rule& rule) const {
        return "<a href=\"" + page_of_pack(rule.pack) + "#" + shown(rule.id) + "\">";
    }

    std::string period(const Rule& rule) const {
        if (rule.from.empty() && rule.until.empty()) return {};
        if (rule.until.empty()) return shown(say_("law.in_force_from", {{"from", day(rule.from)}}));
        if (rule.from.empty())
            return shown(say_("law.in_force_until", {{"until", day(rule.until)}}));
        return shown(say_("law.in_force", {{"from", day(rule.from)}, {"until", day(rule.until)}}));
    }

    // ---- the matrix -----------------------------------------------------------------------------
    std::string cell(const Scenario& scenario, const std::string& country,
                     const std::string& channel, const std::string& audience) const {
        const Vocabulary& vocabulary = law_.vocabulary();
        Facts facts;
        const auto background = [&](std::string_view name) {
            if (!name.empty()) std::ignore = set_background(facts, vocabulary, name);
        };
        for (const std::string_view name : kBase) background(name);
        for (const std::string_view name : scenario.backgrounds) background(name);
        for (const std::string_view name : kDates)
            if (const FactId id = vocabulary.find(name); id != kNoFact)
                facts.set(id, Moment{options_.day, {}});
        for (const auto& [name, text] : {std::pair{std::string_view("country"), country},
                                         {std::string_view("channel"), channel},
                                         {std::string_view("audience"), audience}})
            std::ignore = set_fact(facts, vocabulary, name, text);
        const auto decision = law_.decide(kQuestion, options_.complete(facts));
        if (!decision) return "<td></td>";
        const std::string id = vocabulary.question(kQuestion)->answer_name(decision->answer);
        std::string text = answer(id);
        if (decision->answer >= 0 && !decision->reasons.empty())
            text = link(law_.rules().rules[decision->reasons.front().rule]) + text + "</a>";
        // One missing fact tells more than a dozen: the first in the order of the vocabulary.
        std::string missing;
        if (!decision->missing.empty())
            missing = "<span class=\"sources\">" +
                      shown(vocabulary.fact(decision->missing.front()).words.in(language_)) +
                      "</span>";
        return "<td><span class=\"outcome\">" + sign(id) + "<span>" + text + "</span></span>" +
               missing + "</td>";
    }

    std::string by_country(const Scenario& scenario, const std::string& audience,
                           const std::vector<std::string>& countries) const {
        if (law_.table(kQuestion) == nullptr) return {};
        std::vector<std::string> header{said("channel")};
        for (const std::string& country : countries)
            header.push_back(shown(law_.pack_of(country)->title.in(language_)));
        std::string rows;
        for (const std::string& channel : values_of("channel")) {
            rows += "<tr><th scope=\"row\">" + value("channel", channel) + "</th>";
            for (const std::string& country : countries)
                rows += cell(scenario, country, channel, audience);
            rows += "</tr>\n";
        }
        return table(
            said("scenario_" + std::string(scenario.id)) + " · " + value("audience", audience),
            header, rows);
    }

    std::string by_scenario(const std::string& country) const {
        std::string out;
        if (law_.table(kQuestion) == nullptr) return out;
        const std::vector<std::string> audiences = values_of("audience");
        std::vector<std::string> header{said("channel")};
        for (const std::string& audience : audiences) header.push_back(value("audience", audience));
        for (const Scenario& scenario : kScenarios) {
            std::string rows;
            for (const std::string& channel : values_of("channel")) {
                rows += "<tr><th scope=\"row\">" + value("channel", channel) + "</th>";
                for (const std::string& audience : audiences)
                    rows += cell(scenario, country, channel, audience);
                rows += "</tr>\n";
            }
            out += table(said("scenario_" + std::string(scenario.id)) + " · " + shown(country),
                         header, rows);
        }
        return out;
    }

    // ---- packs, rules, changes ------------------------------------------------------------------
    std::string packs() const {
        std::string rows;
        for (const Pack& pack : law_.packs()) {
            const auto& all = law_.rules().rules;
            const auto count = std::count_if(
                all.begin(), all.end(), [&](const Rule& rule) { return rule.pack == pack.id; });
            rows += "<tr><th scope=\"row\"><a href=\"" + page_of_pack(pack.id) + "\">" +
                    shown(pack.title.in(language_)) + "</a></th><td>" + shown(pack.version) +
                    "</td><td>" + shown(say_("law.status_" + pack.status)) +
                    "</td><td class=\"number\">" + std::to_string(count) +
                    "</td><td class=\"mono\">" + shown(pack.digest.substr(0, 16)) + "</td></tr>\n";
        }
        return note("lead") +
               table(said("packs"),
                     {said("pack"), said("version"), said("review"), said("rules"), said("digest")},
                     rows);
    }

    std::string item(std::string_view id, const std::string& content) const {
        return content.empty() ? "" : "<dt>" + said(id) + "</dt><dd>" + content + "</dd>\n";
    }

    std::string rule_links(const std::vector<RuleId>& ids) const {
        std::string out;
        for (const RuleId id : ids) {
            const Rule& rule = law_.rules().rules[id];
            out +=
                (out.empty() ? "" : "<br>") + link(rule) + shown(rule.tell.in(language_)) + "</a>";
        }
        return out;
    }

    std::string says(const Rule& rule) const {
        const Question& question = *law_.vocabulary().question(rule.question);
        std::string out = rule.answer < 0
                              ? said("no_answer")
                              : sign(question.answers[static_cast<std::size_t>(rule.answer)]) +
                                    answer(question.answers[static_cast<std::size_t>(rule.answer)]);
        if (rule.has_kept_by)
            out += "<br>" + said("conduct", {{"answer", say_answer(question.answers.front())}});
        return out;
    }
    std::string say_answer(const std::string& id) const {
        const Words* words = law_.vocabulary().answer_words(id);
        return words == nullptr ? id : words->in(language_);
    }

    std::string duties(const Rule& rule) const {
        std::string out;
        for (const std::string& id : rule.duties)
            if (const Duty* duty = law_.vocabulary().duty(id))
                out += (out.empty() ? "" : "<br>") + shown(duty->words.in(language_));
        return out;
    }

    std::string rule(RuleId id) const {
        const Rule& one = law_.rules().rules[id];
        const bool is_debatable = one.certainty == Certainty::kDebatable;
        const Question& question = *law_.vocabulary().question(one.question);
        return "<article class=\"rule\" id=\"" + shown(one.id) + "\"><h4>" +
               shown(one.tell.in(language_)) + "</h4>\n<p class=\"sources\">" +
               shown(join(one.cites, "; ")) + " · <span class=\"mono\">" + shown(one.id) +
               "</span> " +
               (is_debatable ? "<span class=\"tag debatable\">" +
                                   shown(say_("certainty.debatable")) + "</span>"
                             : "") +
               "</p>\n<dl>" + item("question", shown(question.asks.in(language_))) +
               item("answer", says(one)) + item("in_force", period(one)) +
               item("exception_to", rule_links(law_.rules().parents_of(id))) +
               item("unless", rule_links(one.exceptions)) + item("duties", duties(one)) +
               "</dl></article>\n";
    }

    std::string rules(const Pack& pack) const {
        std::string out;
        std::string file;
        const auto& all = law_.rules().rules;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (all[i].pack != pack.id) continue;
            if (all[i].place.path != file) {
                file = all[i].place.path;
                out += "<h3 class=\"mono\">" + shown(file) + "</h3>\n";
            }
            out += rule(static_cast<RuleId>(i));
        }
        return out;
    }

    std::string timeline(const Pack& pack) const {
        std::multimap<std::string, std::pair<std::string_view, const Rule*>> changes;
        for (const Rule& one : law_.rules().rules) {
            if (one.pack != pack.id) continue;
            if (!one.from.empty()) changes.emplace(one.from, std::pair{"begins", &one});
            if (!one.until.empty()) changes.emplace(one.until, std::pair{"ends", &one});
        }
        if (changes.empty()) return note("no_change");
        std::string rows;
        for (const auto& [date, change] : changes)
            rows += "<tr><th scope=\"row\">" + day(date) + "</th><td>" +
                    said(std::string(change.first)) + "</td><td>" + link(*change.second) +
                    shown(change.second->tell.in(language_)) + "</a></td></tr>\n";
        return table(said("timeline"), {said("date"), said("change"), said("rule")}, rows);
    }

    std::string sources(const Pack& pack) const {
        std::string rows;
        for (const auto& [id, source] : pack.sources)
            rows += "<tr><th scope=\"row\">" + shown(source.title) +
                    "<span class=\"sources mono\">" + shown(id) + "</span></th><td>" +
                    shown(source.sentence.in(language_)) + "</td><td>" +
                    shown(say_("grade." + source.grade)) + "</td><td>" + day(source.read_on) +
                    "</td><td>" + day(source.review_by) + "</td></tr>\n";
        return table(
            said("sources"),
            {said("source"), said("sentence"), said("grade"), said("read"), said("review_by")},
            rows);
    }

    // Case tables as their authors wrote them.
    std::string cases(const Pack& pack) const {
        std::string out;
        for (const SourceFile& file : files_) {
            if (folder_of(file.path) != pack.id || !file.path.ends_with(".md")) continue;
            for (const Table& one : read_markdown(file).tables) {
                if (one.column_of("expect") < 0) continue;
                std::vector<std::string> header;
                for (const Cell& name : one.header) header.push_back(shown(name.text));
                std::string rows;
                for (const Row& row : one.rows) {
                    rows += "<tr>";
                    for (std::size_t i = 0; i < row.cells.size(); ++i)
                        rows += "<td>" + case_cell(one, i, row.cells[i].text) + "</td>";
                    rows += "</tr>\n";
                }
                const std::string name = shown(file.path + ":" + std::to_string(one.line));
                out += "<h3 lang=\"en\">" + shown(one.heading) + "</h3>\n";
                if (!one.given.empty())
                    out += "<p class=\"small\">" + said("given") + " <span class=\"mono\">" +
                           shown(one.given) + "</span></p>\n";
                out += table(name, header, rows, "cases");
            }
        }
        return out;
    }

    std::string case_cell(const Table& table, std::size_t column, const std::string& text) const {
        const auto is_column = [&](std::string_view name) {
            return table.column_of(name) == static_cast<int>(column);
        };
        if (is_column("expect"))
            return "<span class=\"outcome\">" + sign(text) + answer(text) + "</span>";
        if (is_column("by"))
            for (const Rule& one : law_.rules().rules)
                if (one.id == text) return link(one) + shown(text) + "</a>";
        return shown(text);
    }

    const Law& law_;
    std::span<const SourceFile> files_;
    const SiteOptions& options_;
    const Catalogue& say_;
    Language language_;
};

std::string choice_of_language(const Catalogue& french, const Catalogue& english) {
    const auto way = [](const Catalogue& say, const char* folder) {
        const std::string name(folder);
        return "<p lang=\"" + name + "\"><a href=\"" + name + "/index.html\" hreflang=\"" + name +
               "\">" + html_escaped(say("site.title")) + "</a></p>\n";
    };
    return page_head(Language::kFrench, french("site.title"), kStyle) +
           "<header><h1>licet</h1></header>\n<main>\n" + way(french, "fr") + way(english, "en") +
           "</main>\n</body>\n</html>\n";
}

}  // namespace

std::vector<SitePage> export_html(const Law& law, std::span<const SourceFile> files,
                                  const SiteOptions& options, const Catalogue& french,
                                  const Catalogue& english) {
    std::vector<SitePage> pages{{"index.html", choice_of_language(french, english)}};
    for (const Catalogue* say : {&french, &english}) {
        const Site site(law, files, options, *say);
        pages.push_back({site.folder() + "/index.html", site.index()});
        if (options.engine.is_there())
            pages.push_back({site.folder() + "/" + std::string(kTryPage), site.try_page()});
        for (const Pack& pack : law.packs())
            pages.push_back({site.folder() + "/" + page_of_pack(pack.id), site.pack_page(pack)});
    }
    if (options.engine.is_there())
        pages.push_back({"try.js", try_script(law, files, options.engine, kBase)});
    return pages;
}

}  // namespace licet::law

// SPDX-License-Identifier: Apache-2.0
#include "papers/document_html.h"

#include "base/page.h"
#include "base/text.h"

namespace licet::papers {
namespace {

constexpr std::string_view kStyle =
#include "papers/document_style.inc"
    ;

std::string articles_text(const Document& document, const Block& block) {
    std::vector<std::string> out;
    for (const std::string& one : block.articles) out.push_back(document.article_words.at(one));
    return join(out, "; ");
}

class Page {
  public:
    Page(const Document& document, const Catalogue& say) : document_(document), say_(say) {}

    std::string write() {
        out_ = page_head(document_.language, document_.title, kStyle);
        head();
        out_ += "<main>\n";
        for (const Block& block : document_.blocks) write(block);
        close_list();
        if (is_open_) out_ += "</section>\n";
        origins();
        out_ += "</main>\n<footer><p>";
        text(say_("papers.foot", {{"hash", document_.content_hash()}, {"law", document_.law}}));
        return out_ += "</p></footer>\n</body>\n</html>\n";
    }

  private:
    void text(std::string_view letters) { out_ += html_escaped(letters); }

    void head() {
        out_ += "<header>\n<h1>";
        text(document_.title);
        out_ += "</h1>\n<p class=\"facts\">";
        const std::string day = worded(document_.day, document_.language);
        text(document_.is_letter ? day
             : document_.version == 0
                 ? say_("papers.draft_of", {{"day", day}})
                 : say_("papers.version_of",
                        {{"version", std::to_string(document_.version)}, {"day", day}}));
        out_ += "</p>\n</header>\n";
    }

    // The attribute that tells where a block comes from.
    void origin(const Block& block) {
        const auto facts = block.facts();
        const std::string from =
            facts.empty()
                ? say_("papers.origin_articles", {{"articles", articles_text(document_, block)}})
                : say_("papers.origin",
                       {{"facts", join(std::vector<std::string>(facts.begin(), facts.end()), ", ")},
                        {"articles", articles_text(document_, block)}});
        if (facts.empty() && block.articles.empty()) return;
        out_ += " title=\"" + html_escaped(from) + "\"";
    }

    void line(const Line& spans) {
        for (const Span& span : spans) {
            if (span.is_strong) out_ += "<strong>";
            if (span.is_link) {
                const bool is_address = span.text.find(':') == span.text.npos;
                out_ += "<a href=\"" + std::string(is_address ? "mailto:" : "") +
                        html_escaped(span.text) + "\">";
            }
            text(span.text);
            if (span.is_link) out_ += "</a>";
            if (span.is_strong) out_ += "</strong>";
        }
    }

    void close_list() {
        if (!list_.empty()) out_ += "</" + list_ + ">\n";
        list_.clear();
    }

    void open_list(const std::string& tag) {
        if (list_ == tag) return;
        close_list();
        out_ += "<" + tag + ">\n";
        list_ = tag;
    }

    void element(const std::string& tag, const Block& block) {
        out_ += "<" + tag;
        origin(block);
        out_ += ">";
        line(block.line);
        out_ += "</" + tag + ">\n";
    }

    void write(const Block& block) {
        if (block.kind != BlockKind::kItem && block.kind != BlockKind::kStep) close_list();
        switch (block.kind) {
            case BlockKind::kHeading:
                return heading(block);
            case BlockKind::kParagraph:
                return element("p", block);
            case BlockKind::kItem:
                open_list("ul");
                return element("li", block);
            case BlockKind::kStep:
                open_list("ol");
                return element("li", block);
            case BlockKind::kBox:
                out_ += "<div class=\"box\">";
                element("p", block);
                out_ += "</div>\n";
                return;
            case BlockKind::kTable:
                return table(block);
            case BlockKind::kMessage:
                return message(block);
        }
    }

    void heading(const Block& block) {
        if (block.level > 2) return element("h3", block);
        if (is_open_) out_ += "</section>\n";
        is_open_ = true;
        last_heading_ = plain(block.line);
        out_ += "<section id=\"" + html_escaped(block.section) + "\">\n";
        element("h2", block);
    }

    void table(const Block& block) {
        constexpr std::size_t kMostOnASheet = 8;
        const bool is_wide = !block.rows.empty() && block.rows.front().size() > kMostOnASheet;
        out_ += std::string("<div class=\"scroll") + (is_wide ? " sheet" : "") +
                "\" tabindex=\"0\" role=\"region\" aria-label=\"";
        text(say_("papers.table",
                  {{"title", last_heading_}, {"number", std::to_string(++tables_)}}));
        out_ += "\"><table";
        origin(block);
        out_ += ">\n";
        for (const auto& row : block.rows) {
            const bool is_head = &row == &block.rows.front();
            out_ += is_head ? "<thead><tr>" : "<tr>";
            for (const Line& cell : row) {
                const bool is_name = !is_head && &cell == &row.front();
                out_ += is_head ? "<th scope=\"col\">" : is_name ? "<th scope=\"row\">" : "<td>";
                line(cell);
                out_ += is_head || is_name ? "</th>" : "</td>";
            }
            out_ += is_head ? "</tr></thead>\n<tbody>\n" : "</tr>\n";
        }
        out_ += "</tbody>\n</table></div>\n";
    }

    void message(const Block& block) {
        out_ += "<p class=\"label\">";
        text(say_("papers.message." + block.label.substr(0, block.label.find(' '))));
        out_ += "</p>\n<div class=\"message\"";
        origin(block);
        out_ += ">";
        text(block.message);
        out_ += "</div>\n";
    }

    void origins() {
        out_ += "<details>\n<summary>";
        text(say_("papers.origins"));
        out_ += "</summary>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"";
        text(say_("papers.origins"));
        out_ += "\"><table>\n<thead><tr>";
        for (const char* id :
             {"papers.column_section", "papers.column_articles", "papers.column_facts"})
            out_ += "<th scope=\"col\">" + html_escaped(say_(id)) + "</th>";
        out_ += "</tr></thead>\n<tbody>\n";
        for (const Block& block : document_.blocks)
            if (block.kind == BlockKind::kHeading && block.level == 2) origin_row(block);
        out_ += "</tbody>\n</table></div>\n</details>\n";
    }

    void origin_row(const Block& heading) {
        std::set<std::string> facts;
        std::set<std::string> articles;
        for (const Block& block : document_.blocks) {
            if (block.section != heading.section) continue;
            facts.merge(block.facts());
            for (const std::string& one : block.articles)
                articles.insert(document_.article_words.at(one));
        }
        const auto joined = [](const std::set<std::string>& all) {
            return join(std::vector<std::string>(all.begin(), all.end()), ", ");
        };
        out_ += "<tr><th scope=\"row\">" + html_escaped(plain(heading.line)) + "</th><td>" +
                html_escaped(joined(articles)) + "</td><td class=\"mono\">" +
                html_escaped(joined(facts)) + "</td></tr>\n";
    }

    const Document& document_;
    const Catalogue& say_;
    std::string out_;
    std::string list_;
    std::string last_heading_;
    int tables_ = 0;
    bool is_open_ = false;
};

}  // namespace

std::string html_of(const Document& document, const Catalogue& say) {
    return Page(document, say).write();
}

}  // namespace licet::papers

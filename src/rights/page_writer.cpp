// SPDX-License-Identifier: Apache-2.0
#include "rights/internal/page_writer.h"

namespace licet::rights::internal {
namespace {

constexpr std::string_view kStyle =
    "header { padding-top: 1.8rem; } header, main, footer { max-width: 44rem; }\n"
    "h1 { font-size: 1.8rem; } section { margin-top: 1.6rem; padding-top: 1.2rem; }\n"
    "main > :first-child { margin-top: 1rem; }\n"
    "button { font: inherit; font-weight: 600; min-height: 2.75rem; padding: .5rem 1.1rem; "
    "border: 2px solid var(--link); border-radius: .5rem; background: var(--paper); "
    "color: var(--link); cursor: pointer; max-width: 100%; overflow-wrap: anywhere; }\n"
    "button.main { width: 100%; min-height: 4rem; font-size: 1.2rem; background: var(--link); "
    "color: var(--paper); }\n"
    "button:focus-visible, input:focus-visible, textarea:focus-visible, select:focus-visible "
    "{ outline: 3px solid var(--link); outline-offset: 3px; }\n"
    "form { margin: 0 0 .8rem; } form.inline { display: inline-block; margin-right: .6rem; }\n"
    "fieldset { border: 1px solid var(--line); border-radius: .5rem; margin: 0 0 .6rem; "
    "padding: .3rem .9rem .5rem; min-width: 0; }\n"
    "legend { font-weight: 600; padding: 0 .3rem; }\n"
    "label { display: inline-flex; align-items: center; gap: .55rem; min-height: 2.4rem; "
    "margin-right: 1.4rem; max-width: 100%; }\n"
    "label.block { display: block; margin: .4rem 0 .2rem; min-height: 0; }\n"
    "input[type=checkbox] { width: 1.5rem; height: 1.5rem; flex: none; margin: 0; "
    "accent-color: var(--link); }\n"
    "input[type=text], input[type=email], select, textarea { font: inherit; width: 100%; "
    "min-height: 2.75rem; padding: .4rem .6rem; border: 2px solid var(--soft); "
    "border-radius: .4rem; background: var(--paper); color: var(--ink); }\n"
    "textarea { min-height: 6rem; }\n"
    "nav ul { list-style: none; padding: 0; margin: .4rem 0 0; display: grid; gap: 0 1.2rem; "
    "grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); }\n"
    "nav a { display: inline-block; padding: .45rem 0; } a { color: var(--link); }\n"
    ".state { border-left: .35rem solid var(--c); padding: .3rem .8rem; margin: 0 0 .9rem; "
    "max-width: none; }\n"
    "dl { display: grid; grid-template-columns: minmax(8rem, 12rem) 1fr; gap: .35rem 1rem; "
    "margin: .4rem 0; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }\n"
    "footer { margin-top: 2rem; padding-bottom: 2rem; }\n"
    "@media (max-width: 30rem) { dl { grid-template-columns: 1fr; gap: 0; } "
    "dd { margin-bottom: .5rem; } form.inline, form.inline button { width: 100%; } }\n";

constexpr Page kOthers[] = {Page::kChoices, Page::kOrigin,     Page::kCopy,     Page::kReceipt,
                            Page::kErasure, Page::kCorrection, Page::kComplaint};

}  // namespace

PageWriter::PageWriter(const PageFrame& frame, const std::string& title, Arguments arguments)
    : frame_(frame) {
    const Catalogue& say = *frame.say;
    arguments.emplace_back("name", frame.settings->name);
    const std::string text = say(Message("rights." + title, std::move(arguments)));
    out_ = page_head(say.language(), text + " – " + frame.settings->name, kStyle, {}, "'self'");
    out_ += "<header>\n<p class=\"brand\">" + shown(frame.settings->name) + "</p>\n<h1>" +
            shown(text) + "</h1>\n</header>\n<main>\n";
}

std::string PageWriter::said(const std::string& id, Arguments arguments) const {
    arguments.emplace_back("name", frame_.settings->name);
    arguments.emplace_back("contact", frame_.settings->contact);
    return shown((*frame_.say)(Message("rights." + id, std::move(arguments))));
}

std::string PageWriter::day(Date date) const { return worded(date, frame_.say->language()); }

std::string PageWriter::channel(const std::string& name) const {
    if (name.empty()) return (*frame_.say)("rights.all_channels");
    const std::string id = "rights.channel_" + name;
    return frame_.say->has(id) ? (*frame_.say)(Message(id)) : name;
}

std::string PageWriter::topic(std::string_view purpose) const {
    if (purpose.empty()) return (*frame_.say)("rights.all_topics");
    for (const Topic& one : frame_.settings->topics)
        if (one.purpose == purpose) return one.in(frame_.say->language());
    const std::string id = "rights.purpose_" + std::string(purpose);
    return frame_.say->has(id) ? (*frame_.say)(Message(id)) : std::string(purpose);
}

void PageWriter::paragraph(const std::string& id, Arguments arguments, std::string_view css_class) {
    out_ += css_class.empty() ? "<p>" : "<p class=\"" + std::string(css_class) + "\">";
    out_ += said(id, std::move(arguments)) + "</p>\n";
}

void PageWriter::open_section(const std::string& heading_id) {
    out_ += "<section>\n<h2>" + said(heading_id) + "</h2>\n";
}

std::string PageWriter::address(Page page) const {
    const std::string_view path = path_of(page);
    return path.empty() ? frame_.self : frame_.self + "/" + std::string(path);
}

void PageWriter::open_form(Page page, std::string_view act) {
    out_ += "<form method=\"post\" action=\"" + shown(address(page)) + "\"" +
            (act == "pause" ? " class=\"inline\"" : "") + ">\n";
    if (!act.empty()) hidden_field("do", act);
}

void PageWriter::hidden_field(std::string_view name, std::string_view value) {
    out_ += "<input type=\"hidden\" name=\"" + shown(name) + "\" value=\"" + shown(value) + "\">\n";
}

void PageWriter::button(const std::string& id, Arguments arguments, std::string_view css_class) {
    out_ += "<button type=\"submit\"";
    if (!css_class.empty()) out_ += " class=\"" + std::string(css_class) + "\"";
    out_ += ">" + said(id, std::move(arguments)) + "</button>\n";
}

void PageWriter::checkbox(std::string_view value, const std::string& label_html, bool is_ticked,
                          bool is_disabled, std::string_view name) {
    const std::string id = "f" + std::to_string(++fields_);
    out_ += "<label for=\"" + id + "\"><input type=\"checkbox\" id=\"" + id + "\" name=\"" +
            shown(name) + "\" value=\"" + shown(value) + "\"" + (is_ticked ? " checked" : "") +
            (is_disabled ? " disabled" : "") + "><span>" + label_html + "</span></label>\n";
}

void PageWriter::link(Page page, const std::string& id) {
    out_ += "<a href=\"" + shown(address(page)) + "\">" + said(id) + "</a>";
}

void PageWriter::navigation() {
    out_ += "<nav aria-labelledby=\"other\">\n<section>\n<h2 id=\"other\">" + said("other_pages") +
            "</h2>\n<ul>\n";
    for (const Page page : kOthers) {
        out_ += "<li>";
        link(page, "go_" + std::string(path_of(page)));
        out_ += "</li>\n";
    }
    out_ += "</ul>\n</section>\n</nav>\n";
}

std::string PageWriter::finish(bool has_links) {
    if (has_links && !frame_.self.empty()) navigation();
    out_ += "</main>\n<footer>\n<p>" + said("foot");
    if (!frame_.settings->postal_address.empty())
        out_ += " " + shown(frame_.settings->postal_address) + ".";
    out_ += " " + said("no_cookie") + "</p>\n</footer>\n</body>\n</html>\n";
    return std::move(out_);
}

}  // namespace licet::rights::internal

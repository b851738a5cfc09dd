// SPDX-License-Identifier: Apache-2.0
#include "rights/pages.h"

#include <algorithm>
#include <array>

#include "rights/internal/page_writer.h"

namespace licet::rights {
namespace {

using internal::PageWriter;
using ledger::Event;
using ledger::EventKind;

constexpr std::array<std::pair<Page, std::string_view>, 9> kPaths = {
    {{Page::kMain, ""},
     {Page::kChoices, "choices"},
     {Page::kOrigin, "origin"},
     {Page::kCopy, "copy"},
     {Page::kCopyJson, "copy.json"},
     {Page::kReceipt, "receipt"},
     {Page::kErasure, "erasure"},
     {Page::kCorrection, "correction"},
     {Page::kComplaint, "complaint"}}};

void grid(PageWriter& page, const Preferences& preferences) {
    page.open_form(Page::kChoices, "save");
    bool must_wait = false;
    for (const PreferenceRow& row : preferences.rows) {
        page.put("<fieldset>\n<legend>" + page.shown(page.topic(row.topic.purpose)) +
                 "</legend>\n");
        for (const Cell& cell : row.cells) {
            must_wait = must_wait || cell.has_refused_today;
            // What was ticked here and comes back ticked says nothing new.
            if (cell.is_ticked()) page.hidden_field("shown", name_of(cell));
            page.checkbox(name_of(cell), page.shown(page.channel(cell.scope.channel)),
                          cell.is_ticked(), cell.has_refused_today);
        }
        page.put("</fieldset>\n");
    }
    if (must_wait) page.paragraph("refused_today", {}, "note");
    page.button("save_button");
    page.close_form();
}

void pauses(PageWriter& page, const PageFrame& frame) {
    if (frame.settings->pauses.empty()) return;
    page.open_section("pause_title");
    page.paragraph("pause_means");
    for (const int days : frame.settings->pauses) {
        page.open_form(Page::kChoices, "pause");
        page.hidden_field("days", std::to_string(days));
        page.button("pause_button", {{"days", std::to_string(days)}});
        page.close_form();
    }
    page.close_section();
}

void row(PageWriter& page, const std::string& id, const std::string& value) {
    if (value.empty()) return;
    page.put("<dt>" + page.said(id) + "</dt><dd>" + page.shown(value) + "</dd>\n");
}

std::string worded_value(const PageFrame& frame, const std::string& fact,
                         const std::string& value) {
    const law::FactId id = frame.words == nullptr ? law::kNoFact : frame.words->find(fact);
    if (id == law::kNoFact) return value;
    const auto& known = frame.words->fact(id).value_words;
    const auto found = known.find(value);
    return found == known.end() ? value : found->second.in(frame.say->language());
}

std::string event_words(const PageFrame& frame, const Event& event) {
    return (*frame.say)(Message("event." + std::string(ledger::name_of(event.kind))));
}

bool is_repeat(const Event& event) { return event.key.find('~') != std::string::npos; }

// Asks for a written answer to one kind of question.
void ask_form(PageWriter& page, Page at, const std::string& button_id, bool wants_note) {
    page.open_form(at, "ask");
    if (wants_note) {
        page.put("<label class=\"block\" for=\"note\">" + page.said("note_label") +
                 "</label>\n<textarea id=\"note\" name=\"note\" maxlength=\"2000\"></textarea>\n");
    }
    page.button(button_id);
    page.close_form();
}

std::string_view text_of(DoneModel::What what) {
    switch (what) {
        case DoneModel::What::kStopped:
            return "stopped";
        case DoneModel::What::kStoppedAll:
            return "stopped_all";
        case DoneModel::What::kWrongPerson:
            return "wrong_person";
        case DoneModel::What::kSaved:
            return "saved";
        case DoneModel::What::kPaused:
            return "paused";
        case DoneModel::What::kRequested:
            return "requested";
        case DoneModel::What::kMailSent:
            return "mail_sent";
        case DoneModel::What::kIdentityConfirmed:
            return "identity_confirmed";
        case DoneModel::What::kConfirmed:
            return "confirmed";
        case DoneModel::What::kNotMe:
            return "not_me";
    }
    LICET_ENSURE(false);
}

std::string_view text_of(Trouble trouble) {
    switch (trouble) {
        case Trouble::kInvalid:
            return "invalid";
        case Trouble::kEnded:
            return "ended";
        case Trouble::kBadForm:
            return "bad_form";
        case Trouble::kTryAgain:
            return "try_again";
    }
    LICET_ENSURE(false);
}

bool is_origin(const Event& event) { return event.kind == EventKind::kCollected; }

void copy_of_events(PageWriter& page, const PageFrame& frame, const Known& known) {
    page.put("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" +
             page.said("copy_table") + "\">\n<table>\n<thead><tr><th scope=\"col\">" +
             page.said("when") + "</th><th scope=\"col\">" + page.said("what") +
             "</th><th scope=\"col\">" + page.said("details") + "</th></tr></thead>\n<tbody>\n");
    for (const Event& event : known.events) {
        if (is_repeat(event)) continue;
        std::string details;
        if (!event.channel.empty()) details += page.channel(event.channel) + "; ";
        if (!event.purpose.empty()) details += page.topic(event.purpose) + "; ";
        for (const auto& [name, value] : event.attributes) {
            details += name;
            details += " = " + value + "; ";
        }
        if (details.ends_with("; ")) details.resize(details.size() - 2);
        page.put("<tr><td>" + page.shown(page.day(event.happened_on)) + "</td><td>" +
                 page.shown(event_words(frame, event)) + "</td><td>" + page.shown(details) +
                 "</td></tr>\n");
    }
    page.put("</tbody>\n</table>\n</div>\n");
}

}  // namespace

std::string_view path_of(Page page) {
    for (const auto& [one, path] : kPaths)
        if (one == page) return path;
    LICET_ENSURE(false);
}

std::optional<Page> page_of_path(std::string_view path) {
    for (const auto& [page, one] : kPaths)
        if (one == path) return page;
    return std::nullopt;
}

std::string unsubscribe_page(const PageFrame& frame, const UnsubscribeModel& model) {
    PageWriter page(frame, "unsubscribe_title");
    if (model.is_stopped)
        page.paragraph("already_stopped", {}, "state allowed");
    else
        page.paragraph("unsubscribe_lead", {{"channel", page.channel(model.channel)}});
    page.open_form(Page::kMain, "stop");
    page.button("unsubscribe_button", {{"channel", page.channel(model.channel)}}, "main");
    page.close_form();
    page.put("<p>");
    page.link(Page::kChoices, "rather_choose");
    page.put("</p>\n");
    return page.finish();
}

std::string choices_page(const PageFrame& frame, const Preferences& preferences) {
    PageWriter page(frame, "choices_title");
    if (preferences.is_all_stopped) page.paragraph("all_is_stopped", {}, "state allowed");
    if (preferences.paused_until)
        page.paragraph("is_paused", {{"day", page.day(*preferences.paused_until)}},
                       "state undetermined");
    page.open_form(Page::kChoices, "stop_all");
    page.button("stop_all_button", {}, "main");
    page.close_form();
    page.open_section("topics_title");
    page.paragraph("topics_means");
    grid(page, preferences);
    page.close_section();
    pauses(page, frame);
    page.open_section("wrong_person_title");
    page.open_form(Page::kChoices, "wrong_person");
    page.button("wrong_person_button");
    page.close_form();
    page.close_section();
    return page.finish();
}

std::string done_page(const PageFrame& frame, const DoneModel& done) {
    const std::string text(text_of(done.what));
    PageWriter page(frame, "done_title");
    page.put("<div role=\"status\">\n");
    PageWriter::Arguments arguments;
    if (done.until) arguments.emplace_back("day", page.day(*done.until));
    if (done.request)
        arguments.emplace_back(
            "kind", (*frame.say)(Message("rights.kind_" + std::string(name_of(*done.request)))));
    page.paragraph("done_" + text, std::move(arguments), "state allowed");
    if (done.must_wait) page.paragraph("refused_today", {}, "note");
    if (done.answered_by)
        page.paragraph("answer_by", {{"day", page.day(done.answered_by->due_on)}});
    page.put("</div>\n");
    return page.finish();
}

std::string origin_page(const PageFrame& frame, const Known& known) {
    PageWriter page(frame, "origin_title");
    const bool is_any = std::any_of(known.events.begin(), known.events.end(), is_origin);
    page.paragraph(is_any ? "origin_lead" : "origin_unknown");
    for (const Event& event : known.events) {
        if (!is_origin(event)) continue;
        page.put("<dl>\n");
        row(page, "when", page.day(event.happened_on));
        row(page, "origin_what",
            worded_value(frame, "origin", std::string(attribute(event, "origin"))));
        row(page, "origin_source", std::string(attribute(event, "source")));
        const auto first = parse_date(attribute(event, "origin.collected_on"));
        row(page, "origin_first", first ? page.day(*first) : std::string());
        page.put("</dl>\n");
    }
    if (known.standing.informed_on)
        page.paragraph("origin_informed", {{"day", page.day(*known.standing.informed_on)}});
    ask_form(page, Page::kOrigin, "origin_button", false);
    return page.finish();
}

std::string copy_page(const PageFrame& frame, const Known& known, bool may_show) {
    PageWriter page(frame, "copy_title");
    if (!may_show) {
        page.paragraph("copy_why_address");
        page.open_form(Page::kCopy, "ask");
        page.put("<label class=\"block\" for=\"address\">" + page.said("address_label") +
                 "</label>\n<input type=\"email\" id=\"address\" name=\"address\" required "
                 "maxlength=\"254\" autocomplete=\"email\">\n<p></p>\n");
        page.button("copy_button");
        page.close_form();
        return page.finish();
    }
    page.paragraph(known.events.empty() ? "copy_nothing" : "copy_lead");
    page.put("<p>");
    page.link(Page::kCopyJson, "copy_download");
    page.put("</p>\n");
    if (!known.events.empty()) copy_of_events(page, frame, known);
    return page.finish();
}

std::string consent_receipt_page(const PageFrame& frame, const Known& known) {
    PageWriter page(frame, "receipt_title");
    bool is_any = false;
    for (const Event& event : known.events) {
        const bool is_choice =
            event.kind == EventKind::kConsentGiven || event.kind == EventKind::kConsentRefused ||
            event.kind == EventKind::kConsentWithdrawn ||
            (event.kind == EventKind::kDoubleOptIn && attribute(event, "step") == "confirmed") ||
            ledger::is_objection(event.kind);
        if (!is_choice || is_repeat(event)) continue;
        is_any = true;
        page.put("<section>\n<h2>" + page.shown(event_words(frame, event)) + "</h2>\n<dl>\n");
        row(page, "when", page.day(event.happened_on));
        row(page, "receipt_channel", page.channel(event.channel));
        row(page, "receipt_topic", page.topic(event.purpose));
        const auto until = parse_date(attribute(event, "until"));
        row(page, "receipt_until", until ? page.day(*until) : std::string());
        row(page, "receipt_notice", std::string(attribute(event, "notice")));
        page.put("</dl>\n</section>\n");
    }
    if (!is_any) page.paragraph("receipt_nothing");
    page.paragraph("receipt_withdraw");
    return page.finish();
}

std::string erasure_page(const PageFrame& frame) {
    PageWriter page(frame, "erasure_title");
    page.paragraph("erasure_means");
    page.paragraph("erasure_objection");
    ask_form(page, Page::kErasure, "erasure_button", false);
    return page.finish();
}

std::string correction_page(const PageFrame& frame) {
    PageWriter page(frame, "correction_title");
    page.open_form(Page::kCorrection, "ask");
    page.put("<fieldset>\n<legend>" + page.said("correction_what") + "</legend>\n");
    for (const char* what : {"name", "address", "phone", "company", "other"})
        page.checkbox(what, page.said(std::string("wrong_") + what), false, false, "about");
    page.put("</fieldset>\n<label class=\"block\" for=\"note\">" + page.said("correction_right") +
             "</label>\n<textarea id=\"note\" name=\"note\" maxlength=\"2000\"></textarea>\n"
             "<p></p>\n");
    page.button("correction_button");
    page.close_form();
    return page.finish();
}

std::string complaint_page(const PageFrame& frame) {
    PageWriter page(frame, "complaint_title");
    page.paragraph("complaint_us");
    ask_form(page, Page::kComplaint, "complaint_button", true);
    page.open_section("authority_title");
    const std::string own = "authority_" + frame.settings->country;
    page.paragraph(frame.say->has("rights." + own) ? own : "authority_any");
    page.paragraph("authority_means");
    page.close_section();
    return page.finish();
}

std::string confirm_page(const PageFrame& frame, const std::vector<ledger::Scope>& scopes) {
    PageWriter page(frame, "confirm_title");
    page.paragraph("confirm_lead");
    page.put("<ul>\n");
    for (const ledger::Scope& scope : scopes)
        page.put("<li>" + page.shown(page.topic(scope.purpose)) + " – " +
                 page.shown(page.channel(scope.channel)) + "</li>\n");
    page.put("</ul>\n");
    page.open_form(Page::kMain, "confirm");
    page.button("confirm_button", {}, "main");
    page.close_form();
    page.paragraph("confirm_means", {}, "note");
    page.open_form(Page::kMain, "not_me");
    page.button("not_me_button");
    page.close_form();
    return page.finish(false);
}

std::string identity_page(const PageFrame& frame, std::optional<RequestKind> kind) {
    PageWriter page(frame, "identity_title");
    const std::string id = "kind_" + std::string(kind ? name_of(*kind) : "any");
    page.put("<p>" + page.said("identity_lead", {{"kind", (*frame.say)("rights." + id)}}) +
             "</p>\n");
    page.open_form(Page::kMain, "identity");
    page.button("identity_button", {}, "main");
    page.close_form();
    page.paragraph("identity_means", {}, "note");
    return page.finish(false);
}

std::string ask_page(const PageFrame& frame) {
    PageWriter page(frame, "ask_title");
    page.paragraph("ask_lead");
    page.put("<form method=\"post\">\n<label class=\"block\" for=\"kind\">" +
             page.said("ask_kind") + "</label>\n<select id=\"kind\" name=\"kind\" required>\n");
    for (const RequestKind kind : all_request_kinds()) {
        const std::string name(name_of(kind));
        page.put("<option value=\"" + name + "\">" + page.said("kind_" + name) + "</option>\n");
    }
    page.put("</select>\n<label class=\"block\" for=\"address\">" + page.said("ask_address") +
             "</label>\n<input type=\"text\" id=\"address\" name=\"address\" required "
             "maxlength=\"254\" autocomplete=\"email\">\n<p></p>\n");
    page.button("ask_button", {}, "main");
    page.close_form();
    return page.finish(false);
}

int status_of(Trouble trouble) {
    switch (trouble) {
        case Trouble::kInvalid:
            return 404;
        case Trouble::kEnded:
            return 410;
        case Trouble::kBadForm:
            return 400;
        case Trouble::kTryAgain:
            return 503;
    }
    LICET_ENSURE(false);
}

std::string trouble_page(const PageFrame& frame, Trouble trouble) {
    const std::string text(text_of(trouble));
    PageWriter page(frame, "trouble_" + text + "_title");
    page.paragraph("trouble_" + text);
    return page.finish(trouble != Trouble::kInvalid);
}

Language language_of_header(std::string_view accept_language) {
    double best = 0;
    Language out = Language::kFrench;
    for (const std::string_view part : split(accept_language, ',')) {
        const auto pieces = split(part, ';');
        const std::string tag = ascii_lower(trimmed(pieces.front()));
        double weight = 1;
        for (std::size_t i = 1; i < pieces.size(); ++i) {
            const std::string_view piece = trimmed(pieces[i]);
            if (!piece.starts_with("q=")) continue;
            // Three digits after the point at most (RFC 9110, section 12.4.2).
            std::string digits(piece.substr(2));
            std::erase(digits, '.');
            digits.resize(4, '0');
            weight = static_cast<double>(whole_number(digits).value_or(0)) / 1000;
        }
        const bool is_french = tag == "fr" || tag.starts_with("fr-");
        const bool is_english = tag == "en" || tag.starts_with("en-");
        if ((!is_french && !is_english) || weight <= best) continue;
        best = weight;
        out = is_french ? Language::kFrench : Language::kEnglish;
    }
    return out;
}

}  // namespace licet::rights

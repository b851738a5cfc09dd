// SPDX-License-Identifier: Apache-2.0
#include "papers/form.h"

#include <algorithm>

#include "base/digest.h"
#include "base/json.h"
#include "base/text.h"

namespace licet::papers {
namespace {

constexpr std::string_view kTick = "\u2610 ";  // an empty box, as documents show it

const Judgement* judgement_of(const Office& office, const std::string& ask,
                              const std::string& entry) {
    const auto found = office.judgements().find({ask, entry});
    return found == office.judgements().end() ? nullptr : &found->second;
}

// The channel that the law is asked about; forms that serve no prospecting are answered by e-mail.
std::string channel_of(const Office& office, const std::string& use) {
    const Ask* ask = office.shelf().ask("form_free");
    if (ask == nullptr) return "email";
    const auto facts = ask->facts_of.find(use);
    if (facts == ask->facts_of.end()) return "email";
    for (const auto& [name, value] : facts->second)
        if (name == "channel") return value;
    return "email";
}

// Which box the law wants, and by which articles.
void judge(const Office& office, const std::string& entry, Form& form) {
    const Judgement* free = judgement_of(office, "form_free", entry);
    const Judgement* refusal = judgement_of(office, "form_refusal", entry);
    if (free != nullptr && !free->is_good) {
        form.box = Box::kConsent;
        form.cites = free->cites;
    } else if (refusal != nullptr && !refusal->is_good) {
        form.box = Box::kRefusal;
        form.cites = refusal->cites;
    }
}

// What contradicts the form itself, or a purpose that it serves; and registers that differ.
bool is_about(const Organisation& organisation, const std::string& entry, const Error& one) {
    if (one.message.id == "papers.register_differs") return true;
    const std::string about =
        one.message.arguments.empty() ? "" : one.message.arguments.front().second;
    if (about == entry) return true;
    for (const char* field : {".purpose", ".prospecting"}) {
        const TomlValue* value = organisation.find(entry + field);
        if (value == nullptr) continue;
        const std::vector<std::string> names =
            value->is_array ? value->items : std::vector{value->text};
        for (const std::string& name : names)
            if (about == "purpose." + name) return true;
    }
    return false;
}

// A refusal may have another means; at a sale it is asked for on the spot. An event that serves no
// prospecting asks for nothing.
bool may_lack_box(const Organisation& organisation, const Form& form) {
    const std::string entry = "form." + form.id;
    if (form.box == Box::kConsent)
        return form.use == "event" && organisation.find(entry + ".prospecting") == nullptr;
    const bool has_link = organisation.find("organisation.objection_link") != nullptr;
    return form.box == Box::kNone || (has_link && form.use != "order");
}

// A box is an item of the section `box`.
void take_texts(const Organisation& organisation, const Document& document, Read<Form>& out) {
    std::vector<std::string> labels;
    for (const Block& block : document.blocks) {
        if (block.section == "short" && block.kind == BlockKind::kParagraph)
            out.value.notice.push_back(block.line);
        if (block.section == "box" && block.kind == BlockKind::kItem)
            labels.push_back(plain(block.line));
    }
    const auto tell = [&](std::string_view id) {
        out.problems.push_back(error(ErrorCode::kInput, id, {{"document", document.id}}));
    };
    if (labels.size() > 1 || (!labels.empty() && out.value.box == Box::kNone))
        return tell("form.box_more");
    if (labels.empty() && !may_lack_box(organisation, out.value)) return tell("form.box_missing");
    if (labels.empty()) {
        out.value.box = Box::kNone;
        out.value.cites.clear();
        return;
    }
    out.value.label = labels.front();
    if (out.value.label.starts_with(kTick)) out.value.label.erase(0, kTick.size());
}

// As a browser writes what it holds (HTML, serialising fragments): of a page that shows the notice
// unchanged, the digest is that of the notice (form_shown.mjs).
std::string in_attribute(std::string_view text) { return html_escaped(text, "&\""); }
std::string in_text(std::string_view text) { return html_escaped(text, "&<>"); }

// A paragraph, with its addresses as links.
std::string html_of(const Line& line) {
    std::string out;
    for (const Span& span : line) {
        if (span.is_strong) out += "<strong>";
        const bool is_mail = span.is_link && span.text.find(':') == span.text.npos;
        if (span.is_link)
            out += "<a href=\"" + std::string(is_mail ? "mailto:" : "") + in_attribute(span.text) +
                   "\">" + in_text(span.text) + "</a>";
        else
            out += in_text(span.text);
        if (span.is_strong) out += "</strong>";
    }
    return out;
}

}  // namespace

std::string_view name_of(Box box) {
    switch (box) {
        case Box::kNone:
            return "none";
        case Box::kConsent:
            return "consent";
        case Box::kRefusal:
            return "refusal";
    }
    return "";
}

Read<Form> read_form(const Office& office, const std::string& id, Language language) {
    Read<Form> out;
    const Organisation& organisation = office.organisation();
    const std::string entry = "form." + id;
    out.value.id = id;
    out.value.language = language;
    out.value.use = organisation.text(entry + ".case", language).value_or("");
    out.value.channel = channel_of(office, out.value.use);
    if (organisation.find(entry + ".case") == nullptr) {
        out.problems.push_back(error(ErrorCode::kMissing, "form.none"));
        return out;
    }
    for (const Error& one : office.contradictions(language))
        if (is_about(organisation, entry, one)) out.problems.push_back(one);
    auto document = office.build("form_notice." + id, language);
    out.problems.insert(out.problems.end(), document.problems.begin(), document.problems.end());
    judge(office, entry, out.value);
    if (out.problems.empty()) take_texts(organisation, document.value, out);
    return out;
}

FormFiles build_form(const Form& form, const Catalogue& texts) {
    const std::string language(code_of(form.language));
    const std::string name = "form-" + form.id + "-" + language;
    const std::string id = "licet-" + form.id;

    std::string shown = "<div class=\"licet-notice\" lang=\"" + language + "\">\n";
    if (!form.label.empty())
        shown += "<p><input type=\"checkbox\" id=\"" + id +
                 "-box\" name=\"licet_box\" "
                 "value=\"yes\" autocomplete=\"off\" aria-describedby=\"" +
                 id + "-notice\">\n<label for=\"" + id + "-box\">" + in_text(form.label) +
                 "</label></p>\n";
    shown += "<div id=\"" + id + "-notice\">\n";
    std::string notice;
    for (const Line& line : form.notice) {
        shown += "<p>" + html_of(line) + "</p>\n";
        notice += plain(line) + "\n\n";
    }
    shown += "</div>\n</div>\n";

    FormFiles out;
    out.version = hex_of(sha256(shown));
    const std::string descriptor =
        json::serialize(json::object{{"version", out.version},
                                     {"form", form.id},
                                     {"case", form.use},
                                     {"language", language},
                                     {"channel", form.channel},
                                     {"box", name_of(form.box)},
                                     {"cites", json::array(form.cites.begin(), form.cites.end())}});
    out.files.push_back({name + ".notice.html", shown});
    out.files.push_back({name + ".html", "<!-- " + texts("form.snippet") + " -->\n" + shown +
                                             "<input type=\"hidden\" name=\"licet_notice\" "
                                             "value=\"" +
                                             out.version + "\">\n"});
    out.files.push_back({name + ".txt", (form.label.empty() ? "" : "[ ] " + form.label + "\n\n") +
                                            notice + texts("form.version") + " " + out.version +
                                            "\n"});
    out.files.push_back({name + ".json", descriptor + "\n"});
    return out;
}

std::map<std::string, std::string> attributes_of(const Form& form) {
    return {{"form", form.id}, {"channel", form.channel}, {"box", std::string(name_of(form.box))}};
}

std::optional<ShownNotice> shown_notice(const std::string& version, const std::string& language,
                                        const std::map<std::string, std::string>& attributes) {
    const auto text = [&](const char* name) {
        const auto found = attributes.find(name);
        return found == attributes.end() ? std::string() : found->second;
    };
    for (const Box box : {Box::kNone, Box::kConsent, Box::kRefusal})
        if (!text("form").empty() && text("box") == name_of(box))
            return ShownNotice{version, text("form"), language, text("channel"), box};
    return std::nullopt;
}

Result<ShownNotice> read_descriptor(std::string_view text) {
    const auto parsed = parse_json(text);
    const auto broken = [] { return error(ErrorCode::kInput, "form.descriptor"); };
    if (!parsed || !parsed->is_object()) return broken();
    const auto get = [&](std::string_view name) -> std::string {
        const json::value* value = parsed->get_object().if_contains(name);
        return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
    };
    ShownNotice out{get("version"), get("form"), get("language"), get("channel"), Box::kNone};
    const std::string box = get("box");
    if (out.version.size() != 64 || out.form.empty() || out.channel.empty()) return broken();
    if (box == "consent")
        out.box = Box::kConsent;
    else if (box == "refusal")
        out.box = Box::kRefusal;
    else if (box != "none")
        return broken();
    return out;
}

Result<Proof> bind_submission(const std::vector<ShownNotice>& notices,
                              const std::map<std::string, std::string, std::less<>>& fields) {
    const auto named = fields.find("licet_notice");
    if (named == fields.end() || named->second.empty())
        return error(ErrorCode::kInput, "form.no_notice");
    const auto found = std::find_if(notices.begin(), notices.end(), [&](const ShownNotice& one) {
        return one.version == named->second;
    });
    if (found == notices.end()) return error(ErrorCode::kMissing, "form.unknown_notice");
    const auto box = fields.find("licet_box");
    const bool is_ticked = box != fields.end() && box->second == "yes";
    // A box that was sent and that the notice does not have was never shown: it proves nothing.
    if (box != fields.end() && (found->box == Box::kNone || !is_ticked))
        return error(ErrorCode::kInput, "form.box");
    Proof proof{"informed", *found};
    if (is_ticked) proof.kind = found->box == Box::kConsent ? "consent_given" : "objection";
    // The page says that it showed something else: nothing is proved by it. A refusal counts
    // whatever was shown.
    const auto shown = fields.find("licet_shown");
    const bool is_other = shown != fields.end() && shown->second != "yes";
    if (is_other && proof.kind != "objection") return error(ErrorCode::kInput, "form.other_shown");
    return proof;
}

}  // namespace licet::papers

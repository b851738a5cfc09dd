// SPDX-License-Identifier: Apache-2.0
#include "papers/form.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "base/digest.h"
#include "base/json.h"
#include "base/text.h"
#include "law/decision.h"

namespace licet::papers {
namespace {

using Named = std::pair<std::string_view, std::string_view>;

// What a kind of form is in the words of facts.md. `prospects` is false for a form that serves
// nothing but the answer to it.
struct Use {
    std::string_view id;
    bool prospects = true;
    std::string_view channel;
    std::array<Named, 4> facts;
};
constexpr std::array<Use, 8> kUses = {
    {{"contact", false, "email", {}},
     {"b2b",
      true,
      "email",
      {{{"audience", "professional"}, {"offer.relevance", "general"}, {"relation", "none"}, {}}}},
     {"b2c", true, "email", {{{"audience", "consumer"}, {"relation", "none"}, {}, {}}}},
     {"partners",
      true,
      "email",
      {{{"audience", "consumer"}, {"relation", "none"}, {"origin", "partner"}, {}}}},
     {"b2c_phone", true, "live_call", {{{"audience", "consumer"}, {"relation", "none"}, {}, {}}}},
     {"order",
      true,
      "email",
      {{{"audience", "consumer"},
        {"relation", "customer"},
        {"offer.kind", "own_similar"},
        {"origin", "person_at_sale"}}}},
     {"event", true, "email", {{{"audience", "consumer"}, {"relation", "none"}, {}, {}}}},
     {"job", false, "email", {}}}};

// Facts that the texts of a use name, beside those of the organisation: {name} = form.NAME.name.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kWords = {
    {{"b2b", "enrichment"},
     {"b2c", "frequency"},
     {"partners", "partners_named"},
     {"partners", "partners_link"},
     {"b2c_phone", "goods"},
     {"b2c_phone", "valid_months"},
     {"b2c_phone", "caller"},
     {"order", "similar"},
     {"event", "organisers_named"}}};

Result<law::Facts> facts_of(const law::Law& law, const Use& use, std::string_view country,
                            Date day) {
    law::Facts facts;
    const law::Vocabulary& words = law.vocabulary();
    for (const char* name : {"ordinary_offer", "clean", "collected_by_us", "conformant_message",
                             "conformant_script", "first_call"})
        LICET_TRY(law::set_background(facts, words, name));
    LICET_TRY(law::set_fact(facts, words, "at", text_of(day)));
    LICET_TRY(law::set_fact(facts, words, "country", country));
    LICET_TRY(law::set_fact(facts, words, "channel", use.channel));
    for (const auto& [fact, value] : use.facts)
        if (!fact.empty()) LICET_TRY(law::set_fact(facts, words, fact, value));
    return facts;
}

// What the law says of a contact; the reasons are those of the answer.
struct Answer {
    std::string word;
    std::vector<std::string> cites;
};
Result<Answer> ask(const law::Law& law, std::string_view question, const law::Facts& facts) {
    const law::Decision decision = LICET_TRY(law.decide(question, facts));
    Answer answer{law.vocabulary().question(question)->answer_name(decision.answer), {}};
    const auto& reasons = decision.reasons.empty() ? decision.deciding : decision.reasons;
    if (!reasons.empty()) answer.cites = law.rules().rules[reasons.front().rule].cites;
    return answer;
}

// Without a means to refuse at the moment of collection, may the data be taken?
Result<Answer> without_refusal(const law::Law& law, law::Facts facts) {
    const law::Vocabulary& words = law.vocabulary();
    for (const auto& [fact, value] : {Named{"source.act", "collect_by_form"},
                                      {"source.form_notice", "yes"},
                                      {"source.form_optout", "no"},
                                      {"source.form_consent_box", "no"},
                                      {"source.at_contract", "yes"},
                                      {"source.phone_notice", "form_and_contract"}})
        LICET_TRY(law::set_fact(facts, words, fact, value));
    return ask(law, "source", facts);
}

class FormReader {
  public:
    FormReader(const law::Law& law, const TomlFile& file, Date day)
        : law_(law), file_(file), day_(day) {}

    Read<Form> read(std::string_view id) && {
        Form& form = out_.value;
        form.id = id;
        at_ = "form." + form.id + ".";
        form.use = needed(at_ + "case");
        const Use* use = use_of(form.use);
        if (use == nullptr) {
            problem("form.case", {}, at_ + "case");
            return std::move(out_);
        }
        form.channel = use->channel;
        words("controller", "organisation.name");
        words("policy", "organisation.policy_link");
        words("title", at_ + "title");
        const std::string way = file_.text("organisation.objection_link").empty()
                                    ? "organisation.rights_email"
                                    : "organisation.objection_link";
        words("object", file_.text(way).empty() ? "organisation.email" : way);
        for (const auto& [of, name] : kWords)
            if (of == form.use) special_words(std::string(name));
        const std::string country = needed("organisation.country");
        if (out_.problems.empty() && use->prospects) judge(*use, country);
        return std::move(out_);
    }

  private:
    static const Use* use_of(std::string_view id) {
        for (const Use& use : kUses)
            if (use.id == id) return &use;
        return nullptr;
    }

    void problem(std::string_view id, Message::Arguments arguments, std::string_view name) {
        out_.problems.push_back(
            error(ErrorCode::kInput, id, std::move(arguments), file_.where(name)));
    }
    std::string needed(const std::string& name) {
        std::string text = file_.text(name);
        if (trimmed(text).empty()) problem("form.lacks", {{"name", name}}, name);
        return text;
    }
    void words(const std::string& as, const std::string& name) {
        const std::string both = file_.text(name);
        const std::string french = file_.text(name + ".fr", both);
        const std::string english = file_.text(name + ".en", both);
        if (trimmed(french).empty() || trimmed(english).empty())
            problem("form.lacks", {{"name", name}}, name);
        out_.value.words_fr[as] = french;
        out_.value.words_en[as] = english;
    }
    // Names that are given by references to recipients, or words of their own.
    void special_words(const std::string& name) {
        if (!name.ends_with("_named")) {
            if (name == "caller" && file_.text(at_ + name).empty()) {
                out_.value.words_fr[name] = out_.value.words_fr["controller"];
                out_.value.words_en[name] = out_.value.words_en["controller"];
                return;
            }
            words(name, at_ + name);
            return;
        }
        const std::string key = at_ + name.substr(0, name.size() - 6);
        const std::vector<std::string> ids = file_.items(key);
        if (ids.empty()) problem("form.lacks", {{"name", key}}, key);
        for (const bool is_french : {true, false}) {
            std::vector<std::string> names;
            for (const std::string& id : ids) {
                const std::string title = "recipient." + id + ".title";
                names.push_back(file_.text(title + (is_french ? ".fr" : ".en"), file_.text(title)));
                if (trimmed(names.back()).empty()) problem("form.lacks", {{"name", title}}, key);
            }
            (is_french ? out_.value.words_fr : out_.value.words_en)[name] = join(names, ", ");
        }
    }

    void judge(const Use& use, std::string_view country) {
        const auto done = judged(use, country);
        if (!done) out_.problems.push_back(done.error());
    }
    Result<Done> judged(const Use& use, std::string_view country) {
        Form& form = out_.value;
        law::Facts facts = LICET_TRY(facts_of(law_, use, country, day_));
        const Answer without = LICET_TRY(ask(law_, "contact", facts));
        // What hangs on the person alone (a kind of address, a date) is judged when it is known.
        if (without.word == "forbidden") {
            LICET_TRY(law::set_background(facts, law_.vocabulary(), "valid_consent"));
            LICET_TRY(law::set_fact(facts, law_.vocabulary(), "consent.on", text_of(day_)));
            LICET_TRY(law::set_fact(facts, law_.vocabulary(), "consent.phone_mentions", "yes"));
            const Answer with = LICET_TRY(ask(law_, "contact", facts));
            if (with.word == "forbidden")
                problem("form.forbidden", {{"name", form.id}, {"cites", join(with.cites, "; ")}},
                        at_ + "case");
            form.box = Box::kConsent;
            form.cites = without.cites;
            return Done{};
        }
        const Answer refusal = LICET_TRY(without_refusal(law_, facts));
        // A link or a sentence is a means to refuse as well; at a sale it is asked on the spot.
        const bool is_on_the_spot =
            use.id == "order" || file_.text("organisation.objection_link").empty();
        if (refusal.word != "allowed" && is_on_the_spot) {
            form.box = Box::kRefusal;
            form.cites = refusal.cites;
        }
        return Done{};
    }

    const law::Law& law_;
    const TomlFile& file_;
    Date day_;
    std::string at_;
    Read<Form> out_;
};

Message::Arguments arguments_of(const Form& form, Language language) {
    Message::Arguments out;
    for (const auto& [name, value] : language == Language::kFrench ? form.words_fr : form.words_en)
        out.emplace_back(name, value);
    return out;
}

// As a browser writes what it holds (HTML, serialising fragments): of a page that shows the notice
// unchanged, the digest is that of the notice (form_shown.mjs).
std::string in_attribute(std::string_view text) { return html_escaped(text, "&\""); }
std::string in_text(std::string_view text) { return html_escaped(text, "&<>"); }

// A text with its web and mail addresses as links.
std::string with_links(std::string_view text) {
    std::string out;
    bool is_first = true;
    for (const std::string_view word : split(text, ' ')) {
        if (!is_first) out += ' ';
        is_first = false;
        std::string_view address = word;
        while (!address.empty() && (address.back() == '.' || address.back() == ','))
            address.remove_suffix(1);
        const std::string_view rest = word.substr(address.size());
        const bool is_web = address.starts_with("https://");
        const bool is_mail = !is_web && address.find('@') != address.npos;
        if (!is_web && !is_mail) {
            out += in_text(word);
            continue;
        }
        out += "<a href=\"" + std::string(is_mail ? "mailto:" : "") + in_attribute(address) +
               "\">" + in_text(address) + "</a>" + in_text(rest);
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

std::vector<std::string> forms_of(const TomlFile& organisation) {
    return entries_under(organisation, "form");
}

Read<Form> read_form(const law::Law& law, const TomlFile& organisation, std::string_view id,
                     Date day) {
    return FormReader(law, organisation, day).read(id);
}

FormFiles build_form(const Form& form, const Catalogue& texts) {
    const std::string language = texts.language() == Language::kFrench ? "fr" : "en";
    const Message::Arguments arguments = arguments_of(form, texts.language());
    const std::string notice = texts("form.notice." + form.use, arguments);
    const std::string label =
        form.box == Box::kNone
            ? ""
            : texts("form.box." + (form.box == Box::kConsent ? form.use : std::string("refusal")),
                    arguments);
    const std::string name = "form-" + form.id + "-" + language;
    const std::string id = "licet-" + form.id;

    std::string shown = "<div class=\"licet-notice\" lang=\"" + language + "\">\n";
    if (!label.empty())
        shown += "<p><input type=\"checkbox\" id=\"" + id +
                 "-box\" name=\"licet_box\" "
                 "value=\"yes\" autocomplete=\"off\" aria-describedby=\"" +
                 id + "-notice\">\n<label for=\"" + id + "-box\">" + in_text(label) +
                 "</label></p>\n";
    shown += "<p id=\"" + id + "-notice\">" + with_links(notice) + "</p>\n</div>\n";

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
    out.files.push_back({name + ".txt", (label.empty() ? "" : "[ ] " + label + "\n\n") + notice +
                                            "\n\n" + texts("form.version") + " " + out.version +
                                            "\n"});
    out.files.push_back({name + ".json", descriptor + "\n"});
    return out;
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

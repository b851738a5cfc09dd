// SPDX-License-Identifier: Apache-2.0
#include "papers/banner.h"

#include <zlib.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/digest.h"
#include "base/json.h"
#include "base/page.h"
#include "base/text.h"

namespace licet::papers {
namespace {

constexpr std::string_view kNoVersion =
    "0000000000000000000000000000000000000000000000000000000000000000";

// The trackers that are chosen together: one switch.
struct Choice {
    std::string id;
    std::string title;
    bool runs_until_refused = false;
    std::vector<const Tracker*> trackers;
};

std::string months_text(const Catalogue& say, std::int64_t months) {
    if (months == 0) return say("choices.session");
    return say(months == 1 ? "choices.month" : "choices.months",
               {{"count", std::to_string(months)}});
}

std::string tracker_line(const Catalogue& say, const Tracker& tracker) {
    return say("choices.tracker", {{"name", tracker.name},
                                   {"issuer", tracker.issuer},
                                   {"purpose", tracker.title.in(say.language())},
                                   {"lifetime", months_text(say, tracker.lifetime_months)}});
}

std::vector<Choice> choices_of(const Site& site, const Catalogue& say) {
    std::map<std::string, Choice> by_id;
    for (const Tracker& tracker : site.trackers) {
        if (tracker.need == Need::kNothing) continue;
        const bool is_exempt = tracker.need == Need::kRefusal;
        const std::string id = tracker.kind + (is_exempt ? "-exempt" : "");
        Choice& choice = by_id[id];
        choice.id = id;
        choice.title = say("choices.kind." + tracker.kind);
        choice.runs_until_refused = is_exempt;
        choice.trackers.push_back(&tracker);
    }
    std::vector<Choice> choices;
    for (auto& [id, choice] : by_id) choices.push_back(std::move(choice));
    return choices;
}

// What a yes was said to: another tracker, issuer or country is asked for again.
std::string scope_of(const Choice& choice) {
    std::set<std::string> names;
    for (const Tracker* one : choice.trackers)
        names.insert(one->name + "\n" + one->issuer + "\n" + one->country);
    std::string all;
    for (const std::string& name : names) all += name + "\n\n";
    return hex_of(sha256(all)).substr(0, 8);
}

json::array strings(const std::vector<std::string>& texts) {
    return json::array(texts.begin(), texts.end());
}

class BannerBuilder {
  public:
    BannerBuilder(const Site& site, const BannerParts& parts, const Catalogue& say)
        : site_(site),
          parts_(parts),
          say_(say),
          language_(say.language() == Language::kFrench ? "fr" : "en"),
          choices_(choices_of(site, say)) {}

    Banner build() && {
        Banner out;
        out.has_choice = !choices_.empty();
        if (!out.has_choice) {
            put("no-banner-" + language_ + ".html", sentence_page());
            out.version = hex_of(sha256(files_.front().bytes));
            out.files = std::move(files_);
            return out;
        }
        const std::string page = version_page();
        out.version = hex_of(sha256(page));
        put("banner-" + language_ + ".html", page);
        put("banner-" + language_ + ".js", script(out.version));
        put("banner.css", packed_style(parts_.style));
        put("snippet-" + language_ + ".html", snippet());
        put("preview-" + language_ + ".html", preview());
        put("banner-" + language_ + ".json", manifest(out.version));
        out.files = std::move(files_);
        return out;
    }

  private:
    void put(std::string name, std::string bytes) {
        files_.push_back({std::move(name), std::move(bytes)});
    }

    [[nodiscard]] std::vector<const Tracker*> needed_ones() const {
        std::vector<const Tracker*> out;
        for (const Tracker& one : site_.trackers)
            if (one.need == Need::kNothing) out.push_back(&one);
        return out;
    }

    // What the law says of one that waits for a yes is what it says of acting without it.
    [[nodiscard]] std::string rule_of(const Tracker& one) const {
        return one.need == Need::kConsent ? say_("choices.rule_consent")
                                          : one.tell.in(say_.language());
    }

    [[nodiscard]] std::string issuers() const {
        std::set<std::string> names;
        for (const Choice& choice : choices_)
            for (const Tracker* one : choice.trackers) names.insert(one->issuer);
        return say_(names.size() == 1 ? "choices.issuer" : "choices.issuers",
                    {{"count", std::to_string(names.size())}});
    }

    // Layer 1: who, what for, how many, what a no means, how to change it later.
    [[nodiscard]] std::string first_text() const {
        return say_("choices.first", {{"controller", site_.controller},
                                      {"issuers", issuers()},
                                      {"purposes", "{purposes}"},
                                      {"policy", "{privacyPolicy}"}});
    }
    [[nodiscard]] std::string second_text() const {
        std::string text = say_("choices.second", {{"policy", "{privacyPolicy}"}});
        for (const Tracker* one : needed_ones())
            text += "\n" + say_("choices.needed", {{"tracker", tracker_line(say_, *one)}});
        return text;
    }
    [[nodiscard]] std::string description_of(const Choice& choice) const {
        std::string text;
        for (const Tracker* one : choice.trackers)
            text += (text.empty() ? "" : "\n") + tracker_line(say_, *one);
        return text;
    }

    [[nodiscard]] json::object translations() const {
        const std::string policy = say_("choices.policy");
        return {{"banner",
                 {{"title", say_("choices.title")},
                  {"description", first_text()},
                  {"privacyPolicyLabel", policy},
                  {"accept", say_("choices.accept")},
                  {"acceptTitle", say_("choices.accept_title")},
                  {"decline", say_("choices.refuse")},
                  {"declineTitle", say_("choices.refuse_title")},
                  {"configure", say_("choices.choose")},
                  {"configureTitle", say_("choices.choose_title")}}},
                {"modal",
                 {{"title", say_("choices.second_title")},
                  {"description", second_text()},
                  {"privacyPolicyLabel", policy},
                  {"close", say_("choices.close")},
                  {"closeTitle", say_("choices.close")},
                  {"globalPreferences", say_("choices.all")},
                  {"acceptAll", say_("choices.accept")},
                  {"declineAll", say_("choices.refuse")},
                  {"save", say_("choices.save")},
                  {"saveTitle", say_("choices.save")}}},
                {"contextual",
                 {{"title", say_("choices.blocked", {{"purpose", "{purpose}"}})},
                  {"description", say_("choices.blocked_text")},
                  {"privacyPolicyLabel", policy},
                  {"accept", say_("choices.allow")},
                  {"accepted", say_("choices.allowed", {{"purpose", "{purpose}"}})}}},
                {"purpose",
                 {{"mandatory", ""},
                  {"mandatoryTitle", ""},
                  {"exempt", say_("choices.exempt")},
                  {"exemptTitle", say_("choices.exempt_title")},
                  {"showMore", ""},
                  {"accept", say_("choices.accept_one")},
                  {"decline", say_("choices.refuse_one")},
                  {"enabled", say_("choices.on")},
                  {"disabled", say_("choices.off")},
                  {"partial", say_("choices.partly")}}},
                {"misc",
                 {{"newWindowTitle", say_("choices.new_window")},
                  {"updateNeeded", say_("choices.changed")},
                  {"poweredBy", "Orejime"}}}};
    }

    // What the shim reads; short names, since every visitor fetches them.
    [[nodiscard]] std::string settings(std::string_view version) const {
        json::array purposes;
        for (const Choice& choice : choices_) {
            std::set<std::string> cookies;
            std::set<std::string> modes;
            for (const Tracker* one : choice.trackers) {
                cookies.insert(one->cookies.begin(), one->cookies.end());
                modes.insert(one->modes.begin(), one->modes.end());
            }
            json::object purpose{{"id", choice.id},
                                 {"title", choice.title},
                                 {"description", description_of(choice)},
                                 {"cookies", json::array(cookies.begin(), cookies.end())},
                                 {"scope", scope_of(choice)}};
            if (choice.runs_until_refused) purpose["isExempt"] = true;
            if (choice.runs_until_refused) purpose["default"] = true;
            if (!modes.empty()) purpose["modes"] = json::array(modes.begin(), modes.end());
            purposes.push_back(std::move(purpose));
        }
        return json::serialize(json::object{{"version", version},
                                            {"site", site_.id},
                                            {"days", site_.choice_days},
                                            {"post", site_.record_link},
                                            {"policy", site_.policy_link},
                                            {"again", say_("choices.again")},
                                            {"purposes", std::move(purposes)},
                                            {"texts", translations()}});
    }

    // The library without its own texts, since ours take their place.
    [[nodiscard]] std::string library() const {
        std::string text(parts_.library);
        constexpr std::string_view kBegin = "={banner:{title:null,";
        constexpr std::string_view kEnd = "poweredBy:\"Powered by Orejime\"}}";
        const std::size_t begin = text.find(kBegin);
        const std::size_t end = text.find(kEnd, std::min(begin, text.size()));
        if (begin != text.npos && end != text.npos)
            text.replace(begin, end + kEnd.size() - begin, "={}");
        return text;
    }

    [[nodiscard]] std::string script(std::string_view version) const {
        std::string shim = without_comments(parts_.shim);
        constexpr std::string_view kMark = "SETTINGS";
        const std::size_t mark = shim.find(kMark);
        LICET_ENSURE(mark != shim.npos);
        // A text may hold </script>, if somebody puts the file into a page.
        std::string values;
        for (const char c : settings(version))
            values += c == '<' ? std::string("\\u003c") : std::string(1, c);
        shim.replace(mark, kMark.size(), values);
        return "/*! licet; orejime 3.2.1, BSD-3-Clause: LICENSE-orejime.txt */\n" + shim + "\n" +
               library();
    }

    [[nodiscard]] std::string table() const {
        std::string html = "<table><thead><tr>";
        for (const char* id :
             {"choices.column_name", "choices.column_issuer", "choices.column_purpose",
              "choices.column_lifetime", "choices.column_need", "choices.column_law"})
            html += "<th scope=\"col\">" + html_escaped(say_(id)) + "</th>";
        html += "</tr></thead><tbody>\n";
        for (const Tracker& one : site_.trackers) {
            const char* need = one.need == Need::kNothing   ? "choices.need_nothing"
                               : one.need == Need::kRefusal ? "choices.need_refusal"
                                                            : "choices.need_consent";
            html += "<tr>";
            for (const std::string& cell : {one.name, one.issuer, one.title.in(say_.language()),
                                            months_text(say_, one.lifetime_months), say_(need),
                                            rule_of(one) + " " + join(one.cites, "; ")})
                html += "<td>" + html_escaped(cell) + "</td>";
            html += "</tr>\n";
        }
        return html + "</tbody></table>\n";
    }

    // What was shown, for whoever has to prove it: all texts, all trackers, the code's digest.
    [[nodiscard]] std::string version_page() const {
        const std::string title = say_("choices.version_title", {{"site", site_.name}});
        std::string html = page_head(say_.language(), title);
        html += "<main><h1>" + html_escaped(title) + "</h1>\n";
        const auto layer = [&](const char* id, const std::string& text) {
            html += "<h2>" + html_escaped(say_(id)) + "</h2>\n<p style=\"white-space:pre-line\">" +
                    html_escaped(text) + "</p>\n";
        };
        std::string purposes;
        for (const Choice& choice : choices_)
            purposes += (purposes.empty() ? "" : ", ") + choice.title;
        layer("choices.layer_1", say_("choices.title") + "\n" +
                                     with(with(first_text(), "{purposes}", purposes),
                                          "{privacyPolicy}", say_("choices.policy")));
        html += "<p>[" + html_escaped(say_("choices.accept")) + "] [" +
                html_escaped(say_("choices.refuse")) + "] [" +
                html_escaped(say_("choices.choose")) + "]</p>\n";
        layer("choices.layer_2",
              say_("choices.second_title") + "\n" +
                  with(second_text(), "{privacyPolicy}", say_("choices.policy")));
        html += table();
        html += "<p>" +
                html_escaped(say_("choices.kept", {{"days", std::to_string(site_.choice_days)}})) +
                "</p>\n<p>" + html_escaped(say_("choices.code")) + " <code>" +
                hex_of(sha256(script(kNoVersion) + packed_style(parts_.style))) + "</code></p>\n";
        return html + "</main></body></html>\n";
    }

    static std::string with(std::string text, std::string_view mark, std::string_view value) {
        const std::size_t place = text.find(mark);
        if (place != text.npos) text.replace(place, mark.size(), value);
        return text;
    }

    [[nodiscard]] std::string templates() const {
        std::string html;
        for (const Choice& choice : choices_)
            for (const Tracker* one : choice.trackers) {
                html += "<!-- " + with(html_escaped(one->name), "--", "-") + " -->\n";
                html += "<template data-purpose=\"" + html_escaped(choice.id) + "\">" +
                        (one->script.empty() ? "<!-- … -->"
                                             : "<script src=\"" + html_escaped(one->script) +
                                                   "\" async></script>") +
                        "</template>\n";
            }
        return html;
    }

    [[nodiscard]] std::string snippet() const {
        return "<!-- " + say_("choices.snippet_head") + " -->\n" +
               "<link rel=\"stylesheet\" href=\"banner.css\">\n<script src=\"banner-" + language_ +
               ".js\"></script>\n\n<!-- " + say_("choices.snippet_scripts") + " -->\n" +
               templates() + "\n<!-- " + say_("choices.snippet_link") + " -->\n" +
               "<p><button type=\"button\" data-licet-choices>" +
               html_escaped(say_("choices.again")) + "</button></p>\n";
    }

    // Without the scripts of the trackers: a preview asks nobody for anything.
    [[nodiscard]] std::string preview() const {
        return "<!doctype html>\n<html lang=\"" + language_ +
               "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
               "content=\"width=device-width,initial-scale=1\">\n<meta "
               "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src "
               "'self'; style-src 'self'\">\n<title>" +
               html_escaped(site_.name) +
               "</title>\n<link rel=\"stylesheet\" href=\"banner.css\">\n<script src=\"banner-" +
               language_ + ".js\"></script></head>\n<body><main><h1>" + html_escaped(site_.name) +
               "</h1><p>" + html_escaped(say_("choices.preview")) +
               "</p><p><button type=\"button\" data-licet-choices>" +
               html_escaped(say_("choices.again")) + "</button></p></main></body></html>\n";
    }

    [[nodiscard]] std::string sentence_page() const {
        std::string html = "<p>" + html_escaped(say_("choices.none", {{"site", site_.name}}));
        for (const Tracker& one : site_.trackers)
            html += "<br>\n" + html_escaped(tracker_line(say_, one));
        return html + "</p>\n";
    }

    [[nodiscard]] std::string manifest(std::string_view version) const {
        json::array trackers;
        for (const Tracker& one : site_.trackers)
            trackers.push_back(json::object{{"id", one.id},
                                            {"name", one.name},
                                            {"issuer", one.issuer},
                                            {"kind", one.kind},
                                            {"lifetime_months", one.lifetime_months},
                                            {"need", one.need == Need::kNothing   ? "nothing"
                                                     : one.need == Need::kRefusal ? "refusal"
                                                                                  : "consent"},
                                            {"cites", strings(one.cites)}});
        json::object files;
        for (const BannerFile& file : files_) files[file.name] = hex_of(sha256(file.bytes));
        return json::serialize(json::object{{"version", version},
                                            {"site", site_.id},
                                            {"language", language_},
                                            {"choice_days", site_.choice_days},
                                            {"trackers", std::move(trackers)},
                                            {"files", std::move(files)}}) +
               "\n";
    }

    const Site& site_;
    const BannerParts& parts_;
    const Catalogue& say_;
    std::string language_;
    std::vector<Choice> choices_;
    std::vector<BannerFile> files_;
};

std::size_t gzip_size(std::string_view bytes) {
    constexpr int kGzip = 15 + 16;  // the window, and the frame around it
    constexpr int kMemory = 8;
    z_stream stream{};
    const int state =
        deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzip, kMemory, Z_DEFAULT_STRATEGY);
    LICET_ENSURE(state == Z_OK);
    std::vector<Bytef> in(bytes.begin(), bytes.end());
    std::vector<Bytef> out(deflateBound(&stream, static_cast<uLong>(in.size())));
    stream.next_in = in.data();
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = out.data();
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    const std::size_t size = stream.total_out;
    deflateEnd(&stream);
    return size;
}

}  // namespace

std::size_t served_bytes(const Banner& banner) {
    std::size_t size = 0;
    for (const BannerFile& file : banner.files)
        if (file.name.ends_with(".js") || file.name.ends_with(".css"))
            size += gzip_size(file.bytes);
    return size;
}

std::string without_comments(std::string_view script) {
    std::string out;
    for (const std::string_view line : lines_of(script)) {
        const std::string_view text = trimmed(line);
        if (text.empty() || text.starts_with("//")) continue;
        out.append(text).append("\n");
    }
    return out;
}

std::string packed_style(std::string_view style) {
    std::string bare;
    while (!style.empty()) {
        const std::size_t begin = std::min(style.find("/*"), style.size());
        bare += style.substr(0, begin);
        const std::size_t end = style.find("*/", begin);
        style.remove_prefix(end == style.npos ? style.size() : end + 2);
    }
    std::string out;
    for (const std::string_view line : lines_of(bare)) out += trimmed(line);
    return out;
}

Result<Banner> build_banner(const Site& site, const BannerParts& parts, const Catalogue& texts) {
    if (parts.library.empty() || parts.shim.empty() || parts.style.empty())
        return error(ErrorCode::kMissing, "choices.no_library");
    return BannerBuilder(site, parts, texts).build();
}

}  // namespace licet::papers

// SPDX-License-Identifier: Apache-2.0
#include "probe/site_visit.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "base/base64.h"

namespace licet::probe {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kToLoad{20'000};
constexpr milliseconds kMostForQuiet{8'000};
constexpr milliseconds kQuiet{1'500};
constexpr milliseconds kAfterScroll{2'000};
constexpr std::size_t kMostSeen = 5'000;  ///< requests, cookies: of one page
constexpr std::int64_t kSecondsADay = 86'400;

std::string text_in(const json::object& from, std::string_view name) {
    const json::value* found = from.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->get_string())
                                                  : std::string();
}

bool flag_in(const json::object& from, std::string_view name) {
    const json::value* found = from.if_contains(name);
    return found != nullptr && found->is_bool() && found->get_bool();
}

int number_in(const json::object& from, std::string_view name) {
    const json::value* found = from.if_contains(name);
    if (found == nullptr || !found->is_number()) return 0;
    boost::system::error_code fault;
    const auto number = found->to_number<double>(fault);
    constexpr double kMost = 1e9;
    return fault ? 0 : static_cast<int>(std::clamp(number, 0.0, kMost));
}

const json::object* object_in(const json::object& from, std::string_view name) {
    const json::value* found = from.if_contains(name);
    return found == nullptr ? nullptr : found->if_object();
}

// Names that a page chose: what could command a terminal is no part of them.
std::string tame(std::string text) {
    constexpr std::size_t kMost = 200;
    if (text.size() > kMost) text.resize(kMost);
    for (char& c : text)
        if (c < ' ' || c > '~') c = '?';
    return text;
}

// Host and path of an address that the browser names; empty for data: and the like.
struct Place {
    std::string host;
    std::string path;
};
Place place_of(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == url.npos || !(url.starts_with("http") || url.starts_with("ws"))) return {};
    std::string_view rest = url.substr(scheme + 3);
    rest = rest.substr(0, rest.find_first_of("?#"));
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    std::string_view host = rest.substr(0, slash);
    host.remove_prefix(host.find('@') == host.npos ? 0 : host.find('@') + 1);
    if (const std::size_t colon = host.rfind(':'); colon != host.npos && host.back() != ']')
        host = host.substr(0, colon);
    return {tame(std::string(host)), tame(std::string(rest.substr(slash, 200)))};
}

class Visit {
  public:
    Visit(Browser& browser, const SiteTable& table, const VisitRules& rules)
        : browser_(browser), table_(table), rules_(rules) {}

    Result<SiteVisit> run(const std::string& url) {
        LICET_TRY(open_page());
        const json::object went =
            LICET_TRY(browser_.call("Page.navigate", {{"url", url}}, session_));
        if (const std::string why = text_in(went, "errorText"); !why.empty())
            return error(ErrorCode::kInput, "site.unreachable", {{"why", why}}, url);
        frame_ = text_in(went, "frameId");
        LICET_TRY(settle());
        // A page of errors is not the site.
        if (status_ >= 400)
            return error(ErrorCode::kInput, "site.unreachable",
                         {{"why", "HTTP " + std::to_string(status_)}}, url);
        SiteVisit out;
        const json::object version = LICET_TRY(browser_.call("Browser.getVersion", {}, ""));
        out.browser = text_in(version, "product");
        const json::object page = LICET_TRY(where());
        out.url = text_in(page, "url");
        out.host = place_of(out.url).host;
        if (out.host.empty())
            return error(ErrorCode::kInput, "site.unreachable", {{"why", ""}}, url);
        const json::object seen = LICET_TRY(look());
        out.title = text_in(seen, "title");
        out.before = LICET_TRY(gathered(seen));
        const json::object picture =
            LICET_TRY(browser_.call("Page.captureScreenshot", {{"format", "png"}}, session_));
        if (const auto bytes = bytes_of_base64(text_in(picture, "data")))
            out.picture.assign(bytes->begin(), bytes->end());
        if (out.before.refuse) LICET_TRY(refuse(out));
        // What must not be asked may have told something: nothing of it is passed on.
        if (!forbidden_.empty())
            return error(ErrorCode::kInput, "site.not_public", {{"name", forbidden_}});
        return out;
    }

  private:
    Result<Done> open_page() {
        browser_.listen([this](std::string_view method, const json::object& params,
                               const std::string& session) { hear(method, params, session); });
        const json::object made =
            LICET_TRY(browser_.call("Target.createTarget", {{"url", "about:blank"}}, ""));
        const json::object attached = LICET_TRY(
            browser_.call("Target.attachToTarget",
                          {{"targetId", text_in(made, "targetId")}, {"flatten", true}}, ""));
        session_ = text_in(attached, "sessionId");
        std::ignore =
            LICET_TRY(browser_.call("Browser.setDownloadBehavior", {{"behavior", "deny"}}, ""));
        std::ignore = LICET_TRY(browser_.call("Page.enable", {}, session_));
        if (rules_.may_ask) LICET_TRY(close_other_ways());
        std::ignore = LICET_TRY(browser_.call("Network.enable", {}, session_));
        std::ignore = LICET_TRY(browser_.call(
            "Emulation.setDeviceMetricsOverride",
            {{"width", 1280}, {"height", 900}, {"deviceScaleFactor", 1}, {"mobile", false}},
            session_));
        std::ignore = LICET_TRY(
            browser_.call("Emulation.setLocaleOverride", {{"locale", "fr-FR"}}, session_));
        std::ignore = LICET_TRY(browser_.call("Emulation.setTimezoneOverride",
                                              {{"timezoneId", "Europe/Paris"}}, session_));
        guard(session_);
        // Some sites show browsers that nobody sits at another page.
        const json::object version = LICET_TRY(browser_.call("Browser.getVersion", {}, ""));
        std::string agent = text_in(version, "userAgent");
        if (const std::size_t mark = agent.find("Headless"); mark != agent.npos)
            agent.erase(mark, 8);
        std::ignore = LICET_TRY(
            browser_.call("Network.setUserAgentOverride",
                          {{"userAgent", agent}, {"acceptLanguage", "fr-FR,fr"}}, session_));
        // Frames of others have processes of their own; they are heard too.
        std::ignore = LICET_TRY(browser_.call(
            "Target.setAutoAttach",
            {{"autoAttach", true}, {"waitForDebuggerOnStart", true}, {"flatten", true}}, session_));
        return Done{};
    }

    // Ways out of a page that no word of ours could hold.
    Result<Done> close_other_ways() {
        constexpr std::string_view kNone =
            "for (const way of ['WebSocket', 'WebTransport', 'RTCPeerConnection', "
            "'webkitRTCPeerConnection', 'SharedWorker']) delete globalThis[way]; "
            "globalThis.open = () => null;";
        std::ignore =
            LICET_TRY(browser_.call("Page.addScriptToEvaluateOnNewDocument",
                                    {{"source", kNone}, {"runImmediately", true}}, session_));
        return Done{};
    }

    // Each request of the session waits for a word of ours.
    void guard(const std::string& session) {
        if (rules_.may_ask) browser_.send("Fetch.enable", {}, session);
    }

    // A request that waits, or an answer that came.
    void hold_to_rules(std::string_view method, const json::object& params,
                       const std::string& session) {
        if (!rules_.may_ask) return;
        if (method == "Fetch.requestPaused") {
            const json::object* request = object_in(params, "request");
            const std::string host =
                request == nullptr ? std::string() : place_of(text_in(*request, "url")).host;
            const json::object which{{"requestId", text_in(params, "requestId")}};
            if (host.empty() || rules_.may_ask(host)) {
                browser_.send("Fetch.continueRequest", which, session);
                return;
            }
            json::object refused = which;
            refused["errorReason"] = "BlockedByClient";
            browser_.send("Fetch.failRequest", refused, session);
        } else if (method == "Network.responseReceived") {
            const json::object* response = object_in(params, "response");
            const std::string address =
                response == nullptr ? std::string() : text_in(*response, "remoteIPAddress");
            if (!address.empty() && !rules_.may_ask(address)) forbidden_ = address;
        }
    }

    void note_status(const json::object& params, const std::string& session) {
        const json::object* response = object_in(params, "response");
        const bool is_page = session == session_ && text_in(params, "type") == "Document" &&
                             (frame_.empty() || text_in(params, "frameId") == frame_);
        if (is_page && response != nullptr) status_ = number_in(*response, "status");
    }

    void hear(std::string_view method, const json::object& params, const std::string& session) {
        if (method == "Network.responseReceived") note_status(params, session);
        hold_to_rules(method, params, session);
        if (method == "Network.requestWillBeSent") {
            last_request_ = browser_.now();
            const json::object* request = object_in(params, "request");
            const Place place = request == nullptr ? Place{} : place_of(text_in(*request, "url"));
            if (!place.host.empty() && requests_.size() < kMostSeen)
                requests_.push_back({place.host, place.path, text_in(params, "type")});
        } else if (method == "Network.webSocketCreated") {
            const Place place = place_of(text_in(params, "url"));
            if (rules_.may_ask && !rules_.may_ask(place.host)) forbidden_ = place.host;
            if (!place.host.empty() && requests_.size() < kMostSeen)
                requests_.push_back({place.host, place.path, "WebSocket"});
        } else if (method == "Page.loadEventFired" && session == session_) {
            is_loaded_ = true;
        } else if (method == "Page.javascriptDialogOpening") {
            browser_.send("Page.handleJavaScriptDialog", {{"accept", false}}, session);
        } else if (method == "Target.attachedToTarget") {
            const std::string child = text_in(params, "sessionId");
            browser_.send("Network.enable", {}, child);
            guard(child);
            browser_.send(
                "Target.setAutoAttach",
                {{"autoAttach", true}, {"waitForDebuggerOnStart", true}, {"flatten", true}}, child);
            browser_.send("Runtime.runIfWaitingForDebugger", {}, child);
        }
    }

    // Loaded, quiet, scrolled to its end and back, and quiet again.
    Result<Done> settle() {
        LICET_TRY(browser_.hear(kToLoad, [&] { return is_loaded_; }));
        LICET_TRY(wait_for_quiet());
        std::ignore =
            LICET_TRY(evaluate("scrollTo(0, document.documentElement.scrollHeight); true"));
        LICET_TRY(browser_.hear(kAfterScroll, [] { return false; }));
        std::ignore = LICET_TRY(evaluate("scrollTo(0, 0); true"));
        return wait_for_quiet();
    }

    Result<Done> wait_for_quiet() {
        last_request_ = std::max(last_request_, browser_.now() - kQuiet + milliseconds{500});
        return browser_.hear(kMostForQuiet,
                             [&] { return browser_.now() - last_request_ >= kQuiet; });
    }

    Result<json::value> evaluate(const std::string& expression) {
        const json::object answer = LICET_TRY(browser_.call(
            "Runtime.evaluate", {{"expression", expression}, {"returnByValue", true}}, session_));
        const json::object* result = object_in(answer, "result");
        const json::value* value = result == nullptr ? nullptr : result->if_contains("value");
        if (answer.contains("exceptionDetails") || value == nullptr)
            return error(ErrorCode::kBroken, "site.page_says");
        return *value;
    }

    Result<json::object> where() {
        json::value url = LICET_TRY(evaluate("({url: location.origin + location.pathname})"));
        return url.is_object() ? std::move(url.get_object()) : json::object{};
    }

    [[nodiscard]] std::string script(bool refuses) const {
        return "(" + rules_.look + ")(" + json::serialize(table_.words) +
               (refuses ? ",true)" : ",false)");
    }

    Result<json::object> look() {
        json::value seen = LICET_TRY(evaluate(script(false)));
        if (!seen.is_object()) return error(ErrorCode::kBroken, "site.page_says");
        return std::move(seen.get_object());
    }

    Result<SeenPage> gathered(const json::object& seen) {
        SeenPage out;
        out.requests = std::exchange(requests_, {});
        out.cookies = LICET_TRY(cookies());
        for (const auto& [name, button] :
             {std::pair{"accept", &out.accept}, {"refuse", &out.refuse}})
            if (const json::object* found = object_in(seen, name))
                *button = SeenButton{number_in(*found, "area"),  number_in(*found, "font"),
                                     number_in(*found, "x"),     number_in(*found, "y"),
                                     number_in(*found, "width"), number_in(*found, "height")};
        out.has_policy = flag_in(seen, "hasPolicy");
        out.has_legal = flag_in(seen, "hasLegal");
        out.has_choice = flag_in(seen, "hasChoice");
        if (const json::value* stored = seen.if_contains("stored"); stored && stored->is_array())
            for (const json::value& one : stored->get_array())
                if (one.is_string() && out.stored.size() < kMostSeen)
                    out.stored.push_back(tame(std::string(one.get_string())));
        if (const json::value* forms = seen.if_contains("forms"); forms && forms->is_array())
            for (const json::value& one : forms->get_array())
                if (const json::object* form = one.if_object())
                    out.forms.push_back({flag_in(*form, "hasPolicy"), number_in(*form, "ticked"),
                                         tame(text_in(*form, "method")),
                                         tame(text_in(*form, "target")),
                                         flag_in(*form, "hasScript")});
        return out;
    }

    Result<std::vector<SeenCookie>> cookies() {
        const json::object answer = LICET_TRY(browser_.call("Storage.getCookies", {}, ""));
        std::vector<SeenCookie> out;
        const json::value* all = answer.if_contains("cookies");
        if (all == nullptr || !all->is_array()) return out;
        for (const json::value& one : all->get_array()) {
            const json::object* cookie = one.if_object();
            if (cookie == nullptr || out.size() >= kMostSeen) continue;
            std::string domain = text_in(*cookie, "domain");
            if (domain.starts_with('.')) domain.erase(0, 1);
            const bool is_passing = flag_in(*cookie, "session");
            const json::value* ends = cookie->if_contains("expires");
            boost::system::error_code fault;
            const auto until =
                ends == nullptr || !ends->is_number() ? 0.0 : ends->to_number<double>(fault);
            const auto left = static_cast<std::int64_t>(until) - rules_.now;
            out.push_back({tame(text_in(*cookie, "name")), tame(std::move(domain)),
                           is_passing || left <= 0 ? 0 : (left + kSecondsADay - 1) / kSecondsADay});
        }
        std::sort(out.begin(), out.end(), [](const SeenCookie& a, const SeenCookie& b) {
            return std::tie(a.domain, a.name) < std::tie(b.domain, b.name);
        });
        return out;
    }

    // What is asked for between the refusal and the end of the next page counts as after it.
    Result<Done> refuse(SiteVisit& out) {
        const json::value pressed = LICET_TRY(evaluate(script(true)));
        if (!pressed.is_bool() || !pressed.get_bool()) return Done{};
        LICET_TRY(wait_for_quiet());
        is_loaded_ = false;
        std::ignore = LICET_TRY(browser_.call("Page.reload", {}, session_));
        LICET_TRY(settle());
        const json::object seen = LICET_TRY(look());
        out.after = LICET_TRY(gathered(seen));
        return Done{};
    }

    Browser& browser_;
    const SiteTable& table_;
    const VisitRules& rules_;
    std::string session_;
    std::string forbidden_;  ///< who answered and must not be asked
    std::vector<SeenRequest> requests_;
    milliseconds last_request_{0};
    bool is_loaded_ = false;
    std::string frame_;
    int status_ = 0;  ///< of the page itself; 0: not known
};

void add_lines(const SeenPage& page, std::string_view phase, std::string& out) {
    const auto add = [&](json::object line) {
        line["phase"] = phase;
        out += json::serialize(line) + "\n";
    };
    for (const SeenRequest& one : page.requests)
        add({{"request", one.host}, {"path", one.path}, {"type", one.type}});
    for (const SeenCookie& one : page.cookies)
        add({{"cookie", one.name}, {"domain", one.domain}, {"days", one.days}});
    for (const std::string& one : page.stored) add({{"stored", one}});
    for (const SeenForm& one : page.forms)
        add({{"form", one.target},
             {"method", one.method},
             {"policy", one.has_policy},
             {"ticked", one.ticked},
             {"script", one.has_script}});
    const auto size = [](const std::optional<SeenButton>& one) {
        return one ? json::value{{"area", one->area}, {"font", one->font}} : json::value(nullptr);
    };
    add({{"accept", size(page.accept)},
         {"refuse", size(page.refuse)},
         {"policy", page.has_policy},
         {"legal", page.has_legal},
         {"choice", page.has_choice}});
}

}  // namespace

Result<SiteVisit> visit_site(Browser& browser, const std::string& url, const SiteTable& table,
                             const VisitRules& rules) {
    return Visit(browser, table, rules).run(url);
}

std::string log_of(const SiteVisit& visit) {
    std::string out = json::serialize(json::object{
                          {"site", visit.host}, {"url", visit.url}, {"browser", visit.browser}}) +
                      "\n";
    add_lines(visit.before, "no_choice", out);
    if (visit.after) add_lines(*visit.after, "refused", out);
    return out;
}

}  // namespace licet::probe

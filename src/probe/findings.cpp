// SPDX-License-Identifier: Apache-2.0
#include "probe/findings.h"

#include <algorithm>
#include <map>
#include <set>

namespace licet::probe {
namespace {

constexpr std::size_t kMostShown = 10;

// The part of a host that its site shares: "www." says nothing.
std::string_view site_of(std::string_view host) {
    return host.starts_with("www.") ? host.substr(4) : host;
}

class Judge {
  public:
    Judge(const SiteVisit& visit, const SiteTable& table) : visit_(visit), table_(table) {}

    Findings judge() {
        look_around();
        before_choice();
        banner_balance();
        after_refusal();
        withdraw_link();
        add("policy_link", visit_.before.has_policy ? Sight::kWell : Sight::kFault);
        add("legal_notice", visit_.before.has_legal ? Sight::kWell : Sight::kFault);
        forms();
        return std::move(out_);
    }

  private:
    // By tracker, that by which it was recognised.
    using Met = std::map<std::string, std::set<std::string>>;

    void meet(const Tracker* tracker, const std::string& by, TrackerKind kind, Met& out) const {
        if (tracker != nullptr && tracker->kind == kind) out[tracker->name].insert(by);
    }
    [[nodiscard]] Met met(const SeenPage& page, TrackerKind kind) const {
        Met out;
        for (const SeenRequest& one : page.requests)
            meet(table_.of_host(one.host), one.host, kind, out);
        for (const SeenCookie& one : page.cookies) meet(tracker_of(one), one.name, kind, out);
        for (const std::string& one : page.stored) meet(table_.of_name(one), one, kind, out);
        return out;
    }
    [[nodiscard]] const Tracker* tracker_of(const SeenCookie& cookie) const {
        return table_.of_cookie(cookie.name, cookie.domain);
    }

    static std::vector<std::string> worded(const Met& met) {
        std::vector<std::string> out;
        for (const auto& [name, by] : met) {
            if (out.size() == kMostShown) break;
            std::string one = name + " (";
            for (const std::string& each : by) one += (one.ends_with('(') ? "" : ", ") + each;
            out.push_back(one + ")");
        }
        return out;
    }

    void add(std::string check, Sight sight, std::vector<std::string> seen = {}) {
        out_.checks.push_back({std::move(check), sight, std::move(seen)});
    }

    // Cookies of a page that the table does not know.
    [[nodiscard]] std::set<std::string> unknown_in(const SeenPage& page) const {
        std::set<std::string> out;
        for (const SeenCookie& one : page.cookies)
            if (tracker_of(one) == nullptr) out.insert(one.name + " (" + one.domain + ")");
        return out;
    }

    void look_around() {
        std::map<std::string, ThirdParty> others;
        std::map<std::pair<std::string, std::string>, StoredCookie> cookies;
        std::set<std::string> tools;
        std::set<std::string> unknown;
        const auto see_tool = [&](const Tracker* tracker) {
            if (tracker != nullptr && !tracker->tool.empty()) tools.insert(tracker->tool);
        };
        for (const SeenPage* page : {&visit_.before, visit_.after ? &*visit_.after : nullptr}) {
            if (page == nullptr) continue;
            for (const SeenRequest& one : page->requests) {
                const Tracker* const tracker = table_.of_host(one.host);
                see_tool(tracker);
                if (is_within(one.host, site_of(visit_.host))) continue;
                ThirdParty& other = others[one.host];
                other.host = one.host;
                if (tracker != nullptr) other.tracker = tracker->name;
                if (tracker != nullptr) other.kind = tracker->kind;
                (page == &visit_.before ? other.is_before : other.is_after) = true;
            }
            for (const SeenCookie& one : page->cookies) {
                const Tracker* const tracker = tracker_of(one);
                see_tool(tracker);
                StoredCookie& cookie = cookies[{one.domain, one.name}];
                cookie.name = one.name;
                cookie.domain = one.domain;
                cookie.days = std::max(cookie.days, one.days);
                if (tracker != nullptr) cookie.tracker = tracker->name;
                if (tracker != nullptr) cookie.kind = tracker->kind;
                (page == &visit_.before ? cookie.is_before : cookie.is_after) = true;
            }
            unknown.merge(unknown_in(*page));
        }
        for (auto& [host, other] : others) out_.third_parties.push_back(std::move(other));
        for (auto& [where, cookie] : cookies) out_.cookies.push_back(std::move(cookie));
        out_.tools.assign(tools.begin(), tools.end());
        out_.unknown.assign(unknown.begin(), unknown.end());
    }

    void before_choice() {
        const Met asked = met(visit_.before, TrackerKind::kAsked);
        const Met audience = met(visit_.before, TrackerKind::kAudience);
        const std::set<std::string> unknown = unknown_in(visit_.before);
        if (!asked.empty())
            add("before_choice", Sight::kFault, worded(asked));
        else if (!audience.empty())
            add("before_choice", Sight::kUnclear, worded(audience));
        else
            add("before_choice", unknown.empty() ? Sight::kWell : Sight::kUnclear,
                first({unknown.begin(), unknown.end()}));
    }

    void banner_balance() {
        const auto& accept = visit_.before.accept;
        const auto& refuse = visit_.before.refuse;
        if (!accept) {
            add("banner_balance", Sight::kUnseen);
        } else if (!refuse) {
            add("banner_balance", Sight::kFault);
        } else {
            // Half the surface, or letters a fifth smaller: somebody has to look.
            const bool is_alike =
                refuse->area * 2 >= accept->area && refuse->font * 5 >= accept->font * 4;
            add("banner_balance", is_alike ? Sight::kWell : Sight::kUnclear,
                is_alike ? std::vector<std::string>{}
                         : std::vector{std::to_string(refuse->area) + " px² / " +
                                       std::to_string(accept->area) + " px²"});
        }
    }

    void after_refusal() {
        if (!visit_.after) {
            add("after_refusal", Sight::kUnseen);
            return;
        }
        const Met asked = met(*visit_.after, TrackerKind::kAsked);
        add("after_refusal", asked.empty() ? Sight::kWell : Sight::kFault, worded(asked));
    }

    // Where nothing is asked for, there is nothing to come back to.
    void withdraw_link() {
        if (!visit_.before.accept && !visit_.before.refuse) {
            add("withdraw_link", Sight::kUnseen);
            return;
        }
        const SeenPage& page = visit_.after ? *visit_.after : visit_.before;
        const Sight without = visit_.after ? Sight::kFault : Sight::kUnclear;
        add("withdraw_link", page.has_choice ? Sight::kWell : without);
    }

    void forms() {
        const auto& forms = visit_.before.forms;
        if (forms.empty()) {
            for (const char* check : {"form_notice", "preticked", "form_target"})
                add(check, Sight::kUnseen);
            return;
        }
        const auto number = [&](const auto& holds) {
            return std::count_if(forms.begin(), forms.end(), holds);
        };
        const auto of_all = [&](std::ptrdiff_t count) {
            return std::vector{std::to_string(count) + " / " + std::to_string(forms.size())};
        };
        const auto silent = number([](const SeenForm& one) { return !one.has_policy; });
        add("form_notice", silent == 0 ? Sight::kWell : Sight::kFault,
            silent == 0 ? std::vector<std::string>{} : of_all(silent));
        const auto ticked = number([](const SeenForm& one) { return one.ticked > 0; });
        add("preticked", ticked == 0 ? Sight::kWell : Sight::kUnclear,
            ticked == 0 ? std::vector<std::string>{} : of_all(ticked));
        form_target();
    }

    // An address in a query stands in every log on its way; one without TLS is anybody's.
    void form_target() {
        std::vector<std::string> faults;
        bool is_by_script = false;
        for (const SeenForm& one : visit_.before.forms) {
            const bool is_open = one.target.starts_with("http://");
            is_by_script = is_by_script || one.has_script;
            if (!one.has_script && (is_open || one.method == "get"))
                faults.push_back(one.target + " (" + one.method + ")");
        }
        add("form_target",
            !faults.empty() ? Sight::kFault
            : is_by_script  ? Sight::kUnclear
                            : Sight::kWell,
            first(faults));
    }

    static std::vector<std::string> first(const std::vector<std::string>& all) {
        const auto end =
            all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), kMostShown));
        return {all.begin(), end};
    }

    const SiteVisit& visit_;
    const SiteTable& table_;
    Findings out_;
};

}  // namespace

std::string_view name_of(Sight sight) {
    switch (sight) {
        case Sight::kWell:
            return "well";
        case Sight::kFault:
            return "fault";
        case Sight::kUnclear:
            return "unclear";
        case Sight::kUnseen:
            return "unseen";
    }
    LICET_ENSURE(false);
}

const Finding* Findings::find(std::string_view check) const {
    const auto found = std::find_if(checks.begin(), checks.end(),
                                    [&](const Finding& one) { return one.check == check; });
    return found == checks.end() ? nullptr : &*found;
}

Findings findings_of(const SiteVisit& visit, const SiteTable& table) {
    return Judge(visit, table).judge();
}

}  // namespace licet::probe

// SPDX-License-Identifier: Apache-2.0
#include "rights/act.h"

#include <algorithm>

#include "base/text.h"
#include "base/utc.h"

namespace licet::rights {
namespace {

using ledger::Event;
using ledger::EventKind;

constexpr std::string_view kLinks = "/l/";
constexpr std::size_t kMostNote = 2000;

PageFrame frame_of(const Context& context, const std::string& self) {
    return {context.say, context.settings,
            context.law == nullptr ? nullptr : &context.law->vocabulary(),
            self.empty() ? self : context.prefix + self};
}

Shown page(std::string body, int status = 200) {
    Shown out;
    out.status = status;
    out.body = std::move(body);
    return out;
}

const ledger::OptInRequest* opt_in_of(const Link& link, const Known& known) {
    const auto found = known.standing.opt_in_requests.find(link.reference);
    return found == known.standing.opt_in_requests.end() ? nullptr : &found->second;
}

// The request that an identity link is about: of the strict token alone.
const DataRequest* request_of(const Link& link, const DataRequests& requests) {
    const auto found = requests.find({link.person.strict, link.reference});
    return found == requests.end() ? nullptr : &found->second;
}

std::vector<ledger::Scope> scopes_of(const Link& link, const Known& known) {
    std::vector<ledger::Scope> out;
    const ledger::OptInRequest* request = opt_in_of(link, known);
    if (request != nullptr)
        for (const ledger::OptInQuestion& question : request->questions)
            out.push_back(question.scope);
    if (out.empty()) out.push_back(link.scope);
    return out;
}

// Between two moments `...T10:00:05Z` of one day; nothing if they are of two, or no such texts.
std::optional<std::int64_t> seconds_between(std::string_view from, std::string_view to) {
    const auto seconds = [](std::string_view at) -> std::optional<std::int64_t> {
        if (at.size() != 20) return std::nullopt;
        const auto hours = whole_number(at.substr(11, 2));
        const auto minutes = whole_number(at.substr(14, 2));
        const auto rest = whole_number(at.substr(17, 2));
        if (!hours || !minutes || !rest) return std::nullopt;
        return *hours * 3600 + *minutes * 60 + *rest;
    };
    const auto start = seconds(from);
    const auto end = seconds(to);
    if (!start || !end || from.substr(0, 10) != to.substr(0, 10)) return std::nullopt;
    return *end - *start;
}

// Does what one POST asks for.
class Actor {
  public:
    Actor(const Context& context, const Link& link, const Place& place, const Known& known)
        : context_(context),
          link_(link),
          known_(known),
          frame_(frame_of(context, place.self())),
          acting_{&link, context.day, context.received_at, "page",
                  context.say->language() == Language::kFrench ? "fr" : "en"} {}

    Outcome take() { return std::move(out_); }

    void on_main(const Result<Form>& form) {
        const bool is_stop_link = is_for_ever(link_.kind);
        const std::string_view wanted = form ? form->text("do") : std::string_view{};
        if (link_.kind == LinkKind::kConfirm) return form ? on_confirm(wanted) : bad_form();
        if (link_.kind == LinkKind::kIdentity) return form ? on_identity(wanted) : bad_form();
        LICET_ENSURE(is_stop_link);
        if (wanted.empty() || (form && is_one_click(*form))) acting_.surface = "one_click";
        choose({Choice::Act::kStopThese, {}, {}, 0},
               {DoneModel::What::kStopped, {}, {}, {}, false});
    }

    void on_choices(const Form& form) {
        const std::string_view wanted = form.text("do");
        if (is_one_click(form) || wanted == "stop_all")
            return choose({Choice::Act::kStopAll, {}, {}, 0},
                          {DoneModel::What::kStoppedAll, {}, {}, {}, false});
        if (wanted == "save") return save(form);
        if (wanted == "pause") return pause(form);
        if (wanted == "wrong_person") return wrong_person();
        bad_form();
    }

    void on_ask(RequestKind kind, const Form& form) {
        // Whoever wants to be erased, or corrected, wants it from this link: it was in their mail.
        if (kind == RequestKind::kErasure)
            out_.events = events_of({Choice::Act::kStopAll, {}, {}, 0}, known_.standing,
                                    *context_.settings, acting_);
        open(kind, true);
        std::string about;
        const auto [first, last] = form.fields().equal_range("about");
        for (auto at = first; at != last; ++at)
            if (at->second.size() <= 16 && is_word(at->second))
                about += (about.empty() ? "" : ",") + at->second;
        if (!about.empty())
            for (Event& event : out_.events)
                if (attribute(event, "step") == name_of(RequestStep::kOpened))
                    event.attributes.emplace("about", about);
        const std::string_view note = trimmed(form.text("note"));
        if (!note.empty()) out_.note.emplace(std::string(note.substr(0, cut_of(note))));
        requested(kind);
    }

    void on_copy(const Form& form) {
        const std::string_view address = trimmed(form.text("address"));
        if (address.empty()) return bad_form();
        const std::string id = open(RequestKind::kAccess, false);
        Link link = link_;
        link.kind = LinkKind::kIdentity;
        link.issued_on = context_.day;
        link.valid_days = context_.settings->identity_days;
        link.campaign.clear();
        link.reference = id;
        out_.mail.emplace(IdentityMail{Personal<std::string>(std::string(address)), link});
        done({DoneModel::What::kMailSent, {}, RequestKind::kAccess, {}, false});
    }

    void bad_form() {
        out_.events.clear();
        out_.shown = page(trouble_page(frame_, Trouble::kBadForm), status_of(Trouble::kBadForm));
    }

  private:
    static bool is_word(std::string_view text) {
        return std::all_of(text.begin(), text.end(), is_ascii_letter);
    }
    // Not in the middle of a character.
    static std::size_t cut_of(std::string_view text) {
        std::size_t end = std::min(text.size(), kMostNote);
        while (end < text.size() && end > 0 &&
               (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
            --end;
        return end;
    }

    void done(const DoneModel& model) { out_.shown = page(done_page(frame_, model)); }

    void choose(const Choice& choice, const DoneModel& model) {
        out_.events = events_of(choice, known_.standing, *context_.settings, acting_);
        done(model);
    }

    void save(const Form& form) {
        Choice choice;
        const auto collect = [&](std::string_view name, std::set<std::string>& to) {
            const auto [first, last] = form.fields().equal_range(name);
            for (auto at = first; at != last; ++at) to.insert(at->second);
        };
        collect("shown", choice.shown);
        collect("cell", choice.ticked);
        choose(choice, {DoneModel::What::kSaved, {}, {}, {}, must_wait(choice)});
    }

    [[nodiscard]] bool must_wait(const Choice& choice) const {
        const Preferences now =
            preferences_of(known_.standing, *context_.settings, link_.scope.brand, context_.day);
        for (const PreferenceRow& row : now.rows)
            for (const Cell& cell : row.cells) {
                const std::string name = rights::name_of(cell);
                if (cell.has_refused_today && choice.ticked.contains(name) &&
                    !choice.shown.contains(name))
                    return true;
            }
        return false;
    }

    void pause(const Form& form) {
        const auto days = whole_number(form.text("days"));
        const auto& offered = context_.settings->pauses;
        const bool is_offered =
            days && std::find(offered.begin(), offered.end(), *days) != offered.end();
        if (!is_offered) return bad_form();
        choose({Choice::Act::kPause, {}, {}, static_cast<int>(*days)},
               {DoneModel::What::kPaused, context_.day + std::chrono::days{*days}, {}, {}, false});
    }

    void wrong_person() {
        choose({Choice::Act::kWrongPerson, {}, {}, 0},
               {DoneModel::What::kWrongPerson, {}, {}, {}, false});
        open(RequestKind::kRectification, true);
        out_.events.back().attributes.emplace("about", "wrong_person");
    }

    // Gives the id. `is_confirmed`: the link itself shows that the mailbox is theirs.
    std::string open(RequestKind kind, bool is_confirmed) {
        const std::string id = request_id(link_.person.strict, kind, context_.day);
        std::vector<StepSaid> steps{{id, RequestStep::kOpened, kind, "", false, context_.day}};
        if (is_confirmed)
            steps.insert(steps.begin(),
                         {id, RequestStep::kIdentityConfirmed, {}, "", false, context_.day});
        for (const StepSaid& step : steps) add_step(step);
        out_.request = id;
        return id;
    }

    void add_step(const StepSaid& step) {
        Event event = event_of(step);
        event.person = link_.person.strict;
        event.received_at = context_.received_at;
        event.tenant = context_.settings->tenant;
        event.surface = acting_.surface;
        out_.events.push_back(std::move(event));
    }

    void requested(RequestKind kind) {
        DataRequest request;
        request.steps.emplace(RequestStep::kOpened, context_.day);
        std::optional<Deadline> by;
        if (context_.law != nullptr)
            if (auto found = deadline_of(*context_.law, context_.settings->country, request))
                by = *std::move(found);
        done({DoneModel::What::kRequested, {}, kind, by, false});
    }

    void on_confirm(std::string_view wanted) {
        const ledger::OptInRequest* request = opt_in_of(link_, known_);
        const auto state =
            request == nullptr ? ledger::OptInState::kUnknown : state_of(*request, context_.day);
        if (wanted == "not_me") {
            add_opt_in("suspect", "not_asked");
            return done({DoneModel::What::kNotMe, {}, {}, {}, false});
        }
        if (wanted != "confirm") return bad_form();
        const bool is_over = state == ledger::OptInState::kUnknown ||
                             state == ledger::OptInState::kExpired ||
                             state == ledger::OptInState::kBounced;
        if (is_over) {
            out_.shown = page(trouble_page(frame_, Trouble::kEnded), status_of(Trouble::kEnded));
            return;
        }
        if (state != ledger::OptInState::kConfirmed) {
            add_opt_in("confirmed", "");
            if (is_too_fast(*request)) {
                // No person reads so fast. If it is one, they press again.
                add_opt_in("suspect", "too_fast");
                out_.shown = page(confirm_page(frame_, scopes_of(link_, known_)));
                return;
            }
        }
        done({DoneModel::What::kConfirmed, {}, {}, {}, false});
    }

    [[nodiscard]] bool is_too_fast(const ledger::OptInRequest& request) const {
        const auto accepted = request.steps.find(ledger::OptInStep::kMailAccepted);
        if (accepted == request.steps.end()) return false;
        const std::string at = utc_text(context_.received_at);
        return std::any_of(
            accepted->second.begin(), accepted->second.end(), [&](const ledger::OptInMoment& one) {
                const auto after = seconds_between(one.at, at);
                return after && *after >= 0 && *after < context_.settings->suspect_seconds;
            });
    }

    void add_opt_in(const std::string& step, const std::string& why) {
        Event event = event_by(acting_, *context_.settings, EventKind::kDoubleOptIn, {});
        event.attributes.erase("campaign");
        const std::string at = utc_text(context_.received_at);
        event.attributes.emplace("request", link_.reference);
        event.attributes.emplace("step", step);
        event.attributes.emplace("at", at);
        if (!why.empty()) event.attributes.emplace("why", why);
        event.key = link_.reference + "-" + step + "-" + at;
        add_spread(out_.events, event, link_);
    }

    void on_identity(std::string_view wanted) {
        if (wanted != "identity") return bad_form();
        const DataRequests requests = requests_of(known_.events);
        const DataRequest* request = request_of(link_, requests);
        add_step({link_.reference, RequestStep::kIdentityConfirmed, {}, "", false, context_.day});
        done({DoneModel::What::kIdentityConfirmed,
              {},
              request == nullptr ? std::nullopt : request->kind,
              {},
              false});
    }

    const Context& context_;
    const Link& link_;
    const Known& known_;
    PageFrame frame_;
    Acting acting_;
    Outcome out_;
};

// What a page asks for; nothing for one that asks for nothing.
std::optional<RequestKind> asked_by(Page page) {
    switch (page) {
        case Page::kOrigin:
            return RequestKind::kSource;
        case Page::kErasure:
            return RequestKind::kErasure;
        case Page::kCorrection:
            return RequestKind::kRectification;
        case Page::kComplaint:
            return RequestKind::kComplaint;
        case Page::kMain:
        case Page::kChoices:
        case Page::kCopy:
        case Page::kCopyJson:
        case Page::kReceipt:
            return std::nullopt;
    }
    LICET_ENSURE(false);
}

std::string main_page(const PageFrame& frame, const Context& context, const Link& link,
                      const Known& known) {
    const Preferences preferences =
        preferences_of(known.standing, *context.settings, link.scope.brand, context.day);
    switch (link.kind) {
        case LinkKind::kOptOut:
            return unsubscribe_page(frame, {link.scope.channel, preferences.is_all_stopped});
        case LinkKind::kPreferences:
            return choices_page(frame, preferences);
        case LinkKind::kConfirm:
            return confirm_page(frame, scopes_of(link, known));
        case LinkKind::kIdentity: {
            const DataRequests requests = requests_of(known.events);
            const DataRequest* request = request_of(link, requests);
            return identity_page(frame, request == nullptr ? std::nullopt : request->kind);
        }
    }
    LICET_ENSURE(false);
}

}  // namespace

std::optional<Place> place_of(std::string_view path) {
    if (!path.starts_with(kLinks)) return std::nullopt;
    path.remove_prefix(kLinks.size());
    const std::size_t slash = path.find('/');
    const std::string_view below = slash == path.npos ? "" : path.substr(slash + 1);
    const auto page = page_of_path(below);
    const std::string_view text = path.substr(0, slash);
    if (!page || text.empty() || text.size() > kMostLinkText) return std::nullopt;
    return Place{std::string(text), *page};
}

Shown show(const Context& context, const Link& link, const Place& place, const Known& known) {
    const PageFrame frame = frame_of(context, place.self());
    const bool may_see = link.kind == LinkKind::kIdentity;
    switch (place.page) {
        case Page::kMain:
            return page(main_page(frame, context, link, known));
        case Page::kChoices:
            return page(choices_page(frame, preferences_of(known.standing, *context.settings,
                                                           link.scope.brand, context.day)));
        case Page::kOrigin:
            return page(origin_page(frame, known));
        case Page::kCopy:
            return page(copy_page(frame, known, may_see));
        case Page::kCopyJson:
            if (!may_see) return page(copy_page(frame, known, may_see));
            return {200, "application/json", copy_as_json(known, *context.settings, context.day),
                    (*context.say)("rights.copy_file")};
        case Page::kReceipt:
            return page(consent_receipt_page(frame, known));
        case Page::kErasure:
            return page(erasure_page(frame));
        case Page::kCorrection:
            return page(correction_page(frame));
        case Page::kComplaint:
            return page(complaint_page(frame));
    }
    LICET_ENSURE(false);
}

Outcome act(const Context& context, const Link& link, const Place& place, const Result<Form>& form,
            const Known& known) {
    Actor actor(context, link, place, known);
    const auto kind = asked_by(place.page);
    if (place.page == Page::kMain)
        actor.on_main(form);
    else if (!form)
        actor.bad_form();
    else if (place.page == Page::kChoices)
        actor.on_choices(*form);
    else if (place.page == Page::kCopy)
        actor.on_copy(*form);
    else if (kind && form->text("do") == "ask")
        actor.on_ask(*kind, *form);
    else
        actor.bad_form();
    return actor.take();
}

Shown show_ask(const Context& context) { return page(ask_page(frame_of(context, ""))); }

Outcome act_on_ask(const Context& context, const Form& form,
                   const std::optional<ledger::ContactTokens>& person) {
    Outcome out;
    const PageFrame frame = frame_of(context, "");
    const auto kind = request_kind_of(form.text("kind"));
    const std::string_view address = trimmed(form.text("address"));
    if (!kind || address.empty() || !person) {
        out.shown = page(trouble_page(frame, Trouble::kBadForm), status_of(Trouble::kBadForm));
        return out;
    }
    out.request = request_id(person->strict, *kind, context.day);
    Event event = event_of({out.request, RequestStep::kOpened, kind, "", false, context.day});
    event.person = person->strict;
    event.received_at = context.received_at;
    event.tenant = context.settings->tenant;
    event.surface = "page";
    out.events.push_back(std::move(event));
    Link link;
    link.kind = LinkKind::kIdentity;
    link.issued_on = context.day;
    link.valid_days = context.settings->identity_days;
    link.person = *person;
    link.person.wide.clear();
    link.reference = out.request;
    out.mail.emplace(IdentityMail{Personal<std::string>(std::string(address)), link});
    out.shown = page(done_page(frame, {DoneModel::What::kMailSent, {}, kind, {}, false}));
    return out;
}

Shown show_trouble(const Context& context, Trouble trouble, const std::optional<Place>& place) {
    const PageFrame frame = frame_of(context, place ? place->self() : "");
    return page(trouble_page(frame, trouble), status_of(trouble));
}

}  // namespace licet::rights

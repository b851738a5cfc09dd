// SPDX-License-Identifier: Apache-2.0
#include "main/serve/public_pages.h"

#include <sys/stat.h>

#include <filesystem>

#include "base/text.h"
#include "main/files.h"
#include "main/link_keys.h"
#include "main/people.h"
#include "main/rights_desk.h"
#include "main/serve/public_frame.h"
#include "main/zones.h"

namespace licet {
namespace {

using http::Answer;
using http::Method;

constexpr web::Limiter::Rate kVisits{20, 200};  ///< of one address: a mail scanner is fast

Answer answer_of(rights::Shown shown) {
    Answer out;
    out.status = shown.status;
    out.type = std::move(shown.type);
    out.body = std::move(shown.body);
    if (out.status == 503) out.with("Retry-After", "5");
    if (!shown.file_name.empty())
        out.with("Content-Disposition", "attachment; filename=\"" + shown.file_name + "\"");
    return public_page(std::move(out));
}

Result<rights::Known> known_of(const TenantDesk& desk, const ledger::ContactTokens& person,
                               Date day) {
    std::vector<ledger::Token> tokens{person.strict};
    tokens.insert(tokens.end(), person.loose.begin(), person.loose.end());
    const auto store = LICET_TRY(desk.reader());
    std::vector<ledger::Event> events;
    for (const ledger::StoredEvent& one : LICET_TRY(store->events_of(tokens)))
        events.push_back(one.event);
    auto suppressions = LICET_TRY(store->suppressions_of(tokens));
    return rights::known_of(std::move(events), std::move(suppressions), person.strict, day);
}

}  // namespace

Result<std::shared_ptr<const PublicPages::Tenant>> PublicPages::tenant(const std::string& id) {
    const std::lock_guard lock(mutex_);
    const auto found = tenants_.find(id);
    if (found != tenants_.end()) return found->second;
    auto tenant = std::make_shared<Tenant>();
    tenant->desk = LICET_TRY(office_.desk(id));
    tenant->settings = LICET_TRY(rights_settings_of(tenant->desk->workspace()));
    tenant->keys = LICET_TRY(link_keys_of(tenant->desk->workspace(), KeyWish::kMakeFirst));
    std::shared_ptr<const Tenant> out = std::move(tenant);
    tenants_.emplace(id, out);
    return out;
}

void PublicPages::reload() {
    const std::lock_guard lock(mutex_);
    tenants_.clear();
}

void PublicPages::forget(const std::string& id) {
    const std::lock_guard lock(mutex_);
    tenants_.erase(id);
}

rights::Context PublicPages::context_of(const http::Request& request, const Tenant& tenant) const {
    rights::Context out;
    out.say = &office_.voices().in(request.language());
    out.settings = &tenant.settings;
    out.day = office_.today();
    out.received_at = office_.now_seconds();
    const std::string_view named = request.value("tenant");
    if (!named.empty()) out.prefix = "/t/" + std::string(named);
    return out;
}

// ---- links --------------------------------------------------------------------------------------
rights::Shown PublicPages::shown_of_link(const http::Request& request, const Tenant& tenant,
                                         const rights::Context& context, bool is_post) {
    const auto place = rights::place_of("/l/" + std::string(request.value("rest")));
    if (!place) return rights::show_trouble(context, rights::Trouble::kInvalid);
    const auto link = rights::opened_link(place->text, tenant.keys);
    if (!link) return rights::show_trouble(context, rights::Trouble::kInvalid);
    if (link->has_ended(context.day))
        return rights::show_trouble(context, rights::Trouble::kEnded, place);
    const auto known = known_of(*tenant.desk, link->person, context.day);
    if (!known && !is_post) return rights::show_trouble(context, rights::Trouble::kTryAgain, place);
    if (!is_post) return rights::show(context, *link, *place, *known);
    const auto form = rights::form_of(request.field("content-type"), request.body);
    // Whoever wants to stop is heard even when nothing can be read of what was before.
    const rights::Known nothing;
    auto done =
        acted(tenant, context, rights::act(context, *link, *place, form, known ? *known : nothing));
    return done ? *std::move(done)
                : rights::show_trouble(context, rights::Trouble::kTryAgain, place);
}

Result<rights::Shown> PublicPages::acted(const Tenant& tenant, const rights::Context& context,
                                         rights::Outcome outcome) {
    if (!outcome.events.empty())
        std::ignore = LICET_TRY(tenant.desk->append(std::move(outcome.events)));
    if (outcome.mail) LICET_TRY(post_mail(tenant, context, *outcome.mail));
    if (outcome.note) {
        // What somebody wrote goes to whoever answers, in a file of theirs alone.
        const std::string folder = tenant.desk->workspace().folder + "/requests";
        std::error_code fault;
        std::filesystem::create_directory(folder, fault);
        ::chmod(folder.c_str(), S_IRWXU);
        auto file = LICET_TRY(ByteWriter::create(folder + "/" + outcome.request + ".txt"));
        LICET_TRY(file->write(outcome.note->reveal("for whoever answers the request") + "\n"));
        LICET_TRY(file->finish());
    }
    return std::move(outcome.shown);
}

Answer PublicPages::link(const http::Request& request, bool is_post) {
    const Catalogue& say = office_.voices().in(request.language());
    const auto tenant = this->tenant(tenant_named(request));
    if (!tenant) {
        // A ledger that does not open is no reason to say that a link is bad.
        const bool is_missing = tenant.error().code == ErrorCode::kMissing;
        return http::problem(is_missing ? 404 : 503,
                             Message(is_missing ? "http.not_found" : "http.internal"), say);
    }
    const auto law = office_.law();
    rights::Context context = context_of(request, **tenant);
    context.law = law.get();
    return answer_of(shown_of_link(request, **tenant, context, is_post));
}

// ---- without a link -----------------------------------------------------------------------------
Answer PublicPages::ask(const http::Request& request, bool is_post) {
    const Catalogue& say = office_.voices().in(request.language());
    const bool may = !is_post || limiter_.allow("ask " + std::string(request.remote), {0.2, 10},
                                                office_.now_micros());
    if (!may) return http::problem(429, Message("web.too_many"), say).with("Retry-After", "30");
    const auto tenant = this->tenant(tenant_named(request));
    if (!tenant) return http::problem(404, Message("http.not_found"), say);
    const auto law = office_.law();
    rights::Context context = context_of(request, **tenant);
    context.law = law.get();
    if (!is_post) return answer_of(rights::show_ask(context));
    const auto form = rights::form_of(request.field("content-type"), request.body);
    if (!form) return http::problem(form.error(), say);
    std::optional<ledger::ContactTokens> person;
    auto tokens =
        own_tokens_of_address((*tenant)->desk->workspace(), std::string(form->text("address")));
    if (tokens) person = std::move(tokens).value();
    rights::Outcome outcome = rights::act_on_ask(context, *form, person);
    auto done = acted(**tenant, context, std::move(outcome));
    return answer_of(done ? *std::move(done)
                          : rights::show_trouble(context, rights::Trouble::kTryAgain));
}

// A message for the mail program of this machine, in the folder `outbox`: licet sends nothing.
Result<Done> PublicPages::post_mail(const Tenant& tenant, const rights::Context& context,
                                    const rights::IdentityMail& mail) const {
    const std::string address(mail.address.reveal("to send the link that checks an identity"));
    // As it is normalised: a line of a head is nothing to be written by strangers. Only to the
    // address that the link is about; and nobody is told whether it was.
    const auto point = ledger::contact_point_of_email(address);
    const auto tokens = own_tokens_of_address(tenant.desk->workspace(), address);
    if (!point || !tokens || tokens->strict != mail.link.person.strict) return Done{};
    const std::string text = LICET_TRY(rights::sealed_link(mail.link, tenant.keys));
    const std::string folder = tenant.desk->workspace().folder + "/outbox";
    std::error_code fault;
    std::filesystem::create_directory(folder, fault);
    ::chmod(folder.c_str(), S_IRWXU);
    const std::string name = LICET_TRY(office_.chance(12));
    auto file = LICET_TRY(ByteWriter::create(folder + "/" + name + ".eml"));
    const Catalogue& say = *context.say;
    LICET_TRY(
        file->write("To: " + point->strict.bytes +
                    "\nSubject: licet\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
                    "Content-Transfer-Encoding: 8bit\nAuto-Submitted: auto-generated\n\n" +
                    say("serve.identity_mail",
                        {{"address", rights::address_of(base_ + context.prefix, text)}}) +
                    "\n"));
    return file->finish();
}

std::vector<http::Route> PublicPages::routes() {
    std::vector<http::Route> out;
    const auto add = [&](const std::string& prefix) {
        for (const bool is_post : {false, true}) {
            const Method method = is_post ? Method::kPost : Method::kGet;
            out.push_back({method, prefix + "/l/{rest...}", [this, is_post](const auto& request) {
                               return link(request, is_post);
                           }});
            out.push_back({method, prefix + "/rights",
                           [this, is_post](const auto& request) { return ask(request, is_post); }});
        }
    };
    add("");
    add("/t/{tenant}");
    // RFC 8058: a mail program that posts is never told to slow down.
    for (http::Route& one : out) {
        one.most_body_bytes = rights::kMostFormBytes;
        if (one.method == Method::kPost) continue;
        one.handle = [this, handle = one.handle](const http::Request& request) {
            if (limiter_.allow("visit " + std::string(request.remote), kVisits,
                               office_.now_micros()))
                return handle(request);
            return http::problem(429, Message("web.too_many"),
                                 office_.voices().in(request.language()))
                .with("Retry-After", "1");
        };
    }
    return out;
}

}  // namespace licet

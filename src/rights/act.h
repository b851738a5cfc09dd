// SPDX-License-Identifier: Apache-2.0
//
// What a server does with a link: shows on GET, acts on POST. Pure: it returns what is to be done.
//
//     path ─► place_of ─► opened link ─► GET  ─► show() ─► page
//                            + Known  └► POST ─► act()  ─► events to append, then the page
//
// A server appends the events first and shows the page only when they are durable; if it cannot, it
// shows trouble_page(kTryAgain). show() cannot give an event: a GET changes nothing by its type.
// Events of a repeat have the keys of the first, so that a store drops them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/personal.h"
#include "law/law.h"
#include "rights/form.h"
#include "rights/link.h"
#include "rights/pages.h"

namespace licet::rights {

/// Where a request goes: "/l/TEXT" or "/l/TEXT/choices".
struct Place {
    std::string text;  ///< of the link
    Page page = Page::kMain;
    [[nodiscard]] std::string self() const { return "/l/" + text; }
};
/// Nothing for a path that is of no link. `path` has no query.
[[nodiscard]] std::optional<Place> place_of(std::string_view path);

/// What is the same for every person, and the moment.
struct Context {
    const Catalogue* say = nullptr;  ///< of the reader's language
    const Settings* settings = nullptr;
    const law::Law* law = nullptr;  ///< words of facts, and the clock of answers
    Date day;                       ///< of the controller
    std::int64_t received_at = 0;   ///< seconds since 1970-01-01T00:00Z
    std::string prefix;             ///< of all addresses: "" or "/rights"
};

struct Shown {
    int status = 200;
    std::string type = "text/html; charset=utf-8";
    std::string body;
    std::string file_name;  ///< of what is to be saved; empty = to be looked at
};

/// A link that is to be sent to an address that somebody typed, if that address is theirs: the
/// server makes tokens of it and compares the strict one with that of the link. It tells nobody
/// whether it sent.
struct IdentityMail {
    Personal<std::string> address;
    Link link;
};

struct Outcome {
    std::vector<ledger::Event> events;  ///< to be durable before `shown` is sent
    Shown shown;
    std::optional<IdentityMail> mail;
    /// What the person wrote to whoever answers; goes into no event. With it: `request`.
    std::optional<Personal<std::string>> note;
    std::string request;  ///< id of a request that was opened
};

/// Shows a page. `link` must have been opened, and not have ended.
[[nodiscard]] Shown show(const Context& context, const Link& link, const Place& place,
                         const Known& known);

/// Acts. Whatever is sent to the main page of an opt-out link stops the messages, also a body that
/// nobody can read: whoever has the link may stop, and asked for something.
[[nodiscard]] Outcome act(const Context& context, const Link& link, const Place& place,
                          const Result<Form>& form, const Known& known);

/// For who has no link: the page, and what becomes of the form. `person`: tokens of the address
/// that was typed, if it is one. The answer is the same for everybody.
[[nodiscard]] Shown show_ask(const Context& context);
[[nodiscard]] Outcome act_on_ask(const Context& context, const Form& form,
                                 const std::optional<ledger::ContactTokens>& person);

/// A page for what went wrong. `place`: of a link that opened; else nothing.
[[nodiscard]] Shown show_trouble(const Context& context, Trouble trouble,
                                 const std::optional<Place>& place = {});

}  // namespace licet::rights

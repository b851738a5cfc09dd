// SPDX-License-Identifier: Apache-2.0
//
// The pages that a person sees who follows a link. Each is a function from what is known to HTML.
//
//     no script, no cookie, no picture, nothing from elsewhere; light and dark; 320 px; keyboard
//     GET shows, POST acts: every button is a form that is sent to the page's own address
//
// All text comes from the catalogues and is escaped. No page says whether somebody is known.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "law/vocabulary.h"
#include "rights/data_subject_request.h"
#include "rights/deadline.h"
#include "rights/known.h"
#include "rights/preferences.h"

namespace licet::rights {

/// The pages of one link: below its own address.
enum class Page {
    kMain,        ///< "": what the link was made for
    kChoices,     ///< "choices": the preference centre
    kOrigin,      ///< "origin": where do my data come from?
    kCopy,        ///< "copy"
    kCopyJson,    ///< "copy.json"
    kReceipt,     ///< "receipt": what I agreed to
    kErasure,     ///< "erasure"
    kCorrection,  ///< "correction"
    kComplaint,   ///< "complaint"
};
[[nodiscard]] std::string_view path_of(Page page);
[[nodiscard]] std::optional<Page> page_of_path(std::string_view path);

/// What every page needs. All of it must outlive the call.
struct PageFrame {
    const Catalogue* say = nullptr;
    const Settings* settings = nullptr;
    const law::Vocabulary* words = nullptr;
    std::string
        self;  ///< address of the link, without what is below it: "/l/AQ3f"; empty = no link
};

struct UnsubscribeModel {
    std::string channel;  ///< of the message; empty = any
    bool is_stopped = false;
};
/// One big button. Nothing happens before it is pressed.
[[nodiscard]] std::string unsubscribe_page(const PageFrame& frame, const UnsubscribeModel& model);

/// The preference centre.
[[nodiscard]] std::string choices_page(const PageFrame& frame, const Preferences& preferences);

/// What was done, and from when it counts.
struct DoneModel {
    enum class What {
        kStopped,      ///< these messages
        kStoppedAll,   ///< everything
        kWrongPerson,  ///< everything, and somebody looks where the error comes from
        kSaved,
        kPaused,
        kRequested,  ///< a request was opened
        kMailSent,   ///< if the address is that of the link, a mail is on its way
        kIdentityConfirmed,
        kConfirmed,  ///< the double opt-in
        kNotMe,      ///< "I asked for nothing"
    };
    What what = What::kSaved;
    std::optional<Date> until;            ///< of a pause: its last day
    std::optional<RequestKind> request;   ///< kind of a request
    std::optional<Deadline> answered_by;  ///< if the law says so
    bool must_wait = false;  ///< a yes on the day of a no does not count: it must come later
};
[[nodiscard]] std::string done_page(const PageFrame& frame, const DoneModel& done);

[[nodiscard]] std::string origin_page(const PageFrame& frame, const Known& known);

/// `may_show`: the person has shown that the mailbox is theirs; else they are asked for their
/// address, to send a link there.
[[nodiscard]] std::string copy_page(const PageFrame& frame, const Known& known, bool may_show);

[[nodiscard]] std::string consent_receipt_page(const PageFrame& frame, const Known& known);
[[nodiscard]] std::string erasure_page(const PageFrame& frame);
[[nodiscard]] std::string correction_page(const PageFrame& frame);
/// Names the authority of the settings' country, from the catalogues.
[[nodiscard]] std::string complaint_page(const PageFrame& frame);

/// Asks by a button whether this consent was wanted. `scopes` = what is asked for.
[[nodiscard]] std::string confirm_page(const PageFrame& frame,
                                       const std::vector<ledger::Scope>& scopes);
/// Asks by a button whether the request was theirs.
[[nodiscard]] std::string identity_page(const PageFrame& frame, std::optional<RequestKind> kind);

/// For who has no link: what do you ask, and at which address do we know you?
[[nodiscard]] std::string ask_page(const PageFrame& frame);

/// What cannot be shown, and what to do instead.
enum class Trouble {
    kInvalid,   ///< no such page or link; says nothing of whether somebody exists
    kEnded,     ///< a link that opened only for some days
    kBadForm,   ///< what was sent cannot be read
    kTryAgain,  ///< the ledger does not answer just now: nothing was recorded
};
/// The status of HTTP that belongs to it: 404, 410, 400, 503.
[[nodiscard]] int status_of(Trouble trouble);
[[nodiscard]] std::string trouble_page(const PageFrame& frame, Trouble trouble);

/// French or English, as the header Accept-Language wishes; French if it wishes neither.
[[nodiscard]] Language language_of_header(std::string_view accept_language);

}  // namespace licet::rights

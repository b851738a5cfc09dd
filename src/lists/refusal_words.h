// SPDX-License-Identifier: Apache-2.0
//
// What a cell says about a refusal, by what its column is.
//
//     "Inscrit"    on Bloctel: refused    in "Statut abonnement": not     in "Désinscrit": refused
//     "non"        in "Désinscrit": not   in "Email permission": refused  in "Newsletter": nothing
//     "vip, STOP"  in "Tags": refused
//
// One word means the contrary from one column to the next, so no word is read without its column.
// Where a word may mean either in a column that is made for refusals, it refuses: nobody must be
// contacted because a word was misread. In columns of states, tags and notes most words are about
// something else, and only those that tell of a refusal count. In a column of agreements a long
// text is what was agreed to ("je peux me désinscrire à tout moment"): only whole cells and tags
// count there.
#pragma once

#include <string_view>

#include "lists/cells.h"

namespace licet::lists {

/// How the words of a column are meant.
enum class Wording {
    kList,          ///< a list of those who refuse: Bloctel, liste noire, opposition, opt-out
    kLeaving,       ///< désinscrit, unsubscribed: "inscrit" may be meant either way
    kSubscription,  ///< a state of subscription: subscribed, unsubscribed
    kListmonk,      ///< the same, with listmonk's own states
    kAllowing,      ///< "Do not allow Emails": Allow, Do Not Allow
    kPermission,    ///< "Email permission", "Werbung erlaubt": a "no" refuses
    kAgreement,     ///< newsletter, consent: a "no" is no agreement, and no refusal
    kMailStatus,    ///< state of an address
    kStatus,        ///< state of a contact, its tags, its categories
    kNote,          ///< free text
    kFound,         ///< any other column: only what can be about nothing else counts
};

/// Reads a cell: kYes and kUnknown refuse. Of the last six, kUnknown never comes.
[[nodiscard]] Mark refusal_of(std::string_view cell, Wording wording);

/// Says whether the columns of this wording are made for refusals: what is not understood in them
/// refuses.
[[nodiscard]] bool is_for_refusals(Wording wording);

/// Reads a mark of agreement: as mark_of, and "abonné", "désabonné" and the like.
[[nodiscard]] Mark agreement_of(std::string_view cell);

/// Says whether a state of subscription tells of a choice to be written to: "subscribed", "abonné";
/// of an account that is merely active it does not.
[[nodiscard]] bool says_subscribed(std::string_view cell);

/// Says whether a mark of refusal is none of the person, but of a mailbox that is not there:
/// "bounced", "cleaned".
[[nodiscard]] bool says_bounced(std::string_view cell);

/// Reads a mark in a column of bounces: as mark_of; a day, a number or a reason is kYes, one that
/// passes (soft) is kNo.
[[nodiscard]] Mark bounce_of(std::string_view cell);

/// Says whether a cell tells that a mailbox will be back: "soft", "mailbox full (soft bounce)".
[[nodiscard]] bool says_passing(std::string_view cell);

}  // namespace licet::lists

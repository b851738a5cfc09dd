// SPDX-License-Identifier: Apache-2.0
//
// What a message does of what a sender owes: facts, seen in the message itself.
//
//     mail + campaign ──► message.sender_identified = yes    the name stands in the text
//                         message.optout = one_click         both lines of the head are there
//                         message.honest_subject = no        "Re:" and nothing that it answers
//
// No law here: whether a fact is owed, to whom and by which article is for check.h to ask. What is
// told by words alone is marked so; the campaign may say otherwise ([message] of its file).
#pragma once

#include <string>
#include <vector>

#include "gate/campaign.h"
#include "mail/message.h"
#include "mail/phrases.h"

namespace licet::mail {

/// What can be added to a body that lacks it.
enum class Piece { kSender, kAdvert, kSource, kObject, kOptOut, kAddress };

struct Observation {
    std::string id;     ///< of the finding: "sender", "optout", ...
    std::string fact;   ///< of facts.md; empty for what no fact says
    std::string value;  ///< of that fact
    bool is_good = true;
    bool is_by_words = false;  ///< told by words that are there or not: a sign, no proof
    Message seen;              ///< what was seen, for people
};

/// What one body lacks.
struct Lack {
    std::size_t body = 0;  ///< place in Mail::bodies
    std::vector<Piece> pieces;
};

struct Observed {
    std::vector<Observation> all;   ///< in an order that never changes
    std::vector<Lack> lacks;        ///< one a body, in their order
    bool lacks_head_lines = false;  ///< of one-click unsubscription
};

/// Looks at a message. Where the campaign says a fact of [message], its word goes before what is
/// told by words alone. Cost: one pass over the text for each kind of phrase.
[[nodiscard]] Observed observe(const law::Law& law, const gate::Campaign& campaign,
                               const Phrases& phrases, const Mail& mail);

/// Gives the host of a web address in lower case; empty if it has none.
[[nodiscard]] std::string host_of(std::string_view address);

/// True if both hosts are of one owner as far as their names tell: the same last two labels, or
/// three where the second last is one that registries give below (co.uk, asso.fr).
[[nodiscard]] bool is_same_owner(std::string_view host, std::string_view other);

}  // namespace licet::mail

// SPDX-License-Identifier: Apache-2.0
//
// Answers to requests in words: what whoever answers sends, and completes where a line says so.
//
//     request + deadline + settings ──► subject and text, French or English
//
// A letter is plain text. What the law asks to be said in it (the reason of a delay, how to
// complain) is in the catalogues; a part that is missing is an error, never a blank.
#pragma once

#include <string>
#include <vector>

#include "rights/deadline.h"
#include "rights/known.h"
#include "rights/settings.h"

namespace licet::rights {

enum class LetterKind {
    kReceived,   ///< the request came in, and by when it is answered
    kIdentity,   ///< with a link: is the request yours?
    kExtended,   ///< more time is needed, and why
    kAnswered,   ///< the answer, by the kind of the request
    kRefused,    ///< and why, and how to complain
    kProcessor,  ///< to a processor: stop, and say that you did
};
/// "received", "identity", "extended", "answered", "refused", "processor".
[[nodiscard]] std::string_view name_of(LetterKind kind);

struct Letter {
    std::string subject;
    std::string text;
};

struct LetterModel {
    const DataRequest* request = nullptr;
    const Settings* settings = nullptr;
    const Known* known = nullptr;  ///< of an answer to access and source; may be null
    const law::Vocabulary* words = nullptr;
    std::optional<Deadline> deadline;
    std::string link;  ///< address of an identity link
};

/// Errors: kMissing ("letter.no_deadline", "letter.no_link", "letter.no_reason", "letter.no_kind")
/// for a part that the letter needs and that is not there.
[[nodiscard]] Result<Letter> letter_of(LetterKind kind, const LetterModel& model,
                                       const Catalogue& say);

}  // namespace licet::rights

// SPDX-License-Identifier: Apache-2.0
//
// Adds to a message what it lacks: a foot to each body, lines to its head.
//
//     mail + what it lacks + campaign ──► edits ──spliced──► message, checked again
//
// Only what the campaign says can be added; what it does not say is asked for. A subject is mended
// by its writer alone, and a pixel is taken out by whoever put it in.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "mail/check.h"
#include "mail/splice.h"

namespace licet::mail {

/// What is to be added: decided by the findings, worded in the language of each body.
struct Completion {
    const gate::Campaign& campaign;
    const Observed& observed;
    const std::vector<Finding>& findings;
    /// The texts of a language; a body that names none is written to in `language`.
    const std::function<const Catalogue&(Language)>& texts;
    Language language = Language::kFrench;
};

struct Completed {
    std::string bytes;
    std::vector<std::string> added;  ///< ids of findings
    std::vector<Error> questions;    ///< what the campaign would have to say, or a human to do
};

/// Completes a message. Errors: kInput ("mail.fix_dkim", "mail.fix_charset", "mail.fix_page").
[[nodiscard]] Result<Completed> complete(std::string_view bytes, const Mail& mail,
                                         const Completion& completion);

}  // namespace licet::mail

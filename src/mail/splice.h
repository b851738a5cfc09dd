// SPDX-License-Identifier: Apache-2.0
//
// Puts text into a message without writing the message again.
//
//     message + {where, what}, {where, what}, ... ──► message, every other byte as it was
//
// The check (licet message check --fix) and the gate in front of the mail server use the same.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/message.h"

namespace licet::mail {

/// Replaces spans of `bytes`. Spans may come in any order and must not overlap; two at one place
/// stand in the order in which they were given.
[[nodiscard]] std::string spliced(std::string_view bytes, std::vector<Edit> edits);

/// Gives what to replace so that `foot` (UTF-8, lines divided by \n; HTML in a page) stands where a
/// reader of the body sees it. Errors: kInput ("mail.fix_charset", "mail.fix_page").
[[nodiscard]] Result<Edit> foot_edit(std::string_view bytes, const Mail& mail, const Body& body,
                                     std::string_view foot);

/// Gives what to replace so that the head has this line once, with this value.
[[nodiscard]] std::vector<Edit> head_edits(std::string_view bytes, const Mail& mail,
                                           std::string_view name, std::string_view value);

}  // namespace licet::mail

// SPDX-License-Identifier: Apache-2.0
//
// A message as it is checked: what its head says, and the parts that a reader reads.
//
//     bytes ──GMime──► head: from, subject, ways to unsubscribe
//                 └──► bodies: kind, charset, encoding, and where their bytes stand
//
// The message itself stays as it came; everything here points into it by offsets. What cannot be
// read for certain is refused with the reason: a message that is encrypted, or signed and so not to
// be changed, or that holds bytes that no message may hold.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "mail/html.h"
#include "mail/transfer.h"

namespace licet::mail {

enum class BodyKind { kText, kHtml };

/// One part that is read as a message, not kept as a file.
struct Body {
    BodyKind kind = BodyKind::kText;
    std::string charset;
    Encoding encoding = Encoding::kPlain;
    bool is_seven_bit = false;  ///< it may hold ASCII alone as it stands
    std::size_t begin = 0;      ///< of its bytes in the message
    std::size_t end = 0;
    std::string text;             ///< what is seen of it, UTF-8
    std::vector<Link> links;      ///< of HTML
    std::vector<Remote> remotes;  ///< of HTML
    std::string language;         ///< of HTML that says it
};

/// A line of the head: from its name to behind its line end, with the lines that it goes on in.
struct HeadLine {
    std::string name;   ///< lower case
    std::string value;  ///< unfolded, as it stands
    std::size_t begin = 0;
    std::size_t end = 0;
};

struct Mail {
    bool has_head = true;      ///< false for a file that is only a text or a page
    std::size_t head_end = 0;  ///< where one more line of the head can stand
    std::string line_end;
    std::vector<HeadLine> head;
    std::string subject;  ///< decoded
    std::string from_name;
    std::string from_address;
    std::string language;  ///< of Content-Language
    bool is_dkim_signed = false;
    bool is_answer = false;  ///< it names the message that it answers
    std::vector<Body> bodies;

    /// Gives the value of a line of the head, unfolded; empty if there is none.
    [[nodiscard]] std::string_view head_value(std::string_view name) const;
};

/// What a file holds.
enum class Form { kMessage, kText, kHtml };

/// The largest message that is read, in bytes.
inline constexpr std::size_t kMostMailBytes = 64U << 20U;

/// Reads a message, or a bare text or page of UTF-8. `where` is only shown in errors.
/// Errors: kInput ("mail.empty", "mail.too_large", "mail.nul", "mail.no_head", "mail.signed",
/// "mail.encrypted", "mail.no_text", "mail.too_deep").
[[nodiscard]] Result<Mail> read_mail(std::string_view bytes, Form form, const std::string& where);

}  // namespace licet::mail

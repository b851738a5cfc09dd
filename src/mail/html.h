// SPDX-License-Identifier: Apache-2.0
//
// What a reader of an HTML message sees, and what the message asks of others.
//
//     <p style="display:none">..</p>  is not seen     <img src=".." width="1">  is a pixel
//     <a href="..">Unsubscribe</a>    is a link       </body>                 is where a foot goes
//
// No browser: tags, attributes and entities are told apart as far as a message needs it, in one
// pass, and nothing that is wrong stops the reading. Styles in sheets are not followed.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licet::mail {

struct Link {
    std::string address;    ///< as in the message, entities resolved
    std::string text;       ///< what is seen of it
    std::size_t begin = 0;  ///< of it in the text of the whole page
    std::size_t end = 0;
};

/// What is fetched from elsewhere when the message is shown.
struct Remote {
    std::string address;
    bool is_unseen = false;  ///< a picture that nobody can see: a pixel
    bool is_active = false;  ///< a frame, a script or a sheet
};

struct HtmlText {
    std::string text;  ///< what is seen, lines divided by \n
    std::vector<Link> links;
    std::vector<Remote> remotes;
    std::string language;  ///< of <html lang="..">
    /// Where more can be put so that it is seen: before the last </body> or </html>, or the end.
    /// Nothing if the end lies inside a comment, a tag, a script or something unseen.
    std::optional<std::size_t> foot;
};

/// Reads a page in UTF-8, or in any charset in which ASCII is written as itself: places are bytes
/// of `html`. Cost: one pass.
[[nodiscard]] HtmlText read_html(std::string_view html);

}  // namespace licet::mail

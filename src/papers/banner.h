// SPDX-License-Identifier: Apache-2.0
//
// A banner of choices for one site, as files to put on its own server.
//
//     site + texts + orejime + shim ──► banner-fr.js, banner.css    what the site serves
//                                       banner-fr.html              this version, in words: its
//                                                                   SHA-256 names it in each proof
//                                       snippet-fr.html             what to copy into the pages
//                                       preview-fr.html, banner.json
//
// To refuse is as easy as to accept: two buttons of the same size, colour and layer. Nothing is
// stored and nobody is asked for anything before a choice. The same input gives the same bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "papers/trackers.h"

namespace licet::papers {

/// What a banner is made of, beside the site: the library orejime and what stands around it.
struct BannerParts {
    std::string_view library;  ///< orejime-standard-en.js
    std::string_view shim;     ///< banner_shim.mjs
    std::string_view style;    ///< banner.css
};

struct BannerFile {
    std::string name;
    std::string bytes;
};

struct Banner {
    /// False for a site none of whose trackers can be refused: then there is no banner, and the
    /// files hold a sentence that says so.
    bool has_choice = true;
    std::vector<BannerFile> files;
    std::string version;  ///< SHA-256 of banner-LANGUAGE.html, in hexadecimal
};

/// Makes the files in one language. Errors: kMissing ("choices.no_library") if a part is empty.
[[nodiscard]] Result<Banner> build_banner(const Site& site, const BannerParts& parts,
                                          const Catalogue& texts);

/// What a visitor fetches, compressed (gzip, level 9): the script and the style, in bytes. 0 if
/// there is no banner.
[[nodiscard]] std::size_t served_bytes(const Banner& banner);
/// More than this is slow on a poor connection, and worth a word.
inline constexpr std::size_t kMostServedBytes = 16'000;

/// A script without its comment lines, indentation and empty lines.
[[nodiscard]] std::string without_comments(std::string_view script);
/// A style without its comments and line breaks; lines of it break behind ; { } or a comma.
[[nodiscard]] std::string packed_style(std::string_view style);

}  // namespace licet::papers

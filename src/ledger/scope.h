// SPDX-License-Identifier: Apache-2.0
//
// How far an objection reaches: which brand, which channel, which purpose.
//
//     purpose   a path in a tree: "commercial" > "commercial.news" > "commercial.news.wine"
//
// What is said of a node holds for all below it, because an objection cascades down; a consent does
// not. An act that does not tell its topic may be about any topic below its purpose, so that an
// objection to one of them counts. A topic beside is another matter: the person chose one of them.
#pragma once

#include <string>
#include <string_view>
#include <tuple>

namespace licet::ledger {

struct Scope {
    std::string brand;    ///< empty = all brands of the tenant
    std::string channel;  ///< empty = all
    std::string purpose;  ///< path; empty = all
    friend bool operator==(const Scope&, const Scope&) = default;
    friend bool operator<(const Scope& a, const Scope& b) {
        return std::tie(a.brand, a.channel, a.purpose) < std::tie(b.brand, b.channel, b.purpose);
    }
};

/// What an objection to one purpose says about an act of another.
enum class PurposeReach {
    kCovered,       ///< the same, above, below, or either of them says nothing
    kOtherTopic,    ///< another topic of the same purpose
    kOtherPurpose,  ///< another purpose altogether
};
[[nodiscard]] PurposeReach reach_of(std::string_view objected, std::string_view act);

/// Where a pause stands: "*" for all purposes, "commercial.*" for one. A place of its own, because
/// what is said twice in one scope has no end if either has none: a pause that met an objection
/// which a later consent has answered would become an objection for ever. No purpose that people
/// write has a star (is_purpose_path).
[[nodiscard]] std::string purpose_of_pause(std::string_view purpose);
/// The purpose as it was said.
[[nodiscard]] std::string_view without_pause_mark(std::string_view purpose);
[[nodiscard]] bool is_of_pause(std::string_view purpose);

/// "commercial" of "commercial.newsletter".
[[nodiscard]] std::string_view root_of(std::string_view purpose);

/// True for a path of words of a-z, 0-9, '_' and '-', divided by dots.
[[nodiscard]] bool is_purpose_path(std::string_view text);

/// True if an objection that names the brand `objected` holds for an act of `brand`. An act of no
/// brand may be of any.
[[nodiscard]] bool covers_brand(std::string_view objected, std::string_view brand);

}  // namespace licet::ledger

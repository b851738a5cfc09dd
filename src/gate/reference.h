// SPDX-License-Identifier: Apache-2.0
//
// Lists that help to tell who an address belongs to: data, not law, and never proof.
//
//     free_mail_domains.txt    an address there says nothing of a trade: taken for a consumer's
//     generic_local_parts.txt  contact@, accueil@...: an address that names nobody
//     regions.txt              country, beginning of the postcode, region (holidays, time zones)
//     origins.txt              what lists call the source of a row -> origin
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace licet::gate {

/// Hashes texts of any kind, so that a set of strings can be asked without making one.
struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
        return std::hash<std::string_view>{}(text);
    }
};

class Reference {
  public:
    /// Reads the four lists; `#` begins a comment.
    Reference(std::string_view free_mail_domains, std::string_view generic_local_parts,
              std::string_view regions, std::string_view origins);

    [[nodiscard]] bool is_free_mail(std::string_view domain) const;
    /// True for contact, contact-paris, info2: the whole local part or its first word is generic.
    [[nodiscard]] bool is_generic(std::string_view local_part) const;
    /// Gives the region of a postcode; empty if the country has none listed for it.
    [[nodiscard]] std::string region_of(std::string_view country, std::string_view postcode) const;
    /// Gives the origin that a list means by `label`; empty if it is not known.
    [[nodiscard]] std::string origin_of(std::string_view label) const;

  private:
    [[nodiscard]] bool is_generic_word(std::string_view word) const;

    struct Region {
        std::string country;
        std::string prefix;
        std::string code;
    };
    using Names = std::unordered_set<std::string, TextHash, std::equal_to<>>;
    Names free_mail_;
    Names generic_;
    std::size_t longest_generic_ = 0;
    std::vector<Region> regions_;  ///< longest prefix first
    std::map<std::string, std::string, std::less<>> origins_;
};

}  // namespace licet::gate

// SPDX-License-Identifier: Apache-2.0
//
// Lists that help to tell who an address belongs to: data, not law, and never proof.
//
//     free_mail_domains.txt    an address there says nothing of a trade: taken for a consumer's
//     generic_local_parts.txt  contact@, accueil@...: an address that names nobody
//     regions.txt              country, beginning of the postcode, region (holidays, time zones)
//     origins.txt              what lists call the source of a row -> origin
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace licet::gate {

/// A set of names that is asked for every row: most of what it is asked begins otherwise than any
/// name in it, or has another length or end, and costs no more than that.
class NameSet {
  public:
    void add(std::string name);
    [[nodiscard]] bool contains(std::string_view name) const {
        return may_contain(name) && names_.contains(name);
    }
    /// False if no name begins with these two bytes.
    [[nodiscard]] bool may_begin(char first, char second) const {
        return beginnings_[place_of(first, second)];
    }

  private:
    /// Hashes texts of any kind, so that a set of strings can be asked without making one.
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept {
            return std::hash<std::string_view>{}(text);
        }
    };
    static std::size_t place_of(char first, char second) {
        return std::size_t{static_cast<unsigned char>(first)} << 8U |
               static_cast<unsigned char>(second);
    }
    // Of names with two letters or more: their ends and size, in sixteen bits.
    static std::size_t outline_of(std::string_view name) {
        const auto last = static_cast<unsigned char>(name.back());
        return (place_of(name[0], name[1]) + last * std::size_t{977} + name.size() * 4099) &
               0xFFFFU;
    }
    [[nodiscard]] bool may_contain(std::string_view name) const {
        return name.size() < 2 || outlines_[outline_of(name)];
    }

    std::unordered_set<std::string, Hash, std::equal_to<>> names_;
    std::vector<bool> beginnings_ = std::vector<bool>(std::size_t{1} << 16U);
    std::vector<bool> outlines_ = std::vector<bool>(std::size_t{1} << 16U);
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
    struct Region {
        std::string country;
        std::string prefix;
        std::string code;
    };
    [[nodiscard]] bool is_generic_word(std::string_view word) const;

    NameSet free_mail_;
    NameSet generic_;
    std::vector<Region> regions_;  ///< longest prefix first
    std::map<std::string, std::string, std::less<>> origins_;
};

}  // namespace licet::gate

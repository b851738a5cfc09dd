// SPDX-License-Identifier: Apache-2.0
//
// A campaign file: who writes to whom about what, and where the list comes from (docs/campaign.md).
//
//     campaign.toml --> facts that hold for every row, and what is needed to judge each row
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/declaration.h"
#include "law/law.h"

namespace licet::gate {

/// What a contact is about, beside what the law asks; empty = not said.
struct Aim {
    std::string topic;  ///< below the purpose: "newsletter.wine"
    std::string brand;
    std::string product_family;
};

struct Campaign {
    std::string name;
    Aim aim;
    std::string sender_name;
    std::string sender_stop_contact;
    std::string sender_address;      ///< postal, as a message shows it
    std::string sender_unsubscribe;  ///< web address that acts on one click, or a mark for it
    std::string offer_text;
    std::vector<std::string> occupations;  ///< the offer meets a concrete need of these
    std::vector<std::string> related_occupations;
    std::string list_source;  ///< told to the prospect
    std::string country;      ///< of rows that name none
    std::string audience;     ///< of all rows; empty = derived row by row
    std::string relation;     ///< of rows without customer column
    /// True if the list's "last activity" is the person's own act (a click, a reply, an order);
    /// many programs also count what we sent, and that must not prolong anything.
    bool is_last_activity_by_person = false;
    law::Facts facts;  ///< hold for every row
    /// What the file says of the list's collection (origin, origin.*, notice14); it does not hold
    /// for a row that names another origin.
    law::Facts collection;
    /// The table [source], if it says more than the name of a file.
    std::optional<Declaration> declaration;
    std::string declaration_file;  ///< `file` of [source], beside the campaign; empty = none
};

/// Takes what the declaration says of the collection where the campaign says nothing.
void take_collection(const Declaration& declaration, Campaign& campaign);

/// Reads the file. Unknown names and values are reported with line, column and the nearest known
/// one.
[[nodiscard]] Read<Campaign> read_campaign(const law::Law& law, std::string_view text,
                                           std::string path);

/// Puts a fact where the file would have it: one of the collection holds for rows of that origin
/// only, `country` for rows that name none. Errors: those of law::set_fact().
[[nodiscard]] Result<Done> set_in_campaign(const law::Law& law, Campaign& campaign,
                                           std::string_view fact, std::string_view value);

}  // namespace licet::gate

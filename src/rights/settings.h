// SPDX-License-Identifier: Apache-2.0
//
// What an organisation says of itself to the persons whose data it has: rights.toml.
//
//     name = "Maison Exemple SARL"        who writes
//     contact = "stop@maison.example"     how it is reached
//     [topics]                            what it writes about, as a person would say it
//     "commercial.newsletter" = ["La lettre du mois", "The monthly letter"]
//
// Nothing of it is law, and none of it is about a person.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/message.h"
#include "base/result.h"

namespace licet::rights {

/// Something that a person can want or not want.
struct Topic {
    std::string purpose;  ///< path: "commercial.newsletter"
    std::string french;
    std::string english;

    [[nodiscard]] const std::string& in(Language language) const {
        return language == Language::kFrench ? french : english;
    }
};

struct Settings {
    std::string name;            ///< of the controller
    std::string contact;         ///< mail address or telephone number
    std::string postal_address;  ///< empty = not told
    std::string country = "fr";  ///< whose authority hears complaints
    std::string tenant = "default";
    std::vector<Topic> topics;                      ///< at least one
    std::vector<std::string> channels = {"email"};  ///< as in facts.md
    std::vector<int> pauses = {30, 90};             ///< days
    std::vector<std::string> processors;            ///< who must be told of objections
    int identity_days = 7;    ///< how long a link that checks an identity opens
    int suspect_seconds = 2;  ///< a confirmation sooner after the mail is that of a machine
};

/// Used where rights.toml says nothing: one topic, all that is commercial.
[[nodiscard]] Settings settings_of(std::string_view name, std::string_view contact,
                                   std::string_view country, const Catalogue& french,
                                   const Catalogue& english);

/// Reads rights.toml over `base`. Errors: kInput (toml, "toml.unknown_name"..., "rights.topic",
/// "rights.pause", "rights.days").
[[nodiscard]] Result<Settings> settings_of_toml(std::string_view text, const std::string& path,
                                                Settings base);

}  // namespace licet::rights

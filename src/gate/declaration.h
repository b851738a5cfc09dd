// SPDX-License-Identifier: Apache-2.0
//
// The declaration of a list: where it comes from, when it was received, what its seller warranted
// (docs/import.md). A file of its own, source.toml, or the table [source] of a campaign.
//
//     source.toml ──► facts of the question `source`, one channel at a time ──► may it be used?
//                └──► attributes of the event `collected`: origin, origin.*   ──► the ledger
//
// A warranty is a word of the seller, never a proof: it becomes the fact that says just that.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/toml.h"
#include "law/law.h"

namespace licet::gate {

struct Declaration {
    std::string name;                   ///< who gave the list, for people
    std::vector<std::string> channels;  ///< for which it is to be used, as in facts.md
    std::string purpose = "commercial";
    std::string country;              ///< of rows that name none; empty = not said
    std::optional<Date> received_on;  ///< the clock of the notice runs from that day
    std::string last_activity;  ///< the act that a column of last activity dates; empty = none
    law::Facts facts;           ///< of the question `source`, without channel and day
    law::Facts collection;      ///< origin, origin.*, notice14
    /// origin and origin.* as the ledger keeps them with a collection; without origin.on, which is
    /// the day of the event.
    std::map<std::string, std::string> attributes;
    /// Of a file of an opt-out register: which one, when it was consulted, and what a row means.
    struct Register {
        std::string key;
        std::optional<Date> checked_on;
        std::string rows;  ///< "listed", "not_listed", "column": what the column of refusals says
    };
    Register consulted;
    Digest sha256{};  ///< of its file; of a table in a campaign, which has the digest, zeros
};

/// Reads `file`, or its names that begin with `prefix` ("source."). Faults are told with line and
/// column: unknown names and values; "declaration.lacks" for name, act, origin or channels.
/// "declaration.act" for an act that is none, "declaration.rows".
[[nodiscard]] Read<Declaration> read_declaration(const law::Law& law, const TomlFile& file,
                                                 std::string_view prefix = "");

/// Reads a file of its own. Errors besides: kInput of parse_toml.
[[nodiscard]] Read<Declaration> read_declaration(const law::Law& law, std::string_view text,
                                                 std::string path);

/// The facts of the question `source` for one channel on a day.
[[nodiscard]] law::Facts facts_of(const law::Law& law, const Declaration& declaration,
                                  std::string_view channel, const Moment& at);

}  // namespace licet::gate

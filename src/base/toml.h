// SPDX-License-Identifier: Apache-2.0
//
// TOML files that people write (pack.toml, campaign.toml, config.toml, the catalogues), flattened:
//
//     [sender]                 "sender.kind" -> {"company", line 2, column 8}
//     kind = "company"
//
// toml++ is seen by toml.cpp alone. A name that nobody asks for is an error of the reader, not of
// this file: see `unknown_names`.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace licet {

/// One value: its text (numbers, dates and booleans as TOML writes them) or the texts of an array.
struct TomlValue {
    std::string text;
    std::vector<std::string> items;
    bool is_array = false;
    int line = 0;
    int column = 0;
};

/// The values of a file by dotted name, in alphabetical order.
struct TomlFile {
    std::string path;
    std::map<std::string, TomlValue, std::less<>> values;

    /// Gives the text of `name`, or `otherwise`.
    [[nodiscard]] std::string text(std::string_view name, std::string_view otherwise = "") const;
    /// Gives the items of an array, or the one text as the only item; empty if absent.
    [[nodiscard]] std::vector<std::string> items(std::string_view name) const;
    /// Gives `path:line:column` of `name`.
    [[nodiscard]] std::string where(std::string_view name) const;
    /// Reports each name that is not in `known`, with the nearest that is.
    [[nodiscard]] std::vector<Error> unknown_names(const std::vector<std::string>& known) const;
};

/// Parses `text`; `path` is only shown in errors. Errors: kInput with line and column.
[[nodiscard]] Result<TomlFile> parse_toml(std::string_view text, std::string path);

}  // namespace licet

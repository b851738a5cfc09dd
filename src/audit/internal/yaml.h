// SPDX-License-Identifier: Apache-2.0
//
// YAML as people write it, as a tree that knows where each piece stands.
//
//     text ──yaml-cpp──► YamlNode: a scalar, a list or a map, with line and column
//
// yaml-cpp is seen by yaml.cpp alone; its exceptions end there. A name twice in one map, references
// (which can blow a small file up to any size) and depths that nobody writes are refused here, so
// that readers above need not think of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace licet::audit {

struct YamlEntry;

struct YamlNode {
    enum class Kind { kNull, kScalar, kList, kMap };
    Kind kind = Kind::kNull;
    std::string text;  ///< of a scalar
    std::vector<YamlNode> items;
    std::vector<YamlEntry> entries;  ///< of a map, in the order of the file
    int line = 0;                    ///< from 1
    int column = 0;

    /// Gives the value of `name` in a map, or nullptr.
    [[nodiscard]] const YamlNode* find(std::string_view name) const;
};

struct YamlEntry {
    YamlNode name;
    YamlNode value;
};

/// Reads one document. `path` is only shown in errors: `path:line:column`.
/// Errors: kInput ("yaml.syntax", "yaml.too_large", "yaml.too_deep", "yaml.twice",
/// "yaml.not_utf8").
[[nodiscard]] Read<YamlNode> read_yaml(std::string_view text, const std::string& path);

}  // namespace licet::audit

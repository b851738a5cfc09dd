// SPDX-License-Identifier: Apache-2.0
//
// The fields of a map of YAML, taken out one by one and held to what was expected.
//
//     Fields theme(node, faults);  theme.text("id");  theme.number("weight", 0, 100);  theme.end();
//
// What is wrong is said with its place and what was expected; reading goes on, so that all faults
// of a file are said at once.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "audit/internal/yaml.h"
#include "audit/questionnaire.h"

namespace licet::audit {

/// Where faults go, and the file they are of.
struct Faults {
    std::string path;
    std::vector<Error> all;

    void add(const YamlNode& at, std::string_view id, Message::Arguments arguments = {});
};

class Fields {
  public:
    /// A node that is no map is a fault; then every field is missing silently.
    Fields(const YamlNode& node, Faults& faults);

    [[nodiscard]] std::string text(std::string_view name);
    [[nodiscard]] std::string text_or(std::string_view name, std::string_view otherwise);
    [[nodiscard]] std::int64_t number(std::string_view name, std::int64_t least, std::int64_t most);
    [[nodiscard]] std::int64_t number_or(std::string_view name, std::int64_t otherwise);
    /// A share such as 0.5, in thousandths.
    [[nodiscard]] Worth worth(std::string_view name);
    [[nodiscard]] bool flag(std::string_view name);
    [[nodiscard]] std::vector<std::string> texts(std::string_view name);
    [[nodiscard]] Words words(std::string_view name);
    /// The fields "fr" and "en" of this map itself.
    [[nodiscard]] Words own_words();
    /// A map or a list; nullptr with a fault if it is not there.
    [[nodiscard]] const YamlNode* node(std::string_view name, YamlNode::Kind kind);
    [[nodiscard]] const YamlNode* find(std::string_view name);
    [[nodiscard]] const YamlNode& here() const { return node_; }
    /// Says which names nobody asked for.
    void end();

  private:
    const YamlNode* scalar(std::string_view name, bool is_needed);
    const YamlNode& node_;
    Faults& faults_;
    bool is_map_;
    std::set<std::string, std::less<>> asked_;
};

/// Reads a share such as "0.4", "1.0", "1": thousandths, at most 1000. Nothing for anything else.
[[nodiscard]] std::optional<Worth> worth_of(std::string_view text);

}  // namespace licet::audit

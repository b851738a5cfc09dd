// SPDX-License-Identifier: Apache-2.0
#include "audit/internal/yaml.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>

#include "base/text.h"

namespace licet::audit {
namespace {

constexpr std::size_t kMostBytes = 2'000'000;
constexpr std::size_t kMostNodes = 100'000;
constexpr int kMostDepth = 8;

// Copies the library's tree. An alias is a node that is met again, so counting what is copied
// bounds what a file of aliases can cost.
class Copier {
  public:
    explicit Copier(const std::string& path) : path_(path) {}

    YamlNode copy(const YAML::Node& from, int depth) {
        YamlNode out;
        out.line = from.Mark().line + 1;
        out.column = from.Mark().column + 1;
        if (++count_ > kMostNodes || depth > kMostDepth) {
            if (!is_full_) problem("yaml.too_deep", out, {});
            is_full_ = true;
            return out;
        }
        if (from.IsScalar()) {
            out.kind = YamlNode::Kind::kScalar;
            out.text = from.Scalar();
        } else if (from.IsSequence()) {
            out.kind = YamlNode::Kind::kList;
            for (const YAML::Node& item : from) out.items.push_back(copy(item, depth + 1));
        } else if (from.IsMap()) {
            copy_map(from, depth, out);
        }
        return out;
    }

    std::vector<Error> problems;

  private:
    void copy_map(const YAML::Node& from, int depth, YamlNode& out) {
        out.kind = YamlNode::Kind::kMap;
        std::set<std::string> names;
        for (const auto& entry : from) {
            YamlNode name = copy(entry.first, depth + 1);
            YamlNode value = copy(entry.second, depth + 1);
            if (!names.insert(name.text).second) problem("yaml.twice", name, name.text);
            out.entries.push_back({std::move(name), std::move(value)});
        }
    }

    void problem(std::string_view id, const YamlNode& at, const std::string& name) {
        problems.push_back(
            error(ErrorCode::kInput, id, {{"name", name}},
                  path_ + ":" + std::to_string(at.line) + ":" + std::to_string(at.column)));
    }

    const std::string& path_;
    std::size_t count_ = 0;
    bool is_full_ = false;
};

}  // namespace

const YamlNode* YamlNode::find(std::string_view name) const {
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&](const auto& one) { return one.name.text == name; });
    return found == entries.end() ? nullptr : &found->value;
}

Read<YamlNode> read_yaml(std::string_view text, const std::string& path) {
    Read<YamlNode> out;
    if (text.size() > kMostBytes) {
        out.problems.push_back(error(ErrorCode::kInput, "yaml.too_large", {}, path));
        return out;
    }
    if (first_invalid_utf8(text)) {
        out.problems.push_back(error(ErrorCode::kInput, "yaml.not_utf8", {}, path));
        return out;
    }
    try {
        Copier copier(path);
        out.value = copier.copy(YAML::Load(std::string(text)), 0);
        out.problems = std::move(copier.problems);
    } catch (const YAML::Exception& fault) {
        const std::string where = path + ":" + std::to_string(fault.mark.line + 1) + ":" +
                                  std::to_string(fault.mark.column + 1);
        out.problems.push_back(error(ErrorCode::kInput, "yaml.syntax", {}, where));
    }
    return out;
}

}  // namespace licet::audit

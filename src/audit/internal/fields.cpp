// SPDX-License-Identifier: Apache-2.0
#include "audit/internal/fields.h"

#include "base/text.h"

namespace licet::audit {

void Faults::add(const YamlNode& at, std::string_view id, Message::Arguments arguments) {
    all.push_back(error(ErrorCode::kInput, id, std::move(arguments),
                        path + ":" + std::to_string(at.line) + ":" + std::to_string(at.column)));
}

std::optional<Worth> worth_of(std::string_view text) {
    const std::size_t point = text.find('.');
    const auto whole = whole_number(text.substr(0, point));
    if (!whole || *whole > 1) return std::nullopt;
    if (point == text.npos) return static_cast<Worth>(*whole) * kFullWorth;
    std::string digits(text.substr(point + 1));
    if (digits.empty() || digits.size() > 3) return std::nullopt;
    digits.resize(3, '0');
    const auto part = whole_number(digits);
    if (!part) return std::nullopt;
    const auto out = static_cast<Worth>(*whole * kFullWorth + *part);
    return out <= kFullWorth ? std::optional(out) : std::nullopt;
}

Fields::Fields(const YamlNode& node, Faults& faults)
    : node_(node), faults_(faults), is_map_(node.kind == YamlNode::Kind::kMap) {
    if (!is_map_) faults_.add(node, "questionnaire.want_map");
}

const YamlNode* Fields::find(std::string_view name) {
    asked_.emplace(name);
    return node_.find(name);
}

const YamlNode* Fields::scalar(std::string_view name, bool is_needed) {
    const YamlNode* found = find(name);
    if (found == nullptr) {
        if (is_needed && is_map_)
            faults_.add(node_, "questionnaire.missing", {{"name", std::string(name)}});
        return nullptr;
    }
    if (found->kind == YamlNode::Kind::kScalar) return found;
    faults_.add(*found, "questionnaire.want_text", {{"name", std::string(name)}});
    return nullptr;
}

std::string Fields::text(std::string_view name) {
    const YamlNode* found = scalar(name, true);
    if (found == nullptr) return {};
    if (trimmed(found->text).empty())
        faults_.add(*found, "questionnaire.want_text", {{"name", std::string(name)}});
    return found->text;
}

std::string Fields::text_or(std::string_view name, std::string_view otherwise) {
    const YamlNode* found = scalar(name, false);
    return found == nullptr ? std::string(otherwise) : found->text;
}

std::int64_t Fields::number(std::string_view name, std::int64_t least, std::int64_t most) {
    const YamlNode* found = scalar(name, true);
    if (found == nullptr) return least;
    const auto value = whole_number(found->text);
    if (value && *value >= least && *value <= most) return *value;
    faults_.add(*found, "questionnaire.want_number",
                {{"name", std::string(name)},
                 {"least", std::to_string(least)},
                 {"most", std::to_string(most)}});
    return least;
}

std::int64_t Fields::number_or(std::string_view name, std::int64_t otherwise) {
    constexpr std::int64_t kMost = 1'000'000;
    return find(name) == nullptr ? otherwise : number(name, 0, kMost);
}

Worth Fields::worth(std::string_view name) {
    const YamlNode* found = scalar(name, true);
    if (found == nullptr) return 0;
    if (const auto value = worth_of(found->text)) return *value;
    faults_.add(*found, "questionnaire.want_share", {{"name", std::string(name)}});
    return 0;
}

bool Fields::flag(std::string_view name) {
    const YamlNode* found = scalar(name, false);
    if (found == nullptr) return false;
    if (found->text == "true" || found->text == "false") return found->text == "true";
    faults_.add(*found, "questionnaire.want_flag", {{"name", std::string(name)}});
    return false;
}

std::vector<std::string> Fields::texts(std::string_view name) {
    std::vector<std::string> out;
    const YamlNode* found = find(name);
    if (found == nullptr) return out;
    const auto want_list = [&](const YamlNode& at) {
        faults_.add(at, "questionnaire.want_list", {{"name", std::string(name)}});
    };
    if (found->kind != YamlNode::Kind::kList) {
        want_list(*found);
        return out;
    }
    for (const YamlNode& item : found->items) {
        if (item.kind != YamlNode::Kind::kScalar || item.text.empty())
            want_list(item);
        else
            out.push_back(item.text);
    }
    return out;
}

Words Fields::own_words() { return {text("fr"), text("en")}; }

Words Fields::words(std::string_view name) {
    const YamlNode* found = node(name, YamlNode::Kind::kMap);
    if (found == nullptr) return {};
    Fields fields(*found, faults_);
    Words out = fields.own_words();
    fields.end();
    return out;
}

const YamlNode* Fields::node(std::string_view name, YamlNode::Kind kind) {
    const YamlNode* found = find(name);
    if (found == nullptr) {
        if (is_map_) faults_.add(node_, "questionnaire.missing", {{"name", std::string(name)}});
        return nullptr;
    }
    if (found->kind == kind) return found;
    if (kind == YamlNode::Kind::kMap)
        faults_.add(*found, "questionnaire.want_map");
    else
        faults_.add(*found, "questionnaire.want_list", {{"name", std::string(name)}});
    return nullptr;
}

void Fields::end() {
    const std::vector<std::string> known(asked_.begin(), asked_.end());
    for (const auto& [name, value] : node_.entries) {
        if (asked_.contains(name.text)) continue;
        const std::string near = nearest(name.text, known);
        faults_.add(name, near.empty() ? "questionnaire.unknown" : "questionnaire.unknown_near",
                    {{"name", name.text}, {"near", near}});
    }
}

}  // namespace licet::audit

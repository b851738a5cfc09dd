// SPDX-License-Identifier: Apache-2.0
#include "papers/fields.h"

#include <array>
#include <optional>

#include "base/text.h"
#include "base/toml.h"

namespace licet::papers {
namespace {

constexpr std::array<std::pair<std::string_view, FieldKind>, 12> kKinds = {{
    {"text", FieldKind::kText},
    {"words", FieldKind::kWords},
    {"texts", FieldKind::kTexts},
    {"number", FieldKind::kNumber},
    {"months", FieldKind::kMonths},
    {"date", FieldKind::kDate},
    {"country", FieldKind::kCountry},
    {"email", FieldKind::kEmail},
    {"link", FieldKind::kLink},
    {"yes_no", FieldKind::kYesNo},
    {"one_of", FieldKind::kOneOf},
    {"refs", FieldKind::kRefs},
}};

std::optional<FieldKind> kind_of(std::string_view word) {
    for (const auto& [name, kind] : kKinds)
        if (name == word) return kind;
    return std::nullopt;
}

}  // namespace

std::string_view code_of(Language language) { return language == Language::kFrench ? "fr" : "en"; }

std::string fact_of(std::string_view entry, std::string_view field) {
    const bool is_full = entry.empty() || field.find('.') != field.npos;
    return is_full ? std::string(field) : std::string(entry) + "." + std::string(field);
}

std::string about(std::string sentence, std::string_view id) {
    constexpr std::string_view kHole = "{id}";
    for (std::size_t at = sentence.find(kHole); at != sentence.npos;
         at = sentence.find(kHole, at + id.size()))
        sentence.replace(at, kHole.size(), id);
    return sentence;
}

std::string Field::question(Language language, std::string_view id) const {
    return about(language == Language::kFrench ? french : english, id);
}

const Field* Fields::of_fact(std::string_view fact) const {
    const auto exact = all_.find(fact);
    if (exact != all_.end()) return &exact->second;
    std::vector<std::string> parts;
    for (const std::string_view part : split(fact, '.')) parts.emplace_back(part);
    const bool is_entry = parts.size() > 2 && is_collection(parts.front());
    if (is_entry) parts[1] = "*";
    for (const bool has_language : {false, true}) {
        if (has_language && (parts.size() < 2 || (parts.back() != "fr" && parts.back() != "en")))
            break;
        if (has_language) parts.pop_back();
        const auto found = all_.find(join(parts, "."));
        if (found == all_.end()) continue;
        if (has_language && !found->second.is_worded()) break;
        return &found->second;
    }
    return nullptr;
}

std::map<std::string, const Field*> Fields::of_collection(std::string_view name) const {
    const std::string beginning = std::string(name) + ".*.";
    std::map<std::string, const Field*> out;
    for (auto at = all_.lower_bound(beginning); at != all_.end(); ++at) {
        if (!at->first.starts_with(beginning)) break;
        out.emplace(at->first.substr(beginning.size()), &at->second);
    }
    return out;
}

Read<Fields> read_fields(std::string_view text, const std::string& path) {
    Read<Fields> out;
    const auto file = parse_toml(text, path);
    if (!file) {
        out.problems.push_back(file.error());
        return out;
    }
    constexpr std::string_view kEnd = ".is";
    for (const auto& [name, value] : file->values) {
        if (!name.ends_with(kEnd)) continue;
        const std::string field_name = name.substr(0, name.size() - kEnd.size());
        const auto words = split(value.text, ' ');
        const auto kind = kind_of(words.front());
        Field field;
        field.name = field_name;
        field.options.assign(words.begin() + 1, words.end());
        field.is_needed = file->text(field_name + ".need") == "yes";
        field.is_input = file->text(field_name + ".input") == "yes";
        field.is_all_if_silent = file->text(field_name + ".silent") == "all";
        field.french = file->text(field_name + ".fr");
        field.english = file->text(field_name + ".en");
        if (!kind)
            out.problems.push_back(error(ErrorCode::kInput, "papers.field_kind",
                                         {{"kind", value.text}}, file->where(name)));
        if (field.french.empty() || field.english.empty())
            out.problems.push_back(error(ErrorCode::kInput, "papers.field_question",
                                         {{"name", field_name}}, file->where(name)));
        field.kind = kind.value_or(FieldKind::kText);
        const std::size_t star = field_name.find(".*.");
        if (star != field_name.npos) out.value.collections_.insert(field_name.substr(0, star));
        out.value.all_.emplace(field_name, std::move(field));
    }
    return out;
}

}  // namespace licet::papers

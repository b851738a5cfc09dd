// SPDX-License-Identifier: Apache-2.0
#include "papers/organisation.h"

#include <algorithm>
#include <limits>

#include "base/text.h"

namespace licet::papers {
namespace {

constexpr std::size_t kMostBytes = 4'000'000;
constexpr std::size_t kMostCharacters = 10'000;

bool is_entry_name(std::string_view name) {
    constexpr std::string_view kSigns = "abcdefghijklmnopqrstuvwxyz0123456789_-";
    return !name.empty() && name.size() <= 64 && name.find_first_not_of(kSigns) == name.npos;
}

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F;
    });
}

bool is_link(std::string_view text) {
    constexpr std::string_view kNever = " \n\t\"'<>\\{}|^`";
    const bool has_scheme = text.starts_with("https:") || text.starts_with("http:") ||
                            text.starts_with("mailto:") || text.starts_with("tel:");
    return has_scheme && text.size() > 8 && text.find_first_of(kNever) == text.npos;
}

bool is_email(std::string_view text) {
    const std::size_t at = text.find('@');
    return at != text.npos && at > 0 && text.find('.', at) != text.npos &&
           text.find_first_of(" \n\t<>\"") == text.npos;
}

bool is_allowed(const Fields& fields, const Field& field, std::string_view text) {
    switch (field.kind) {
        case FieldKind::kText:
        case FieldKind::kWords:
        case FieldKind::kTexts:
        case FieldKind::kRefs:
            return !trimmed(text).empty();
        case FieldKind::kNumber:
            return whole_number(text).has_value();
        case FieldKind::kMonths:
            return whole_number(text).value_or(-1) >= 0 &&
                   whole_number(text).value_or(0) <= kMostMonths;
        case FieldKind::kDate:
            return parse_date(text).has_value();
        case FieldKind::kCountry:
            return fields.is_country(text);
        case FieldKind::kEmail:
            return is_email(text);
        case FieldKind::kLink:
            return is_link(text);
        case FieldKind::kYesNo:
            return text == "yes" || text == "no";
        case FieldKind::kOneOf:
            return std::find(field.options.begin(), field.options.end(), text) !=
                   field.options.end();
    }
    return false;
}

// What a field expects, as a message says it: "one of contract, consent", "a day: 2026-11-23".
std::string expected(const Field& field) {
    switch (field.kind) {
        case FieldKind::kOneOf:
            return join(field.options, " | ");
        case FieldKind::kRefs:
            return "[\"" + field.options.front() + "\"]";
        case FieldKind::kDate:
            return "2026-11-23";
        case FieldKind::kMonths:
            return "0 … " + std::to_string(kMostMonths);
        case FieldKind::kNumber:
            return "0 … 999999";
        case FieldKind::kCountry:
            return "\"fr\", \"de\"… (ISO 3166-1)";
        case FieldKind::kEmail:
            return "\"contact@domaine.example\"";
        case FieldKind::kLink:
            return "\"https:…\"";
        case FieldKind::kYesNo:
            return "true | false";
        case FieldKind::kText:
        case FieldKind::kWords:
            return "\"…\"";
        case FieldKind::kTexts:
            return "[\"…\"]";
    }
    return {};
}

class Reader {
  public:
    Reader(const Fields& fields, const TomlFile& file, const Organisation* below)
        : fields_(fields), file_(file), below_(below) {}

    std::vector<Error> problems() {
        for (const auto& [name, value] : file_.values) check(name, value);
        return std::move(problems_);
    }

  private:
    void check(const std::string& name, const TomlValue& value) {
        const Field* field = fields_.of_fact(name);
        if (field == nullptr) return unknown(name);
        const auto parts = split(name, '.');
        const bool is_entry = fields_.is_collection(parts.front());
        if (is_entry && !is_entry_name(parts[1]))
            return tell("papers.entry", name, {{"name", name}});
        const bool wants_list = field->kind == FieldKind::kTexts || field->kind == FieldKind::kRefs;
        if (value.is_array && !wants_list) return refuse(name, *field);
        if (field->kind == FieldKind::kTexts) check_languages(name);
        const std::vector<std::string> texts =
            value.is_array ? value.items : std::vector{value.text};
        for (const std::string& text : texts) check_text(name, *field, text);
    }

    // A list that is said in one language alone would be missing, unseen, in the other.
    void check_languages(const std::string& name) {
        if (!name.ends_with(".fr") && !name.ends_with(".en")) return;
        const std::string other =
            name.substr(0, name.size() - 2) + (name.ends_with(".fr") ? "en" : "fr");
        if (!file_.values.contains(other)) tell("papers.other_language", name, {{"name", other}});
    }

    void check_text(const std::string& name, const Field& field, const std::string& text) {
        if (utf8_count(text) > kMostCharacters)
            return tell("papers.too_long", name,
                        {{"name", name}, {"most", std::to_string(kMostCharacters)}});
        if (has_control(text)) return tell("papers.control", name, {{"name", name}});
        if (!is_allowed(fields_, field, text)) return refuse(name, field);
        if (field.kind == FieldKind::kRefs) check_ref(name, field, text);
    }

    void check_ref(const std::string& name, const Field& field, const std::string& entry) {
        const std::string beginning = field.options.front() + "." + entry + ".";
        const auto is_in = [&](const auto& facts) {
            const auto at = facts.lower_bound(beginning);
            return at != facts.end() && at->first.starts_with(beginning);
        };
        if (is_in(file_.values) || (below_ != nullptr && is_in(below_->facts()))) return;
        tell("papers.ref", name, {{"name", name}, {"entry", field.options.front() + "." + entry}});
    }

    void refuse(const std::string& name, const Field& field) {
        tell("papers.value", name, {{"name", name}, {"expected", expected(field)}});
    }

    void tell(std::string_view id, const std::string& name, Message::Arguments arguments) {
        problems_.push_back(error(ErrorCode::kInput, id, std::move(arguments), file_.where(name)));
    }

    // The nearest name, with the entry that was meant.
    void unknown(const std::string& name) {
        const auto parts = split(name, '.');
        const bool is_entry = parts.size() > 2 && fields_.is_collection(parts.front());
        std::vector<std::string> known;
        for (const auto& [field, one] : fields_.all()) {
            std::string fact = field;
            const std::size_t star = fact.find('*');
            if (star != fact.npos && is_entry) fact.replace(star, 1, parts[1]);
            known.push_back(std::move(fact));
        }
        const std::string near = nearest(name, known);
        if (near.empty()) return tell("papers.unknown", name, {{"name", name}});
        tell("papers.unknown_near", name, {{"name", name}, {"near", near}});
    }

    const Fields& fields_;
    const TomlFile& file_;
    const Organisation* below_;
    std::vector<Error> problems_;
};

// A French text where there is one each, else the one text; so of the English.
bool has_value(const Organisation& organisation, const std::string& fact, const Field& field) {
    if (!field.is_worded()) return organisation.find(fact) != nullptr;
    return organisation.find(fact) != nullptr || organisation.find(fact + ".fr") != nullptr ||
           organisation.find(fact + ".en") != nullptr;
}

}  // namespace

const TomlValue* Organisation::find(std::string_view fact) const {
    const auto found = facts_.find(fact);
    return found == facts_.end() ? nullptr : &found->second;
}

std::optional<std::string> Organisation::text(std::string_view fact, Language language) const {
    for (const std::string& name :
         {std::string(fact) + "." + std::string(code_of(language)), std::string(fact)}) {
        const TomlValue* value = find(name);
        if (value == nullptr) continue;
        return value->is_array ? join(value->items, ", ") : value->text;
    }
    return std::nullopt;
}

std::vector<std::string> Organisation::entries(std::string_view collection) const {
    const std::string beginning = std::string(collection) + ".";
    std::map<std::string, int> first_line;
    for (auto at = facts_.lower_bound(beginning); at != facts_.end(); ++at) {
        if (!at->first.starts_with(beginning)) break;
        const std::string rest = at->first.substr(beginning.size());
        const std::string entry = rest.substr(0, rest.find('.'));
        // Those of another register come after the file's.
        const int line = at->second.line == 0 ? std::numeric_limits<int>::max() : at->second.line;
        const auto [found, is_new] = first_line.emplace(entry, line);
        if (!is_new) found->second = std::min(found->second, line);
    }
    std::vector<std::string> out;
    for (const auto& [entry, line] : first_line) out.push_back(entry);
    std::stable_sort(out.begin(), out.end(), [&](const std::string& a, const std::string& b) {
        return first_line.at(a) < first_line.at(b);
    });
    return out;
}

std::string Organisation::where(std::string_view fact) const {
    const bool is_entry = fields_->is_collection(fact.substr(0, fact.find('.')));
    std::string name(fact);
    while (!name.empty()) {
        auto at = facts_.lower_bound(name);
        while (at != facts_.end() && at->first.starts_with(name) && at->second.line == 0) ++at;
        if (at != facts_.end() && at->first.starts_with(name)) {
            const auto other = places_.find(at->first);
            return (other == places_.end() ? path_ : other->second) + ":" +
                   std::to_string(at->second.line) + ":" + std::to_string(at->second.column);
        }
        const std::size_t dot = name.rfind('.');
        if (dot == name.npos) break;
        // An entry that the file does not have is nowhere in it; another one is another's place.
        if (is_entry && name.find('.') == dot) break;
        name.resize(dot);
    }
    return path_;
}

Organisation Organisation::with(const Organisation& more) const {
    Organisation out = *this;
    for (const auto& [name, value] : more.facts_) {
        out.facts_.insert_or_assign(name, value);
        out.places_.insert_or_assign(name, more.path_);
    }
    return out;
}

Organisation Organisation::above(const Organisation& below) const {
    Organisation out = *this;
    for (const auto& [name, text] : below.refused_)
        if (find(name) != nullptr) out.differences_.push_back({name, text});
    for (const auto& [name, value] : below.facts_) {
        const TomlValue* own = find(name);
        const Field* field = fields_->of_fact(name);
        if (own == nullptr && !has_value(*this, name, *field)) out.facts_.emplace(name, value);
        const bool is_exact = field->kind == FieldKind::kCountry ||
                              field->kind == FieldKind::kYesNo || field->kind == FieldKind::kOneOf;
        if (own != nullptr && is_exact && own->text != value.text)
            out.differences_.push_back({name, value.text});
    }
    return out;
}

bool Organisation::is_from_below(std::string_view fact) const {
    const TomlValue* value = find(fact);
    return value != nullptr && value->line == 0;
}

Organisation organisation_of(const Fields& fields,
                             const std::map<std::string, std::string>& facts) {
    Organisation out(fields);
    for (const auto& [name, text] : facts) {
        const Field* field = fields.of_fact(name);
        const bool is_list = field != nullptr &&
                             (field->kind == FieldKind::kTexts || field->kind == FieldKind::kRefs);
        if (field != nullptr && !is_list && is_allowed(fields, *field, text))
            out.facts_.emplace(name, TomlValue{text, {}, false, 0, 0});
        else if (field != nullptr)
            out.refused_.emplace(name, text);
    }
    return out;
}

Read<Organisation> read_organisation(const Fields& fields, std::string_view text, std::string path,
                                     const Organisation* below) {
    Read<Organisation> out{Organisation(fields), {}};
    out.value.path_ = path;
    if (text.size() > kMostBytes) {
        out.problems.push_back(error(ErrorCode::kInput, "papers.too_large", {}, path));
        return out;
    }
    auto file = parse_toml(text, std::move(path));
    if (!file) {
        out.problems.push_back(file.error());
        return out;
    }
    out.problems = Reader(fields, *file, below).problems();
    out.value.facts_ = std::move(file->values);
    return out;
}

Error question_for(const Organisation& organisation, std::string_view fact, Language language) {
    const Field* field = organisation.fields().of_fact(fact);
    std::string name(fact);
    // Said in the other language alone: the one that is wanted is asked for.
    for (const Language other : {Language::kFrench, Language::kEnglish})
        if (other != language &&
            organisation.find(name + "." + std::string(code_of(other))) != nullptr)
            name += "." + std::string(code_of(language));
    const auto parts = split(fact, '.');
    const bool is_entry = parts.size() > 2 && organisation.fields().is_collection(parts.front());
    const std::string question =
        field == nullptr ? std::string(fact)
                         : field->question(language, is_entry ? parts[1] : std::string_view());
    return error(ErrorCode::kInput, "papers.ask", {{"question", question}, {"name", name}},
                 organisation.where(fact));
}

std::vector<Error> questions_of(const Organisation& organisation, Language language) {
    std::vector<Error> out;
    const auto ask = [&](const std::string& fact, const Field& field) {
        if (!has_value(organisation, fact, field))
            out.push_back(question_for(organisation, fact, language));
    };
    for (const auto& [name, field] : organisation.fields().all())
        if (field.is_needed && name.find('*') == name.npos) ask(name, field);
    for (const std::string& collection : organisation.fields().collections()) {
        const auto fields = organisation.fields().of_collection(collection);
        for (const std::string& entry : organisation.entries(collection))
            for (const auto& [name, field] : fields)
                if (field->is_needed) ask(collection + "." + entry + "." + name, *field);
    }
    return out;
}

}  // namespace licet::papers

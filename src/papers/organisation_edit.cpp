// SPDX-License-Identifier: Apache-2.0
#include "papers/organisation_edit.h"

#include "base/text.h"
#include "base/toml.h"

namespace licet::papers {
namespace {

// A basic string of TOML 1.0.
std::string quoted(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            (out += '\\') += c;
        else if (c == '\n')
            out += "\\n";
        else if (byte < 0x20 || byte == 0x7F)
            ((out += "\\u00") += kHex[byte >> 4U]) += kHex[byte & 15U];
        else
            out += c;
    }
    return out + '"';
}

std::string toml_of(const Field& field, const std::string& value) {
    switch (field.kind) {
        case FieldKind::kNumber:
        case FieldKind::kMonths:
            if (whole_number(value)) return std::to_string(*whole_number(value));
            return quoted(value);
        case FieldKind::kYesNo:
            if (value == "yes" || value == "true") return "true";
            if (value == "no" || value == "false") return "false";
            return quoted(value);
        case FieldKind::kTexts:
        case FieldKind::kRefs: {
            std::vector<std::string> items;
            for (const std::string_view one : split(value, ','))
                items.push_back(quoted(trimmed(one)));
            return "[" + join(items, ", ") + "]";
        }
        case FieldKind::kText:
        case FieldKind::kWords:
        case FieldKind::kDate:
        case FieldKind::kCountry:
        case FieldKind::kEmail:
        case FieldKind::kLink:
        case FieldKind::kOneOf:
            break;
    }
    return quoted(value);
}

std::size_t place_of(std::string_view text, int line, int column) {
    std::size_t at = 0;
    for (int i = 1; i < line; ++i) at = text.find('\n', at) + 1;
    for (int i = 1; i < column; ++i) at += utf8_length_at(text, at);
    return at;
}

// The end of a string that begins at `at`, with one quote or three.
std::size_t end_of_string(std::string_view text, std::size_t at) {
    const char quote = text[at];
    const std::string three(3, quote);
    const bool is_long = text.substr(at, 3) == three;
    std::size_t place = at + (is_long ? 3 : 1);
    while (place < text.size()) {
        if (text[place] == '\\' && quote == '"') {
            place += 2;
            continue;
        }
        if (is_long && text.substr(place, 3) == three) return place + 3;
        if (!is_long && text[place] == quote) return place + 1;
        ++place;
    }
    return text.size();
}

// The end of the value that begins at `at`: brackets and strings are followed.
std::size_t end_of_value(std::string_view text, std::size_t at) {
    int depth = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (c == '"' || c == '\'') {
            at = end_of_string(text, at);
            if (depth == 0) return at;
            continue;
        }
        if (c == '#' && depth > 0) {
            at = std::min(text.find('\n', at), text.size());
            continue;
        }
        if (depth == 0 && (c == '\n' || c == ',' || c == '}' || c == '#')) break;
        if (c == '[' || c == '{') ++depth;
        if ((c == ']' || c == '}') && --depth == 0) return at + 1;
        ++at;
    }
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\r' || text[at - 1] == '\t')) --at;
    return at;
}

// Where the lines of the table `name` end, or nothing if no header has that name.
std::size_t end_of_table(std::string_view text, const std::string& name) {
    std::size_t at = 0;
    std::size_t found = text.npos;
    for (const std::string_view line : lines_of(text)) {
        const std::string_view bare = trimmed(line);
        if (bare.starts_with('[') && !bare.starts_with("[[")) {
            const std::string_view inside = bare.substr(1, bare.find(']') - 1);
            if (found != text.npos) return found;
            if (trimmed(inside) == name) found = std::min(at + line.size() + 1, text.size());
        } else if (found != text.npos && !bare.empty()) {
            found = std::min(at + line.size() + 1, text.size());
        }
        at += line.size() + 1;
    }
    return found;
}

// True if a header stands above that line.
bool is_under_header(std::string_view text, int line) {
    int number = 0;
    for (const std::string_view one : lines_of(text)) {
        if (++number > line) return false;
        if (trimmed(one).starts_with('[') && number < line) return true;
    }
    return false;
}

std::string without_line(std::string text, const TomlValue& value) {
    const std::size_t at = place_of(text, value.line, value.column);
    const std::size_t begin = text.rfind('\n', at) == text.npos ? 0 : text.rfind('\n', at) + 1;
    const std::size_t end = text.find('\n', end_of_value(text, at));
    return text.erase(begin, end == text.npos ? text.npos : end + 1 - begin);
}

}  // namespace

Result<std::string> with_fact(const Fields& fields, std::string_view text, const std::string& fact,
                              const std::string& value) {
    const Field* field = fields.of_fact(fact);
    if (field == nullptr) return error(ErrorCode::kInput, "papers.unknown", {{"name", fact}});
    const TomlFile file = LICET_TRY(parse_toml(text, "organisation.toml"));
    std::string out(text);
    const auto found = file.values.find(fact);
    if (found != file.values.end() && value.empty()) return without_line(out, found->second);
    if (value.empty()) return out;
    const std::string worded = toml_of(*field, value);
    if (found != file.values.end()) {
        const std::size_t at = place_of(out, found->second.line, found->second.column);
        return out.replace(at, end_of_value(out, at) - at, worded);
    }
    // "purpose.newsletter" is the table, what remains is the key: "title.fr" is a dotted one.
    const auto parts = split(fact, '.');
    const bool is_entry = parts.size() > 2 && fields.is_collection(parts.front());
    const std::string table =
        is_entry ? std::string(parts[0]) + "." + std::string(parts[1]) : std::string(parts[0]);
    const std::string line = fact.substr(table.size() + 1) + " = " + worded + "\n";
    if (!out.empty() && !out.ends_with('\n')) out += '\n';
    const std::size_t at = end_of_table(out, table);
    if (at == out.npos) {
        // Written with dots before the first header: so is the new one.
        const auto near = file.values.lower_bound(table + ".");
        const bool is_dotted = near != file.values.end() && near->first.starts_with(table + ".");
        if (is_dotted && !is_under_header(out, near->second.line))
            return fact + " = " + worded + "\n" + out;
        return out + "\n[" + table + "]\n" + line;
    }
    return out.insert(at, line);
}

}  // namespace licet::papers

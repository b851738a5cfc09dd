// SPDX-License-Identifier: Apache-2.0
#include "lsp/cursor.h"

#include <algorithm>

#include "base/text.h"

namespace licet::lsp {
namespace {

// CompletionItemKind of the protocol.
constexpr int kValue = 12;
constexpr int kKeyword = 14;
constexpr int kReference = 18;

int protocol_kind_of(Kind kind) {
    switch (kind) {
        case Kind::kFact:
            return 6;  // variable
        case Kind::kRule:
            return 3;  // function
        case Kind::kDefine:
            return 21;  // constant
        case Kind::kParameter:
            return 11;  // unit
        case Kind::kDuty:
        case Kind::kSource:
        case Kind::kQuestion:
        case Kind::kBackground:
            return kReference;
        case Kind::kAnswer:
            return kValue;
    }
    return kReference;
}

void add_words(std::vector<Proposal>& out, const std::vector<std::string>& words) {
    for (const std::string& word : words) out.push_back({word, "", kKeyword});
}

bool is_before(const law::Place& a, const law::Place& b) {
    return a.line < b.line || (a.line == b.line && a.column < b.column);
}

bool is_condition(const std::string& keyword) { return keyword == "when" || keyword == "kept by"; }

}  // namespace

Cursor::Cursor(const Names& names, const law::Place& place, const std::string& text)
    : names_(names), place_(place), line_(line_of(text, place.line)) {
    word_ = word_at(line_, place.column);
    word_text_ = text_of(line_, word_);
    is_first_ = trimmed(text_of(line_, {1, word_.from})).empty();
    look_in_block();
    if (where_ == Where::kProse) look_in_tables();
    if (where_ == Where::kProse) look_in_given();
}

void Cursor::look_in_block() {
    const auto& fences = names_.markdown(place_.path).fences;
    const auto fence = std::find_if(fences.begin(), fences.end(), [&](const law::Fence& one) {
        return one.language == "law" && place_.line > one.line &&
               place_.line <= one.line + static_cast<int>(one.lines.size());
    });
    if (fence == fences.end() || trimmed(line_).starts_with('#')) return;
    where_ = Where::kStatement;
    for (const law::Statement& statement : names_.statements(place_.path))
        if (statement.place.line > fence->line && statement.place.line <= place_.line)
            statement_ = &statement;
    const bool is_at_margin = !line_.empty() && line_.front() != ' ' && line_.front() != '\t';
    const bool is_new = statement_ == nullptr || (is_first_ && word_.from == 1);
    if (is_new || is_at_margin) return;
    where_ = Where::kField;
    const law::Place start{place_.path, place_.line, word_.from + 1};
    for (const law::Field& field : statement_->fields)
        if (is_before(field.place, start)) field_ = &field;
}

void Cursor::look_in_tables() {
    for (const law::Table& table : names_.markdown(place_.path).tables) {
        const std::vector<law::Cell>* cells = place_.line == table.line ? &table.header : nullptr;
        for (const law::Row& row : table.rows)
            if (row.line == place_.line) cells = &row.cells;
        if (cells == nullptr) continue;
        // Bars before the place tell the column, also in cells that are still empty.
        const std::string left = text_of(line_, {1, word_.from});
        const auto bars = static_cast<std::size_t>(std::count(left.begin(), left.end(), '|'));
        if (bars == 0 || bars > table.header.size()) return;
        column_ = table.header[bars - 1].text;
        table_ = table.header[0].text;
        before_ = left.substr(left.rfind('|') + 1);
        where_ = place_.line == table.line ? Where::kHeader : Where::kCell;
        const bool is_of_cases = table.column_of("expect") >= 0;
        if (!is_of_cases && where_ == Where::kHeader) where_ = Where::kProse;
        return;
    }
}

void Cursor::look_in_given() {
    const bool is_given = line_.starts_with("given:");
    const auto& tables = names_.markdown(place_.path).tables;
    const bool goes_on = std::any_of(tables.begin(), tables.end(), [&](const law::Table& table) {
        return std::any_of(table.given_lines.begin(), table.given_lines.end(),
                           [&](const auto& one) { return one.line == place_.line; });
    });
    if ((!is_given && !goes_on) || (is_given && place_.column <= 6)) return;
    where_ = Where::kGiven;
    before_ = text_of(line_, {is_given ? 7 : 1, word_.from});
    before_ = before_.substr(before_.rfind(',') + 1);  // npos + 1 is 0
}

// What the word may be, by where it stands.
std::vector<Kind> Cursor::kinds() const {
    const std::string keyword = field_ == nullptr ? "" : field_->keyword;
    switch (where_) {
        case Where::kProse:
            return {};
        case Where::kStatement:
            return {Kind::kRule, Kind::kDefine, Kind::kParameter};
        case Where::kField:
            if (is_condition(keyword)) return {Kind::kDefine, Kind::kFact, Kind::kParameter};
            if (keyword == "except to") return {Kind::kRule};
            if (keyword == "duties") return {Kind::kDuty};
            if (keyword == "cites") return {Kind::kSource};
            return {Kind::kQuestion, Kind::kAnswer};
        case Where::kGiven:
            if (trimmed(before_).starts_with("background")) return {Kind::kBackground};
            return {Kind::kFact};
        case Where::kHeader:
            return {Kind::kFact};
        case Where::kCell:
            if (column_ == "by") return {Kind::kRule, Kind::kFact};
            if (column_ == "duties" || column_ == "no duties" || column_ == "duty")
                return {Kind::kDuty};
            if (column_ == "background") return {Kind::kBackground};
            if (column_ == "question") return {Kind::kQuestion};
            if (column_ == "source") return {Kind::kSource};
            if (column_ == "expect" || column_ == "answer" || column_ == "answers" ||
                column_ == "otherwise")
                return {Kind::kAnswer};
            return {Kind::kFact};
    }
    return {};
}

std::vector<const Name*> Cursor::names() const {
    for (const Kind kind : kinds())
        if (auto found = names_.find(kind, word_text_); !found.empty()) return found;
    // A value says what it is by its fact.
    std::string fact;
    if (where_ == Where::kCell) fact = column_;
    if (where_ == Where::kGiven) fact = trimmed(before_.substr(0, before_.find('=')));
    const std::vector<std::string> before = condition_before();
    if (where_ == Where::kField && !before.empty())
        fact = before[0] == "not" && before.size() > 1 ? before[1] : before[0];
    return word_text_.empty() ? std::vector<const Name*>{} : names_.find(Kind::kFact, fact);
}

// The tokens of the condition at hand that stand before the word.
std::vector<std::string> Cursor::condition_before() const {
    std::vector<std::string> out;
    if (field_ == nullptr || !is_condition(field_->keyword)) return out;
    const law::Place start{place_.path, place_.line, word_.from};
    int depth = 0;
    for (const law::SyntaxToken& token : field_->tokens) {
        if (!is_before(token.place, start)) break;
        if (token.text == "{") ++depth;
        if (token.text == "}") --depth;
        if (token.text == "," && depth == 0)
            out.clear();
        else
            out.push_back(token.text);
    }
    return out;
}

void Cursor::propose(Kind kind, std::vector<Proposal>& out) const {
    for (const Name& name : names_.all()) {
        const bool is_there = std::any_of(out.begin(), out.end(), [&](const Proposal& one) {
            return one.text == name.name;  // a define may be declared in several ways
        });
        if (name.kind == kind && !is_there)
            out.push_back({name.name, name.about, protocol_kind_of(kind)});
    }
}

void Cursor::propose_values(const std::string& fact, std::vector<Proposal>& out) const {
    const law::FactId id = names_.vocabulary().find(fact);
    if (id == law::kNoFact) return;
    for (const std::string& value : names_.vocabulary().fact(id).values)
        out.push_back({value, "", kValue});
}

void Cursor::propose_condition(std::vector<Proposal>& out) const {
    std::vector<std::string> before = condition_before();
    if (!before.empty() && before[0] == "not") before.erase(before.begin());
    if (before.empty()) {
        propose(Kind::kFact, out);
        propose(Kind::kDefine, out);
        return add_words(out, {"not"});
    }
    const law::FactId id = names_.vocabulary().find(before[0]);
    if (id == law::kNoFact) return;
    const law::Fact& fact = names_.vocabulary().fact(id);
    const bool is_date = fact.type == law::FactType::kDate || fact.type == law::FactType::kMoment;
    const bool is_count = fact.type == law::FactType::kCount || fact.type == law::FactType::kTime;
    if (before.size() > 1) {
        propose_values(fact.name, out);
        if (is_date || is_count) propose(Kind::kParameter, out);
        if (is_date) propose(Kind::kFact, out);
        if (is_date) add_words(out, {"of at", "before at"});
    } else if (is_date) {
        add_words(out, {"within", "less than", "before", "from", "after", "is never"});
    } else {
        add_words(out, is_count ? std::vector<std::string>{">=", "<"}
                                : std::vector<std::string>{"=", "in {", "not in {"});
    }
}

void Cursor::propose_field(std::vector<Proposal>& out) const {
    if (is_first_) add_words(out, law::keywords_of(statement_->kind));
    if (field_ == nullptr) return;
    const std::string& keyword = field_->keyword;
    if (is_condition(keyword)) propose_condition(out);
    if (keyword == "except to") propose(Kind::kRule, out);
    if (keyword == "duties") propose(Kind::kDuty, out);
    if (keyword == "cites") propose(Kind::kSource, out);
    if (keyword == "answers" || keyword == "about") propose(Kind::kQuestion, out);
    if (keyword == "answers") propose(Kind::kAnswer, out);
    if (keyword == "certainty") add_words(out, {"settled", "debatable"});
    if (keyword == "reading") add_words(out, {"strict", "authority", "text"});
    if (keyword == "in force") add_words(out, {"from", "until"});
    if (keyword == "tell") add_words(out, {"fr", "en"});
}

void Cursor::propose_cell(std::vector<Proposal>& out) const {
    const std::string before(trimmed(before_));
    if (column_ == "by" && before != "needs") add_words(out, {"needs"});
    if (column_ == "by" && before == "needs") return propose(Kind::kFact, out);
    if (column_ == "expect") add_words(out, {"undetermined"});
    const law::FactId fact = names_.vocabulary().find(column_);
    if (fact != law::kNoFact) {
        propose_values(column_, out);
        return add_words(out, {"?", "–"});
    }
    const std::vector<Kind> wanted = kinds();
    if (!wanted.empty() && wanted[0] != Kind::kFact) propose(wanted[0], out);
}

void Cursor::propose_given(std::vector<Proposal>& out) const {
    const std::string_view before = trimmed(before_);
    if (before.starts_with("background")) return propose(Kind::kBackground, out);
    if (before.find('=') != before.npos)
        return propose_values(std::string(trimmed(before.substr(0, before.find('=')))), out);
    propose(Kind::kFact, out);
    add_words(out, {"background"});
}

std::vector<Proposal> Cursor::proposals() const {
    std::vector<Proposal> out;
    switch (where_) {
        case Where::kProse:
            break;
        case Where::kStatement:
            if (is_first_) add_words(out, law::statement_kinds());
            break;
        case Where::kField:
            propose_field(out);
            break;
        case Where::kHeader:
            propose(Kind::kFact, out);
            add_words(out, {"expect", "by", "duties", "no duties", "background", "question"});
            break;
        case Where::kCell:
            propose_cell(out);
            break;
        case Where::kGiven:
            propose_given(out);
            break;
    }
    return out;
}

}  // namespace licet::lsp

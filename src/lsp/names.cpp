// SPDX-License-Identifier: Apache-2.0
#include "lsp/names.h"

#include <algorithm>

#include "base/text.h"

namespace licet::lsp {
namespace {

std::string cell(const law::Table& table, const law::Row& row, std::string_view column) {
    const auto index = static_cast<std::size_t>(table.column_of(column));
    return index < row.cells.size() ? row.cells[index].text : std::string{};
}

// The text of a field as it is written, without the quotes.
std::string joined(const law::Field& field) {
    std::string out;
    for (const law::SyntaxToken& token : field.tokens) {
        if (!out.empty() && token.text != ",") out += ' ';
        out += token.text;
    }
    return out;
}

std::string_view type_name(const law::Fact& fact) {
    if (fact.is_register) return "register";
    switch (fact.type) {
        case law::FactType::kBool:
            return "bool";
        case law::FactType::kEnum:
            return "enum";
        case law::FactType::kCount:
            return "count";
        case law::FactType::kKey:
            return "key";
        case law::FactType::kDate:
            return "date";
        case law::FactType::kMoment:
            return "moment";
        case law::FactType::kTime:
            return "time";
    }
    return "";
}

std::string silence_text(const law::Fact& fact) {
    switch (fact.silence) {
        case law::Silence::kOpen:
            return "open";
        case law::Silence::kLedger:
            return "ledger = " + fact.silence_value;
        case law::Silence::kUndertaking:
            return "undertaking = " + fact.silence_value;
    }
    return "";
}

std::string titled(std::string_view name, const std::string& text) {
    return "**" + std::string(name) + "**\n\n" + text;
}

}  // namespace

Names::Names(const std::vector<law::SourceFile>& files, const Catalogue& say) {
    std::vector<law::SourceFile> words;
    for (const law::SourceFile& file : files) {
        if (!file.path.ends_with(".md") || !law::check_text(file)) continue;
        if (file.path.find('/') == file.path.npos) words.push_back(file);
        File read{law::read_markdown(file), {}};
        read.statements = law::read_statements(read.markdown).value;
        files_.emplace(file.path, std::move(read));
    }
    vocabulary_ = law::read_vocabulary(words).value;
    // Sources first: rules show their titles.
    for (const auto& [path, file] : files_) add_tables(file.markdown, say);
    for (const auto& [path, file] : files_) add_statements(file.statements, say);
}

std::vector<const Name*> Names::find(Kind kind, std::string_view name) const {
    std::vector<const Name*> found;
    for (const Name& one : names_)
        if (one.kind == kind && one.name == name) found.push_back(&one);
    return found;
}

const law::Markdown& Names::markdown(const std::string& path) const {
    static const law::Markdown kNone;
    const auto found = files_.find(path);
    return found == files_.end() ? kNone : found->second.markdown;
}

const std::vector<law::Statement>& Names::statements(const std::string& path) const {
    static const std::vector<law::Statement> kNone;
    const auto found = files_.find(path);
    return found == files_.end() ? kNone : found->second.statements;
}

void Names::add_tables(const law::Markdown& file, const Catalogue& say) {
    const std::string language = say.language() == Language::kFrench ? "fr" : "en";
    for (const law::Table& table : file.tables) {
        const std::string head = table.header.empty() ? "" : table.header[0].text;
        const bool is_of_words = file.path.find('/') == file.path.npos;
        for (const law::Row& row : table.rows) {
            if (row.cells.empty() || row.cells[0].text.empty()) continue;
            const std::string& name = row.cells[0].text;
            const law::Place place{file.path, row.line, row.cells[0].column};
            const auto add = [&](Kind kind, const std::string& one, std::string about) {
                names_.push_back({kind, one, place, std::move(about)});
            };
            if (head == "source" && !is_of_words) {
                source_titles_[name] = cell(table, row, "title");
                add(Kind::kSource, name,
                    titled(cell(table, row, "title"), cell(table, row, language)));
            } else if (head == "fact" && table.column_of("value") < 0) {
                // `register.<key>` declares one fact for each register.
                const std::string beginning = name.substr(0, name.find('<'));
                const std::string ending =
                    name.find('>') == name.npos ? "" : name.substr(name.find('>') + 1);
                for (const law::Fact& fact : vocabulary_.facts()) {
                    const bool is_meant = beginning == name
                                              ? fact.name == name
                                              : fact.name.starts_with(beginning) &&
                                                    fact.name.ends_with(ending) &&
                                                    (!ending.empty() || fact.is_register);
                    if (is_meant) add(Kind::kFact, fact.name, about_fact(fact.name, say));
                }
            } else if (head == "duty" && table.column_of("channel") < 0) {
                add(Kind::kDuty, name, titled(name, cell(table, row, language)));
            } else if (head == "question") {
                add(Kind::kQuestion, name,
                    titled(name, cell(table, row, "asks " + language) + "\n\n" +
                                     cell(table, row, "answers")));
            } else if (head == "answer") {
                add(Kind::kAnswer, name, titled(name, cell(table, row, language)));
            } else if (head == "background" && is_of_words) {
                add(Kind::kBackground, name, titled(name, cell(table, row, "facts it sets")));
            }
        }
    }
}

void Names::add_statements(const std::vector<law::Statement>& statements, const Catalogue& say) {
    for (const law::Statement& statement : statements) {
        if (statement.name.empty() || statement.kind == "impossible") continue;
        law::Place place = statement.place;
        place.column += static_cast<int>(statement.kind.size()) + 1;
        std::string text;
        for (const law::Field& field : statement.fields)
            text += "- " + field.keyword + " " + joined(field) + "\n";
        if (statement.kind == "rule")
            names_.push_back({Kind::kRule, statement.name, place, about_rule(statement, say)});
        else if (statement.kind == "define")
            names_.push_back({Kind::kDefine, statement.name, place, titled(statement.name, text)});
        else
            names_.push_back(
                {Kind::kParameter, statement.name, place, titled(statement.name, text)});
    }
}

std::string Names::about_fact(std::string_view name, const Catalogue& say) const {
    const law::Fact& fact = vocabulary_.fact(vocabulary_.find(name));
    std::string out = titled(fact.name, fact.words.in(say.language()));
    out += "\n\n" + say("lsp.fact", {{"type", std::string(type_name(fact))},
                                     {"supplier", fact.supplier},
                                     {"silence", silence_text(fact)}});
    if (fact.values.empty()) return out;
    out += "\n";
    for (const std::string& value : fact.values) {
        const auto words = fact.value_words.find(value);
        out += "\n- `" + value + "`";
        if (words != fact.value_words.end()) out += " " + words->second.in(say.language());
    }
    return out;
}

std::string Names::about_rule(const law::Statement& rule, const Catalogue& say) const {
    const std::string language = say.language() == Language::kFrench ? "fr" : "en";
    std::string tell;
    std::string cites;
    std::string rest;
    for (const law::Field& field : rule.fields) {
        const auto& tokens = field.tokens;
        for (std::size_t i = 0; field.keyword == "tell" && i + 1 < tokens.size(); ++i)
            if (tokens[i].text == language && tokens[i + 1].is_string) tell = tokens[i + 1].text;
        bool is_id = true;
        for (std::size_t i = 0; field.keyword == "cites" && i < tokens.size(); ++i) {
            const auto title = source_titles_.find(tokens[i].text);
            const bool is_titled = is_id && title != source_titles_.end();
            if (!cites.empty() && tokens[i].text != ",") cites += ' ';
            cites += tokens[i].text == "," ? ";" : is_titled ? title->second : tokens[i].text;
            is_id = tokens[i].text == ",";
        }
        if (field.keyword == "answers" || field.keyword == "in force" ||
            field.keyword == "except to" || field.keyword == "reading")
            rest += "\n- " + field.keyword + " " + joined(field);
    }
    return titled(rule.name, tell + "\n\n" + cites + (rest.empty() ? "" : "\n" + rest));
}

}  // namespace licet::lsp

// SPDX-License-Identifier: Apache-2.0
#include "papers/shelf.h"

#include <set>

#include "base/text.h"
#include "base/toml.h"

namespace licet::papers {
namespace {

// "channel = live_call & basis = consent | contract"
std::vector<Condition> conditions_of(std::string_view text) {
    std::vector<Condition> out;
    if (trimmed(text).empty()) return out;
    for (const std::string_view part : split(text, '&')) {
        const std::size_t equals = part.find('=');
        Condition& one = out.emplace_back();
        one.field = trimmed(part.substr(0, equals));
        if (equals == part.npos) continue;
        for (const std::string_view value : split(part.substr(equals + 1), '|'))
            one.values.emplace_back(trimmed(value));
    }
    return out;
}

std::vector<std::string> names_of_tables(const TomlFile& file) {
    std::set<std::string> names;
    for (const auto& [name, value] : file.values) names.insert(name.substr(0, name.find('.')));
    return {names.begin(), names.end()};
}

WantedSection section_of(std::string_view text) {
    const std::size_t colon = text.find(':');
    WantedSection out;
    out.id = trimmed(text.substr(0, colon));
    if (colon == text.npos) return out;
    for (const std::string_view one : split(text.substr(colon + 1), ';'))
        out.articles.emplace_back(trimmed(one));
    return out;
}

DocumentKind document_of(const TomlFile& file, const std::string& id) {
    DocumentKind out;
    out.id = id;
    out.each = file.text(id + ".each");
    out.where = conditions_of(file.text(id + ".where"));
    out.input = file.text(id + ".input");
    out.without = file.text(id + ".without");
    for (const std::string& section : file.items(id + ".sections"))
        out.sections.push_back(section_of(section));
    out.texts = file.items(id + ".texts");
    out.needs = file.items(id + ".needs");
    out.is_record = file.text(id + ".record") == "yes";
    return out;
}

AskFacts read_facts(const std::vector<std::string>& lines) {
    AskFacts out;
    for (const std::string& fact : lines) {
        const std::size_t equals = fact.find('=');
        out.emplace_back(trimmed(std::string_view(fact).substr(0, equals)),
                         trimmed(std::string_view(fact).substr(equals + 1)));
    }
    return out;
}

Ask ask_of(const TomlFile& file, const std::string& id) {
    Ask out;
    out.id = id;
    out.each = file.text(id + ".each");
    out.question = file.text(id + ".question");
    out.where = conditions_of(file.text(id + ".where"));
    // What it shares with another one stands there.
    const std::string like = file.text(id + ".like", id);
    out.given = file.items(like + ".given");
    if (like != id)
        for (const std::string& more : file.items(id + ".given")) out.given.push_back(more);
    out.facts = read_facts(file.items(id + ".facts"));
    out.by = file.text(like + ".by");
    const std::string beginning = like + ".facts_of.";
    for (const auto& [name, value] : file.values)
        if (name.starts_with(beginning))
            out.facts_of.emplace(name.substr(beginning.size()), read_facts(value.items));
    out.good = file.items(id + ".good");
    out.until = file.items(id + ".until");
    out.is_held = file.text(id + ".held") == "yes";
    return out;
}

Consistency consistency_of(const TomlFile& file, const std::string& id) {
    Consistency out;
    out.each = file.text(id + ".each");
    out.where = conditions_of(file.text(id + ".where"));
    out.fact = file.text(id + ".fact");
    out.from = file.text(id + ".from");
    out.to = file.text(id + ".to");
    out.wanted = file.text(id + ".wanted");
    out.like = conditions_of(file.text(id + ".like"));
    out.tell = {file.text(id + ".fr"), file.text(id + ".en")};
    return out;
}

class ShelfReader {
  public:
    explicit ShelfReader(std::span<const PaperFile> files) {
        for (const PaperFile& file : files) out_.value.files.insert_or_assign(file.path, file.text);
    }

    Read<Shelf> read() {
        auto fields = read_fields(text("fields.toml"), "papers/fields.toml");
        take(std::move(fields.problems));
        out_.value.fields = std::move(fields.value);
        const TomlFile documents = table("documents.toml");
        for (const std::string& id : names_of_tables(documents))
            out_.value.documents.push_back(document_of(documents, id));
        const TomlFile asks = table("asks.toml");
        for (const std::string& id : names_of_tables(asks))
            out_.value.asks.push_back(ask_of(asks, id));
        const TomlFile consistencies = table("consistency.toml");
        for (const std::string& id : names_of_tables(consistencies))
            out_.value.consistencies.push_back(consistency_of(consistencies, id));
        std::set<std::string, std::less<>> codes;
        for (const auto& [name, value] : table("countries.toml").values) {
            out_.value.countries.emplace(name, value.text);
            codes.insert(name.substr(0, name.find('.')));
        }
        out_.value.fields.know_countries(std::move(codes));
        for (const Language language : {Language::kFrench, Language::kEnglish}) words(language);
        return std::move(out_);
    }

  private:
    std::string_view text(const std::string& path) {
        const auto found = out_.value.files.find(path);
        if (found != out_.value.files.end()) return found->second;
        take({error(ErrorCode::kMissing, "papers.no_file", {{"file", "papers/" + path}})});
        return {};
    }

    TomlFile table(const std::string& path) {
        auto file = parse_toml(text(path), "papers/" + path);
        if (file) return std::move(*file);
        take({file.error()});
        return {};
    }

    void words(Language language) {
        const auto index = static_cast<std::size_t>(language);
        const std::string folder(code_of(language));
        for (const auto& [name, value] : table(folder + "/words.toml").values)
            out_.value.words[index].emplace(name, value.text);
        for (const std::string_view line : lines_of(text(folder + "/forbidden.txt")))
            if (!trimmed(line).empty() && !line.starts_with('#'))
                out_.value.forbidden[index].push_back(ascii_lower(trimmed(line)));
    }

    void take(std::vector<Error> problems) {
        for (Error& problem : problems) out_.problems.push_back(std::move(problem));
    }

    Read<Shelf> out_;
};

}  // namespace

const DocumentKind* Shelf::document(std::string_view id) const {
    for (const DocumentKind& one : documents)
        if (one.id == id) return &one;
    return nullptr;
}

const Ask* Shelf::ask(std::string_view id) const {
    for (const Ask& one : asks)
        if (one.id == id) return &one;
    return nullptr;
}

const std::string* Shelf::text_of(std::string_view wanted, Language language) const {
    const auto found =
        files.find(std::string(code_of(language)) + "/" + std::string(wanted) + ".mustache");
    return found == files.end() ? nullptr : &found->second;
}

const std::string* Shelf::part(std::string_view name, Language language) const {
    return text_of("parts/" + std::string(name), language);
}

Read<Shelf> read_shelf(std::span<const PaperFile> files) { return ShelfReader(files).read(); }

}  // namespace licet::papers

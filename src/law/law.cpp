// SPDX-License-Identifier: Apache-2.0
#include "law/law.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/text.h"

namespace licet::law {
namespace {

std::string folder_of(const std::string& path) {
    const std::size_t slash = path.find('/');
    return slash == path.npos ? std::string{} : path.substr(0, slash);
}

void check_imports(const std::vector<Pack>& packs, std::vector<Error>& problems) {
    std::vector<std::string> known;
    for (const Pack& pack : packs) known.push_back(pack.id);
    for (const Pack& pack : packs)
        for (const std::string& wanted : pack.imports)
            if (std::find(known.begin(), known.end(), wanted) == known.end())
                problems.push_back(error(ErrorCode::kMissing, "law.unknown_import",
                                         {{"name", wanted}, {"known", join(known, ", ")}},
                                         pack.imports_at));
}

// A pack stands after those it imports; in a circle no order is right, and it is told once.
void sort_by_imports(std::vector<Pack>& packs, std::vector<Error>& problems) {
    bool is_circle_told = false;
    std::vector<Pack> sorted;
    while (!packs.empty()) {
        const auto is_ready = [&](const Pack& pack) {
            return std::none_of(packs.begin(), packs.end(), [&](const Pack& other) {
                return std::find(pack.imports.begin(), pack.imports.end(), other.id) !=
                       pack.imports.end();
            });
        };
        auto next = std::find_if(packs.begin(), packs.end(), is_ready);
        if (next == packs.end()) {
            next = packs.begin();
            if (!std::exchange(is_circle_told, true))
                problems.push_back(error(ErrorCode::kInput, "law.import_circle",
                                         {{"name", next->id}}, next->imports_at));
        }
        sorted.push_back(std::move(*next));
        packs.erase(next);
    }
    packs = std::move(sorted);
}

// The identity of a pack covers its own files, those of its imports, and the vocabulary.
void set_digests(std::vector<Pack>& packs, std::span<const SourceFile> files, Reading reading) {
    for (Pack& pack : packs) {
        std::map<std::string_view, std::string_view> texts;
        for (const SourceFile& file : files) {
            const std::string folder = folder_of(file.path);
            const bool is_part =
                folder.empty() || folder == pack.id ||
                std::find(pack.imports.begin(), pack.imports.end(), folder) != pack.imports.end();
            if (is_part) texts.emplace(file.path, file.text);
        }
        std::string all(name_of(reading));
        for (const auto& [path, text] : texts)
            all += "\n" + std::string(path) + "\n" + std::to_string(text.size()) + "\n" +
                   std::string(text);
        pack.digest = hex_of(sha256(all));
    }
}

template <typename T>
T take(Read<T> read, std::vector<Error>& problems) {
    std::move(read.problems.begin(), read.problems.end(), std::back_inserter(problems));
    return std::move(read.value);
}

// What is given and never used was meant for a case table that is none.
void check_givens(const Markdown& file, std::vector<Error>& problems) {
    for (const int line : file.idle_givens)
        problems.push_back(
            error(ErrorCode::kInput, "law.given_alone", {}, Place{file.path, line, 1}.text()));
    for (const Table& table : file.tables)
        if (!table.given.empty() && table.column_of("expect") < 0)
            problems.push_back(error(ErrorCode::kInput, "law.column_missing", {{"name", "expect"}},
                                     Place{file.path, table.line, 1}.text()));
}

// Time and place bind every rule.
bool has_needed_facts(const Vocabulary& vocabulary, std::vector<Error>& problems) {
    const auto needs = [&](const char* name, FactType type, const char* word) {
        const FactId id = vocabulary.find(name);
        const bool is_there = id != kNoFact && vocabulary.fact(id).type == type;
        if (!is_there)
            problems.push_back(error(ErrorCode::kInput, "law.fact_required",
                                     {{"name", name}, {"type", word}}, "facts.md:1:1"));
        return is_there;
    };
    const bool has_time = needs("at", FactType::kMoment, "moment");
    return needs("country", FactType::kKey, "key") && has_time;
}

std::vector<PackStatements> read_all_statements(const std::vector<Pack>& packs,
                                                std::span<const SourceFile> files,
                                                std::vector<Error>& problems) {
    std::vector<PackStatements> out;
    for (const Pack& pack : packs) {
        PackStatements statements{&pack, {}};
        for (const SourceFile& file : files) {
            if (folder_of(file.path) != pack.id || !file.path.ends_with(".md")) continue;
            const Markdown markdown = read_markdown(file);
            check_givens(markdown, problems);
            std::vector<Statement> read = take(read_statements(markdown), problems);
            std::move(read.begin(), read.end(), std::back_inserter(statements.statements));
        }
        out.push_back(std::move(statements));
    }
    return out;
}

}  // namespace

const QuestionTable* Law::table(std::string_view question) const {
    for (const QuestionTable& table : tables_)
        if (table.question == question) return &table;
    return nullptr;
}

const Pack* Law::pack_of(std::string_view country) const {
    for (const Pack& pack : *packs_)
        if (std::find(pack.countries.begin(), pack.countries.end(), country) !=
            pack.countries.end())
            return &pack;
    for (const Pack& pack : *packs_)
        if (std::find(pack.members.begin(), pack.members.end(), country) != pack.members.end())
            return &pack;
    return nullptr;
}

const Calendar* Law::calendar_of(std::string_view country) const {
    const Pack* pack = pack_of(country);
    return pack != nullptr && pack->calendar ? &*pack->calendar : nullptr;
}

Result<Decision> Law::decide(std::string_view question, const Facts& facts) const {
    const QuestionTable* found = table(question);
    if (found == nullptr)
        return error(ErrorCode::kMissing, "law.no_rules_for",
                     {{"question", std::string(question)}});
    return law::decide(rules_, *found, variables().code(facts));
}

Read<std::unique_ptr<Law>> read_law(std::span<const SourceFile> files, Reading reading) {
    Read<std::unique_ptr<Law>> out;
    auto law = std::make_unique<Law>();
    law->reading_ = reading;
    std::vector<SourceFile> sorted(files.begin(), files.end());
    std::sort(sorted.begin(), sorted.end(),
              [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });

    // A text that cannot be read as one says nothing that is worth telling further faults about.
    for (const SourceFile& file : sorted)
        if (const auto done = check_text(file); !done) out.problems.push_back(done.error());
    if (!out.problems.empty()) return out;

    // Words first: facts.md, duties.md, questions.md lie beside the packs, not in one.
    std::vector<SourceFile> words;
    std::vector<std::string> folders;
    for (const SourceFile& file : sorted) {
        const std::string folder = folder_of(file.path);
        if (folder.empty() && file.path.ends_with(".md")) words.push_back(file);
        if (!folder.empty() && std::find(folders.begin(), folders.end(), folder) == folders.end())
            folders.push_back(folder);
    }
    law->vocabulary_ = std::make_unique<Vocabulary>(take(read_vocabulary(words), out.problems));

    law->packs_ = std::make_unique<std::vector<Pack>>();
    for (const std::string& folder : folders)
        law->packs_->push_back(take(read_pack(folder, sorted), out.problems));
    check_imports(*law->packs_, out.problems);
    sort_by_imports(*law->packs_, out.problems);
    set_digests(*law->packs_, sorted, reading);

    if (!has_needed_facts(*law->vocabulary_, out.problems)) return out;
    const std::vector<PackStatements> statements =
        read_all_statements(*law->packs_, sorted, out.problems);
    auto rules = rules_from_syntax(*law->vocabulary_, *law->packs_, statements, reading);
    law->rules_ = take(std::move(rules), out.problems);
    if (!out.problems.empty()) return out;

    for (const Question& question : law->vocabulary_->questions()) {
        const bool has_rules =
            std::any_of(law->rules_.rules.begin(), law->rules_.rules.end(),
                        [&](const Rule& rule) { return rule.question == question.id; });
        if (has_rules)
            law->tables_.push_back(take(table_from_rules(law->rules_, question), out.problems));
    }
    if (out.problems.empty()) out.value = std::move(law);
    return out;
}

}  // namespace licet::law

// SPDX-License-Identifier: Apache-2.0
#include "law/law.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/text.h"
#include "law/house.h"
#include "law/remedy.h"
#include "law/table_image.h"

namespace licet::law {
namespace {

std::string folder_of(const std::string& path) {
    const std::size_t slash = path.find('/');
    return slash == path.npos ? std::string{} : path.substr(0, slash);
}

void check_imports(const std::vector<Pack>& packs, std::vector<Error>& problems) {
    std::vector<std::string> known;
    for (const Pack& pack : packs)
        if (!pack.is_cases) known.push_back(pack.id);
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
        const std::set<std::string> imports = imports_of(packs, pack);
        std::map<std::string_view, std::string_view> texts;
        for (const SourceFile& file : files) {
            const std::string folder = folder_of(file.path);
            const bool is_part = folder.empty() || folder == pack.id || imports.contains(folder);
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

// Decisions name rules, of any reading, and ceilings name sources: those that there are.
void check_sanctions(const std::vector<Pack>& packs, const std::vector<PackStatements>& statements,
                     std::vector<Error>& problems) {
    std::set<std::string, std::less<>> rules;
    for (const PackStatements& one : statements)
        for (const Statement& statement : one.statements) rules.insert(statement.name);
    std::set<std::string, std::less<>> sources;
    for (const Pack& pack : packs)
        for (const auto& [id, source] : pack.sources) sources.insert(id);
    for (const Pack& pack : packs) {
        for (const PastSanction& decision : pack.sanctions.decisions)
            for (const std::string& id : decision.rules)
                if (!rules.contains(id))
                    problems.push_back(error(ErrorCode::kInput, "law.unknown_rule", {{"name", id}},
                                             decision.place));
        for (const Ceiling& ceiling : pack.sanctions.ceilings)
            for (const std::string& entry : ceiling.sources)
                if (const std::string id = entry.substr(0, entry.find(' ')); !sources.contains(id))
                    problems.push_back(error(ErrorCode::kInput, "law.unknown_source",
                                             {{"name", id}, {"path", pack.id + "/sources.md"}},
                                             ceiling.place));
    }
}

// Cases are tested against the law and are no part of it, so they may state nothing.
void set_cases_apart(std::vector<Pack>& packs, std::span<const SourceFile> files,
                     std::vector<Error>& problems) {
    for (const Pack& pack : packs) {
        if (!pack.is_cases) continue;
        for (const SourceFile& file : files) {
            if (folder_of(file.path) != pack.id || !file.path.ends_with(".md")) continue;
            const Markdown markdown = read_markdown(file);
            check_givens(markdown, problems);
            for (const Statement& one : take(read_statements(markdown), problems))
                problems.push_back(error(ErrorCode::kInput, "law.statement_among_cases",
                                         {{"kind", one.kind}, {"name", one.name}},
                                         one.place.text()));
        }
    }
    std::erase_if(packs, [](const Pack& pack) { return pack.is_cases; });
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
                                                std::span<const Register> registers,
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
    // Parameters belong to no pack; the first one carries those of the registers.
    if (!out.empty()) {
        std::vector<Statement> parameters = parameters_of(registers);
        std::vector<Statement>& first = out.front().statements;
        first.insert(first.begin(), std::make_move_iterator(parameters.begin()),
                     std::make_move_iterator(parameters.end()));
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

bool Law::has_rules_of(std::string_view country, std::string_view question) const {
    const Pack* pack = pack_of(country);
    const auto packs = answering_.find(question);
    return pack != nullptr && packs != answering_.end() && packs->second.contains(pack->id);
}

std::vector<std::string> Law::countries() const {
    std::vector<std::string> out;
    for (const Pack& pack : *packs_)
        out.insert(out.end(), pack.countries.begin(), pack.countries.end());
    return out;
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

// Reads one law or two over the same variables, in steps that each report all their faults.
class LawReader {
  public:
    explicit LawReader(std::vector<Error>& problems, std::span<const std::string_view> images = {})
        : problems_(problems), images_(images) {}

    void add(std::span<const SourceFile> files, Reading reading) {
        Part& part = parts_.emplace_back();
        part.law = std::make_unique<Law>();
        part.law->reading_ = reading;
        part.files.assign(files.begin(), files.end());
        std::sort(part.files.begin(), part.files.end(),
                  [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
    }

    // The words of the last law are those of all.
    void read() {
        // A text that cannot be read as one says nothing that is worth telling further faults
        // about.
        for (const Part& part : parts_)
            for (const SourceFile& file : part.files)
                if (const auto done = check_text(file); !done) problems_.push_back(done.error());
        if (!problems_.empty()) return;
        read_words(parts_.back());
        for (Part& part : parts_) {
            part.law->vocabulary_ = vocabulary_;
            read_registers_of(part);
            read_packs(part);
        }
        if (!has_needed_facts(*vocabulary_, problems_)) return;
        for (Part& part : parts_)
            part.statements =
                read_all_statements(*part.law->packs_, part.files, part.law->registers_, problems_);
        for (const Part& part : parts_)
            check_sanctions(*part.law->packs_, part.statements, problems_);
        read_rules();
        if (!problems_.empty()) return;
        for (Part& part : parts_)
            if (!take_from_image(part)) compile(*part.law);
        for (Part& part : parts_)
            if (problems_.empty())
                for (Error& problem : house_faults(*part.law, part.statements))
                    problems_.push_back(std::move(problem));
    }

    std::unique_ptr<Law> take(std::size_t index) { return std::move(parts_.at(index).law); }

  private:
    struct Part {
        std::unique_ptr<Law> law;
        std::vector<SourceFile> files;
        std::vector<PackStatements> statements;
    };

    // facts.md, duties.md, questions.md lie beside the packs, not in one.
    void read_words(const Part& part) {
        std::vector<SourceFile> words;
        for (const SourceFile& file : part.files)
            if (folder_of(file.path).empty() && file.path.ends_with(".md")) words.push_back(file);
        vocabulary_ =
            std::make_shared<const Vocabulary>(licet::law::take(read_vocabulary(words), problems_));
    }

    void read_registers_of(Part& part) {
        for (const SourceFile& file : part.files)
            if (file.path == "registers.md")
                part.law->registers_ =
                    licet::law::take(read_registers(file, *vocabulary_), problems_);
    }

    void read_packs(Part& part) {
        std::vector<std::string> folders;
        for (const SourceFile& file : part.files) {
            const std::string folder = folder_of(file.path);
            if (!folder.empty() && !is_on_shelf(part.files, file.path) &&
                std::find(folders.begin(), folders.end(), folder) == folders.end())
                folders.push_back(folder);
        }
        auto packs = std::make_unique<std::vector<Pack>>();
        for (const std::string& folder : folders)
            packs->push_back(licet::law::take(read_pack(folder, part.files), problems_));
        check_imports(*packs, problems_);
        set_cases_apart(*packs, part.files, problems_);
        sort_by_imports(*packs, problems_);
        set_digests(*packs, part.files, part.law->reading_);
        part.law->packs_ = std::move(packs);
    }

    void read_rules() {
        std::vector<LawText> texts;
        for (const Part& part : parts_)
            texts.push_back({part.law->packs_.get(), &part.statements, part.law->reading_});
        auto rules = rules_over_one_set(*vocabulary_, texts);
        for (std::size_t i = 0; i < parts_.size(); ++i)
            parts_[i].law->rules_ = licet::law::take(std::move(rules[i]), problems_);
    }

    // Tables of two laws are over variables of both, which no image knows.
    bool take_from_image(Part& part) {
        if (images_.empty() || parts_.size() != 1) return false;
        auto tables = tables_in(images_, key_of_tables(part.files, part.law->reading_));
        if (!tables) return false;
        part.law->tables_ = std::move(*tables);
        for (QuestionTable& table : part.law->tables_) finish(*part.law, table);
        return true;
    }

    void compile(Law& law) {
        for (const Question& question : vocabulary_->questions()) {
            const auto speaks = [&](const Rule& rule) { return rule.question == question.id; };
            if (std::none_of(law.rules_.rules.begin(), law.rules_.rules.end(), speaks)) continue;
            law.tables_.push_back(
                licet::law::take(table_from_rules(law.rules_, question), problems_));
            finish(law, law.tables_.back());
        }
    }

    // What lies beside the cells: who answers the question, and what can be changed.
    void finish(Law& law, QuestionTable& table) {
        table.changeable = change_groups(*vocabulary_, law.variables(), table);
        std::set<std::string> speaking;
        for (const Rule& rule : law.rules_.rules)
            if (rule.question == table.question) speaking.insert(rule.pack);
        std::set<std::string>& answering = law.answering_[table.question];
        for (const Pack& pack : *law.packs_) {
            const std::set<std::string> imports = imports_of(*law.packs_, pack);
            const auto speaks = [&](const std::string& id) { return speaking.contains(id); };
            if (speaks(pack.id) || std::any_of(imports.begin(), imports.end(), speaks))
                answering.insert(pack.id);
        }
    }

    std::vector<Error>& problems_;
    std::span<const std::string_view> images_;
    std::vector<Part> parts_;
    std::shared_ptr<const Vocabulary> vocabulary_;
};

Read<std::unique_ptr<Law>> read_law(std::span<const SourceFile> files, Reading reading,
                                    std::span<const std::string_view> images) {
    Read<std::unique_ptr<Law>> out;
    LawReader reader(out.problems, images);
    reader.add(files, reading);
    reader.read();
    if (out.problems.empty()) out.value = reader.take(0);
    return out;
}

Read<LawPair> read_two_laws(std::span<const SourceFile> before, Reading reading_before,
                            std::span<const SourceFile> after, Reading reading_after) {
    Read<LawPair> out;
    LawReader reader(out.problems);
    reader.add(before, reading_before);
    reader.add(after, reading_after);
    reader.read();
    if (out.problems.empty()) out.value = {reader.take(0), reader.take(1)};
    return out;
}

}  // namespace licet::law

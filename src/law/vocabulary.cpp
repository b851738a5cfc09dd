// SPDX-License-Identifier: Apache-2.0
#include "law/vocabulary.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "law/columns.h"
#include "law/facts.h"

namespace licet::law {

const std::string& Duty::worded(std::string_view channel, Language language) const {
    const auto found = by_channel.find(channel);
    return (found == by_channel.end() ? words : found->second).in(language);
}

int Question::answer_of(std::string_view answer) const {
    const auto found = std::find(answers.begin(), answers.end(), answer);
    return found == answers.end() ? -1 : static_cast<int>(found - answers.begin());
}

std::string Question::answer_name(int answer) const {
    return answer < 0 ? "undetermined" : answers.at(static_cast<std::size_t>(answer));
}

std::string_view name_of(Changer changer) {
    switch (changer) {
        case Changer::kUs:
            return "us";
        case Changer::kPerson:
            return "person";
        case Changer::kTime:
            return "time";
        case Changer::kNobody:
            return "nobody";
    }
    return "";
}

FactId Vocabulary::find(std::string_view name) const {
    const auto found = fact_ids_.find(name);
    return found == fact_ids_.end() ? kNoFact : found->second;
}

std::vector<std::string> Vocabulary::fact_names() const {
    std::vector<std::string> names;
    names.reserve(facts_.size());
    for (const Fact& fact : facts_) names.push_back(fact.name);
    return names;
}

std::vector<std::string> Vocabulary::duty_names() const {
    std::vector<std::string> names;
    for (const Duty& duty : duties_) names.push_back(duty.id);
    return names;
}

std::vector<std::string> Vocabulary::question_names() const {
    std::vector<std::string> names;
    for (const Question& question : questions_) names.push_back(question.id);
    return names;
}

std::string Vocabulary::nearest_fact(std::string_view name) const {
    return nearest(name, fact_names());
}

const Duty* Vocabulary::duty(std::string_view id) const {
    for (const Duty& duty : duties_)
        if (duty.id == id) return &duty;
    return nullptr;
}

const Question* Vocabulary::question(std::string_view id) const {
    for (const Question& question : questions_)
        if (question.id == id) return &question;
    return nullptr;
}

const Background* Vocabulary::background(std::string_view name) const {
    for (const Background& background : backgrounds_)
        if (background.name == name) return &background;
    return nullptr;
}

const Words* Vocabulary::answer_words(std::string_view answer) const {
    const auto found = answer_words_.find(answer);
    return found == answer_words_.end() ? nullptr : &found->second;
}

/// Fills a Vocabulary table by table; a table is known by its header.
class VocabularyReader {
  public:
    void read(const Markdown& file) {
        path_ = file.path;
        for (const Table& table : file.tables) {
            table_ = &table;
            const std::string head = table.header.empty() ? "" : table.header[0].text;
            if (head == "fact" && table.column_of("value") == 1)
                each(&Self::value_row, {{"fact", "value", "fr", "en"}, {}});
            else if (head == "fact")
                each(&Self::fact_row, {{"fact", "type", "silence", "changed by", "fr", "en"},
                                       {"values", "supplier"}});
            else if (head == "duty" && table.column_of("channel") >= 0)
                each(&Self::channel_row, {{"duty", "channel", "fr", "en"}, {}});
            else if (head == "duty")
                each(&Self::duty_row, {{"duty", "fr", "en"}, {"sources"}});
            else if (head == "question")
                each(&Self::question_row,
                     {{"question", "asks fr", "asks en", "answers", "otherwise"}, {}});
            else if (head == "answer")
                each(&Self::answer_row, {{"answer", "fr", "en"}, {}});
            else if (head == "background")
                each(&Self::background_row, {{"background", "facts it sets"}, {}});
        }
    }

    Read<Vocabulary> finish() && {
        // Backgrounds name facts that a later table may declare: they are resolved at the end.
        for (const PendingBackground& pending : pending_backgrounds_) {
            path_ = pending.path;
            background(pending.name, pending.text, pending.row);
        }
        return {std::move(out_), std::move(problems_)};
    }

  private:
    using Self = VocabularyReader;

    void each(void (Self::*handle)(const Row&), const Columns& columns) {
        if (!check_columns(path_, *table_, columns, problems_)) return;
        for (const Row& row : table_->rows) (this->*handle)(row);
    }
    std::string cell(const Row& row, std::string_view column) const {
        const int index = table_->column_of(column);
        if (index < 0 || static_cast<std::size_t>(index) >= row.cells.size()) return {};
        return row.cells[static_cast<std::size_t>(index)].text;
    }
    Place place(const Row& row) const {
        return {path_, row.line, row.cells.empty() ? 1 : row.cells[0].column};
    }
    void fault(const Row& row, std::string_view id,
               std::vector<std::pair<std::string, std::string>> arguments) {
        problems_.push_back(error(ErrorCode::kInput, id, std::move(arguments), place(row).text()));
    }
    void fault_in(const Row& row, std::string_view column, std::string_view id,
                  std::vector<std::pair<std::string, std::string>> arguments) {
        const auto index = static_cast<std::size_t>(table_->column_of(column));
        const Place at =
            index < row.cells.size() ? Place{path_, row.line, row.cells[index].column} : place(row);
        problems_.push_back(error(ErrorCode::kInput, id, std::move(arguments), at.text()));
    }
    Words words(const Row& row, std::string_view fr = "fr", std::string_view en = "en") {
        Words words{cell(row, fr), cell(row, en)};
        if (words.french.empty() || words.english.empty())
            fault_in(row, words.french.empty() ? fr : en, "law.words_missing",
                     {{"name", row.cells.empty() ? "" : row.cells[0].text}});
        return words;
    }

    void fact_row(const Row& row) {
        const std::string type = cell(row, "type");
        static const std::map<std::string, FactType, std::less<>> kTypes = {
            {"bool", FactType::kBool},     {"enum", FactType::kEnum}, {"count", FactType::kCount},
            {"key", FactType::kKey},       {"date", FactType::kDate}, {"moment", FactType::kMoment},
            {"register", FactType::kEnum}, {"time", FactType::kTime}};
        const auto found = kTypes.find(type);
        if (found == kTypes.end())
            return fault_in(row, "type", "law.fact_type",
                            {{"type", type}, {"name", cell(row, "fact")}});
        Fact fact;
        fact.type = found->second;
        fact.supplier = cell(row, "supplier");
        fact.words = words(row);
        silence(row, fact);
        changer(row, fact);
        if (fact.type == FactType::kBool) fact.values = {"no", "yes"};
        std::vector<std::string> listed;
        const std::string values = cell(row, "values");
        for (const std::string_view word : split(values, ' '))
            if (!word.empty()) listed.emplace_back(word);
        if (type == "register") {
            registers_ = listed;
            fact.values = {"not_listed", "listed", "not_checked"};
            fact.is_register = true;
        } else if (fact.type == FactType::kEnum) {
            fact.values = listed;
            if (listed.size() < 2)
                fault_in(row, "values", "law.fact_values", {{"name", cell(row, "fact")}});
        }
        declare_under_each_register(row, cell(row, "fact"), fact);
    }

    // `register.<key>` and what follows it stand for one fact of each register.
    void declare_under_each_register(const Row& row, const std::string& name, Fact fact) {
        constexpr std::string_view kPattern = "register.<key>";
        if (!name.starts_with(kPattern)) {
            fact.name = name;
            return declare(row, std::move(fact));
        }
        for (const std::string& key : registers_) {
            Fact one = fact;
            one.name = "register." + key + name.substr(kPattern.size());
            declare(row, std::move(one));
        }
    }

    void declare(const Row& row, Fact fact) {
        const bool is_silent_value_bad =
            !fact.silence_value.empty() && !parse_value(fact, fact.silence_value).has_value();
        if (is_silent_value_bad)
            fault_in(row, "silence", "law.unknown_value",
                     {{"name", fact.name}, {"value", fact.silence_value}});
        if (out_.facts_.size() >= kMostFacts) {
            if (!std::exchange(is_fullness_told_, true))
                fault(row, "law.too_many_facts", {{"most", std::to_string(kMostFacts)}});
            return;
        }
        const auto id = static_cast<FactId>(out_.facts_.size());
        if (!out_.fact_ids_.emplace(fact.name, id).second)
            return fault(row, "law.declared_twice", {{"name", fact.name}});
        out_.facts_.push_back(std::move(fact));
    }

    void silence(const Row& row, Fact& fact) {
        const std::string text = cell(row, "silence");
        const auto parts = split(text, '=');
        const std::string_view kind = trimmed(parts[0]);
        if (parts.size() > 1) fact.silence_value = trimmed(parts[1]);
        if (kind == "open")
            fact.silence = Silence::kOpen;
        else if (kind == "ledger" && parts.size() == 2)
            fact.silence = Silence::kLedger;
        else if (kind == "undertaking" && parts.size() == 2)
            fact.silence = Silence::kUndertaking;
        else
            fault_in(row, "silence", "law.fact_silence",
                     {{"name", cell(row, "fact")}, {"text", text}});
    }

    void changer(const Row& row, Fact& fact) {
        const std::string text = cell(row, "changed by");
        if (text == "us")
            fact.changer = Changer::kUs;
        else if (text == "person")
            fact.changer = Changer::kPerson;
        else if (text == "time")
            fact.changer = Changer::kTime;
        else if (text == "nobody")
            fact.changer = Changer::kNobody;
        else
            fault_in(row, "changed by", "law.fact_changer",
                     {{"name", cell(row, "fact")}, {"text", text}});
    }

    void value_row(const Row& row) {
        const std::string name = cell(row, "fact");
        const std::string value = cell(row, "value");
        bool is_known = false;
        for (Fact& fact : out_.facts_) {
            const bool is_meant =
                fact.name == name || (name == "register.<key>" && fact.is_register);
            if (!is_meant) continue;
            is_known = true;
            const bool has_words =
                fact.values.empty() || value == "never" || value == "change" ||
                std::find(fact.values.begin(), fact.values.end(), value) != fact.values.end();
            if (!has_words)
                return fault_in(row, "value", "law.unknown_value",
                                {{"name", name}, {"value", value}});
            fact.value_words.emplace(value, words(row));
        }
        if (!is_known) unknown_fact(row, name);
    }

    void unknown_fact(const Row& row, const std::string& name) {
        const std::string near = out_.nearest_fact(name);
        fault(row, near.empty() ? "law.unknown_fact" : "law.unknown_fact_near",
              {{"name", name}, {"near", near}});
    }

    void duty_row(const Row& row) {
        if (out_.duty(cell(row, "duty")) != nullptr)
            return fault(row, "law.declared_twice", {{"name", cell(row, "duty")}});
        out_.duties_.push_back({cell(row, "duty"), cell(row, "sources"), words(row), {}});
    }

    void channel_row(const Row& row) {
        for (Duty& duty : out_.duties_) {
            if (duty.id != cell(row, "duty")) continue;
            duty.by_channel.emplace(cell(row, "channel"), words(row));
            return;
        }
        const std::string near = nearest(cell(row, "duty"), out_.duty_names());
        fault(row, near.empty() ? "law.unknown_duty" : "law.unknown_duty_near",
              {{"name", cell(row, "duty")}, {"near", near}});
    }

    void question_row(const Row& row) {
        Question question{cell(row, "question"), words(row, "asks fr", "asks en"), {}, {}};
        const std::string answers = cell(row, "answers");
        for (const std::string_view word : split(answers, ' '))
            if (!word.empty()) question.answers.emplace_back(word);
        question.otherwise = cell(row, "otherwise");
        if (out_.question(question.id) != nullptr)
            return fault(row, "law.declared_twice", {{"name", question.id}});
        if (question.answer_of(question.otherwise) < 0)
            fault_in(row, "otherwise", "law.question_otherwise", {{"name", question.id}});
        out_.questions_.push_back(std::move(question));
    }

    void answer_row(const Row& row) { out_.answer_words_.emplace(cell(row, "answer"), words(row)); }

    void background_row(const Row& row) {
        const int facts_column = 1;
        if (row.cells.size() <= facts_column) return;
        pending_backgrounds_.push_back(
            {cell(row, "background"), row.cells[facts_column].text, path_, row});
    }

    // "every message.* bool = yes, message.optout = one_click"
    void background(const std::string& name, const std::string& text, const Row& row) {
        Background out{name, {}};
        if (out_.background(name) != nullptr)
            return fault(row, "law.declared_twice", {{"name", name}});
        for (const std::string_view part : split(text, ',')) {
            const auto sides = split(part, '=');
            if (sides.size() != 2) {
                fault(row, "law.background_form", {{"name", name}});
                continue;
            }
            std::string_view left = trimmed(sides[0]);
            const std::string value(trimmed(sides[1]));
            if (left.starts_with("every ")) {
                const std::string_view prefix = left.substr(6, left.find('*') - 6);
                for (std::size_t i = 0; i < out_.facts_.size(); ++i)
                    if (out_.facts_[i].type == FactType::kBool &&
                        out_.facts_[i].name.starts_with(prefix))
                        out.facts.emplace_back(static_cast<FactId>(i), value);
                continue;
            }
            const FactId fact = out_.find(left);
            if (fact == kNoFact)
                unknown_fact(row, std::string(left));
            else if (!parse_value(out_.fact(fact), value))
                fault(row, "law.unknown_value", {{"name", std::string(left)}, {"value", value}});
            else
                out.facts.emplace_back(fact, value);
        }
        out_.backgrounds_.push_back(std::move(out));
    }

    struct PendingBackground {
        std::string name;
        std::string text;
        std::string path;
        Row row;
    };
    Vocabulary out_;
    std::vector<Error> problems_;
    std::vector<std::string> registers_;
    std::vector<PendingBackground> pending_backgrounds_;
    std::string path_;
    const Table* table_ = nullptr;
    bool is_fullness_told_ = false;
};

Read<Vocabulary> read_vocabulary(std::span<const SourceFile> files) {
    VocabularyReader reader;
    for (const SourceFile& file : files) reader.read(read_markdown(file));
    return std::move(reader).finish();
}

}  // namespace licet::law

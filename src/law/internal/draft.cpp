// SPDX-License-Identifier: Apache-2.0
#include "law/internal/draft.h"

#include "base/text.h"

namespace licet::law {

Draft DraftReader::read(const Statement& statement, const Pack& pack, AtomReader& atoms) {
    Draft draft;
    draft.pack = &pack;
    draft.rule.id = statement.name;
    draft.rule.pack = pack.id;
    draft.rule.place = statement.place;
    std::set<std::string> seen;
    for (const Field& field : statement.fields) {
        const std::size_t before = problems_.size();
        // A second `when` would silently replace the first.
        if (!seen.insert(field.keyword).second)
            fault(field.place, "law.declared_twice", {{"name", field.keyword}});
        if (field.keyword == "when") {
            draft.guard = atoms.read(field);
        } else if (field.keyword == "kept by") {
            draft.kept_by = atoms.read(field);
            draft.rule.has_kept_by = true;
        } else if (field.keyword == "answers") {
            read_answer(field, draft.rule);
        } else if (field.keyword == "about") {
            read_question(field, draft.rule);
        } else if (field.keyword == "except to") {
            for (const SyntaxToken& token : field.tokens)
                if (token.text != ",") draft.parents.push_back(token);
        } else {
            read_rest(field, draft);
        }
        if (problems_.size() > before) draft.faulty.insert(field.keyword);
    }
    for (const Atom& atom : draft.guard) draft.rule.conditions.push_back({atom.text, atom.place});
    for (const Atom& atom : draft.kept_by) draft.rule.conduct.push_back({atom.text, atom.place});
    if (statement.is_faulty) draft.faulty.insert({"when", "tell", "cites", "answers"});
    check_fields(seen, draft);
    return draft;
}

void DraftReader::read_rest(const Field& field, Draft& draft) {
    if (field.keyword == "duties")
        read_duties(field, draft.rule);
    else if (field.keyword == "cites")
        read_citations(field, draft);
    else if (field.keyword == "in force")
        read_dates(field, draft);
    else if (field.keyword == "tell")
        read_tell(field, draft.rule);
    else if (field.keyword == "certainty")
        read_certainty(field, draft.rule);
    else if (field.keyword == "reading")
        read_reading(field, draft);
}

void DraftReader::unknown_question(const SyntaxToken& token) {
    fault(token.place, "law.unknown_question",
          {{"name", token.text}, {"expected", join(vocabulary_.question_names(), ", ")}});
}

// A rule speaks about one question, said once.
void DraftReader::set_question(const SyntaxToken& token, Rule& rule) {
    if (!rule.question.empty()) return fault(token.place, "law.field_rest", {{"text", token.text}});
    rule.question = token.text;
    if (vocabulary_.question(rule.question) == nullptr) unknown_question(token);
}

// Says that a field goes on after what it can hold.
void DraftReader::no_rest(const Field& field, std::size_t most) {
    if (field.tokens.size() > most)
        fault(field.tokens[most].place, "law.field_rest", {{"text", field.tokens[most].text}});
}

// about contact
void DraftReader::read_question(const Field& field, Rule& rule) {
    no_rest(field, 1);
    if (!field.tokens.empty()) set_question(field.tokens[0], rule);
}

// contact = forbidden
void DraftReader::read_answer(const Field& field, Rule& rule) {
    const auto& tokens = field.tokens;
    if (tokens.size() != 3 || tokens[1].text != "=")
        return fault(field.place, "law.answer_form", {});
    set_question(tokens[0], rule);
    const Question* question = vocabulary_.question(tokens[0].text);
    if (question == nullptr) return;
    rule.answer = question->answer_of(tokens[2].text);
    if (rule.answer < 0)
        fault(tokens[2].place, "law.unknown_answer",
              {{"name", tokens[2].text}, {"expected", join(question->answers, " ")}});
}

void DraftReader::read_duties(const Field& field, Rule& rule) {
    for (const SyntaxToken& token : field.tokens) {
        if (token.text == ",") continue;
        if (vocabulary_.duty(token.text) == nullptr) {
            const std::string near = nearest(token.text, vocabulary_.duty_names());
            fault(token.place, near.empty() ? "law.unknown_duty" : "law.unknown_duty_near",
                  {{"name", token.text}, {"near", near}});
        }
        rule.duties.push_back(token.text);
    }
}

// What a citation is about within its source: "28" of "28(3)(a)".
std::string article_of(std::string_view citation) {
    const std::string_view first = split(trimmed(citation), ' ').front();
    return std::string(first.substr(0, first.find('(')));
}

// cites cpce:L34-5 al. 1, cnil:2005-02-17
void DraftReader::read_citations(const Field& field, Draft& draft) {
    for (std::size_t i = 0; i < field.tokens.size();) {
        const SyntaxToken& id = field.tokens[i++];
        std::string rest;
        while (i < field.tokens.size() && field.tokens[i].text != ",")
            rest += " " + field.tokens[i++].text;
        ++i;
        const Source* source = nullptr;
        std::vector<std::string> known;
        for (const Pack& pack : packs_) {
            for (const auto& [name, one] : pack.sources) known.push_back(name);
            const auto found = pack.sources.find(id.text);
            if (found != pack.sources.end()) source = &found->second;
        }
        if (source == nullptr) {
            const std::string near = nearest(id.text, known);
            fault(id.place, near.empty() ? "law.unknown_source" : "law.unknown_source_near",
                  {{"name", id.text}, {"near", near}, {"path", draft.pack->id + "/sources.md"}});
            continue;
        }
        draft.rule.sources.push_back(id.text);
        draft.rule.articles.push_back(article_of(rest));
        draft.rule.cites.push_back(source->title + rest);
    }
}

// from 2016-06-01 until 2020-07-26
void DraftReader::read_dates(const Field& field, Draft& draft) {
    for (std::size_t i = 0; i < field.tokens.size(); i += 2) {
        const std::string& word = field.tokens[i].text;
        const bool is_known = (word == "from" && !draft.from) || (word == "until" && !draft.until);
        auto date = is_known && i + 1 < field.tokens.size()
                        ? parse_date(field.tokens[i + 1].text)
                        : Result<Date>(error(ErrorCode::kInput, "date.form"));
        if (is_known && !date && i + 1 < field.tokens.size())
            return fault(field.tokens[i + 1].place, "law.date_expected",
                         {{"text", field.tokens[i + 1].text}});
        if (!date) return fault(field.tokens[i].place, "law.in_force_form", {});
        (word == "from" ? draft.from : draft.until) = *date;
    }
    if (draft.from) draft.rule.from = text_of(*draft.from);
    if (draft.until) draft.rule.until = text_of(*draft.until);
    if (draft.from && draft.until && *draft.from >= *draft.until)
        fault(field.place, "law.in_force_empty", {});
}

void DraftReader::read_tell(const Field& field, Rule& rule) {
    for (std::size_t i = 0; i < field.tokens.size(); i += 2) {
        const SyntaxToken& word = field.tokens[i];
        std::string* text = word.text == "fr"   ? &rule.tell.french
                            : word.text == "en" ? &rule.tell.english
                                                : nullptr;
        const bool is_text = i + 1 < field.tokens.size() && field.tokens[i + 1].is_string;
        if (text == nullptr || !text->empty() || !is_text)
            return fault(word.place, "law.tell_form", {});
        *text = field.tokens[i + 1].text;
    }
}

void DraftReader::read_certainty(const Field& field, Rule& rule) {
    no_rest(field, 1);
    const std::string word = field.tokens.empty() ? "" : field.tokens[0].text;
    if (word == "debatable")
        rule.certainty = Certainty::kDebatable;
    else if (word != "settled")
        fault(field.place, "law.certainty_form", {{"text", word}});
}

void DraftReader::read_reading(const Field& field, Draft& draft) {
    no_rest(field, 1);
    const std::string word = field.tokens.empty() ? "" : field.tokens[0].text;
    draft.rule.certainty = Certainty::kDebatable;
    for (const Reading reading : {Reading::kStrict, Reading::kAuthority, Reading::kText})
        if (word == name_of(reading)) draft.reading = reading;
    if (!draft.reading) fault(field.place, "law.reading_form", {{"text", word}});
}

void DraftReader::check_fields(const std::set<std::string>& seen, const Draft& draft) {
    const Rule& rule = draft.rule;
    const auto lacks = [&](bool is_lacking, const char* keyword, const char* field) {
        if (is_lacking && !draft.faulty.contains(keyword))
            fault(rule.place, "law.rule_lacks", {{"name", rule.id}, {"field", field}});
    };
    lacks(!seen.contains("when"), "when", "when");
    lacks(rule.tell.french.empty(), "tell", "tell fr");
    lacks(rule.tell.english.empty(), "tell", "tell en");
    lacks(rule.sources.empty(), "cites", "cites");
}

void DraftReader::fault(const Place& place, std::string_view id, Message::Arguments arguments) {
    problems_.push_back(error(ErrorCode::kInput, id, std::move(arguments), place.text()));
}

}  // namespace licet::law

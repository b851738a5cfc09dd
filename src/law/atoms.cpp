// SPDX-License-Identifier: Apache-2.0
#include "law/atoms.h"

#include <algorithm>

#include "base/text.h"

namespace licet::law {
namespace {

bool is_date_type(FactType type) { return type == FactType::kDate || type == FactType::kMoment; }
bool is_count_type(FactType type) { return type == FactType::kCount || type == FactType::kTime; }
bool is_word_type(FactType type) { return type == FactType::kBool || type == FactType::kEnum; }

}  // namespace

std::optional<Period> period_of(std::string_view number, std::string_view unit) {
    const auto count = whole_number(number);
    if (!count || *count > 10000) return std::nullopt;
    const int n = static_cast<int>(*count);
    if (unit == "day" || unit == "days") return Period{n, PeriodUnit::kDays};
    if (unit == "working_day" || unit == "working_days") return Period{n, PeriodUnit::kWorkingDays};
    if (unit == "month" || unit == "months") return Period{n, PeriodUnit::kMonths};
    if (unit == "year" || unit == "years") return Period{n * 12, PeriodUnit::kMonths};
    return std::nullopt;
}

bool AtomReader::fault(const SyntaxToken& token, std::string_view id,
                       std::vector<std::pair<std::string, std::string>> arguments) {
    problems_.push_back(error(ErrorCode::kInput, id, std::move(arguments), token.place.text()));
    return false;
}

std::vector<Atom> AtomReader::read(const Field& field) {
    std::vector<Atom> out;
    Tokens current;
    int depth = 0;
    for (const SyntaxToken& token : field.tokens) {
        if (token.text == "{") ++depth;
        if (token.text == "}") --depth;
        if (token.text == "," && depth == 0) {
            if (!current.empty()) read_one(current, out);
            current.clear();
        } else {
            current.push_back(token);
        }
    }
    if (!current.empty()) read_one(current, out);
    const bool is_empty = std::all_of(field.tokens.begin(), field.tokens.end(),
                                      [](const SyntaxToken& token) { return token.text == ","; });
    if (is_empty) fault({field.keyword, false, field.place}, "law.condition_empty");
    return out;
}

void AtomReader::read_one(const Tokens& tokens, std::vector<Atom>& out) {
    Atom atom;
    std::size_t place = 0;
    for (const SyntaxToken& token : tokens)
        atom.text += (atom.text.empty() || token.text == "," ? "" : " ") + token.text;
    if (tokens[0].text == "not") {
        atom.is_negated = true;
        place = 1;
    }
    if (place >= tokens.size()) {
        fault(tokens[0], "law.condition_form");
        return;
    }
    const SyntaxToken& name = tokens[place];
    atom.place = name.place;
    if (name.text == "answer") {
        if (read_answer(tokens, place + 1, atom)) out.push_back(std::move(atom));
        return;
    }
    const bool is_defined =
        std::find(defines_.begin(), defines_.end(), name.text) != defines_.end();
    if (is_defined) {
        if (tokens.size() != place + 1) {
            fault(tokens[place + 1], "law.condition_rest", {{"text", tokens[place + 1].text}});
            return;
        }
        atom.kind = AtomKind::kDefined;
        atom.name = name.text;
        out.push_back(std::move(atom));
        return;
    }
    atom.fact = vocabulary_.find(name.text);
    if (atom.fact == kNoFact) {
        std::vector<std::string> names = vocabulary_.fact_names();
        names.insert(names.end(), defines_.begin(), defines_.end());
        const std::string near = nearest(name.text, names);
        fault(name, near.empty() ? "law.unknown_fact" : "law.unknown_fact_near",
              {{"name", name.text}, {"near", near}});
        return;
    }
    const FactType type = vocabulary_.fact(atom.fact).type;
    const bool is_read = is_word_type(type) || type == FactType::kKey
                             ? read_words(tokens, place + 1, atom)
                         : is_count_type(type) ? read_comparison(tokens, place + 1, atom)
                                               : read_date(tokens, place + 1, atom);
    if (is_read) out.push_back(std::move(atom));
}

// answer of q = v | answer of q in {v, w}
bool AtomReader::read_answer(const Tokens& tokens, std::size_t place, Atom& atom) {
    atom.kind = AtomKind::kAnswer;
    const bool is_formed = place + 3 < tokens.size() && tokens[place].text == "of" &&
                           (tokens[place + 2].text == "=" || tokens[place + 2].text == "in");
    if (!is_formed) return fault(tokens[place - 1], "law.condition_answer");
    const Question* question = vocabulary_.question(tokens[place + 1].text);
    if (question == nullptr)
        return fault(tokens[place + 1], "law.unknown_question",
                     {{"name", tokens[place + 1].text},
                      {"expected", join(vocabulary_.question_names(), ", ")}});
    atom.name = question->id;
    for (std::size_t i = place + 3; i < tokens.size(); ++i) {
        const std::string& text = tokens[i].text;
        if (text == "{" || text == "}" || text == ",") continue;
        const int answer = question->answer_of(text);
        if (answer < 0)
            return fault(tokens[i], "law.unknown_answer",
                         {{"name", text}, {"expected", join(question->answers, " ")}});
        atom.words.push_back(static_cast<std::uint16_t>(answer));
    }
    return !atom.words.empty() || fault(tokens[place + 2], "law.condition_answer");
}

// f | f = v | f in {v, w} | f not in {v, w}
bool AtomReader::read_words(const Tokens& tokens, std::size_t place, Atom& atom) {
    const Fact& fact = vocabulary_.fact(atom.fact);
    const bool is_key = fact.type == FactType::kKey;
    atom.kind = is_key ? AtomKind::kKeys : AtomKind::kWords;
    if (place == tokens.size()) {
        if (fact.type != FactType::kBool)
            return fault(tokens[place - 1], "law.condition_needs_value", {{"name", fact.name}});
        atom.words = {1};
        return true;
    }
    if (tokens[place].text == "not" && place + 1 < tokens.size() &&
        tokens[place + 1].text == "in") {
        atom.is_negated = !atom.is_negated;
        ++place;
    }
    const bool is_list = tokens[place].text == "in";
    if (!is_list && tokens[place].text != "=")
        return fault(tokens[place], "law.condition_operator",
                     {{"name", fact.name}, {"expected", "=, in {…}, not in {…}"}});
    std::vector<const SyntaxToken*> values;
    for (std::size_t i = place + 1; i < tokens.size(); ++i)
        if (tokens[i].text != "{" && tokens[i].text != "}" && tokens[i].text != ",")
            values.push_back(&tokens[i]);
    const bool is_braced = is_list && place + 1 < tokens.size() && tokens[place + 1].text == "{" &&
                           tokens.back().text == "}";
    if (values.empty() || (is_list && !is_braced) || (!is_list && values.size() != 1))
        return fault(tokens[place], "law.condition_values", {{"name", fact.name}});
    for (const SyntaxToken* value : values) {
        auto parsed = parse_value(fact, value->text);
        // "Not checked" is no state of a register but our not knowing it: no rule can turn on it.
        if (!parsed && fact.values.empty()) {
            problems_.push_back({ErrorCode::kInput, parsed.error().message, value->place.text()});
            return false;
        }
        std::vector<std::string> known = fact.values;
        if (fact.is_register) std::erase(known, "not_checked");
        if (!parsed || (fact.is_register && value->text == "not_checked"))
            return fault(
                *value, "law.unknown_value_near",
                {{"name", fact.name}, {"value", value->text}, {"expected", join(known, " ")}});
        if (is_key)
            atom.keys.push_back(value->text);
        else
            atom.words.push_back(std::get<Word>(*parsed).index);
    }
    return true;
}

// A parameter of the other kind is none: a number is no period.
bool AtomReader::has_parameter(const SyntaxToken& token, bool is_period) const {
    const auto found = parameters_.find(token.text);
    return found != parameters_.end() &&
           std::all_of(found->second.begin(), found->second.end(),
                       [&](const ParameterValue& value) { return value.is_period == is_period; });
}

// f >= n | f < n
bool AtomReader::read_comparison(const Tokens& tokens, std::size_t place, Atom& atom) {
    const Fact& fact = vocabulary_.fact(atom.fact);
    atom.kind = AtomKind::kAtLeast;
    const bool is_formed =
        place + 2 == tokens.size() && (tokens[place].text == ">=" || tokens[place].text == "<");
    if (!is_formed)
        return fault(tokens[std::min(place, tokens.size() - 1)], "law.condition_operator",
                     {{"name", fact.name}, {"expected", ">=, <"}});
    if (tokens[place].text == "<") atom.is_negated = !atom.is_negated;
    if (has_parameter(tokens[place + 1], false)) {
        atom.name = tokens[place + 1].text;
        return true;
    }
    auto parsed = parse_value(fact, tokens[place + 1].text);
    if (!parsed)
        return fault(tokens[place + 1], "law.number_expected", {{"text", tokens[place + 1].text}});
    atom.number = std::get<Count>(*parsed).number;
    return true;
}

// d within P of at | d less than P before at | d before D | d from D | d is never | d after e
bool AtomReader::read_date(const Tokens& tokens, std::size_t place, Atom& atom) {
    const Fact& fact = vocabulary_.fact(atom.fact);
    const auto word = [&](std::size_t i) {
        return i < tokens.size() ? std::string_view(tokens[i].text) : std::string_view{};
    };
    const std::size_t rest = tokens.size() - place;
    if (word(place) == "within" && word(tokens.size() - 2) == "of" &&
        word(tokens.size() - 1) == "at")
        return read_period(tokens, place + 1, rest - 3, atom);
    if (word(place) == "less" && word(place + 1) == "than" && rest >= 5 &&
        word(tokens.size() - 2) == "before" && word(tokens.size() - 1) == "at") {
        atom.is_inclusive = false;
        return read_period(tokens, place + 2, rest - 4, atom);
    }
    if (word(place) == "is" && word(place + 1) == "never" && rest == 2) {
        atom.kind = AtomKind::kNever;
        return true;
    }
    if (word(place) == "after" && rest == 2) {
        atom.kind = AtomKind::kAfter;
        atom.other = vocabulary_.find(word(place + 1));
        const bool is_date =
            atom.other != kNoFact && is_date_type(vocabulary_.fact(atom.other).type);
        return is_date || fault(tokens[place + 1], "law.date_fact_expected",
                                {{"text", std::string(word(place + 1))}});
    }
    if ((word(place) == "before" || word(place) == "from") && rest == 2) {
        atom.kind = word(place) == "from" ? AtomKind::kFrom : AtomKind::kBefore;
        auto date = parse_date(word(place + 1));
        if (!date)
            return fault(tokens[place + 1], "law.date_expected",
                         {{"text", std::string(word(place + 1))}});
        atom.date = *date;
        return true;
    }
    return fault(
        tokens[std::min(place, tokens.size() - 1)], "law.condition_operator",
        {{"name", fact.name},
         {"expected", "within … of at, less than … before at, before, from, after, is never"}});
}

bool AtomReader::read_period(const Tokens& tokens, std::size_t place, std::size_t count,
                             Atom& atom) {
    atom.kind = AtomKind::kWithin;
    if (count == 1 && has_parameter(tokens[place], true)) {
        atom.name = tokens[place].text;
        return true;
    }
    if (count == 2) {
        const auto period = period_of(tokens[place].text, tokens[place + 1].text);
        if (period) {
            atom.period = *period;
            return true;
        }
    }
    return fault(tokens[std::min(place, tokens.size() - 1)], "law.period_expected",
                 {{"expected", "3 years, 1 month, 60 days, 5 working_days"}});
}

}  // namespace licet::law

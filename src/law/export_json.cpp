// SPDX-License-Identifier: Apache-2.0
#include "law/export_json.h"

#include "base/json.h"

namespace licet::law {
namespace {

json::array texts(const std::vector<std::string>& all) {
    json::array out;
    for (const std::string& one : all) out.emplace_back(one);
    return out;
}

json::object words(const Words& both) {
    return json::object{{"fr", both.french}, {"en", both.english}};
}

template <typename Map>
json::object words_by_name(const Map& all) {
    json::object out;
    for (const auto& [name, both] : all) out[name] = words(both);
    return out;
}

std::string_view name_of(FactType type) {
    switch (type) {
        case FactType::kBool:
            return "bool";
        case FactType::kEnum:
            return "enum";
        case FactType::kCount:
            return "count";
        case FactType::kKey:
            return "key";
        case FactType::kDate:
            return "date";
        case FactType::kMoment:
            return "moment";
        case FactType::kTime:
            return "time";
    }
    return "";
}

std::string_view name_of(Silence silence) {
    switch (silence) {
        case Silence::kOpen:
            return "open";
        case Silence::kLedger:
            return "ledger";
        case Silence::kUndertaking:
            return "undertaking";
    }
    return "";
}

std::string_view name_of(VariableKind kind) {
    switch (kind) {
        case VariableKind::kWords:
            return "words";
        case VariableKind::kKey:
            return "key";
        case VariableKind::kCount:
            return "count";
        case VariableKind::kDay:
            return "day";
        case VariableKind::kAge:
            return "age";
        case VariableKind::kAfter:
            return "after";
    }
    return "";
}

std::string_view name_of(PeriodUnit unit) {
    switch (unit) {
        case PeriodUnit::kDays:
            return "days";
        case PeriodUnit::kWorkingDays:
            return "working_days";
        case PeriodUnit::kMonths:
            return "months";
    }
    return "";
}

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

// "07-14", "easter", "easter+39": as pack.toml has them.
std::string text_of_holiday(const Calendar::Holiday& holiday) {
    if (!holiday.is_from_easter) return two_digits(holiday.month) + "-" + two_digits(holiday.day);
    if (holiday.offset == 0) return "easter";
    return (holiday.offset > 0 ? "easter+" : "easter") + std::to_string(holiday.offset);
}

json::value calendar(const Pack& pack) {
    if (!pack.calendar) return nullptr;
    json::object zones;
    for (const auto& [region, zone] : pack.calendar->zones) zones[region] = zone;
    json::array holidays;
    for (const Calendar::Holiday& holiday : pack.calendar->holidays)
        holidays.emplace_back(text_of_holiday(holiday));
    return json::object{{"zone", pack.calendar->zone},
                        {"zones", std::move(zones)},
                        {"holidays", std::move(holidays)}};
}

// Where the rules of a pack and of its imports say nothing about a question, its silence is no
// answer.
std::vector<std::string> questions_answered(const Law& law, const Pack& pack) {
    std::vector<std::string> out;
    for (const QuestionTable& table : law.tables()) {
        const bool has_rules =
            !pack.countries.empty() && law.has_rules_of(pack.countries.front(), table.question);
        if (has_rules) out.push_back(table.question);
    }
    return out;
}

json::object pack_json(const Law& law, const Pack& pack) {
    json::object sources;
    for (const auto& [id, source] : pack.sources)
        sources[id] = json::object{{"title", source.title},
                                   {"tell", words(source.sentence)},
                                   {"grade", source.grade},
                                   {"read", source.read_on},
                                   {"review_by", source.review_by}};
    return json::object{{"id", pack.id},
                        {"version", pack.version},
                        {"digest", pack.digest},
                        {"identity", pack.identity()},
                        {"status", pack.status},
                        {"title", words(pack.title)},
                        {"countries", texts(pack.countries)},
                        {"members", texts(pack.members)},
                        {"imports", texts(pack.imports)},
                        {"questions", texts(questions_answered(law, pack))},
                        {"calendar", calendar(pack)},
                        {"sources", std::move(sources)}};
}

json::object fact_json(const Fact& fact) {
    return json::object{
        {"name", fact.name},
        {"type", name_of(fact.type)},
        {"values", texts(fact.values)},
        {"register", fact.is_register},
        {"supplier", fact.supplier},
        {"silence", name_of(fact.silence)},
        {"silence_value",
         fact.silence == Silence::kOpen ? json::value(nullptr) : json::value(fact.silence_value)},
        {"changed_by", name_of(fact.changer)},
        {"tell", words(fact.words)},
        {"values_tell", words_by_name(fact.value_words)}};
}

json::object background_json(const Vocabulary& vocabulary, const Background& background) {
    json::array facts;
    for (const auto& [fact, value] : background.facts)
        facts.push_back(json::array{vocabulary.fact(fact).name, value});
    return json::object{{"name", background.name}, {"facts", std::move(facts)}};
}

json::object duty_json(const Duty& duty) {
    return json::object{{"id", duty.id},
                        {"tell", words(duty.words)},
                        {"tell_by_channel", words_by_name(duty.by_channel)}};
}

json::object question_json(const Vocabulary& vocabulary, const Question& question) {
    json::object tell;
    for (const std::string& answer : question.answers)
        if (const Words* both = vocabulary.answer_words(answer)) tell[answer] = words(*both);
    if (const Words* both = vocabulary.answer_words("undetermined"))
        tell["undetermined"] = words(*both);
    return json::object{{"id", question.id},
                        {"asks", words(question.asks)},
                        {"answers", texts(question.answers)},
                        {"otherwise", question.otherwise},
                        {"answers_tell", std::move(tell)}};
}

json::object variable_json(const Vocabulary& vocabulary, const Variable& variable) {
    json::object out{{"kind", name_of(variable.kind)},
                     {"fact", vocabulary.fact(variable.fact).name},
                     {"size", variable.size},
                     {"presumed", variable.presumed == kUnknown ? json::value(nullptr)
                                                                : json::value(variable.presumed)}};
    switch (variable.kind) {
        case VariableKind::kWords:
            break;
        case VariableKind::kKey:
            out["keys"] = texts(variable.keys);
            break;
        case VariableKind::kCount: {
            json::array thresholds;
            for (const std::int64_t number : variable.thresholds) thresholds.emplace_back(number);
            out["thresholds"] = std::move(thresholds);
            break;
        }
        case VariableKind::kDay: {
            json::array thresholds;
            for (const std::int64_t day : variable.thresholds)
                thresholds.emplace_back(text_of(Date{std::chrono::days{day}}));
            out["thresholds"] = std::move(thresholds);
            break;
        }
        case VariableKind::kAge: {
            json::array ages;
            for (const AgeThreshold& age : variable.ages)
                ages.push_back(json::object{{"count", age.count}, {"inclusive", age.is_inclusive}});
            out["unit"] = name_of(variable.unit);
            out["ages"] = std::move(ages);
            break;
        }
        case VariableKind::kAfter:
            out["other"] = vocabulary.fact(variable.other).name;
            break;
    }
    return out;
}

json::value day_or_null(const std::string& day) {
    return day.empty() ? json::value(nullptr) : json::value(day);
}

json::object rule_json(const Vocabulary& vocabulary, const Rule& rule) {
    json::array exceptions;
    for (const RuleId id : rule.exceptions) exceptions.emplace_back(id);
    const Question* question = vocabulary.question(rule.question);
    const json::value answer =
        rule.answer < 0 || question == nullptr
            ? json::value(nullptr)
            : json::value(question->answers.at(static_cast<std::size_t>(rule.answer)));
    return json::object{
        {"id", rule.id},
        {"pack", rule.pack},
        {"question", rule.question},
        {"answer", answer},
        {"asks_for_conduct", rule.has_kept_by},
        {"root", rule.is_root},
        {"exceptions", std::move(exceptions)},
        {"duties", texts(rule.duties)},
        {"cites", texts(rule.cites)},
        {"sources", texts(rule.sources)},
        {"tell", words(rule.tell)},
        {"certainty", rule.certainty == Certainty::kSettled ? "settled" : "debatable"},
        {"from", day_or_null(rule.from)},
        {"until", day_or_null(rule.until)},
        {"place", rule.place.text()}};
}

// A place of a node, or the complement of what an end stands for: -1 silence, -2 impossible, ...
std::int64_t number_of(NodeRef ref) {
    return is_terminal(ref) ? -1 - std::int64_t{value_of(ref)} : std::int64_t{ref};
}

std::string cells_text(const Variables& variables, const QuestionTable& table) {
    std::string out = "[";
    for (std::size_t place = 0; place < table.cells.size();) {
        const std::size_t size = variables[static_cast<VarId>(table.cells[place])].size;
        out += (place == 0 ? "\n" : ",\n") + std::to_string(table.cells[place]);
        for (std::size_t code = 0; code < size; ++code)
            out += "," + std::to_string(number_of(table.cells[place + 1 + code]));
        place += size + 1;
    }
    return out + "]";
}

std::string table_text(const Law& law, const Scope& scope, const std::string& name) {
    const QuestionTable table = sliced(law, scope, name);
    json::array roots;
    for (std::size_t i = 0; i < table.roots.size(); ++i)
        roots.push_back(json::array{table.roots[i], number_of(table.root_nodes[i])});
    json::array used;
    for (const VarId id : table.used) used.emplace_back(id);
    return "{\"question\":" + json::serialize(json::value(name)) +
           ",\n\"decision\":" + std::to_string(number_of(table.decision)) +
           ",\n\"roots\":" + json::serialize(roots) + ",\n\"variables\":" + json::serialize(used) +
           ",\n\"cells\":" + cells_text(law.variables(), table) + "}";
}

// A member of the document whose items stand one on a line, so that two laws can be compared.
template <typename Items, typename Write>
std::string list_text(std::string_view name, const Items& items, const Write& write) {
    std::string out = ",\n\"" + std::string(name) + "\":[";
    bool is_first = true;
    for (const auto& item : items) {
        out += (is_first ? "\n" : ",\n") + write(item);
        is_first = false;
    }
    return out + "]";
}

}  // namespace

std::string export_json(const Law& law, const Scope& scope) {
    const Vocabulary& vocabulary = law.vocabulary();
    std::string out = "{\"format\":\"licet-table/1\",\n\"reading\":\"" +
                      std::string(name_of(law.reading())) + "\",\n\"countries\":" +
                      (scope.countries.empty() ? "null" : json::serialize(texts(scope.countries)));
    const auto add = [&](std::string_view name, const auto& items, const auto& write) {
        out +=
            list_text(name, items, [&](const auto& item) { return json::serialize(write(item)); });
    };
    add("packs", law.packs(), [&](const Pack& one) { return pack_json(law, one); });
    add("facts", vocabulary.facts(), fact_json);
    add("backgrounds", vocabulary.backgrounds(),
        [&](const Background& one) { return background_json(vocabulary, one); });
    add("duties", vocabulary.duties(), duty_json);
    add("questions", vocabulary.questions(),
        [&](const Question& one) { return question_json(vocabulary, one); });
    std::vector<Variable> variables;
    for (std::size_t i = 0; i < law.variables().size(); ++i)
        variables.push_back(law.variables()[static_cast<VarId>(i)]);
    add("variables", variables,
        [&](const Variable& one) { return variable_json(vocabulary, one); });
    add("rules", law.rules().rules, [&](const Rule& one) { return rule_json(vocabulary, one); });
    out += list_text("tables", questions_of(law, scope),
                     [&](const std::string& name) { return table_text(law, scope, name); });
    return out + "}\n";
}

}  // namespace licet::law

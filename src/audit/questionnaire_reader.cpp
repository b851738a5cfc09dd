// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <set>

#include "audit/internal/fields.h"
#include "audit/questionnaire.h"
#include "base/date.h"
#include "base/digest.h"
#include "base/text.h"

namespace licet::audit {
namespace {

constexpr std::array kTypes = {AnswerType::kYesNo, AnswerType::kYesPartlyNo, AnswerType::kSingle,
                               AnswerType::kMulti, AnswerType::kNumber,      AnswerType::kTable,
                               AnswerType::kSites};
constexpr std::array kSeverities = {Severity::kBlocking, Severity::kMajor, Severity::kMinor,
                                    Severity::kProfile};

template <typename T, std::size_t n>
std::string known_names(const std::array<T, n>& all) {
    std::vector<std::string> names;
    for (const T one : all) names.emplace_back(name_of(one));
    return join(names, ", ");
}

class QuestionnaireReader {
  public:
    QuestionnaireReader(const YamlNode& root, Faults& faults) : root_(root), faults_(faults) {}

    Questionnaire read() {
        Fields top(root_, faults_);
        meta(top);
        types_and_severities(top);
        themes(top);
        out_.owners = word_map(top, "owners");
        out_.reasons = word_map(top, "reasons");
        out_.option_words = word_map(top, "option_words");
        scoring(top);
        if (const YamlNode* node = top.find("evidence_en"); node != nullptr) evidence_words(*node);
        actions(top);
        questions(top);
        measures(top);
        top.end();
        check_whole();
        return std::move(out_);
    }

  private:
    void meta(Fields& top) {
        const YamlNode* node = top.node("meta", YamlNode::Kind::kMap);
        if (node == nullptr) return;
        Fields meta(*node, faults_);
        out_.id = meta.text("id");
        out_.version = meta.text("version");
        out_.law_as_of = meta.text("law_as_of");
        if (!parse_date(out_.law_as_of)) faults_.add(*node, "questionnaire.want_day");
        std::ignore = meta.texts("languages");
        std::ignore = meta.number_or("target_minutes", 0);
        out_.disclaimer = meta.words("disclaimer");
        meta.end();
    }

    void evidence_words(const YamlNode& node) {
        Fields fields(node, faults_);
        for (const auto& [french, english] : node.entries)
            evidence_en_.emplace(french.text, fields.text(french.text));
        fields.end();
    }

    void types_and_severities(Fields& top) {
        constexpr int kMostSeconds = 3600;
        constexpr int kMostDays = 366;
        if (const YamlNode* node = top.node("answer_types", YamlNode::Kind::kMap)) {
            Fields types(*node, faults_);
            for (const AnswerType type : kTypes) {
                const YamlNode* one = types.node(name_of(type), YamlNode::Kind::kMap);
                if (one == nullptr) continue;
                Fields fields(*one, faults_);
                out_.seconds[type] = static_cast<int>(fields.number("seconds", 1, kMostSeconds));
                fields.end();
            }
            types.end();
        }
        const YamlNode* node = top.node("severities", YamlNode::Kind::kMap);
        if (node == nullptr) return;
        Fields severities(*node, faults_);
        for (const Severity severity : kSeverities) {
            const YamlNode* one = severities.node(name_of(severity), YamlNode::Kind::kMap);
            if (one == nullptr) continue;
            Fields fields(*one, faults_);
            out_.severity_words[severity] = fields.own_words();
            out_.due_days[severity] = static_cast<int>(fields.number("due_days", 0, kMostDays));
            fields.end();
        }
        severities.end();
    }

    void themes(Fields& top) {
        const YamlNode* node = top.node("themes", YamlNode::Kind::kList);
        if (node == nullptr) return;
        int sum = 0;
        for (const YamlNode& item : node->items) {
            Fields fields(item, faults_);
            Theme theme;
            theme.id = fields.text("id");
            theme.weight = static_cast<int>(fields.number("weight", 0, 100));
            theme.words = fields.own_words();
            fields.end();
            sum += theme.weight;
            if (out_.theme(theme.id) != nullptr)
                faults_.add(item, "questionnaire.twice", {{"name", theme.id}});
            out_.themes.push_back(std::move(theme));
        }
        if (sum != 100) faults_.add(*node, "questionnaire.weights", {{"sum", std::to_string(sum)}});
    }

    std::map<std::string, Words> word_map(Fields& top, std::string_view name) {
        std::map<std::string, Words> out;
        const YamlNode* node = top.node(name, YamlNode::Kind::kMap);
        if (node == nullptr) return out;
        for (const auto& [key, value] : node->entries) {
            Fields fields(value, faults_);
            out[key.text] = fields.own_words();
            fields.end();
        }
        return out;
    }

    void actions(Fields& top) {
        const YamlNode* node = top.node("actions", YamlNode::Kind::kMap);
        if (node == nullptr) return;
        for (const auto& [key, value] : node->entries) {
            Fields fields(value, faults_);
            Action action{key.text, fields.own_words(), fields.text("owner"), fields.text("effort"),
                          fields.text("generates")};
            fields.end();
            must_be_in(out_.owners, value, "owner", action.owner);
            must_be_in(out_.scoring.efforts, value, "effort", action.effort);
            out_.actions.push_back(std::move(action));
        }
    }

    void questions(Fields& top) {
        const YamlNode* node = top.node("questions", YamlNode::Kind::kList);
        if (node == nullptr) return;
        for (const YamlNode& item : node->items) {
            Fields fields(item, faults_);
            Question question = basics(fields);
            what_it_is_worth(fields, question);
            fields.end();
            check(item, question);
            question.form = form_of(question);
            out_.questions.push_back(std::move(question));
            nodes_.push_back(&item);
        }
    }

    Question basics(Fields& fields) {
        constexpr int kMostWeight = 5;
        Question question;
        question.id = fields.text("id");
        question.theme = fields.text("theme");
        question.words = {fields.text("q"), fields.text("en")};
        question.type = one_of(fields, "type", kTypes);
        question.severity = one_of(fields, "sev", kSeverities);
        question.weight = static_cast<int>(fields.number("w", 0, kMostWeight));
        question.law = fields.texts("law");
        question.rules = fields.texts("rules");
        question.action = fields.text_or("action", "");
        for (const std::string& french : fields.texts("evidence")) {
            const auto english = evidence_en_.find(french);
            question.evidence.push_back(
                {french, english == evidence_en_.end() ? french : english->second});
        }
        question.measured_by = fields.text_or("auto", "");
        question.may_be_not_applicable = fields.flag("na");
        question.unit = fields.text_or("unit", "");
        question.sets = fields.text_or("sets", "");
        if (const YamlNode* when = fields.find("when")) question.when = conditions(*when);
        return question;
    }

    template <typename T, std::size_t n>
    T one_of(Fields& fields, std::string_view name, const std::array<T, n>& all) {
        const std::string text = fields.text(name);
        for (const T one : all)
            if (name_of(one) == text) return one;
        faults_.add(fields.here(), "questionnaire.want_one_of",
                    {{"name", std::string(name)}, {"known", known_names(all)}});
        return all[1];
    }

    void what_it_is_worth(Fields& fields, Question& question) {
        const YamlNode* options = fields.find("options");
        if (options != nullptr && options->kind == YamlNode::Kind::kMap) {
            Fields worths(*options, faults_);
            for (const auto& [name, value] : options->entries) {
                question.options.push_back(name.text);
                question.worths[name.text] = worths.worth(name.text);
            }
        } else if (options != nullptr) {
            question.options = fields.texts("options");
        }
        question.required = fields.texts("required");
        if (question.type == AnswerType::kTable) {
            std::ignore = fields.texts("columns");
            std::ignore = fields.texts("required_columns");
        }
        if (question.type != AnswerType::kNumber) return;
        question.otherwise = fields.worth("else_score");
        const YamlNode* thresholds = fields.node("thresholds", YamlNode::Kind::kList);
        if (thresholds == nullptr) return;
        for (const YamlNode& item : thresholds->items) {
            Fields one(item, faults_);
            question.thresholds.push_back({one.number("max", 0, 1'000'000), one.worth("score")});
            one.end();
        }
    }

    // `var has X | var has_any [A, B] | var in [A, B] | var is X`, joined by `and`.
    std::vector<Condition> conditions(const YamlNode& node) {
        std::vector<Condition> out;
        std::string_view rest = node.text;
        while (!rest.empty()) {
            const std::size_t end = rest.find(" and ");
            const auto one = condition(trimmed(rest.substr(0, end)));
            if (!one) {
                faults_.add(node, "questionnaire.condition");
                return out;
            }
            out.push_back(*one);
            rest = end == rest.npos ? std::string_view{} : rest.substr(end + 5);
        }
        return out;
    }

    static std::optional<Condition> condition(std::string_view text) {
        const std::size_t first = text.find(' ');
        const std::size_t second = first == text.npos ? first : text.find(' ', first + 1);
        if (second == text.npos) return std::nullopt;
        const std::string_view verb = text.substr(first + 1, second - first - 1);
        std::string_view values = trimmed(text.substr(second + 1));
        const bool is_list = values.starts_with('[') && values.ends_with(']');
        const bool wants_list = verb == "has_any" || verb == "in";
        if (!wants_list && verb != "has" && verb != "is") return std::nullopt;
        if (is_list != wants_list) return std::nullopt;
        if (is_list) values = values.substr(1, values.size() - 2);
        Condition out{std::string(text.substr(0, first)), {}};
        for (const std::string_view one : split(values, ',')) {
            if (trimmed(one).empty() || trimmed(one).find(' ') != one.npos) return std::nullopt;
            out.any_of.emplace_back(trimmed(one));
        }
        return out;
    }

    void check(const YamlNode& node, const Question& question) {
        if (out_.question(question.id) != nullptr)
            faults_.add(node, "questionnaire.twice", {{"name", question.id}});
        if (out_.theme(question.theme) == nullptr) no_such(node, "theme", question.theme);
        if (question.is_scored()) {
            if (out_.action(question.action) == nullptr) no_such(node, "action", question.action);
            if (question.weight == 0) faults_.add(node, "questionnaire.missing", {{"name", "w"}});
        } else if (question.sets.empty()) {
            faults_.add(node, "questionnaire.missing", {{"name", "sets"}});
        }
        const bool wants_options =
            question.type == AnswerType::kSingle || question.type == AnswerType::kMulti;
        if (wants_options == question.options.empty())
            faults_.add(node, wants_options ? "questionnaire.missing" : "questionnaire.unknown",
                        {{"name", "options"}});
        for (const std::string& one : question.options)
            must_be_in(out_.option_words, node, "option_words", one);
        for (const std::string& one : question.required)
            if (std::find(question.options.begin(), question.options.end(), one) ==
                question.options.end())
                no_such(node, "options", one);
        if (question.type == AnswerType::kMulti && question.is_scored() &&
            question.required.empty())
            faults_.add(node, "questionnaire.missing", {{"name", "required"}});
        if (question.type == AnswerType::kSingle && question.is_scored() && question.worths.empty())
            faults_.add(node, "questionnaire.single_worths");
        for (std::size_t i = 1; i < question.thresholds.size(); ++i)
            if (question.thresholds[i].max <= question.thresholds[i - 1].max ||
                question.thresholds[i].worth > question.thresholds[i - 1].worth)
                faults_.add(node, "questionnaire.thresholds");
    }

    void scoring(Fields& top) {
        const YamlNode* node = top.node("scoring", YamlNode::Kind::kMap);
        if (node == nullptr) return;
        constexpr int kMostDays = 366;
        Fields fields(*node, faults_);
        out_.scoring.cap = static_cast<int>(fields.number("cap", 0, 100));
        out_.scoring.blocking_below = fields.worth("blocking_below");
        out_.scoring.partly_blocking_days =
            static_cast<int>(fields.number("partly_blocking_days", 0, kMostDays));
        out_.scoring.most_not_applicable =
            static_cast<int>(fields.number("most_not_applicable", 0, 100));
        if (const YamlNode* efforts = fields.node("efforts", YamlNode::Kind::kMap)) {
            Fields each(*efforts, faults_);
            for (const auto& [name, value] : efforts->entries)
                out_.scoring.efforts[name.text] = static_cast<int>(each.number(name.text, 1, 100));
        }
        if (const YamlNode* levels = fields.node("levels", YamlNode::Kind::kList))
            for (const YamlNode& item : levels->items) out_.scoring.levels.push_back(level(item));
        fields.end();
    }

    Level level(const YamlNode& item) {
        Fields fields(item, faults_);
        Level out;
        out.id = fields.text("id");
        out.words = fields.own_words();
        const auto number = [&](std::string_view name) {
            return static_cast<int>(fields.number_or(name, 0));
        };
        out.min_global = number("min_global");
        out.min_theme = number("min_theme");
        out.most_blocking = number("blocking");
        out.min_assurance = number("min_assurance");
        out.most_overdue_major = number("max_overdue_major");
        out.site_audit_days = number("site_audit_max_age_days");
        out.ledger_check_days = number("ledger_verified_max_age_days");
        out.validity_days = number("validity_days");
        fields.end();
        return out;
    }

    void measures(Fields& top) {
        const YamlNode* node = top.node("measures", YamlNode::Kind::kMap);
        if (node == nullptr) return;
        constexpr int kMost = 400;
        Fields fields(*node, faults_);
        MeasureLimits& out = out_.limits;
        for (const auto& [name, value] : {std::pair{"most", &out.most},
                                          {"some", &out.some},
                                          {"window_months", &out.window_months},
                                          {"verdict_days", &out.verdict_days},
                                          {"review_months", &out.review_months},
                                          {"notice_months", &out.notice_months},
                                          {"breach_notice_days", &out.breach_notice_days},
                                          {"complaint_months", &out.complaint_months},
                                          {"register_months", &out.register_months}})
            *value = static_cast<int>(fields.number(name, 1, kMost));
        fields.end();
    }

    // Conditions may name a variable whose question stands below.
    void check_whole() {
        std::map<std::string, const Question*> profile;
        for (const Question& one : out_.questions)
            if (!one.sets.empty()) profile[one.sets] = &one;
        for (std::size_t i = 0; i < out_.questions.size(); ++i)
            for (const Condition& condition : out_.questions[i].when)
                check_condition(*nodes_[i], condition, profile);
    }

    void check_condition(const YamlNode& node, const Condition& condition,
                         const std::map<std::string, const Question*>& profile) {
        const auto found = profile.find(condition.variable);
        if (found == profile.end()) return no_such(node, "when", condition.variable);
        std::vector<std::string> values = found->second->options;
        if (found->second->type == AnswerType::kYesNo) values = {"oui", "non"};
        for (const std::string& one : condition.any_of)
            if (std::find(values.begin(), values.end(), one) == values.end())
                no_such(node, condition.variable, one);
    }

    template <typename Value>
    void must_be_in(const std::map<std::string, Value>& known, const YamlNode& node,
                    const std::string& name, const std::string& value) {
        if (!known.contains(value)) no_such(node, name, value);
    }

    void no_such(const YamlNode& node, const std::string& name, const std::string& value) {
        faults_.add(node, "questionnaire.no_such", {{"name", name}, {"value", value}});
    }

    static std::string form_of(const Question& question) {
        std::string text = question.words.fr + '\0' + std::string(name_of(question.type));
        for (const auto* list : {&question.options, &question.required})
            text += '\0' + join(*list, ",");
        for (const auto& [option, worth] : question.worths)
            text += '\0' + option + '=' + std::to_string(worth);
        for (const Threshold& one : question.thresholds)
            text += '\0' + std::to_string(one.max) + '=' + std::to_string(one.worth);
        constexpr std::size_t kBytes = 8;
        const Digest digest = sha256(text);
        return hex_of(std::span(digest).first(kBytes));
    }

    const YamlNode& root_;
    Faults& faults_;
    Questionnaire out_;
    std::map<std::string, std::string, std::less<>> evidence_en_;  ///< English, by the French
    std::vector<const YamlNode*> nodes_;                           // of the questions
};

}  // namespace

Read<Questionnaire> read_questionnaire(std::string_view text, const std::string& path) {
    Read<Questionnaire> out;
    const Read<YamlNode> tree = read_yaml(text, path);
    if (!tree.is_clean()) {
        out.problems = tree.problems;
        return out;
    }
    Faults faults{path, {}};
    out.value = QuestionnaireReader(tree.value, faults).read();
    out.value.sha256 = hex_of(sha256(text));
    out.problems = std::move(faults.all);
    return out;
}

}  // namespace licet::audit

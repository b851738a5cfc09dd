// SPDX-License-Identifier: Apache-2.0
//
// Names become meaning in three passes: what is declared, what each atom says (and which thresholds
// it needs), and, once all thresholds are known, the codes for which each condition holds.
#include <algorithm>
#include <array>
#include <functional>
#include <set>

#include "base/text.h"
#include "law/atoms.h"
#include "law/internal/expr_from_atoms.h"
#include "law/rules.h"

namespace licet::law {
namespace {

using Parameters = ExprFromAtoms::Parameters;

// What is compiled is walked rule by rule and way by way, so all three have an end. Real packs stay
// far below: some hundred rules, defines and exceptions three deep.
constexpr std::size_t kMostRules = 20'000;
constexpr std::size_t kDeepest = 50;
constexpr std::size_t kMostWays = 100'000;
constexpr std::size_t kMostConditions = 2'000'000;

// A rule before its conditions are coded.
struct Draft {
    Rule rule;
    std::vector<Atom> guard;
    std::vector<Atom> kept_by;
    std::vector<SyntaxToken> parents;
    std::optional<Date> from;
    std::optional<Date> until;
    std::optional<Reading> reading;
    std::set<std::string> faulty;  ///< keywords of fields whose fault is told already
    const Pack* pack = nullptr;
};

// How much a define is when all names in it are replaced; open while that is being found out.
struct Extent {
    std::size_t size = 0;
    std::size_t depth = 0;
    bool is_open = false;
};

class RuleReader {
  public:
    RuleReader(const Vocabulary& vocabulary, const std::vector<Pack>& packs,
               const std::vector<PackStatements>& statements, Reading reading)
        : vocabulary_(vocabulary),
          packs_(packs),
          statements_(statements),
          reading_(reading),
          builder_(vocabulary) {}

    Read<RuleSet> read() && {
        declare();
        if (rule_names_.size() > kMostRules) return {{}, std::move(problems_)};
        AtomReader atoms(vocabulary_, parameters_, define_names_, problems_);
        for (const PackStatements& pack : statements_)
            for (const Statement& statement : pack.statements) read_atoms(statement, pack, atoms);
        collect_thresholds();
        link_exceptions();
        Read<RuleSet> out;
        if (problems_.empty()) code(out.value);
        out.problems = std::move(problems_);
        return out;
    }

  private:
    // ---- pass 1: what is declared --------------------------------------------------------------
    void declare() {
        std::set<std::string> seen;
        for (const PackStatements& pack : statements_) {
            for (const Statement& statement : pack.statements) {
                if (statement.kind == "define" && vocabulary_.find(statement.name) != kNoFact)
                    fault(statement.place, "law.declared_twice", {{"name", statement.name}});
                // A define may be repeated: each is one way to satisfy it.
                if (statement.kind != "define" && statement.kind != "impossible" &&
                    !seen.insert(statement.name).second)
                    fault(statement.place, "law.declared_twice", {{"name", statement.name}});
                if (statement.kind == "define" &&
                    std::find(define_names_.begin(), define_names_.end(), statement.name) ==
                        define_names_.end())
                    define_names_.push_back(statement.name);
                if (statement.kind == "parameter") read_parameter(statement);
                if (statement.kind == "rule") rule_names_.push_back(statement.name);
                if (rule_names_.size() > kMostRules)
                    return fault(statement.place, "law.too_many_rules",
                                 {{"most", std::to_string(kMostRules)}});
            }
        }
    }

    // value 3 years from 2005-06-21   (several: each holds until the next)
    void read_parameter(const Statement& statement) {
        std::vector<ParameterValue> values;
        for (const Field& field : statement.fields) {
            const auto& tokens = field.tokens;
            const std::size_t n = tokens.size();
            const bool has_from = n >= 3 && tokens[n - 2].text == "from";
            auto from = has_from ? parse_date(tokens[n - 1].text)
                                 : Result<Date>(error(ErrorCode::kInput, "date.form"));
            if (has_from && !from) {
                fault(tokens[n - 1].place, "law.date_expected", {{"text", tokens[n - 1].text}});
                continue;
            }
            ParameterValue value;
            const auto period =
                n == 4 ? period_of(tokens[0].text, tokens[1].text) : std::optional<Period>{};
            const auto number =
                n == 3 ? whole_number(tokens[0].text) : std::optional<std::int64_t>{};
            if (!from || (!period && !number)) {
                fault(field.place, "law.parameter_form", {{"name", statement.name}});
                continue;
            }
            // Each value follows the one before in time and is of its kind.
            const bool is_next = values.empty() || (*from > values.back().from &&
                                                    period.has_value() == values.back().is_period);
            if (!is_next) {
                fault(field.place, "law.parameter_order", {{"name", statement.name}});
                continue;
            }
            value.is_period = period.has_value();
            if (period) value.period = *period;
            if (number) value.number = *number;
            value.from = *from;
            if (!values.empty()) values.back().until = value.from;
            values.push_back(value);
        }
        if (statement.fields.empty() && !statement.is_faulty)
            fault(statement.place, "law.parameter_form", {{"name", statement.name}});
        parameters_.emplace(statement.name, std::move(values));
    }

    // ---- pass 2: what each statement says ------------------------------------------------------
    void read_atoms(const Statement& statement, const PackStatements& pack, AtomReader& atoms) {
        if (statement.kind == "parameter") return;
        if (statement.kind == "rule") return read_rule(statement, pack, atoms);
        std::vector<Atom> read;
        for (const Field& field : statement.fields) {
            std::vector<Atom> more = atoms.read(field);
            std::move(more.begin(), more.end(), std::back_inserter(read));
        }
        if (statement.fields.empty() && !statement.is_faulty)
            fault(statement.place, "law.define_lacks",
                  {{"kind", statement.kind}, {"name", statement.name}});
        if (statement.kind == "define")
            defines_[statement.name].push_back(std::move(read));
        else
            impossible_.push_back(std::move(read));
    }

    void read_rule(const Statement& statement, const PackStatements& pack, AtomReader& atoms) {
        Draft draft;
        draft.pack = pack.pack;
        draft.rule.id = statement.name;
        draft.rule.pack = pack.pack->id;
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
        if (statement.is_faulty) draft.faulty.insert({"when", "tell", "cites", "answers"});
        check_fields(seen, draft);
        drafts_.push_back(std::move(draft));
    }

    void read_rest(const Field& field, Draft& draft) {
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

    void unknown_question(const SyntaxToken& token) {
        std::vector<std::string> names;
        for (const Question& question : vocabulary_.questions()) names.push_back(question.id);
        fault(token.place, "law.unknown_question",
              {{"name", token.text}, {"expected", join(names, ", ")}});
    }

    // A rule speaks about one question, said once.
    void set_question(const SyntaxToken& token, Rule& rule) {
        if (!rule.question.empty())
            return fault(token.place, "law.field_rest", {{"text", token.text}});
        rule.question = token.text;
        if (vocabulary_.question(rule.question) == nullptr) unknown_question(token);
    }

    // Says that a field goes on after what it can hold.
    void no_rest(const Field& field, std::size_t most) {
        if (field.tokens.size() > most)
            fault(field.tokens[most].place, "law.field_rest", {{"text", field.tokens[most].text}});
    }

    // about contact
    void read_question(const Field& field, Rule& rule) {
        no_rest(field, 1);
        if (!field.tokens.empty()) set_question(field.tokens[0], rule);
    }

    // contact = forbidden
    void read_answer(const Field& field, Rule& rule) {
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

    void read_duties(const Field& field, Rule& rule) {
        for (const SyntaxToken& token : field.tokens) {
            if (token.text == ",") continue;
            if (vocabulary_.duty(token.text) == nullptr) {
                std::vector<std::string> names;
                for (const Duty& duty : vocabulary_.duties()) names.push_back(duty.id);
                const std::string near = nearest(token.text, names);
                fault(token.place, near.empty() ? "law.unknown_duty" : "law.unknown_duty_near",
                      {{"name", token.text}, {"near", near}});
            }
            rule.duties.push_back(token.text);
        }
    }

    // cites cpce:L34-5 al. 1, cnil:2005-02-17
    void read_citations(const Field& field, Draft& draft) {
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
                fault(
                    id.place, near.empty() ? "law.unknown_source" : "law.unknown_source_near",
                    {{"name", id.text}, {"near", near}, {"path", draft.pack->id + "/sources.md"}});
                continue;
            }
            draft.rule.sources.push_back(id.text);
            draft.rule.cites.push_back(source->title + rest);
        }
    }

    // from 2016-06-01 until 2020-07-26
    void read_dates(const Field& field, Draft& draft) {
        for (std::size_t i = 0; i < field.tokens.size(); i += 2) {
            const std::string& word = field.tokens[i].text;
            const bool is_known =
                (word == "from" && !draft.from) || (word == "until" && !draft.until);
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

    void read_tell(const Field& field, Rule& rule) {
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

    void read_certainty(const Field& field, Rule& rule) {
        no_rest(field, 1);
        const std::string word = field.tokens.empty() ? "" : field.tokens[0].text;
        if (word == "debatable")
            rule.certainty = Certainty::kDebatable;
        else if (word != "settled")
            fault(field.place, "law.certainty_form", {{"text", word}});
    }

    void read_reading(const Field& field, Draft& draft) {
        no_rest(field, 1);
        const std::string word = field.tokens.empty() ? "" : field.tokens[0].text;
        draft.rule.certainty = Certainty::kDebatable;
        for (const Reading reading : {Reading::kStrict, Reading::kAuthority, Reading::kText})
            if (word == name_of(reading)) draft.reading = reading;
        if (!draft.reading) fault(field.place, "law.reading_form", {{"text", word}});
    }

    void check_fields(const std::set<std::string>& seen, const Draft& draft) {
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

    void collect_thresholds() {
        if (!can_be_followed()) return;
        std::size_t conditions = 0;
        for (const Draft& draft : drafts_) {
            conditions += size_of(draft.guard) + size_of(draft.kept_by);
            if (conditions > kMostConditions)
                return fault(draft.rule.place, "law.too_many_nodes", {{"name", draft.rule.id}});
            add_thresholds(draft.guard);
            add_thresholds(draft.kept_by);
            if (draft.from) builder_.at_threshold(*draft.from);
            if (draft.until) builder_.at_threshold(*draft.until);
        }
        for (const std::vector<Atom>& atoms : impossible_) add_thresholds(atoms);
        const FactId country = vocabulary_.find("country");
        for (const Pack& pack : packs_)
            for (const std::string& key : pack.countries) builder_.add_key(country, key);
        // Each pack and each rule in force adds to these two, where no condition stands.
        for (const FactId fact : {country, vocabulary_.find("at")})
            if (builder_.is_too_fine(fact) && too_fine_.insert(fact).second)
                fault({"facts.md", 1, 1}, "law.too_many_values",
                      {{"name", vocabulary_.fact(fact).name}});
        if (problems_.empty()) builder_.freeze();
    }

    // Each define is entered once: what is entered again before it is left stands in a circle. On
    // the way back it is known how deep it is, and how many conditions it has when all names in it
    // are replaced.
    bool can_be_followed() {
        bool is_good = true;
        const auto refuse = [&](const Place& place, std::string_view id, const std::string& name) {
            fault(place, id, {{"name", name}, {"most", std::to_string(kDeepest)}});
            is_good = false;
        };
        const std::function<void(const std::string&, std::size_t)> enter =
            [&](const std::string& name, std::size_t way_here) {
                Extent extent{1, 1, true};
                extents_[name] = extent;
                for (const Atom& atom : joined(defines_[name])) {
                    if (atom.kind != AtomKind::kDefined) {
                        ++extent.size;
                        continue;
                    }
                    if (way_here == kDeepest)
                        return refuse(atom.place, "law.define_too_deep", name);
                    if (!extents_.contains(atom.name)) enter(atom.name, way_here + 1);
                    if (!is_good) return;
                    const Extent& below = extents_[atom.name];
                    if (below.is_open) return refuse(atom.place, "law.define_circle", atom.name);
                    extent.size += below.size;
                    extent.depth = std::max(extent.depth, below.depth + 1);
                    if (extent.depth > kDeepest)
                        return refuse(atom.place, "law.define_too_deep", name);
                    if (extent.size > kMostWays)
                        return refuse(atom.place, "law.too_many_nodes", name);
                }
                extent.is_open = false;
                extents_[name] = extent;
            };
        for (const std::string& name : define_names_)
            if (is_good && !extents_.contains(name)) enter(name, 1);
        return is_good;
    }

    static std::vector<Atom> joined(const std::vector<std::vector<Atom>>& ways) {
        std::vector<Atom> out;
        for (const std::vector<Atom>& way : ways) out.insert(out.end(), way.begin(), way.end());
        return out;
    }

    // Number of conditions once all names in them are replaced.
    std::size_t size_of(const std::vector<Atom>& atoms) const {
        std::size_t size = 0;
        for (const Atom& atom : atoms)
            size += atom.kind == AtomKind::kDefined ? extents_.at(atom.name).size : 1;
        return size;
    }

    // Defines are followed where they are used, so that variables stand in the order of the rules.
    void add_thresholds(const std::vector<Atom>& atoms) {
        for (const Atom& atom : atoms) {
            if (atom.kind == AtomKind::kDefined) {
                for (const std::vector<Atom>& way : defines_[atom.name]) add_thresholds(way);
                continue;
            }
            static const std::vector<ParameterValue> kNone;
            const auto found = parameters_.find(atom.name);
            builder_.add(atom, found == parameters_.end() ? kNone : found->second);
            if (builder_.is_too_fine(atom.fact) && too_fine_.insert(atom.fact).second)
                return fault(atom.place, "law.too_many_values",
                             {{"name", vocabulary_.fact(atom.fact).name}});
        }
    }

    void link_exceptions() {
        for (Draft& draft : drafts_) take_question_of_parents(draft);
        drop_other_readings();
        std::map<std::string, RuleId> ids;
        for (std::size_t i = 0; i < drafts_.size(); ++i)
            ids.emplace(drafts_[i].rule.id, static_cast<RuleId>(i));
        for (std::size_t i = 0; i < drafts_.size(); ++i) {
            Rule& rule = drafts_[i].rule;
            rule.is_root = drafts_[i].parents.empty();
            for (const SyntaxToken& parent : drafts_[i].parents) {
                const auto found = ids.find(parent.text);
                const bool is_declared = std::find(rule_names_.begin(), rule_names_.end(),
                                                   parent.text) != rule_names_.end();
                if (!is_declared) unknown_rule(parent);
                if (found == ids.end()) continue;
                Rule& above = drafts_[found->second].rule;
                above.exceptions.push_back(static_cast<RuleId>(i));
                if (found->second == i)
                    fault(parent.place, "law.exception_to_itself", {{"name", parent.text}});
                if (found->second > i)
                    fault(parent.place, "law.exception_before_rule", {{"name", parent.text}});
            }
            if (rule.question.empty() && !drafts_[i].faulty.contains("answers"))
                fault(rule.place, "law.rule_lacks",
                      {{"name", rule.id}, {"field", "answers / about"}});
        }
        check_depth();
    }

    void unknown_rule(const SyntaxToken& token) {
        const std::string near = nearest(token.text, rule_names_);
        fault(token.place, near.empty() ? "law.unknown_rule" : "law.unknown_rule_near",
              {{"name", token.text}, {"near", near}});
    }

    // Exceptions stand after their rules, so one pass knows how deep each is and in how many ways
    // it is reached.
    void check_depth() {
        if (!problems_.empty()) return;
        std::vector<std::size_t> depth(drafts_.size(), 1);
        std::vector<std::size_t> ways(drafts_.size(), 0);
        std::size_t all_ways = 0;
        for (std::size_t i = 0; i < drafts_.size(); ++i) {
            const Rule& rule = drafts_[i].rule;
            if (depth[i] > kDeepest)
                return fault(rule.place, "law.exception_too_deep",
                             {{"name", rule.id}, {"most", std::to_string(kDeepest)}});
            if (rule.is_root) ways[i] = 1;
            all_ways += ways[i];
            if (all_ways > kMostWays)
                return fault(rule.place, "law.too_many_nodes", {{"name", rule.id}});
            for (const RuleId exception : rule.exceptions) {
                depth[exception] = std::max(depth[exception], depth[i] + 1);
                ways[exception] += ways[i];
            }
        }
    }

    // An exception speaks about what its rule speaks about, also in readings that leave the rule
    // out.
    void take_question_of_parents(Draft& draft) {
        for (const SyntaxToken& parent : draft.parents) {
            const auto above =
                std::find_if(drafts_.begin(), drafts_.end(),
                             [&](const Draft& other) { return other.rule.id == parent.text; });
            if (above == drafts_.end() || above->rule.question.empty()) continue;
            if (draft.rule.question.empty()) draft.rule.question = above->rule.question;
            if (draft.rule.question != above->rule.question)
                fault(parent.place, "law.exception_question",
                      {{"name", parent.text}, {"question", above->rule.question}});
        }
    }

    // Only the chosen reading stays; an exception goes when the last of its rules has gone.
    void drop_other_readings() {
        std::set<std::string> dropped;
        const auto is_dropped = [&](const Draft& draft) {
            const bool is_other = draft.reading && *draft.reading != reading_;
            const bool is_orphan =
                !draft.parents.empty() && std::all_of(draft.parents.begin(), draft.parents.end(),
                                                      [&](const SyntaxToken& parent) {
                                                          return dropped.contains(parent.text);
                                                      });
            if (is_other || is_orphan) dropped.insert(draft.rule.id);
            return is_other || is_orphan;
        };
        std::vector<Draft> kept;
        for (Draft& draft : drafts_)
            if (!is_dropped(draft)) kept.push_back(std::move(draft));
        drafts_ = std::move(kept);
    }

    // ---- pass 3: codes -------------------------------------------------------------------------
    void code(RuleSet& out) {
        using Presumed = ExprFromAtoms::Presumed;
        const ExprFromAtoms exprs(vocabulary_, packs_, builder_, parameters_, defines_);
        for (Draft& draft : drafts_) {
            std::vector<Expr> guard;
            guard.push_back(exprs.scope(*draft.pack));
            if (draft.from || draft.until) guard.push_back(exprs.in_force(draft.from, draft.until));
            guard.push_back(exprs.conjunction(draft.guard, Presumed::kAsDeclared));
            draft.rule.guard = Expr::all(std::move(guard));
            draft.rule.kept_by = exprs.conjunction(draft.kept_by, Presumed::kHolds);
            out.rules.push_back(std::move(draft.rule));
        }
        for (const std::vector<Atom>& atoms : impossible_)
            out.impossible.push_back(exprs.conjunction(atoms, Presumed::kAsDeclared));
        out.variables = std::make_unique<Variables>(vocabulary_, builder_.take(), packs_);
    }

    void fault(const Place& place, std::string_view id,
               std::vector<std::pair<std::string, std::string>> arguments) {
        problems_.push_back(error(ErrorCode::kInput, id, std::move(arguments), place.text()));
    }

    const Vocabulary& vocabulary_;
    const std::vector<Pack>& packs_;
    const std::vector<PackStatements>& statements_;
    Reading reading_;
    VariableBuilder builder_;
    Parameters parameters_;
    std::vector<std::string> define_names_;
    std::vector<std::string> rule_names_;
    ExprFromAtoms::Defines defines_;
    std::map<std::string, Extent> extents_;
    std::set<FactId> too_fine_;
    std::vector<std::vector<Atom>> impossible_;
    std::vector<Draft> drafts_;
    std::vector<Error> problems_;
};

}  // namespace

Read<RuleSet> rules_from_syntax(const Vocabulary& vocabulary, const std::vector<Pack>& packs,
                                const std::vector<PackStatements>& statements, Reading reading) {
    return RuleReader(vocabulary, packs, statements, reading).read();
}

}  // namespace licet::law

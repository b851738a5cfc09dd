// SPDX-License-Identifier: Apache-2.0
//
// Names become meaning in three passes: what is declared, what each atom says (and which thresholds
// it needs), and, once all thresholds are known, the codes for which each condition holds. Laws
// that are to be compared share the second pass, so that a code means the same in all of them.
#include <algorithm>
#include <array>
#include <functional>
#include <set>

#include "base/text.h"
#include "law/atoms.h"
#include "law/internal/answer_exprs.h"
#include "law/internal/draft.h"
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

// How much a define is when all names in it are replaced; open while that is being found out.
struct Extent {
    std::size_t size = 0;
    std::size_t depth = 0;
    bool is_open = false;
};

class RuleReader {
  public:
    /// `builder` gets the thresholds; it must outlive the reader.
    RuleReader(const Vocabulary& vocabulary, const LawText& text, VariableBuilder& builder)
        : vocabulary_(vocabulary),
          packs_(*text.packs),
          statements_(*text.statements),
          reading_(text.reading),
          builder_(builder) {}

    void prepare() {
        declare();
        if (rule_names_.size() > kMostRules) return;
        AtomReader atoms(vocabulary_, parameters_, define_names_, problems_);
        for (const PackStatements& pack : statements_)
            for (const Statement& statement : pack.statements) read_atoms(statement, pack, atoms);
        collect_thresholds();
        link_exceptions();
    }
    [[nodiscard]] bool has_problems() const { return !problems_.empty(); }

    /// To be called once the builder is frozen.
    Read<RuleSet> finish(bool is_usable) && {
        Read<RuleSet> out;
        if (is_usable) code(out.value);
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
        if (statement.kind == "rule") {
            DraftReader reader(vocabulary_, packs_, problems_);
            drafts_.push_back(reader.read(statement, *pack.pack, atoms));
            return;
        }
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

    void collect_thresholds() {
        if (!can_be_followed()) return;
        std::size_t conditions = 0;
        for (const Draft* one : heaviest_packs_first()) {
            const Draft& draft = *one;
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
        for (const Pack& pack : packs_) {
            for (const std::string& key : pack.countries) builder_.add_key(country, key);
            if (!pack.regions.empty()) add_regions(pack);
        }
        // Each pack and each rule in force adds to these two, where no condition stands.
        for (const FactId fact : {country, vocabulary_.find("at")})
            if (builder_.is_too_fine(fact) && too_fine_.insert(fact).second)
                fault({"facts.md", 1, 1}, "law.too_many_values",
                      {{"name", vocabulary_.fact(fact).name}});
    }

    // Variables get their numbers in the order in which rules mention them, and are tested in it. A
    // small pack that happens to stand before a large one must not order the facts of the large one
    // (docs/decisions/0004).
    [[nodiscard]] std::vector<const Draft*> heaviest_packs_first() const {
        std::map<std::string_view, std::size_t> weights;
        for (const Draft& draft : drafts_) ++weights[pack_of(draft)];
        std::vector<const Draft*> out;
        for (const Draft& draft : drafts_) out.push_back(&draft);
        std::stable_sort(out.begin(), out.end(), [&](const Draft* a, const Draft* b) {
            return weights.at(pack_of(*a)) > weights.at(pack_of(*b));
        });
        return out;
    }

    static std::string_view pack_of(const Draft& draft) { return draft.rule.pack; }

    void add_regions(const Pack& pack) {
        const FactId region = vocabulary_.find("region");
        if (region == kNoFact || vocabulary_.fact(region).type != FactType::kKey)
            return fault({pack.id + "/pack.toml", 1, 1}, "law.fact_required",
                         {{"name", "region"}, {"type", "key"}});
        for (const std::string& key : pack.regions) builder_.add_key(region, key);
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
            // Rules of the other question add their own.
            if (atom.kind == AtomKind::kAnswer) continue;
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
        const std::vector<std::string> order = questions_in_order();
        if (!problems_.empty()) return;
        ExprFromAtoms::Answers answers;
        const ExprFromAtoms exprs(vocabulary_, packs_, builder_, parameters_, defines_, answers);
        for (const Draft& draft : drafts_) out.rules.push_back(draft.rule);
        for (const std::string& question : order) {
            for (std::size_t i = 0; i < drafts_.size(); ++i)
                if (drafts_[i].rule.question == question)
                    code_conditions(exprs, drafts_[i], out.rules[i]);
            if (asked_for_.contains(question))
                answers[question] = answers_of(out.rules, *vocabulary_.question(question));
        }
        for (const std::vector<Atom>& atoms : impossible_)
            out.impossible.push_back(
                exprs.conjunction(atoms, ExprFromAtoms::Presumed::kAsDeclared));
        out.variables =
            std::make_shared<const Variables>(vocabulary_, builder_.variables(), packs_);
    }

    static void code_conditions(const ExprFromAtoms& exprs, const Draft& draft, Rule& rule) {
        using Presumed = ExprFromAtoms::Presumed;
        std::vector<Expr> guard;
        guard.push_back(exprs.scope(*draft.pack));
        if (draft.from || draft.until) guard.push_back(exprs.in_force(draft.from, draft.until));
        guard.push_back(exprs.conjunction(draft.guard, Presumed::kAsDeclared));
        rule.guard = Expr::all(std::move(guard));
        rule.kept_by = exprs.conjunction(draft.kept_by, Presumed::kHolds);
    }

    // A question stands after those whose answers its rules ask for.
    std::vector<std::string> questions_in_order() {
        std::map<std::string, std::vector<const Atom*>> asks;
        for (const Draft& draft : drafts_) {
            std::set<std::string> entered;
            collect_answers(draft.guard, entered, asks[draft.rule.question]);
            collect_answers(draft.kept_by, entered, asks[draft.rule.question]);
        }
        std::vector<std::string> order;
        std::set<std::string> open;
        const std::function<void(const std::string&)> enter = [&](const std::string& question) {
            open.insert(question);
            for (const Atom* atom : asks[question]) {
                asked_for_.insert(atom->name);
                if (open.contains(atom->name))
                    fault(atom->place, "law.question_circle",
                          {{"question", question}, {"name", atom->name}});
                else if (std::find(order.begin(), order.end(), atom->name) == order.end())
                    enter(atom->name);
            }
            open.erase(question);
            order.push_back(question);
        };
        for (const Question& question : vocabulary_.questions())
            if (std::find(order.begin(), order.end(), question.id) == order.end())
                enter(question.id);
        return order;
    }

    void collect_answers(const std::vector<Atom>& atoms, std::set<std::string>& entered,
                         std::vector<const Atom*>& out) const {
        for (const Atom& atom : atoms) {
            if (atom.kind == AtomKind::kAnswer) out.push_back(&atom);
            if (atom.kind != AtomKind::kDefined || !entered.insert(atom.name).second) continue;
            for (const std::vector<Atom>& way : defines_.at(atom.name))
                collect_answers(way, entered, out);
        }
    }

    void fault(const Place& place, std::string_view id,
               std::vector<std::pair<std::string, std::string>> arguments) {
        problems_.push_back(error(ErrorCode::kInput, id, std::move(arguments), place.text()));
    }

    const Vocabulary& vocabulary_;
    const std::vector<Pack>& packs_;
    const std::vector<PackStatements>& statements_;
    Reading reading_;
    VariableBuilder& builder_;
    Parameters parameters_;
    std::vector<std::string> define_names_;
    std::vector<std::string> rule_names_;
    ExprFromAtoms::Defines defines_;
    std::map<std::string, Extent> extents_;
    std::set<FactId> too_fine_;
    std::vector<std::vector<Atom>> impossible_;
    std::vector<Draft> drafts_;
    std::set<std::string> asked_for_;  ///< questions whose answer is a condition somewhere
    std::vector<Error> problems_;
};

}  // namespace

std::vector<Read<RuleSet>> rules_over_one_set(const Vocabulary& vocabulary,
                                              std::span<const LawText> texts) {
    VariableBuilder builder(vocabulary);
    std::vector<RuleReader> readers;
    for (const LawText& text : texts) readers.emplace_back(vocabulary, text, builder);
    bool is_usable = true;
    for (RuleReader& reader : readers) {
        reader.prepare();
        is_usable = is_usable && !reader.has_problems();
    }
    if (is_usable) builder.freeze();
    std::vector<Read<RuleSet>> out;
    for (RuleReader& reader : readers) out.push_back(std::move(reader).finish(is_usable));
    return out;
}

Read<RuleSet> rules_from_syntax(const Vocabulary& vocabulary, const std::vector<Pack>& packs,
                                const std::vector<PackStatements>& statements, Reading reading) {
    const LawText text{&packs, &statements, reading};
    return std::move(rules_over_one_set(vocabulary, {&text, 1}).front());
}

}  // namespace licet::law

// SPDX-License-Identifier: Apache-2.0
#include "law/check.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/text.h"
#include "law/example.h"
#include "law/rule_diagrams.h"

namespace licet::law {
namespace {

// Marks an outcome that says the same as nobody at all.
constexpr std::uint32_t kIfContradicted = 0x20000000;

class QuestionCheck {
  public:
    QuestionCheck(const Law& law, const Question& question, std::vector<Finding>& out)
        : law_(law),
          rules_(law.rules()),
          question_(question),
          diagram_(RuleDiagrams::diagram_for(rules_, 40'000'000)),
          diagrams_(rules_, question, diagram_),
          out_(out) {}

    void run() {
        for (const RuleId root : diagrams_.roots()) {
            nodes_.push_back(diagrams_.without_impossible(diagrams_.outcome_of(root)));
            diagrams_.where_asked(root, asked_);
            spoken_.merge(diagram_.values_of(nodes_.back()));
        }
        asked_.resize(rules_.rules.size(), terminal(0));
        for (std::size_t i = 0; i < rules_.rules.size(); ++i)
            if (rules_.rules[i].question == question_.id) check_rule(static_cast<RuleId>(i));
        decide();
        check_redundant_rules();
        check_silence();
    }

  private:
    using Arguments = Message::Arguments;

    void add(Severity severity, std::string_view kind, const Place& place, Arguments arguments) {
        out_.push_back(
            {severity, std::string(kind), Message(kind, std::move(arguments)), place.text()});
    }
    std::string example(NodeRef where) {
        return worded_example(*rules_.variables, diagram_, where);
    }

    // The rules that these outcomes name.
    [[nodiscard]] std::string rules_of(const std::set<std::uint32_t>& outcomes) const {
        std::vector<std::string> names;
        for (const std::uint32_t value : outcomes)
            if (value >= 2) names.push_back(rules_.rules[outcome::reason_of(value).rule].id);
        names.erase(std::unique(names.begin(), names.end()), names.end());
        return join(names, ", ");
    }

    // ---- one rule -----------------------------------------------------------------------------
    void check_rule(RuleId id) {
        const Rule& rule = rules_.rules[id];
        const NodeRef alone = diagram_.both(diagrams_.possible(), diagrams_.guard_of(id));
        if (alone == terminal(0)) return add_contradiction(id);
        if (asked_[id] == terminal(0)) return add_dead_exception(id);
        const bool speaks =
            spoken_.contains(outcome::of({id, false})) || spoken_.contains(outcome::of({id, true}));
        if (!speaks)
            return add(
                Severity::kFault, "check.shadowed", rule.place,
                {{"rule", rule.id}, {"by", speakers_in(id)}, {"example", example(asked_[id])}});
        check_conditions(id);
    }

    // The conditions exclude each other; perhaps only the dates do.
    void add_contradiction(RuleId id) {
        Rule rule = rules_.rules[id];
        const bool has_dates = rule.guard.parts.size() == 3;
        if (has_dates) rule.guard.parts.erase(rule.guard.parts.begin() + 1);
        const NodeRef undated = diagram_.both(diagrams_.possible(), diagram_.of(rule.guard));
        if (undated != terminal(0))
            return add(Severity::kFault, "check.vacuous_dates", rule.place,
                       {{"rule", rule.id}, {"example", example(undated)}});
        add(Severity::kFault, "check.contradiction", rule.place, {{"rule", rule.id}});
    }

    void add_dead_exception(RuleId id) {
        const Rule& rule = rules_.rules[id];
        std::string above;
        bool is_over = true;  // all rules above have ended before this one begins
        for (const RuleId parent : rules_.parents_of(id)) {
            const Rule& other = rules_.rules[parent];
            above += (above.empty() ? "" : ", ") + other.id;
            is_over = is_over && !other.until.empty() && other.until <= rule.from;
        }
        add(Severity::kFault, is_over ? "check.ended_rule" : "check.dead_exception", rule.place,
            {{"rule", rule.id}, {"above", above}, {"example", example(diagrams_.guard_of(id))}});
    }

    // Who speaks where the rule is asked.
    std::string speakers_in(RuleId id) {
        std::set<std::uint32_t> values;
        for (const NodeRef node : nodes_)
            values.merge(
                diagram_.values_of(diagram_.choose(asked_[id], node, terminal(outcome::kSilent))));
        return rules_of(values);
    }

    // A condition is needless if the rule holds no more often without it where it is asked.
    void check_conditions(RuleId id) {
        const Rule& rule = rules_.rules[id];
        const NodeRef context = context_of(id);
        const NodeRef with = diagram_.both(context, diagrams_.guard_of(id));
        const std::vector<Expr>& parts = rule.guard.parts.back().parts;
        for (std::size_t i = 0; i < parts.size() && parts.size() > 1; ++i) {
            NodeRef without = context;
            for (std::size_t j = 0; j < rule.guard.parts.size() - 1; ++j)
                without = diagram_.both(without, diagram_.of(rule.guard.parts[j]));
            for (std::size_t j = 0; j < parts.size(); ++j)
                if (j != i) without = diagram_.both(without, diagram_.of(parts[j]));
            if (without == with)
                add(Severity::kNote, "check.needless_condition", rule.conditions[i].place,
                    {{"rule", rule.id}, {"condition", rule.conditions[i].text}});
        }
    }

    NodeRef context_of(RuleId id) {
        if (rules_.rules[id].is_root) return diagrams_.possible();
        NodeRef context = terminal(0);
        for (const RuleId parent : rules_.parents_of(id))
            context = diagram_.either(context, asked_[parent]);
        return context;
    }

    // ---- all rules together -------------------------------------------------------------------
    void decide() {
        for (const NodeRef node : nodes_) {
            befores_.push_back(decision_);
            decision_ = diagrams_.stricter(decision_, node);
        }
    }

    // A root without duties is needless if its answer is given without it too.
    void check_redundant_rules() {
        NodeRef after = terminal(outcome::kSilent);
        std::vector<Finding> found;
        for (std::size_t i = nodes_.size(); i-- > 0;) {
            const Rule& rule = rules_.rules[diagrams_.roots()[i]];
            const bool is_needless =
                brings_nothing_else(rule) &&
                !matters(
                    where_stricter(where_stricter(nodes_[i], befores_[i], true), after, false));
            if (is_needless)
                found.push_back({Severity::kNote, "check.needless_rule",
                                 Message("check.needless_rule", {{"rule", rule.id}}),
                                 rule.place.text()});
            after = diagrams_.stricter(nodes_[i], after);
        }
        out_.insert(out_.end(), found.rbegin(), found.rend());
    }

    // The outcomes of `own` that matter beside `others`, which are laxer or silent there; silence
    // elsewhere. What says the same as nobody at all only matters if somebody laxer speaks: it is
    // marked until that is known.
    NodeRef where_stricter(NodeRef own, NodeRef others, bool is_first) {
        const int otherwise = question_.answer_of(question_.otherwise);
        return diagram_.apply(
            own, others,
            [&](std::uint32_t a, std::uint32_t b) {
                const std::uint32_t reason = a & ~kIfContradicted;
                const int given = diagrams_.answer(reason);
                const int instead = diagrams_.answer(b);
                if (given < 0) return outcome::kSilent;
                if (instead < 0) return is_first && given == otherwise ? a | kIfContradicted : a;
                return given < instead ? reason : outcome::kSilent;
            },
            [](NodeRef a, NodeRef) { return a == terminal(outcome::kSilent) ? a : kNoNode; });
    }

    // True if some unmarked outcome is left.
    bool matters(NodeRef where) {
        const std::set<std::uint32_t> values = diagram_.values_of(where);
        return std::any_of(values.begin(), values.end(), [](std::uint32_t value) {
            return value != outcome::kSilent && value < kIfContradicted;
        });
    }

    [[nodiscard]] bool brings_nothing_else(const Rule& rule) const {
        return rule.duties.empty() && rule.exceptions.empty() && rule.answer >= 0;
    }

    // Where a pack's own country is not regulated at all, and on which days that begins.
    void check_silence() {
        const FactId country = law_.vocabulary().find("country");
        for (const Pack& pack : law_.packs()) {
            if (pack.is_house) continue;
            for (const std::string& key : pack.countries) {
                Facts facts;
                facts.set(country, Key{key});
                Codes codes(rules_.variables->size(), kUnknown);
                const Codes coded = law_.variables().code(facts);
                for (const VarId id : law_.variables().of_fact(country)) codes[id] = coded[id];
                const NodeRef here = diagram_.fixed(decision_, codes);
                const NodeRef silent = silence_in(here);
                check_days(pack, key, here, silent);
                if (silent == terminal(0)) continue;
                add(Severity::kNote, "check.silence", {pack.id + "/pack.toml", 1, 1},
                    {{"question", question_.id},
                     {"country", key},
                     {"share", percent(share_of(diagram_, silent))},
                     {"example", example(silent)}});
            }
        }
    }

    NodeRef silence_in(NodeRef here) {
        return diagram_.map(here, [](std::uint32_t value) {
            return static_cast<std::uint32_t>(value == outcome::kSilent);
        });
    }

    static std::string percent(double share) {
        const auto tenths = static_cast<int>(share * 1000 + 0.5);
        return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
    }

    // A rule ended and nothing took its place. Only where it is silent is followed from day to day:
    // that is a far smaller function than what is said.
    void check_days(const Pack& pack, const std::string& country, NodeRef here, NodeRef silent) {
        if (is_terminal(silent)) return;
        for (const VarId id : law_.variables().of_fact(law_.variables().at())) {
            const Variable& variable = law_.variables()[id];
            if (variable.kind != VariableKind::kDay) continue;
            Codes codes(rules_.variables->size(), kUnknown);
            codes[id] = 0;
            NodeRef before = diagram_.fixed(silent, codes);
            for (std::size_t i = 0; i < variable.thresholds.size(); ++i) {
                const Codes day_before = codes;
                codes[id] = static_cast<std::uint8_t>(i + 1);
                const NodeRef after = diagram_.fixed(silent, codes);
                const NodeRef lost = diagram_.without(after, std::exchange(before, after));
                if (lost == terminal(0)) continue;
                const NodeRef said = diagram_.fixed(here, day_before);
                const std::string ended = rules_of(
                    diagram_.values_of(diagram_.choose(lost, said, terminal(outcome::kSilent))));
                add(Severity::kWarning, "check.falls_silent", {pack.id + "/pack.toml", 1, 1},
                    {{"question", question_.id},
                     {"country", country},
                     {"day", text_of(Date{std::chrono::days{variable.thresholds[i]}})},
                     {"rules", ended},
                     {"example", example(lost)}});
            }
        }
    }

    const Law& law_;
    const RuleSet& rules_;
    const Question& question_;
    Diagram diagram_;
    RuleDiagrams diagrams_;
    std::vector<Finding>& out_;
    std::vector<NodeRef> nodes_;    ///< outcome of each root
    std::vector<NodeRef> befores_;  ///< combination of the roots before each
    std::vector<NodeRef> asked_;    ///< by rule
    std::set<std::uint32_t> spoken_;
    NodeRef decision_ = terminal(outcome::kSilent);
};

void check_sources(const Law& law, Date today, std::vector<Finding>& out) {
    for (const Pack& pack : law.packs()) {
        for (const auto& [id, source] : pack.sources) {
            const auto due = parse_date(source.review_by);
            if (due && *due <= today)
                out.push_back(
                    {Severity::kWarning, "check.review_due",
                     Message("check.review_due",
                             {{"source", id}, {"title", source.title}, {"day", source.review_by}}),
                     pack.id + "/sources.md"});
        }
    }
}

void check_unused_sources(const Law& law, std::vector<Finding>& out) {
    std::set<std::string> cited;
    for (const Rule& rule : law.rules().rules)
        cited.insert(rule.sources.begin(), rule.sources.end());
    for (const Pack& pack : law.packs())
        for (const auto& [id, source] : pack.sources)
            if (!cited.contains(id))
                out.push_back({Severity::kNote, "check.unused_source",
                               Message("check.unused_source", {{"source", id}}),
                               pack.id + "/sources.md"});
}

}  // namespace

std::vector<Finding> check(const Law& law, Date today) {
    std::vector<Finding> out;
    for (const QuestionTable& table : law.tables())
        QuestionCheck(law, *law.vocabulary().question(table.question), out).run();
    check_sources(law, today, out);
    check_unused_sources(law, out);
    std::stable_sort(out.begin(), out.end(),
                     [](const Finding& a, const Finding& b) { return a.severity < b.severity; });
    return out;
}

}  // namespace licet::law

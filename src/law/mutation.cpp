// SPDX-License-Identifier: Apache-2.0
#include "law/mutation.h"

#include <algorithm>
#include <map>

#include "law/rule_diagrams.h"

namespace licet::law {
namespace {

struct Mutant {
    MutantKind kind = MutantKind::kRuleGone;
    std::string detail;
    Place place;
    std::function<void(RuleSet&, RuleId)> apply;
};

// The conditions of a guard stand after the pack's countries and the dates.
std::vector<Expr>& conditions(Rule& rule) { return rule.guard.parts.back().parts; }

void drop(std::vector<Expr>& parts, std::size_t index) {
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(index));
}

class MutantMaker {
  public:
    MutantMaker(const RuleSet& rules, const Question& question)
        : rules_(rules), question_(question) {}

    std::vector<Mutant> of(RuleId id) {
        out_.clear();
        const Rule& rule = rules_.rules[id];
        add(MutantKind::kRuleGone, rule.id, rule.place,
            [](RuleSet& rules, RuleId one) { rules.rules[one].guard = Expr::any({}); });
        of_conditions(rule);
        of_conduct(rule);
        if (!rule.from.empty() || !rule.until.empty())
            add(MutantKind::kDateGone, rule.from + " – " + rule.until, rule.place,
                [](RuleSet& rules, RuleId one) { drop(rules.rules[one].guard.parts, 1); });
        for (int answer = 0; rule.answer >= 0 && answer < std::ssize(question_.answers); ++answer)
            if (answer != rule.answer)
                add(MutantKind::kOtherAnswer, question_.answers[static_cast<std::size_t>(answer)],
                    rule.place,
                    [answer](RuleSet& rules, RuleId one) { rules.rules[one].answer = answer; });
        for (std::size_t i = 0; i < rule.duties.size(); ++i)
            add(MutantKind::kDutyGone, rule.duties[i], rule.place, [i](RuleSet& rules, RuleId one) {
                auto& duties = rules.rules[one].duties;
                duties.erase(duties.begin() + static_cast<std::ptrdiff_t>(i));
            });
        for (std::size_t i = 0; i < rule.exceptions.size(); ++i)
            add(MutantKind::kExceptionUnlinked, rules_.rules[rule.exceptions[i]].id, rule.place,
                [i](RuleSet& rules, RuleId one) {
                    auto& exceptions = rules.rules[one].exceptions;
                    exceptions.erase(exceptions.begin() + static_cast<std::ptrdiff_t>(i));
                });
        return std::move(out_);
    }

  private:
    void add(MutantKind kind, std::string detail, const Place& place,
             std::function<void(RuleSet&, RuleId)> apply) {
        out_.push_back({kind, std::move(detail), place, std::move(apply)});
    }

    void of_conditions(const Rule& rule) {
        const std::vector<Expr>& parts = rule.guard.parts.back().parts;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const Condition& condition = rule.conditions[i];
            add(MutantKind::kConditionGone, condition.text, condition.place,
                [i](RuleSet& rules, RuleId one) { drop(conditions(rules.rules[one]), i); });
            add(MutantKind::kConditionNegated, condition.text, condition.place,
                [i](RuleSet& rules, RuleId one) {
                    Expr& part = conditions(rules.rules[one])[i];
                    part = Expr::negation(std::move(part));
                });
            if (parts[i].kind == Expr::Kind::kLeaf) of_leaf(rule, i, parts[i]);
        }
    }

    // One value more or less: of a word, its neighbours in the list; of a number or a date, the
    // next threshold that some rule draws.
    void of_leaf(const Rule& rule, std::size_t index, const Expr& leaf) {
        const Variable& variable = (*rules_.variables)[leaf.variable];
        const bool is_list =
            variable.kind == VariableKind::kWords || variable.kind == VariableKind::kKey;
        for (std::size_t code = 0; code < variable.real_size(); ++code) {
            const bool is_in = leaf.codes.test(code);
            const bool is_edge =
                is_list || (code > 0 && leaf.codes.test(code - 1) != is_in) ||
                (code + 1 < variable.real_size() && leaf.codes.test(code + 1) != is_in);
            if (!is_edge || (is_list && variable.real_size() == 2)) continue;
            const std::string text =
                rules_.variables->condition(leaf.variable, static_cast<std::uint8_t>(code));
            add(is_in ? MutantKind::kValueLess : MutantKind::kValueMore, text,
                rule.conditions[index].place, [index, code](RuleSet& rules, RuleId one) {
                    conditions(rules.rules[one])[index].codes.flip(code);
                });
        }
    }

    void of_conduct(const Rule& rule) {
        for (std::size_t i = 0; i < rule.kept_by.parts.size(); ++i)
            add(MutantKind::kConductGone, rule.conduct[i].text, rule.conduct[i].place,
                [i](RuleSet& rules, RuleId one) { drop(rules.rules[one].kept_by.parts, i); });
    }

    const RuleSet& rules_;
    const Question& question_;
    std::vector<Mutant> out_;
};

// All mutants below one root. The roots beside it are combined once, and for each row fixed to what
// the row says, so that a mutant costs a row little.
class RootMutation {
  public:
    RootMutation(const Law& law, const Question& question, RuleId root,
                 const std::vector<const CaseRow*>& rows)
        : law_(law),
          question_(question),
          root_(root),
          rules_(law.rules()),
          diagram_(RuleDiagrams::diagram_for(rules_, 40'000'000)),
          diagrams_(rules_, question, diagram_) {
        for (const RuleId one : diagrams_.roots()) {
            nodes_.push_back(diagrams_.without_impossible(diagrams_.outcome_of(one)));
            if (one == root) {
                place_ = nodes_.size() - 1;
                continue;
            }
            NodeRef& side = one < root ? before_ : after_;
            side = diagrams_.stricter(side, nodes_.back());
        }
        original_ = nodes_[place_];
        for (const CaseRow* row : rows) rows_.push_back(watched(*row));
    }

    void run(RuleId id, MutationReport& report) {
        MutationReport::Score& score = report.by_pack[rules_.rules[id].pack];
        const Rule kept = rules_.rules[id];
        for (const Mutant& mutant : MutantMaker(rules_, question_).of(id)) {
            mutant.apply(rules_, id);
            diagrams_.forget(id);
            nodes_[place_] = diagrams_.without_impossible(diagrams_.outcome_of(root_));
            judge(mutant, id, kept, score, report);
            rules_.rules[id] = kept;
            diagrams_.forget(id);
            nodes_[place_] = original_;
        }
    }

  private:
    // A row, and what the other roots say of it.
    struct Watched {
        const CaseRow* row = nullptr;
        NodeRef before = terminal(outcome::kSilent);
        NodeRef after = terminal(outcome::kSilent);
        std::vector<std::uint32_t> said;  ///< what the root says as it stands
    };

    Watched watched(const CaseRow& row) {
        Watched out;
        out.row = &row;
        out.before = diagram_.fixed(before_, row.codes);
        out.after = diagram_.fixed(after_, row.codes);
        out.said = said_by_root(row);
        return out;
    }

    TableView view_of(NodeRef decision) const {
        TableView view;
        view.decision = decision;
        view.otherwise = question_.answer_of(question_.otherwise);
        view.root_nodes = nodes_;
        view.cells = diagram_.cells();
        return view;
    }

    std::vector<std::uint32_t> said_by_root(const CaseRow& row) const {
        return reachable(rules_, view_of(nodes_[place_]), nodes_[place_], row.codes);
    }

    void judge(const Mutant& mutant, RuleId id, const Rule& kept, MutationReport::Score& score,
               MutationReport& report) {
        if (is_noticed(mutant.kind)) {
            ++score.killed;
            return;
        }
        const NodeRef where = where_other(mutant, id, kept);
        if (where == terminal(0)) {
            ++score.equivalent;
            return;
        }
        ++score.survived;
        report.survivors.push_back({rules_.rules[id].id, mutant.kind, mutant.detail, mutant.place,
                                    question_.id, widest_example(diagram_, where)});
    }

    // Only rows of which the root says something else can notice.
    bool is_noticed(MutantKind kind) {
        // Another answer or duty changes what an outcome means, not where it is reached.
        const bool is_meaning = kind == MutantKind::kOtherAnswer || kind == MutantKind::kDutyGone;
        for (const Watched& watched : rows_) {
            const CaseRow& row = *watched.row;
            const std::vector<std::uint32_t> says = said_by_root(row);
            const bool is_concerned = is_meaning
                                          ? says != std::vector<std::uint32_t>{outcome::kSilent}
                                          : says != watched.said;
            if (!is_concerned) continue;
            const NodeRef own = diagram_.fixed(nodes_[place_], row.codes);
            const NodeRef decision =
                diagrams_.stricter(diagrams_.stricter(watched.before, own), watched.after);
            const Decision decided = law::decide(rules_, view_of(decision), row.codes);
            if (!differences(law_.vocabulary(), rules_, row, decided).empty()) return true;
        }
        return false;
    }

    NodeRef decision_with(NodeRef root) {
        return diagrams_.stricter(diagrams_.stricter(before_, root), after_);
    }

    // Where the mutant is another law: another rule speaks, another answer is given, or a duty is
    // lost that no other rule brings. Nowhere: it is equivalent.
    NodeRef where_other(const Mutant& mutant, RuleId id, const Rule& kept) {
        const NodeRef changed = nodes_[place_];
        NodeRef where = where_differ(original_, changed);
        if (mutant.kind == MutantKind::kOtherAnswer) {
            const NodeRef answers = diagrams_.answers_of(decision_with(changed));
            const Rule mutated = rules_.rules[id];
            rules_.rules[id] = kept;
            const NodeRef before = diagrams_.answers_of(decision_with(original_));
            rules_.rules[id] = mutated;
            where = diagram_.either(where, where_differ(before, answers));
        }
        if (mutant.kind == MutantKind::kDutyGone) {
            const NodeRef spoken = diagram_.map(changed, [id](std::uint32_t value) {
                return static_cast<std::uint32_t>(value == outcome::of({id, false}));
            });
            const NodeRef open = diagrams_.where_not_strictest(decision_with(changed));
            const NodeRef lost =
                diagram_.without(spoken, diagrams_.where_due(nodes_, mutant.detail));
            where = diagram_.either(where, diagram_.both(open, lost));
        }
        return diagram_.both(where, diagrams_.possible());
    }

    NodeRef where_differ(NodeRef left, NodeRef right) {
        return diagram_.apply(left, right, [](std::uint32_t a, std::uint32_t b) {
            return static_cast<std::uint32_t>(a != b);
        });
    }

    const Law& law_;
    const Question& question_;
    RuleId root_;
    RuleSet rules_;
    Diagram diagram_;
    RuleDiagrams diagrams_;
    std::vector<NodeRef> nodes_;  ///< of all roots, without what is impossible
    std::size_t place_ = 0;       ///< of `root_` among them
    NodeRef before_ = terminal(outcome::kSilent);
    NodeRef after_ = terminal(outcome::kSilent);
    NodeRef original_ = terminal(outcome::kSilent);
    std::vector<Watched> rows_;
};

void collect(const RuleSet& rules, RuleId id, std::vector<RuleId>& out) {
    if (std::find(out.begin(), out.end(), id) != out.end()) return;
    out.push_back(id);
    for (const RuleId exception : rules.rules[id].exceptions) collect(rules, exception, out);
}

}  // namespace

std::string_view name_of(MutantKind kind) {
    switch (kind) {
        case MutantKind::kRuleGone:
            return "rule_gone";
        case MutantKind::kConditionGone:
            return "condition_gone";
        case MutantKind::kConditionNegated:
            return "condition_negated";
        case MutantKind::kValueMore:
            return "value_more";
        case MutantKind::kValueLess:
            return "value_less";
        case MutantKind::kDateGone:
            return "date_gone";
        case MutantKind::kOtherAnswer:
            return "other_answer";
        case MutantKind::kDutyGone:
            return "duty_gone";
        case MutantKind::kExceptionUnlinked:
            return "exception_unlinked";
        case MutantKind::kConductGone:
            return "conduct_gone";
    }
    return "";
}

double MutationReport::Score::value() const {
    const std::size_t told = killed + survived;
    return told == 0 ? 1.0 : static_cast<double>(killed) / static_cast<double>(told);
}

MutationReport mutate(const Law& law, std::span<const SourceFile> files,
                      const std::function<void(std::size_t, std::size_t)>& progress) {
    MutationReport report;
    const std::vector<CaseRow> rows = case_rows(law, files);
    const RuleSet& rules = law.rules();
    std::vector<bool> is_done(rules.rules.size(), false);
    std::size_t done = 0;
    for (const QuestionTable& table : law.tables()) {
        const Question& question = *law.vocabulary().question(table.question);
        std::vector<const CaseRow*> own;
        for (const CaseRow& row : rows)
            if (row.question == table.question) own.push_back(&row);
        for (const RuleId root : table.roots) {
            RootMutation mutation(law, question, root, own);
            std::vector<RuleId> below;
            collect(rules, root, below);
            for (const RuleId id : below) {
                // A rule that is an exception to several stands below the first.
                if (is_done[id]) continue;
                is_done[id] = true;
                mutation.run(id, report);
                progress(++done, rules.rules.size());
            }
        }
    }
    return report;
}

}  // namespace licet::law

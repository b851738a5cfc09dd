// SPDX-License-Identifier: Apache-2.0
#include "law/sql_walk.h"

#include <algorithm>

#include "law/sql_codes.h"

namespace licet::law {
namespace {

constexpr std::size_t kMostKeys = 16'384;     // of the packed key of the first step
constexpr std::size_t kMostCells = 20'000;    // of a later step
constexpr std::size_t kMostVariables = 10;    // of a later step
constexpr std::size_t kRuleNumbers = 65'536;  // root x this + rule: the least names the first
constexpr RuleId kNoRule = 0xFFFF;

// Calls `visit` with each combination of codes; `sizes` are the numbers of codes.
template <typename Visit>
void for_combinations(const std::vector<std::size_t>& sizes, const Visit& visit) {
    std::vector<std::size_t> codes(sizes.size(), 0);
    for (;;) {
        visit(codes);
        std::size_t i = 0;
        while (i < sizes.size() && ++codes[i] == sizes[i]) codes[i++] = 0;
        if (i == sizes.size()) return;
    }
}

std::string number(std::size_t value) { return std::to_string(value); }

}  // namespace

SqlWalk::SqlWalk(const Law& law, const Scope& scope, const Question& question)
    : law_(law), question_(question) {
    // The first end is silence, whatever the law.
    End silent;
    silent.possible.assign(question.answers.size() + 1, false);
    silent.possible[0] = true;
    end_of(silent);
    const QuestionTable table = sliced(law, scope, question.id);
    std::vector<Ref> roots;
    std::set<Ref> seen;
    std::set<VarId> used;
    for (const NodeRef root : table.root_nodes) {
        roots.push_back(with_unknown(table, root));
        collect(roots.back(), seen, used);
    }
    variables_.assign(used.begin(), used.end());
    lay_out(roots);
}

// ---- diagrams with a code for unknown -----------------------------------------------------------
SqlWalk::Ref SqlWalk::end_of(End end) {
    const auto [found, is_new] =
        end_ids_.emplace(end, terminal(static_cast<std::uint32_t>(ends_.size())));
    if (is_new) ends_.push_back(std::move(end));
    return found->second;
}

SqlWalk::Ref SqlWalk::node_of(Node node) {
    const bool is_one = std::all_of(node.children.begin(), node.children.end(),
                                    [&](Ref child) { return child == node.children.front(); });
    if (is_one) return node.children.front();
    const auto [found, is_new] = node_ids_.emplace(node, static_cast<Ref>(nodes_.size()));
    if (is_new) nodes_.push_back(std::move(node));
    return found->second;
}

SqlWalk::Ref SqlWalk::end_of_outcome(std::uint32_t value) {
    End end;
    end.possible.assign(question_.answers.size() + 1, false);
    // What cannot be is left out where ends are put together: nothing is possible in it.
    if (value == outcome::kImpossible) return end_of(end);
    if (value == outcome::kSilent || value == outcome::kNotExported) return terminal(0);
    const Reason reason = outcome::reason_of(value);
    const int answer = answer_of(law_.rules().rules[reason.rule], reason.is_broken);
    if (answer < 0) return terminal(0);
    end.possible[static_cast<std::size_t>(answer) + 1] = true;
    end.rule = reason.rule;
    end.is_single = true;
    return end_of(end);
}

SqlWalk::Ref SqlWalk::together(Ref left, Ref right) {
    if (left == right) return left;
    const auto memo = together_.find({left, right});
    if (memo != together_.end()) return memo->second;
    Ref out = 0;
    if (is_terminal(left) && is_terminal(right)) {
        const End& a = ends_[value_of(left)];
        const End& b = ends_[value_of(right)];
        const auto count = [](const End& end) {
            return std::count(end.possible.begin(), end.possible.end(), true);
        };
        End both = a;
        for (std::size_t i = 0; i < b.possible.size(); ++i)
            both.possible[i] = a.possible[i] || b.possible[i];
        both.rule = std::min(a.rule, b.rule);
        both.is_single = count(a) == 0   ? b.is_single
                         : count(b) == 0 ? a.is_single
                                         : a.is_single && b.is_single && a.rule == b.rule;
        // Where the answer is open no rule is told.
        if (count(both) > 1) both = {both.possible, kNoRule, false};
        out = end_of(std::move(both));
    } else {
        const auto variable_of = [&](Ref ref) {
            return is_terminal(ref) ? VarId{0xFFFF} : nodes_[ref].variable;
        };
        const VarId variable = std::min(variable_of(left), variable_of(right));
        Node node{variable, {}};
        for (std::size_t i = 0; i < codes(variable); ++i) {
            const Ref a = variable_of(left) == variable ? nodes_[left].children[i] : left;
            const Ref b = variable_of(right) == variable ? nodes_[right].children[i] : right;
            node.children.push_back(together(a, b));
        }
        out = node_of(std::move(node));
    }
    together_.emplace(std::pair{left, right}, out);
    return out;
}

SqlWalk::Ref SqlWalk::with_unknown(const QuestionTable& table, NodeRef ref) {
    if (is_terminal(ref)) return end_of_outcome(value_of(ref));
    if (const auto found = converted_.find(ref); found != converted_.end()) return found->second;
    const auto id = static_cast<VarId>(table.cells[ref]);
    const Variable& variable = law_.variables()[id];
    Node node{id, {}};
    for (std::size_t code = 0; code < variable.size; ++code)
        node.children.push_back(with_unknown(table, table.cells[ref + 1 + code]));
    Ref unknown = node.children.front();
    for (std::size_t code = 1; code < variable.real_size(); ++code)
        unknown = together(unknown, node.children[code]);
    node.children.push_back(unknown);
    const Ref out = node_of(std::move(node));
    converted_.emplace(ref, out);
    return out;
}

void SqlWalk::collect(Ref ref, std::set<Ref>& seen, std::set<VarId>& used) const {
    if (is_terminal(ref) || !seen.insert(ref).second) return;
    used.insert(nodes_[ref].variable);
    for (const Ref child : nodes_[ref].children) collect(child, seen, used);
}

// ---- steps --------------------------------------------------------------------------------------
SqlWalk::Ref SqlWalk::after(Ref ref, const std::map<VarId, std::size_t>& codes) const {
    while (!is_terminal(ref)) {
        const auto code = codes.find(nodes_[ref].variable);
        if (code == codes.end()) return ref;
        ref = nodes_[ref].children[code->second];
    }
    return ref;
}

// The variables among `variables` on which what comes after them depends.
std::vector<VarId> SqlWalk::tested(Ref ref, const std::vector<VarId>& variables) const {
    std::set<VarId> found;
    std::set<Ref> seen;
    std::vector<Ref> todo{ref};
    while (!todo.empty()) {
        const Ref next = todo.back();
        todo.pop_back();
        if (is_terminal(next) || nodes_[next].variable > variables.back()) continue;
        if (!seen.insert(next).second) continue;
        found.insert(nodes_[next].variable);
        todo.insert(todo.end(), nodes_[next].children.begin(), nodes_[next].children.end());
    }
    return {found.begin(), found.end()};
}

// What is silent is not followed: most roots speak for one country and a few channels.
void SqlWalk::start_of(std::size_t root, Ref ref, std::size_t place, std::size_t key,
                       std::size_t stride) {
    if (ref == terminal(0)) return;
    if (place == first_.size()) return starts_.push_back({key, root, ref});
    const VarId id = first_[place];
    const bool is_tested = !is_terminal(ref) && nodes_[ref].variable == id;
    for (std::size_t code = 0; code < codes(id); ++code)
        start_of(root, is_tested ? nodes_[ref].children[code] : ref, place + 1, key + code * stride,
                 stride * codes(id));
}

std::size_t SqlWalk::start(const std::vector<Ref>& roots) {
    std::size_t keys = 1;
    std::size_t count = 0;
    while (count < variables_.size() && keys * codes(variables_[count]) <= kMostKeys)
        keys *= codes(variables_[count++]);
    first_.assign(variables_.begin(), variables_.begin() + static_cast<std::ptrdiff_t>(count));
    for (std::size_t root = 0; root < roots.size(); ++root) start_of(root, roots[root], 0, 0, 1);
    return count;
}

SqlWalk::Step SqlWalk::step_over(const std::set<Ref>& states, std::vector<VarId> variables) const {
    Step step;
    std::size_t base = 0;
    for (const Ref state : states) {
        const std::vector<VarId> open = tested(state, variables);
        Place place{base, std::vector<std::size_t>(variables.size(), 0)};
        std::vector<std::size_t> sizes;
        std::size_t stride = 1;
        for (const VarId id : open) {
            const auto index = std::find(variables.begin(), variables.end(), id);
            place.strides[static_cast<std::size_t>(index - variables.begin())] = stride;
            sizes.push_back(codes(id));
            stride *= codes(id);
        }
        if (variables.size() > 1 && base + stride > 64 * kMostCells) return {};  // far too many
        std::size_t cell = base;
        for_combinations(sizes, [&](const std::vector<std::size_t>& combination) {
            std::map<VarId, std::size_t> known;
            for (std::size_t i = 0; i < open.size(); ++i) known[open[i]] = combination[i];
            const Ref next = after(state, known);
            if (next != terminal(0)) step.cells.emplace_back(cell, next);
            ++cell;
        });
        step.places.emplace(state, std::move(place));
        base += stride;
    }
    step.variables = std::move(variables);
    return step;
}

// As many variables a step as stay small; at least one.
void SqlWalk::lay_out(const std::vector<Ref>& roots) {
    std::size_t done = start(roots);
    std::set<Ref> states;
    for (const Start& one : starts_) states.insert(one.ref);
    while (done < variables_.size()) {
        Step best;
        for (std::size_t count = 1; count <= kMostVariables && done + count <= variables_.size();
             ++count) {
            const auto begin = variables_.begin() + static_cast<std::ptrdiff_t>(done);
            Step wider = step_over(states, {begin, begin + static_cast<std::ptrdiff_t>(count)});
            const bool is_small = !wider.variables.empty() && wider.cells.size() <= kMostCells;
            if (count > 1 && !is_small) break;
            best = std::move(wider);
        }
        done += best.variables.size();
        states.clear();
        for (const auto& [cell, next] : best.cells) states.insert(next);
        steps_.push_back(std::move(best));
    }
}

// ---- SQL ----------------------------------------------------------------------------------------
std::string SqlWalk::step_columns(const SqlWords& words, const Step* next) const {
    std::string out = ", base " + words.number_type();
    if (next == nullptr) return out;
    for (const VarId id : next->variables) out += ", s" + number(id) + " " + words.number_type();
    return out;
}

std::string SqlWalk::place_text(const Step* next, Ref ref) const {
    if (next == nullptr) return ", " + number(value_of(ref));
    const Place& place = next->places.at(ref);
    std::string out = ", " + number(place.base);
    for (const std::size_t stride : place.strides) out += ", " + number(stride);
    return out;
}

std::string SqlWalk::tables(const SqlWords& words) const {
    const auto next_of = [&](std::size_t step) {
        return step < steps_.size() ? &steps_[step] : nullptr;
    };
    std::vector<std::string> rows;
    std::string out = "CREATE TABLE licet_step0 (cell " + words.key_type() + ", root " +
                      words.number_type() + step_columns(words, next_of(0)) +
                      words.end_of_table("cell") + ";\n";
    for (const Start& one : starts_)
        rows.push_back(number(one.key) + ", " + number(one.root) + place_text(next_of(0), one.ref));
    out += sql_rows("licet_step0", rows) + "CREATE INDEX licet_step0_cell ON licet_step0 (cell);\n";
    if (!words.has_indexes()) out.erase(out.rfind("CREATE INDEX"));
    for (std::size_t i = 0; i < steps_.size(); ++i) {
        const std::string name = "licet_step" + number(i + 1);
        rows.clear();
        for (const auto& [cell, ref] : steps_[i].cells)
            rows.push_back(number(cell) + place_text(next_of(i + 1), ref));
        out += "CREATE TABLE " + name + " (cell " + words.key_type() +
               (words.has_indexes() ? " PRIMARY KEY" : "") + step_columns(words, next_of(i + 1)) +
               words.end_of_table("cell") + ";\n" + sql_rows(name, rows);
    }
    rows.clear();
    for (std::size_t i = 0; i < ends_.size(); ++i) {
        const End& end = ends_[i];
        const auto count = std::count(end.possible.begin(), end.possible.end(), true);
        std::string row = number(i);
        for (std::size_t answer = 1; answer < end.possible.size(); ++answer) {
            // Where nothing is possible, nothing is certain either.
            const bool may = end.possible[answer] || count == 0;
            row += may ? (count == 1 ? ", 2" : ", 1") : ", 0";
        }
        rows.push_back(row + ", " + (end.rule == kNoRule ? "NULL" : number(end.rule)) +
                       (end.is_single ? ", 1" : ", 0"));
    }
    out += "CREATE TABLE licet_end (ending " + words.key_type();
    for (std::size_t i = 0; i < question_.answers.size(); ++i)
        out += ", a" + number(i) + " " + words.number_type();
    out += ", rule " + words.number_type() + ", single " + words.number_type() +
           words.end_of_table("ending") + ";\n" + sql_rows("licet_end", rows);
    rows.clear();
    for (const End& end : ends_)
        if (end.rule != kNoRule)
            rows.push_back(number(end.rule) + ", " +
                           SqlWords::text(law_.rules().rules[end.rule].id));
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return out + "CREATE TABLE licet_rule (number " + words.key_type() + ", rule " +
           words.text_type() + words.end_of_table("number") + ";\n" + sql_rows("licet_rule", rows);
}

std::string SqlWalk::query(const SqlWords& words) const {
    const std::string materialized(words.materialized());
    std::string packed =
        ",\nlicet_packed AS " + materialized + "(\n  SELECT c.licet_id AS licet_id";
    for (const VarId id : variables_) {
        const std::string column = "v" + number(id);
        packed += ",\n    COALESCE(c." + column + ", " + number(codes(id) - 1) + ") AS " + column;
    }
    std::string key;
    std::size_t stride = 1;
    for (const VarId id : first_) {
        key += (key.empty() ? "p.v" : " + p.v") + number(id) + " * " + number(stride);
        stride *= codes(id);
    }
    std::string joins = "\n  JOIN licet_step0 t0 ON t0.cell = " + (key.empty() ? "0" : key);
    std::string last = "t0";
    for (std::size_t i = 0; i < steps_.size(); ++i) {
        const std::string name = "t" + number(i + 1);
        joins += "\n  JOIN licet_step" + number(i + 1) + " " + name + " ON " + name +
                 ".cell = " + last + ".base";
        for (const VarId id : steps_[i].variables)
            joins += " + p.v" + number(id) + " * " + last + ".s" + number(id);
        last = name;
    }
    // 2: certain for this root; 1: possible; 0: not. The least number names the first root.
    std::string found = ",\nlicet_found AS " + materialized + "(\n  SELECT p.licet_id AS licet_id";
    const std::string name = "t0.root * " + number(kRuleNumbers) + " + e.rule";
    std::string answers;
    std::string rules;
    std::string stricter;
    std::string others;
    const auto otherwise = static_cast<std::size_t>(question_.answer_of(question_.otherwise));
    for (std::size_t i = 0; i < question_.answers.size(); ++i) {
        const std::string column = "a" + number(i);
        found += ",\n    MAX(e." + column + ") AS " + column + ",\n    MIN(CASE WHEN e." + column +
                 " = 2 AND e.single = 1 THEN " + name + " END) AS r" + number(i) +
                 ",\n    MIN(CASE WHEN e." + column + " = 2 THEN " + name + " END) AS q" +
                 number(i);
        const std::string condition = stricter + "COALESCE(f." + column + ", 0) = 2";
        answers += "\n    WHEN " + condition + " THEN '" + question_.answers[i] + "'";
        rules += "\n    WHEN " + condition + " THEN COALESCE(f.r" + number(i) + ", f.q" +
                 number(i) + ") % " + number(kRuleNumbers);
        stricter += "COALESCE(f." + column + ", 0) = 0 AND ";
        if (i != otherwise)
            others += (others.empty() ? "" : " AND ") + ("COALESCE(f." + column) + ", 0) = 0";
    }
    answers += "\n    WHEN " + others + " THEN '" + question_.otherwise + "'";
    return packed + "\n  FROM licet_code c\n)" + found + "\n  FROM licet_packed p" + joins +
           "\n  JOIN licet_end e ON e.ending = " + last +
           ".base\n  GROUP BY p.licet_id\n),\nlicet_decided AS (\n  SELECT c.licet_id AS licet_id,"
           "\n  CASE\n    WHEN c.licet_is_here = 0 THEN 'undetermined'" +
           answers +
           "\n    ELSE 'undetermined'\n  END AS answer,\n  CASE\n    WHEN c.licet_is_here = 0 THEN "
           "NULL" +
           rules +
           "\n  END AS rule\n  FROM licet_code c\n  LEFT JOIN licet_found f ON "
           "f.licet_id = c.licet_id\n)\nSELECT d.licet_id AS licet_id, d.answer AS answer, r.rule "
           "AS rule\nFROM licet_decided d\nLEFT JOIN licet_rule r ON r.number = d.rule";
}

}  // namespace licet::law

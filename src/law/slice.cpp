// SPDX-License-Identifier: Apache-2.0
#include "law/slice.h"

#include <algorithm>
#include <functional>
#include <set>
#include <unordered_map>

#include "base/text.h"

namespace licet::law {
namespace {

// The codes of the variable `country` that stay; empty = all of them.
ValueSet kept_codes(const Law& law, const Scope& scope, VarId country) {
    ValueSet kept;
    Facts facts;
    for (const std::string& name : scope.countries) {
        facts.set(law.variables().country(), Key{name});
        kept.set(law.variables().code(facts)[country]);
    }
    return kept;
}

// Copies the cells that can still be reached, in the order of the first visit.
class Slicer {
  public:
    Slicer(const QuestionTable& from, const Variables& variables, VarId country, ValueSet kept)
        : from_(from), variables_(variables), country_(country), kept_(kept) {}

    QuestionTable cut() && {
        QuestionTable to;
        to.question = from_.question;
        to.otherwise = from_.otherwise;
        to.roots = from_.roots;
        to.decision = place(from_.decision);
        for (const NodeRef node : from_.root_nodes) to.root_nodes.push_back(place(node));
        to.cells = std::move(cells_);
        to.used.assign(used_.begin(), used_.end());
        return to;
    }

  private:
    NodeRef place(NodeRef ref) {
        if (is_terminal(ref)) return ref;
        if (const auto found = placed_.find(ref); found != placed_.end()) return found->second;
        const auto variable = static_cast<VarId>(from_.cells[ref]);
        const std::size_t size = variables_[variable].size;
        used_.insert(variable);
        const auto here = static_cast<NodeRef>(cells_.size());
        placed_.emplace(ref, here);
        cells_.resize(cells_.size() + size + 1);
        cells_[here] = variable;
        for (std::size_t code = 0; code < size; ++code) {
            const bool is_kept = variable != country_ || kept_.test(code);
            const NodeRef child =
                is_kept ? place(from_.cells[ref + 1 + code]) : terminal(outcome::kNotExported);
            cells_[here + 1 + code] = child;
        }
        return here;
    }

    const QuestionTable& from_;
    const Variables& variables_;
    VarId country_;
    ValueSet kept_;
    std::vector<std::uint32_t> cells_;
    std::unordered_map<NodeRef, NodeRef> placed_;
    std::set<VarId> used_;
};

}  // namespace

Result<Done> check_scope(const Law& law, const Scope& scope) {
    for (const std::string& question : scope.questions)
        if (law.table(question) == nullptr)
            return error(ErrorCode::kMissing, "law.no_rules_for", {{"question", question}});
    for (const std::string& country : scope.countries) {
        if (law.pack_of(country) != nullptr) continue;
        return error(ErrorCode::kInput, "law.export_country",
                     {{"country", country}, {"known", join(law.countries(), " ")}});
    }
    return Done{};
}

std::vector<std::string> questions_of(const Law& law, const Scope& scope) {
    std::vector<std::string> out;
    for (const QuestionTable& table : law.tables()) {
        const bool is_wanted =
            scope.questions.empty() || std::find(scope.questions.begin(), scope.questions.end(),
                                                 table.question) != scope.questions.end();
        if (is_wanted) out.push_back(table.question);
    }
    return out;
}

QuestionTable sliced(const Law& law, const Scope& scope, std::string_view question) {
    const QuestionTable& table = *law.table(question);
    if (scope.countries.empty()) return table;
    VarId country = 0;
    for (const VarId id : law.variables().of_fact(law.variables().country()))
        if (law.variables()[id].kind == VariableKind::kKey) country = id;
    return Slicer(table, law.variables(), country, kept_codes(law, scope, country)).cut();
}

}  // namespace licet::law

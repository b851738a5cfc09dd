// SPDX-License-Identifier: Apache-2.0
//
// How much definitions and exceptions are once every name in them is replaced, before anybody does
// it. What is compiled is walked rule by rule, way by way and as deep as it goes; forty lines can
// ask for more than the age of the earth, so there is an end to all three.
//
//     define a  when minor            size 2, depth 1
//     define b  when a, a             size 5, depth 2
//
// Real packs stay far below: some hundred rules, definitions and exceptions three deep.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "law/internal/expr_from_atoms.h"

namespace licet::law {

inline constexpr std::size_t kMostRules = 20'000;
inline constexpr std::size_t kDeepest = 50;
inline constexpr std::size_t kMostWays = 100'000;
inline constexpr std::size_t kMostConditions = 2'000'000;

/// Measures defines; what is in a circle, too deep or too large is told and stops it.
class DefineExtents {
  public:
    /// Both must outlive the object.
    DefineExtents(const ExprFromAtoms::Defines& defines, std::vector<Error>& problems)
        : defines_(defines), problems_(problems) {}

    /// Returns whether all of `names` can be followed.
    bool measure(const std::vector<std::string>& names) {
        for (const std::string& name : names)
            if (is_good_ && !extents_.contains(name)) enter(name, 1);
        return is_good_;
    }

    /// Number of conditions once all names in them are replaced.
    [[nodiscard]] std::size_t size_of(const std::vector<Atom>& atoms) const {
        std::size_t size = 0;
        for (const Atom& atom : atoms)
            size += atom.kind == AtomKind::kDefined ? extents_.at(atom.name).size : 1;
        return size;
    }

  private:
    struct Extent {
        std::size_t size = 0;
        std::size_t depth = 0;
        bool is_open = false;  ///< entered and not yet left
    };

    // Each define is entered once: what is met again before it is left stands in a circle.
    void enter(const std::string& name, std::size_t way_here) {
        Extent extent{1, 1, true};
        extents_[name] = extent;
        for (const std::vector<Atom>& way : defines_.at(name))
            for (const Atom& atom : way)
                if (is_good_) add(name, atom, way_here, extent);
        extent.is_open = false;
        extents_[name] = extent;
    }

    void add(const std::string& name, const Atom& atom, std::size_t way_here, Extent& extent) {
        if (atom.kind != AtomKind::kDefined) {
            ++extent.size;
            return;
        }
        if (way_here == kDeepest) return refuse(atom.place, "law.define_too_deep", name);
        if (!extents_.contains(atom.name)) enter(atom.name, way_here + 1);
        if (!is_good_) return;
        const Extent& below = extents_[atom.name];
        if (below.is_open) return refuse(atom.place, "law.define_circle", atom.name);
        extent.size += below.size;
        extent.depth = std::max(extent.depth, below.depth + 1);
        if (extent.depth > kDeepest) return refuse(atom.place, "law.define_too_deep", name);
        if (extent.size > kMostWays) refuse(atom.place, "law.too_many_nodes", name);
    }

    void refuse(const Place& place, std::string_view id, const std::string& name) {
        problems_.push_back(error(ErrorCode::kInput, id,
                                  {{"name", name}, {"most", std::to_string(kDeepest)}},
                                  place.text()));
        is_good_ = false;
    }

    const ExprFromAtoms::Defines& defines_;
    std::vector<Error>& problems_;
    std::map<std::string, Extent> extents_;
    bool is_good_ = true;
};

/// Tells the first rule that lies too deep below others, or is reached in too many ways. Exceptions
/// must stand after their rules, so that one pass knows both.
inline void check_exceptions(const std::vector<const Rule*>& rules, std::vector<Error>& problems) {
    const auto fault = [&](const Rule& rule, std::string_view id) {
        problems.push_back(error(ErrorCode::kInput, id,
                                 {{"name", rule.id}, {"most", std::to_string(kDeepest)}},
                                 rule.place.text()));
    };
    std::vector<std::size_t> depth(rules.size(), 1);
    std::vector<std::size_t> ways(rules.size(), 0);
    std::size_t all_ways = 0;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        if (rules[i]->is_root) ways[i] = 1;
        all_ways += ways[i];
        if (depth[i] > kDeepest) return fault(*rules[i], "law.exception_too_deep");
        if (all_ways > kMostWays) return fault(*rules[i], "law.too_many_nodes");
        for (const RuleId exception : rules[i]->exceptions) {
            depth[exception] = std::max(depth[exception], depth[i] + 1);
            ways[exception] += ways[i];
        }
    }
}

}  // namespace licet::law

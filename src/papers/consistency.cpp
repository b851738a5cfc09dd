// SPDX-License-Identifier: Apache-2.0
#include "papers/consistency.h"

#include <algorithm>
#include <compare>
#include <optional>

#include "base/text.h"
#include "papers/judgement.h"

namespace licet::papers {
namespace {

constexpr std::string_view kToday = "today";

// Dates and numbers; nothing if either is not said.
std::optional<std::strong_ordering> compared(const std::string& one, const std::string& other) {
    if (const auto a = parse_date(one), b = parse_date(other); a && b) return *a <=> *b;
    if (const auto a = whole_number(one), b = whole_number(other); a && b) return *a <=> *b;
    return std::nullopt;
}

class Reading {
  public:
    Reading(const Organisation& organisation, Date day, Language language)
        : organisation_(organisation), day_(day), language_(language) {}

    [[nodiscard]] std::optional<Error> fault_of(const Consistency& rule,
                                                const std::string& entry) const {
        if (!holds(organisation_, entry, rule.where)) return std::nullopt;
        const bool fits = rule.wanted.empty() ? is_between(rule, entry) : has_wanted(rule);
        if (fits) return std::nullopt;
        const std::string id = entry.substr(entry.find('.') + 1);
        const std::string tell = about(rule.tell.in(language_), id);
        const std::string place = rule.fact.empty() ? entry + "." : fact_of(entry, rule.fact);
        return error(
            ErrorCode::kInput, "papers.inconsistent", {{"entry", entry}, {"tell", tell}},
            entry.empty() && rule.fact.empty() ? organisation_.path() : organisation_.where(place));
    }

  private:
    [[nodiscard]] std::string said(std::string_view entry, const std::string& field) const {
        if (field == kToday) return licet::text_of(day_);
        const TomlValue* value = organisation_.find(fact_of(entry, field));
        return value == nullptr ? std::string() : value->text;
    }

    [[nodiscard]] bool is_between(const Consistency& rule, const std::string& entry) const {
        const std::string fact = said(entry, rule.fact);
        const auto from = compared(fact, said(entry, rule.from));
        const auto to = compared(fact, said(entry, rule.to));
        return !(from && *from < 0) && !(to && *to > 0);
    }

    [[nodiscard]] bool has_wanted(const Consistency& rule) const {
        const auto entries = organisation_.entries(rule.wanted);
        return std::any_of(entries.begin(), entries.end(), [&](const std::string& one) {
            return holds(organisation_, rule.wanted + "." + one, rule.like);
        });
    }

    const Organisation& organisation_;
    Date day_;
    Language language_;
};

}  // namespace

std::vector<Error> inconsistencies_of(const Shelf& shelf, const Organisation& organisation,
                                      Date day, Language language) {
    const Reading reading(organisation, day, language);
    std::vector<Error> out;
    for (const Consistency& rule : shelf.consistencies) {
        if (rule.each.empty()) {
            if (auto fault = reading.fault_of(rule, {})) out.push_back(*std::move(fault));
            continue;
        }
        for (const std::string& one : organisation.entries(rule.each))
            if (auto fault = reading.fault_of(rule, rule.each + "." + one))
                out.push_back(*std::move(fault));
    }
    return out;
}

}  // namespace licet::papers

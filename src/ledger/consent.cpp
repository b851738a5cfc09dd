// SPDX-License-Identifier: Apache-2.0
#include "ledger/consent.h"

#include <algorithm>
#include <tuple>

namespace licet::ledger {
namespace {

// Keeps the better of two consents: one to this purpose before one to another, one for this brand
// before one for another, then the newer, then the one that names more, then the greater text, so
// that there is always one answer.
class Best {
  public:
    explicit Best(const Scope& wanted) : wanted_(wanted) {}

    void offer(Date on, const Scope& scope, const std::map<std::string, std::string>& particulars) {
        const bool covers = scope.purpose.empty() || scope.purpose == wanted_.purpose;
        const bool is_ours = scope.brand.empty() || scope.brand == wanted_.brand;
        const auto rank_of = [](const bool& fits, const bool& ours, const Date& day,
                                const Scope& about, const auto& details) {
            return std::tie(fits, ours, day, about, details);
        };
        if (day_ && !(rank_of(covers_, is_ours_, *day_, scope_, particulars_) <
                      rank_of(covers, is_ours, on, scope, particulars)))
            return;
        covers_ = covers;
        is_ours_ = is_ours;
        day_ = on;
        scope_ = scope;
        particulars_ = particulars;
    }

    void put_into(ConsentWord& word) {
        word.given_on = day_;
        word.covers_purpose = covers_;
        word.is_of_other_brand = day_ && !is_ours_;
        word.particulars = std::move(particulars_);
    }

  private:
    const Scope& wanted_;
    bool covers_ = false;
    bool is_ours_ = false;
    std::optional<Date> day_;
    Scope scope_;
    std::map<std::string, std::string> particulars_;
};

void offer_confirmed(const OptInRequest& request, const Scope& asked, Best& best) {
    for (const OptInQuestion& question : request.questions) {
        const auto confirmed = confirmation_of(request, question);
        if (question.scope.channel != asked.channel || !confirmed) continue;
        auto particulars = question.particulars;
        particulars["consent.proof"] = "double_opt_in";
        best.offer(confirmed->day, question.scope, particulars);
    }
}

// A claim of an import counts only where the person said nothing: it must lift no refusal, and hide
// no consent that can be proved.
void take_claim(const Standing& standing, const Scope& asked, ConsentWord& word) {
    Best best(asked);
    for (const auto& [batch, claims] : standing.imports)
        for (const auto& [scope, consent] : claims.consents)
            if (!claims.is_undone && scope.channel == asked.channel && !scope.channel.empty() &&
                consent.given_on)
                best.offer(*consent.given_on, scope, consent.particulars);
    best.put_into(word);
    word.is_claim = word.is_known();
}

}  // namespace

ConsentWord consent_for(const Standing& standing, const Scope& asked) {
    ConsentWord word;
    Best best(asked);
    for (const auto& [scope, consent] : standing.consents) {
        if (!scope.channel.empty() && scope.channel != asked.channel) continue;
        // Of whatever brand and purpose: a no is at least as wide as it was said.
        word.refused_on = std::max(word.refused_on, consent.refused_on);
        word.withdrawn_on = std::max(word.withdrawn_on, consent.withdrawn_on);
        if (!scope.channel.empty() && consent.given_on)
            best.offer(*consent.given_on, scope, consent.particulars);
    }
    if (!asked.channel.empty())
        for (const auto& [name, request] : standing.opt_in_requests)
            offer_confirmed(request, asked, best);
    best.put_into(word);
    if (!word.is_known()) take_claim(standing, asked, word);
    return word;
}

}  // namespace licet::ledger

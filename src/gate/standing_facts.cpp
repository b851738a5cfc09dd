// SPDX-License-Identifier: Apache-2.0
#include "gate/standing_facts.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "ledger/consent.h"

namespace licet::gate {
namespace {

using law::FactId;
using law::Facts;
using law::FactValue;
using law::kNoFact;
using MaybeDate = std::optional<Date>;

class Joiner {
  public:
    Joiner(const law::Law& law, const ledger::Standing& standing, const ContactAct& act,
           Facts& facts)
        : law_(law), standing_(standing), act_(act), facts_(facts) {}

    void join() {
        objection();
        consent();
        origin();
        acts();
        calls();
        registers();
    }

  private:
    void put(std::string_view name, std::string_view text,
             law::Supplier supplier = law::Supplier::kLedger) {
        const FactId id = law_.vocabulary().find(name);
        if (id == kNoFact) return;
        auto value = law::parse_value(law_.vocabulary().fact(id), text);
        if (value) facts_.set(id, *value, supplier);
    }
    void put(std::string_view name, const MaybeDate& date) {
        const FactId id = law_.vocabulary().find(name);
        if (id == kNoFact || !date) return;
        facts_.set(id, Moment{*date, {}}, law::Supplier::kLedger);
    }
    [[nodiscard]] MaybeDate given_date(std::string_view name) const {
        const FactValue* value = facts_.find(law_.vocabulary().find(name));
        const Moment* moment = value == nullptr ? nullptr : std::get_if<Moment>(value);
        return moment == nullptr ? MaybeDate{} : MaybeDate{moment->day};
    }
    // The later of what the list claims and what the ledger knows.
    void put_latest(std::string_view name, const MaybeDate& date) {
        if (date && date > given_date(name)) put(name, date);
    }
    [[nodiscard]] std::string given_word(std::string_view name) const {
        const FactId id = law_.vocabulary().find(name);
        const FactValue* value = facts_.find(id);
        return value == nullptr ? std::string{}
                                : law::value_text(law_.vocabulary().fact(id), *value);
    }

    // How much an objection forbids.
    [[nodiscard]] static int width_of(std::string_view objection) {
        constexpr std::array<std::string_view, 3> kFromNarrow = {"other_purpose", "this_channel",
                                                                 "all"};
        const auto found = std::find(kFromNarrow.begin(), kFromNarrow.end(), objection);
        return found == kFromNarrow.end() ? 0 : static_cast<int>(found - kFromNarrow.begin()) + 1;
    }

    void objection() {
        MaybeDate all;
        MaybeDate here;
        MaybeDate other;  // purpose, on this channel
        for (const auto& [scope, said] : standing_.objections) {
            const bool is_over = said.until && *said.until < act_.day;
            if (is_over || !ledger::covers_brand(scope.brand, act_.brand)) continue;
            if (!scope.channel.empty() && scope.channel != act_.channel) continue;
            const auto reach = ledger::reach_of(scope.purpose, act_.purpose);
            if (reach == ledger::PurposeReach::kOtherTopic) continue;
            MaybeDate& day = reach == ledger::PurposeReach::kOtherPurpose ? other
                             : scope.channel.empty()                      ? all
                                                                          : here;
            day = std::max(day, MaybeDate{said.last});
        }
        if (!all && !here && !other) return;
        const std::string_view known = all ? "all" : here ? "this_channel" : "other_purpose";
        const std::string listed = given_word("objection");
        const bool is_listed = !listed.empty() && listed != "none";
        if (width_of(known) > width_of(listed)) put("objection", known);
        // A refusal in a list without a date may be newer than all that the ledger knows: then no
        // consent can be said to answer it.
        const MaybeDate listed_on = given_date("objection.on");
        if (is_listed && !listed_on) return;
        put("objection.on", std::max(std::max(all, here), std::max(other, listed_on)));
    }

    void consent() {
        const auto found = ledger::consent_for(
            standing_,
            {std::string(act_.brand), std::string(act_.channel), std::string(act_.purpose)});
        if (!found.is_known()) return;
        const bool is_withdrawn = found.withdrawn_on >= found.refused_on;
        put("consent",
            found.is_given() ? "given"
            : is_withdrawn   ? "withdrawn"
                             : "refused",
            found.is_claim ? law::Supplier::kDerived : law::Supplier::kLedger);
        put("consent.on", found.given_on);
        if (!found.is_given()) return;
        put("consent.covers_channel", "yes");
        // A consent to a purpose is none to each of its topics: it does not cascade.
        if (!found.covers_purpose) put("consent.covers_purpose", "no");
        if (found.is_of_other_brand && !act_.brand.empty()) put("consent.covers_sender", "no");
        for (const auto& [name, text] : found.particulars) {
            if (name == "consent.covers_channel") continue;
            if (name == "consent.covers_purpose" && !found.covers_purpose) continue;
            if (name == "consent.covers_sender" && found.is_of_other_brand) continue;
            put(name, text);
        }
    }

    void origin() {
        if (!standing_.origin.on) return;
        for (const auto& [name, text] : standing_.origin.particulars) put(name, text);
        put("origin.on", standing_.origin.on);
        if (!standing_.origin.particulars.contains("origin.collected_on"))
            put("origin.collected_on", standing_.first_collected_on);
    }

    void acts() {
        if (standing_.informed_on && *standing_.informed_on <= act_.day)
            put("notice14", "given_before");
        put_latest("last_contact_from_person_on", standing_.last_act_on);
        put_latest("last_open_on", standing_.last_open_on);
        put_latest("relation.last_sale_on", standing_.last_order_on);
        put_latest("relation.last_inquiry_on", standing_.last_inquiry_on);
        put_latest("last_marketing_on", standing_.last_contacted_on);
        relation();
    }

    // What the list says goes before; of what was recorded, the newer.
    void relation() {
        if (!given_word("relation").empty()) return;
        const bool has_bought = standing_.last_order_on > standing_.relation_on;
        if (has_bought)
            put("relation", "customer");
        else if (standing_.relation_on)
            put("relation", standing_.relation);
    }

    // A consultation that was recorded counts if it is the newer one; that somebody was found
    // listed is never outweighed by a mere word about the whole list.
    void registers() {
        for (const auto& [name, result] : standing_.registers) {
            if (result.checked_on > act_.day) continue;
            const MaybeDate claimed = given_date(name + ".checked_on");
            const bool is_listed = result.word != "not_listed";
            if (!is_listed && given_word(name) == "listed") continue;
            if (!is_listed && claimed && *claimed >= result.checked_on) continue;
            put(name, result.word);
            put(name + ".checked_on", result.checked_on);
        }
    }

    void calls() {
        const auto claimed = whole_number(given_word("calls.last_30_days"));
        const std::int64_t known = ledger::call_attempts_in_30_days(standing_, act_.day);
        put("calls.last_30_days", std::to_string(std::max(claimed.value_or(0), known)));
        put("calls.refused_on", standing_.call_refused_on);
        if (!standing_.callback_requested_on) return;
        put("callback.requested_at", standing_.callback_requested_on);
        put("prior_request", "yes");
        if (!act_.product_family.empty())
            put("callback.same_object",
                folded(standing_.callback_object) == folded(act_.product_family) ? "yes" : "no");
    }

    const law::Law& law_;
    const ledger::Standing& standing_;
    const ContactAct& act_;
    Facts& facts_;
};

}  // namespace

void join_standing(const law::Law& law, const ledger::Standing& standing, const ContactAct& act,
                   law::Facts& facts) {
    if (standing.imports.empty())
        Joiner(law, standing, act, facts).join();
    else
        Joiner(law, ledger::with_imports(standing), act, facts).join();
}

}  // namespace licet::gate

// SPDX-License-Identifier: Apache-2.0
#include "gate/contact.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace licet::gate {
namespace {

using law::FactId;
using law::kNoFact;

// " directrice des ressources humaines " so that whole words can be looked for.
std::string words_of(std::string_view text) {
    const auto is_word = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               static_cast<unsigned char>(c) >= 0x80;
    };
    // No-break spaces separate words like others.
    const auto space_at = [&](std::size_t place) -> std::size_t {
        for (const std::string_view space : {"\u00A0", "\u202F"})
            if (text.substr(place).starts_with(space)) return space.size();
        return is_word(text[place]) ? 0 : 1;
    };
    std::string out = " ";
    for (std::size_t i = 0; i < text.size();) {
        if (const std::size_t space = space_at(i); space > 0) {
            i += space;
            continue;
        }
        std::size_t end = i + 1;
        while (end < text.size() && space_at(end) == 0) ++end;
        const std::string plain = folded(text.substr(i, end - i));
        if (!plain.empty()) out.append(plain).append(1, ' ');
        i = end;
    }
    return out;
}

bool names_one_of(const std::string& title, const std::vector<std::string>& occupations) {
    return std::any_of(occupations.begin(), occupations.end(),
                       [&](const std::string& words) { return title.find(words) != title.npos; });
}

std::vector<std::string> all_words_of(const std::vector<std::string>& occupations) {
    std::vector<std::string> out;
    for (const std::string& occupation : occupations)
        if (!trimmed(words_of(occupation)).empty()) out.push_back(words_of(occupation));
    return out;
}

}  // namespace

// The facts that rows set, and the campaign's occupations ready to be looked for: found once.
struct ContactFacts::Ids {
    Ids(const law::Vocabulary& words, const Campaign& campaign)
        : country(words.find("country")),
          region(words.find("region")),
          line(words.find("line")),
          address_form(words.find("address.form")),
          audience(words.find("audience")),
          subscriber(words.find("subscriber")),
          relevance(words.find("offer.relevance")),
          offer_kind(words.find("offer.kind")),
          origin(words.find("origin")),
          origin_on(words.find("origin.on")),
          collected_on(words.find("origin.collected_on")),
          relation(words.find("relation")),
          last_sale_on(words.find("relation.last_sale_on")),
          last_contact_on(words.find("last_contact_from_person_on")),
          objection(words.find("objection")),
          consent(words.find("consent")),
          consent_on(words.find("consent.on")),
          consent_proof(words.find("consent.proof")),
          occupations(all_words_of(campaign.occupations)),
          related_occupations(all_words_of(campaign.related_occupations)),
          family(folded(campaign.aim.product_family)) {}

    FactId country, region, line, address_form, audience, subscriber, relevance, offer_kind, origin,
        origin_on, collected_on, relation, last_sale_on, last_contact_on, objection, consent,
        consent_on, consent_proof;
    std::vector<std::string> occupations;
    std::vector<std::string> related_occupations;
    std::string family;
};

class ContactFacts::Row {
  public:
    Row(const ContactFacts& all, const Contact& contact, law::Facts& facts)
        : all_(all), ids_(*all.ids_), campaign_(all.campaign_), contact_(contact), facts_(facts) {}

    void add() {
        where();
        who();
        offer();
        origin();
        relation();
        choices();
    }

  private:
    void put(FactId id, std::string_view text, law::Supplier supplier = law::Supplier::kRequest) {
        if (id == kNoFact) return;
        auto value = law::parse_value(all_.law_.vocabulary().fact(id), text);
        if (value) facts_.set(id, *std::move(value), supplier);
    }
    void put(FactId id, const std::optional<Date>& date) {
        if (id != kNoFact && date) facts_.set(id, Moment{*date, {}});
    }
    [[nodiscard]] bool has(FactId id) const { return facts_.find(id) != nullptr; }
    // What a rule of thumb finds out may be said better by the campaign file.
    void infer(FactId id, std::string_view text) {
        if (!has(id)) put(id, text, law::Supplier::kDerived);
    }

    void where() {
        if (!contact_.phone) return;
        using ledger::Line;
        const Line line = ledger::facts_of_phone(contact_.phone->strict.bytes).line;
        infer(ids_.line, line == Line::kFixed    ? "fixed"
                         : line == Line::kMobile ? "mobile"
                                                 : "other");
    }

    void who() {
        std::string_view form;
        if (contact_.email) {
            form = all_.form_of(*contact_.email);
            is_free_mail_ = form == "personal";
            infer(ids_.address_form, form);
        }
        audience_ = audience_of(form);
        infer(ids_.audience, audience_);
        infer_subscriber();
    }

    [[nodiscard]] std::string_view audience_of(std::string_view form) const {
        const bool names_nobody = form == "generic" && campaign_.audience != "consumer";
        if (names_nobody) return "organisation";
        if (!campaign_.audience.empty()) return campaign_.audience;
        if (contact_.is_private_person)
            return *contact_.is_private_person ? "consumer" : "professional";
        const bool has_trade = !contact_.company_number.empty();
        if (form == "personal") return has_trade ? "professional" : "consumer";
        if (form == "work_named") return "professional";
        // Only a telephone number: nothing tells a trade but a company's name or number.
        return has_trade || !contact_.company.empty() ? "professional" : "consumer";
    }

    void infer_subscriber() {
        if (audience_ == "consumer")
            infer(ids_.subscriber, "natural_person");
        else if (is_free_mail_ && !contact_.company_number.empty())
            infer(ids_.subscriber, "sole_trader");
        else if (contact_.email && !is_free_mail_)
            infer(ids_.subscriber, "legal_person");
    }

    void offer() {
        if (audience_ == "consumer") return infer(ids_.relevance, "none");
        if (audience_ != "professional" || contact_.job_title.empty()) return;
        const std::string title = words_of(contact_.job_title);
        if (names_one_of(title, ids_.occupations))
            infer(ids_.relevance, "concrete");
        else if (names_one_of(title, ids_.related_occupations))
            infer(ids_.relevance, "general");
        else
            infer(ids_.relevance, "none");
    }

    // The row knows better than the campaign where it comes from.
    void origin() {
        const std::string own = all_.reference_.origin_of(contact_.source_label);
        if (!own.empty()) put(ids_.origin, own);
        if (!contact_.created) return;
        if (!has(ids_.origin_on)) put(ids_.origin_on, contact_.created);
        if (!has(ids_.collected_on)) put(ids_.collected_on, contact_.created);
    }

    void relation() {
        if (contact_.is_customer)
            put(ids_.relation, *contact_.is_customer ? "customer" : "none");
        else if (contact_.last_purchase)
            put(ids_.relation, "customer");
        else if (!campaign_.relation.empty())
            infer(ids_.relation, campaign_.relation);
        put(ids_.last_sale_on, contact_.last_purchase);
        if (!contact_.product_family.empty() && !ids_.family.empty())
            infer(ids_.offer_kind,
                  folded(contact_.product_family) == ids_.family ? "own_similar" : "own_other");
        put(ids_.last_contact_on, all_.last_act_of(contact_));
    }

    // A refusal in a list is an objection; an agreement in a list is a claim without proof.
    void choices() {
        if (contact_.has_opted_out)
            put(ids_.objection, contact_.is_opt_out_for_all ? "all" : "this_channel");
        const bool claims_consent = contact_.has_opted_in.value_or(false);
        if (!claims_consent) return;
        put(ids_.consent, "given");
        put(ids_.consent_on, contact_.opt_in_date);
        put(ids_.consent_proof, contact_.opt_in_date ? "log_only" : "none");
    }

    const ContactFacts& all_;
    const Ids& ids_;
    const Campaign& campaign_;
    const Contact& contact_;
    law::Facts& facts_;
    std::string_view audience_;
    bool is_free_mail_ = false;
};

ContactFacts::ContactFacts(const law::Law& law, const Campaign& campaign,
                           const Reference& reference)
    : law_(law),
      campaign_(campaign),
      reference_(reference),
      ids_(std::make_shared<Ids>(law.vocabulary(), campaign)) {}

ContactFacts::Place ContactFacts::place_of(const Contact& contact) const {
    Place place;
    place.country = !contact.country.empty() ? contact.country : campaign_.country;
    // Somewhere else, nobody knows where: the campaign's country would be a guess.
    if (contact.has_unreadable_country) place.country.clear();
    if (!contact.postcode.empty())
        place.region = reference_.region_of(place.country, contact.postcode);
    if (place.region.empty() && contact.phone)
        place.region = ledger::facts_of_phone(contact.phone->strict.bytes).region;
    return place;
}

std::string_view ContactFacts::form_of(const ledger::ContactPoint& email) const {
    const std::string& address = email.strict.bytes;
    if (reference_.is_free_mail(ledger::domain_of(address))) return "personal";
    return reference_.is_generic(ledger::local_part_of(address)) ? "generic" : "work_named";
}

bool ContactFacts::has_other_origin(const Contact& contact) const {
    const std::string own = reference_.origin_of(contact.source_label);
    const law::FactValue* listed = campaign_.collection.find(ids_->origin);
    return !own.empty() && listed != nullptr &&
           law::value_text(law_.vocabulary().fact(ids_->origin), *listed) != own;
}

void ContactFacts::add(const Contact& contact, law::Facts& facts) const {
    Row(*this, contact, facts).add();
}

std::optional<Date> ContactFacts::last_act_of(const ContactDays& days) const {
    return campaign_.is_last_activity_by_person ? std::max(days.last_purchase, days.last_activity)
                                                : days.last_purchase;
}

void ContactFacts::change_days(const ContactDays& days, law::Facts& facts,
                               std::vector<law::FactId>& changed) const {
    changed.clear();
    const std::array<std::pair<FactId, std::optional<Date>>, 5> all = {
        {{ids_->origin_on, days.created},
         {ids_->collected_on, days.created},
         {ids_->last_sale_on, days.last_purchase},
         {ids_->last_contact_on, last_act_of(days)},
         {ids_->consent_on, days.opt_in_date}}};
    for (const auto& one : all) {
        // Where the campaign's own day goes before that of the row, the row has none.
        const auto is_it = [&](const law::Facts::Entry& entry) { return entry.fact == one.first; };
        const auto& own = facts.entries();
        if (!one.second || std::none_of(own.begin(), own.end(), is_it)) continue;
        facts.set(one.first, Moment{*one.second, {}});
        changed.push_back(one.first);
    }
}

}  // namespace licet::gate

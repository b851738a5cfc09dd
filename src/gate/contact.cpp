// SPDX-License-Identifier: Apache-2.0
#include "gate/contact.h"

#include "base/text.h"

namespace licet::gate {
namespace {

using law::FactId;
using law::kNoFact;

// " directrice des ressources humaines " so that whole words can be looked for.
std::string words_of(std::string_view text) {
    std::string out = " ";
    std::string word;
    const auto finish = [&] {
        const std::string plain = folded(word);
        if (!plain.empty()) out += plain + " ";
        word.clear();
    };
    for (const char c : text) {
        const bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                             (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) >= 0x80);
        if (is_word) word += c;
        else finish();
    }
    finish();
    return out;
}

bool names_one_of(const std::string& title, const std::vector<std::string>& occupations) {
    for (const std::string& occupation : occupations)
        if (title.find(words_of(occupation)) != title.npos) return true;
    return false;
}

class RowFacts {
  public:
    RowFacts(const law::Law& law, const Campaign& campaign, const Reference& reference,
             const Contact& contact, law::Facts& facts)
        : law_(law), campaign_(campaign), reference_(reference), contact_(contact), facts_(facts) {}

    void add() {
        where();
        who();
        offer();
        origin();
        relation();
        choices();
    }

  private:
    void put(std::string_view name, std::string_view text,
             law::Supplier supplier = law::Supplier::kRequest) {
        const FactId id = law_.vocabulary().find(name);
        if (id == kNoFact) return;
        auto value = law::parse_value(law_.vocabulary().fact(id), text);
        if (value) facts_.set(id, *value, supplier);
    }
    void put(std::string_view name, const std::optional<Date>& date) {
        const FactId id = law_.vocabulary().find(name);
        if (id != kNoFact && date) facts_.set(id, Moment{*date, {}});
    }
    [[nodiscard]] bool has(std::string_view name) const {
        return facts_.find(law_.vocabulary().find(name)) != nullptr;
    }
    // What a rule of thumb finds out may be said better by the campaign file.
    void infer(std::string_view name, std::string_view text) {
        if (!has(name)) put(name, text, law::Supplier::kDerived);
    }

    void where() {
        ledger::PhoneFacts line;
        if (contact_.phone) line = ledger::facts_of_phone(contact_.phone->strict.bytes);
        country_ = !contact_.country.empty() ? contact_.country : campaign_.country;
        if (!country_.empty()) put("country", country_);
        std::string region = reference_.region_of(country_, contact_.postcode);
        if (region.empty()) region = line.region;
        if (!region.empty()) infer("region", region);
        if (!contact_.phone) return;
        using ledger::Line;
        infer("line", line.line == Line::kFixed    ? "fixed"
                      : line.line == Line::kMobile ? "mobile"
                                                   : "other");
    }

    void who() {
        std::string form;
        if (contact_.email) {
            const std::string& address = contact_.email->strict.bytes;
            is_free_mail_ = reference_.is_free_mail(ledger::domain_of(address));
            const bool is_generic = reference_.is_generic(ledger::local_part_of(address));
            form = is_free_mail_ ? "personal" : is_generic ? "generic" : "work_named";
            infer("address.form", form);
        }
        const std::string audience = audience_of(form);
        if (!audience.empty()) infer("audience", audience);
        audience_ = audience;
        infer_subscriber();
    }

    [[nodiscard]] std::string audience_of(const std::string& form) const {
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
        if (audience_ == "consumer") infer("subscriber", "natural_person");
        else if (is_free_mail_ && !contact_.company_number.empty()) infer("subscriber", "sole_trader");
        else if (contact_.email && !is_free_mail_) infer("subscriber", "legal_person");
    }

    void offer() {
        if (audience_ == "consumer") return infer("offer.relevance", "none");
        if (audience_ != "professional" || contact_.job_title.empty()) return;
        const std::string title = words_of(contact_.job_title);
        if (names_one_of(title, campaign_.occupations)) infer("offer.relevance", "concrete");
        else if (names_one_of(title, campaign_.related_occupations)) infer("offer.relevance", "general");
        else infer("offer.relevance", "none");
    }

    // The row knows better than the campaign where it comes from; then what the campaign says of the
    // list's collection does not hold for it.
    void origin() {
        const std::string own = reference_.origin_of(contact_.source_label);
        const FactId id = law_.vocabulary().find("origin");
        const law::FactValue* listed = campaign_.collection.find(id);
        const bool is_other =
            !own.empty() && listed != nullptr &&
            law::value_text(law_.vocabulary().fact(id), *listed) != own;
        if (!is_other)
            for (const auto& [fact, entry] : campaign_.collection.entries())
                facts_.set(fact, entry.value, entry.supplier);
        if (!own.empty()) put("origin", own);
        if (!contact_.created) return;
        if (!has("origin.on")) put("origin.on", contact_.created);
        if (!has("origin.collected_on")) put("origin.collected_on", contact_.created);
    }

    void relation() {
        if (contact_.is_customer) put("relation", *contact_.is_customer ? "customer" : "none");
        else if (contact_.last_purchase) put("relation", "customer");
        else if (!campaign_.relation.empty()) infer("relation", campaign_.relation);
        put("relation.last_sale_on", contact_.last_purchase);
        const bool has_families = !contact_.product_family.empty() && !campaign_.offer_family.empty();
        if (has_families)
            infer("offer.kind", folded(contact_.product_family) == folded(campaign_.offer_family)
                                    ? "own_similar"
                                    : "own_other");
        std::optional<Date> last = contact_.last_purchase;
        if (campaign_.is_last_activity_by_person) last = std::max(last, contact_.last_activity);
        put("last_contact_from_person_on", last);
    }

    // A refusal in a list is an objection; an agreement in a list is a claim without proof.
    void choices() {
        if (contact_.has_opted_out)
            put("objection", contact_.is_opt_out_for_all ? "all" : "this_channel");
        const bool claims_consent = contact_.has_opted_in.value_or(false);
        if (!claims_consent || has("consent")) return;
        put("consent", "given");
        put("consent.on", contact_.opt_in_date);
        put("consent.proof", contact_.opt_in_date ? "log_only" : "none");
    }

    const law::Law& law_;
    const Campaign& campaign_;
    const Reference& reference_;
    const Contact& contact_;
    law::Facts& facts_;
    std::string country_;
    std::string audience_;
    bool is_free_mail_ = false;
};

}  // namespace

void add_contact_facts(const law::Law& law, const Campaign& campaign, const Reference& reference,
                       const Contact& contact, law::Facts& facts) {
    RowFacts(law, campaign, reference, contact, facts).add();
}

}  // namespace licet::gate

// SPDX-License-Identifier: Apache-2.0
//
// One row of a list, as facts.
//
// Who somebody is can only be inferred, and carefully: an address at a free-mail provider is taken
// for a consumer's unless a company number proves a trade; an address at another domain for a
// professional's; contact@ for a body's. The link between offer and occupation is read from the job
// title. What cannot be told stays unknown, and then the row is for review, not for sending.
#pragma once

#include <compare>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gate/campaign.h"
#include "gate/reference.h"
#include "ledger/identity.h"

namespace licet::gate {

/// The days that a row names.
struct ContactDays {
    std::optional<Date> last_purchase;
    std::optional<Date> last_activity;
    std::optional<Date> created;
    std::optional<Date> opt_in_date;
};

/// What a row says, already read; empty where it says nothing.
struct Contact : ContactDays {
    std::optional<ledger::ContactPoint> email;
    std::optional<ledger::ContactPoint> phone;
    std::string country;                  ///< ISO code
    bool has_unreadable_country = false;  ///< something is written there, but what?
    std::string postcode;
    std::string job_title;
    std::string company;
    std::string company_number;             ///< SIREN or SIRET
    std::optional<bool> is_private_person;  ///< what a column of party types says
    std::optional<bool> is_customer;
    std::string product_family;
    std::string source_label;
    bool has_opted_out = false;  ///< of everything, or of this channel
    bool is_opt_out_for_all = false;
    std::optional<bool> has_opted_in;
};

/// Turns rows of one campaign into facts. Threads: any number may use one object.
class ContactFacts {
  public:
    /// All three must outlive the object.
    ContactFacts(const law::Law& law, const Campaign& campaign, const Reference& reference);

    /// Where the row is, as far as it and the campaign tell: country and region.
    struct Place {
        std::string country;
        std::string region;
        friend auto operator<=>(const Place&, const Place&) = default;
    };
    [[nodiscard]] Place place_of(const Contact& contact) const;

    /// Tells what an e-mail address looks like: personal, generic or work_named.
    [[nodiscard]] std::string_view form_of(const ledger::ContactPoint& email) const;

    /// True if the row names an origin of its own: then what the campaign says of the collection
    /// does not hold for it.
    [[nodiscard]] bool has_other_origin(const Contact& contact) const;

    /// Adds what the row tells to `facts`, which lie over the campaign's (and, unless the row has
    /// another origin, over those of the collection).
    void add(const Contact& contact, law::Facts& facts) const;

    /// Writes other days into what add() gave of a row that names days in the same columns, and
    /// tells which facts have one.
    void change_days(const ContactDays& days, law::Facts& facts,
                     std::vector<law::FactId>& changed) const;

  private:
    struct Ids;
    class Row;
    [[nodiscard]] std::optional<Date> last_act_of(const ContactDays& days) const;

    const law::Law& law_;
    const Campaign& campaign_;
    const Reference& reference_;
    std::shared_ptr<const Ids> ids_;
};

}  // namespace licet::gate

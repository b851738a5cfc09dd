// SPDX-License-Identifier: Apache-2.0
//
// One row of a list, as facts.
//
// Who somebody is can only be inferred, and carefully: an address at a free-mail provider is taken for
// a consumer's unless a company number proves a trade; an address at another domain for a
// professional's; contact@ for a body's. The link between offer and occupation is read from the job
// title. What cannot be told stays unknown, and then the row is for review, not for sending.
#pragma once

#include <optional>
#include <string>

#include "gate/campaign.h"
#include "gate/reference.h"
#include "ledger/identity.h"

namespace licet::gate {

/// What a row says, already read; empty where it says nothing.
struct Contact {
    std::optional<ledger::ContactPoint> email;
    std::optional<ledger::ContactPoint> phone;
    std::string country;         ///< ISO code
    std::string postcode;
    std::string job_title;
    std::string company;
    std::string company_number;  ///< SIREN or SIRET
    std::optional<bool> is_private_person;  ///< what a column of party types says
    std::optional<bool> is_customer;
    std::string product_family;
    std::string source_label;
    std::optional<Date> last_purchase;
    std::optional<Date> last_activity;
    std::optional<Date> created;
    std::optional<Date> opt_in_date;
    bool has_opted_out = false;  ///< of everything, or of this channel
    bool is_opt_out_for_all = false;
    std::optional<bool> has_opted_in;
};

/// Adds what the row and the campaign tell to `facts`. `facts` begin as the campaign's.
void add_contact_facts(const law::Law& law, const Campaign& campaign, const Reference& reference,
                       const Contact& contact, law::Facts& facts);

}  // namespace licet::gate

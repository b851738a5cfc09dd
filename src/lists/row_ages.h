// SPDX-License-Identifier: Apache-2.0
//
// How old the rows of a list are: months since the last sign of each person.
//
//     row, campaign, standing ──► latest of: act of the person, purchase, collection ──► a bucket
//
// An act counts only if it is the person's: the list's last activity if the campaign says so, a
// purchase, what the ledger knows. Where no day is known the age is not known. What an age means is
// the law's to say; the report draws its limit (gate/keep.h) beside.
#pragma once

#include "gate/contact.h"
#include "ledger/standing.h"
#include "lists/report.h"

namespace licet::lists {

class RowAges {
  public:
    /// `day` is that of the days. `campaign` must outlive the object.
    RowAges(const law::Law& law, const gate::Campaign& campaign, Date day);

    /// Counts a row. `standing` is null if the ledger knows nothing.
    void add(const gate::ContactDays& days, const ledger::Standing* standing, Outcome outcome);
    /// Adds what it has counted to a report's.
    void add_to(ReportInput::Ages& ages) const;

    /// Gives the last sign of a person; nothing if no day is known.
    [[nodiscard]] std::optional<Date> last_sign(const gate::ContactDays& days,
                                                const ledger::Standing* standing) const;

  private:
    const gate::Campaign& campaign_;
    std::optional<Date> collected_on_;  ///< as the campaign says
    Date day_;
    std::vector<std::uint8_t> bucket_of_age_;  ///< by days; older is in the last
    ReportInput::Ages ages_;
};

}  // namespace licet::lists

// SPDX-License-Identifier: Apache-2.0
//
// What the law says of the choices of one person: the two clocks on a day, and the verdict of each
// choice's own day.
//
//     events of a person + law ──► ConsentJudge ──► terms (audit) for person and evidence
//
// audit knows no gate and gate no audit; main carries between them.
#pragma once

#include <vector>

#include "audit/consent_record.h"
#include "law/law.h"
#include "main/workspace.h"

namespace licet {

class ConsentJudge {
  public:
    /// `facts`: what is known of the person besides. Law and workspace outlive the judge.
    ConsentJudge(const law::Law& law, const Workspace& workspace,
                 const std::vector<ledger::StoredEvent>& events, law::Facts facts = {});

    /// Gives the two clocks of an act, of its first channel and purpose. Errors: those of
    /// gate::check().
    [[nodiscard]] Result<audit::ConsentTerms> terms(const audit::ConsentAct& act, Date day) const;

    /// What the law of its day said of each channel and purpose of an act, on what was known that
    /// day, as JSON in both languages. Errors: those of gate::check().
    [[nodiscard]] Result<json::array> of_its_day(const audit::ConsentAct& act) const;

  private:
    const law::Law& law_;
    const Workspace& workspace_;
    law::Facts facts_;
    std::vector<ledger::Event> events_;
};

}  // namespace licet

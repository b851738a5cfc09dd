// SPDX-License-Identifier: Apache-2.0
//
// What the facts of a register must be to one another, whatever the law says of them: a day not
// before another, a measurement not beyond what is declared, an entry that others count on.
//
//     papers/consistency.toml ──► rules ──► facts ──► what does not fit, told where it stands
#pragma once

#include "papers/organisation.h"
#include "papers/shelf.h"

namespace licet::papers {

/// Gives what does not fit on `day`, as "papers.inconsistent" with place. Who is silent says
/// nothing wrong.
[[nodiscard]] std::vector<Error> inconsistencies_of(const Shelf& shelf,
                                                    const Organisation& organisation, Date day,
                                                    Language language);

}  // namespace licet::papers

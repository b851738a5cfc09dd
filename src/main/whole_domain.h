// SPDX-License-Identifier: Apache-2.0
//
// Who may speak for "@example.com": nobody, if all the world has a mailbox or a domain there.
//
//     free_mail_domains.txt  @gmail.com, @qq.com, relays       one customer is not the others
//     public_suffixes.txt    @co.uk, @asso.fr, @github.io      one owner is not the others
#pragma once

#include <string_view>

#include "base/result.h"

namespace licet {

/// Refuses a whole domain that belongs to everybody; any other text is well here. Errors: kInput
/// ("suppress.whole_provider", "suppress.public_suffix"), those of contact_point_of_domain().
[[nodiscard]] Result<Done> check_whole_domain(std::string_view address);

}  // namespace licet

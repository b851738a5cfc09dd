// SPDX-License-Identifier: Apache-2.0
//
// Whether a list may be used at all, asked before its first row is read.
//
//     declaration ──► question `source`, a channel at a time ──► allowed: go on
//                                                           └──► forbidden, undetermined: told,
//                                                                and nothing is done
#pragma once

#include <optional>
#include <string>

#include "gate/campaign.h"
#include "gate/declaration.h"
#include "law/law.h"
#include "main/terminal.h"

namespace licet {

/// Reads a declaration; all its faults but the last are printed. Errors: those of read_file, the
/// last fault, "declaration.future" for a day of receipt that is still to come.
[[nodiscard]] Result<gate::Declaration> declaration_at(const Terminal& terminal,
                                                       const law::Law& law,
                                                       const std::string& path);

/// Asks for each channel of the declaration. Gives the exit status if one may not be used, told
/// with reasons, remedies and what is to be established; nothing if all may. Errors: those of
/// gate::check.
[[nodiscard]] Result<std::optional<int>> refusal_of_source(const Terminal& terminal,
                                                           const law::Law& law,
                                                           const gate::Declaration& declaration,
                                                           const std::string& country,
                                                           const Moment& at);

/// The same for the declaration of a campaign, if it has one, for the channel of the campaign; what
/// it says of the collection is taken into the campaign. `path` is that of the campaign's file.
[[nodiscard]] Result<std::optional<int>> refusal_of_campaign(const Terminal& terminal,
                                                             const law::Law& law,
                                                             gate::Campaign& campaign,
                                                             const std::string& path,
                                                             const Moment& at);

}  // namespace licet

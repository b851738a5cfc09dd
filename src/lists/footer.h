// SPDX-License-Identifier: Apache-2.0
//
// What a message must say, ready to be copied: who writes, where the data come from, how to object.
//
//     campaign + duties of the allowed rows + a catalogue ──► sentences; what is not known, asked
//
// The sentences are texts `footer.<duty>` (or `footer.<duty>.<channel>`): a duty without one asks
// for nothing in the message. What the campaign does not say is a gap in brackets and a question,
// never a blank. In which language it is worded, the catalogue says, not the reader of the report.
#pragma once

#include <span>

#include "gate/campaign.h"
#include "lists/report.h"

namespace licet::lists {

/// Words the footer of a message on `channel`; `duties` are ids.
[[nodiscard]] ReportInput::Footer footer_of(const gate::Campaign& campaign,
                                            std::string_view channel,
                                            std::span<const std::string> duties,
                                            const Catalogue& say);

}  // namespace licet::lists

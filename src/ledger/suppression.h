// SPDX-License-Identifier: Apache-2.0
//
// What an objection leaves for ever: who must not be contacted again, how far that reaches, and
// nothing else.
//
//     objection ──► suppression of its scope ──► widened by each further one, never narrowed
//
// It outlives the event, an erasure and a purge. Only what a partner's list said has an end.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ledger/event.h"
#include "ledger/scope.h"

namespace licet::ledger {

/// The suppression list: nothing but what must be known not to contact somebody again. One for each
/// scope; never removed by an import, an erasure or a purge.
struct Suppression {
    Token person;
    Scope scope;
    std::string reason;
    Date since;                 ///< first objection of this scope
    Date last;                  ///< newest
    std::optional<Date> until;  ///< last day; only lists that partners gave end
    friend bool operator==(const Suppression&, const Suppression&) = default;
};

/// One line of a suppression for the record of an erasure: token, brand, channel, purpose and
/// reason in hexadecimal, days since 1970-01-01 of first, newest and end (0 = none), divided by '/'
/// (docs/ledger-format.md, section 3).
[[nodiscard]] std::string text_of_kept(const Suppression& suppression);
/// Nothing if the text is no such line.
[[nodiscard]] std::optional<Suppression> suppression_of_kept(std::string_view text);

/// How far an event reaches: its attribute `brand`, channel and purpose.
[[nodiscard]] Scope scope_of(const Event& event);
/// What an objection leaves for ever: its scope, and its attributes `reason` and `until`. A pause
/// stands in a scope of its own (purpose_of_pause); one without an end is an objection.
[[nodiscard]] Suppression suppression_of(const Event& objection);
/// The later of two ends; none if either has none.
[[nodiscard]] std::optional<Date> later_end(std::optional<Date> one, std::optional<Date> other);
/// Adds another suppression of the same person and scope: the earlier first day, the newest day, no
/// end if either has none. The reason stays. Every store does it so.
void widen(Suppression& suppression, const Suppression& other);

}  // namespace licet::ledger

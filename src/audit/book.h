// SPDX-License-Identifier: Apache-2.0
//
// The registers of the workspace: processors, breaches, complaints, and sites as a browser saw
// them. Each is a fold of events of the one ledger.
//
//     processor added crisp country=fr ─┐
//     processor changed crisp contract=yes ──► crisp: country fr, contract yes, changed on ...
//     processor reviewed crisp ─┘
//
// An entry is what was last said of each of its attributes, and the days of its steps. Texts that
// may be about somebody are files of the workspace and stand here by their digest.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audit/sheet.h"
#include "ledger/event.h"

namespace licet::audit {

struct BookStep {
    std::string name;  ///< "added", "reviewed", "notified"
    Date on;
};

struct BookEntry {
    std::string id;
    std::map<std::string, std::string, std::less<>> attributes;  ///< what was last said of each
    std::vector<BookStep> steps;                                 ///< oldest first
    Date entered_on{};                                           ///< when the first was recorded

    [[nodiscard]] std::string text(std::string_view name) const;
    /// The newest day of a step; nothing if it never was.
    [[nodiscard]] std::optional<Date> last(std::string_view step) const;
    [[nodiscard]] std::optional<Date> first(std::string_view step) const;
};

struct Book {
    std::map<std::string, BookEntry, std::less<>> processors;  ///< without those removed
    std::map<std::string, BookEntry, std::less<>> breaches;
    std::map<std::string, BookEntry, std::less<>> complaints;
    std::map<std::string, BookEntry, std::less<>> sites;  ///< by host, without those removed
};

/// Folds the events of the ledger itself; others are passed over. The order of events does not
/// matter.
[[nodiscard]] Book book_of(std::span<const ledger::Event> events);

/// One step of an entry, as an event. Errors: kInput ("entry.id_form", "entry.text_form",
/// "entry.value", ...) for what must not enter a ledger that is kept for ever.
[[nodiscard]] Result<ledger::Event> book_event(ledger::EventKind kind, std::string_view id,
                                               std::string_view step,
                                               const std::map<std::string, std::string>& attributes,
                                               const Said& said);

/// The values that an attribute of a kind may have; empty: a short text.
[[nodiscard]] std::span<const std::string_view> values_of(ledger::EventKind kind,
                                                          std::string_view attribute);
/// The steps of a kind, the first of which opens an entry.
[[nodiscard]] std::span<const std::string_view> steps_of(ledger::EventKind kind);

/// True for what an entry may say in words: 120 bytes at most, on one line, and nothing that looks
/// like an address or a number of somebody.
[[nodiscard]] bool is_short_text(std::string_view text);

}  // namespace licet::audit

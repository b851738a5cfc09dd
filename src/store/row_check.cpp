// SPDX-License-Identifier: Apache-2.0
#include "store/internal/row_check.h"

#include "base/text.h"
#include "ledger/merkle.h"

namespace licet::store {

using ledger::EventKind;

void RowChecker::check(RowBatch& batch) {
    batch.leaves.reserve(batch.rows.size());
    for (const EventRow& row : batch.rows) {
        if (row.is_erased())
            batch.erased.push_back(row.place.seq);
        else if (!is_sound(row, batch))
            return;
        batch.leaves.push_back(ledger::leaf_hash(row.entry()));
    }
}

bool RowChecker::is_sound(const EventRow& row, RowBatch& batch) {
    const ledger::Token person = row.token();
    // Erasures were done again when the ledger was opened: a row with a seal has its key.
    const auto key = keys_.key_of(person, row.era, upper_);
    if (!key) return false;
    const auto bytes = opener_.open(*key, row.event);
    if (!bytes) return false;
    const auto event = ledger::event_view_of(*bytes);
    const bool is_as_sealed = event && event->person == person &&
                              ledger::partition_of(person) == row.place.part &&
                              static_cast<std::uint8_t>(event->kind) == row.kind &&
                              ledger::name_of_key(*key, event->key) == row.event.name;
    if (!is_as_sealed) return false;
    if (ledger::is_objection(event->kind))
        batch.objections.push_back(ledger::suppression_of(ledger::event_of(*bytes).value()));
    if (event->kind == EventKind::kErased)
        return take_erasure(ledger::event_of(*bytes).value(), batch);
    return true;
}

bool RowChecker::take_erasure(const ledger::Event& event, RowBatch& batch) {
    const std::string_view places = attribute(event, "places");
    if (event.attributes.contains("places"))
        for (const std::string_view text : split(places, ',')) {
            const auto place = ledger::event_place_of(text);
            if (!place) return false;
            batch.told_as_erased.push_back(*place);
        }
    const std::string_view kept = attribute(event, "kept");
    if (event.attributes.contains("kept"))
        for (const std::string_view text : split(kept, ',')) {
            const auto one = ledger::suppression_of_kept(text);
            if (!one) return false;
            batch.kept.push_back(*one);
        }
    return true;
}

}  // namespace licet::store

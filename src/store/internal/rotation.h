// SPDX-License-Identifier: Apache-2.0
//
// A rotation that was cut off is finished or undone, as the ledger says (layer_rotation.h).
//
// Private to the module.
#pragma once

#include "store/internal/database.h"
#include "store/ledger_files.h"

namespace licet::store {

/// Does nothing if no rotation is under way. Else waits for whoever is at it, and then: if the
/// layer of layer.key.new is over the ledger, that becomes layer.key; if not, it goes. Errors:
/// kBusy ("store.locked") while a rotation is at work, kBroken ("layer_key.unwritable",
/// "erasure.unwritable"), those of LayerKeys::layer.
[[nodiscard]] Result<Done> settle_rotation(Connection& connection, const LedgerFiles& files);

}  // namespace licet::store

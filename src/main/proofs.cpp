// SPDX-License-Identifier: Apache-2.0
#include "main/proofs.h"

#include "store/ledger_log.h"

namespace licet {

Result<audit::ProvedEvent> proved_event(const Workspace& workspace,
                                        const ledger::EventPlace& place) {
    store::EventProof proof = LICET_TRY(store::prove_event(files_of(workspace), place));
    return audit::ProvedEvent{std::move(proof.event), std::move(proof.bytes), proof.blind,
                              proof.sealed_digest, ledger::text_of(proof.proof)};
}

}  // namespace licet

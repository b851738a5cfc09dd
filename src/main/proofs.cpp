// SPDX-License-Identifier: Apache-2.0
#include "main/proofs.h"

#include "store/ledger_log.h"

namespace licet {

Result<std::vector<audit::ProvedEvent>> proved_events(const Workspace& workspace,
                                                      std::span<const ledger::EventPlace> places) {
    std::vector<audit::ProvedEvent> out;
    auto proofs = LICET_TRY(store::prove_events(files_of(workspace), places));
    for (store::EventProof& proof : proofs)
        out.push_back({std::move(proof.event), std::move(proof.bytes), proof.blind,
                       proof.sealed_digest, ledger::text_of(proof.proof)});
    return out;
}

}  // namespace licet

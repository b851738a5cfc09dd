// SPDX-License-Identifier: Apache-2.0
//
// Fuzzes stored bytes: what decodes must encode to the same bytes, so that no two byte strings mean
// the same event and a hash over them means something.
#include <cstdint>
#include <cstdlib>

#include "ledger/event.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto event = licet::ledger::event_of({data, size});
    if (!event) return 0;
    const auto bytes = licet::ledger::bytes_of(*event);
    if (bytes.size() != size || !std::equal(bytes.begin(), bytes.end(), data)) std::abort();
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
//
// Fuzzes a label: a file that a stranger sends to be checked. What is taken for a label must name
// its signer; nothing else may be said of it than that it is none, forged, or too long. A status
// list is read or not, and never past its end.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "audit/credential.h"
#include "audit/label.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace licet::audit;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto claims = checked_label(text);
    if (claims ? !claims->did.starts_with("did:key:z")
               : claims.error().message.id.find("label.") != 0)
        std::abort();
    const auto bit = is_set(text, 131'071);
    if (!bit && bit.error().message.id != "label.status_form") std::abort();
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
//
// Fuzzes addresses and numbers: a normal form read again must be itself, or one person would have
// two tokens and an objection could be missed.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ledger/identity.h"

using licet::Result;
using licet::ledger::ContactPoint;

namespace {

void hold_still(const Result<ContactPoint>& once, const Result<ContactPoint>& twice) {
    if (!once) return;
    if (!twice || twice->strict.bytes != once->strict.bytes) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto email = licet::ledger::contact_point_of_email(text);
    if (email) hold_still(email, licet::ledger::contact_point_of_email(email->strict.bytes));
    for (const char* country : {"fr", "de", "re", "us", ""}) {
        const auto phone = licet::ledger::contact_point_of_phone(text, country);
        if (phone)
            hold_still(phone, licet::ledger::contact_point_of_phone(phone->strict.bytes, country));
    }
    return 0;
}

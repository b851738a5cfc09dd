// SPDX-License-Identifier: Apache-2.0
//
// Fuzzes the readers of lists that are no workbooks (JSON Lines, vCards, packed files): any bytes
// give the same rows or the same error in pieces of any size. With a first byte of 1 or 2 what
// follows is taken for a vCard or for JSON Lines, so that the fuzzer finds them at once.
#include <cstdint>
#include <cstdlib>

#include "list_digest.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string bytes(data, data + size);
    if (bytes.starts_with('\x01')) bytes.replace(0, 1, "BEGIN:VCARD\n");
    if (bytes.starts_with('\x02')) bytes.replace(0, 1, "{\"");
    LICET_ENSURE(licet::lists::digest_of(bytes, 61) == licet::lists::digest_of(bytes, 1 << 16));
    return 0;
}

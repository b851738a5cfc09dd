// SPDX-License-Identifier: Apache-2.0
//
// The tables of the carried packs, made by the build (law/write_tables.cpp). They are bytes of the
// program's file: a page of them is read when a decision walks over it.
#include "main/resources.h"

// The name begins at a multiple of eight bytes; LICET_TABLES is the folder that the build wrote to.
#define LICET_CARRY(name)                                                                          \
    __asm__(".pushsection .rodata\n.balign 8\n.global licet_tables_" #name "\nlicet_tables_" #name \
            ":\n.incbin \"" LICET_TABLES "/" #name ".tables\"\n.global licet_tables_" #name        \
            "_end\nlicet_tables_" #name                                                            \
            "_end:\n"                                                                              \
            ".popsection\n");                                                                      \
    extern "C" const char licet_tables_##name[];      /* NOLINT */                                 \
    extern "C" const char licet_tables_##name##_end[] /* NOLINT */

LICET_CARRY(strict);
LICET_CARRY(authority);
LICET_CARRY(text);

namespace licet {
namespace {

std::string_view between(const char* begin, const char* end) {
    return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace

std::span<const std::string_view> carried_tables() {
    static const std::string_view kTables[] = {
        between(licet_tables_strict, licet_tables_strict_end),
        between(licet_tables_authority, licet_tables_authority_end),
        between(licet_tables_text, licet_tables_text_end)};
    return kTables;
}

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
//
// Registers of people who do not want to be contacted, as dated objects.
//
//     packs/registers.md   register | kind | from | until | serves | takes effect | overridden by |
//                          channels | grade
//                          register | fr | en
//
// They are declared once for all packs, as facts are: some have no pack yet. For how long a
// consultation serves is the dated parameter `register.<key>.serves`, which rules may name.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "law/syntax.h"
#include "law/vocabulary.h"

namespace licet::law {

struct Register {
    std::string key;            ///< its fact is `register.<key>`
    Words name;                 ///< as people know it
    std::string kind;           ///< statutory, industry or directory
    std::string from;           ///< first day; empty = not known, or always
    std::string until;          ///< first day no longer; empty = open
    std::string serves;         ///< "15 days": how old a consultation may be; empty = no text says
    std::string takes_effect;   ///< "5 working_days" after the entry; empty = at once
    std::string overridden_by;  ///< none, consent, consent_after_listing, contract
                                /// or relation
    std::vector<std::string> channels;
    std::string grade;  ///< as of a source
    Place place;

    [[nodiscard]] bool is_in_force(Date day) const;
};

/// Reads registers.md. Every fault is reported: columns, words, days, periods, unknown registers.
[[nodiscard]] Read<std::vector<Register>> read_registers(const SourceFile& file,
                                                         const Vocabulary& vocabulary);

/// Gives the parameters `register.<key>.serves` of registers whose consultations have an age.
[[nodiscard]] std::vector<Statement> parameters_of(std::span<const Register> registers);

}  // namespace licet::law

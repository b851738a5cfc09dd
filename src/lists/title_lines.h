// SPDX-License-Identifier: Apache-2.0
//
// Lines that stand above the names of the columns: a title, a date, a first row of headings.
//
//     Export du 12/03/2026            ┐ two lines
//     Personne;Contact;Choix          ┘
//     Nom;Email;Désinscrit            ◄─ the first line that names a column of addresses or numbers
//
// They are left out only where it is sure that they are nobody: none of them holds an address or a
// number, and one of the first lines does name a column of them.
#pragma once

#include <cstddef>
#include <string_view>

namespace licet::lists {

struct TitleLines {
    std::size_t lines = 0;
    std::size_t bytes = 0;
};

/// Finds what stands above the names of columns in the beginning of a file; mostly nothing.
[[nodiscard]] TitleLines title_lines_of(std::string_view text);

}  // namespace licet::lists

// SPDX-License-Identifier: Apache-2.0
//
// Compiled tables as bytes, so that a program which carries its law need not compile it again.
//
//     build:  read_law --> image_of(law) --> bytes in the program
//     start:  read_law(files, reading, images): the texts are read, the tables lie ready
//
// An image is found by its key, which covers every byte that the tables rest on. Where no image has
// the key (other packs, rules of the house) the law is compiled as ever, with the same answers.
//
//     "licet\1" + key ; then 32-bit numbers of this machine, each list after its length:
//     tables; each: question, otherwise, decision, roots, root nodes, variables, cells
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "law/markdown.h"
#include "law/pack.h"
#include "law/table.h"

namespace licet::law {

class Law;

/// Gives the key of the tables that come of `files`, which are in order of their paths.
[[nodiscard]] std::string key_of_tables(std::span<const SourceFile> files, Reading reading);

/// Writes tables under their key. Cells stand at multiples of four bytes.
[[nodiscard]] std::string image_of(std::span<const QuestionTable> tables, std::string_view key);

/// Gives the tables of the image that has the key; nothing if none has. Cells are not copied: they
/// lie in the image, which must begin at a multiple of four bytes and stay as long as the tables.
/// What can be changed (QuestionTable::changeable) is left empty. An image is made by the build and
/// trusted: bytes that were changed since are undefined behaviour.
[[nodiscard]] std::optional<std::vector<QuestionTable>> tables_in(
    std::span<const std::string_view> images, std::string_view key);

}  // namespace licet::law

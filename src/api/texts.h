// SPDX-License-Identifier: Apache-2.0
//
// The texts of errors that the library carries inside itself, in both languages: of texts/ only the
// families that the law and the gate speak (CMakeLists.txt names them).
#pragma once

#include <span>
#include <string_view>

#include "base/message.h"

namespace licet::api {

struct Resource {
    std::string_view path;  ///< relative to the repository
    std::string_view bytes;
};

/// Gives all carried files, in alphabetical order. Made by tools/embed.py.
[[nodiscard]] std::span<const Resource> all_resources();

/// Gives the texts of one language, read once. Threads: any.
[[nodiscard]] const Catalogue& catalogue_of(Language language);

}  // namespace licet::api

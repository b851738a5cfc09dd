// SPDX-License-Identifier: Apache-2.0
//
// Files that the program carries inside itself: packs, texts, reference lists, examples. So one
// binary works anywhere, and its law is the one it was built with unless another folder is named.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "law/markdown.h"

namespace licet {

struct Resource {
    std::string_view path;  ///< relative to the repository
    std::string_view bytes;
};

/// Gives all carried files, in alphabetical order.
[[nodiscard]] std::span<const Resource> all_resources();

/// Gives the bytes of one carried file; empty if there is none of that name.
[[nodiscard]] std::string_view resource(std::string_view path);

/// Gives the carried packs as the law reads them.
[[nodiscard]] std::vector<law::SourceFile> carried_packs();

/// Gives the compiled tables of the carried packs, one image a reading (law/table_image.h).
[[nodiscard]] std::span<const std::string_view> carried_tables();

}  // namespace licet

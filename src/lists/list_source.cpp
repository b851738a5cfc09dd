// SPDX-License-Identifier: Apache-2.0
#include "lists/list_source.h"

#include "lists/internal/inflate.h"

namespace licet::lists {

Result<ListSource> open_list(ByteSource file, const std::string& file_name) {
    std::string block = LICET_TRY(internal::read_up_to(file, kDialectBlockBytes));
    ByteSource bytes = internal::preceded(block, std::move(file));
    if (const auto packing = internal::packing_of(block))
        bytes = internal::expanded(std::move(bytes), *packing, file_name);
    ListSource out;
    out.options.file_name = file_name;
    out.bytes = std::move(bytes);
    return out;
}

}  // namespace licet::lists

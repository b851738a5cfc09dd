// SPDX-License-Identifier: Apache-2.0
#include "lists/list_source.h"

#include "lists/internal/inflate.h"
#include "lists/internal/jsonl_source.h"

namespace licet::lists {

Result<ListSource> open_list(ByteSource file, const std::string& file_name) {
    std::string block = LICET_TRY(internal::read_up_to(file, kDialectBlockBytes));
    ByteSource bytes = internal::preceded(block, std::move(file));
    const auto packing = internal::packing_of(block);
    if (packing) {
        bytes = internal::expanded(std::move(bytes), *packing, file_name);
        block = LICET_TRY(internal::read_up_to(bytes, kDialectBlockBytes));
        bytes = internal::preceded(block, std::move(bytes));
    }
    if (internal::is_json_array(block))
        return error(ErrorCode::kInput, "jsonl.array", {}, file_name);
    if (internal::is_jsonl(block)) return internal::jsonl_list(std::move(bytes), file_name);
    ListSource out;
    out.options.file_name = file_name;
    out.bytes = std::move(bytes);
    return out;
}

}  // namespace licet::lists

// SPDX-License-Identifier: Apache-2.0
#include "lists/list_source.h"

#include "lists/internal/inflate.h"
#include "lists/internal/jsonl_source.h"
#include "lists/internal/vcard_source.h"
#include "lists/internal/wide_text.h"
#include "lists/internal/xlsx_source.h"

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
    if (internal::is_zip(block)) {
        auto sheet = LICET_TRY(internal::xlsx_list(bytes, file_name));
        if (sheet) return *std::move(sheet);
        bytes = internal::preceded(block, std::move(bytes));  // its beginning says what it is
    }
    const auto wide = internal::wide_order_of(block);
    const std::string beginning = wide ? internal::narrowed(block, *wide) : block;
    if (internal::is_json_array(beginning))
        return error(ErrorCode::kInput, "jsonl.array", {}, file_name);
    const bool is_jsonl = internal::is_jsonl(beginning);
    if (is_jsonl || internal::is_vcard(beginning)) {
        if (wide) bytes = internal::narrowed(std::move(bytes), *wide);
        return is_jsonl ? internal::jsonl_list(std::move(bytes), file_name)
                        : internal::vcard_list(std::move(bytes), file_name);
    }
    ListSource out;
    out.options.file_name = file_name;
    out.bytes = std::move(bytes);
    return out;
}

}  // namespace licet::lists

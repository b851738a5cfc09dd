// SPDX-License-Identifier: Apache-2.0
//
// Fuzzes the reader: any bytes must come out as the same records whatever the blocks, cost one
// pass, and be written and mapped without a fault.
#include <cstdint>
#include <cstdlib>

#include "lists/cells.h"
#include "lists/columns.h"
#include "lists/csv_reader.h"
#include "lists/csv_writer.h"
#include "lists/refusal_words.h"

namespace licet::lists {
namespace {

ByteSource source_of(std::string_view bytes, std::size_t piece) {
    return [bytes, piece](std::span<char> out) mutable -> Result<std::size_t> {
        const std::size_t count = std::min({piece, out.size(), bytes.size()});
        std::copy_n(bytes.begin(), count, out.begin());
        bytes.remove_prefix(count);
        return count;
    };
}

// Gives all that was read, as one text.
std::string digest_of(std::string_view bytes, std::size_t block_bytes) {
    auto reader = CsvReader::open(source_of(bytes, block_bytes), {"f", {}, block_bytes});
    if (!reader) return reader.error().message.id;
    std::string digest;
    CsvWriter writer([](std::string_view) -> Result<Done> { return Done{}; },
                     {.is_safe = true, .width = reader->header().size()});
    const auto mapping = mapping_of(reader->header(), {}, {});
    digest += mapping.is_clean() ? "+" : "-";
    while (const Record* record = *reader->next()) {
        for (const std::string_view field : record->fields) {
            digest += std::string(field) + "\x1F";
            for (int wording = 0; wording <= static_cast<int>(Wording::kFound); ++wording)
                static_cast<void>(refusal_of(field, static_cast<Wording>(wording)));
            static_cast<void>(agreement_of(field));
            static_cast<void>(bounce_of(field));
            static_cast<void>(country_of(field));
        }
        digest +=
            std::to_string(record->line) + (record->problem ? record->problem->message.id : "");
        LICET_ENSURE(writer.row(*record, {}).has_value());
    }
    return digest;
}

}  // namespace
}  // namespace licet::lists

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(data, data + size);
    const std::string small = licet::lists::digest_of(bytes, 5);
    LICET_ENSURE(small == licet::lists::digest_of(bytes, 1 << 16));
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
//
// What a list of any format gives, as one text: the oracle of fuzzing is that it is the same
// whatever the pieces in which the bytes come.
#pragma once

#include <algorithm>
#include <string>

#include "lists/list_source.h"

namespace licet::lists {

// Gives all that was read, as one text.
inline std::string digest_of(std::string_view bytes, std::size_t piece) {
    auto list = open_list(
        [bytes, piece](std::span<char> out) mutable -> Result<std::size_t> {
            const std::size_t count = std::min({piece, out.size(), bytes.size()});
            std::copy_n(bytes.begin(), count, out.begin());
            bytes.remove_prefix(count);
            return count;
        },
        "f");
    if (!list) return list.error().message.id;
    list->options.block_bytes = piece;
    auto reader = CsvReader::open(std::move(list->bytes), std::move(list->options));
    if (!reader) return reader.error().message.id;
    std::string digest;
    while (true) {
        const auto record = reader->next();
        if (!record) return digest + record.error().message.id;
        if (*record == nullptr) return digest;
        digest += std::to_string((*record)->line);
        for (const std::string_view field : (*record)->fields)
            digest += std::string(field) + "\x1F";
        if ((*record)->problem) digest += (*record)->problem->message.id;
    }
}

}  // namespace licet::lists

// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"

namespace licet {

Result<json::value> parse_json(std::string_view text) {
    try {
        json::stream_parser parser;
        boost::system::error_code fault;
        const std::size_t read = parser.write_some(text.data(), text.size(), fault);
        const bool is_finished = !fault && parser.done();
        if (!is_finished && !fault) parser.finish(fault);
        const bool has_rest =
            is_finished && text.find_first_not_of(" \t\r\n", read) != std::string_view::npos;
        if (fault || has_rest)
            return error(ErrorCode::kInput, "json.syntax", {{"column", std::to_string(read + 1)}});
        return parser.release();
    } catch (const std::exception&) {
        return error(ErrorCode::kInput, "json.syntax", {{"column", "1"}});
    }
}

}  // namespace licet

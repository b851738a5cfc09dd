// SPDX-License-Identifier: Apache-2.0
#include "store/erasure_register.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/text.h"
#include "store/internal/durable_file.h"

namespace licet::store {
namespace {

constexpr std::string_view kVersion = "1";
constexpr std::size_t kCheckDigits = 8;
constexpr std::size_t kWords = 6;

std::string check_of(std::string_view line) { return hex_of(sha256(line)).substr(0, kCheckDigits); }

std::string line_of(const Erasure& erasure) {
    std::string line = std::string(kVersion) + " " + hex_of(erasure.person.bytes) + " " +
                       std::to_string(erasure.era) + " " + text_of(erasure.on) + " " +
                       std::string(ledger::name_of(erasure.reason)) + " ";
    return line + check_of(line) + "\n";
}

std::optional<Erasure> erasure_of(std::string_view line) {
    const std::vector<std::string_view> words = split(line, ' ');
    if (words.size() != kWords || words[0] != kVersion) return std::nullopt;
    if (check_of(line.substr(0, line.size() - words[5].size())) != words[5]) return std::nullopt;
    const auto token = bytes_of_hex(words[1]);
    const auto era = whole_number(words[2]);
    const auto day = parse_date(words[3]);
    const auto reason = ledger::erasure_reason_of(words[4]);
    Erasure out;
    if (!token || token->size() != out.person.bytes.size() || !era || *era < 1 || *era > 0xFFFF ||
        !day || !reason)
        return std::nullopt;
    std::copy(token->begin(), token->end(), out.person.bytes.begin());
    out.era = static_cast<ledger::Era>(*era);
    out.on = *day;
    out.reason = *reason;
    return out;
}

}  // namespace

Result<std::vector<Erasure>> erasures_in(const std::string& path) {
    std::vector<Erasure> out;
    if (state_of_file(path) == FileState{}) return out;
    const auto bytes = bytes_of_file(path);
    if (!bytes) return error(ErrorCode::kBroken, "erasure.line", {}, path);
    std::string_view rest(reinterpret_cast<const char*>(bytes->data()), bytes->size());
    while (true) {
        const std::size_t end = rest.find('\n');
        // The power went while it was written: nothing had been destroyed for it yet.
        if (end == rest.npos) return out;
        const auto erasure = erasure_of(rest.substr(0, end));
        if (!erasure)
            return error(ErrorCode::kBroken, "erasure.line", {},
                         path + ":" + std::to_string(out.size() + 1));
        out.push_back(*erasure);
        rest.remove_prefix(end + 1);
    }
}

bool is_erasure_line(std::string_view line) { return erasure_of(line).has_value(); }

Result<Done> append_erasures(const std::string& path, std::span<const Erasure> erasures) {
    const auto unwritable = [&](int why) {
        return error(ErrorCode::kBroken, "erasure.unwritable", {{"code", std::to_string(why)}},
                     path);
    };
    // A line that was cut stays behind as half a line; the next must not continue it.
    const auto bytes = bytes_of_file(path);
    if (bytes && !bytes->empty() && bytes->back() != '\n') {
        const auto last = std::find(bytes->rbegin(), bytes->rend(), std::uint8_t{'\n'});
        const std::vector<std::uint8_t> whole(bytes->begin(), last.base());
        if (const int why = replace_file(path, whole); why != 0) return unwritable(why);
    }
    std::string text;
    for (const Erasure& erasure : erasures) text += line_of(erasure);
    if (const int why = append_to_file(path, text); why != 0) return unwritable(why);
    return Done{};
}

}  // namespace licet::store

// SPDX-License-Identifier: Apache-2.0
#include "store/erasure_register.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/text.h"
#include "store/internal/durable_file.h"
#include "store/internal/layer_keys.h"

namespace licet::store {
namespace {

constexpr std::string_view kBare = "1";
constexpr std::string_view kLayered = "2";
constexpr std::size_t kCheckDigits = 8;
constexpr std::size_t kLayerDigits = 16;
constexpr std::size_t kWords = 6;  // of a line without a layer

std::string check_of(std::string_view line) { return hex_of(sha256(line)).substr(0, kCheckDigits); }

std::string line_of(const Erasure& erasure, const ledger::TokenLayer& layer) {
    std::string line(kBare);
    if (const std::uint64_t check_value = layer.check_value(); check_value != 0) {
        std::vector<std::uint8_t> bytes;
        append_big_endian(bytes, check_value, sizeof check_value);
        line = std::string(kLayered) + " " + hex_of(bytes);
    }
    line += " " + hex_of(layer.over(erasure.person).bytes) + " " + std::to_string(erasure.era) +
            " " + text_of(erasure.on) + " " + std::string(ledger::name_of(erasure.reason)) + " ";
    return line + check_of(line) + "\n";
}

struct Line {
    Erasure erasure;  ///< its person as stored
    std::uint64_t layer = 0;
};

std::optional<Line> line_in(std::string_view text) {
    std::vector<std::string_view> words = split(text, ' ');
    if (check_of(text.substr(0, text.size() - words.back().size())) != words.back())
        return std::nullopt;
    Line out;
    if (words.front() == kLayered && words.size() == kWords + 1) {
        const auto layer = bytes_of_hex(words[1]);
        if (!layer || words[1].size() != kLayerDigits) return std::nullopt;
        out.layer = big_endian(*layer);
        words.erase(words.begin());
    } else if (words.front() != kBare || words.size() != kWords) {
        return std::nullopt;
    }
    const auto token = bytes_of_hex(words[1]);
    const auto era = whole_number(words[2]);
    const auto day = parse_date(words[3]);
    const auto reason = ledger::erasure_reason_of(words[4]);
    Erasure& erasure = out.erasure;
    if (!token || token->size() != erasure.person.bytes.size() || !era || *era < 1 ||
        *era > 0xFFFF || !day || !reason)
        return std::nullopt;
    std::copy(token->begin(), token->end(), erasure.person.bytes.begin());
    erasure.era = static_cast<ledger::Era>(*era);
    erasure.on = *day;
    erasure.reason = *reason;
    return out;
}

// `where` is the path, for errors.
Result<std::vector<Erasure>> erasures_in_text(std::string_view rest, const LayerKeys& keys,
                                              const std::string& where) {
    std::vector<Erasure> out;
    std::map<std::uint64_t, ledger::TokenLayer> layers;
    layers.emplace(0, ledger::TokenLayer::none());
    while (true) {
        const std::size_t end = rest.find('\n');
        // The power went while it was written: nothing had been destroyed for it yet.
        if (end == rest.npos) return out;
        auto line = line_in(rest.substr(0, end));
        if (!line)
            return error(ErrorCode::kBroken, "erasure.line", {},
                         where + ":" + std::to_string(out.size() + 1));
        auto layer = layers.find(line->layer);
        if (layer == layers.end()) {
            auto found = LICET_TRY(keys.layer(line->layer, Layers::kKnown));
            layer = layers.emplace(line->layer, std::move(found)).first;
        }
        line->erasure.person = layer->second.under(line->erasure.person);
        out.push_back(line->erasure);
        rest.remove_prefix(end + 1);
    }
}

std::string text_of_erasures(std::span<const Erasure> erasures, const ledger::TokenLayer& layer) {
    std::string text;
    for (const Erasure& erasure : erasures) text += line_of(erasure, layer);
    return text;
}

Error unwritable(const LedgerFiles& files, int why) {
    return error(ErrorCode::kBroken, "erasure.unwritable", {{"code", std::to_string(why)}},
                 files.erasures);
}

}  // namespace

Result<std::vector<Erasure>> erasures_in(const LedgerFiles& files) {
    if (state_of_file(files.erasures) == FileState{}) return std::vector<Erasure>{};
    const auto bytes = bytes_of_file(files.erasures);
    if (!bytes) return error(ErrorCode::kBroken, "erasure.line", {}, files.erasures);
    const std::string_view text(reinterpret_cast<const char*>(bytes->data()), bytes->size());
    return erasures_in_text(text, LayerKeys(files), files.erasures);
}

Result<std::vector<Erasure>> erasures_of_text(std::string_view text, const LedgerFiles& files) {
    return erasures_in_text(text, LayerKeys(files), files.erasures);
}

Result<Done> append_erasures(const LedgerFiles& files, std::span<const Erasure> erasures,
                             const ledger::TokenLayer& layer) {
    // A line that was cut stays behind as half a line; the next must not continue it.
    const auto bytes = bytes_of_file(files.erasures);
    if (bytes && !bytes->empty() && bytes->back() != '\n') {
        const auto last = std::find(bytes->rbegin(), bytes->rend(), std::uint8_t{'\n'});
        const std::vector<std::uint8_t> whole(bytes->begin(), last.base());
        if (const int why = replace_file(files.erasures, whole); why != 0)
            return unwritable(files, why);
    }
    const std::string text = text_of_erasures(erasures, layer);
    if (const int why = append_to_file(files.erasures, text); why != 0)
        return unwritable(files, why);
    return Done{};
}

Result<Done> replace_erasures(const LedgerFiles& files, std::span<const Erasure> erasures,
                              const ledger::TokenLayer& layer) {
    // A register that is not there is an empty one.
    if (erasures.empty() && state_of_file(files.erasures) == FileState{}) return Done{};
    const std::string text = text_of_erasures(erasures, layer);
    const std::span bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
    if (const int why = replace_file(files.erasures, bytes); why != 0)
        return unwritable(files, why);
    return Done{};
}

}  // namespace licet::store

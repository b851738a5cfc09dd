// SPDX-License-Identifier: Apache-2.0
#include "lists/internal/jsonl_source.h"

#include <charconv>
#include <cmath>
#include <deque>
#include <unordered_map>

#include "base/json.h"
#include "base/text.h"
#include "lists/internal/row_text.h"

namespace licet::lists::internal {
namespace {

constexpr std::size_t kFirstLines = 1000;
constexpr std::size_t kFirstBytes = std::size_t{8} << 20;
constexpr std::size_t kMostKeys = 16384;
constexpr std::size_t kMostDepth = 8;
constexpr std::size_t kBlockBytes = std::size_t{256} << 10;
constexpr std::size_t kShownBytes = 64;

std::string_view without_mark(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    return trimmed(text);
}

using Pairs = std::vector<std::pair<std::string, std::string>>;

std::string text_of(double number) {
    constexpr double kExact = 9007199254740992;  // 2^53
    std::array<char, 32> text{};
    const bool is_whole = std::trunc(number) == number && std::abs(number) < kExact;
    const auto end =
        is_whole ? std::to_chars(text.begin(), text.end(), static_cast<std::int64_t>(number))
                 : std::to_chars(text.begin(), text.end(), number);
    return {text.begin(), end.ptr};
}

std::string text_of(const json::value& value) {
    if (value.is_null()) return {};
    if (const json::string* text = value.if_string()) return {text->begin(), text->end()};
    if (const double* number = value.if_double()) return text_of(*number);
    return json::serialize(value);
}

void flatten(const json::object& object, const std::string& before, std::size_t depth, Pairs& out) {
    for (const json::key_value_pair& one : object) {
        std::string name = before + std::string(one.key());
        const json::object* inner = one.value().if_object();
        if (inner == nullptr || inner->empty() || depth == kMostDepth)
            out.emplace_back(std::move(name),
                             inner != nullptr && inner->empty() ? "" : text_of(one.value()));
        else
            flatten(*inner, name + ".", depth + 1, out);
    }
}

std::size_t keys_in(const json::value& value) {
    std::size_t count = 0;
    if (const json::object* object = value.if_object())
        for (const json::key_value_pair& one : *object) count += 1 + keys_in(one.value());
    if (const json::array* array = value.if_array())
        for (const json::value& one : *array) count += keys_in(one);
    return count;
}

// Counts the keys of a text that is JSON: the strings that a colon follows.
std::size_t keys_in_text(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t i = text.find('"'); i < text.size(); i = text.find('"', i)) {
        for (++i; i < text.size() && text[i] != '"'; ++i)
            if (text[i] == '\\') ++i;
        i = text.find_first_not_of(" \t\r\n", i + 1);
        if (i < text.size() && text[i] == ':') ++count;
    }
    return count;
}

Result<Pairs> pairs_of(std::string_view line) {
    const json::value value = LICET_TRY(parse_json(line));
    const json::object* object = value.if_object();
    if (object == nullptr) return error(ErrorCode::kInput, "jsonl.not_object");
    // Of a key that is there twice the parser keeps the last value, and the first may be a refusal.
    if (keys_in_text(line) != keys_in(value))
        return error(ErrorCode::kInput, "jsonl.some_key_twice");
    Pairs out;
    flatten(*object, "", 1, out);
    return out;
}

// A key may be somebody's address or number: then it is not shown.
std::string shown(const std::string& key) {
    const auto digits =
        std::count_if(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; });
    const bool may_be_personal = key.find('@') != key.npos || digits > 5;
    return may_be_personal || key.size() > kShownBytes ? "…" : key;
}

class JsonlSource {
  public:
    JsonlSource(ByteSource source, std::string file_name)
        : source_(std::move(source)), file_name_(std::move(file_name)) {}

    Result<Done> begin() {
        std::size_t held = 0;
        while (first_.size() < kFirstLines && held < kFirstBytes && LICET_TRY(read_line())) {
            held += line_.size();
            if (const auto pairs = pairs_of(line_))
                for (const auto& [name, value] : *pairs) add_column(name);
            first_.push_back({std::move(line_), is_cut_});
        }
        if (names_.empty()) return error(ErrorCode::kInput, "jsonl.no_object", {}, file_name_);
        if (names_.size() > kMostKeys)
            return error(ErrorCode::kInput, "jsonl.too_many_keys",
                         {{"most", std::to_string(kMostKeys)}}, file_name_);
        for (const std::string& name : names_) rows_.put(name);
        rows_.end_row();
        line_number_ = 0;
        return Done{};
    }

    Result<std::size_t> read(std::span<char> out) {
        while (rows_.is_empty()) {
            if (!first_.empty()) {
                line_ = std::move(first_.front().text);
                is_cut_ = first_.front().is_cut;
                first_.pop_front();
            } else if (!LICET_TRY(read_line())) {
                return std::size_t{0};
            }
            ++line_number_;
            give_row();
        }
        return rows_.take(out);
    }

    [[nodiscard]] ReaderOptions options() const { return rows_.reader_options(file_name_, 0); }

  private:
    struct Line {
        std::string text;
        bool is_cut = false;
    };

    void add_column(const std::string& name) {
        if (names_.size() > kMostKeys) return;
        if (columns_.emplace(name, names_.size()).second) names_.push_back(name);
    }

    // Sets line_, without its end; of a line that is too long, its beginning. False at the end.
    Result<bool> read_line() {
        line_.clear();
        is_cut_ = false;
        bool has_some = false;
        while (true) {
            if (place_ == block_.size()) {
                block_.resize(kBlockBytes);
                block_.resize(LICET_TRY(source_(block_)));
                place_ = 0;
                if (block_.empty()) break;
            }
            has_some = true;
            const std::size_t end = std::min(block_.find('\n', place_), block_.size());
            if (line_.size() + end - place_ <= kMaxRecordBytes / 2)
                line_.append(block_, place_, end - place_);
            else
                is_cut_ = true;
            place_ = end;
            if (place_ == block_.size()) continue;
            ++place_;
            break;
        }
        if (!is_past_mark_ && line_.starts_with("\xEF\xBB\xBF")) line_.erase(0, 3);
        is_past_mark_ = true;
        return has_some;
    }

    void give_row() {
        if (trimmed(line_).empty()) return rows_.blank_row();
        if (is_cut_)
            return give_bad_line(error(ErrorCode::kInput, "csv.record_too_long",
                                       {{"limit", std::to_string(kMaxRecordBytes >> 21)}}));
        auto pairs = pairs_of(line_);
        if (!pairs) return give_bad_line(pairs.error());
        values_.assign(names_.size(), {});
        is_set_.assign(names_.size(), false);
        Pairs surplus;
        for (auto& [name, value] : *pairs) {
            const auto column = columns_.find(name);
            if (column == columns_.end() || is_set_[column->second]) {
                tell(error(ErrorCode::kInput,
                           column == columns_.end() ? "jsonl.unknown_key" : "jsonl.key_twice",
                           {{"key", shown(name)}, {"lines", std::to_string(kFirstLines)}}));
                surplus.emplace_back(std::move(name), std::move(value));
                continue;
            }
            is_set_[column->second] = true;
            values_[column->second] = std::move(value);
        }
        for (const std::string& value : values_) rows_.put(value);
        for (const auto& [name, value] : surplus) rows_.put(name + ": " + value);
        rows_.end_row();
    }

    void give_bad_line(Error problem) {
        tell(std::move(problem));
        rows_.put(line_);
        rows_.end_row();
    }

    void tell(Error problem) {
        problem.where = file_name_ + ":" + std::to_string(line_number_);
        rows_.tell(line_number_, std::move(problem));
    }

    ByteSource source_;
    std::string file_name_;
    std::string block_;
    std::size_t place_ = 0;  // in block_
    std::string line_;
    bool is_cut_ = false;
    bool is_past_mark_ = false;
    std::uint64_t line_number_ = 0;
    std::deque<Line> first_;  // read for their keys, and not yet given
    std::vector<std::string> names_;
    std::unordered_map<std::string, std::size_t> columns_;
    std::vector<std::string> values_;
    std::vector<bool> is_set_;
    RowText rows_{','};
};

}  // namespace

bool is_jsonl(std::string_view block) {
    block = without_mark(block);
    if (!block.starts_with('{')) return false;
    block = trimmed(block.substr(1));
    return block.starts_with('"') || block.starts_with('}');
}

bool is_json_array(std::string_view block) {
    block = without_mark(block);
    return block.starts_with('[') && trimmed(block.substr(1)).starts_with('{');
}

Result<ListSource> jsonl_list(ByteSource source, const std::string& file_name) {
    auto lines = std::make_shared<JsonlSource>(std::move(source), file_name);
    LICET_TRY(lines->begin());
    ListSource out;
    out.options = lines->options();
    out.bytes = [lines](std::span<char> bytes) { return lines->read(bytes); };
    return out;
}

}  // namespace licet::lists::internal

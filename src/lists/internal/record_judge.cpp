// SPDX-License-Identifier: Apache-2.0
#include "lists/internal/record_judge.h"

#include <algorithm>

#include "base/text.h"
#include "lists/internal/intake.h"

namespace licet::lists::internal {

// One problem, the one that explains the others.
void RecordJudge::judge(Record& record, const Met& met) const {
    const std::string_view raw = record.raw;
    const auto& fields = record.fields;
    const char first = raw.front();
    const bool may_be_blank = first == separator_ || first == '"' || first <= ' ';
    record.is_blank = may_be_blank && !record.problem &&
                      std::all_of(fields.begin(), fields.end(),
                                  [](auto field) { return trimmed(field).empty(); });
    if (record.problem) {
        // The source knows best.
    } else if (met.is_unclosed) {
        record.problem =
            problem(record.line, "csv.unclosed_quote", 0, {{"line", std::to_string(record.line)}});
    } else if (met.stray_field != kNoField) {
        record.problem = problem(record.line, "csv.stray_quote", met.stray_field + 1,
                                 {{"column", column_name(met.stray_field)}});
    } else if (raw.size() > kMaxFieldBytes) {
        const auto large = std::find_if(fields.begin(), fields.end(),
                                        [](auto field) { return field.size() > kMaxFieldBytes; });
        const auto index = static_cast<std::size_t>(large - fields.begin());
        if (large != fields.end())
            record.problem = problem(
                record.line, "csv.field_too_long", index + 1,
                {{"column", column_name(index)}, {"limit", std::to_string(kMaxFieldBytes >> 20)}});
    }
    if (met.may_have_bad_characters) judge_characters(record);
    const std::size_t width = header_.size();
    record.is_regular =
        (width == 0 || fields.size() == width) && !met.is_unclosed && met.stray_field == kNoField;
    if (width == 0 || fields.size() == width) return;
    const std::size_t found = fields.size();
    const bool is_short = found < width;
    const bool has_surplus =
        !is_short && std::any_of(fields.begin() + static_cast<std::ptrdiff_t>(width), fields.end(),
                                 [](auto field) { return !field.empty(); });
    if (!is_short && !has_surplus) record.fields = record.fields.first(width);
    if (record.problem || record.is_blank || (!is_short && !has_surplus)) return;
    record.problem =
        problem(record.line, is_short ? "csv.too_few_fields" : "csv.too_many_fields", 0,
                {{"found", std::to_string(found)}, {"expected", std::to_string(width)}});
}

void RecordJudge::judge_characters(Record& record) const {
    const std::size_t accent = ascii_prefix(record.raw);
    if (record.problem || !first_invalid_utf8(record.raw.substr(accent))) return;
    const auto& fields = record.fields;
    std::size_t index = 0;
    while (index + 1 < fields.size() && !first_invalid_utf8(fields[index])) ++index;
    record.problem =
        problem(record.line, "csv.invalid_utf8", index + 1, {{"column", column_name(index)}});
}

Error RecordJudge::problem(std::uint64_t line, std::string_view id, std::size_t column,
                           std::vector<std::pair<std::string, std::string>> arguments) const {
    std::string where = file_name_ + ":" + std::to_string(line);
    if (column > 0) where += ":" + std::to_string(column);
    return error(ErrorCode::kInput, id, std::move(arguments), std::move(where));
}

}  // namespace licet::lists::internal

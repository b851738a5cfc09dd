// SPDX-License-Identifier: Apache-2.0
#include "api/batch.h"

#include <algorithm>
#include <array>
#include <limits>
#include <span>

#include "law/diagram.h"

namespace licet::api {
namespace {

using law::FactId;
using law::VariableKind;
using law::VarId;

// A framing column has few rows a value: its frames stay small.
constexpr std::uint64_t kMostNear = 1 << 20;
constexpr std::uint64_t kMostNearOfMany = 1 << 14;
constexpr std::uint64_t kMostPlaces = std::uint64_t{1} << 62U;
// All other derived facts follow from these.
constexpr std::array<std::string_view, 3> kFraming = {"at", "country", "region"};

constexpr std::int64_t kNeverDay = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kUnknownDay = std::numeric_limits<std::int64_t>::max();

// As Variables codes an order: nothing comes after what never was, and never after nothing.
std::uint64_t order_of(std::int64_t first, std::int64_t second) {
    if (first == kNeverDay || second == kNeverDay) return 0;
    if (first == kUnknownDay || second == kUnknownDay) return 2;
    return first > second ? 1 : 0;
}

// Verdicts that differ in nothing are one situation.
std::string content_of(const gate::Verdict& verdict) {
    std::string out = verdict.answer + '\n' + verdict.channel + '\n' + verdict.pack + '\n';
    for (const gate::VerdictReason& reason : verdict.reasons) out += reason.rule + ' ';
    for (const std::string& duty : verdict.duties) out += '\n' + duty;
    for (const FactId fact : verdict.missing) out += '\r' + std::to_string(fact);
    out += verdict.certainty == law::Certainty::kSettled ? '!' : '?';
    return out + (verdict.note ? verdict.note->id : "");
}

}  // namespace

Result<std::unique_ptr<Batch>> Batch::make(const law::Law& law, gate::ZoneOffset zone_offset,
                                           gate::Request shared, std::span<const Column> columns) {
    std::unique_ptr<Batch> batch(new Batch(law, std::move(zone_offset), std::move(shared)));
    batch->table_ = law.table(batch->shared_.question);
    if (batch->table_ == nullptr)
        return error(ErrorCode::kMissing, "law.no_rules_for",
                     {{"question", batch->shared_.question}});
    for (const Column& column : columns) LICET_TRY(batch->add(column));
    return batch;
}

Result<Done> Batch::add(const Column& column) {
    const law::Vocabulary& vocabulary = law_.vocabulary();
    // The law's own words for a name that is none.
    law::Facts read;
    const FactId fact = vocabulary.find(column.fact);
    if (fact == law::kNoFact) LICET_TRY(law::set_fact(read, vocabulary, column.fact, ""));
    if (column_of(fact) < columns_.size())
        return error(ErrorCode::kInput, "api.fact_twice", {{"name", column.fact}});
    if (column.values.size() >= kUnknownValue)
        return error(ErrorCode::kInput, "api.column_too_long",
                     {{"name", column.fact}, {"most", std::to_string(kUnknownValue - 1)}});
    shared_.facts.erase(fact);
    Values values{fact, {}};
    for (const std::string& text : column.values) {
        LICET_TRY(law::set_fact(read, vocabulary, column.fact, text));
        values.values.push_back(*read.find(fact));
    }
    if (std::find(kFraming.begin(), kFraming.end(), column.fact) != kFraming.end())
        framing_.push_back(columns_.size());
    columns_.push_back(std::move(values));
    return Done{};
}

std::size_t Batch::column_of(FactId fact) const {
    return static_cast<std::size_t>(
        std::find_if(columns_.begin(), columns_.end(),
                     [&](const Values& column) { return column.fact == fact; }) -
        columns_.begin());
}

Result<Done> Batch::check_codes(RowCodes codes, std::size_t rows) const {
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        const std::size_t count = columns_[c].values.size();
        bool is_good = true;
        for (std::size_t r = 0; r < rows; ++r)
            is_good &= (codes[c][r] < count) | (codes[c][r] == kUnknownValue);
        if (!is_good)
            return error(ErrorCode::kInput, "api.no_such_code",
                         {{"name", law_.vocabulary().fact(columns_[c].fact).name},
                          {"count", std::to_string(count)}});
    }
    return Done{};
}

Result<Done> Batch::decide(RowCodes codes, std::size_t rows, std::uint8_t* answers,
                           std::uint32_t* situations) {
    LICET_TRY(check_codes(codes, rows));
    for (std::size_t row = 0; row < rows; ++row) {
        Frame* frame = last_frame_;
        if (frame == nullptr || !framing_.empty()) frame = LICET_TRY(frame_of(codes, row));
        std::uint32_t& known = situation_of(*frame, codes, row);
        if (known == 0) known = 1 + LICET_TRY(meet(*frame, codes, row));
        answers[row] = answers_[known - 1];
        if (situations != nullptr) situations[row] = known - 1;
    }
    return Done{};
}

// The unknown value's code is the largest of all, and its place the last.
std::uint32_t& Batch::situation_of(Frame& frame, RowCodes codes, std::size_t row) {
    const auto of_row = [&](const auto& values, std::size_t column) {
        return values[std::min<std::size_t>(codes[column][row], values.size() - 1)];
    };
    std::uint64_t place = 0;
    for (const Digit& digit : frame.digits) place += of_row(digit.places, digit.column);
    for (const Order& order : frame.orders)
        place += order_of(of_row(order.first.days, order.first.column),
                          of_row(order.second.days, order.second.column)) *
                 order.stride;
    return frame.near.empty() ? frame.far[place] : frame.near[place];
}

// ---- frames -------------------------------------------------------------------------------------
Result<Batch::Frame*> Batch::frame_of(RowCodes codes, std::size_t row) {
    frame_key_.clear();
    for (const std::size_t column : framing_) frame_key_.push_back(codes[column][row]);
    if (last_frame_ != nullptr && frame_key_ == last_key_) return last_frame_;
    std::unique_ptr<Frame>& frame = frames_[frame_key_];
    if (!frame) frame = LICET_TRY(make_frame(codes, row));
    last_frame_ = frame.get();
    last_key_ = frame_key_;
    return last_frame_;
}

Result<std::unique_ptr<Batch::Frame>> Batch::make_frame(RowCodes codes, std::size_t row) {
    auto frame = std::make_unique<Frame>();
    gate::Request request = shared_;
    for (const std::size_t column : framing_)
        if (const std::uint16_t code = codes[column][row]; code != kUnknownValue)
            request.facts.set(columns_[column].fact, columns_[column].values[code]);
    frame->facts = request.facts;
    frame->complete = gate::facts_of(law_, zone_offset_, request);
    frame->codes = law_.variables().code(frame->complete);
    frame->matters = variables_that_matter(frame->codes);
    std::uint64_t stride = 1;
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        if (is_framing(column)) continue;
        Digit digit = digit_of(*frame, column, stride);
        if (!digit.places.empty()) frame->digits.push_back(std::move(digit));
        if (stride > kMostPlaces / (std::uint64_t{kUnknownValue} + 1))
            return error(ErrorCode::kInput, "api.too_many_columns");
    }
    add_orders(*frame, stride);
    if (stride <= (framing_.empty() ? kMostNear : kMostNearOfMany)) frame->near.resize(stride);
    return frame;
}

// Those that a walk can meet, whatever the columns hold.
std::vector<bool> Batch::variables_that_matter(const law::Codes& codes) const {
    const std::span<const std::uint32_t> cells = table_->cells;
    std::vector<bool> matters(law_.variables().size(), false);
    std::vector<bool> seen(cells.size(), false);
    std::vector<law::NodeRef> todo(table_->root_nodes);
    todo.push_back(table_->decision);
    while (!todo.empty()) {
        const law::NodeRef node = todo.back();
        todo.pop_back();
        if (law::is_terminal(node) || seen[node]) continue;
        seen[node] = true;
        const auto id = static_cast<VarId>(cells[node]);
        const law::Variable& variable = law_.variables()[id];
        matters[id] = true;
        const bool is_fixed = codes[id] != law::kUnknown && !is_open(variable.fact) &&
                              (variable.kind != VariableKind::kAfter || !is_open(variable.other));
        for (std::size_t code = 0; code < variable.size; ++code)
            if (!is_fixed || code == codes[id]) todo.push_back(cells[node + 1 + code]);
    }
    return matters;
}

bool Batch::is_framing(std::size_t column) const {
    return std::find(framing_.begin(), framing_.end(), column) != framing_.end();
}

bool Batch::is_open(FactId fact) const {
    const std::size_t column = column_of(fact);
    return column < columns_.size() && !is_framing(column);
}

bool Batch::is_order_of_columns(VarId id) const {
    const law::Variable& variable = law_.variables()[id];
    return variable.kind == VariableKind::kAfter && is_open(variable.fact) &&
           is_open(variable.other);
}

// Numbers the classes of a column's values; without places if they are all one.
Batch::Digit Batch::digit_of(const Frame& frame, std::size_t column, std::uint64_t& stride) const {
    const Values& values = columns_[column];
    const bool is_channel = law_.vocabulary().fact(values.fact).name == "channel";
    std::map<std::string, std::uint64_t> classes;
    Digit digit{column, {}};
    law::Facts facts = frame.complete;
    law::Codes codes = frame.codes;
    for (std::size_t i = 0; i <= values.values.size(); ++i) {
        const bool is_known = i < values.values.size();
        if (is_known) {
            facts.set(values.fact, values.values[i]);
            law_.variables().recode(facts, values.fact, codes);
        } else {
            codes = frame.codes;
        }
        std::string key;
        for (const VarId id : law_.variables().of_fact(values.fact))
            if (frame.matters[id] && !is_order_of_columns(id)) key += static_cast<char>(codes[id]);
        // Duties are worded for the channel, even where the law does not ask for it.
        if (is_channel) key += std::to_string(i);
        digit.places.push_back(classes.emplace(key, classes.size()).first->second * stride);
    }
    if (classes.size() == 1) return Digit{};
    stride *= classes.size();
    return digit;
}

void Batch::add_orders(Frame& frame, std::uint64_t& stride) const {
    for (std::size_t i = 0; i < law_.variables().size(); ++i) {
        const auto id = static_cast<VarId>(i);
        if (!frame.matters[i] || !is_order_of_columns(id)) continue;
        const law::Variable& variable = law_.variables()[id];
        frame.orders.push_back({days_of(variable.fact), days_of(variable.other), stride});
        stride *= 3;
    }
}

Batch::Days Batch::days_of(FactId fact) const {
    Days out{column_of(fact), {}};
    for (const law::FactValue& value : columns_[out.column].values) {
        const Moment* moment = std::get_if<Moment>(&value);
        out.days.push_back(moment == nullptr ? kNeverDay : moment->day.time_since_epoch().count());
    }
    out.days.push_back(kUnknownDay);
    return out;
}

// ---- situations ---------------------------------------------------------------------------------
Result<std::uint32_t> Batch::meet(const Frame& frame, RowCodes codes, std::size_t row) {
    gate::Request request;
    request.question = shared_.question;
    request.facts = frame.facts;
    for (std::size_t column = 0; column < columns_.size(); ++column)
        if (const std::uint16_t code = codes[column][row]; code != kUnknownValue)
            request.facts.set(columns_[column].fact, columns_[column].values[code]);
    gate::Verdict verdict =
        LICET_TRY(gate::check(law_, zone_offset_, request, gate::Depth::kAnswer));
    const auto [place, is_new] =
        by_content_.emplace(content_of(verdict), static_cast<std::uint32_t>(situations_.size()));
    if (!is_new) return place->second;
    const int code = law_.vocabulary().question(verdict.question)->answer_of(verdict.answer);
    answers_.push_back(code < 0 ? kUndetermined : static_cast<std::uint8_t>(code));
    verdict.at.clear();
    verdict.facts.clear();
    situations_.push_back(std::move(verdict));
    return place->second;
}

}  // namespace licet::api

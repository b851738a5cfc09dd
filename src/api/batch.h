// SPDX-License-Identifier: Apache-2.0
//
// Many rows that share most of their facts, and differ in columns of a few values each.
//
//     at, country, region of a row  -> frame: facts complete, codes, what still matters
//     each other column's value     -> its class: values with the same codes are one to the law
//     place = sum of class x stride -> situation, decided once by gate::check()
//
// Two dates that the law compares may both be columns: which comes later is one digit more of the
// place. A row costs one load a column that matters; memory is taken for new situations only.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "gate/gate.h"

namespace licet::api {

/// The code of a value that is not known.
inline constexpr std::uint16_t kUnknownValue = 0xFFFF;
/// The code of an answer that is none.
inline constexpr std::uint8_t kUndetermined = 0xFF;

/// A fact that differs from row to row, and its values, as set_fact reads them.
struct Column {
    std::string fact;
    std::vector<std::string> values;
};

/// Threads: one object per thread.
class Batch {
  public:
    /// `shared` is what all rows have; a column takes the place of what it says of its fact. The
    /// law must outlive the batch. Errors: kInput
    /// ("api.fact_twice", "api.column_too_long", "api.too_many_columns", and those of set_fact),
    /// kMissing ("law.no_rules_for").
    [[nodiscard]] static Result<std::unique_ptr<Batch>> make(const law::Law& law,
                                                             gate::ZoneOffset zone_offset,
                                                             gate::Request shared,
                                                             std::span<const Column> columns);

    /// Decides rows: `codes[c][r]` is a place in the values of column c, or kUnknownValue. Writes
    /// an answer's code and, if asked, a situation's number for each row. Errors: kInput
    /// ("api.no_such_code"); then nothing is written.
    [[nodiscard]] Result<Done> decide(const std::uint16_t* const* codes, std::size_t rows,
                                      std::uint8_t* answers, std::uint32_t* situations);

    /// The verdicts of the situations met so far, in the order of their numbers, without what may
    /// differ between rows that are alike. The addresses stay.
    [[nodiscard]] const std::deque<gate::Verdict>& situations() const { return situations_; }

  private:
    struct Values {
        law::FactId fact = law::kNoFact;
        std::vector<law::FactValue> values;
    };
    /// What a column adds to the place of a row, by code; the last is of the unknown value.
    struct Digit {
        std::size_t column = 0;
        std::vector<std::uint64_t> places;
    };
    /// The days of a column by code, in days since 1970-01-01; the last is of the unknown value.
    struct Days {
        std::size_t column = 0;
        std::vector<std::int64_t> days;
    };
    /// Two columns of dates that the law compares.
    struct Order {
        Days first;
        Days second;
        std::uint64_t stride = 0;
    };
    struct Frame {
        law::Facts facts;
        law::Facts complete;
        law::Codes codes;
        std::vector<bool> matters;  ///< by variable
        std::vector<Digit> digits;
        std::vector<Order> orders;
        std::vector<std::uint32_t> near;  ///< situation + 1 by place, if they are few
        std::unordered_map<std::uint64_t, std::uint32_t> far;
    };
    using RowCodes = const std::uint16_t* const*;

    Batch(const law::Law& law, gate::ZoneOffset zone_offset, gate::Request shared)
        : law_(law), zone_offset_(std::move(zone_offset)), shared_(std::move(shared)) {}

    [[nodiscard]] Result<Done> add(const Column& column);
    [[nodiscard]] Result<Done> check_codes(RowCodes codes, std::size_t rows) const;
    [[nodiscard]] Result<Frame*> frame_of(RowCodes codes, std::size_t row);
    [[nodiscard]] Result<std::unique_ptr<Frame>> make_frame(RowCodes codes, std::size_t row);
    [[nodiscard]] std::vector<bool> variables_that_matter(const law::Codes& codes) const;
    [[nodiscard]] Digit digit_of(const Frame& frame, std::size_t column,
                                 std::uint64_t& stride) const;
    void add_orders(Frame& frame, std::uint64_t& stride) const;
    [[nodiscard]] bool is_framing(std::size_t column) const;
    /// True for a fact that differs between the rows of one frame.
    [[nodiscard]] bool is_open(law::FactId fact) const;
    [[nodiscard]] bool is_order_of_columns(law::VarId id) const;
    [[nodiscard]] std::size_t column_of(law::FactId fact) const;
    [[nodiscard]] Days days_of(law::FactId fact) const;
    /// Gives where a row's situation is kept: its number + 1, or 0 if it is not known yet.
    [[nodiscard]] std::uint32_t& situation_of(Frame& frame, RowCodes codes, std::size_t row);
    [[nodiscard]] Result<std::uint32_t> meet(const Frame& frame, RowCodes codes, std::size_t row);

    const law::Law& law_;
    gate::ZoneOffset zone_offset_;
    gate::Request shared_;
    const law::QuestionTable* table_ = nullptr;
    std::vector<Values> columns_;
    std::vector<std::size_t> framing_;  ///< columns of at, country, region
    std::map<std::vector<std::uint16_t>, std::unique_ptr<Frame>> frames_;
    std::vector<std::uint16_t> frame_key_;
    Frame* last_frame_ = nullptr;
    std::vector<std::uint16_t> last_key_;
    std::map<std::string, std::uint32_t> by_content_;
    std::deque<gate::Verdict> situations_;
    std::vector<std::uint8_t> answers_;  ///< by situation
};

}  // namespace licet::api

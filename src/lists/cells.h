// SPDX-License-Identifier: Apache-2.0
//
// What the text of a cell says: yes or no, a day, a country; and whether it may be an address.
//
// A cell that is not understood is unknown, never "no": `Peut-être` in a column of refusals is no
// permission. An empty cell is told apart, because in most lists an empty refusal mark means that
// nobody wrote one, while an empty agreement mark means nothing.
//
// Dates: 2026-03-12, 2026/03/12, 20260312, with or without an hour; 12/03/2026, 12.03.2026,
// 12-03-2026; Excel's number of a day (45728 = 2025-03-12, counted from 1899-12-30). Two digits of
// a year are read as Excel does: 00-29 are 2000-2029, 30-99 are 1930-1999. The day comes first,
// unless the column proves the American order: a number over 12 in second place and none in first
// place. A column that proves neither, or both, is ambiguous: each of its days is the older one of
// the two, so that nothing is kept or used for longer than it may be; `is_ambiguous` lets the
// report say so.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/result.h"

namespace licet::lists {

enum class Mark { kNo, kYes, kEmpty, kUnknown };

/// Reads oui, non, VRAI, FALSE, 1, 0, x, ja, nein and the like.
[[nodiscard]] Mark mark_of(std::string_view cell);

/// Reads whether somebody is a customer: as mark_of, "client", "prospect" and the like, and
/// Dolibarr's 2 (prospect) and 3 (both).
[[nodiscard]] Mark customer_of(std::string_view cell);

/// How the dates of one column are written. Show it the first rows, then read with it.
class DateColumn {
  public:
    /// Takes one more cell into account. Cells that are no dates count for nothing.
    void learn(std::string_view cell);

    /// Reads a date; nothing for an empty cell or for `0000-00-00`.
    /// Errors: kInput "cell.no_such_day" for 31/02/2026, "cell.date_form" for another form. The
    /// value in the message is masked.
    [[nodiscard]] Result<std::optional<Date>> read(std::string_view cell) const;

    /// Says that nothing tells which of two days the cell names. read() gives the older one, which
    /// is right for what must not be kept or used too long, and wrong for a refusal.
    [[nodiscard]] bool may_be_two_days(std::string_view cell) const;

    [[nodiscard]] bool is_month_first() const { return proves_month_first_ && !proves_day_first_; }
    /// Says that dates such as 03/04/2026 were seen and nothing that tells their order, or that
    /// both orders were.
    [[nodiscard]] bool is_ambiguous() const {
        return has_open_order_ && proves_month_first_ == proves_day_first_;
    }
    /// Says that what was learned tells how later dates are to be read.
    [[nodiscard]] bool is_settled() const {
        return proves_month_first_ || proves_day_first_ || (has_other_order_ && !has_open_order_);
    }

  private:
    bool proves_day_first_ = false;
    bool proves_month_first_ = false;
    bool has_open_order_ = false;
    bool has_other_order_ = false;  ///< something that is written in one way only
};

/// Gives the ISO 3166-1 alpha-2 code, lower case, of a country of Europe, of the United States or
/// Canada, from its code of two or three letters or its name in French, English or German (`uk` is
/// gb, French overseas departments have their own codes); nothing for any other text.
[[nodiscard]] std::optional<std::string> country_of(std::string_view cell);

/// Says whether `text` has the form of an e-mail address, alone or as `Name <address>`: a quick
/// look, not a validation.
[[nodiscard]] bool looks_like_email(std::string_view text);

/// Says whether `text` has the form of a telephone number: a quick look, not a validation.
[[nodiscard]] bool looks_like_phone(std::string_view text);

/// Says whether a cell of a first line holds somebody: an address or a number as above, or a number
/// of nine digits or more that is no day. Names of columns hold none.
[[nodiscard]] bool may_be_contact(std::string_view text);

}  // namespace licet::lists

// SPDX-License-Identifier: Apache-2.0
//
// One row as a contact: addresses read, dates read, marks read, and what was wrong with each.
//
// An address that cannot be read is told with its line and column, masked; the row is then
// unreadable if the channel needs it. A refusal in any column is a refusal. A row with several
// addresses is reached by the preferred one, and the others are looked up as other spellings of it
// are: who refused under one of them is not reached under another, and an agreement stays with the
// address that it was given for.
#pragma once

#include <string>
#include <vector>

#include "gate/contact.h"
#include "lists/cells.h"
#include "lists/columns.h"
#include "lists/csv_reader.h"
#include "lists/refusal_columns.h"

namespace licet::lists {

/// What a channel reaches people by.
enum class Reach { kEmail, kPhone, kOther };
[[nodiscard]] Reach reach_of(std::string_view channel);

struct CellProblem {
    std::size_t column = 0;
    Message message;
    std::string masked_value;
};

struct ContactRow {
    gate::Contact contact;
    std::vector<CellProblem> problems;
    bool is_reachable = false;  ///< an address for the channel could be read
};

/// What of a row is read for every row: its addresses and days. The rest is bytes; rows with the
/// same bytes say the same in all other columns that count, and are read once.
struct RowSketch {
    ledger::ContactPoint email;
    ledger::ContactPoint phone;
    ledger::ContactPoint company;
    bool has_email = false;
    bool has_phone = false;
    bool has_company = false;
    gate::ContactDays days;
    std::string rest;
    bool is_reachable = false;
    bool is_clean = false;  ///< every address and day in it could be read
};

/// Reads rows of one file. Threads: one object per thread.
class ContactReader {
  public:
    ContactReader(const Mapping& mapping, std::string_view channel, std::string_view country);

    /// Looks at a row to learn how the columns write dates.
    void learn(const Record& record);
    /// True once nothing more is to be learned.
    [[nodiscard]] bool is_settled() const;
    /// Names of columns of whose days nobody knows which number is the month.
    [[nodiscard]] std::vector<std::string> ambiguous_columns() const;
    /// What was learned, by column; and what another reader of the same list learned.
    [[nodiscard]] const std::vector<DateColumn>& dates() const { return dates_; }
    void take_dates(std::vector<DateColumn> dates) {
        if (dates.size() == dates_.size()) dates_ = std::move(dates);
    }

    /// True if the row refuses this channel, or everything.
    [[nodiscard]] bool refuses(const Record& record);
    /// True if a column of the list may say so.
    [[nodiscard]] bool may_refuse() const { return !refusals_.columns().empty(); }

    /// Reads a row; what it returns is overwritten by the next call.
    [[nodiscard]] const ContactRow& read(const Record& record);
    /// How many of the rows that were sketched are refused by words in a text alone.
    [[nodiscard]] std::uint64_t refused_by_text() const { return refused_by_text_; }
    [[nodiscard]] std::vector<std::string> text_columns() const;

    /// Reads what differs from row to row; the memory of `out` is used again.
    void sketch(const Record& record, RowSketch& out);

  private:
    void read_addresses(const Record& record);
    void read_who(const Record& record);
    void read_dates(const Record& record);
    void read_choices(const Record& record);
    // What a row refuses.
    struct Refused {
        bool all = false;
        bool channel = false;  ///< that of the campaign, or everything
        bool by_text = false;  ///< and nothing but words in a text says so
    };
    [[nodiscard]] Refused refused_by(const Record& record);
    void note(std::size_t column, const Error& problem, std::string_view value);
    void add_other_addresses(const Record& record, const std::string& country,
                             ledger::ContactPoint* email, ledger::ContactPoint* phone) const;
    [[nodiscard]] std::string_view cell(const Record& record, Role role) const;
    void sketch_addresses(const Record& record, RowSketch& out);
    void sketch_days(const Record& record, RowSketch& out) const;
    void sketch_rest(const Record& record, RowSketch& out);
    [[nodiscard]] const std::string& country_of_phone(const Record& record);

    const Mapping& mapping_;
    Reach reach_;
    Role own_opt_out_;  ///< the refusal column of this channel
    RefusalReader refusals_;
    std::uint64_t refused_by_text_ = 0;
    bool has_other_emails_ = false;
    bool has_other_phones_ = false;
    std::string country_;
    std::vector<DateColumn> dates_;  ///< by column
    ContactRow row_;
    // For sketches.
    std::vector<std::size_t> read_cells_;     ///< columns whose text counts
    std::vector<std::size_t> present_cells_;  ///< columns of which counts whether they are empty
    std::string last_country_cell_;
    std::string last_country_;
};

}  // namespace licet::lists

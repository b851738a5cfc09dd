// SPDX-License-Identifier: Apache-2.0
//
// Reads a list for what it tells the ledger, and judges nobody.
//
//     record ─► addresses, marks, days ─► events without a person ─► (main) ─► ledger
//               opt-out, or a mark that is not understood   objection, of the channel or of all
//               a word of refusal in a note                 nothing: an objection is for ever, and
//                                                           somebody must read it first; no claim
//               hard bounce                                 objection to e-mail, reason hard_bounce
//               row as such                                 collected: origin, relation
//               day of the last purchase, of the last act   interaction
//               opt-in                                      consent_given, claimed: never proved
//               (register) result                           register_checked
//
// Every event has the attribute `batch`, so that what the list claimed can be undone; an objection
// never is. A row that cannot be read is told, with line and column. Memory does not grow with the
// file. Rows of a register have no origin: they are about numbers that we hold already.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "gate/declaration.h"
#include "gate/reference.h"
#include "ledger/event.h"
#include "lists/columns.h"
#include "lists/contact_from_record.h"
#include "lists/list_source.h"

namespace licet::lists {

/// What the rows of a file are.
enum class ImportKind {
    kContacts,    ///< people, as the columns say
    kCustomers,   ///< the same, and each is a customer unless a column says otherwise
    kRefusals,    ///< the same, but only refusals and bounces are taken
    kObjections,  ///< people who refuse, whatever the columns say
    kBounces,     ///< addresses that are not there
    kRegister,    ///< answers of an opt-out register
};
/// "contacts", "customers", "refusals", "objections", "bounces", "register".
[[nodiscard]] std::string_view name_of(ImportKind kind);
[[nodiscard]] std::optional<ImportKind> import_kind_of(std::string_view name);
/// True if the rows are to be used, so that the question `source` must be answered first. Refusals
/// are taken from wherever they come.
[[nodiscard]] bool is_for_use(ImportKind kind);

/// What an event of a row tells, for counting and for people.
enum class Taken {
    kObjection,
    kObjectionEmail,
    kObjectionCalls,
    kObjectionSms,
    kBounce,
    kOrigin,
    kCustomer,
    kPurchase,
    kActivity,
    kClaim,
    kListed,
    kNotListed,
};
inline constexpr std::size_t kTakenCount = static_cast<std::size_t>(Taken::kNotListed) + 1;
/// "objection", "objection_email", ...: the end of an id in the catalogue.
[[nodiscard]] std::string_view name_of(Taken taken);

/// An event that waits for its person. Its key says row, kind and channel: the same row of the same
/// batch gives the same key.
struct ImportedEvent {
    Taken taken = Taken::kObjection;
    ledger::Event event;
    bool is_for_emails = true;
    bool is_for_phones = true;
    /// A bounce is of one mailbox: near variants of the address may well be there.
    bool is_exact = false;
};

struct ImportedRow {
    std::vector<ledger::ContactPoint> emails;
    std::vector<ledger::ContactPoint> phones;
    std::vector<ImportedEvent> events;  ///< none if nobody could be read
    std::vector<CellProblem> problems;
    /// Kinds of `events`, each counted once a row; a customer is an attribute of an origin.
    [[nodiscard]] std::vector<Taken> taken() const;
    bool is_customer = false;
    /// A note, or a column that no name tells, refuses what no mark does: nothing says so in
    /// `events`, and no agreement to it is claimed.
    bool is_refused_by_text = false;
};

/// What rows are read by. All references outlive it.
struct ImportSetup {
    ImportKind kind = ImportKind::kContacts;
    const gate::Declaration& declaration;
    const gate::Reference& reference;
    std::string country;  ///< of rows that name none
    std::string batch;    ///< 16 hexadecimal digits
    Date today;
};

/// Reads rows of one file into events.
class ImportReader {
  public:
    ImportReader(const Mapping& mapping, const ImportSetup& setup);

    /// Looks at a row to learn how the columns write dates.
    void learn(const Record& record);
    /// True once nothing more is to be learned.
    [[nodiscard]] bool is_settled() const { return contacts_.is_settled(); }
    [[nodiscard]] const ContactReader& contacts() const { return contacts_; }
    /// Reads a row; what it returns is overwritten by the next call. `row` is its place, from 1.
    [[nodiscard]] const ImportedRow& read(const Record& record, std::uint64_t row);

  private:
    struct Refusals;
    void read_points(const Record& record, const std::string& country);
    void add_refusals(const Record& record);
    void look_at_texts(const Record& record);
    void refuse(std::string_view channel);
    void add_claims(const Record& record, const gate::Contact& contact);
    void add_collection(const gate::Contact& contact);
    void add_acts(const gate::Contact& contact);
    void add_consents(const Record& record, const gate::Contact& contact);
    [[nodiscard]] Mark register_mark(const Record& record) const;
    void add_register(const Record& record);
    void add_objection(Taken taken, std::span<const std::string_view> channels, Date day);
    ImportedEvent& add(Taken taken, ledger::EventKind kind, Date day);
    [[nodiscard]] Refusals refusals_of(const Record& record, Role scope);
    [[nodiscard]] Refusals bounces_of(const Record& record) const;
    void add_mark(const Record& record, std::size_t column, Refusals& out) const;
    [[nodiscard]] std::optional<Date> day_of(const Record& record, std::size_t column) const;
    [[nodiscard]] std::optional<Date> collected_on(const gate::Contact& contact);
    [[nodiscard]] bool says_claim(const Record& record, const gate::Contact& contact) const;

    const Mapping& mapping_;
    const ImportSetup& setup_;
    ContactReader contacts_;
    RefusalReader refusals_;
    std::vector<DateColumn> dates_;          ///< of refusals and bounces, by column
    std::vector<std::size_t> bounce_words_;  ///< columns that may tell why a mailbox is not there
    std::uint64_t row_number_ = 0;
    bool refuses_all_ = false;
    std::map<std::string, bool, std::less<>> refused_;  ///< by channel
    ImportedRow row_;
};

/// A row as it is told to people: nothing of it in clear.
struct ImportSample {
    std::uint64_t line = 0;
    std::string masked_address;
    std::vector<Taken> taken;
};

struct ImportProblem {
    std::uint64_t line = 0;
    std::string column;  ///< empty = the row
    Message message;
    std::string masked_value;
    bool is_left_out = false;
};

/// What a file tells in all.
struct ImportTotals {
    std::uint64_t rows = 0;
    std::uint64_t left_out = 0;  ///< rows of which nothing is taken because they cannot be read
    std::uint64_t silent = 0;    ///< rows that can be read and tell nothing of what is taken
    std::uint64_t problem_count = 0;
    std::array<std::uint64_t, kTakenCount> taken{};  ///< rows by what they tell
    std::vector<ImportProblem> problems;             ///< the first ones
    std::vector<ImportSample> samples;               ///< the first ones
    std::vector<Message> notes;                      ///< what of the file was left out
};

/// What the reading tells while it goes on; all are called in the order of the rows.
struct ImportListener {
    /// Once, before the first row.
    std::function<Result<Done>(const Mapping&)> shown;
    std::function<Result<Done>(const ImportedRow&)> row;
    std::function<void(std::uint64_t rows)> progress;
};

/// Opens the file once more, from its beginning.
using OpenAgain = std::function<Result<ByteSource>()>;

/// Reads the whole file. Errors: those of open_list, CsvReader, mapping_of (all of them), and of
/// the listener.
[[nodiscard]] Read<ImportTotals> read_import(const ImportSetup& setup, const OpenAgain& open,
                                             const std::string& file_name,
                                             std::span<const std::string> choices,
                                             const ImportListener& listener);

}  // namespace licet::lists

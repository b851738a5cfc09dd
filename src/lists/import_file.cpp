// SPDX-License-Identifier: Apache-2.0
//
// A whole file, twice: its first rows to learn what the columns are, then all of them.
#include <algorithm>

#include "base/personal.h"
#include "base/text.h"
#include "lists/import.h"
#include "lists/internal/first_rows.h"

namespace licet::lists {
namespace {

constexpr std::size_t kProblemsShown = 100;
constexpr std::size_t kSamplesShown = 5;
constexpr std::uint64_t kRowsBetweenProgress = 1000;

Result<CsvReader> open_reader(const OpenAgain& open, const std::string& file_name,
                              std::vector<Message>& notes) {
    ByteSource bytes = LICET_TRY(open());
    ListSource list = LICET_TRY(open_list(std::move(bytes), file_name));
    notes = std::move(list.notes);
    return CsvReader::open(std::move(list.bytes), std::move(list.options));
}

class ImportFile {
  public:
    ImportFile(const ImportSetup& setup, const OpenAgain& open, const std::string& file_name,
               const ImportListener& listener)
        : setup_(setup), open_(open), file_name_(file_name), listener_(listener) {}

    Read<ImportTotals> read(std::span<const std::string> choices) {
        Read<ImportTotals> out;
        auto mapping = look_at_first_rows(choices);
        if (!mapping) return failed({mapping.error()});
        if (!mapping->is_clean()) return failed(std::move(mapping->problems));
        mapping_ = std::move(mapping->value);
        ImportReader reader(mapping_, setup_);
        auto done = teach(reader);
        if (!done) return failed({done.error()});
        done = listener_.shown(mapping_);
        if (done) done = read_all(reader);
        if (!done) return failed({done.error()});
        out.value = std::move(totals_);
        return out;
    }

  private:
    [[nodiscard]] Read<ImportTotals> failed(std::vector<Error> problems) const {
        Read<ImportTotals> out;
        out.problems = std::move(problems);
        for (Error& problem : out.problems)
            if (problem.where.empty()) problem.where = file_name_;
        return out;
    }

    Result<Read<Mapping>> look_at_first_rows(std::span<const std::string> choices) {
        std::vector<Message> notes;
        CsvReader reader = LICET_TRY(open_reader(open_, file_name_, notes));
        first_ = LICET_TRY(internal::first_rows_of(reader));
        header_notes_ = internal::notes_on_header(reader);
        return internal::mapping_of_first(reader, first_, choices);
    }

    // The first rows mostly tell how days are written; if not, the whole file may.
    Result<Done> teach(ImportReader& rows) {
        for (internal::KeptRecord& record : first_) rows.learn(record.view());
        if (!rows.is_settled()) {
            std::vector<Message> notes;
            CsvReader reader = LICET_TRY(open_reader(open_, file_name_, notes));
            while (!rows.is_settled()) {
                const Record* const record = LICET_TRY(reader.next());
                if (record == nullptr) break;
                rows.learn(*record);
            }
        }
        internal::note_dates(rows.contacts(), header_notes_);
        return Done{};
    }

    Result<Done> read_all(ImportReader& rows) {
        CsvReader reader = LICET_TRY(open_reader(open_, file_name_, totals_.notes));
        totals_.notes.insert(totals_.notes.end(), header_notes_.begin(), header_notes_.end());
        while (true) {
            const Record* const record = LICET_TRY(reader.next());
            if (record == nullptr) {
                note_texts(rows.contacts());
                return Done{};
            }
            if (record->is_blank) continue;
            ++totals_.rows;
            LICET_TRY(take(*record, rows));
            if (totals_.rows % kRowsBetweenProgress == 0) listener_.progress(totals_.rows);
        }
    }

    Result<Done> take(const Record& record, ImportReader& rows) {
        if (record.problem) {
            // Its columns may be shifted: nothing of it can be believed.
            ++totals_.left_out;
            tell({record.line, "", record.problem->message, "", true});
            return Done{};
        }
        const ImportedRow& row = rows.read(record, totals_.rows);
        if (row.is_refused_by_text) ++by_text_;
        const bool is_left_out = row.emails.empty() && row.phones.empty();
        for (const CellProblem& problem : row.problems)
            tell({record.line,
                  problem.masked_value.empty() ? "" : mapping_.names.at(problem.column),
                  problem.message, problem.masked_value, is_left_out});
        if (is_left_out) {
            ++totals_.left_out;
            return Done{};
        }
        const std::vector<Taken> taken = row.taken();
        if (taken.empty()) ++totals_.silent;
        for (const Taken one : taken) ++totals_.taken.at(static_cast<std::size_t>(one));
        if (totals_.samples.size() < kSamplesShown && !taken.empty())
            totals_.samples.push_back(
                {record.line,
                 masked((row.emails.empty() ? row.phones : row.emails).front().strict.bytes),
                 taken});
        return listener_.row(row);
    }

    void note_texts(const ContactReader& contacts) {
        if (by_text_ == 0) return;
        totals_.notes.emplace_back(
            "import.refused_in_text",
            Message::Arguments{{"count", std::to_string(by_text_)},
                               {"columns", join(contacts.text_columns(), ", ")}});
    }

    void tell(ImportProblem problem) {
        ++totals_.problem_count;
        if (totals_.problems.size() < kProblemsShown)
            totals_.problems.push_back(std::move(problem));
    }

    const ImportSetup& setup_;
    const OpenAgain& open_;
    const std::string& file_name_;
    const ImportListener& listener_;
    std::vector<internal::KeptRecord> first_;
    std::vector<Message> header_notes_;
    std::uint64_t by_text_ = 0;  ///< rows that no mark refuses, but words in a text
    Mapping mapping_;
    ImportTotals totals_;
};

}  // namespace

Read<ImportTotals> read_import(const ImportSetup& setup, const OpenAgain& open,
                               const std::string& file_name, std::span<const std::string> choices,
                               const ImportListener& listener) {
    return ImportFile(setup, open, file_name, listener).read(choices);
}

}  // namespace licet::lists

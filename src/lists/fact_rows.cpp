// SPDX-License-Identifier: Apache-2.0
#include "lists/fact_rows.h"

#include <optional>

#include "lists/internal/first_rows.h"
#include "lists/list_source.h"

namespace licet::lists {
namespace {

using internal::KeptRecord;

class FactRows {
  public:
    FactRows(FactRowsSetup& setup, const FactRowsVisitor& visitor, const Mapping& mapping)
        : setup_(setup), visitor_(visitor), contacts_(mapping, channel(), setup.campaign.country) {}

    Result<Done> run(CsvReader& reader, std::vector<KeptRecord> first, FactRowsResult& result) {
        for (KeptRecord& record : first) contacts_.learn(record.view());
        contacts_.take_dates(setup_.dates);
        internal::note_dates(contacts_, result.notes);
        for (KeptRecord& record : first) LICET_TRY(visit(record.view(), result));
        while (true) {
            const Record* record = LICET_TRY(reader.next());
            if (record == nullptr) return Done{};
            LICET_TRY(visit(*record, result));
        }
    }

  private:
    [[nodiscard]] std::string channel() const {
        const law::FactId id = setup_.law.vocabulary().find("channel");
        const law::FactValue* value = setup_.campaign.facts.find(id);
        if (value == nullptr) return {};
        return law::value_text(setup_.law.vocabulary().fact(id), *value);
    }

    Result<Done> visit(const Record& record, FactRowsResult& result) {
        if (record.is_blank) return Done{};
        FactRow row;
        row.number = ++result.rows;
        row.line = record.line;
        std::optional<Message> why;
        if (record.problem)
            why = record.problem->message;
        else
            read(record, row, why);
        if (why) {
            ++result.unreadable;
            row.unreadable = &*why;
        }
        return visitor_.row(row);
    }

    void read(const Record& record, FactRow& row, std::optional<Message>& why) {
        const ContactRow& read = contacts_.read(record);
        row.problems = read.problems;
        if (!read.is_reachable) {
            const bool wants_email = reach_of(channel()) == Reach::kEmail;
            why = read.problems.empty() ? Message(wants_email ? "row.no_email" : "row.no_phone")
                                        : read.problems.front().message;
            return;
        }
        make_tokens(read.contact);
        const auto standing = setup_.index.find(tokens_, setup_.day);
        std::ignore = setup_.tools.gate->decide(read.contact, standing ? &*standing : nullptr);
        row.tokens = tokens_;
        row.facts = &setup_.tools.gate->facts();
    }

    void make_tokens(const gate::Contact& contact) {
        tokens_.clear();
        ScreenTools& tools = setup_.tools;
        for (const auto* point : {&contact.email, &contact.phone})
            if (*point)
                tokens_.push_back(ledger::tokens_of(tools.tokeniser, tools.foreign, **point));
        if (contact.company_number.empty()) return;
        // A number that is none belongs to no company that could have objected.
        const auto company = ledger::contact_point_of_company(contact.company_number);
        if (company) tokens_.push_back(tools.tokeniser.tokens(*company));
    }

    FactRowsSetup& setup_;
    const FactRowsVisitor& visitor_;
    ContactReader contacts_;
    std::vector<ledger::ContactTokens> tokens_;
};

// Puts the name of the file to what has no place yet.
void add_all(std::vector<Error> problems, const std::string& file_name, Read<FactRowsResult>& out) {
    for (Error& problem : problems) {
        if (problem.where.empty()) problem.where = file_name;
        out.problems.push_back(std::move(problem));
    }
}

}  // namespace

Read<FactRowsResult> for_each_fact_row(FactRowsSetup& setup, ListSource list,
                                       const std::string& file_name,
                                       const FactRowsVisitor& visitor) {
    Read<FactRowsResult> out;
    const auto run = [&]() -> Result<Done> {
        out.value.notes = std::move(list.notes);
        CsvReader reader =
            LICET_TRY(CsvReader::open(std::move(list.bytes), std::move(list.options)));
        std::vector<KeptRecord> first = LICET_TRY(internal::first_rows_of(reader));
        for (Message& note : internal::notes_on_header(reader))
            out.value.notes.push_back(std::move(note));
        auto mapping = internal::mapping_of_first(reader, first, setup.choices);
        if (!mapping.is_clean()) {
            add_all(std::move(mapping.problems), file_name, out);
            return Done{};
        }
        LICET_TRY(visitor.shown(mapping.value));
        return FactRows(setup, visitor, mapping.value).run(reader, std::move(first), out.value);
    };
    const auto done = run();
    if (!done) add_all({done.error()}, file_name, out);
    return out;
}

}  // namespace licet::lists

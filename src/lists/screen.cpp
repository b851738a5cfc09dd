// SPDX-License-Identifier: Apache-2.0
#include "lists/screen.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "base/text.h"
#include "gate/verdict_json.h"
#include "lists/contact_from_record.h"
#include "lists/internal/first_rows.h"
#include "lists/internal/ordered_work.h"
#include "lists/internal/row_screener.h"

namespace licet::lists {
namespace {

using internal::KeptRecord;
using internal::RowRange;
using internal::RowScreener;
using internal::ScreenedRows;
using internal::VerdictCount;

constexpr std::array kAnswerColumns = {"column.verdict", "column.reasons", "column.law",
                                       "column.duties",  "column.to_do",   "column.certainty"};

class Screening {
  public:
    Screening(const ScreenSetup& setup, const ScreenOutputs& outputs)
        : setup_(setup), outputs_(outputs), language_(setup.say.language()) {}

    Read<ScreenResult> run(ListSource list, const std::string& file_name,
                           const std::function<Result<Done>(const Mapping&)>& shown,
                           const std::function<void(const ScreenProgress&)>& progress) {
        Read<ScreenResult> out;
        result_.notes = std::move(list.notes);
        auto reader = CsvReader::open(std::move(list.bytes), std::move(list.options));
        if (!reader) {
            out.problems.push_back(reader.error());
            if (out.problems.back().where.empty()) out.problems.back().where = file_name;
            return out;
        }
        for (Message& note : internal::notes_on_header(*reader))
            result_.notes.push_back(std::move(note));
        auto mapping = look_at_first_rows(*reader);
        if (!mapping.is_clean()) {
            for (Error& problem : mapping.problems) {
                if (problem.where.empty()) problem.where = file_name;
                out.problems.push_back(std::move(problem));
            }
            return out;
        }
        mapping_ = std::move(mapping.value);
        auto done = shown(mapping_);
        if (done) done = judge_all(*reader, progress);
        if (!done) {
            out.problems.push_back(done.error());
            return out;
        }
        finish(*reader, file_name);
        out.value = std::move(result_);
        return out;
    }

  private:
    // ---- before the first verdict -------------------------------------------------------------
    Read<Mapping> look_at_first_rows(CsvReader& reader) {
        Read<Mapping> failed;
        auto first = internal::first_rows_of(reader);
        if (!first) {
            failed.problems.push_back(first.error());
            return failed;
        }
        first_ = *std::move(first);
        return internal::mapping_of_first(reader, first_, setup_.choices);
    }

    // ---- every row ----------------------------------------------------------------------------
    Result<Done> judge_all(CsvReader& reader,
                           const std::function<void(const ScreenProgress&)>& progress) {
        WriterOptions options;
        options.separator = reader.dialect().separator;
        options.is_safe = setup_.is_safe;
        options.width = reader.header().size();
        LICET_TRY(write_headers(reader, options));
        LICET_TRY(make_screeners(options));
        std::vector<std::function<ScreenedRows(RowRange)>> workers;
        for (const auto& screener : screeners_)
            workers.emplace_back(
                [&screener](RowRange range) { return screener->screen(std::move(range)); });
        internal::OrderedWork<RowRange, ScreenedRows> work(std::move(workers));
        const auto take = [&]() -> Result<bool> {
            auto rows = work.take();
            if (!rows) return false;
            LICET_TRY(add(*std::move(rows)));
            progress({result_.rows, reader.bytes_read()});
            return true;
        };
        for (std::uint64_t first_row = 0;; first_row += internal::RowBlock::kRowsBound) {
            RowRange range{first_row, {}};
            const bool has_more = LICET_TRY(read_some(reader, range.rows));
            if (!range.rows.is_empty()) work.give(std::move(range));
            if (!has_more) break;
            if (work.is_full()) std::ignore = LICET_TRY(take());
        }
        while (true) {
            const bool was_there = LICET_TRY(take());
            if (!was_there) return Done{};
        }
    }

    [[nodiscard]] Result<Done> write_headers(const CsvReader& reader,
                                             const WriterOptions& options) const {
        std::vector<std::string> names;
        if (setup_.is_brief)
            for (const char* id : {"column.verdict", "column.reason", "column.answer"})
                names.push_back(setup_.say(id));
        else
            for (const char* id : kAnswerColumns) names.push_back(setup_.say(id));
        for (const ByteSink* sink : {&outputs_.allowed, &outputs_.blocked, &outputs_.review}) {
            CsvWriter writer(*sink, options);
            LICET_TRY(writer.header(reader, names));
            LICET_TRY(writer.finish());
        }
        return Done{};
    }

    [[nodiscard]] Result<Done> make_screeners(WriterOptions options) {
        options.has_byte_order_mark = false;  // the header has it
        ContactReader contacts(mapping_, internal::campaign_word(setup_, "channel"),
                               setup_.campaign.country);
        for (KeptRecord& first : first_) contacts.learn(first.view());
        contacts.take_dates(setup_.dates);
        internal::note_dates(contacts, result_.notes);
        for (unsigned i = 0; i < std::max(1U, setup_.threads); ++i)
            screeners_.push_back(std::make_unique<RowScreener>(setup_, LICET_TRY(setup_.tools()),
                                                               mapping_, contacts, options));
        return Done{};
    }

    // False at the end of the file.
    [[nodiscard]] Result<bool> read_some(CsvReader& reader, internal::RowBlock& block) {
        constexpr std::size_t kRowsBetween = 64;  // looks for lines that others can take apart
        constexpr std::size_t kWorthIt = std::size_t{16} << 10;
        for (KeptRecord& first : first_) block.add(first.view());
        first_.clear();
        if (block.is_empty())
            if (auto lines = reader.take_lines(internal::RowBlock::kLinesBytes);
                !lines.text.empty()) {
                block.add_lines(std::move(lines));
                return true;
            }
        while (!block.is_full()) {
            if (block.size() % kRowsBetween == kRowsBetween - 1 && reader.has_lines(kWorthIt))
                return true;
            const Record* record = LICET_TRY(reader.next());
            if (record == nullptr) return false;
            block.add(*record);
        }
        return true;
    }

    // In the order of the file, whoever judged it.
    [[nodiscard]] Result<Done> add(ScreenedRows rows) {
        LICET_TRY(outputs_.allowed(rows.allowed));
        LICET_TRY(outputs_.blocked(rows.blocked));
        LICET_TRY(outputs_.review(rows.review));
        std::span<const ledger::Token> tokens = rows.tokens;
        for (const ScreenedRows::Seen& row : rows.seen) {
            setup_.seen({row.outcome, tokens.first(row.tokens), row.changes_on});
            tokens = tokens.subspan(row.tokens);
        }
        result_.rows += rows.rows;
        result_.blank_lines += rows.blank_lines;
        ReportInput& report = result_.report;
        report.problem_count += rows.problem_count;
        for (ReportInput::Problem& problem : rows.problems)
            if (report.problems.size() < internal::kProblemsShown)
                report.problems.push_back(std::move(problem));
        for (std::size_t i = 0; i < kOutcomeCount; ++i) result_.totals[i] += rows.totals[i];
        for (ReportInput::Sample& sample : rows.samples) {
            std::uint64_t& taken = samples_taken_[static_cast<std::size_t>(sample.outcome)];
            if (taken++ < internal::kSamplesPerOutcome) report.samples.push_back(std::move(sample));
        }
        return Done{};
    }

    // ---- after the last row -------------------------------------------------------------------
    void finish(const CsvReader& reader, const std::string& file_name) {
        ReportInput& report = result_.report;
        report.campaign = setup_.campaign.name;
        report.file_name = file_name;
        report.totals = result_.totals;
        report.mapping = mapping_;
        for (const Role role : {Role::kEmail, Role::kPhone, Role::kJobTitle})
            if (mapping_.first(role))
                report.sample_columns.push_back(setup_.say("role." + std::string(name_of(role))));
        add_groups("origin", &RowScreener::origins, report.origins);
        add_groups("audience", &RowScreener::audiences, report.audiences);
        for (const auto& screener : screeners_) screener->ages().add_to(report.ages);
        std::uint64_t by_text = 0;
        for (const auto& screener : screeners_) by_text += screener->contacts().refused_by_text();
        internal::note_refusals_in_text(screeners_.front()->contacts(), by_text, result_.notes);
        for (const VerdictCount& one : verdicts_in_order()) count_verdict(*one.verdict, one.count);
        const auto by_count = [](const auto& a, const auto& b) { return a.count > b.count; };
        std::stable_sort(report.reasons.begin(), report.reasons.end(), by_count);
        std::stable_sort(report.duties.begin(), report.duties.end(), by_count);
        std::stable_sort(report.remedies.begin(), report.remedies.end(), by_count);
        std::stable_sort(report.missing.begin(), report.missing.end(), by_count);
        gather_answers();
        result_.blank_lines += reader.blank_lines();
        result_.dialect = reader.dialect();
    }

    void gather_answers() {
        std::map<std::string, ScreenAnswer> by_id;
        for (const auto& screener : screeners_)
            for (ScreenAnswer& one : screener->answers()) {
                const auto [place, is_new] = by_id.try_emplace(one.id, one);
                if (is_new) continue;
                place->second.count += one.count;
                place->second.first_row = std::min(place->second.first_row, one.first_row);
            }
        for (auto& [id, answer] : by_id) result_.answers.push_back(std::move(answer));
        std::sort(result_.answers.begin(), result_.answers.end(),
                  [](const auto& a, const auto& b) { return a.first_row < b.first_row; });
    }

    // By the row that had them first, so that threads change nothing.
    [[nodiscard]] std::vector<VerdictCount> verdicts_in_order() const {
        std::vector<VerdictCount> out;
        for (const auto& screener : screeners_) {
            const std::vector<VerdictCount> some = screener->verdicts();
            out.insert(out.end(), some.begin(), some.end());
        }
        std::sort(out.begin(), out.end(), [](const VerdictCount& a, const VerdictCount& b) {
            return a.first_row < b.first_row;
        });
        return out;
    }

    // A tally for each word of the fact, and a last one for what is not known.
    void add_groups(std::string_view name, const std::vector<Tally>& (RowScreener::*of)() const,
                    std::vector<ReportInput::Group>& out) const {
        const law::Fact& fact = setup_.law.vocabulary().fact(setup_.law.vocabulary().find(name));
        std::vector<Tally> tallies(fact.values.size() + 1);
        for (const auto& screener : screeners_)
            for (std::size_t i = 0; i < tallies.size(); ++i)
                for (std::size_t j = 0; j < kOutcomeCount; ++j)
                    tallies[i][j] += ((*screener).*of)()[i][j];
        for (std::size_t i = 0; i < tallies.size(); ++i) {
            if (tallies[i] == Tally{}) continue;
            if (i == fact.values.size()) {
                out.push_back({setup_.say("row.unknown"), tallies[i]});
                continue;
            }
            const auto words = fact.value_words.find(fact.values[i]);
            out.push_back(
                {words == fact.value_words.end() ? fact.values[i] : words->second.in(language_),
                 tallies[i]});
        }
    }

    void count_verdict(const gate::Verdict& verdict, std::uint64_t count) {
        ReportInput& report = result_.report;
        const Outcome outcome = internal::outcome_of(verdict);
        if (outcome != Outcome::kUndetermined && !verdict.reasons.empty()) {
            const gate::VerdictReason& reason = verdict.reasons.front();
            auto& known = find_or_add(report.reasons, [&](const ReportInput::Reason& one) {
                return one.rule == reason.rule && one.outcome == outcome;
            });
            known = {reason.rule,
                     reason.tell.in(language_),
                     join(reason.cites, "; "),
                     reason.certainty == law::Certainty::kSettled,
                     known.count + count,
                     outcome};
        }
        for (const std::string& id : verdict.duties) {
            auto& known = find_or_add(report.duties,
                                      [&](const ReportInput::Duty& one) { return one.id == id; });
            known = {id, setup_.law.vocabulary().duty(id)->worded(verdict.channel, language_),
                     known.count + count};
        }
        for (const law::Remedy& remedy : verdict.remedies) {
            const std::string text = gate::worded(setup_.law, remedy, language_);
            auto& known = find_or_add(
                report.remedies, [&](const ReportInput::Remedy& one) { return one.text == text; });
            known = {text, known.count + count, actor_of(remedy.by)};
        }
        for (const law::FactId id : verdict.missing) {
            const std::string& text = setup_.law.vocabulary().fact(id).words.in(language_);
            auto& known = find_or_add(
                report.missing, [&](const ReportInput::Missing& one) { return one.text == text; });
            known = {text, known.count + count};
        }
    }

    template <typename T, typename Same>
    static T& find_or_add(std::vector<T>& all, const Same& same) {
        const auto found = std::find_if(all.begin(), all.end(), same);
        if (found != all.end()) return *found;
        return all.emplace_back();
    }

    static ReportInput::Actor actor_of(law::Changer changer) {
        if (changer == law::Changer::kPerson) return ReportInput::Actor::kPerson;
        return changer == law::Changer::kTime ? ReportInput::Actor::kTime : ReportInput::Actor::kUs;
    }

    const ScreenSetup& setup_;
    const ScreenOutputs& outputs_;
    Language language_;
    Mapping mapping_;
    std::vector<KeptRecord> first_;
    std::vector<std::unique_ptr<RowScreener>> screeners_;  ///< one a thread
    std::array<std::uint64_t, kOutcomeCount> samples_taken_{};
    ScreenResult result_;
};

}  // namespace

Result<std::vector<DateColumn>> add_refusals(const gate::Campaign& campaign,
                                             std::string_view channel, ledger::Tokeniser& tokeniser,
                                             std::span<const std::string> choices, Date day,
                                             ListSource list, ledger::StandingIndex& index) {
    CsvReader reader = LICET_TRY(CsvReader::open(std::move(list.bytes), std::move(list.options)));
    std::vector<KeptRecord> first = LICET_TRY(internal::first_rows_of(reader));
    const auto mapping = mapping_of(reader.header(), internal::cells_of(first), choices);
    if (!mapping.is_clean()) return std::vector<DateColumn>{};
    ContactReader contacts(mapping.value, channel, campaign.country);
    const auto add = [&](const Record& record) {
        if (!contacts.refuses(record)) return;
        const gate::Contact& contact = contacts.read(record).contact;
        ledger::Event event;
        event.kind = ledger::EventKind::kObjectionRecorded;
        event.happened_on = day;  // undated: as fresh as can be, so that no consent answers it
        event.channel = contact.is_opt_out_for_all ? "" : std::string(channel);
        for (const auto* point : {&contact.email, &contact.phone}) {
            if (!*point) continue;
            const ledger::ContactTokens tokens = tokeniser.tokens(**point);
            event.person = tokens.strict;
            for (const ledger::Event& one : ledger::spread(event, tokens)) index.add(one);
        }
    };
    for (KeptRecord& record : first) {
        contacts.learn(record.view());
        if (contacts.may_refuse()) add(record.view());
    }
    bool is_settled = contacts.is_settled();
    while (contacts.may_refuse() || !is_settled) {
        const Record* record = LICET_TRY(reader.next());
        if (record == nullptr) break;
        if (!is_settled) {
            contacts.learn(*record);
            is_settled = contacts.is_settled();
        }
        if (contacts.may_refuse()) add(*record);
    }
    return contacts.dates();
}

Result<Done> write_answers(const ScreenResult& result, const Catalogue& say, const ByteSink& sink) {
    CsvWriter writer(sink, {.separator = result.dialect.separator});
    std::vector<std::string> names = {say("column.answer")};
    for (const char* id : kAnswerColumns) names.push_back(say(id));
    names.push_back(say("column.rows"));
    LICET_TRY(writer.own_row(std::vector<std::string_view>(names.begin(), names.end())));
    for (const ScreenAnswer& answer : result.answers) {
        const std::string count = std::to_string(answer.count);
        std::vector<std::string_view> cells = {answer.id};
        cells.insert(cells.end(), answer.cells.begin(), answer.cells.end());
        cells.push_back(count);
        LICET_TRY(writer.own_row(cells));
    }
    return writer.finish();
}

Read<ScreenResult> screen(const ScreenSetup& setup, ListSource list, const std::string& file_name,
                          const ScreenOutputs& outputs,
                          const std::function<Result<Done>(const Mapping&)>& shown,
                          const std::function<void(const ScreenProgress&)>& progress) {
    return Screening(setup, outputs).run(std::move(list), file_name, shown, progress);
}

}  // namespace licet::lists

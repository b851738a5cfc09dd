// SPDX-License-Identifier: Apache-2.0
#include "lists/screen.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/personal.h"
#include "base/text.h"
#include "gate/verdict_json.h"
#include "lists/contact_from_record.h"

namespace licet::lists {
namespace {

constexpr std::size_t kFirstRows = 200;  // looked at before columns and dates are decided
constexpr std::size_t kProblemsShown = 200;
constexpr std::size_t kSamplesPerOutcome = 3;
constexpr std::uint64_t kProgressEvery = 4096;

// A record that outlives the reader's block, for the first rows.
struct OwnedRecord {
    std::vector<std::string> fields;
    std::string raw;
    Record record;
    std::vector<std::string_view> views;

    explicit OwnedRecord(const Record& from) : raw(from.raw), record(from) {
        for (const std::string_view field : from.fields) fields.emplace_back(field);
    }
    [[nodiscard]] const Record& view() {
        views.assign(fields.begin(), fields.end());
        record.fields = views;
        record.raw = raw;
        return record;
    }
};

// What is added to a row, worded once for each distinct verdict.
struct AddedCells {
    Outcome outcome = Outcome::kUnreadable;
    std::vector<std::string> cells;
    AddedText text;
    std::uint64_t count = 0;
};

Outcome outcome_of(const gate::Verdict& verdict) {
    if (verdict.answer == "allowed") return Outcome::kAllowed;
    if (verdict.answer == "forbidden") return Outcome::kForbidden;
    return verdict.answer == "out_of_scope" ? Outcome::kOutOfScope : Outcome::kUndetermined;
}

class Screening {
  public:
    Screening(const ScreenSetup& setup, const ScreenOutputs& outputs)
        : setup_(setup),
          outputs_(outputs),
          language_(setup.say.language()),
          origin_(setup.law.vocabulary().find("origin")),
          audience_(setup.law.vocabulary().find("audience")),
          origins_(setup.law.vocabulary().fact(origin_).values.size() + 1),
          audiences_(setup.law.vocabulary().fact(audience_).values.size() + 1) {}

    Read<ScreenResult> run(ByteSource source, const std::string& file_name,
                           const std::function<Result<Done>(const Mapping&)>& shown,
                           const std::function<void(const ScreenProgress&)>& progress) {
        Read<ScreenResult> out;
        auto reader = CsvReader::open(std::move(source), {file_name, {}, std::size_t{1} << 20});
        if (!reader) {
            out.problems.push_back(reader.error());
            if (out.problems.back().where.empty()) out.problems.back().where = file_name;
            return out;
        }
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
        std::vector<Cells> cells;
        while (first_.size() < kFirstRows) {
            auto record = reader.next();
            if (!record) {
                failed.problems.push_back(record.error());
                return failed;
            }
            if (*record == nullptr) break;
            first_.emplace_back(**record);
            cells.push_back(first_.back().fields);
        }
        return mapping_of(reader.header(), cells, setup_.choices);
    }

    // ---- every row ----------------------------------------------------------------------------
    Result<Done> judge_all(CsvReader& reader,
                           const std::function<void(const ScreenProgress&)>& progress) {
        const std::string channel = campaign_word("channel");
        reach_ = reach_of(channel);
        ContactReader contacts(mapping_, channel, setup_.campaign.country);
        for (OwnedRecord& first : first_) contacts.learn(first.view());
        WriterOptions options;
        options.separator = reader.dialect().separator;
        options.is_safe = setup_.is_safe;
        options.width = reader.header().size();
        CsvWriter allowed(outputs_.allowed, options);
        prepare_ = [&allowed](AddedCells& added) {
            const std::vector<std::string_view> views(added.cells.begin(), added.cells.end());
            added.text = allowed.added(views);
        };
        CsvWriter blocked(outputs_.blocked, options);
        CsvWriter review(outputs_.review, options);
        for (CsvWriter* writer : {&allowed, &blocked, &review})
            LICET_TRY(writer->header(reader, added_names()));

        const auto judge_one = [&](const Record& record) -> Result<Done> {
            if (record.is_blank) return Done{};
            row_ = {};
            const AddedCells& added = judge(record, contacts);
            row_.outcome = added.outcome;
            if (setup_.seen) setup_.seen(row_);
            ++result_.rows;
            ++result_.totals.at(static_cast<std::size_t>(added.outcome));
            CsvWriter& writer =
                added.outcome == Outcome::kForbidden ? blocked
                : added.outcome == Outcome::kAllowed || added.outcome == Outcome::kOutOfScope
                    ? allowed
                    : review;
            LICET_TRY(writer.prepared_row(record, added.text));
            if (result_.rows % kProgressEvery == 0) progress({result_.rows, reader.bytes_read()});
            return Done{};
        };
        for (OwnedRecord& first : first_) LICET_TRY(judge_one(first.view()));
        first_.clear();
        while (true) {
            const Record* record = LICET_TRY(reader.next());
            if (record == nullptr) break;
            LICET_TRY(judge_one(*record));
        }
        progress({result_.rows, reader.bytes_read()});
        for (CsvWriter* writer : {&allowed, &blocked, &review}) LICET_TRY(writer->finish());
        return Done{};
    }

    const AddedCells& judge(const Record& record, ContactReader& contacts) {
        if (record.problem) {
            add_problem(record.line, "", record.problem->message, "");
            return unreadable(record.problem->message);
        }
        const ContactRow& row = contacts.read(record);
        for (const CellProblem& problem : row.problems)
            add_problem(record.line, mapping_.names[problem.column], problem.message,
                        problem.masked_value);
        if (!row.is_reachable) {
            const Message why =
                row.problems.empty()
                    ? Message(reach_ == Reach::kEmail ? "row.no_email" : "row.no_phone")
                    : row.problems.front().message;
            if (row.problems.empty()) add_problem(record.line, "", why, "");
            return unreadable(why);
        }
        const auto standing = setup_.index.find(tokens_of(row.contact), setup_.day);
        const gate::Verdict& verdict =
            setup_.gate.decide(row.contact, standing ? &*standing : nullptr);
        if (setup_.seen) row_ = {{}, tokens_, day_of_change(standing)};
        AddedCells& added = worded(verdict);
        ++added.count;
        count_groups(added.outcome);
        sample(record, added);
        return added;
    }

    std::span<const ledger::ContactTokens> tokens_of(const gate::Contact& contact) {
        tokens_.clear();
        for (const auto* point : {&contact.email, &contact.phone})
            if (*point)
                tokens_.push_back(ledger::tokens_of(setup_.tokeniser, setup_.foreign, **point));
        if (contact.company_number.empty()) return tokens_;
        // A number that is none belongs to no company that could have objected.
        const auto company = ledger::contact_point_of_company(contact.company_number);
        if (company) tokens_.push_back(setup_.tokeniser.tokens(*company));
        return tokens_;
    }

    // What the ledger says of a later day is looked at no further: tomorrow it may be said.
    [[nodiscard]] std::optional<Date> day_of_change(
        const std::optional<ledger::Standing>& standing) const {
        constexpr Date kForEver = Date::max();
        const bool is_told_later = standing && setup_.index.find(tokens_, kForEver) != standing;
        return is_told_later ? setup_.day + std::chrono::days{1} : setup_.gate.changes_on();
    }

    // ---- words --------------------------------------------------------------------------------
    [[nodiscard]] std::vector<std::string> added_names() const {
        std::vector<std::string> names;
        for (const char* id : {"column.verdict", "column.reasons", "column.law", "column.duties",
                               "column.to_do", "column.certainty"})
            names.push_back(setup_.say(id));
        return names;
    }

    AddedCells& worded(const gate::Verdict& verdict) {
        const auto found = worded_.find(&verdict);
        if (found != worded_.end()) return found->second;
        AddedCells added;
        added.outcome = outcome_of(verdict);
        std::string reasons;
        std::string cites;
        for (const gate::VerdictReason& reason : verdict.reasons) {
            append(reasons, reason.tell.in(language_), " ");
            for (const std::string& cite : reason.cites)
                if (cites.find(cite) == cites.npos) append(cites, cite, "; ");
        }
        const law::Words* word = setup_.law.vocabulary().answer_words(verdict.answer);
        const bool is_settled = verdict.certainty == law::Certainty::kSettled;
        added.cells = {word == nullptr ? verdict.answer : word->in(language_),
                       verdict.answer == "undetermined" ? "" : reasons,
                       verdict.answer == "undetermined" ? "" : cites,
                       duties_of(verdict),
                       to_do_of(verdict),
                       verdict.answer == "undetermined"
                           ? ""
                           : setup_.say(is_settled ? "certainty.settled" : "certainty.debatable")};
        prepare_(added);
        order_.push_back(&verdict);
        return worded_.emplace(&verdict, std::move(added)).first->second;
    }

    [[nodiscard]] std::string duties_of(const gate::Verdict& verdict) const {
        std::string out;
        for (const std::string& id : verdict.duties)
            append(out, setup_.law.vocabulary().duty(id)->worded(verdict.channel, language_), " ");
        return out;
    }

    // What would make it lawful, or what has to be found out.
    [[nodiscard]] std::string to_do_of(const gate::Verdict& verdict) const {
        std::string out;
        for (const law::Remedy& remedy : verdict.remedies)
            append(out, gate::worded(setup_.law, remedy, language_), "; ");
        for (const law::FactId id : verdict.missing)
            append(out,
                   setup_.say("row.missing",
                              {{"fact", setup_.law.vocabulary().fact(id).words.in(language_)}}),
                   "; ");
        return out;
    }

    static void append(std::string& out, std::string_view text, std::string_view separator) {
        if (!out.empty()) out += separator;
        out += text;
    }

    const AddedCells& unreadable(const Message& why) {
        unreadable_.outcome = Outcome::kUnreadable;
        unreadable_.cells = {setup_.say("row.unreadable"),
                             setup_.say(why),
                             "",
                             "",
                             setup_.say("row.correct_and_screen_again"),
                             ""};
        prepare_(unreadable_);
        return unreadable_;
    }

    // ---- counts -------------------------------------------------------------------------------
    void add_problem(std::uint64_t line, std::string column, const Message& message,
                     std::string masked_value) {
        ++result_.report.problem_count;
        if (result_.report.problems.size() < kProblemsShown)
            result_.report.problems.push_back(
                {line, std::move(column), setup_.say(message), std::move(masked_value)});
    }

    void count_groups(Outcome outcome) {
        const auto place = static_cast<std::size_t>(outcome);
        ++origins_.at(setup_.gate.word_of(origin_)).at(place);
        ++audiences_.at(setup_.gate.word_of(audience_)).at(place);
    }

    void sample(const Record& record, const AddedCells& added) {
        std::uint64_t& taken = samples_taken_[static_cast<std::size_t>(added.outcome)];
        if (taken >= kSamplesPerOutcome) return;
        ++taken;
        ReportInput::Sample sample;
        sample.line = record.line;
        for (const Role role : {Role::kEmail, Role::kPhone, Role::kJobTitle})
            if (const auto column = mapping_.first(role))
                sample.masked_cells.push_back(role == Role::kJobTitle
                                                  ? std::string(record.field(*column))
                                                  : masked(record.field(*column)));
        sample.outcome = added.outcome;
        sample.reason = added.cells[1].empty() ? added.cells[4] : added.cells[1];
        result_.report.samples.push_back(std::move(sample));
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
        add_groups(origin_, origins_, report.origins);
        add_groups(audience_, audiences_, report.audiences);
        for (const gate::Verdict* verdict : order_)
            count_verdict(*verdict, worded_.at(verdict).count);
        const auto by_count = [](const auto& a, const auto& b) { return a.count > b.count; };
        std::stable_sort(report.reasons.begin(), report.reasons.end(), by_count);
        std::stable_sort(report.duties.begin(), report.duties.end(), by_count);
        std::stable_sort(report.remedies.begin(), report.remedies.end(), by_count);
        std::stable_sort(report.missing.begin(), report.missing.end(), by_count);
        result_.blank_lines = reader.blank_lines();
        result_.dialect = reader.dialect();
    }

    // A tally for each word of the fact, and a last one for what is not known.
    void add_groups(law::FactId id, const std::vector<Tally>& tallies,
                    std::vector<ReportInput::Group>& out) const {
        const law::Fact& fact = setup_.law.vocabulary().fact(id);
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
        const Outcome outcome = outcome_of(verdict);
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

    [[nodiscard]] std::string campaign_word(std::string_view name) const {
        const law::FactId id = setup_.law.vocabulary().find(name);
        const law::FactValue* value = setup_.campaign.facts.find(id);
        return value == nullptr ? std::string{}
                                : law::value_text(setup_.law.vocabulary().fact(id), *value);
    }

    const ScreenSetup& setup_;
    const ScreenOutputs& outputs_;
    Language language_;
    Mapping mapping_;
    Reach reach_ = Reach::kOther;
    std::vector<OwnedRecord> first_;
    std::vector<ledger::ContactTokens> tokens_;
    RowSeen row_;
    std::function<void(AddedCells&)> prepare_;
    std::unordered_map<const gate::Verdict*, AddedCells> worded_;
    std::vector<const gate::Verdict*> order_;
    AddedCells unreadable_;
    law::FactId origin_;
    law::FactId audience_;
    std::vector<Tally> origins_;  ///< by word of the fact; the last is unknown
    std::vector<Tally> audiences_;
    std::array<std::uint64_t, kOutcomeCount> samples_taken_{};
    ScreenResult result_;
};

}  // namespace

Result<Done> add_refusals(const gate::Campaign& campaign, std::string_view channel,
                          ledger::Tokeniser& tokeniser, std::span<const std::string> choices,
                          Date day, ByteSource source, ledger::StandingIndex& index) {
    CsvReader reader = LICET_TRY(CsvReader::open(std::move(source)));
    std::vector<OwnedRecord> first;
    std::vector<Cells> cells;
    while (first.size() < kFirstRows) {
        const Record* record = LICET_TRY(reader.next());
        if (record == nullptr) break;
        first.emplace_back(*record);
        cells.push_back(first.back().fields);
    }
    const auto mapping = mapping_of(reader.header(), cells, choices);
    const Mapping& columns = mapping.value;
    constexpr std::array kRefusals = {Role::kOptOut, Role::kOptOutEmail, Role::kOptOutCalls,
                                      Role::kOptOutSms, Role::kContactStatus};
    const bool can_refuse = std::any_of(kRefusals.begin(), kRefusals.end(),
                                        [&](Role role) { return !columns.all(role).empty(); });
    if (!mapping.is_clean() || !can_refuse) return Done{};
    ContactReader contacts(columns, channel, campaign.country);
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
    for (OwnedRecord& record : first) add(record.view());
    while (true) {
        const Record* record = LICET_TRY(reader.next());
        if (record == nullptr) return Done{};
        add(*record);
    }
}

Read<ScreenResult> screen(const ScreenSetup& setup, ByteSource source, const std::string& file_name,
                          const ScreenOutputs& outputs,
                          const std::function<Result<Done>(const Mapping&)>& shown,
                          const std::function<void(const ScreenProgress&)>& progress) {
    return Screening(setup, outputs).run(std::move(source), file_name, shown, progress);
}

}  // namespace licet::lists

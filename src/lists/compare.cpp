// SPDX-License-Identifier: Apache-2.0
#include "lists/compare.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/personal.h"
#include "base/text.h"
#include "gate/actions.h"
#include "lists/contact_from_record.h"
#include "lists/internal/first_rows.h"
#include "lists/internal/masked_parts.h"
#include "lists/internal/row_block.h"
#include "lists/internal/row_screener.h"
#include "lists/list_source.h"

namespace licet::lists {
namespace {

constexpr std::size_t kFirstRows = 200;  // looked at before columns and dates are decided
constexpr std::size_t kSamplesPerDirection = 5;

std::string channel_of(const law::Law& law, const gate::Campaign& campaign) {
    const law::FactId id = law.vocabulary().find("channel");
    const law::FactValue* value = campaign.facts.find(id);
    return value == nullptr ? std::string{} : law::value_text(law.vocabulary().fact(id), *value);
}

ReportInput::Actor actor_of(law::Changer changer) {
    if (changer == law::Changer::kPerson) return ReportInput::Actor::kPerson;
    return changer == law::Changer::kTime ? ReportInput::Actor::kTime : ReportInput::Actor::kUs;
}

// Judges rows in one situation, as RowScreener does.
class Judge {
  public:
    Judge(const CompareSetup& setup, CompareSide& side, const Mapping& mapping)
        : setup_(setup),
          side_(side),
          channel_(channel_of(setup.law, side.campaign)),
          contacts_(mapping, channel_, side.campaign.country) {}

    void learn(const Record& record) { contacts_.learn(record); }
    void take_dates(const std::vector<DateColumn>& dates) { contacts_.take_dates(dates); }
    [[nodiscard]] const ContactReader& contacts() const { return contacts_; }

    /// Null if the row cannot be judged; why() says it.
    const gate::Verdict* decide(const Record& record) {
        if (record.problem) {
            why_ = record.problem->message;
            return nullptr;
        }
        const ContactRow& read = contacts_.read(record);
        if (!read.is_reachable) {
            const bool is_mail = reach_of(channel_) == Reach::kEmail;
            why_ = read.problems.empty() ? Message(is_mail ? "row.no_email" : "row.no_phone")
                                         : read.problems.front().message;
            return nullptr;
        }
        const auto standing = side_.index.find(tokens_of(read.contact), side_.day);
        return &side_.tools.gate->decide(read.contact, standing ? &*standing : nullptr);
    }
    [[nodiscard]] const Message& why() const { return why_; }

    /// What a verdict says; null: the row could not be read.
    const Stand& stand_of(const gate::Verdict* verdict) {
        const auto [place, is_new] = stands_.try_emplace(verdict);
        if (is_new) place->second = worded(verdict);
        return place->second;
    }
    [[nodiscard]] const std::vector<gate::Action>& actions_of(const gate::Verdict& verdict) {
        return side_.tools.gate->actions_of(verdict);
    }

  private:
    std::span<const ledger::ContactTokens> tokens_of(const gate::Contact& contact) {
        tokens_.clear();
        ScreenTools& tools = side_.tools;
        for (const auto* point : {&contact.email, &contact.phone})
            if (*point)
                tokens_.push_back(ledger::tokens_of(tools.tokeniser, tools.foreign, **point));
        if (contact.company_number.empty()) return tokens_;
        const auto company = ledger::contact_point_of_company(contact.company_number);
        if (company) tokens_.push_back(tools.tokeniser.tokens(*company));
        return tokens_;
    }

    [[nodiscard]] Stand worded(const gate::Verdict* verdict) const {
        const Language language = setup_.say.language();
        Stand stand;
        stand.text = setup_.say("row.unreadable");
        if (verdict == nullptr) return stand;
        stand.outcome = internal::outcome_of(*verdict);
        stand.text.clear();
        if (stand.outcome != Outcome::kUndetermined) {
            if (verdict->reasons.empty()) return stand;
            const gate::VerdictReason& reason = verdict->reasons.front();
            stand.rule = reason.rule;
            stand.text = reason.tell.in(language);
            stand.citation = join(reason.cites, "; ");
            return stand;
        }
        std::vector<std::string> missing;
        for (const law::FactId fact : verdict->missing)
            missing.push_back(setup_.say(
                "row.missing", {{"fact", setup_.law.vocabulary().fact(fact).words.in(language)}}));
        stand.text = join(missing, "; ");
        return stand;
    }

    const CompareSetup& setup_;
    CompareSide& side_;
    std::string channel_;
    ContactReader contacts_;
    std::vector<ledger::ContactTokens> tokens_;
    std::unordered_map<const gate::Verdict*, Stand> stands_;
    Message why_;
};

class Comparing {
  public:
    Comparing(CompareSetup& setup, const CompareOutputs& outputs)
        : setup_(setup), outputs_(outputs) {}

    Result<Done> run(ByteSource source, const std::string& file_name,
                     const std::function<Result<Done>(const Mapping&)>& shown,
                     const std::function<void(const ScreenProgress&)>& progress) {
        ListSource list = LICET_TRY(open_list(std::move(source), file_name));
        out_.notes = std::move(list.notes);
        CsvReader reader =
            LICET_TRY(CsvReader::open(std::move(list.bytes), std::move(list.options)));
        LICET_TRY(look_at_first_rows(reader));
        if (!problems_.empty()) return Done{};
        LICET_TRY(shown(out_.mapping));
        LICET_TRY(judge_all(reader, progress));
        finish(file_name);
        return Done{};
    }
    Comparison take() { return std::move(out_); }
    std::vector<Error> take_problems() { return std::move(problems_); }

  private:
    using Verdicts = std::pair<const gate::Verdict*, const gate::Verdict*>;
    struct Counted {
        std::uint64_t rows = 0;
        std::uint64_t first_row = 0;
    };

    Result<Done> look_at_first_rows(CsvReader& reader) {
        std::vector<Cells> cells;
        while (first_.size() < kFirstRows) {
            const Record* record = LICET_TRY(reader.next());
            if (record == nullptr) break;
            first_.add(*record);
            cells.emplace_back(record->fields.begin(), record->fields.end());
        }
        first_.seal();
        std::vector<std::uint64_t> lines;
        for (std::size_t i = 0; i < first_.size(); ++i) lines.push_back(first_.row(i).line);
        for (Message& note : internal::notes_on_header(reader))
            out_.notes.push_back(std::move(note));
        auto mapping = internal::mapping_of_first(reader, cells, lines, setup_.choices);
        problems_ = std::move(mapping.problems);
        out_.mapping = std::move(mapping.value);
        return Done{};
    }

    Result<Done> judge_all(CsvReader& reader,
                           const std::function<void(const ScreenProgress&)>& progress) {
        WriterOptions options;
        options.separator = reader.dialect().separator;
        options.is_safe = setup_.is_safe;
        options.width = reader.header().size();
        gained_.emplace(outputs_.gained, options);
        lost_.emplace(outputs_.lost, options);
        std::vector<std::string> names;
        for (const char* id :
             {"column.before", "column.why_before", "column.after", "column.why_after"})
            names.push_back(setup_.say(id));
        for (auto* writer : {&gained_, &lost_}) LICET_TRY((*writer)->header(reader, names));
        before_.emplace(setup_, setup_.before, out_.mapping);
        after_.emplace(setup_, setup_.after, out_.mapping);
        for (std::size_t i = 0; i < first_.size(); ++i)
            for (auto* judge : {&before_, &after_}) (*judge)->learn(first_.row(i));
        for (auto* judge : {&before_, &after_}) (*judge)->take_dates(setup_.dates);
        internal::note_dates(before_->contacts(), out_.notes);
        for (std::size_t i = 0; i < first_.size(); ++i) LICET_TRY(add(first_.row(i)));
        constexpr std::uint64_t kProgressEvery = 2048;
        while (true) {
            const Record* record = LICET_TRY(reader.next());
            if (record == nullptr) break;
            LICET_TRY(add(*record));
            if (out_.rows % kProgressEvery == 0) progress({out_.rows, reader.bytes_read()});
        }
        for (auto* writer : {&gained_, &lost_}) LICET_TRY((*writer)->finish());
        return Done{};
    }

    Result<Done> add(const Record& record) {
        if (record.is_blank) return Done{};
        const Verdicts verdicts{before_->decide(record), after_->decide(record)};
        const auto [place, is_new] = counts_.try_emplace(verdicts);
        if (is_new) place->second.first_row = out_.rows;
        ++place->second.rows;
        ++out_.rows;
        const Stand& before = before_->stand_of(verdicts.first);
        const Stand& after = after_->stand_of(verdicts.second);
        ++out_.before.at(static_cast<std::size_t>(before.outcome));
        ++out_.after.at(static_cast<std::size_t>(after.outcome));
        const bool was = may_be_sent_to(before.outcome);
        if (was == may_be_sent_to(after.outcome)) return Done{};
        ++(was ? out_.lost : out_.gained);
        return write(record, {before, after}, was ? *lost_ : *gained_, was);
    }

    Result<Done> write(const Record& record, const std::pair<Stand, Stand>& stands,
                       CsvWriter& writer, bool is_lost) {
        const std::string word_before = word_of(stands.first.outcome);
        const std::string word_after = word_of(stands.second.outcome);
        // What cannot be read is told with its own reason.
        const auto why = [&](const Stand& stand, const Judge& judge) {
            return stand.outcome == Outcome::kUnreadable ? setup_.say(judge.why()) : stand.text;
        };
        const std::string why_before = why(stands.first, *before_);
        const std::string why_after = why(stands.second, *after_);
        const std::array<std::string_view, 4> cells = {word_before, why_before, word_after,
                                                       why_after};
        LICET_TRY(writer.row(record, cells));
        std::size_t& taken = samples_taken_.at(is_lost ? 1 : 0);
        if (taken >= kSamplesPerDirection) return Done{};
        ++taken;
        Comparison::Sample sample{record.line, {}, stands.first, stands.second};
        for (const Role role : {Role::kEmail, Role::kPhone, Role::kJobTitle})
            if (const auto column = out_.mapping.first(role))
                sample.masked_cells.push_back(role == Role::kJobTitle
                                                  ? internal::masked_parts(record.field(*column))
                                                  : masked(record.field(*column)));
        sample.before.text = why_before;
        sample.after.text = why_after;
        out_.samples.push_back(std::move(sample));
        return Done{};
    }

    [[nodiscard]] std::string word_of(Outcome outcome) const {
        switch (outcome) {
            case Outcome::kAllowed:
                return setup_.say("verdict.allowed");
            case Outcome::kForbidden:
                return setup_.say("verdict.forbidden");
            case Outcome::kUndetermined:
                return setup_.say("verdict.undetermined");
            case Outcome::kOutOfScope:
                return setup_.say("verdict.out_of_scope");
            case Outcome::kUnreadable:
                return setup_.say("verdict.unreadable");
        }
        return "";
    }

    void finish(const std::string& file_name) {
        out_.campaign = setup_.before.campaign.name;
        out_.file_name = file_name;
        out_.name_before = setup_.before.name;
        out_.name_after = setup_.after.name;
        for (const Role role : {Role::kEmail, Role::kPhone, Role::kJobTitle})
            if (out_.mapping.first(role))
                out_.sample_columns.push_back(setup_.say("role." + std::string(name_of(role))));
        // By the row that had them first, so that addresses of verdicts change nothing.
        std::map<std::uint64_t, std::pair<Verdicts, std::uint64_t>> in_order;
        for (const auto& [verdicts, counted] : counts_)
            in_order.try_emplace(counted.first_row, verdicts, counted.rows);
        for (const auto& [row, one] : in_order) {
            add_move(before_->stand_of(one.first.first), after_->stand_of(one.first.second),
                     one.second);
            add_actions(*before_, one.first.first,
                        {one.second, &ActionGain::before, &ActionGain::more_before});
            add_actions(*after_, one.first.second,
                        {one.second, &ActionGain::after, &ActionGain::more_after});
        }
        std::stable_sort(out_.moves.begin(), out_.moves.end(),
                         [](const Move& a, const Move& b) { return a.count > b.count; });
        std::stable_sort(out_.actions.begin(), out_.actions.end(),
                         [](const ActionGain& a, const ActionGain& b) {
                             return std::max(a.before, a.after) > std::max(b.before, b.after);
                         });
    }

    void add_move(const Stand& before, const Stand& after, std::uint64_t count) {
        const auto found = std::find_if(
            out_.moves.begin(), out_.moves.end(),
            [&](const Move& move) { return move.before == before && move.after == after; });
        if (found != out_.moves.end())
            found->count += count;
        else
            out_.moves.push_back({before, after, count});
    }

    // Where rows of one side are counted: enough alone, or more needed.
    struct Place {
        std::uint64_t rows = 0;
        std::uint64_t ActionGain::*alone = nullptr;
        std::uint64_t ActionGain::*more = nullptr;
    };

    void add_actions(Judge& judge, const gate::Verdict* verdict, const Place& place) {
        if (verdict == nullptr) return;
        // A row counts once for an action, whatever ways the action has.
        for (const gate::Action& action : judge.actions_of(*verdict)) {
            const std::size_t index = index_of(action);
            counted_actions_.resize(out_.actions.size());
            counted_actions_[index] =
                std::max<int>(counted_actions_[index], action.is_enough ? 2 : 1);
        }
        for (std::size_t i = 0; i < counted_actions_.size(); ++i) {
            if (counted_actions_[i] == 2) out_.actions[i].*place.alone += place.rows;
            if (counted_actions_[i] == 1) out_.actions[i].*place.more += place.rows;
        }
        counted_actions_.assign(out_.actions.size(), 0);
    }

    [[nodiscard]] std::size_t index_of(const gate::Action& action) {
        const law::FactChange& first = action.changes.front();
        const std::string& fact = setup_.law.vocabulary().fact(first.fact).name;
        const ReportInput::Actor by = actor_of(action.by);
        const auto found =
            std::find_if(out_.actions.begin(), out_.actions.end(), [&](const ActionGain& one) {
                return one.fact == fact && one.by == by &&
                       one.is_to_find_out == action.is_to_find_out &&
                       (action.is_to_find_out || one.value == first.value);
            });
        if (found != out_.actions.end()) {
            if (found->value.empty()) found->value = first.value;
            return static_cast<std::size_t>(found - out_.actions.begin());
        }
        ActionGain gain;
        gain.fact = fact;
        gain.value = first.value;
        gain.text = gate::worded(setup_.law, action, setup_.say);
        gain.by = by;
        gain.is_to_find_out = action.is_to_find_out;
        out_.actions.push_back(std::move(gain));
        return out_.actions.size() - 1;
    }

    CompareSetup& setup_;
    const CompareOutputs& outputs_;
    internal::RowBlock first_;
    std::optional<Judge> before_;
    std::optional<Judge> after_;
    std::optional<CsvWriter> gained_;
    std::optional<CsvWriter> lost_;
    std::map<Verdicts, Counted> counts_;
    std::array<std::size_t, 2> samples_taken_{};
    std::vector<int> counted_actions_;  ///< of one verdict: 1 = more is needed, 2 = enough
    Comparison out_;
    std::vector<Error> problems_;
};

}  // namespace

Read<Comparison> compare(CompareSetup& setup, ByteSource source, const std::string& file_name,
                         const CompareOutputs& outputs,
                         const std::function<Result<Done>(const Mapping&)>& shown,
                         const std::function<void(const ScreenProgress&)>& progress) {
    Comparing comparing(setup, outputs);
    const auto done = comparing.run(std::move(source), file_name, shown, progress);
    Read<Comparison> out;
    out.problems = comparing.take_problems();
    if (!done) out.problems.push_back(done.error());
    for (Error& problem : out.problems)
        if (problem.where.empty()) problem.where = file_name;
    out.value = comparing.take();
    return out;
}

}  // namespace licet::lists

// SPDX-License-Identifier: Apache-2.0
#include "lists/internal/row_screener.h"

#include <tuple>

#include "base/personal.h"
#include "base/text.h"
#include "gate/verdict_json.h"

namespace licet::lists::internal {
namespace {

void append(std::string& out, std::string_view text, std::string_view separator) {
    if (!out.empty()) out += separator;
    out += text;
}

ByteSink sink_to(std::string& out) {
    return [&out](std::string_view bytes) -> Result<Done> {
        out += bytes;
        return Done{};
    };
}

}  // namespace

Outcome outcome_of(const gate::Verdict& verdict) {
    if (verdict.answer == "allowed") return Outcome::kAllowed;
    if (verdict.answer == "forbidden") return Outcome::kForbidden;
    return verdict.answer == "out_of_scope" ? Outcome::kOutOfScope : Outcome::kUndetermined;
}

std::string campaign_word(const ScreenSetup& setup, std::string_view fact) {
    const law::FactId id = setup.law.vocabulary().find(fact);
    const law::FactValue* value = setup.campaign.facts.find(id);
    return value == nullptr ? std::string{}
                            : law::value_text(setup.law.vocabulary().fact(id), *value);
}

RowScreener::RowScreener(const ScreenSetup& setup, ScreenTools tools, const Mapping& mapping,
                         ContactReader contacts, const WriterOptions& options)
    : setup_(setup),
      tools_(std::move(tools)),
      mapping_(mapping),
      language_(setup.say.language()),
      reach_(reach_of(campaign_word(setup, "channel"))),
      contacts_(std::move(contacts)),
      allowed_(sink_to(out_.allowed), options),
      blocked_(sink_to(out_.blocked), options),
      review_(sink_to(out_.review), options),
      origin_(setup.law.vocabulary().find("origin")),
      audience_(setup.law.vocabulary().find("audience")),
      origins_(setup.law.vocabulary().fact(origin_).values.size() + 1),
      audiences_(setup.law.vocabulary().fact(audience_).values.size() + 1) {}

ScreenedRows RowScreener::screen(RowRange range) {
    samples_taken_ = {};
    // Texts do not fail: the results of writers that write to them say nothing.
    for (std::size_t i = 0; i < range.rows.size(); ++i) {
        const Record& record = range.rows.row(i);
        if (record.is_blank) continue;
        if (setup_.seen) out_.seen.emplace_back();
        const AddedCells& added = judge(record, range.first_row + i);
        if (setup_.seen) out_.seen.back().outcome = added.outcome;
        ++out_.rows;
        ++out_.totals.at(static_cast<std::size_t>(added.outcome));
        std::ignore = writer_of(added.outcome).prepared_row(record, added.text);
    }
    for (CsvWriter* writer : {&allowed_, &blocked_, &review_}) std::ignore = writer->finish();
    return std::exchange(out_, {});
}

CsvWriter& RowScreener::writer_of(Outcome outcome) {
    if (outcome == Outcome::kForbidden) return blocked_;
    const bool may_go = outcome == Outcome::kAllowed || outcome == Outcome::kOutOfScope;
    return may_go ? allowed_ : review_;
}

const RowScreener::AddedCells& RowScreener::judge(const Record& record, std::uint64_t row) {
    if (record.problem) {
        add_problem(record.line, "", record.problem->message, "");
        return unreadable(record.problem->message);
    }
    const ContactRow& read = contacts_.read(record);
    for (const CellProblem& problem : read.problems)
        add_problem(record.line, mapping_.names[problem.column], problem.message,
                    problem.masked_value);
    if (!read.is_reachable) {
        const Message why = read.problems.empty()
                                ? Message(reach_ == Reach::kEmail ? "row.no_email" : "row.no_phone")
                                : read.problems.front().message;
        if (read.problems.empty()) add_problem(record.line, "", why, "");
        return unreadable(why);
    }
    const auto standing = setup_.index.find(tokens_of(read.contact), setup_.day);
    const gate::Verdict& verdict =
        tools_.gate->decide(read.contact, standing ? &*standing : nullptr);
    if (setup_.seen) note_what_it_rests_on(standing);
    AddedCells& added = worded(verdict);
    if (added.count++ == 0) added.first_row = row;
    count_groups(added.outcome);
    sample(record, added);
    return added;
}

std::span<const ledger::ContactTokens> RowScreener::tokens_of(const gate::Contact& contact) {
    tokens_.clear();
    for (const auto* point : {&contact.email, &contact.phone})
        if (*point) tokens_.push_back(ledger::tokens_of(tools_.tokeniser, tools_.foreign, **point));
    if (contact.company_number.empty()) return tokens_;
    // A number that is none belongs to no company that could have objected.
    const auto company = ledger::contact_point_of_company(contact.company_number);
    if (company) tokens_.push_back(tools_.tokeniser.tokens(*company));
    return tokens_;
}

// What the ledger says of a later day is looked at no further: tomorrow it may be said.
void RowScreener::note_what_it_rests_on(const std::optional<ledger::Standing>& standing) {
    constexpr Date kForEver = Date::max();
    const bool is_told_later = standing && setup_.index.find(tokens_, kForEver) != standing;
    ScreenedRows::Seen& seen = out_.seen.back();
    seen.changes_on = is_told_later ? setup_.day + std::chrono::days{1} : tools_.gate->changes_on();
    seen.tokens = tokens_.size();
    out_.seen_tokens.insert(out_.seen_tokens.end(), std::make_move_iterator(tokens_.begin()),
                            std::make_move_iterator(tokens_.end()));
}

RowScreener::AddedCells& RowScreener::worded(const gate::Verdict& verdict) {
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
    const bool is_open = verdict.answer == "undetermined";
    added.cells = {
        word == nullptr ? verdict.answer : word->in(language_),
        is_open ? "" : reasons,
        is_open ? "" : cites,
        duties_of(verdict),
        to_do_of(verdict),
        is_open ? "" : setup_.say(is_settled ? "certainty.settled" : "certainty.debatable")};
    const std::vector<std::string_view> views(added.cells.begin(), added.cells.end());
    added.text = allowed_.added(views);
    return worded_.emplace(&verdict, std::move(added)).first->second;
}

std::string RowScreener::duties_of(const gate::Verdict& verdict) const {
    std::string out;
    for (const std::string& id : verdict.duties)
        append(out, setup_.law.vocabulary().duty(id)->worded(verdict.channel, language_), " ");
    return out;
}

// What would make it lawful, or what has to be found out.
std::string RowScreener::to_do_of(const gate::Verdict& verdict) const {
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

const RowScreener::AddedCells& RowScreener::unreadable(const Message& why) {
    unreadable_.outcome = Outcome::kUnreadable;
    unreadable_.cells = {setup_.say("row.unreadable"),
                         setup_.say(why),
                         "",
                         "",
                         setup_.say("row.correct_and_screen_again"),
                         ""};
    const std::vector<std::string_view> views(unreadable_.cells.begin(), unreadable_.cells.end());
    unreadable_.text = allowed_.added(views);
    return unreadable_;
}

void RowScreener::add_problem(std::uint64_t line, std::string column, const Message& message,
                              std::string masked_value) {
    ++out_.problem_count;
    if (out_.problems.size() < kProblemsShown)
        out_.problems.push_back(
            {line, std::move(column), setup_.say(message), std::move(masked_value)});
}

void RowScreener::count_groups(Outcome outcome) {
    const auto place = static_cast<std::size_t>(outcome);
    ++origins_.at(tools_.gate->word_of(origin_)).at(place);
    ++audiences_.at(tools_.gate->word_of(audience_)).at(place);
}

void RowScreener::sample(const Record& record, const AddedCells& added) {
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
    out_.samples.push_back(std::move(sample));
}

std::vector<VerdictCount> RowScreener::verdicts() const {
    std::vector<VerdictCount> out;
    for (const auto& [verdict, added] : worded_)
        out.push_back({verdict, added.count, added.first_row});
    return out;
}

}  // namespace licet::lists::internal

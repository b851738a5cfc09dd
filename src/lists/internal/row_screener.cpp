// SPDX-License-Identifier: Apache-2.0
#include "lists/internal/row_screener.h"

#include <xxhash.h>

#include <algorithm>
#include <tuple>

#include "base/digest.h"
#include "base/personal.h"
#include "base/text.h"
#include "gate/verdict_json.h"
#include "lists/internal/masked_parts.h"

namespace licet::lists::internal {
namespace {

constexpr std::size_t kTogether = 64;  // rows whose memory is fetched while others are worked on
constexpr std::size_t kMostKinds = 50'000;

void append(std::string& out, std::string_view text, std::string_view separator) {
    if (!out.empty()) out += separator;
    out += text;
}

// The same words, the same name: whoever has the words can make it anew.
std::string id_of(const std::vector<std::string>& cells) {
    constexpr std::size_t kIdBytes = 6;
    Hasher hasher;
    for (const std::string& cell : cells)
        hasher.add(std::to_string(cell.size())).add(":").add(cell);
    const Digest digest = hasher.digest();
    return hex_of(std::span(digest).first(kIdBytes));
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
      allowed_(options),
      blocked_(options),
      review_(options),
      origin_(setup.law.vocabulary().find("origin")),
      audience_(setup.law.vocabulary().find("audience")),
      ages_(setup.law, setup.campaign, setup.day),
      origins_(setup.law.vocabulary().fact(origin_).values.size() + 1),
      audiences_(setup.law.vocabulary().fact(audience_).values.size() + 1),
      at_work_(kTogether) {}

std::size_t RowScreener::BytesHash::operator()(std::string_view bytes) const noexcept {
    return XXH3_64bits(bytes.data(), bytes.size());
}

ScreenedRows RowScreener::screen(RowRange range) {
    samples_taken_ = {};
    range.rows.seal();
    out_.blank_lines = range.rows.blank_lines();
    for (std::size_t first = 0; first < range.rows.size(); first += kTogether)
        screen_some(range, first, std::min(kTogether, range.rows.size() - first));
    out_.allowed = allowed_.take();
    out_.blocked = blocked_.take();
    out_.review = review_.take();
    return std::exchange(out_, {});
}

void RowScreener::screen_some(RowRange& range, std::size_t first, std::size_t size) {
    forms_.clear();
    if (kinds_.size() >= kMostKinds) kinds_.clear();
    for (std::size_t i = 0; i < size; ++i) sketch(range.rows.row(first + i), at_work_[i]);
    make_tokens(size);
    setup_.index.prefetch(tokens_);
    for (std::size_t i = 0; i < size; ++i) {
        const Record& record = range.rows.row(first + i);
        if (record.is_blank) continue;
        if (setup_.seen) out_.seen.emplace_back();
        const AddedCells& added = judge({at_work_[i], record, range.first_row + first + i});
        if (setup_.seen) out_.seen.back().outcome = added.outcome;
        ++out_.rows;
        ++out_.totals.at(static_cast<std::size_t>(added.outcome));
        // Texts do not fail: the results of writers that write to them say nothing.
        std::ignore = writer_of(added.outcome).prepared_row(record, added.text);
    }
}

void RowScreener::sketch(const Record& record, RowAtWork& row) {
    row.point_count = 0;
    row.first_token = forms_.size();
    if (!record.is_blank && !record.problem) {
        RowSketch& sketch = row.sketch;
        contacts_.sketch(record, sketch);
        const auto add = [&](ledger::ContactPoint& point, bool is_person) {
            if (is_person && !tools_.foreign.is_empty()) tools_.foreign.widen(point);
            row.points.at(row.point_count++) = &point;
            forms_.push_back(&point.strict);
            for (const ledger::NormalForm& form : point.loose) forms_.push_back(&form);
            for (const ledger::NormalForm& form : point.wide) forms_.push_back(&form);
        };
        if (sketch.has_email) add(sketch.email, true);
        if (sketch.has_phone) add(sketch.phone, true);
        if (sketch.has_company) add(sketch.company, false);
    }
    row.token_count = forms_.size() - row.first_token;
}

void RowScreener::make_tokens(std::size_t rows) {
    tokens_.resize(forms_.size());
    tools_.tokeniser.tokens(forms_, tokens_);
    points_.clear();
    std::span<const ledger::Token> left = tokens_;
    for (const RowAtWork& row : std::span(at_work_).first(rows))
        for (std::size_t i = 0; i < row.point_count; ++i) {
            const ledger::ContactPoint& point = *row.points.at(i);
            const std::size_t size = 1 + point.loose.size() + point.wide.size();
            points_.push_back({left.first(size), point.loose.size()});
            left = left.subspan(size);
        }
    next_point_ = 0;
}

CsvWriter& RowScreener::writer_of(Outcome outcome) {
    if (outcome == Outcome::kForbidden) return blocked_;
    const bool may_go = outcome == Outcome::kAllowed || outcome == Outcome::kOutOfScope;
    return may_go ? allowed_ : review_;
}

// The points of a row; rows come in their order.
std::span<const ledger::PointTokens> RowScreener::points_of(const RowAtWork& row) {
    const auto points = std::span(points_).subspan(next_point_, row.point_count);
    next_point_ += row.point_count;
    return points;
}

const RowScreener::AddedCells& RowScreener::judge(const Judged& judged) {
    const Record& record = judged.record;
    if (record.problem) {
        add_problem(record.line, "", record.problem->message, "");
        return unreadable(record.problem->message);
    }
    AddedCells* added = added_by(judged);
    if (added == nullptr) {
        const std::vector<CellProblem>& problems = contacts_.read(record).problems;
        const Message why = problems.empty()
                                ? Message(reach_ == Reach::kEmail ? "row.no_email" : "row.no_phone")
                                : problems.front().message;
        if (problems.empty()) add_problem(record.line, "", why, "");
        return unreadable(why);
    }
    if (added->count++ == 0) added->first_row = judged.place;
    sample(record, *added);
    return *added;
}

// Null if the row cannot be reached; what cannot be read in it is told.
RowScreener::AddedCells* RowScreener::added_by(const Judged& judged) {
    const auto points = points_of(judged.row);
    Kind* kind = kind_of(judged);
    const ContactRow* read = nullptr;
    if (kind == nullptr) {
        read = &contacts_.read(judged.record);
        for (const CellProblem& problem : read->problems)
            add_problem(judged.record.line, mapping_.names[problem.column], problem.message,
                        problem.masked_value);
        if (!read->is_reachable) return nullptr;
    }
    const auto standing = setup_.index.find(points, setup_.day);
    const ledger::Standing* known = standing ? &*standing : nullptr;
    const gate::Verdict& verdict =
        kind == nullptr ? tools_.gate->decide(read->contact, known)
                        : tools_.gate->decide(kind->kind, judged.row.sketch.days, known);
    if (setup_.seen) note_what_it_rests_on(judged.row, points, standing);
    AddedCells* added =
        kind == nullptr || kind->verdict != &verdict ? &worded(verdict) : kind->added;
    if (kind != nullptr) {
        kind->verdict = &verdict;
        kind->added = added;
    }
    const Groups groups = kind == nullptr || known != nullptr ? groups_of_last() : kind->groups;
    ++origins_.at(groups.origin).at(static_cast<std::size_t>(added->outcome));
    ++audiences_.at(groups.audience).at(static_cast<std::size_t>(added->outcome));
    ages_.add(kind == nullptr ? read->contact : judged.row.sketch.days, known, added->outcome);
    return added;
}

// Null if there is something in the row that cannot be read.
RowScreener::Kind* RowScreener::kind_of(const Judged& judged) {
    const RowSketch& sketch = judged.row.sketch;
    if (!sketch.is_clean || !sketch.is_reachable) return nullptr;
    kind_name_ = sketch.rest;
    tools_.gate->add_form(sketch.has_email ? &sketch.email : nullptr,
                          sketch.has_phone ? &sketch.phone : nullptr, kind_name_);
    const auto found = kinds_.find(kind_name_);
    if (found != kinds_.end()) return &found->second;
    const ContactRow& read = contacts_.read(judged.record);
    if (!read.problems.empty()) return nullptr;
    Kind& kind = kinds_[kind_name_];
    kind.kind = tools_.gate->kind_of(read.contact);
    std::ignore = tools_.gate->decide(kind.kind, judged.row.sketch.days, nullptr);
    kind.groups = groups_of_last();
    return &kind;
}

// What the ledger says of a later day is looked at no further: tomorrow it may be said.
void RowScreener::note_what_it_rests_on(const RowAtWork& row,
                                        std::span<const ledger::PointTokens> points,
                                        const std::optional<ledger::Standing>& standing) {
    constexpr Date kForEver = Date::max();
    const bool is_told_later = standing && setup_.index.find(points, kForEver) != standing;
    ScreenedRows::Seen& seen = out_.seen.back();
    seen.changes_on = is_told_later ? setup_.day + std::chrono::days{1} : tools_.gate->changes_on();
    seen.tokens = row.token_count;
    const auto tokens = std::span(tokens_).subspan(row.first_token, row.token_count);
    out_.tokens.insert(out_.tokens.end(), tokens.begin(), tokens.end());
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
    added.id = id_of(added.cells);
    added.text = text_of(added, verdict);
    return worded_.emplace(&verdict, std::move(added)).first->second;
}

AddedText RowScreener::text_of(const AddedCells& added, const gate::Verdict& verdict) const {
    if (!setup_.is_brief) {
        const std::vector<std::string_view> views(added.cells.begin(), added.cells.end());
        return allowed_.added(views);
    }
    const bool has_rule = verdict.answer != "undetermined" && !verdict.reasons.empty();
    const std::array<std::string_view, 3> views = {
        added.cells.front(), has_rule ? std::string_view(verdict.reasons.front().rule) : "",
        added.id};
    return allowed_.added(views);
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
    const std::array<std::string_view, 3> brief = {views[0], views[1], ""};
    unreadable_.text = setup_.is_brief ? allowed_.added(brief) : allowed_.added(views);
    return unreadable_;
}

void RowScreener::add_problem(std::uint64_t line, std::string column, const Message& message,
                              std::string masked_value) {
    ++out_.problem_count;
    if (out_.problems.size() < kProblemsShown)
        out_.problems.push_back(
            {line, std::move(column), setup_.say(message), std::move(masked_value)});
}

RowScreener::Groups RowScreener::groups_of_last() const {
    return {tools_.gate->word_of(origin_), tools_.gate->word_of(audience_)};
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
                                              ? masked_parts(record.field(*column))
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

std::vector<ScreenAnswer> RowScreener::answers() const {
    std::vector<ScreenAnswer> out;
    for (const auto& [verdict, added] : worded_)
        out.push_back({added.id, added.cells, added.count, added.first_row});
    return out;
}

}  // namespace licet::lists::internal

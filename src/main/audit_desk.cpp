// SPDX-License-Identifier: Apache-2.0
#include "main/audit_desk.h"

#include <algorithm>
#include <array>
#include <set>

#include "law/cost_of_breach.h"
#include "main/cost_words.h"
#include "main/evidence_files.h"
#include "main/files.h"
#include "main/paper_desk.h"
#include "main/paper_states.h"
#include "main/resources.h"
#include "main/zones.h"
#include "probe/site_table.h"

namespace licet {
namespace {

constexpr const char* kCarried = "audit/questionnaire.yaml";

// The oldest a prospect may be, as the question about it has it.
int most_months(const audit::Questionnaire& questionnaire) {
    for (const audit::Question& one : questionnaire.questions) {
        if (!one.measured_by.ends_with(".oldest_prospect")) continue;
        for (const audit::Threshold& threshold : one.thresholds)
            if (threshold.worth == audit::kFullWorth) return static_cast<int>(threshold.max);
    }
    return 0;
}

// What another program measured and recorded, such as an audit of a site.
bool is_recorded_by_others(const audit::Question& question, const audit::Answer& answer) {
    return question.measured_by.starts_with("site_audit.") && answer.by != audit::kMeasuredHere;
}

}  // namespace

std::optional<audit::Questionnaire> load_questionnaire(const Terminal& terminal,
                                                       const std::string& path) {
    Result<std::string> text =
        path.empty() ? Result<std::string>(std::string(resource(kCarried))) : read_file(path);
    if (!text) {
        terminal.print_error(text.error());
        return std::nullopt;
    }
    auto read = audit::read_questionnaire(*text, path.empty() ? kCarried : path);
    if (read.is_clean()) return std::move(read.value);
    terminal.print_errors(read.problems);
    return std::nullopt;
}

Result<gate::Verdict> transfer_verdict(const law::Law& law, const audit::BookEntry& processor,
                                       std::string_view home, Date day) {
    gate::Request request;
    request.question = "transfer";
    request.facts = LICET_TRY(audit::transfer_facts(law, processor, home, day));
    return gate::check(law, zone_offset, request);
}

AuditDesk::AuditDesk(const law::Law& law, const audit::Questionnaire& questionnaire,
                     const Common& common, Workspace workspace, Date law_day)
    : law_(law),
      questionnaire_(questionnaire),
      common_(common),
      workspace_(std::move(workspace)),
      day_(law, law_day),
      is_in_force_([this](std::string_view rule) { return day_.is_in_force(rule); }),
      today_(now().day) {}

Result<std::unique_ptr<AuditDesk>> AuditDesk::open(const law::Law& law,
                                                   const audit::Questionnaire& questionnaire,
                                                   const Common& common,
                                                   const AuditDeskOptions& options) {
    const Date day = LICET_TRY(day_or_today(options.law_day));
    Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    std::unique_ptr<AuditDesk> desk(
        new AuditDesk(law, questionnaire, common, std::move(workspace), day));
    if (!options.today.empty()) desk->today_ = LICET_TRY(parse_date(options.today));
    desk->store_ = LICET_TRY(open_ledger(desk->workspace_, !options.writes));
    LICET_TRY(desk->read_own_events());
    const std::vector<std::string> audits = audit::audits_of(desk->own_);
    desk->audit_ = options.audit.empty() && !audits.empty() ? audits.back() : options.audit;
    if (options.needs_audit && desk->audit_.empty())
        return error(ErrorCode::kMissing, "audit.none");
    LICET_TRY(desk->read_ledger());
    if (options.needs_audit) LICET_TRY(desk->judge());
    return desk;
}

Result<Done> AuditDesk::read_own_events() {
    const std::array nobody{ledger::Token{}};
    const auto events = LICET_TRY(store_->events_of(nobody));
    own_.clear();
    for (const ledger::StoredEvent& one : events)
        if (ledger::is_of_ledger(one.event.kind)) own_.push_back(one.event);
    return Done{};
}

Result<Done> AuditDesk::read_ledger() {
    audit::StatisticsFolder folder(today_, questionnaire_.limits, most_months(questionnaire_));
    requests_.clear();
    LICET_TRY(store_->for_each(ledger::Which::kAll, [&](const ledger::Event& event) {
        folder.add(event);
        rights::fold(requests_, event);
    }));
    LICET_TRY(
        store_->for_each_suppression([&](const ledger::Suppression& one) { folder.add(one); }));
    statistics_ = folder.finish();
    return Done{};
}

// Documents are built to be compared, which takes a while: only if something is new.
Result<Done> AuditDesk::compare_papers() {
    std::size_t notices = 0;
    std::size_t facts_of_ledger = 0;  // processors are in the register too
    for (const ledger::Event& one : own_) {
        notices += one.kind == ledger::EventKind::kNoticePublished ? 1 : 0;
        facts_of_ledger += one.kind == ledger::EventKind::kProcessor ? 1 : 0;
    }
    const auto facts = read_file(organisation_path(common_));
    const std::string state = std::to_string(notices) + " " + std::to_string(facts_of_ledger) +
                              " " + text_of(day_.day()) + " " +
                              (facts ? hex_of(sha256(*facts)) : std::string());
    if (state == papers_state_) return Done{};
    papers_.clear();
    if (notices > 0) papers_ = LICET_TRY(published_shares(common_, *store_, day_.day()));
    papers_state_ = state;
    return Done{};
}

void AuditDesk::look_for_evidence() {
    lost_evidence_.clear();
    for (const auto& [id, answer] : sheet_.answers)
        if (!answer.evidence.empty() && !text_of_evidence(workspace_, answer.evidence))
            lost_evidence_.insert(answer.evidence);
}

std::vector<audit::Measurement> AuditDesk::measurements_as_of(const audit::LawDay& day) const {
    const audit::Profile profile = sheet_.profile(questionnaire_);
    std::vector<audit::Measurement> out = audit::measurements_of(
        {questionnaire_, statistics_, book_, transfers_, papers_, profile, day, today_});
    for (const auto& [id, answer] : sheet_.measured) {
        const audit::Question* question = questionnaire_.question(id);
        if (question == nullptr || !is_recorded_by_others(*question, answer)) continue;
        out.push_back({id, answer.value, answer.reason == "ceiling",
                       Message("measure.recorded", {{"day", text_of(answer.on)}})});
    }
    return out;
}

audit::ScoreInput AuditDesk::input() const {
    return {questionnaire_, sheet_, measured_, is_in_force_, today_, lost_evidence_};
}

Result<Done> AuditDesk::judge() {
    sheet_ = LICET_TRY(audit::sheet_of(audit_, own_, questionnaire_));
    book_ = audit::book_of(own_);
    transfers_.clear();
    for (const auto& [id, processor] : book_.processors) {
        const auto verdict =
            LICET_TRY(transfer_verdict(law_, processor, workspace_.country, day_.day()));
        transfers_[id] = verdict.answer;
    }
    look_for_evidence();
    LICET_TRY(compare_papers());
    measured_ = measurements_as_of(day_);
    score_ = audit::score_of(input());
    plan_ = audit::plan_of(input(), score_);
    level_ = level();
    return Done{};
}

Result<Done> AuditDesk::record(std::vector<ledger::Event> events) {
    std::ignore = LICET_TRY(store_->append(events));
    return refresh(false);
}

Result<Done> AuditDesk::refresh(bool rereads_all) {
    LICET_TRY(read_own_events());
    if (rereads_all) LICET_TRY(read_ledger());
    if (audit_.empty()) {
        const std::vector<std::string> audits = audit::audits_of(own_);
        if (!audits.empty()) audit_ = audits.back();
    }
    return audit_.empty() ? Result<Done>(Done{}) : judge();
}

std::vector<ledger::Event> AuditDesk::new_measurements() const {
    std::vector<ledger::Event> events;
    const auto record_value = [&](const std::string& question, std::string_view value,
                                  bool is_ceiling) {
        audit::Answer answer;
        answer.question = question;
        answer.value = value;
        answer.proof = audit::Proof::kMeasured;
        answer.reason = is_ceiling ? "ceiling" : "";
        answer.by = audit::kMeasuredHere;
        answer.after = static_cast<int>(sheet_.history.size());
        answer.version = questionnaire_.version;
        answer.form = questionnaire_.question(question)->form;
        events.push_back(audit::answer_event(audit_, answer, {today_, now_seconds()}));
    };
    std::set<std::string_view> seen;
    for (const audit::Measurement& one : measured_) {
        seen.insert(one.question);
        const auto known = sheet_.measured.find(one.question);
        if (known != sheet_.measured.end() && known->second.value == one.value) continue;
        record_value(one.question, one.value, one.is_ceiling);
    }
    // A fault that is mended is measured no more: so does the history say.
    for (const auto& [question, answer] : sheet_.measured)
        if (answer.by == audit::kMeasuredHere && !seen.contains(question))
            record_value(question, audit::kUnknown, false);
    return events;
}

Result<Done> AuditDesk::record_measurements() {
    std::vector<ledger::Event> events = new_measurements();
    return events.empty() ? Result<Done>(Done{}) : record(std::move(events));
}

audit::Score AuditDesk::score_as_of(Date day) const {
    const audit::LawDay law_day(law_, day);
    const audit::IsInForce in_force = [&](std::string_view rule) {
        return law_day.is_in_force(rule);
    };
    // The score points into measurements; those of the desk are for the desk's day, and the same
    // but for calls, whose rules have days. What is shown of this score are its numbers.
    return audit::score_of({questionnaire_, sheet_, measured_, in_force, today_, lost_evidence_});
}

std::optional<Date> AuditDesk::site_audited_on(std::string_view domain) const {
    std::optional<Date> out;
    for (const auto& [host, site] : book_.sites) {
        if (!domain.empty() && !probe::is_within(host, domain)) continue;
        const auto visited = site.last("visited");
        if (visited) out = std::max(out.value_or(*visited), *visited);
    }
    for (const auto& [id, answer] : sheet_.measured) {
        const audit::Question* question = questionnaire_.question(id);
        if (question != nullptr && is_recorded_by_others(*question, answer))
            out = std::max(out.value_or(answer.on), answer.on);
    }
    return out;
}

audit::LevelResult AuditDesk::level(int ledger_check_days, std::string_view domain) const {
    const auto site = site_audited_on(domain);
    const int site_days = site ? static_cast<int>((today_ - *site).count()) : -1;
    return audit::level_of(questionnaire_, score_,
                           {audit::overdue_majors(plan_), site_days, ledger_check_days});
}

namespace {

// What breaches of the rules behind a finding may cost: ceilings once each, the newest decisions.
audit::Exposure exposure_of(const law::Law& law, const audit::LawDay& day,
                            const audit::Question& question, const Workspace& of,
                            const Catalogue& say) {
    constexpr std::size_t kDecisions = 2;
    audit::Exposure out{question.id, {}, {}};
    for (const law::Rule* rule : day.in_force_of(question.rules)) {
        for (const law::Ceiling* one : law::ceilings_of(law, *rule, day.day(), of.country)) {
            std::string line = worded(*one, of.turnover, say);
            if (std::find(out.ceilings.begin(), out.ceilings.end(), line) == out.ceilings.end())
                out.ceilings.push_back(std::move(line));
        }
        for (const law::PastSanction* one : law::decisions_about(law, rule->id)) {
            std::string line = worded(*one, say);
            const bool is_known =
                std::find(out.decisions.begin(), out.decisions.end(), line) != out.decisions.end();
            if (!is_known && out.decisions.size() < kDecisions)
                out.decisions.push_back(std::move(line));
        }
    }
    return out;
}

}  // namespace

audit::AuditReport AuditDesk::report(const Catalogue& say) const {
    audit::AuditReport out{questionnaire_,
                           sheet_,
                           score_,
                           plan_,
                           level_,
                           audit::burn_down(input()),
                           {},
                           say("cost.caveat"),
                           workspace_.controller,
                           {},
                           day_.day(),
                           today_,
                           {}};
    for (const audit::Judged& one : score_.questions) {
        const bool is_grave = one.question->severity == audit::Severity::kBlocking ||
                              one.question->severity == audit::Severity::kMajor;
        if (!one.is_lacking() || !is_grave) continue;
        audit::Exposure exposure = exposure_of(law_, day_, *one.question, workspace_, say);
        if (!exposure.ceilings.empty() || !exposure.decisions.empty())
            out.exposure.push_back(std::move(exposure));
    }
    for (const law::Pack& pack : law_.packs()) out.packs.push_back(pack.identity());
    for (const auto& [id, answer] : sheet_.answers) {
        if (answer.reason_sha256.empty()) continue;
        const auto text = text_of_evidence(workspace_, answer.reason_sha256);
        if (text) out.reasons.emplace(answer.reason_sha256, *text);
    }
    return out;
}

}  // namespace licet

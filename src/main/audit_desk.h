// SPDX-License-Identifier: Apache-2.0
//
// An audit on the desk: the workspace, the law of a day, the questionnaire, and what follows.
//
//     workspace ─ ledger, one pass ─► statistics ─┐
//               └ its own events ─► sheet, book ──┼─► measurements ─► score ─► plan ─► level
//     packs ─ the law of a day ───────────────────┘
//
// Commands (and screens to come) open a desk and show what is on it; src/audit does the thinking.
// A desk reads; what is to be recorded goes through record().
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "audit/measure.h"
#include "audit/plan.h"
#include "audit/report.h"
#include "gate/gate.h"
#include "main/commands.h"
#include "main/workspace.h"
#include "rights/data_subject_request.h"

namespace licet {

/// What kind of desk is wanted.
struct AuditDeskOptions {
    std::string audit;    ///< name; "" = the newest
    std::string law_day;  ///< "" = today
    bool writes = false;
    bool needs_audit = true;
    std::string today = {};  ///< for what must not depend on the clock; "" = the clock
};

/// Reads the questionnaire: the carried one, or a file. Prints every fault; nothing then.
[[nodiscard]] std::optional<audit::Questionnaire> load_questionnaire(const Terminal& terminal,
                                                                     const std::string& path);

/// Whether the law lets a processor have the data: the answer and its reasons.
[[nodiscard]] Result<gate::Verdict> transfer_verdict(const law::Law& law,
                                                     const audit::BookEntry& processor,
                                                     std::string_view home, Date day);

class AuditDesk {
  public:
    /// Opens, reads and judges. `law` and `questionnaire` must outlive the desk. Errors: those of
    /// workspace and store, kMissing ("audit.none", "audit.no_such"), kInput for a day.
    [[nodiscard]] static Result<std::unique_ptr<AuditDesk>> open(
        const law::Law& law, const audit::Questionnaire& questionnaire, const Common& common,
        const AuditDeskOptions& options);
    AuditDesk(const AuditDesk&) = delete;
    AuditDesk& operator=(const AuditDesk&) = delete;

    /// Appends events and judges again. Errors: those of the store.
    [[nodiscard]] Result<Done> record(std::vector<ledger::Event> events);
    /// Records what was measured and differs from what was recorded before, so that the history
    /// shows when it changed. Errors: those of the store.
    [[nodiscard]] Result<Done> record_measurements();
    /// What record_measurements() would record: for who writes through another door.
    [[nodiscard]] std::vector<ledger::Event> new_measurements() const;
    /// Reads again what others wrote of audits and registers, and judges. `rereads_all` makes the
    /// pass over the whole ledger too, which costs with its size. Errors: those of the store.
    [[nodiscard]] Result<Done> refresh(bool rereads_all);
    /// Scores the sheet as of another day of the law.
    [[nodiscard]] audit::Score score_as_of(Date day) const;
    /// Gathers what the report shows.
    [[nodiscard]] audit::AuditReport report(const Catalogue& say) const;

    [[nodiscard]] const Workspace& workspace() const { return workspace_; }
    [[nodiscard]] ledger::Store& store() { return *store_; }
    [[nodiscard]] const law::Law& law() const { return law_; }
    [[nodiscard]] const audit::Questionnaire& questionnaire() const { return questionnaire_; }
    [[nodiscard]] const std::vector<ledger::Event>& own_events() const { return own_; }
    [[nodiscard]] const audit::Statistics& statistics() const { return statistics_; }
    [[nodiscard]] const audit::Book& book() const { return book_; }
    [[nodiscard]] const audit::Sheet& sheet() const { return sheet_; }
    [[nodiscard]] const audit::Score& score() const { return score_; }
    [[nodiscard]] const std::vector<audit::PlannedAction>& plan() const { return plan_; }
    [[nodiscard]] const std::vector<audit::Measurement>& measurements() const { return measured_; }
    [[nodiscard]] const rights::DataRequests& requests() const { return requests_; }
    [[nodiscard]] Date today() const { return today_; }
    [[nodiscard]] Date law_day() const { return day_.day(); }
    /// The level, if the ledger was checked so many days ago (-1 = not). A label's `domain` has a
    /// site of its own looked at; "" = any.
    [[nodiscard]] audit::LevelResult level(int ledger_check_days = -1,
                                           std::string_view domain = "") const;
    /// The day of the newest visit of a site, or of what another program measured of one; nothing
    /// if there was none.
    [[nodiscard]] std::optional<Date> site_audited_on(std::string_view domain = "") const;

  private:
    AuditDesk(const law::Law& law, const audit::Questionnaire& questionnaire, const Common& common,
              Workspace workspace, Date law_day);
    [[nodiscard]] Result<Done> read_own_events();
    [[nodiscard]] Result<Done> read_ledger();
    [[nodiscard]] Result<Done> compare_papers();
    [[nodiscard]] Result<Done> judge();
    void look_for_evidence();
    [[nodiscard]] std::vector<audit::Measurement> measurements_as_of(
        const audit::LawDay& day) const;
    [[nodiscard]] audit::ScoreInput input() const;

    const law::Law& law_;
    const audit::Questionnaire& questionnaire_;
    Common common_;
    Workspace workspace_;
    audit::LawDay day_;
    audit::IsInForce is_in_force_;
    Date today_;
    std::string audit_;
    std::unique_ptr<ledger::Store> store_;
    std::vector<ledger::Event> own_;
    audit::Statistics statistics_;
    rights::DataRequests requests_;
    audit::PublishedShares papers_;
    std::string papers_state_;  ///< what papers_ was computed from
    audit::Book book_;
    std::map<std::string, std::string, std::less<>> transfers_;
    std::set<std::string, std::less<>> lost_evidence_;
    audit::Sheet sheet_;
    std::vector<audit::Measurement> measured_;
    audit::Score score_;
    std::vector<audit::PlannedAction> plan_;
    audit::LevelResult level_;
};

}  // namespace licet

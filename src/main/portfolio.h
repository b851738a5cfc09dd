// SPDX-License-Identifier: Apache-2.0
//
// Many workspaces under one hand: which clients there are, and each one's desk in turn.
//
//     FOLDER/north/  FOLDER/south/     a workspace each
//     FOLDER itself a workspace        its own, and those of FOLDER/tenants/ (licet serve)
//
// Each client has its own ledger and keys, and one desk is open at a time: nothing of one can reach
// what is said of another. A client who is gone, or cannot be read, is named, and the run goes on.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "audit/calendar.h"
#include "audit/portfolio.h"
#include "main/audit_desk.h"

namespace licet {

struct PortfolioOptions {
    std::string folder;     ///< "" = that of --workspace
    std::string client;     ///< one of them; "" = all
    std::string processor;  ///< adopt: the vendor
    std::string date;       ///< impact: the day from which another law holds
    std::string from;       ///< impact: instead of the day before `date`
    std::string to;         ///< impact: instead of `date`
    std::string html;       ///< file of the page; "" = none
    std::string out;        ///< file or folder to write
    std::string keys;       ///< hand-over: file for the keys, apart; "" = they stay
    int year = 0;           ///< report; 0 = that of today
};

struct Client {
    std::string id;
    std::string folder;
};

/// Gives the clients of a folder, by name. Errors: kMissing ("portfolio.no_client").
[[nodiscard]] Result<std::vector<Client>> clients_of(const std::string& folder);

/// What a run over all clients came to.
struct PortfolioRun {
    std::vector<std::string> skipped;  ///< ids of clients that could not be read
    /// 0, or exit_status::kUnreadableRows if some were skipped.
    [[nodiscard]] int status() const { return skipped.empty() ? 0 : exit_status::kUnreadableRows; }
};

/// What every command over clients needs.
class Portfolio {
  public:
    /// Reads law, questionnaire and clients; prints faults and gives nothing if there are some.
    [[nodiscard]] static std::optional<Portfolio> open(const Terminal& terminal,
                                                       const Common& common,
                                                       const PortfolioOptions& options);

    /// Opens the desk of each client in turn (of one, if the options name it), with its audit if it
    /// has one. What fails is told, and the next one is opened.
    [[nodiscard]] PortfolioRun visit(
        const std::function<Result<Done>(const Client&, const AuditDesk&)>& visitor) const;

    [[nodiscard]] const Terminal& terminal() const { return terminal_; }
    [[nodiscard]] const law::Law& law() const { return *law_; }
    [[nodiscard]] const audit::Questionnaire& questionnaire() const { return questionnaire_; }
    [[nodiscard]] const std::vector<Client>& clients() const { return clients_; }
    [[nodiscard]] Common common_of(const Client& client) const;

  private:
    Portfolio(const Terminal& terminal, Common common, std::shared_ptr<const law::Law> law,
              audit::Questionnaire questionnaire, std::vector<Client> clients)
        : terminal_(terminal),
          common_(std::move(common)),
          law_(std::move(law)),
          questionnaire_(std::move(questionnaire)),
          clients_(std::move(clients)) {}

    const Terminal& terminal_;
    Common common_;
    std::shared_ptr<const law::Law> law_;
    audit::Questionnaire questionnaire_;
    std::vector<Client> clients_;
};

/// How a client stands. Errors: those of rights.toml.
[[nodiscard]] Result<audit::ClientState> state_of(const Client& client, const AuditDesk& desk);

/// A request that waits for an answer; the person is not named.
struct WaitingRequest {
    std::string id;
    std::string kind;
    Date due_on;
};
/// Errors: those of rights.toml.
[[nodiscard]] Result<std::vector<WaitingRequest>> waiting_requests(const AuditDesk& desk);

/// The days of one client that must not be missed. Errors: those of rights.toml.
[[nodiscard]] Result<std::vector<audit::CalendarEntry>> days_of(const Client& client,
                                                                const AuditDesk& desk,
                                                                const Catalogue& say);

/// The annual report of a client, a page. Errors: those of rights.toml.
[[nodiscard]] Result<std::string> year_page(const Client& client, const AuditDesk& desk, int year,
                                            const Catalogue& say);

/// By day, then by what it is about.
void sort_by_day(std::vector<audit::CalendarEntry>& entries);
[[nodiscard]] json::array json_of_days(const std::vector<audit::CalendarEntry>& entries);

// The commands. Each gives the exit status.
int run_portfolio_list(const Portfolio& portfolio);
int run_portfolio_map(const Portfolio& portfolio, const PortfolioOptions& options);
int run_portfolio_calendar(const Portfolio& portfolio, const PortfolioOptions& options);
int run_portfolio_processors(const Portfolio& portfolio);
int run_portfolio_adopt(const Portfolio& portfolio, const PortfolioOptions& options);
int run_portfolio_impact(const Portfolio& portfolio, const PortfolioOptions& options);
int run_portfolio_report(const Portfolio& portfolio, const PortfolioOptions& options);
int run_portfolio_hand_over(const Portfolio& portfolio, const PortfolioOptions& options);

}  // namespace licet

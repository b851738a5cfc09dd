// SPDX-License-Identifier: Apache-2.0
//
// The question that the server is asked most: may this person be contacted?
//
//     JSON ──► facts, tokens ──► standing ──► known answer? ──► its bytes
//                                                   └── no ──► gate ──► JSON, kept for the next
//
// A verdict is a function of the law, the facts, the moment and the standing. For somebody of whom
// the ledger knows nothing, what is left of an address are its form and place; so two strangers
// with the same facts in the same minute get the same bytes, which are made once. A question that
// was asked of another one a moment ago is not even read again (internal/question_frames.h).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/json.h"
#include "gate/campaign.h"
#include "gate/contact.h"
#include "gate/gate.h"
#include "ledger/exchange.h"
#include "ledger/standing.h"

namespace licet::web {

/// The ledger of a tenant, for whoever only looks somebody up. Threads: any.
class Standings {
  public:
    virtual ~Standings() = default;
    /// Gives the standing of a person; nothing if nothing is known of them. Errors: kBusy
    /// ("store.heads_unconfirmed") when the ledger may have moved and nobody can tell.
    [[nodiscard]] virtual Result<std::optional<ledger::Standing>> find(
        const std::vector<ledger::ContactTokens>& points, Date until) const = 0;
    /// Says whether the ledger has taken in lists from elsewhere, so that somebody may stand there
    /// under a foreign name.
    [[nodiscard]] virtual bool has_lists() const = 0;
};

/// What is asked, read out of JSON.
struct Question {
    gate::Request request;
    gate::Contact contact;
    std::string country;   ///< of the workspace: the reading of national numbers
    std::string campaign;  ///< gate::campaign_id(): by what the record is found again
    bool wants_record = true;
    bool names_somebody = false;
};

/// An answer, and what is to be recorded of it.
struct Checked {
    std::string json;
    std::vector<ledger::Event> events;  ///< empty unless a record is wanted and somebody named
};

/// Threads: one object per thread.
class Checker {
  public:
    /// All references outlive it. `foreign` names people in lists that came from elsewhere.
    Checker(std::shared_ptr<const law::Law> law, const gate::Reference& reference,
            gate::ZoneOffset zone_offset, ledger::Tokeniser tokeniser, ledger::ForeignNames foreign,
            std::string country);
    ~Checker();
    Checker(Checker&&) noexcept;

    /// Answers {question, facts, background, email, phone, company, job_title, topic, brand,
    /// campaign, record} at `now`. Errors: kInput for what is asked wrongly, those of Standings and
    /// of gate::check().
    [[nodiscard]] Result<Checked> check(const json::object& asked, const Standings& standings,
                                        const Moment& now, Language language);
    /// The same of a text of JSON. Errors: also those of parse_json(), kInput
    /// ("check.json_object").
    [[nodiscard]] Result<Checked> check(std::string_view asked, const Standings& standings,
                                        const Moment& now, Language language);
    /// The same with what suffices and what to ask next.
    [[nodiscard]] Result<json::object> explain(const json::object& asked,
                                               const Standings& standings, const Moment& now,
                                               Language language);

    [[nodiscard]] const law::Law& law() const { return *law_; }

  private:
    struct Known;
    [[nodiscard]] Result<Question> question_of(const json::object& asked) const;
    [[nodiscard]] Result<Done> complete(const json::object& asked, const Moment& now,
                                        Question& out) const;
    [[nodiscard]] Result<Date> day_of(const json::object& asked, const Moment& now) const;
    [[nodiscard]] Result<Done> add_contact(const json::object& asked, Question& question) const;
    [[nodiscard]] Result<gate::Verdict> verdict_of(Question& question,
                                                   const std::optional<ledger::Standing>& standing);
    [[nodiscard]] Result<Done> add_point(std::string_view name, const std::string& text,
                                         Question& question) const;
    [[nodiscard]] std::string key_of(std::string said, const Question& question) const;
    void forget_older_than(const Moment& now);
    [[nodiscard]] Result<std::optional<Checked>> check_known(std::string_view asked,
                                                             const Standings& standings,
                                                             Language language);
    void keep_frame(std::string_view asked, const json::object& read, const Moment& now,
                    Language language);
    [[nodiscard]] std::vector<ledger::ContactTokens> tokens_of(const Question& question,
                                                               const Standings& standings);
    [[nodiscard]] static std::vector<ledger::Event> events_of(
        const ledger::Event& verdict, const Question& question,
        const std::vector<ledger::ContactTokens>& points);

    std::shared_ptr<const law::Law> law_;
    gate::Campaign campaign_;
    std::unique_ptr<gate::ContactFacts> contact_facts_;
    gate::ZoneOffset zone_offset_;
    ledger::Tokeniser tokeniser_;
    ledger::ForeignNames foreign_;
    std::unique_ptr<Known> known_;
};

}  // namespace licet::web

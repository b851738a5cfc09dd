// SPDX-License-Identifier: Apache-2.0
//
// The label: what an audit came to, signed, with an end, that anybody can check and its issuer can
// take back.
//
//     score, level ──► label_document ──signed──► label.json      (Open Badges 3.0, W3C VC 2.0)
//     events label ──► LabelState ──► status lists, page, badge
//     every day    ──► next_step: below its level? warned, after some days suspended, or restored
//
// A label is a self-assessment and says so; the words that would promise more are refused
// (label_words.h). What it does not say is as much a part of its page as what it says. Issuing is
// an event of the ledger, so nobody can date a label back, or deny one.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audit/report.h"
#include "base/json.h"

namespace licet::audit {

/// Who assessed: "self", "dpo" (mandated and paid by the company, which is said), "third_party".
struct Evaluation {
    std::string kind = "self";
    std::string evaluator;  ///< an organisation; may be empty for "self"
};

/// What a label is about besides the audit.
struct LabelSubject {
    std::string controller;  ///< the company
    std::string domain;      ///< of its site
    std::string siren;       ///< nine digits, or empty
    std::string base_url;    ///< where its files will be: "https://company.example/label"
    std::string contact;     ///< where problems can be reported; may be empty
};

struct LabelInput {
    const AuditReport& report;
    const Level& level;
    LabelSubject subject;
    Evaluation evaluation;
    std::string id;           ///< of the label: 32 hexadecimal digits
    std::string did;          ///< of the issuer
    std::uint32_t index = 0;  ///< in the status lists
    std::int64_t now = 0;     ///< seconds since 1970-01-01T00:00Z
    std::string log_head;     ///< root of the ledger's log
    std::optional<Date> site_audited_on;
};

/// The unsigned credential. Its texts are in both languages.
[[nodiscard]] json::object label_document(const LabelInput& input, const Catalogue& french,
                                          const Catalogue& english);

/// What a label says of itself.
struct LabelClaims {
    std::string id;
    std::string did;
    std::string controller;
    std::string domain;
    std::string siren;
    std::string contact;
    std::string base_url;
    std::string level;
    int score = 0;
    int assurance = 0;
    std::string evaluation;
    std::string evaluator;
    std::string law_day;
    std::string questionnaire;
    std::string questionnaire_sha256;
    std::string site_audited_on;                      ///< empty: it was not
    std::vector<std::pair<std::string, int>> themes;  ///< id and score
    int questions = 0;
    int not_applicable = 0;
    int declared_only = 0;
    std::int64_t valid_from = 0;  ///< seconds since 1970-01-01T00:00Z
    std::int64_t valid_until = 0;
    std::uint32_t index = 0;
};

/// Checks form and signature and reads the claims. Errors: kInput ("label.form", "label.forged",
/// "label.too_long" for more days than a label may have).
[[nodiscard]] Result<LabelClaims> checked_label(std::string_view text);

/// How a label stands at a moment.
enum class LabelStanding { kValid, kNotYet, kExpired, kSuspended, kRevoked };
/// "valid", "not_yet", "expired", "suspended", "revoked".
[[nodiscard]] std::string_view name_of(LabelStanding standing);

/// What the ledger knows of one label.
struct LabelState {
    std::string id;
    std::string sha256;  ///< of label.json
    std::string did;
    std::string level;
    std::string audit;
    std::uint32_t index = 0;
    std::int64_t valid_until = 0;
    Date issued_on;
    std::optional<Date> warned_on;  ///< it is below its level since
    bool is_suspended = false;
    bool is_revoked = false;
    struct Step {
        std::string name;  ///< issued, warned, suspended, restored, revoked
        Date on;
    };
    std::vector<Step> steps;
};

/// Folds the events of the ledger itself: all labels, oldest first.
[[nodiscard]] std::vector<LabelState> labels_of(std::span<const ledger::Event> events);

[[nodiscard]] LabelStanding standing_of(const LabelClaims& claims, const LabelState* state,
                                        std::int64_t now);

/// All of them, with their standing at `now` and what became of them.
[[nodiscard]] json::array labels_json(std::span<const LabelState> labels, std::int64_t now);

/// One step of a label, as an event.
[[nodiscard]] ledger::Event label_event(const LabelState& state, std::string_view step,
                                        const Said& said);

/// What happens to a label when its audit is at `reached` today: "warned", "suspended",
/// "restored", or nothing. `notice_days` pass between the first two.
[[nodiscard]] std::optional<std::string> next_step(const LabelState& state, bool is_reached,
                                                   int notice_days, Date today);

/// The status list of a purpose ("revocation", "suspension"), unsigned.
[[nodiscard]] json::object status_document(const std::vector<LabelState>& labels,
                                           std::string_view purpose, const std::string& base_url,
                                           const std::string& did, std::int64_t now);

/// The picture: no link, no script, nothing from elsewhere; the day is in it.
[[nodiscard]] std::string badge_svg(const LabelClaims& claims, LabelStanding standing,
                                    const Catalogue& say);

/// The page beside it. `steps` are the days on which something happened to the label.
[[nodiscard]] std::string label_page(const LabelClaims& claims, LabelStanding standing,
                                     const std::vector<LabelState::Step>& steps,
                                     const Questionnaire& questionnaire, const Catalogue& say);

}  // namespace licet::audit

// SPDX-License-Identifier: Apache-2.0
//
// The record of one choice, in the terms that others use for it.
//
//     events of one act ──► header     schema, identifier, person (a token)
//     (yes, no, request,    processing purposes, basis, notice, data, storage, withdrawal
//      steps, withdrawal)   parties    the controller
//                           events     status, time, by whom, where
//
// Sections and fields: ISO/IEC TS 27560:2023. Words: the Data Privacy Vocabulary (DPV 2), JSON-LD,
// in the profile dpv-27560 of the W3C community group. A yes and a no give the same record, down to
// the last field. What nobody recorded is named in `licet:lacks`, not made up.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/json.h"
#include "law/vocabulary.h"
#include "ledger/store.h"

namespace licet::audit {

/// The text that was shown.
struct ShownNotice {
    std::string sha256;
    std::string language;
    std::string media;
    Date published_on;
    ledger::EventPlace place;
    std::string text;
    std::string received_on = {};  ///< day (UTC) on which the ledger heard of it; "" = not known
};

/// Who keeps the record, and where.
struct RecordKeeper {
    std::string controller;  ///< if the events name none
    std::string contact;     ///< where a consent can be withdrawn
    std::string country;
};

/// One of the two clocks: what the law answers, and until when it does so.
struct Term {
    std::string answer;
    std::string rule;
    law::Words tell;            ///< why, in the words of that rule
    std::optional<Date> until;  ///< the day on which the answer changes
};

struct ConsentTerms {
    Term validity;
    Term retention;
};

/// All events of one choice: of one form that was answered, or of one request by mail.
struct ConsentAct {
    std::string id;          ///< attribute `choice` or `request`, else the place of the only event
    ledger::EventKind kind;  ///< consent_given, consent_refused, consent_withdrawn, double_opt_in
    std::vector<ledger::StoredEvent> events;  ///< in the order in which they happened
};

/// Gathers the choices of one person, oldest first; other events are passed over. A withdrawal
/// stands in every act of its channel before it, and alone if there is none.
[[nodiscard]] std::vector<ConsentAct> consent_acts(std::span<const ledger::StoredEvent> events);

/// Channels and purposes of an act, each once.
[[nodiscard]] std::vector<std::string> channels_of(const ConsentAct& act);
[[nodiscard]] std::vector<std::string> purposes_of(const ConsentAct& act);
/// The value of an attribute of the act's first event that has it; empty if none has.
[[nodiscard]] std::string particular_of(const ConsentAct& act, const std::string& name);
/// 2026-03-02T10:00:05Z, or 2026-03-02 if the moment is not known.
[[nodiscard]] std::string time_of(const ledger::Event& event);

/// The day on which the choice that an event of the act names was made: its own, or that of the
/// confirmation; nothing for a request that was not confirmed and for a step.
[[nodiscard]] std::optional<Date> day_of_choice(const ConsentAct& act, const ledger::Event& event);

/// DPV's status of an act on a day: "ConsentGiven", "ConsentRefused", "ConsentWithdrawn",
/// "ConsentRequested".
[[nodiscard]] std::string status_of(const ConsentAct& act, Date day);

/// Writes the record as it stands on `day`.
[[nodiscard]] json::object consent_record(const ConsentAct& act, const RecordKeeper& keeper,
                                          const std::map<std::string, ShownNotice>& notices,
                                          const ConsentTerms& terms, Date day);

/// The JSON-LD context of the records.
[[nodiscard]] json::object record_context();

}  // namespace licet::audit

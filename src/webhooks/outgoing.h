// SPDX-License-Identifier: Apache-2.0
//
// What we report to others: signed as the Standard Webhooks specification says, in envelopes of
// CloudEvents 1.0, without anybody's address.
//
//     ledger event ──► body_of() ──► signed_headers() ──► POST ──► 2xx, or again later
//
//     {"specversion":"1.0","id":"...","source":"licet/...","sequence":"17","subject":"9f2c...",
//      "type":"eu.licet.objection.recorded.v1","time":"2026-03-02T10:00:05Z",
//      "data":{"channel":"email","on":"2026-03-02"}}
//
// `subject` names the person for this receiver alone: under a key of the workspace the token of the
// ledger becomes another name, so that two receivers cannot put together what each was told, and
// none can ask which address it is. `sequence` counts what this receiver is sent, without gaps; a
// replay asks for it. At least once, in the order of the ledger for each person.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/event.h"
#include "webhooks/configuration.h"

namespace licet::webhooks {

/// "eu.licet.objection.recorded.v1" of an event.
[[nodiscard]] std::string type_of(const ledger::Event& event);
/// True if some event has that type.
[[nodiscard]] bool is_event_type(std::string_view type);

/// Raw bytes of `whsec_` and base64; nothing if the text is no such secret.
[[nodiscard]] std::optional<std::string> bytes_of_webhook_secret(std::string_view text);
/// "whsec_..." of raw bytes.
[[nodiscard]] std::string webhook_secret_of(std::string_view bytes);

/// Name of a person for the receiver with this key, in hexadecimal; empty for events of the ledger
/// itself.
[[nodiscard]] std::string subject_of(const ledger::Token& person, std::string_view key);

struct Sequence {
    std::string source;       ///< "licet/..."
    std::int64_t number = 0;  ///< from 1
    std::string subscription;
};
/// The same event and number give the same bytes.
[[nodiscard]] std::string body_of(const ledger::Event& event, const Sequence& sequence,
                                  std::string_view subject_key);
/// Name of the message in its header and its body: the same at every try.
[[nodiscard]] std::string message_id_of(const Sequence& sequence);

struct SignedParts {
    std::string id;
    std::int64_t timestamp = 0;  ///< seconds since 1970
    std::string body;
};
/// `webhook-id`, `webhook-timestamp`, `webhook-signature`: one signature a secret, with a blank
/// between them. Source: Standard Webhooks, "Signature scheme".
[[nodiscard]] std::vector<std::pair<std::string, std::string>> signed_headers(
    const SignedParts& parts, std::span<const Personal<std::string>> secrets);
/// True if one of the signatures is that of the parts by the secret, and the moment is near `now`.
[[nodiscard]] bool is_signed_webhook(const SignedParts& parts, std::string_view signatures,
                                     std::string_view secret, std::int64_t now);
/// Seconds between `now` and a signed moment at most.
inline constexpr std::int64_t kToleranceSeconds = 300;

/// When the next try is due after `tries` have failed, seconds after the last; nothing when all
/// were made, more than three days after the first. `chance` (0 to 999) spreads it by a tenth.
[[nodiscard]] std::optional<std::int64_t> seconds_to_next_try(int tries, int chance);

/// What an answer of the receiver means.
enum class Answer {
    kTaken,  ///< 2xx
    kLater,  ///< no answer, 408, 425, 429, 5xx, and all others: tried again
    kGone,   ///< 410: the receiver wants nothing any more; the subscription rests
};
[[nodiscard]] Answer answer_of(int status);

/// True for an address of https, without user, blanks or fragment; of plain http only on the same
/// machine.
[[nodiscard]] bool is_web_address(std::string_view url);

}  // namespace licet::webhooks

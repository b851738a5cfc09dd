// SPDX-License-Identifier: Apache-2.0
//
// Something that happened to one contact point. The ledger is nothing but events; every state is a
// fold over them (standing.h).
//
//     kind  happened_on  received_at  person(token)  channel  purpose  surface  key  attributes
//
// Attributes are small, named, and never personal: they carry the values of facts (facts.md), such
// as consent.act = clear. The idempotency key makes a repeated event harmless: the second is not
// stored. How an event becomes bytes: docs/ledger-format.md.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "ledger/token.h"

namespace licet::ledger {

/// The number of an enumerator is stored; never change or reuse one.
enum class EventKind : std::uint8_t {
    kCollected = 1,     ///< the data were obtained: origin, origin.* attributes
    kInformed = 2,      ///< the person was told (GDPR 13 or 14)
    kConsentGiven = 3,  ///< consent.* attributes
    kConsentRefused = 4,
    kConsentWithdrawn = 5,
    kObjectionRecorded = 6,   ///< never lifted by anything but a newer consent of the person
    kInteraction = 7,         ///< an act of the person; attribute `act`: click reply order call
                              ///< inquiry login; `open` is recorded too, but is not an act
    kContacted = 8,           ///< a message was sent
    kCallAttempt = 9,         ///< attribute `outcome`: answered unanswered refused
    kCallbackRequested = 10,  ///< the person asked to be called; attribute `object`
    kVerdictGiven = 11,       ///< what the gate answered
    kErased = 12,             ///< of the ledger itself; attribute `places`: entries without seal
    kNoticePublished = 13,    ///< of the ledger itself; attribute `sha256`: of the text shown
    kDoubleOptIn = 14,        ///< attributes `request`, `step` (double_opt_in.h)
    kCertificateIssued = 15,  ///< of the ledger itself; attributes `sha256`, `about`: what it says
    kImportUndone = 16,       ///< attribute `batch`: what that import claimed does not count
    kRegisterChecked = 17,    ///< an opt-out register was consulted: attributes register.*
    kAdministered = 18,       ///< of the ledger itself; attributes act, by, by_token, what
    kPaused = 19,             ///< an objection that ends by itself; attribute `until`: its last day
    kRequest = 20,  ///< a request of the person; attributes `request`, `kind`, `step` (src/rights)
    kProcessorAcknowledged = 21,  ///< a processor says that it stopped too; attributes `processor`,
                                  ///< `about`: the key of the objection
    // From here on of the ledger itself (docs/ledger-format.md has their attributes).
    kAuditAnswered = 22,  ///< a step of an audit: started, answered, assigned
    kProcessor = 23,      ///< what is known of a vendor who touches the data
    kBreach = 24,         ///< a breach of personal data, and what was done
    kComplaint = 25,      ///< a complaint, by where it came from
    kLabel = 26,          ///< a label was issued, suspended, restored or revoked
    kSiteChoice = 27,     ///< what somebody chose in a banner of trackers; it names nobody
    kSiteVisit = 28,      ///< what a browser saw of a site of ours
    kPartnerList = 29,    ///< a partner's list was taken in: its key is needed until it ends
};

/// Gives the name used in files and on the command line ("objection", "consent_given", ...).
[[nodiscard]] std::string_view name_of(EventKind kind);
[[nodiscard]] std::optional<EventKind> event_kind_of(std::string_view name);
[[nodiscard]] std::span<const EventKind> all_event_kinds();

/// True for what is nobody's: an event of the ledger itself, under the token of zeros; a choice in
/// a banner and a partner's list under one of their own.
[[nodiscard]] constexpr bool is_of_ledger(EventKind kind) {
    return kind == EventKind::kErased || kind == EventKind::kNoticePublished ||
           kind == EventKind::kCertificateIssued || kind == EventKind::kAuditAnswered ||
           kind == EventKind::kProcessor || kind == EventKind::kBreach ||
           kind == EventKind::kComplaint || kind == EventKind::kLabel ||
           kind == EventKind::kAdministered || kind == EventKind::kSiteChoice ||
           kind == EventKind::kSiteVisit || kind == EventKind::kPartnerList;
}

/// True for what forbids by itself and stands on the suppression list for ever, or until it ends.
[[nodiscard]] constexpr bool is_objection(EventKind kind) {
    return kind == EventKind::kObjectionRecorded || kind == EventKind::kPaused;
}

/// True for what an import claims of a person, which can be undone: never a refusal.
[[nodiscard]] constexpr bool is_claim(EventKind kind) {
    return kind == EventKind::kCollected || kind == EventKind::kConsentGiven ||
           kind == EventKind::kInteraction || kind == EventKind::kRegisterChecked;
}

struct Event {
    EventKind kind = EventKind::kInteraction;
    Token person;
    Date happened_on;
    std::int64_t received_at = 0;  ///< seconds since 1970-01-01T00:00Z
    std::string tenant = "default";
    std::string channel;  ///< as in facts.md; empty = all channels
    std::string purpose;  ///< as in facts.md; empty = all purposes
    std::string surface;  ///< where it happened: "command_line", "list", "page", "phone", ...
    std::string key;      ///< idempotency key, unique for one person; never empty once stored
    std::map<std::string, std::string> attributes;

    friend bool operator==(const Event&, const Event&) = default;
};

/// Gives the value of an attribute; empty if the event has none of that name.
[[nodiscard]] std::string_view attribute(const Event& event, const std::string& name);

/// Encodes an event for storage. The same event gives the same bytes.
[[nodiscard]] std::vector<std::uint8_t> bytes_of(const Event& event);

/// Decodes. Errors: kBroken if the bytes are no event ("event.unreadable").
[[nodiscard]] Result<Event> event_of(std::span<const std::uint8_t> bytes);

/// An event as its bytes have it, but for the attributes; for whoever reads millions. The texts are
/// in those bytes.
struct EventView {
    EventKind kind = EventKind::kInteraction;
    Token person;
    Date happened_on;
    std::int64_t received_at = 0;
    std::string_view tenant;
    std::string_view channel;
    std::string_view purpose;
    std::string_view surface;
    std::string_view key;
};
/// Reads all of the bytes and refuses those that event_of refuses. Errors: as event_of.
[[nodiscard]] Result<EventView> event_view_of(std::span<const std::uint8_t> bytes);

/// Repeats an event under each token where it must be found: an objection or a pause under all,
/// others under the strict one. Keys are made distinct by the position, so that repeats stay
/// harmless.
[[nodiscard]] std::vector<Event> spread(const Event& event, const ContactTokens& tokens);

/// Makes a key from the content, for events that came without one.
[[nodiscard]] std::string content_key(const Event& event);

}  // namespace licet::ledger

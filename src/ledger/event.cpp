// SPDX-License-Identifier: Apache-2.0
#include "ledger/event.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/bytes.h"
#include "base/digest.h"
#include "base/text.h"

namespace licet::ledger {
namespace {

// docs/ledger-format.md, "An event as bytes". Never change or reuse a version.
constexpr std::uint8_t kVersion = 1;

constexpr std::array kKinds = {EventKind::kCollected,
                               EventKind::kInformed,
                               EventKind::kConsentGiven,
                               EventKind::kConsentRefused,
                               EventKind::kConsentWithdrawn,
                               EventKind::kObjectionRecorded,
                               EventKind::kInteraction,
                               EventKind::kContacted,
                               EventKind::kCallAttempt,
                               EventKind::kCallbackRequested,
                               EventKind::kVerdictGiven,
                               EventKind::kErased,
                               EventKind::kNoticePublished,
                               EventKind::kDoubleOptIn,
                               EventKind::kCertificateIssued,
                               EventKind::kImportUndone,
                               EventKind::kRegisterChecked,
                               EventKind::kAdministered,
                               EventKind::kPaused,
                               EventKind::kRequest,
                               EventKind::kProcessorAcknowledged,
                               EventKind::kAuditAnswered,
                               EventKind::kProcessor,
                               EventKind::kBreach,
                               EventKind::kComplaint,
                               EventKind::kLabel,
                               EventKind::kSiteChoice,
                               EventKind::kSiteVisit,
                               EventKind::kPartnerList};

void put_number(std::vector<std::uint8_t>& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U)
        out.push_back(static_cast<std::uint8_t>((value & 0x7FU) | 0x80U));
    out.push_back(static_cast<std::uint8_t>(value));
}

void put_text(std::vector<std::uint8_t>& out, std::string_view text) {
    put_number(out, text.size());
    const auto* const begin = reinterpret_cast<const std::uint8_t*>(text.data());
    out.insert(out.end(), begin, begin + text.size());
}

// No fewer than its bytes.
std::size_t size_bound_of(const Event& event) {
    constexpr std::size_t kFixed = 64;  // with the sizes of all texts before the attributes
    constexpr std::size_t kSizes = 10;  // of a name and of a value
    std::size_t size = kFixed + event.tenant.size() + event.channel.size() + event.purpose.size() +
                       event.surface.size() + event.key.size();
    for (const auto& [name, value] : event.attributes) size += kSizes + name.size() + value.size();
    return size;
}

Error unreadable() { return error(ErrorCode::kBroken, "event.unreadable"); }

// Takes values off the front. Only what bytes_of writes is accepted, so that equal events have
// equal bytes and a chain over bytes is a chain over events.
class Reader {
  public:
    explicit Reader(std::span<const std::uint8_t> bytes) : left_(bytes) {}

    [[nodiscard]] bool is_at_end() const { return left_.empty(); }

    [[nodiscard]] Result<std::uint64_t> fixed(std::size_t size_bytes) {
        if (left_.size() < size_bytes) return unreadable();
        const std::uint64_t value = big_endian(left_.first(size_bytes));
        left_ = left_.subspan(size_bytes);
        return value;
    }

    [[nodiscard]] Result<std::uint64_t> number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 35; shift += 7) {
            const auto byte = LICET_TRY(fixed(1));
            value |= (byte & 0x7FU) << shift;
            if (byte < 0x80) {
                // The shortest form is the only one.
                if (byte == 0 && shift > 0) return unreadable();
                return value;
            }
        }
        return unreadable();
    }

    [[nodiscard]] Result<std::string_view> text() {
        const auto size = LICET_TRY(number());
        if (size > left_.size()) return unreadable();
        const std::string_view out(reinterpret_cast<const char*>(left_.data()), size);
        left_ = left_.subspan(size);
        return out;
    }

    [[nodiscard]] Result<Token> token() {
        Token out;
        if (left_.size() < out.bytes.size()) return unreadable();
        std::copy_n(left_.begin(), out.bytes.size(), out.bytes.begin());
        left_ = left_.subspan(out.bytes.size());
        return out;
    }

  private:
    std::span<const std::uint8_t> left_;
};

// Gives each attribute to `visit`, up to the end of the bytes.
template <typename Visit>
Result<Done> read_attributes(Reader& reader, const Visit& visit) {
    const auto count = LICET_TRY(reader.number());
    std::string_view last;
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto name = LICET_TRY(reader.text());
        const auto value = LICET_TRY(reader.text());
        if (i > 0 && name <= last) return unreadable();
        last = name;
        visit(name, value);
    }
    if (!reader.is_at_end()) return unreadable();
    return Done{};
}

Result<EventView> read_view(Reader& reader) {
    const auto version = LICET_TRY(reader.fixed(1));
    if (version != kVersion) return unreadable();
    EventView event;
    const auto kind = LICET_TRY(reader.fixed(1));
    event.kind = static_cast<EventKind>(kind);
    if (std::find(kKinds.begin(), kKinds.end(), event.kind) == kKinds.end()) return unreadable();
    event.person = LICET_TRY(reader.token());
    const auto day = LICET_TRY(reader.fixed(4));
    const auto signed_day = static_cast<std::int32_t>(static_cast<std::uint32_t>(day));
    event.happened_on = Date{std::chrono::days{signed_day}};
    const auto received = LICET_TRY(reader.fixed(8));
    event.received_at = static_cast<std::int64_t>(received);
    for (std::string_view* text :
         {&event.tenant, &event.channel, &event.purpose, &event.surface, &event.key})
        *text = LICET_TRY(reader.text());
    return event;
}

}  // namespace

std::string_view name_of(EventKind kind) {
    switch (kind) {
        case EventKind::kCollected:
            return "collected";
        case EventKind::kInformed:
            return "informed";
        case EventKind::kConsentGiven:
            return "consent_given";
        case EventKind::kConsentRefused:
            return "consent_refused";
        case EventKind::kConsentWithdrawn:
            return "consent_withdrawn";
        case EventKind::kObjectionRecorded:
            return "objection";
        case EventKind::kInteraction:
            return "interaction";
        case EventKind::kContacted:
            return "contacted";
        case EventKind::kCallAttempt:
            return "call_attempt";
        case EventKind::kCallbackRequested:
            return "callback_requested";
        case EventKind::kVerdictGiven:
            return "verdict";
        case EventKind::kErased:
            return "erased";
        case EventKind::kNoticePublished:
            return "notice_published";
        case EventKind::kCertificateIssued:
            return "certificate_issued";
        case EventKind::kDoubleOptIn:
            return "double_opt_in";
        case EventKind::kImportUndone:
            return "import_undone";
        case EventKind::kRegisterChecked:
            return "register_checked";
        case EventKind::kPaused:
            return "paused";
        case EventKind::kRequest:
            return "request";
        case EventKind::kProcessorAcknowledged:
            return "processor_acknowledged";
        case EventKind::kAdministered:
            return "administered";
        case EventKind::kAuditAnswered:
            return "audit_answered";
        case EventKind::kProcessor:
            return "processor";
        case EventKind::kBreach:
            return "breach";
        case EventKind::kComplaint:
            return "complaint";
        case EventKind::kLabel:
            return "label";
        case EventKind::kSiteChoice:
            return "site_choice";
        case EventKind::kSiteVisit:
            return "site_visit";
        case EventKind::kPartnerList:
            return "partner_list";
    }
    LICET_ENSURE(false);
}

std::optional<EventKind> event_kind_of(std::string_view name) {
    for (const EventKind kind : kKinds)
        if (name_of(kind) == name) return kind;
    return std::nullopt;
}

std::span<const EventKind> all_event_kinds() { return kKinds; }

std::vector<std::uint8_t> bytes_of(const Event& event) {
    std::vector<std::uint8_t> out;
    out.reserve(size_bound_of(event));
    out.push_back(kVersion);
    out.push_back(static_cast<std::uint8_t>(event.kind));
    out.insert(out.end(), event.person.bytes.begin(), event.person.bytes.end());
    const auto day = static_cast<std::int32_t>(event.happened_on.time_since_epoch().count());
    append_big_endian(out, static_cast<std::uint32_t>(day), 4);
    append_big_endian(out, static_cast<std::uint64_t>(event.received_at), 8);
    for (const std::string* text :
         {&event.tenant, &event.channel, &event.purpose, &event.surface, &event.key})
        put_text(out, *text);
    put_number(out, event.attributes.size());
    for (const auto& [name, value] : event.attributes) {
        put_text(out, name);
        put_text(out, value);
    }
    return out;
}

Result<EventView> event_view_of(std::span<const std::uint8_t> bytes) {
    Reader reader(bytes);
    const EventView event = LICET_TRY(read_view(reader));
    LICET_TRY(read_attributes(reader, [](std::string_view, std::string_view) {}));
    return event;
}

Result<Event> event_of(std::span<const std::uint8_t> bytes) {
    Reader reader(bytes);
    const EventView view = LICET_TRY(read_view(reader));
    Event event{view.kind,
                view.person,
                view.happened_on,
                view.received_at,
                std::string(view.tenant),
                std::string(view.channel),
                std::string(view.purpose),
                std::string(view.surface),
                std::string(view.key),
                {}};
    LICET_TRY(read_attributes(reader, [&](std::string_view name, std::string_view value) {
        event.attributes.emplace_hint(event.attributes.end(), name, value);
    }));
    return event;
}

std::string_view attribute(const Event& event, const std::string& name) {
    const auto found = event.attributes.find(name);
    return found == event.attributes.end() ? std::string_view{} : std::string_view(found->second);
}

std::vector<Event> spread(const Event& event, const ContactTokens& tokens) {
    std::vector<Event> out{event};
    out.front().person = tokens.strict;
    if (event.key.empty()) out.front().key = content_key(out.front());
    if (!is_objection(event.kind)) return out;
    for (std::size_t i = 0; i < tokens.loose.size(); ++i) {
        Event copy = out.front();
        copy.person = tokens.loose[i];
        copy.key += '~' + std::to_string(i + 1);
        out.push_back(std::move(copy));
    }
    return out;
}

std::string content_key(const Event& event) {
    Event content = event;
    content.key.clear();
    // When a file is read again the same event comes at another time, and is the same. But calls
    // are counted: two attempts of one day are two, whatever they have in common.
    if (event.kind != EventKind::kCallAttempt) content.received_at = 0;
    const Digest digest = sha256(bytes_of(content));
    return "content-" + hex_of(std::span(digest).first(16));
}

}  // namespace licet::ledger

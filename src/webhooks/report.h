// SPDX-License-Identifier: Apache-2.0
//
// What a provider of e-mail or text messages reports of one person, in our words.
//
//     raw request (body, headers, URL) ──► read_reports() ──► Report, Report, ...
//
// Providers repeat, delay and reorder what they report, and change their fields without a word. So
// a field or an event that is not known is kept as kOther and is never an error, and nothing here
// depends on the order. What a report does to somebody's standing: recorded.h.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/personal.h"
#include "base/result.h"

namespace licet::webhooks {

enum class Provider {
    kBrevo,
    kMailjet,
    kSendgrid,
    kSes,  ///< Amazon SES, by way of Amazon SNS
    kMailgun,
    kPostmark,
    kTwilio,
    kVonage,
    kOvh,
};
/// "brevo", "mailjet", "sendgrid", "ses", "mailgun", "postmark", "twilio", "vonage", "ovh".
[[nodiscard]] std::string_view name_of(Provider provider);
[[nodiscard]] std::optional<Provider> provider_of(std::string_view name);
[[nodiscard]] std::span<const Provider> all_providers();
/// True if it sends e-mail, false if text messages.
[[nodiscard]] bool is_of_mail(Provider provider);

/// A request as it came; nothing of it has been looked at.
struct RawRequest {
    std::string method = "POST";
    std::string token;  ///< last part of the path: which of our endpoints is meant
    std::string url;    ///< as the provider called it, with its query
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
};
/// Value of the first header of that name, in whatever case; empty if there is none.
[[nodiscard]] std::string_view header(const RawRequest& request, std::string_view name);

/// A request as bytes, to be kept: all of it but its token, in an order that never changes.
///
///     1, then method, url, number of headers, name, value, ..., body; each a size of four bytes
///     (the most significant first) and the bytes
[[nodiscard]] std::string packed(const RawRequest& request);
/// Errors: kBroken ("webhooks.unreadable") for what packed() did not write.
[[nodiscard]] Result<RawRequest> unpacked(std::string_view bytes);

enum class ReportKind {
    kHardBounce,   ///< the address is not there
    kSoftBounce,   ///< this message did not arrive; the next may
    kComplaint,    ///< "this is spam"
    kUnsubscribe,  ///< of one list or topic, if the report names one
    kStop,         ///< of the whole channel
    kResubscribe,  ///< never lifts anything
    kDelivered,
    kOpened,
    kClicked,
    kOther,
};
inline constexpr std::size_t kReportKindCount = static_cast<std::size_t>(ReportKind::kOther) + 1;
/// "hard_bounce", "soft_bounce", "complaint", ...
[[nodiscard]] std::string_view name_of(ReportKind kind);

struct Report {
    ReportKind kind = ReportKind::kOther;
    std::string event;                             ///< the provider's own word
    Personal<std::string> address{std::string()};  ///< empty = the report names nobody
    std::string channel;                           ///< as in facts.md
    std::optional<std::int64_t> at;  ///< seconds since 1970-01-01T00:00Z; none = not said
    std::string id;                  ///< the same if the report comes again
    std::string topic;  ///< list, group or stream as the provider names it; empty = all
};

struct Reading {
    std::vector<Report> reports;
    /// Where somebody must go to confirm a subscription (Amazon SNS); empty = nothing to confirm.
    std::string confirmation_url;
};

/// Reads what one request reports. Errors: kInput ("webhooks.unreadable") if the body is not what
/// the provider writes at all.
[[nodiscard]] Result<Reading> read_reports(Provider provider, const RawRequest& request);

}  // namespace licet::webhooks

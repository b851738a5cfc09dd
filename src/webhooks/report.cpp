// SPDX-License-Identifier: Apache-2.0
#include "webhooks/report.h"

#include <algorithm>
#include <array>

#include "webhooks/internal/adapters.h"

namespace licet::webhooks {
namespace {

constexpr std::array kProviders = {Provider::kBrevo,  Provider::kMailjet, Provider::kSendgrid,
                                   Provider::kSes,    Provider::kMailgun, Provider::kPostmark,
                                   Provider::kTwilio, Provider::kVonage,  Provider::kOvh};
constexpr std::array<std::string_view, 9> kProviderNames = {
    "brevo", "mailjet", "sendgrid", "ses", "mailgun", "postmark", "twilio", "vonage", "ovh"};
constexpr std::array<std::string_view, kReportKindCount> kKindNames = {
    "hard_bounce", "soft_bounce", "complaint", "unsubscribe", "stop",
    "resubscribe", "delivered",   "opened",    "clicked",     "other"};

Result<Reading> read(Provider provider, const RawRequest& request) {
    switch (provider) {
        case Provider::kBrevo:
            return read_brevo(request);
        case Provider::kMailjet:
            return read_mailjet(request);
        case Provider::kSendgrid:
            return read_sendgrid(request);
        case Provider::kSes:
            return read_ses(request);
        case Provider::kMailgun:
            return read_mailgun(request);
        case Provider::kPostmark:
            return read_postmark(request);
        case Provider::kTwilio:
            return read_twilio(request);
        case Provider::kVonage:
            return read_vonage(request);
        case Provider::kOvh:
            return read_ovh(request);
    }
    return Reading{};
}

}  // namespace

std::string_view name_of(Provider provider) {
    return kProviderNames.at(static_cast<std::size_t>(provider));
}

std::optional<Provider> provider_of(std::string_view name) {
    const auto* const found = std::find(kProviderNames.begin(), kProviderNames.end(), name);
    if (found == kProviderNames.end()) return std::nullopt;
    return static_cast<Provider>(found - kProviderNames.begin());
}

std::span<const Provider> all_providers() { return kProviders; }

bool is_of_mail(Provider provider) {
    return provider != Provider::kTwilio && provider != Provider::kVonage &&
           provider != Provider::kOvh;
}

std::string_view name_of(ReportKind kind) { return kKindNames.at(static_cast<std::size_t>(kind)); }

Report mail_report(ReportKind kind, std::string event, std::string address) {
    Report report;
    report.kind = kind;
    report.event = std::move(event);
    report.address = Personal<std::string>(std::move(address));
    report.channel = "email";
    return report;
}

Report text_report(ReportKind kind, std::string event, std::string number) {
    const bool has_digits_only =
        !number.empty() && number.find_first_not_of("0123456789") == number.npos;
    if (has_digits_only && number.front() != '0') number.insert(0, "+");
    Report report;
    report.kind = kind;
    report.event = std::move(event);
    report.address = Personal<std::string>(std::move(number));
    report.channel = "sms";
    return report;
}

Result<Reading> read_reports(Provider provider, const RawRequest& request) {
    Reading reading = LICET_TRY(read(provider, request));
    std::size_t number = 0;
    for (Report& report : reading.reports) {
        // What has no name of its own gets that of the request and its place there.
        if (report.id.empty())
            report.id = digest_name(
                request.body + "?" +
                request.url.substr(std::min(request.url.find('?'), request.url.size())) + "#" +
                std::to_string(number));
        ++number;
    }
    return reading;
}

}  // namespace licet::webhooks

// SPDX-License-Identifier: Apache-2.0
//
// One reader a provider. Each knows the words of that provider and nothing else; the shapes are
// described in docs/webhooks.md, and recorded ones stand in testdata/.
//
// Private to the module.
#pragma once

#include <string>
#include <string_view>

#include "webhooks/internal/fields.h"
#include "webhooks/report.h"

namespace licet::webhooks {

/// A report of e-mail.
[[nodiscard]] Report mail_report(ReportKind kind, std::string event, std::string address);
/// A report of text messages; a number that begins with a country code gets its `+`.
[[nodiscard]] Report text_report(ReportKind kind, std::string event, std::string number);

[[nodiscard]] Result<Reading> read_brevo(const RawRequest& request);
[[nodiscard]] Result<Reading> read_mailjet(const RawRequest& request);
[[nodiscard]] Result<Reading> read_sendgrid(const RawRequest& request);
[[nodiscard]] Result<Reading> read_ses(const RawRequest& request);
[[nodiscard]] Result<Reading> read_mailgun(const RawRequest& request);
[[nodiscard]] Result<Reading> read_postmark(const RawRequest& request);
[[nodiscard]] Result<Reading> read_twilio(const RawRequest& request);
[[nodiscard]] Result<Reading> read_vonage(const RawRequest& request);
[[nodiscard]] Result<Reading> read_ovh(const RawRequest& request);

}  // namespace licet::webhooks

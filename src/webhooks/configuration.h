// SPDX-License-Identifier: Apache-2.0
//
// webhooks.toml of a workspace: who may report to us, and to whom we report.
//
//     [from.newsletter]                       a name of yours
//     provider = "brevo"
//     token = "6f1c…"                         last part of the URL, 32 characters or more
//     secret = "user:pass phrase"             or secret_file = "brevo.secret"; or two
//     brand = "north"                         the objection is to this brand alone
//     purpose = "commercial"                  an unsubscription is from this purpose alone
//     [from.newsletter.topics]
//     12 = "commercial.newsletter"            what the provider's lists are about
//
//     [to.crm]
//     url = "…"
//     secret_file = "crm.secret"              whsec_…
//     types = ["eu.licet.objection.recorded.v1"]
//
// All keys, by provider: docs/webhooks.md. No clock and no files here: files are handed in.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/result.h"
#include "webhooks/report.h"

namespace licet::webhooks {

/// Gives a file that the configuration names, relative to it.
using FileReader = std::function<Result<std::string>(const std::string& path)>;

/// One URL of ours that one provider calls.
struct Endpoint {
    std::string name;
    Provider provider = Provider::kBrevo;
    Personal<std::string> token{std::string()};
    std::vector<Personal<std::string>> secrets;  ///< any of them; what it is, depends on provider
    std::string certificates;                    ///< SNS: PEM
    std::string arn;                             ///< SNS: the topic that may write
    std::string url;      ///< as the provider calls it; empty = as the request says
    std::string channel;  ///< as in facts.md; empty = as the report says
    std::string brand;
    std::string purpose;                        ///< of unsubscriptions; empty = all
    std::string country;                        ///< of national numbers; empty = the workspace's
    std::map<std::string, std::string> topics;  ///< the provider's lists -> purposes
};

/// Somebody who wants to know.
struct Subscription {
    std::string name;
    std::string url;
    std::vector<Personal<std::string>> secrets;  ///< raw bytes; the first signs, all are sent
    std::vector<std::string> types;              ///< empty = all
};

struct Configuration {
    std::vector<Endpoint> endpoints;
    std::vector<Subscription> subscriptions;
};

/// Reads webhooks.toml. Its problems have line and column: "webhooks.unknown_provider",
/// "webhooks.short_token", "webhooks.same_token", "webhooks.no_secret", "webhooks.no_certificate",
/// "webhooks.no_arn", "webhooks.bad_purpose", "webhooks.bad_channel", "webhooks.bad_url",
/// "webhooks.bad_secret", "webhooks.unknown_type", "webhooks.unknown_key", those of toml and of
/// `files`.
[[nodiscard]] Read<Configuration> read_configuration(std::string_view text, const std::string& path,
                                                     const FileReader& files);

/// What is to be believed of a provider's requests: "basic", "signature", ... ; the end of the id
/// of its words in the catalogue.
[[nodiscard]] std::string_view proof_of(Provider provider);

inline constexpr std::size_t kLeastTokenSize = 32;

}  // namespace licet::webhooks

// SPDX-License-Identifier: Apache-2.0
#include "webhooks/receive.h"

#include <algorithm>

#include "base/base64.h"
#include "base/text.h"
#include "webhooks/internal/fields.h"
#include "webhooks/signatures.h"

namespace licet::webhooks {
namespace {

constexpr std::size_t kMostNonces = 200'000;

Received doubtful(std::string_view id) {
    Received out;
    out.doubt = Message(id);
    return out;
}
Received authentic(std::string nonce = {}) {
    Received out;
    out.is_authentic = true;
    out.nonce = std::move(nonce);
    return out;
}
Received wrong() { return doubtful("webhooks.doubt_signature"); }

bool is_recent(std::optional<std::int64_t> at, std::int64_t moment) {
    return at && *at >= moment - kWindowSeconds && *at <= moment + kFutureSeconds;
}

template <typename Accepts>
bool any_secret(const Endpoint& endpoint, const Accepts& accepts) {
    bool is_right = false;
    // All of them, so that the time taken does not tell which.
    for (const Personal<std::string>& secret : endpoint.secrets)
        is_right |= accepts(secret.reveal("checking a signature"));
    return is_right;
}

// ---- Brevo, Mailjet, Postmark: user and password, or a bearer token -----------------------------

Received judge_basic(const Endpoint& endpoint, const RawRequest& request) {
    const std::string_view given = header(request, "authorization");
    if (given.empty()) return doubtful("webhooks.doubt_no_signature");
    const bool is_right = any_secret(endpoint, [&](const std::string& secret) {
        const bool is_basic = is_same_secret(given, "Basic " + base64_of(std::string_view(secret)));
        return is_basic | is_same_secret(given, "Bearer " + secret);
    });
    return is_right ? authentic() : wrong();
}

// ---- SendGrid: ECDSA over the moment and the body -----------------------------------------------

Received judge_sendgrid(const Endpoint& endpoint, const RawRequest& request) {
    const std::string_view signature = header(request, "x-twilio-email-event-webhook-signature");
    const std::string_view at = header(request, "x-twilio-email-event-webhook-timestamp");
    if (signature.empty()) return doubtful("webhooks.doubt_no_signature");
    const auto bytes = text_of_base64(signature);
    if (!bytes) return wrong();
    const std::string text = std::string(at) + request.body;
    const bool is_right = any_secret(
        endpoint, [&](const std::string& key) { return is_signed_ecdsa(text, *bytes, key); });
    // The moment is not held against the clock: the body is signed, so that a repeat says only what
    // was said, and its events have names.
    return is_right ? authentic() : wrong();
}

// ---- Amazon SNS: RSA over fields of the envelope ------------------------------------------------

std::string signed_text_of_sns(const json::object& envelope) {
    const bool is_notification = text_at(envelope, "Type") == "Notification";
    std::string text;
    const auto add = [&](std::string_view name) {
        if (!envelope.contains(name)) return;
        text += std::string(name) + "\n" + text_at(envelope, name) + "\n";
    };
    add("Message");
    add("MessageId");
    add(is_notification ? "Subject" : "SubscribeURL");
    add("Timestamp");
    if (!is_notification) add("Token");
    add("TopicArn");
    add("Type");
    return text;
}

Received judge_sns(const Endpoint& endpoint, const RawRequest& request, std::int64_t moment) {
    const auto body = json_of_body(request.body);
    if (!body || !body->is_object()) return wrong();
    const json::object& envelope = body->get_object();
    if (text_at(envelope, "Signature").empty()) return doubtful("webhooks.doubt_no_signature");
    // Anybody can have a topic at Amazon, and Amazon signs for all of them.
    if (!is_same_secret(text_at(envelope, "TopicArn"), endpoint.arn))
        return doubtful("webhooks.doubt_topic");
    const std::string version = text_at(envelope, "SignatureVersion");
    const auto signature = text_of_base64(text_at(envelope, "Signature"));
    if (!signature || (version != "1" && version != "2")) return wrong();
    const HashFunction function = version == "1" ? HashFunction::kSha1 : HashFunction::kSha256;
    return is_signed_rsa(function, signed_text_of_sns(envelope), *signature, endpoint.certificates,
                         moment)
               ? authentic()
               : wrong();
}

// ---- Mailgun: HMAC over a moment and a token, not over the body ---------------------------------

struct MailgunSignature {
    std::string timestamp;
    std::string token;
    std::string signature;
};

MailgunSignature mailgun_signature_of(const RawRequest& request) {
    if (trimmed(request.body).starts_with('{')) {
        const auto body = json_of_body(request.body);
        if (!body || !body->is_object()) return {};
        const json::object& given = object_at(body->get_object(), "signature");
        return {text_at(given, "timestamp"), text_at(given, "token"), text_at(given, "signature")};
    }
    const Pairs fields = pairs_of_body(request);
    return {std::string(value_of(fields, {"timestamp"})), std::string(value_of(fields, {"token"})),
            std::string(value_of(fields, {"signature"}))};
}

Received judge_mailgun(const Endpoint& endpoint, const RawRequest& request, std::int64_t moment) {
    const MailgunSignature given = mailgun_signature_of(request);
    if (given.signature.empty() || given.token.empty())
        return doubtful("webhooks.doubt_no_signature");
    const bool is_right = any_secret(endpoint, [&](const std::string& key) {
        return is_same_secret(
            hex_of_text(hmac(HashFunction::kSha256, key, given.timestamp + given.token)),
            ascii_lower(given.signature));
    });
    if (!is_right) return wrong();
    if (!is_recent(seconds_of(given.timestamp), moment)) return doubtful("webhooks.doubt_old");
    return authentic(given.token);
}

// ---- Twilio: HMAC over the URL and the sorted fields --------------------------------------------

std::string sorted_fields(Pairs fields) {
    std::sort(fields.begin(), fields.end());
    fields.erase(std::unique(fields.begin(), fields.end()), fields.end());
    std::string text;
    for (const auto& [name, value] : fields) text += name + value;
    return text;
}

// A proxy, or the provider, may name the usual port or leave it out.
std::vector<std::string> spellings_of(const std::string& url) {
    std::vector<std::string> out = {url};
    const std::size_t host = url.find("://");
    if (host == url.npos) return out;
    const std::string port = url.starts_with("https:") ? ":443" : ":80";
    const std::size_t end = std::min(url.find_first_of("/?#", host + 3), url.size());
    const std::string_view authority = std::string_view(url).substr(host + 3, end - host - 3);
    if (authority.ends_with(port))
        out.push_back(url.substr(0, end - port.size()) + url.substr(end));
    else if (authority.find(':') == authority.npos)
        out.push_back(url.substr(0, end) + port + url.substr(end));
    return out;
}

// The URL that the provider was given, with the query that it added.
std::string url_of(const Endpoint& endpoint, const RawRequest& request) {
    const std::size_t query = request.url.find('?');
    if (endpoint.url.empty()) return request.url;
    if (endpoint.url.find('?') != endpoint.url.npos || query == request.url.npos)
        return endpoint.url;
    return endpoint.url + request.url.substr(query);
}

Received judge_twilio(const Endpoint& endpoint, const RawRequest& request) {
    const auto given = text_of_base64(header(request, "x-twilio-signature"));
    if (!given || given->empty()) return doubtful("webhooks.doubt_no_signature");
    const std::string url = url_of(endpoint, request);
    // Of a body that is no form, the query holds its digest.
    const Pairs query = pairs_of_query(url);
    const std::string_view body_digest = value_of(query, {"bodySHA256"});
    const bool has_digest = !body_digest.empty();
    if (has_digest && !is_same_secret(hex_of_text(digest(HashFunction::kSha256, request.body)),
                                      ascii_lower(body_digest)))
        return wrong();
    const std::string fields = has_digest ? "" : sorted_fields(pairs_of_body(request));
    const bool is_right = any_secret(endpoint, [&](const std::string& key) {
        bool is_one = false;
        for (const std::string& spelling : spellings_of(url))
            is_one |= is_same_secret(hmac(HashFunction::kSha1, key, spelling + fields), *given);
        return is_one;
    });
    return is_right ? authentic() : wrong();
}

// ---- Vonage: a JWT with the digest of the body, or the older `sig` ------------------------------

Received judge_jwt(const Endpoint& endpoint, const RawRequest& request, std::string_view token,
                   std::int64_t moment) {
    const std::vector<std::string_view> parts = split(token, '.');
    if (parts.size() != 3) return wrong();
    const auto head = text_of_base64(parts[0]);
    const auto claims = text_of_base64(parts[1]);
    const auto signature = text_of_base64(parts[2]);
    if (!head || !claims || !signature) return wrong();
    const auto head_json = parse_json(*head);
    const auto claims_json = parse_json(*claims);
    if (!head_json || !head_json->is_object() || !claims_json || !claims_json->is_object())
        return wrong();
    // The token does not choose how it is checked: "none" and others are wrong.
    if (text_at(head_json->get_object(), "alg") != "HS256") return wrong();
    const std::string text = std::string(parts[0]) + "." + std::string(parts[1]);
    const bool is_right = any_secret(endpoint, [&](const std::string& key) {
        return is_same_secret(hmac(HashFunction::kSha256, key, text), *signature);
    });
    if (!is_right) return wrong();
    const json::object& said = claims_json->get_object();
    if (!is_same_secret(ascii_lower(text_at(said, "payload_hash")),
                        hex_of_text(digest(HashFunction::kSha256, request.body))))
        return wrong();
    if (!is_recent(seconds_of(text_at(said, "iat")), moment)) return doubtful("webhooks.doubt_old");
    return authentic(text_at(said, "jti"));
}

Pairs vonage_fields(const RawRequest& request) {
    if (!trimmed(request.body).starts_with('{')) {
        Pairs fields = pairs_of_body(request);
        return fields.empty() ? pairs_of_query(request.url) : fields;
    }
    Pairs out;
    const auto body = json_of_body(request.body);
    if (!body || !body->is_object()) return out;
    for (const auto& [name, value] : body->get_object()) {
        std::ignore = value;
        out.emplace_back(std::string(name), text_at(body->get_object(), name));
    }
    return out;
}

// `&name=value` of all fields but `sig`, sorted by name; signs that divide them become `_`.
std::string signed_text_of_vonage(Pairs fields) {
    std::sort(fields.begin(), fields.end());
    std::string text;
    for (const auto& [name, value] : fields) {
        if (name == "sig") continue;
        std::string plain = value;
        std::replace(plain.begin(), plain.end(), '&', '_');
        std::replace(plain.begin(), plain.end(), '=', '_');
        text += "&" + name + "=" + plain;
    }
    return text;
}

Received judge_sig(const Endpoint& endpoint, const Pairs& fields, std::int64_t moment) {
    const std::string given = ascii_lower(value_of(fields, {"sig"}));
    const std::string text = signed_text_of_vonage(fields);
    // The account says which function it is, and the length of the code says it too. MD5 with the
    // secret at the end is the oldest of them.
    const bool is_right = any_secret(endpoint, [&](const std::string& key) {
        bool is_one = is_same_secret(hex_of_text(digest(HashFunction::kMd5, text + key)), given);
        for (const HashFunction one : {HashFunction::kMd5, HashFunction::kSha1,
                                       HashFunction::kSha256, HashFunction::kSha512})
            is_one |= is_same_secret(hex_of_text(hmac(one, key, text)), given);
        return is_one;
    });
    if (!is_right) return wrong();
    if (!is_recent(seconds_of(value_of(fields, {"timestamp"})), moment))
        return doubtful("webhooks.doubt_old");
    return authentic(std::string(value_of(fields, {"nonce"})));
}

Received judge_vonage(const Endpoint& endpoint, const RawRequest& request, std::int64_t moment) {
    const std::string_view given = header(request, "authorization");
    constexpr std::string_view kBearer = "bearer ";
    if (ascii_lower(given.substr(0, kBearer.size())) == kBearer)
        return judge_jwt(endpoint, request, trimmed(given.substr(kBearer.size())), moment);
    const Pairs fields = vonage_fields(request);
    if (value_of(fields, {"sig"}).empty()) return doubtful("webhooks.doubt_no_signature");
    return judge_sig(endpoint, fields, moment);
}

}  // namespace

Received judge(const Endpoint& endpoint, const RawRequest& request, std::int64_t moment) {
    switch (endpoint.provider) {
        case Provider::kBrevo:
        case Provider::kMailjet:
        case Provider::kPostmark:
            return judge_basic(endpoint, request);
        case Provider::kSendgrid:
            return judge_sendgrid(endpoint, request);
        case Provider::kSes:
            return judge_sns(endpoint, request, moment);
        case Provider::kMailgun:
            return judge_mailgun(endpoint, request, moment);
        case Provider::kTwilio:
            return judge_twilio(endpoint, request);
        case Provider::kVonage:
            return judge_vonage(endpoint, request, moment);
        case Provider::kOvh:
            return authentic();  // the token of the URL is all that there is
    }
    return {};
}

Received receive(const Configuration& configuration, const RawRequest& request,
                 std::int64_t moment) {
    const Endpoint* found = nullptr;
    for (const Endpoint& one : configuration.endpoints)
        if (is_same_secret(one.token.reveal("finding an endpoint"), request.token)) found = &one;
    if (found == nullptr) return {};
    // Only OVH calls with GET, with all that it has to say in the query (decision 0033).
    const bool may_be_get = found->provider == Provider::kOvh;
    if (request.method != "POST" && !(request.method == "GET" && may_be_get)) {
        Received out;
        out.status = 405;
        out.endpoint = found;
        return out;
    }
    Received out = judge(*found, request, moment);
    out.status = 200;
    out.endpoint = found;
    return out;
}

std::string nonce_mark(const std::string& nonce, std::string_view body) {
    if (nonce.empty()) return {};
    return digest_name(nonce) + digest_name(body);
}

bool NonceWindow::accepts(const std::string& mark, std::int64_t moment) {
    constexpr std::size_t kHalf = 32;
    if (mark.size() != 2 * kHalf) return true;
    while (!order_.empty() &&
           (order_.front().at < moment - 2 * kWindowSeconds || order_.size() > kMostNonces)) {
        bodies_.erase(order_.front().nonce);
        order_.pop_front();
    }
    const auto [at, is_new] = bodies_.try_emplace(mark.substr(0, kHalf), mark.substr(kHalf));
    if (is_new) order_.push_back({moment, at->first});
    return at->second == std::string_view(mark).substr(kHalf);
}

}  // namespace licet::webhooks

// SPDX-License-Identifier: Apache-2.0
// Goal: only what a provider can have sent is believed; what is doubted is kept all the same; and
//       nothing that is not for us is kept at all.
// Method: requests signed as each provider signs, with keys made here, then one thing changed at a
//         time. The vectors of Twilio and of Standard Webhooks are those that are published.
#include "webhooks/receive.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <array>
#include <memory>

#include "base/base64.h"
#include "base/json.h"
#include "webhooks/signatures.h"

namespace licet::webhooks {
namespace {

constexpr std::int64_t kNow = 1'772'445'606;  // 2026-03-02T10:00:06Z
const std::string kToken(kLeastTokenSize, 't');

Endpoint endpoint_of(Provider provider, std::vector<std::string> secrets = {}) {
    Endpoint one;
    one.name = "own";
    one.provider = provider;
    one.token = Personal<std::string>(kToken);
    for (std::string& secret : secrets) one.secrets.emplace_back(std::move(secret));
    return one;
}

RawRequest request_of(std::string body, std::vector<std::pair<std::string, std::string>> headers) {
    RawRequest request;
    request.token = kToken;
    request.url = "https://licet.example/webhooks/t";
    request.headers = std::move(headers);
    request.body = std::move(body);
    return request;
}

std::string doubt(const Endpoint& endpoint, const RawRequest& request, std::int64_t now = kNow) {
    const Received received = judge(endpoint, request, now);
    return received.is_authentic ? "none" : received.doubt.id;
}
constexpr const char* kWrong = "webhooks.doubt_signature";
constexpr const char* kMissing = "webhooks.doubt_no_signature";
constexpr const char* kOld = "webhooks.doubt_old";

// ---- which endpoint -----------------------------------------------------------------------------

TEST(Receiving, WhatIsForNobodyIsNotKept) {
    Configuration configuration;
    configuration.endpoints.push_back(endpoint_of(Provider::kOvh));
    RawRequest request = request_of("receiver=%2B33639980123", {});
    EXPECT_EQ(receive(configuration, request, kNow).status, 200);
    for (const std::string& token :
         {std::string(), std::string("t"), kToken + "t", std::string(kLeastTokenSize, 'T')}) {
        request.token = token;
        EXPECT_EQ(receive(configuration, request, kNow).status, 404);
    }
}

TEST(Receiving, AGetSaysSomethingOnlyToOvh) {
    for (const Provider provider : all_providers()) {
        Configuration configuration;
        configuration.endpoints.push_back(endpoint_of(provider, {"s"}));
        RawRequest request = request_of("", {});
        request.method = "GET";
        EXPECT_EQ(receive(configuration, request, kNow).status,
                  provider == Provider::kOvh ? 200 : 405);
        request.method = "HEAD";
        EXPECT_EQ(receive(configuration, request, kNow).status, 405);
    }
}

TEST(Receiving, AWrongSignatureIsKeptAndNotBelieved) {
    Configuration configuration;
    configuration.endpoints.push_back(endpoint_of(Provider::kBrevo, {"user:right"}));
    const Received received = receive(
        configuration,
        request_of("{}", {{"Authorization", "Basic " + base64_of(std::string_view("user:wrong"))}}),
        kNow);
    EXPECT_EQ(received.status, 200);
    EXPECT_FALSE(received.is_authentic);
    EXPECT_EQ(received.doubt.id, kWrong);
    EXPECT_EQ(received.endpoint, &configuration.endpoints.front());
}

// ---- each provider ------------------------------------------------------------------------------

TEST(Basic, UserAndPasswordOrABearerTokenAreHeldToAnyOfTheSecrets) {
    for (const Provider provider : {Provider::kBrevo, Provider::kMailjet, Provider::kPostmark}) {
        const Endpoint endpoint = endpoint_of(provider, {"user:old", "user:new"});
        const auto with = [&](const std::string& value) {
            return doubt(endpoint, request_of("{}", {{"authorization", value}}));
        };
        EXPECT_EQ(with("Basic " + base64_of(std::string_view("user:old"))), "none");
        EXPECT_EQ(with("Basic " + base64_of(std::string_view("user:new"))), "none");
        EXPECT_EQ(with("Bearer user:new"), "none");
        EXPECT_EQ(with("Basic " + base64_of(std::string_view("user:ne"))), kWrong);
        EXPECT_EQ(with("Basic"), kWrong);
        EXPECT_EQ(doubt(endpoint, request_of("{}", {})), kMissing);
    }
}

struct FreeKey {
    void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;

std::string signed_with(EVP_PKEY* key, const EVP_MD* function, const std::string& text) {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    EXPECT_EQ(EVP_DigestSignInit(context, nullptr, function, nullptr, key), 1);
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    std::size_t size = 0;
    EXPECT_EQ(EVP_DigestSign(context, nullptr, &size, bytes, text.size()), 1);
    std::string out(size, '\0');
    EXPECT_EQ(EVP_DigestSign(context, reinterpret_cast<unsigned char*>(out.data()), &size, bytes,
                             text.size()),
              1);
    out.resize(size);
    EVP_MD_CTX_free(context);
    return out;
}

std::string public_text_of(EVP_PKEY* key) {
    unsigned char* bytes = nullptr;
    const int size = i2d_PUBKEY(key, &bytes);
    std::string out = base64_of(
        std::string_view(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)));
    OPENSSL_free(bytes);
    return out;
}

TEST(Sendgrid, TheSignatureCoversMomentAndBody) {
    const Key key(EVP_EC_gen("P-256"));
    const Key other(EVP_EC_gen("P-256"));
    const Endpoint endpoint =
        endpoint_of(Provider::kSendgrid, {public_text_of(other.get()), public_text_of(key.get())});
    const std::string body = "[{\"event\":\"unsubscribe\"}]\r\n";
    const std::string signature =
        base64_of(std::string_view(signed_with(key.get(), EVP_sha256(), "1772445606" + body)));
    const auto with = [&](const std::string& sent, const std::string& at, const std::string& sign) {
        return doubt(endpoint, request_of(sent, {{"X-Twilio-Email-Event-Webhook-Signature", sign},
                                                 {"X-Twilio-Email-Event-Webhook-Timestamp", at}}));
    };
    EXPECT_EQ(with(body, "1772445606", signature), "none");
    EXPECT_EQ(with(body + " ", "1772445606", signature), kWrong);
    EXPECT_EQ(with(body, "1772445607", signature), kWrong);
    EXPECT_EQ(with(body, "1772445606", "AAAA"), kWrong);
    EXPECT_EQ(with(body, "1772445606", "no base64"), kWrong);
    EXPECT_EQ(with(body, "1772445606", ""), kMissing);
    const Key strange(EVP_EC_gen("P-384"));
    EXPECT_TRUE(is_ecdsa_key(public_text_of(key.get())));
    EXPECT_FALSE(is_ecdsa_key(public_text_of(strange.get())));
    EXPECT_FALSE(is_ecdsa_key("AAAA"));
}

// A certificate of a key, valid from the first to the second moment.
std::string certificate_of(EVP_PKEY* key, std::int64_t from, std::int64_t until) {
    X509* one = X509_new();
    X509_set_version(one, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(one), 1);
    ASN1_TIME_set(X509_getm_notBefore(one), static_cast<time_t>(from));
    ASN1_TIME_set(X509_getm_notAfter(one), static_cast<time_t>(until));
    X509_set_pubkey(one, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(one), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("sns.example"), -1, -1, 0);
    X509_set_issuer_name(one, X509_get_subject_name(one));
    EXPECT_GT(X509_sign(one, key, EVP_sha256()), 0);
    BIO* bio = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(bio, one);
    char* text = nullptr;
    const long size = BIO_get_mem_data(bio, &text);
    std::string out(text, static_cast<std::size_t>(size));
    BIO_free(bio);
    X509_free(one);
    return out;
}

class Sns : public testing::Test {
  protected:
    Sns() {
        endpoint_.arn = "arn:aws:sns:eu-west-3:111122223333:licet";
        endpoint_.certificates = certificate_of(other_.get(), kNow - 10, kNow + 10) +
                                 certificate_of(key_.get(), kNow - 100, kNow + 100);
    }
    // Signs the fields in the order that SNS documents.
    [[nodiscard]] RawRequest request(json::object envelope, const std::string& version,
                                     const std::vector<std::string>& names) const {
        std::string text;
        for (const std::string& name : names)
            text += name + "\n" + std::string(envelope.at(name).get_string()) + "\n";
        envelope["SignatureVersion"] = version;
        envelope["Signature"] = base64_of(std::string_view(
            signed_with(key_.get(), version == "1" ? EVP_sha1() : EVP_sha256(), text)));
        return request_of(json::serialize(envelope), {});
    }
    [[nodiscard]] json::object notification() const {
        return {{"Type", "Notification"},
                {"MessageId", "m-1"},
                {"TopicArn", endpoint_.arn},
                {"Message", "{\"eventType\":\"Bounce\"}"},
                {"Timestamp", "2026-03-02T10:00:06.000Z"}};
    }
    std::vector<std::string> names_ = {"Message", "MessageId", "Timestamp", "TopicArn", "Type"};
    // Made once: a key of this size takes a while.
    static const Key& key(std::size_t which) {
        static const std::array<Key, 2> kKeys = {Key(EVP_RSA_gen(2048)), Key(EVP_RSA_gen(2048))};
        return kKeys.at(which);
    }
    const Key& key_ = key(0);
    const Key& other_ = key(1);
    Endpoint endpoint_ = endpoint_of(Provider::kSes);
};

TEST_F(Sns, BothVersionsOfTheSignatureAreChecked) {
    for (const char* version : {"1", "2"}) {
        EXPECT_EQ(doubt(endpoint_, request(notification(), version, names_)), "none");
        json::object with_subject = notification();
        with_subject["Subject"] = "Bounce";
        EXPECT_EQ(doubt(endpoint_, request(with_subject, version,
                                           {"Message", "MessageId", "Subject", "Timestamp",
                                            "TopicArn", "Type"})),
                  "none");
        EXPECT_EQ(doubt(endpoint_, request(with_subject, version, names_)), kWrong);
    }
    EXPECT_EQ(doubt(endpoint_, request(notification(), "3", names_)), kWrong);
}

TEST_F(Sns, AConfirmationIsSignedOverOtherFields) {
    json::object confirmation = notification();
    confirmation["Type"] = "SubscriptionConfirmation";
    confirmation["Token"] = "2336412f37";
    confirmation["SubscribeURL"] = "https://sns.eu-west-3.example/?Action=ConfirmSubscription";
    EXPECT_EQ(doubt(endpoint_, request(confirmation, "2",
                                       {"Message", "MessageId", "SubscribeURL", "Timestamp",
                                        "Token", "TopicArn", "Type"})),
              "none");
}

TEST_F(Sns, AChangedMessageIsNotBelieved) {
    RawRequest forged = request(notification(), "1", names_);
    const std::size_t at = forged.body.find("Bounce");
    forged.body.replace(at, 6, "Bouncy");
    EXPECT_EQ(doubt(endpoint_, forged), kWrong);
    EXPECT_EQ(doubt(endpoint_, request_of("{}", {})), kMissing);
    EXPECT_EQ(doubt(endpoint_, request_of("no json", {})), kWrong);
}

TEST_F(Sns, ATopicOfSomebodyElseIsNotBelievedThoughAmazonSignedIt) {
    json::object foreign = notification();
    foreign["TopicArn"] = "arn:aws:sns:eu-west-3:999999999999:licet";
    EXPECT_EQ(doubt(endpoint_, request(foreign, "1", names_)), "webhooks.doubt_topic");
}

TEST_F(Sns, ACertificateCountsOnlyWhileItIsValid) {
    const RawRequest good = request(notification(), "2", names_);
    EXPECT_EQ(doubt(endpoint_, good, kNow + 99), "none");
    EXPECT_EQ(doubt(endpoint_, good, kNow + 101), kWrong);
    EXPECT_EQ(doubt(endpoint_, good, kNow - 101), kWrong);
}

TEST(Mailgun, TheSignatureCoversMomentAndToken) {
    const Endpoint endpoint = endpoint_of(Provider::kMailgun, {"mailgun-key"});
    const std::string right = "13dc7f0be0fcbe939d46989ce805b42955048f5afc09f28d6e44483f2b5992d9";
    const auto json_with = [](const std::string& signature, const std::string& token) {
        return request_of("{\"signature\":{\"timestamp\":\"1772445606\",\"token\":\"" + token +
                              "\",\"signature\":\"" + signature + "\"},\"event-data\":{}}",
                          {});
    };
    const std::string token = "a8ce0edb2dd8301dee6c";
    EXPECT_EQ(doubt(endpoint, json_with(right, token)), "none");
    EXPECT_EQ(judge(endpoint, json_with(right, token), kNow).nonce, token);
    EXPECT_EQ(doubt(endpoint, json_with(right, token + "0")), kWrong);
    EXPECT_EQ(doubt(endpoint, json_with("00", token)), kWrong);
    EXPECT_EQ(doubt(endpoint, request_of("{}", {})), kMissing);
    // A repeat of today is what the provider does; one of the day before yesterday is not.
    EXPECT_EQ(doubt(endpoint, json_with(right, token), kNow + kWindowSeconds), "none");
    EXPECT_EQ(doubt(endpoint, json_with(right, token), kNow + kWindowSeconds + 1), kOld);
    EXPECT_EQ(doubt(endpoint, json_with(right, token), kNow - kFutureSeconds - 1), kOld);
    EXPECT_EQ(doubt(endpoint, request_of("event=opened&timestamp=1772445606&token=" + token +
                                             "&signature=" + right,
                                         {})),
              "none");
}

TEST(Mailgun, ATokenWithAnotherBodyIsAForgery) {
    NonceWindow window;
    EXPECT_TRUE(window.accepts(nonce_mark("token-1", "body"), kNow));
    EXPECT_TRUE(window.accepts(nonce_mark("token-1", "body"), kNow + 60)) << "a repeat";
    EXPECT_FALSE(window.accepts(nonce_mark("token-1", "another body"), kNow + 61));
    EXPECT_TRUE(window.accepts(nonce_mark("token-2", "another body"), kNow + 61));
    EXPECT_TRUE(window.accepts(nonce_mark("", "what has none"), kNow));
    EXPECT_TRUE(window.accepts(nonce_mark("", "what has none either"), kNow));
    // Long after, its moment is too old for the signature.
    EXPECT_TRUE(window.accepts(nonce_mark("token-3", "x"), kNow + 3 * kWindowSeconds));
    EXPECT_TRUE(window.accepts(nonce_mark("token-1", "another body"), kNow + 3 * kWindowSeconds));
}

TEST(Twilio, ThePublishedVectorIsAccepted) {
    Endpoint endpoint = endpoint_of(Provider::kTwilio, {"12345"});
    RawRequest request = request_of(
        "To=%2B18005551212&From=%2B14158675309&Digits=1234&Caller=%2B14158675309&"
        "CallSid=CA1234567890ABCDE",
        {{"X-Twilio-Signature", "RSOYDt4T1cUTdK1PDd93/VVr8B8="}});
    request.url =
        "https:/"
        "/mycompany.com/myapp.php?foo=1&bar=2";
    EXPECT_EQ(doubt(endpoint, request), "none");
    request.url =
        "https:/"
        "/mycompany.com:443/myapp.php?foo=1&bar=2";
    EXPECT_EQ(doubt(endpoint, request), "none") << "the usual port, written out";
    request.url = "http://127.0.0.1:8080/myapp.php?foo=1&bar=2";
    EXPECT_EQ(doubt(endpoint, request), kWrong) << "behind a proxy";
    endpoint.url =
        "https:/"
        "/mycompany.com/myapp.php";
    EXPECT_EQ(doubt(endpoint, request), "none") << "behind a proxy, told how it is called";
    request.body += "&More=1";
    EXPECT_EQ(doubt(endpoint, request), kWrong);
    request.headers.clear();
    EXPECT_EQ(doubt(endpoint, request), kMissing);
}

TEST(Twilio, ABodyThatIsNoFormIsHeldToTheDigestInTheQuery) {
    const Endpoint endpoint = endpoint_of(Provider::kTwilio, {"12345"});
    RawRequest request = request_of("{\"a\":1}", {});
    request.url = "https://licet.example/webhooks/t?bodySHA256=" +
                  hex_of_text(digest(HashFunction::kSha256, request.body));
    request.headers = {{"X-Twilio-Signature", base64_of(std::string_view(hmac(
                                                  HashFunction::kSha1, "12345", request.url)))}};
    EXPECT_EQ(doubt(endpoint, request), "none");
    request.body = "{\"a\":2}";
    EXPECT_EQ(doubt(endpoint, request), kWrong);
}

// ---- Vonage -------------------------------------------------------------------------------------

std::string url_base64(const std::string& text) {
    std::string out = base64_of(std::string_view(text));
    while (out.ends_with('=')) out.pop_back();
    for (char& c : out) c = c == '+' ? '-' : c == '/' ? '_' : c;
    return out;
}

RawRequest with_jwt(const std::string& body, json::object claims, const std::string& head) {
    if (!claims.contains("payload_hash"))
        claims["payload_hash"] = hex_of_text(digest(HashFunction::kSha256, body));
    const std::string text = url_base64(head) + "." + url_base64(json::serialize(claims));
    const std::string token =
        text + "." + url_base64(hmac(HashFunction::kSha256, "vonage-secret", text));
    return request_of(body, {{"Authorization", "Bearer " + token}});
}

TEST(Vonage, ATokenIsHeldToSecretMomentAndBody) {
    const Endpoint endpoint = endpoint_of(Provider::kVonage, {"vonage-secret"});
    const std::string head = R"({"alg":"HS256","typ":"JWT"})";
    const std::string body = "{\"message_uuid\":\"1\",\"text\":\"stop\"}";
    const json::object claims{{"iat", kNow}, {"jti", "j-1"}, {"iss", "Vonage"}};
    EXPECT_EQ(doubt(endpoint, with_jwt(body, claims, head)), "none");
    EXPECT_EQ(judge(endpoint, with_jwt(body, claims, head), kNow).nonce, "j-1");
    RawRequest changed = with_jwt(body, claims, head);
    changed.body += " ";
    EXPECT_EQ(doubt(endpoint, changed), kWrong);
    EXPECT_EQ(doubt(endpoint, with_jwt(body, claims, R"({"alg":"none"})")), kWrong);
    EXPECT_EQ(doubt(endpoint, with_jwt(body, claims, R"({"alg":"RS256"})")), kWrong);
    EXPECT_EQ(doubt(endpoint, with_jwt(body, {{"iat", kNow - kWindowSeconds - 1}}, head)), kOld);
    EXPECT_EQ(doubt(endpoint, with_jwt(body, {{"jti", "no moment"}}, head)), kOld);
    EXPECT_EQ(doubt(endpoint, with_jwt(body, {{"iat", kNow}, {"payload_hash", ""}}, head)), kWrong);
    EXPECT_EQ(doubt(endpoint_of(Provider::kVonage, {"another"}), with_jwt(body, claims, head)),
              kWrong);
    for (const char* token : {"a", "a.b", "a.b.c", "a.b.c.d", "!.!.!"})
        EXPECT_EQ(
            doubt(endpoint, request_of(body, {{"Authorization", std::string("Bearer ") + token}})),
            kWrong);
    EXPECT_EQ(doubt(endpoint, request_of(body, {})), kMissing);
}

TEST(Vonage, TheOlderSignatureIsHeldToAllFieldsInEachOfItsFunctions) {
    const Endpoint endpoint = endpoint_of(Provider::kVonage, {"vonage-secret"});
    const std::string text = "&msisdn=33639980123&text=a_b_c&timestamp=1772445606";
    const std::string fields = "text=a%26b%3Dc&msisdn=33639980123&timestamp=1772445606&sig=";
    std::vector<std::string> right = {
        hex_of_text(digest(HashFunction::kMd5, text + "vonage-secret"))};
    for (const HashFunction one :
         {HashFunction::kMd5, HashFunction::kSha1, HashFunction::kSha256, HashFunction::kSha512})
        right.push_back(hex_of_text(hmac(one, "vonage-secret", text)));
    for (const std::string& code : right) {
        EXPECT_EQ(doubt(endpoint, request_of(fields + code, {})), "none");
        EXPECT_EQ(doubt(endpoint, request_of("more=1&" + fields + code, {})), kWrong);
        EXPECT_EQ(doubt(endpoint, request_of(fields + code, {}), kNow + kWindowSeconds + 1), kOld);
        EXPECT_EQ(doubt(endpoint,
                        request_of("{\"text\":\"a&b=c\",\"msisdn\":\"33639980123\",\"timestamp\":"
                                   "\"1772445606\",\"sig\":\"" +
                                       code + "\"}",
                                   {})),
                  "none");
    }
    EXPECT_EQ(doubt(endpoint, request_of(fields + "00", {})), kWrong);
    EXPECT_EQ(doubt(endpoint, request_of("text=stop", {})), kMissing);
}

TEST(Secrets, AreComparedWholly) {
    EXPECT_TRUE(is_same_secret("", ""));
    EXPECT_TRUE(is_same_secret("abc", "abc"));
    EXPECT_FALSE(is_same_secret("abc", "abd"));
    EXPECT_FALSE(is_same_secret("abc", "abcd"));
}

}  // namespace
}  // namespace licet::webhooks

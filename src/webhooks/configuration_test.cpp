// SPDX-License-Identifier: Apache-2.0
// Goal: what somebody writes into webhooks.toml is read, or told with its line and column, all of
//       it at once.
// Method: one whole file, then one fault at a time.
#include "webhooks/configuration.h"

#include <gtest/gtest.h>

namespace licet::webhooks {
namespace {

const std::string kToken = "0123456789abcdef0123456789abcdef";

Result<std::string> files(const std::string& path) {
    if (path == "two.secret") return std::string("first\n\n second \n");
    if (path == "crm.secret") return std::string("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
    return error(ErrorCode::kMissing, "file.missing", {{"path", path}}, path);
}

Read<Configuration> read(const std::string& text) {
    return read_configuration(text, "webhooks.toml", files);
}

std::string faults_of(const std::string& text) {
    std::string out;
    for (const Error& one : read(text).problems)
        out += (out.empty() ? "" : "; ") + one.message.id + " " + one.where;
    return out;
}

std::string endpoint_with(const std::string& lines) {
    return "[from.own]\nprovider = \"brevo\"\ntoken = \"" + kToken + "\"\n" + lines;
}

TEST(Configuration, AWholeFileIsRead) {
    const auto done = read(
        "[from.letter]\nprovider = \"brevo\"\ntoken = \"" + kToken +
        "\"\nsecret = [\"user:old\", \"user:new\"]\nbrand = \"north\"\npurpose = \"commercial\"\n"
        "[from.letter.topics]\n12 = \"commercial.newsletter\"\n\"vins.example.net\" = \"survey\"\n"
        "[from.text]\nprovider = \"twilio\"\ntoken = \"z" +
        kToken +
        "\"\nsecret_file = \"two.secret\"\nurl = \"https://licet.example/webhooks/t\"\n"
        "country = \"be\"\n"
        "[to.crm]\nurl = \"https://crm.example/hooks\"\nsecret_file = \"crm.secret\"\n"
        "types = [\"eu.licet.objection.recorded.v1\"]\n");
    ASSERT_TRUE(done.is_clean()) << done.problems.front().message.id;
    ASSERT_EQ(done.value.endpoints.size(), 2U);
    const Endpoint& letter = done.value.endpoints[0];
    EXPECT_EQ(letter.name, "letter");
    EXPECT_EQ(letter.provider, Provider::kBrevo);
    EXPECT_EQ(letter.token.reveal("test"), kToken);
    EXPECT_EQ(letter.secrets.size(), 2U);
    EXPECT_EQ(letter.brand, "north");
    EXPECT_EQ(letter.topics.at("12"), "commercial.newsletter");
    EXPECT_EQ(letter.topics.at("vins.example.net"), "survey");
    const Endpoint& text = done.value.endpoints[1];
    EXPECT_EQ(text.secrets.at(1).reveal("test"), "second");
    EXPECT_EQ(text.country, "be");
    ASSERT_EQ(done.value.subscriptions.size(), 1U);
    EXPECT_EQ(done.value.subscriptions[0].secrets.at(0).reveal("test").size(), 24U);
    EXPECT_EQ(done.value.subscriptions[0].types.size(), 1U);
}

TEST(Configuration, AnEmptyFileIsAConfigurationToo) { EXPECT_TRUE(read("").is_clean()); }

TEST(Configuration, EveryFaultHasItsPlace) {
    EXPECT_EQ(faults_of("[from.own]\nprovider = \"bravo\"\n"),
              "webhooks.unknown_provider webhooks.toml:2:12");
    EXPECT_EQ(faults_of("[from.own]\ntoken = \"x\"\n"),
              "webhooks.unknown_provider webhooks.toml:2:9");
    EXPECT_EQ(faults_of("[from.own]\nprovider = \"ovh\"\ntoken = \"short\"\n"),
              "webhooks.short_token webhooks.toml:3:9");
    EXPECT_EQ(faults_of("[from.own]\nprovider = \"ovh\"\ntoken = \"" + kToken + "/\"\n"),
              "webhooks.short_token webhooks.toml:3:9");
    EXPECT_EQ(faults_of(endpoint_with("")), "webhooks.no_secret webhooks.toml:2:12");
    EXPECT_EQ(faults_of(endpoint_with("secret = \" \"\n")),
              "webhooks.no_secret webhooks.toml:2:12");
    EXPECT_EQ(faults_of(endpoint_with("secret = \"a:b\"\npurpose = \"Commercial news\"\n")),
              "webhooks.bad_purpose webhooks.toml:5:11");
    EXPECT_EQ(faults_of(endpoint_with("secret = \"a:b\"\nchannel = \"smoke\"\n")),
              "webhooks.bad_channel webhooks.toml:5:11");
    EXPECT_EQ(faults_of(endpoint_with("secret = \"a:b\"\nurl = \"licet.example\"\n")),
              "webhooks.bad_url webhooks.toml:5:7");
    EXPECT_EQ(faults_of(endpoint_with("secret = \"a:b\"\nsecrets = \"x\"\n")),
              "webhooks.unknown_key webhooks.toml:5:11");
    EXPECT_EQ(faults_of(endpoint_with("secret_file = \"none.secret\"\n")),
              "file.missing webhooks.toml:4:15; webhooks.no_secret webhooks.toml:2:12");
    EXPECT_EQ(faults_of(endpoint_with("secret = \"a:b\"\n[from.own.topics]\n12 = \"Oh no\"\n")),
              "webhooks.bad_purpose webhooks.toml:6:6");
    EXPECT_EQ(faults_of("other = 1\n"), "webhooks.unknown_key webhooks.toml:1:9");
}

TEST(Configuration, AmazonNeedsCertificateAndTopic) {
    EXPECT_EQ(faults_of("[from.own]\nprovider = \"ses\"\ntoken = \"" + kToken + "\"\n"),
              "webhooks.no_certificate webhooks.toml:2:12; webhooks.no_arn webhooks.toml:2:12");
}

TEST(Configuration, OneTokenIsForOneEndpoint) {
    EXPECT_EQ(faults_of("[from.a]\nprovider = \"ovh\"\ntoken = \"" + kToken +
                        "\"\n[from.b]\nprovider = \"ovh\"\ntoken = \"" + kToken + "\"\n"),
              "webhooks.same_token webhooks.toml:6:9");
}

TEST(Configuration, AReceiverNeedsAnAddressAndASecret) {
    EXPECT_EQ(faults_of("[to.crm]\nurl = \"http://crm.example/\"\nsecret = \"whsec_AAAA\"\n"),
              "webhooks.bad_url webhooks.toml:2:7; webhooks.bad_secret webhooks.toml:3:10; "
              "webhooks.no_secret webhooks.toml:2:7");
    EXPECT_EQ(faults_of("[to.crm]\nurl = \"https://crm.example/\"\nsecret_file = \"crm.secret\"\n"
                        "types = [\"objection\"]\n"),
              "webhooks.unknown_type webhooks.toml:4:9");
}

TEST(Configuration, WhatIsNoTomlIsTold) { EXPECT_FALSE(read("[from.own\n").is_clean()); }

TEST(Configuration, EveryProviderHasAProof) {
    for (const Provider provider : all_providers()) EXPECT_FALSE(proof_of(provider).empty());
}

}  // namespace
}  // namespace licet::webhooks

// SPDX-License-Identifier: Apache-2.0
// Goal: what is answered with 2xx is recorded, whatever happens in between; what is doubted changes
//       nothing until it is put right; what we owe to others is sent until they take it.
// Method: a workspace in a folder of its own; requests as the server would hand them over; a
//         receiver that answers as the test says.
#include "main/webhook_desk.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "base/base64.h"
#include "base/text.h"
#include "ledger/identity.h"
#include "ledger/sample_event.h"
#include "main/webhook_sender.h"
#include "webhooks/signatures.h"

namespace licet {
namespace {

constexpr std::int64_t kNow = 1'772'445'606;  // 2026-03-02T10:00:06Z
constexpr std::int64_t kDay = 86'400;
const std::string kBrevo = "brevo-token-0123456789abcdef0123456789abcdef";
const std::string kMailgun = "mailgun-token-0123456789abcdef0123456789abcdef";
const std::string kUnsubscribe =
    R"({"event":"unsubscribed","email":"camille@example.com","ts_epoch":1772445605000})";

class WebhookTest : public testing::Test {
  protected:
    WebhookTest() {
        folder_ = (std::filesystem::temp_directory_path() / "licet-hooks-XXXXXX").string();
        EXPECT_NE(mkdtemp(folder_.data()), nullptr);
        EXPECT_TRUE(create_workspace(folder_ + "/w", "fr", ""));
        configure("user:right");
    }
    ~WebhookTest() override { std::filesystem::remove_all(folder_); }

    [[nodiscard]] Workspace workspace() const {
        auto opened = open_workspace(folder_ + "/w");
        EXPECT_TRUE(opened);
        return std::move(opened).value();
    }
    void configure(const std::string& secret) const {
        write("[from.letter]\nprovider = \"brevo\"\ntoken = \"" + kBrevo + "\"\nsecret = \"" +
              secret + "\"\n[from.mailgun]\nprovider = \"mailgun\"\ntoken = \"" + kMailgun +
              "\"\nsecret = \"mailgun-key\"\n[to.crm]\nurl = \"https://crm.example/h\"\n"
              "secret = \"" +
              webhooks::webhook_secret_of(std::string(32, 's')) + "\"\n");
    }
    void write(const std::string& text) const {
        const std::string path = folder_ + "/w/webhooks.toml";
        std::ofstream(path, std::ios::trunc) << text;
        ::chmod(path.c_str(), 0600);
    }
    [[nodiscard]] std::unique_ptr<WebhookDesk> desk() const {
        auto opened = WebhookDesk::open(workspace());
        EXPECT_TRUE(opened) << opened.error().message.id;
        return std::move(opened).value();
    }
    // Puts events into the ledger under a token that the first letter of the address gives.
    [[nodiscard]] WebhookSink sink() {
        return [this](std::span<const webhooks::ToRecord> events) -> Result<std::size_t> {
            if (fails_) return error(ErrorCode::kBusy, "store.locked");
            for (const webhooks::ToRecord& one : events)
                recorded_.push_back(std::string(ledger::name_of(one.event.kind)) + " " +
                                    one.point.strict.bytes);
            return events.size();
        };
    }
    [[nodiscard]] static webhooks::RawRequest brevo(const std::string& password,
                                                    const std::string& body = kUnsubscribe) {
        webhooks::RawRequest request;
        request.token = kBrevo;
        request.headers = {
            {"Authorization", "Basic " + base64_of(std::string_view("user:" + password))}};
        request.body = body;
        return request;
    }
    [[nodiscard]] static webhooks::RawRequest mailgun(const std::string& address) {
        const std::string signature = webhooks::hex_of_text(webhooks::hmac(
            webhooks::HashFunction::kSha256, "mailgun-key", std::to_string(kNow) + "one-token"));
        webhooks::RawRequest request;
        request.token = kMailgun;
        request.body = "{\"signature\":{\"timestamp\":\"" + std::to_string(kNow) +
                       "\",\"token\":\"one-token\",\"signature\":\"" + signature +
                       "\"},\"event-data\":{\"event\":\"unsubscribed\",\"id\":\"e1\",\"recipient\":"
                       "\"" +
                       address + "\"}}";
        return request;
    }

    std::string folder_;
    std::vector<std::string> recorded_;
    bool fails_ = false;
};
const std::string kObjection = "objection camille@example.com";

TEST_F(WebhookTest, WhatIsAnsweredIsRecordedAlsoAfterARestart) {
    EXPECT_EQ(desk()->receive(brevo("right"), kNow).status, 200);
    const auto again = desk();
    EXPECT_EQ(again->process(sink())->events, 1U);
    EXPECT_EQ(recorded_, std::vector<std::string>{kObjection});
    EXPECT_EQ(again->process(sink())->requests, 0U) << "done once";
}

TEST_F(WebhookTest, WhatIsForNobodyIsNotKept) {
    const auto desk = this->desk();
    webhooks::RawRequest request = brevo("right");
    request.token = "another";
    EXPECT_EQ(desk->receive(request, kNow).status, 404);
    request.token = kBrevo;
    request.method = "GET";
    EXPECT_EQ(desk->receive(request, kNow).status, 405);
    EXPECT_EQ(desk->spool().counts()->entries, (std::array<std::uint64_t, 5>{}));
}

TEST_F(WebhookTest, WhatIsDoubtedChangesNothingUntilTheSecretIsPutRight) {
    EXPECT_EQ(desk()->receive(brevo("fresh"), kNow).status, 200);
    EXPECT_EQ(desk()->process(sink())->requests, 0U);
    EXPECT_EQ(desk()->judge_again().value(), 0U);
    EXPECT_TRUE(recorded_.empty());
    configure("user:fresh");
    EXPECT_EQ(desk()->judge_again().value(), 1U);
    EXPECT_EQ(desk()->process(sink())->events, 1U);
    EXPECT_EQ(recorded_, std::vector<std::string>{kObjection});
}

TEST_F(WebhookTest, ATokenThatIsUsedOnceIsNotBelievedWithAnotherBodyAlsoAfterARestart) {
    EXPECT_EQ(desk()->receive(mailgun("camille@example.com"), kNow).status, 200);
    const auto desk = this->desk();
    EXPECT_EQ(desk->receive(mailgun("leo@example.org"), kNow + 5).status, 200);
    EXPECT_EQ(desk->receive(mailgun("camille@example.com"), kNow + 9).status, 200) << "a repeat";
    EXPECT_EQ(desk->process(sink())->requests, 2U);
    EXPECT_EQ(recorded_, (std::vector<std::string>{kObjection, kObjection}));
    EXPECT_EQ(desk->judge_again().value(), 0U) << "a forgery stays one";
}

TEST_F(WebhookTest, ALedgerThatCannotWriteLosesNothing) {
    const auto desk = this->desk();
    EXPECT_EQ(desk->receive(brevo("right"), kNow).status, 200);
    fails_ = true;
    EXPECT_FALSE(desk->process(sink()));
    fails_ = false;
    EXPECT_EQ(desk->process(sink())->events, 1U);
}

TEST_F(WebhookTest, WhatCannotBeReadIsKeptAndStopsNothing) {
    const auto desk = this->desk();
    EXPECT_EQ(desk->receive(brevo("right", "no json"), kNow).status, 200);
    EXPECT_EQ(desk->receive(brevo("right"), kNow).status, 200);
    const auto done = desk->process(sink());
    EXPECT_EQ(done->requests, 2U);
    EXPECT_EQ(done->unreadable, 1U);
    EXPECT_EQ(done->events, 1U);
    EXPECT_EQ(desk->spool().counts()->entries.at(4), 1U);
    EXPECT_EQ(desk->read_again(kNow).value(), 2U);
    EXPECT_EQ(desk->process(sink())->unreadable, 1U);
}

TEST_F(WebhookTest, OneThatTheLedgerRefusesDoesNotStopTheOthers) {
    const auto desk = this->desk();
    EXPECT_EQ(desk->receive(brevo("right"), kNow).status, 200);
    EXPECT_EQ(
        desk->receive(brevo("right", R"({"event":"spam","email":"leo@example.org"})"), kNow).status,
        200);
    const auto strict = [&](std::span<const webhooks::ToRecord> events) -> Result<std::size_t> {
        for (const webhooks::ToRecord& one : events)
            if (one.point.strict.bytes == "leo@example.org")
                return error(ErrorCode::kInput, "event.key_reused");
        return sink()(events);
    };
    const auto done = desk->process(strict);
    ASSERT_TRUE(done);
    EXPECT_EQ(done->events, 1U);
    EXPECT_EQ(done->unreadable, 1U);
    EXPECT_EQ(recorded_, std::vector<std::string>{kObjection});
}

TEST_F(WebhookTest, AnEndpointThatIsGoneLeavesItsRequestsWhereTheyAre) {
    EXPECT_EQ(desk()->receive(brevo("right"), kNow).status, 200);
    write("");
    EXPECT_EQ(desk()->process(sink())->left, 1U);
    configure("user:right");
    EXPECT_EQ(desk()->process(sink())->events, 1U);
}

TEST_F(WebhookTest, DoubtfulRequestsHaveALimitAndOthersHaveNone) {
    const auto desk = this->desk();
    const std::string large(8 << 20, ' ');
    int status = 200;
    int kept = 0;
    while (status == 200 && kept < 20) {
        status = desk->receive(brevo("wrong", large), kNow).status;
        kept += status == 200 ? 1 : 0;
    }
    EXPECT_EQ(status, 429);
    EXPECT_EQ(kept, 7);
    EXPECT_EQ(desk->receive(brevo("right"), kNow).status, 200);
}

TEST_F(WebhookTest, ManyThreadsAreAnsweredAtOnce) {
    const auto desk = this->desk();
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 25; ++i)
                EXPECT_EQ(desk->receive(brevo("right", R"({"event":"spam","email":"a)" +
                                                           std::to_string(t * 25 + i) +
                                                           R"(@example.com"})"),
                                        kNow)
                              .status,
                          200);
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(desk->process(sink())->events, 200U);
}

TEST_F(WebhookTest, AFileThatOthersCanReadIsRefused) {
    ::chmod((folder_ + "/w/webhooks.toml").c_str(), 0644);
    const auto opened = WebhookDesk::open(workspace());
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().message.id, "webhooks.file_open_to_others");
}

// ---- telling others -----------------------------------------------------------------------------

class SendingTest : public WebhookTest {
  protected:
    void SetUp() override { static_cast<void>(run(kNow)); }
    void record(std::uint8_t person, const std::string& key) const {
        const auto ledger = open_ledger(workspace(), false);
        ASSERT_TRUE(ledger.value()->append(
            {{ledger::sample_event(person, key, ledger::EventKind::kObjectionRecorded)}}));
    }
    // A new sender each time, as after a restart.
    SendingDone run(std::int64_t now) {
        const auto sender =
            WebhookSender::open(workspace(), [this](const WebPost& post) -> Result<WebPostAnswer> {
                posts_.push_back(post);
                const int status = statuses_.empty() ? 200 : statuses_.front();
                if (!statuses_.empty()) statuses_.erase(statuses_.begin());
                if (status == 0) return error(ErrorCode::kBusy, "webhooks.unreachable");
                return WebPostAnswer{status, retry_after_};
            });
        const auto done = sender.value()->run_once(now);
        EXPECT_TRUE(done) << done.error().message.id;
        return *done;
    }
    [[nodiscard]] store::OutboxCounts counts() const {
        return WebhookSender::open(workspace()).value()->outbox().counts("crm").value();
    }
    std::vector<WebPost> posts_;
    std::vector<int> statuses_;
    int retry_after_ = 0;
};

TEST_F(SendingTest, AnEventIsSentOnceSignedAndWithoutAnybodysName) {
    record(1, "secret-key");
    EXPECT_EQ(run(kNow).taken, 1U);
    EXPECT_EQ(run(kNow).taken, 0U);
    ASSERT_EQ(posts_.size(), 1U);
    const WebPost& post = posts_.front();
    EXPECT_EQ(post.url, "https://crm.example/h");
    EXPECT_EQ(post.type, "application/cloudevents+json");
    EXPECT_TRUE(webhooks::is_signed_webhook({post.headers.at(0).second, kNow, post.body},
                                            post.headers.at(2).second, std::string(32, 's'), kNow));
    EXPECT_EQ(post.body.find("secret-key"), post.body.npos);
    EXPECT_NE(post.body.find("\"sequence\":\"1\""), post.body.npos);
}

TEST_F(SendingTest, AReceiverThatIsIllIsLeftAloneAndLosesNothing) {
    for (const char* key : {"a", "b", "c"}) record(1, key);
    record(2, "d");
    statuses_ = {503};
    EXPECT_EQ(run(kNow).failed, 1U);
    EXPECT_EQ(posts_.size(), 1U) << "the others are not tried on it";
    EXPECT_EQ(run(kNow + 30).failed + posts_.size(), 1U);
    EXPECT_EQ(run(kNow + 61).taken, 4U);
    EXPECT_NE(posts_[1].body, posts_[2].body);
}

TEST_F(SendingTest, AMessageThatIsRefusedHoldsUpOnlyItsPerson) {
    record(1, "a");
    record(1, "b");
    record(2, "c");
    statuses_ = {400};
    const SendingDone done = run(kNow);
    EXPECT_EQ(done.failed, 1U);
    EXPECT_EQ(done.taken, 1U);
    EXPECT_EQ(run(kNow + 1).taken, 0U);
    EXPECT_EQ(run(kNow + 10).taken, 2U);
    EXPECT_NE(posts_.at(2).body.find("\"sequence\":\"1\""), std::string::npos);
    EXPECT_NE(posts_.at(3).body.find("\"sequence\":\"2\""), std::string::npos);
}

TEST_F(SendingTest, AMessageIsTriedForMoreThanThreeDaysAndThenGivenUp) {
    record(1, "a");
    std::int64_t now = kNow;
    std::size_t tries = 0;
    std::int64_t last = 0;
    for (int hour = 0; hour < 24 * 5; ++hour, now += 3600) {
        statuses_ = std::vector<int>(3, 422);
        const SendingDone done = run(now);
        if (done.failed > 0) last = now;
        tries += done.failed;
        if (done.given_up > 0) break;
    }
    EXPECT_EQ(tries, 11U);
    EXPECT_GE(last - kNow, 3 * kDay);
    EXPECT_EQ(counts().given_up, 1U);
    // What was given up can be asked for.
    statuses_.clear();
    EXPECT_EQ(WebhookSender::open(workspace()).value()->outbox().replay("crm", 1, now).value(), 1U);
    EXPECT_EQ(run(now).taken, 1U);
}

TEST_F(SendingTest, TheReceiverSaysWhenItWantsToBeAskedAgain) {
    record(1, "a");
    statuses_ = {429};
    retry_after_ = 1000;
    EXPECT_EQ(run(kNow).failed, 1U);
    EXPECT_EQ(run(kNow + 999).taken, 0U);
    EXPECT_EQ(run(kNow + 1000).taken, 1U);
}

TEST_F(SendingTest, AReceiverThatIsGoneIsNotAskedAgain) {
    record(1, "a");
    statuses_ = {410};
    EXPECT_EQ(run(kNow).failed, 0U);
    EXPECT_EQ(run(kNow + 100 * kDay).taken, 0U);
    EXPECT_EQ(posts_.size(), 1U);
    EXPECT_EQ(counts().waiting, 1U) << "kept, until somebody decides";
}

TEST_F(SendingTest, NoAnswerIsAFailureAndTriedAgain) {
    record(1, "a");
    statuses_ = {0};
    EXPECT_EQ(run(kNow).failed, 1U);
    EXPECT_EQ(run(kNow + 61).taken, 1U);
}

TEST_F(SendingTest, AThreadSendsWhenItIsWoken) {
    record(1, "a");
    std::mutex lock;
    std::condition_variable changed;
    std::size_t sent = 0;
    auto sender = WebhookSender::open(workspace(), [&](const WebPost&) -> Result<WebPostAnswer> {
        const std::lock_guard guard(lock);
        ++sent;
        changed.notify_all();
        return WebPostAnswer{200, 0};
    });
    SendingThread thread(
        std::move(sender).value(), [] { return kNow; }, [](const Error&) {});
    std::unique_lock guard(lock);
    EXPECT_TRUE(changed.wait_for(guard, std::chrono::seconds(30), [&] { return sent == 1; }));
    guard.unlock();
    record(1, "b");
    thread.wake();
    guard.lock();
    EXPECT_TRUE(changed.wait_for(guard, std::chrono::seconds(30), [&] { return sent == 2; }));
}

}  // namespace
}  // namespace licet

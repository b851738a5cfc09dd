// SPDX-License-Identifier: Apache-2.0
#include "main/webhook_sender.h"

#include <algorithm>

#include "base/digest.h"
#include "main/webhook_desk.h"

namespace licet {
namespace {

constexpr std::size_t kBatch = 100;
constexpr std::int64_t kKeptDays = 30;
constexpr std::int64_t kDaySeconds = 86'400;
constexpr std::int64_t kRestSeconds = 60;           ///< of a receiver that does not answer
constexpr std::int64_t kForEver = 253'402'300'799;  ///< the last second of the year 9999
constexpr auto kPause = std::chrono::seconds(2);

// Spreads the tries of many messages; a message is always spread alike, so a test can tell.
int chance_of(const store::OutgoingMessage& message) {
    const Digest digest = sha256(message.subscription + "#" + std::to_string(message.number) + "#" +
                                 std::to_string(message.tries));
    return (digest[0] << 8 | digest[1]) % 1000;
}

}  // namespace

Result<std::unique_ptr<WebhookSender>> WebhookSender::open(const Workspace& workspace, Post post) {
    auto read = webhooks_of(workspace);
    if (!read.is_clean()) return read.problems.front();
    std::unique_ptr<WebhookSender> sender(new WebhookSender());
    sender->subscriptions_ = std::move(read.value.subscriptions);
    for (const webhooks::Subscription& one : sender->subscriptions_) {
        const KeyedHasher hasher(workspace.key.reveal("naming people for a receiver"),
                                 "licet/webhooks/subject/1 " + one.name);
        const Digest key = hasher.digest(std::span<std::uint8_t>());
        sender->subject_keys_[one.name] = std::string(key.begin(), key.end());
    }
    sender->ledger_ = files_of(workspace);
    sender->source_ = LICET_TRY(log_key_of(workspace)).identity.origin;
    sender->outbox_ = LICET_TRY(store::WebhookOutbox::open(path_in(workspace, "outbox.db")));
    sender->post_ = std::move(post);
    return sender;
}

Result<std::size_t> WebhookSender::take_in(std::int64_t now) {
    std::vector<std::string> names;
    for (const webhooks::Subscription& one : subscriptions_) names.push_back(one.name);
    const auto make = [&](const std::string& name, std::int64_t number,
                          const ledger::Event& event) -> std::optional<store::Wanted> {
        const auto to = std::find_if(subscriptions_.begin(), subscriptions_.end(),
                                     [&](const auto& one) { return one.name == name; });
        const std::string type = webhooks::type_of(event);
        const bool is_wanted = to->types.empty() || std::find(to->types.begin(), to->types.end(),
                                                              type) != to->types.end();
        if (!is_wanted) return std::nullopt;
        const std::string& key = subject_keys_.at(name);
        return store::Wanted{webhooks::subject_of(event.person, key),
                             webhooks::body_of(event, {source_, number, name}, key)};
    };
    return outbox_->take_in(ledger_, names, make, now);
}

Result<SendingDone> WebhookSender::run_once(std::int64_t now,
                                            const std::function<bool()>& goes_on) {
    SendingDone done;
    if (subscriptions_.empty()) return done;
    done.made = LICET_TRY(take_in(now));
    for (const webhooks::Subscription& to : subscriptions_) {
        bool may_go_on = true;
        while (may_go_on) {
            const auto due = LICET_TRY(outbox_->due(to.name, now, kBatch));
            if (due.empty()) break;
            for (const store::OutgoingMessage& message : due) {
                if (goes_on && !goes_on()) return done;
                may_go_on = LICET_TRY(send(to, message, now, done));
                if (!may_go_on) break;
            }
        }
    }
    std::ignore = LICET_TRY(outbox_->forget_before(now - kKeptDays * kDaySeconds));
    return done;
}

// Gives false if the receiver is to be left alone.
Result<bool> WebhookSender::send(const webhooks::Subscription& to,
                                 const store::OutgoingMessage& message, std::int64_t now,
                                 SendingDone& done) {
    WebPost post;
    post.url = to.url;
    post.type = "application/cloudevents+json";
    post.body = message.body;
    post.headers = webhooks::signed_headers(
        {webhooks::message_id_of({source_, message.number, to.name}), now, message.body},
        to.secrets);
    const auto answer = post_(post);
    const int status = answer ? answer->status : 0;
    switch (webhooks::answer_of(status)) {
        case webhooks::Answer::kTaken:
            LICET_TRY(outbox_->taken(message));
            ++done.taken;
            return true;
        case webhooks::Answer::kGone:
            LICET_TRY(outbox_->rest_until(to.name, kForEver));
            return false;
        case webhooks::Answer::kLater:
            break;
    }
    const int asked = answer ? answer->retry_after_seconds : 0;
    LICET_TRY(try_again(message, now, asked, done));
    const bool is_ill = status == 0 || status == 429 || status >= 500;
    if (is_ill) LICET_TRY(outbox_->rest_until(to.name, now + (asked > 0 ? asked : kRestSeconds)));
    return !is_ill;
}

Result<Done> WebhookSender::try_again(const store::OutgoingMessage& message, std::int64_t now,
                                      int least_wait, SendingDone& done) {
    ++done.failed;
    const auto wait = webhooks::seconds_to_next_try(message.tries + 1, chance_of(message));
    if (wait) return outbox_->failed(message, now + std::max<std::int64_t>(*wait, least_wait));
    ++done.given_up;
    return outbox_->give_up(message);
}

SendingThread::SendingThread(std::unique_ptr<WebhookSender> sender,
                             std::function<std::int64_t()> now,
                             std::function<void(const Error&)> fault)
    : sender_(std::move(sender)),
      now_(std::move(now)),
      fault_(std::move(fault)),
      thread_([this] { work(); }) {}

SendingThread::~SendingThread() {
    {
        const std::lock_guard guard(lock_);
        is_stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void SendingThread::wake() {
    {
        const std::lock_guard guard(lock_);
        is_woken_ = true;
    }
    changed_.notify_all();
}

void SendingThread::work() {
    const auto goes_on = [this] {
        const std::lock_guard guard(lock_);
        return !is_stopping_;
    };
    while (goes_on()) {
        const auto done = sender_->run_once(now_(), goes_on);
        if (!done) fault_(done.error());
        std::unique_lock lock(lock_);
        changed_.wait_for(lock, kPause, [this] { return is_stopping_ || is_woken_; });
        is_woken_ = false;
    }
}

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
//
// Fuzzes the readers of what providers send: any bytes must be read without a fault, the same way
// twice, permit nothing, and come back from the spool's form as they went in.
#include <cstdint>
#include <string>

#include "base/result.h"
#include "ledger/identity.h"
#include "webhooks/keyword.h"
#include "webhooks/receive.h"
#include "webhooks/recorded.h"

namespace licet::webhooks {
namespace {

constexpr std::int64_t kNow = 1'772'445'606;

// The first byte chooses the provider and the form, the rest is the body.
RawRequest request_of(std::uint8_t choice, std::string body) {
    RawRequest request;
    request.url = "https://licet.example/webhooks/t";
    if ((choice & 0x10U) != 0) request.url += "?" + body.substr(0, 200);
    request.headers = {{"Content-Type", (choice & 0x20U) != 0
                                            ? "multipart/form-data; boundary=b"
                                            : "application/x-www-form-urlencoded"},
                       {"Authorization", "Bearer " + body.substr(0, 300)}};
    request.body = std::move(body);
    return request;
}

std::string digest_of(const Outcome& outcome) {
    std::string out = text_of(outcome.tally);
    for (const ToRecord& one : outcome.events) {
        LICET_ENSURE(one.event.kind == ledger::EventKind::kObjectionRecorded ||
                     one.event.kind == ledger::EventKind::kInteraction);
        LICET_ENSURE(!one.event.key.empty());
        out += one.event.key;
    }
    return out;
}

void run(std::uint8_t choice, const std::string& body) {
    const auto providers = all_providers();
    const Provider provider = providers[(choice & 0x0FU) % providers.size()];
    const RawRequest request = request_of(choice, body);
    Endpoint endpoint;
    endpoint.provider = provider;
    endpoint.arn = "arn:aws:sns:eu-west-3:1:licet";
    endpoint.secrets.emplace_back("secret");
    static_cast<void>(judge(endpoint, request, kNow));
    static_cast<void>(keyword_of(body));
    const auto back = unpacked(packed(request));
    LICET_ENSURE(back.has_value() && packed(*back) == packed(request));
    const auto forged = unpacked(body);
    LICET_ENSURE(!forged || packed(*forged) == body);
    const auto reading = read_reports(provider, request);
    const auto again = read_reports(provider, request);
    LICET_ENSURE(reading.has_value() == again.has_value());
    if (!reading) return;
    const Circumstances circumstances{kNow, [](std::int64_t) { return Date{}; }, "fr"};
    const Outcome outcome = outcome_of(endpoint, *reading, circumstances);
    LICET_ENSURE(tally_of_text(text_of(outcome.tally)) == outcome.tally);
    LICET_ENSURE(digest_of(outcome) == digest_of(outcome_of(endpoint, *again, circumstances)));
}

}  // namespace
}  // namespace licet::webhooks

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 0) licet::webhooks::run(data[0], std::string(data + 1, data + size));
    return 0;
}

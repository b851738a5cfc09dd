// SPDX-License-Identifier: Apache-2.0
//
// Events of about 300 bytes of persons drawn at random: the same ones in every run.
#pragma once

#include <random>
#include <string>

#include "ledger/event.h"

namespace licet::bench {

inline ledger::Token random_token(std::mt19937_64& chance) {
    ledger::Token token;
    for (std::uint8_t& byte : token.bytes) byte = static_cast<std::uint8_t>(chance());
    return token;
}

class RandomEvents {
  public:
    ledger::Event next() {
        ledger::Event event;
        event.kind = ledger::EventKind::kInteraction;
        event.person = random_token(chance_);
        event.happened_on = Date{std::chrono::year{2026} / 11 / 26};
        event.channel = "email";
        event.purpose = "commercial";
        event.surface = "page";
        event.key = "event-" + std::to_string(++number_);
        event.attributes = {{"act", "click"}, {"note", std::string(180, 'x')}};
        return event;
    }

  private:
    std::mt19937_64 chance_{1};
    std::uint64_t number_ = 0;
};

}  // namespace licet::bench

// SPDX-License-Identifier: Apache-2.0
//
// One walk over the fields serves both ways: the coder copies them out, the decoder fills them in,
// so that the two can never disagree about order.
#include "ledger/standing_code.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <utility>

namespace licet::ledger {
namespace {

using Particulars = std::map<std::string, std::string>;

class Coder {
  public:
    void number(std::uint64_t value) {
        while (value >= 0x80) {
            out_.shape += static_cast<char>((value & 0x7F) | 0x80);
            value >>= 7U;
        }
        out_.shape += static_cast<char>(value);
    }
    void text(const std::string& text) {
        number(text.size());
        out_.shape += text;
    }
    void day(Date day) { out_.days.push_back(day); }
    void day(const std::optional<Date>& maybe) {
        number(maybe ? 1 : 0);
        if (maybe) day(*maybe);
    }
    template <typename Collection, typename Each>
    void all(const Collection& collection, const Each& each) {
        number(collection.size());
        for (const auto& one : collection) each(*this, one);
    }
    [[nodiscard]] StandingCode take() { return std::move(out_); }

  private:
    StandingCode out_;
};

class Decoder {
  public:
    Decoder(std::string_view shape, std::span<const Date> days) : shape_(shape), days_(days) {}

    void number(std::uint64_t& value) {
        value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (shape_.empty()) return fail();
            const auto byte = static_cast<std::uint8_t>(shape_.front());
            shape_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
            if (byte < 0x80) return;
        }
        fail();
    }
    void text(std::string& text) {
        std::uint64_t size = 0;
        number(size);
        if (size > shape_.size()) return fail();
        text = shape_.substr(0, size);
        shape_.remove_prefix(size);
    }
    void day(Date& day) {
        if (days_.empty()) return fail();
        day = days_.front();
        days_ = days_.subspan(1);
    }
    void day(std::optional<Date>& maybe) {
        std::uint64_t has_one = 0;
        number(has_one);
        if (has_one == 1)
            day(maybe.emplace());
        else if (has_one != 0)
            fail();
    }
    template <typename Collection, typename Each>
    void all(Collection& collection, const Each& each) {
        std::uint64_t count = 0;
        number(count);
        // A damaged count must not be believed: each element takes at least one byte or day.
        if (count > shape_.size() + days_.size()) return fail();
        for (; count > 0 && !has_failed_; --count) {
            typename Writable<typename Collection::value_type>::Type one{};
            each(*this, one);
            collection.insert(collection.end(), std::move(one));
        }
    }
    [[nodiscard]] bool is_whole() const { return !has_failed_ && shape_.empty() && days_.empty(); }

  private:
    // The key of a map's pair is constant once it is in the map.
    template <typename T>
    struct Writable {
        using Type = T;
    };
    template <typename Key, typename Value>
    struct Writable<std::pair<const Key, Value>> {
        using Type = std::pair<Key, Value>;
    };
    void fail() {
        has_failed_ = true;
        shape_ = {};
        days_ = {};
    }
    std::string_view shape_;
    std::span<const Date> days_;
    bool has_failed_ = false;
};

// ---- the walk: `auto&` is constant for the coder and writable for the decoder ------------------

void walk_particulars(auto& codec, auto& particulars) {
    codec.all(particulars, [](auto& c, auto& one) {
        c.text(one.first);
        c.text(one.second);
    });
}

void walk_scope(auto& codec, auto& scope) {
    codec.text(scope.brand);
    codec.text(scope.channel);
    codec.text(scope.purpose);
}

void walk_moment(auto& codec, auto& moment) {
    codec.day(moment.day);
    codec.text(moment.at);
}

void walk_consent(auto& codec, auto& one) {
    walk_scope(codec, one.first);
    codec.day(one.second.given_on);
    codec.day(one.second.refused_on);
    codec.day(one.second.withdrawn_on);
    walk_particulars(codec, one.second.particulars);
}

// Days of a request are whole numbers that may be of any sign.
void walk_whole(Coder& codec, const int& whole) { codec.number(static_cast<std::uint32_t>(whole)); }
void walk_whole(Decoder& codec, int& whole) {
    std::uint64_t number = 0;
    codec.number(number);
    whole = static_cast<int>(static_cast<std::uint32_t>(number));
}
void walk_step(Coder& codec, const OptInStep& step) {
    codec.number(static_cast<std::uint64_t>(step));
}
void walk_step(Decoder& codec, OptInStep& step) {
    std::uint64_t number = 0;
    codec.number(number);
    step =
        static_cast<OptInStep>(std::min(number, static_cast<std::uint64_t>(OptInStep::kSuspect)));
}

void walk_request(auto& codec, auto& one) {
    codec.text(one.first);
    codec.all(one.second.questions, [](auto& c, auto& question) {
        walk_moment(c, question.asked);
        walk_scope(c, question.scope);
        walk_whole(c, question.days);
        walk_particulars(c, question.particulars);
    });
    codec.all(one.second.steps, [](auto& c, auto& step) {
        walk_step(c, step.first);
        c.all(step.second, [](auto& inner, auto& moment) { walk_moment(inner, moment); });
    });
}

void walk_yes(Coder& codec, const bool& yes) { codec.number(yes ? 1 : 0); }
void walk_yes(Decoder& codec, bool& yes) {
    std::uint64_t number = 0;
    codec.number(number);
    yes = number != 0;
}

void walk_claims(auto& codec, auto& claims) {
    codec.all(claims.consents, [](auto& c, auto& one) { walk_consent(c, one); });
    codec.day(claims.origin.on);
    walk_particulars(codec, claims.origin.particulars);
    codec.day(claims.first_collected_on);
    codec.day(claims.relation_on);
    codec.text(claims.relation);
    codec.day(claims.last_act_on);
    codec.day(claims.last_open_on);
    codec.day(claims.last_order_on);
    codec.day(claims.last_inquiry_on);
    codec.all(claims.registers, [](auto& c, auto& one) {
        c.text(one.first);
        c.day(one.second.checked_on);
        c.text(one.second.word);
    });
}

void walk(auto& codec, auto& standing) {
    walk_claims(codec, standing);
    codec.all(standing.imports, [](auto& c, auto& one) {
        c.text(one.first);
        walk_yes(c, one.second.is_undone);
        walk_claims(c, one.second);
    });
    codec.all(standing.opt_in_requests, [](auto& c, auto& one) { walk_request(c, one); });
    codec.day(standing.informed_on);
    codec.day(standing.last_contacted_on);
    codec.day(standing.call_refused_on);
    codec.day(standing.callback_requested_on);
    codec.text(standing.callback_object);
    codec.all(standing.call_attempts, [](auto& c, auto& one) {
        c.text(one.first);
        c.day(one.second);
    });
}

}  // namespace

StandingCode code_of(const Standing& standing) {
    Coder coder;
    walk(coder, standing);
    return coder.take();
}

std::optional<Standing> standing_of(std::string_view shape, std::span<const Date> days) {
    Decoder decoder(shape, days);
    Standing standing;
    walk(decoder, standing);
    if (!decoder.is_whole()) return std::nullopt;
    return standing;
}

}  // namespace licet::ledger

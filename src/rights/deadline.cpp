// SPDX-License-Identifier: Apache-2.0
#include "rights/deadline.h"

#include <array>

namespace licet::rights {
namespace {

// A clock that runs longer is none: then the packs do not say.
constexpr int kMostDays = 731;
constexpr std::string_view kQuestion = "respond";
constexpr std::string_view kInTime = "in_time";

std::string_view weekday_word(Date day) {
    constexpr std::array<std::string_view, 7> kWords = {"sun", "mon", "tue", "wed",
                                                        "thu", "fri", "sat"};
    return kWords.at(std::chrono::weekday{day}.c_encoding());
}

// What is asked of the law about one day, for a request that is not answered yet.
class Clock {
  public:
    Clock(const law::Law& law, const std::string& country, Date received_on,
          std::optional<Date> extended_on)
        : law_(law), country_(country), received_on_(received_on), extended_on_(extended_on) {}

    // `is_kept`: what the law is told where it leaves the count to the calendar.
    [[nodiscard]] Result<law::Decision> on(Date day, bool is_kept) const {
        law::Facts facts;
        const std::string extended = extended_on_ ? text_of(*extended_on_) : "never";
        for (const auto& [name, value] :
             std::initializer_list<std::pair<std::string_view, std::string>>{
                 {"country", country_},
                 {"weekday", std::string(weekday_word(day))},
                 {"request.received_on", text_of(received_on_)},
                 {"request.answered_on", "never"},
                 {"request.extended_on", extended},
                 {"request.period_kept", is_kept ? "yes" : "no"},
                 {"request.account_required", "no"}})
            LICET_TRY(law::set_fact(facts, law_.vocabulary(), name, value));
        facts.set(law_.variables().at(), Moment{day, {}});
        return law_.decide(kQuestion, facts);
    }

    // Walks from the day of receipt to the first day that is late.
    [[nodiscard]] Result<Deadline> walk(bool is_kept) const {
        Deadline out{received_on_, received_on_, {}, {}};
        bool is_sure = true;
        for (int i = 0; i < kMostDays; ++i) {
            const Date day = received_on_ + std::chrono::days{i};
            const law::Decision said = LICET_TRY(on(day, is_kept));
            if (!is_in_time(said)) {
                word(said, out);
                return out;
            }
            out.due_on = day;
            is_sure = is_sure && said.certainty == law::Certainty::kSettled;
            if (is_sure) out.surely_by = day;
        }
        return error(ErrorCode::kMissing, "rights.no_clock", {{"country", country_}});
    }

  private:
    [[nodiscard]] bool is_in_time(const law::Decision& said) const {
        const law::Question* question = law_.vocabulary().question(kQuestion);
        return question != nullptr && question->answer_name(said.answer) == kInTime;
    }
    void word(const law::Decision& said, Deadline& out) const {
        if (said.reasons.empty()) return;
        const law::Rule& rule = law_.rules().rules.at(said.reasons.front().rule);
        out.tell = rule.tell;
        out.cites = rule.cites;
    }

    const law::Law& law_;
    const std::string& country_;
    Date received_on_;
    std::optional<Date> extended_on_;
};

}  // namespace

Result<Deadline> deadline_of(const law::Law& law, const std::string& country,
                             const DataRequest& request) {
    const auto received = request.on(RequestStep::kOpened);
    if (!received || !law.has_rules_of(country, kQuestion))
        return error(ErrorCode::kMissing, "rights.no_clock", {{"country", country}});
    const Deadline first = LICET_TRY(Clock(law, country, *received, {}).walk(true));
    const auto extended = request.on(RequestStep::kExtended);
    if (!extended) return first;
    const bool is_announced_in_time = *extended <= first.due_on;
    return Clock(law, country, *received, extended).walk(is_announced_in_time);
}

int days_left(const Deadline& deadline, Date today) {
    return static_cast<int>((deadline.due_on - today).count());
}

}  // namespace licet::rights

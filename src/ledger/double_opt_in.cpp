// SPDX-License-Identifier: Apache-2.0
#include "ledger/double_opt_in.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "ledger/suppression.h"

namespace licet::ledger {
namespace {

constexpr std::array kSteps = {OptInStep::kRequested, OptInStep::kMailAccepted,
                               OptInStep::kPageSeen,  OptInStep::kConfirmed,
                               OptInStep::kBounced,   OptInStep::kSuspect};
constexpr int kMostDays = 366;

OptInMoment moment_of(const Event& event) {
    return {event.happened_on, std::string(attribute(event, "at"))};
}

OptInQuestion question_of(const Event& event) {
    OptInQuestion question{moment_of(event), scope_of(event), 0, {}};
    // A number that cannot be read gives no time at all.
    const auto days = whole_number(attribute(event, "days"));
    if (days && *days <= kMostDays) question.days = static_cast<int>(*days);
    for (const auto& [name, value] : event.attributes)
        if (name.starts_with("consent.")) question.particulars.emplace(name, value);
    return question;
}

bool has(const OptInRequest& request, OptInStep step) { return request.steps.contains(step); }

}  // namespace

std::string_view name_of(OptInStep step) {
    switch (step) {
        case OptInStep::kRequested:
            return "requested";
        case OptInStep::kMailAccepted:
            return "mail_accepted";
        case OptInStep::kPageSeen:
            return "page_seen";
        case OptInStep::kConfirmed:
            return "confirmed";
        case OptInStep::kBounced:
            return "bounced";
        case OptInStep::kSuspect:
            return "suspect";
    }
    LICET_ENSURE(false);
}

std::optional<OptInStep> opt_in_step_of(std::string_view name) {
    for (const OptInStep step : kSteps)
        if (name_of(step) == name) return step;
    return std::nullopt;
}

std::optional<OptInStep> opt_in_step_of(const Event& event) {
    return opt_in_step_of(attribute(event, "step"));
}

void fold(OptInRequests& requests, const Event& event) {
    const std::string_view name = attribute(event, "request");
    const auto step = opt_in_step_of(event);
    if (name.empty() || !step) return;
    OptInRequest& request = requests[std::string(name)];
    if (*step == OptInStep::kRequested) request.questions.insert(question_of(event));
    request.steps[*step].insert(moment_of(event));
}

Date last_day_of(const OptInQuestion& question) {
    return question.asked.day + std::chrono::days{question.days};
}

void join(OptInRequests& requests, const OptInRequests& other) {
    for (const auto& [name, said] : other) {
        OptInRequest& known = requests[name];
        known.questions.insert(said.questions.begin(), said.questions.end());
        for (const auto& [step, moments] : said.steps)
            known.steps[step].insert(moments.begin(), moments.end());
    }
}

std::optional<OptInMoment> confirmation_of(const OptInRequest& request,
                                           const OptInQuestion& question) {
    const auto confirmed = request.steps.find(OptInStep::kConfirmed);
    if (confirmed == request.steps.end()) return std::nullopt;
    const auto suspect = request.steps.find(OptInStep::kSuspect);
    for (const OptInMoment& one : confirmed->second) {
        const bool is_in_time = !(one < question.asked) && one.day <= last_day_of(question);
        // A mark of suspicion is about what came before it; the person may confirm again.
        const bool is_of_the_person =
            suspect == request.steps.end() || *suspect->second.rbegin() < one;
        if (is_in_time && is_of_the_person) return one;
    }
    return std::nullopt;
}

std::string_view name_of(OptInState state) {
    switch (state) {
        case OptInState::kUnknown:
            return "unknown";
        case OptInState::kRequested:
            return "requested";
        case OptInState::kMailAccepted:
            return "mail_accepted";
        case OptInState::kPageSeen:
            return "page_seen";
        case OptInState::kConfirmed:
            return "confirmed";
        case OptInState::kExpired:
            return "expired";
        case OptInState::kBounced:
            return "bounced";
        case OptInState::kSuspect:
            return "suspect";
    }
    LICET_ENSURE(false);
}

OptInState state_of(const OptInRequest& request, Date day) {
    const auto& questions = request.questions;
    if (questions.empty()) return OptInState::kUnknown;
    const auto is_confirmed = [&](const OptInQuestion& one) {
        const auto moment = confirmation_of(request, one);
        return moment && moment->day <= day;
    };
    if (std::any_of(questions.begin(), questions.end(), is_confirmed))
        return OptInState::kConfirmed;
    if (has(request, OptInStep::kSuspect)) return OptInState::kSuspect;
    if (has(request, OptInStep::kBounced)) return OptInState::kBounced;
    if (std::all_of(questions.begin(), questions.end(),
                    [&](const OptInQuestion& one) { return last_day_of(one) < day; }))
        return OptInState::kExpired;
    if (has(request, OptInStep::kPageSeen)) return OptInState::kPageSeen;
    if (has(request, OptInStep::kMailAccepted)) return OptInState::kMailAccepted;
    return OptInState::kRequested;
}

}  // namespace licet::ledger

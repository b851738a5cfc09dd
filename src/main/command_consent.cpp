// SPDX-License-Identifier: Apache-2.0
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/json.h"
#include "base/text.h"
#include "base/utc.h"
#include "ledger/consent.h"
#include "main/commands.h"
#include "main/people.h"
#include "main/recorder.h"
#include "main/zones.h"

namespace licet {
namespace {

constexpr std::size_t kIdBytes = 8;

std::int64_t seconds_of(const std::string& at) {
    const auto moment = parse_moment(at);
    const auto seconds = at.size() == 20 ? whole_number(std::string_view(at).substr(17, 2))
                                         : std::optional<std::int64_t>{};
    return moment && seconds ? utc_minutes(*moment) * 60 + *seconds : 0;
}

// Without a moment an act of today has that of now; one of another day has none.
std::string moment_of(const ConsentOptions& options) {
    if (!options.at.empty() || !options.on.empty()) return options.at;
    return utc_text(now_seconds());
}

std::vector<std::string> or_all(std::vector<std::string> values) {
    if (values.empty()) values.emplace_back();
    return values;
}

// What all events of one act share; channel, purpose and key come later.
RecordOptions act_of(const ConsentOptions& options, const Workspace& workspace,
                     std::string_view kind) {
    RecordOptions act;
    act.kind = kind;
    act.address = options.address;
    act.on = options.on.empty() ? options.at.substr(0, 10) : options.on;
    act.surface = options.surface;
    act.attributes = options.attributes;
    const std::string at = moment_of(options);
    const std::string controller =
        options.controller.empty() ? workspace.controller : options.controller;
    for (const auto& [name, value] : {std::pair<std::string, std::string>{"at", at},
                                      {"controller", controller},
                                      {"language", options.language},
                                      {"notice", options.notice},
                                      {"why", options.why}})
        if (!value.empty()) act.attributes.push_back(name + "=" + value);
    return act;
}

Result<std::string> fresh_id() {
    std::array<std::uint8_t, kIdBytes> chance{};
    if (RAND_bytes(chance.data(), static_cast<int>(chance.size())) != 1)
        return error(ErrorCode::kBroken, "workspace.no_randomness");
    return hex_of(chance);
}

// The same for the same words, so that a repeat is a repeat. The key may hold an address.
std::string id_of(const RecordOptions& act, const std::string& key, Recorder& recorder) {
    std::string text = act.kind + "\n" + act.on + "\n" + act.surface + "\n" + key;
    for (const std::string& attribute : act.attributes) text += "\n" + attribute;
    return recorder.name_of(text);
}

// One event for each channel and purpose.
Result<Done> record(const law::Vocabulary& words, const ConsentOptions& options, RecordOptions act,
                    Recorder& recorder) {
    for (const std::string& channel : or_all(options.channels))
        for (const std::string& purpose : or_all(options.purposes)) {
            act.channel = channel;
            act.purpose = purpose;
            act.key = options.key.empty() ? "" : options.key + "/" + channel + "/" + purpose;
            const Said said = LICET_TRY(said_by(words, act));
            LICET_TRY(recorder.add(said));
        }
    return recorder.flush();
}

Result<ledger::OptInRequests> requests_of(const ConsentOptions& options, Recorder& recorder) {
    const auto points = LICET_TRY(tokens_of_address(recorder.workspace(), options.address));
    const auto events = LICET_TRY(events_of_person(recorder.store(), points));
    ledger::OptInRequests requests;
    for (const ledger::StoredEvent& one : events)
        if (one.event.kind == ledger::EventKind::kDoubleOptIn) fold(requests, one.event);
    return requests;
}

using NamedRequest = std::pair<std::string, ledger::OptInRequest>;

// The request that a step belongs to: the one that is named, else the newest.
Result<NamedRequest> request_of(const ConsentOptions& options, Recorder& recorder) {
    std::optional<NamedRequest> found;
    for (const auto& one : LICET_TRY(requests_of(options, recorder))) {
        if (one.second.questions.empty()) continue;
        const bool is_newer = !found || found->second.questions.rbegin()->asked <
                                            one.second.questions.rbegin()->asked;
        if (options.request.empty() ? is_newer : one.first == options.request) found = one;
    }
    if (found) return *found;
    return error(ErrorCode::kMissing, "choice.no_request");
}

// A person needs longer than this to read a mail: a machine opened and confirmed it.
bool is_too_fast(const ledger::OptInRequest& request, const std::string& at,
                 std::int64_t suspect_seconds) {
    const auto accepted = request.steps.find(ledger::OptInStep::kMailAccepted);
    if (accepted == request.steps.end() || at.empty()) return false;
    return std::any_of(
        accepted->second.begin(), accepted->second.end(), [&](const ledger::OptInMoment& one) {
            const std::int64_t after = one.at.empty() ? -1 : seconds_of(at) - seconds_of(one.at);
            return after >= 0 && after < suspect_seconds;
        });
}

struct Answer {
    std::string request;
    ledger::OptInState state = ledger::OptInState::kUnknown;
    Date last_day;
};

Result<Answer> answer_for(const ConsentOptions& options, const std::string& id,
                          Recorder& recorder) {
    ConsentOptions again = options;
    again.request = id;
    const auto [name, request] = LICET_TRY(request_of(again, recorder));
    return Answer{name, state_of(request, now().day), last_day_of(*request.questions.rbegin())};
}

Result<Answer> ask(const law::Vocabulary& words, const ConsentOptions& options,
                   Recorder& recorder) {
    // Nobody can be asked for everything: a request says for what.
    if (options.channels.empty() || options.purposes.empty())
        return error(ErrorCode::kInput, "choice.request_for_what");
    RecordOptions act = act_of(options, recorder.workspace(), "double_opt_in");
    const std::int64_t days = options.days > 0 ? options.days : recorder.workspace().opt_in_days;
    act.attributes.push_back("days=" + std::to_string(days));
    const std::string id = options.key.empty() ? LICET_TRY(fresh_id())
                                               : id_of(act, "request/" + options.key, recorder);
    act.attributes.push_back("request=" + id);
    act.attributes.emplace_back("step=requested");
    LICET_TRY(record(words, options, std::move(act), recorder));
    return answer_for(options, id, recorder);
}

Result<Answer> step(const law::Vocabulary& words, const ConsentOptions& options,
                    ledger::OptInStep step, Recorder& recorder) {
    const auto [id, request] = LICET_TRY(request_of(options, recorder));
    const std::string at = moment_of(options);
    std::vector<ledger::OptInStep> steps{step};
    ConsentOptions one = options;
    one.channels.clear();
    one.purposes.clear();
    one.at = at;
    if (step == ledger::OptInStep::kConfirmed &&
        is_too_fast(request, at, recorder.workspace().suspect_seconds))
        steps.push_back(ledger::OptInStep::kSuspect);
    for (const ledger::OptInStep each : steps) {
        if (each != step) one.why = "too_fast";
        RecordOptions act = act_of(one, recorder.workspace(), "double_opt_in");
        act.attributes.push_back("request=" + id);
        act.attributes.push_back("step=" + std::string(name_of(each)));
        act.key = one.key.empty() ? "" : one.key + "/" + std::string(name_of(each));
        const Said said = LICET_TRY(said_by(words, act));
        LICET_TRY(recorder.add(said));
    }
    LICET_TRY(recorder.flush());
    return answer_for(options, id, recorder);
}

// A yes, a no and a withdrawal are recorded alike, with the same particulars.
Result<Done> choose(const law::Vocabulary& words, const ConsentOptions& options,
                    std::string_view kind, Recorder& recorder) {
    if (kind == "consent_given" && options.channels.empty())
        return error(ErrorCode::kInput, "choice.which_channel");
    ConsentOptions full = options;
    RecordOptions act = act_of(options, recorder.workspace(), kind);
    act.attributes.push_back("choice=" + id_of(act, options.key, recorder));
    if (!options.request.empty()) {
        const auto [id, request] = LICET_TRY(request_of(options, recorder));
        act.attributes.push_back("request=" + id);
        std::set<std::string> channels;
        std::set<std::string> purposes;
        for (const ledger::OptInQuestion& question : request.questions) {
            channels.insert(question.scope.channel);
            purposes.insert(question.scope.purpose);
        }
        if (full.channels.empty()) full.channels.assign(channels.begin(), channels.end());
        if (full.purposes.empty()) full.purposes.assign(purposes.begin(), purposes.end());
    }
    return record(words, full, std::move(act), recorder);
}

void print_answer(const Terminal& terminal, const Answer& answer) {
    const std::string state(name_of(answer.state));
    if (terminal.wants_json())
        terminal.print(json::serialize(json::object{{"request", answer.request},
                                                    {"state", state},
                                                    {"last_day", text_of(answer.last_day)}}));
    else
        terminal.print(terminal.text()("choice.request_stands",
                                       {{"request", answer.request},
                                        {"state", terminal.text()("opt_in." + state)},
                                        {"day", worded(answer.last_day, terminal.language())}}));
}

std::string kind_of_choice(const std::string& act) {
    if (act == "give") return "consent_given";
    if (act == "refuse") return "consent_refused";
    return act == "withdraw" ? "consent_withdrawn" : "";
}

std::optional<ledger::OptInStep> step_of(const std::string& act) {
    if (act == "mail-accepted") return ledger::OptInStep::kMailAccepted;
    if (act == "page-seen") return ledger::OptInStep::kPageSeen;
    if (act == "confirm") return ledger::OptInStep::kConfirmed;
    return ledger::opt_in_step_of(act);  // bounced, suspect
}

}  // namespace

int run_consent(const Terminal& terminal, const Common& common, const ConsentOptions& options) {
    const auto law = load_law(terminal, common);
    if (!law) return exit_status::kBadInput;
    auto recorder = Recorder::open(common);
    if (!recorder) return fail(terminal, recorder.error());
    if (const std::string kind = kind_of_choice(options.act); !kind.empty()) {
        const auto done = choose(law->vocabulary(), options, kind, *recorder);
        if (!done) return fail(terminal, done.error());
        print_recorded(terminal, *recorder);
        return 0;
    }
    const auto answer = options.act == "request"
                            ? ask(law->vocabulary(), options, *recorder)
                            : step(law->vocabulary(), options, *step_of(options.act), *recorder);
    if (!answer) return fail(terminal, answer.error());
    print_answer(terminal, *answer);
    // A confirmation that came too late, or from a machine, is recorded and is no consent.
    const bool is_refused =
        options.act == "confirm" && answer->state != ledger::OptInState::kConfirmed;
    return is_refused ? exit_status::kForbidden : 0;
}

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
//
// `licet request`: what persons ask about their data, from the first letter to the answer.
//
//     open ─► (confirm) ─► extend, answer, refuse or close      list: what waits, and how long
//     propagate: who has not stopped yet      acknowledge: a processor says that it has
#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "main/command_request.h"
#include "main/family.h"
#include "main/files.h"
#include "main/people.h"
#include "main/rights_desk.h"
#include "main/zones.h"
#include "rights/letters.h"

namespace licet {
namespace {

using rights::DataRequest;
using rights::RequestStep;

// One command of the family at work.
class RequestDesk {
  public:
    RequestDesk(const Terminal& terminal, RightsDesk desk, const RequestOptions& options)
        : terminal_(terminal), desk_(std::move(desk)), options_(options) {}

    Result<int> open() {
        const auto kind = rights::request_kind_of(options_.kind);
        if (!kind) return unknown_kind();
        const ledger::ContactTokens person = LICET_TRY(person_of());
        const Date day = LICET_TRY(day_or_today(options_.on));
        const std::string id = rights::request_id(person.strict, *kind, day);
        rights::StepSaid said{id, RequestStep::kOpened, kind, "", false, day};
        DataRequest wanted;
        wanted.id = id;
        wanted.kind = kind;
        wanted.steps.emplace(RequestStep::kOpened, day);
        LICET_TRY(letter_text(rights::LetterKind::kReceived, wanted, person));
        // Whoever wants to be erased, or not to be written to, waits for no answer.
        if (kind == rights::RequestKind::kObjection || kind == rights::RequestKind::kErasure)
            LICET_TRY(object(person, day));
        LICET_TRY(append(said, person.strict));
        const DataRequest request = LICET_TRY(request_of(person, id));
        if (!terminal_.wants_json())
            terminal_.print(terminal_.text()("requests.opened", {{"id", id}}));
        return letter(rights::LetterKind::kReceived, request, person);
    }

    Result<int> step(RequestStep step, std::optional<rights::LetterKind> letter_kind) {
        const ledger::ContactTokens person = LICET_TRY(person_of());
        const DataRequest before = LICET_TRY(request_of(person, options_.id));
        const Date day = LICET_TRY(day_or_today(options_.on));
        rights::StepSaid said{before.id, step, {}, options_.reason, options_.source_given, day};
        if (step == RequestStep::kExtended) LICET_TRY(check_extension(before, day));
        // A letter that cannot be written stops the step, not the other way round.
        DataRequest after = before;
        after.steps.emplace(step, day);
        after.reasons.emplace(step, options_.reason);
        if (letter_kind) LICET_TRY(letter_text(*letter_kind, after, person));
        LICET_TRY(append(said, person.strict));
        const DataRequest now = LICET_TRY(request_of(person, before.id));
        if (!terminal_.wants_json())
            terminal_.print(terminal_.text()("requests.recorded",
                                             {{"id", now.id}, {"state", state_words(now)}}));
        if (letter_kind) return letter(*letter_kind, now, person);
        if (terminal_.wants_json()) print_json(now, nullptr);
        return 0;
    }

    Result<int> list() {
        std::vector<ledger::Event> events;
        LICET_TRY(desk_.store().for_each(ledger::Which::kRequests, [&](const ledger::Event& event) {
            events.push_back(event);
        }));
        const auto lines = LICET_TRY(lines_of_persons());
        std::vector<Waiting> rows;
        for (const auto& [name, request] : rights::requests_of(events)) {
            if (!options_.wants_all && !is_waiting(state_of(request))) continue;
            const auto found = deadline_of(desk_.law(), desk_.settings().country, request);
            const auto line = lines.find(request.person);
            rows.push_back({request, found ? std::optional(*found) : std::nullopt,
                            line == lines.end() ? 0 : line->second});
        }
        std::sort(rows.begin(), rows.end(),
                  [](const Waiting& a, const Waiting& b) { return a.due() < b.due(); });
        print(rows);
        return 0;
    }

    Result<int> propagate() {
        const std::vector<rights::Propagation> missing = LICET_TRY(unacknowledged());
        json::array out;
        for (const rights::Propagation& one : missing) {
            const std::string person = hex_of(std::span(one.person.bytes).first(4));
            if (terminal_.wants_json())
                out.push_back(json::object{{"person", person},
                                           {"objection", one.objection},
                                           {"on", text_of(one.objected_on)},
                                           {"processor", one.processor}});
            else
                terminal_.print(
                    terminal_.text()("requests.propagation_line",
                                     {{"person", person},
                                      {"day", worded(one.objected_on, terminal_.language())},
                                      {"processor", one.processor}}));
        }
        if (terminal_.wants_json())
            terminal_.print(json::serialize(out));
        else if (missing.empty())
            terminal_.print(terminal_.text()("requests.propagation_none"));
        return 0;
    }

    Result<int> acknowledge() {
        const auto& known = desk_.settings().processors;
        if (std::find(known.begin(), known.end(), options_.processor) == known.end())
            return error(ErrorCode::kInput, "requests.unknown_processor",
                         {{"known", join(known, ", ")}});
        std::optional<ledger::Token> only;
        if (!options_.address.empty()) only = LICET_TRY(person_of()).strict;
        const Date day = LICET_TRY(day_or_today(options_.on));
        std::vector<ledger::Event> batch;
        const std::vector<rights::Propagation> missing = LICET_TRY(unacknowledged());
        for (const rights::Propagation& one : missing) {
            if (one.processor != options_.processor || (only && one.person != *only)) continue;
            ledger::Event event = rights::acknowledgement_of(one, day);
            finish(event);
            batch.push_back(std::move(event));
        }
        if (!batch.empty()) LICET_TRY(desk_.store().append(batch));
        terminal_.print(terminal_.text()(
            "requests.propagation_acknowledged",
            {{"count", std::to_string(batch.size())}, {"processor", options_.processor}}));
        return 0;
    }

  private:
    struct Waiting {
        DataRequest request;
        std::optional<rights::Deadline> deadline;
        int line = 0;  ///< of the file of addresses; 0 = not there
        // Who has no clock comes first: somebody must look.
        [[nodiscard]] Date due() const { return deadline ? deadline->due_on : Date{}; }
    };

    [[nodiscard]] static Error unknown_kind() {
        std::vector<std::string> names;
        for (const rights::RequestKind kind : rights::all_request_kinds())
            names.emplace_back(name_of(kind));
        return error(ErrorCode::kInput, "requests.unknown_kind", {{"known", join(names, ", ")}});
    }

    // A request that came by a link has a token and no address: whoever answers looks for it among
    // the addresses they have. Lines that are no address are nobody's.
    [[nodiscard]] Result<std::map<ledger::Token, int>> lines_of_persons() const {
        std::map<ledger::Token, int> out;
        if (options_.among.empty()) return out;
        const std::string text = LICET_TRY(read_file(options_.among));
        auto tokeniser = LICET_TRY(ledger::Tokeniser::create(desk_.workspace().key));
        int number = 0;
        for (const std::string_view line : licet::lines_of(text)) {
            ++number;
            const auto point = ledger::contact_point_of(trimmed(line), desk_.workspace().country);
            if (point) out.emplace(tokeniser.token(point->strict), number);
        }
        return out;
    }

    [[nodiscard]] Result<ledger::ContactTokens> person_of() const {
        auto points = LICET_TRY(tokens_of_address(desk_.workspace(), options_.address));
        return std::move(points.front());
    }

    // The one that is named, else the oldest that waits.
    [[nodiscard]] Result<DataRequest> request_of(const ledger::ContactTokens& person,
                                                 const std::string& id) {
        const rights::Known known = LICET_TRY(desk_.known(person));
        std::optional<DataRequest> found;
        for (const auto& [name, request] : rights::requests_of(known.events)) {
            if (id.empty() ? !is_waiting(state_of(request)) : request.id != id) continue;
            const bool is_older =
                !found || request.on(RequestStep::kOpened) < found->on(RequestStep::kOpened);
            if (is_older) found = request;
        }
        if (found) return *found;
        return error(ErrorCode::kMissing, id.empty() ? "requests.not_found" : "requests.not_yours");
    }

    [[nodiscard]] Result<Done> check_extension(const DataRequest& request, Date day) const {
        const auto first = LICET_TRY(deadline_of(desk_.law(), desk_.settings().country, request));
        if (day <= first.due_on) return Done{};
        return error(ErrorCode::kInput, "requests.too_late_to_extend",
                     {{"due", worded(first.due_on, terminal_.language())}});
    }

    void finish(ledger::Event& event) const {
        event.received_at = now_seconds();
        event.tenant = desk_.settings().tenant;
        event.surface = options_.surface;
    }

    [[nodiscard]] Result<Done> object(const ledger::ContactTokens& person, Date day) {
        ledger::Event event;
        event.kind = ledger::EventKind::kObjectionRecorded;
        event.happened_on = day;
        event.attributes.emplace("reason", "request");
        finish(event);
        const std::vector<ledger::Event> batch = ledger::spread(event, person);
        LICET_TRY(desk_.store().append(batch));
        return Done{};
    }

    [[nodiscard]] Result<Done> append(const rights::StepSaid& said, const ledger::Token& person) {
        ledger::Event event = event_of(said);
        event.person = person;
        finish(event);
        LICET_TRY(desk_.store().append({&event, 1}));
        return Done{};
    }

    [[nodiscard]] Result<std::vector<rights::Propagation>> unacknowledged() {
        std::vector<ledger::Event> events;
        LICET_TRY(desk_.store().for_each(ledger::Which::kAll, [&](const ledger::Event& event) {
            const bool is_wanted = ledger::is_objection(event.kind) ||
                                   event.kind == ledger::EventKind::kProcessorAcknowledged;
            if (is_wanted) events.push_back(event);
        }));
        std::optional<Date> since;
        if (!options_.since.empty()) since = LICET_TRY(parse_date(options_.since));
        auto out = rights::propagations_of(events, desk_.settings().processors, since);
        std::erase_if(out, [](const auto& one) { return one.acknowledged_on.has_value(); });
        return out;
    }

    [[nodiscard]] Result<rights::Letter> letter_text(rights::LetterKind kind,
                                                     const DataRequest& request,
                                                     const ledger::ContactTokens& person) {
        const rights::Known known = LICET_TRY(desk_.known(person));
        rights::LetterModel model{&request, &desk_.settings(), &known, &desk_.law().vocabulary(),
                                  {},       options_.link};
        if (auto found = deadline_of(desk_.law(), desk_.settings().country, request))
            model.deadline = *std::move(found);
        return letter_of(
            kind, model,
            catalogue_of(options_.language == "en" ? Language::kEnglish : Language::kFrench));
    }

    Result<int> letter(rights::LetterKind kind, const DataRequest& request,
                       const ledger::ContactTokens& person) {
        const rights::Letter letter = LICET_TRY(letter_text(kind, request, person));
        if (terminal_.wants_json()) {
            print_json(request, &letter);
            return 0;
        }
        terminal_.print();
        terminal_.print(letter.subject);
        terminal_.print();
        terminal_.print(letter.text);
        return 0;
    }

    [[nodiscard]] std::string state_words(const DataRequest& request) const {
        return terminal_.text()(
            Message("requests.state_" + std::string(name_of(state_of(request)))));
    }

    [[nodiscard]] json::object in_json(const DataRequest& request) const {
        json::object steps;
        for (const auto& [step, day] : request.steps) steps.emplace(name_of(step), text_of(day));
        json::object out{{"request", request.id},
                         {"kind", request.kind ? name_of(*request.kind) : std::string_view{}},
                         {"state", name_of(state_of(request))},
                         {"surface", request.surface},
                         {"steps", std::move(steps)}};
        const auto found = deadline_of(desk_.law(), desk_.settings().country, request);
        if (!found) return out;
        out["due_on"] = text_of(found->due_on);
        out["surely_by"] = text_of(found->surely_by);
        out["days_left"] = days_left(*found, desk_.today());
        json::array cites;
        for (const std::string& cite : found->cites) cites.emplace_back(cite);
        out["cites"] = std::move(cites);
        return out;
    }

    void print_json(const DataRequest& request, const rights::Letter* letter) const {
        json::object out = in_json(request);
        if (letter != nullptr)
            out["letter"] = json::object{{"subject", letter->subject}, {"text", letter->text}};
        terminal_.print(json::serialize(out));
    }

    [[nodiscard]] std::string clock_words(const Waiting& one) const {
        if (!one.deadline) return terminal_.text()("requests.no_clock");
        const int left = days_left(*one.deadline, desk_.today());
        const bool is_late = left < 0 && is_waiting(state_of(one.request));
        std::string out =
            terminal_.text()(is_late ? "requests.late" : "requests.deadline",
                             {{"due", worded(one.deadline->due_on, terminal_.language())},
                              {"left", std::to_string(left)}});
        if (one.deadline->surely_by != one.deadline->due_on)
            out +=
                terminal_.text()("requests.surely",
                                 {{"day", worded(one.deadline->surely_by, terminal_.language())}});
        return out;
    }

    void print(const std::vector<Waiting>& rows) const {
        json::array out;
        for (const Waiting& one : rows) {
            if (terminal_.wants_json()) {
                json::object object = in_json(one.request);
                if (one.line > 0) object["line"] = one.line;
                out.push_back(std::move(object));
                continue;
            }
            const auto received = one.request.on(RequestStep::kOpened);
            const std::string kind =
                one.request.kind ? std::string(name_of(*one.request.kind)) : std::string("any");
            terminal_.print(terminal_.text()(
                "requests.line",
                {{"id", one.request.id},
                 {"state", state_words(one.request)},
                 {"kind", terminal_.text()(Message("rights.kind_" + kind))},
                 {"received", received ? worded(*received, terminal_.language()) : "?"},
                 {"clock", clock_words(one)}}));
            if (one.line > 0)
                terminal_.print(
                    terminal_.text()("requests.among", {{"line", std::to_string(one.line)}}));
        }
        if (terminal_.wants_json())
            terminal_.print(json::serialize(out));
        else if (rows.empty())
            terminal_.print(terminal_.text()("requests.none"));
    }

    const Terminal& terminal_;
    RightsDesk desk_;
    const RequestOptions& options_;
};

class RequestFamily : public Family {
  public:
    void declare(CLI::App& licet, const Catalogue& say) override {
        CLI::App& request = add_command(licet, say, "request");
        request.require_subcommand(1);
        CLI::App& open = of_person(request, say, "open", say("help.request_open"));
        open.add_option("kind", options_.kind, say("help.request_kind"))->required();
        for (const auto& [name, help] : {std::pair{"confirm", say("help.request_confirm")},
                                         {"extend", say("help.request_extend")},
                                         {"answer", say("help.request_answer")},
                                         {"refuse", say("help.request_refuse")},
                                         {"close", say("help.request_close")}}) {
            CLI::App& one = of_person(request, say, name, help);
            one.add_option("--request", options_.id, say("help.request_id"));
            one.add_option("--reason", options_.reason, say("help.request_reason"));
        }
        request.get_subcommand("answer")->add_flag("--source-given", options_.source_given,
                                                   say("help.request_source_given"));
        CLI::App& list = *request.add_subcommand("list", say("help.request_list"));
        list.add_flag("--all", options_.wants_all, say("help.request_all"));
        list.add_option("--among", options_.among, say("help.request_among"));
        CLI::App& propagate = *request.add_subcommand("propagate", say("help.request_propagate"));
        CLI::App& acknowledge =
            *request.add_subcommand("acknowledge", say("help.request_acknowledge"));
        acknowledge.add_option("processor", options_.processor, say("help.request_processor"))
            ->required();
        acknowledge.add_option("address", options_.address, say("help.request_address"));
        acknowledge.add_option("--on", options_.on, say("help.request_on"));
        for (CLI::App* one : {&propagate, &acknowledge})
            one->add_option("--since", options_.since, say("help.request_since"));
    }

    std::optional<int> run(const CLI::App& licet, const Terminal& terminal,
                           const Common& common) override {
        if (!is_chosen(licet, "request")) return std::nullopt;
        for (const CLI::App* one : licet.get_subcommand("request")->get_subcommands())
            return run_request(terminal, common, one->get_name(), options_);
        return std::nullopt;
    }

  private:
    CLI::App& of_person(CLI::App& request, const Catalogue& say, const char* name,
                        const std::string& help) {
        CLI::App& one = *request.add_subcommand(name, help);
        one.add_option("address", options_.address, say("help.request_address"))->required();
        one.add_option("--on", options_.on, say("help.request_on"));
        one.add_option("--surface", options_.surface, say("help.request_surface"));
        one.add_option("--language", options_.language, say("help.request_letter_language"))
            ->check(CLI::IsMember({"fr", "en"}));
        return one;
    }

    RequestOptions options_;
};

}  // namespace

int run_request(const Terminal& terminal, const Common& common, std::string_view part,
                const RequestOptions& options) {
    const bool only_reads = part == "list" || part == "propagate";
    auto desk = RightsDesk::open(terminal, common, "", only_reads);
    if (!desk) return fail(terminal, desk.error());
    RequestDesk at(terminal, std::move(desk).value(), options);
    using rights::LetterKind;
    const auto done = part == "open"        ? at.open()
                      : part == "list"      ? at.list()
                      : part == "confirm"   ? at.step(RequestStep::kIdentityConfirmed, std::nullopt)
                      : part == "extend"    ? at.step(RequestStep::kExtended, LetterKind::kExtended)
                      : part == "answer"    ? at.step(RequestStep::kAnswered, LetterKind::kAnswered)
                      : part == "refuse"    ? at.step(RequestStep::kRefused, LetterKind::kRefused)
                      : part == "close"     ? at.step(RequestStep::kClosed, std::nullopt)
                      : part == "propagate" ? at.propagate()
                                            : at.acknowledge();
    return done ? *done : fail(terminal, done.error());
}

std::unique_ptr<Family> request_family() { return std::make_unique<RequestFamily>(); }

}  // namespace licet

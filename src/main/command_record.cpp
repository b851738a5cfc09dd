// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/json.h"
#include "base/personal.h"
#include "base/text.h"
#include "main/commands.h"
#include "main/files.h"
#include "main/people.h"
#include "main/resources.h"
#include "main/zones.h"

namespace licet {
namespace {

constexpr std::size_t kBatch = 10'000;

// What one event says before it has tokens.
struct Said {
    ledger::Event event;
    std::string email;
    std::string phone;
    std::string country;
    std::string address;  ///< of whatever kind
};

// The ledger is kept for ever: what looks like an address or a number does not get into its texts.
Result<Done> check_free_text(const std::string& name, const std::string& text) {
    constexpr std::ptrdiff_t kMostDigits = 6;
    const auto digits =
        std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (text.find('@') == text.npos && digits <= kMostDigits) return Done{};
    return error(ErrorCode::kInput, "record.personal_text", {{"name", name}});
}

// A value that is no value of its fact must not enter a ledger that is kept for ever.
Result<Done> check_attribute(const law::Vocabulary& words, const std::string& name,
                             const std::string& value) {
    constexpr std::array kOwn = {"act", "outcome", "object", "reason", "brand"};
    if (std::find(kOwn.begin(), kOwn.end(), name) != kOwn.end())
        return check_free_text(name, value);
    law::Facts unused;
    return law::set_fact(unused, words, name, value);
}

Result<Done> check_word(const law::Vocabulary& words, const char* fact, const std::string& value) {
    law::Facts unused;
    if (value.empty()) return Done{};
    return law::set_fact(unused, words, fact, value);
}

// A purpose that the law knows, and perhaps a topic of our own below it.
Result<Done> check_purpose(const law::Vocabulary& words, const std::string& purpose) {
    if (purpose.empty()) return Done{};
    if (!ledger::is_purpose_path(purpose)) return error(ErrorCode::kInput, "record.purpose_form");
    return check_word(words, "purpose", std::string(ledger::root_of(purpose)));
}

Result<Said> said_by(const law::Vocabulary& words, const RecordOptions& options) {
    Said said;
    const auto kind = ledger::event_kind_of(options.kind);
    if (!kind || *kind == ledger::EventKind::kErased) {
        std::vector<std::string> names;
        for (const ledger::EventKind known : ledger::all_event_kinds())
            if (known != ledger::EventKind::kErased) names.emplace_back(ledger::name_of(known));
        return error(ErrorCode::kInput, "record.unknown_kind",
                     {{"kind", options.kind}, {"known", join(names, ", ")}});
    }
    if (options.email.empty() && options.phone.empty() && options.address.empty())
        return error(ErrorCode::kInput, "record.nobody");
    said.event.kind = *kind;
    said.event.happened_on = now().day;
    if (!options.on.empty()) {
        auto day = parse_date(options.on);
        if (!day) return error(ErrorCode::kInput, "record.bad_day", {{"text", options.on}});
        said.event.happened_on = *day;
        if (*day > now().day)
            return error(ErrorCode::kInput, "record.future", {{"text", options.on}});
    }
    LICET_TRY(check_word(words, "channel", options.channel));
    LICET_TRY(check_purpose(words, options.purpose));
    LICET_TRY(check_free_text("surface", options.surface));
    said.event.channel = options.channel;
    said.event.purpose = options.purpose;
    said.event.surface = options.surface;
    said.event.key = options.key;
    said.event.received_at = now_seconds();
    for (const std::string& text : options.attributes) {
        const std::size_t equals = text.find('=');
        if (equals == text.npos)
            return error(ErrorCode::kInput, "record.attribute_form", {{"text", text}});
        const std::string name = text.substr(0, equals);
        const std::string value = text.substr(equals + 1);
        LICET_TRY(check_attribute(words, name, value));
        said.event.attributes.emplace(name, value);
    }
    said.email = options.email;
    said.phone = options.phone;
    said.country = options.country;
    said.address = options.address;
    return said;
}

Result<RecordOptions> options_of_json(std::string_view line) {
    const json::value parsed = LICET_TRY(parse_json(line));
    if (!parsed.is_object()) return error(ErrorCode::kInput, "check.json_object");
    RecordOptions options;
    options.surface = "file";
    const std::map<std::string_view, std::string*> fields = {
        {"kind", &options.kind},       {"email", &options.email},     {"phone", &options.phone},
        {"country", &options.country}, {"channel", &options.channel}, {"purpose", &options.purpose},
        {"on", &options.on},           {"surface", &options.surface}, {"key", &options.key}};
    for (const auto& [name, value] : parsed.get_object()) {
        if (name == "attributes" && value.is_object()) {
            for (const auto& [key, text] : value.get_object()) {
                if (!text.is_string())
                    return error(ErrorCode::kInput, "check.json_value",
                                 {{"name", std::string(key)}});
                options.attributes.push_back(std::string(key) + "=" +
                                             std::string(text.get_string()));
            }
            continue;
        }
        const auto field = fields.find(std::string_view(name));
        if (field == fields.end())
            return error(ErrorCode::kInput, "record.unknown_field", {{"name", std::string(name)}});
        if (!value.is_string())
            return error(ErrorCode::kInput, "check.json_value", {{"name", std::string(name)}});
        *field->second = std::string(value.get_string());
    }
    return options;
}

// Stores events in batches; what was answered is on disk.
class Recorder {
  public:
    static Result<Recorder> open(const Common& common) {
        Workspace workspace = LICET_TRY(open_workspace(common.workspace));
        ledger::Tokeniser tokeniser = LICET_TRY(ledger::Tokeniser::create(workspace.key));
        auto store = LICET_TRY(open_ledger(workspace, false));
        return Recorder(std::move(workspace), std::move(tokeniser), std::move(store));
    }

    Result<Done> add(const Said& said) {
        const std::string& country = said.country.empty() ? workspace_.country : said.country;
        if (!said.email.empty()) {
            const auto point = LICET_TRY(ledger::contact_point_of_email(said.email));
            spread(said.event, point);
        }
        if (!said.phone.empty()) {
            const auto point = LICET_TRY(ledger::contact_point_of_phone(said.phone, country));
            spread(said.event, point);
        }
        if (!said.address.empty()) {
            const auto point = LICET_TRY(ledger::contact_point_of(said.address, country));
            spread(said.event, point);
        }
        ++said_;
        if (batch_.size() < kBatch) return Done{};
        return flush();
    }

    Result<Done> flush() {
        if (batch_.empty()) return Done{};
        const ledger::Appended done = LICET_TRY(store_->append(batch_));
        added_ += done.added;
        already_there_ += done.already_there;
        batch_.clear();
        return Done{};
    }

    [[nodiscard]] std::size_t said() const { return said_; }
    [[nodiscard]] bool has_added() const { return added_ > 0; }
    [[nodiscard]] std::size_t already_there() const { return already_there_; }
    [[nodiscard]] const Workspace& workspace() const { return workspace_; }

  private:
    Recorder(Workspace workspace, ledger::Tokeniser tokeniser, std::unique_ptr<ledger::Store> store)
        : workspace_(std::move(workspace)),
          tokeniser_(std::move(tokeniser)),
          store_(std::move(store)) {}

    void spread(ledger::Event event, const ledger::ContactPoint& point) {
        const ledger::ContactTokens tokens = tokeniser_.tokens(point);
        event.person = tokens.strict;
        // A key may hold an address, as keys of other programs do: it is kept as a token too.
        if (event.key.empty())
            event.key = ledger::content_key(event);
        else
            event.key =
                "given-" +
                hex_of(
                    tokeniser_.token({ledger::Normaliser::kEmailLoose1, "licet/key/1 " + event.key})
                        .bytes);
        for (ledger::Event& one : ledger::spread(event, tokens)) batch_.push_back(std::move(one));
    }

    Workspace workspace_;
    ledger::Tokeniser tokeniser_;
    std::unique_ptr<ledger::Store> store_;
    std::vector<ledger::Event> batch_;
    std::size_t said_ = 0;
    std::size_t added_ = 0;
    std::size_t already_there_ = 0;
};

void print_recorded(const Terminal& terminal, const Recorder& recorder) {
    if (terminal.wants_json()) {
        terminal.print(json::serialize(json::object{{"events", recorder.said()},
                                                    {"is_new", recorder.has_added()},
                                                    {"already_there", recorder.already_there()}}));
        return;
    }
    if (recorder.said() == 0) return;
    const bool is_partly_known = recorder.has_added() && recorder.already_there() > 0;
    terminal.print(terminal.text()(is_partly_known        ? "record.partly_known"
                                   : recorder.has_added() ? "record.done"
                                                          : "record.known",
                                   {{"events", std::to_string(recorder.said())}}));
}

int record_lines(const Terminal& terminal, const law::Vocabulary& words, const std::string& path,
                 Recorder& recorder) {
    const auto text = read_file(path);
    if (!text) return fail(terminal, text.error());
    int status = 0;
    int number = 0;
    for (const std::string_view line : lines_of(*text)) {
        ++number;
        if (trimmed(line).empty()) continue;
        Result<Done> done = Done{};
        const auto options = options_of_json(line);
        if (options) {
            const auto said = said_by(words, *options);
            done = said ? recorder.add(*said) : Result<Done>(said.error());
        } else {
            done = options.error();
        }
        if (done) continue;
        Error problem = done.error();
        // A ledger that cannot write stops everything; a bad line does not.
        if (problem.code != ErrorCode::kInput) return fail(terminal, problem);
        problem.where = path + ":" + std::to_string(number);
        terminal.print_error(problem);
        status = exit_status::kBadInput;
    }
    const auto done = recorder.flush();
    return done ? status : fail(terminal, done.error());
}

// Nobody speaks for all who have their mailbox at one provider.
Result<Done> check_not_a_provider(const gate::Reference& reference, const std::string& address) {
    if (!trimmed(address).starts_with('@')) return Done{};
    const auto point = LICET_TRY(ledger::contact_point_of_domain(address));
    if (!reference.is_free_mail(point.strict.bytes)) return Done{};
    return error(ErrorCode::kInput, "suppress.whole_provider");
}

}  // namespace

int run_record(const Terminal& terminal, const Common& common, const RecordOptions& options) {
    const auto law = load_law(terminal, common);
    if (!law) return exit_status::kBadInput;
    const auto first =
        options.jsonl.empty() ? said_by(law->vocabulary(), options) : Result<Said>(Said{});
    if (!first) return fail(terminal, first.error());
    auto recorder = Recorder::open(common);
    if (!recorder) return fail(terminal, recorder.error());
    int status = 0;
    if (!options.jsonl.empty()) {
        status = record_lines(terminal, law->vocabulary(), options.jsonl, *recorder);
        if (status != 0 && status != exit_status::kBadInput) return status;
    } else {
        auto done = recorder->add(*first);
        if (done) done = recorder->flush();
        if (!done) return fail(terminal, done.error());
    }
    print_recorded(terminal, *recorder);
    return status;
}

int run_suppress(const Terminal& terminal, const Common& common, const SuppressOptions& options) {
    const auto law = load_law(terminal, common);
    if (!law) return exit_status::kBadInput;
    auto recorder = Recorder::open(common);
    if (!recorder) return fail(terminal, recorder.error());
    std::vector<std::pair<std::string, std::string>> addresses;  // address, where it was written
    for (const std::string& address : options.addresses) addresses.emplace_back(address, "");
    if (!options.file.empty()) {
        const auto text = read_file(options.file);
        if (!text) return fail(terminal, text.error());
        int number = 0;
        for (const std::string_view line : lines_of(*text)) {
            ++number;
            if (!trimmed(line).empty())
                addresses.emplace_back(trimmed(line), options.file + ":" + std::to_string(number));
        }
    }
    if (addresses.empty()) return fail(terminal, error(ErrorCode::kInput, "record.nobody"));
    int status = 0;
    const gate::Reference reference = carried_reference();
    for (const auto& [address, where] : addresses) {
        RecordOptions one;
        one.kind = ledger::name_of(ledger::EventKind::kObjectionRecorded);
        one.channel = options.channel;
        one.purpose = options.purpose;
        if (!options.brand.empty()) one.attributes.push_back("brand=" + options.brand);
        one.on = options.on;
        one.address = address;
        const auto said = said_by(law->vocabulary(), one);
        Result<Done> done = said ? check_not_a_provider(reference, address) : said.error();
        if (done) done = recorder->add(*said);
        if (done) continue;
        Error problem = done.error();
        if (problem.code != ErrorCode::kInput) return fail(terminal, problem);
        problem.where = where.empty() ? masked(address) : where + ": " + masked(address);
        terminal.print_error(problem);
        status = exit_status::kBadInput;
    }
    const auto done = recorder->flush();
    if (!done) return fail(terminal, done.error());
    if (terminal.wants_json()) {
        print_recorded(terminal, *recorder);
        return status;
    }
    if (recorder->said() > 0)
        terminal.print(terminal.text()(recorder->has_added() ? "suppress.done" : "suppress.known",
                                       {{"count", std::to_string(recorder->said())}}));
    return status;
}

}  // namespace licet

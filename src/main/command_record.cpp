// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "base/json.h"
#include "base/personal.h"
#include "base/text.h"
#include "main/commands.h"
#include "main/files.h"
#include "main/people.h"
#include "main/recorder.h"

namespace licet {
namespace {

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
    for (const auto& [address, where] : addresses) {
        RecordOptions one;
        one.kind = ledger::name_of(ledger::EventKind::kObjectionRecorded);
        one.channel = options.channel;
        one.purpose = options.purpose;
        if (!options.brand.empty()) one.attributes.push_back("brand=" + options.brand);
        if (!options.reason.empty()) one.attributes.push_back("reason=" + options.reason);
        one.on = options.on;
        one.address = address;
        const auto said = said_by(law->vocabulary(), one);
        const Result<Done> done = said ? recorder->add(*said) : said.error();
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

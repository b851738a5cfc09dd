// SPDX-License-Identifier: Apache-2.0
#include "main/example_client.h"

#include <sys/stat.h>

#include <filesystem>

#include "base/toml.h"
#include "main/command_audit.h"
#include "main/command_registers.h"
#include "main/files.h"
#include "main/paper_desk.h"
#include "main/resources.h"
#include "main/zones.h"

namespace licet {
namespace {

constexpr const char* kExampleMark = "/example.txt";
constexpr const char* kAnswers = "audit/example_answers.toml";

// A command says what is wrong to its terminal; here a sentence is enough.
Result<Done> done_by(int status, const char* step) {
    if (status == exit_status::kAllowed) return Done{};
    return error(ErrorCode::kBroken, "example.step", {{"step", step}});
}

Result<Done> record_events(const Terminal& terminal, const Common& common) {
    const std::string path = common.workspace + "/example.jsonl";
    LICET_TRY(write_own_file(path, resource("examples/evenements.jsonl")));
    RecordOptions options;
    options.jsonl = path;
    const int status = run_record(terminal, common, options);
    std::error_code unused;
    std::filesystem::remove(path, unused);
    return done_by(status, "record");
}

struct Entry {
    int (*command)(const Terminal&, const Common&, const BookOptions&);
    const char* id;
    const char* step;
    std::map<std::string, std::string> attributes;
};

Result<Done> fill_registers(const Terminal& terminal, const Common& common) {
    const std::vector<Entry> entries = {
        {run_processor, "brevo", "added", {{"contract", "yes"}, {"country", "fr"}}},
        {run_processor, "hubspot", "added", {{"contract", "yes"}, {"tool", "scc_m2"}}},
        {run_processor, "calendly", "added", {{"contract", "no"}}},
        {run_breach, "envoi-1", "found", {{"what", "sent_wrong"}, {"people", "40"}}},
        {run_breach, "envoi-1", "assessed", {{"risk", "none"}}},
        {run_complaint, "plainte-1", "received", {{"origin", "customer"}, {"about", "objection"}}},
    };
    for (const Entry& one : entries) {
        BookOptions options;
        options.id = one.id;
        options.step = one.step;
        options.attributes = one.attributes;
        LICET_TRY(done_by(one.command(terminal, common, options), one.id));
    }
    return Done{};
}

// What is asked depends on what was answered: each round answers what the one before brought up.
Result<Done> answer_audit(const Terminal& terminal, const Common& common) {
    LICET_TRY(done_by(run_audit_start(terminal, common, {}), "audit"));
    const TomlFile answers = LICET_TRY(parse_toml(resource(kAnswers), kAnswers));
    const auto law = load_law(terminal, common);
    const auto questionnaire = load_questionnaire(terminal, "");
    if (!law || !questionnaire) return done_by(exit_status::kBadInput, "audit");
    AuditDeskOptions how;
    how.writes = true;
    const auto desk = LICET_TRY(AuditDesk::open(*law, *questionnaire, common, how));
    for (bool is_more = true; is_more;) {
        std::vector<ledger::Event> said;
        for (const audit::Judged& one : desk->score().questions) {
            AuditOptions options;
            options.question = one.question->id;
            options.answer = answers.text("answers." + one.question->id);
            if (options.answer.empty() || desk->sheet().find(options.question)) continue;
            const audit::Answer answer = LICET_TRY(answer_from(*desk, options));
            said.push_back(
                audit::answer_event(desk->sheet().audit, answer, {desk->today(), now_seconds()}));
        }
        is_more = !said.empty();
        if (is_more) LICET_TRY(desk->record(std::move(said)));
    }
    return desk->record_measurements();
}

}  // namespace

Result<Done> fill_example(const Terminal& terminal, const Common& common) {
    LICET_TRY(
        write_own_file(common.workspace + kExampleMark, terminal.text()("example.mark") + "\n"));
    LICET_TRY(write_own_file(organisation_path(common), resource("examples/organisation.toml")));
    LICET_TRY(record_events(terminal, common));
    LICET_TRY(fill_registers(terminal, common));
    return answer_audit(terminal, common);
}

bool is_example(const std::string& folder) {
    struct stat status {};
    return ::stat((folder + kExampleMark).c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

}  // namespace licet

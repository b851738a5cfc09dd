// SPDX-License-Identifier: Apache-2.0
//
// The commands about forms: organisation.toml in, snippets out; and a form that was sent in, its
// proof into the ledger (papers/form.h does both without files).
#include <filesystem>

#include "base/json.h"
#include "base/text.h"
#include "base/utc.h"
#include "main/command_form.h"
#include "main/family.h"
#include "main/files.h"
#include "main/notices.h"
#include "main/output_path.h"
#include "main/paper_desk.h"
#include "main/resources.h"
#include "main/workspace.h"
#include "main/zones.h"

namespace licet {
namespace {

namespace fs = std::filesystem;

struct FormOptions {
    std::string organisation;
    std::string form;
    std::string out;
    bool publishes = false;
    std::string sent;  ///< a form that was sent, as JSON
    std::vector<std::string> descriptors;
    std::string field = "email";
    std::string purpose;
    std::string key;
};

struct BuiltForm {
    papers::Form form;                                          ///< in French
    std::vector<std::pair<std::string, std::string>> versions;  ///< language, SHA-256
};

// All problems of a form but the last are printed, and that is the error.
Result<papers::Form> read_one(const Terminal& terminal, const papers::Office& office,
                              const std::string& id, Language language) {
    auto read = papers::read_form(office, id, language);
    if (read.is_clean()) return std::move(read.value);
    terminal.print_errors({read.problems.data(), read.problems.size() - 1});
    return read.problems.back();
}

Result<BuiltForm> build_one(const Terminal& terminal, const papers::Office& office,
                            const FormOptions& options, const std::string& id) {
    BuiltForm out;
    for (const Language language : {Language::kEnglish, Language::kFrench}) {
        out.form = LICET_TRY(read_one(terminal, office, id, language));
        const papers::FormFiles files = papers::build_form(out.form, catalogue_of(language));
        for (const papers::BannerFile& one : files.files)
            LICET_TRY(write_file(options.out + "/" + one.name, one.bytes));
        out.versions.emplace_back(papers::code_of(language), files.version);
    }
    return out;
}

Result<std::vector<BuiltForm>> build(const Terminal& terminal, const PaperDesk& desk,
                                     const FormOptions& options) {
    const papers::Office office = LICET_TRY(desk.office());
    std::vector<std::string> names = desk.organisation->entries("form");
    if (!options.form.empty()) names = {options.form};
    if (names.empty()) return error(ErrorCode::kInput, "form.none", {}, options.organisation);
    std::error_code fault;
    fs::create_directories(options.out, fault);
    if (fault)
        return error(ErrorCode::kBroken, "file.unwritable", {{"path", options.out}}, options.out);
    LICET_TRY(write_file(options.out + "/licet-form.js", resource("src/papers/form_shown.mjs")));
    std::vector<BuiltForm> out;
    for (const std::string& name : names)
        out.push_back(LICET_TRY(build_one(terminal, office, options, name)));
    return out;
}

Result<Done> publish(const Common& common, const FormOptions& options,
                     const std::vector<BuiltForm>& forms) {
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    const auto store = LICET_TRY(open_ledger(workspace, false));
    for (const BuiltForm& one : forms)
        for (const auto& [language, version] : one.versions) {
            const std::string path =
                options.out + "/form-" + one.form.id + "-" + language + ".notice.html";
            std::string text = LICET_TRY(read_file(path));
            const Notice notice = LICET_TRY(publish_text(
                workspace, *store, {std::move(text), language, papers::attributes_of(one.form)}));
            LICET_ENSURE(notice.sha256 == version);
        }
    return Done{};
}

void print(const Terminal& terminal, const FormOptions& options,
           const std::vector<BuiltForm>& forms) {
    json::array out;
    for (const BuiltForm& one : forms) {
        const std::string box(papers::name_of(one.form.box));
        json::object versions;
        for (const auto& [language, version] : one.versions) versions[language] = version;
        out.push_back(
            json::object{{"form", one.form.id},
                         {"box", box},
                         {"cites", json::array(one.form.cites.begin(), one.form.cites.end())},
                         {"versions", std::move(versions)}});
        if (!terminal.wants_json())
            terminal.print(one.form.id + "  " + terminal.text()("formcmd.box." + box) + "  " +
                           join(one.form.cites, "; "));
    }
    if (terminal.wants_json())
        terminal.print(json::serialize(out));
    else
        terminal.print(terminal.text()("formcmd.built", {{"folder", options.out}}));
}

int run_build(const Terminal& terminal, const Common& common, const FormOptions& options) {
    const auto spared = check_output(options.out, common.workspace);
    if (!spared) return fail(terminal, spared.error());
    const auto desk = open_desk(terminal, common, {"", "", options.organisation});
    if (!desk) return exit_status::kBadInput;
    const auto forms = build(terminal, *desk, options);
    if (!forms) return fail(terminal, forms.error());
    if (options.publishes)
        if (const auto done = publish(common, options, *forms); !done)
            return fail(terminal, done.error());
    print(terminal, options, *forms);
    return 0;
}

// ---- what was sent ------------------------------------------------------------------------------
Result<std::map<std::string, std::string, std::less<>>> fields_of(const std::string& path) {
    const std::string text = LICET_TRY(read_file(path));
    const auto parsed = parse_json(text);
    if (!parsed || !parsed->is_object()) return error(ErrorCode::kInput, "form.sent", {}, path);
    std::map<std::string, std::string, std::less<>> fields;
    for (const auto& [name, value] : parsed->get_object())
        if (value.is_string()) fields.emplace(std::string(name), std::string(value.get_string()));
    return fields;
}

Result<papers::Proof> bind(const law::Law& law, const FormOptions& options, Recorder& recorder) {
    FormBinding binding;
    binding.fields = LICET_TRY(fields_of(options.sent));
    for (const std::string& path : options.descriptors) {
        const std::string text = LICET_TRY(read_file(path));
        binding.notices.push_back(LICET_TRY(papers::read_descriptor(text)));
    }
    binding.field = options.field;
    binding.purpose = options.purpose;
    binding.key = options.key;
    binding.where = options.sent;
    return bind_form(law, binding, recorder);
}

int run_bind(const Terminal& terminal, const Common& common, const FormOptions& options) {
    const auto law = load_law(terminal, common);
    if (!law) return exit_status::kBadInput;
    auto recorder = Recorder::open(common);
    if (!recorder) return fail(terminal, recorder.error());
    const auto proof = bind(*law, options, *recorder);
    if (!proof) return fail(terminal, proof.error());
    if (terminal.wants_json())
        terminal.print(json::serialize(json::object{{"kind", proof->kind},
                                                    {"notice", proof->notice.version},
                                                    {"form", proof->notice.form},
                                                    {"recorded", recorder->has_added()}}));
    else
        terminal.print(terminal.text()("formcmd.proof." + proof->kind));
    return 0;
}

class FormFamily : public Family {
  public:
    void declare(CLI::App& licet, const Catalogue& say) override {
        CLI::App& form = add_command(licet, say, "form");
        form.require_subcommand(1);
        CLI::App& build = *form.add_subcommand("build", say("help.form_build"));
        build.add_option("--organisation", options_.organisation, say("help.banner_organisation"))
            ->required();
        build.add_option("--out", options_.out, say("help.banner_out"))->required();
        build.add_option("--form", options_.form, say("help.form_form"));
        build.add_flag("--publish", options_.publishes, say("help.form_publish"));
        CLI::App& bind = *form.add_subcommand("bind", say("help.form_bind"));
        bind.add_option("sent", options_.sent, say("help.form_sent"))->required();
        bind.add_option("--notice", options_.descriptors, say("help.form_notice"))->required();
        bind.add_option("--field", options_.field, say("help.form_field"));
        bind.add_option("--purpose", options_.purpose, say("help.record_purpose"));
        bind.add_option("--key", options_.key, say("help.record_key"));
    }
    std::optional<int> run(const CLI::App& licet, const Terminal& terminal,
                           const Common& common) override {
        if (is_chosen(licet, "form", "build")) return run_build(terminal, common, options_);
        if (is_chosen(licet, "form", "bind")) return run_bind(terminal, common, options_);
        return std::nullopt;
    }

  private:
    FormOptions options_;
};

}  // namespace

Result<papers::Proof> bind_form(const law::Law& law, const FormBinding& binding,
                                Recorder& recorder) {
    papers::Proof proof = LICET_TRY(papers::bind_submission(binding.notices, binding.fields));
    const auto address = binding.fields.find(binding.field);
    if (address == binding.fields.end() || address->second.empty())
        return error(ErrorCode::kInput, "form.no_address", {{"field", binding.field}},
                     binding.where);
    if (proof.notice.channel == "email" && address->second.find('@') == std::string::npos)
        return error(ErrorCode::kInput, "form.not_email", {{"field", binding.field}},
                     binding.where);
    RecordOptions act;
    act.kind = proof.kind;
    act.address = address->second;
    act.channel = proof.notice.channel;
    act.purpose = binding.purpose;
    act.surface = "form";
    act.key = binding.key;
    act.attributes = {"notice=" + proof.notice.version, "language=" + proof.notice.language,
                      "form=" + proof.notice.form, "at=" + utc_text(now_seconds())};
    const Said said = LICET_TRY(said_by(law.vocabulary(), act));
    LICET_TRY(recorder.add(said));
    LICET_TRY(recorder.flush());
    return proof;
}

std::unique_ptr<Family> form_family() { return std::make_unique<FormFamily>(); }

}  // namespace licet

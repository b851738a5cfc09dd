// SPDX-License-Identifier: Apache-2.0
//
// The command line: what can be said, and which function does it. Reading this file shows all that
// runs.
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <iostream>
#include <optional>

#include "base/text.h"
#include "main/command_line_fault.h"
#include "main/commands.h"
#include "main/family.h"

namespace licet {
namespace {

// CLI11 needs its texts before it parses, so the language is looked for by hand.
std::string wanted_language(int count, char** arguments) {
    for (int i = 1; i < count; ++i) {
        const std::string_view argument = arguments[i];
        if (argument == "--lang" && i + 1 < count) return arguments[i + 1];
        if (argument.starts_with("--lang=")) return std::string(argument.substr(7));
    }
    return {};
}

struct Line {
    Common common;
    std::string language;
    bool wants_json = false;
    std::string folder;
    std::string country = "fr";
    std::string database;
    CheckOptions check;
    CheckOptions explain;
    RecordOptions record;
    SuppressOptions suppress;
    ExchangeOptions exchange;
    ScreenOptions screen;
    ImportOptions import;
    ImportUndoOptions import_undo;
    CertificateOptions certificate;
    WarehouseOptions warehouse;
    ExportOptions law_export;
    FormatOptions format;
    std::string person;
    ConsentOptions consent;
    EvidenceOptions evidence;
    EraseOptions erase;
    PurgeOptions purge;
    NoticeOptions notice;
    std::string reason;
    std::string rule;
    LawShowOptions law_show;
    LawTestOptions law_test;
    LawDiffOptions law_diff;
    std::string today;
    std::string key;
    std::string demo_folder = "demo";
};

class CommandLine {
  public:
    CommandLine(const Catalogue& say, Line& line) : say_(say), line_(line) {
        app_.name("licet");
        app_.description(say("help.licet"));
        app_.footer(say("help.footer"));
        app_.require_subcommand(1);
        app_.fallthrough();
        app_.set_version_flag("--version", "licet " LICET_VERSION, say("help.version"));
        app_.get_formatter()->column_width(34);
        words();
        common();
        commands();
        for (const auto& family : families_) family->declare(app_, say_);
    }

    CLI::App& app() { return app_; }

    /// Says what is wrong with the words that name a command, or nothing if they are well. Words
    /// that were typed are not repeated: one may be somebody's address.
    [[nodiscard]] std::optional<Message> fault_of_command(int count, char** arguments) const {
        const CLI::App* app = &app_;
        for (const std::string& word : words_of(count, arguments)) {
            const std::vector<std::string> known = names_below(*app);
            if (known.empty()) return std::nullopt;
            if (std::find(known.begin(), known.end(), word) == known.end()) {
                if (takes_words(*app)) return std::nullopt;
                return unknown(*app, nearest(word, known), known);
            }
            app = app->get_subcommand(word);
        }
        const std::vector<std::string> known = names_below(*app);
        if (app == &app_ || known.empty() || takes_words(*app)) return std::nullopt;
        return Message("cli.subcommand_missing",
                       {{"command", app->get_name()}, {"known", join(known, ", ")}});
    }
    /// Runs what a family declared, if that was chosen.
    [[nodiscard]] std::optional<int> run_family(const Terminal& terminal,
                                                const Common& common) const {
        for (const auto& family : families_)
            if (const auto status = family->run(app_, terminal, common)) return status;
        return std::nullopt;
    }
    [[nodiscard]] bool chose(const char* name) const { return app_.got_subcommand(name); }
    [[nodiscard]] bool chose(const char* name, const char* sub) const {
        return app_.got_subcommand(name) && app_.get_subcommand(name)->got_subcommand(sub);
    }

  private:
    // "import FILE" and "import undo": a word that is no command is a file.
    static bool takes_words(const CLI::App& app) {
        const std::vector<const CLI::Option*> options = app.get_options();
        return std::any_of(options.begin(), options.end(),
                           [](const CLI::Option* one) { return one->get_positional(); });
    }
    static std::vector<std::string> names_below(const CLI::App& app) {
        std::vector<std::string> names;
        for (const CLI::App* one : app.get_subcommands([](const CLI::App*) { return true; }))
            names.push_back(one->get_name());
        return names;
    }

    // The words of the line that are neither options nor values of the options of every command.
    [[nodiscard]] std::vector<std::string> words_of(int count, char** arguments) const {
        std::vector<std::string> words;
        for (int i = 1; i < count; ++i) {
            const std::string word = arguments[i];
            if (word == "--") break;
            if (!word.starts_with('-')) {
                words.push_back(word);
                continue;
            }
            const CLI::Option* option = app_.get_option_no_throw(word);
            if (option != nullptr && option->get_items_expected_max() > 0) ++i;
        }
        return words;
    }

    [[nodiscard]] Message unknown(const CLI::App& app, const std::string& near,
                                  const std::vector<std::string>& known) const {
        if (&app == &app_)
            return near.empty() ? Message("cli.unknown_command")
                                : Message("cli.unknown_command_near", {{"near", near}});
        return Message(near.empty() ? "cli.unknown_subcommand" : "cli.unknown_subcommand_near",
                       {{"command", app.get_name()}, {"near", near}, {"known", join(known, ", ")}});
    }

    void words() {
        auto formatter = app_.get_formatter();
        formatter->label("REQUIRED", say_("help.required"));
        formatter->label("TEXT", say_("help.text"));
        formatter->label("Options", say_("help.options"));
        formatter->label("Positionals", say_("help.arguments"));
        formatter->label("Usage", say_("help.usage"));
        formatter->label("OPTIONS", "OPTIONS");
        formatter->label("SUBCOMMAND", say_("help.command"));
        app_.set_help_flag("-h,--help", say_("help.help"));
    }

    void common() {
        app_.add_option("-w,--workspace", line_.common.workspace, say_("help.workspace"));
        app_.add_option("--packs", line_.common.packs, say_("help.packs"));
        app_.add_option("--reading", line_.common.reading, say_("help.reading"))
            ->check(CLI::IsMember({"strict", "authority", "text"}));
        app_.add_option("--lang", line_.language, say_("help.lang"))
            ->check(CLI::IsMember({"fr", "en"}));
        app_.add_flag("--json", line_.wants_json, say_("help.json"));
    }

    CLI::App& command(const char* name) { return add_command(app_, say_, name); }

    void commands() {
        CLI::App& init = command("init");
        init.add_option("folder", line_.folder, say_("help.init_folder"));
        init.add_option("--country", line_.country, say_("help.init_country"));
        init.add_option("--database", line_.database, say_("help.init_database"));
        screen();
        questions("check", line_.check);
        questions("explain", line_.explain);
        record();
        suppress();
        exchange();
        warehouse();
        import();
        CLI::App& person = command("person");
        person.add_option("address", line_.person, say_("help.person_address"))->required();
        person.add_option("--reason", line_.reason, say_("help.person_reason"));
        consent();
        evidence();
        CLI::App& erase = command("erase");
        erase.add_option("address", line_.erase.address, say_("help.person_address"))->required();
        erase.add_option("--reason", line_.erase.reason, say_("help.erase_reason"));
        erase.add_option("--certificate", line_.erase.certificate, say_("help.erase_certificate"));
        erase.add_flag("--yes", line_.erase.is_sure, say_("help.erase_yes"));
        CLI::App& purge = command("purge");
        purge.add_flag("--dry-run", line_.purge.looks_only, say_("help.purge_dry_run"));
        purge.add_flag("--apply", line_.purge.applies, say_("help.purge_apply"));
        purge.add_option("--list", line_.purge.list, say_("help.purge_list"));
        purge.add_option("--among", line_.purge.among, say_("help.purge_among"));
        purge.add_option("--renew", line_.purge.renew, say_("help.purge_renew"));
        purge.add_option("--certificate", line_.purge.certificate, say_("help.purge_certificate"));
        law();
        CLI::App& demo = command("demo");
        demo.add_option("folder", line_.demo_folder, say_("help.demo_folder"));
    }

    void screen() {
        CLI::App& screen = command("screen");
        screen.add_option("file", line_.screen.file, say_("help.screen_file"))->required();
        screen.add_option("-c,--campaign", line_.screen.campaign, say_("help.campaign"));
        screen.add_option("-o,--out", line_.screen.out, say_("help.screen_out"));
        screen.add_option("--at", line_.screen.at, say_("help.screen_at"));
        screen.add_option("--channel", line_.screen.channel, say_("help.screen_channel"));
        screen.add_option("--vs", line_.screen.versus, say_("help.screen_vs"))
            ->allow_extra_args(false);
        screen.add_option("-m,--map", line_.screen.map, say_("help.screen_map"))
            ->allow_extra_args(false);
        screen.add_option("--profile", line_.screen.profile, say_("help.screen_profile"));
        screen.add_option("--save-profile", line_.screen.save_profile,
                          say_("help.screen_save_profile"));
        screen.add_flag("--pdf", line_.screen.wants_pdf, say_("help.screen_pdf"));
        screen.add_flag("--safe", line_.screen.is_safe, say_("help.screen_safe"));
        screen.add_flag("--brief", line_.screen.is_brief, say_("help.screen_brief"));
        screen.add_flag("--xlsx", line_.screen.wants_workbook, say_("help.screen_xlsx"));
        screen.add_option("--since", line_.screen.since, say_("help.screen_since"));
        screen.add_flag("--no-certificate", line_.screen.has_no_certificate,
                        say_("help.screen_no_certificate"));
        line_.screen.version = "licet " LICET_VERSION;
        CertificateOptions& options = line_.certificate;
        CLI::App& certificate = command("certificate");
        certificate.require_subcommand(1);
        CLI::App& verify = *certificate.add_subcommand("verify", say_("help.certificate_verify"));
        verify.add_option("file", options.file, say_("help.certificate_file"))->required();
        verify.add_option("--against", options.against, say_("help.certificate_against"));
        verify.add_option("--key", options.key, say_("help.certificate_key"));
        verify.add_option("--at", options.at, say_("help.certificate_at"));
    }

    void questions(const char* name, CheckOptions& options) {
        CLI::App& app = command(name);
        app.add_option("-f,--fact", options.facts, say_("help.check_fact"))
            ->allow_extra_args(false);
        app.add_option("-b,--background", options.backgrounds, say_("help.check_background"))
            ->allow_extra_args(false);
        app.add_option("-q,--question", options.question, say_("help.check_question"));
        app.add_option("-c,--campaign", options.campaign, say_("help.campaign"));
        app.add_option("--email", options.email, say_("help.email"));
        app.add_option("--phone", options.phone, say_("help.phone"));
        app.add_option("--company", options.company, say_("help.company"));
        app.add_option("--job-title", options.job_title, say_("help.job_title"));
        if (std::string_view(name) == "check") {
            app.add_option("--facts-jsonl", options.facts_jsonl, say_("help.check_jsonl"));
            app.add_flag("--no-record", options.keeps_no_record, say_("help.check_no_record"));
        } else {
            app.add_flag("--ask", options.asks, say_("help.explain_ask"));
        }
    }

    void record() {
        RecordOptions& options = line_.record;
        CLI::App& record = command("record");
        record.add_option("kind", options.kind, say_("help.record_kind"));
        record.add_option("--email", options.email, say_("help.email"));
        record.add_option("--phone", options.phone, say_("help.phone"));
        record.add_option("--country", options.country, say_("help.record_country"));
        record.add_option("--channel", options.channel, say_("help.channel"));
        record.add_option("--purpose", options.purpose, say_("help.record_purpose"));
        record.add_option("--on", options.on, say_("help.record_on"));
        record.add_option("--surface", options.surface, say_("help.record_surface"));
        record.add_option("--key", options.key, say_("help.record_key"));
        record.add_option("-a,--attribute", options.attributes, say_("help.record_attribute"))
            ->allow_extra_args(false);
        record.add_option("--jsonl", options.jsonl, say_("help.record_jsonl"));
    }

    void consent() {
        ConsentOptions& options = line_.consent;
        CLI::App& consent = command("consent");
        consent.require_subcommand(1);
        for (const char* name : {"request", "mail-accepted", "page-seen", "confirm", "bounced",
                                 "suspect", "give", "refuse", "withdraw"}) {
            std::string id = "help.consent_" + std::string(name);
            std::replace(id.begin(), id.end(), '-', '_');
            CLI::App& act = *consent.add_subcommand(name, say_(id));
            act.parse_complete_callback([&options, name] { options.act = name; });
            act.add_option("address", options.address, say_("help.person_address"))->required();
            act.add_option("--request", options.request, say_("help.consent_which"));
            act.add_option("--on", options.on, say_("help.record_on"));
            act.add_option("--at", options.at, say_("help.consent_at"));
            act.add_option("--key", options.key, say_("help.record_key"));
            act.add_option("--surface", options.surface, say_("help.record_surface"));
            act.add_option("-a,--attribute", options.attributes, say_("help.record_attribute"))
                ->allow_extra_args(false);
            if (std::string_view(name) == "suspect")
                act.add_option("--why", options.why, say_("help.consent_why"));
            choice(name, act);
        }
        CLI::App& notice = command("notice");
        notice.require_subcommand(1);
        CLI::App& add = *notice.add_subcommand("add", say_("help.notice_add"));
        add.add_option("file", line_.notice.file, say_("help.notice_file"))->required();
        add.add_option("--language", line_.notice.language, say_("help.notice_language"));
        add.add_option("--since", line_.notice.since, say_("help.notice_since"));
        notice.add_subcommand("list", say_("help.notice_list"));
    }

    // What a request and a choice say besides.
    void choice(std::string_view name, CLI::App& act) {
        ConsentOptions& options = line_.consent;
        const bool is_choice = name == "give" || name == "refuse" || name == "withdraw";
        if (!is_choice && name != "request") return;
        act.add_option("--channel", options.channels, say_("help.consent_channel"))
            ->allow_extra_args(false);
        act.add_option("--purpose", options.purposes, say_("help.consent_purpose"))
            ->allow_extra_args(false);
        act.add_option("--notice", options.notice, say_("help.consent_notice"));
        act.add_option("--language", options.language, say_("help.notice_language"));
        act.add_option("--controller", options.controller, say_("help.consent_controller"));
        if (!is_choice) act.add_option("--days", options.days, say_("help.consent_days"));
    }

    void evidence() {
        EvidenceOptions& options = line_.evidence;
        CLI::App& evidence = command("evidence");
        evidence.require_subcommand(1);
        CLI::App& person = *evidence.add_subcommand("person", say_("help.evidence_person"));
        person.add_option("address", options.address, say_("help.person_address"))->required();
        person.add_option("--reason", options.reason, say_("help.person_reason"));
        person.add_option("-o,--out", options.out, say_("help.evidence_out"))->required();
        person.add_option("-f,--fact", options.facts, say_("help.evidence_fact"))
            ->allow_extra_args(false);
    }

    void suppress() {
        SuppressOptions& options = line_.suppress;
        CLI::App& suppress = command("suppress");
        suppress.add_option("addresses", options.addresses, say_("help.suppress_addresses"));
        suppress.add_option("--file", options.file, say_("help.suppress_file"));
        suppress.add_option("--channel", options.channel, say_("help.suppress_channel"));
        suppress.add_option("--purpose", options.purpose, say_("help.suppress_purpose"));
        suppress.add_option("--brand", options.brand, say_("help.suppress_brand"));
        suppress.add_option("--reason", options.reason, say_("help.suppress_reason"));
        suppress.add_option("--on", options.on, say_("help.record_on"));
    }

    void import() {
        ImportOptions& options = line_.import;
        CLI::App& import = command("import");
        import.add_option("file", options.file, say_("help.import_file"));
        import.add_option("-s,--source", options.source, say_("help.import_source"));
        import.add_option("-k,--kind", options.kind, say_("help.import_kind"))
            ->check(CLI::IsMember(
                {"contacts", "customers", "refusals", "objections", "bounces", "register"}));
        import.add_option("-m,--map", options.map, say_("help.screen_map"))
            ->allow_extra_args(false);
        import.add_flag("--dry-run", options.looks_only, say_("help.import_dry_run"));
        import.add_flag("--yes", options.is_sure, say_("help.import_yes"));
        CLI::App& undo = *import.add_subcommand("undo", say_("help.import_undo"));
        undo.add_option("batch", line_.import_undo.batch, say_("help.import_batch"))->required();
        undo.add_flag("--yes", line_.import_undo.is_sure, say_("help.import_yes"));
        options.version = line_.import_undo.version = "licet " LICET_VERSION;
    }

    void exchange() {
        ExchangeOptions& options = line_.exchange;
        CLI::App& exchange = command("exchange");
        exchange.require_subcommand(1);
        CLI::App& in = *exchange.add_subcommand("import", say_("help.exchange_import"));
        CLI::App& out = *exchange.add_subcommand("export", say_("help.exchange_export"));
        in.add_option("file", options.file, say_("help.exchange_list"))->required();
        in.add_option("--digest", options.digest, say_("help.exchange_digest"));
        in.add_option("--channel", options.channel, say_("help.suppress_channel"));
        in.add_option("--key", options.key, say_("help.exchange_key"));
        out.add_option("file", options.file, say_("help.exchange_addresses"))->required();
        out.add_option("-o,--out", options.out, say_("help.exchange_out"))->required();
        for (CLI::App* app : {&in, &out}) {
            app->add_option("--from", options.from, say_("help.exchange_from"));
            app->add_option("--until", options.until, say_("help.exchange_until"));
        }
    }

    void warehouse() {
        WarehouseOptions& options = line_.warehouse;
        CLI::App& all = command("export");
        all.require_subcommand(1);
        CLI::App& facts = *all.add_subcommand("facts", say_("help.export_facts"));
        CLI::App& refused = *all.add_subcommand("suppressions", say_("help.export_suppressions"));
        facts.add_option("file", options.file, say_("help.screen_file"))->required();
        facts.add_option("-c,--campaign", options.campaign, say_("help.campaign"));
        facts.add_option("--at", options.at, say_("help.screen_at"));
        facts.add_option("-m,--map", options.map, say_("help.screen_map"))->allow_extra_args(false);
        facts.add_option("--country", options.countries, say_("help.warehouse_country"))
            ->allow_extra_args(false);
        facts.add_option("--dialect", options.dialect, say_("help.warehouse_dialect"))
            ->check(CLI::IsMember({"duckdb", "postgres", "clickhouse", "spark"}));
        for (CLI::App* app : {&facts, &refused}) {
            app->add_option("--format", options.format, say_("help.export_format"))
                ->check(CLI::IsMember({"csv", "jsonl"}));
            app->add_option("-o,--out", options.out, say_("help.warehouse_out"));
        }
    }

    void law() {
        CLI::App& law = command("law");
        law.require_subcommand(1);
        CLI::App& test = *law.add_subcommand("test", say_("help.law_test"));
        test.add_flag("--mutation", line_.law_test.wants_mutation, say_("help.law_test_mutation"));
        test.add_flag("--coverage", line_.law_test.wants_coverage, say_("help.law_test_coverage"));
        test.add_flag("--generate", line_.law_test.wants_rows, say_("help.law_test_generate"));
        test.add_option("--promote", line_.law_test.promote, say_("help.law_test_promote"));
        law.add_subcommand("check", say_("help.law_check"))
            ->add_option("--at", line_.today, say_("help.law_check_at"));
        law.add_subcommand("sign", say_("help.law_sign"))
            ->add_option("--key", line_.key, say_("help.law_sign_key"))
            ->required();
        CLI::App& verify = *law.add_subcommand("verify", say_("help.law_verify"));
        verify.add_option("file", line_.folder, say_("help.law_verify_file"))->required();
        verify.add_option("--key", line_.key, say_("help.law_sign_key"))->required();
        CLI::App& diff = *law.add_subcommand("diff", say_("help.law_diff"));
        diff.add_option("before", line_.law_diff.before, say_("help.law_diff_side"))->required();
        diff.add_option("after", line_.law_diff.after, say_("help.law_diff_side"))->required();
        diff.add_option("-q,--question", line_.law_diff.question, say_("help.check_question"));
        diff.add_option("--old-packs", line_.law_diff.old_packs, say_("help.law_diff_old_packs"));
        diff.add_option("-c,--campaign", line_.law_diff.campaign, say_("help.law_diff_campaign"));
        diff.add_option("--html", line_.law_diff.html, say_("help.law_diff_html"));
        law.add_subcommand("list", say_("help.law_list"));
        CLI::App& fmt = *law.add_subcommand("fmt", say_("help.law_fmt"));
        fmt.add_option("folder", line_.format.folder, say_("help.law_fmt_folder"));
        fmt.add_flag("--check", line_.format.checks_only, say_("help.law_fmt_check"));
        law.add_subcommand("lsp", say_("help.law_lsp"));
        law.add_subcommand("facts", say_("help.law_facts"))
            ->add_option("beginning", line_.rule, say_("help.law_facts_beginning"));
        law.add_subcommand("registers", say_("help.law_registers"))
            ->add_option("--at", line_.today, say_("help.law_registers_at"));
        CLI::App& show = *law.add_subcommand("show", say_("help.law_show"));
        show.add_option("rule", line_.law_show.rule, say_("help.law_show_rule"));
        show.add_option("--turnover", line_.law_show.turnover, say_("help.law_show_turnover"));
        show.add_option("--at", line_.law_show.at, say_("help.law_show_at"));
        ExportOptions& options = line_.law_export;
        CLI::App& out = *law.add_subcommand("export", say_("help.law_export"));
        out.add_option("kind", options.kind, say_("help.export_kind"))
            ->required()
            ->check(CLI::IsMember({"sql", "json", "html"}));
        out.add_option("-q,--question", options.questions, say_("help.export_question"))
            ->allow_extra_args(false);
        out.add_option("--country", options.countries, say_("help.export_country"))
            ->allow_extra_args(false);
        out.add_option("--dialect", options.dialect, say_("help.export_dialect"))
            ->check(CLI::IsMember({"sqlite", "postgres", "duckdb", "clickhouse", "spark"}));
        out.add_option("--form", options.form, say_("help.export_form"))
            ->check(CLI::IsMember({"join", "case"}));
        out.add_option("--at", options.at, say_("help.export_at"));
        out.add_option("-o,--out", options.out, say_("help.export_out"));
    }

    const Catalogue& say_;
    Line& line_;
    std::vector<std::unique_ptr<Family>> families_ = all_families();
    CLI::App app_;
};

int run(const Terminal& terminal, const CommandLine& chosen, const Line& line) {
    if (chosen.chose("init"))
        return run_init(terminal, line.common,
                        line.folder.empty() ? line.common.workspace : line.folder, line.country,
                        line.database);
    if (chosen.chose("screen")) return run_screen(terminal, line.common, line.screen);
    if (chosen.chose("certificate", "verify"))
        return run_certificate_verify(terminal, line.common, line.certificate);
    if (chosen.chose("check")) return run_check(terminal, line.common, line.check);
    if (chosen.chose("explain")) return run_explain(terminal, line.common, line.explain);
    if (chosen.chose("record")) return run_record(terminal, line.common, line.record);
    if (chosen.chose("suppress")) return run_suppress(terminal, line.common, line.suppress);
    if (chosen.chose("import", "undo"))
        return run_import_undo(terminal, line.common, line.import_undo);
    if (chosen.chose("import")) return run_import(terminal, line.common, line.import);
    if (chosen.chose("exchange", "import"))
        return run_exchange_import(terminal, line.common, line.exchange);
    if (chosen.chose("exchange", "export"))
        return run_exchange_export(terminal, line.common, line.exchange);
    if (chosen.chose("export", "facts"))
        return run_export_facts(terminal, line.common, line.warehouse);
    if (chosen.chose("export", "suppressions"))
        return run_export_suppressions(terminal, line.common, line.warehouse);
    if (chosen.chose("person")) return run_person(terminal, line.common, line.person, line.reason);
    if (chosen.chose("law", "test")) return run_law_test(terminal, line.common, line.law_test);
    if (chosen.chose("law", "check")) return run_law_check(terminal, line.common, line.today);
    if (chosen.chose("law", "sign")) return run_law_sign(terminal, line.common, line.key);
    if (chosen.chose("law", "verify"))
        return run_law_verify(terminal, line.common, line.folder, line.key);
    if (chosen.chose("law", "diff")) return run_law_diff(terminal, line.common, line.law_diff);
    if (chosen.chose("law", "facts")) return run_law_facts(terminal, line.common, line.rule);
    if (chosen.chose("law", "fmt")) return run_law_fmt(terminal, line.common, line.format);
    if (chosen.chose("law", "lsp")) return run_law_lsp(terminal, line.common, LICET_VERSION);
    if (chosen.chose("law", "list")) return run_law_list(terminal, line.common);
    if (chosen.chose("law", "registers"))
        return run_law_registers(terminal, line.common, line.today);
    if (chosen.chose("law", "show")) return run_law_show(terminal, line.common, line.law_show);
    if (chosen.chose("law", "export"))
        return run_law_export(terminal, line.common, line.law_export);
    if (chosen.chose("consent")) return run_consent(terminal, line.common, line.consent);
    if (chosen.chose("notice", "add")) return run_notice_add(terminal, line.common, line.notice);
    if (chosen.chose("notice", "list")) return run_notice_list(terminal, line.common);
    if (chosen.chose("evidence", "person"))
        return run_evidence_person(terminal, line.common, line.evidence);
    if (chosen.chose("purge")) return run_purge(terminal, line.common, line.purge);
    if (chosen.chose("erase")) return run_erase(terminal, line.common, line.erase);
    return run_demo(terminal, line.common, line.demo_folder);
}

int parse_and_run(int count, char** arguments) {
    const Catalogue& say = catalogue_of(language_of(wanted_language(count, arguments)));
    Line line;
    CommandLine command_line(say, line);
    try {
        command_line.app().parse(count, arguments);
    } catch (const CLI::ParseError& problem) {
        // Help and version are no faults; they print and end well.
        if (problem.get_exit_code() == 0) return command_line.app().exit(problem);
        const Message why = command_line.fault_of_command(count, arguments)
                                .value_or(fault_of_line(problem, command_line.app()));
        std::cerr << "licet: " << say(why) << '\n' << say("cli.see_help") << '\n';
        return exit_status::kUsage;
    }
    const Terminal terminal(say, line.wants_json);
    if (const auto status = command_line.run_family(terminal, line.common)) return *status;
    return run(terminal, command_line, line);
}

}  // namespace
}  // namespace licet

int main(int count, char** arguments) {
    // A full disk and a closed pipe are answers of write(), with a sentence, not a sudden death.
    std::signal(SIGXFSZ, SIG_IGN);
    std::signal(SIGPIPE, SIG_IGN);
    // Outside exceptions end here, as an error: nobody is contacted after one.
    try {
        const int status = licet::parse_and_run(count, arguments);
        std::cout.flush();
        if (std::cout) return status;
        // What was not written must not be taken for written.
        std::cerr << "licet: standard output: " << std::strerror(errno) << '\n';
        return licet::exit_status::kBroken;
    } catch (const std::exception& problem) {
        std::cerr << "licet: " << problem.what() << '\n';
        return licet::exit_status::kBroken;
    }
}

// SPDX-License-Identifier: Apache-2.0
//
// One function a command. Each takes what the command line said and gives the exit status. None of
// them reads the command line itself (main.cpp does) and none keeps anything between calls: what a
// command needs, it builds and lets go.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "law/law.h"
#include "main/terminal.h"

namespace licet {

/// Options that every command has.
struct Common {
    std::string workspace;  ///< folder; "" = the current one
    std::string packs;      ///< folder of packs instead of the carried ones
    std::string reading = "strict";
    /// The law if it is compiled already, as a server has it; null: load_law() compiles it.
    std::shared_ptr<const law::Law> law;
};

struct CheckOptions {
    std::string question = "contact";
    std::vector<std::string> facts;  ///< name=value
    std::vector<std::string> backgrounds;
    std::string facts_jsonl;
    std::string campaign;
    std::string email;
    std::string phone;
    std::string company;  ///< SIREN or SIRET
    std::string job_title;
    bool keeps_no_record = false;
    bool asks = false;  ///< explain: a dialogue
};

struct LawTestOptions {
    bool wants_mutation = false;
    bool wants_coverage = false;
    bool wants_rows = false;  ///< propose rows for what no case covers
    std::string promote;      ///< file for the proposed rows, to be reviewed
};

struct LawDiffOptions {
    std::string before;  ///< COUNTRY[@DAY][:READING]
    std::string after;
    std::string question = "contact";
    std::string old_packs;  ///< folder of the packs of the first side; "" = those of the second
    std::string campaign;   ///< with a workspace: counts the people whose verdict changes
    std::string html;       ///< file of the page
};

struct LawShowOptions {
    std::string rule;      ///< its name or the beginning of names; "" = all
    std::string turnover;  ///< worldwide and annual, whole euros; "" = not known
    std::string at;        ///< day of the ceilings; "" = today
};

struct RecordOptions {
    std::string kind;
    std::string email;
    std::string phone;
    std::string address;  ///< instead of both: as ledger::contact_point_of() reads it
    std::string country;
    std::string channel;
    std::string purpose;
    std::string on;
    std::string surface = "command_line";
    std::string key;
    std::vector<std::string> attributes;  ///< name=value
    std::string jsonl;
};

struct ConsentOptions {
    std::string act;  ///< request, mail-accepted, page-seen, confirm, bounced, suspect, give, ...
    std::string address;
    std::vector<std::string> channels;
    std::vector<std::string> purposes;
    std::string notice;      ///< SHA-256 of the text that was shown
    std::string language;    ///< of that text; empty = as it was published
    std::string controller;  ///< empty = that of the workspace
    std::string surface = "command_line";
    std::string on;
    std::string at;       ///< moment in UTC: 2026-03-02T10:00:05Z
    std::string request;  ///< empty = the newest of the person
    std::string key;
    std::string why;  ///< of a mark of suspicion
    int days = 0;     ///< 0 = as the workspace has it
    std::vector<std::string> attributes;
};

struct NoticeOptions {
    std::string file;
    std::string language = "fr";
    std::string since;  ///< first day on which it was shown; "" = today
};

struct EvidenceOptions {
    std::string address;
    std::string reason;
    std::string out;
    std::vector<std::string> facts;  ///< name=value, known of the person besides
};

struct EraseOptions {
    std::string address;
    std::string reason = "request";  ///< request, retention, mistake
    std::string certificate;         ///< file for it; "" = none
    bool is_sure = false;
};

/// Files of a verification; empty = none.
struct VerifyPaths {
    std::string against;  ///< a checkpoint that was kept
    std::string trusted;  ///< certificates of time-stamping authorities
    std::string resume;   ///< where to note how far it came, and to go on from
};

struct TimestampOptions {
    std::string request;  ///< file for a request
    std::string answer;   ///< file with the answer
    std::string trusted;  ///< certificates that the authority is held to
};

struct PurgeOptions {
    bool applies = false;
    bool looks_only = false;
    std::string list;         ///< file for what becomes of each person; "" = none
    std::string among;        ///< addresses, one a line
    std::string renew;        ///< file for those of them whose record ends soon; "" = none
    std::string certificate;  ///< file for it; "" = none
};

struct SuppressOptions {
    std::vector<std::string> addresses;  ///< as ledger::contact_point_of() reads them
    std::string file;                    ///< one address a line
    std::string channel;
    std::string purpose;
    std::string brand;
    std::string reason;  ///< how it came: a word of the list's own
    std::string on;
};

struct ExchangeOptions {
    std::string file;    ///< import: the list; export: addresses that the partner has, one a line
    std::string from;    ///< name of who made the list
    std::string until;   ///< its last day
    std::string digest;  ///< import: md5, sha1 or sha256
    std::string channel;
    std::string key;  ///< import: file of the partner's key
    std::string out;  ///< export: file for the list; its key goes beside it
};

struct ScreenOptions {
    std::string file;
    std::string campaign;
    std::string out;
    std::string at;
    std::vector<std::string> map;
    std::string profile;       ///< of columns, to read; "" = none
    std::string save_profile;  ///< to write; "" = none
    bool is_safe = false;
    bool is_brief = false;
    std::string channel;  ///< before the campaign's; "" = as the campaign says
    /// What the other situation of a comparison is: a day, FACT=VALUE, a campaign file.
    std::vector<std::string> versus;
    std::string since;  ///< certificate of an earlier screening; "" = none
    bool has_no_certificate = false;
    bool wants_workbook = false;
    bool wants_pdf = false;
    bool is_piped = false;          ///< whom to contact goes to standard output, nothing stays
    std::string version = "licet";  ///< of the program
};

struct ImportOptions {
    std::string file;
    std::string source;  ///< declaration of where it comes from
    std::string kind = "contacts";
    std::vector<std::string> map;
    bool is_sure = false;           ///< writes
    bool looks_only = false;        ///< as without is_sure; wins over it
    std::string version = "licet";  ///< of the program
};

struct ImportUndoOptions {
    std::string batch;
    bool is_sure = false;
    std::string version = "licet";
};

struct CertificateOptions {
    std::string file;
    std::string against;  ///< a list; "" = none
    std::string key;      ///< file of the public key; "" = that of the workspace
    std::string at;       ///< day of the contact; "" = today
};

struct ExportOptions {
    std::string kind;                    ///< sql, json or html
    std::vector<std::string> questions;  ///< empty = the usual ones of the kind
    std::vector<std::string> countries;  ///< empty = all
    std::string dialect = "sqlite";
    std::string form;  ///< of SQL: case, join; empty = by the number of rules
    std::string at;    ///< day of the pages; empty = today
    std::string out;   ///< folder; empty = standard output
};

/// Of `export facts` and `export suppressions`.
struct WarehouseOptions {
    std::string file;
    std::string campaign;
    std::string at;
    std::vector<std::string> map;
    std::vector<std::string> countries;  ///< whose law; empty = all
    std::string dialect = "duckdb";
    std::string format;  ///< csv, jsonl; empty = csv, or as the facts
    std::string out;     ///< folder
};

struct FormatOptions {
    std::string folder;
    bool checks_only = false;
};

int run_init(const Terminal& terminal, const Common& common, const std::string& folder,
             const std::string& country, const std::string& database);
int run_check(const Terminal& terminal, const Common& common, const CheckOptions& options);
int run_explain(const Terminal& terminal, const Common& common, const CheckOptions& options);
int run_record(const Terminal& terminal, const Common& common, const RecordOptions& options);
int run_suppress(const Terminal& terminal, const Common& common, const SuppressOptions& options);
int run_person(const Terminal& terminal, const Common& common, const std::string& address,
               const std::string& reason);
int run_exchange_import(const Terminal& terminal, const Common& common,
                        const ExchangeOptions& options);
int run_exchange_export(const Terminal& terminal, const Common& common,
                        const ExchangeOptions& options);
int run_export_facts(const Terminal& terminal, const Common& common,
                     const WarehouseOptions& options);
int run_export_suppressions(const Terminal& terminal, const Common& common,
                            const WarehouseOptions& options);
int run_screen(const Terminal& terminal, const Common& common, const ScreenOptions& options);
int run_import(const Terminal& terminal, const Common& common, const ImportOptions& options);
int run_import_undo(const Terminal& terminal, const Common& common,
                    const ImportUndoOptions& options);
int run_what_if(const Terminal& terminal, const Common& common, const ScreenOptions& options);
int run_certificate_verify(const Terminal& terminal, const Common& common,
                           const CertificateOptions& options);
int run_law_test(const Terminal& terminal, const Common& common, const LawTestOptions& options);
int run_law_check(const Terminal& terminal, const Common& common, const std::string& today);
int run_law_sign(const Terminal& terminal, const Common& common, const std::string& key);
int run_law_verify(const Terminal& terminal, const Common& common, const std::string& file,
                   const std::string& key);
int run_law_diff(const Terminal& terminal, const Common& common, const LawDiffOptions& options);
int run_law_list(const Terminal& terminal, const Common& common);
int run_law_facts(const Terminal& terminal, const Common& common, const std::string& beginning);
int run_law_fmt(const Terminal& terminal, const Common& common, const FormatOptions& options);
int run_law_lsp(const Terminal& terminal, const Common& common, const std::string& version);
int run_law_registers(const Terminal& terminal, const Common& common, const std::string& at);
int run_law_show(const Terminal& terminal, const Common& common, const LawShowOptions& options);
int run_law_export(const Terminal& terminal, const Common& common, const ExportOptions& options);
int run_consent(const Terminal& terminal, const Common& common, const ConsentOptions& options);
int run_notice_add(const Terminal& terminal, const Common& common, const NoticeOptions& options);
int run_notice_list(const Terminal& terminal, const Common& common);
int run_evidence_person(const Terminal& terminal, const Common& common,
                        const EvidenceOptions& options);
int run_purge(const Terminal& terminal, const Common& common, const PurgeOptions& options);
int run_erase(const Terminal& terminal, const Common& common, const EraseOptions& options);
int run_ledger_verify(const Terminal& terminal, const Common& common, const VerifyPaths& paths);
int run_ledger_checkpoint(const Terminal& terminal, const Common& common, const std::string& out);
/// Writes the proof that the log goes on from a checkpoint that somebody kept.
int run_ledger_consistency(const Terminal& terminal, const Common& common, const std::string& kept,
                           const std::string& out);
int run_ledger_prove(const Terminal& terminal, const Common& common, const std::string& place,
                     const std::string& out);
int run_ledger_timestamp(const Terminal& terminal, const Common& common,
                         const TimestampOptions& options);
int run_ledger_export(const Terminal& terminal, const Common& common, const std::string& path);
int run_ledger_import(const Terminal& terminal, const Common& common, const std::string& path);
int run_ledger_rotate(const Terminal& terminal, const Common& common);
int run_ledger_publish(const Terminal& terminal, const Common& common, const std::string& folder);
int run_demo(const Terminal& terminal, const Common& common, const std::string& folder);

/// Words the dates between which a rule is in force; empty if it always is.
[[nodiscard]] std::string worded_period(const Terminal& terminal, const law::Rule& rule);

/// Gives the reading of that name; strict for any other.
[[nodiscard]] law::Reading reading_of(std::string_view name);
/// Reads and compiles the packs; on failure prints every fault and gives null.
[[nodiscard]] std::shared_ptr<const law::Law> load_law(const Terminal& terminal,
                                                       const Common& common);
/// The packs as text: carried, or from `--packs`.
[[nodiscard]] Result<std::vector<law::SourceFile>> pack_files(const Common& common);

}  // namespace licet

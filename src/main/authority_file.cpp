// SPDX-License-Identifier: Apache-2.0
#include "main/authority_file.h"

#include <algorithm>
#include <array>

#include "audit/book_json.h"
#include "audit/evidence_index.h"
#include "audit/label.h"
#include "base/base64.h"
#include "base/signature.h"
#include "base/text.h"
#include "base/utc.h"
#include "gate/campaign_id.h"
#include "main/audit_desk.h"
#include "main/authority_client.h"
#include "main/authority_events.h"
#include "main/files.h"
#include "main/notices.h"
#include "main/output_path.h"
#include "main/paper_desk.h"
#include "main/people.h"
#include "main/resources.h"
#include "main/rights_desk.h"
#include "main/zones.h"
#include "papers/document_html.h"
#include "papers/document_text.h"
#include "rights/deadline.h"
#include "store/ledger_log.h"

namespace licet {
namespace {

using audit::SignedArchive;

// The name that evidence_commands() runs.
const std::string kVerifyScript = std::string("verify") + ".py";
constexpr std::array kBothLanguages{Language::kFrench, Language::kEnglish};

std::string code_in_paths(Language language) { return std::string(papers::code_of(language)); }
std::string lines_of_json(const json::value& value) { return canonical(value) + "\n"; }

// RFC 8410: what stands before the 32 bytes of an Ed25519 key.
std::string public_pem_of(const RawPublicKey& key) {
    constexpr std::array<std::uint8_t, 12> kBefore{0x30, 0x2a, 0x30, 0x05, 0x06, 0x03,
                                                   0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
    std::vector<std::uint8_t> der(kBefore.begin(), kBefore.end());
    der.insert(der.end(), key.begin(), key.end());
    return "-----BEGIN PUBLIC KEY-----\n" + base64_of(der) + "\n-----END PUBLIC KEY-----\n";
}

// The text of a note and its first signature, apart, as openssl wants them.
struct NoteParts {
    std::string body;
    std::string signature;
};
NoteParts parts_of_note(const std::string& note) {
    constexpr std::size_t kKeyIdBytes = 4;
    NoteParts out;
    const std::size_t gap = note.find("\n\n");
    out.body = note.substr(0, gap + 1);
    const auto lines = lines_of(std::string_view(note).substr(gap + 2));
    const auto words = split(lines.empty() ? std::string_view() : lines.front(), ' ');
    const auto bytes = bytes_of_base64(words.back()).value_or(std::vector<std::uint8_t>{});
    if (bytes.size() > kKeyIdBytes) out.signature.assign(bytes.begin() + kKeyIdBytes, bytes.end());
    return out;
}

// The first and the last day that are wanted.
Result<std::pair<std::optional<Date>, std::optional<Date>>> wanted_days(
    const AuthorityOptions& options) {
    std::pair<std::optional<Date>, std::optional<Date>> out;
    if (!options.from.empty()) out.first = LICET_TRY(parse_date(options.from));
    if (!options.to.empty()) out.second = LICET_TRY(parse_date(options.to));
    if (out.first && out.second && *out.second < *out.first)
        return error(ErrorCode::kInput, "authority.days");
    if (!options.client.empty() &&
        !(options.campaign + options.person + options.from + options.to).empty())
        return error(ErrorCode::kInput, "authority.client_alone");
    return out;
}

class AuthorityFile {
  public:
    AuthorityFile(const Terminal& terminal, const Common& common, const AuthorityOptions& options,
                  const law::Law& law, Workspace workspace)
        : terminal_(terminal),
          common_(common),
          options_(options),
          law_(law),
          workspace_(std::move(workspace)) {}

    Result<Done> build() {
        LICET_TRY(check_output(options_.out, workspace_.folder));
        key_ = LICET_TRY(log_key_of(workspace_));
        LICET_TRY(choose());
        if (!options_.client.empty()) LICET_TRY(choose_client());
        checkpoint_ = LICET_TRY(store::sign_checkpoint(files_of(workspace_), key_.identity.origin,
                                                       key_.private_pem, now_seconds()));
        // Nobody's eyes but the owner's: tokens are personal data too.
        auto writer = LICET_TRY(ByteWriter::create(options_.out));
        SignedArchive archive([&](std::string_view bytes) { return writer->write(bytes); });
        archive_ = &archive;
        store_ = LICET_TRY(open_ledger(workspace_, true));
        LICET_TRY(add_events());
        LICET_TRY(add_shown_texts());
        LICET_TRY(add_registers());
        LICET_TRY(client_ ? add_client() : add_own_practice());
        LICET_TRY(add_law_of_days());
        LICET_TRY(add_certificates());
        LICET_TRY(add_proof());
        LICET_TRY(add_front());
        LICET_TRY(
            archive.finish([&](std::string_view text) { return sign(text, key_.private_pem); }));
        LICET_TRY(writer->finish());
        files_ = archive.files().size();
        size_ = archive.size_bytes();
        digest_ = archive.digest();
        return Done{};
    }

    void tell() const {
        std::uint64_t events = 0;
        for (const auto& [folder, count] : counts_) events += count;
        if (terminal_.wants_json()) {
            json::array out;
            for (const Message& one : left_out_) out.emplace_back(terminal_.text()(one));
            json::array commands;
            for (const std::string& one : audit::evidence_commands(!checkpoint_.timestamp.empty()))
                commands.emplace_back(one);
            terminal_.print(json::serialize(json::object{{"path", options_.out},
                                                         {"as_of", text_of(as_of())},
                                                         {"commands", std::move(commands)},
                                                         {"sha256", digest_},
                                                         {"files", files_},
                                                         {"events", events},
                                                         {"bytes", size_},
                                                         {"left_out", std::move(out)}}));
            return;
        }
        terminal_.print(terminal_.text()("authority.written", {{"path", options_.out},
                                                               {"files", std::to_string(files_)},
                                                               {"count", std::to_string(events)},
                                                               {"sha256", digest_}}));
    }

  private:
    void leave_out(std::string_view id, Message::Arguments arguments = {}) {
        left_out_.emplace_back(id, std::move(arguments));
    }
    void leave_out_counted(std::string_view id, std::uint64_t count) {
        if (count > 0) leave_out(id, {{"count", std::to_string(count)}});
    }
    [[nodiscard]] Date as_of() const { return utc_day(checkpoint_.signed_at); }

    Result<Done> choose() {
        choice_.campaign = gate::campaign_id(options_.campaign);
        // A name without letters names no campaign; it does not mean all of them.
        if (choice_.campaign.empty() && !options_.campaign.empty())
            return error(ErrorCode::kMissing, "authority.nothing");
        std::tie(choice_.from, choice_.to) = LICET_TRY(wanted_days(options_));
        if (!options_.person.empty()) LICET_TRY(choose_persons());
        if (!options_.campaign.empty())
            scope_.emplace_back("authority.of_campaign",
                                Message::Arguments{{"campaign", options_.campaign}});
        if (choice_.is_of_persons)
            scope_.emplace_back(
                "authority.of_persons",
                Message::Arguments{{"count", std::to_string(choice_.persons.size())}});
        if (choice_.from || choice_.to)
            scope_.emplace_back(
                "authority.of_days",
                Message::Arguments{{"from", options_.from.empty() ? "..." : options_.from},
                                   {"to", options_.to.empty() ? "..." : options_.to}});
        if (scope_.empty()) scope_.emplace_back("authority.of_all");
        return Done{};
    }

    // Nobody's events, no other client's, and of ours what concerns this one.
    Result<Done> choose_client() {
        const auto desk = open_desk(terminal_, common_, {"", text_of(now().day)});
        if (!desk) return error(ErrorCode::kInput, "authority.organisation");
        client_ = LICET_TRY(client_share(*desk->organisation, options_.client));
        choice_.is_of_persons = true;
        choice_.of_ledger = [this](const ledger::Event& one) { return concerns(*client_, one); };
        scope_ = {Message("authority.of_client", {{"name", client_->name}})};
        return Done{};
    }

    Result<Done> choose_persons() {
        choice_.is_of_persons = true;
        auto tokeniser = LICET_TRY(ledger::Tokeniser::create(workspace_.key));
        LICET_TRY(for_each_address(
            options_.person, workspace_.country,
            [&](std::string_view, const ledger::ContactPoint& point) -> Result<Done> {
                const ledger::ContactTokens tokens = tokeniser.tokens(point);
                choice_.persons.insert(tokens.strict);
                choice_.also_objected.insert(tokens.loose.begin(), tokens.loose.end());
                choice_.also_objected.insert(tokens.wide.begin(), tokens.wide.end());
                return Done{};
            }));
        if (choice_.persons.empty()) return error(ErrorCode::kInput, "authority.no_address");
        return Done{};
    }

    Result<Done> add_events() {
        leave_out("authority.out_addresses");
        audit::EventFiles events(*archive_);
        ProgressBar bar(terminal_, checkpoint_.size);
        auto written = write_events(files_of(workspace_), checkpoint_.size, choice_, events,
                                    summary_, [&](std::uint64_t done) { bar.show(done, done); });
        bar.finish();
        const EventsLeftOut out = LICET_TRY(std::move(written));
        counts_ = events.counts();
        const bool is_chosen = (choice_.is_of_persons && !client_) || !choice_.campaign.empty();
        const auto is_of_people = [](const auto& one) { return one.first != "registers"; };
        const json::object screenings = summary_.screenings_json(choice_.campaign);
        const bool was_screened =
            !choice_.campaign.empty() && !screenings.at("screenings").get_array().empty();
        if (is_chosen && !was_screened &&
            std::none_of(counts_.begin(), counts_.end(), is_of_people))
            return error(ErrorCode::kMissing, "authority.nothing");
        leave_out_counted("authority.out_erased", out.erased);
        leave_out_counted("authority.out_not_chosen", out.not_chosen);
        leave_out_counted("authority.out_minimised", out.minimised);
        leave_out_counted("authority.out_administered", out.administered);
        if (client_) return Done{};
        LICET_TRY(archive_->add("screenings.json", lines_of_json(screenings)));
        LICET_TRY(archive_->add("verdicts.json", lines_of_json(summary_.verdicts_json())));
        LICET_TRY(archive_->add("objections.json", lines_of_json(summary_.objections_json())));
        return add_requests();
    }

    Result<Done> add_requests() {
        const rights::Settings settings = LICET_TRY(rights_settings_of(workspace_));
        json::array out;
        for (const auto& [name, request] : summary_.requests()) {
            json::object steps;
            for (const auto& [step, day] : request.steps)
                steps[rights::name_of(step)] = text_of(day);
            json::object one{{"request", request.id},
                             {"person", hex_of(request.person.bytes)},
                             {"kind", request.kind ? rights::name_of(*request.kind) : ""},
                             {"state", rights::name_of(rights::state_of(request))},
                             {"steps", std::move(steps)}};
            if (const auto deadline = rights::deadline_of(law_, settings.country, request))
                one["due_on"] = text_of(deadline->due_on);
            out.push_back(std::move(one));
        }
        return archive_->add("requests.json",
                             lines_of_json(json::object{{"requests", std::move(out)}}));
    }

    Result<Done> add_shown_texts() {
        const auto all = LICET_TRY(notices_of(*store_));
        for (const Notice& one : all) {
            const auto document = one.attributes.find("document");
            const bool is_paper = document != one.attributes.end();
            if (!is_paper && !summary_.notices().contains(one.sha256)) continue;
            if (client_ && (!is_paper || document->second != client_->document)) continue;
            const auto text = text_of_notice(workspace_, one);
            if (!text) {
                leave_out("authority.out_lost", {{"sha256", one.sha256}});
                continue;
            }
            const std::string ending = one.media == "text/html"         ? ".html"
                                       : one.media == "application/pdf" ? ".pdf"
                                       : one.media == "image/png"       ? ".png"
                                                                        : ".txt";
            const std::string beginning = one.sha256.substr(0, 16);
            LICET_TRY(archive_->add(is_paper ? paper_path(one, document->second) + ending
                                             : "notices/" + beginning + "." + one.language + ending,
                                    *text));
        }
        return Done{};
    }

    static std::string paper_path(const Notice& notice, const std::string& document) {
        const auto version = notice.attributes.find("version");
        const std::string number =
            version == notice.attributes.end() ? std::string("0") : version->second;
        return "papers/" + document.substr(0, 40) + "." + notice.language + ".v" + number + "." +
               notice.sha256.substr(0, 8);
    }

    Result<Done> add_registers() {
        const std::array nobody{ledger::Token{}};
        const auto stored = LICET_TRY(store_->events_of(nobody));
        for (const ledger::StoredEvent& one : stored) own_.push_back(one.event);
        if (client_)
            std::erase_if(own_, [&](const ledger::Event& one) { return !concerns(*client_, one); });
        const auto registers = audit::registers_json(audit::book_of(own_));
        for (const auto& [name, entries] : registers)
            if (!client_ || name == "processors" || name == "breaches")
                LICET_TRY(archive_->add(name + ".json", lines_of_json(entries)));
        leave_out("authority.out_documents");
        const auto labels = audit::labels_of(own_);
        if (!labels.empty())
            LICET_TRY(archive_->add(
                "labels.json", lines_of_json(audit::labels_json(labels, checkpoint_.signed_at))));
        return Done{};
    }

    // What the register says of a client, its agreement as it would be made today, and our score.
    Result<Done> add_client() {
        LICET_TRY(archive_->add(
            "client/client.json",
            lines_of_json(json::object{{"client", client_->id}, {"facts", client_->facts}})));
        const auto desk = open_desk(terminal_, common_, {"", text_of(as_of())});
        if (!desk) return error(ErrorCode::kInput, "authority.organisation");
        const auto office = LICET_TRY(desk->office());
        for (const Language language : kBothLanguages) {
            const auto agreement = office.build(client_->document, language);
            if (!agreement.is_clean()) {
                leave_out("authority.out_agreement");
                break;
            }
            LICET_TRY(archive_->add("client/agreement." + code_in_paths(language) + ".html",
                                    papers::html_of(agreement.value, catalogue_of(language))));
        }
        leave_out("authority.out_others");
        const auto audit = LICET_TRY(audit_desk());
        if (audit == nullptr) return Done{};
        const audit::AuditReport report = audit->report(catalogue_of(Language::kFrench));
        return archive_->add("client/score.json", lines_of_json(score_for_client(report)));
    }

    Result<Done> add_own_practice() {
        LICET_TRY(add_record());
        return add_audit();
    }

    // The register of article 30 is built of the register of facts, as it is now.
    Result<Done> add_record() {
        if (!read_file(organisation_path(common_))) {
            leave_out("authority.out_no_record");
            return Done{};
        }
        const auto desk = open_desk(terminal_, common_, {"", text_of(as_of())});
        if (!desk) return error(ErrorCode::kInput, "authority.organisation");
        const auto office = LICET_TRY(desk->office());
        bool is_complete = true;
        for (const Language language : kBothLanguages) {
            const auto record = office.build("record", language);
            is_complete = is_complete && record.is_clean();
            if (!record.is_clean()) continue;
            LICET_TRY(archive_->add("record." + code_in_paths(language) + ".html",
                                    papers::html_of(record.value, catalogue_of(language))));
            if (language == Language::kFrench)
                LICET_TRY(
                    archive_->add("record.json", lines_of_json(papers::json_of(record.value))));
        }
        if (!is_complete) leave_out("authority.out_incomplete_record");
        return Done{};
    }

    // The newest audit as of the checkpoint; none if nobody began one.
    Result<std::unique_ptr<AuditDesk>> audit_desk() {
        questionnaire_ = load_questionnaire(terminal_, "");
        if (!questionnaire_) return error(ErrorCode::kBroken, "authority.questionnaire");
        const std::string day = text_of(as_of());
        auto desk = AuditDesk::open(law_, *questionnaire_, common_, {"", day, false, true, day});
        if (desk || desk.error().message.id != "audit.none") return desk;
        leave_out("authority.out_no_audit");
        return std::unique_ptr<AuditDesk>{};
    }

    Result<Done> add_audit() {
        const auto desk = LICET_TRY(audit_desk());
        if (desk == nullptr) return Done{};
        for (const Language language : kBothLanguages) {
            const Catalogue& say = catalogue_of(language);
            audit::AuditReport report = desk->report(say);
            // Reasons in words may be about somebody.
            report.reasons.clear();
            LICET_TRY(archive_->add("audit." + code_in_paths(language) + ".html",
                                    audit::report_page(report, say)));
            LICET_TRY(archive_->add("audit." + code_in_paths(language) + ".json",
                                    lines_of_json(audit::report_json(report, say))));
        }
        return Done{};
    }

    Result<Done> add_law_of_days() {
        const auto files = LICET_TRY(pack_files(common_));
        for (const law::SourceFile& one : files) {
            std::string path = one.path;
            const std::string folder = common_.packs + "/";
            if (path.starts_with(folder)) path = path.substr(folder.size());
            LICET_TRY(archive_->add("law/packs/" + path, one.text));
        }
        std::set<std::string> known;
        json::array packs;
        for (const law::Pack& pack : law_.packs()) {
            known.insert(pack.identity());
            packs.emplace_back(pack.identity());
        }
        for (const std::string& pack : summary_.packs())
            if (!pack.empty() && !known.contains(pack))
                leave_out("authority.out_pack", {{"pack", pack}});
        const json::object law{{"packs", std::move(packs)},
                               {"reading", law::name_of(law_.reading())},
                               {"as_of", text_of(as_of())},
                               {"days", days_json()},
                               {"rules", rules_json()}};
        return archive_->add("law/law.json", lines_of_json(law));
    }

    // What of the rules that decided was in force on each day on which somebody was judged.
    [[nodiscard]] json::array days_json() const {
        json::array out;
        for (const auto& [day, count] : summary_.days()) {
            const audit::LawDay law_day(law_, day);
            json::array rules;
            for (const auto& [rule, decided] : summary_.rules())
                if (law_day.is_in_force(rule)) rules.emplace_back(rule);
            out.push_back(json::object{
                {"day", text_of(day)}, {"verdicts", count}, {"in_force", std::move(rules)}});
        }
        return out;
    }

    [[nodiscard]] json::array rules_json() const {
        const audit::LawDay law_day(law_, as_of());
        json::array out;
        for (const auto& [id, count] : summary_.rules()) {
            json::object one{{"rule", id}, {"decided", count}};
            if (const law::Rule* rule = law_day.rule(id)) {
                one["from"] = rule->from;
                one["until"] = rule->until;
                one["cites"] = json::array(rule->cites.begin(), rule->cites.end());
                one["fr"] = rule->tell.french;
                one["en"] = rule->tell.english;
            }
            out.push_back(std::move(one));
        }
        return out;
    }

    Result<Done> add_certificates() {
        leave_out("authority.out_lists");
        std::set<std::string> issued;
        for (const ledger::Event& one : own_)
            if (one.kind == ledger::EventKind::kCertificateIssued)
                issued.emplace(ledger::attribute(one, "sha256"));
        std::set<std::string> added;
        for (const std::string& path : options_.certificates) {
            const std::string text = LICET_TRY(read_file(path));
            const std::string digest = hex_of(sha256(text));
            if (!issued.contains(digest))
                return error(ErrorCode::kInput, "authority.certificate", {}, path);
            if (added.insert(digest).second)
                LICET_TRY(archive_->add("certificates/" + digest.substr(0, 16) + ".txt", text));
        }
        return Done{};
    }

    Result<Done> add_proof() {
        const NoteParts note = parts_of_note(checkpoint_.note);
        vkey_ = ledger::text_of(key_.identity);
        LICET_TRY(archive_->add("proof/checkpoint", checkpoint_.note));
        LICET_TRY(archive_->add("proof/checkpoint.body", note.body));
        LICET_TRY(archive_->add("proof/checkpoint.sig", note.signature));
        LICET_TRY(archive_->add("proof/signing.vkey", vkey_ + "\n"));
        LICET_TRY(archive_->add("proof/signing.pem", public_pem_of(key_.identity.key)));
        if (!checkpoint_.timestamp.empty())
            LICET_TRY(archive_->add(
                "proof/checkpoint.tsr",
                std::string(checkpoint_.timestamp.begin(), checkpoint_.timestamp.end())));
        return archive_->add(kVerifyScript, resource("src/audit/verify_file.py"));
    }

    Result<Done> add_front() {
        leave_out("authority.out_unrecorded");
        constexpr const char* kTable = "audit/obligations.txt";
        auto obligations = audit::read_obligations(resource(kTable), kTable);
        if (!obligations.is_clean()) return obligations.problems.front();
        json::array told;
        for (const Message& one : left_out_) {
            json::object line{{"id", one.id}};
            for (const Language language : kBothLanguages)
                line[code_in_paths(language)] = catalogue_of(language)(one);
            told.push_back(std::move(line));
        }
        LICET_TRY(archive_->add("left-out.json",
                                lines_of_json(json::object{{"left_out", std::move(told)}})));
        audit::EvidenceIndex index{std::move(obligations.value),
                                   archive_->files(),
                                   counts_,
                                   scope_,
                                   left_out_,
                                   workspace_.controller,
                                   workspace_.controller_contact,
                                   options_.reason,
                                   as_of(),
                                   checkpoint_.size,
                                   vkey_,
                                   !checkpoint_.timestamp.empty()};
        for (const Language language : kBothLanguages) {
            const Catalogue& say = catalogue_of(language);
            const std::string code = code_in_paths(language);
            LICET_TRY(archive_->add("left-out." + code + ".txt", audit::left_out_text(index, say)));
            LICET_TRY(
                archive_->add("index." + code + ".html", audit::evidence_index_page(index, say)));
            LICET_TRY(archive_->add("README." + code + ".txt", audit::evidence_readme(index, say)));
        }
        return Done{};
    }

    const Terminal& terminal_;
    const Common& common_;
    const AuthorityOptions& options_;
    const law::Law& law_;
    Workspace workspace_;
    LogKey key_;
    store::SignedCheckpoint checkpoint_;
    EventChoice choice_;
    std::optional<ClientShare> client_;
    std::optional<audit::Questionnaire> questionnaire_;
    EventSummary summary_;
    SignedArchive* archive_ = nullptr;
    std::unique_ptr<ledger::Store> store_;
    std::vector<ledger::Event> own_;
    std::map<std::string, std::uint64_t, std::less<>> counts_;
    std::vector<Message> scope_;
    std::vector<Message> left_out_;
    std::string vkey_;
    std::size_t files_ = 0;
    std::uint64_t size_ = 0;
    std::string digest_;
};

}  // namespace

Result<Done> check_options(const AuthorityOptions& options) {
    if (looks_personal(options.reason, kDigitsOfReason))
        return error(ErrorCode::kInput, "record.personal_text", {{"name", "reason"}});
    std::ignore = LICET_TRY(wanted_days(options));
    return Done{};
}

int run_evidence_build(const Terminal& terminal, const Common& common,
                       const AuthorityOptions& options) {
    if (const auto fit = check_options(options); !fit) return fail(terminal, fit.error());
    const auto law = load_law(terminal, common);
    if (!law) return exit_status::kBadInput;
    auto workspace = open_workspace(common.workspace);
    if (!workspace) return fail(terminal, workspace.error());
    AuthorityFile file(terminal, common, options, *law, std::move(workspace).value());
    const auto done = file.build();
    if (!done) return fail(terminal, done.error());
    file.tell();
    return 0;
}

}  // namespace licet

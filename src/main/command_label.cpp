// SPDX-License-Identifier: Apache-2.0
#include "main/command_label.h"

#include <openssl/rand.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "audit/credential.h"
#include "audit/label.h"
#include "audit/label_words.h"
#include "base/digest.h"
#include "base/signature.h"
#include "base/text.h"
#include "base/utc.h"
#include "main/audit_desk.h"
#include "main/files.h"
#include "main/output_path.h"
#include "main/proofs.h"
#include "main/resources.h"
#include "main/zones.h"
#include "store/ledger_log.h"

namespace licet {
namespace {

constexpr const char* kKeyOfLog = "signing.vkey";  // beside a label, for who checks it
constexpr int kNoticeDays = 15;  // docs/audit.md: between the warning and the suspension

std::string in_folder(const std::string& folder, const std::string& name) {
    return folder.empty() ? name : folder + "/" + name;
}

Result<std::string> own_key_in(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return error(ErrorCode::kInput, "workspace.key_open_to_others", {{"path", path}}, path);
    return read_file(path);
}

// The key that signs labels, apart from the log's, made when it is first needed. Renamed, the next
// label has another; earlier ones stay checkable, for their key is their issuer's name.
Result<std::string> label_key(const Workspace& workspace) {
    const std::string path = in_folder(workspace.folder, kLabelKeyFile);
    if (std::filesystem::exists(path)) return own_key_in(path);
    std::string pem = LICET_TRY(new_private_key());
    auto writer = LICET_TRY(ByteWriter::create(path));
    LICET_TRY(writer->write(pem));
    LICET_TRY(writer->finish());
    return pem;
}

// The key of an issuer: today's, or a former one that was kept beside it under a longer name. Only
// the issuer of a label can take it back.
Result<std::string> key_of_issuer(const Workspace& workspace, const std::string& did) {
    const std::string folder = workspace.folder.empty() ? "." : workspace.folder;
    std::error_code fault;
    for (const auto& entry : std::filesystem::directory_iterator(folder, fault)) {
        if (!entry.path().filename().string().starts_with(kLabelKeyFile)) continue;
        std::string key = LICET_TRY(own_key_in(entry.path().string()));
        const auto known = audit::did_of(key);
        if (known && *known == did) return key;
    }
    return error(ErrorCode::kMissing, "label.key_gone", {{"file", kLabelKeyFile}});
}

Result<std::string> new_id() {
    std::array<std::uint8_t, 16> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        return error(ErrorCode::kBroken, "workspace.no_randomness");
    // Version 4, variant 1 (RFC 9562).
    bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0fU) | 0x40U);
    bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3fU) | 0x80U);
    return hex_of(bytes);
}

Result<Done> no_forbidden_words(const std::string& text) {
    const auto words = audit::read_label_words(resource("audit/label-words.txt"));
    const std::vector<std::string> found = audit::forbidden_in(text, words);
    if (found.empty()) return Done{};
    return error(ErrorCode::kInput, "label.forbidden_words", {{"words", join(found, ", ")}});
}

bool is_domain(std::string_view text) {
    return text.find('.') != text.npos && !text.empty() &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == text.npos;
}

Result<Done> check_options(const Workspace& workspace, const LabelOptions& options) {
    if (!is_domain(options.domain)) return error(ErrorCode::kInput, "label.domain_form");
    if (workspace.controller.empty()) return error(ErrorCode::kInput, "label.no_controller");
    if (options.evaluation != "self" && options.evaluator.empty())
        return error(ErrorCode::kInput, "label.no_evaluator");
    if (!options.siren.empty() &&
        (options.siren.size() != 9 || !whole_number(options.siren).has_value()))
        return error(ErrorCode::kInput, "label.siren_form");
    return no_forbidden_words(options.evaluator + " " + workspace.controller);
}

// The level that is granted: the one that is reached, or a lower one that was asked for.
Result<const audit::Level*> granted(const audit::Questionnaire& questionnaire,
                                    const audit::LevelResult& reached, const std::string& wanted) {
    if (reached.level->validity_days == 0) return error(ErrorCode::kInput, "label.no_level");
    if (wanted.empty()) return reached.level;
    const audit::Level* level = questionnaire.level(wanted);
    if (level == nullptr || level->validity_days == 0)
        return error(ErrorCode::kInput, "label.no_such_level", {{"level", wanted}});
    if (level > reached.level)
        return error(ErrorCode::kInput, "label.too_high",
                     {{"level", wanted}, {"reached", reached.level->id}});
    return level;
}

struct Issued {
    audit::LabelState state;
    audit::LabelClaims claims;
    std::string text;
};

Result<Done> write_public(const std::string& folder, const std::string& name,
                          std::string_view text) {
    return write_file(in_folder(folder, name), text);
}

// The lists of all labels of the workspace, signed anew.
Result<Done> write_status(const std::string& folder, const std::vector<audit::LabelState>& labels,
                          const std::string& base_url, const std::string& key) {
    const std::string did = LICET_TRY(audit::did_of(key));
    for (const char* purpose : {"revocation", "suspension"}) {
        json::object document =
            audit::status_document(labels, purpose, base_url, did, now_seconds());
        const json::object list =
            LICET_TRY(audit::signed_credential(std::move(document), key, utc_text(now_seconds())));
        LICET_TRY(write_public(folder, std::string("status-") + purpose + ".json",
                               canonical(list) + "\n"));
    }
    return Done{};
}

// What people see of a label.
struct Pages {
    std::string badge;
    std::string page;
};

Result<Pages> pages_of(const Terminal& terminal, const audit::Questionnaire& questionnaire,
                       const audit::LabelClaims& claims, const audit::LabelState& state) {
    const audit::LabelStanding standing = audit::standing_of(claims, &state, now_seconds());
    Pages out{audit::badge_svg(claims, standing, terminal.text()),
              audit::label_page(claims, standing, state.steps, questionnaire, terminal.text())};
    // The page's own words too: a text that promised too much would be a fault of ours.
    LICET_TRY(no_forbidden_words(out.badge + out.page));
    return out;
}

Result<Done> write_pages(const std::string& folder, const Pages& pages) {
    LICET_TRY(write_public(folder, "badge.svg", pages.badge));
    return write_public(folder, "index.html", pages.page);
}

Result<audit::LabelInput> label_input(const AuditDesk& desk, const audit::AuditReport& report,
                                      const audit::Level& level, const LabelOptions& options) {
    const Workspace& workspace = desk.workspace();
    const LogKey log = LICET_TRY(log_key_of(workspace));
    const store::SignedCheckpoint head = LICET_TRY(store::sign_checkpoint(
        files_of(workspace), log.identity.origin, log.private_pem, now_seconds()));
    // Origin, size, root: RFC 6962 by way of C2SP.
    const auto lines = lines_of(head.note);
    audit::LabelInput out{report, level, {}, {}, {}, {}, 0, now_seconds(), {}, {}};
    out.log_head = lines.size() > 2 ? std::string(lines[2]) : std::string();
    const std::string base = options.base_url.empty() ? "https:"
                                                        "//" +
                                                            options.domain + "/label"
                                                      : options.base_url;
    out.subject = {workspace.controller, options.domain, options.siren, base,
                   workspace.controller_contact};
    out.evaluation = {options.evaluation, options.evaluator};
    out.id = LICET_TRY(new_id());
    out.index = static_cast<std::uint32_t>(audit::labels_of(desk.own_events()).size());
    out.site_audited_on = desk.site_audited_on(options.domain);
    return out;
}

Result<Issued> sign_label(const Terminal& terminal, audit::LabelInput input,
                          const std::string& key) {
    input.did = LICET_TRY(audit::did_of(key));
    json::object document = audit::label_document(input, catalogue_of(Language::kFrench),
                                                  catalogue_of(Language::kEnglish));
    const json::object label =
        LICET_TRY(audit::signed_credential(std::move(document), key, utc_text(input.now)));
    Issued out;
    out.text = canonical(label) + "\n";
    out.claims = LICET_TRY(audit::checked_label(out.text));
    out.state.id = input.id;
    out.state.sha256 = hex_of(sha256(out.text));
    out.state.did = input.did;
    out.state.level = input.level.id;
    out.state.audit = input.report.sheet.audit;
    out.state.index = input.index;
    out.state.valid_until = out.claims.valid_until;
    out.state.issued_on = now().day;
    LICET_TRY(no_forbidden_words(out.text));
    std::ignore = terminal;
    return out;
}

// That the label stands in the log, as files that `licet ledger prove` would write: its event, what
// opens it, and the way to a signed root. What was issued is public: so is this.
Result<Done> write_inclusion(const Workspace& workspace, const audit::LabelState& state,
                             const std::string& folder) {
    const LogKey log = LICET_TRY(log_key_of(workspace));
    std::ignore = LICET_TRY(store::sign_checkpoint(files_of(workspace), log.identity.origin,
                                                   log.private_pem, now_seconds()));
    const std::array nobody{ledger::Token{}};
    const auto reader = LICET_TRY(open_ledger(workspace, true));
    const auto events = LICET_TRY(reader->events_of(nobody));
    const auto own = std::find_if(events.begin(), events.end(), [&](const auto& one) {
        return one.event.kind == ledger::EventKind::kLabel &&
               ledger::attribute(one.event, "label") == state.id &&
               ledger::attribute(one.event, "step") == "issued";
    });
    if (own == events.end())
        return error(ErrorCode::kMissing, "log.no_such_event", {{"place", state.id}});
    const auto proofs = LICET_TRY(proved_events(workspace, {&own->place, 1}));
    LICET_TRY(write_public(folder, "logged.tlog-proof", proofs.front().proof));
    LICET_TRY(write_public(folder, "logged.json", audit::opening_of(proofs.front())));
    return write_public(folder, kKeyOfLog, ledger::text_of(log.identity) + "\n");
}

Result<Issued> issue(const Terminal& terminal, AuditDesk& desk, const LabelOptions& options) {
    LICET_TRY(check_options(desk.workspace(), options));
    LICET_TRY(check_output(in_folder(options.out, kKeyOfLog), desk.workspace().folder));
    // A label rests on the ledger: it is read and hashed as a whole before anything is signed.
    const LogKey log = LICET_TRY(log_key_of(desk.workspace()));
    std::ignore = LICET_TRY(store::verify_ledger(files_of(desk.workspace()), log.identity, {}));
    const audit::LevelResult reached = desk.level(0, options.domain);
    const audit::Level* level = LICET_TRY(granted(desk.questionnaire(), reached, options.level));
    const audit::AuditReport report = desk.report(terminal.text());
    audit::LabelInput input = LICET_TRY(label_input(desk, report, *level, options));
    const std::string key = LICET_TRY(label_key(desk.workspace()));
    Issued issued = LICET_TRY(sign_label(terminal, std::move(input), key));
    issued.state.steps.push_back({"issued", now().day});
    const Pages pages =
        LICET_TRY(pages_of(terminal, desk.questionnaire(), issued.claims, issued.state));
    // The event before the files: what was given away without it could be denied.
    const std::array batch{audit::label_event(issued.state, "issued", {now().day, now_seconds()})};
    std::ignore = LICET_TRY(desk.store().append(batch));
    std::error_code fault;
    std::filesystem::create_directories(options.out, fault);
    LICET_TRY(write_public(options.out, "label.json", issued.text));
    std::vector<audit::LabelState> labels = audit::labels_of(desk.own_events());
    labels.push_back(issued.state);
    LICET_TRY(write_status(options.out, labels, issued.claims.base_url, key));
    LICET_TRY(write_pages(options.out, pages));
    LICET_TRY(write_inclusion(desk.workspace(), issued.state, options.out));
    return issued;
}

Result<std::unique_ptr<AuditDesk>> desk_for(const law::Law& law,
                                            const audit::Questionnaire& questionnaire,
                                            const Common& common, const std::string& name) {
    return AuditDesk::open(law, questionnaire, common, {name, "", true, true});
}

const audit::LabelState* find(const std::vector<audit::LabelState>& all, std::string_view id) {
    // By its identifier with or without the marks of a UUID.
    std::string plain(id.starts_with("urn:uuid:") ? id.substr(9) : id);
    std::erase(plain, '-');
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const audit::LabelState& one) { return one.id == plain; });
    return found == all.end() ? nullptr : &*found;
}

// Writes lists, page and badge of the label whose file is in the folder.
Result<Done> publish_again(const Terminal& terminal, const Workspace& workspace,
                           const audit::Questionnaire& questionnaire,
                           const std::vector<audit::LabelState>& labels,
                           const std::string& folder) {
    LICET_TRY(check_output(in_folder(folder, kKeyOfLog), workspace.folder));
    const std::string text = LICET_TRY(read_file(in_folder(folder, "label.json")));
    const audit::LabelClaims claims = LICET_TRY(audit::checked_label(text));
    const audit::LabelState* state = find(labels, claims.id);
    if (state == nullptr) return error(ErrorCode::kMissing, "label.not_ours");
    // The page first: it can say so even where nobody can sign it any more.
    const Pages pages = LICET_TRY(pages_of(terminal, questionnaire, claims, *state));
    LICET_TRY(write_pages(folder, pages));
    // One that was issued before there was such a proof, or whose writing was cut off.
    if (!std::filesystem::exists(in_folder(folder, "logged.json")))
        LICET_TRY(write_inclusion(workspace, *state, folder));
    const std::string key = LICET_TRY(key_of_issuer(workspace, state->did));
    return write_status(folder, labels, claims.base_url, key);
}

struct Reviewed {
    std::string id;
    std::string step;
};

// True if the audit of a label is still at its level.
bool is_reached(const audit::Questionnaire& questionnaire, const AuditDesk& desk,
                const audit::LabelState& state) {
    const audit::Level* wanted = questionnaire.level(state.level);
    return wanted != nullptr && desk.level(0).level >= wanted;
}

Result<std::vector<Reviewed>> review(const law::Law& law, const audit::Questionnaire& questionnaire,
                                     const Common& common) {
    std::vector<Reviewed> out;
    auto first = LICET_TRY(AuditDesk::open(law, questionnaire, common, {"", "", false, false}));
    const std::vector<audit::LabelState> labels = audit::labels_of(first->own_events());
    first.reset();
    for (const audit::LabelState& one : labels) {
        if (one.is_revoked || one.valid_until <= now_seconds()) continue;
        auto desk = LICET_TRY(desk_for(law, questionnaire, common, one.audit));
        LICET_TRY(desk->record_measurements());
        const auto step =
            audit::next_step(one, is_reached(questionnaire, *desk, one), kNoticeDays, now().day);
        if (!step) continue;
        LICET_TRY(desk->record({audit::label_event(one, *step, {now().day, now_seconds()})}));
        out.push_back({one.id, *step});
    }
    return out;
}

Result<std::vector<audit::LabelState>> labels_of_workspace(const Common& common) {
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    const auto store = LICET_TRY(open_ledger(workspace, true));
    const std::array nobody{ledger::Token{}};
    const auto stored = LICET_TRY(store->events_of(nobody));
    std::vector<ledger::Event> events;
    for (const ledger::StoredEvent& one : stored) events.push_back(one.event);
    return audit::labels_of(events);
}

Result<Done> revoke(const Common& common, const std::string& id) {
    const auto labels = LICET_TRY(labels_of_workspace(common));
    const audit::LabelState* state = find(labels, id);
    if (state == nullptr) return error(ErrorCode::kMissing, "label.no_such", {{"label", id}});
    if (state->is_revoked) return Done{};
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    const auto store = LICET_TRY(open_ledger(workspace, false));
    const std::array batch{audit::label_event(*state, "revoked", {now().day, now_seconds()})};
    std::ignore = LICET_TRY(store->append(batch));
    return Done{};
}

Result<bool> bit_of(const std::string& path, const audit::LabelClaims& claims,
                    std::string& purpose) {
    const std::string text = LICET_TRY(read_file(path));
    const auto parsed = LICET_TRY(parse_json(text));
    if (!parsed.is_object()) return error(ErrorCode::kInput, "label.status_form", {}, path);
    // Only its issuer can take a label back.
    const std::string signer = LICET_TRY(audit::signer_of(parsed.as_object()));
    if (signer != claims.did) return error(ErrorCode::kInput, "label.other_issuer", {}, path);
    const json::value* subject = parsed.as_object().if_contains("credentialSubject");
    if (subject == nullptr || !subject->is_object())
        return error(ErrorCode::kInput, "label.status_form", {}, path);
    const json::value* list = subject->as_object().if_contains("encodedList");
    const json::value* says = subject->as_object().if_contains("statusPurpose");
    if (list == nullptr || !list->is_string() || says == nullptr || !says->is_string())
        return error(ErrorCode::kInput, "label.status_form", {}, path);
    purpose = std::string(says->as_string());
    return audit::is_set(std::string_view(list->as_string()), claims.index);
}

struct Checked {
    audit::LabelClaims claims;
    audit::LabelStanding standing = audit::LabelStanding::kValid;
    bool is_in_ledger = false;  ///< of this workspace
};

Result<Checked> verify(const Common& common, const LabelOptions& options) {
    const std::string text = LICET_TRY(read_file(options.file));
    Checked out{LICET_TRY(audit::checked_label(text)), audit::LabelStanding::kValid, false};
    if (!options.issuer.empty() && options.issuer != out.claims.did)
        return error(ErrorCode::kInput, "label.other_issuer");
    std::int64_t moment = now_seconds();
    if (!options.at.empty()) {
        const Moment at = LICET_TRY(parse_moment(options.at));
        moment = at.clock ? utc_minutes(at) * 60
                          : std::int64_t{at.day.time_since_epoch().count()} * 86'400;
    }
    audit::LabelState state;
    for (const std::string& list : options.status) {
        std::string purpose;
        const bool bit = LICET_TRY(bit_of(list, out.claims, purpose));
        (purpose == "revocation" ? state.is_revoked : state.is_suspended) = bit;
    }
    if (has_workspace(common.workspace)) {
        const auto labels = LICET_TRY(labels_of_workspace(common));
        const audit::LabelState* known = find(labels, out.claims.id);
        // Another text under the same name was never issued, whoever signed it.
        out.is_in_ledger = known != nullptr && known->sha256 == hex_of(sha256(text));
        if (known != nullptr && !out.is_in_ledger) return error(ErrorCode::kInput, "label.forged");
        if (out.is_in_ledger) {
            state.is_revoked = state.is_revoked || known->is_revoked;
            state.is_suspended = state.is_suspended || known->is_suspended;
        }
    }
    out.standing = audit::standing_of(out.claims, &state, moment);
    return out;
}

json::object claims_json(const audit::LabelClaims& claims) {
    return {{"id", claims.id},
            {"issuer", claims.did},
            {"controller", claims.controller},
            {"domain", claims.domain},
            {"level", claims.level},
            {"score", claims.score},
            {"assurance", claims.assurance},
            {"evaluation", claims.evaluation},
            {"valid_from", utc_text(claims.valid_from)},
            {"valid_until", utc_text(claims.valid_until)}};
}

std::string plain_words(const Terminal& terminal, const audit::LabelClaims& claims) {
    return terminal.text()("label.summary", {{"level", claims.level},
                                             {"controller", claims.controller},
                                             {"domain", claims.domain},
                                             {"score", std::to_string(claims.score)},
                                             {"assurance", std::to_string(claims.assurance)},
                                             {"from", utc_text(claims.valid_from)},
                                             {"until", utc_text(claims.valid_until)},
                                             {"did", claims.did}});
}

}  // namespace

Result<std::optional<std::string>> label_issuer_of(const Workspace& workspace) {
    const std::string path = in_folder(workspace.folder, kLabelKeyFile);
    if (!std::filesystem::exists(path)) return std::optional<std::string>{};
    const std::string key = LICET_TRY(own_key_in(path));
    return std::optional(LICET_TRY(audit::did_of(key)));
}

int run_label_issue(const Terminal& terminal, const Common& common, const LabelOptions& options) {
    const auto law = load_law(terminal, common);
    if (!law) return exit_status::kBadInput;
    const auto questionnaire = load_questionnaire(terminal, options.questionnaire);
    if (!questionnaire) return exit_status::kBadInput;
    const auto desk = desk_for(*law, *questionnaire, common, options.audit);
    if (!desk) return fail(terminal, desk.error());
    const auto issued = issue(terminal, **desk, options);
    if (!issued) {
        if (issued.error().message.id == "label.no_level" ||
            issued.error().message.id == "label.too_high")
            for (const Message& one : (*desk)->level(0, options.domain).lacking)
                terminal.note("  \u2013 " + terminal.text()(one));
        return fail(terminal, issued.error());
    }
    if (terminal.wants_json())
        terminal.print(json::serialize(claims_json(issued->claims)));
    else
        terminal.print(terminal.text()(
            "label.issued",
            {{"level", issued->state.level}, {"id", issued->state.id}, {"folder", options.out}}));
    return 0;
}

int run_label_review(const Terminal& terminal, const Common& common, const LabelOptions& options) {
    const auto law = load_law(terminal, common);
    if (!law) return exit_status::kBadInput;
    const auto questionnaire = load_questionnaire(terminal, options.questionnaire);
    if (!questionnaire) return exit_status::kBadInput;
    const auto done = review(*law, *questionnaire, common);
    if (!done) return fail(terminal, done.error());
    json::array out;
    for (const Reviewed& one : *done) {
        if (terminal.wants_json())
            out.push_back(json::object{{"label", one.id}, {"step", one.step}});
        else
            terminal.print(one.id + "  " + terminal.text()("label.step_" + one.step));
    }
    if (terminal.wants_json())
        terminal.print(json::serialize(out));
    else if (done->empty())
        terminal.print(terminal.text()("label.nothing_changed"));
    if (!std::filesystem::exists(in_folder(options.out, "label.json"))) return 0;
    const auto workspace = open_workspace(common.workspace);
    if (!workspace) return fail(terminal, workspace.error());
    const auto labels = labels_of_workspace(common);
    if (!labels) return fail(terminal, labels.error());
    const auto written = publish_again(terminal, *workspace, *questionnaire, *labels, options.out);
    return written ? 0 : fail(terminal, written.error());
}

int run_label_revoke(const Terminal& terminal, const Common& common, const LabelOptions& options) {
    const auto questionnaire = load_questionnaire(terminal, options.questionnaire);
    if (!questionnaire) return exit_status::kBadInput;
    const auto done = revoke(common, options.label);
    if (!done) return fail(terminal, done.error());
    if (!terminal.wants_json())
        terminal.print(options.label + "  " + terminal.text()("label.step_revoked"));
    if (!std::filesystem::exists(in_folder(options.out, "label.json"))) return 0;
    const auto workspace = open_workspace(common.workspace);
    if (!workspace) return fail(terminal, workspace.error());
    const auto labels = labels_of_workspace(common);
    if (!labels) return fail(terminal, labels.error());
    const auto written = publish_again(terminal, *workspace, *questionnaire, *labels, options.out);
    return written ? 0 : fail(terminal, written.error());
}

int run_label_verify(const Terminal& terminal, const Common& common, const LabelOptions& options) {
    const auto checked = verify(common, options);
    if (!checked) return fail(terminal, checked.error());
    const bool is_valid = checked->standing == audit::LabelStanding::kValid;
    const std::string words =
        terminal.text()("label.standing_" + std::string(audit::name_of(checked->standing)));
    if (terminal.wants_json()) {
        json::object out = claims_json(checked->claims);
        out["standing"] = audit::name_of(checked->standing);
        out["in_ledger"] = checked->is_in_ledger;
        terminal.print(json::serialize(out));
    } else {
        terminal.print(terminal.colour(is_valid ? Colour::kGreen : Colour::kRed, words));
        terminal.print(plain_words(terminal, checked->claims));
        terminal.print(terminal.colour(Colour::kDim, terminal.text()("label.fixed_sentence")));
        if (options.status.empty() && !checked->is_in_ledger)
            terminal.print(terminal.text()("label.status_not_checked"));
    }
    return is_valid ? exit_status::kAllowed : exit_status::kForbidden;
}

int run_label_list(const Terminal& terminal, const Common& common) {
    const auto labels = labels_of_workspace(common);
    if (!labels) return fail(terminal, labels.error());
    const json::array out = audit::labels_json(*labels, now_seconds());
    if (terminal.wants_json()) {
        terminal.print(json::serialize(out));
        return 0;
    }
    const auto text = [](const json::value& one, const char* name) {
        return std::string(one.at(name).as_string());
    };
    for (const json::value& one : out)
        terminal.print(text(one, "id") + "  " + text(one, "level") + "  " + text(one, "issued_on") +
                       "  " + terminal.text()("label.standing_" + text(one, "standing")));
    return 0;
}

}  // namespace licet

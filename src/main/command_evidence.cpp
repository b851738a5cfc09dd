// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "audit/evidence.h"
#include "base/json.h"
#include "base/text.h"
#include "base/utc.h"
#include "main/commands.h"
#include "main/consent_judge.h"
#include "main/files.h"
#include "main/notices.h"
#include "main/output_path.h"
#include "main/people.h"
#include "main/proofs.h"
#include "main/resources.h"
#include "main/zones.h"
#include "store/ledger_log.h"

namespace licet {
namespace {

// What the ledger says of one person, and the texts that people were shown.
struct Found : PersonHistory {
    std::vector<Notice> notices;
};

Result<Found> look_up(const Workspace& workspace, const std::string& address) {
    const auto points = LICET_TRY(tokens_of_address(workspace, address));
    const auto store = LICET_TRY(open_ledger(workspace, true));
    return Found{LICET_TRY(history_of(*store, points)), LICET_TRY(notices_of(*store))};
}

// Everything that is shown is to be under a signature: what is new is signed now, and a ledger that
// has not grown gives its last checkpoint again.
Result<store::SignedCheckpoint> signed_now(const Workspace& workspace, const LogKey& key) {
    return store::sign_checkpoint(files_of(workspace), key.identity.origin, key.private_pem,
                                  now_seconds());
}

Result<Done> add_proofs(const Workspace& workspace, const Found& found, audit::Evidence& out) {
    std::vector<ledger::EventPlace> places;
    for (const ledger::StoredEvent& one : found.events) places.push_back(one.place);
    for (const auto& [digest, notice] : out.notices) places.push_back(notice.place);
    out.events = LICET_TRY(proved_events(workspace, places));
    const auto notices = out.events.begin() + std::ssize(found.events);
    out.notice_events.assign(std::make_move_iterator(notices),
                             std::make_move_iterator(out.events.end()));
    out.events.erase(notices, out.events.end());
    return Done{};
}

Result<Done> add_notices(const Workspace& workspace, const Found& found, audit::Evidence& out) {
    std::set<std::string> named;
    for (const ledger::StoredEvent& one : found.events) {
        const std::string_view notice = attribute(one.event, "notice");
        if (!notice.empty()) named.emplace(notice);
    }
    for (const Notice& one : found.notices) {
        if (!named.contains(one.sha256)) continue;
        std::string text = LICET_TRY(text_of_notice(workspace, one));
        out.notices.emplace(
            one.sha256,
            audit::ShownNotice{one.sha256, one.language, one.media, one.published_on, one.place,
                               std::move(text), utc_text(one.received_at).substr(0, 10)});
    }
    return Done{};
}

Result<Done> add_law(const law::Law& law, const ConsentJudge& judge, audit::Evidence& out,
                     const std::vector<ledger::StoredEvent>& events) {
    json::array days;
    for (const audit::ConsentAct& act : audit::consent_acts(events)) {
        out.acts.push_back({act, LICET_TRY(judge.terms(act, out.as_of))});
        for (json::value& one : LICET_TRY(judge.of_its_day(act))) days.push_back(std::move(one));
    }
    json::array packs;
    for (const law::Pack& pack : law.packs()) packs.emplace_back(pack.identity());
    out.law = json::object{{"packs", std::move(packs)},
                           {"reading", law::name_of(law.reading())},
                           {"question", "consent"},
                           {"of_its_day", std::move(days)}};
    return Done{};
}

json::object suppression_json(const ledger::Suppression& one) {
    return {{"brand", one.scope.brand},     {"channel", one.scope.channel},
            {"purpose", one.scope.purpose}, {"reason", one.reason},
            {"since", text_of(one.since)},  {"last", text_of(one.last)}};
}

Result<std::vector<audit::ArchiveFile>> gather(const law::Law& law, const Workspace& workspace,
                                               const EvidenceOptions& options) {
    law::Facts facts;
    for (const std::string& text : options.facts) {
        const std::size_t equals = text.find('=');
        if (equals == text.npos)
            return error(ErrorCode::kInput, "record.attribute_form", {{"text", text}});
        LICET_TRY(law::set_fact(facts, law.vocabulary(), text.substr(0, equals),
                                text.substr(equals + 1)));
    }
    const LogKey key = LICET_TRY(log_key_of(workspace));
    const store::SignedCheckpoint checkpoint = LICET_TRY(signed_now(workspace, key));
    const Found found = LICET_TRY(look_up(workspace, options.address));
    if (found.events.empty() && found.suppressions.empty())
        return error(ErrorCode::kMissing, "evidence.nobody");
    audit::Evidence out;
    constexpr std::int64_t kSecondsOfDay = 86'400;
    out.as_of =
        Date{std::chrono::days{static_cast<std::int32_t>(checkpoint.signed_at / kSecondsOfDay)}};
    out.reason = options.reason;
    out.keeper = {workspace.controller, workspace.controller_contact, workspace.country};
    out.vkey = ledger::text_of(key.identity);
    out.checkpoint = checkpoint.note;
    out.timestamp = checkpoint.timestamp;
    for (const ledger::Suppression& one : found.suppressions)
        out.suppressions.push_back(suppression_json(one));
    LICET_TRY(add_notices(workspace, found, out));
    LICET_TRY(add_proofs(workspace, found, out));
    const ConsentJudge judge(law, workspace, found.events, facts);
    LICET_TRY(add_law(law, judge, out, found.events));
    const audit::VerifyScripts scripts{resource("src/audit/verify.mjs"),
                                       resource("src/audit/verify_page.mjs")};
    return evidence_files(out, law.vocabulary(), scripts, catalogue_of(Language::kFrench),
                          catalogue_of(Language::kEnglish));
}

Result<std::size_t> write_evidence(const law::Law& law, const Common& common,
                                   const EvidenceOptions& options) {
    LICET_TRY(check_output(options.out, common.workspace));
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    const auto files = LICET_TRY(gather(law, workspace, options));
    const std::string zip = LICET_TRY(audit::zip_of(files));
    // It is about somebody: for its owner's eyes.
    auto writer = LICET_TRY(ByteWriter::create(options.out));
    LICET_TRY(writer->write(zip));
    LICET_TRY(writer->finish());
    return files.size();
}

}  // namespace

int run_evidence_person(const Terminal& terminal, const Common& common,
                        const EvidenceOptions& options) {
    if (trimmed(options.reason).empty())
        return fail(terminal, error(ErrorCode::kInput, "person.no_reason"));
    if (looks_personal(options.reason, kDigitsOfReason))
        return fail(terminal,
                    error(ErrorCode::kInput, "record.personal_text", {{"name", "reason"}}));
    const auto law = load_law(terminal, common);
    if (!law) return exit_status::kBadInput;
    const auto written = write_evidence(*law, common, options);
    if (!written) return fail(terminal, written.error());
    terminal.print(terminal.text()("evidence.written",
                                   {{"count", std::to_string(*written)}, {"path", options.out}}));
    return 0;
}

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
#include "main/screen_certificate.h"

#include "base/text.h"
#include "base/utc.h"
#include "gate/campaign_id.h"
#include "main/files.h"
#include "main/zones.h"
#include "store/ledger_log.h"

namespace licet {
namespace {

std::string word_of(const law::Law& law, const gate::Campaign& campaign, std::string_view name) {
    const law::FactId id = law.vocabulary().find(name);
    const law::FactValue* value = id == law::kNoFact ? nullptr : campaign.facts.find(id);
    return value == nullptr ? std::string{} : law::value_text(law.vocabulary().fact(id), *value);
}

std::vector<lists::Certificate::Register> registers_of(const law::Law& law,
                                                       const gate::Campaign& campaign) {
    std::vector<lists::Certificate::Register> out;
    for (const law::Register& one : law.registers()) {
        const law::FactId id = law.vocabulary().find("register." + one.key + ".checked_on");
        const law::FactValue* value = id == law::kNoFact ? nullptr : campaign.facts.find(id);
        const Moment* checked = value == nullptr ? nullptr : std::get_if<Moment>(value);
        const bool is_named = !out.empty() && out.back().key == one.key;
        if (checked != nullptr && !is_named) out.push_back({one.key, checked->day});
    }
    return out;
}

ledger::Event event_of(const std::string& note, const std::string& campaign) {
    const std::string digest = hex_of(sha256(note));
    ledger::Event event;
    event.kind = ledger::EventKind::kCertificateIssued;
    event.received_at = now_seconds();
    event.happened_on = utc_day(event.received_at);
    event.surface = "ledger";
    event.key = "certificate-" + digest;
    event.attributes = {{"about", "screening"}, {"sha256", digest}};
    if (const std::string id = gate::campaign_id(campaign); !id.empty())
        event.attributes["campaign"] = id;
    return event;
}

// What a read-only ledger has nothing to do with must not be passed over.
bool is_alarming(const Error& problem) {
    const std::string& id = problem.message.id;
    return id.starts_with("log.") || id.ends_with(".tampered");
}

}  // namespace

Result<CertificateGround> certificate_ground(const Workspace& workspace) {
    CertificateGround out{LICET_TRY(log_key_of(workspace)), {}, false};
    const store::LedgerFiles files = files_of(workspace);
    auto newest =
        store::sign_checkpoint(files, out.key.identity.origin, out.key.private_pem, now_seconds());
    if (!newest) {
        const auto all = store::checkpoints_of(files);
        if (is_alarming(newest.error()) || !all || all->empty()) return newest.error();
        newest = all->back();
        out.is_read_only = true;
    }
    out.checkpoint = LICET_TRY(ledger::checkpoint_of(newest->note, out.key.identity));
    if (out.checkpoint.signed_at > now_seconds())
        return error(ErrorCode::kBroken, "log.clock_back",
                     {{"last", text_of(utc_day(out.checkpoint.signed_at))}}, files.database);
    return out;
}

lists::Certificate certificate_about(const law::Law& law, const gate::Campaign& campaign,
                                     const CertificateGround& ground) {
    lists::Certificate out;
    out.made_at = now_seconds();
    out.channel = word_of(law, campaign, "channel");
    out.purpose = word_of(law, campaign, "purpose");
    for (const law::Pack& pack : law.packs())
        out.packs.push_back({pack.id, pack.version, pack.digest});
    out.registers = registers_of(law, campaign);
    out.ledger = {ground.checkpoint.origin, ground.checkpoint.size, ground.checkpoint.root};
    return out;
}

Result<lists::Certificate::File> file_as_it_is(const std::string& path, const std::string& name) {
    const auto reader = LICET_TRY(ByteReader::open(path));
    Hasher hasher;
    LICET_TRY(reader->read_to_end([&](std::string_view piece) {
        hasher.add(piece);
        return Result<Done>(Done{});
    }));
    return lists::Certificate::File{name, hasher.digest(), reader->bytes_read()};
}

Result<Done> issue_certificate(const Workspace& workspace, const CertificateGround& ground,
                               const lists::Certificate& certificate, const std::string& campaign,
                               const std::string& folder) {
    const std::string note =
        LICET_TRY(lists::certificate_text(certificate, ground.key.private_pem));
    auto writer = LICET_TRY(ByteWriter::create(folder + "/" + kCertificateFile, kAsUmaskSays));
    LICET_TRY(writer->write(note));
    // The entry first: a certificate that the ledger does not know of could be denied.
    if (!ground.is_read_only) {
        const auto store = LICET_TRY(open_ledger(workspace, false));
        const std::array batch{event_of(note, campaign)};
        std::ignore = LICET_TRY(store->append(batch));
    }
    return writer->finish();
}

}  // namespace licet

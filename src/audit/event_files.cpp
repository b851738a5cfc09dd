// SPDX-License-Identifier: Apache-2.0
#include "audit/event_files.h"

#include "audit/proved_event.h"
#include "base/base64.h"

namespace licet::audit {
namespace {

// What is in memory of each kind of event before it goes out.
constexpr std::size_t kMostPartBytes = 4'000'000;
constexpr const char* kLeaves = "proof/leaves";

}  // namespace

std::string_view folder_of(ledger::EventKind kind) {
    using ledger::EventKind;
    switch (kind) {
        case EventKind::kVerdictGiven:
            return "verdicts";
        case EventKind::kObjectionRecorded:
        case EventKind::kPaused:
        case EventKind::kProcessorAcknowledged:
            return "objections";
        case EventKind::kConsentGiven:
        case EventKind::kConsentRefused:
        case EventKind::kConsentWithdrawn:
        case EventKind::kDoubleOptIn:
        case EventKind::kSiteChoice:
            return "consents";
        case EventKind::kRequest:
            return "requests";
        case EventKind::kContacted:
        case EventKind::kCallAttempt:
        case EventKind::kCallbackRequested:
        case EventKind::kInteraction:
            return "contacts";
        case EventKind::kCollected:
        case EventKind::kInformed:
        case EventKind::kImportUndone:
        case EventKind::kRegisterChecked:
            return "origins";
        case EventKind::kErased:
        case EventKind::kNoticePublished:
        case EventKind::kCertificateIssued:
        case EventKind::kAdministered:
        case EventKind::kAuditAnswered:
        case EventKind::kProcessor:
        case EventKind::kBreach:
        case EventKind::kComplaint:
        case EventKind::kSiteVisit:
        case EventKind::kPartnerList:
        case EventKind::kLabel:
            return "registers";
    }
    LICET_ENSURE(false);
}

Result<Done> EventFiles::flush(const std::string& folder, Part& part) {
    if (part.bytes.empty()) return Done{};
    std::string number = std::to_string(++part.written);
    if (number.size() < 4) number.insert(0, 4 - number.size(), '0');
    LICET_TRY(archive_.add(folder + "/" + number + part.ending, part.bytes));
    part.bytes.clear();
    return Done{};
}

Result<Done> EventFiles::put(const std::string& folder, Part& part, std::string_view bytes) {
    part.bytes += bytes;
    return part.bytes.size() < kMostPartBytes ? Result<Done>(Done{}) : flush(folder, part);
}

Result<Done> EventFiles::add(const ShownEvent& shown) {
    const std::string folder(folder_of(shown.event.kind));
    Part& part = parts_[folder];
    part.ending = ".jsonl";
    ++counts_[folder];
    const json::object line{{"index", shown.index},
                            {"partition", shown.place.part},
                            {"sequence", shown.place.seq},
                            {"bytes", base64_of(shown.bytes)},
                            {"blind", base64_of(shown.blind)},
                            {"sealed_sha256", base64_of(shown.sealed_digest)},
                            {"event", words_of(shown.event)}};
    return put(folder, part, canonical(line) + "\n");
}

Result<Done> EventFiles::add_leaf(const Digest& leaf) {
    Part& part = parts_[kLeaves];
    part.ending = ".bin";
    return put(kLeaves, part, {reinterpret_cast<const char*>(leaf.data()), leaf.size()});
}

Result<Done> EventFiles::finish() {
    for (auto& [folder, part] : parts_) LICET_TRY(flush(folder, part));
    return Done{};
}

}  // namespace licet::audit

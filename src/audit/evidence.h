// SPDX-License-Identifier: Apache-2.0
//
// The evidence about one person, as files that others can check without us.
//
//     record.json               every event, and the consent records (TS 27560, DPV)
//     receipt.fr.html, .en.html the same in plain words, for the person
//     notice/<sha256>.html      the texts as they were shown
//     proof/                    events, proofs, checkpoint, public key, time stamp
//     law.json                  packs, and what the law of each day said
//     verify.html               an offline page that checks all of this
//     SHA256SUMS, README        how to check with public tools
//
// Pure: the same ledger gives the same bytes. Nobody's address is in it, nor ever was in the
// ledger: the person is a token. The caller has asked the law and opened the proofs.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "audit/archive.h"
#include "audit/consent_record.h"
#include "audit/proved_event.h"
#include "base/message.h"
#include "law/vocabulary.h"

namespace licet::audit {

/// A choice and what the law says of it on the day of the evidence.
struct JudgedAct {
    ConsentAct act;
    ConsentTerms terms;
};

struct VerifyScripts {
    std::string_view checks;  ///< src/audit/verify.mjs
    std::string_view page;    ///< src/audit/verify_page.mjs
};

struct Evidence {
    Date as_of;          ///< day of the checkpoint: how things stand then
    std::string reason;  ///< why it was asked for
    RecordKeeper keeper;
    std::vector<JudgedAct> acts;
    std::vector<ProvedEvent> events;             ///< of the person
    std::vector<ProvedEvent> notice_events;      ///< of the ledger: the texts were published
    std::map<std::string, ShownNotice> notices;  ///< by digest; those that acts name
    json::array suppressions;
    json::object law;                     ///< becomes law.json
    std::string vkey;                     ///< public key of the log
    std::string checkpoint;               ///< the note that all proofs lead to
    std::vector<std::uint8_t> timestamp;  ///< of RFC 3161; empty = none
};

/// Where a text stands in the archive.
[[nodiscard]] std::string path_of(const ShownNotice& notice);

/// Writes all files, in no particular order. `words` are those of the law; nothing is read besides.
[[nodiscard]] std::vector<ArchiveFile> evidence_files(const Evidence& evidence,
                                                      const law::Vocabulary& words,
                                                      const VerifyScripts& scripts,
                                                      const Catalogue& french,
                                                      const Catalogue& english);

}  // namespace licet::audit

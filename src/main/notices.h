// SPDX-License-Identifier: Apache-2.0
//
// The texts that people were shown when they were asked for consent.
//
//     file ──SHA-256──► notices/<sha256> in the workspace, for its owner alone
//                  └──► an event notice_published of the ledger: this text, from this day on
//
// The day is what the organisation says: a form may be older than its ledger. When the ledger heard
// of it is in the event too, and evidence shows it. A choice before the day is refused.
//
// A consent or a refusal names its text by the digest. So nobody can put other words under it
// later: the digest is in the event, the event is under the log, and the text is in the file.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "ledger/store.h"
#include "main/workspace.h"

namespace licet {

struct Notice {
    std::string sha256;        ///< in hexadecimal
    std::string language;      ///< "fr", "en", ...
    std::string media;         ///< "text/html", "text/plain", "application/pdf", "image/png"
    Date published_on;         ///< the first day on which it was shown, as was said
    ledger::EventPlace place;  ///< of the event that says that day
    /// What else the event says of it; of a document: document, version, content, twin.
    std::map<std::string, std::string> attributes;
    std::int64_t received_at = 0;  ///< by the ledger, for the first time; seconds since 1970
};

/// True for two lower-case letters (ISO 639-1).
[[nodiscard]] bool is_language_code(std::string_view text);

/// A file with a text, and since when it is shown; none = today.
struct NoticeFile {
    std::string path;
    std::string language;
    std::optional<Date> since = {};
};

/// Keeps the text of a file and says so in the ledger; a text that is there already stays as it is,
/// but for an earlier first day. Errors: kInput ("notice.empty", "notice.too_large",
/// "notice.language"), those of files and store.
[[nodiscard]] Result<Notice> publish_notice(const Workspace& workspace, ledger::Store& store,
                                            const NoticeFile& file);

/// A text that is not a file: what it is called besides goes into the event.
struct PublishedText {
    std::string text;
    std::string language;
    std::map<std::string, std::string> more;  ///< attributes: document, version, content, twin
    std::optional<Date> since = {};           ///< first day on which it is shown; none = today
};

/// Keeps a text and says so in the ledger, as publish_notice() does.
[[nodiscard]] Result<Notice> publish_text(const Workspace& workspace, ledger::Store& store,
                                          const PublishedText& published);

/// Keeps a text under its digest, and gives that; says nothing in the ledger.
[[nodiscard]] Result<std::string> keep_text(const Workspace& workspace, std::string_view text);

/// All that were published, each once, oldest first. Errors: those of the store.
[[nodiscard]] Result<std::vector<Notice>> notices_of(ledger::ReadStore& store);

/// Reads the text back and holds it to its digest. Errors: kMissing ("notice.file_missing"),
/// kBroken ("notice.changed").
[[nodiscard]] Result<std::string> text_of_notice(const Workspace& workspace, const Notice& notice);

}  // namespace licet

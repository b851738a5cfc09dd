// SPDX-License-Identifier: Apache-2.0
#include "main/notices.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/digest.h"
#include "base/text.h"
#include "main/files.h"
#include "main/zones.h"

namespace licet {
namespace {

constexpr std::size_t kMostBytes = 8'000'000;

std::string folder_of(const Workspace& workspace) {
    return (workspace.folder.empty() ? "" : workspace.folder + "/") + std::string("notices");
}

std::string path_of(const Workspace& workspace, const std::string& sha256) {
    return folder_of(workspace) + "/" + sha256;
}

std::string media_of(std::string_view text) {
    if (text.starts_with("%PDF-")) return "application/pdf";
    if (text.starts_with("\x89PNG\r\n")) return "image/png";
    const std::string head = ascii_lower(trimmed(text.substr(0, 2048)));
    const bool is_page = head.starts_with("<!doctype html") || head.starts_with("<html") ||
                         head.find("<body") != head.npos || head.find("<p") != head.npos;
    return is_page ? "text/html" : "text/plain";
}

Notice notice_of(const ledger::StoredEvent& stored) {
    const auto text = [&](const char* name) { return std::string(attribute(stored.event, name)); };
    return {text("sha256"),           text("language"), text("media"),
            stored.event.happened_on, stored.place,     stored.event.attributes};
}

ledger::Event event_of(const Notice& notice, std::size_t size_bytes) {
    ledger::Event event;
    event.kind = ledger::EventKind::kNoticePublished;
    event.happened_on = notice.published_on;
    event.received_at = now_seconds();
    event.surface = "ledger";
    event.key = "notice-" + notice.sha256;
    event.attributes = notice.attributes;
    event.attributes.insert({{"sha256", notice.sha256},
                             {"language", notice.language},
                             {"media", notice.media},
                             {"size", std::to_string(size_bytes)}});
    return event;
}

}  // namespace

Result<std::string> keep_text(const Workspace& workspace, std::string_view text) {
    namespace fs = std::filesystem;
    std::error_code fault;
    const std::string folder = folder_of(workspace);
    if (fs::create_directory(folder, fault)) fs::permissions(folder, fs::perms::owner_all, fault);
    if (fault) return error(ErrorCode::kBroken, "file.unwritable", {{"path", folder}}, folder);
    std::string name = hex_of(sha256(text));
    auto writer = LICET_TRY(ByteWriter::create(path_of(workspace, name)));
    LICET_TRY(writer->write(text));
    LICET_TRY(writer->finish());
    return name;
}

bool is_language_code(std::string_view text) {
    return text.size() == 2 && is_ascii_letter(text[0]) && is_ascii_letter(text[1]) &&
           text == ascii_lower(text);
}

Result<Notice> publish_notice(const Workspace& workspace, ledger::Store& store,
                              const std::string& path, const std::string& language) {
    std::string text = LICET_TRY(read_file(path));
    if (trimmed(text).empty()) return error(ErrorCode::kInput, "notice.empty", {}, path);
    if (text.size() > kMostBytes) return error(ErrorCode::kInput, "notice.too_large", {}, path);
    if (!is_language_code(language)) return error(ErrorCode::kInput, "notice.language", {});
    return publish_text(workspace, store, {std::move(text), language, {}});
}

Result<Notice> publish_text(const Workspace& workspace, ledger::Store& store,
                            const PublishedText& published) {
    // The text first: an event without its text could prove nothing.
    const std::string name = LICET_TRY(keep_text(workspace, published.text));
    const Notice fresh{name, published.language, media_of(published.text), now().day,
                       {},   published.more};
    const std::array batch{event_of(fresh, published.text.size())};
    std::ignore = LICET_TRY(store.append(batch));
    const auto all = LICET_TRY(notices_of(store));
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const Notice& one) { return one.sha256 == fresh.sha256; });
    LICET_ENSURE(found != all.end());
    return *found;
}

Result<std::vector<Notice>> notices_of(ledger::ReadStore& store) {
    const std::array nobody{ledger::Token{}};
    std::vector<Notice> out;
    const auto events = LICET_TRY(store.events_of(nobody));
    for (const ledger::StoredEvent& one : events)
        if (one.event.kind == ledger::EventKind::kNoticePublished) out.push_back(notice_of(one));
    return out;
}

Result<std::string> text_of_notice(const Workspace& workspace, const Notice& notice) {
    const std::string path = path_of(workspace, notice.sha256);
    auto text = read_file(path);
    if (!text && text.error().message.id == "file.missing")
        return error(ErrorCode::kMissing, "notice.file_missing", {{"sha256", notice.sha256}}, path);
    if (text && hex_of(sha256(*text)) != notice.sha256)
        return error(ErrorCode::kBroken, "notice.changed", {{"sha256", notice.sha256}}, path);
    return text;
}

}  // namespace licet

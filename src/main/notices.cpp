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

std::string folder_of(const Workspace& workspace) { return path_in(workspace, "notices"); }

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
            stored.event.happened_on, stored.place,     stored.event.attributes,
            stored.event.received_at};
}

ledger::Event event_of(const Notice& notice, std::size_t size_bytes, const std::string& key) {
    ledger::Event event;
    event.kind = ledger::EventKind::kNoticePublished;
    event.happened_on = notice.published_on;
    event.received_at = now_seconds();
    event.surface = "ledger";
    event.key = key;
    event.attributes = notice.attributes;
    event.attributes.insert({{"sha256", notice.sha256},
                             {"language", notice.language},
                             {"media", notice.media},
                             {"size", std::to_string(size_bytes)}});
    return event;
}

const Notice* find(const std::vector<Notice>& all, std::string_view sha256) {
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const Notice& one) { return one.sha256 == sha256; });
    return found == all.end() ? nullptr : &*found;
}

// Of one text, the event that says the earlier day counts, and when the ledger heard of it first.
void join(Notice& notice, const Notice& other) {
    notice.received_at = std::min(notice.received_at, other.received_at);
    if (other.published_on >= notice.published_on) return;
    notice.published_on = other.published_on;
    notice.place = other.place;
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
                              const NoticeFile& file) {
    std::string text = LICET_TRY(read_file(file.path));
    if (trimmed(text).empty()) return error(ErrorCode::kInput, "notice.empty", {}, file.path);
    if (text.size() > kMostBytes)
        return error(ErrorCode::kInput, "notice.too_large", {}, file.path);
    if (!is_language_code(file.language)) return error(ErrorCode::kInput, "notice.language", {});
    return publish_text(workspace, store, {std::move(text), file.language, {}, file.since});
}

Result<Notice> publish_text(const Workspace& workspace, ledger::Store& store,
                            const PublishedText& published) {
    // The text first: an event without its text could prove nothing.
    const std::string name = LICET_TRY(keep_text(workspace, published.text));
    const Date since = published.since.value_or(now().day);
    const Notice fresh{name, published.language, media_of(published.text), since,
                       {},   published.more};
    std::string key = "notice-" + name;
    const auto before = LICET_TRY(notices_of(store));
    if (const Notice* known = find(before, name)) {
        if (known->published_on <= since) return *known;
        key += "-" + text_of(since);
    }
    const std::array batch{event_of(fresh, published.text.size(), key)};
    std::ignore = LICET_TRY(store.append(batch));
    const auto all = LICET_TRY(notices_of(store));
    const Notice* found = find(all, name);
    LICET_ENSURE(found != nullptr);
    return *found;
}

Result<std::vector<Notice>> notices_of(ledger::ReadStore& store) {
    const std::array nobody{ledger::Token{}};
    std::vector<Notice> out;
    std::map<std::string, std::size_t> place_of;
    const auto events = LICET_TRY(store.events_of(nobody));
    for (const ledger::StoredEvent& one : events) {
        if (one.event.kind != ledger::EventKind::kNoticePublished) continue;
        Notice notice = notice_of(one);
        const auto [known, is_new] = place_of.emplace(notice.sha256, out.size());
        if (is_new)
            out.push_back(std::move(notice));
        else
            join(out[known->second], notice);
    }
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

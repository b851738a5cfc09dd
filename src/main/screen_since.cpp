// SPDX-License-Identifier: Apache-2.0
#include "main/screen_since.h"

#include <filesystem>
#include <unordered_set>

#include "base/text.h"
#include "ledger/exchange.h"
#include "lists/screen_state.h"
#include "main/files.h"
#include "store/ledger_since.h"

namespace licet {
namespace {

namespace fs = std::filesystem;

// More events than this are not looked up: most lists would be concerned.
constexpr std::size_t kMostEvents = 1'000'000;

std::string folder_of(const std::string& path) {
    const std::string folder = fs::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

// Persons about whom something came, or why that cannot be told one by one.
struct News {
    std::unordered_set<std::uint64_t> persons;
    std::string why;
};

Result<News> news_since(const Workspace& workspace, const lists::Certificate& before) {
    using ledger::EventKind;
    News out;
    std::size_t count = 0;
    LICET_TRY(store::for_each_since(
        files_of(workspace),
        {before.ledger.origin, before.ledger.size, before.ledger.root, before.made_at},
        [&](const ledger::Event& event) {
            // An erasure names nobody; a list of others brings other names for everybody.
            if (event.kind == EventKind::kErased) out.why = "since.erased";
            if (event.kind == EventKind::kObjectionRecorded &&
                ledger::attribute(event, "reason").starts_with(ledger::kListReason))
                out.why = "since.lists";
            if (++count > kMostEvents) out.why = "since.many";
            const bool is_ours =
                event.kind == EventKind::kVerdictGiven || ledger::is_of_ledger(event.kind);
            if (!is_ours) out.persons.insert(lists::short_token(event.person));
            return out.why.empty();
        }));
    return out;
}

bool is_same_folder(const std::string& one, const std::string& other) {
    std::error_code fault;
    return fs::equivalent(one, other, fault) && !fault;
}

// True if each result is there as it was written.
bool has_results(const lists::Certificate& before, const std::string& folder) {
    for (const lists::Certificate::File& file : before.results) {
        const auto found = file_as_it_is(folder + "/" + file.name, file.name);
        if (!found || *found != file) return false;
    }
    return before.results.size() >= kResultFiles.size();
}

bool is_looked_at(const lists::Certificate& before, const Moment& at) {
    const auto days = (at.day - before.decided_for.day).count();
    return at.clock == before.decided_for.clock && days >= 0 && days <= lists::kDaysAhead &&
           at.day >= before.at.day;
}

// The rows that are concerned; nothing if there is no state of this certificate.
std::optional<lists::Concerned> concerned(const lists::Certificate& before, const News& news,
                                          const SinceGround& now) {
    const auto reader = ByteReader::open(now.folder + "/" + kStateFile);
    if (!reader) return std::nullopt;
    const auto days = static_cast<int>((now.at.day - before.decided_for.day).count());
    const auto found = lists::concerned_rows(
        [&](std::span<char> out) { return (*reader)->read(out); }, news.persons, days);
    const bool is_its_own = found && found->basis.at == sha256(text_of(before.decided_for)) &&
                            found->basis.list == before.list.sha256 &&
                            found->basis.allowed == before.results.front().sha256;
    return is_its_own ? std::optional(*found) : std::nullopt;
}

}  // namespace

Result<Since> changes_since(const std::string& certificate_path, const SinceGround& now) {
    const std::string text = LICET_TRY(read_file(certificate_path));
    Since out;
    out.before = LICET_TRY(lists::certificate_of(text, now.certificate.key.identity));
    out.sha256 = hex_of(sha256(text));
    // First of all: a ledger that went back may have lost an objection.
    const News news = LICET_TRY(news_since(now.workspace, out.before));
    const auto because = [&](const char* id) {
        out.why = id;
        return out;
    };
    if (!is_same_folder(folder_of(certificate_path), now.folder)) return because("since.folder");
    const auto list = LICET_TRY(file_as_it_is(now.list, ""));
    if (list != out.before.list) return because("since.list");
    if (!has_results(out.before, now.folder)) return because("since.results");
    if (!is_looked_at(out.before, now.at)) return because("since.moment");
    if (!news.why.empty()) {
        out.why = news.why;
        return out;
    }
    const auto rows = concerned(out.before, news, now);
    if (!rows) return because("since.state");
    if (rows->basis.settings != now.settings) return because("since.settings");
    out.by_events = rows->by_events;
    out.by_days = rows->by_days;
    return because(out.by_events + out.by_days == 0 ? "since.nothing" : "since.rows");
}

}  // namespace licet

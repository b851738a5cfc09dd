// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"
#include "main/commands.h"
#include "main/notices.h"
#include "main/zones.h"

namespace licet {
namespace {

json::object in_json(const Notice& notice) {
    return {{"sha256", notice.sha256},
            {"language", notice.language},
            {"media", notice.media},
            {"published_on", text_of(notice.published_on)},
            {"id", ledger::text_of(notice.place)}};
}

Result<Notice> publish(const Common& common, const NoticeOptions& options) {
    NoticeFile file{options.file, options.language};
    if (!options.since.empty()) {
        file.since = LICET_TRY(parse_date(options.since));
        if (*file.since > now().day) return error(ErrorCode::kInput, "notice.since_future");
    }
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    const auto store = LICET_TRY(open_ledger(workspace, false));
    return publish_notice(workspace, *store, file);
}

// Each is read back: a list of texts that are not there would promise too much.
Result<std::vector<Notice>> all_of(const Common& common) {
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    const auto store = LICET_TRY(open_ledger(workspace, true));
    std::vector<Notice> all = LICET_TRY(notices_of(*store));
    for (const Notice& notice : all) std::ignore = LICET_TRY(text_of_notice(workspace, notice));
    return all;
}

}  // namespace

int run_notice_add(const Terminal& terminal, const Common& common, const NoticeOptions& options) {
    const auto notice = publish(common, options);
    if (!notice) return fail(terminal, notice.error());
    if (terminal.wants_json())
        terminal.print(json::serialize(in_json(*notice)));
    else
        terminal.print(terminal.text()("notice.added", {{"sha256", notice->sha256}}));
    return 0;
}

int run_notice_list(const Terminal& terminal, const Common& common) {
    const auto all = all_of(common);
    if (!all) return fail(terminal, all.error());
    json::array out;
    for (const Notice& notice : *all) {
        if (terminal.wants_json())
            out.push_back(in_json(notice));
        else
            terminal.print(notice.sha256 + "  " + text_of(notice.published_on) + "  " +
                           notice.language + "  " + notice.media + "  [" +
                           ledger::text_of(notice.place) + "]");
    }
    if (terminal.wants_json())
        terminal.print(json::serialize(out));
    else if (all->empty())
        terminal.print(terminal.text()("notice.none"));
    return 0;
}

}  // namespace licet

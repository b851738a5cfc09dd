// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "base/json.h"
#include "base/text.h"
#include "ledger/exchange.h"
#include "main/commands.h"
#include "main/files.h"
#include "main/output_path.h"
#include "main/partners.h"
#include "main/people.h"
#include "main/recorder.h"
#include "main/zones.h"

namespace licet {
namespace {

constexpr std::string_view kOwnHeader = "licet-suppression-";

// One who is on a list, and the channel of their objection.
struct Listed {
    ledger::ContactPoint point;
    std::string channel;
};

// A list from elsewhere, whichever form it has.
struct ForeignList {
    std::string reason;
    Date until;
    std::string partner;  ///< the name of its key, if it was made with one
    std::vector<Listed> all;
};

Result<Date> end_of(const std::string& text) {
    const auto until = parse_date(text);
    if (!until) return error(ErrorCode::kInput, "exchange.until_form", {{"text", text}});
    if (*until < now().day) return error(ErrorCode::kInput, "exchange.ended", {{"on", text}});
    return *until;
}

Result<ForeignList> list_of_partner(const Workspace& workspace, const ExchangeOptions& options,
                                    std::string_view text) {
    if (options.key.empty()) return error(ErrorCode::kInput, "exchange.no_key");
    const ledger::TokenKey key = LICET_TRY(read_token_key(options.key));
    const auto list = LICET_TRY(ledger::partner_list_of(text, key, options.file));
    ForeignList out;
    out.until = LICET_TRY(end_of(text_of(list.until)));
    out.partner = LICET_TRY(add_partner(workspace, list.from, key));
    out.reason = std::string(ledger::kListReason) + "partner/" + out.partner;
    for (const auto& entry : list.entries)
        out.all.push_back({{ledger::partner_form(out.partner, entry.token), {}}, entry.channel});
    return out;
}

Result<ForeignList> list_of_digests(const ExchangeOptions& options, std::string_view text) {
    const auto digest = ledger::foreign_digest_of(options.digest);
    if (!digest) return error(ErrorCode::kInput, "exchange.digest", {{"name", options.digest}});
    if (!ledger::is_partner_name(options.from)) return error(ErrorCode::kInput, "exchange.from");
    ForeignList out;
    out.until = LICET_TRY(end_of(options.until));
    out.reason = std::string(ledger::kListReason) + options.digest + "/" + options.from;
    int number = 0;
    for (const std::string_view line : lines_of(text)) {
        ++number;
        if (trimmed(line).empty()) continue;
        auto point = ledger::contact_point_of_digest(*digest, line);
        // All or nothing: a list of which a part was dropped would be trusted for the whole.
        if (!point) {
            Error problem = point.error();
            problem.where = options.file + ":" + std::to_string(number);
            return problem;
        }
        out.all.push_back({*std::move(point), options.channel});
    }
    // Nobody sends a list of nobody: it went wrong on the way.
    if (out.all.empty()) return error(ErrorCode::kInput, "exchange.empty", {}, options.file);
    return out;
}

Result<ledger::Appended> take_in(const Common& common, const ExchangeOptions& options) {
    Recorder recorder = LICET_TRY(Recorder::open(common));
    const std::string text = LICET_TRY(read_file(options.file));
    const ForeignList list = text.starts_with(kOwnHeader)
                                 ? LICET_TRY(list_of_partner(recorder.workspace(), options, text))
                                 : LICET_TRY(list_of_digests(options, text));
    // First that its key is needed: whoever lost it is told so from the first entry on.
    if (!list.partner.empty())
        LICET_TRY(recorder.store().append({{partner_list_event(list.partner, list.until)}}));
    for (const Listed& one : list.all) {
        ledger::Event event;
        event.kind = ledger::EventKind::kObjectionRecorded;
        event.happened_on = now().day;
        event.received_at = now_seconds();
        event.channel = one.channel;
        event.surface = "exchange";
        event.attributes = {{"reason", list.reason}, {"until", text_of(list.until)}};
        LICET_TRY(recorder.add(std::move(event), one.point));
    }
    LICET_TRY(recorder.flush());
    return ledger::Appended{recorder.added(), recorder.already_there()};
}

// The channels on which the person has objected to us; "" = all. What other lists say is not ours
// to pass on.
std::set<std::string> channels_refused(const std::vector<ledger::Suppression>& suppressions) {
    std::set<std::string> out;
    for (const ledger::Suppression& one : suppressions)
        if (!one.reason.starts_with(ledger::kListReason)) out.insert(one.scope.channel);
    if (out.contains("")) return {""};
    return out;
}

Result<ledger::PartnerList> list_for_partner(const Workspace& workspace,
                                             const ExchangeOptions& options,
                                             ledger::Tokeniser& theirs) {
    ledger::PartnerList list{options.from, LICET_TRY(end_of(options.until)), {}};
    ledger::Tokeniser ours = LICET_TRY(ledger::Tokeniser::create(workspace.key));
    const auto store = LICET_TRY(open_ledger(workspace, true));
    const auto add = [&](std::string_view, const ledger::ContactPoint& point) -> Result<Done> {
        const std::vector tokens{ours.tokens(point)};
        const auto suppressions = LICET_TRY(store->suppressions_of(all_tokens(tokens)));
        for (const std::string& channel : channels_refused(suppressions))
            list.entries.push_back({theirs.token(point.strict), channel});
        return Done{};
    };
    LICET_TRY(for_each_address(options.file, workspace.country, add));
    return list;
}

Result<std::size_t> give_out(const Common& common, const ExchangeOptions& options) {
    if (!ledger::is_partner_name(options.from)) return error(ErrorCode::kInput, "exchange.from");
    if (options.out.empty()) return error(ErrorCode::kInput, "exchange.no_out");
    LICET_TRY(check_outputs({options.out, options.out + ".key"}, common.workspace));
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    auto writer = LICET_TRY(ByteWriter::create(options.out));
    auto key_writer = LICET_TRY(ByteWriter::create(options.out + ".key"));
    const ledger::TokenKey key = LICET_TRY(new_token_key());
    ledger::Tokeniser theirs = LICET_TRY(ledger::Tokeniser::create(key));
    auto list = LICET_TRY(list_for_partner(workspace, options, theirs));
    const std::size_t count = list.entries.size();
    LICET_TRY(writer->write(ledger::text_of(std::move(list), key)));
    LICET_TRY(key_writer->write(ledger::secret_text_of(key)));
    // The key first: a list without its key is of no use, and looks like one.
    LICET_TRY(key_writer->finish());
    LICET_TRY(writer->finish());
    return count;
}

}  // namespace

int run_exchange_import(const Terminal& terminal, const Common& common,
                        const ExchangeOptions& options) {
    const auto done = take_in(common, options);
    if (!done) return fail(terminal, done.error());
    if (terminal.wants_json())
        terminal.print(json::serialize(
            json::object{{"added", done->added}, {"already_there", done->already_there}}));
    else
        terminal.print(
            terminal.text()("exchange.taken_in", {{"count", std::to_string(done->added)}}));
    return 0;
}

int run_exchange_export(const Terminal& terminal, const Common& common,
                        const ExchangeOptions& options) {
    const auto count = give_out(common, options);
    if (!count) return fail(terminal, count.error());
    if (terminal.wants_json())
        terminal.print(json::serialize(json::object{{"entries", *count}, {"list", options.out}}));
    else
        terminal.print(terminal.text()("exchange.given_out",
                                       {{"count", std::to_string(*count)}, {"path", options.out}}));
    return 0;
}

}  // namespace licet

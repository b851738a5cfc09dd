// SPDX-License-Identifier: Apache-2.0
//
// licet webhook: who may report to us, to whom we report, and what became of it.
#include <openssl/rand.h>

#include <array>
#include <map>
#include <set>

#include "base/json.h"
#include "base/text.h"
#include "base/utc.h"
#include "main/family.h"
#include "main/files.h"
#include "main/recorder.h"
#include "main/webhook_desk.h"
#include "main/webhook_sender.h"
#include "main/zones.h"

namespace licet {
namespace {

using store::SpoolState;
using webhooks::Provider;

constexpr const char* kFile = "webhooks.toml";
constexpr std::string_view kConfirmation = "confirm ";

Result<std::string> random_bytes(std::size_t size) {
    std::string out(size, '\0');
    if (RAND_priv_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(size)) != 1)
        return error(ErrorCode::kBroken, "workspace.no_randomness");
    return out;
}
Result<std::string> random_hex(std::size_t bytes) {
    const std::string chance = LICET_TRY(random_bytes(bytes));
    return hex_of(std::span(reinterpret_cast<const std::uint8_t*>(chance.data()), chance.size()));
}

WebhookSink sink_of(Recorder& recorder) {
    return [&recorder](std::span<const webhooks::ToRecord> events) -> Result<std::size_t> {
        const std::size_t before = recorder.added();
        for (const webhooks::ToRecord& one : events) LICET_TRY(recorder.add(one.event, one.point));
        LICET_TRY(recorder.flush());
        return recorder.added() - before;
    };
}

struct AddOptions {
    std::string provider;
    std::string name;
    std::string to;  ///< URL of a receiver
    std::string secret_file;
    std::string certificate_file;
    std::string arn;
    std::string url;
    std::string brand;
    std::string purpose;
    std::string channel;
};

struct ReplayOptions {
    bool judges_again = false;
    std::string since;  ///< day
    std::string to;
    std::string number;
};

struct TakeOptions {
    std::string file;
    std::string from;
};

// ---- add ----------------------------------------------------------------------------------------

// A text between quotes in TOML; nothing that would need an escape is written.
Result<std::string> quoted(const std::string& text) {
    const bool is_bad = std::any_of(text.begin(), text.end(), [](char c) {
        return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
    });
    if (is_bad) return error(ErrorCode::kInput, "webhooks.bad_text");
    return "\"" + text + "\"";
}

bool is_name(std::string_view text) {
    return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") ==
                                std::string_view::npos;
}

class AddRun {
  public:
    AddRun(const Terminal& terminal, const Workspace& workspace, const AddOptions& options)
        : terminal_(terminal), workspace_(workspace), options_(options) {}

    Result<int> run() {
        if (options_.provider.empty() == options_.to.empty())
            return error(ErrorCode::kInput, "webhooks.add_what");
        name_ = options_.name.empty() ? options_.provider : options_.name;
        if (!is_name(name_)) return error(ErrorCode::kInput, "webhooks.bad_name");
        const std::string path = path_in(workspace_, kFile);
        const auto before = read_file(path);
        if (!before && before.error().code != ErrorCode::kMissing) return before.error();
        const auto known = webhooks_of(workspace_);
        if (!known.is_clean()) return told(known.problems);
        LICET_TRY(check_is_new(known.value));
        LICET_TRY(options_.to.empty() ? endpoint() : subscription());
        const std::string text = (before ? *before + "\n" : std::string()) + section_;
        const auto read = webhooks::read_configuration(text, path, [&](const std::string& file) {
            return read_file(file.starts_with('/') ? file : path_in(workspace_, file));
        });
        if (!read.is_clean()) return told(read.problems);
        auto writer = LICET_TRY(ByteWriter::create(path));
        LICET_TRY(writer->write(text));
        LICET_TRY(writer->finish());
        tell();
        return 0;
    }

  private:
    int told(const std::vector<Error>& problems) const {
        terminal_.print_errors(problems);
        return exit_status::kBadInput;
    }

    Result<Done> check_is_new(const webhooks::Configuration& known) const {
        bool is_there = false;
        if (options_.to.empty())
            for (const auto& one : known.endpoints) is_there |= one.name == name_;
        else
            for (const auto& one : known.subscriptions) is_there |= one.name == name_;
        if (is_there) return error(ErrorCode::kInput, "webhooks.name_taken", {{"name", name_}});
        return Done{};
    }

    Result<Done> line(const char* key, const std::string& value) {
        if (value.empty()) return Done{};
        const std::string text = LICET_TRY(quoted(value));
        section_ += std::string(key) + " = " + text + "\n";
        return Done{};
    }

    Result<Done> endpoint() {
        const auto provider = webhooks::provider_of(options_.provider);
        if (!provider) {
            std::vector<std::string> names;
            for (const Provider each : webhooks::all_providers())
                names.emplace_back(webhooks::name_of(each));
            return error(ErrorCode::kInput, "webhooks.unknown_provider",
                         {{"known", join(names, ", ")}});
        }
        constexpr std::size_t kTokenBytes = 32;
        token_ = LICET_TRY(random_hex(kTokenBytes));
        section_ = "[from." + name_ + "]\n";
        LICET_TRY(line("provider", options_.provider));
        LICET_TRY(line("token", token_));
        LICET_TRY(line("secret_file", options_.secret_file));
        const bool is_basic = webhooks::proof_of(*provider) == "basic";
        if (is_basic && options_.secret_file.empty()) {
            // Between us and the provider: as good as any that they would choose.
            constexpr std::size_t kPasswordBytes = 24;
            secret_ = "licet:" + LICET_TRY(random_hex(kPasswordBytes));
            LICET_TRY(line("secret", secret_));
        }
        LICET_TRY(line("certificate_file", options_.certificate_file));
        LICET_TRY(line("arn", options_.arn));
        LICET_TRY(line("url", options_.url));
        LICET_TRY(line("brand", options_.brand));
        LICET_TRY(line("purpose", options_.purpose));
        return line("channel", options_.channel);
    }

    Result<Done> subscription() {
        section_ = "[to." + name_ + "]\n";
        LICET_TRY(line("url", options_.to));
        LICET_TRY(line("secret_file", options_.secret_file));
        if (options_.secret_file.empty()) {
            constexpr std::size_t kSecretBytes = 32;
            const std::string bytes = LICET_TRY(random_bytes(kSecretBytes));
            secret_ = webhooks::webhook_secret_of(bytes);
            LICET_TRY(line("secret", secret_));
        }
        return Done{};
    }

    void tell() const {
        const std::string path = token_.empty() ? "" : "/webhooks/" + token_;
        if (terminal_.wants_json()) {
            terminal_.print(json::serialize(
                json::object{{"name", name_}, {"path", path}, {"secret", secret_}}));
            return;
        }
        const Catalogue& say = terminal_.text();
        terminal_.print(say("webhooks.added", {{"name", name_}}));
        if (!path.empty()) terminal_.print(say("webhooks.added_path", {{"path", path}}));
        if (!secret_.empty()) terminal_.print(say("webhooks.added_secret", {{"secret", secret_}}));
        if (!options_.provider.empty()) terminal_.print(say("webhooks.click_" + options_.provider));
    }

    const Terminal& terminal_;
    const Workspace& workspace_;
    const AddOptions& options_;
    std::string name_;
    std::string section_;
    std::string token_;
    std::string secret_;
};

// ---- list ---------------------------------------------------------------------------------------

struct EndpointCounts {
    std::array<std::uint64_t, 5> states{};
    webhooks::Tally tally;
    std::map<std::string, std::uint64_t> doubts;
    std::set<std::string> confirmations;
};

void count(const store::SpoolEntry& entry, EndpointCounts& into) {
    ++into.states.at(static_cast<std::size_t>(entry.state));
    if (entry.state == SpoolState::kDoubtful) ++into.doubts[entry.note];
    if (entry.state != SpoolState::kDone) return;
    if (entry.note.starts_with(kConfirmation))
        into.confirmations.insert(entry.note.substr(kConfirmation.size()));
    else
        into.tally += webhooks::tally_of_text(entry.note);
}

json::object json_of(const std::string& name, const EndpointCounts& counts) {
    json::object doubts;
    for (const auto& [why, number] : counts.doubts) doubts[why] = number;
    json::object reports;
    for (std::size_t i = 0; i < counts.tally.kinds.size(); ++i)
        if (counts.tally.kinds.at(i) > 0)
            reports[webhooks::name_of(static_cast<webhooks::ReportKind>(i))] =
                counts.tally.kinds.at(i);
    json::array confirmations;
    for (const std::string& url : counts.confirmations) confirmations.emplace_back(url);
    return {{"name", name},
            {"waiting", counts.states[1]},
            {"doubtful", counts.states[2]},
            {"done", counts.states[3]},
            {"unreadable", counts.states[4]},
            {"nobody", counts.tally.nobody},
            {"reports", std::move(reports)},
            {"doubts", std::move(doubts)},
            {"confirmations", std::move(confirmations)}};
}

void tell_endpoint(const Terminal& terminal, const std::string& name, const std::string& provider,
                   const EndpointCounts& counts) {
    const Catalogue& say = terminal.text();
    terminal.print(terminal.colour(Colour::kBold, name) + " (" + provider + ")");
    terminal.print(
        "  " + say("webhooks.list_requests", {{"waiting", std::to_string(counts.states[1])},
                                              {"done", std::to_string(counts.states[3])},
                                              {"doubtful", std::to_string(counts.states[2])},
                                              {"unreadable", std::to_string(counts.states[4])}}));
    for (std::size_t i = 0; i < counts.tally.kinds.size(); ++i)
        if (counts.tally.kinds.at(i) > 0)
            terminal.print("  " + std::to_string(counts.tally.kinds.at(i)) + " " +
                           say("webhooks.kind_" + std::string(webhooks::name_of(
                                                      static_cast<webhooks::ReportKind>(i)))));
    if (counts.tally.nobody > 0)
        terminal.print(
            "  " + say("webhooks.list_nobody", {{"count", std::to_string(counts.tally.nobody)}}));
    for (const auto& [why, number] : counts.doubts)
        terminal.print(terminal.colour(
            Colour::kYellow, "  " + say("webhooks.list_doubt",
                                        {{"count", std::to_string(number)}, {"why", say(why)}})));
    for (const std::string& url : counts.confirmations)
        terminal.print(
            terminal.colour(Colour::kYellow, "  " + say("webhooks.list_confirm", {{"url", url}})));
}

Result<int> list(const Terminal& terminal, const Workspace& workspace) {
    const auto desk = LICET_TRY(WebhookDesk::open(workspace));
    std::map<std::string, EndpointCounts> counts;
    LICET_TRY(desk->spool().for_each_note(
        [&](const store::SpoolEntry& entry) { count(entry, counts[entry.endpoint]); }));
    json::array from;
    for (const webhooks::Endpoint& one : desk->configuration().endpoints) {
        const std::string provider(webhooks::name_of(one.provider));
        if (!terminal.wants_json()) {
            tell_endpoint(terminal, one.name, provider, counts[one.name]);
            continue;
        }
        json::object told = json_of(one.name, counts[one.name]);
        told["provider"] = provider;
        from.push_back(std::move(told));
    }
    json::array to;
    const auto sender = LICET_TRY(WebhookSender::open(workspace));
    for (const webhooks::Subscription& one : sender->subscriptions()) {
        const auto of = LICET_TRY(sender->outbox().counts(one.name));
        if (terminal.wants_json()) {
            to.push_back(json::object{{"name", one.name},
                                      {"last", of.last},
                                      {"waiting", of.waiting},
                                      {"taken", of.taken},
                                      {"given_up", of.given_up},
                                      {"rests", of.rests_until > now_seconds()}});
            continue;
        }
        terminal.print(terminal.colour(Colour::kBold, one.name) + " → " + one.url);
        terminal.print("  " + terminal.text()("webhooks.list_sent",
                                              {{"last", std::to_string(of.last)},
                                               {"taken", std::to_string(of.taken)},
                                               {"waiting", std::to_string(of.waiting)},
                                               {"given_up", std::to_string(of.given_up)}}));
        if (of.rests_until > now_seconds())
            terminal.print("  " + terminal.text()("webhooks.list_rests",
                                                  {{"until", utc_text(of.rests_until)}}));
    }
    if (terminal.wants_json())
        terminal.print(json::serialize(json::object{{"from", from}, {"to", to}}));
    else if (desk->configuration().endpoints.empty() && sender->subscriptions().empty())
        terminal.print(terminal.text()("webhooks.list_none"));
    return 0;
}

// ---- replay, take, send -------------------------------------------------------------------------

Result<int> process(const Terminal& terminal, const Common& common, WebhookDesk& desk) {
    auto recorder = LICET_TRY(Recorder::open(common));
    const auto done = LICET_TRY(desk.process(sink_of(recorder)));
    std::ignore = LICET_TRY(desk.forget_old(now_seconds()));
    if (terminal.wants_json())
        terminal.print(json::serialize(json::object{{"requests", done.requests},
                                                    {"events", done.events},
                                                    {"unreadable", done.unreadable},
                                                    {"left", done.left},
                                                    {"reports", webhooks::text_of(done.tally)}}));
    else
        terminal.print(
            terminal.text()("webhooks.processed", {{"requests", std::to_string(done.requests)},
                                                   {"events", std::to_string(done.events)},
                                                   {"unreadable", std::to_string(done.unreadable)},
                                                   {"left", std::to_string(done.left)}}));
    return done.unreadable > 0 ? exit_status::kUnreadableRows : 0;
}

Result<int> replay_to(const Terminal& terminal, const Workspace& workspace,
                      const ReplayOptions& options) {
    const auto number = whole_number(options.number);
    if (!number || *number < 1) return error(ErrorCode::kInput, "webhooks.replay_number");
    const auto sender = LICET_TRY(WebhookSender::open(workspace));
    bool is_known = false;
    for (const auto& one : sender->subscriptions()) is_known |= one.name == options.to;
    if (!is_known)
        return error(ErrorCode::kMissing, "webhooks.no_subscription", {{"name", options.to}});
    const auto count = LICET_TRY(sender->outbox().replay(options.to, *number, now_seconds()));
    if (terminal.wants_json())
        terminal.print(json::serialize(json::object{{"waiting", count}}));
    else
        terminal.print(terminal.text()("webhooks.replayed_to", {{"count", std::to_string(count)}}));
    return 0;
}

Result<int> replay(const Terminal& terminal, const Common& common, const ReplayOptions& options) {
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    if (!options.to.empty()) return replay_to(terminal, workspace, options);
    const auto desk = LICET_TRY(WebhookDesk::open(workspace));
    if (options.judges_again) {
        const auto count = LICET_TRY(desk->judge_again());
        if (!terminal.wants_json())
            terminal.print(
                terminal.text()("webhooks.judged_again", {{"count", std::to_string(count)}}));
    }
    if (!options.since.empty()) {
        const auto day = parse_date(options.since);
        if (!day) return error(ErrorCode::kInput, "record.bad_day", {{"text", options.since}});
        const auto moment =
            std::chrono::duration_cast<std::chrono::seconds>(day->time_since_epoch()).count();
        std::ignore = LICET_TRY(desk->read_again(moment));
    }
    return process(terminal, common, *desk);
}

Result<int> take(const Terminal& terminal, const Common& common, const TakeOptions& options) {
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    const auto desk = LICET_TRY(WebhookDesk::open(workspace));
    webhooks::RawRequest request;
    request.body = LICET_TRY(read_file(options.file));
    LICET_TRY(desk->take(options.from, request, now_seconds()));
    return process(terminal, common, *desk);
}

Result<int> send(const Terminal& terminal, const Common& common) {
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    const auto sender = LICET_TRY(WebhookSender::open(workspace));
    const auto done = LICET_TRY(sender->run_once(now_seconds()));
    if (terminal.wants_json())
        terminal.print(json::serialize(json::object{{"made", done.made},
                                                    {"taken", done.taken},
                                                    {"failed", done.failed},
                                                    {"given_up", done.given_up}}));
    else
        terminal.print(
            terminal.text()("webhooks.sent", {{"made", std::to_string(done.made)},
                                              {"taken", std::to_string(done.taken)},
                                              {"failed", std::to_string(done.failed)},
                                              {"given_up", std::to_string(done.given_up)}}));
    return done.failed + done.given_up > 0 ? exit_status::kTryAgain : 0;
}

int show_providers(const Terminal& terminal) {
    json::array all;
    for (const Provider one : webhooks::all_providers()) {
        const std::string name(webhooks::name_of(one));
        const std::string proof(webhooks::proof_of(one));
        if (terminal.wants_json()) {
            all.push_back(json::object{{"name", name},
                                       {"channel", webhooks::is_of_mail(one) ? "email" : "sms"},
                                       {"proof", proof}});
            continue;
        }
        terminal.print(terminal.colour(Colour::kBold, name) + std::string(10 - name.size(), ' ') +
                       terminal.text()("webhooks.proof_" + proof));
        terminal.print("          " + terminal.text()("webhooks.click_" + name));
    }
    if (terminal.wants_json()) terminal.print(json::serialize(all));
    return 0;
}

class WebhookFamily final : public Family {
  public:
    void declare(CLI::App& licet, const Catalogue& say) override {
        CLI::App& app = add_command(licet, say, "webhook");
        app.require_subcommand(1);
        app.add_subcommand("providers", say("help.webhook_providers"));
        CLI::App* add = app.add_subcommand("add", say("help.webhook_add"));
        add->add_option("provider", add_.provider, say("help.webhook_provider"));
        add->add_option("--name", add_.name, say("help.webhook_name"));
        add->add_option("--to", add_.to, say("help.webhook_to_url"));
        add->add_option("--secret-file", add_.secret_file, say("help.webhook_secret_file"));
        add->add_option("--certificate-file", add_.certificate_file,
                        say("help.webhook_certificate"));
        add->add_option("--arn", add_.arn, say("help.webhook_arn"));
        add->add_option("--url", add_.url, say("help.webhook_url"));
        add->add_option("--brand", add_.brand, say("help.webhook_brand"));
        add->add_option("--purpose", add_.purpose, say("help.webhook_purpose"));
        add->add_option("--channel", add_.channel, say("help.webhook_channel"));
        app.add_subcommand("list", say("help.webhook_list"));
        CLI::App* again = app.add_subcommand("replay", say("help.webhook_replay"));
        again->add_flag("--doubtful", replay_.judges_again, say("help.webhook_doubtful"));
        again->add_option("--since", replay_.since, say("help.webhook_since"));
        CLI::Option* to = again->add_option("--to", replay_.to, say("help.webhook_replay_to"));
        CLI::Option* number =
            again->add_option("--number", replay_.number, say("help.webhook_number"));
        to->needs(number);
        number->needs(to);
        CLI::App* take = app.add_subcommand("take", say("help.webhook_take"));
        take->add_option("file", take_.file, say("help.webhook_file"))->required();
        take->add_option("--from", take_.from, say("help.webhook_from"))->required();
        app.add_subcommand("send", say("help.webhook_send"));
    }

    std::optional<int> run(const CLI::App& licet, const Terminal& terminal,
                           const Common& common) override {
        if (!is_chosen(licet, "webhook")) return std::nullopt;
        if (is_chosen(licet, "webhook", "providers")) return show_providers(terminal);
        const auto status = run_part(licet, terminal, common);
        return status ? *status : fail(terminal, status.error());
    }

  private:
    Result<int> run_part(const CLI::App& licet, const Terminal& terminal, const Common& common) {
        if (is_chosen(licet, "webhook", "replay")) return replay(terminal, common, replay_);
        if (is_chosen(licet, "webhook", "take")) return take(terminal, common, take_);
        if (is_chosen(licet, "webhook", "send")) return send(terminal, common);
        const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
        if (is_chosen(licet, "webhook", "add")) return AddRun(terminal, workspace, add_).run();
        return list(terminal, workspace);
    }

    AddOptions add_;
    ReplayOptions replay_;
    TakeOptions take_;
};

}  // namespace

std::unique_ptr<Family> webhook_family() { return std::make_unique<WebhookFamily>(); }

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
//
// `licet message check`: does a message do what its sender owes, and what would complete it?
#include <algorithm>
#include <filesystem>
#include <functional>

#include "base/json.h"
#include "base/text.h"
#include "mail/check.h"
#include "mail/complete.h"
#include "main/command_message.h"
#include "main/family.h"
#include "main/files.h"
#include "main/output_path.h"
#include "main/resources.h"
#include "main/workspace.h"
#include "main/zones.h"

namespace licet {
namespace {

/// What was read and found; everything that the answer is made of.
struct Checked {
    std::string bytes;
    mail::Mail mail;
    mail::Observed observed;
    std::vector<mail::Finding> findings;
};

const char* name_of(mail::State state) {
    switch (state) {
        case mail::State::kKept:
            return "kept";
        case mail::State::kBroken:
            return "broken";
        case mail::State::kForSome:
            return "for_some";
        case mail::State::kAdvice:
            return "advice";
    }
    return "";
}

mail::Form form_of(const std::string& path, std::string_view bytes) {
    const std::string end = ascii_lower(std::filesystem::path(path).extension().string());
    if (end == ".html" || end == ".htm") return mail::Form::kHtml;
    if (end == ".txt") return mail::Form::kText;
    if (end == ".eml" || end == ".msg") return mail::Form::kMessage;
    return ascii_lower(trimmed(bytes).substr(0, 9)).starts_with("<!doctype") ? mail::Form::kHtml
                                                                             : mail::Form::kMessage;
}

const mail::Phrases& carried_phrases() {
    static const mail::Phrases kPhrases(resource("src/mail/reference/phrases.txt"),
                                        resource("src/mail/reference/trackers.txt"));
    return kPhrases;
}

Result<Moment> moment_of(const MessageOptions& options) {
    if (options.at.empty()) return now();
    if (const auto moment = parse_moment(options.at)) return *moment;
    return error(ErrorCode::kInput, "mailcheck.at");
}

class MessageDesk {
  public:
    MessageDesk(const Terminal& terminal, const law::Law& law, const MessageOptions& options)
        : terminal_(terminal), law_(law), options_(options) {}

    Result<Done> read_campaign(const Common& common) {
        const std::string text = LICET_TRY(read_file(options_.campaign));
        auto read = gate::read_campaign(law_, text, options_.campaign);
        if (!read.is_clean()) {
            terminal_.print_errors({read.problems.data(), read.problems.size() - 1});
            return read.problems.back();
        }
        campaign_ = std::move(read.value);
        if (campaign_.country.empty() && has_workspace(common.workspace))
            campaign_.country = LICET_TRY(open_workspace(common.workspace)).country;
        if (campaign_.country.empty())
            return error(ErrorCode::kInput, "mailcheck.no_country", {}, options_.campaign);
        if (campaign_.sender_name.empty())
            return error(ErrorCode::kInput, "mailcheck.no_sender", {}, options_.campaign);
        return Done{};
    }

    Result<Checked> check(std::string bytes) const {
        Checked out;
        out.bytes = std::move(bytes);
        out.mail =
            LICET_TRY(mail::read_mail(out.bytes, form_of(options_.file, out.bytes), options_.file));
        out.observed = mail::observe(law_, campaign_, carried_phrases(), out.mail);
        const Moment at = LICET_TRY(moment_of(options_));
        out.findings = LICET_TRY(mail::check(law_, zone_offset, {campaign_, at}, out.observed));
        return out;
    }

    Result<mail::Completed> fix(const Checked& checked) const {
        auto fixed = LICET_TRY(mail::complete(
            checked.bytes, checked.mail,
            {campaign_, checked.observed, checked.findings, catalogue_of, terminal_.language()}));
        return fixed;
    }

    // What was added must be seen by the same eyes that missed it.
    Result<Checked> check_again(const mail::Completed& fixed) const {
        Checked again = LICET_TRY(check(fixed.bytes));
        for (const mail::Finding& one : again.findings) {
            const bool was_added = std::find(fixed.added.begin(), fixed.added.end(),
                                             one.observation.id) != fixed.added.end();
            if (was_added && one.state != mail::State::kKept)
                return error(ErrorCode::kBroken, "mailcheck.fix_failed", {}, options_.file);
        }
        return again;
    }

    Result<std::string> write(const mail::Completed& fixed) const {
        std::string path = options_.out;
        if (path.empty()) {
            const std::filesystem::path file(options_.file);
            path =
                (file.parent_path() / (file.stem().string() + ".fixed" + file.extension().string()))
                    .string();
        }
        LICET_TRY(write_file(path, fixed.bytes));
        return path;
    }

    void print(const Checked& checked) const {
        for (const mail::Finding& one : checked.findings) print(one);
    }

    [[nodiscard]] json::array in_json(const Checked& checked) const {
        json::array out;
        for (const mail::Finding& one : checked.findings) out.push_back(in_json(one));
        return out;
    }

  private:
    void print(const mail::Finding& one) const {
        const Catalogue& say = terminal_.text();
        const Colour colour = one.state == mail::State::kKept     ? Colour::kGreen
                              : one.state == mail::State::kBroken ? Colour::kRed
                                                                  : Colour::kYellow;
        const std::string state = say(std::string("mailcheck.state.") + name_of(one.state));
        terminal_.print(terminal_.colour(colour, state) + "  " +
                        terminal_.colour(Colour::kBold, say("mail.finding." + one.observation.id)) +
                        "  " + say(one.observation.seen));
        for (const gate::VerdictReason& reason : one.reasons)
            terminal_.print("    " + reason.tell.in(terminal_.language()) + "  " +
                            terminal_.colour(Colour::kBlue, join(reason.cites, "; ")));
        if (one.state == mail::State::kForSome) print_depends(one);
        if (!one.remedy.french.empty())
            terminal_.print("    → " + one.remedy.in(terminal_.language()));
        if (one.observation.is_by_words && !one.observation.is_good &&
            one.observation.id != "third_party")
            terminal_.print("    " + terminal_.colour(Colour::kDim, say("mailcheck.by_words")));
    }

    void print_depends(const mail::Finding& one) const {
        constexpr std::size_t kMostShown = 3;
        std::vector<std::string> facts;
        for (const law::FactId id : one.depends_on) {
            if (facts.size() == kMostShown) break;
            facts.push_back(law_.vocabulary().fact(id).words.in(terminal_.language()));
        }
        if (!facts.empty())
            terminal_.print(
                "    " + terminal_.text()("mailcheck.depends_on", {{"facts", join(facts, ", ")}}));
    }

    [[nodiscard]] json::object in_json(const mail::Finding& one) const {
        const Language language = terminal_.language();
        json::array reasons;
        for (const gate::VerdictReason& reason : one.reasons)
            reasons.push_back(
                json::object{{"rule", reason.rule},
                             {"cites", json::array(reason.cites.begin(), reason.cites.end())},
                             {"tell", reason.tell.in(language)}});
        json::array depends_on;
        for (const law::FactId id : one.depends_on)
            depends_on.push_back(json::string(law_.vocabulary().fact(id).name));
        return {{"id", one.observation.id},
                {"state", name_of(one.state)},
                {"fact", one.observation.fact},
                {"value", one.observation.value},
                {"by_words", one.observation.is_by_words},
                {"seen", terminal_.text()(one.observation.seen)},
                {"reasons", std::move(reasons)},
                {"depends_on", std::move(depends_on)},
                {"remedy", one.remedy.in(language)}};
    }

    const Terminal& terminal_;
    const law::Law& law_;
    const MessageOptions& options_;
    gate::Campaign campaign_;
};

int status_of_findings(const std::vector<mail::Finding>& findings) {
    const mail::State state = mail::gravest(findings);
    if (state == mail::State::kBroken) return exit_status::kForbidden;
    return state == mail::State::kForSome ? exit_status::kUndetermined : exit_status::kAllowed;
}

json::array questions_in_json(const Terminal& terminal, const mail::Completed& fixed) {
    json::array out;
    for (const Error& one : fixed.questions)
        out.push_back(json::string(terminal.text()(one.message)));
    return out;
}

void print_summary(const Terminal& terminal, const std::vector<mail::Finding>& findings) {
    const mail::State state = mail::gravest(findings);
    terminal.print();
    terminal.print(terminal.text()(state == mail::State::kBroken    ? "mailcheck.is_broken"
                                   : state == mail::State::kForSome ? "mailcheck.is_for_some"
                                                                    : "mailcheck.is_kept"));
}

int run_fix(const Terminal& terminal, const MessageDesk& desk, const Checked& checked) {
    const auto fixed = desk.fix(checked);
    if (!fixed) return fail(terminal, fixed.error());
    const auto again = desk.check_again(*fixed);
    if (!again) return fail(terminal, again.error());
    const auto path = desk.write(*fixed);
    if (!path) return fail(terminal, path.error());
    if (terminal.wants_json()) {
        terminal.print(json::serialize(
            json::object{{"before", desk.in_json(checked)},
                         {"findings", desk.in_json(*again)},
                         {"added", json::array(fixed->added.begin(), fixed->added.end())},
                         {"questions", questions_in_json(terminal, *fixed)},
                         {"file", *path}}));
        return status_of_findings(again->findings);
    }
    desk.print(*again);
    terminal.print();
    for (const std::string& id : fixed->added)
        terminal.print("+ " + terminal.text()("mail.finding." + id));
    for (const Error& one : fixed->questions) terminal.print("? " + terminal.text()(one.message));
    terminal.print(terminal.text()(
        fixed->added.empty() ? "mailcheck.nothing_added" : "mailcheck.fixed", {{"path", *path}}));
    print_summary(terminal, again->findings);
    return status_of_findings(again->findings);
}

class MessageFamily : public Family {
  public:
    void declare(CLI::App& licet, const Catalogue& say) override {
        CLI::App& message = add_command(licet, say, "message");
        message.require_subcommand(1);
        CLI::App& check = *message.add_subcommand("check", say("help.message_check"));
        check.add_option("file", options_.file, say("help.message_file"))->required();
        check.add_option("-c,--campaign", options_.campaign, say("help.campaign"))->required();
        check.add_option("--at", options_.at, say("help.message_at"));
        check.add_flag("--fix", options_.fixes, say("help.message_fix"));
        check.add_option("-o,--out", options_.out, say("help.message_out"));
    }
    std::optional<int> run(const CLI::App& licet, const Terminal& terminal,
                           const Common& common) override {
        if (!is_chosen(licet, "message", "check")) return std::nullopt;
        return run_message_check(terminal, common, options_);
    }

  private:
    MessageOptions options_;
};

}  // namespace

int run_message_check(const Terminal& terminal, const Common& common,
                      const MessageOptions& options) {
    const auto spared = check_output(options.out, common.workspace);
    if (!spared) return fail(terminal, spared.error());
    const auto law = load_law(terminal, common);
    if (!law) return exit_status::kBadInput;
    MessageDesk desk(terminal, *law, options);
    if (const auto done = desk.read_campaign(common); !done) return fail(terminal, done.error());
    auto bytes = options.bytes ? Result<std::string>(*options.bytes) : read_file(options.file);
    if (!bytes) return fail(terminal, bytes.error());
    const auto checked = desk.check(std::move(*bytes));
    if (!checked) return fail(terminal, checked.error());
    if (options.fixes) return run_fix(terminal, desk, *checked);
    if (terminal.wants_json()) {
        terminal.print(json::serialize(json::object{{"findings", desk.in_json(*checked)}}));
    } else {
        desk.print(*checked);
        print_summary(terminal, checked->findings);
    }
    return status_of_findings(checked->findings);
}

std::unique_ptr<Family> message_family() { return std::make_unique<MessageFamily>(); }

}  // namespace licet

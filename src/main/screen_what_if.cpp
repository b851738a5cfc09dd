// SPDX-License-Identifier: Apache-2.0
//
// `licet screen --vs`: the list in two situations, side by side.
#include <algorithm>
#include <filesystem>

#include "base/json.h"
#include "base/number.h"
#include "base/text.h"
#include "lists/compare.h"
#include "main/commands.h"
#include "main/files.h"
#include "main/output_path.h"
#include "main/pdf.h"
#include "main/people.h"
#include "main/screen_desk.h"
#include "main/source_judge.h"
#include "main/steady_file.h"
#include "main/zones.h"

namespace licet {
namespace {

namespace fs = std::filesystem;
using lists::Outcome;

constexpr std::size_t kLinesShown = 8;  // of each part, on the terminal

// The other situation, and how the two are called.
struct Versus {
    gate::Campaign campaign;
    Moment at;
    std::string name_before;
    std::string name_after;
    std::optional<int> refused;  ///< status, if the source of its list may not be used
};

// Reads the values of --vs one by one.
class VersusReader {
  public:
    VersusReader(const Terminal& terminal, const Desk& desk, const ScreenOptions& options)
        : terminal_(terminal), desk_(desk), options_(options) {}

    Result<Versus> read() {
        out_.campaign = desk_.campaign;
        out_.at = desk_.at;
        // A campaign first: what else is said holds for it.
        for (const std::string& text : options_.versus)
            if (is_campaign(text)) LICET_TRY(take_campaign(text));
        for (const std::string& text : options_.versus)
            if (!is_campaign(text)) LICET_TRY(take(text));
        if (out_.name_before.empty()) out_.name_before = campaign_name(desk_.campaign);
        if (out_.name_after.empty()) out_.name_after = campaign_name(out_.campaign);
        return std::move(out_);
    }

  private:
    static bool is_campaign(std::string_view text) {
        const bool is_file = text.ends_with(".toml") && text.find('=') == text.npos;
        return is_file || trimmed(text.substr(0, text.find('='))) == "campaign";
    }
    [[nodiscard]] static std::string campaign_name(const gate::Campaign& campaign) {
        return campaign.name;
    }

    Result<Done> take_campaign(const std::string& path) {
        if (has_campaign_)
            return error(ErrorCode::kInput, "what_if.two_campaigns", {{"path", path}});
        has_campaign_ = true;
        const std::string text = LICET_TRY(read_file(path));
        gate::Campaign campaign = LICET_TRY(campaign_from(terminal_, *desk_.law, text, path));
        if (campaign.country.empty()) campaign.country = desk_.workspace.country;
        const Moment at = LICET_TRY(moment_of(*desk_.law, campaign, options_.at));
        set_moment(campaign, at);
        out_.refused = LICET_TRY(refusal_of_campaign(terminal_, *desk_.law, campaign, path, at));
        out_.campaign = std::move(campaign);
        add_names(desk_.campaign.name, out_.campaign.name);
        return Done{};
    }

    Result<Done> take(const std::string& text) {
        const std::size_t equals = text.find('=');
        if (equals == text.npos) {
            const auto moment = parse_moment(text);
            if (!moment) return error(ErrorCode::kInput, "what_if.vs_form", {{"text", text}});
            return take_moment(*moment);
        }
        const std::string name(trimmed(std::string_view(text).substr(0, equals)));
        const std::string value(trimmed(std::string_view(text).substr(equals + 1)));
        if (name == "at") return take(value);
        if (name == "campaign") return take_campaign(value);
        const std::string before = value_of(name);
        LICET_TRY(gate::set_in_campaign(*desk_.law, out_.campaign, name, value));
        add_names(name + (before.empty() ? " ?" : " = " + before), name + " = " + value);
        return Done{};
    }

    Result<Done> take_moment(const Moment& moment) {
        add_names(worded(desk_.at), worded(moment));
        set_moment(out_.campaign, moment);
        return Done{};
    }

    void set_moment(gate::Campaign& campaign, const Moment& moment) {
        out_.at = moment;
        campaign.facts.set(desk_.law->vocabulary().find("at"), moment, law::Supplier::kCampaign);
    }

    [[nodiscard]] std::string worded(const Moment& moment) const {
        return moment.clock ? text_of(moment) : licet::worded(moment.day, terminal_.language());
    }

    [[nodiscard]] std::string value_of(const std::string& name) const {
        if (name == "country") return desk_.campaign.country;
        const law::FactId id = desk_.law->vocabulary().find(name);
        if (id == law::kNoFact) return "";
        for (const law::Facts* facts : {&desk_.campaign.facts, &desk_.campaign.collection})
            if (const law::FactValue* value = facts->find(id))
                return law::value_text(desk_.law->vocabulary().fact(id), *value);
        return "";
    }

    void add_names(const std::string& before, const std::string& after) {
        for (auto [name, more] :
             {std::pair{&out_.name_before, &before}, std::pair{&out_.name_after, &after}})
            *name += (name->empty() ? "" : ", ") + *more;
    }

    const Terminal& terminal_;
    const Desk& desk_;
    const ScreenOptions& options_;
    Versus out_;
    bool has_campaign_ = false;
};

std::string default_folder(const std::string& file) {
    const std::string stem = file == "-" ? "licet" : fs::path(file).stem().string();
    return stem + "-what-if";
}

std::string right(std::string text, std::size_t width = 12) {
    const std::size_t length = utf8_count(text);
    return std::string(length < width ? width - length : 0, ' ') + std::move(text);
}

std::string_view key_of(Outcome outcome) {
    constexpr std::array<std::string_view, lists::kOutcomeCount> kKeys = {
        "allowed", "forbidden", "undetermined", "out_of_scope", "unreadable"};
    return kKeys.at(static_cast<std::size_t>(outcome));
}

Colour colour_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::kAllowed:
            return Colour::kGreen;
        case Outcome::kForbidden:
            return Colour::kRed;
        case Outcome::kOutOfScope:
            return Colour::kPlain;
        case Outcome::kUndetermined:
        case Outcome::kUnreadable:
            return Colour::kYellow;
    }
    return Colour::kPlain;
}

json::object json_of(const lists::Tally& tally) {
    json::object out;
    for (std::size_t i = 0; i < lists::kOutcomeCount; ++i)
        out[key_of(static_cast<Outcome>(i))] = tally.at(i);
    return out;
}

json::object json_of(const lists::Stand& stand) {
    return {{"verdict", key_of(stand.outcome)}, {"rule", stand.rule}, {"tell", stand.text}};
}

std::string_view actor_word(lists::ReportInput::Actor actor) {
    using Actor = lists::ReportInput::Actor;
    if (actor == Actor::kPerson) return "person";
    return actor == Actor::kTime ? "time" : "us";
}

class WhatIf {
  public:
    WhatIf(const Terminal& terminal, const Common& common, const ScreenOptions& options)
        : terminal_(terminal),
          say_(terminal.text()),
          common_(common),
          options_(options),
          folder_(options.out.empty() ? default_folder(options.file) : options.out) {}

    Result<int> run() {
        // 1. What is asked, before anything is made.
        LICET_TRY(check_output(folder_, common_.workspace));
        if (!options_.since.empty()) return error(ErrorCode::kInput, "what_if.not_with_since");
        if (options_.wants_pdf) browser_ = LICET_TRY(browser_for_pdf());
        file_ = LICET_TRY(SteadyFile::open(options_.file));
        desk_ = LICET_TRY(
            desk_of(terminal_, common_, {options_.campaign, options_.at, options_.channel}));
        const auto refused = LICET_TRY(refusal_of_campaign(terminal_, *desk_->law, desk_->campaign,
                                                           options_.campaign, desk_->at));
        if (refused) return *refused;
        versus_ = LICET_TRY(VersusReader(terminal_, *desk_, options_).read());
        if (versus_->refused) return *versus_->refused;
        // 2. The ledger, once for each side: refusals belong to the side's channel and day.
        const Date first = std::min(desk_->at.day, versus_->at.day);
        ledger_ = LICET_TRY(ledger_of(terminal_, desk_->workspace, first));
        index_after_ = ledger_->index;
        LICET_TRY(add_refusals(desk_->campaign, desk_->at.day, ledger_->index));
        LICET_TRY(add_refusals(versus_->campaign, versus_->at.day, *index_after_));
        // 3. Every row, twice; then the report.
        auto compared = compare();
        if (!compared.is_clean()) {
            terminal_.print_errors(compared.problems);
            return status_of(compared.problems.front());
        }
        LICET_TRY(finish(compared.value));
        if (browser_) {
            const std::string pdf = folder_ + "/report.pdf";
            LICET_TRY(print_to_pdf(*browser_, folder_ + "/report.html", pdf));
            if (!terminal_.wants_json()) terminal_.print(say_("pdf.written", {{"path", pdf}}));
        }
        return 0;
    }

  private:
    Result<Done> add_refusals(const gate::Campaign& campaign, Date day,
                              ledger::StandingIndex& index) {
        lists::ByteSource again = LICET_TRY(file_->again());
        // What is wrong with the list itself is said when its rows are judged.
        auto list = lists::open_list(std::move(again), options_.file);
        if (!list)
            return list.error().code == ErrorCode::kInput ? Result<Done>(Done{}) : list.error();
        const law::FactId channel = desk_->law->vocabulary().find("channel");
        const law::FactValue* value = campaign.facts.find(channel);
        auto dates = lists::add_refusals(
            campaign, law::value_text(desk_->law->vocabulary().fact(channel), *value),
            ledger_->tokeniser, options_.map, day, *std::move(list), index);
        if (!dates && dates.error().code != ErrorCode::kInput) return dates.error();
        if (dates) dates_ = *std::move(dates);
        return Done{};
    }

    Result<lists::ScreenTools> tools(const gate::Campaign& campaign, const Moment& at) const {
        ledger::Tokeniser tokeniser = LICET_TRY(ledger::Tokeniser::create(desk_->workspace.key));
        ledger::ForeignNames foreign =
            LICET_TRY(foreign_names(desk_->workspace, &ledger_->index.lists()));
        return lists::ScreenTools{std::make_unique<gate::RowGate>(
                                      *desk_->law, campaign, desk_->reference, zone_offset, at),
                                  std::move(tokeniser), std::move(foreign)};
    }

    Result<Done> create_files() {
        std::error_code fault;
        fs::create_directories(folder_, fault);
        if (fault)
            return error(ErrorCode::kBroken, "file.unwritable", {{"path", folder_}}, folder_);
        gained_ = LICET_TRY(ByteWriter::create(folder_ + "/gained.csv"));
        lost_ = LICET_TRY(ByteWriter::create(folder_ + "/lost.csv"));
        report_ = LICET_TRY(ByteWriter::create(folder_ + "/report.html"));
        return Done{};
    }

    Read<lists::Comparison> compare() {
        Read<lists::Comparison> failed;
        auto before = tools(desk_->campaign, desk_->at);
        auto after = tools(versus_->campaign, versus_->at);
        for (const auto* made : {&before, &after})
            if (!*made) failed.problems.push_back(made->error());
        if (!failed.problems.empty()) return failed;
        lists::CompareSetup setup{*desk_->law,
                                  say_,
                                  options_.map,
                                  options_.is_safe,
                                  {desk_->campaign, ledger_->index, desk_->at.day,
                                   versus_->name_before, std::move(before).value()},
                                  {versus_->campaign, *index_after_, versus_->at.day,
                                   versus_->name_after, std::move(after).value()},
                                  dates_};
        auto source = file_->again();
        if (!source) {
            failed.problems.push_back(source.error());
            return failed;
        }
        ProgressBar bar(terminal_, file_->size_bytes());
        std::uint64_t bytes_read = 0;
        const auto counted = [&](std::span<char> out) {
            auto count = (*source)(out);
            if (count) bytes_read += *count;
            return count;
        };
        auto compared = lists::compare(
            setup, counted, options_.file,
            {[&](std::string_view bytes) { return gained_->write(bytes); },
             [&](std::string_view bytes) { return lost_->write(bytes); }},
            [&](const lists::Mapping& mapping) {
                print_mapping(terminal_, mapping);
                return create_files();
            },
            [&](const lists::ScreenProgress& progress) { bar.show(progress.rows, bytes_read); });
        bar.finish();
        return compared;
    }

    Result<Done> finish(lists::Comparison& comparison) {
        for (const law::Pack& pack : desk_->law->packs())
            comparison.packs.push_back(pack.identity());
        LICET_TRY(report_->write(lists::comparison_html(comparison, say_)));
        for (const auto* writer : {&gained_, &lost_, &report_}) LICET_TRY((*writer)->finish());
        for (const Message& note : comparison.notes)
            terminal_.note(options_.file + ": " + say_(note));
        if (terminal_.wants_json())
            print_json(comparison);
        else
            print(comparison);
        return Done{};
    }

    void print(const lists::Comparison& comparison) const {
        terminal_.print(say_("compare.before_is", {{"name", comparison.name_before}}));
        terminal_.print(say_("compare.after_is", {{"name", comparison.name_after}}));
        terminal_.print();
        terminal_.print(terminal_.colour(Colour::kDim, right(say_("compare.before")) +
                                                           right(say_("compare.after")) +
                                                           right(say_("compare.change"))));
        for (std::size_t i = 0; i < lists::kOutcomeCount; ++i) {
            const auto outcome = static_cast<Outcome>(i);
            const std::uint64_t was = comparison.before.at(i);
            const std::uint64_t is = comparison.after.at(i);
            if (was == 0 && is == 0) continue;
            terminal_.print(
                terminal_.colour(colour_of(outcome), right(number(was)) + right(number(is))) +
                right(change(was, is)) + "  " + say_("verdict." + std::string(key_of(outcome))));
        }
        terminal_.print();
        print_moves(comparison, true);
        print_moves(comparison, false);
        print_actions(comparison);
        terminal_.print(say_("screen.report", {{"path", folder_ + "/report.html"}}));
    }

    void print_moves(const lists::Comparison& comparison, bool is_gain) const {
        const std::uint64_t rows = is_gain ? comparison.gained : comparison.lost;
        terminal_.print(
            terminal_.colour(is_gain ? Colour::kGreen : Colour::kRed,
                             right((is_gain ? "+" : "−") + number(rows))) +
            "  " + say_(is_gain ? "what_if.gained" : "what_if.lost") + "  " +
            terminal_.colour(Colour::kDim, folder_ + (is_gain ? "/gained.csv" : "/lost.csv")));
        std::size_t shown = 0;
        for (const lists::Move& move : comparison.moves) {
            const bool is_this = lists::may_be_sent_to(move.after.outcome) == is_gain &&
                                 lists::may_be_sent_to(move.before.outcome) != is_gain;
            if (!is_this || shown++ >= kLinesShown) continue;
            terminal_.print("  " + terminal_.colour(Colour::kDim, right(number(move.count))) +
                            "  " + worded(move.before) + " → " + worded(move.after));
        }
        terminal_.print();
    }

    [[nodiscard]] std::string worded(const lists::Stand& stand) const {
        const std::string word = say_("verdict." + std::string(key_of(stand.outcome)));
        return terminal_.colour(colour_of(stand.outcome), word) +
               (stand.rule.empty() ? "" : " " + terminal_.colour(Colour::kBlue, stand.rule));
    }

    void print_actions(const lists::Comparison& comparison) const {
        const bool has_some = std::any_of(
            comparison.actions.begin(), comparison.actions.end(),
            [](const lists::ActionGain& one) { return one.before > 0 || one.after > 0; });
        if (!has_some) return;
        terminal_.print(say_("what_if.actions"));
        std::size_t shown = 0;
        for (const lists::ActionGain& one : comparison.actions) {
            if ((one.before == 0 && one.after == 0) || shown++ >= kLinesShown) continue;
            terminal_.print(
                right(number(one.before)) + right(number(one.after)) + "  " + one.text + "  " +
                terminal_.colour(Colour::kDim,
                                 say_("compare.by_" + std::string(actor_word(one.by)))));
        }
        terminal_.print();
    }

    void print_json(const lists::Comparison& comparison) const {
        json::array moves;
        for (const lists::Move& move : comparison.moves)
            moves.push_back(json::object{{"before", json_of(move.before)},
                                         {"after", json_of(move.after)},
                                         {"count", move.count}});
        json::array actions;
        for (const lists::ActionGain& one : comparison.actions)
            actions.push_back(json::object{{"fact", one.fact},
                                           {"value", one.value},
                                           {"tell", one.text},
                                           {"by", actor_word(one.by)},
                                           {"is_to_find_out", one.is_to_find_out},
                                           {"before", one.before},
                                           {"after", one.after},
                                           {"more_before", one.more_before},
                                           {"more_after", one.more_after}});
        terminal_.print(json::serialize(json::object{{"rows", comparison.rows},
                                                     {"name_before", comparison.name_before},
                                                     {"name_after", comparison.name_after},
                                                     {"before", json_of(comparison.before)},
                                                     {"after", json_of(comparison.after)},
                                                     {"gained", comparison.gained},
                                                     {"lost", comparison.lost},
                                                     {"moves", std::move(moves)},
                                                     {"actions", std::move(actions)},
                                                     {"out", folder_}}));
    }

    [[nodiscard]] std::string number(std::uint64_t count) const {
        return licet::worded(count, terminal_.language());
    }
    [[nodiscard]] std::string change(std::uint64_t was, std::uint64_t is) const {
        if (was == is) return "=";
        return was < is ? "+" + number(is - was) : "−" + number(was - is);
    }

    const Terminal& terminal_;
    const Catalogue& say_;
    const Common& common_;
    const ScreenOptions& options_;
    std::string folder_;
    std::optional<SteadyFile> file_;
    std::vector<lists::DateColumn> dates_;  ///< how the list writes them
    std::optional<std::string> browser_;    ///< that prints a PDF, if one is wanted
    std::optional<Desk> desk_;
    std::optional<Versus> versus_;
    std::optional<Ledger> ledger_;
    std::optional<ledger::StandingIndex> index_after_;
    std::unique_ptr<ByteWriter> gained_;
    std::unique_ptr<ByteWriter> lost_;
    std::unique_ptr<ByteWriter> report_;
};

}  // namespace

int run_what_if(const Terminal& terminal, const Common& common, const ScreenOptions& options) {
    const auto status = WhatIf(terminal, common, options).run();
    return status ? *status : fail(terminal, status.error());
}

}  // namespace licet

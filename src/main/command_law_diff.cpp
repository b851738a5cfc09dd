// SPDX-License-Identifier: Apache-2.0
//
// licet law diff fr@2026-08-10 fr@2026-08-11
#include <algorithm>
#include <cmath>
#include <map>

#include "base/json.h"
#include "base/text.h"
#include "gate/campaign.h"
#include "gate/gate.h"
#include "law/diff.h"
#include "main/commands.h"
#include "main/files.h"
#include "main/law_diff_page.h"
#include "main/output_path.h"
#include "main/workspace.h"
#include "main/zones.h"

namespace licet {
namespace {

// A large reform fits one screen of fifty lines; what is not shown is counted.
constexpr std::size_t kShown = 4;

// One side as it was asked for: COUNTRY[@DAY][:READING].
struct Asked {
    std::string text;
    law::Side side;
    law::Reading reading = law::Reading::kStrict;
};

Result<Asked> side_of(const std::string& text, const Common& common) {
    Asked out;
    out.text = text;
    out.reading = reading_of(common.reading);
    std::string_view rest = text;
    if (const std::size_t colon = rest.find(':'); colon != rest.npos) {
        const std::string_view name = rest.substr(colon + 1);
        out.reading = reading_of(name);
        if (law::name_of(out.reading) != name)
            return error(ErrorCode::kInput, "diff.side", {{"text", text}});
        rest = rest.substr(0, colon);
    }
    std::string_view day;
    if (const std::size_t at = rest.find('@'); at != rest.npos) {
        day = rest.substr(at + 1);
        rest = rest.substr(0, at);
    }
    if (rest.empty()) return error(ErrorCode::kInput, "diff.side", {{"text", text}});
    out.side.country = rest;
    out.side.day = now().day;
    if (!day.empty()) {
        const auto parsed = parse_date(day);
        if (!parsed) return parsed.error();
        out.side.day = *parsed;
    }
    return out;
}

// Two laws over the same facts, or one law for both sides: two days of it.
struct Laws {
    std::unique_ptr<law::Law> after;
    std::unique_ptr<law::Law> other;  ///< null if both sides are of one law

    [[nodiscard]] const law::Law& before() const { return other ? *other : *after; }
};

template <typename T>
Result<T> without_problems(const Terminal& terminal, Read<T> read) {
    if (read.problems.empty()) return std::move(read.value);
    terminal.print_errors({read.problems.data(), read.problems.size() - 1});
    return read.problems.back();
}

Result<Laws> laws_of(const Terminal& terminal, const Common& common, const LawDiffOptions& options,
                     const Asked& before, const Asked& after) {
    const auto files = LICET_TRY(pack_files(common));
    if (options.old_packs.empty() && before.reading == after.reading)
        return Laws{LICET_TRY(without_problems(terminal, law::read_law(files, after.reading))),
                    nullptr};
    std::vector<law::SourceFile> old = files;
    if (!options.old_packs.empty()) old = LICET_TRY(read_packs(options.old_packs));
    auto pair = LICET_TRY(
        without_problems(terminal, law::read_two_laws(old, before.reading, files, after.reading)));
    return Laws{std::move(pair.after), std::move(pair.before)};
}

Result<Done> check_country(const law::Law& law, const Asked& asked) {
    if (law.pack_of(asked.side.country) != nullptr || asked.side.country == "eu") return Done{};
    return error(ErrorCode::kMissing, "diff.no_such_country",
                 {{"country", asked.side.country}, {"known", join(law.countries(), ", ")}});
}

// ---- people -------------------------------------------------------------------------------------
// Whose verdict changes, by answer before and after, of all persons that the ledger knows.
using Flips = std::map<std::pair<std::string, std::string>, std::size_t>;

struct People {
    std::size_t all = 0;
    Flips flips;
};

std::string answer_for(const law::Law& law, const Asked& asked, const gate::Campaign& campaign,
                       const ledger::Standing& standing, const std::string& question) {
    law::Facts facts = campaign.facts;
    for (const law::Facts::Entry& entry : campaign.collection.entries())
        facts.set(entry.fact, entry.value, entry.supplier);
    gate::Request request;
    request.question = question;
    request.facts = std::move(facts);
    request.aim = campaign.aim;
    request.standing = &standing;
    std::ignore = law::set_fact(request.facts, law.vocabulary(), "country", asked.side.country);
    request.facts.set(law.variables().at(), Moment{*asked.side.day, {}});
    const auto verdict = gate::check(law, zone_offset, request, gate::Depth::kAnswer);
    return verdict ? verdict->answer : "undetermined";
}

Result<People> people_of(const Terminal& terminal, const Common& common,
                         const LawDiffOptions& options, const Laws& laws, const Asked& before,
                         const Asked& after) {
    const std::string text = LICET_TRY(read_file(options.campaign));
    const auto campaign = gate::read_campaign(*laws.after, text, options.campaign);
    if (!campaign.is_clean()) {
        terminal.print_errors({campaign.problems.data(), campaign.problems.size() - 1});
        return campaign.problems.back();
    }
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    const auto store = LICET_TRY(open_ledger(workspace, true));
    struct Known {
        std::vector<ledger::Event> events;
        std::vector<ledger::Suppression> suppressions;
    };
    std::map<ledger::Token, Known> persons;
    LICET_TRY(store->for_each_suppression(
        [&](const ledger::Suppression& one) { persons[one.person].suppressions.push_back(one); }));
    LICET_TRY(store->for_each(ledger::Which::kForStanding, [&](const ledger::Event& event) {
        if (!ledger::is_of_ledger(event.kind)) persons[event.person].events.push_back(event);
    }));
    People out;
    for (const auto& person : persons) {
        const Known& known = person.second;
        const auto answer = [&](const law::Law& law, const Asked& asked) {
            ledger::Standing standing = ledger::standing_of(known.events, *asked.side.day);
            for (const ledger::Suppression& one : known.suppressions) ledger::fold(standing, one);
            return answer_for(law, asked, campaign.value, standing, options.question);
        };
        ++out.all;
        const std::string then = answer(laws.before(), before);
        const std::string later = answer(*laws.after, after);
        if (then != later) ++out.flips[{then, later}];
    }
    return out;
}

// ---- words --------------------------------------------------------------------------------------
std::string bar_of(double share) {
    constexpr int kWidth = 12;
    const int filled = std::clamp(static_cast<int>(std::lround(share * kWidth)), 0, kWidth);
    std::string out;
    for (int i = 0; i < kWidth; ++i) out += i < filled ? "█" : "░";
    return out;
}

class Report {
  public:
    Report(const Terminal& terminal, const LawDiffWords& words) : terminal_(terminal), w_(words) {}

    void print(const law::Diff& diff) const {
        if (diff.is_empty()) return terminal_.print(terminal_.text()("diff.same"));
        rules("diff.new_rules", w_.after(), diff.new_rules, Colour::kGreen, "+");
        rules("diff.gone", w_.before(), diff.gone, Colour::kRed, "−");
        section("diff.answers", diff.answers, true);
        duties(diff.duties);
        section("diff.reasons", diff.reasons, false);
    }

  private:
    void heading(std::string_view id, std::size_t count) const {
        terminal_.print();
        terminal_.print(terminal_.colour(Colour::kBold,
                                         terminal_.text()(id, {{"count", std::to_string(count)}})));
    }

    void rules(std::string_view id, const law::Law& law, const std::vector<law::RuleId>& all,
               Colour colour, std::string_view sign) const {
        if (all.empty()) return;
        heading(id, all.size());
        constexpr std::size_t kRulesShown = 6;
        for (std::size_t i = 0; i < all.size() && i < kRulesShown; ++i)
            terminal_.print("  " + terminal_.colour(colour, sign) + " " +
                            reason(law, law::Reason{all[i], false}));
        more(all.size(), kRulesShown);
    }

    void more(std::size_t all, std::size_t shown = kShown) const {
        if (all > shown)
            terminal_.print(
                "  " + terminal_.text()("diff.more", {{"count", std::to_string(all - shown)}}));
    }

    void section(std::string_view id, const std::vector<law::Change>& changes,
                 bool is_detailed) const {
        if (changes.empty()) return;
        heading(id, changes.size());
        const double sum = sum_of(changes);
        for (std::size_t i = 0; i < changes.size() && i < kShown; ++i)
            is_detailed ? change(changes[i], sum) : short_change(changes[i], sum);
        more(changes.size());
    }

    void change(const law::Change& change, double sum) const {
        terminal_.print("  " + bar_of(change.share / sum) + " " + percent_of(change.share / sum) +
                        "  " + answer(change.answer_before, w_.before()) + " → " +
                        answer(change.answer_after, w_.after()));
        terminal_.print("    " + terminal_.text()("diff.before") + " " +
                        reason(w_.before(), change.before));
        terminal_.print("    " + terminal_.text()("diff.after") + " " +
                        reason(w_.after(), change.after));
        terminal_.print("    " +
                        terminal_.colour(Colour::kDim, terminal_.text()("diff.example") + " " +
                                                           w_.short_example(change)));
    }

    void short_change(const law::Change& change, double sum) const {
        terminal_.print(
            "  " + percent_of(change.share / sum) + "  " + answer(change.answer_after, w_.after()) +
            "  " + w_.rule(w_.before(), change.before) + " → " + w_.rule(w_.after(), change.after));
    }

    void duties(const std::vector<law::DutyChange>& changes) const {
        if (changes.empty()) return;
        heading("diff.duties", changes.size());
        for (std::size_t i = 0; i < changes.size() && i < kShown; ++i) {
            const law::DutyChange& one = changes[i];
            terminal_.print("  " +
                            terminal_.colour(one.is_new ? Colour::kGreen : Colour::kRed,
                                             one.is_new ? "+" : "−") +
                            " " + w_.duty(one.duty) + "  " +
                            terminal_.colour(Colour::kDim, one.duty));
        }
        more(changes.size());
    }

    std::string answer(int index, const law::Law& law) const {
        const std::string name = w_.answer_name(law, index);
        const Colour colour = name == "allowed"     ? Colour::kGreen
                              : name == "forbidden" ? Colour::kRed
                                                    : Colour::kYellow;
        return terminal_.colour(colour, w_.answer(law, index));
    }

    std::string reason(const law::Law& law, const std::optional<law::Reason>& reason) const {
        return w_.tell(law, reason) + "  " + terminal_.colour(Colour::kDim, w_.rule(law, reason));
    }

    const Terminal& terminal_;
    const LawDiffWords& w_;
};

json::object json_of(const LawDiffWords& words, const law::Change& change) {
    return {{"answer_before", words.answer_name(words.before(), change.answer_before)},
            {"answer_after", words.answer_name(words.after(), change.answer_after)},
            {"rule_before", words.rule(words.before(), change.before)},
            {"rule_after", words.rule(words.after(), change.after)},
            {"share", change.share},
            {"example", words.example(change.example)}};
}

json::object json_of(const LawDiffWords& words, const law::Diff& diff) {
    json::array answers;
    json::array reasons;
    json::array duties;
    json::array gone;
    json::array new_rules;
    for (const law::RuleId rule : diff.gone)
        gone.emplace_back(words.before().rules().rules[rule].id);
    for (const law::RuleId rule : diff.new_rules)
        new_rules.emplace_back(words.after().rules().rules[rule].id);
    for (const law::Change& change : diff.answers) answers.push_back(json_of(words, change));
    for (const law::Change& change : diff.reasons) reasons.push_back(json_of(words, change));
    for (const law::DutyChange& change : diff.duties)
        duties.push_back(json::object{{"duty", change.duty},
                                      {"change", change.is_new ? "new" : "gone"},
                                      {"share", change.share},
                                      {"example", words.example(change.example)}});
    return {{"gone", std::move(gone)},
            {"new", std::move(new_rules)},
            {"answers", std::move(answers)},
            {"reasons", std::move(reasons)},
            {"duties", std::move(duties)}};
}

void print_people(const Terminal& terminal, const LawDiffWords& words, const People& people) {
    std::size_t changed = 0;
    for (const auto& [pair, count] : people.flips) changed += count;
    terminal.print();
    terminal.print(terminal.text()(
        "diff.people", {{"count", std::to_string(changed)}, {"all", std::to_string(people.all)}}));
    for (const auto& [pair, count] : people.flips)
        terminal.print("  " + std::to_string(count) + "  " + words.answer(pair.first) + " → " +
                       words.answer(pair.second));
}

}  // namespace

int run_law_diff(const Terminal& terminal, const Common& common, const LawDiffOptions& options) {
    const auto spared = check_output(options.html, common.workspace);
    if (!spared) return fail(terminal, spared.error());
    const auto before = side_of(options.before, common);
    if (!before) return fail(terminal, before.error());
    const auto after = side_of(options.after, common);
    if (!after) return fail(terminal, after.error());
    const auto laws = laws_of(terminal, common, options, *before, *after);
    if (!laws) return fail(terminal, laws.error());
    for (const auto& [law, asked] :
         {std::pair{&laws->before(), &*before}, std::pair{&std::as_const(*laws->after), &*after}}) {
        const auto known = check_country(*law, *asked);
        if (!known) return fail(terminal, known.error());
    }
    const auto diff =
        law::diff(laws->before(), before->side, *laws->after, after->side, options.question);
    if (!diff) return fail(terminal, diff.error());
    const LawDiffWords words(laws->before(), *laws->after, options.question, terminal.text());
    std::optional<People> people;
    if (!options.campaign.empty()) {
        auto counted = people_of(terminal, common, options, *laws, *before, *after);
        if (!counted) return fail(terminal, counted.error());
        people = *std::move(counted);
    }
    if (!options.html.empty()) {
        const auto done = write_file(
            options.html, law_diff_page(words, *diff, before->text, after->text, terminal.text()));
        if (!done) return fail(terminal, done.error());
        terminal.note(terminal.text()("diff.written", {{"path", options.html}}));
    }
    if (terminal.wants_json()) {
        json::object out = json_of(words, *diff);
        if (people) {
            json::array flips;
            for (const auto& [pair, count] : people->flips)
                flips.push_back(
                    json::object{{"before", pair.first}, {"after", pair.second}, {"count", count}});
            out["people"] = json::object{{"all", people->all}, {"changed", std::move(flips)}};
        }
        terminal.print(json::serialize(out));
        return 0;
    }
    terminal.print(terminal.colour(Colour::kBold, before->text + " → " + after->text));
    Report(terminal, words).print(*diff);
    if (people) print_people(terminal, words, *people);
    return 0;
}

}  // namespace licet

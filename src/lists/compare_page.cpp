// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/number.h"
#include "base/page.h"
#include "base/text.h"
#include "lists/compare.h"
#include "lists/internal/page_parts.h"
#include "lists/internal/pictures.h"

namespace licet::lists {
namespace {

using internal::outcome_at;

constexpr std::size_t kMovesShown = 40;

// Writes the page from top to bottom, one function a section.
class Page final : internal::PageParts {
  public:
    Page(const Comparison& comparison, const Catalogue& say) : PageParts(say), in_(comparison) {}

    std::string write() {
        head();
        funnels();
        moves(true, "gained");
        moves(false, "lost");
        other_moves();
        actions();
        samples();
        foot();
        return std::move(out_);
    }

  private:
    [[nodiscard]] Message message(std::string_view id, Arguments arguments) const override {
        return Message("compare." + std::string(id), std::move(arguments));
    }
    [[nodiscard]] static std::uint64_t sent_to(const Tally& tally) {
        std::uint64_t sum = 0;
        for (std::size_t i = 0; i < kOutcomeCount; ++i)
            if (may_be_sent_to(outcome_at(i))) sum += tally.at(i);
        return sum;
    }
    [[nodiscard]] std::string change(std::uint64_t before, std::uint64_t after) const {
        if (before == after) return "=";
        return before < after ? "+" + number(after - before) : "−" + number(before - after);
    }

    void head();
    void funnels();
    void funnel(const std::string& name, const Tally& tally);
    void moves(bool is_gain, std::string_view id);
    void other_moves();
    void move_table(const std::vector<const Move*>& chosen);
    [[nodiscard]] std::string stand_cell(const Stand& stand) const;
    void actions();
    void samples();
    void foot();

    const Comparison& in_;
};

void Page::head() {
    out_ += page_head(say_.language(), in_.campaign + " – " + say_("compare.title"));
    out_ += "<header>\n<p class=\"brand\">licet · " + said("title") + "</p>\n<h1>" +
            shown(in_.campaign) + "</h1>\n<p class=\"facts\">" +
            said("facts", {{"file", in_.file_name},
                           {"rows", number(in_.rows)},
                           {"before", in_.name_before},
                           {"after", in_.name_after}}) +
            "</p>\n</header>\n<main>\n";
}

void Page::funnel(const std::string& name, const Tally& tally) {
    out_ += "<h3>" + name + "</h3>\n" + internal::stacked_bar(tally, in_.rows, "verdict") + "\n";
}

void Page::funnels() {
    const std::string lead = said_with_stars("lead", {{"before", number(sent_to(in_.before))},
                                                      {"after", number(sent_to(in_.after))},
                                                      {"gained", number(in_.gained)},
                                                      {"lost", number(in_.lost)}});
    out_ +=
        "<section class=\"summary\" aria-labelledby=\"summary\">\n<h2 id=\"summary\" "
        "class=\"hidden\">" +
        said("summary") + "</h2>\n<p class=\"lead\">" + lead + "</p>\n";
    const std::string before = said("before_is", {{"name", in_.name_before}});
    const std::string after = said("after_is", {{"name", in_.name_after}});
    funnel(before, in_.before);
    funnel(after, in_.after);
    out_ += "<table class=\"totals\"><caption class=\"hidden\">" + said("summary") + "</caption>" +
            header_cells({"verdict", "before", "after", "change"}, {"before", "after", "change"}) +
            "<tbody>\n";
    for (std::size_t i = 0; i < kOutcomeCount; ++i) {
        const std::uint64_t was = in_.before.at(i);
        const std::uint64_t is = in_.after.at(i);
        out_ += "<tr><th scope=\"row\">" + sign_and_word(outcome_at(i)) + "</th>" +
                number_cell(was) + number_cell(is) + "<td class=\"number\">" + change(was, is) +
                "</td></tr>\n";
    }
    out_ += "</tbody></table>\n";
    close_section();
}

std::string Page::stand_cell(const Stand& stand) const {
    return "<td>" + sign_and_word(stand.outcome) + "<span class=\"sources\">" + shown(stand.text) +
           (stand.citation.empty() ? "" : "<br>" + shown(stand.citation)) +
           (stand.rule.empty() ? "" : " · <span class=\"mono\">" + shown(stand.rule) + "</span>") +
           "</span></td>";
}

void Page::move_table(const std::vector<const Move*>& chosen) {
    out_ += "<div class=\"pairs\"><table>" + header_cells({"before", "after", "rows"}, {"rows"}) +
            "<tbody>\n";
    for (std::size_t i = 0; i < chosen.size() && i < kMovesShown; ++i)
        out_ += "<tr>" + stand_cell(chosen[i]->before) + stand_cell(chosen[i]->after) +
                number_cell(chosen[i]->count) + "</tr>\n";
    out_ += "</tbody></table></div>\n";
    if (chosen.size() > kMovesShown)
        out_ += "<p class=\"note\">" +
                said("more_moves", {{"count", number(chosen.size() - kMovesShown)}}) + "</p>\n";
}

void Page::moves(bool is_gain, std::string_view id) {
    std::vector<const Move*> chosen;
    for (const Move& move : in_.moves)
        if (may_be_sent_to(move.after.outcome) == is_gain &&
            may_be_sent_to(move.before.outcome) != is_gain)
            chosen.push_back(&move);
    const std::uint64_t rows = is_gain ? in_.gained : in_.lost;
    open_section(id, said(std::string(id) + "_note", {{"rows", number(rows)}}));
    if (!chosen.empty()) move_table(chosen);
    close_section();
}

void Page::other_moves() {
    std::vector<const Move*> chosen;
    for (const Move& move : in_.moves)
        if (may_be_sent_to(move.after.outcome) == may_be_sent_to(move.before.outcome) &&
            !(move.before == move.after))
            chosen.push_back(&move);
    if (chosen.empty()) return;
    open_section("others", said("others_note"));
    move_table(chosen);
    close_section();
}

void Page::actions() {
    if (in_.actions.empty()) return;
    open_section("actions", said("actions_note"));
    const auto more = [&](std::uint64_t rows) {
        return rows == 0 ? std::string()
                         : "<span class=\"sources\">" + said("more", {{"rows", number(rows)}}) +
                               "</span>";
    };
    using Actor = ReportInput::Actor;
    out_ += "<table>" + header_cells({"action", "before", "after"}, {"before", "after"});
    for (const auto& group :
         {std::pair{Actor::kUs, "by_us"}, std::pair{Actor::kPerson, "by_person"},
          std::pair{Actor::kTime, "by_time"}}) {
        const auto is_his = [&](const ActionGain& one) { return one.by == group.first; };
        if (std::none_of(in_.actions.begin(), in_.actions.end(), is_his)) continue;
        out_ += "<tbody><tr class=\"group\"><th scope=\"rowgroup\" colspan=\"3\">" +
                said(group.second) + "</th></tr>\n";
        for (const ActionGain& one : in_.actions)
            if (is_his(one))
                out_ += "<tr><th scope=\"row\">" + shown(one.text) +
                        "<span class=\"sources mono\">" +
                        shown(one.fact + (one.value.empty() ? "" : " = " + one.value)) +
                        "</span></th><td class=\"number\">" + number(one.before) +
                        more(one.more_before) + "</td><td class=\"number\">" + number(one.after) +
                        more(one.more_after) + "</td></tr>\n";
        out_ += "</tbody>\n";
    }
    out_ += "</table>\n";
    close_section();
}

void Page::samples() {
    if (in_.samples.empty()) return;
    open_section("samples", said("samples_note"));
    out_ +=
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"samples\"><table>"
        "<thead><tr><th scope=\"col\" class=\"number\">" +
        said("line") + "</th>";
    for (const std::string& column : in_.sample_columns)
        out_ += "<th scope=\"col\">" + shown(column) + "</th>";
    out_ += "<th scope=\"col\">" + said("before") + "</th><th scope=\"col\">" + said("after") +
            "</th></tr></thead><tbody>\n";
    for (const auto& sample : in_.samples) {
        out_ += "<tr><th scope=\"row\" class=\"number\">" + number(sample.line) + "</th>";
        for (const std::string& cell : sample.masked_cells) out_ += "<td>" + shown(cell) + "</td>";
        out_ += stand_cell(sample.before) + stand_cell(sample.after) + "</tr>\n";
    }
    out_ += "</tbody></table></div>\n";
    close_section();
}

void Page::foot() {
    out_ += "</main>\n<footer><p>" + said("packs", {{"packs", join(in_.packs, " · ")}}) + "<br>" +
            said("disclaimer") + "</p></footer>\n</body>\n</html>\n";
}

}  // namespace

std::string comparison_html(const Comparison& comparison, const Catalogue& say) {
    return Page(comparison, say).write();
}

}  // namespace licet::lists

// SPDX-License-Identifier: Apache-2.0
#include "lists/report.h"

#include <algorithm>
#include <string_view>

#include "base/number.h"
#include "base/page.h"
#include "base/text.h"
#include "lists/internal/page_parts.h"
#include "lists/internal/pictures.h"

namespace licet::lists {
namespace {

using internal::name_of;
using internal::outcome_at;
using internal::sum_of;

std::string replaced(std::string_view text, std::string_view what, std::string_view by) {
    std::string out;
    for (std::size_t at = text.find(what); at != text.npos; at = text.find(what)) {
        out.append(text.substr(0, at)).append(by);
        text.remove_prefix(at + what.size());
    }
    return out.append(text);
}

// Writes the page from top to bottom, one function a section.
class Page final : internal::PageParts {
  public:
    Page(const ReportInput& input, const Catalogue& say)
        : PageParts(say), in_(input), total_(sum_of(input.totals)) {}

    std::string write() {
        head();
        summary();
        reasons();
        matrix("origins", in_.origins, true);
        matrix("audiences", in_.audiences, false);
        ages();
        duties();
        footers();
        ways();
        costs();
        problems();
        mapping();
        samples();
        certificate();
        foot();
        return std::move(out_);
    }

  private:
    [[nodiscard]] Message message(std::string_view id, Arguments arguments) const override {
        return Message("report." + std::string(id), std::move(arguments));
    }
    void head();
    void summary();
    void reasons();
    void reason(const ReportInput::Reason& reason, std::uint64_t longest);
    void matrix(std::string_view name, const std::vector<ReportInput::Group>& groups,
                bool has_flow);
    void ages();
    void duties();
    void footers();
    void certificate();
    void ways();
    void costs();
    void problems();
    void mapping();
    void samples();
    void foot();

    [[nodiscard]] const std::vector<std::string>& asked_in_own_language() const;

    const ReportInput& in_;
    std::uint64_t total_;
};

void Page::head() {
    out_ += page_head(say_.language(), in_.campaign + " – " + say_("report.title"));
    out_ += "<header>\n<p class=\"brand\">licet · " + said("title") + "</p>\n<h1>" +
            shown(in_.campaign) + "</h1>\n<p class=\"facts\">" +
            said("facts", {{"file", in_.file_name}, {"date", in_.date}, {"rows", number(total_)}}) +
            "</p>\n</header>\n<main>\n";
}

void Page::summary() {
    const std::uint64_t allowed = in_.totals.front();
    const std::string_view id = allowed == 0   ? "lead_none"
                                : allowed == 1 ? "lead_one"
                                               : "lead_many";
    const std::string lead =
        said_with_stars(id, {{"count", number(allowed)}, {"rows", number(total_)}});
    out_ +=
        "<section class=\"summary\" aria-labelledby=\"summary\">\n<h2 id=\"summary\" "
        "class=\"hidden\">" +
        said("summary") + "</h2>\n<p class=\"lead\">" + lead + "</p>\n" +
        internal::stacked_bar(in_.totals, total_, "verdict") +
        "\n<table class=\"totals\"><caption class=\"hidden\">" + said("summary") +
        "</caption><thead><tr><th scope=\"col\">" + said("verdict") +
        "</th><th scope=\"col\" class=\"number\">" + said("rows") +
        "</th><th scope=\"col\" class=\"number\">" + said("share") +
        "</th><th scope=\"col\" class=\"advice\">" + said("advice") + "</th></tr></thead><tbody>\n";
    for (std::size_t i = 0; i < kOutcomeCount; ++i) {
        const Outcome outcome = outcome_at(i);
        const std::uint64_t count = in_.totals.at(i);
        out_ += "<tr><th scope=\"row\">" + sign_and_word(outcome) +
                "</th><td class=\"number big\">" + number(count) + "</td><td class=\"number\">" +
                shown(worded_share(count, total_, say_.language())) + "</td><td class=\"advice\">" +
                said("advice." + std::string(name_of(outcome))) + "</td></tr>\n";
    }
    out_ += "</tbody></table>\n";
    close_section();
}

void Page::reason(const ReportInput::Reason& reason, std::uint64_t longest) {
    const std::string certainty = reason.is_settled ? "settled" : "debatable";
    out_ += "<tr><th scope=\"row\"><span class=\"why\">" + shown(reason.text) +
            "</span><span class=\"sources\">" + shown(reason.citation) +
            " · <span class=\"mono\">" + shown(reason.rule) + "</span> <span class=\"tag " +
            certainty + "\">" + said(certainty) + "</span></span>" +
            internal::single_bar(reason.count, longest, reason.outcome) + "</th>" +
            number_cell(reason.count) + "</tr>\n";
}

void Page::reasons() {
    if (in_.reasons.empty()) return;
    open_section("reasons", said("reasons_note"));
    std::vector<ReportInput::Reason> sorted = in_.reasons;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.count > b.count; });
    const std::uint64_t longest = sorted.front().count;
    out_ += "<table class=\"reasons\"><thead><tr><th scope=\"col\">" + said("reason") +
            "</th><th scope=\"col\" class=\"number\">" + said("rows") + "</th></tr></thead>\n";
    // What stops a contact comes first: it is what the reader must act on.
    for (const Outcome outcome : {Outcome::kForbidden, Outcome::kUndetermined, Outcome::kAllowed,
                                  Outcome::kOutOfScope, Outcome::kUnreadable}) {
        const bool is_empty = std::none_of(sorted.begin(), sorted.end(), [&](const auto& reason) {
            return reason.outcome == outcome;
        });
        if (is_empty) continue;
        out_ += "<tbody><tr class=\"group\"><th scope=\"rowgroup\" colspan=\"2\">" +
                sign_and_word(outcome) + "</th></tr>\n";
        for (const auto& one : sorted)
            if (one.outcome == outcome) reason(one, longest);
        out_ += "</tbody>\n";
    }
    out_ += "</table>\n";
    close_section();
}

void Page::matrix(std::string_view name, const std::vector<ReportInput::Group>& groups,
                  bool has_flow) {
    if (groups.empty()) return;
    const std::string id(name);
    open_section(id, said(id + "_note"));
    if (has_flow)
        out_ += internal::flow(groups, in_.channel, say_, say_("report." + id + "_picture")) + "\n";
    std::uint64_t longest = 0;
    for (const auto& group : groups) longest = std::max(longest, sum_of(group.counts));
    out_ += "<table class=\"matrix\"><thead><tr><th scope=\"col\">" + said(id + "_column") +
            "</th><td class=\"wide\"></td>";
    for (std::size_t i = 0; i < kOutcomeCount; ++i)
        out_ += "<th scope=\"col\" class=\"number\">" + sign(outcome_at(i)) +
                "<span class=\"word\">" + verdict(outcome_at(i)) + "</span></th>";
    out_ += "</tr></thead><tbody>\n";
    for (const auto& group : groups) {
        out_ += "<tr><th scope=\"row\">" + shown(group.name) + "</th><td class=\"wide\">" +
                internal::stacked_bar(group.counts, longest, "stack") + "</td>";
        for (const std::uint64_t count : group.counts) out_ += number_cell(count);
        out_ += "</tr>\n";
    }
    out_ += "</tbody></table>\n";
    close_section();
}

void Page::ages() {
    const ReportInput::Ages& ages = in_.ages;
    std::uint64_t known = 0;
    for (const Tally& tally : ages.rows) known += sum_of(tally);
    if (known == 0) return;
    open_section("ages", said("ages_note"));
    const std::string months = std::to_string(ages.limit_months);
    const std::string line = say_("report.ages_line", {{"months", months}});
    out_ += internal::ages(ages, line, say_("report.ages_picture")) + "\n";
    if (ages.limit_months > 0)
        out_ += "<p class=\"note\">" + said("ages_limit", {{"months", months}}) + " " +
                shown(ages.limit_text) + "</p>\n";
    out_ += "<table class=\"matrix\"><thead><tr><th scope=\"col\">" + said("ages_column") + "</th>";
    for (std::size_t i = 0; i < kOutcomeCount; ++i)
        out_ += "<th scope=\"col\" class=\"number\">" + sign(outcome_at(i)) +
                "<span class=\"word\">" + verdict(outcome_at(i)) + "</span></th>";
    out_ += "</tr></thead><tbody>\n";
    const auto row = [&](const std::string& name, const Tally& tally, bool is_past) {
        if (sum_of(tally) == 0) return;
        out_ += std::string(is_past ? "<tr class=\"past\">" : "<tr>") + "<th scope=\"row\">" +
                name + (is_past ? "<span class=\"sources\">" + said("ages_past") + "</span>" : "") +
                "</th>";
        for (const std::uint64_t count : tally) out_ += number_cell(count);
        out_ += "</tr>\n";
    };
    for (std::size_t i = 0; i < ages.rows.size(); ++i) {
        const int from = static_cast<int>(i) * ReportInput::Ages::kMonths;
        const bool is_last = i + 1 == ages.rows.size();
        row(said(is_last ? "ages_older" : "ages_span",
                 {{"from", std::to_string(from)},
                  {"to", std::to_string(from + ReportInput::Ages::kMonths)}}),
            ages.rows.at(i), ages.limit_months > 0 && from >= ages.limit_months);
    }
    row(said("ages_unknown"), ages.unknown, false);
    out_ += "</tbody></table>\n";
    close_section();
}

void Page::footers() {
    if (in_.footers.empty()) return;
    open_section("footers", said("footers_note"));
    for (const auto& footer : in_.footers) {
        const bool is_french = footer.language == "fr";
        // A gap that was not filled must be seen before the message is sent.
        std::string text = shown(footer.text);
        text = replaced(replaced(text, "[", "<mark>["), "]", "]</mark>");
        out_ += "<h3>" + said(is_french ? "in_french" : "in_english") +
                "</h3>\n<p class=\"copy\" lang=\"" + shown(footer.language) + "\">" + text +
                "</p>\n";
    }
    const std::vector<std::string>& asked = asked_in_own_language();
    if (!asked.empty()) {
        out_ += "<h3>" + said("footers_asked") + "</h3><ul>\n";
        for (const std::string& question : asked) out_ += "<li>" + shown(question) + "</li>\n";
        out_ += "</ul>\n";
    }
    close_section();
}

const std::vector<std::string>& Page::asked_in_own_language() const {
    const std::string_view own = say_.language() == Language::kFrench ? "fr" : "en";
    const auto found =
        std::find_if(in_.footers.begin(), in_.footers.end(),
                     [&](const ReportInput::Footer& footer) { return footer.language == own; });
    return found == in_.footers.end() ? in_.footers.front().asked : found->asked;
}

void Page::certificate() {
    const ReportInput::CertificateWords& words = in_.certificate;
    if (words.file.empty()) return;
    open_section("certificate", said("certificate_note"));
    out_ += "<table><tbody>\n<tr><th scope=\"row\">" + said("certificate_file") +
            "</th><td class=\"mono\">" + shown(words.file) + "</td></tr>\n<tr><th scope=\"row\">" +
            said("certificate_serves") + "</th><td>" + shown(words.serves) +
            "</td></tr>\n<tr><th scope=\"row\">" + said("certificate_check") +
            "</th><td class=\"mono\">" + shown(words.check) + "</td></tr>\n</tbody></table>\n";
    close_section();
}

void Page::duties() {
    if (in_.duties.empty()) return;
    open_section("duties", said("duties_note"));
    out_ += "<table><thead><tr><th scope=\"col\">" + said("duty") +
            "</th><th scope=\"col\" class=\"number\">" + said("rows") +
            "</th></tr></thead><tbody>\n";
    for (const auto& duty : in_.duties)
        out_ += "<tr><th scope=\"row\">" + shown(duty.text) + "<span class=\"sources mono\">" +
                shown(duty.id) + "</span></th>" + number_cell(duty.count) + "</tr>\n";
    out_ += "</tbody></table>\n";
    close_section();
}

void Page::ways() {
    if (in_.remedies.empty() && in_.missing.empty()) return;
    open_section("ways", said("ways_note"));
    const auto item = [&](const std::string& text, const std::string& by, std::uint64_t count) {
        out_ += "<li><span>" + shown(text) + by + "</span><span class=\"number\">" + number(count) +
                "</span></li>\n";
    };
    out_ += "<div class=\"columns\">\n";
    if (!in_.missing.empty()) {
        out_ += "<div><h3>" + said("missing") + "</h3><ul class=\"plain\">\n";
        for (const auto& missing : in_.missing) item(missing.text, "", missing.count);
        out_ += "</ul></div>\n";
    }
    if (!in_.remedies.empty()) {
        out_ += "<div><h3>" + said("remedies") + "</h3><ul class=\"plain\">\n";
        for (const auto& remedy : in_.remedies) {
            const std::string_view by = remedy.by == ReportInput::Actor::kUs       ? "by_us"
                                        : remedy.by == ReportInput::Actor::kPerson ? "by_person"
                                                                                   : "by_time";
            item(remedy.text, "<span class=\"by\">" + said(by) + "</span>", remedy.count);
        }
        out_ += "</ul></div>\n";
    }
    out_ += "</div>\n";
    close_section();
}

void Page::costs() {
    if (in_.costs.empty() && in_.ceilings.empty()) return;
    open_section("costs", said("costs_note"));
    const auto list = [&](const std::string& title, const std::vector<std::string>& lines) {
        out_ += "<h3>" + title + "</h3><ul>\n";
        for (const std::string& line : lines) out_ += "<li>" + shown(line) + "</li>\n";
        out_ += "</ul>\n";
    };
    for (const auto& cost : in_.costs) list(shown(cost.rule_text), cost.decisions);
    if (!in_.ceilings.empty()) list(said("ceilings"), in_.ceilings);
    close_section();
}

void Page::problems() {
    if (in_.problem_count == 0) return;
    const bool has_more = in_.problem_count > in_.problems.size();
    open_section("problems", said(has_more ? "problems_note_first" : "problems_note",
                                  {{"count", number(in_.problem_count)},
                                   {"shown", number(in_.problems.size())}}));
    out_ +=
        "<table>" + header_cells({"line", "column", "problem", "value"}, {"line"}) + "<tbody>\n";
    for (const auto& problem : in_.problems)
        out_ += "<tr><td class=\"number\">" + number(problem.line) + "</td><td>" +
                shown(problem.column.empty() ? "–" : problem.column) + "</td><td>" +
                shown(problem.message) + "</td><td class=\"mono\">" + shown(problem.masked_value) +
                "</td></tr>\n";
    out_ += "</tbody></table>\n";
    close_section();
}

void Page::mapping() {
    if (in_.mapping.names.empty()) return;
    const std::string vendor(lists::name_of(in_.mapping.vendor));
    open_section("mapping", vendor.empty() ? said("mapping_note")
                                           : said("mapping_note_vendor", {{"vendor", vendor}}));
    out_ += "<table>" + header_cells({"role", "column", "found_by"}, {}) + "<tbody>\n";
    for (std::size_t i = 0; i < kRoleCount; ++i) {
        const auto role = static_cast<Role>(i);
        for (const MappedColumn& column : in_.mapping.all(role)) {
            const std::string_view by = column.by == FoundBy::kName      ? "found_by_name"
                                        : column.by == FoundBy::kContent ? "found_by_content"
                                                                         : "found_by_user";
            out_ += "<tr><th scope=\"row\">" +
                    shown(say_("role." + std::string(lists::name_of(role)))) + "</th><td>" +
                    shown(in_.mapping.names.at(column.index)) + "</td><td>" + said(by) +
                    "</td></tr>\n";
        }
    }
    out_ += "</tbody></table>\n";
    close_section();
}

void Page::samples() {
    if (in_.samples.empty()) return;
    open_section("samples", said("samples_note"));
    // A table that may be wider than the page can be scrolled by keyboard too.
    out_ +=
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"samples\"><table>"
        "<thead><tr><th scope=\"col\" class=\"number\">" +
        said("line") + "</th>";
    for (const std::string& column : in_.sample_columns)
        out_ += "<th scope=\"col\">" + shown(column) + "</th>";
    out_ += "<th scope=\"col\">" + said("verdict") + "</th></tr></thead><tbody>\n";
    for (const auto& sample : in_.samples) {
        out_ += "<tr><th scope=\"row\" class=\"number\">" + number(sample.line) + "</th>";
        for (const std::string& cell : sample.masked_cells) out_ += "<td>" + shown(cell) + "</td>";
        out_ += "<td>" + sign_and_word(sample.outcome) + "<span class=\"sources\">" +
                shown(sample.reason) + "</span></td></tr>\n";
    }
    out_ += "</tbody></table></div>\n";
    close_section();
}

void Page::foot() {
    out_ += "</main>\n<footer><p>" + said("packs", {{"packs", join(in_.packs, " · ")}}) + "<br>" +
            said("disclaimer") + "</p></footer>\n</body>\n</html>\n";
}

}  // namespace

std::string report_html(const ReportInput& input, const Catalogue& say) {
    return Page(input, say).write();
}

}  // namespace licet::lists

// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "base/json.h"
#include "law/check.h"
#include "main/commands.h"
#include "main/files.h"
#include "main/zones.h"

namespace licet {
namespace {

const char* name_of(law::Severity severity) {
    if (severity == law::Severity::kFault) return "fault";
    return severity == law::Severity::kWarning ? "warning" : "note";
}

const char* text_of(law::Severity severity) {
    if (severity == law::Severity::kFault) return "check.severity_fault";
    return severity == law::Severity::kWarning ? "check.severity_warning" : "check.severity_note";
}

Colour colour_of(law::Severity severity) {
    if (severity == law::Severity::kFault) return Colour::kRed;
    return severity == law::Severity::kWarning ? Colour::kYellow : Colour::kDim;
}

}  // namespace

int run_law_check(const Terminal& terminal, const Common& common, const std::string& today) {
    const auto day = day_or_today(today);
    if (!day) return fail(terminal, day.error());
    const auto law = load_law(terminal, common);
    if (!law) return exit_status::kBadInput;
    const std::vector<law::Finding> findings = law::check(*law, *day);
    json::array out;
    std::array<std::size_t, 3> counts{};
    for (const law::Finding& finding : findings) {
        ++counts.at(static_cast<std::size_t>(finding.severity));
        const std::string text = terminal.text()(finding.message);
        if (terminal.wants_json()) {
            out.push_back(json::object{{"severity", name_of(finding.severity)},
                                       {"kind", finding.kind.substr(finding.kind.find('.') + 1)},
                                       {"text", text},
                                       {"where", finding.where}});
            continue;
        }
        const std::string word = terminal.text()(text_of(finding.severity));
        terminal.print(finding.where + ": " + terminal.colour(colour_of(finding.severity), word) +
                       ": " + text);
    }
    const bool is_good = counts[0] == 0;
    if (terminal.wants_json())
        terminal.print(json::serialize(out));
    else
        terminal.print(
            terminal.text()("check.summary", {{"rules", std::to_string(law->rules().rules.size())},
                                              {"faults", std::to_string(counts[0])},
                                              {"warnings", std::to_string(counts[1])},
                                              {"notes", std::to_string(counts[2])}}));
    return is_good ? 0 : exit_status::kTestsFailed;
}

}  // namespace licet

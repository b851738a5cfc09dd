// SPDX-License-Identifier: Apache-2.0
#include "main/screen_report.h"

#include "base/text.h"
#include "gate/keep.h"
#include "lists/footer.h"
#include "main/zones.h"

namespace licet {

Result<Done> complete_report(lists::ReportInput& report, const Desk& desk,
                             const Terminal& terminal) {
    const law::FactId id = desk.law->vocabulary().find("channel");
    const law::Fact& fact = desk.law->vocabulary().fact(id);
    const law::FactValue* value = desk.campaign.facts.find(id);
    const std::string channel = value == nullptr ? "" : law::value_text(fact, *value);
    const auto words = fact.value_words.find(channel);
    report.channel =
        words == fact.value_words.end() ? channel : words->second.in(terminal.language());

    // Packs that say nothing of keeping draw no line.
    if (desk.law->table("keep") != nullptr) {
        const auto limit =
            LICET_TRY(gate::keep_limit(*desk.law, zone_offset, desk.campaign.country, desk.at.day));
        if (limit) {
            report.ages.limit_months = limit->months;
            report.ages.limit_text =
                limit->tell.in(terminal.language()) + " (" + join(limit->cites, "; ") + ")";
        }
    }

    std::vector<std::string> duties;
    for (const auto& duty : report.duties) duties.push_back(duty.id);
    for (const Language language : {Language::kFrench, Language::kEnglish})
        report.footers.push_back(
            lists::footer_of(desk.campaign, channel, duties, catalogue_of(language)));
    return Done{};
}

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
#include "main/choice_proofs.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "base/toml.h"
#include "main/files.h"
#include "main/notices.h"
#include "main/paper_desk.h"
#include "papers/fields.h"
#include "papers/trackers.h"

namespace licet {
namespace {

void count_in(ChoiceCount& count, const ledger::Event& choice) {
    const bool has_yes = !ledger::attribute(choice, "yes").empty();
    const bool has_no = !ledger::attribute(choice, "no").empty();
    if (has_yes && has_no)
        ++count.partial;
    else
        ++(has_yes ? count.accepted : count.refused);
    if (ledger::attribute(choice, "by") == "signal") ++count.by_signal;
    const bool is_first = count.version.empty();
    count.first = is_first ? choice.happened_on : std::min(count.first, choice.happened_on);
    count.last = is_first ? choice.happened_on : std::max(count.last, choice.happened_on);
    count.site = ledger::attribute(choice, "site");
    count.version = ledger::attribute(choice, "notice");
}

}  // namespace

Result<ProofMonths> proof_months_of(const Common& common) {
    const std::string path = organisation_path(common);
    const auto text = read_file(path);
    ProofMonths out;
    if (!text && text.error().message.id == "file.missing") return out;
    if (!text) return text.error();
    const TomlFile file = LICET_TRY(parse_toml(*text, path));
    for (const std::string& site : papers::sites_of(file)) {
        const auto months = whole_number(file.text("site." + site + ".proof_months"));
        // As the register allows; whatever else stands there is no period.
        if (months && *months >= 0 && *months <= papers::kMostMonths)
            out.emplace(site, static_cast<int>(*months));
    }
    return out;
}

std::string proof_fact(const ledger::Event& choice) {
    return "site." + std::string(ledger::attribute(choice, "site")) + ".proof_months";
}

std::string_view fate_of_choice(const ProofMonths& months, const ledger::Event& choice, Date day) {
    const auto found = months.find(ledger::attribute(choice, "site"));
    if (found == months.end()) return "undetermined";
    return plus_months(choice.happened_on, found->second) < day ? "erase" : "keep";
}

Result<std::vector<ChoiceCount>> count_choices(ledger::ReadStore& store, const ProofMonths& months,
                                               Date day) {
    std::map<std::pair<std::string, std::string>, ChoiceCount> counts;
    LICET_TRY(store.for_each(ledger::Which::kSiteChoices, [&](const ledger::Event& event) {
        ChoiceCount& count = counts[{std::string(ledger::attribute(event, "site")),
                                     std::string(ledger::attribute(event, "notice"))}];
        count_in(count, event);
        if (fate_of_choice(months, event, day) == "erase") ++count.past_their_time;
    }));
    std::set<std::string> published;
    for (const Notice& notice : LICET_TRY(notices_of(store))) published.insert(notice.sha256);
    std::vector<ChoiceCount> out;
    for (auto& [key, count] : counts) {
        count.is_published = published.contains(count.version);
        out.push_back(std::move(count));
    }
    std::stable_sort(out.begin(), out.end(), [](const ChoiceCount& a, const ChoiceCount& b) {
        return std::pair(a.site, a.first) < std::pair(b.site, b.first);
    });
    return out;
}

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
#include "rights/settings.h"

#include <algorithm>

#include "base/text.h"
#include "base/toml.h"
#include "ledger/scope.h"

namespace licet::rights {
namespace {

constexpr std::string_view kTopics = "topics.";
constexpr std::int64_t kMostDays = 366;

Result<int> days_of(const TomlFile& file, const std::string& name, std::string_view text) {
    const auto days = whole_number(text);
    if (!days || *days < 1 || *days > kMostDays)
        return error(ErrorCode::kInput, "rights.days", {{"name", name}}, file.where(name));
    return static_cast<int>(*days);
}

Result<std::vector<Topic>> topics_of(const TomlFile& file) {
    std::vector<Topic> out;
    for (const auto& [name, value] : file.values) {
        if (!name.starts_with(kTopics)) continue;
        const std::string purpose = name.substr(kTopics.size());
        const bool has_both = value.items.size() == 2 && !value.items[0].empty();
        if (!has_both || !ledger::is_purpose_path(purpose))
            return error(ErrorCode::kInput, "rights.topic", {{"name", purpose}}, file.where(name));
        out.push_back({purpose, value.items[0], value.items[1]});
    }
    return out;
}

}  // namespace

Settings settings_of(std::string_view name, std::string_view contact, std::string_view country,
                     const Catalogue& french, const Catalogue& english) {
    Settings out;
    out.name = name;
    out.contact = contact;
    out.country = country;
    out.topics.push_back(
        {"commercial", french("rights.topic_commercial"), english("rights.topic_commercial")});
    return out;
}

Result<Settings> settings_of_toml(std::string_view text, const std::string& path, Settings base) {
    const TomlFile file = LICET_TRY(parse_toml(text, path));
    std::vector<std::string> known{"name",     "contact", "postal_address", "country",
                                   "channels", "pauses",  "processors",     "identity_days"};
    for (const auto& [name, value] : file.values)
        if (name.starts_with(kTopics)) known.push_back(name);
    const auto problems = file.unknown_names(known);
    if (!problems.empty()) return problems.front();
    Settings out = std::move(base);
    out.name = file.text("name", out.name);
    out.contact = file.text("contact", out.contact);
    out.postal_address = file.text("postal_address", out.postal_address);
    out.country = file.text("country", out.country);
    if (file.values.contains("channels")) out.channels = file.items("channels");
    if (file.values.contains("processors")) out.processors = file.items("processors");
    if (file.values.contains("pauses")) out.pauses.clear();
    for (const std::string& item : file.items("pauses"))
        out.pauses.push_back(LICET_TRY(days_of(file, "pauses", item)));
    if (file.values.contains("identity_days"))
        out.identity_days = LICET_TRY(days_of(file, "identity_days", file.text("identity_days")));
    auto topics = LICET_TRY(topics_of(file));
    if (!topics.empty()) out.topics = std::move(topics);
    return out;
}

}  // namespace licet::rights

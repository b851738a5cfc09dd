// SPDX-License-Identifier: Apache-2.0
#include "gate/facts_json.h"

namespace licet::gate {
namespace {

Result<Done> add_backgrounds(const law::Law& law, const json::value& backgrounds,
                             law::Facts& facts) {
    if (!backgrounds.is_array()) return error(ErrorCode::kInput, "check.background_form");
    for (const json::value& name : backgrounds.get_array()) {
        if (!name.is_string()) return error(ErrorCode::kInput, "check.background_form");
        LICET_TRY(law::set_background(facts, law.vocabulary(), std::string(name.get_string())));
    }
    return Done{};
}

}  // namespace

Result<Done> add_json_facts(const law::Law& law, const json::object& given, law::Facts& facts) {
    if (const json::value* backgrounds = given.if_contains("background"))
        LICET_TRY(add_backgrounds(law, *backgrounds, facts));
    for (const auto& [name, value] : given) {
        if (name == "background") continue;
        std::string text;
        if (value.is_string())
            text = value.get_string();
        else if (value.is_bool())
            text = value.get_bool() ? "yes" : "no";
        else if (value.is_int64())
            text = std::to_string(value.get_int64());
        else
            return error(ErrorCode::kInput, "check.json_value", {{"name", std::string(name)}});
        LICET_TRY(law::set_fact(facts, law.vocabulary(), name, text));
    }
    return Done{};
}

}  // namespace licet::gate

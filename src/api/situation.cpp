// SPDX-License-Identifier: Apache-2.0
#include "api/situation.h"

#include "api/library.h"

namespace licet::api {
namespace {

constexpr std::string_view kBackground = "background";

Result<Done> add_backgrounds(const law::Law& law, const json::object& given, law::Facts& facts) {
    const json::value* names = given.if_contains(kBackground);
    if (names == nullptr) return Done{};
    if (!names->is_array()) return error(ErrorCode::kInput, "check.background_form");
    for (const json::value& name : names->get_array()) {
        if (!name.is_string()) return error(ErrorCode::kInput, "check.background_form");
        LICET_TRY(law::set_background(facts, law.vocabulary(), std::string(name.get_string())));
    }
    return Done{};
}

Result<std::string> text_of_value(std::string_view name, const json::value& value) {
    if (value.is_string()) return std::string(value.get_string());
    if (value.is_bool()) return std::string(value.get_bool() ? "yes" : "no");
    if (value.is_int64()) return std::to_string(value.get_int64());
    return error(ErrorCode::kInput, "check.json_value", {{"name", std::string(name)}});
}

}  // namespace

Result<gate::Request> request_of(const law::Law& law, const licet_situation& situation) {
    gate::Request request;
    if (situation.question.size > 0) request.question = view(situation.question);
    const auto facts = span_of(situation.facts, situation.fact_count);
    for (const licet_fact& fact : facts)
        if (view(fact.name) == kBackground)
            LICET_TRY(law::set_background(request.facts, law.vocabulary(), view(fact.value)));
    for (const licet_fact& fact : facts)
        if (view(fact.name) != kBackground)
            LICET_TRY(
                law::set_fact(request.facts, law.vocabulary(), view(fact.name), view(fact.value)));
    return request;
}

Result<gate::Request> request_of(const law::Law& law, const json::object& object) {
    gate::Request request;
    if (const json::value* question = object.if_contains("question");
        question != nullptr && question->is_string())
        request.question = question->get_string();
    const json::value* facts = object.if_contains("facts");
    if (facts == nullptr || !facts->is_object())
        return error(ErrorCode::kInput, "check.json_facts");
    const json::object& given = facts->get_object();
    LICET_TRY(add_backgrounds(law, given, request.facts));
    for (const auto& [name, value] : given) {
        if (name == kBackground) continue;
        const std::string text = LICET_TRY(text_of_value(name, value));
        LICET_TRY(law::set_fact(request.facts, law.vocabulary(), name, text));
    }
    return request;
}

}  // namespace licet::api

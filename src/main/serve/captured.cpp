// SPDX-License-Identifier: Apache-2.0
#include "main/serve/captured.h"

#include <algorithm>

#include "base/text.h"

namespace licet {

std::optional<Error> Ran::error() const {
    if (status < exit_status::kUsage) return std::nullopt;
    if (!said.errors.empty()) return said.errors.back();
    return licet::error(ErrorCode::kBroken, "http.internal");
}

Result<json::value> Ran::value() const {
    if (auto fault = error()) return *std::move(fault);
    if (trimmed(said.out).empty()) return json::value(json::object{});
    return parse_json(trimmed(said.out));
}

Result<json::array> Ran::values() const {
    if (auto fault = error()) return *std::move(fault);
    json::array out;
    for (const std::string_view line : lines_of(said.out)) {
        if (trimmed(line).empty()) continue;
        out.push_back(LICET_TRY(parse_json(line)));
    }
    return out;
}

Result<json::object> object_said(int status, const Terminal& terminal) {
    json::value said = LICET_TRY((Ran{status, *terminal.capture()}.value()));
    if (!said.is_object()) return json::object{};
    return std::move(said.get_object());
}

Ran run_captured(const ServerOffice& office, const web::Call& call,
                 const std::function<int(const Terminal&, const Common&)>& command) {
    Ran out;
    const Terminal terminal(catalogue_of(call.language), out.said);
    out.status = command(terminal, office.common_of(call.tenant));
    return out;
}

Result<json::value> run_recorded(
    ServerOffice& office, const web::Call& call,
    const std::function<int(const Terminal&, const Common&)>& command) {
    json::value made = LICET_TRY(run_captured(office, call, command).value());
    const auto desk = LICET_TRY(office.desk(call.tenant));
    LICET_TRY(desk->catch_up());
    return made;
}

json::object fault_json(const Error& problem, const Catalogue& say) {
    std::string where = problem.where;
    if (const std::size_t slash = where.rfind('/'); slash != where.npos)
        where = where.substr(slash + 1);
    const std::vector<std::string_view> parts = split(where, ':');
    const auto number = [&](std::size_t at) -> std::int64_t {
        return at < parts.size() ? whole_number(parts[at]).value_or(0) : 0;
    };
    return {{"where", where},
            {"line", number(1)},
            {"column", number(2)},
            {"detail", say(problem.message)},
            {"code", problem.message.id}};
}

http::Answer faults_answer(const std::vector<Error>& problems, const Catalogue& say) {
    LICET_ENSURE(!problems.empty());
    json::array all;
    for (const Error& one : problems) all.push_back(fault_json(one, say));
    Error first = problems.front();
    first.where = all.front().at("where").as_string();
    http::Answer out = http::problem(first, say);
    auto body = parse_json(out.body);
    LICET_ENSURE(body && body->is_object());
    body->get_object()["problems"] = std::move(all);
    out.body = json::serialize(*body);
    return out;
}

std::optional<http::Answer> refusal_of(const Ran& ran, const web::Call& call) {
    const auto fault = ran.error();
    if (!fault) return std::nullopt;
    return faults_answer(ran.said.errors.empty() ? std::vector<Error>{*fault} : ran.said.errors,
                         call.say);
}

Result<std::string> text_of(const json::object& object, std::string_view name) {
    const json::value* found = object.if_contains(name);
    if (found == nullptr || found->is_null()) return std::string();
    if (!found->is_string())
        return error(ErrorCode::kInput, "web.text_wanted", {{"name", std::string(name)}});
    return std::string(found->get_string());
}

Result<std::vector<std::string>> texts_of(const json::object& object, std::string_view name) {
    std::vector<std::string> out;
    const json::value* found = object.if_contains(name);
    if (found == nullptr || found->is_null()) return out;
    if (found->is_string()) return std::vector<std::string>{std::string(found->get_string())};
    const bool is_well =
        found->is_array() && std::all_of(found->get_array().begin(), found->get_array().end(),
                                         [](const json::value& one) { return one.is_string(); });
    if (!is_well)
        return error(ErrorCode::kInput, "web.texts_wanted", {{"name", std::string(name)}});
    for (const json::value& one : found->get_array()) out.emplace_back(one.get_string());
    return out;
}

Result<Done> check_names(const json::object& object,
                         std::initializer_list<std::string_view> known) {
    for (const auto& [name, value] : object)
        if (std::find(known.begin(), known.end(), std::string_view(name)) == known.end())
            return error(ErrorCode::kInput, "web.unknown_name", {{"name", std::string(name)}});
    return Done{};
}

}  // namespace licet

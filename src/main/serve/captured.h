// SPDX-License-Identifier: Apache-2.0
//
// Commands, run by a request: the command line and the API answer alike because they are the same
// functions.
//
//     options ──► run_X(terminal that keeps what it is told) ──► JSON, or the first error
//
// What a command says to a person besides stays in the capture.
#pragma once

#include <functional>

#include "main/serve/server_office.h"

namespace licet {

/// What a command printed, and how it ended.
struct Ran {
    int status = 0;
    Capture said;

    /// The first error, if the command could not answer.
    [[nodiscard]] std::optional<Error> error() const;
    /// Its output as one JSON value. Errors: error(), those of parse_json().
    [[nodiscard]] Result<json::value> value() const;
    /// Its output, one JSON value a line, as an array. Errors: as value().
    [[nodiscard]] Result<json::array> values() const;
};

/// What a command that ran on `terminal`, which is heard, said: one JSON object. Errors: as
/// Ran::value().
[[nodiscard]] Result<json::object> object_said(int status, const Terminal& terminal);

/// Runs a command for the tenant and in the language of the call.
[[nodiscard]] Ran run_captured(
    const ServerOffice& office, const web::Call& call,
    const std::function<int(const Terminal& terminal, const Common& common)>& command);

/// Runs what writes, and lets the tenant's next look-up know. Errors: those of Ran::value() and
/// TenantDesk::catch_up().
[[nodiscard]] Result<json::value> run_recorded(
    ServerOffice& office, const web::Call& call,
    const std::function<int(const Terminal& terminal, const Common& common)>& command);

/// One thing that is wrong with what somebody wrote: {where, line, column, detail, code}. Of its
/// file only the name is told; line and column are 0 where there is none.
[[nodiscard]] json::object fault_json(const Error& problem, const Catalogue& say);
/// Refuses with the first of them; `problems` has all. There is one at least.
[[nodiscard]] http::Answer faults_answer(const std::vector<Error>& problems, const Catalogue& say);
/// The same of a command that could not answer; nothing if it could.
[[nodiscard]] std::optional<http::Answer> refusal_of(const Ran& ran, const web::Call& call);

/// Text of a JSON object under a name; empty if there is none. Errors: kInput ("web.text_wanted").
[[nodiscard]] Result<std::string> text_of(const json::object& object, std::string_view name);
/// Texts of an array, or one text. Errors: kInput ("web.texts_wanted").
[[nodiscard]] Result<std::vector<std::string>> texts_of(const json::object& object,
                                                        std::string_view name);
/// Errors: kInput ("web.unknown_name") for a name that is none of these.
[[nodiscard]] Result<Done> check_names(const json::object& object,
                                       std::initializer_list<std::string_view> known);

}  // namespace licet

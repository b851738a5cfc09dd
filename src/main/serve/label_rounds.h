// SPDX-License-Identifier: Apache-2.0
//
// Looks at the labels of all tenants once a day, and at the start: what fell below its level is
// warned, later suspended; what has ended says so on its page.
//
//     each day ──► every tenant with a label ──► licet label review ──► events, lists, page, badge
//
// A label that nobody looks after would go on promising. Errors are answers of the next day: they
// are told in the log of the server and stop nothing.
#pragma once

#include <functional>
#include <string>
#include <thread>

#include "main/serve/server_office.h"

namespace licet {

class LabelRounds {
  public:
    /// `tell` is given what went wrong. The office outlives it.
    LabelRounds(ServerOffice& office, std::function<void(const Error&)> tell);

  private:
    void go_round(const std::stop_token& stop);
    void review(const std::string& tenant);

    ServerOffice& office_;
    std::function<void(const Error&)> tell_;
    std::jthread thread_;
};

/// The folder in which a tenant's label lies, for everybody.
[[nodiscard]] std::string label_folder(const ServerOffice& office, std::string_view tenant);

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
//
// Binding a form that was sent to the notice that it was shown with, for whoever asks: the command
// line and the API.
//
//     fields of the form + notices that exist ──► consent_given | objection | informed, recorded
#pragma once

#include <map>
#include <string>
#include <vector>

#include "law/law.h"
#include "main/recorder.h"
#include "papers/form.h"

namespace licet {

struct FormBinding {
    std::map<std::string, std::string, std::less<>> fields;  ///< of the form, by name
    std::vector<papers::ShownNotice> notices;
    std::string field = "email";  ///< that has the address
    std::string purpose;
    std::string key;
    std::string where;  ///< of the form, for errors
};

/// Records what the form proves; durable when answered. Errors: those of bind_submission(); kInput
/// ("form.no_address", "notice.unknown"); those of Recorder.
[[nodiscard]] Result<papers::Proof> bind_form(const law::Law& law, const FormBinding& binding,
                                              Recorder& recorder);

}  // namespace licet

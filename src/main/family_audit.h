// SPDX-License-Identifier: Apache-2.0
//
// The families of commands around the audit:
//
//     audit                            command_audit.h
//     processor, breach, complaint     command_registers.h
//     site                             command_site.h
//     label                            command_label.h
//     portfolio                        portfolio.h
//     evidence build                   authority_file.h
#pragma once

#include <memory>

#include "main/family.h"

namespace licet {

[[nodiscard]] std::unique_ptr<Family> audit_family();
[[nodiscard]] std::unique_ptr<Family> registers_family();
[[nodiscard]] std::unique_ptr<Family> site_family();
[[nodiscard]] std::unique_ptr<Family> label_family();
[[nodiscard]] std::unique_ptr<Family> portfolio_family();
[[nodiscard]] std::unique_ptr<Family> authority_family();

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
//
// The label on the command line.
//
//     licet label issue --domain company.example --out label     files to publish, an event
//     licet label review --out label       daily: below its level? warned, suspended, restored
//     licet label revoke ID --out label
//     licet label verify label/label.json  anywhere, with nothing but the file
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "main/commands.h"
#include "main/workspace.h"

namespace licet {

struct LabelOptions {
    std::string audit;
    std::string questionnaire;
    std::string domain;
    std::string siren;
    std::string base_url;  ///< "" = https, domain, /label
    std::string level;     ///< at most this one; "" = the one that is reached
    std::string evaluation = "self";
    std::string evaluator;
    std::string out = "label";
    std::string label;                ///< id
    std::string file;                 ///< to verify
    std::string issuer;               ///< DID that the label is held to
    std::vector<std::string> status;  ///< files of status lists
    std::string at;                   ///< moment of the verification, UTC; "" = now
};

/// Its key in the workspace; former ones have longer names.
inline constexpr const char* kLabelKeyFile = "label-signing.key";
/// The public half of it (did:key), as labels name their issuer; nothing before the first label.
/// Errors: kInput ("workspace.key_open_to_others", "key.not_ed25519_private").
[[nodiscard]] Result<std::optional<std::string>> label_issuer_of(const Workspace& workspace);

int run_label_issue(const Terminal& terminal, const Common& common, const LabelOptions& options);
int run_label_review(const Terminal& terminal, const Common& common, const LabelOptions& options);
int run_label_revoke(const Terminal& terminal, const Common& common, const LabelOptions& options);
int run_label_verify(const Terminal& terminal, const Common& common, const LabelOptions& options);
int run_label_list(const Terminal& terminal, const Common& common);

}  // namespace licet

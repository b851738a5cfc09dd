// SPDX-License-Identifier: Apache-2.0
//
// A site of ours as a browser sees it that was never there.
//
//     address ──► Chromium (src/probe) ──► findings ──► event site_visit ──► measurements of audits
//                        │                                  ▲
//                        └─► log, picture: evidence/<sha256>┘
//
// The log and the picture are kept as evidence of an audit is (evidence_files.h). Needs a Chromium
// on the machine, and asks the site and whoever it brings along, as any visitor does.
#pragma once

#include <string>

#include "main/commands.h"

namespace licet {

struct SiteOptions {
    std::string url;
    bool keeps_no_record = false;
    std::string picture;  ///< file for the picture; "" = kept as evidence alone
    /// Refuses addresses within the network of this machine: others choose them.
    bool is_public_only = false;
};

int run_site_visit(const Terminal& terminal, const Common& common, const SiteOptions& options);
/// Takes a site out that is none of ours.
int run_site_remove(const Terminal& terminal, const Common& common, const std::string& host);
int run_site_list(const Terminal& terminal, const Common& common);

}  // namespace licet

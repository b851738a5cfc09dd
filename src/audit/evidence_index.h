// SPDX-License-Identifier: Apache-2.0
//
// What stands in front of the file for the authority: which article asks for what, which files
// answer, how all of it is checked, and what is not there.
//
//     audit/obligations.txt ─┐
//     files of the archive  ─┼─► index.fr.html   README.fr.txt   left-out.fr.txt   (and .en)
//     what was left out     ─┘
//
// Articles are data, not code. The commands are the same in page and text, and a test runs them.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audit/questionnaire.h"
#include "audit/signed_archive.h"
#include "base/date.h"

namespace licet::audit {

/// A duty, and the files by which it is shown to be met.
struct Obligation {
    std::string id;
    std::vector<std::string> beginnings;  ///< of paths
    Words article;
    Words what;
};

/// Reads audit/obligations.txt. All faults are reported, with line and what was expected.
[[nodiscard]] Read<std::vector<Obligation>> read_obligations(std::string_view text,
                                                             const std::string& path);

struct EvidenceIndex {
    std::vector<Obligation> obligations;
    std::vector<SignedArchive::Listed> files;                  ///< that are in the archive already
    std::map<std::string, std::uint64_t, std::less<>> events;  ///< how many, by folder
    std::vector<Message> scope;                                ///< what was asked for
    std::vector<Message> left_out;
    std::string controller;  ///< may be empty
    std::string contact;     ///< likewise
    std::string reason;      ///< likewise
    Date as_of;
    std::uint64_t log_size = 0;
    std::string vkey;
    bool has_timestamp = false;
};

[[nodiscard]] std::string evidence_index_page(const EvidenceIndex& index, const Catalogue& say);
/// The same for a terminal; lines that begin with two blanks are commands.
[[nodiscard]] std::string evidence_readme(const EvidenceIndex& index, const Catalogue& say);
/// What is not there, one sentence a line.
[[nodiscard]] std::string left_out_text(const EvidenceIndex& index, const Catalogue& say);

/// The commands that check the archive, to be run in its folder.
[[nodiscard]] std::vector<std::string> evidence_commands(bool has_timestamp);

/// Breaks a text into lines for a screen; lines that begin with two blanks stay whole.
[[nodiscard]] std::string wrapped_for_screen(std::string_view text);

}  // namespace licet::audit

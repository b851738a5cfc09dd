// SPDX-License-Identifier: Apache-2.0
//
// A version of a banner, published: its text, and what it looked like. Both are proofs (CNIL).
//
//     FOLDER/banner-fr.html  ──► notice_published, whose digest is the version
//     FOLDER/preview-fr.html ──Chromium──► banner-fr.png ──► notice_published, `of` that version
//
// Without a browser the version is published all the same, and what has no picture is told.
#pragma once

#include <string>
#include <vector>

#include "main/notices.h"
#include "papers/banner.h"

namespace licet {

struct PublishedBanner {
    std::vector<Notice> versions;              ///< French, English
    std::vector<std::string> without_picture;  ///< languages
};

/// Writes the files into `folder`, which is made if it is not there. Errors: kBroken.
[[nodiscard]] Result<Done> write_banner(const std::string& folder,
                                        const std::vector<papers::BannerFile>& files);

/// Removes from the folder what another build left there and this one has not: a banner whose site
/// has nothing to ask any more, or the sentence that said so.
void remove_other_banner(const std::string& folder, bool has_choice);

/// Publishes the banners, French and English, whose files `folder` holds. Errors: those of files
/// and store.
[[nodiscard]] Result<PublishedBanner> publish_banners(const Workspace& workspace,
                                                      ledger::Store& store,
                                                      const std::string& folder, bool has_choice);

/// True if a picture of the version was published.
[[nodiscard]] bool is_pictured(const std::vector<Notice>& notices, const std::string& version);

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
//
// The law as pages that people read: French and English, no script but on one page.
//
//     index.html            chooses the language
//     fr/index.html         the packs, and what is allowed where, by channel and audience
//     fr/pack-<id>.html     one pack: its matrix, rules, changes in time, sources, cases
//     fr/try.html           a form: one's own situation, answered in the page
//     en/...                the same in English
//     try.js                the engine and the packs, for try.html alone (try_script.h)
//
// The page to try a situation is written if the program carries the engine for browsers.
// Each colour has a sign and a word beside it. Prose and headings of packs are not translated; they
// are marked with their language. The pages are those of one day: the caller brings it.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "law/law.h"
#include "law/try_script.h"

namespace licet::law {

struct SitePage {
    std::string path;
    std::string text;
};

struct SiteOptions {
    Date day;
    /// Adds what follows from other facts (the day of the week, holidays), as the gate does.
    std::function<Facts(const Facts&)> complete;
    SiteEngine engine;
};

/// Writes all pages, in both languages. `files` are those that `law` was read from.
[[nodiscard]] std::vector<SitePage> export_html(const Law& law, std::span<const SourceFile> files,
                                                const SiteOptions& options, const Catalogue& french,
                                                const Catalogue& english);

}  // namespace licet::law

// SPDX-License-Identifier: Apache-2.0
//
// A document as a page: complete in itself, no script, light and dark, a form for paper.
//
//     hover over a paragraph   its facts and articles
//     at the end, to unfold    the same as a table, for who does not hover
//
// Every text is escaped; a value is a link only if its field holds links.
#pragma once

#include <string>

#include "papers/document.h"

namespace licet::papers {

/// Writes the page. `say` words the frame around the document: it is of the document's language.
[[nodiscard]] std::string html_of(const Document& document, const Catalogue& say);

}  // namespace licet::papers

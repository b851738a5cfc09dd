// SPDX-License-Identifier: Apache-2.0
//
// What is wrong with a text before any fact is known: for who writes templates.
//
//     unknown names, tags that do not close, pieces that are not there, articles of no source,
//     promises that nobody may make (papers/<fr|en>/forbidden.txt), sections that an article wants
//
// It looks at every template of every document; a workspace's own are on the shelf like the others.
#pragma once

#include <string_view>
#include <vector>

#include "law/law.h"
#include "papers/document.h"
#include "papers/shelf.h"

namespace licet::papers {

/// Gives all faults, with place: "papers.unknown_name", "papers.unknown_name_near",
/// "papers.no_piece", "papers.promise", "papers.no_source", "papers.no_section",
/// "papers.no_template", those of tags_of().
[[nodiscard]] std::vector<Error> lint(const Shelf& shelf, const law::Law& law);

/// Finds forbidden promises in a built document, where facts may have brought them:
/// "papers.promise".
[[nodiscard]] std::vector<Error> promises_of(const Shelf& shelf, const Document& document);

}  // namespace licet::papers

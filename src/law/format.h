// SPDX-License-Identifier: Apache-2.0
//
// One shape for all packs, so that a difference between two versions is a difference in law.
//
//     |at|expect|          | at         | expect    |        rule xx.mail
//     |---|---|       ->   |------------|-----------|          answers   contact = forbidden
//     |2026-11-23|forbidden|    ...                            when      channel = email,
//                                                                        prospecting
//
// Tables and `law` blocks are lined up; everything else is prose and stays as it is. A line in is a
// line out, so places in reports and reviews stay. A column that is wide, and those after it, are
// not lined up: they would push each other off the screen. What a file means never changes; a file
// for which that could not be held is left as it came.
#pragma once

#include <string>

#include "law/markdown.h"

namespace licet::law {

/// Formats one Markdown file of a pack. Formatting again changes nothing.
/// Errors: those of check_text and read_statements; then the value is the text as it came.
/// Cost: linear in the text.
[[nodiscard]] Read<std::string> formatted(const SourceFile& file);

}  // namespace licet::law

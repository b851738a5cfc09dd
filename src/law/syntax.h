// SPDX-License-Identifier: Apache-2.0
//
// The shape of a `law` block, before names mean anything (docs/pack-language.md).
//
//     rule fr.email.consumer                      <- statement: kind and name, at the margin
//       answers   contact = forbidden             <- field: keyword, then tokens
//       when      channel in {email, sms},
//                 audience = consumer             <- a line without a keyword goes on
//       tell      fr "..."
//                 en "..."
//
// Statements are rule, define, parameter and impossible. `#` begins a comment at the start of a
// line.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "law/markdown.h"

namespace licet::law {

struct SyntaxToken {
    std::string text;
    bool is_string = false;
    Place place;
};

struct Field {
    std::string keyword;
    Place place;
    std::vector<SyntaxToken> tokens;
};

struct Statement {
    std::string kind;
    std::string name;
    Place place;
    std::vector<Field> fields;
    bool is_faulty = false;  ///< a line of it was not understood, which is told already
};

/// The keywords that a statement of `kind` may have; empty for an unknown kind.
[[nodiscard]] const std::vector<std::string>& keywords_of(std::string_view kind);

/// The kinds of statements.
[[nodiscard]] const std::vector<std::string>& statement_kinds();

/// Gives the keyword that begins `line` (after its indent), or an empty text.
[[nodiscard]] std::string keyword_of(std::string_view line,
                                     const std::vector<std::string>& keywords);

/// Reads all `law` blocks of a file. Every fault is reported, with its place and what was expected.
[[nodiscard]] Read<std::vector<Statement>> read_statements(const Markdown& file);

/// Cuts one line into tokens: words, "strings", and the signs { } , = >= <.
[[nodiscard]] Read<std::vector<SyntaxToken>> tokens_of(std::string_view line, const Place& place);

}  // namespace licet::law

// SPDX-License-Identifier: Apache-2.0
//
// A text with holes: Mustache, filled from values. Only template.cpp sees the library.
//
//     "{{organisation.name}} sends..." + values ──► "\x01organisation.name\x1fTACME\x02 sends..."
//
// A value comes out between two signs that no value can hold, with the name of its fact and its
// kind (T text, L link). So whatever a value holds, it is read as letters afterwards, and each
// paragraph knows its facts. A hole without a value is told, never left blank. Pieces ({{> x}})
// are laid in before. Other delimiters and unescaped holes are not allowed: nothing needs them.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "papers/values.h"

namespace licet::papers {

inline constexpr char kValueBegins = '\x01';
inline constexpr char kValueEnds = '\x02';
inline constexpr char kFactEnds = '\x1f';

/// A tag of a template.
struct Tag {
    char kind = 'v';  ///< v variable, # section, ^ inverted, / end, > piece, ! comment
    std::string name;
    std::size_t begin = 0;  ///< bytes in the text
    std::size_t end = 0;
};

/// Finds all tags. Problems, with line and column: "papers.tag_open", "papers.tag_unclosed",
/// "papers.tag_kind", "papers.tag_nesting".
[[nodiscard]] Read<std::vector<Tag>> tags_of(std::string_view text, const std::string& path);

/// Gives a piece by name, or nullptr.
using Pieces = std::function<const std::string*(std::string_view)>;

/// Lays the pieces in, and pieces of pieces, ten deep at most.
[[nodiscard]] std::string with_pieces(std::string_view text, const Pieces& pieces);

/// Values made ready once for many templates. Immutable.
class Prepared {
  public:
    explicit Prepared(const Value& values);

  private:
    friend class Filler;
    std::shared_ptr<const void> held_;
};

struct Filled {
    std::string text;
    std::vector<std::string> missing;  ///< facts of holes without a value, each once, in order
};

/// Fills a text whose pieces are laid in, from `own` values and, where they say nothing, the shared
/// ones. Errors: kInput ("papers.template") if it is no template.
[[nodiscard]] Result<Filled> fill(std::string_view text, const Prepared& shared, const Value& own,
                                  const std::string& path);

}  // namespace licet::papers

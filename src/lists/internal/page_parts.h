// SPDX-License-Identifier: Apache-2.0
//
// What the pages of lists are put together from: texts, numbers, signs of outcomes, sections.
//
//     an id of the catalogue, a value ──► escaped HTML
//
// Private to the module. All text of a page passes through said() or shown(), which escape it;
// colours always come with a sign and a word.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/message.h"
#include "lists/report.h"

namespace licet::lists::internal {

[[nodiscard]] constexpr Outcome outcome_at(std::size_t index) {
    return static_cast<Outcome>(index);
}

/// A page that is written from top to bottom into `out_`.
class PageParts {
  protected:
    using Arguments = std::vector<std::pair<std::string, std::string>>;

    explicit PageParts(const Catalogue& say) : say_(say) {}
    ~PageParts() = default;

    /// A text of the page: a writer puts its own group before `id`.
    [[nodiscard]] virtual Message message(std::string_view id, Arguments arguments) const = 0;
    [[nodiscard]] std::string said(std::string_view id, Arguments arguments = {}) const;
    /// A text in which two stars mark what stands out; the catalogue has no HTML.
    [[nodiscard]] std::string said_with_stars(std::string_view id, Arguments arguments) const;
    [[nodiscard]] static std::string shown(std::string_view text);

    [[nodiscard]] std::string number(std::uint64_t value) const;
    [[nodiscard]] std::string number_cell(std::uint64_t value) const;
    [[nodiscard]] static std::string sign(Outcome outcome);
    [[nodiscard]] std::string verdict(Outcome outcome) const;
    /// The sign and the word.
    [[nodiscard]] std::string sign_and_word(Outcome outcome) const;
    /// Column heads, those named in `numeric` over numbers.
    [[nodiscard]] std::string header_cells(std::initializer_list<std::string_view> ids,
                                           std::initializer_list<std::string_view> numeric) const;
    void open_section(std::string_view name, const std::string& note);
    void close_section();

    const Catalogue& say_;
    std::string out_;
};

}  // namespace licet::lists::internal

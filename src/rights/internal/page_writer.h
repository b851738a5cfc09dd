// SPDX-License-Identifier: Apache-2.0
//
// Writes a page for a person from top to bottom; everything passes through said() or shown(), which
// escape it.
//
//     head, name of the controller, title ── content ── other pages of the link ── foot
//
// Private to the module.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/page.h"
#include "base/text.h"
#include "rights/pages.h"

namespace licet::rights::internal {

class PageWriter {
  public:
    using Arguments = std::vector<std::pair<std::string, std::string>>;

    /// `title`: id of the catalogue, without its group.
    PageWriter(const PageFrame& frame, const std::string& title, Arguments arguments = {});

    /// A text of the catalogue, escaped. {name} and {contact} need not be given.
    [[nodiscard]] std::string said(const std::string& id, Arguments arguments = {}) const;
    [[nodiscard]] static std::string shown(std::string_view text) { return html_escaped(text); }
    [[nodiscard]] std::string day(Date date) const;
    /// A channel as a person says it.
    [[nodiscard]] std::string channel(const std::string& name) const;
    /// A topic of the settings; else the purpose itself.
    [[nodiscard]] std::string topic(std::string_view purpose) const;

    void put(std::string_view html) { out_ += html; }
    void paragraph(const std::string& id, Arguments arguments = {},
                   std::string_view css_class = {});
    void open_section(const std::string& heading_id);
    void close_section() { out_ += "</section>\n"; }
    /// A form of this link. `act` is what the field "do" says; empty = no such field.
    void open_form(Page page, std::string_view act);
    void close_form() { out_ += "</form>\n"; }
    void button(const std::string& id, Arguments arguments = {}, std::string_view css_class = {});
    void hidden_field(std::string_view name, std::string_view value);
    void checkbox(std::string_view value, const std::string& label_html, bool is_ticked,
                  bool is_disabled = false, std::string_view name = "cell");
    void link(Page page, const std::string& id);

    /// Ends the page: other pages of the link (if there is one), and how the controller is reached.
    [[nodiscard]] std::string finish(bool has_links = true);

  private:
    void navigation();
    [[nodiscard]] std::string address(Page page) const;

    const PageFrame& frame_;
    int fields_ = 0;
    std::string out_;
};

}  // namespace licet::rights::internal

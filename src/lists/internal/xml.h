// SPDX-License-Identifier: Apache-2.0
//
// Reads XML that strangers wrote, as it comes: elements and text, nothing else.
//
// Names are given without their prefix. A document type is refused, and with it every entity that
// somebody could declare: none expands, none names another file.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace licet::lists::internal {

/// Attributes of an element, valid during the call.
class XmlAttributes {
  public:
    explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}
    /// Gives an attribute by its name without prefix; empty if there is none.
    [[nodiscard]] std::string_view operator[](std::string_view name) const;

  private:
    const char** pairs_;
};

struct XmlHandlers {
    std::function<Result<Done>(std::string_view name, const XmlAttributes& attributes)> start;
    std::function<Result<Done>(std::string_view name)> end = {};
    std::function<void(std::string_view text)> text = {};
};

class XmlReader {
  public:
    explicit XmlReader(XmlHandlers handlers);
    ~XmlReader();
    XmlReader(const XmlReader&) = delete;
    XmlReader& operator=(const XmlReader&) = delete;

    /// Reads the next piece; `is_last` says that nothing follows.
    /// Errors: those of the handlers; kInput "xlsx.doctype", "xlsx.broken_xml".
    [[nodiscard]] Result<Done> read(std::string_view bytes, bool is_last);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace licet::lists::internal

// SPDX-License-Identifier: Apache-2.0
#include "audit/internal/html.h"

#include "base/text.h"

namespace licet::audit::internal {

std::string tag(std::string_view name, std::string_view text, std::string_view kind) {
    std::string out = "<" + std::string(name);
    if (!kind.empty()) out += " class=\"" + std::string(kind) + "\"";
    return out + ">" + html_escaped(text) + "</" + std::string(name) + ">";
}

}  // namespace licet::audit::internal

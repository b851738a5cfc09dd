// SPDX-License-Identifier: Apache-2.0
#include "audit/label_words.h"

#include "base/text.h"

namespace licet::audit {

LabelWords read_label_words(std::string_view text) {
    LabelWords out;
    for (const std::string_view line : lines_of(text)) {
        const std::string_view trim = trimmed(line);
        if (trim.empty() || trim.starts_with('#')) continue;
        if (trim.starts_with("= "))
            out.allowed.push_back(folded(trim.substr(2)));
        else
            out.forbidden.push_back(folded(trim));
    }
    return out;
}

std::vector<std::string> forbidden_in(std::string_view text, const LabelWords& words) {
    // As a reader of the page sees it: an apostrophe is written &#39; there.
    std::string shown(text);
    for (std::size_t at = shown.find("&#39;"); at != shown.npos; at = shown.find("&#39;", at))
        shown.replace(at, 5, "'");
    std::string rest = folded(shown);
    for (const std::string& one : words.allowed)
        for (std::size_t at = rest.find(one); at != rest.npos; at = rest.find(one, at))
            rest.replace(at, one.size(), "|");
    std::vector<std::string> out;
    for (const std::string& one : words.forbidden)
        if (rest.find(one) != rest.npos) out.push_back(one);
    return out;
}

}  // namespace licet::audit

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
    std::string rest = folded(text);
    for (const std::string& one : words.allowed)
        for (std::size_t at = rest.find(one); at != rest.npos; at = rest.find(one, at))
            rest.replace(at, one.size(), "|");
    std::vector<std::string> out;
    for (const std::string& one : words.forbidden)
        if (rest.find(one) != rest.npos) out.push_back(one);
    return out;
}

}  // namespace licet::audit

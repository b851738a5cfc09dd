// SPDX-License-Identifier: Apache-2.0
#include "mail/phrases.h"

#include <algorithm>

#include "base/text.h"

namespace licet::mail {

Phrases::Phrases(std::string_view phrases, std::string_view trackers) {
    for (std::string_view line : lines_of(phrases)) {
        line = trimmed(line);
        const std::size_t equals = line.find('=');
        if (line.starts_with('#') || equals == line.npos) continue;
        std::string_view phrase = trimmed(line.substr(equals + 1));
        const bool is_open = phrase.ends_with('*');
        if (is_open) phrase.remove_suffix(1);
        std::string words = plain_words(phrase);
        if (is_open) words.pop_back();
        by_kind_[std::string(trimmed(line.substr(0, equals)))].push_back(std::move(words));
    }
    for (const std::string_view line : lines_of(trackers)) {
        const std::string_view host = trimmed(line);
        if (!host.empty() && !host.starts_with('#')) trackers_.push_back(ascii_lower(host));
    }
}

bool Phrases::are_in(std::string_view words, std::string_view kind) const {
    const auto found = by_kind_.find(kind);
    return found != by_kind_.end() &&
           std::any_of(found->second.begin(), found->second.end(),
                       [&](const std::string& one) { return words.find(one) != words.npos; });
}

bool Phrases::is_tracker(std::string_view host) const {
    return std::any_of(trackers_.begin(), trackers_.end(), [&](const std::string& one) {
        return host == one || (host.size() > one.size() && host.ends_with(one) &&
                               host[host.size() - one.size() - 1] == '.');
    });
}

}  // namespace licet::mail

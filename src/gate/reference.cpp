// SPDX-License-Identifier: Apache-2.0
#include "gate/reference.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace licet::gate {
namespace {

// The words of each line that is no comment.
std::vector<std::vector<std::string>> entries_of(std::string_view text) {
    std::vector<std::vector<std::string>> out;
    for (std::string_view line : lines_of(text)) {
        line = trimmed(line.substr(0, line.find('#')));
        std::vector<std::string> words;
        for (const std::string_view word : split(line, ' '))
            if (!word.empty()) words.emplace_back(word);
        if (!words.empty()) out.push_back(std::move(words));
    }
    return out;
}

}  // namespace

void NameSet::add(std::string name) {
    if (name.size() >= 2) {
        beginnings_[place_of(name[0], name[1])] = true;
        outlines_[outline_of(name)] = true;
    }
    names_.insert(std::move(name));
}

Reference::Reference(std::string_view free_mail_domains, std::string_view generic_local_parts,
                     std::string_view regions, std::string_view origins) {
    for (const auto& words : entries_of(free_mail_domains)) free_mail_.add(words[0]);
    for (const auto& words : entries_of(generic_local_parts)) generic_.add(folded(words[0]));
    for (const auto& words : entries_of(regions))
        if (words.size() == 3) regions_.push_back({words[0], words[1], words[2]});
    std::stable_sort(regions_.begin(), regions_.end(), [](const Region& a, const Region& b) {
        return a.prefix.size() > b.prefix.size();
    });
    // "fichier acheté = broker": the label may have several words.
    for (std::string_view line : lines_of(origins)) {
        line = trimmed(line.substr(0, line.find('#')));
        const std::size_t equals = line.find('=');
        if (equals == line.npos) continue;
        origins_.emplace(folded(line.substr(0, equals)), trimmed(line.substr(equals + 1)));
    }
}

bool Reference::is_free_mail(std::string_view domain) const { return free_mail_.contains(domain); }

bool Reference::is_generic(std::string_view local_part) const {
    // Most begin with two small letters that no generic word begins with.
    const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
    if (local_part.size() >= 2 && is_small(local_part[0]) && is_small(local_part[1]) &&
        !generic_.may_begin(local_part[0], local_part[1]))
        return false;
    const auto ends_word = [](char c) {
        return c == '.' || c == '-' || c == '_' || is_ascii_digit(c);
    };
    const auto* const end = std::find_if(local_part.begin(), local_part.end(), ends_word);
    const auto size = static_cast<std::size_t>(end - local_part.begin());
    if (size > 0 && size < local_part.size() && is_generic_word(local_part.substr(0, size)))
        return true;
    return is_generic_word(local_part);
}

bool Reference::is_generic_word(std::string_view word) const {
    // As folded() does, but without a string of its own: this is asked for every row.
    std::array<char, 32> letters;
    std::size_t size = 0;
    for (const char c : word) {
        if (static_cast<unsigned char>(c) >= 0x80) return generic_.contains(folded(word));
        if (!is_ascii_letter(c) && !is_ascii_digit(c)) continue;
        if (size == letters.size()) return generic_.contains(folded(word));
        letters[size++] = ascii_lower(c);
    }
    return generic_.contains(std::string_view(letters.data(), size));
}

std::string Reference::region_of(std::string_view country, std::string_view postcode) const {
    for (const Region& region : regions_)
        if (region.country == country && postcode.starts_with(region.prefix)) return region.code;
    return {};
}

std::string Reference::origin_of(std::string_view label) const {
    if (label.empty()) return {};
    const auto found = origins_.find(folded(label));
    return found == origins_.end() ? std::string{} : found->second;
}

}  // namespace licet::gate

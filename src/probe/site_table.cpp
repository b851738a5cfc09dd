// SPDX-License-Identifier: Apache-2.0
#include "probe/site_table.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/date.h"
#include "base/text.h"
#include "base/toml.h"

namespace licet::probe {
namespace {

constexpr std::string_view kHeader = "id;name;tool;kind;hosts;names;grade;read_on";
constexpr const char* kTablePath = "audit/trackers.csv";
constexpr const char* kWordsPath = "audit/site-words.toml";
constexpr std::array<std::string_view, 5> kLists = {"accept", "refuse", "choose", "policy",
                                                    "legal"};

std::optional<TrackerKind> kind_of(std::string_view word) {
    constexpr std::array<std::string_view, 5> kAsked = {"analytics", "advertising", "recorder",
                                                        "chat", "crm"};
    if (std::find(kAsked.begin(), kAsked.end(), word) != kAsked.end()) return TrackerKind::kAsked;
    if (word == "audience") return TrackerKind::kAudience;
    if (word == "consent") return TrackerKind::kConsent;
    if (word == "contact") return TrackerKind::kContact;
    return std::nullopt;
}

bool is_named(std::string_view stored, std::string_view known) {
    if (!known.ends_with('*')) return stored == known;
    return stored.starts_with(known.substr(0, known.size() - 1));
}

std::vector<std::string> words_of(std::string_view cell) {
    std::vector<std::string> out;
    for (const std::string_view word : split(cell, ' '))
        if (!word.empty()) out.emplace_back(word);
    return out;
}

std::optional<Tracker> tracker_in(std::string_view line) {
    const auto cells = split(line, ';');
    if (cells.size() != 8) return std::nullopt;
    Tracker out;
    out.id = cells[0];
    out.name = cells[1];
    out.tool = cells[2];
    const auto kind = kind_of(cells[3]);
    out.hosts = words_of(cells[4]);
    out.names = words_of(cells[5]);
    const bool is_well =
        !out.id.empty() && !out.name.empty() && kind && !(out.hosts.empty() && out.names.empty()) &&
        (cells[6] == "P" || cells[6] == "S" || cells[6] == "M") && parse_date(cells[7]).has_value();
    if (!is_well) return std::nullopt;
    out.kind = *kind;
    return out;
}

void read_words(std::string_view text, Read<SiteTable>& out) {
    const auto file = parse_toml(text, kWordsPath);
    if (!file) {
        out.problems.push_back(file.error());
        return;
    }
    for (Error& one : file->unknown_names({kLists.begin(), kLists.end()}))
        out.problems.push_back(std::move(one));
    for (const std::string_view list : kLists) {
        json::array words;
        for (const std::string& word : file->items(list)) words.emplace_back(word);
        if (words.empty())
            out.problems.push_back(
                error(ErrorCode::kInput, "site.words", {{"name", std::string(list)}}, kWordsPath));
        out.value.words[list] = std::move(words);
    }
}

}  // namespace

std::string_view name_of(TrackerKind kind) {
    switch (kind) {
        case TrackerKind::kAsked:
            return "asked";
        case TrackerKind::kAudience:
            return "audience";
        case TrackerKind::kConsent:
            return "consent";
        case TrackerKind::kContact:
            return "contact";
    }
    return {};
}

bool is_within(std::string_view host, std::string_view above) {
    if (host == above) return true;
    return host.size() > above.size() && host.ends_with(above) &&
           host[host.size() - above.size() - 1] == '.';
}

const Tracker* SiteTable::of_host(std::string_view host) const {
    for (const Tracker& one : trackers)
        for (const std::string& known : one.hosts)
            if (is_within(host, known)) return &one;
    return nullptr;
}

const Tracker* SiteTable::of_name(std::string_view stored) const {
    for (const Tracker& one : trackers)
        for (const std::string_view known : one.names)
            if (is_named(stored, known)) return &one;
    return nullptr;
}

const Tracker* SiteTable::of_cookie(std::string_view name, std::string_view domain) const {
    const Tracker* named = of_name(name);
    return named != nullptr ? named : of_host(domain);
}

Read<SiteTable> read_site_table(std::string_view csv, std::string_view words) {
    Read<SiteTable> out;
    int number = 0;
    for (const std::string_view line : lines_of(csv)) {
        ++number;
        const auto problem = [&] {
            out.problems.push_back(error(ErrorCode::kInput, "site.row",
                                         {{"header", std::string(kHeader)}},
                                         kTablePath + std::string(":") + std::to_string(number)));
        };
        if (number == 1) {
            if (line != kHeader) problem();
            continue;
        }
        if (trimmed(line).empty() || line.starts_with('#')) continue;
        if (auto tracker = tracker_in(line))
            out.value.trackers.push_back(*std::move(tracker));
        else
            problem();
    }
    read_words(words, out);
    return out;
}

}  // namespace licet::probe

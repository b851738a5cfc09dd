// SPDX-License-Identifier: Apache-2.0
#include "audit/book_json.h"

namespace licet::audit {

json::object json_of(const BookEntry& entry) {
    json::object out{{"id", entry.id}};
    for (const auto& [name, value] : entry.attributes) out[name] = value;
    json::array steps;
    for (const BookStep& one : entry.steps)
        steps.push_back(json::object{{"step", one.name}, {"on", text_of(one.on)}});
    out["steps"] = std::move(steps);
    out["entered_on"] = text_of(entry.entered_on);
    return out;
}

std::vector<std::pair<std::string, json::object>> registers_json(const Book& book) {
    std::vector<std::pair<std::string, json::object>> out;
    for (const auto& [name, entries] : {std::pair{"processors", &book.processors},
                                        {"breaches", &book.breaches},
                                        {"complaints", &book.complaints},
                                        {"sites", &book.sites}}) {
        json::array all;
        for (const auto& [id, entry] : *entries) all.push_back(json_of(entry));
        out.emplace_back(name, json::object{{name, std::move(all)}});
    }
    return out;
}

}  // namespace licet::audit

// SPDX-License-Identifier: Apache-2.0
#include "base/message.h"

namespace licet {

std::string Catalogue::operator()(const Message& message) const {
    const auto found = texts_.find(message.id);
    if (found == texts_.end()) {
        std::string shown = "[" + message.id;
        for (const auto& [name, value] : message.arguments) shown += " " + name + "=" + value;
        return shown + "]";
    }
    std::string out;
    std::string_view rest = found->second;
    while (!rest.empty()) {
        const std::size_t open = rest.find('{');
        const std::size_t close = open == rest.npos ? rest.npos : rest.find('}', open);
        if (close == rest.npos) break;
        out += rest.substr(0, open);
        const std::string_view name = rest.substr(open + 1, close - open - 1);
        const std::string* value = nullptr;
        for (const auto& [key, held] : message.arguments)
            if (key == name) value = &held;
        out += value ? *value : "{" + std::string(name) + "}";
        rest.remove_prefix(close + 1);
    }
    return out.append(rest);
}

}  // namespace licet

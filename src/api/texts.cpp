// SPDX-License-Identifier: Apache-2.0
#include "api/texts.h"

#include "base/result.h"
#include "base/toml.h"

namespace licet::api {
namespace {

Catalogue read(Language language) {
    const std::string path = language == Language::kFrench ? "texts/fr.toml" : "texts/en.toml";
    std::map<std::string, std::string, std::less<>> texts;
    for (const Resource& one : all_resources()) {
        if (one.path != path) continue;
        const auto file = parse_toml(one.bytes, path);
        LICET_ENSURE(file.has_value());  // carried inside the library, and tested
        for (const auto& [id, value] : file->values) texts.emplace(id, value.text);
    }
    return {language, std::move(texts)};
}

}  // namespace

const Catalogue& catalogue_of(Language language) {
    // Texts are constants that want reading first: the only thing here that outlives a call.
    static const Catalogue kFrench = read(Language::kFrench);
    static const Catalogue kEnglish = read(Language::kEnglish);
    return language == Language::kFrench ? kFrench : kEnglish;
}

}  // namespace licet::api

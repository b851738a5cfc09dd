// SPDX-License-Identifier: Apache-2.0
//
// For the tests of this module: the catalogues, files in memory, and the check that an error can be
// said in both languages with all its arguments.
#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/toml.h"
#include "lists/csv_reader.h"

namespace licet::lists::test {

inline Catalogue catalogue_of(Language language) {
    const std::string name = language == Language::kFrench ? "fr" : "en";
    std::map<std::string, std::string, std::less<>> texts;
    // The texts of this module stand apart until they are merged into one file.
    for (const std::string ending : {".toml", ".toml.d-lists"}) {
        std::ifstream file(std::string(LICET_SOURCE_DIR) + "/texts/" + name + ending);
        std::ostringstream text;
        text << file.rdbuf();
        const auto parsed = parse_toml(text.str(), name + ending);
        if (!parsed) ADD_FAILURE() << name << ending << " " << parsed.error().where;
        if (!parsed) continue;
        for (const auto& [id, value] : parsed->values) texts.emplace(id, value.text);
    }
    return {language, std::move(texts)};
}

/// Proves that `message` has a text in both languages, whose arguments are all given.
inline void expect_worded(const Message& message) {
    static const Catalogue kCatalogues[] = {catalogue_of(Language::kFrench),
                                            catalogue_of(Language::kEnglish)};
    for (const Catalogue& catalogue : kCatalogues) {
        const std::string text = catalogue(message);
        EXPECT_FALSE(text.starts_with('[')) << text;
        EXPECT_EQ(text.find('{'), text.npos) << text;
    }
}

/// Gives `text` in pieces of at most `piece` bytes, as a slow file would.
inline ByteSource source_of(std::string text, std::size_t piece = std::size_t{1} << 20) {
    return [text = std::move(text), piece,
            place = std::size_t{0}](std::span<char> out) mutable -> Result<std::size_t> {
        const std::size_t count = std::min({piece, out.size(), text.size() - place});
        std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(place), count, out.begin());
        place += count;
        return count;
    };
}

/// A record with its own copy of everything.
struct Row {
    std::vector<std::string> fields;
    std::string raw;
    std::uint64_t line = 0;
    std::string problem;
    std::string where;
};

inline std::vector<Row> rows_of(CsvReader& reader) {
    std::vector<Row> rows;
    while (true) {
        const auto next = reader.next();
        EXPECT_TRUE(next.has_value());
        if (!next || *next == nullptr) return rows;
        const Record& record = **next;
        Row row{{record.fields.begin(), record.fields.end()},
                std::string(record.raw),
                record.line,
                {},
                {}};
        if (record.problem) {
            row.problem = record.problem->message.id;
            row.where = record.problem->where;
            expect_worded(record.problem->message);
        }
        rows.push_back(std::move(row));
    }
}

}  // namespace licet::lists::test

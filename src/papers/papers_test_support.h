// SPDX-License-Identifier: Apache-2.0
//
// What the tests of papers share: the real shelf, the example organisation, the real law.
//
//     office()        documents of the example on 2026-11-27
//     with("purpose.b2b.retention", "48")    the example with one fact changed
//
// Nothing here is a golden file: tests look for sentences with facts in them.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "law/law_test_support.h"
#include "papers/organisation_edit.h"
#include "papers/papers.h"

namespace licet::papers::test {

inline std::string source(const std::string& path) {
    return law::test::text_of_file(std::string(LICET_SOURCE_DIR) + "/" + path);
}

inline std::vector<PaperFile> real_papers() {
    const std::filesystem::path root = std::filesystem::path(LICET_SOURCE_DIR) / "papers";
    std::vector<PaperFile> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root))
        if (entry.is_regular_file())
            files.push_back({std::filesystem::relative(entry.path(), root).generic_string(),
                             law::test::text_of_file(entry.path())});
    return files;
}

inline const Shelf& real_shelf() {
    static const Shelf kShelf = [] {
        auto read = read_shelf(real_papers());
        LICET_ENSURE(read.is_clean());
        return std::move(read.value);
    }();
    return kShelf;
}

inline Read<Organisation> organisation_of(const std::string& text) {
    return read_organisation(real_shelf().fields, text, "o.toml");
}

inline std::string example_text() { return source("examples/organisation.toml"); }

/// Facts of the letters, which come with one letter.
inline std::string inputs_text() {
    return "[request]\nperson = \"Lou Fiction\"\nreceived_on = \"2026-11-20\"\n"
           "data = \"votre nom et votre adresse.\"\npurposes = [\"b2b\"]\nsource = "
           "\"L'annuaire.\"\n"
           "erased_on = \"2026-11-25\"\nkept = \"Une empreinte.\"\nstopped_on = \"2026-11-21\"\n"
           "extension_reason = \"La demande est vaste.\"\nextended_to = \"2027-02-20\"\n"
           "refusal_reason = \"La demande se répète.\"\nsignatory = \"Camille Exemple\"\n"
           "[breach]\nreference = \"V-1\"\nfound_on = \"2026-11-20\"\nwho = \"clients\"\n"
           "nature = \"Vol d'un poste.\"\n"
           "kind = \"confidentiality\"\npeople = 12\nrecords = 12\ndata = \"noms\"\n"
           "consequences = \"Démarchage.\"\nmeasures = \"Poste effacé.\"\nrisk = \"risk\"\n";
}

inline Organisation example() {
    auto read = organisation_of(example_text());
    auto inputs = organisation_of(inputs_text());
    for (const Error& problem : read.problems)
        ADD_FAILURE() << problem.where << " " << problem.message.id;
    return read.value.with(inputs.value);
}

/// The example with facts changed; an empty value removes one.
inline Organisation with(const std::vector<std::pair<std::string, std::string>>& changes) {
    std::string text = example_text();
    for (const auto& [fact, value] : changes)
        text = with_fact(real_shelf().fields, text, fact, value).value();
    auto read = organisation_of(text);
    for (const Error& problem : read.problems)
        ADD_FAILURE() << problem.where << " " << problem.message.id;
    return read.value.with(organisation_of(inputs_text()).value);
}

inline Date today() { return parse_date("2026-11-27").value(); }

inline Office office_of(const Organisation& organisation) {
    return Office::open(real_shelf(), organisation, law::test::real_law(), today()).value();
}

inline std::vector<std::string> ids_of(const std::vector<Error>& problems) {
    std::vector<std::string> out;
    for (const Error& problem : problems) out.push_back(problem.message.id);
    return out;
}

/// All letters of a document.
inline std::string letters_of(const Document& document) {
    std::string out = document.title + "\n";
    for (const Block& block : document.blocks) {
        out += plain(block.line) + block.message + "\n";
        for (const auto& row : block.rows)
            for (const Line& cell : row) out += plain(cell) + "\n";
    }
    return out;
}

}  // namespace licet::papers::test

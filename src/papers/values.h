// SPDX-License-Identifier: Apache-2.0
//
// What a template may name: the facts of an organisation and the answers of the law, in the words
// of one language.
//
//     {{organisation.name}}                       a text, which knows its fact
//     {{#purposes}}{{title}}{{/purposes}}         the entries of [purpose.*], in the file's order
//     {{#purposes}}{{#sources}}{{title}}...       what an entry refers to
//     {{#basis_is_consent}} {{basis}}             a choice, and how it is said
//     {{#transfer_good}} {{transfer_tell}}        what the law answers (papers/asks.toml)
//     {{#transfer_is_eu_transfer_free}}           which of its rules decides
//
// A text knows where it comes from, so that each paragraph can say it. Nothing is known of markup.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "papers/judgement.h"

namespace licet::papers {

struct Value {
    enum class Kind { kFlag, kText, kEntry, kList } kind = Kind::kFlag;
    bool is_set = false;                  ///< of kFlag
    std::string text;                     ///< of kText
    std::string fact;                     ///< of kText: where it comes from
    bool is_link = false;                 ///< of kText
    std::string name;                     ///< of kEntry: "purpose.newsletter"
    std::map<std::string, Value> fields;  ///< of kEntry
    std::vector<Value> items;             ///< of kList
};

/// What all documents of one day and language share.
struct Surroundings {
    const Shelf* shelf = nullptr;
    const Organisation* organisation = nullptr;
    const law::Law* law = nullptr;
    const Judgements* judgements = nullptr;
    Language language = Language::kFrench;
    Date day;
};

/// Builds the values that all documents share.
[[nodiscard]] Value values_of(const Surroundings& surroundings);

/// Builds the values of one document: `it` is the entry ("form.contact") that it is about, with the
/// entries that refer to it (it.subprocessors); none if that is empty.
/// Lists of what purposes refer to leave out what serves the audience `without` alone.
[[nodiscard]] Value values_about(const Surroundings& surroundings, const std::string& entry,
                                 const std::string& without = {});

/// Gives all names that a template may use: full ones, and those of entries without their entry.
[[nodiscard]] std::set<std::string> names_of(const Shelf& shelf);

/// A rule as a part of a name: "eu.transfer.free" -> "eu_transfer_free".
[[nodiscard]] std::string underscored(std::string_view rule);

/// How the list of a collection is called: "purpose" -> "purposes".
[[nodiscard]] std::string list_name(std::string_view collection);

}  // namespace licet::papers

// SPDX-License-Identifier: Apache-2.0
//
// All that documents are made of, besides facts and law: texts in files, never in code.
//
//     papers/fields.toml       what an organisation may say (fields.h)
//     papers/documents.toml    which documents there are, with the sections that an article wants
//     papers/asks.toml         which facts go to which question of the law (judgement.h)
//     papers/consistency.toml  what the facts must be to one another (consistency.h)
//     papers/countries.toml    names of countries
//     papers/<fr|en>/*.mustache, papers/<fr|en>/parts/*.mustache   the texts, and pieces of them
//     papers/<fr|en>/words.toml        how a value is said: basis.contract
//     papers/<fr|en>/forbidden.txt     promises that no document may make, one a line
//
// A workspace may lay its own files over these; the shelf does not know where a file came from.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "law/vocabulary.h"
#include "papers/fields.h"

namespace licet::papers {

/// A file by its path within the folder `papers`: "fr/legal_notice.mustache".
struct PaperFile {
    std::string path;
    std::string text;
};

/// A section that a document must have, and the articles that ask for it.
struct WantedSection {
    std::string id;
    std::vector<std::string> articles;  ///< "gdpr 13(1)(a)"
};

/// "basis = consent | contract", or a name alone: that it is given, and is not "no".
struct Condition {
    std::string field;                ///< of the entry, or a full fact
    std::vector<std::string> values;  ///< one of them; empty = any that is given, but no "no"
};

/// A document as documents.toml declares it.
struct DocumentKind {
    std::string id;
    std::string each;  ///< collection, if there is one document for each entry; or empty
    std::vector<Condition> where;  ///< all of them hold
    std::string input;             ///< collection of facts that come with one letter; empty = none
    std::string without;  ///< audience whom it does not concern: "customers"; empty = it names all
    std::vector<WantedSection> sections;
    std::vector<std::string> needs;  ///< collections without an entry of which it says nothing
    std::vector<std::string> texts;  ///< labels of messages that must be there: "sms"
    bool is_record = false;          ///< goes out as a table too
};

/// Facts of the law: name, value or {field} or {-field}.
using AskFacts = std::vector<std::pair<std::string, std::string>>;

/// A question of the law that is asked of each entry of a collection, or once.
struct Ask {
    std::string id;
    std::string each;  ///< empty: once, of full facts
    std::string question;
    std::vector<Condition> where;    ///< all of them hold
    std::vector<std::string> given;  ///< situations that the law names (facts.md)
    AskFacts facts;
    std::string by;  ///< field whose value says which of `facts_of` go along; "" = none do
    std::map<std::string, AskFacts, std::less<>> facts_of;
    std::vector<std::string> good;   ///< answers under which it may go on
    std::vector<std::string> until;  ///< duties under which it may not yet
    bool is_held = false;            ///< another answer contradicts the law
};

/// What facts must be to one another (consistency.h): either `fact` lies between others, or
/// `wanted` has an entry that is `like` that.
struct Consistency {
    std::string each;  ///< empty: once, of full facts
    std::vector<Condition> where;
    std::string fact;
    std::string from;  ///< another fact, or "today"; empty = no bound
    std::string to;
    std::string wanted;  ///< collection
    std::vector<Condition> like;
    law::Words tell;
};

struct Shelf {
    Fields fields;
    std::vector<DocumentKind> documents;
    std::vector<Ask> asks;
    std::vector<Consistency> consistencies;
    std::map<std::string, std::string, std::less<>> files;      ///< path -> text
    std::map<std::string, std::string, std::less<>> words[2];   ///< by language: "basis.consent"
    std::map<std::string, std::string, std::less<>> countries;  ///< "fr.fr", "fr.en"
    std::vector<std::string> forbidden[2];                      ///< lower case, by language

    [[nodiscard]] const DocumentKind* document(std::string_view id) const;
    [[nodiscard]] const Ask* ask(std::string_view id) const;
    /// Gives the text of a document's template in a language, or nullptr.
    [[nodiscard]] const std::string* text_of(std::string_view document, Language language) const;
    /// Gives a piece that templates share, or nullptr.
    [[nodiscard]] const std::string* part(std::string_view name, Language language) const;
};

/// Reads all files; of two with one path the later counts. Problems: those of each file;
/// "papers.no_file".
[[nodiscard]] Read<Shelf> read_shelf(std::span<const PaperFile> files);

}  // namespace licet::papers

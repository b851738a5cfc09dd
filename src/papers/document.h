// SPDX-License-Identifier: Apache-2.0
//
// A document: blocks of text that know which facts and articles they come from.
//
//     # Title
//     ## who | Who is responsible        a section with its id
//     @ gdpr 13(1)(a); gdpr 14(1)(a)     the articles of what follows, up to the next @ or ##
//     A paragraph with **weight**.       - an item      1. a step      > a box      ### a heading
//     | a | b |                          a table; its first row is the head
//     ```sms                             a message to copy, letter by letter, under its label
//     ```
//
// It is a pure function of facts, law, texts and day; out of it come HTML, text and JSON
// (document_html.h, document_text.h, document_json.h). What it says is known by `content_hash`,
// whatever its version and day.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/message.h"
#include "base/result.h"

namespace licet::papers {

/// A piece of a line, of one fact or of the template.
struct Span {
    std::string text;
    std::string fact;  ///< "organisation.name", "law.fr.keep.expired"; empty: the template's words
    bool is_link = false;
    bool is_strong = false;
    friend bool operator==(const Span&, const Span&) = default;
};
using Line = std::vector<Span>;

enum class BlockKind { kHeading, kParagraph, kItem, kStep, kBox, kTable, kMessage };

struct Block {
    BlockKind kind = BlockKind::kParagraph;
    std::string section;                  ///< id of the section that it stands in
    std::vector<std::string> articles;    ///< "gdpr 13(1)(a)"
    Line line;                            ///< of all but tables and messages
    std::vector<std::vector<Line>> rows;  ///< of a table; the first is the head
    std::string label;                    ///< of a message: "sms", "html"
    std::string message;                  ///< of a message: its letters
    int level = 2;                        ///< of a heading: 2 or 3

    [[nodiscard]] std::set<std::string> facts() const;
    [[nodiscard]] bool operator==(const Block&) const = default;
    std::map<std::string, std::string> message_facts;  ///< of a message: what each said
};

struct Document {
    std::string id;    ///< "form_notice.contact"
    std::string kind;  ///< "form_notice"
    Language language = Language::kFrench;
    std::string title;
    std::vector<Block> blocks;
    std::map<std::string, std::string> facts;  ///< name -> what it said, of all that stand in it
    std::map<std::string, std::string> article_words;  ///< "gdpr 13" -> "RGPD art. 13"
    std::string template_hash;                         ///< SHA-256, pieces included
    Date day;                                          ///< of the law that was asked
    int version = 0;                                   ///< 0 = a draft
    bool is_letter = false;                            ///< to one person, or of one case
    std::string law;                                   ///< identity of the packs

    /// SHA-256 of title and blocks, in hexadecimal.
    [[nodiscard]] std::string content_hash() const;
};

/// Gives the plain letters of a line.
[[nodiscard]] std::string plain(const Line& line);

/// Reads the filled text (template.h) into title and blocks.
void read_blocks(std::string_view filled, Document& document);

}  // namespace licet::papers

// SPDX-License-Identifier: Apache-2.0
//
// What stands at a place of a pack, and what could stand there.
//
//     when      channel = em|        in a law block, field "when", values of the fact channel
//     | by                 |         in a case table, column "by": rules
//     given: country = fr, |         above a case table: facts and backgrounds
//
// The same knowledge serves hovering, going to a definition and completing, so it is in one place.
#pragma once

#include <string>
#include <vector>

#include "lsp/documents.h"
#include "lsp/names.h"

namespace licet::lsp {

/// One thing that could stand at a place.
struct Proposal {
    std::string text;
    std::string about;      ///< Markdown; may be empty
    int protocol_kind = 1;  ///< CompletionItemKind of the protocol
};

class Cursor {
  public:
    /// `text` is the file's; all must outlive the object.
    Cursor(const Names& names, const law::Place& place, const std::string& text);

    /// Gives the names that the word at the place may stand for, nearest meaning first.
    [[nodiscard]] std::vector<const Name*> names() const;
    /// Gives what could stand at the place.
    [[nodiscard]] std::vector<Proposal> proposals() const;
    /// The word at the place; for completion it ends at the place.
    [[nodiscard]] const Span& word() const { return word_; }

  private:
    enum class Where { kProse, kStatement, kField, kCell, kHeader, kGiven };
    void look_in_block();
    void look_in_tables();
    void look_in_given();
    [[nodiscard]] std::vector<Kind> kinds() const;
    [[nodiscard]] std::vector<std::string> condition_before() const;
    void propose(Kind kind, std::vector<Proposal>& out) const;
    void propose_values(const std::string& fact, std::vector<Proposal>& out) const;
    void propose_condition(std::vector<Proposal>& out) const;
    void propose_cell(std::vector<Proposal>& out) const;
    void propose_given(std::vector<Proposal>& out) const;
    void propose_field(std::vector<Proposal>& out) const;

    const Names& names_;
    law::Place place_;
    std::string line_;
    Span word_;
    std::string word_text_;
    Where where_ = Where::kProse;
    const law::Statement* statement_ = nullptr;
    const law::Field* field_ = nullptr;
    bool is_first_ = false;  ///< nothing but space stands before the word on its line
    std::string column_;     ///< name of the column
    std::string table_;      ///< name of the first column
    std::string before_;     ///< what stands before the word in its part of a cell or given line
};

}  // namespace licet::lsp

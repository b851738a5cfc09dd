// SPDX-License-Identifier: Apache-2.0
//
// Which columns of a list may refuse, what they refuse, and how their words are meant.
//
//     Désinscrit        refusal of everything        by name: kLeaving
//     Bloctel           refusal of calls             kList
//     Newsletter        claimed agreement            a "désinscrit" in it refuses e-mail
//     Tags, Statut      state of a contact           a "ne pas contacter" in it refuses everything
//
// It rests on roles and names alone, so whoever maps a column (names, cells, the user) need not
// think of it. Cells are read once for each that differs: most of a column says the same.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "lists/columns.h"
#include "lists/refusal_words.h"

namespace licet::lists {

struct RefusalColumn {
    std::size_t index = 0;
    Role scope = Role::kOptOut;  ///< what it refuses: kOptOut (all), or that of one channel
    Wording wording = Wording::kList;
    bool is_text = false;  ///< free text, or a column that no name told: a reader should look at it
};

/// Gives them in the order of roles; no column twice.
[[nodiscard]] std::vector<RefusalColumn> refusal_columns_of(const Mapping& mapping);

/// Reads the columns that may refuse. Threads: one object per thread.
class RefusalReader {
  public:
    explicit RefusalReader(const Mapping& mapping) : columns_(refusal_columns_of(mapping)) {
        known_.resize(columns_.size());
    }

    [[nodiscard]] const std::vector<RefusalColumn>& columns() const { return columns_; }
    /// Reads a cell of the column at `place`. Cost: a look-up for a text that came before.
    [[nodiscard]] Mark mark(std::size_t place, std::string_view cell);

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>()(text);
        }
    };
    std::vector<RefusalColumn> columns_;
    std::vector<std::unordered_map<std::string, Mark, Hash, std::equal_to<>>> known_;
};

}  // namespace licet::lists

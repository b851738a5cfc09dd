// SPDX-License-Identifier: Apache-2.0
//
// One `rule` statement, field by field, before its conditions are coded. Every fault of a field is
// told where it stands; a rule that is read badly is read to its end all the same.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "law/atoms.h"

namespace licet::law {

/// A rule before its conditions are coded.
struct Draft {
    Rule rule;
    std::vector<Atom> guard;
    std::vector<Atom> kept_by;
    std::vector<SyntaxToken> parents;
    std::optional<Date> from;
    std::optional<Date> until;
    std::optional<Reading> reading;
    std::set<std::string> faulty;  ///< keywords of fields whose fault is told already
    const Pack* pack = nullptr;
};

class DraftReader {
  public:
    /// All three must outlive the object.
    DraftReader(const Vocabulary& vocabulary, const std::vector<Pack>& packs,
                std::vector<Error>& problems)
        : vocabulary_(vocabulary), packs_(packs), problems_(problems) {}

    [[nodiscard]] Draft read(const Statement& statement, const Pack& pack, AtomReader& atoms);

  private:
    void read_rest(const Field& field, Draft& draft);
    void unknown_question(const SyntaxToken& token);
    void set_question(const SyntaxToken& token, Rule& rule);
    void no_rest(const Field& field, std::size_t most);
    void read_question(const Field& field, Rule& rule);
    void read_answer(const Field& field, Rule& rule);
    void read_duties(const Field& field, Rule& rule);
    void read_citations(const Field& field, Draft& draft);
    void read_dates(const Field& field, Draft& draft);
    void read_tell(const Field& field, Rule& rule);
    void read_certainty(const Field& field, Rule& rule);
    void read_reading(const Field& field, Draft& draft);
    void check_fields(const std::set<std::string>& seen, const Draft& draft);
    void fault(const Place& place, std::string_view id, Message::Arguments arguments);

    const Vocabulary& vocabulary_;
    const std::vector<Pack>& packs_;
    std::vector<Error>& problems_;
};

}  // namespace licet::law

// SPDX-License-Identifier: Apache-2.0
//
// The register of facts of one organisation: organisation.toml, read and held to its fields.
//
//     [purpose.newsletter]
//     basis = "consent"      ->  fact "purpose.newsletter.basis", line 2, column 9
//
// Other registers, such as that of processors in the ledger, may stand below the file: they say
// what it leaves open, and what both say otherwise is a difference that somebody must settle.
//
// All documents are made of these facts and of the law, so that text and practice are one. Whatever
// is wrong is told at once, with place and with what was expected. A value is never markup: braces,
// tags and signs of a template in it are letters.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/toml.h"
#include "papers/fields.h"

namespace licet::papers {

/// Facts by name. Immutable once read; `fields` outlives it.
class Organisation {
  public:
    explicit Organisation(const Fields& fields) : fields_(&fields) {}

    [[nodiscard]] const Fields& fields() const { return *fields_; }
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] const std::map<std::string, TomlValue, std::less<>>& facts() const {
        return facts_;
    }
    [[nodiscard]] const TomlValue* find(std::string_view fact) const;
    /// Gives the text of a fact, in that language if it has one each; nothing if it is not known.
    [[nodiscard]] std::optional<std::string> text(std::string_view fact, Language language) const;
    /// Gives the names of the entries of a collection, in the order of the file.
    [[nodiscard]] std::vector<std::string> entries(std::string_view collection) const;
    /// Gives path:line:column of a fact or, if it is not there, of the entry that should have it.
    [[nodiscard]] std::string where(std::string_view fact) const;
    /// These facts and those of `more`, which win: of a letter, over the organisation's.
    [[nodiscard]] Organisation with(const Organisation& more) const;

    /// A fact of which two registers say otherwise: a place, a yes or a no, a choice.
    struct Difference {
        std::string fact;
        std::string below;  ///< what the register below says
    };
    /// These facts, and those of `below` of which these say nothing.
    [[nodiscard]] Organisation above(const Organisation& below) const;
    [[nodiscard]] const std::vector<Difference>& differences() const { return differences_; }
    /// True if a fact stands in another register than the file.
    [[nodiscard]] bool is_from_below(std::string_view fact) const;

  private:
    friend Organisation organisation_of(const Fields& fields,
                                        const std::map<std::string, std::string>& facts);
    friend Read<Organisation> read_organisation(const Fields& fields, std::string_view text,
                                                std::string path, const Organisation* below);
    const Fields* fields_;
    std::string path_;
    std::map<std::string, TomlValue, std::less<>> facts_;  ///< line 0: of another register
    std::vector<Difference> differences_;
    std::map<std::string, std::string> refused_;  ///< from below: what no field can say
    std::map<std::string, std::string, std::less<>>
        places_;  ///< of facts from another file: its path
};

/// Makes a register of facts that come from elsewhere than a file. What is no fact of `fields` is
/// left out; what is no value of its field differs from whatever a file says.
[[nodiscard]] Organisation organisation_of(const Fields& fields,
                                           const std::map<std::string, std::string>& facts);

/// Reads the register. Problems, with place: those of TOML; unknown names with the nearest;
/// "papers.value" for a value that its field does not allow; "papers.ref" for an entry that is not
/// there; "papers.entry" for the name of an entry; "papers.too_large", "papers.too_long",
/// "papers.control". What is missing is no problem here: see questions_of(). The facts of a letter
/// may name entries of the register `below` them.
[[nodiscard]] Read<Organisation> read_organisation(const Fields& fields, std::string_view text,
                                                   std::string path,
                                                   const Organisation* below = nullptr);

/// Asks for each fact that every organisation, or every entry, needs: "papers.ask".
[[nodiscard]] std::vector<Error> questions_of(const Organisation& organisation, Language language);

/// Words the lack of a fact as a question, at the place where the answer belongs.
[[nodiscard]] Error question_for(const Organisation& organisation, std::string_view fact,
                                 Language language);

}  // namespace licet::papers

// SPDX-License-Identifier: Apache-2.0
//
// All names of the packs: what each is, where it is declared, and what can be said about it.
//
//     rule      fr.email.consumer    fr/20-electronic-mail.md:7:6    its reason and what it cites
//     fact      consent.on           facts.md:61:4                   its words, type and values
//
// Packs that are being written are full of faults. What can be read is read, the rest is left out;
// faults are told by law::read_law, not here.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/message.h"
#include "law/pack.h"
#include "law/syntax.h"
#include "law/vocabulary.h"

namespace licet::lsp {

enum class Kind {
    kFact,
    kDuty,
    kSource,
    kRule,
    kDefine,
    kParameter,
    kQuestion,
    kAnswer,
    kBackground,
};

struct Name {
    Kind kind = Kind::kFact;
    std::string name;
    law::Place place;   ///< of the name itself
    std::string about;  ///< Markdown, for people
};

class Names {
  public:
    Names() = default;
    Names(const std::vector<law::SourceFile>& files, const Catalogue& say);

    [[nodiscard]] const std::vector<Name>& all() const { return names_; }
    /// Gives the declarations of a name: none, one, or several of a define.
    [[nodiscard]] std::vector<const Name*> find(Kind kind, std::string_view name) const;
    [[nodiscard]] const law::Vocabulary& vocabulary() const { return vocabulary_; }

    /// The parts of a file; empty if it is not there.
    [[nodiscard]] const law::Markdown& markdown(const std::string& path) const;
    [[nodiscard]] const std::vector<law::Statement>& statements(const std::string& path) const;

  private:
    struct File {
        law::Markdown markdown;
        std::vector<law::Statement> statements;
    };
    void add_tables(const law::Markdown& file, const Catalogue& say);
    void add_statements(const std::vector<law::Statement>& statements, const Catalogue& say);
    [[nodiscard]] std::string about_fact(std::string_view name, const Catalogue& say) const;
    [[nodiscard]] std::string about_rule(const law::Statement& rule, const Catalogue& say) const;

    std::vector<Name> names_;
    law::Vocabulary vocabulary_;
    std::map<std::string, std::string> source_titles_;
    std::map<std::string, File> files_;
};

}  // namespace licet::lsp

// SPDX-License-Identifier: Apache-2.0
//
// The front door: documents out of facts, law, texts and a day.
//
//     shelf + organisation + law + day ──► Office ──build("form_notice.contact", fr)──► Document
//                                               └──names()──► what there is to build
//
// A document whose facts are not all there is not made: all that is missing is asked for at once. A
// document without a section that an article wants is not made either.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "papers/document.h"
#include "papers/judgement.h"
#include "papers/template.h"
#include "papers/values.h"

namespace licet::papers {

/// A document that can be built.
struct DocumentName {
    std::string id;     ///< "privacy_prospects", "form_notice.contact"
    std::string kind;   ///< of documents.toml
    std::string entry;  ///< "form.contact"; empty = none
    std::string input;  ///< collection of facts that the letter needs; empty = none
};

/// Builds documents of one organisation on one day. What it was given outlives it. Threads: one.
class Office {
  public:
    /// Asks the law once. Errors: those of judge().
    [[nodiscard]] static Result<Office> open(const Shelf& shelf, const Organisation& organisation,
                                             const law::Law& law, Date day);

    /// Gives all documents of the organisation, in the order of documents.toml.
    [[nodiscard]] std::vector<DocumentName> names() const;

    /// Builds one. Problems: "papers.no_document", "papers.ask" for each missing fact,
    /// "papers.no_template", those of templates, "papers.no_section", "papers.no_text",
    /// "papers.sms_too_long", "papers.sms_sign"; the document is usable if there is none.
    [[nodiscard]] Read<Document> build(const DocumentName& name, Language language) const;
    [[nodiscard]] Read<Document> build(const std::string& id, Language language) const;

    /// What contradicts the law or itself. Problems: those of contradictions_of() and
    /// inconsistencies_of().
    [[nodiscard]] std::vector<Error> contradictions(Language language) const;

    [[nodiscard]] const Judgements& judgements() const { return judgements_; }
    [[nodiscard]] const Organisation& organisation() const { return *organisation_; }
    [[nodiscard]] const Shelf& shelf() const { return *shelf_; }
    [[nodiscard]] const law::Law& law() const { return *law_; }

  private:
    Office(const Shelf& shelf, const Organisation& organisation, const law::Law& law, Date day)
        : shelf_(&shelf), organisation_(&organisation), law_(&law), day_(day) {}

    [[nodiscard]] Surroundings around(Language language) const;
    [[nodiscard]] const Prepared& prepared(Language language) const;
    void check(const DocumentKind& kind, Read<Document>& document) const;

    const Shelf* shelf_;
    const Organisation* organisation_;
    const law::Law* law_;
    Date day_;
    Judgements judgements_;
    mutable std::optional<Prepared> prepared_[2];  ///< by language, when first needed
};

/// Names the packs that a document rests on: the country's and those it imports.
[[nodiscard]] std::string law_identity(const law::Law& law, std::string_view country);

}  // namespace licet::papers

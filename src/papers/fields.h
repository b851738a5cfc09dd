// SPDX-License-Identifier: Apache-2.0
//
// What an organisation may say about itself, as data (papers/fields.toml).
//
//     [purpose."*"]
//     basis = { is = "one_of consent contract", fr = "Sur quelle base…", en = "On what…" }
//         -> a fact purpose.NAME.basis for each purpose that organisation.toml names
//
// A field knows the question that asks for it: what is missing is asked for, never left blank. The
// words of a person (a title, a reason) are given once, or once a language: title.fr, title.en.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/message.h"
#include "base/result.h"

namespace licet::papers {

enum class FieldKind {
    kText,
    kWords,  ///< one text, or one a language
    kTexts,  ///< a list of texts, or one a language
    kNumber,
    kMonths,
    kDate,
    kCountry,
    kEmail,
    kLink,
    kYesNo,
    kOneOf,
    kRefs,  ///< names of other entries
};

struct Field {
    std::string name;  ///< "organisation.name", "purpose.*.basis"
    FieldKind kind = FieldKind::kText;
    std::vector<std::string> options;  ///< of kOneOf: the values; of kRefs: the one collection
    bool is_needed = false;            ///< of every organisation, or of every entry
    bool is_input = false;             ///< of one letter, not of the organisation
    bool is_all_if_silent = false;     ///< of kRefs: an entry that names none refers to all
    std::string french;                ///< the question; {id} is the entry
    std::string english;

    /// True if it may be said once a language.
    [[nodiscard]] bool is_worded() const {
        return kind == FieldKind::kWords || kind == FieldKind::kTexts;
    }
    /// Gives the question, with `id` for the entry that is asked about.
    [[nodiscard]] std::string question(Language language, std::string_view id) const;
};

/// All fields by name. Immutable once read.
class Fields {
  public:
    [[nodiscard]] const std::map<std::string, Field, std::less<>>& all() const { return all_; }
    [[nodiscard]] bool is_collection(std::string_view name) const {
        return collections_.find(name) != collections_.end();
    }
    [[nodiscard]] const std::set<std::string, std::less<>>& collections() const {
        return collections_;
    }
    /// Gives the field of a fact ("purpose.newsletter.title.fr"), or nullptr.
    [[nodiscard]] const Field* of_fact(std::string_view fact) const;
    /// True if there is a country of that code, in lower case.
    [[nodiscard]] bool is_country(std::string_view code) const {
        return countries_.find(code) != countries_.end();
    }
    /// Says which countries there are (ISO 3166-1).
    void know_countries(std::set<std::string, std::less<>> codes) { countries_ = std::move(codes); }
    /// Gives the fields of a collection by their names within an entry.
    [[nodiscard]] std::map<std::string, const Field*> of_collection(std::string_view name) const;

  private:
    friend Read<Fields> read_fields(std::string_view text, const std::string& path);
    std::map<std::string, Field, std::less<>> all_;
    std::set<std::string, std::less<>> collections_;
    std::set<std::string, std::less<>> countries_;
};

/// Reads the declaration of all fields. Errors: kInput of TOML; "papers.field_kind",
/// "papers.field_question" with place.
[[nodiscard]] Read<Fields> read_fields(std::string_view text, const std::string& path);

/// Names a field of an entry; one with a dot is a full name already, as all are without an entry.
[[nodiscard]] std::string fact_of(std::string_view entry, std::string_view field);

/// Lays the name of an entry into a sentence, where that says {id}.
[[nodiscard]] std::string about(std::string sentence, std::string_view id);

/// The longest period of a field of kMonths.
inline constexpr std::int64_t kMostMonths = 1200;

/// Names the language as facts do: "fr", "en".
[[nodiscard]] std::string_view code_of(Language language);

}  // namespace licet::papers

// SPDX-License-Identifier: Apache-2.0
//
// What the program says to a person, before it has a language.
//
//     Message{"csv.too_many_fields", {{"found", "7"}, {"expected", "6"}}}
//         -> Catalogue fr: "la ligne a 7 champs, 6 attendus"
//         -> Catalogue en: "the row has 7 fields, 6 expected"
//
// Texts live in texts/fr.toml and texts/en.toml, not in code. A catalogue is complete or it is not
// a catalogue: tools/tidy.py holds every id that the code says to both files, and a missing
// argument is shown as {name}, never as a blank. Arguments are already masked; they never hold
// personal data.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace licet {

/// Languages in which a user can be spoken to. French is the first.
enum class Language { kFrench, kEnglish };

/// An id of the catalogues and the values of the names in its text.
struct Message {
    using Arguments = std::vector<std::pair<std::string, std::string>>;
    std::string id;
    Arguments arguments;

    Message() = default;
    explicit Message(std::string_view wanted, Arguments values = {})
        : id(wanted), arguments(std::move(values)) {}
    friend bool operator==(const Message&, const Message&) = default;
};

/// The texts of one language. Immutable once built.
class Catalogue {
  public:
    /// Holds `texts`, from id to text; a text names its arguments in braces.
    Catalogue(Language language, std::map<std::string, std::string, std::less<>> texts)
        : language_(language), texts_(std::move(texts)) {}

    /// Words `message`. An id without a text is shown as the id and its arguments.
    [[nodiscard]] std::string operator()(const Message& message) const;
    [[nodiscard]] std::string operator()(
        std::string_view id,
        std::vector<std::pair<std::string, std::string>> arguments = {}) const {
        return (*this)(Message(id, std::move(arguments)));
    }

    [[nodiscard]] bool has(std::string_view id) const { return texts_.contains(id); }
    [[nodiscard]] Language language() const { return language_; }
    [[nodiscard]] const std::map<std::string, std::string, std::less<>>& texts() const {
        return texts_;
    }

  private:
    Language language_;
    std::map<std::string, std::string, std::less<>> texts_;
};

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
//
// What the commands about papers share: the shelf, the register, the law and the day, ready.
//
//     carried papers/ ─┐
//     WORKSPACE/papers/┴─► shelf    WORKSPACE/organisation.toml ─► organisation    packs ─► law
//
// The console and the HTTP API use the same desk, so that they say the same as the command line.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "main/family.h"
#include "main/notices.h"
#include "papers/banner.h"
#include "papers/papers.h"

namespace licet {

/// Everything that documents of one organisation are made of.
struct PaperDesk {
    std::unique_ptr<papers::Shelf> shelf;
    std::unique_ptr<papers::Organisation> organisation;
    std::shared_ptr<const law::Law> law;
    Date day;

    /// Opens the documents; the desk outlives them. Errors: those of Office::open().
    [[nodiscard]] Result<papers::Office> office() const {
        return papers::Office::open(*shelf, *organisation, *law, day);
    }
};

/// Where the register is: in the workspace's folder.
[[nodiscard]] std::string organisation_path(const Common& common);

/// The library, the shim and the style that banners are made of, as the program carries them.
[[nodiscard]] papers::BannerParts carried_banner_parts();
/// The licence that goes with the library.
[[nodiscard]] std::string_view carried_banner_licence();
inline constexpr const char* kBannerLicence = "LICENSE-orejime.txt";

/// Reads the carried texts and those that the workspace lays over them. Problems: of each file.
[[nodiscard]] Read<papers::Shelf> shelf_of(const Common& common);

struct PaperDeskOptions {
    std::string input = {};         ///< file with the facts of one letter; "" = none
    std::string at = {};            ///< day; "" = today
    std::string organisation = {};  ///< the register; "" = that of the workspace
};

/// Adds the problems that are not there yet. A fact that is asked for twice is one question,
/// whatever the language and the document that asks.
void add_new(std::vector<Error>& to, const std::vector<Error>& problems);

/// What contradicts the law or itself in sites and trackers: no banner is published with it.
[[nodiscard]] std::vector<Error> contradictions_of_trackers(const papers::Office& office,
                                                            Language language);

/// Opens the desk; prints every problem of the register and gives nothing if there is one.
[[nodiscard]] std::optional<PaperDesk> open_desk(const Terminal& terminal, const Common& common,
                                                 const PaperDeskOptions& options);

/// All that keeps the organisation's documents from being made, each once: questions that every
/// organisation is asked, contradictions, what each document that needs no letter's facts asks for.
[[nodiscard]] std::vector<Error> problems_of(const papers::Office& office, Language language);

/// A document that was published, and what it said.
struct PublishedPaper {
    Notice notice;
    std::string document;
    std::string language;
    int version = 0;
    std::string content;  ///< its hash
    std::string twin;     ///< SHA-256 of the twin in JSON
};

/// The last version of each document and language. Errors: those of the store.
[[nodiscard]] Result<std::vector<PublishedPaper>> published_papers(ledger::ReadStore& store);

/// Gives the one of a document in a language, or nullptr.
[[nodiscard]] const PublishedPaper* published_one(const std::vector<PublishedPaper>& all,
                                                  const std::string& document,
                                                  const std::string& language);

/// Why a published document is not what would be built today: names of facts that say something
/// else, "template", "law".
[[nodiscard]] std::vector<Message> causes_of(const json::object& twin, const papers::Document& now);

/// The lines of a twin, as papers::block_lines() has them of a document.
[[nodiscard]] std::vector<std::string> lines_of_twin(const json::object& twin);

}  // namespace licet

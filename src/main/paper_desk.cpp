// SPDX-License-Identifier: Apache-2.0
#include "main/paper_desk.h"

#include <algorithm>
#include <filesystem>

#include "base/text.h"
#include "main/files.h"
#include "main/register_facts.h"
#include "main/resources.h"
#include "main/zones.h"
#include "papers/document_text.h"

namespace licet {
namespace {

namespace fs = std::filesystem;

std::string below(const Common& common, const char* name) {
    return (common.workspace.empty() ? "" : common.workspace + "/") + std::string(name);
}

std::string text_at(const json::object& from, std::string_view name) {
    const json::value* value = from.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                  : std::string();
}

// Reads a file of facts and prints what is wrong. A register that is not there can be begun; any
// other file was named wrongly.
template <class ReadFacts>
std::optional<papers::Organisation> read_facts(const Terminal& terminal, const std::string& path,
                                               bool is_register, const ReadFacts& read_from) {
    const auto text = read_file(path);
    if (!text) {
        terminal.print_error(is_register && text.error().message.id == "file.missing"
                                 ? error(ErrorCode::kMissing, "papers.no_register", {}, path)
                                 : text.error());
        return std::nullopt;
    }
    Read<papers::Organisation> read = read_from(*text, path);
    if (read.is_clean()) return std::move(read.value);
    terminal.print_errors(read.problems);
    return std::nullopt;
}

std::map<std::string, std::string> facts_of(const json::object& twin) {
    std::map<std::string, std::string> out;
    const json::value* facts = twin.if_contains("facts");
    if (facts == nullptr || !facts->is_object()) return out;
    for (const auto& [name, value] : facts->get_object())
        if (value.is_string()) out.emplace(name, value.get_string());
    return out;
}

Message cause(const std::string& fact, const std::string* before, const std::string* after) {
    if (fact.starts_with("law.")) return Message("papers.cause_rule", {{"rule", fact.substr(4)}});
    if (before == nullptr) return Message("papers.cause_new", {{"fact", fact}, {"after", *after}});
    if (after == nullptr)
        return Message("papers.cause_gone", {{"fact", fact}, {"before", *before}});
    return Message("papers.cause_fact", {{"fact", fact}, {"before", *before}, {"after", *after}});
}

bool is_same_question(const Error& one, const Error& other) {
    if (one == other) return true;
    const auto& a = one.message.arguments;
    const auto& b = other.message.arguments;
    const bool is_question = !a.empty() && a.front().first == "question";
    return is_question && one.message.id == other.message.id && a.back() == b.back();
}

}  // namespace

std::string organisation_path(const Common& common) { return below(common, "organisation.toml"); }

papers::BannerParts carried_banner_parts() {
    return {resource("orejime/orejime-standard-en.js"), resource("orejime/banner_shim.mjs"),
            resource("src/papers/banner.css")};
}

std::string_view carried_banner_licence() { return resource("orejime/LICENSE"); }

Read<papers::Shelf> shelf_of(const Common& common) {
    constexpr std::string_view kFolder = "papers/";
    std::vector<papers::PaperFile> files;
    for (const Resource& one : all_resources())
        if (one.path.starts_with(kFolder))
            files.push_back({std::string(one.path.substr(kFolder.size())), std::string(one.bytes)});
    const std::string own = below(common, "papers");
    std::vector<Error> problems;
    std::error_code fault;
    for (auto at = fs::recursive_directory_iterator(own, fault);
         !fault && at != fs::recursive_directory_iterator(); at.increment(fault)) {
        if (!at->is_regular_file(fault)) continue;
        auto text = read_file(at->path().string());
        if (!text) {
            problems.push_back(text.error());
            continue;
        }
        files.push_back({fs::relative(at->path(), own, fault).generic_string(), std::move(*text)});
    }
    auto out = papers::read_shelf(files);
    out.problems.insert(out.problems.end(), problems.begin(), problems.end());
    return out;
}

std::optional<PaperDesk> open_desk(const Terminal& terminal, const Common& common,
                                   const PaperDeskOptions& options) {
    PaperDesk out;
    out.day = now().day;
    if (!options.at.empty()) {
        const auto day = parse_date(options.at);
        if (!day) {
            terminal.print_error(day.error());
            return std::nullopt;
        }
        out.day = *day;
    }
    auto shelf = shelf_of(common);
    if (!shelf.is_clean()) {
        terminal.print_errors(shelf.problems);
        return std::nullopt;
    }
    out.shelf = std::make_unique<papers::Shelf>(std::move(shelf.value));
    const auto of_ledger = facts_of_ledger(common, out.shelf->fields);
    if (!of_ledger) {
        terminal.print_error(of_ledger.error());
        return std::nullopt;
    }
    const std::string path =
        options.organisation.empty() ? organisation_path(common) : options.organisation;
    auto facts =
        read_facts(terminal, path, true, [&](std::string_view text, const std::string& where) {
            return read_register(*of_ledger, text, where);
        });
    if (!facts) return std::nullopt;
    if (!options.input.empty()) {
        const auto more = read_facts(
            terminal, options.input, false, [&](std::string_view text, const std::string& where) {
                return papers::read_organisation(out.shelf->fields, text, where, &*facts);
            });
        if (!more) return std::nullopt;
        facts = facts->with(*more);
    }
    out.organisation = std::make_unique<papers::Organisation>(std::move(*facts));
    out.law = load_law(terminal, common);
    if (out.law == nullptr) return std::nullopt;
    return out;
}

void add_new(std::vector<Error>& to, const std::vector<Error>& problems) {
    for (const Error& problem : problems)
        if (std::none_of(to.begin(), to.end(),
                         [&](const Error& one) { return is_same_question(one, problem); }))
            to.push_back(problem);
}

std::vector<Error> contradictions_of_trackers(const papers::Office& office, Language language) {
    std::vector<Error> out;
    for (Error& one : office.contradictions(language)) {
        const auto& arguments = one.message.arguments;
        const std::string about = arguments.empty() ? "" : arguments.front().second;
        if (about.starts_with("tracker.") || about.starts_with("site."))
            out.push_back(std::move(one));
    }
    return out;
}

std::vector<Error> problems_of(const papers::Office& office, Language language) {
    std::vector<Error> out = papers::questions_of(office.organisation(), language);
    add_new(out, office.contradictions(language));
    // What only the other language lacks is asked for too.
    const Language other = language == Language::kFrench ? Language::kEnglish : Language::kFrench;
    const auto names = office.names();
    for (const Language one : {language, other})
        for (const papers::DocumentName& name : names)
            if (name.input.empty()) add_new(out, office.build(name, one).problems);
    return out;
}

Result<std::vector<PublishedPaper>> published_papers(ledger::ReadStore& store) {
    std::vector<PublishedPaper> out;
    const auto all = LICET_TRY(notices_of(store));
    for (const Notice& notice : all) {
        const auto value = [&](const char* name) {
            const auto found = notice.attributes.find(name);
            return found == notice.attributes.end() ? std::string() : found->second;
        };
        PublishedPaper paper{notice, value("document"), notice.language,
                             0,      value("content"),  value("twin")};
        if (paper.document.empty()) continue;
        paper.version = static_cast<int>(whole_number(value("version")).value_or(0));
        const auto same = std::find_if(out.begin(), out.end(), [&](const PublishedPaper& one) {
            return one.document == paper.document && one.language == paper.language;
        });
        if (same == out.end())
            out.push_back(std::move(paper));
        else if (same->version <= paper.version)
            *same = std::move(paper);
    }
    return out;
}

const PublishedPaper* published_one(const std::vector<PublishedPaper>& all,
                                    const std::string& document, const std::string& language) {
    for (const PublishedPaper& one : all)
        if (one.document == document && one.language == language) return &one;
    return nullptr;
}

std::vector<Message> causes_of(const json::object& twin, const papers::Document& now) {
    std::vector<Message> out;
    const auto before = facts_of(twin);
    for (const auto& [fact, text] : before) {
        const auto found = now.facts.find(fact);
        if (found == now.facts.end())
            out.push_back(cause(fact, &text, nullptr));
        else if (found->second != text)
            out.push_back(cause(fact, &text, &found->second));
    }
    for (const auto& [fact, text] : now.facts)
        if (before.find(fact) == before.end()) out.push_back(cause(fact, nullptr, &text));
    if (text_at(twin, "template") != now.template_hash) out.emplace_back("papers.cause_template");
    if (out.empty()) {
        // What decides a section without being said in it.
        const bool is_other_law = text_at(twin, "law") != now.law;
        out.emplace_back(is_other_law ? "papers.cause_law" : "papers.cause_other");
    }
    return out;
}

std::vector<std::string> lines_of_twin(const json::object& twin) {
    std::vector<std::string> out;
    const json::value* lines = twin.if_contains("lines");
    if (lines == nullptr || !lines->is_array()) return out;
    for (const json::value& line : lines->get_array())
        if (line.is_string()) out.emplace_back(line.get_string());
    return out;
}

}  // namespace licet

// SPDX-License-Identifier: Apache-2.0
#include "papers/lint.h"

#include <algorithm>
#include <set>

#include "base/phrase.h"
#include "base/text.h"
#include "papers/template.h"
#include "papers/values.h"

namespace licet::papers {
namespace {

std::string place(const std::string& path, std::string_view text, std::size_t at) {
    const auto before = text.substr(0, std::min(at, text.size()));
    return path + ":" + std::to_string(std::count(before.begin(), before.end(), '\n') + 1) + ":1";
}

class Linter {
  public:
    Linter(const Shelf& shelf, const law::Law& law) : shelf_(shelf), law_(law) {
        names_ = names_of(shelf);
        for (const auto& [path, text] : shelf.files)
            for (const Tag& tag : tags_of(text, path).value)
                if (tag.kind == '>') pieces_.insert(tag.name);
    }

    std::vector<Error> run() {
        for (const auto& [path, text] : shelf_.files) {
            if (first_invalid_utf8(text)) tell("papers.not_utf8", {}, "papers/" + path);
            check_path(path);
            if (!path.ends_with(".mustache")) continue;
            const Language language =
                path.starts_with("en/") ? Language::kEnglish : Language::kFrench;
            check_tags("papers/" + path, text, language);
            check_lines("papers/" + path, text, language);
        }
        for (const DocumentKind& kind : shelf_.documents)
            for (const Language language : {Language::kFrench, Language::kEnglish})
                check_sections(kind, language);
        return std::move(problems_);
    }

  private:
    void tell(std::string_view id, Message::Arguments arguments, std::string where) {
        problems_.push_back(error(ErrorCode::kInput, id, std::move(arguments), std::move(where)));
    }

    // Whether a piece lays itself in, at once or by way of others.
    [[nodiscard]] bool holds_itself(const std::string& piece, const std::string& wanted,
                                    Language language, int depth) const {
        constexpr int kDeepest = 10;
        const std::string* text = shelf_.part(piece, language);
        if (text == nullptr || depth > kDeepest) return false;
        for (const Tag& tag : tags_of(*text, piece).value)
            if (tag.kind == '>' &&
                (tag.name == wanted || holds_itself(tag.name, wanted, language, depth + 1)))
                return true;
        return false;
    }

    // A file that nobody reads: its name is not what was meant.
    void check_path(const std::string& path) {
        std::vector<std::string> known{"fields.toml", "documents.toml", "asks.toml",
                                       "consistency.toml", "countries.toml"};
        for (const char* folder : {"fr/", "en/"}) {
            for (const char* name : {"words.toml", "forbidden.txt"})
                known.push_back(std::string(folder) + name);
            for (const DocumentKind& kind : shelf_.documents)
                known.push_back(folder + kind.id + ".mustache");
            for (const std::string& piece : pieces_)
                known.push_back(folder + ("parts/" + piece) + ".mustache");
        }
        if (std::find(known.begin(), known.end(), path) != known.end()) return;
        const std::string near = nearest(path, known);
        if (near.empty())
            tell("papers.no_such_file", {}, "papers/" + path);
        else
            tell("papers.no_such_file_near", {{"near", near}}, "papers/" + path);
    }

    void check_tags(const std::string& path, const std::string& text, Language language) {
        auto tags = tags_of(text, path);
        for (Error& problem : tags.problems) problems_.push_back(std::move(problem));
        for (const Tag& tag : tags.value) {
            const std::string where = place(path, text, tag.begin);
            if (tag.kind == '>' && shelf_.part(tag.name, language) == nullptr)
                tell("papers.no_piece", {{"name", tag.name}}, where);
            if (tag.kind == '>' && holds_itself(tag.name, tag.name, language, 0))
                tell("papers.piece_of_itself", {{"name", tag.name}}, where);
            const bool is_name = tag.kind == 'v' || tag.kind == '#' || tag.kind == '^';
            if (!is_name || names_.contains(tag.name) || is_rule_name(tag.name)) continue;
            const std::string near =
                nearest(tag.name, std::vector<std::string>(names_.begin(), names_.end()));
            if (near.empty())
                tell("papers.unknown_name", {{"name", tag.name}}, where);
            else
                tell("papers.unknown_name_near", {{"name", tag.name}, {"near", near}}, where);
        }
    }

    // "transfer_is_eu_transfer_free": whether that rule decides.
    [[nodiscard]] bool is_rule_name(std::string_view name) const {
        if (name.starts_with("it.")) name.remove_prefix(3);
        for (const Ask& ask : shelf_.asks) {
            const std::string beginning = ask.id + "_is_";
            if (!name.starts_with(beginning)) continue;
            for (const law::Rule& rule : law_.rules().rules)
                if (underscored(rule.id) == name.substr(beginning.size())) return true;
        }
        return false;
    }

    void check_lines(const std::string& path, const std::string& text, Language language) {
        int number = 0;
        for (const std::string_view line : lines_of(text)) {
            const std::string where = path + ":" + std::to_string(++number) + ":1";
            const Sentences sentences(line);
            for (const std::string& promise : shelf_.forbidden[static_cast<std::size_t>(language)])
                if (sentences.hold(promise)) tell("papers.promise", {{"words", promise}}, where);
            if (!line.starts_with("@ ")) continue;
            for (const std::string_view article : split(line.substr(2), ';'))
                check_article(trimmed(article), language, where);
        }
    }

    void check_article(std::string_view article, Language language, const std::string& where) {
        const std::string_view source = article.substr(0, article.find(' '));
        if (source.empty()) return;
        const auto& packs = law_.packs();
        const bool is_known = std::any_of(packs.begin(), packs.end(), [&](const law::Pack& one) {
            return one.sources.find(source) != one.sources.end();
        });
        const auto& words = shelf_.words[static_cast<std::size_t>(language)];
        if (!is_known && words.find("source_title." + std::string(source)) == words.end())
            tell("papers.no_source", {{"source", std::string(source)}}, where);
    }

    // Whether the text itself has the section: whether it is filled depends on facts.
    void check_sections(const DocumentKind& kind, Language language) {
        const std::string path =
            "papers/" + std::string(code_of(language)) + "/" + kind.id + ".mustache";
        const std::string* text = shelf_.text_of(kind.id, language);
        if (text == nullptr) return tell("papers.no_template", {{"file", path}}, path);
        const std::string whole = with_pieces(
            *text, [&](std::string_view piece) { return shelf_.part(piece, language); });
        std::set<std::string, std::less<>> sections;
        for (const std::string_view line : lines_of(whole)) {
            if (!line.starts_with("## ")) continue;
            const std::string_view head = line.substr(3);
            sections.emplace(trimmed(head.substr(0, head.find('|'))));
        }
        for (const WantedSection& wanted : kind.sections)
            if (!sections.contains(wanted.id))
                tell("papers.no_section",
                     {{"section", wanted.id}, {"articles", join(wanted.articles, "; ")}}, path);
    }

    const Shelf& shelf_;
    const law::Law& law_;
    std::set<std::string> names_;
    std::set<std::string> pieces_;  ///< that templates lay in
    std::vector<Error> problems_;
};

}  // namespace

std::vector<Error> lint(const Shelf& shelf, const law::Law& law) {
    return Linter(shelf, law).run();
}

std::vector<Error> promises_of(const Shelf& shelf, const Document& document) {
    std::vector<Error> out;
    std::string text = document.title + "\n";
    for (const Block& block : document.blocks) {
        text += plain(block.line) + "\n" + block.message + "\n";
        for (const auto& row : block.rows)
            for (const Line& cell : row) text += plain(cell) + "\n";
    }
    const Sentences sentences(text);
    for (const std::string& promise : shelf.forbidden[static_cast<std::size_t>(document.language)])
        if (sentences.hold(promise))
            out.push_back(
                error(ErrorCode::kInput, "papers.promise", {{"words", promise}}, document.id));
    return out;
}

}  // namespace licet::papers

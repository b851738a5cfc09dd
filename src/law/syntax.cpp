// SPDX-License-Identifier: Apache-2.0
#include "law/syntax.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"

namespace licet::law {
namespace {

using Keywords = std::vector<std::string>;

class StatementReader {
  public:
    explicit StatementReader(const Markdown& file) : file_(file) {}

    Read<std::vector<Statement>> read() && {
        for (const Fence& fence : file_.fences) {
            if (fence.language != "law") continue;
            if (!fence.is_closed) fault({file_.path, fence.line, 1}, "law.fence_open", {});
            is_skipping_ = false;
            is_inside_ = false;
            for (const FencedLine& line : fence.lines) take(line);
        }
        return {std::move(out_), std::move(problems_)};
    }

  private:
    void take(const FencedLine& line) {
        const std::string_view body = trimmed(line.text);
        if (body.empty() || body.starts_with('#')) return;
        const std::size_t indent = line.text.find_first_not_of(" \t");
        const Place place{file_.path, line.number, static_cast<int>(indent) + 1};
        if (indent == 0) return begin(body, place);
        if (is_skipping_) return;
        if (!is_inside_) return fault(place, "law.field_outside", {});
        const Keywords& keywords = keywords_of(out_.back().kind);
        const std::string keyword = keyword_of(line.text, keywords);
        std::string rest = line.text;
        if (!keyword.empty()) {
            std::fill_n(rest.begin() + static_cast<std::ptrdiff_t>(indent), keyword.size(), ' ');
            out_.back().fields.push_back({keyword, place, {}});
        } else if (out_.back().fields.empty() ||
                   place.column <= out_.back().fields.back().place.column) {
            // What goes on stands deeper than the keyword: a misspelt keyword is not taken for it.
            const std::string word(split(body, ' ')[0]);
            const std::string near = nearest(word, keywords);
            out_.back().is_faulty = true;
            return fault(
                place, "law.unknown_keyword",
                {{"word", word}, {"expected", near.empty() ? join(keywords, ", ") : near}});
        }
        auto tokens = tokens_of(rest, {file_.path, line.number, 1});
        if (!tokens.is_clean()) out_.back().is_faulty = true;
        std::move(tokens.problems.begin(), tokens.problems.end(), std::back_inserter(problems_));
        std::vector<SyntaxToken>& into = out_.back().fields.back().tokens;
        std::move(tokens.value.begin(), tokens.value.end(), std::back_inserter(into));
    }

    void begin(std::string_view body, const Place& place) {
        const auto words = split(body, ' ');
        const std::string kind(words[0]);
        is_inside_ = !keywords_of(kind).empty();
        is_skipping_ = !is_inside_;
        // It may have been meant to go on from the line before.
        if (!is_inside_ && !out_.empty()) out_.back().is_faulty = true;
        if (!is_inside_)
            return fault(place, "law.unknown_statement",
                         {{"word", kind}, {"expected", join(statement_kinds(), ", ")}});
        const bool is_named = words.size() == 2;
        if (!is_named) fault(place, "law.statement_name", {{"kind", kind}});
        out_.push_back({kind, words.size() > 1 ? std::string(words[1]) : "", place, {}, !is_named});
    }

    void fault(const Place& place, std::string_view id,
               std::vector<std::pair<std::string, std::string>> arguments) {
        problems_.push_back(error(ErrorCode::kInput, id, std::move(arguments), place.text()));
    }

    const Markdown& file_;
    std::vector<Statement> out_;
    std::vector<Error> problems_;
    bool is_inside_ = false;
    bool is_skipping_ = false;
};

}  // namespace

const std::vector<std::string>& statement_kinds() {
    static const Keywords kKinds = {"rule", "define", "parameter", "impossible"};
    return kKinds;
}

const std::vector<std::string>& keywords_of(std::string_view kind) {
    static const std::map<std::string, Keywords, std::less<>> kKeywords = {
        {"rule",
         {"about", "answers", "except to", "when", "kept by", "duties", "in force", "cites", "tell",
          "certainty", "reading"}},
        {"define", {"when"}},
        {"parameter", {"value"}},
        {"impossible", {"when"}}};
    static const Keywords kNone;
    const auto found = kKeywords.find(kind);
    return found == kKeywords.end() ? kNone : found->second;
}

std::string keyword_of(std::string_view line, const Keywords& keywords) {
    const std::string_view body = trimmed(line);
    for (const std::string& keyword : keywords) {
        if (!body.starts_with(keyword)) continue;
        const std::string_view rest = body.substr(keyword.size());
        if (rest.empty() || rest.front() == ' ' || rest.front() == '\t') return keyword;
    }
    return {};
}

Read<std::vector<SyntaxToken>> tokens_of(std::string_view line, const Place& place) {
    constexpr std::string_view kSigns = "{},=<>";
    Read<std::vector<SyntaxToken>> out;
    Place at = place;         // of the token at hand
    std::size_t counted = 0;  // bytes whose characters are in its column
    for (std::size_t i = 0; i < line.size();) {
        if (line[i] == ' ' || line[i] == '\t') {
            ++i;
            continue;
        }
        at.column += static_cast<int>(utf8_count(line.substr(counted, i - counted)));
        counted = i;
        std::size_t end = i + 1;
        if (line[i] == '"') {
            end = line.find('"', i + 1);
            if (end == line.npos) {
                out.problems.push_back(error(ErrorCode::kInput, "law.string_open", {}, at.text()));
                return out;
            }
            out.value.push_back({std::string(line.substr(i + 1, end - i - 1)), true, at});
            ++end;
        } else if (kSigns.find(line[i]) != kSigns.npos) {
            if (line[i] == '>' && end < line.size() && line[end] == '=') ++end;
            out.value.push_back({std::string(line.substr(i, end - i)), false, at});
        } else {
            while (end < line.size() && line[end] != ' ' && line[end] != '\t' && line[end] != '"' &&
                   kSigns.find(line[end]) == kSigns.npos)
                ++end;
            out.value.push_back({std::string(line.substr(i, end - i)), false, at});
        }
        i = end;
    }
    return out;
}

Read<std::vector<Statement>> read_statements(const Markdown& file) {
    return StatementReader(file).read();
}

}  // namespace licet::law

// SPDX-License-Identifier: Apache-2.0
#include "papers/document_text.h"

#include "base/text.h"
#include "papers/fields.h"
#include "papers/reading_ease.h"

namespace licet::papers {
namespace {

// Breaks at spaces; what stands before is on the first line, blanks of its length on the others.
std::string wrapped(const std::string& first, const std::string& text, std::size_t width) {
    if (width == 0) return first + text + "\n";
    std::string out = first;
    const std::string blanks(utf8_count(first), ' ');
    std::size_t used = blanks.size();
    for (const std::string_view word : split(text, ' ')) {
        const std::size_t length = utf8_count(word);
        const bool is_first = used == blanks.size();
        if (!is_first && used + 1 + length > width) {
            out += "\n" + blanks;
            used = blanks.size();
        } else if (!is_first) {
            out += ' ';
            ++used;
        }
        out += word;
        used += length;
    }
    return out + "\n";
}

std::string row_text(const std::vector<Line>& row, const std::vector<Line>& head, Language language,
                     std::size_t width) {
    const std::string colon = language == Language::kFrench ? "\u00a0: " : ": ";
    std::string out;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const std::string name = i < head.size() ? plain(head[i]) : std::string();
        const std::string cell = plain(row[i]);
        if (i == 0)
            out += wrapped("* ", cell, width);
        else if (!cell.empty())
            out += wrapped("  - ", name.empty() ? cell : name + colon + cell, width);
    }
    return out;
}

std::string block_text(const Block& block, Language language, std::size_t width) {
    const std::string line = plain(block.line);
    switch (block.kind) {
        case BlockKind::kHeading:
            return "\n" + line + "\n" +
                   std::string(utf8_count(line), block.level == 2 ? '-' : '.') + "\n";
        case BlockKind::kParagraph:
            return "\n" + wrapped("", line, width);
        case BlockKind::kItem:
            return wrapped("- ", line, width);
        case BlockKind::kStep:
            return wrapped("> ", line, width);
        case BlockKind::kBox:
            return "\n" + wrapped("! ", line, width);
        case BlockKind::kTable: {
            std::string out = "\n";
            for (std::size_t i = 1; i < block.rows.size(); ++i)
                out += row_text(block.rows[i], block.rows.front(), language, width);
            return out;
        }
        case BlockKind::kMessage:
            return "\n--- " + block.label + "\n" + block.message + "\n---\n";
    }
    return {};
}

std::string_view name_of(BlockKind kind) {
    switch (kind) {
        case BlockKind::kHeading:
            return "heading";
        case BlockKind::kParagraph:
            return "paragraph";
        case BlockKind::kItem:
            return "item";
        case BlockKind::kStep:
            return "step";
        case BlockKind::kBox:
            return "box";
        case BlockKind::kTable:
            return "table";
        case BlockKind::kMessage:
            return "message";
    }
    return {};
}

json::array strings_of(const auto& all) {
    json::array out;
    for (const std::string& one : all) out.emplace_back(one);
    return out;
}

json::object block_json(const Block& block) {
    json::object out{{"kind", name_of(block.kind)},
                     {"section", block.section},
                     {"articles", strings_of(block.articles)},
                     {"facts", strings_of(block.facts())}};
    if (block.kind == BlockKind::kMessage) {
        out["label"] = block.label;
        out["text"] = block.message;
        return out;
    }
    if (block.kind != BlockKind::kTable) {
        out["text"] = plain(block.line);
        return out;
    }
    json::array rows;
    for (const auto& row : block.rows) {
        json::array cells;
        for (const Line& cell : row) cells.emplace_back(plain(cell));
        rows.emplace_back(std::move(cells));
    }
    out["rows"] = std::move(rows);
    return out;
}

}  // namespace

std::string text_of(const Document& document, const Catalogue& say, std::size_t width) {
    std::string out = document.title + "\n" + std::string(utf8_count(document.title), '=') + "\n";
    const std::string day = worded(document.day, document.language);
    out += (document.is_letter ? day
            : document.version == 0
                ? say("papers.draft_of", {{"day", day}})
                : say("papers.version_of",
                      {{"version", std::to_string(document.version)}, {"day", day}})) +
           "\n";
    for (const Block& block : document.blocks) out += block_text(block, document.language, width);
    return out;
}

std::vector<std::string> block_lines(const Document& document) {
    std::vector<std::string> out{document.title};
    for (const Block& block : document.blocks) {
        const std::string text = block_text(block, document.language, 0);
        for (const std::string_view line : lines_of(text))
            if (!trimmed(line).empty() && line.find_first_not_of("-.") != line.npos)
                out.emplace_back(line);
    }
    return out;
}

json::object json_of(const Document& document) {
    json::object facts;
    for (const auto& [name, text] : document.facts) facts[name] = text;
    json::object articles;
    json::array blocks;
    for (const Block& block : document.blocks) {
        blocks.emplace_back(block_json(block));
        for (const std::string& one : block.articles)
            articles[one] = document.article_words.at(one);
    }
    return {{"format", "licet-paper-1"},
            {"document", document.id},
            {"kind", document.kind},
            {"language", code_of(document.language)},
            {"title", document.title},
            {"version", document.version},
            {"day", licet::text_of(document.day)},
            {"hash", document.content_hash()},
            {"template", document.template_hash},
            {"law", document.law},
            {"reading_ease", reading_ease(document)},
            {"facts", std::move(facts)},
            {"articles", std::move(articles)},
            {"lines", strings_of(block_lines(document))},
            {"blocks", std::move(blocks)}};
}

std::vector<NamedTable> tables_of(const Document& document) {
    std::vector<NamedTable> out;
    std::string heading;
    for (const Block& block : document.blocks) {
        if (block.kind == BlockKind::kHeading) heading = plain(block.line);
        if (block.kind != BlockKind::kTable) continue;
        std::vector<std::vector<std::string>> rows;
        for (const auto& row : block.rows) {
            std::vector<std::string> cells;
            for (const Line& cell : row) cells.push_back(plain(cell));
            rows.push_back(std::move(cells));
        }
        out.push_back({heading, std::move(rows)});
    }
    return out;
}

std::string csv_of(const std::vector<std::vector<std::string>>& rows) {
    constexpr std::string_view kFormula = "=+-@\t\r";
    std::string out = "\xEF\xBB\xBF";
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0) out += ';';
            out += '"';
            if (!row[i].empty() && kFormula.find(row[i].front()) != kFormula.npos) out += '\'';
            for (const char c : row[i]) out += c == '"' ? std::string("\"\"") : std::string(1, c);
            out += '"';
        }
        out += "\r\n";
    }
    return out;
}

}  // namespace licet::papers

// SPDX-License-Identifier: Apache-2.0
#include "law/format.h"

#include <algorithm>
#include <optional>

#include "base/display_width.h"
#include "base/text.h"
#include "law/syntax.h"

namespace licet::law {
namespace {

// Wider columns are not lined up, nor those after them.
constexpr std::size_t kWidestColumn = 60;
// The fields of a rule: two spaces, the longest keyword, one space.
constexpr std::size_t kRuleKeyword = 9;
constexpr std::string_view kIndent = "  ";

std::string_view indent_of(std::string_view line) {
    return line.substr(0, std::min(line.find_first_not_of(" \t"), line.size()));
}

// ---- tables -------------------------------------------------------------------------------------

/// Lines up one table. Its lines keep their own indent.
class TableFormat {
  public:
    TableFormat(const std::vector<std::string>& lines, std::size_t first, std::size_t rows) {
        for (std::size_t i = first; i < first + rows + 2; ++i)
            if (i != first + 1) measure(raw_cells(lines[i]));
        header_cells_ = raw_cells(lines[first]).size();
        const auto wide = std::find_if(widths_.begin(), widths_.end(),
                                       [](std::size_t width) { return width > kWidestColumn; });
        aligned_ = static_cast<std::size_t>(wide - widths_.begin());
    }

    [[nodiscard]] std::string row(std::string_view line) const {
        std::string out(indent_of(line));
        const auto cells = raw_cells(line);
        out += '|';
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const std::string_view text = trimmed(cells[i]);
            out += ' ';
            out += text;
            if (i < aligned_) out.append(widths_[i] - display_width(text), ' ');
            out += text.empty() && i >= aligned_ ? "|" : " |";
        }
        return out;
    }

    // The line under the header; colons, which say to which side a column leans, are kept.
    [[nodiscard]] std::string rule_line(std::string_view line) const {
        std::string out(indent_of(line));
        const auto marks = raw_cells(line);
        out += '|';
        for (std::size_t i = 0; i < header_cells_; ++i) {
            const std::string_view mark = i < marks.size() ? trimmed(marks[i]) : "";
            std::string dashes(i < aligned_ ? widths_[i] + 2 : 3, '-');
            if (mark.starts_with(':')) dashes.front() = ':';
            if (mark.size() > 1 && mark.ends_with(':')) dashes.back() = ':';
            out += dashes + "|";
        }
        return out;
    }

  private:
    void measure(const std::vector<std::string_view>& cells) {
        if (widths_.size() < cells.size()) widths_.resize(cells.size(), 1);
        for (std::size_t i = 0; i < cells.size(); ++i)
            widths_[i] = std::max(widths_[i], display_width(trimmed(cells[i])));
    }

    std::vector<std::size_t> widths_;
    std::size_t header_cells_ = 0;
    std::size_t aligned_ = 0;  ///< columns, from the left, that are lined up
};

// ---- law blocks ---------------------------------------------------------------------------------

bool is_sign(const SyntaxToken& token, std::string_view sign) {
    return !token.is_string && token.text == sign;
}

// Writes tokens with one space between them, none inside braces and before a comma.
std::string text_of(const std::vector<SyntaxToken>& tokens) {
    std::string out;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const bool is_close = i == 0 || is_sign(tokens[i], ",") || is_sign(tokens[i], "}") ||
                              is_sign(tokens[i - 1], "{");
        if (!is_close) out += ' ';
        out += tokens[i].is_string ? '"' + tokens[i].text + '"' : tokens[i].text;
    }
    return out;
}

/// Lines up one block, line by line: values under values.
class BlockFormat {
  public:
    std::string line(std::string_view text) {
        const std::string_view body = trimmed(text);
        if (body.empty()) return {};
        const std::size_t indent = indent_of(text).size();
        if (body.starts_with('#')) return comment(body, indent);
        if (indent == 0) {
            kind_ = body.substr(0, body.find(' '));
            field_indent_.reset();
            return std::string(body);
        }
        const std::string keyword = keyword_of(text, keywords_of(kind_));
        const std::string rest = text_of(tokens_of(body.substr(keyword.size()), {}).value);
        if (keyword.empty()) return std::string(value_column(), ' ') + rest;
        field_indent_ = indent;
        keyword_ = keyword.size();
        std::string out = std::string(kIndent) + keyword;
        if (!rest.empty()) out.resize(value_column(), ' ');
        return out + rest;
    }

  private:
    // A remark stands at the margin, beside the fields, or beside the values.
    [[nodiscard]] std::string comment(std::string_view body, std::size_t indent) const {
        const bool is_deep = field_indent_ && indent > *field_indent_;
        const std::size_t column = indent == 0 ? 0 : is_deep ? value_column() : kIndent.size();
        return std::string(column, ' ') + std::string(body);
    }
    [[nodiscard]] std::size_t value_column() const {
        return kIndent.size() + (kind_ == "rule" ? kRuleKeyword : keyword_) + 1;
    }

    std::string kind_;
    std::size_t keyword_ = 0;
    std::optional<std::size_t> field_indent_;  ///< of the field that is open
};

// ---- the same meaning ---------------------------------------------------------------------------

bool is_same(const std::vector<Cell>& a, const std::vector<Cell>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Cell& x, const Cell& y) { return x.text == y.text; });
}

bool is_same(const Table& a, const Table& b) {
    return a.line == b.line && a.heading == b.heading && a.given == b.given &&
           a.given_lines.size() == b.given_lines.size() && is_same(a.header, b.header) &&
           std::equal(a.rows.begin(), a.rows.end(), b.rows.begin(), b.rows.end(),
                      [](const Row& x, const Row& y) {
                          return x.line == y.line && is_same(x.cells, y.cells);
                      });
}

bool is_same(const Field& a, const Field& b) {
    return a.keyword == b.keyword &&
           std::equal(a.tokens.begin(), a.tokens.end(), b.tokens.begin(), b.tokens.end(),
                      [](const SyntaxToken& x, const SyntaxToken& y) {
                          return x.text == y.text && x.is_string == y.is_string;
                      });
}

bool is_same(const Statement& a, const Statement& b) {
    return a.kind == b.kind && a.name == b.name && a.place.line == b.place.line &&
           std::equal(a.fields.begin(), a.fields.end(), b.fields.begin(), b.fields.end(),
                      [](const Field& x, const Field& y) { return is_same(x, y); });
}

// Says whether `after` is read as `before` was.
bool is_same(const Markdown& before, const std::vector<Statement>& statements,
             const SourceFile& after) {
    const Markdown markdown = read_markdown(after);
    const auto read = read_statements(markdown);
    return read.is_clean() &&
           std::equal(before.tables.begin(), before.tables.end(), markdown.tables.begin(),
                      markdown.tables.end(),
                      [](const Table& a, const Table& b) { return is_same(a, b); }) &&
           std::equal(statements.begin(), statements.end(), read.value.begin(), read.value.end(),
                      [](const Statement& a, const Statement& b) { return is_same(a, b); });
}

}  // namespace

Read<std::string> formatted(const SourceFile& file) {
    Read<std::string> out{file.text, {}};
    if (const auto done = check_text(file); !done) {
        out.problems.push_back(done.error());
        return out;
    }
    const Markdown markdown = read_markdown(file);
    auto statements = read_statements(markdown);
    if (!statements.is_clean()) {
        out.problems = std::move(statements.problems);
        return out;
    }
    std::vector<std::string> lines;
    std::vector<bool> has_return;
    for (const std::string_view line : split(file.text, '\n')) {
        has_return.push_back(line.ends_with('\r'));
        lines.emplace_back(line.substr(0, line.size() - (has_return.back() ? 1 : 0)));
    }
    for (const Table& table : markdown.tables) {
        const auto first = static_cast<std::size_t>(table.line) - 1;
        const TableFormat format(lines, first, table.rows.size());
        for (std::size_t i = first; i < first + table.rows.size() + 2; ++i)
            lines[i] = i == first + 1 ? format.rule_line(lines[i]) : format.row(lines[i]);
    }
    for (const Fence& fence : markdown.fences) {
        if (fence.language != "law") continue;
        BlockFormat format;
        for (const FencedLine& line : fence.lines)
            lines[static_cast<std::size_t>(line.number) - 1] = format.line(line.text);
    }
    SourceFile after{file.path, {}};
    for (std::size_t i = 0; i < lines.size(); ++i) {
        after.text += lines[i];
        if (has_return[i]) after.text += '\r';
        // The last part is what stands after the last line break: nothing, in a finished file.
        if (i + 1 < lines.size() || !lines[i].empty()) after.text += '\n';
    }
    if (is_same(markdown, statements.value, after)) out.value = std::move(after.text);
    return out;
}

}  // namespace licet::law

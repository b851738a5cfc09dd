// SPDX-License-Identifier: Apache-2.0
#include "papers/document.h"

#include <optional>

#include "base/digest.h"
#include "base/text.h"
#include "papers/template.h"

namespace licet::papers {
namespace {

constexpr std::string_view kStrong = "**";

// Cuts the template's own words at the marks of weight.
void add_words(std::string_view words, bool& is_strong, Line& out) {
    while (!words.empty()) {
        const std::size_t mark = words.find(kStrong);
        const std::string_view piece = words.substr(0, mark);
        if (!piece.empty()) out.push_back({std::string(piece), {}, false, is_strong});
        if (mark == words.npos) return;
        is_strong = !is_strong;
        words.remove_prefix(mark + kStrong.size());
    }
}

Line line_of(std::string_view text) {
    Line out;
    bool is_strong = false;
    while (!text.empty()) {
        const std::size_t begin = text.find(kValueBegins);
        add_words(text.substr(0, begin), is_strong, out);
        if (begin == text.npos) break;
        const std::size_t cut = text.find(kFactEnds, begin);
        const std::size_t end = text.find(kValueEnds, begin);
        if (cut == text.npos || end == text.npos || cut + 1 >= end) break;
        out.push_back({std::string(text.substr(cut + 2, end - cut - 2)),
                       std::string(text.substr(begin + 1, cut - begin - 1)), text[cut + 1] == 'L',
                       is_strong});
        text.remove_prefix(end + 1);
    }
    return out;
}

// Cells between bars; a bar within a value is a letter.
std::vector<Line> cells_of(std::string_view row) {
    std::vector<Line> out;
    row = trimmed(row);
    row.remove_prefix(1);
    bool is_inside = false;
    std::size_t start = 0;
    for (std::size_t at = 0; at < row.size(); ++at) {
        if (row[at] == kValueBegins) is_inside = true;
        if (row[at] == kValueEnds) is_inside = false;
        if (row[at] != '|' || is_inside) continue;
        out.push_back(line_of(trimmed(row.substr(start, at - start))));
        start = at + 1;
    }
    return out;
}

class BlockReader {
  public:
    explicit BlockReader(Document& out) : out_(out) {}

    void read(std::string_view text) {
        for (const std::string_view line : lines_of(text)) {
            if (message_)
                take_message_line(line);
            else
                take(line);
        }
        end_paragraph();
    }

  private:
    void take(std::string_view raw) {
        const std::string_view line = trimmed(raw);
        // An entry that is left out leaves an empty line, which must not cut a table in two.
        if (line.empty()) return flush_paragraph();
        if (line.starts_with("```")) return begin_message(line.substr(3));
        if (line.starts_with("# ")) {
            out_.title = plain(line_of(line.substr(2)));
            return;
        }
        if (line.starts_with("## ")) return begin_section(line.substr(3));
        if (line.starts_with("@ ")) return take_articles(line.substr(2));
        if (line.starts_with("### ")) return add(BlockKind::kHeading, line.substr(4), 3);
        if (line.starts_with("- ")) return add(BlockKind::kItem, line.substr(2));
        if (line.starts_with("1. ")) return add(BlockKind::kStep, line.substr(3));
        if (line.starts_with("> ")) return add(BlockKind::kBox, line.substr(2));
        if (line.starts_with("|")) return add_row(line);
        paragraph_ += (paragraph_.empty() ? "" : " ") + std::string(line);
    }

    void begin_section(std::string_view head) {
        end_paragraph();
        const std::size_t bar = head.find('|');
        section_ = trimmed(head.substr(0, bar));
        articles_.clear();
        if (bar != head.npos) add(BlockKind::kHeading, trimmed(head.substr(bar + 1)));
    }

    void take_articles(std::string_view list) {
        end_paragraph();
        articles_.clear();
        for (const std::string_view one : split(list, ';'))
            if (!trimmed(one).empty()) articles_.emplace_back(trimmed(one));
        // A heading is read before the articles of its section.
        if (!out_.blocks.empty() && out_.blocks.back().kind == BlockKind::kHeading)
            out_.blocks.back().articles = articles_;
    }

    void add(BlockKind kind, std::string_view text, int level = 2) {
        end_paragraph();
        Block block = fresh(kind);
        block.line = line_of(text);
        block.level = level;
        out_.blocks.push_back(std::move(block));
    }

    void add_row(std::string_view line) {
        if (!paragraph_.empty()) end_paragraph();
        auto cells = cells_of(line);
        const bool goes_on = !out_.blocks.empty() && out_.blocks.back().kind == BlockKind::kTable &&
                             out_.blocks.back().section == section_ && is_row_next_ &&
                             out_.blocks.back().rows.front().size() == cells.size();
        if (!goes_on) out_.blocks.push_back(fresh(BlockKind::kTable));
        out_.blocks.back().rows.push_back(std::move(cells));
        is_row_next_ = true;
    }

    void end_paragraph() {
        is_row_next_ = false;
        flush_paragraph();
    }

    void flush_paragraph() {
        if (paragraph_.empty()) return;
        Block block = fresh(BlockKind::kParagraph);
        block.line = line_of(paragraph_);
        paragraph_.clear();
        out_.blocks.push_back(std::move(block));
    }

    void begin_message(std::string_view label) {
        end_paragraph();
        message_ = fresh(BlockKind::kMessage);
        message_->label = trimmed(label);
    }

    void take_message_line(std::string_view line) {
        if (trimmed(line) == "```") {
            while (message_->message.ends_with('\n')) message_->message.pop_back();
            out_.blocks.push_back(std::move(*message_));
            message_.reset();
            return;
        }
        const bool is_html = message_->label.starts_with("html");
        for (const Span& span : line_of(line)) {
            const bool is_value = !span.fact.empty();
            message_->message += is_html && is_value ? html_escaped(span.text) : span.text;
            if (is_value) message_->message_facts.emplace(span.fact, span.text);
        }
        message_->message += '\n';
    }

    [[nodiscard]] Block fresh(BlockKind kind) const {
        Block block;
        block.kind = kind;
        block.section = section_;
        block.articles = articles_;
        return block;
    }

    Document& out_;
    std::string section_;
    std::vector<std::string> articles_;
    std::string paragraph_;
    std::optional<Block> message_;
    bool is_row_next_ = false;
};

void note_facts(const Line& line, std::map<std::string, std::string>& out) {
    for (const Span& span : line)
        if (!span.fact.empty()) out.emplace(span.fact, span.text);
}

void add_digest(const Line& line, Hasher& hasher) {
    for (const Span& span : line) hasher.add(span.text).add(span.is_strong ? "\x01" : "\x02");
    hasher.add("\n");
}

}  // namespace

std::string plain(const Line& line) {
    std::string out;
    for (const Span& span : line) out += span.text;
    return out;
}

std::set<std::string> Block::facts() const {
    std::set<std::string> out;
    for (const auto& [fact, said] : message_facts) out.insert(fact);
    const auto add = [&](const Line& one) {
        for (const Span& span : one)
            if (!span.fact.empty()) out.insert(span.fact);
    };
    add(line);
    for (const auto& row : rows)
        for (const Line& cell : row) add(cell);
    return out;
}

std::string Document::content_hash() const {
    Hasher hasher;
    hasher.add(title).add("\n");
    for (const Block& block : blocks) {
        hasher.add(static_cast<std::uint8_t>(block.kind)).add(block.section).add("\n");
        add_digest(block.line, hasher);
        for (const auto& row : block.rows)
            for (const Line& cell : row) add_digest(cell, hasher);
        hasher.add(block.message);
    }
    return hex_of(hasher.digest());
}

void read_blocks(std::string_view filled, Document& document) {
    BlockReader(document).read(filled);
    for (const Block& block : document.blocks) {
        note_facts(block.line, document.facts);
        document.facts.insert(block.message_facts.begin(), block.message_facts.end());
        for (const auto& row : block.rows)
            for (const Line& cell : row) note_facts(cell, document.facts);
    }
}

}  // namespace licet::papers

// SPDX-License-Identifier: Apache-2.0
#include "law/markdown.h"

#include <algorithm>

#include "base/text.h"

namespace licet::law {
namespace {

bool is_table_line(std::string_view line) { return trimmed(line).starts_with('|'); }

std::vector<Cell> cells_of(std::string_view line) {
    std::vector<Cell> cells;
    for (const std::string_view raw : raw_cells(line)) {
        const auto place = static_cast<std::size_t>(raw.data() - line.data());
        const std::size_t lead = std::min(raw.find_first_not_of(" \t`"), raw.size());
        std::string text(trimmed(raw));
        std::erase(text, '`');
        for (std::size_t at = text.find("\\|"); at != text.npos; at = text.find("\\|"))
            text.erase(at, 1);
        cells.push_back({std::string(trimmed(text)),
                         static_cast<int>(utf8_count(line.substr(0, place + lead))) + 1});
    }
    return cells;
}

bool is_rule_line(std::string_view line) {
    return is_table_line(line) && line.find_first_not_of("|-: \t\r") == line.npos &&
           line.find('-') != line.npos;
}

}  // namespace

std::string Place::text() const {
    return path + ":" + std::to_string(line) + ":" + std::to_string(column);
}

int Table::column_of(std::string_view name) const {
    for (std::size_t i = 0; i < header.size(); ++i)
        if (header[i].text == name) return static_cast<int>(i);
    return -1;
}

std::vector<std::string_view> raw_cells(std::string_view line) {
    std::vector<std::string_view> cells;
    const std::size_t last = line.find_last_not_of(" \t\r");
    std::size_t place = line.find('|') + 1;
    while (place <= last && last != line.npos) {
        std::size_t end = place;
        while (end < line.size() && (line[end] != '|' || line[end - 1] == '\\')) ++end;
        cells.push_back(line.substr(place, end - place));
        place = end + 1;
    }
    return cells;
}

Result<Done> check_text(const SourceFile& file) {
    if (file.text.size() > kLargestFileBytes)
        return error(ErrorCode::kInput, "law.file_too_large",
                     {{"most", std::to_string(kLargestFileBytes >> 20)}}, file.path);
    const auto bad = first_invalid_utf8(file.text);
    if (!bad) return Done{};
    const std::string_view before = std::string_view(file.text).substr(0, *bad);
    const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const Place place{file.path, static_cast<int>(line),
                      static_cast<int>(utf8_count(before.substr(line_start))) + 1};
    return error(ErrorCode::kInput, "law.not_utf8", {}, place.text());
}

Place Table::place_in_given(const std::string& path, std::size_t offset) const {
    Place place{path, line, 1};
    for (const GivenLine& part : given_lines) {
        if (part.offset > offset) break;
        const std::string_view before =
            std::string_view(given).substr(part.offset, offset - part.offset);
        place.line = part.line;
        place.column = part.column + static_cast<int>(utf8_count(before));
    }
    return place;
}

namespace {

/// The `given:` line that waits for its table.
class Given {
  public:
    void begin(std::string_view line, int number) {
        drop();
        is_open_ = true;
        first_line_ = number;
        add(line, line.find(':') + 1, number);
    }
    void go_on(std::string_view line, int number) {
        if (is_open_) add(line, 0, number);
    }
    void close() { is_open_ = false; }
    void give(Table& table) {
        table.given = std::move(text_);
        table.given_lines = std::move(lines_);
        forget();
    }
    // No table came.
    void drop() {
        if (first_line_ > 0) idle_.push_back(first_line_);
        forget();
    }
    [[nodiscard]] std::vector<int> idle() && {
        drop();
        return std::move(idle_);
    }

  private:
    void add(std::string_view line, std::size_t from, int number) {
        const std::size_t start = std::min(line.find_first_not_of(" \t", from), line.size());
        if (!text_.empty()) text_ += ' ';
        lines_.push_back(
            {text_.size(), number, static_cast<int>(utf8_count(line.substr(0, start))) + 1});
        text_ += trimmed(line.substr(start));
    }
    void forget() {
        text_.clear();
        lines_.clear();
        first_line_ = 0;
        is_open_ = false;
    }

    std::string text_;
    std::vector<Table::GivenLine> lines_;
    std::vector<int> idle_;
    int first_line_ = 0;
    bool is_open_ = false;
};

}  // namespace

Markdown read_markdown(const SourceFile& file) {
    Markdown out;
    out.path = file.path;
    const std::vector<std::string_view> lines = lines_of(file.text);
    std::string heading;
    Given given;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const int number = static_cast<int>(i) + 1;
        const std::string_view line = lines[i];
        if (line.starts_with("```")) {
            Fence fence{number, std::string(trimmed(line.substr(3))), {}, false};
            while (++i < lines.size() && !lines[i].starts_with("```"))
                fence.lines.push_back({static_cast<int>(i) + 1, std::string(lines[i])});
            fence.is_closed = i < lines.size();
            out.fences.push_back(std::move(fence));
        } else if (is_table_line(line) && i + 1 < lines.size() && is_rule_line(lines[i + 1])) {
            Table table{number, heading, {}, {}, cells_of(line), {}};
            given.give(table);
            for (i += 2; i < lines.size() && is_table_line(lines[i]); ++i)
                table.rows.push_back({static_cast<int>(i) + 1, cells_of(lines[i])});
            --i;
            out.tables.push_back(std::move(table));
        } else if (line.starts_with('#')) {
            heading = trimmed(line.substr(std::min(line.find_first_not_of('#'), line.size())));
            given.drop();
        } else if (line.starts_with("given:")) {
            given.begin(line, number);
        } else if (trimmed(line).empty()) {
            given.close();
        } else {
            given.go_on(line, number);
        }
    }
    out.idle_givens = std::move(given).idle();
    return out;
}

}  // namespace licet::law

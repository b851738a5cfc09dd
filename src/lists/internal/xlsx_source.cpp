// SPDX-License-Identifier: Apache-2.0
#include "lists/internal/xlsx_source.h"

#include <charconv>
#include <map>

#include "lists/internal/row_text.h"

namespace licet::lists::internal {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{16} << 10;
constexpr std::uint32_t kFirstRows = 21;  // among which the names of columns are
constexpr std::size_t kMostMerges = 100'000;
constexpr std::size_t kMostRowBytes = kMaxRecordBytes / 4;  // quotes may double it

// A cell that is merged with those below it.
struct Merge {
    std::uint32_t column = 0;
    std::uint32_t last_row = 0;
};

struct Cell {
    std::uint32_t column = 0;
    std::string type;
    std::size_t style = 0;
    std::string value;
    bool has_value = false;
    bool has_formula = false;
};

std::optional<std::size_t> whole_of(std::string_view text) {
    std::size_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    return number;
}

class SheetSource {
  public:
    SheetSource(Archive archive, Book book, std::string file_name, ExpansionLimit limit,
                std::uint64_t file_bytes)
        : archive_(std::move(archive)),
          book_(std::move(book)),
          file_name_(std::move(file_name)),
          limit_(limit),
          file_bytes_(file_bytes),
          xml_(handlers()) {}

    Result<Done> begin() {
        LICET_TRY(read_merges());
        part_ = LICET_TRY(archive_.part(book_.sheet_part));
        return Done{};
    }

    Result<std::size_t> read(std::span<char> out) {
        std::vector<char> block(kBlockBytes);
        while (rows_.is_empty()) {
            if (is_at_end_) return std::size_t{0};
            const std::size_t count = LICET_TRY(part_(block));
            is_at_end_ = count == 0;
            auto done = xml_.read({block.data(), count}, is_at_end_);
            if (done) continue;
            Error fault = done.error();
            if (fault.where.empty()) fault.where = file_name_ + ":" + book_.sheet_part;
            return fault;
        }
        return rows_.take(out);
    }

    [[nodiscard]] ReaderOptions options() const {
        ReaderOptions options = rows_.reader_options(file_name_, 1);
        options.may_have_titles = true;
        return options;
    }

  private:
    // A look at the bytes, without reading them as XML: most sheets have no merged cell.
    Result<bool> may_have_merges() const {
        constexpr std::string_view kName = "mergeCell";
        const ByteSource part = LICET_TRY(archive_.part(book_.sheet_part));
        std::string text;
        std::string block(std::size_t{64} << 10, '\0');
        while (true) {
            const std::size_t count = LICET_TRY(part(block));
            if (count == 0) return false;
            text.erase(0, text.size() - std::min(text.size(), kName.size()));
            text.append(block, 0, count);
            // In UTF-16 every other byte is zero, and the name would not be found.
            const bool is_wide = text.find('\0') != text.npos;
            if (is_wide || text.find(kName) != text.npos) return true;
        }
    }

    Result<Done> read_merges() {
        if (!LICET_TRY(may_have_merges())) return Done{};
        std::size_t count = 0;
        XmlHandlers merges;
        merges.start = [&](std::string_view element, const XmlAttributes& of) -> Result<Done> {
            if (element != "mergeCell") return Done{};
            const std::string_view area = of["ref"];
            const std::size_t colon = std::min(area.find(':'), area.size());
            const auto first = place_of(area.substr(0, colon));
            const auto last = place_of(area.substr(std::min(colon + 1, area.size())));
            if (!first || !last || last->row <= first->row) return Done{};
            merges_[first->row].push_back({first->column, last->row});
            if (++count <= kMostMerges) return Done{};
            return error(ErrorCode::kInput, "xlsx.too_many_merges",
                         {{"most", std::to_string(kMostMerges)}});
        };
        return archive_.read(book_.sheet_part, std::move(merges));
    }

    XmlHandlers handlers() {
        XmlHandlers all;
        all.start = [this](std::string_view element, const XmlAttributes& of) {
            return start(element, of);
        };
        all.end = [this](std::string_view element) { return end(element); };
        all.text = [this](std::string_view piece) {
            // One byte too many shows that it is too long.
            const std::size_t room = kMaxFieldBytes + 1 - cell_.value.size();
            if (is_text_) cell_.value += piece.substr(0, room);
        };
        return all;
    }

    Result<Done> start(std::string_view element, const XmlAttributes& of) {
        if (element == "row") return start_row(of["r"]);
        if (element == "c") return start_cell(of);
        if (element == "f") cell_.has_formula = true;
        if (element == "rPh") ++phonetic_;
        is_text_ = element == "v" || (element == "t" && phonetic_ == 0);
        if (is_text_) cell_.has_value = true;
        return Done{};
    }

    Result<Done> end(std::string_view element) {
        is_text_ = false;
        if (element == "rPh") --phonetic_;
        if (element == "c") return end_cell();
        if (element == "row") return end_row();
        return Done{};
    }

    Result<Done> start_row(std::string_view number) {
        const auto row = number.empty() ? std::optional<std::size_t>(row_ + 1) : whole_of(number);
        if (!row || *row <= row_ || *row > kMostRows) return out_of_order();
        for (++row_; row_ < *row; ++row_) rows_.blank_row();
        cells_.clear();
        row_bytes_ = 0;
        next_column_ = 0;
        is_bad_ = false;
        return Done{};
    }

    Result<Done> start_cell(const XmlAttributes& of) {
        const std::string_view name = of["r"];
        const auto place =
            name.empty() ? std::optional(CellPlace{row_, next_column_}) : place_of(name);
        const bool is_next = place && place->row == row_ && place->column >= next_column_ &&
                             place->column < kMostColumns && row_ > 0;
        if (!is_next) return out_of_order();
        next_column_ = place->column + 1;
        cell_.column = place->column;
        cell_.type = of["t"];
        const std::string_view style = of["s"];
        cell_.style = style.empty() ? 0 : whole_of(style).value_or(0);
        cell_.value.clear();
        cell_.has_value = cell_.has_formula = false;
        return Done{};
    }

    Result<Done> end_cell() {
        if (cell_.has_formula && !cell_.has_value)
            tell(error(ErrorCode::kInput, "xlsx.no_value", {{"cell", place_shown()}}));
        if (!cell_.has_value) return Done{};
        std::string text = LICET_TRY(cell_text());
        if (text.size() > kMaxFieldBytes) {
            tell(error(
                ErrorCode::kInput, "csv.field_too_long",
                {{"column", place_shown()}, {"limit", std::to_string(kMaxFieldBytes >> 20)}}));
            text.clear();
        }
        row_bytes_ += text.size();
        if (row_bytes_ > kMostRowBytes) {
            tell(error(ErrorCode::kInput, "csv.record_too_long",
                       {{"limit", std::to_string(kMostRowBytes >> 20)}}));
            return Done{};
        }
        if (text.empty()) return Done{};
        cells_.resize(cell_.column + 1);
        cells_.back() = std::move(text);
        return Done{};
    }

    Result<std::string> cell_text() const {
        if (cell_.type == "s") {
            const auto index = whole_of(cell_.value);
            if (!index || *index >= book_.strings.size())
                return error(ErrorCode::kInput, "xlsx.no_string", {{"cell", place_shown()}},
                             where());
            return std::string(book_.strings[*index]);
        }
        if (cell_.type == "b") return std::string(cell_.value == "1" ? "true" : "false");
        if (cell_.type == "str" || cell_.type == "inlineStr") return without_escapes(cell_.value);
        if (cell_.type == "e" || cell_.type == "d") return cell_.value;
        const NumberForm form =
            cell_.style < book_.forms.size() ? book_.forms[cell_.style] : NumberForm{};
        return number_text(cell_.value, form, book_.is_1904);
    }

    Result<Done> end_row() {
        fill_merged();
        while (!cells_.empty() && cells_.back().empty()) cells_.pop_back();
        if (cells_.empty() && !is_bad_) {
            rows_.blank_row();
            return Done{};
        }
        // Titles above the names of columns are narrower than these.
        if (width_ == 0 || row_ <= kFirstRows) width_ = std::max(width_, cells_.size());
        cells_.resize(std::max({cells_.size(), width_, std::size_t{1}}));
        for (const std::string& cell : cells_) {
            rows_.put(cell);
            given_ += cell.size() + 1;
        }
        rows_.end_row();
        return limit_.check(file_bytes_, given_, where());
    }

    void fill_merged() {
        for (auto merged = open_merges_.begin(); merged != open_merges_.end();) {
            auto& [column, value] = *merged;
            if (value.last_row < row_) {
                merged = open_merges_.erase(merged);
                continue;
            }
            if (cells_.size() <= column) cells_.resize(column + 1);
            if (cells_[column].empty()) cells_[column] = value.text;
            ++merged;
        }
        const auto begun = merges_.find(row_);
        if (begun == merges_.end()) return;
        for (const Merge& merge : begun->second)
            if (merge.column < cells_.size() && !cells_[merge.column].empty())
                open_merges_[merge.column] = {merge.last_row, cells_[merge.column]};
    }

    [[nodiscard]] std::string place_shown() const {
        return book_.sheet_name + "!" + name_of(CellPlace{row_, cell_.column});
    }
    [[nodiscard]] std::string where() const { return file_name_ + ":" + place_shown(); }
    [[nodiscard]] Error out_of_order() const {
        return error(ErrorCode::kInput, "xlsx.order", {{"cell", place_shown()}}, where());
    }
    void tell(Error problem) {
        problem.where = where();
        is_bad_ = true;
        rows_.tell(row_, std::move(problem));
    }

    struct Merged {
        std::uint32_t last_row = 0;
        std::string text;
    };

    Archive archive_;
    Book book_;
    std::string file_name_;
    ExpansionLimit limit_;
    std::uint64_t file_bytes_;
    std::map<std::uint32_t, std::vector<Merge>> merges_;  // by their first row
    std::map<std::uint32_t, Merged> open_merges_;         // by column
    ByteSource part_;
    XmlReader xml_;
    bool is_at_end_ = false;

    std::uint32_t row_ = 0;
    std::uint32_t next_column_ = 0;
    std::vector<std::string> cells_;
    std::size_t row_bytes_ = 0;
    bool is_bad_ = false;
    Cell cell_;
    bool is_text_ = false;
    int phonetic_ = 0;
    std::size_t width_ = 0;  // of the widest of the first rows
    std::uint64_t given_ = 0;
    RowText rows_{';'};
};

Result<std::string> read_whole(const ByteSource& file, const std::string& file_name,
                               std::uint64_t most) {
    std::string out;
    std::string block(std::size_t{1} << 20, '\0');
    while (true) {
        const std::size_t count = LICET_TRY(file(block));
        if (count == 0) return out;
        out.append(block, 0, count);
        if (out.size() > most)
            return error(ErrorCode::kInput, "xlsx.file_too_large",
                         {{"most", std::to_string(most >> 20)}}, file_name);
    }
}

std::vector<Message> notes_about(const Book& book) {
    std::vector<Message> notes;
    for (const std::string& name : book.hidden_before)
        notes.emplace_back("xlsx.hidden_sheet", Message::Arguments{{"sheet", name}});
    if (book.visible_after > 0)
        notes.emplace_back("xlsx.other_sheets",
                           Message::Arguments{{"sheet", book.sheet_name},
                                              {"count", std::to_string(book.visible_after)}});
    return notes;
}

}  // namespace

bool is_zip(std::string_view block) { return block.starts_with("PK\x03\x04"); }

Result<std::optional<ListSource>> xlsx_list(const ByteSource& file, const std::string& file_name,
                                            const BookLimits& limits) {
    std::string bytes = LICET_TRY(read_whole(file, file_name, limits.file_bytes));
    const std::uint64_t size = bytes.size();
    Archive archive = LICET_TRY(Archive::open(std::move(bytes), file_name, limits));
    const auto workbook = LICET_TRY(workbook_part(archive));
    if (!workbook) return std::optional<ListSource>();
    Book book = LICET_TRY(read_book(archive, *workbook, limits));
    ListSource out;
    out.notes = notes_about(book);
    out.is_costly = true;
    auto sheet = std::make_shared<SheetSource>(std::move(archive), std::move(book), file_name,
                                               limits.part, size);
    LICET_TRY(sheet->begin());
    out.options = sheet->options();
    out.bytes = [sheet](std::span<char> piece) { return sheet->read(piece); };
    return std::optional<ListSource>(std::move(out));
}

}  // namespace licet::lists::internal

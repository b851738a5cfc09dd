// SPDX-License-Identifier: Apache-2.0
#include "main/screen_workbook.h"

#include <fcntl.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/number.h"
#include "base/text.h"
#include "main/files.h"
#include "main/screen_certificate.h"

namespace licet {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kAddedColumns = 6;
constexpr std::size_t kMostColumns = LXW_COL_MAX;
constexpr std::size_t kMostCellCharacters = 32767;
constexpr std::uint64_t kLeastFreeBytes = std::uint64_t{1} << 20;
constexpr lxw_row_t kRowsMeasured = 500;
constexpr double kNarrowest = 8;
constexpr double kWidest = 48;

// What a file of results is called in the workbook, and how its rows look.
struct Part {
    const char* name;  // id of the sheet's name
    lxw_color_t fill;  // of its rows; 0 = none
    lxw_color_t tab;
};
constexpr std::array<Part, kResultFiles.size()> kParts = {{{"book.allowed", 0, 0x2E7D32},
                                                           {"book.blocked", 0xFBE3E1, 0xB3261E},
                                                           {"book.review", 0xFFF4D6, 0xB7791F}}};

// `_x0041_` in a workbook is an A: what looks like such a mark gets one for its first sign.
bool is_mark_of_sign(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEFabcdef";
    return text.size() >= 7 && text.starts_with("_x") && text[6] == '_' &&
           text.substr(2, 4).find_first_not_of(kHex) == std::string_view::npos;
}

// Text that XML can hold: bytes that are not UTF-8, NUL and two characters that are none become
// the sign of a missing character. Cut where a cell ends.
struct CellText {
    std::string text;
    bool is_cut = false;
};
CellText cell_text(std::string_view from) {
    constexpr std::string_view kMissing = "\uFFFD";
    constexpr std::string_view kCutSign = "…";
    CellText cell;
    std::size_t units = 0;  // of UTF-16, in which a workbook counts
    for (std::size_t place = 0; place < from.size();) {
        const std::size_t length = utf8_length_at(from, place);
        std::string_view one = from.substr(place, length);
        const bool is_none = one == "\uFFFE" || one == "\uFFFF" || one == std::string_view("\0", 1);
        if (is_none || first_invalid_utf8(one)) one = kMissing;
        units += one.size() == 4 ? 2U : 1U;
        if (units >= kMostCellCharacters) {
            cell.is_cut = true;
            cell.text += kCutSign;
            return cell;
        }
        if (is_mark_of_sign(from.substr(place, 7))) cell.text += "_x005F";
        cell.text += one;
        place += length;
    }
    return cell;
}

class Workbook {
  public:
    Workbook(std::string path, Date day, const Catalogue& say)
        : path_(std::move(path)), say_(say), scratch_(scratch_folder()) {
        lxw_workbook_options options{};
        options.constant_memory = LXW_TRUE;
        options.tmpdir = scratch_.data();
        book_ = workbook_new_opt(path_.c_str(), &options);
        if (book_ == nullptr) return;
        header_ = workbook_add_format(book_);
        format_set_bold(header_);
        format_set_bg_color(header_, 0xE8ECEF);
        format_set_bottom(header_, LXW_BORDER_THIN);
        format_set_align(header_, LXW_ALIGN_VERTICAL_CENTER);
        title_ = workbook_add_format(book_);
        format_set_bold(title_);
        format_set_font_size(title_, 16);
        wrapped_ = workbook_add_format(book_);
        format_set_text_wrap(wrapped_);
        format_set_align(wrapped_, LXW_ALIGN_VERTICAL_TOP);
        count_ = workbook_add_format(book_);
        format_set_num_format(count_, "#,##0");
        format_set_align(count_, LXW_ALIGN_VERTICAL_TOP);
        share_ = workbook_add_format(book_);
        format_set_num_format(share_, "0.0%");
        format_set_align(share_, LXW_ALIGN_VERTICAL_TOP);
        set_properties(day);
    }
    ~Workbook() { std::ignore = close(); }
    Workbook(const Workbook&) = delete;
    Workbook& operator=(const Workbook&) = delete;

    [[nodiscard]] bool is_open() const { return book_ != nullptr; }

    void add_summary(const lists::ScreenResult& result);
    [[nodiscard]] Result<Done> add_rows(const std::string& file, const Part& part, char separator);
    [[nodiscard]] std::uint64_t cut_cells() const { return cut_cells_; }

    /// False if it is not whole.
    [[nodiscard]] bool close() {
        if (book_ == nullptr) return true;
        const lxw_error fault = workbook_close(book_);
        book_ = nullptr;
        return fault == LXW_NO_ERROR;
    }

    static std::string scratch_folder() {
        std::error_code fault;
        const fs::path folder = fs::temp_directory_path(fault);
        return fault ? "/tmp" : folder.string();
    }

  private:
    // A sheet being filled, and what is to be said of it when it is full.
    struct Sheet {
        lxw_worksheet* sheet = nullptr;
        lxw_row_t row = 0;
        std::vector<double> widths;
    };

    // The day of the contact, not the clock's: the same results give the same bytes.
    void set_properties(Date day) {
        const std::chrono::year_month_day date{day};
        std::tm moment{};
        moment.tm_year = static_cast<int>(date.year()) - 1900;
        moment.tm_mon = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
        moment.tm_mday = static_cast<int>(static_cast<unsigned>(date.day()));
        lxw_doc_properties properties{};
        properties.created = timegm(&moment);
        workbook_set_properties(book_, &properties);
    }

    lxw_worksheet* add_sheet(const std::string& name) const {
        lxw_worksheet* sheet = workbook_add_worksheet(book_, name.c_str());
        LICET_ENSURE(sheet != nullptr);
        return sheet;
    }
    [[nodiscard]] Sheet begin(const Part& part, std::size_t number,
                              const std::vector<std::string>& header) {
        std::string name = say_(part.name);
        if (number > 1) name += " (" + std::to_string(number) + ")";
        Sheet out{add_sheet(name), 0, std::vector<double>(header.size(), kNarrowest)};
        worksheet_set_tab_color(out.sheet, part.tab);
        worksheet_freeze_panes(out.sheet, 1, 0);
        worksheet_set_landscape(out.sheet);
        worksheet_repeat_rows(out.sheet, 0, 0);
        for (std::size_t i = 0; i < header.size(); ++i) put(out, i, header[i], header_);
        ++out.row;
        return out;
    }
    void end(Sheet& sheet) {
        const auto last = static_cast<lxw_col_t>(sheet.widths.size() - 1);
        const lxw_row_t last_row = std::max<lxw_row_t>(sheet.row, 1) - 1;
        worksheet_autofilter(sheet.sheet, 0, 0, last_row, last);
        // Numbers are texts on purpose: no green corner on each.
        const std::string all = "A1:" + name_of(last) + std::to_string(last_row + 1);
        worksheet_ignore_errors(sheet.sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, all.c_str());
        for (std::size_t i = 0; i < sheet.widths.size(); ++i) {
            const auto column = static_cast<lxw_col_t>(i);
            worksheet_set_column(sheet.sheet, column, column, sheet.widths[i], nullptr);
        }
    }
    static std::string name_of(lxw_col_t column) {
        std::array<char, LXW_MAX_COL_NAME_LENGTH> name{};
        lxw_col_to_name(name.data(), column, 0);
        return name.data();
    }

    void put(Sheet& sheet, std::size_t index, std::string_view from, lxw_format* format) {
        const auto column = static_cast<lxw_col_t>(index);
        if (from.empty()) {
            if (format != nullptr) worksheet_write_blank(sheet.sheet, sheet.row, column, format);
            return;
        }
        const CellText cell = cell_text(from);
        if (cell.is_cut) ++cut_cells_;
        if (sheet.row < kRowsMeasured)
            sheet.widths[index] = std::clamp(static_cast<double>(utf8_count(cell.text)) + 2,
                                             sheet.widths[index], kWidest);
        worksheet_write_string(sheet.sheet, sheet.row, column, cell.text.c_str(), format);
    }

    std::string path_;
    const Catalogue& say_;
    std::string scratch_;
    lxw_workbook* book_ = nullptr;
    lxw_format* header_ = nullptr;
    lxw_format* title_ = nullptr;
    lxw_format* wrapped_ = nullptr;
    lxw_format* count_ = nullptr;
    lxw_format* share_ = nullptr;
    std::uint64_t cut_cells_ = 0;
};

// ---- the summary -------------------------------------------------------------------------------

constexpr lxw_col_t kTextColumn = 0;
constexpr lxw_col_t kCountColumn = 1;
constexpr lxw_col_t kShareColumn = 2;
constexpr lxw_col_t kNoteColumn = 3;

// Writes the lines of the first sheet, one after the other.
class SummarySheet {
  public:
    struct Formats {
        lxw_format* title;
        lxw_format* header;
        lxw_format* text;
        lxw_format* count;
        lxw_format* share;
    };
    SummarySheet(lxw_worksheet* sheet, Formats formats) : sheet_(sheet), formats_(formats) {
        worksheet_set_column(sheet, kTextColumn, kTextColumn, 70, nullptr);
        worksheet_set_column(sheet, kCountColumn, kCountColumn, 14, nullptr);
        worksheet_set_column(sheet, kShareColumn, kShareColumn, 12, nullptr);
        worksheet_set_column(sheet, kNoteColumn, kNoteColumn, 50, nullptr);
        worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
        worksheet_set_landscape(sheet);
        worksheet_fit_to_pages(sheet, 1, 0);
    }
    void title(const std::string& text) { put(kTextColumn, text, formats_.title), ++row_; }
    void line(const std::string& text) { put(kTextColumn, text, formats_.text), ++row_; }
    void gap() { ++row_; }
    void heads(const std::array<std::string, 4>& names) {
        for (lxw_col_t i = 0; i < 4; ++i) put(i, names.at(i), formats_.header);
        ++row_;
    }
    // `share` < 0 is left out.
    void counted(const std::string& text, std::uint64_t count, double share,
                 const std::string& note) {
        put(kTextColumn, text, formats_.text);
        worksheet_write_number(sheet_, row_, kCountColumn, static_cast<double>(count),
                               formats_.count);
        if (share >= 0) worksheet_write_number(sheet_, row_, kShareColumn, share, formats_.share);
        put(kNoteColumn, note, formats_.text);
        ++row_;
    }
    [[nodiscard]] lxw_row_t row() const { return row_; }
    void bars(lxw_row_t first, lxw_row_t last) const {
        lxw_conditional_format bars{};
        bars.type = LXW_CONDITIONAL_DATA_BAR;
        bars.data_bar_2010 = LXW_TRUE;
        bars.bar_solid = LXW_TRUE;
        bars.bar_color = 0x9DB8D9;
        bars.min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER;
        worksheet_conditional_format_range(sheet_, first, kCountColumn, last, kCountColumn, &bars);
    }

  private:
    void put(lxw_col_t column, const std::string& from, lxw_format* format) const {
        const CellText cell = cell_text(from);
        if (!cell.text.empty() || format == formats_.header)
            worksheet_write_string(sheet_, row_, column, cell.text.c_str(), format);
    }

    lxw_worksheet* sheet_;
    Formats formats_;
    lxw_row_t row_ = 0;
};

void Workbook::add_summary(const lists::ScreenResult& result) {
    const lists::ReportInput& report = result.report;
    lxw_worksheet* sheet = add_sheet(say_("book.summary"));
    SummarySheet out(sheet, {title_, header_, wrapped_, count_, share_});
    const std::uint64_t all = result.rows;
    out.title(report.campaign);
    out.line(say_("report.facts", {{"file", report.file_name},
                                   {"date", report.date},
                                   {"rows", worded(all, say_.language())}}));
    if (!report.certificate.file.empty())
        out.line(report.certificate.file + " · " + report.certificate.serves);
    out.gap();
    out.heads(
        {say_("report.verdict"), say_("report.rows"), say_("report.share"), say_("book.sheet")});
    using lists::Outcome;
    struct Line {
        Outcome outcome;
        const char* verdict;
        std::size_t part;
    };
    constexpr std::array<Line, lists::kOutcomeCount> kLines = {
        {{Outcome::kAllowed, "verdict.allowed", 0},
         {Outcome::kOutOfScope, "verdict.out_of_scope", 0},
         {Outcome::kForbidden, "verdict.forbidden", 1},
         {Outcome::kUndetermined, "verdict.undetermined", 2},
         {Outcome::kUnreadable, "verdict.unreadable", 2}}};
    const lxw_row_t first = out.row();
    for (const Line& line : kLines) {
        const std::uint64_t count = result.totals.at(static_cast<std::size_t>(line.outcome));
        const double share = all == 0 ? -1 : static_cast<double>(count) / static_cast<double>(all);
        out.counted(say_(line.verdict), count, share, say_(kParts.at(line.part).name));
    }
    out.bars(first, out.row() - 1);
    const auto section = [&](const char* name, const char* note, const auto& lines,
                             const auto& write) {
        if (lines.empty()) return;
        out.gap();
        out.heads({say_(name), say_("report.rows"), "", say_(note)});
        for (const auto& line : lines) write(line);
    };
    section("report.reasons", "column.law", report.reasons, [&](const auto& reason) {
        out.counted(reason.text, reason.count, -1, reason.citation);
    });
    section("report.duties", "book.duty_note", report.duties,
            [&](const auto& duty) { out.counted(duty.text, duty.count, -1, ""); });
    section("book.missing", "book.missing_note", report.missing,
            [&](const auto& missing) { out.counted(missing.text, missing.count, -1, ""); });
    out.gap();
    out.line(say_("book.note"));
    for (const std::string& pack : report.packs) out.line(pack);
}

// ---- the rows ----------------------------------------------------------------------------------

Result<Done> Workbook::add_rows(const std::string& file, const Part& part, char separator) {
    const std::shared_ptr<ByteReader> bytes = LICET_TRY(ByteReader::open(file));
    lists::ReaderOptions options;
    options.file_name = file;
    options.dialect = lists::Dialect{};
    options.dialect->separator = separator;
    options.dialect->newline = lists::Newline::kCrLf;
    options.dialect->preamble_bytes = 3;  // the byte order mark
    auto reader = LICET_TRY(lists::CsvReader::open(
        [bytes](std::span<char> out) { return bytes->read(out); }, std::move(options)));
    lxw_format* format = nullptr;
    if (part.fill != 0) {
        format = workbook_add_format(book_);
        format_set_bg_color(format, part.fill);
    }
    std::size_t number = 1;
    Sheet sheet = begin(part, number, reader.header());
    while (true) {
        const lists::Record* record = LICET_TRY(reader.next());
        if (record == nullptr) break;
        if (sheet.row == LXW_ROW_MAX) {
            end(sheet);
            sheet = begin(part, ++number, reader.header());
        }
        // A record that is too long has no fields; its beginning is shown, never nothing.
        if (record->fields.empty()) put(sheet, 0, record->raw, format);
        const std::size_t width = std::min(record->fields.size(), sheet.widths.size());
        for (std::size_t i = 0; i < width; ++i) put(sheet, i, record->fields[i], format);
        ++sheet.row;
    }
    end(sheet);
    return Done{};
}

Error disk_error(bool is_full, const std::string& path) {
    return error(ErrorCode::kBroken, is_full ? "file.disk_full" : "file.unwritable",
                 {{"path", path}}, path);
}

// The library does not look whether what it sets aside could be written.
bool is_scratch_full() {
    std::error_code fault;
    const fs::space_info space = fs::space(Workbook::scratch_folder(), fault);
    return !fault && space.available < kLeastFreeBytes;
}

Result<Done> move_into_place(const std::string& temporary, const std::string& path) {
    const int descriptor = ::open(temporary.c_str(), O_RDONLY | O_CLOEXEC);  // NOLINT: C interface
    const bool is_synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0) ::close(descriptor);
    if (!is_synced || ::rename(temporary.c_str(), path.c_str()) != 0)
        return disk_error(errno == ENOSPC, path);
    return Done{};
}

// A file that is removed unless it was moved into place.
struct Temporary {
    std::string path;
    ~Temporary() { ::unlink(path.c_str()); }
};

}  // namespace

Result<Done> check_workbook_width(std::size_t input_columns) {
    if (input_columns + kAddedColumns <= kMostColumns) return Done{};
    return error(ErrorCode::kInput, "book.too_many_columns",
                 {{"columns", std::to_string(input_columns)},
                  {"most", std::to_string(kMostColumns - kAddedColumns)}});
}

Result<WorkbookOutcome> write_workbook(const lists::ScreenResult& result, Date day,
                                       const std::string& folder, const Catalogue& say) {
    const std::string path = folder + "/" + kWorkbookFile;
    const Temporary temporary{path + ".part"};
    // Made here, so that nobody else may read it; the library only fills it.
    const int descriptor = ::open(temporary.path.c_str(),  // NOLINT: C interface
                                  O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0) return disk_error(errno == ENOSPC, path);
    ::close(descriptor);
    Workbook book(temporary.path, day, say);
    if (!book.is_open()) return disk_error(is_scratch_full(), path);
    book.add_summary(result);
    for (std::size_t i = 0; i < kResultFiles.size(); ++i)
        LICET_TRY(book.add_rows(folder + "/" + kResultFiles.at(i), kParts.at(i),
                                result.dialect.separator));
    const bool is_full = is_scratch_full();
    if (!book.close() || is_full) return disk_error(is_full, path);
    LICET_TRY(move_into_place(temporary.path, path));
    return WorkbookOutcome{book.cut_cells()};
}

}  // namespace licet

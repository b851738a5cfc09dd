// SPDX-License-Identifier: Apache-2.0
#include "lists/csv_reader.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "lists/cells.h"
#include "lists/internal/csv_marks.h"
#include "lists/internal/intake.h"
#include "lists/internal/record_judge.h"

namespace licet::lists {
namespace {

// A, B, ... Z, AA, AB, as a spreadsheet names its columns.
std::string letters_of(std::size_t index) {
    std::string name;
    for (std::size_t rest = index + 1; rest > 0; rest = (rest - 1) / 26)
        name.insert(name.begin(), static_cast<char>('A' + (rest - 1) % 26));
    return name;
}

}  // namespace

class CsvReader::Engine {
  public:
    Engine(ByteSource source, ReaderOptions options)
        : options_(std::move(options)), intake_(std::move(source), options_.block_bytes) {}

    Result<Done> begin();
    Result<const Record*> next();

    const Dialect& dialect() const { return intake_.dialect(); }
    std::uint64_t bytes_read() const { return intake_.bytes_read(); }

    Lines take_lines(std::size_t most_bytes);
    std::size_t bytes_of_lines(std::size_t most_bytes) const;
    const std::vector<std::string>& header() const { return judge_->header(); }
    std::string raw_header;
    bool has_header = true;
    std::uint64_t blank_lines = 0;

  private:
    enum class Step { kRecord, kBlank, kMore };
    enum class Reach { kAllLines, kOneLine };

    Step step();
    Step parse(Reach reach);
    std::size_t quoted_field(std::size_t open, std::size_t limit);
    void keep_field(std::size_t begin, std::size_t end, bool has_doubled);
    Step end_record(std::size_t end);
    void judge();
    void take_told_problem();
    Step give_too_long();
    Result<Done> fill();

    bool is_newline(char c) const { return c == '\n' || (is_cr_ && c == '\r'); }
    bool ends_field(std::size_t place) const;
    std::size_t line_end(std::size_t from);
    std::uint64_t newlines_in(std::string_view text) const;
    bool has_swallowed_rows() const;

    static constexpr std::size_t kNowhere = internal::RecordJudge::kNoField;

    ReaderOptions options_;
    internal::Intake intake_;
    internal::Buffer buffer_;
    internal::CsvMarks marks_{',', '\n', '\n'};
    char separator_ = ',';
    bool is_cr_ = false;
    bool is_at_end_ = false;
    bool is_skipping_line_ = false;  // after a record that was too long
    std::size_t start_ = 0;          // of the record being read
    std::size_t next_start_ = 0;
    std::uint64_t line_ = 1;

    std::shared_ptr<const internal::RecordJudge> judge_;

    // Of the record being read.
    std::vector<std::string_view> fields_;
    std::string unquoted_;  // fields that had doubled quotes
    bool has_quotes_ = false;
    std::size_t stray_field_ = kNowhere;
    bool is_unclosed_ = false;
    Record record_;
};

Result<Done> CsvReader::Engine::begin() {
    LICET_TRY(intake_.begin(options_.dialect, options_.may_have_titles));
    separator_ = dialect().separator;
    is_cr_ = dialect().newline == Newline::kCr;
    marks_ = internal::CsvMarks(separator_, '\n', is_cr_ ? '\r' : '\n');
    marks_.reset(buffer_.bytes.data(), 0);
    line_ = options_.first_line + dialect().preamble_lines;
    const auto judge_with = [&](std::vector<std::string> header) {
        return std::make_shared<const internal::RecordJudge>(options_.file_name, separator_,
                                                             std::move(header));
    };
    judge_ = judge_with({});

    const Record* first = LICET_TRY(next());
    if (first == nullptr) return error(ErrorCode::kInput, "csv.empty");
    if (is_unclosed_) return *first->problem;
    has_header = std::none_of(first->fields.begin(), first->fields.end(), may_be_contact);
    std::vector<std::string> names;
    for (const std::string_view field : first->fields)
        names.push_back(has_header ? std::string(field) : letters_of(names.size()));
    judge_ = judge_with(std::move(names));
    if (has_header) {
        raw_header = first->raw;
    } else {
        next_start_ = start_;  // Read it again, as a row.
        line_ = first->line;
    }
    return Done{};
}

Result<const Record*> CsvReader::Engine::next() {
    start_ = next_start_;
    record_.problem.reset();
    while (true) {
        if (start_ >= buffer_.end && is_at_end_) return static_cast<const Record*>(nullptr);
        switch (step()) {
            case Step::kRecord:
                return static_cast<const Record*>(&record_);
            case Step::kBlank:
                start_ = next_start_;
                break;
            case Step::kMore:
                LICET_TRY(fill());
                break;
        }
    }
}

// A quote may hold line ends, and only whoever reads from the front knows which quote opens.
std::size_t CsvReader::Engine::bytes_of_lines(std::size_t most_bytes) const {
    const bool is_plain = !is_cr_ && !is_skipping_line_ && !options_.problems &&
                          !options_.has_line_per_row && !header().empty();
    std::string_view text = buffer_.text().substr(next_start_, most_bytes);
    if (!is_plain || text.empty()) return 0;
    if (const void* quote = std::memchr(text.data(), '"', text.size()))
        text =
            text.substr(0, static_cast<std::size_t>(static_cast<const char*>(quote) - text.data()));
    return text.rfind('\n') + 1;  // 0 where there is none
}

CsvReader::Lines CsvReader::Engine::take_lines(std::size_t most_bytes) {
    const std::string_view text = buffer_.text().substr(next_start_, bytes_of_lines(most_bytes));
    if (text.empty()) return {};
    Lines out{text, line_, dialect().encoding == Encoding::kUtf8, judge_};
    line_ += internal::line_feeds_in(text);
    next_start_ += text.size();
    return out;
}

Result<Done> CsvReader::Engine::fill() {
    buffer_.drop_front(start_);
    start_ = next_start_ = 0;
    if (!LICET_TRY(intake_.fill(buffer_))) is_at_end_ = true;
    marks_.reset(buffer_.bytes.data(), buffer_.end);
    return Done{};
}

CsvReader::Engine::Step CsvReader::Engine::step() {
    if (is_skipping_line_) {
        start_ = next_start_ = line_end(start_);
        if (start_ == buffer_.end && !is_at_end_) return Step::kMore;
        is_skipping_line_ = false;
        next_start_ = std::min(start_ + 1, buffer_.end);
        ++line_;
        return Step::kBlank;
    }
    Step step = parse(Reach::kAllLines);
    const bool is_too_long = buffer_.end - start_ > kMaxRecordBytes;
    const bool must_cut = is_unclosed_ || (step == Step::kMore && is_too_long && has_quotes_);
    const bool ran_over = step == Step::kRecord && has_quotes_ && newlines_in(record_.raw) > 0 &&
                          (stray_field_ != kNowhere || has_swallowed_rows());
    if (must_cut || ran_over) {
        if (step == Step::kRecord) line_ = record_.line;
        step = parse(Reach::kOneLine);
    }
    if (step == Step::kMore && is_too_long) return give_too_long();
    if (step == Step::kRecord) judge();
    return step;
}

// A quote that was opened by mistake and closed by another one rows later holds whole rows: lines
// with as many separators as the header has, and an address. Who is in them must not vanish.
bool CsvReader::Engine::has_swallowed_rows() const {
    if (!has_quotes_ || header().size() < 2 || options_.has_line_per_row) return false;
    return std::any_of(fields_.begin(), fields_.end(), [&](std::string_view field) {
        std::size_t begin = field.find('\n');
        while (begin != field.npos) {
            const std::size_t end = field.find('\n', ++begin);
            const std::string_view line = field.substr(begin, end - begin);
            const auto marks = std::count(line.begin(), line.end(), separator_);
            if (static_cast<std::size_t>(marks) + 1 == header().size() &&
                line.find('@') != line.npos)
                return true;
            begin = end;
        }
        return false;
    });
}

CsvReader::Engine::Step CsvReader::Engine::parse(Reach reach) {
    fields_.clear();
    unquoted_.clear();
    has_quotes_ = false;
    stray_field_ = kNowhere;
    is_unclosed_ = reach == Reach::kOneLine;
    marks_.forget_high();
    const std::size_t limit = reach == Reach::kOneLine ? line_end(start_) : buffer_.end;
    const char* const bytes = buffer_.bytes.data();
    for (std::size_t field = start_;;) {
        std::size_t end = 0;
        if (field < limit && bytes[field] == '"') {
            end = quoted_field(field, limit);
            if (end == kNowhere) return Step::kMore;
        } else {
            end = marks_.next(field);
            fields_.emplace_back(bytes + field, end - field);
        }
        if (end == buffer_.end && !is_at_end_) return Step::kMore;
        if (end < buffer_.end && bytes[end] == separator_) {
            field = end + 1;
            continue;
        }
        if (is_cr_ && end + 1 == buffer_.end && !is_at_end_) return Step::kMore;  // CR of CRLF?
        return end_record(end);
    }
}

// Reads the field that a quote opens; gives the place after it, or kNowhere if more bytes are
// needed (at the end of the file: if the quote is never closed, which is_unclosed_ then says).
std::size_t CsvReader::Engine::quoted_field(std::size_t open, std::size_t limit) {
    has_quotes_ = true;
    const bool is_cut = limit != buffer_.end || is_at_end_;
    bool has_doubled = false;
    std::size_t place = open + 1;
    const char* const bytes = buffer_.bytes.data();
    while (true) {
        const void* found =
            place < limit ? std::memchr(bytes + place, '"', limit - place) : nullptr;
        if (found == nullptr) {
            if (!is_unclosed_) {
                is_unclosed_ = is_cut;
                return kNowhere;
            }
            keep_field(open + 1, limit, has_doubled);
            return limit;
        }
        const auto quote = static_cast<std::size_t>(static_cast<const char*>(found) - bytes);
        if (quote + 2 >= buffer_.end && !is_at_end_ && limit == buffer_.end) return kNowhere;
        if (quote + 1 < limit && bytes[quote + 1] == '"') {
            has_doubled = true;
            place = quote + 2;
            continue;
        }
        if (ends_field(quote + 1)) {
            keep_field(open + 1, quote, has_doubled);
            // A CR before the LF belongs to the line ending.
            const bool has_cr = quote + 1 < buffer_.end && bytes[quote + 1] == '\r' && !is_cr_;
            return quote + (has_cr ? 2 : 1);
        }
        if (stray_field_ == kNowhere) stray_field_ = fields_.size();
        const std::size_t end = marks_.next(quote + 1);
        fields_.emplace_back(bytes + open, end - open);
        return end;
    }
}

// A closing quote stands before a separator, a line ending, or the end of the file.
bool CsvReader::Engine::ends_field(std::size_t place) const {
    if (place >= buffer_.end) return true;
    const char c = buffer_.bytes[place];
    if (c == separator_ || is_newline(c)) return true;
    return c == '\r' && (place + 1 >= buffer_.end || buffer_.bytes[place + 1] == '\n');
}

void CsvReader::Engine::keep_field(std::size_t begin, std::size_t end, bool has_doubled) {
    std::string_view text = buffer_.text().substr(begin, end - begin);
    if (!has_doubled) {
        fields_.push_back(text);
        return;
    }
    // INVARIANT: what is kept is shorter than the record, so reserving once keeps the views valid.
    if (unquoted_.empty()) unquoted_.reserve(buffer_.end - start_);
    const std::size_t from = unquoted_.size();
    while (true) {
        const std::size_t quote = text.find('"');
        unquoted_ += text.substr(0, quote);
        if (quote == text.npos) break;
        unquoted_ += '"';
        text.remove_prefix(std::min(quote + 2, text.size()));
    }
    fields_.push_back(std::string_view(unquoted_).substr(from));
}

CsvReader::Engine::Step CsvReader::Engine::end_record(std::size_t end) {
    const char* const bytes = buffer_.bytes.data();
    std::size_t after = std::min(end + 1, buffer_.end);
    if (is_cr_ && after < buffer_.end && bytes[end] == '\r' && bytes[after] == '\n') ++after;
    next_start_ = after;
    std::size_t raw_end = end;
    if (!is_cr_ && raw_end > start_ && bytes[raw_end - 1] == '\r') {
        --raw_end;
        std::string_view& last = fields_.back();
        if (!last.empty() && last.data() + last.size() == bytes + end) last.remove_suffix(1);
    }
    record_.line = line_;
    record_.raw = buffer_.text().substr(start_, raw_end - start_);
    record_.fields = fields_;
    line_ += 1 + (has_quotes_ && !options_.has_line_per_row ? newlines_in(record_.raw) : 0);
    if (!record_.raw.empty()) return Step::kRecord;
    ++blank_lines;
    return Step::kBlank;
}

CsvReader::Engine::Step CsvReader::Engine::give_too_long() {
    fields_.clear();
    record_.line = line_;
    record_.raw = buffer_.text().substr(start_);
    record_.fields = fields_;
    record_.is_blank = false;
    record_.is_regular = false;
    record_.problem = judge_->problem(record_.line, "csv.record_too_long", 0,
                                      {{"limit", std::to_string(kMaxRecordBytes >> 20)}});
    next_start_ = buffer_.end;
    is_skipping_line_ = true;
    return Step::kRecord;
}

void CsvReader::Engine::judge() {
    take_told_problem();
    const bool is_utf8 = dialect().encoding == Encoding::kUtf8;
    judge_->judge(record_,
                  {is_unclosed_, stray_field_, is_utf8 && (has_quotes_ || marks_.may_have_high())});
}

void CsvReader::Engine::take_told_problem() {
    if (!options_.problems) return;
    RowProblems& told = *options_.problems;
    while (!told.empty() && told.front().line < record_.line) told.pop_front();
    if (told.empty() || told.front().line != record_.line) return;
    record_.problem = told.front().problem;  // it stays: a row may be read twice
}

std::size_t CsvReader::Engine::line_end(std::size_t from) {
    std::size_t end = marks_.next(from);
    while (end < buffer_.end && !is_newline(buffer_.bytes[end])) end = marks_.next(end + 1);
    return end;
}

std::uint64_t CsvReader::Engine::newlines_in(std::string_view text) const {
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_pair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
        if (is_newline(text[i]) && !is_pair) ++count;
    }
    return count;
}

CsvReader::CsvReader(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}
CsvReader::CsvReader(CsvReader&&) noexcept = default;
CsvReader& CsvReader::operator=(CsvReader&&) noexcept = default;
CsvReader::~CsvReader() = default;

Result<CsvReader> CsvReader::open(ByteSource source, ReaderOptions options) {
    auto engine = std::make_unique<Engine>(std::move(source), std::move(options));
    LICET_TRY(engine->begin());
    return CsvReader(std::move(engine));
}

Result<const Record*> CsvReader::next() { return engine_->next(); }
CsvReader::Lines CsvReader::take_lines(std::size_t most_bytes) {
    return engine_->take_lines(most_bytes);
}
bool CsvReader::has_lines(std::size_t least_bytes) const {
    return engine_->bytes_of_lines(least_bytes * 2) >= least_bytes;
}
const Dialect& CsvReader::dialect() const { return engine_->dialect(); }
const std::vector<std::string>& CsvReader::header() const { return engine_->header(); }
std::string_view CsvReader::raw_header() const { return engine_->raw_header; }
bool CsvReader::has_header() const { return engine_->has_header; }
std::uint64_t CsvReader::blank_lines() const { return engine_->blank_lines; }
std::uint64_t CsvReader::bytes_read() const { return engine_->bytes_read(); }

}  // namespace licet::lists

// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <unordered_map>

#include "base/text.h"
#include "ledger/exchange.h"
#include "ledger/standing_code.h"
#include "store/internal/durable_file.h"
#include "store/internal/standing_form.h"
#include "store/standing_file.h"

namespace licet::store {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 20;
constexpr std::size_t kMostShapes = std::size_t{1} << 16;
// Three of four places are taken: a look-up reads 1.2 lines on the average.
constexpr std::uint64_t kEntriesPerBucket = 3;

struct FreeSum {
    void operator()(XXH3_state_t* state) const noexcept { XXH3_freeState(state); }
};

// A file that is written from front to back, with a sum over each part of it.
class Output {
  public:
    explicit Output(int file) : file_(file), sum_(XXH3_createState()) {
        buffer_.reserve(kBufferBytes);
        begin_part();
    }
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;
    ~Output() { ::close(file_); }

    void begin_part() { XXH3_64bits_reset(sum_.get()); }
    [[nodiscard]] std::uint64_t sum_of_part() const { return XXH3_64bits_digest(sum_.get()); }
    void add(const void* bytes, std::size_t size) {
        XXH3_64bits_update(sum_.get(), bytes, size);
        const auto* from = static_cast<const char*>(bytes);
        while (size > 0) {
            const std::size_t some = std::min(size, kBufferBytes - buffer_.size());
            buffer_.insert(buffer_.end(), from, from + some);
            from += some;
            size -= some;
            if (buffer_.size() == kBufferBytes) flush();
        }
    }
    void flush() {
        const char* from = buffer_.data();
        std::size_t left = buffer_.size();
        while (left > 0 && is_well_) {
            const ssize_t written = ::write(file_, from, left);
            if (written < 0 && errno == EINTR) continue;
            is_well_ = written > 0;
            if (!is_well_) break;
            from += written;
            left -= static_cast<std::size_t>(written);
        }
        buffer_.clear();
    }
    // Writes over the beginning and makes everything durable.
    [[nodiscard]] bool close_with(const StandingHeader& header) {
        flush();
        const auto size = static_cast<ssize_t>(sizeof header);
        return is_well_ && ::pwrite(file_, &header, sizeof header, 0) == size &&
               ::fsync(file_) == 0;
    }

  private:
    int file_;
    bool is_well_ = true;
    std::vector<char> buffer_;
    std::unique_ptr<XXH3_state_t, FreeSum> sum_;
};

class Writer final : public StandingFileWriter {
  public:
    Writer(std::string path, int file, ledger::TokenLayer layer)
        : path_(std::move(path)), layer_(std::move(layer)), out_(file) {
        const std::vector<char> room(kStandingHeaderBytes);
        out_.add(room.data(), room.size());
        out_.begin_part();
    }
    ~Writer() override {
        if (!is_finished_) ::unlink((path_ + ".new").c_str());
    }

    void add(const ledger::Suppression& one) override;
    void add(const ledger::Token& person, const ledger::Standing& standing) override;
    void add(Date day) override { newest_day_ = std::max(newest_day_, day); }
    Result<Done> finish(const std::string& source) override;

  private:
    [[nodiscard]] std::uint32_t day_number(Date day);
    void add_entry(const ledger::Token& stored, std::uint32_t what) {
        const StandingName name = standing_name_of(stored);
        entries_.push_back({name.high, name.low, what});
    }
    void add_own(StandingUnit unit, const ledger::StandingCode& code);
    [[nodiscard]] std::optional<std::uint32_t> number_of_shape(const ledger::StandingCode& code);
    void write_buckets();
    [[nodiscard]] std::string meta(const std::string& source) const;

    std::string path_;
    ledger::TokenLayer layer_;
    Output out_;
    StandingHeader header_;
    bool is_finished_ = false;
    bool fits_ = true;
    std::vector<StandingEntry> entries_;
    using Reach = std::pair<ledger::Scope, std::optional<Date>>;
    std::vector<Reach> reaches_;
    std::map<Reach, std::uint32_t> reach_numbers_;
    std::set<std::string, std::less<>> lists_;
    std::vector<ledger::StandingCode> shapes_;
    std::unordered_map<std::string, std::uint32_t> shape_numbers_;
    Date newest_day_{};
};

std::uint32_t Writer::day_number(Date day) {
    const auto days = day.time_since_epoch().count();
    if (days < 0 || days > static_cast<int>(kMostDay)) fits_ = false;
    return static_cast<std::uint32_t>(days) & kMostDay;
}

void Writer::add(const ledger::Suppression& one) {
    Reach reach{one.scope, one.until};
    auto place = reach_numbers_.find(reach);
    if (place == reach_numbers_.end()) {
        if (reaches_.size() == kMostReaches) {
            fits_ = false;
            return;
        }
        reaches_.push_back(reach);
        place = reach_numbers_
                    .emplace(std::move(reach), static_cast<std::uint32_t>(reaches_.size() - 1))
                    .first;
    }
    if (one.reason.starts_with(ledger::kListReason)) lists_.insert(one.reason);
    add_entry(layer_.over(one.person), kIsObjection | place->second << 16U | day_number(one.last));
}

void Writer::add(const ledger::Token& person, const ledger::Standing& standing) {
    const ledger::StandingCode code = ledger::code_of(standing);
    StandingUnit unit;
    unit.token = layer_.over(person);
    add_entry(unit.token, static_cast<std::uint32_t>(header_.units + 1));
    const auto shape = number_of_shape(code);
    if (!shape) return add_own(unit, code);
    unit.shape = *shape;
    unit.size = static_cast<std::uint32_t>(code.days.size());
    for (std::size_t i = 0; i < code.days.size(); ++i)
        unit.days[i] = static_cast<std::uint16_t>(code.days[i].time_since_epoch().count());
    out_.add(&unit, sizeof unit);
    ++header_.units;
    if (header_.units >= kIsObjection) fits_ = false;
}

// Nothing for a standing that does not fit one unit, or whose shape nobody else will have.
std::optional<std::uint32_t> Writer::number_of_shape(const ledger::StandingCode& code) {
    const auto is_small = [](Date day) {
        const auto days = day.time_since_epoch().count();
        return days >= 0 && days <= static_cast<int>(kMostDay);
    };
    if (code.days.size() > kDaysInUnit ||
        !std::all_of(code.days.begin(), code.days.end(), is_small))
        return std::nullopt;
    const auto known = shape_numbers_.find(code.shape);
    if (known != shape_numbers_.end()) return known->second;
    if (shapes_.size() == kMostShapes) return std::nullopt;
    const auto number = static_cast<std::uint32_t>(shapes_.size());
    shape_numbers_.emplace(code.shape, number);
    shapes_.push_back(code);
    return number;
}

void Writer::add_own(StandingUnit unit, const ledger::StandingCode& code) {
    unit.shape = kOwnShape;
    std::vector<std::int32_t> numbers{static_cast<std::int32_t>(code.days.size())};
    for (const Date day : code.days)
        numbers.push_back(static_cast<std::int32_t>(day.time_since_epoch().count()));
    std::string bytes(reinterpret_cast<const char*>(numbers.data()),
                      numbers.size() * sizeof(std::int32_t));
    bytes += code.shape;
    unit.size = static_cast<std::uint32_t>(bytes.size());
    const std::size_t units = (kUnitHeadBytes + bytes.size() + sizeof unit - 1) / sizeof unit;
    bytes.resize(units * sizeof unit - kUnitHeadBytes);
    out_.add(&unit, kUnitHeadBytes);
    out_.add(bytes.data(), bytes.size());
    header_.units += units;
    if (header_.units >= kIsObjection) fits_ = false;
}

void Writer::write_buckets() {
    std::sort(entries_.begin(), entries_.end());
    header_.entries = entries_.size();
    header_.homes =
        std::max<std::uint64_t>(1, (entries_.size() + kEntriesPerBucket - 1) / kEntriesPerBucket);
    constexpr std::uint64_t kWidth = std::tuple_size_v<StandingBucket>;
    std::uint64_t place = 0;
    const StandingEntry none;
    const auto fill_to = [&](std::uint64_t end) {
        for (; place < end; ++place) out_.add(&none, sizeof none);
    };
    for (const StandingEntry& entry : entries_) {
        fill_to(home_of(entry.name(), header_.homes) * kWidth);
        out_.add(&entry, sizeof entry);
        ++place;
    }
    // One bucket more, so that a reader always comes to an empty place.
    header_.buckets = std::max(header_.homes, place / kWidth + 1);
    fill_to(header_.buckets * kWidth);
}

std::string Writer::meta(const std::string& source) const {
    std::string out;
    const auto number = [&](std::int64_t value) {
        out.append(reinterpret_cast<const char*>(&value), sizeof value);
    };
    const auto text = [&](std::string_view one) {
        number(std::ssize(one));
        out += one;
    };
    text(source);
    number(newest_day_.time_since_epoch().count());
    number(std::ssize(reaches_));
    for (const auto& [scope, until] : reaches_) {
        text(scope.brand);
        text(scope.channel);
        text(scope.purpose);
        number(until ? until->time_since_epoch().count() : 0);
    }
    number(std::ssize(lists_));
    for (const std::string& list : lists_) text(list);
    number(std::ssize(shapes_));
    for (const ledger::StandingCode& shape : shapes_) {
        number(std::ssize(shape.days));
        text(shape.shape);
    }
    return out;
}

Result<Done> Writer::finish(const std::string& source) {
    if (!fits_) return error(ErrorCode::kBroken, "standings.too_many", {}, path_);
    header_.units_sum = out_.sum_of_part();
    out_.begin_part();
    write_buckets();
    header_.buckets_sum = out_.sum_of_part();
    out_.begin_part();
    const std::string rest = meta(source);
    out_.add(rest.data(), rest.size());
    header_.meta_bytes = rest.size();
    header_.meta_sum = out_.sum_of_part();
    header_.header_sum = XXH3_64bits(&header_, offsetof(StandingHeader, header_sum));
    const bool is_done = out_.close_with(header_) &&
                         std::rename((path_ + ".new").c_str(), path_.c_str()) == 0 &&
                         sync_folder_of(path_);
    if (!is_done) return error(ErrorCode::kBroken, "file.unwritable", {{"path", path_}}, path_);
    is_finished_ = true;
    return Done{};
}

}  // namespace

Result<std::unique_ptr<StandingFileWriter>> StandingFileWriter::create(const std::string& path,
                                                                       ledger::TokenLayer layer) {
    const int file = ::open((path + ".new").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    // One program at a time; the other will find what this one made.
    const bool is_ours =
        file >= 0 && ::flock(file, LOCK_EX | LOCK_NB) == 0 && ::ftruncate(file, 0) == 0;
    if (!is_ours) {
        if (file >= 0) ::close(file);
        return error(ErrorCode::kBroken, "file.unwritable", {{"path", path}}, path);
    }
    return std::unique_ptr<StandingFileWriter>(
        std::make_unique<Writer>(path, file, std::move(layer)));
}

}  // namespace licet::store

// SPDX-License-Identifier: Apache-2.0
#include "store/standing_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <utility>

#include "ledger/standing_code.h"
#include "store/internal/name_filter.h"
#include "store/internal/standing_form.h"

namespace licet::store {
namespace {

using ledger::StandingBase;

// A file, mapped as a whole for as long as this lives.
class Mapped {
  public:
    explicit Mapped(const std::string& path) {
        const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (file < 0) return;
        struct stat status {};
        if (::fstat(file, &status) == 0 && status.st_size > 0) {
            size_ = static_cast<std::size_t>(status.st_size);
            void* const at = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED | MAP_POPULATE, file, 0);
            bytes_ = at == MAP_FAILED ? nullptr : static_cast<const char*>(at);
        }
        ::close(file);
    }
    Mapped(Mapped&& other) noexcept
        : bytes_(std::exchange(other.bytes_, nullptr)), size_(other.size_) {}
    Mapped& operator=(Mapped&&) = delete;
    Mapped(const Mapped&) = delete;
    Mapped& operator=(const Mapped&) = delete;
    ~Mapped() {
        if (bytes_ != nullptr) ::munmap(const_cast<char*>(bytes_), size_);
    }
    [[nodiscard]] const char* bytes() const { return bytes_; }
    [[nodiscard]] std::size_t size() const { return bytes_ == nullptr ? 0 : size_; }

  private:
    const char* bytes_ = nullptr;
    std::size_t size_ = 0;
};

// Reads the meta; a text or number that is not there makes it unwhole.
class MetaReader {
  public:
    explicit MetaReader(std::string_view bytes) : bytes_(bytes) {}
    std::int64_t number() {
        std::int64_t value = 0;
        is_whole_ = is_whole_ && bytes_.size() >= sizeof value;
        if (!is_whole_) return 0;
        std::memcpy(&value, bytes_.data(), sizeof value);
        bytes_.remove_prefix(sizeof value);
        return value;
    }
    std::string text() {
        const auto size = static_cast<std::uint64_t>(number());
        is_whole_ = is_whole_ && size <= bytes_.size();
        if (!is_whole_) return {};
        std::string out(bytes_.substr(0, size));
        bytes_.remove_prefix(size);
        return out;
    }
    template <typename Each>
    void all(const Each& each) {
        for (std::int64_t count = number(); count > 0 && is_whole_; --count) each();
    }
    [[nodiscard]] bool is_whole() const { return is_whole_ && bytes_.empty(); }

  private:
    std::string_view bytes_;
    bool is_whole_ = true;
};

struct Shape {
    std::size_t days = 0;
    std::string text;
};
struct Meta {
    std::string source;
    Date newest_day;
    std::vector<std::pair<ledger::Scope, std::optional<Date>>> reaches;
    std::set<std::string, std::less<>> lists;
    std::vector<Shape> shapes;
};

Date date_at(std::int64_t days) { return Date{std::chrono::days{static_cast<int>(days)}}; }

std::optional<Meta> meta_of(std::string_view bytes) {
    MetaReader in(bytes);
    Meta out;
    out.source = in.text();
    out.newest_day = date_at(in.number());
    in.all([&] {
        ledger::Scope scope{in.text(), in.text(), in.text()};
        const std::int64_t until = in.number();
        out.reaches.emplace_back(std::move(scope),
                                 until == 0 ? std::optional<Date>{} : date_at(until));
    });
    in.all([&] { out.lists.insert(in.text()); });
    in.all([&] {
        const auto days = static_cast<std::size_t>(in.number());
        out.shapes.push_back({days, in.text()});
    });
    if (!in.is_whole()) return std::nullopt;
    // So that no look-up finds a shape that cannot be read.
    for (const Shape& shape : out.shapes) {
        if (shape.days > kDaysInUnit) return std::nullopt;
        const std::vector<Date> days(shape.days);
        if (!ledger::standing_of(shape.text, days)) return std::nullopt;
    }
    return out;
}

class File final : public StandingFile {
  public:
    File(Mapped mapped, const StandingHeader& header, Meta meta, ledger::TokenLayer layer)
        : mapped_(std::move(mapped)),
          header_(header),
          meta_(std::move(meta)),
          layer_(std::move(layer)) {
        const char* at = mapped_.bytes() + kStandingHeaderBytes;
        units_ = reinterpret_cast<const StandingUnit*>(at);
        buckets_ = reinterpret_cast<const StandingBucket*>(at + header.units * sizeof *units_);
    }

    void find(const ledger::Token& token, bool is_strict, StandingBase::Found& out) const override {
        const ledger::Token stored = layer_.over(token);
        const StandingName name = standing_name_of(stored);
        if (!filter_.is_empty() && !filter_.may_have(name.high)) return;
        for (const StandingBucket* bucket = buckets_ + home_of(name, header_.homes);; ++bucket)
            for (const StandingEntry& entry : *bucket) {
                if (entry.what == 0 || entry.name() > name) return;
                if (entry.name() == name) take(entry.what, {token, stored}, is_strict, out);
            }
    }
    void prefetch(const ledger::Token& token) const override {
        const StandingName name = standing_name_of(layer_.over(token));
        if (filter_.is_empty())
            __builtin_prefetch(buckets_ + home_of(name, header_.homes));
        else
            filter_.prefetch(name.high);
    }
    void expect_many() const override {
        if (!filter_.is_empty()) return;
        NameFilter filter(header_.entries);
        const std::span buckets(buckets_, header_.buckets);
        for (const StandingBucket& bucket : buckets)
            for (const StandingEntry& entry : bucket)
                if (entry.what != 0) filter.add(entry.high);
        filter_ = std::move(filter);
    }
    const std::set<std::string, std::less<>>& lists() const override { return meta_.lists; }
    std::size_t entries() const override { return header_.entries; }
    const std::string& source() const override { return meta_.source; }
    Date newest_day() const override { return meta_.newest_day; }

  private:
    struct Sought {
        const ledger::Token& token;
        const ledger::Token& stored;
    };
    void take(std::uint32_t what, const Sought& sought, bool is_strict,
              StandingBase::Found& out) const {
        if ((what & kIsObjection) != 0) {
            const auto& [scope, until] = meta_.reaches[(what & ~kIsObjection) >> 16U];
            const Date day = date_at(what & kMostDay);
            out.suppressions.push_back({sought.token, scope, "", day, day, until});
            return;
        }
        const StandingUnit& unit = units_[what - 1];
        // The whole token counts here: nobody is given what another permitted.
        if (!is_strict || unit.token != sought.stored) return;
        auto standing = unit.shape == kOwnShape ? own_of(unit) : shared_of(unit);
        LICET_ENSURE(standing.has_value());  // the sums were right, and shapes were tried
        if (out.standing)
            join(*out.standing, *standing);
        else
            out.standing = *std::move(standing);
    }
    [[nodiscard]] std::optional<ledger::Standing> shared_of(const StandingUnit& unit) const {
        const Shape& shape = meta_.shapes[unit.shape];
        std::array<Date, kDaysInUnit> days;
        for (std::size_t i = 0; i < shape.days; ++i) days[i] = date_at(unit.days[i]);
        return ledger::standing_of(shape.text, std::span(days).first(shape.days));
    }
    [[nodiscard]] static std::optional<ledger::Standing> own_of(const StandingUnit& unit) {
        const std::string_view bytes(reinterpret_cast<const char*>(&unit) + kUnitHeadBytes,
                                     unit.size);
        const auto number = [&](std::size_t place) {
            std::int32_t value = 0;
            std::memcpy(&value, bytes.data() + place * sizeof value, sizeof value);
            return value;
        };
        std::vector<Date> days(static_cast<std::size_t>(number(0)));
        for (std::size_t i = 0; i < days.size(); ++i) days[i] = date_at(number(i + 1));
        return ledger::standing_of(bytes.substr((days.size() + 1) * sizeof(std::int32_t)), days);
    }

    Mapped mapped_;
    StandingHeader header_;
    Meta meta_;
    ledger::TokenLayer layer_;
    const StandingUnit* units_;
    const StandingBucket* buckets_;
    mutable NameFilter filter_;  ///< empty until many are expected; changes no answer
};

}  // namespace

Result<std::shared_ptr<const StandingFile>> StandingFile::open(const std::string& path,
                                                               ledger::TokenLayer layer) {
    Mapped mapped(path);
    if (mapped.size() == 0) return error(ErrorCode::kMissing, "standings.missing", {}, path);
    const auto damaged = [&] { return error(ErrorCode::kBroken, "standings.damaged", {}, path); };
    StandingHeader header;
    if (mapped.size() < kStandingHeaderBytes) return damaged();
    std::memcpy(&header, mapped.bytes(), sizeof header);
    const std::string_view rest(mapped.bytes() + sizeof header,
                                kStandingHeaderBytes - sizeof header);
    const bool is_whole_header =
        header.magic == kStandingMagic && rest.find_first_not_of('\0') == rest.npos &&
        header.header_sum == XXH3_64bits(&header, offsetof(StandingHeader, header_sum));
    if (!is_whole_header) return damaged();
    const char* at = mapped.bytes() + kStandingHeaderBytes;
    const std::uint64_t units = header.units * sizeof(StandingUnit);
    const std::uint64_t buckets = header.buckets * sizeof(StandingBucket);
    const bool is_whole =
        mapped.size() == kStandingHeaderBytes + units + buckets + header.meta_bytes &&
        XXH3_64bits(at, units) == header.units_sum &&
        XXH3_64bits(at + units, buckets) == header.buckets_sum &&
        XXH3_64bits(at + units + buckets, header.meta_bytes) == header.meta_sum;
    if (!is_whole) return damaged();
    auto meta = meta_of({at + units + buckets, header.meta_bytes});
    if (!meta) return damaged();
    return std::shared_ptr<const StandingFile>(
        std::make_shared<File>(std::move(mapped), header, *std::move(meta), std::move(layer)));
}

}  // namespace licet::store

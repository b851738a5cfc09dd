// SPDX-License-Identifier: Apache-2.0
#include "lists/internal/inflate.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <memory>
#include <vector>

namespace licet::lists::internal {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kBlockBytes = std::size_t{256} << 10;

enum class Step { kMore, kStreamEnd, kBroken };

// Bytes that wait, and room to fill: each decoder moves both on.
struct Strait {
    std::string_view in;
    std::span<char> out;
};

class GzipDecoder {
  public:
    GzipDecoder() {
        constexpr int kGzipOnly = 15 + 16;
        LICET_ENSURE(inflateInit2(&stream_, kGzipOnly) == Z_OK);
    }
    ~GzipDecoder() { inflateEnd(&stream_); }
    GzipDecoder(const GzipDecoder&) = delete;
    GzipDecoder& operator=(const GzipDecoder&) = delete;

    Step step(Strait& strait) {
        // zlib does not write to its input; its type is older than const.
        stream_.next_in =
            reinterpret_cast<Bytef*>(const_cast<char*>(strait.in.data()));  // NOLINT: C interface
        stream_.avail_in = static_cast<uInt>(strait.in.size());
        stream_.next_out = reinterpret_cast<Bytef*>(strait.out.data());  // NOLINT: C interface
        stream_.avail_out = static_cast<uInt>(strait.out.size());
        const int status = inflate(&stream_, Z_NO_FLUSH);
        strait.in.remove_prefix(strait.in.size() - stream_.avail_in);
        strait.out = strait.out.last(stream_.avail_out);
        if (status == Z_STREAM_END) {
            inflateReset(&stream_);
            return Step::kStreamEnd;
        }
        return status == Z_OK || status == Z_BUF_ERROR ? Step::kMore : Step::kBroken;
    }

  private:
    z_stream stream_{};
};

class ZstdDecoder {
  public:
    Step step(Strait& strait) {
        ZSTD_inBuffer in{strait.in.data(), strait.in.size(), 0};
        ZSTD_outBuffer out{strait.out.data(), strait.out.size(), 0};
        const std::size_t status = ZSTD_decompressStream(stream_.get(), &out, &in);
        strait.in.remove_prefix(in.pos);
        strait.out = strait.out.subspan(out.pos);
        if (ZSTD_isError(status) != 0) return Step::kBroken;
        return status == 0 ? Step::kStreamEnd : Step::kMore;
    }

  private:
    struct Free {
        void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
    };
    std::unique_ptr<ZSTD_DStream, Free> stream_{ZSTD_createDStream()};
};

template <typename Decoder>
class Expander {
  public:
    Expander(ByteSource source, std::string_view format, std::string file_name,
             ExpansionLimit limit)
        : source_(std::move(source)),
          format_(format),
          file_name_(std::move(file_name)),
          limit_(limit),
          block_(kBlockBytes) {}

    Result<std::size_t> read(std::span<char> out) {
        if (out.empty()) return std::size_t{0};
        Strait strait{in_, out};
        while (strait.out.size() == out.size()) {
            if (strait.in.empty() && !is_at_end_) {
                const std::size_t count = LICET_TRY(source_(block_));
                taken_ += count;
                is_at_end_ = count == 0;
                strait.in = {block_.data(), count};
            }
            if (strait.in.empty() && is_at_end_ && !is_inside_) return std::size_t{0};
            const std::size_t held = strait.in.size();
            is_inside_ = true;
            const Step step = decoder_.step(strait);
            if (step == Step::kStreamEnd) is_inside_ = false;
            const bool is_stuck = step == Step::kMore && strait.in.size() == held &&
                                  strait.out.size() == out.size() && is_at_end_;
            if (step == Step::kBroken || is_stuck)
                return error(ErrorCode::kInput, "packed.corrupt",
                             {{"format", std::string(format_)}}, file_name_);
        }
        in_ = strait.in;
        const std::size_t count = out.size() - strait.out.size();
        given_ += count;
        LICET_TRY(limit_.check(taken_, given_, file_name_));
        return count;
    }

  private:
    ByteSource source_;
    std::string_view format_;
    std::string file_name_;
    ExpansionLimit limit_;
    Decoder decoder_;
    std::vector<char> block_;
    std::string_view in_;  // of block_
    std::uint64_t taken_ = 0;
    std::uint64_t given_ = 0;
    bool is_at_end_ = false;
    bool is_inside_ = true;  // a stream has begun and not ended; an empty file is none
};

template <typename Decoder>
ByteSource expanded_by(ByteSource source, std::string_view format, std::string file_name,
                       ExpansionLimit limit) {
    auto expander =
        std::make_shared<Expander<Decoder>>(std::move(source), format, std::move(file_name), limit);
    return [expander](std::span<char> out) { return expander->read(out); };
}

}  // namespace

Result<Done> ExpansionLimit::check(std::uint64_t taken, std::uint64_t given,
                                   const std::string& where) const {
    const bool is_steep = given > free_bytes && given / largest_ratio > taken;
    if (given <= largest_bytes && !is_steep) return Done{};
    return error(
        ErrorCode::kInput, "packed.bomb",
        {{"ratio", std::to_string(largest_ratio)}, {"size", std::to_string(largest_bytes >> 30)}},
        where);
}

std::optional<Packing> packing_of(std::string_view block) {
    if (block.starts_with("\x1F\x8B"sv)) return Packing::kGzip;
    if (block.starts_with("\x28\xB5\x2F\xFD"sv)) return Packing::kZstd;
    return std::nullopt;
}

ByteSource expanded(ByteSource source, Packing packing, std::string file_name,
                    ExpansionLimit limit) {
    switch (packing) {
        case Packing::kGzip:
            return expanded_by<GzipDecoder>(std::move(source), "gzip", std::move(file_name), limit);
        case Packing::kZstd:
            return expanded_by<ZstdDecoder>(std::move(source), "zstd", std::move(file_name), limit);
    }
    return source;
}

ByteSource preceded(std::string prefix, ByteSource source) {
    return [prefix = std::move(prefix), place = std::size_t{0},
            source = std::move(source)](std::span<char> out) mutable -> Result<std::size_t> {
        const std::size_t count = std::min(prefix.size() - place, out.size());
        if (count == 0) return source(out);
        std::copy_n(prefix.begin() + static_cast<std::ptrdiff_t>(place), count, out.begin());
        place += count;
        return count;
    };
}

Result<std::string> read_up_to(const ByteSource& source, std::size_t size) {
    std::string out(size, '\0');
    std::size_t filled = 0;
    while (filled < size) {
        const std::size_t count = LICET_TRY(source(std::span(out).subspan(filled)));
        if (count == 0) break;
        filled += count;
    }
    out.resize(filled);
    return out;
}

}  // namespace licet::lists::internal

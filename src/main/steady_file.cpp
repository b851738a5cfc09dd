// SPDX-License-Identifier: Apache-2.0
#include "main/steady_file.h"

namespace licet {

Result<SteadyFile> SteadyFile::open(const std::string& path) {
    auto reader = LICET_TRY(ByteReader::open(path));
    return SteadyFile(path, std::move(reader));
}

Result<lists::ByteSource> SteadyFile::again() {
    if (is_file()) {
        const std::shared_ptr<ByteReader> reader = LICET_TRY(ByteReader::open(path_));
        return lists::ByteSource([reader](std::span<char> out) { return reader->read(out); });
    }
    if (!kept_) {
        kept_ = LICET_TRY(ScratchFile::create());
        LICET_TRY(
            reader_->read_to_end([&](std::string_view piece) { return kept_->write(piece); }));
    }
    return lists::ByteSource([kept = kept_, place = std::uint64_t{0}](
                                 std::span<char> out) mutable -> Result<std::size_t> {
        const std::size_t count = LICET_TRY(kept->read(place, out));
        place += count;
        return count;
    });
}

}  // namespace licet

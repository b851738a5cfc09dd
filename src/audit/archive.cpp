// SPDX-License-Identifier: Apache-2.0
#include "audit/archive.h"

#include <zip.h>

#include <algorithm>
#include <memory>
#include <vector>

namespace licet::audit {
namespace {

// MS-DOS date and time, as ZIP has them: 1980-01-01, midnight.
constexpr zip_uint16_t kDosDate = (1U << 5U) | 1U;
constexpr zip_uint16_t kDosTime = 0;
constexpr zip_uint32_t kReadableByOwner = 0100600U << 16U;

Error unwritable() { return error(ErrorCode::kBroken, "archive.unwritable"); }

struct Discard {
    void operator()(zip_t* zip) const { zip_discard(zip); }
};
struct Free {
    void operator()(zip_source_t* source) const { zip_source_free(source); }
};
using Zip = std::unique_ptr<zip_t, Discard>;
using Source = std::unique_ptr<zip_source_t, Free>;

Result<Done> add(zip_t* zip, const ArchiveFile& file) {
    Source source(zip_source_buffer(zip, file.bytes.data(), file.bytes.size(), 0));
    if (!source) return unwritable();
    const zip_int64_t index = zip_file_add(zip, file.path.c_str(), source.get(), ZIP_FL_ENC_UTF_8);
    if (index < 0) return unwritable();
    std::ignore = source.release();  // the archive owns it now
    const auto place = static_cast<zip_uint64_t>(index);
    const bool is_set =
        zip_set_file_compression(zip, place, ZIP_CM_STORE, 0) == 0 &&
        zip_file_set_dostime(zip, place, kDosTime, kDosDate, 0) == 0 &&
        zip_file_set_external_attributes(zip, place, 0, ZIP_OPSYS_UNIX, kReadableByOwner) == 0;
    if (!is_set) return unwritable();
    return Done{};
}

Result<std::string> bytes_of(zip_source_t* source) {
    if (zip_source_open(source) != 0) return unwritable();
    zip_source_seek(source, 0, SEEK_END);
    const zip_int64_t size = zip_source_tell(source);
    zip_source_seek(source, 0, SEEK_SET);
    std::string out(static_cast<std::size_t>(std::max<zip_int64_t>(size, 0)), '\0');
    const bool is_read = size > 0 && zip_source_read(source, out.data(), out.size()) == size;
    zip_source_close(source);
    if (!is_read) return unwritable();
    return out;
}

}  // namespace

Result<std::string> zip_of(std::span<const ArchiveFile> files) {
    std::vector<const ArchiveFile*> sorted;
    for (const ArchiveFile& file : files) sorted.push_back(&file);
    std::sort(sorted.begin(), sorted.end(),
              [](const auto* a, const auto* b) { return a->path < b->path; });
    zip_error_t fault;
    zip_error_init(&fault);
    const Source source(zip_source_buffer_create(nullptr, 0, 0, &fault));
    if (!source) return unwritable();
    Zip zip(zip_open_from_source(source.get(), ZIP_TRUNCATE, &fault));
    if (!zip) return unwritable();
    zip_source_keep(source.get());  // the archive lets go of its share when it closes
    for (const ArchiveFile* file : sorted) LICET_TRY(add(zip.get(), *file));
    if (zip_close(zip.get()) != 0) return unwritable();
    std::ignore = zip.release();
    return bytes_of(source.get());
}

}  // namespace licet::audit

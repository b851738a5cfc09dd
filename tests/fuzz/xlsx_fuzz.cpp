// SPDX-License-Identifier: Apache-2.0
//
// Fuzzes the reader of workbooks: the input is a sheet, its shared strings and its styles, put into
// an archive here, so that the fuzzer need not learn checksums; any bytes give the same rows or the
// same error in pieces of any size. What begins like an archive is also read as one.
#include <zip.h>

#include <cstdint>
#include <cstdlib>

#include "list_digest.h"

namespace licet::lists {
namespace {

constexpr const char* kRootRelations =
    R"(<R><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></R>)";
constexpr const char* kWorkbook =
    R"(<w><sheets><sheet name="S" r:id="a" xmlns:r="r"/></sheets></w>)";
constexpr const char* kRelations = R"(<R><Relationship Id="a" Type="x/worksheet" Target="s.xml"/>)"
                                   R"(<Relationship Id="b" Type="x/sharedStrings" Target="t.xml"/>)"
                                   R"(<Relationship Id="c" Type="x/styles" Target="f.xml"/></R>)";

void add(zip_t* archive, const char* name, std::string_view text) {
    zip_source_t* source = zip_source_buffer(archive, text.data(), text.size(), 0);
    const zip_int64_t place = zip_file_add(archive, name, source, 0);
    LICET_ENSURE(place >= 0);
    zip_set_file_compression(archive, static_cast<zip_uint64_t>(place), ZIP_CM_STORE, 0);
}

// Parts are divided by a byte that XML does not have.
std::string archive_of(std::string_view parts) {
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, nullptr);
    zip_source_keep(target);
    zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, nullptr);
    LICET_ENSURE(archive != nullptr);
    add(archive, "_rels/.rels", kRootRelations);
    add(archive, "xl/workbook.xml", kWorkbook);
    add(archive, "xl/_rels/workbook.xml.rels", kRelations);
    for (const char* name : {"xl/s.xml", "xl/t.xml", "xl/f.xml"}) {
        const std::size_t end = std::min(parts.find('\x01'), parts.size());
        add(archive, name, parts.substr(0, end));
        parts.remove_prefix(std::min(end + 1, parts.size()));
    }
    LICET_ENSURE(zip_close(archive) == 0);
    LICET_ENSURE(zip_source_open(target) == 0);
    std::string bytes;
    char block[4096];
    for (zip_int64_t count = 1; count > 0;) {
        count = zip_source_read(target, block, sizeof block);
        if (count > 0) bytes.append(block, static_cast<std::size_t>(count));
    }
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
}

}  // namespace
}  // namespace licet::lists

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string input(data, data + size);
    const bool is_archive = input.starts_with("PK");
    const std::string bytes = is_archive ? input : licet::lists::archive_of(input);
    LICET_ENSURE(licet::lists::digest_of(bytes, 61) == licet::lists::digest_of(bytes, 1 << 16));
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
#include "audit/signed_archive.h"

#include <array>
#include <cstdio>
#include <cstring>

#include "base/text.h"

namespace licet::audit {
namespace {

constexpr std::size_t kTarBlock = 512;
constexpr std::size_t kMostPathBytes = 99;
// 1980-01-01T00:00Z: that of no clock, and old enough for nobody to take it for one.
constexpr unsigned long long kTarTime = 315'532'800;

// Places of the header's fields: POSIX.1-1988 (ustar).
struct TarField {
    std::size_t at;
    std::size_t size;
};
constexpr TarField kTarName{0, 100};
constexpr TarField kTarMode{100, 8};
constexpr TarField kTarOwner{108, 8};
constexpr TarField kTarGroup{116, 8};
constexpr TarField kTarSize{124, 12};
constexpr TarField kTarMoment{136, 12};
constexpr TarField kTarChecksum{148, 8};
constexpr std::size_t kTarType = 156;
constexpr std::size_t kTarMagic = 257;

using TarHeader = std::array<char, kTarBlock>;

void put_octal(TarHeader& header, TarField field, unsigned long long value) {
    std::array<char, 32> digits{};
    std::snprintf(digits.data(), digits.size(), "%0*llo", static_cast<int>(field.size - 1), value);
    std::memcpy(header.data() + field.at, digits.data(), field.size - 1);
}

TarHeader tar_header(const std::string& path, std::uint64_t size_bytes) {
    constexpr unsigned long long kForItsOwner = 0600;
    TarHeader header{};
    std::memcpy(header.data() + kTarName.at, path.data(), path.size());
    put_octal(header, kTarMode, kForItsOwner);
    put_octal(header, kTarOwner, 0);
    put_octal(header, kTarGroup, 0);
    put_octal(header, kTarSize, size_bytes);
    put_octal(header, kTarMoment, kTarTime);
    header[kTarType] = '0';
    constexpr std::string_view kMagic("ustar\00000", 8);
    std::memcpy(header.data() + kTarMagic, kMagic.data(), kMagic.size());
    // The checksum is that of the header with blanks in its place.
    std::memset(header.data() + kTarChecksum.at, ' ', kTarChecksum.size);
    unsigned long long sum = 0;
    for (const char c : header) sum += static_cast<unsigned char>(c);
    put_octal(header, {kTarChecksum.at, kTarChecksum.size - 1}, sum);
    header[kTarChecksum.at + kTarChecksum.size - 2] = '\0';
    return header;
}

}  // namespace

Result<Done> SignedArchive::write(std::string_view bytes) {
    whole_.add(bytes);
    size_ += bytes.size();
    return sink_(bytes);
}

Result<Done> SignedArchive::begin_file(const std::string& path, std::uint64_t size_bytes) {
    const std::string whole = std::string(kArchiveFolder) + path;
    // Files of a workspace are named by its owner.
    if (whole.size() > kMostPathBytes)
        return error(ErrorCode::kInput, "archive.path_too_long",
                     {{"most", std::to_string(kMostPathBytes - kArchiveFolder.size())}}, path);
    const TarHeader header = tar_header(whole, size_bytes);
    files_.push_back({path, size_bytes});
    return write({header.data(), header.size()});
}

Result<Done> SignedArchive::end_file(std::uint64_t size_bytes) {
    const std::size_t over = size_bytes % kTarBlock;
    return over == 0 ? Result<Done>(Done{}) : write(std::string(kTarBlock - over, '\0'));
}

Result<Done> SignedArchive::write_file(const std::string& path, std::string_view bytes) {
    LICET_TRY(begin_file(path, bytes.size()));
    LICET_TRY(write(bytes));
    return end_file(bytes.size());
}

Result<Done> SignedArchive::add_stream(const std::string& path, std::uint64_t size_bytes,
                                       const ReadBlock& read) {
    constexpr std::size_t kBlockBytes = 1'000'000;
    LICET_TRY(begin_file(path, size_bytes));
    Hasher hasher;
    std::string block(kBlockBytes, '\0');
    std::uint64_t met = 0;
    while (true) {
        const std::size_t size = LICET_TRY(read(block));
        if (size == 0) break;
        met += size;
        if (met > size_bytes) break;
        const std::string_view bytes(block.data(), size);
        hasher.add(bytes);
        LICET_TRY(write(bytes));
    }
    if (met != size_bytes) return error(ErrorCode::kChanged, "archive.size_changed");
    sums_ += hex_of(hasher.digest()) + "  " + path + "\n";
    return end_file(size_bytes);
}

Result<Done> SignedArchive::add(const std::string& path, std::string_view bytes) {
    LICET_TRY(write_file(path, bytes));
    sums_ += hex_of(sha256(bytes)) + "  " + path + "\n";
    return Done{};
}

Result<Done> SignedArchive::finish(const Sign& sign) {
    const std::string signature = LICET_TRY(sign(sums_));
    const auto raw = bytes_of_hex(signature).value_or(std::vector<std::uint8_t>{});
    LICET_TRY(write_file("SHA256SUMS", sums_));
    LICET_TRY(write_file("SHA256SUMS.sig", std::string(raw.begin(), raw.end())));
    return write(std::string(2 * kTarBlock, '\0'));
}

std::string SignedArchive::digest() { return hex_of(whole_.digest()); }

}  // namespace licet::audit

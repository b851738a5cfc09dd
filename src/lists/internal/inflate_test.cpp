// SPDX-License-Identifier: Apache-2.0
// Goal: a packed list is the list that was packed, and one that is cut, damaged or a bomb says so.
// Method: texts packed by the libraries themselves, read in pieces of a few bytes, cut at each
// place.
#include "lists/internal/inflate.h"

#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include "lists/internal/test_texts.h"
#include "lists/list_source.h"

namespace licet::lists::internal {
namespace {

constexpr const char* kList = "nom;email\nLéa;lea@courrier.example\nZoé;zoe@courrier.example\n";

std::string gzipped(std::string text) {
    z_stream stream{};
    EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    std::string out(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(text.data());
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string zstandard(const std::string& text) {
    std::string out(ZSTD_compressBound(text.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
    return out;
}

Result<std::string> read_all(const ByteSource& source) {
    return read_up_to(source, std::size_t{1} << 20);
}

Result<std::string> expand(const std::string& packed, ExpansionLimit limit = {}) {
    const auto packing = packing_of(packed);
    if (!packing) return error(ErrorCode::kInput, "none");
    return read_all(expanded(test::source_of(packed, 5), *packing, "liste", limit));
}

TEST(Inflate, GivesWhatWasPacked) {
    for (const std::string& packed : {gzipped(kList), zstandard(kList)})
        EXPECT_EQ(expand(packed).value(), kList);
}

TEST(Inflate, StreamsOneAfterTheOtherAreOneText) {
    EXPECT_EQ(expand(gzipped("a;b\n") + gzipped("1;2\n")).value(), "a;b\n1;2\n");
    EXPECT_EQ(expand(zstandard("a;b\n") + zstandard("1;2\n")).value(), "a;b\n1;2\n");
}

TEST(Inflate, AStreamCutAnywhereIsAnError) {
    for (const std::string& packed : {gzipped(kList), zstandard(kList)}) {
        for (std::size_t size = 4; size < packed.size(); ++size) {
            const auto text = expand(packed.substr(0, size));
            ASSERT_FALSE(text.has_value()) << size;
            EXPECT_EQ(text.error().message.id, "packed.corrupt");
            EXPECT_EQ(text.error().where, "liste");
            test::expect_worded(text.error().message);
        }
    }
}

TEST(Inflate, WhatFollowsTheLastStreamIsAnError) {
    for (const std::string& packed : {gzipped(kList), zstandard(kList)})
        EXPECT_EQ(expand(packed + "x;y\n").error().message.id, "packed.corrupt");
}

TEST(Inflate, ADamagedByteOfGzipIsAnError) {
    std::string packed = gzipped(kList);
    packed[packed.size() - 6] ^= 1;  // of the checksum
    EXPECT_EQ(expand(packed).error().message.id, "packed.corrupt");
}

TEST(Inflate, ABombIsRefusedByRatioAndBySize) {
    const std::string zeros(std::size_t{1} << 19, '0');
    for (const std::string& packed : {gzipped(zeros), zstandard(zeros)}) {
        EXPECT_TRUE(expand(packed).has_value());
        const auto by_ratio = expand(packed, {std::uint64_t{1} << 40, 20, 1000});
        EXPECT_EQ(by_ratio.error().message.id, "packed.bomb");
        test::expect_worded(by_ratio.error().message);
        EXPECT_EQ(expand(packed, {1000, 1'000'000, 0}).error().message.id, "packed.bomb");
    }
}

TEST(Inflate, AListIsFoundInItsPackingAndAPackingInAPackingIsNone) {
    const auto header_of = [](std::string bytes) -> Result<std::string> {
        ListSource list = LICET_TRY(open_list(test::source_of(std::move(bytes), 7), "liste"));
        CsvReader reader =
            LICET_TRY(CsvReader::open(std::move(list.bytes), std::move(list.options)));
        return reader.header().back();
    };
    EXPECT_EQ(header_of(kList).value(), "email");
    EXPECT_EQ(header_of(gzipped(kList)).value(), "email");
    EXPECT_EQ(header_of(zstandard(kList)).value(), "email");
    EXPECT_EQ(header_of(gzipped(gzipped(kList))).error().message.id, "csv.binary");
}

}  // namespace
}  // namespace licet::lists::internal

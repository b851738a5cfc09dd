// SPDX-License-Identifier: Apache-2.0
//
// Goal: bytes put into a part stand there when it is read; nothing else of the part has changed.
// Method: each encoding with the ends that break it, then random contents at random places.
#include "mail/transfer.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/base64.h"
#include "mail/splice.h"

namespace licet::mail {
namespace {

std::string with(std::string_view raw, Encoding encoding, std::size_t place,
                 std::string_view what) {
    const auto edit = raw_insertion(raw, encoding, {place, what, " ", "\r\n"});
    return edit ? spliced(raw, {*edit}) : "error";
}

TEST(Transfer, QuotedPrintableIsReadAsReadersDo) {
    EXPECT_EQ(decoded("caf=C3=A9 =\r\nnoir=3D=\n!", Encoding::kQuotedPrintable),
              "caf\xC3\xA9 noir=!");
    EXPECT_EQ(decoded("100 =% sure=", Encoding::kQuotedPrintable), "100 =% sure");
    EXPECT_EQ(decoded("soft=  \r\nbreak", Encoding::kQuotedPrintable), "softbreak");
}

TEST(Transfer, Base64IsReadAsReadersDo) {
    EXPECT_EQ(decoded("SGVs\r\nbG8=\r\n", Encoding::kBase64), "Hello");
    EXPECT_EQ(decoded("SG*Vsb G8", Encoding::kBase64), "Hello");
    EXPECT_EQ(decoded("", Encoding::kBase64), "");
}

TEST(Transfer, AnInsertionIsWrittenAsThePartIs) {
    const std::string quoted = with("a=\r\nb", Encoding::kQuotedPrintable, 1, "\xC3\xA9");
    EXPECT_EQ(decoded(quoted, Encoding::kQuotedPrintable),
              "a\xC3\xA9"
              "b");
    const std::string plain = with("one\r\ntwo\r\n", Encoding::kPlain, 5, "1\n2\n");
    EXPECT_EQ(plain, "one\r\n1\r\n2\r\ntwo\r\n");
}

TEST(Transfer, APlaceBehindThePartIsRefused) {
    for (const Encoding encoding :
         {Encoding::kPlain, Encoding::kQuotedPrintable, Encoding::kBase64}) {
        const auto edit = raw_insertion("YQ==", encoding, {9, "x", " ", "\n"});
        ASSERT_FALSE(edit);
        EXPECT_EQ(edit.error().message.id, "mail.place");
    }
}

TEST(Transfer, LinesStayWithinTheLimitOfTheEncodings) {
    const std::string long_text(500, 'x');
    for (const Encoding encoding : {Encoding::kQuotedPrintable, Encoding::kBase64}) {
        const std::string raw = with("", encoding, 0, long_text);
        std::size_t begin = 0;
        while (begin < raw.size()) {
            const std::size_t end = std::min(raw.find("\r\n", begin), raw.size());
            EXPECT_LE(end - begin, 76U);
            begin = end + 2;
        }
    }
}

TEST(Transfer, WhatACharsetLacksIsSaidOtherwise) {
    EXPECT_EQ(in_charset("d\u00E9j\u00E0 \u20AC", "iso-8859-1", Fallback::kEntities),
              "d\xE9j\xE0 &#8364;");
    EXPECT_EQ(in_charset("d\u00E9j\u00E0 \u00AB\u00A0a\u00A0\u00BB", "us-ascii", Fallback::kAscii),
              "deja \" a \"");
    EXPECT_EQ(in_charset("x", "utf-16", Fallback::kAscii), std::nullopt);
    EXPECT_EQ(in_charset("x", "iso-2022-jp", Fallback::kAscii), std::nullopt);
    EXPECT_EQ(in_charset("x", "no-such-charset", Fallback::kAscii), std::nullopt);
}

TEST(Transfer, EveryCharsetBecomesUtf8) {
    EXPECT_EQ(utf8_of("d\xE9j\xE0", "ISO-8859-1"), "d\u00E9j\u00E0");
    EXPECT_EQ(utf8_of("\x80", "no-such"), "\u20AC");
    EXPECT_EQ(utf8_of(std::string("a\0b", 3), "utf-8"), "ab");
    EXPECT_EQ(utf8_of("a\xFF", "utf-8"), "a\uFFFD");
}

// The law of the splice, for each encoding: read again, the part is what it was with the new bytes
// in their place, and padding perhaps; outside the edit the raw bytes are the same.
TEST(Transfer, AnyInsertionIsReadWhereItWasPutAndChangesNothingElse) {
    EXPECT_TRUE(rc::check([](const std::string& content, const std::string& what) {
        const auto encoding = *rc::gen::element(Encoding::kQuotedPrintable, Encoding::kBase64);
        std::string plain;
        for (const char c : content) plain += c == '\r' || c == '\0' ? 'r' : c;
        std::string added = "[";
        for (const char c : what) added += c == '\r' || c == '\n' || c == '\0' ? 'n' : c;
        added += "]";
        const auto made = raw_insertion("", encoding, {0, plain, " ", "\n"});
        RC_ASSERT(made.has_value());
        const std::string raw = made->bytes;
        RC_ASSERT(decoded(raw, encoding) == plain);
        const std::size_t place = *rc::gen::inRange<std::size_t>(0, plain.size() + 1);
        const auto edit = raw_insertion(raw, encoding, {place, added, " ", "\n"});
        RC_ASSERT(edit.has_value());
        const std::string out = decoded(spliced(raw, {*edit}), encoding);
        RC_ASSERT(out.substr(0, place) == plain.substr(0, place));
        RC_ASSERT(out.substr(place, added.size()) == added);
        std::string rest = out.substr(place + added.size());
        while (rest.size() > plain.size() - place && rest.front() == ' ') rest.erase(0, 1);
        RC_ASSERT(rest == plain.substr(place));
        RC_ASSERT(edit->end - edit->begin <= 8U);
    }));
}

}  // namespace
}  // namespace licet::mail

// SPDX-License-Identifier: Apache-2.0
// Goal: the words that everybody uses mean what they say.
// Method: small examples, with the awkward ones first.
#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <vector>

#include "base/date.h"
#include "base/digest.h"
#include "base/display_width.h"
#include "base/json.h"
#include "base/number.h"
#include "base/personal.h"
#include "base/text.h"
#include "base/toml.h"
#include "base/utc.h"

namespace licet {
namespace {

using namespace std::chrono_literals;

TEST(Date, RefusesDaysThatNoCalendarHas) {
    EXPECT_EQ(parse_date("2026-02-29").error().message.id, "date.no_such_day");
    EXPECT_EQ(parse_date("31/02/2026").error().message.id, "date.form");
    EXPECT_FALSE(parse_date("-000-01-01").has_value());
    EXPECT_EQ(text_of(parse_date("2024-02-29").value()), "2024-02-29");
}

TEST(Date, MonthsKeepTheDayNumberOrEndOnTheLastDay) {
    EXPECT_EQ(plus_months(Date{2024y / 2 / 29}, 36), Date{2027y / 2 / 28});
    EXPECT_EQ(plus_months(Date{2026y / 1 / 31}, 1), Date{2026y / 2 / 28});
    EXPECT_EQ(plus_months(Date{2026y / 3 / 31}, -1), Date{2026y / 2 / 28});
}

TEST(Date, AMomentKeepsItsClockAndABareDayHasNone) {
    const Moment moment = parse_moment("2026-11-23T11:05+01:00").value();
    EXPECT_EQ(text_of(moment), "2026-11-23T11:05+01:00");
    EXPECT_EQ(utc_minutes(moment), utc_minutes(parse_moment("2026-11-23T10:05:59Z").value()));
    EXPECT_FALSE(parse_moment("2026-11-23").value().clock.has_value());
    EXPECT_FALSE(parse_moment("2026-11-23T25:00+01:00").has_value());
    EXPECT_FALSE(parse_moment("2026-11-23T11:05").has_value());
}

TEST(Date, EasterFallsWhereTheTablesSay) {
    EXPECT_EQ(easter(2026), Date{2026y / 4 / 5});
    EXPECT_EQ(easter(2038), Date{2038y / 4 / 25});
    EXPECT_EQ(easter(1818), Date{1818y / 3 / 22});
}

TEST(Date, IsWordedInBothLanguages) {
    EXPECT_EQ(worded(Date{2026y / 8 / 1}, Language::kFrench), "1er août 2026");
    EXPECT_EQ(worded(Date{2026y / 8 / 11}, Language::kEnglish), "11 August 2026");
}

TEST(Text, FindsTheFirstByteThatIsNoUtf8) {
    EXPECT_FALSE(first_invalid_utf8("Élodie €").has_value());
    EXPECT_EQ(first_invalid_utf8("ab\xE9"), 2U);
    EXPECT_EQ(first_invalid_utf8("\xC0\x80"), 0U);          // overlong
    EXPECT_EQ(first_invalid_utf8("a\xED\xA0\x80"), 1U);     // surrogate
    EXPECT_EQ(first_invalid_utf8("\xF4\x90\x80\x80"), 0U);  // beyond Unicode
}

TEST(Text, ReadsWindows1252AndUtf16) {
    EXPECT_EQ(utf8_from_windows_1252("\xC9lodie \x80 \x9C"), "Élodie € œ");
    EXPECT_EQ(utf8_from_windows_1252("\x81"), "\uFFFD");
    EXPECT_EQ(utf8_from_utf16(std::string_view("\xC9\0a\0", 4), false), "Éa");
    EXPECT_EQ(utf8_from_utf16(std::string_view("\xD8\x3D\xDE\x00", 4), true), "😀");
}

TEST(Text, FoldsWhatPeopleCallTheirColumns) {
    EXPECT_EQ(folded("N° de tél."), "ndetel");
    EXPECT_EQ(folded("Adresse e-mail"), "adresseemail");
    EXPECT_EQ(folded("PRÉNOM"), "prenom");
    EXPECT_EQ(folded("Straße"), "strasse");
}

TEST(Text, SuggestsTheNearestName) {
    const std::vector<std::string> names = {"consent", "channel", "country"};
    EXPECT_EQ(nearest("chanel", names), "channel");
    EXPECT_EQ(nearest("zzzzzzzz", names), "");
}

TEST(Personal, ShowsAHintAndNoMore) {
    EXPECT_EQ(masked("camille.durand@example.com"), "c…@e….com");
    EXPECT_EQ(masked("06 12 34 56 78"), "06…78");
    EXPECT_EQ(masked("a@b@c"), "a…@c…");
    EXPECT_EQ(masked("Élodie"), "É…");
    EXPECT_EQ(masked(""), "");
}

TEST(Message, NamesAMissingArgumentInsteadOfLeavingABlank) {
    const Catalogue french(Language::kFrench, {{"a", "{n} lignes sur {total}"}});
    EXPECT_EQ(french("a", {{"n", "3"}}), "3 lignes sur {total}");
    EXPECT_EQ(french("b", {{"n", "3"}}), "[b n=3]");
}

TEST(Toml, FlattensAndSaysWhere) {
    const TomlFile file =
        parse_toml("[sender]\nkind = \"company\"\ntags = [\"a\", \"b\"]\nyes = true\n", "c.toml")
            .value();
    EXPECT_EQ(file.text("sender.kind"), "company");
    EXPECT_EQ(file.items("sender.tags"), (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(file.text("sender.yes"), "yes");
    EXPECT_EQ(file.where("sender.kind"), "c.toml:2:8");
    const auto problems = file.unknown_names({"sender.kin", "sender.tags", "sender.yes"});
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].message.id, "toml.unknown_near");
    EXPECT_EQ(parse_toml("a = ", "c.toml").error().where, "c.toml:1:5");
}

TEST(Json, SaysWhereTheFaultIs) {
    EXPECT_TRUE(parse_json("{\"a\": [1, 2]} ").has_value());
    EXPECT_EQ(parse_json("{\"a\" 1}").error().message.id, "json.syntax");
    EXPECT_FALSE(parse_json("{} x").has_value());
    EXPECT_FALSE(parse_json("").has_value());
}

TEST(DisplayWidth, CountsColumnsAndNotBytesOrCharacters) {
    EXPECT_EQ(display_width(""), 0U);
    EXPECT_EQ(display_width("été –"), 5U);
    EXPECT_EQ(display_width("e\xCC\x81t"), 2U);  // the accent is a character of its own
    EXPECT_EQ(display_width("日本"), 4U);
    EXPECT_EQ(display_width("한글"), 4U);
    EXPECT_EQ(display_width("\xF0\x9F\x93\xA7"), 2U);  // an envelope
    EXPECT_EQ(display_width("a\xE2\x80\x8B"
                            "b"),
              2U);  // a space without width
    EXPECT_EQ(display_width("✓"), 1U);
    EXPECT_EQ(display_width("\xFF\xC3"), 2U);  // bytes that begin no character
}

TEST(Utc, SecondsAreWrittenAsADayAndAClock) {
    EXPECT_EQ(utc_text(0), "1970-01-01T00:00:00Z");
    EXPECT_EQ(utc_text(1'772'445'605), "2026-03-02T10:00:05Z");
    EXPECT_EQ(utc_text(-1), "1969-12-31T23:59:59Z");
    EXPECT_EQ(text_of(utc_day(-1)), "1969-12-31");
    EXPECT_EQ(text_of(utc_day(86'400)), "1970-01-02");
}

TEST(Number, NumbersAreWordedInTheReadersWay) {
    EXPECT_EQ(worded(std::uint64_t{0}, Language::kFrench), "0");
    EXPECT_EQ(worded(std::uint64_t{1'234'567}, Language::kFrench), "1\u202F234\u202F567");
    EXPECT_EQ(worded(std::uint64_t{999}, Language::kEnglish), "999");
    EXPECT_EQ(worded(std::uint64_t{1'000}, Language::kEnglish), "1,000");
}

TEST(Number, EurosStandWhereTheReaderLooksForThem) {
    EXPECT_EQ(worded_euros(525'000, Language::kFrench), "525\u202F000\u202F€");
    EXPECT_EQ(worded_euros(525'000, Language::kEnglish), "€525,000");
    EXPECT_EQ(worded_euros(-1, Language::kEnglish), "-€1");
    EXPECT_EQ(worded_euros(std::numeric_limits<std::int64_t>::min(), Language::kEnglish),
              "-€9,223,372,036,854,775,808");
}

TEST(Number, AShareIsNeverRoundedToAllOrNothing) {
    EXPECT_EQ(worded_share(1, 1'000'000, Language::kEnglish), "0.1%");
    EXPECT_EQ(worded_share(999'999, 1'000'000, Language::kEnglish), "99.9%");
    EXPECT_EQ(worded_share(5, 5, Language::kFrench), "100\u202F%");
    EXPECT_EQ(worded_share(0, 0, Language::kFrench), "0\u202F%");
}

// The example of RFC 8785, 3.2.3, with its names out of all of Unicode.
TEST(Canonical, NamesStandInTheOrderOfTheirUtf16) {
    const auto value = parse_json(
        "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,"
        "\"\\u00f6\":7}");
    EXPECT_EQ(canonical(value.value()),
              "{\"\\r\":2,\"1\":4,\"\xC2\x80\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\uFB33\":3}");
    EXPECT_EQ(canonical(parse_json(R"( { "b" : [ 1, null, true ], "a" : {} } )").value()),
              R"({"a":{},"b":[1,null,true]})");
    EXPECT_EQ(canonical(parse_json(R"("\u000f\u001F\b\/\"\\")").value()),
              R"("\u000f\u001f\b/\"\\")");
}

TEST(Digest, OfShortTextsIsTheSameInOneStep) {
    std::string text;
    for (std::size_t size = 0; size <= ShortHasher::kMostBytes; ++size) {
        ShortHasher hasher(size);
        std::copy(text.begin(), text.end(), hasher.text().begin());
        Digest digest;
        hasher.digest_to(digest);
        EXPECT_EQ(digest, sha256(text)) << size;
        text += static_cast<char>('a' + size % 26);
    }
    // FIPS 180-4, the example "abc".
    EXPECT_EQ(hex_of(sha256("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

// RFC 4231, test case 1: its answer is the key under which the second text is hashed, by the
// definition of RFC 2104.
TEST(Digest, UnderAKeyIsThatOfTheSpecification) {
    const std::vector<std::uint8_t> secret(20, 0x0B);
    const KeyedHasher keyed(secret, "Hi There");
    const auto key =
        bytes_of_hex("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7").value();
    std::array<std::uint8_t, 64> inner{};
    std::copy(key.begin(), key.end(), inner.begin());
    std::array<std::uint8_t, 64> outer = inner;
    for (std::uint8_t& byte : inner) byte ^= 0x36U;
    for (std::uint8_t& byte : outer) byte ^= 0x5CU;
    const std::vector<std::uint8_t> text{'a', 'b', 'c'};
    EXPECT_EQ(keyed.digest(text),
              Hasher().add(outer).add(Hasher().add(inner).add(text).digest()).digest());
}

}  // namespace
}  // namespace licet

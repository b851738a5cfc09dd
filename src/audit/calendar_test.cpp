// SPDX-License-Identifier: Apache-2.0
// Goal: a calendar is one that RFC 5545 allows, whatever a company is called.
// Method: lines measured, a hostile name, identities of repeats compared.
#include "audit/calendar.h"

#include <gtest/gtest.h>

#include <array>

#include "base/text.h"

namespace licet::audit {
namespace {

const CalendarEntry kEntry{"a/label/1", Date{std::chrono::days{20'800}}, "Label", "label"};

TEST(Calendar, NoLineIsLongerThanSeventyFiveBytesAndNoCharacterIsCut) {
    CalendarEntry entry = kEntry;
    for (int i = 0; i < 60; ++i) entry.summary += "é€";
    const std::string text = calendar_of(std::array{entry}, "portefeuille", 0);
    EXPECT_FALSE(first_invalid_utf8(text).has_value());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find("\r\n", at);
        ASSERT_NE(end, std::string::npos);
        EXPECT_LE(end - at, 75U);
        EXPECT_FALSE(first_invalid_utf8(text.substr(at, end - at)).has_value());
        at = end + 2;
    }
}

TEST(Calendar, ANameCannotAddALine) {
    CalendarEntry entry = kEntry;
    entry.summary = "a\r\nBEGIN:VALARM\n;,\\";
    const std::string text = calendar_of(std::array{entry}, "x", 0);
    EXPECT_EQ(text.find("\r\nBEGIN:VALARM"), std::string::npos);
    EXPECT_NE(text.find("SUMMARY:a\\nBEGIN:VALARM\\n\\;\\,\\\\\r\n"), std::string::npos);
}

TEST(Calendar, TheSameThingHasTheSameIdentityOnAnotherDay) {
    CalendarEntry moved = kEntry;
    moved.day += std::chrono::days{3};
    const auto uid = [](const CalendarEntry& entry) {
        const std::string text = calendar_of(std::array{entry}, "x", 7);
        return text.substr(text.find("UID:"), 40);
    };
    EXPECT_EQ(uid(kEntry), uid(moved));
    EXPECT_NE(calendar_of(std::array{kEntry}, "x", 7), calendar_of(std::array{moved}, "x", 7));
}

TEST(Calendar, ADayIsAllDayAndTheStampIsInUtc) {
    const std::string text = calendar_of(std::array{kEntry}, "x", 0);
    EXPECT_NE(text.find("DTSTAMP:19700101T000000Z\r\n"), std::string::npos);
    EXPECT_NE(text.find("DTSTART;VALUE=DATE:20261213\r\n"), std::string::npos);
}

}  // namespace
}  // namespace licet::audit

// SPDX-License-Identifier: Apache-2.0
#include "audit/calendar.h"

#include <algorithm>

#include "base/digest.h"
#include "base/text.h"
#include "base/utc.h"

namespace licet::audit {
namespace {

// RFC 5545, 3.3.11.
std::string calendar_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\' || c == ';' || c == ',') out += '\\';
        if (c == '\n')
            out += "\\n";
        else if (static_cast<unsigned char>(c) >= 0x20)
            out += c;
    }
    return out;
}

// RFC 5545, 3.1: at most 75 bytes a line, and no character is cut.
void put_line(std::string& out, std::string_view line) {
    constexpr std::size_t kMostLineBytes = 75;
    std::size_t width = 0;
    for (std::size_t at = 0; at < line.size();) {
        const std::size_t length = std::min(utf8_length_at(line, at), line.size() - at);
        if (width + length > kMostLineBytes) {
            out += "\r\n ";
            width = 1;
        }
        out += line.substr(at, length);
        at += length;
        width += length;
    }
    out += "\r\n";
}

std::string only_digits(std::string text) {
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

}  // namespace

std::string calendar_of(std::span<const CalendarEntry> entries, const std::string& name,
                        std::int64_t made_at) {
    std::string out;
    for (const std::string_view line :
         {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//licet//portfolio//EN", "CALSCALE:GREGORIAN",
          "METHOD:PUBLISH"})
        put_line(out, line);
    put_line(out, "X-WR-CALNAME:" + calendar_text(name));
    for (const CalendarEntry& one : entries) {
        put_line(out, "BEGIN:VEVENT");
        put_line(out, "UID:" + hex_of(sha256(one.about)).substr(0, 32) + "@licet.invalid");
        put_line(out, "DTSTAMP:" + only_digits(utc_text(made_at)));
        put_line(out, "DTSTART;VALUE=DATE:" + only_digits(text_of(one.day)));
        put_line(out, "SUMMARY:" + calendar_text(one.summary));
        put_line(out, "CATEGORIES:" + calendar_text(one.category));
        put_line(out, "TRANSP:TRANSPARENT");
        put_line(out, "END:VEVENT");
    }
    put_line(out, "END:VCALENDAR");
    return out;
}

}  // namespace licet::audit

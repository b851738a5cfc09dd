// SPDX-License-Identifier: Apache-2.0
#include "audit/internal/charts.h"

#include <algorithm>
#include <cstdio>

#include "base/text.h"

namespace licet::audit {
namespace {

// One decimal is enough for a screen, and is the same text on every machine.
std::string decimal(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

std::string opening(int width, int height, std::string_view kind, const std::string& label) {
    return "<svg class=\"" + std::string(kind) + "\" viewBox=\"0 0 " + std::to_string(width) + " " +
           std::to_string(height) + "\" role=\"img\" aria-label=\"" + html_escaped(label) + "\">";
}

std::string text_at(double x, double y, std::string_view kind, std::string_view text) {
    return "<text class=\"" + std::string(kind) + "\" x=\"" + decimal(x) + "\" y=\"" + decimal(y) +
           "\">" + html_escaped(text) + "</text>";
}

std::string arc(std::string_view kind, int from, int to) {
    constexpr double kRound = 2 * 3.14159265358979 * 52;
    const double length = kRound * (to - from) / 100;
    return "<circle class=\"" + std::string(kind) +
           "\" cx=\"60\" cy=\"60\" r=\"52\" transform=\"rotate(-90 60 60)\" stroke-dasharray=\"" +
           decimal(length) + " " + decimal(kRound - length) + "\" stroke-dashoffset=\"" +
           decimal(-kRound * from / 100) + "\"/>";
}

}  // namespace

std::string ring_svg(int shown, int uncapped, const std::string& label) {
    std::string out = opening(120, 120, "ring", label);
    out += "<circle class=\"ring-track\" cx=\"60\" cy=\"60\" r=\"52\"/>";
    if (uncapped > shown) out += arc("ring-cut", shown, uncapped);
    if (shown > 0) out += arc("ring-full", 0, shown);
    out += "<text class=\"ring-number\" x=\"60\" y=\"66\" text-anchor=\"middle\">" +
           std::to_string(shown) + "</text>";
    out += "<text class=\"ring-of\" x=\"60\" y=\"84\" text-anchor=\"middle\">/ 100</text>";
    return out + "</svg>";
}

std::string dots_svg(const std::vector<ThemeScore>& themes, const std::vector<std::string>& names,
                     const std::vector<bool>& has_blocking, const std::string& label) {
    constexpr int kWidth = 720;
    constexpr int kRow = 26;
    constexpr double kLeft = 250;
    constexpr double kSpan = 400;
    constexpr int kTop = 22;
    std::string out =
        opening(kWidth, kTop + kRow * static_cast<int>(themes.size()) + 8, "dots", label);
    for (const int mark : {0, 25, 50, 75, 100}) {
        const double x = kLeft + kSpan * mark / 100;
        out += "<line class=\"grid\" x1=\"" + decimal(x) + "\" x2=\"" + decimal(x) + "\" y1=\"" +
               std::to_string(kTop) + "\" y2=\"" +
               std::to_string(kTop + kRow * static_cast<int>(themes.size())) + "\"/>";
        out += "<text class=\"flow-count\" text-anchor=\"middle\" x=\"" + decimal(x) +
               "\" y=\"14\">" + std::to_string(mark) + "</text>";
    }
    for (std::size_t i = 0; i < themes.size(); ++i) {
        const double y = kTop + kRow * (static_cast<double>(i) + 0.5);
        out += text_at(0, y + 5, "dot-name", names[i]);
        if (themes[i].weight == 0) {
            out += text_at(kLeft + 4, y + 5, "flow-count", "\xe2\x80\x93");
            continue;
        }
        const double x = kLeft + kSpan * themes[i].points() / 100;
        out += "<line class=\"stem\" x1=\"" + decimal(kLeft) + "\" x2=\"" + decimal(x) +
               "\" y1=\"" + decimal(y) + "\" y2=\"" + decimal(y) + "\"/>";
        if (has_blocking[i])
            out += "<rect class=\"dot forbidden\" x=\"" + decimal(x - 6) + "\" y=\"" +
                   decimal(y - 6) + "\" width=\"12\" height=\"12\"/>";
        else
            out += "<circle class=\"dot allowed\" cx=\"" + decimal(x) + "\" cy=\"" + decimal(y) +
                   "\" r=\"6\"/>";
        out += text_at(kLeft + kSpan + 18, y + 5, "dot-value", std::to_string(themes[i].points()));
    }
    return out + "</svg>";
}

std::string burn_down_svg(const std::vector<BurnDown>& history, const std::string& label) {
    constexpr int kWidth = 720;
    constexpr int kHeight = 180;
    constexpr double kLeft = 40;
    constexpr double kBottom = 150;
    constexpr double kTop = 16;
    const int most = std::max(
        1, std::max_element(history.begin(), history.end(), [](const auto& a, const auto& b) {
               return a.open < b.open;
           })->open);
    const double days =
        std::max(1.0, static_cast<double>((history.back().day - history.front().day).count()));
    const auto x_of = [&](Date day) {
        return kLeft + (kWidth - kLeft - 20) *
                           static_cast<double>((day - history.front().day).count()) / days;
    };
    const auto y_of = [&](int count) { return kBottom - (kBottom - kTop) * count / most; };
    std::string out = opening(kWidth, kHeight, "burn", label);
    out += "<line class=\"grid\" x1=\"40\" x2=\"700\" y1=\"150\" y2=\"150\"/>";
    out += text_at(0, kTop + 5, "flow-count", std::to_string(most));
    out += text_at(0, kBottom + 5, "flow-count", "0");
    for (const bool is_blocking : {false, true}) {
        std::string path;
        double before = 0;
        for (const BurnDown& one : history) {
            const double y = y_of(is_blocking ? one.blocking : one.open);
            if (!path.empty()) path += "L" + decimal(x_of(one.day)) + " " + decimal(before);
            path += (path.empty() ? "M" : "L") + decimal(x_of(one.day)) + " " + decimal(y);
            before = y;
        }
        out += "<path class=\"" + std::string(is_blocking ? "line-blocking" : "line-open") +
               "\" d=\"" + path + "\"/>";
    }
    out += text_at(kLeft, kHeight - 8, "flow-count", text_of(history.front().day));
    out += "<text class=\"flow-count\" text-anchor=\"end\" x=\"700\" y=\"172\">" +
           text_of(history.back().day) + "</text>";
    return out + "</svg>";
}

}  // namespace licet::audit

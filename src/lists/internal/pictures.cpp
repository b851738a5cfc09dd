// SPDX-License-Identifier: Apache-2.0
#include "lists/internal/pictures.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/number.h"
#include "base/text.h"

namespace licet::lists::internal {
namespace {

// One decimal is enough for a screen, and keeps the file small.
std::string shown(double number) {
    const auto tenths = static_cast<std::int64_t>(std::llround(number * 10));
    std::string text = std::to_string(tenths / 10);
    if (tenths % 10 != 0) text += "." + std::to_string(std::abs(tenths % 10));
    return text;
}

std::string rectangle(double x, double y, double width, double height, std::string_view name) {
    return "<rect class=\"" + std::string(name) + "\" x=\"" + shown(x) + "\" y=\"" + shown(y) +
           "\" width=\"" + shown(width) + "\" height=\"" + shown(height) + "\"/>";
}

constexpr double kBarWidth = 1000;
constexpr double kLeastWidth = 7;

std::string bar(std::string_view css_class, std::string_view parts) {
    return "<svg class=\"" + std::string(css_class) +
           "\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">" +
           std::string(parts) + "</svg>";
}

std::string shortened(std::string_view text, std::size_t most) {
    if (utf8_count(text) <= most) return std::string(text);
    std::size_t end = 0;
    for (std::size_t i = 0; i + 1 < most; ++i) end += utf8_length_at(text, end);
    return std::string(trimmed(text.substr(0, end))) + "…";
}

// A node of the flow: a slot at least as high as its label, with a bar as high as its count.
struct Node {
    std::string name;
    std::uint64_t count = 0;
    std::string css_class;
    double top = 0;
    double height = 0;
    double used = 0;  // height that its bands have taken so far
};

constexpr double kSlotHeight = 40;
constexpr double kFlowHeight = 260;  // of all bars of one side
constexpr double kGap = 8;
constexpr double kLeft = 232;
constexpr double kRight = 528;
constexpr double kMiddle = 375;
constexpr double kNodeWidth = 10;
constexpr double kHead = 26;  // room above for the name of the channel

// Places the nodes under each other; gives the height of all.
double place(std::vector<Node>& nodes, double unit) {
    double y = 0;
    for (Node& node : nodes) {
        node.height = std::max(2.0, static_cast<double>(node.count) * unit);
        const double slot = std::max(kSlotHeight, node.height);
        node.top = y + (slot - node.height) / 2;
        y += slot + kGap;
    }
    return y - kGap;
}

void shift(std::vector<Node>& nodes, double by) {
    for (Node& node : nodes) node.top += by;
}

std::string label_of(const Node& node, bool is_left, Language language) {
    const double x = is_left ? kLeft - 12 : kRight + kNodeWidth + 12;
    const double y = node.top + node.height / 2;
    const std::string anchor = is_left ? "end" : "start";
    const auto line = [&](double dy, std::string_view name, const std::string& text) {
        return "<text class=\"" + std::string(name) + "\" text-anchor=\"" + anchor + "\" x=\"" +
               shown(x) + "\" y=\"" + shown(y + dy) + "\">" + html_escaped(text) + "</text>";
    };
    return line(-3, "flow-name", shortened(node.name, 28)) +
           line(13, "flow-count", worded(node.count, language));
}

// From the right edge of a bar at `x` to the left edge of the next.
std::string band(const Node& from, double x1, const Node& to, double x2,
                 const std::pair<std::string_view, double>& look) {
    const double height = look.second;
    const double middle = (x1 + x2) / 2;
    const double y1 = from.top + from.used;
    const double y2 = to.top + to.used;
    const auto curve = [&](double xa, double ya, double xb, double yb) {
        return "C" + shown(middle) + " " + shown(ya) + " " + shown(middle) + " " + shown(yb) + " " +
               shown(xb) + " " + shown(yb) + (xa < xb ? "L" : "Z");
    };
    return "<path class=\"band " + std::string(look.first) + "\" d=\"M" + shown(x1) + " " +
           shown(y1) + curve(x1, y1, x2, y2) + shown(x2) + " " + shown(y2 + height) +
           curve(x2, y2 + height, x1, y1 + height) + "\"/>";
}

}  // namespace

std::string_view name_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::kAllowed:
            return "allowed";
        case Outcome::kForbidden:
            return "forbidden";
        case Outcome::kUndetermined:
            return "undetermined";
        case Outcome::kOutOfScope:
            return "out_of_scope";
        case Outcome::kUnreadable:
            return "unreadable";
    }
    return "";
}

std::uint64_t sum_of(const Tally& tally) {
    return std::accumulate(tally.begin(), tally.end(), std::uint64_t{0});
}

std::string stacked_bar(const Tally& tally, std::uint64_t longest, std::string_view css_class) {
    if (longest == 0) return bar(css_class, "");
    // What exists is seen, even one row among millions; the large parts give way.
    std::array<double, kOutcomeCount> widths{};
    for (std::size_t i = 0; i < kOutcomeCount; ++i)
        if (tally.at(i) > 0)
            widths.at(i) = std::max(kLeastWidth, static_cast<double>(tally.at(i)) /
                                                     static_cast<double>(longest) * kBarWidth);
    const double all = std::accumulate(widths.begin(), widths.end(), 0.0);
    const double scale = all > kBarWidth ? kBarWidth / all : 1;
    std::string parts;
    double x = 0;
    for (std::size_t i = 0; i < kOutcomeCount; ++i) {
        if (tally.at(i) == 0) continue;
        const double width = widths.at(i) * scale;
        parts += rectangle(x, 0, width, 10, name_of(static_cast<Outcome>(i)));
        x += width;
    }
    return bar(css_class, parts);
}

std::string single_bar(std::uint64_t count, std::uint64_t longest, Outcome outcome) {
    Tally tally{};
    tally.at(static_cast<std::size_t>(outcome)) = count;
    return stacked_bar(tally, longest, "bar");
}

std::string flow(std::span<const ReportInput::Group> groups, std::string_view channel,
                 const Catalogue& say, std::string_view label) {
    std::vector<Node> left;
    std::vector<Node> right;
    std::array<std::size_t, kOutcomeCount> right_of{};
    std::uint64_t total = 0;
    for (const auto& group : groups) {
        left.push_back({group.name, sum_of(group.counts), "origin"});
        total += left.back().count;
    }
    if (total == 0) return "";
    for (std::size_t i = 0; i < kOutcomeCount; ++i) {
        std::uint64_t count = 0;
        for (const auto& group : groups) count += group.counts.at(i);
        if (count == 0) continue;
        const std::string name(name_of(static_cast<Outcome>(i)));
        right_of.at(i) = right.size();
        right.push_back({say("verdict." + name), count, name});
    }
    const double unit = kFlowHeight / static_cast<double>(total);
    const double left_height = place(left, unit);
    const double right_height = place(right, unit);
    const double height = std::max(left_height, right_height);
    shift(left, (height - left_height) / 2);
    shift(right, (height - right_height) / 2);

    Node middle{std::string(channel), total, "origin", (height - kFlowHeight) / 2, kFlowHeight, 0};
    std::string parts;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        for (std::size_t i = 0; i < kOutcomeCount; ++i) {
            const std::uint64_t count = groups[g].counts.at(i);
            if (count == 0) continue;
            Node& to = right[right_of.at(i)];
            const double thickness = static_cast<double>(count) * unit;
            const std::pair<std::string_view, double> look{to.css_class, std::max(thickness, 1.0)};
            parts += band(left[g], kLeft + kNodeWidth, middle, kMiddle, look) +
                     band(middle, kMiddle + kNodeWidth, to, kRight, look);
            left[g].used += thickness;
            middle.used += thickness;
            to.used += thickness;
        }
    }
    for (const Node& node : left)
        parts += rectangle(kLeft, node.top, kNodeWidth, node.height, node.css_class) +
                 label_of(node, true, say.language());
    for (const Node& node : right)
        parts += rectangle(kRight, node.top, kNodeWidth, node.height, node.css_class) +
                 label_of(node, false, say.language());
    parts += rectangle(kMiddle, middle.top, kNodeWidth, middle.height, middle.css_class) +
             "<text class=\"flow-name\" text-anchor=\"middle\" x=\"" +
             shown(kMiddle + kNodeWidth / 2) + "\" y=\"" + shown(-10) + "\">" +
             html_escaped(shortened(channel, 34)) + "</text>";
    return "<svg class=\"flow\" viewBox=\"0 0 760 " + shown(height + kHead + 4) +
           "\" role=\"img\" aria-label=\"" + html_escaped(label) +
           "\"><g transform=\"translate(0 " + shown(kHead) + ")\">" + parts + "</g></svg>";
}

std::string ages(const ReportInput::Ages& ages, std::string_view line, std::string_view label) {
    constexpr double kWidth = 760;
    constexpr double kHeight = 150;
    constexpr double kTop = 24;
    constexpr double kStep = kWidth / static_cast<double>(ReportInput::Ages::kBuckets);
    std::uint64_t longest = 1;
    for (const Tally& tally : ages.rows) longest = std::max(longest, sum_of(tally));
    std::string parts = rectangle(0, kTop + kHeight, kWidth, 1, "origin");
    for (std::size_t i = 0; i < ages.rows.size(); ++i) {
        const double x = static_cast<double>(i) * kStep;
        double y = kTop + kHeight;
        for (std::size_t j = 0; j < kOutcomeCount; ++j) {
            const std::uint64_t count = ages.rows.at(i).at(j);
            if (count == 0) continue;
            const double height = std::max(
                2.0, static_cast<double>(count) / static_cast<double>(longest) * (kHeight - 10));
            y -= height;
            parts += rectangle(x + 5, y, kStep - 10, height, name_of(static_cast<Outcome>(j)));
        }
        parts += "<text class=\"flow-count\" x=\"" + shown(x) + "\" y=\"" +
                 shown(kTop + kHeight + 17) + "\">" +
                 std::to_string(i * static_cast<std::size_t>(ReportInput::Ages::kMonths)) +
                 "</text>";
    }
    const double limit = static_cast<double>(ages.limit_months) /
                         static_cast<double>(ReportInput::Ages::kMonths) * kStep;
    if (ages.limit_months > 0 && limit < kWidth) {
        const bool is_left = limit > kWidth * 0.6;  // the words keep inside the picture
        parts += "<path class=\"limit\" d=\"M" + shown(limit) + " 6V" + shown(kTop + kHeight) +
                 "\"/><text class=\"flow-name\" text-anchor=\"" + (is_left ? "end" : "start") +
                 "\" x=\"" + shown(limit + (is_left ? -7 : 7)) + "\" y=\"16\">" +
                 html_escaped(line) + "</text>";
    }
    return "<svg class=\"flow\" viewBox=\"0 0 760 " + shown(kTop + kHeight + 24) +
           "\" role=\"img\" aria-label=\"" + html_escaped(label) + "\">" + parts + "</svg>";
}

}  // namespace licet::lists::internal

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
constexpr double kNodeWidth = 10;

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

std::string band(const Node& from, const Node& to, double height) {
    const double x1 = kLeft + kNodeWidth;
    const double x2 = kRight;
    const double middle = (x1 + x2) / 2;
    const double y1 = from.top + from.used;
    const double y2 = to.top + to.used;
    const auto curve = [&](double xa, double ya, double xb, double yb) {
        return "C" + shown(middle) + " " + shown(ya) + " " + shown(middle) + " " + shown(yb) + " " +
               shown(xb) + " " + shown(yb) + (xa < xb ? "L" : "Z");
    };
    return "<path class=\"band " + to.css_class + "\" d=\"M" + shown(x1) + " " + shown(y1) +
           curve(x1, y1, x2, y2) + shown(x2) + " " + shown(y2 + height) +
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

std::string flow(std::span<const ReportInput::Group> groups, const Catalogue& say,
                 std::string_view label) {
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

    std::string parts;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        for (std::size_t i = 0; i < kOutcomeCount; ++i) {
            const std::uint64_t count = groups[g].counts.at(i);
            if (count == 0) continue;
            Node& to = right[right_of.at(i)];
            const double thickness = static_cast<double>(count) * unit;
            parts += band(left[g], to, std::max(thickness, 1.0));
            left[g].used += thickness;
            to.used += thickness;
        }
    }
    for (const Node& node : left)
        parts += rectangle(kLeft, node.top, kNodeWidth, node.height, node.css_class) +
                 label_of(node, true, say.language());
    for (const Node& node : right)
        parts += rectangle(kRight, node.top, kNodeWidth, node.height, node.css_class) +
                 label_of(node, false, say.language());
    return "<svg class=\"flow\" viewBox=\"0 0 760 " + shown(height + 8) +
           "\" role=\"img\" aria-label=\"" + html_escaped(label) +
           "\"><g transform=\"translate(0 4)\">" + parts + "</g></svg>";
}

}  // namespace licet::lists::internal

// SPDX-License-Identifier: Apache-2.0
#include "web/internal/question_frames.h"

#include <algorithm>
#include <array>

namespace licet::web::internal {
namespace {

constexpr std::array<std::string_view, 2> kWhom = {"email", "phone"};

// Characters that mean themselves within a string of JSON, one byte each.
bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
}

const json::string* text_of(const json::object& asked, std::string_view name) {
    const json::value* found = asked.if_contains(name);
    return found == nullptr ? nullptr : found->if_string();
}

}  // namespace

QuestionFrames::Found QuestionFrames::find(std::string_view body, Language language) const {
    for (const QuestionFrame& frame : frames_) {
        if (frame.language != language || body.size() <= frame.before.size() + frame.after.size())
            continue;
        if (!body.starts_with(frame.before) || !body.ends_with(frame.after)) continue;
        const std::string_view whom = body.substr(
            frame.before.size(), body.size() - frame.before.size() - frame.after.size());
        if (is_plain(whom)) return {&frame, whom};
    }
    return {};
}

std::optional<QuestionFrame> QuestionFrames::cut(std::string_view body, const json::object& asked) {
    QuestionFrame frame;
    const json::string* whom = nullptr;
    for (const std::string_view name : kWhom) {
        const json::value* said = asked.if_contains(name);
        if (said == nullptr) continue;
        if (whom != nullptr) return std::nullopt;
        whom = text_of(asked, name);
        frame.names = name;
        if (whom == nullptr || whom->empty() || !is_plain(*whom)) return std::nullopt;
    }
    if (whom == nullptr) return std::nullopt;
    const std::string quoted = "\"" + std::string(*whom) + "\"";
    const std::size_t place = body.find(quoted);
    if (place == body.npos) return std::nullopt;
    frame.before = body.substr(0, place + 1);
    frame.after = body.substr(place + quoted.size() - 1);
    // It may stand elsewhere too, or where it does is no string of its own: another one is put
    // there, and then that one must be named, and nothing else be said.
    const std::string other(whom->size() + 1, 'x');
    auto probe = parse_json(frame.before + other + frame.after);
    if (!probe || !probe->is_object()) return std::nullopt;
    json::object expected = asked;
    expected[frame.names] = other;
    if (probe->get_object() != expected) return std::nullopt;
    return frame;
}

void QuestionFrames::add(QuestionFrame frame) {
    if (frames_.size() < kMost) {
        frames_.push_back(std::move(frame));
        return;
    }
    frames_[oldest_] = std::move(frame);
    oldest_ = (oldest_ + 1) % kMost;
}

void QuestionFrames::clear() {
    frames_.clear();
    oldest_ = 0;
    misses_ = 0;
}

}  // namespace licet::web::internal

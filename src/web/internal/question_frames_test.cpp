// SPDX-License-Identifier: Apache-2.0
#include "web/internal/question_frames.h"

#include <gtest/gtest.h>

namespace licet::web::internal {
namespace {

std::optional<QuestionFrame> cut(std::string_view body) {
    return QuestionFrames::cut(body, parse_json(body).value().get_object());
}

// What a frame that `body` made finds in another text; "-" if it is not of that frame.
std::string found(std::string_view body, std::string_view other) {
    QuestionFrames frames;
    auto frame = cut(body);
    if (!frame) return "no frame";
    frames.add(*std::move(frame));
    const auto seen = frames.find(other, Language::kFrench);
    return seen.frame == nullptr ? "-"
                                 : std::string(seen.frame->names) + " " + std::string(seen.whom);
}

TEST(QuestionFrames, TheSameOfAnotherOneIsKnown) {
    constexpr std::string_view kAsked =
        R"({"facts":{"channel":"email"},"email":"a@x.fr","record":false})";
    EXPECT_EQ(found(kAsked, R"({"facts":{"channel":"email"},"email":"bert@y.fr","record":false})"),
              "email bert@y.fr");
    EXPECT_EQ(found(kAsked, R"({"facts":{"channel":"phone"},"email":"bert@y.fr","record":false})"),
              "-");
    EXPECT_EQ(found(R"({"phone":"0612345678"})", R"({"phone":"+33 6 99 99 99 99"})"),
              "phone +33 6 99 99 99 99");
}

TEST(QuestionFrames, WhatIsMoreThanOnePlainTextIsReadAgain) {
    constexpr std::string_view kAsked = R"({"email":"a@x.fr","record":false})";
    EXPECT_EQ(found(kAsked, R"({"email":"b@y.fr","phone":"06","record":false})"), "-");
    EXPECT_EQ(found(kAsked, R"({"email":"b\u0040y.fr","record":false})"), "-");
    EXPECT_EQ(found(kAsked, "{\"email\":\"b\n@y.fr\",\"record\":false}"), "-");
    EXPECT_EQ(found(kAsked, "{\"email\":\"b\xC3@y.fr\",\"record\":false}"), "-");
    EXPECT_EQ(found(kAsked, R"({"email":"","record":false})"), "-");
    EXPECT_EQ(found(kAsked, R"({"email":","record":false})"), "-");
}

TEST(QuestionFrames, WhereTheOneStandsMustBeCertain) {
    EXPECT_FALSE(cut(R"({"record":false})"));
    EXPECT_FALSE(cut(R"({"email":"a@x.fr","phone":"0612345678"})"));
    EXPECT_FALSE(cut(R"({"email":""})"));
    EXPECT_FALSE(cut(R"({"email":5})"));
    EXPECT_FALSE(cut(R"({"email":"a\u0040x.fr"})"));
    // Its own text is written with marks; elsewhere it stands plainly.
    EXPECT_FALSE(cut(R"({"topic":"a@x.fr","email":"a\u0040x.fr"})"));
    // The first of two places is another one's.
    EXPECT_FALSE(cut(R"({"topic":"a@x.fr","email":"a@x.fr"})"));
    EXPECT_FALSE(cut(R"({"email":"a@x.fr","email":"a@x.fr"})"));
    EXPECT_TRUE(cut(R"({"email":"a@x.fr","topic":"a@x.fr"})"));
    // What stands between two texts looks like a third one.
    EXPECT_FALSE(cut(R"({"email":":","a":"b"})") && found(R"({"email":":","a":"b"})", "{") != "-");
}

TEST(QuestionFrames, ManyAreKeptAndTheOldestGo) {
    QuestionFrames frames;
    const auto body = [](int topic) {
        return R"({"topic":")" + std::to_string(topic) + R"(","email":"a@x.fr"})";
    };
    for (int i = 0; i < 20; ++i) frames.add(*cut(body(i)));
    EXPECT_EQ(frames.find(body(0), Language::kFrench).frame, nullptr);
    EXPECT_NE(frames.find(body(19), Language::kFrench).frame, nullptr);
    EXPECT_EQ(frames.find(body(19), Language::kEnglish).frame, nullptr);
    frames.clear();
    EXPECT_EQ(frames.find(body(19), Language::kFrench).frame, nullptr);
}

TEST(QuestionFrames, AFrameIsMadeNowAndThen) {
    QuestionFrames frames;
    int made = 0;
    for (int i = 0; i < 64; ++i) made += frames.is_worth_it() ? 1 : 0;
    EXPECT_EQ(made, 4);
}

}  // namespace
}  // namespace licet::web::internal

// SPDX-License-Identifier: Apache-2.0
//
// Questions that differ in nobody but whom they are about, known again without being read again.
//
//     {"facts":{…},"email":"  julie@example.com  ","record":false}
//     ~~~~~~~~ before ~~~~~~  ~~~~ whom ~~~~~~  ~~~~ after ~~~~~
//
// Whoever checks a list asks the same of each person. A text of JSON whose one string is replaced
// by another one of plain characters says the same of all else.
//
// Private to the module. Threads: one object per thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "web/check.h"

namespace licet::web::internal {

/// What was made of a question, but for whom it is about.
struct QuestionFrame {
    std::string before;
    std::string after;
    std::string_view names;  ///< "email" or "phone": what stands between
    Question question;       ///< without that one
    std::string said;        ///< what an answer is known by, as far as it does not depend on them
    Language language = Language::kFrench;
    Date day;  ///< of the act
};

class QuestionFrames {
  public:
    /// A frame in which `body` stands, and whom it names; null if none is known.
    struct Found {
        const QuestionFrame* frame = nullptr;
        std::string_view whom;
    };
    [[nodiscard]] Found find(std::string_view body, Language language) const;

    /// Cuts a question in two around the one whom it names; nothing if it names nobody, or two, or
    /// if it is not certain where that stands.
    [[nodiscard]] static std::optional<QuestionFrame> cut(std::string_view body,
                                                          const json::object& asked);

    /// True now and then: who asks each question in another form should not pay for frames.
    [[nodiscard]] bool is_worth_it() { return misses_++ % kMissesToAFrame == 0; }
    void add(QuestionFrame frame);
    void clear();

  private:
    static constexpr std::size_t kMost = 16;
    static constexpr std::size_t kMissesToAFrame = 16;

    std::vector<QuestionFrame> frames_;
    std::size_t oldest_ = 0;
    std::size_t misses_ = 0;
};

}  // namespace licet::web::internal

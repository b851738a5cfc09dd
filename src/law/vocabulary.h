// SPDX-License-Identifier: Apache-2.0
//
// The words of the law: facts, duties, questions, declared once for all packs.
//
//     packs/facts.md      fact | type | values | supplier | silence | changed by | fr | en
//     packs/duties.md     duty | sources | fr | en, and duty | channel | fr | en
//     packs/questions.md  question | asks fr | asks en | answers | otherwise
//
// A fact that nobody supplied is unknown, never false. Its `silence` says what a missing value may
// be taken for: nothing (open), an answer of a ledger that was consulted (ledger), or the sender's
// own conduct still to come, presumed kept and listed as a duty (undertaking).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/message.h"
#include "base/result.h"
#include "law/markdown.h"

namespace licet::law {

using FactId = std::uint16_t;
inline constexpr FactId kNoFact = 0xFFFF;
/// The most facts that are declared together; walks over the law are as deep as it has facts.
inline constexpr std::size_t kMostFacts = 2000;

enum class FactType { kBool, kEnum, kCount, kKey, kDate, kMoment, kTime };
enum class Silence { kOpen, kLedger, kUndertaking };
enum class Changer { kUs, kPerson, kTime, kNobody };
/// Names who can make a change: us, person, time, nobody.
[[nodiscard]] std::string_view name_of(Changer changer);

/// One text in both languages.
struct Words {
    std::string french;
    std::string english;
    [[nodiscard]] const std::string& in(Language language) const {
        return language == Language::kFrench ? french : english;
    }
};

struct Fact {
    std::string name;
    FactType type = FactType::kBool;
    std::vector<std::string> values;  ///< of an enum, or {"no", "yes"}
    std::string supplier;
    Silence silence = Silence::kOpen;
    std::string silence_value;  ///< of kLedger and kUndertaking
    Changer changer = Changer::kNobody;
    Words words;
    std::map<std::string, Words, std::less<>> value_words;
    bool is_register = false;  ///< then `not_checked` means unknown
};

struct Duty {
    std::string id;
    std::string sources;
    Words words;
    std::map<std::string, Words, std::less<>> by_channel;

    /// Words the duty for a recipient's channel.
    [[nodiscard]] const std::string& worded(std::string_view channel, Language language) const;
};

struct Question {
    std::string id;
    Words asks;
    std::vector<std::string> answers;  ///< strictest first
    std::string otherwise;             ///< when no rule speaks

    /// Gives the index of `answer` in `answers`, or -1.
    [[nodiscard]] int answer_of(std::string_view answer) const;
    /// Gives the answer of that index, "undetermined" for -1.
    [[nodiscard]] std::string answer_name(int answer) const;
};

/// A named set of facts that a case starts from.
struct Background {
    std::string name;
    std::vector<std::pair<FactId, std::string>> facts;
};

/// All declared words. Immutable once read.
class Vocabulary {
  public:
    [[nodiscard]] const std::vector<Fact>& facts() const { return facts_; }
    [[nodiscard]] const Fact& fact(FactId id) const { return facts_.at(id); }
    /// Gives the fact of that name, or kNoFact.
    [[nodiscard]] FactId find(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> fact_names() const;
    /// Gives the nearest fact name for "did you mean"; empty if none is near.
    [[nodiscard]] std::string nearest_fact(std::string_view name) const;

    [[nodiscard]] const std::vector<Duty>& duties() const { return duties_; }
    [[nodiscard]] const Duty* duty(std::string_view id) const;
    [[nodiscard]] std::vector<std::string> duty_names() const;
    [[nodiscard]] const std::vector<Question>& questions() const { return questions_; }
    [[nodiscard]] std::vector<std::string> question_names() const;
    [[nodiscard]] const Question* question(std::string_view id) const;
    [[nodiscard]] const std::vector<Background>& backgrounds() const { return backgrounds_; }
    [[nodiscard]] const Background* background(std::string_view name) const;
    [[nodiscard]] const Words* answer_words(std::string_view answer) const;

  private:
    friend class VocabularyReader;
    std::vector<Fact> facts_;
    std::map<std::string, FactId, std::less<>> fact_ids_;
    std::vector<Duty> duties_;
    std::vector<Question> questions_;
    std::vector<Background> backgrounds_;
    std::map<std::string, Words, std::less<>> answer_words_;
};

/// Reads the declaring files (any of facts.md, duties.md, questions.md). All faults are reported.
[[nodiscard]] Read<Vocabulary> read_vocabulary(std::span<const SourceFile> files);

}  // namespace licet::law

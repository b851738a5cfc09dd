// SPDX-License-Identifier: Apache-2.0
// Goal: the interpreter and the compiled table give the same decision on every input (promise of
// decision.h). Method: random codes with some unknown, over the real packs; and over random small
// packs, built as text
//         with nested exceptions, conduct, dates and impossible combinations.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "law/interpreter.h"
#include "law/law_test_support.h"

namespace licet::law {
namespace {

using test::SmallLaw;

std::string pick(std::vector<std::string> words) { return *rc::gen::elementOf(words); }

// Codes for the variables in use; everything else unknown, as nothing may turn on it.
Codes random_codes(const Law& law, const std::vector<bool>& used, int most_unknown) {
    Codes codes(law.variables().size(), kUnknown);
    std::vector<VarId> ids;
    for (std::size_t i = 0; i < used.size(); ++i) {
        const auto id = static_cast<VarId>(i);
        if (!used[i]) continue;
        ids.push_back(id);
        codes[id] =
            *rc::gen::inRange<std::uint8_t>(0, static_cast<std::uint8_t>(law.variables()[id].size));
    }
    for (int left = *rc::gen::inRange(0, most_unknown + 1); left > 0 && !ids.empty(); --left)
        codes[*rc::gen::elementOf(ids)] = kUnknown;
    return codes;
}

#ifdef __has_feature
constexpr bool kSanitized = __has_feature(address_sanitizer);
#else
constexpr bool kSanitized = false;
#endif

// A hundred acts each. Under the sanitizers the slow way takes eight times as long and more.
constexpr int kRounds = kSanitized ? 4 : 20;

void compare(const Law& law, const QuestionTable& table, const std::vector<bool>& used,
             const Codes& codes, bool has_impossible) {
    const Question& question = *law.vocabulary().question(table.question);
    auto slow = interpret(law.rules(), question, used, codes);
    if (!slow) RC_DISCARD("too many combinations");
    Decision fast = decide(law.rules(), table, codes);
    RC_ASSERT(fast.missing.empty() == (fast.answer >= 0 || fast.deciding.empty()));
    // Where combinations are impossible, "would decide" has no single meaning: see table.h.
    if (has_impossible) fast.missing = slow->missing = {};
    RC_ASSERT(*slow == fast);
}

void compare_known(const Law& law, const QuestionTable& table, const Codes& codes) {
    const Decision decision = decide(law.rules(), table, codes);
    const std::uint32_t value = walk(table, table.decision, codes.data());
    RC_ASSERT(walk_known(table, table.decision, codes.data()) == std::optional(value));
    RC_ASSERT(decision.deciding.size() == (value == outcome::kSilent ? 0U : 1U));
    if (value != outcome::kSilent) RC_ASSERT(decision.deciding[0] == outcome::reason_of(value));
}

TEST(Differential, TheRealPacksAreReadAlikeByBoth) {
    const Law& law = test::real_law();
    for (const QuestionTable& table : law.tables()) {
        const std::vector<bool> used = variables_used(law.rules(), table.question);
        const auto property = [&] { compare(law, table, used, random_codes(law, used, 4), false); };
        for (int i = 0; i < kRounds; ++i) ASSERT_TRUE(rc::check(table.question, property));
    }
}

// Most random acts concern no prospecting at all: this one keeps to what the rules are about.
TEST(Differential, TheRealPacksAreReadAlikeWhereProspectingIsCertain) {
    const Law& law = test::real_law();
    const QuestionTable& table = *law.table("contact");
    const std::vector<bool> used = variables_used(law.rules(), "contact");
    const Variables& all = law.variables();
    const auto code_of = [&](std::string_view fact, std::string_view value) {
        const Facts facts = test::facts_of(law, std::string(fact) + " = " + std::string(value));
        const VarId id = all.of_fact(law.vocabulary().find(fact))[0];
        return std::pair{id, all.code(facts)[id]};
    };
    const auto property = [&] {
        Codes codes = random_codes(law, used, 4);
        for (const auto& [id, code] :
             {code_of("country", "fr"), code_of("purpose", "commercial"),
              code_of("channel", pick({"email", "sms", "live_call", "post", "automated_call"})),
              code_of("audience", pick({"consumer", "professional"})), code_of("objection", "none"),
              code_of("consent", "given"), code_of("consent.act", "clear")})
            codes[id] = code;
        compare(law, table, used, codes, false);
    };
    for (int i = 0; i < kRounds; ++i) ASSERT_TRUE(rc::check("prospecting", property));
}

TEST(Differential, OnKnownCodesAWalkIsTheDecision) {
    const Law& law = test::real_law();
    for (const QuestionTable& table : law.tables()) {
        const std::vector<bool> used = variables_used(law.rules(), table.question);
        EXPECT_TRUE(rc::check(table.question,
                              [&] { compare_known(law, table, random_codes(law, used, 0)); }));
    }
}

// ---- random packs
// --------------------------------------------------------------------------------

std::string random_atom(bool has_define) {
    std::vector<std::string> atoms = {"colour = red",
                                      "colour in {green, blue}",
                                      "shape not in {round}",
                                      "flag",
                                      "not open",
                                      "count >= 2",
                                      "count < 5",
                                      "not count < 3",
                                      "kept",
                                      "not number = hidden",
                                      "hour >= 10:00",
                                      "hour < 09:00",
                                      "register.aa_list = listed",
                                      "seen_on within 1 month of at",
                                      "not seen_on less than p before at",
                                      "seen_on after met_on",
                                      "met_on is never",
                                      "met_on from 2025-06-01",
                                      "at before 2026-01-01",
                                      "count >= q"};
    if (has_define) atoms.insert(atoms.end(), {"d", "not d", "e", "not e"});
    return pick(std::move(atoms));
}

std::string random_condition(bool has_define = true) {
    std::string out = random_atom(has_define);
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i) out += ", " + random_atom(has_define);
    return out;
}

std::string random_rule(int number) {
    std::string out = "rule r" + std::to_string(number) + "\n";
    const bool is_exception = number > 0 && *rc::gen::inRange(0, 3) > 0;
    if (is_exception) out += "  except to r" + std::to_string(*rc::gen::inRange(0, number)) + "\n";
    out += pick(
        {"  answers contact = forbidden\n", "  answers contact = allowed\n", "  about contact\n"});
    out += "  when " + random_condition() + "\n";
    out += pick({"", "", "  in force from 2025-06-01\n", "  in force until 2026-01-01\n",
                 "  in force from 2025-06-01 until 2026-03-01\n"});
    out += pick({"", "", "  duties do_this\n", "  duties do_that, do_this\n"});
    if (*rc::gen::inRange(0, 3) == 0) out += "  kept by " + random_condition() + "\n";
    out += pick({"", "", "  certainty debatable\n"});
    return out + std::string(test::kTexts);
}

struct RandomPack {
    SmallLaw small;
    bool has_impossible = false;
};

RandomPack random_pack() {
    RandomPack out;
    std::string& blocks = out.small.blocks;
    blocks =
        "parameter p\n  value 2 months from 2020-01-01\n  value 3 months from 2025-09-01\n"
        "parameter q\n  value 1 from 2020-01-01\n  value 4 from 2026-01-01\n";
    blocks += "define e\n  when " + random_condition(false) + "\n";
    for (int i = *rc::gen::inRange(1, 3); i > 0; --i)
        blocks +=
            "define d\n  when " + random_condition(false) + pick({"", ", e", ", not e"}) + "\n";
    out.has_impossible = *rc::gen::inRange(0, 3) == 0;
    if (out.has_impossible) blocks += "impossible i\n  when " + random_condition() + "\n";
    const int rules = *rc::gen::inRange(1, 7);
    for (int i = 0; i < rules; ++i) blocks += random_rule(i);
    return out;
}

TEST(Differential, RandomPacksAreReadAlikeByBoth) {
    const auto property = [] {
        const RandomPack pack = random_pack();
        const auto read = pack.small.read();
        for (const Error& problem : read.problems) RC_ASSERT(problem.message.id == "law.conflict");
        if (!read.is_clean()) RC_DISCARD("siblings in conflict");
        const QuestionTable& table = *read.value->table("contact");
        const std::vector<bool> used = variables_used(read.value->rules(), "contact");
        for (int i = 0; i < 20; ++i)
            compare(*read.value, table, used, random_codes(*read.value, used, 4),
                    pack.has_impossible);
    };
    for (int i = 0; i < 4; ++i) ASSERT_TRUE(rc::check("random pack", property));
}

// A conflict is reported if and only if two exceptions of a rule that speaks disagree on some
// input.
TEST(Differential, ConflictsAreFoundWhereTheyAre) {
    EXPECT_TRUE(rc::check("two siblings", [] {
        const auto atom = [] {
            return pick({"colour = red", "flag", "not flag", "open", "count >= 2"});
        };
        std::string parent = atom();
        std::string first = atom();
        std::string second = atom();
        SmallLaw small;
        small.blocks = "rule p\n  answers contact = forbidden\n  when " + parent + "\n" +
                       std::string(test::kTexts) +
                       "rule a\n  except to p\n  answers contact = allowed\n  when " + first +
                       "\n" + std::string(test::kTexts) +
                       "rule b\n  except to p\n  answers contact = forbidden\n  when " + second +
                       "\n" + std::string(test::kTexts);
        bool can_meet = true;
        for (const std::string& one : {parent, first, second})
            for (const std::string& other : {parent, first, second})
                can_meet = can_meet && one != "not " + other && other != "not " + one;
        RC_ASSERT(small.read().is_clean() == !can_meet);
    }));
}

}  // namespace
}  // namespace licet::law

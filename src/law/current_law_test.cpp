// SPDX-License-Identifier: Apache-2.0
// Goal: the law can be exchanged while threads decide by it; each decision is by one law or the
// other, whole. Method: readers that decide without pause while a writer exchanges two laws that
// answer differently. The race preset runs it under the thread sanitizer.
#include "law/current_law.h"

#include <gtest/gtest.h>

#include <thread>

#include "law/law_test_support.h"

namespace licet::law {
namespace {

using test::SmallLaw;

std::unique_ptr<Law> law_that_answers(const char* answer) {
    SmallLaw small;
    small.blocks = "rule a\n  answers contact = " + std::string(answer) +
                   "\n  when flag\n  cites s\n  tell fr \"F.\" en \"E.\"\n";
    return small.law();
}

TEST(CurrentLaw, IsExchangedUnderReadersThatNeverWait) {
    CurrentLaw current(law_that_answers("forbidden"));
    std::atomic<bool> is_over = false;
    std::atomic<int> wrong = 0;
    std::vector<std::thread> readers;
    for (int i = 0; i < 2; ++i)
        readers.emplace_back([&] {
            while (!is_over) {
                const Law& law = current.get();
                const Facts facts =
                    test::facts_of(law, "country = aa, at = 2026-01-01, flag = yes");
                const auto decision = law.decide("contact", facts);
                if (!decision || decision->answer < 0 || decision->answer > 1) ++wrong;
            }
        });
    for (int i = 0; i < 20; ++i)
        current.put(law_that_answers(i % 2 == 0 ? "allowed" : "forbidden"));
    is_over = true;
    for (std::thread& reader : readers) reader.join();
    EXPECT_EQ(wrong, 0);
    EXPECT_EQ(test::answer_of(current.get(), "country = aa, at = 2026-01-01, flag = yes"),
              "forbidden");
}

}  // namespace
}  // namespace licet::law

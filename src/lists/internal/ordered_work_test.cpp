// SPDX-License-Identifier: Apache-2.0
// Goal: what goes in comes out once, in its order, whatever the number of workers and their speed.
// Method: items that take a random time; workers more than cores; work that nobody takes.
#include "lists/internal/ordered_work.h"

#include <gtest/gtest.h>

#include <chrono>
#include <numeric>
#include <random>

namespace licet::lists::internal {
namespace {

using Work = OrderedWork<int, std::pair<int, unsigned>>;

// Each says which item it got, and which worker it is.
std::vector<Work::Worker> workers(unsigned count) {
    std::vector<Work::Worker> out;
    for (unsigned number = 0; number < count; ++number)
        out.emplace_back([number](int item) {
            std::this_thread::sleep_for(std::chrono::microseconds(item * 7919 % 300));
            return std::pair(item, number);
        });
    return out;
}

std::vector<int> run(unsigned count, int items) {
    Work work(workers(count));
    std::vector<int> out;
    for (int item = 0; item < items; ++item) {
        work.give(item);
        if (work.is_full()) out.push_back(work.take()->first);
    }
    while (const auto one = work.take()) out.push_back(one->first);
    return out;
}

TEST(OrderedWork, EveryItemComesOutOnceAndInOrder) {
    std::vector<int> expected(500);
    std::iota(expected.begin(), expected.end(), 0);
    for (const unsigned count : {1U, 2U, 5U}) EXPECT_EQ(run(count, 500), expected) << count;
}

TEST(OrderedWork, NoMoreIsKeptThanSixItemsAWorker) {
    Work work(workers(3));
    int given = 0;
    while (!work.is_full()) work.give(given++);
    EXPECT_EQ(given, 18);
}

TEST(OrderedWork, WorkThatNobodyTakesEndsWithIt) {
    Work work(workers(2));
    for (int item = 0; item < 4; ++item) work.give(item);
}

TEST(OrderedWork, NothingGivenIsNothingTaken) {
    Work work(workers(2));
    EXPECT_FALSE(work.take().has_value());
}

}  // namespace
}  // namespace licet::lists::internal

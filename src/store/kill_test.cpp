// SPDX-License-Identifier: Apache-2.0
// Goal: an objection that was acknowledged is there after kill -9, whenever the blow falls.
// Method: a child appends objections; the parent kills it after a number of them that chance gives,
//         sometimes in the middle of the next, and then looks for every one. The file is kept from
//         round to round.
#include <filesystem>

#include "store/kill_rounds.h"
#include "store/test_ledger.h"

namespace licet::store {
namespace {

TEST(Kill, NoAcknowledgedObjectionIsLost) {
    const std::string folder = fresh_folder();
    const LedgerFiles files = ledger_files_in(folder);
    ASSERT_TRUE(open_ledger_store(files, Mode::kCreate));
    Soak soak(20);
    std::uint32_t acknowledged = 0;
    int lost = 0;
    for (int round = 0; round < soak.rounds; ++round) {
        const std::uint32_t first = acknowledged + 1;
        Writer writer(files, first, Writer::IfBusy::kLeave);
        writer.wait_for(1 + soak.below(40));
        // Some way into the work on the next one.
        const std::uint32_t spins = soak.below(400'000);
        volatile std::uint32_t spin = 0;
        while (spin < spins) spin = spin + 1;
        acknowledged = writer.kill_now();
        lost += lost_among(*open_ledger_store(files, Mode::kReadOnly).value(), first, acknowledged);
    }
    lost += lost_among(*open_ledger_store(files, Mode::kReadOnly).value(), 1, acknowledged);
    EXPECT_EQ(lost, 0);
    EXPECT_GE(verified_events(files), acknowledged);
    EXPECT_GE(acknowledged, static_cast<std::uint32_t>(soak.rounds));
    soak.print("SQLite, writer killed", acknowledged, lost);
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace licet::store

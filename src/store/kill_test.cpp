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
    kill_writers("SQLite, writer killed", ledger_files_in(folder), 20, Writer::IfBusy::kLeave,
                 [](Soak& soak, Writer& writer) {
                     writer.wait_for(1 + soak.below(40));
                     // Some way into the work on the next one.
                     const std::uint32_t spins = soak.below(400'000);
                     volatile std::uint32_t spin = 0;
                     while (spin < spins) spin = spin + 1;
                 });
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace licet::store

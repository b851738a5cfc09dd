// SPDX-License-Identifier: Apache-2.0
// Goal: an objection that PostgreSQL acknowledged is there, whoever is killed: writer or server.
// Method: a child appends objections; the parent kills it, or the server with all its processes,
//         after a number of them that chance gives, and then looks for every one.
#include "store/kill_rounds.h"
#include "store/postgres_server.h"
#include "store/test_ledger.h"

namespace licet::store {
namespace {

TEST(PostgresKill, AWriterThatIsKilledLosesNothing) {
    const std::string folder = fresh_folder();
    const LedgerFiles files = ledger_files_in(folder, PostgresServer::shared().fresh_database());
    ASSERT_TRUE(open_ledger_store(files, Mode::kCreate));
    Soak soak(15);
    std::uint32_t acknowledged = 0;
    int lost = 0;
    for (int round = 0; round < soak.rounds; ++round) {
        const std::uint32_t first = acknowledged + 1;
        Writer writer(files, first, Writer::IfBusy::kLeave);
        writer.wait_for(1 + soak.below(40));
        ::usleep(soak.below(2'000));
        acknowledged = writer.kill_now();
        lost += lost_among(*open_ledger_store(files, Mode::kReadOnly).value(), first, acknowledged);
    }
    lost += lost_among(*open_ledger_store(files, Mode::kReadOnly).value(), 1, acknowledged);
    EXPECT_EQ(lost, 0);
    EXPECT_GE(verified_events(files), acknowledged);
    soak.print("PostgreSQL, writer killed", acknowledged, lost);
    std::filesystem::remove_all(folder);
}

TEST(PostgresKill, AServerThatIsKilledLosesNothing) {
    const std::string folder = fresh_folder();
    PostgresServer server("killed");
    server.start();
    const LedgerFiles files = ledger_files_in(folder, server.fresh_database());
    ASSERT_TRUE(open_ledger_store(files, Mode::kCreate));
    Soak soak(4);
    std::uint32_t acknowledged = 0;
    int lost = 0;
    for (int round = 0; round < soak.rounds; ++round) {
        const std::uint32_t first = acknowledged + 1;
        // It goes on over the death of the server, with the same keys.
        Writer writer(files, first, Writer::IfBusy::kTryAgain);
        writer.wait_for(1 + soak.below(60));
        ::usleep(soak.below(3'000));
        server.kill_all();
        server.start();
        writer.wait_for(20);
        acknowledged = writer.kill_now();
        lost += lost_among(*open_ledger_store(files, Mode::kReadOnly).value(), first, acknowledged);
    }
    EXPECT_EQ(lost, 0);
    EXPECT_GE(verified_events(files), acknowledged);
    soak.print("PostgreSQL, server killed", acknowledged, lost);
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace licet::store

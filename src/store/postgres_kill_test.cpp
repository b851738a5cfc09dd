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
    kill_writers("PostgreSQL, writer killed", files, 15, Writer::IfBusy::kLeave,
                 [](Soak& soak, Writer& writer) {
                     writer.wait_for(1 + soak.below(40));
                     ::usleep(soak.below(2'000));
                 });
    std::filesystem::remove_all(folder);
}

TEST(PostgresKill, AServerThatIsKilledLosesNothing) {
    const std::string folder = fresh_folder();
    PostgresServer server("killed");
    server.start();
    const LedgerFiles files = ledger_files_in(folder, server.fresh_database());
    // The writer goes on over the death of the server, with the same keys.
    kill_writers("PostgreSQL, server killed", files, 4, Writer::IfBusy::kTryAgain,
                 [&](Soak& soak, Writer& writer) {
                     writer.wait_for(1 + soak.below(60));
                     ::usleep(soak.below(3'000));
                     server.kill_all();
                     server.start();
                     writer.wait_for(20);
                 });
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace licet::store

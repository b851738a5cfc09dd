// SPDX-License-Identifier: Apache-2.0
// Goal: a rotation keeps its contract in PostgreSQL, also where the server isolates transactions
//       otherwise than we ask for.
// Method: the common suite against a real server, twice; a schema of the format before.
#include "store/postgres_server.h"
#include "store/rotation_contract.h"

namespace licet::store {
namespace {

std::string fresh() { return PostgresServer::shared().fresh_database(); }

// Here a transaction that does not say otherwise sees what was there when it began to wait.
std::string fresh_of_repeatable_read() {
    std::string address = fresh();
    const std::string name = PostgresServer::shared().newest_database();
    PostgresServer::shared().sql("ALTER DATABASE " + name +
                                 " SET default_transaction_isolation = 'repeatable read'");
    return address;
}

}  // namespace

INSTANTIATE_TEST_SUITE_P(Postgres, RotationContract,
                         testing::Values(DatabaseMaker{"PostgreSQL", fresh},
                                         DatabaseMaker{"PostgreSQL, repeatable read",
                                                       fresh_of_repeatable_read}));

namespace {

TEST(PostgresFormat, TheOnesBeforeAreBroughtUpToDateAtTheFirstOpening) {
    const std::string folder = fresh_folder();
    const LedgerFiles files = ledger_files_in(folder, fresh());
    const std::string database = PostgresServer::shared().newest_database();
    ASSERT_TRUE(open_ledger_store(files, Mode::kCreate)
                    .value()
                    ->append({{numbered_objection(1), numbered_objection(2)}}));
    const std::string to_format_4 =
        "ALTER TABLE licet.replayed DROP COLUMN tenant, DROP COLUMN persons; "
        "UPDATE licet.format SET number = 4; ";
    const std::string to_format_3 =
        to_format_4 +
        "ALTER TABLE licet.replayed DROP COLUMN layer; UPDATE licet.format SET number = 3";
    for (const std::string& before : {to_format_4, to_format_3})
        for (const Mode mode : {Mode::kReadOnly, Mode::kReadWrite}) {
            PostgresServer::shared().sql(before, database);
            EXPECT_EQ(lost_among(*open_ledger_store(files, mode).value(), 1, 2), 0);
        }
    EXPECT_TRUE(rotate_with_chance(files));
    EXPECT_EQ(verified_events(files), 2U);
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace licet::store

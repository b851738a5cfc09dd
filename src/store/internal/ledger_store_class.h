// SPDX-License-Identifier: Apache-2.0
//
// The one store behind ledger's port, over whatever database there is.
//
//     reading, writing   ledger_store.cpp
//     erasing            ledger_erasing.cpp: register, key, rows, and what is done again at an open
//
// Private to the module.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "store/erasure_register.h"
#include "store/internal/ahead_sealer.h"
#include "store/internal/schema.h"
#include "store/internal/tables.h"
#include "store/ledger_store.h"
#include "store/person_key_file.h"

namespace licet::store {

using ledger::Appended;
using ledger::Event;
using ledger::EventKind;
using ledger::Head;
using ledger::PersonKey;
using ledger::StoredEvent;
using ledger::Suppression;
using ledger::Token;
using ledger::Which;

class LedgerStore final : public ledger::Store {
  public:
    LedgerStore(std::unique_ptr<Connection> connection, LedgerFiles files, PersonKeyFile keys,
                bool may_write)
        : connection_(std::move(connection)),
          files_(std::move(files)),
          keys_(std::move(keys)),
          may_write_(may_write) {}

    /// Has a ledger that names no keys yet name those at hand.
    [[nodiscard]] Result<Done> name_keys();
    /// Does again what the register says and the database has not seen.
    [[nodiscard]] Result<Done> replay_erasures() {
        return repeated<Done>([] { return Done{}; });
    }

    Result<std::vector<StoredEvent>> events_of(std::span<const Token> tokens) override;
    Result<std::vector<Suppression>> suppressions_of(std::span<const Token> tokens) override;
    Result<Done> for_each(Which which, const std::function<void(const Event&)>& visit) override;
    Result<Done> for_each_suppression(
        const std::function<void(const Suppression&)>& visit) override;
    Result<std::uint64_t> count() override;
    Result<Appended> append(std::span<const Event> batch) override;
    Result<std::uint64_t> erase(std::span<const Token> persons, Date on,
                                ledger::ErasureReason reason, const IfStill& if_still) override;

  private:
    struct Statements {
        Statement insert;
        Statement same_name;
        Statement put_head;
        Statement suppress;
    };

    // Does something, as often as the database asks for it. A connection that is not the one of
    // before may lead to a database that is not in the state of before.
    template <typename T, typename Once>
    [[nodiscard]] Result<T> repeated(const Once& once) {
        for (int tries = 1;; ++tries) {
            const auto current = catch_up();
            Result<T> answer = current ? Result<T>(once()) : Result<T>(current.error());
            if (answer || !connection_->recovers_from(answer.error(), tries)) return answer;
        }
    }
    [[nodiscard]] Result<Done> catch_up();
    [[nodiscard]] Result<Done> check_goes_on(const Heads& heads) const;
    [[nodiscard]] Result<Done> replay_once();
    [[nodiscard]] Result<std::vector<Erasure>> register_with(std::int64_t lines) const;
    [[nodiscard]] Result<Done> check_files();

    [[nodiscard]] Result<Done> prepare_statements();
    [[nodiscard]] Result<Appended> append_once(std::span<const Event> batch, bool looks_up);
    [[nodiscard]] Result<bool> has(const Event& event);
    [[nodiscard]] Result<std::vector<const Event*>> new_ones(std::span<const Event> batch,
                                                             bool looks_up);
    [[nodiscard]] Result<Done> insert(const Event& event, Sealed sealed, Heads& heads);
    [[nodiscard]] Result<Done> suppress(const Event& event);
    [[nodiscard]] Result<Done> put_heads(const Heads& before, const Heads& heads);
    [[nodiscard]] Result<PersonKey> key_to_write(const Token& person);
    [[nodiscard]] Result<Done> note_era(ledger::Era newest);

    [[nodiscard]] Result<std::vector<EventRow>> rows_of(std::span<const Token> tokens);
    [[nodiscard]] Result<std::vector<EventRow>> rows_after(const ledger::EventPlace& place,
                                                           Which which);
    [[nodiscard]] Result<std::optional<Event>> opened(const EventRow& row);
    [[nodiscard]] Result<std::vector<Suppression>> suppressed(std::span<const Token> tokens);
    [[nodiscard]] Result<std::vector<Suppression>> suppressions_from(
        const std::optional<Suppression>& last, std::optional<std::uint64_t>& layer);

    [[nodiscard]] Result<Done> finish_erasures(Heads& heads);
    [[nodiscard]] Result<Done> destroy_rows(std::span<const Erasure> erasures, std::size_t lines,
                                            Heads& heads);
    [[nodiscard]] Result<std::string> destroy_rows_of(const Erasure& erasure);
    [[nodiscard]] Result<std::uint64_t> events_there(const Token& person);
    [[nodiscard]] Result<std::string> kept_of(const Token& person);

    // Declared in this order so that statements die before their connection.
    std::unique_ptr<Connection> connection_;
    LedgerFiles files_;
    PersonKeyFile keys_;
    bool may_write_;
    Heads acknowledged_;             ///< as of the last batch of this object in each partition
    std::int64_t lines_ = 0;         ///< of the register that the keys at hand are known to follow
    std::optional<int> generation_;  ///< of the connection on which erasures were looked at
    std::optional<Statement> by_person_;
    std::optional<Statement> suppressed_;
    std::optional<Statements> statements_;
};

}  // namespace licet::store

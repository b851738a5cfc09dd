// SPDX-License-Identifier: Apache-2.0
#include "store/internal/database.h"

#include <algorithm>
#include <thread>

#include "store/internal/schema.h"

namespace licet::store {

Result<bool> Connection::hinted_within(std::chrono::milliseconds time) {
    std::this_thread::sleep_for(time);
    return false;
}

Result<std::int64_t> Connection::number(std::string_view sql) {
    Statement statement = LICET_TRY(prepare(sql));
    const bool has_row = LICET_TRY(statement.step());
    return has_row ? statement.number(0) : 0;
}

void Statement::bind(int place, const ledger::Token& token) {
    ledger::Token& stored = stored_[place];
    stored = layer_->over(token);
    body_->bind(place, std::span<const std::uint8_t>(stored.bytes));
}

std::optional<ledger::Token> Statement::token(int column) const {
    ledger::Token stored;
    const auto there = bytes(column);
    if (there.size() != stored.bytes.size()) return std::nullopt;
    std::copy(there.begin(), there.end(), stored.bytes.begin());
    return layer_->under(stored);
}

void Connection::guard_layer(LayerKeys keys, Layers which, std::uint64_t tenant) {
    layer_keys_.emplace(std::move(keys));
    which_layers_ = which;
    tenant_ = tenant;
    has_agreed_ = false;
}

Result<Done> Connection::agree_on_layer() {
    if (!layer_keys_) return Done{};
    if (!layer_row_) layer_row_ = LICET_TRY(prepare("SELECT layer, tenant FROM replayed"));
    const bool has_row = LICET_TRY(layer_row_->step());
    if (!has_row) return error(ErrorCode::kBroken, "store.corrupt", {}, place_);
    const auto check_value = static_cast<std::uint64_t>(layer_row_->number(0));
    const auto tenant = static_cast<std::uint64_t>(layer_row_->number(1));
    LICET_TRY(layer_row_->run());
    // With another key nobody would be recognised, and every objection would seem not to exist.
    if (tenant_ != 0 && tenant != 0 && tenant != tenant_)
        return error(ErrorCode::kInput, "tenant_key.other", {}, place_);
    if (has_agreed_ && check_value == layer_.check_value()) return Done{};
    has_agreed_ = false;
    layer_ = LICET_TRY(layer_keys_->layer(check_value, which_layers_));
    has_agreed_ = true;
    return Done{};
}

Result<Transaction> Transaction::begin(Connection& connection, Access access) {
    // What is written within a moment that is being read would not be durable when it is answered.
    LICET_ENSURE(connection.depth_ == 0 || access == Access::kRead);
    const bool is_outer = connection.depth_ == 0;
    if (is_outer) LICET_TRY(connection.begin(access));
    ++connection.depth_;
    Transaction transaction(&connection);
    if (is_outer && access == Access::kRead) LICET_TRY(connection.agree_on_layer());
    return transaction;
}

Transaction::~Transaction() {
    if (connection_ != nullptr && --connection_->depth_ == 0) connection_->roll_back();
}

Result<Done> Transaction::commit() {
    if (connection_->depth_ == 1) LICET_TRY(connection_->commit());
    --connection_->depth_;
    connection_ = nullptr;
    return Done{};
}

Result<std::unique_ptr<Connection>> checked_connection(const LedgerFiles& files, Mode mode,
                                                       std::chrono::milliseconds patience,
                                                       Layers layers) {
    LayerKeys keys(files);
    // A ledger that is made is under the layer of its folder from its first moment.
    std::uint64_t layer = 0;
    if (mode == Mode::kCreate) layer = LICET_TRY(keys.current()).check_value();
    auto connection = LICET_TRY(is_server(files.database)
                                    ? checked_server(files.database, mode, patience, layer)
                                    : checked_sqlite(files.database, mode, patience, layer));
    connection->guard_layer(std::move(keys), layers, files.tenant);
    LICET_TRY(connection->agree_on_layer());
    return connection;
}

}  // namespace licet::store

// SPDX-License-Identifier: Apache-2.0
#include "store/internal/database.h"

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

Result<Transaction> Transaction::begin(Connection& connection, Access access) {
    // What is written within a moment that is being read would not be durable when it is answered.
    LICET_ENSURE(connection.depth_ == 0 || access == Access::kRead);
    if (connection.depth_ == 0) LICET_TRY(connection.begin(access));
    ++connection.depth_;
    return Transaction(&connection);
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

Result<std::unique_ptr<Connection>> checked_connection(const std::string& place, Mode mode,
                                                       std::chrono::milliseconds patience) {
    return is_server(place) ? checked_server(place, mode, patience)
                            : checked_sqlite(place, mode, patience);
}

}  // namespace licet::store

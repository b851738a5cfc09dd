// SPDX-License-Identifier: Apache-2.0
//
// Moves what is committed from the log of an SQLite ledger into its file, beside the writer:
//
//     writer: log, fsync ──► answered        keeper: log ──► file, fsync, each moment
//
// Whoever writes would otherwise do it once the log is large, and some requests would wait a tenth
// of a second for it. A server of databases does it by itself. Nothing is lost without a keeper.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"

namespace licet::store {

class Connection;

/// Threads: one object per thread.
class LogKeeper {
  public:
    /// `database` is a file, or the address of a server (then nothing is opened). Errors: those of
    /// opening a ledger's file.
    [[nodiscard]] static Result<LogKeeper> open(const std::string& database);
    LogKeeper(LogKeeper&&) noexcept;
    LogKeeper& operator=(LogKeeper&&) noexcept;
    ~LogKeeper();

    /// Moves what nobody reads any more, and waits for nobody. Errors: kBroken ("store.full", ...),
    /// after which the log is whole and the writer goes on.
    [[nodiscard]] Result<Done> keep();

  private:
    explicit LogKeeper(std::unique_ptr<Connection> connection);
    std::unique_ptr<Connection> connection_;  ///< null: a server's
};

}  // namespace licet::store

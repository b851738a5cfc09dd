// SPDX-License-Identifier: Apache-2.0
//
// A real PostgreSQL server for tests: its own folder, a Unix socket and no port, gone with the
// program that started it. For tests only.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace licet::store {

/// True if the server's programs are on this machine.
[[nodiscard]] bool has_postgres();

class PostgresServer {
  public:
    /// Makes a database cluster; does not start it.
    explicit PostgresServer(std::string name);
    /// Makes a standby: a copy of `primary`, which it follows under its own name.
    PostgresServer(std::string name, const PostgresServer& primary);
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;
    ~PostgresServer();

    void set(const std::string& option, const std::string& value);
    /// Starts it and waits until it answers.
    void start();
    /// Kills the server and all its processes at once (SIGKILL), and waits until they are gone.
    void kill_all();
    /// Makes a standby follow another server, or nobody.
    void follow(const PostgresServer& server);
    void follow_nobody();
    void promote() const;

    /// The address of a database, as config.toml has it.
    [[nodiscard]] std::string address(const std::string& database = "postgres") const;
    /// Makes an empty database and gives its address.
    [[nodiscard]] std::string fresh_database();
    /// The name of the newest of these.
    [[nodiscard]] std::string newest_database() const;
    /// Runs SQL and gives the first value of the first row ("" if there is none).
    std::string sql(const std::string& text, const std::string& database = "postgres") const;
    [[nodiscard]] const std::string& folder() const { return folder_; }

    /// The one that all tests of a program share.
    [[nodiscard]] static PostgresServer& shared();

  private:
    [[nodiscard]] std::vector<pid_t> processes() const;

    std::string name_;
    std::string folder_;
    pid_t pid_ = -1;
    int databases_ = 0;
};

}  // namespace licet::store

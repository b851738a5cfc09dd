// SPDX-License-Identifier: Apache-2.0
#include "store/postgres_server.h"

#include <fcntl.h>
#include <grp.h>
#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

namespace licet::store {
namespace {

namespace fs = std::filesystem;

std::string programs() {
    std::string newest;
    std::error_code fault;
    for (const auto& one : fs::directory_iterator("/usr/lib/postgresql", fault))
        newest = std::max(newest, one.path().string());
    return newest.empty() ? "" : newest + "/bin/";
}

// PostgreSQL refuses to run as root; its own user is there once it is installed.
const passwd* server_user() { return ::getuid() == 0 ? ::getpwnam("postgres") : nullptr; }

pid_t start_program(const std::string& name, const std::vector<std::string>& arguments,
                    const std::string& log) {
    const std::string path = programs() + name;
    const passwd* user = server_user();
    const pid_t child = ::fork();
    if (child != 0) return child;
    if (user != nullptr && (::setgroups(0, nullptr) != 0 || ::setgid(user->pw_gid) != 0 ||
                            ::setuid(user->pw_uid) != 0))
        ::_exit(70);
    ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
    const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    ::dup2(out, 1);
    ::dup2(out, 2);
    if (::chdir("/") != 0) ::_exit(71);
    std::vector<char*> raw{const_cast<char*>(path.c_str())};
    for (const std::string& one : arguments) raw.push_back(const_cast<char*>(one.c_str()));
    raw.push_back(nullptr);
    ::execv(path.c_str(), raw.data());
    ::_exit(72);
}

void run_program(const std::string& name, const std::vector<std::string>& arguments,
                 const std::string& log) {
    int status = -1;
    ASSERT_EQ(::waitpid(start_program(name, arguments, log), &status, 0) > 0, true);
    ASSERT_EQ(status, 0) << name << ", see " << log;
}

void give_to_server(const std::string& path) {
    const passwd* user = server_user();
    if (user == nullptr) return;
    EXPECT_EQ(::chown(path.c_str(), user->pw_uid, user->pw_gid), 0);
}

std::string fresh_server_folder() {
    std::string folder = (fs::temp_directory_path() / "licet-pg-XXXXXX").string();
    EXPECT_NE(::mkdtemp(folder.data()), nullptr);
    give_to_server(folder);
    return folder;
}

std::string whole_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

bool has_postgres() { return fs::exists(programs() + "initdb"); }

PostgresServer::PostgresServer(std::string name)
    : name_(std::move(name)), folder_(fresh_server_folder()) {
    run_program("initdb",
                {"-D", folder_ + "/data", "-A", "trust", "-U", "licet", "-E", "UTF8", "--no-sync",
                 "--no-instructions", "--locale=C"},
                folder_ + "/log");
    // What these tests kill are processes, not machines: what the system has is on its way.
    set("fsync", "off");
    set("listen_addresses", "''");
    set("unix_socket_directories", "'" + folder_ + "'");
    set("shared_buffers", "16MB");
    set("max_connections", "40");
    set("max_wal_size", "64MB");
}

PostgresServer::PostgresServer(std::string name, const PostgresServer& primary)
    : name_(std::move(name)), folder_(fresh_server_folder()) {
    run_program("pg_basebackup",
                {"-D", folder_ + "/data", "-h", primary.folder(), "-U", "licet", "-X", "stream",
                 "-c", "fast", "--no-sync"},
                folder_ + "/log");
    set("unix_socket_directories", "'" + folder_ + "'");
    set("primary_conninfo",
        "'host=" + primary.folder() + " user=licet application_name=" + name_ + "'");
    std::ofstream(folder_ + "/data/standby.signal");
    give_to_server(folder_ + "/data/standby.signal");
}

PostgresServer::~PostgresServer() {
    kill_all();
    std::error_code fault;
    fs::remove_all(folder_, fault);
}

void PostgresServer::set(const std::string& option, const std::string& value) {
    std::ofstream(folder_ + "/data/postgresql.auto.conf", std::ios::app)
        << option << " = " << value << "\n";
}

void PostgresServer::start() {
    pid_ = start_program("postgres", {"-D", folder_ + "/data"}, folder_ + "/log");
    for (int i = 0; i < 1500; ++i) {
        if (PQping(address().c_str()) == PQPING_OK) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    FAIL() << "the server does not start: " << whole_file(folder_ + "/log");
}

std::vector<pid_t> PostgresServer::processes() const {
    std::vector<pid_t> out;
    for (const auto& one : fs::directory_iterator("/proc")) {
        const std::string number = one.path().filename().string();
        if (number.find_first_not_of("0123456789") != number.npos) continue;
        const std::string status = whole_file(one.path().string() + "/stat");
        const std::size_t after_name = status.rfind(") ");
        if (after_name == status.npos) continue;
        const pid_t parent = static_cast<pid_t>(std::atoi(status.c_str() + after_name + 4));
        if (parent == pid_) out.push_back(static_cast<pid_t>(std::atoi(number.c_str())));
    }
    return out;
}

void PostgresServer::kill_all() {
    if (pid_ <= 0) return;
    const std::vector<pid_t> children = processes();
    ::kill(pid_, SIGKILL);
    for (const pid_t one : children) ::kill(one, SIGKILL);
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    // Others are not our children any more: their places in /proc say when they are gone.
    const auto is_alive = [](pid_t one) {
        const std::string stat = whole_file("/proc/" + std::to_string(one) + "/stat");
        return !stat.empty() && stat.find(") Z") == stat.npos;
    };
    for (int i = 0; i < 500 && std::any_of(children.begin(), children.end(), is_alive); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

void PostgresServer::follow(const PostgresServer& server) {
    set("primary_conninfo",
        "'host=" + server.folder_ + " user=licet application_name=" + name_ + "'");
    sql("SELECT pg_reload_conf()");
}

void PostgresServer::follow_nobody() {
    set("primary_conninfo", "''");
    sql("SELECT pg_reload_conf()");
    for (int i = 0; i < 250 && sql("SELECT count(*) FROM pg_stat_wal_receiver") != "0"; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
}

void PostgresServer::promote() const { sql("SELECT pg_promote(true, 30)"); }

std::string PostgresServer::address(const std::string& database) const {
    return "postgresql://licet@/" + database + "?host=" + folder_;
}

std::string PostgresServer::fresh_database() {
    ++databases_;
    sql("CREATE DATABASE " + newest_database());
    return address(newest_database());
}

std::string PostgresServer::newest_database() const {
    return "ledger" + std::to_string(databases_);
}

std::string PostgresServer::sql(const std::string& text, const std::string& database) const {
    PGconn* handle = PQconnectdb(address(database).c_str());
    PGresult* result = PQexec(handle, text.c_str());
    const ExecStatusType status = PQresultStatus(result);
    EXPECT_TRUE(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        << text << ": " << PQerrorMessage(handle);
    std::string out;
    if (status == PGRES_TUPLES_OK && PQntuples(result) > 0) out = PQgetvalue(result, 0, 0);
    PQclear(result);
    PQfinish(handle);
    return out;
}

PostgresServer& PostgresServer::shared() {
    static PostgresServer server("shared");
    static const bool is_started = [] {
        server.start();
        return true;
    }();
    static_cast<void>(is_started);
    return server;
}

}  // namespace licet::store

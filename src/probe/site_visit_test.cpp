// SPDX-License-Identifier: Apache-2.0
//
// A page that leads where the browser must not go. Method: a real Chromium, on a server of this
// test that has two names. Without Chromium it is skipped.
#include "probe/site_visit.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <set>
#include <sstream>
#include <thread>

namespace licet::probe {
namespace {

// Answers each path with a page, and remembers who was asked for what: "localhost /pixel".
class Server {
  public:
    Server() {
        socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::socklen_t size = sizeof address;
        EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), size), 0);
        EXPECT_EQ(::listen(socket_, 16), 0);
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = std::to_string(ntohs(address.sin_port));
        thread_ = std::thread([this] { serve(); });
    }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    ~Server() {
        ::shutdown(socket_, SHUT_RDWR);
        ::close(socket_);
        thread_.join();
    }
    [[nodiscard]] std::string at(const std::string& host, const std::string& path) const {
        return "http://" + host + ":" + port_ + path;
    }
    [[nodiscard]] bool was_asked(const std::string& what) {
        const std::lock_guard lock(mutex_);
        return asked_.contains(what);
    }

  private:
    void serve() {
        while (true) {
            const int one = ::accept(socket_, nullptr, nullptr);
            if (one < 0) return;
            // A browser connects before it knows what to ask for.
            const timeval patience{0, 200'000};
            ::setsockopt(one, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
            std::array<char, 8192> bytes{};
            const ::ssize_t size = ::recv(one, bytes.data(), bytes.size(), 0);
            const std::string said(bytes.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
            if (said.empty()) {
                ::close(one);
                continue;
            }
            std::istringstream words(said);
            std::string method;
            std::string path;
            words >> method >> path;
            const bool is_other = said.find("Host: localhost") != said.npos;
            {
                const std::lock_guard lock(mutex_);
                asked_.insert((is_other ? "localhost " : "127.0.0.1 ") + path);
            }
            const std::string body =
                "<title>t</title><img src='" + at("localhost", "/pixel") + "'>";
            const std::string answer =
                path == "/away"
                    ? "HTTP/1.1 302 Found\r\nLocation: " + at("localhost", "/inside") +
                          "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    : "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " +
                          std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
            std::ignore = ::send(one, answer.data(), answer.size(), MSG_NOSIGNAL);
            ::close(one);
        }
    }

    int socket_ = -1;
    std::string port_;
    std::mutex mutex_;
    std::set<std::string> asked_;
    std::thread thread_;
};

std::string chromium() {
    const char* named = std::getenv("CHROMIUM");
    if (named != nullptr) return named;
    for (const char* path : {"/usr/bin/chromium", "/usr/bin/chromium-browser"})
        if (std::filesystem::exists(path)) return path;
    return {};
}

class SiteVisitTest : public testing::Test {
  protected:
    void SetUp() override {
        const std::string program = chromium();
        if (program.empty()) GTEST_SKIP() << "no Chromium";
        folder_ = std::filesystem::temp_directory_path() / "licet-visit-XXXXXX";
        ASSERT_NE(::mkdtemp(folder_.data()), nullptr);
        auto started = Browser::start({.program = program,
                                       .profile = folder_,
                                       .has_sandbox = ::geteuid() != 0,
                                       .resolver_rules = "",
                                       .clock = [] {
                                           timespec now{};
                                           ::clock_gettime(CLOCK_MONOTONIC, &now);
                                           return std::chrono::milliseconds{
                                               now.tv_sec * 1000 + now.tv_nsec / 1'000'000};
                                       }});
        ASSERT_TRUE(started) << started.error().message.id;
        browser_ = std::move(started).value();
        std::ifstream file(std::string(LICET_SOURCE_DIR) + "/src/probe/page_look.mjs");
        rules_.look = {std::istreambuf_iterator<char>(file), {}};
        ASSERT_FALSE(rules_.look.empty());
        for (const char* list : {"accept", "refuse", "choose", "policy", "legal"})
            table_.words[list] = json::array{"no such word"};
    }
    void TearDown() override {
        browser_.reset();
        std::error_code ignored;
        if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
    }
    Result<SiteVisit> visit(const std::string& url) {
        return visit_site(*browser_, url, table_, rules_);
    }

    std::string folder_;
    std::unique_ptr<Browser> browser_;
    SiteTable table_;
    VisitRules rules_;
    Server server_;
};

TEST_F(SiteVisitTest, WithoutRulesAPageMayAskAnybody) {
    const auto seen = visit(server_.at("127.0.0.1", "/page"));
    ASSERT_TRUE(seen) << seen.error().message.id;
    EXPECT_EQ(seen->title, "t");
    EXPECT_TRUE(server_.was_asked("localhost /pixel"));
}

TEST_F(SiteVisitTest, WhatMayNotBeAskedIsNot) {
    rules_.may_ask = [](const std::string& host) { return host == "127.0.0.1"; };
    const auto seen = visit(server_.at("127.0.0.1", "/page"));
    ASSERT_TRUE(seen) << seen.error().message.id;
    EXPECT_TRUE(server_.was_asked("127.0.0.1 /page"));
    EXPECT_FALSE(server_.was_asked("localhost /pixel"));
    const auto away = visit(server_.at("127.0.0.1", "/away"));
    ASSERT_FALSE(away);
    EXPECT_EQ(away.error().message.id, "site.unreachable");
    EXPECT_TRUE(server_.was_asked("127.0.0.1 /away"));
    EXPECT_FALSE(server_.was_asked("localhost /inside"));
}

// A name that led elsewhere a moment ago.
TEST_F(SiteVisitTest, WhoAnswersAndMayNotHasNothingPassedOn) {
    rules_.may_ask = [](const std::string& host) { return host == "localhost"; };
    const auto seen = visit(server_.at("localhost", "/page"));
    ASSERT_FALSE(seen);
    EXPECT_EQ(seen.error().message.id, "site.not_public");
}

}  // namespace
}  // namespace licet::probe

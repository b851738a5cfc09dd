// SPDX-License-Identifier: Apache-2.0
#include "probe/browser.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <optional>
#include <vector>

namespace licet::probe {
namespace {

using std::chrono::milliseconds;

constexpr int kItReads = 3;  ///< where the browser has its ends of the pipes
constexpr int kItWrites = 4;
constexpr std::size_t kMostBytes = std::size_t{64} << 20;  ///< of one message: a picture is one
constexpr milliseconds kToClose{2'000};

class Pipe {
  public:
    Pipe() = default;
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() {
        close(read);
        close(write);
    }
    bool open() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) return false;
        // Above the numbers that the browser's ends are to have.
        for (int& end : ends) {
            const int moved = ::fcntl(end, F_DUPFD_CLOEXEC, 16);
            ::close(end);
            end = moved;
        }
        read = ends[0];
        write = ends[1];
        return read >= 0 && write >= 0;
    }
    static void close(int& end) {
        if (end >= 0) ::close(end);
        end = -1;
    }
    int read = -1;
    int write = -1;
};

class Chromium final : public Browser {
  public:
    explicit Chromium(const Options& options) : options_(options) {}
    ~Chromium() override {
        if (child_ <= 0) return;
        send("Browser.close", {}, "");
        const auto end = now() + kToClose;
        int status = 0;
        while (::waitpid(child_, &status, WNOHANG) == 0) {
            if (now() > end) {
                ::kill(child_, SIGKILL);
                while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) continue;
                return;
            }
            ::poll(nullptr, 0, 20);
        }
    }

    bool spawn();
    Result<json::object> call(std::string_view method, const json::object& params,
                              const std::string& session) override;
    Result<Done> hear(milliseconds time, const std::function<bool()>& is_enough) override;
    void listen(Listener listener) override { listener_ = std::move(listener); }
    void send(std::string_view method, const json::object& params,
              const std::string& session) override {
        std::ignore = write(method, params, session);
    }
    milliseconds now() const override { return options_.clock(); }

  private:
    [[nodiscard]] Result<std::int64_t> write(std::string_view method, const json::object& params,
                                             const std::string& session);
    [[nodiscard]] Result<Done> read_some(milliseconds time);
    void take(std::string_view message);
    static Error gone() { return error(ErrorCode::kBroken, "site.browser_gone"); }

    Options options_;
    Pipe to_it_;
    Pipe from_it_;
    pid_t child_ = 0;
    std::int64_t last_id_ = 0;
    std::int64_t awaited_ = 0;
    std::optional<json::object> answer_;
    bool is_unreadable_ = false;
    std::string bytes_;
    Listener listener_;
};

bool Chromium::spawn() {
    if (!to_it_.open() || !from_it_.open()) return false;
    std::vector<std::string> words = {options_.program,
                                      "--headless=new",
                                      "--remote-debugging-pipe",
                                      "--disable-gpu",
                                      "--no-first-run",
                                      "--no-default-browser-check",
                                      "--disable-background-networking",
                                      "--disable-component-update",
                                      "--disable-sync",
                                      "--disable-extensions",
                                      "--mute-audio",
                                      "--lang=fr-FR",
                                      "--user-data-dir=" + options_.profile};
    if (!options_.has_sandbox) words.emplace_back("--no-sandbox");
    if (!options_.resolver_rules.empty())
        words.push_back("--host-resolver-rules=" + options_.resolver_rules);
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    // None of our secrets, and signals as they are for everybody.
    const char* path = std::getenv("PATH");
    std::vector<std::string> said = {"PATH=" + std::string(path == nullptr ? "" : path),
                                     "HOME=" + options_.profile, "LANG=fr_FR.UTF-8"};
    std::vector<char*> surroundings;
    for (std::string& one : said) surroundings.push_back(one.data());
    surroundings.push_back(nullptr);
    posix_spawnattr_t how;
    ::posix_spawnattr_init(&how);
    sigset_t none;
    ::sigemptyset(&none);
    sigset_t usual;
    ::sigfillset(&usual);
    ::posix_spawnattr_setsigmask(&how, &none);
    ::posix_spawnattr_setsigdefault(&how, &usual);
    ::posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        ::posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0);
    ::posix_spawn_file_actions_adddup2(&actions, to_it_.read, kItReads);
    ::posix_spawn_file_actions_adddup2(&actions, from_it_.write, kItWrites);
    // Nothing else that is open here, no ledger and no connection, is handed on.
    ::posix_spawn_file_actions_addclosefrom_np(&actions, kItWrites + 1);
    const int fault = ::posix_spawn(&child_, arguments.front(), &actions, &how, arguments.data(),
                                    surroundings.data());
    ::posix_spawnattr_destroy(&how);
    ::posix_spawn_file_actions_destroy(&actions);
    if (fault != 0) child_ = 0;
    Pipe::close(to_it_.read);
    Pipe::close(from_it_.write);
    return fault == 0;
}

Result<std::int64_t> Chromium::write(std::string_view method, const json::object& params,
                                     const std::string& session) {
    json::object message{{"id", ++last_id_}, {"method", method}, {"params", params}};
    if (!session.empty()) message["sessionId"] = session;
    std::string bytes = json::serialize(message);
    bytes += '\0';
    for (std::string_view rest = bytes; !rest.empty();) {
        const ::ssize_t written = ::write(to_it_.write, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return gone();
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    return last_id_;
}

Result<Done> Chromium::read_some(milliseconds time) {
    pollfd watched{from_it_.read, POLLIN, 0};
    const int ready =
        ::poll(&watched, 1, static_cast<int>(std::max(time, milliseconds{0}).count()));
    if (ready <= 0) return Done{};
    std::array<char, 65536> buffer;
    const ::ssize_t size = ::read(from_it_.read, buffer.data(), buffer.size());
    if (size < 0 && errno == EINTR) return Done{};
    if (size <= 0) return gone();
    bytes_.append(buffer.data(), static_cast<std::size_t>(size));
    std::size_t begin = 0;
    for (std::size_t end = 0; (end = bytes_.find('\0', begin)) != bytes_.npos; begin = end + 1)
        take(std::string_view(bytes_).substr(begin, end - begin));
    bytes_.erase(0, begin);
    if (bytes_.size() > kMostBytes) return gone();
    return Done{};
}

void Chromium::take(std::string_view message) {
    auto parsed = parse_json(message);
    if (!parsed || !parsed->is_object()) {
        is_unreadable_ = true;  // it may have been the answer
        return;
    }
    json::object& said = parsed->get_object();
    if (const json::value* id = said.if_contains("id")) {
        if (id->is_int64() && id->get_int64() == awaited_) answer_ = std::move(said);
        return;
    }
    const json::value* method = said.if_contains("method");
    const json::value* params = said.if_contains("params");
    if (!listener_ || method == nullptr || !method->is_string() || params == nullptr ||
        !params->is_object())
        return;
    const json::value* session = said.if_contains("sessionId");
    listener_(method->get_string(), params->get_object(),
              session != nullptr && session->is_string() ? std::string(session->get_string())
                                                         : std::string());
}

Result<json::object> Chromium::call(std::string_view method, const json::object& params,
                                    const std::string& session) {
    answer_.reset();
    is_unreadable_ = false;
    awaited_ = LICET_TRY(write(method, params, session));
    const auto end = now() + options_.patience;
    while (!answer_) {
        if (is_unreadable_) return error(ErrorCode::kBroken, "site.page_says");
        if (now() > end)
            return error(ErrorCode::kBusy, "site.browser_late", {{"method", std::string(method)}});
        LICET_TRY(read_some(end - now()));
    }
    awaited_ = 0;
    if (const json::value* fault = answer_->if_contains("error")) {
        const json::value* why =
            fault->is_object() ? fault->get_object().if_contains("message") : nullptr;
        return error(ErrorCode::kBroken, "site.browser_says",
                     {{"method", std::string(method)},
                      {"why", why != nullptr && why->is_string() ? std::string(why->get_string())
                                                                 : std::string()}});
    }
    json::value* result = answer_->if_contains("result");
    if (result == nullptr || !result->is_object()) return json::object{};
    return std::move(result->get_object());
}

Result<Done> Chromium::hear(milliseconds time, const std::function<bool()>& is_enough) {
    const auto end = now() + time;
    while (now() < end && !is_enough())
        LICET_TRY(read_some(std::min(end - now(), milliseconds{100})));
    return Done{};
}

}  // namespace

Result<std::unique_ptr<Browser>> Browser::start(const Options& options) {
    auto browser = std::make_unique<Chromium>(options);
    const auto is_there = browser->spawn() ? browser->call("Browser.getVersion", {}, "")
                                           : Result<json::object>(error(ErrorCode::kBroken, ""));
    if (!is_there)
        return error(ErrorCode::kBroken, "site.no_browser", {{"program", options.program}});
    return std::unique_ptr<Browser>(std::move(browser));
}

}  // namespace licet::probe

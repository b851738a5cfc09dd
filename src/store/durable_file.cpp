// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <tuple>

#include "store/internal/durable_file.h"

namespace licet::store {
namespace {

std::atomic<int> steps_done{0};
std::atomic<int> step_that_fails{0};

// Asked before each step.
bool is_to_fail() {
    if (++steps_done != step_that_fails) return false;
    errno = EIO;
    return true;
}

// A descriptor that closes itself.
class File {
  public:
    File(const std::string& path, int flags) : number_(::open(path.c_str(), flags, 0600)) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() {
        if (number_ >= 0) ::close(number_);
    }
    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] bool is_open() const { return number_ >= 0; }
    [[nodiscard]] bool sync() const { return !is_to_fail() && ::fsync(number_) == 0; }

    [[nodiscard]] bool write_all(std::span<const std::uint8_t> bytes) const {
        if (is_to_fail()) return false;
        while (!bytes.empty()) {
            const ssize_t written = ::write(number_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) return false;
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        }
        return true;
    }

  private:
    int number_;
};

}  // namespace

bool sync_folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    const std::string folder = slash == path.npos ? "." : path.substr(0, slash + 1);
    const File file(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return file.is_open() && file.sync();
}

int fail_durable_step(int step) {
    step_that_fails = step;
    return steps_done.exchange(0);
}

int replace_file(const std::string& path, std::span<const std::uint8_t> bytes) {
    const std::string fresh = path + ".new";
    {
        const File file(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC);
        if (!file.is_open()) return errno;
        if (!file.write_all(bytes) || !file.sync()) {
            const int why = errno;
            ::unlink(fresh.c_str());
            return why;
        }
    }
    if (is_to_fail() || std::rename(fresh.c_str(), path.c_str()) != 0) return errno;
    return sync_folder_of(path) ? 0 : errno;
}

int append_to_file(const std::string& path, std::string_view text) {
    struct stat status {};
    const bool is_new = ::stat(path.c_str(), &status) != 0;
    const File file(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC);
    if (!file.is_open()) return errno;
    const std::span bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
    if (!file.write_all(bytes) || !file.sync()) {
        const int why = errno;
        // What is half there would be dropped by the reader too; this only keeps the file tidy.
        std::ignore = ::ftruncate(file.number(), is_new ? 0 : status.st_size);
        return why;
    }
    return !is_new || sync_folder_of(path) ? 0 : errno;
}

std::optional<std::vector<std::uint8_t>> bytes_of_file(const std::string& path) {
    const File file(path, O_RDONLY | O_CLOEXEC);
    struct stat status {};
    if (!file.is_open() || ::fstat(file.number(), &status) != 0) return std::nullopt;
    std::vector<std::uint8_t> out(static_cast<std::size_t>(status.st_size));
    std::size_t done = 0;
    while (done < out.size()) {
        const ssize_t got = ::read(file.number(), out.data() + done, out.size() - done);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return std::nullopt;
        done += static_cast<std::size_t>(got);
    }
    return out;
}

FileState state_of_file(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return {};
    return {status.st_ino, status.st_size,
            std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec};
}

}  // namespace licet::store

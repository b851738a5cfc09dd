// SPDX-License-Identifier: Apache-2.0
//
// An archive of any size, written as its files come, and signed at its end.
//
//     add("a/b.json", bytes) ──► TAR, and a line of SHA256SUMS
//     finish(sign)           ──► SHA256SUMS, SHA256SUMS.sig (Ed25519, 64 bytes), the end
//
// POSIX ustar, without owner and with one fixed time: its bytes depend on nothing but the files and
// their order. What must be held in memory is one file and the list of their digests.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/result.h"

namespace licet::audit {

/// Name of the folder in which all files of the archive stand.
inline constexpr std::string_view kArchiveFolder = "evidence/";

class SignedArchive {
  public:
    using Sink = std::function<Result<Done>(std::string_view bytes)>;
    /// Signs a text: 128 hexadecimal digits.
    using Sign = std::function<Result<std::string>(std::string_view text)>;
    explicit SignedArchive(Sink sink) : sink_(std::move(sink)) {}

    struct Listed {
        std::string path;
        std::uint64_t size_bytes = 0;
    };

    /// Adds a file. The path was not added before, or it is a bug. Errors: those of the sink;
    /// kInput ("archive.path_too_long") over 90 bytes.
    [[nodiscard]] Result<Done> add(const std::string& path, std::string_view bytes);
    /// Adds a file of that size, read block by block; `read` fills its span and gives how much, 0
    /// at the end. Errors: those of add() and of `read`; kChanged ("archive.size_changed") if
    /// there is more or less.
    using ReadBlock = std::function<Result<std::size_t>(std::span<char> out)>;
    [[nodiscard]] Result<Done> add_stream(const std::string& path, std::uint64_t size_bytes,
                                          const ReadBlock& read);
    /// Signs and ends it; nothing can be added afterwards. Errors: those of the sink and of `sign`.
    [[nodiscard]] Result<Done> finish(const Sign& sign);

    [[nodiscard]] const std::vector<Listed>& files() const { return files_; }
    [[nodiscard]] std::uint64_t size_bytes() const { return size_; }
    /// Of the whole archive, in hexadecimal. Use once, after finish().
    [[nodiscard]] std::string digest();

  private:
    [[nodiscard]] Result<Done> write(std::string_view bytes);
    [[nodiscard]] Result<Done> begin_file(const std::string& path, std::uint64_t size_bytes);
    [[nodiscard]] Result<Done> end_file(std::uint64_t size_bytes);
    [[nodiscard]] Result<Done> write_file(const std::string& path, std::string_view bytes);

    Sink sink_;
    Hasher whole_;
    std::uint64_t size_ = 0;
    std::string sums_;
    std::vector<Listed> files_;
};

}  // namespace licet::audit

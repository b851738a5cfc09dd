// SPDX-License-Identifier: Apache-2.0
//
// Small files that must be whole or not there, and stay so when the power goes.
//
//     replace: path.new -> fsync -> rename -> fsync of the folder
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace licet::store {

/// Replaces a file as a whole, mode 0600. Gives 0 or the system's error.
[[nodiscard]] int replace_file(const std::string& path, std::span<const std::uint8_t> bytes);

/// Appends to a file, makes it if it is not there (mode 0600). Gives 0 or the system's error; after
/// an error the file is as long as before.
[[nodiscard]] int append_to_file(const std::string& path, std::string_view text);

/// Makes a rename in the folder of this file durable; false if that fails.
[[nodiscard]] bool sync_folder_of(const std::string& path);

/// Gives all bytes; nothing if the file cannot be read (`errno` says why).
[[nodiscard]] std::optional<std::vector<std::uint8_t>> bytes_of_file(const std::string& path);

/// For tests: of what is written, made durable and renamed here from now on, the how-manieth fails;
/// 0 = nothing. Gives how many were done since the call before. Threads: one.
int fail_durable_step(int step);

/// What tells one state of a file from another.
struct FileState {
    std::uint64_t inode = 0;
    std::int64_t size = -1;
    std::int64_t changed_ns = 0;
    friend bool operator==(const FileState&, const FileState&) = default;
};
[[nodiscard]] FileState state_of_file(const std::string& path);

}  // namespace licet::store

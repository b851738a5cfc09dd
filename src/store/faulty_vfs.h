// SPDX-License-Identifier: Apache-2.0
//
// A disk that fails on command, between SQLite and the real one. For tests only.
//
//     every write, sync, truncation and removal counts as one operation
//     fail_at(n, how)     operation n and all after it fail: an I/O error, or no room
//     cut_power_at(n)     the same, and what was not synced is gone: power_off() puts back on disk
//                         what each file held at its last sync
//
// Deterministic: the same program does the same operations. While it lives it is the library's
// default, so the code under test need not know of it.
#pragma once

#include <cstdint>
#include <string>

namespace licet::store {

class FaultyDisk {
  public:
    FaultyDisk();
    ~FaultyDisk();
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;

    enum class How { kIoError, kNoRoom };
    /// Forgets the count and what was remembered of files.
    void start_counting();
    void fail_at(std::int64_t operation, How how);
    void cut_power_at(std::int64_t operation);
    /// From here on every operation fails; what was remembered stays.
    void cut_power_now();
    [[nodiscard]] std::int64_t operations() const;
    [[nodiscard]] bool has_failed() const;
    /// After a cut: every file that was written is put back to its last synced state. All
    /// connections must be closed. The disk works again.
    void power_off();
};

}  // namespace licet::store

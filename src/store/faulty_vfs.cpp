// SPDX-License-Identifier: Apache-2.0
#include "store/faulty_vfs.h"

#include <sqlite3.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <new>
#include <optional>

namespace licet::store {
namespace {

// What the wrapper knows; there is one disk at a time.
struct State {
    sqlite3_vfs* real = nullptr;
    sqlite3_vfs own{};
    std::int64_t count = 0;
    std::int64_t bad_from = INT64_MAX;
    int error = SQLITE_IOERR;
    bool remembers = false;  // for a cut of the power
    // By path: the bytes at the last sync; nothing = the file was not there, durably.
    std::map<std::string, std::optional<std::string>> synced;
};
State* state = nullptr;

std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// True if this operation must fail.
bool fails() { return ++state->count >= state->bad_from; }

// Called before a file changes for the first time, and when it was synced.
void remember(const std::string& path, bool is_synced) {
    if (!state->remembers || path.empty()) return;
    if (!is_synced && state->synced.contains(path)) return;
    std::error_code fault;
    if (std::filesystem::exists(path, fault))
        state->synced[path] = bytes_of(path);
    else
        state->synced[path] = std::nullopt;
}

struct FaultyFile {
    sqlite3_file base;
    sqlite3_file* real;
    std::string* path;
};
sqlite3_file* real_of(sqlite3_file* file) { return reinterpret_cast<FaultyFile*>(file)->real; }
const std::string& path_of(sqlite3_file* file) {
    return *reinterpret_cast<FaultyFile*>(file)->path;
}

int close_file(sqlite3_file* file) {
    auto* own = reinterpret_cast<FaultyFile*>(file);
    const int code = own->real->pMethods->xClose(own->real);
    sqlite3_free(own->real);
    delete own->path;
    return code;
}
int read_file(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
    return real_of(file)->pMethods->xRead(real_of(file), to, size, at);
}
int write_file(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
    if (fails()) return state->error;
    remember(path_of(file), false);
    return real_of(file)->pMethods->xWrite(real_of(file), from, size, at);
}
int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    if (fails()) return state->error;
    remember(path_of(file), false);
    return real_of(file)->pMethods->xTruncate(real_of(file), size);
}
int sync_file(sqlite3_file* file, int flags) {
    if (fails()) return state->error == SQLITE_FULL ? SQLITE_FULL : SQLITE_IOERR_FSYNC;
    const int code = real_of(file)->pMethods->xSync(real_of(file), flags);
    remember(path_of(file), true);
    return code;
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return real_of(file)->pMethods->xFileSize(real_of(file), size);
}
int lock(sqlite3_file* file, int level) {
    return real_of(file)->pMethods->xLock(real_of(file), level);
}
int unlock(sqlite3_file* file, int level) {
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}
int check_lock(sqlite3_file* file, int* out) {
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out);
}
int control(sqlite3_file* file, int what, void* with) {
    return real_of(file)->pMethods->xFileControl(real_of(file), what, with);
}
int sector_size(sqlite3_file* file) { return real_of(file)->pMethods->xSectorSize(real_of(file)); }
int characteristics(sqlite3_file* file) {
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}
int map_shared(sqlite3_file* file, int page, int size, int extend, void volatile** to) {
    return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, to);
}
int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
    return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
}
void barrier(sqlite3_file* file) { real_of(file)->pMethods->xShmBarrier(real_of(file)); }
int unmap_shared(sqlite3_file* file, int removes) {
    return real_of(file)->pMethods->xShmUnmap(real_of(file), removes);
}

const sqlite3_io_methods kMethods = {
    2,           close_file, read_file,    write_file, truncate_file, sync_file,       file_size,
    lock,        unlock,     check_lock,   control,    sector_size,   characteristics, map_shared,
    lock_shared, barrier,    unmap_shared, nullptr,    nullptr};

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    auto* own = reinterpret_cast<FaultyFile*>(file);
    own->base.pMethods = nullptr;
    auto* real = static_cast<sqlite3_file*>(sqlite3_malloc(state->real->szOsFile));
    std::memset(real, 0, static_cast<std::size_t>(state->real->szOsFile));
    if (name != nullptr) remember(name, false);
    const int code = state->real->xOpen(state->real, name, real, flags, out_flags);
    if (code != SQLITE_OK) {
        sqlite3_free(real);
        return code;
    }
    own->real = real;
    own->path = new std::string(name == nullptr ? "" : name);
    own->base.pMethods = &kMethods;
    return SQLITE_OK;
}
int delete_file(sqlite3_vfs*, const char* name, int syncs_folder) {
    if (fails()) return state->error == SQLITE_FULL ? SQLITE_FULL : SQLITE_IOERR_DELETE;
    remember(name, false);
    const int code = state->real->xDelete(state->real, name, syncs_folder);
    if (syncs_folder != 0) remember(name, true);
    return code;
}

}  // namespace

FaultyDisk::FaultyDisk() {
    state = new State;
    state->real = sqlite3_vfs_find(nullptr);
    state->own = *state->real;
    state->own.zName = "faulty";
    state->own.szOsFile = sizeof(FaultyFile);
    state->own.xOpen = open_file;
    state->own.xDelete = delete_file;
    sqlite3_vfs_register(&state->own, 1);
}

FaultyDisk::~FaultyDisk() {
    sqlite3_vfs_unregister(&state->own);
    sqlite3_vfs_register(state->real, 1);
    delete state;
    state = nullptr;
}

void FaultyDisk::start_counting() {
    state->count = 0;
    state->bad_from = INT64_MAX;
    state->remembers = false;
    state->synced.clear();
}

void FaultyDisk::fail_at(std::int64_t operation, How how) {
    start_counting();
    state->bad_from = operation;
    state->error = how == How::kNoRoom ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

void FaultyDisk::cut_power_at(std::int64_t operation) {
    fail_at(operation, How::kIoError);
    state->remembers = true;
}

void FaultyDisk::cut_power_now() { state->bad_from = 0; }

std::int64_t FaultyDisk::operations() const { return state->count; }
bool FaultyDisk::has_failed() const { return state->count >= state->bad_from; }

void FaultyDisk::power_off() {
    for (const auto& [path, bytes] : state->synced) {
        std::error_code fault;
        // The index of the log in shared memory is not durable and is made again.
        if (path.ends_with("-shm") || !bytes)
            std::filesystem::remove(path, fault);
        else
            std::ofstream(path, std::ios::binary | std::ios::trunc) << *bytes;
    }
    start_counting();
}

}  // namespace licet::store

// SPDX-License-Identifier: Apache-2.0
#include "main/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <tuple>

namespace licet {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kBlockBytes = 1 << 20;
// All packs of a folder together: a hundred times what the packs of one country take.
constexpr std::size_t kLargestPacksBytes = 64 << 20;

Error missing(const std::string& path) {
    return error(ErrorCode::kMissing, "file.missing", {{"path", path}}, path);
}

// Reads a file up to the block that reaches `most` bytes.
Result<std::string> read_beginning(const std::string& path, std::size_t most) {
    auto reader = LICET_TRY(ByteReader::open(path));
    std::string out;
    std::string block(kBlockBytes, '\0');
    while (out.size() < most) {
        const std::size_t count = LICET_TRY(reader->read(block));
        if (count == 0) break;
        out.append(block, 0, count);
    }
    return out;
}

Error write_error(const std::string& path) {
    const bool is_full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
    return error(ErrorCode::kBroken, is_full ? "file.disk_full" : "file.unwritable",
                 {{"path", path}}, path);
}

Result<Done> write_all(int descriptor, std::string_view rest, const std::string& path) {
    while (!rest.empty()) {
        const ssize_t count = ::write(descriptor, rest.data(), rest.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return write_error(path);
        rest.remove_prefix(static_cast<std::size_t>(count));
    }
    return Done{};
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
    return read_beginning(path, std::string::npos);
}

Result<Done> replace_file(const std::string& path, std::string_view text) {
    std::error_code fault;
    const fs::path real = fs::canonical(path, fault);
    if (fault) return missing(path);
    const fs::perms mode = fs::status(real, fault).permissions() & fs::perms::all;
    auto writer = LICET_TRY(ByteWriter::create(real.string(), static_cast<unsigned>(mode)));
    LICET_TRY(writer->write(text));
    return writer->finish();
}

Result<std::vector<law::SourceFile>> read_packs(const std::string& folder) {
    std::error_code fault;
    if (!fs::is_directory(folder, fault)) return missing(folder);
    std::vector<law::SourceFile> files;
    std::size_t bytes = 0;
    fs::recursive_directory_iterator it(folder, fault);
    for (; !fault && it != fs::recursive_directory_iterator(); it.increment(fault)) {
        const fs::path& path = it->path();
        if (!it->is_regular_file(fault) ||
            (path.extension() != ".md" && path.extension() != ".toml"))
            continue;
        auto text = LICET_TRY(read_beginning(path.string(), law::kLargestFileBytes + 1));
        bytes += text.size();
        if (bytes > kLargestPacksBytes)
            return error(ErrorCode::kInput, "file.packs_too_large",
                         {{"most", std::to_string(kLargestPacksBytes >> 20)}}, folder);
        // By its names on the way, not by where links lead: a linked file is part of the packs.
        fs::path below;
        for (auto part = std::prev(path.end(), it.depth() + 1); part != path.end(); ++part)
            below /= *part;
        files.push_back({below.generic_string(), std::move(text)});
    }
    std::sort(files.begin(), files.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    if (files.empty()) return error(ErrorCode::kMissing, "file.no_packs", {}, folder);
    return files;
}

ByteReader::ByteReader(int descriptor, std::uint64_t size, std::string path)
    : descriptor_(descriptor), size_(size), path_(std::move(path)) {}

ByteReader::~ByteReader() {
    if (descriptor_ > 0) ::close(descriptor_);
}

Result<std::unique_ptr<ByteReader>> ByteReader::open(const std::string& path) {
    if (path == "-") return std::unique_ptr<ByteReader>(new ByteReader(0, 0, path));
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);  // NOLINT: C interface
    if (descriptor < 0 && errno == ENOENT) return missing(path);
    if (descriptor < 0) return error(ErrorCode::kInput, "file.unreadable", {{"path", path}}, path);
    struct stat status {};
    const bool is_known = ::fstat(descriptor, &status) == 0;
    if (is_known && S_ISDIR(status.st_mode)) {
        ::close(descriptor);
        return error(ErrorCode::kInput, "file.is_folder", {{"path", path}}, path);
    }
    const auto size =
        is_known && S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : 0;
    return std::unique_ptr<ByteReader>(new ByteReader(descriptor, size, path));
}

Result<std::size_t> ByteReader::read(std::span<char> out) {
    while (true) {
        const ssize_t count = ::read(descriptor_, out.data(), out.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0)
            return error(ErrorCode::kBroken, "file.unreadable", {{"path", path_}}, path_);
        read_ += static_cast<std::uint64_t>(count);
        return static_cast<std::size_t>(count);
    }
}

Result<Done> ByteReader::read_to_end(const std::function<Result<Done>(std::string_view)>& take) {
    std::string block(kBlockBytes, '\0');
    while (true) {
        const std::size_t count = LICET_TRY(read(block));
        if (count == 0) return Done{};
        LICET_TRY(take(std::string_view(block).substr(0, count)));
    }
}

Result<FolderLock> FolderLock::take(const std::string& folder) {
    const std::string path = folder.empty() ? "." : folder;
    FolderLock lock(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));  // NOLINT
    if (lock.descriptor_ < 0) return missing(path);
    while (::flock(lock.descriptor_, LOCK_EX) != 0)
        if (errno != EINTR)
            return error(ErrorCode::kBroken, "file.unreadable", {{"path", path}}, path);
    return lock;
}

FolderLock::~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

ByteWriter::ByteWriter(int descriptor, std::string path)
    : descriptor_(descriptor), path_(std::move(path)) {}

Result<std::unique_ptr<ByteWriter>> ByteWriter::create(const std::string& path, unsigned mode) {
    const std::string temporary = path + ".part";
    const int descriptor =
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);  // NOLINT
    if (descriptor >= 0 && mode != kAsUmaskSays) std::ignore = ::fchmod(descriptor, mode);
    if (descriptor < 0)
        return error(ErrorCode::kBroken, errno == ENOSPC ? "file.disk_full" : "file.unwritable",
                     {{"path", path}}, path);
    return std::unique_ptr<ByteWriter>(new ByteWriter(descriptor, path));
}

ByteWriter::~ByteWriter() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!is_finished_) ::unlink((path_ + ".part").c_str());
}

Result<Done> ByteWriter::write(std::string_view bytes) {
    constexpr std::size_t kWholeBytes = 64 * 1024;  // worth a call of its own, without a copy
    if (buffer_.empty() && bytes.size() >= kWholeBytes) return put(bytes);
    buffer_.append(bytes);
    if (buffer_.size() < kBlockBytes) return Done{};
    return flush();
}

Result<Done> ByteWriter::flush() {
    LICET_TRY(put(buffer_));
    buffer_.clear();
    return Done{};
}

Result<Done> ByteWriter::put(std::string_view rest) {
    LICET_TRY(write_all(descriptor_, rest, path_));
    put_ += rest.size();
    let_disk_begin();
    return Done{};
}

// The disk works while we do; else finish() waits for all of a large file. A hint: what it cannot
// do, fsync() does.
void ByteWriter::let_disk_begin() {
#ifdef SYNC_FILE_RANGE_WRITE
    constexpr std::uint64_t kAtOnce = std::uint64_t{8} << 20;
    if (put_ - begun_ < kAtOnce) return;
    std::ignore = ::sync_file_range(descriptor_, static_cast<off_t>(begun_),
                                    static_cast<off_t>(put_ - begun_), SYNC_FILE_RANGE_WRITE);
    begun_ = put_;
#endif
}

Result<Done> ByteWriter::finish() {
    LICET_TRY(flush());
    const bool is_done =
        ::fsync(descriptor_) == 0 && ::rename((path_ + ".part").c_str(), path_.c_str()) == 0;
    if (!is_done)
        return error(ErrorCode::kBroken, errno == ENOSPC ? "file.disk_full" : "file.unwritable",
                     {{"path", path_}}, path_);
    is_finished_ = true;
    return Done{};
}

ScratchFile::ScratchFile(int descriptor, std::string folder)
    : descriptor_(descriptor), folder_(std::move(folder)) {}

ScratchFile::~ScratchFile() { ::close(descriptor_); }

Result<std::unique_ptr<ScratchFile>> ScratchFile::create() {
    std::error_code fault;
    const std::string folder = fs::temp_directory_path(fault).string();
    std::string path = (fault ? "/tmp" : folder) + "/licet-XXXXXX";
    const int descriptor = ::mkostemp(path.data(), O_CLOEXEC);  // mode 0600
    if (descriptor < 0) return write_error(folder);
    ::unlink(path.c_str());
    return std::unique_ptr<ScratchFile>(new ScratchFile(descriptor, folder));
}

Result<Done> ScratchFile::write(std::string_view bytes) {
    return write_all(descriptor_, bytes, folder_);
}

Result<std::size_t> ScratchFile::read(std::uint64_t place, std::span<char> out) const {
    while (true) {
        const ssize_t count =
            ::pread(descriptor_, out.data(), out.size(), static_cast<off_t>(place));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0)
            return error(ErrorCode::kBroken, "file.unreadable", {{"path", folder_}}, folder_);
        return static_cast<std::size_t>(count);
    }
}

namespace {

Result<Done> write_whole(ByteWriter& writer, std::string_view text) {
    LICET_TRY(writer.write(text));
    return writer.finish();
}

}  // namespace

Result<std::unique_ptr<PassingFolder>> PassingFolder::create() {
    std::error_code fault;
    const auto above = std::filesystem::temp_directory_path(fault);
    std::string path = (above / "licet-XXXXXX").string();
    if (fault || ::mkdtemp(path.data()) == nullptr)
        return error(ErrorCode::kBroken, "file.unwritable", {{"path", path}}, path);
    return std::unique_ptr<PassingFolder>(new PassingFolder(std::move(path)));
}

PassingFolder::~PassingFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

Result<Done> write_own_file(const std::string& path, std::string_view text) {
    const auto writer = LICET_TRY(ByteWriter::create(path));
    return write_whole(*writer, text);
}

Result<Done> write_file(const std::string& path, std::string_view text) {
    const auto writer = LICET_TRY(ByteWriter::create(path, kAsUmaskSays));
    return write_whole(*writer, text);
}

}  // namespace licet

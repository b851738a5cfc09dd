// SPDX-License-Identifier: Apache-2.0
//
// Files of the user: read whole, read in blocks, written so that a full disk is noticed.
// A file is written under a temporary name and moved into place when it is complete and synced, so
// nobody ever finds half of one under its own name.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "law/markdown.h"

namespace licet {

/// Reads a whole file. Errors: kMissing ("file.missing", "file.is_folder"), kInput
/// ("file.unreadable").
[[nodiscard]] Result<std::string> read_file(const std::string& path);

/// Replaces a file that is there, keeping who may read it; behind a link, the file it leads to.
/// Errors: kMissing ("file.missing"), and those of ByteWriter.
[[nodiscard]] Result<Done> replace_file(const std::string& path, std::string_view text);

/// Reads the packs below a folder; of a file that is too large for law::check_text, no more than
/// shows it. Errors: as read_file, "file.no_packs", "file.packs_too_large".
[[nodiscard]] Result<std::vector<law::SourceFile>> read_packs(const std::string& folder);

/// Reads a file, or standard input for "-", block by block.
class ByteReader {
  public:
    [[nodiscard]] static Result<std::unique_ptr<ByteReader>> open(const std::string& path);
    ~ByteReader();
    ByteReader(const ByteReader&) = delete;
    ByteReader& operator=(const ByteReader&) = delete;
    /// Fills `out`; 0 at the end. Errors: kBroken ("file.unreadable").
    [[nodiscard]] Result<std::size_t> read(std::span<char> out);
    /// Hands over all that is left, piece by piece. Errors: those of read() and of `take`.
    [[nodiscard]] Result<Done> read_to_end(
        const std::function<Result<Done>(std::string_view)>& take);
    /// Size in bytes, 0 if it cannot be known (a pipe).
    [[nodiscard]] std::uint64_t size_bytes() const { return size_; }
    [[nodiscard]] std::uint64_t bytes_read() const { return read_; }

  private:
    ByteReader(int descriptor, std::uint64_t size, std::string path);
    int descriptor_;
    std::uint64_t size_;
    std::uint64_t read_ = 0;
    std::string path_;
};

/// Keeps a folder to one holder at a time, among threads and processes, until it dies. It says
/// nothing to those who do not ask for it.
class FolderLock {
  public:
    /// Waits for its turn. Errors: "file.missing", kBroken ("file.unreadable").
    [[nodiscard]] static Result<FolderLock> take(const std::string& folder);
    ~FolderLock();
    FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FolderLock& operator=(FolderLock&&) = delete;

  private:
    explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

/// The mode of files that hold nobody's data.
inline constexpr unsigned kAsUmaskSays = 0666;

/// Writes a file under a temporary name and moves it into place when it is complete and on disk.
class ByteWriter {
  public:
    /// `mode`: who may read and write it, as in stat(2); kAsUmaskSays leaves it to the umask.
    [[nodiscard]] static Result<std::unique_ptr<ByteWriter>> create(const std::string& path,
                                                                    unsigned mode = 0600);
    ~ByteWriter();  // an unfinished file is removed
    ByteWriter(const ByteWriter&) = delete;
    ByteWriter& operator=(const ByteWriter&) = delete;
    /// Errors: kBroken ("file.disk_full", "file.unwritable").
    [[nodiscard]] Result<Done> write(std::string_view bytes);
    /// Flushes, syncs and moves the file into place.
    [[nodiscard]] Result<Done> finish();

  private:
    ByteWriter(int descriptor, std::string path);
    [[nodiscard]] Result<Done> flush();
    [[nodiscard]] Result<Done> put(std::string_view rest);
    void let_disk_begin();
    int descriptor_;
    std::string path_;
    std::string buffer_;
    std::uint64_t put_ = 0;    ///< bytes that the system has
    std::uint64_t begun_ = 0;  ///< bytes that it was told to bring to the disk
    bool is_finished_ = false;
};

/// A file without a name, for what is too large for memory and is wanted again. Nobody else can
/// open it, and it is gone with the program, however that ends. In the folder that TMPDIR names.
class ScratchFile {
  public:
    /// Errors: kBroken ("file.unwritable"), here and below; also "file.disk_full".
    [[nodiscard]] static Result<std::unique_ptr<ScratchFile>> create();
    ~ScratchFile();
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;
    [[nodiscard]] Result<Done> write(std::string_view bytes);
    /// Fills `out` from `place` on; 0 at the end.
    [[nodiscard]] Result<std::size_t> read(std::uint64_t place, std::span<char> out) const;

  private:
    ScratchFile(int descriptor, std::string folder);
    int descriptor_;
    std::string folder_;  // for messages
};

/// A folder for its owner alone, in that which TMPDIR names; it goes with all that is in it.
class PassingFolder {
  public:
    /// Errors: kBroken ("file.unwritable").
    [[nodiscard]] static Result<std::unique_ptr<PassingFolder>> create();
    ~PassingFolder();
    PassingFolder(const PassingFolder&) = delete;
    PassingFolder& operator=(const PassingFolder&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    explicit PassingFolder(std::string path) : path_(std::move(path)) {}
    std::string path_;
};

/// Writes a whole file at once, for its owner alone: it may hold somebody's data. Errors: those of
/// ByteWriter.
[[nodiscard]] Result<Done> write_own_file(const std::string& path, std::string_view text);

/// Writes a whole file at once, for all to read as far as the umask lets them: it holds nobody's
/// data. Errors: those of ByteWriter.
[[nodiscard]] Result<Done> write_file(const std::string& path, std::string_view text);

}  // namespace licet

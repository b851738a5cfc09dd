// SPDX-License-Identifier: Apache-2.0
//
// A list that can be read as often as it is wanted, whether it comes as a file or through a pipe.
//
//     file   opened once more
//     pipe   kept in a file without a name, then read from there
//
// A refusal in the last row reaches the first one: so a list must be read twice, and a pipe must
// not give other verdicts than the file that went into it. What does not fit on the disk is an
// error.
#pragma once

#include <memory>
#include <string>

#include "lists/csv_reader.h"
#include "main/files.h"

namespace licet {

class SteadyFile {
  public:
    /// Errors: those of ByteReader.
    [[nodiscard]] static Result<SteadyFile> open(const std::string& path);

    /// True if it is a file with something in it.
    [[nodiscard]] bool is_file() const { return reader_->size_bytes() > 0; }
    /// Size in bytes, 0 if it is not known before it is read.
    [[nodiscard]] std::uint64_t size_bytes() const { return reader_->size_bytes(); }

    /// Gives its bytes from the first on. A pipe is read to its end at the first call.
    /// Errors: those of ByteReader and of ScratchFile.
    [[nodiscard]] Result<lists::ByteSource> again();

  private:
    SteadyFile(std::string path, std::unique_ptr<ByteReader> reader)
        : path_(std::move(path)), reader_(std::move(reader)) {}

    std::string path_;
    std::shared_ptr<ByteReader> reader_;
    std::shared_ptr<ScratchFile> kept_;  ///< what came through the pipe
};

}  // namespace licet

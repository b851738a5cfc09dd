// SPDX-License-Identifier: Apache-2.0
//
// The packs as the editor sees them: files of a folder, and over them the documents that are open
// and perhaps not saved. Also the way between our places and those of the protocol.
//
//     ours        path below the folder, line and column from 1, columns in characters
//     protocol    file URI, line and character from 0, characters in UTF-16 units
//
// Documents outside the folder are none of ours. No file is read here.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "law/markdown.h"

namespace licet::lsp {

/// Gives the path of a `file:` URI; nothing for other schemes.
[[nodiscard]] std::optional<std::string> path_of_uri(std::string_view uri);
[[nodiscard]] std::string uri_of_path(std::string_view path);

/// Gives line `number` (from 1) of `text`, empty beyond its end.
[[nodiscard]] std::string_view line_of(std::string_view text, int number);

/// The part of a line from `from` up to, not including, `end`; columns in characters, from 1.
struct Span {
    int from = 1;
    int end = 1;
};

/// Gives the word that stands at `column` of `line` or ends there: a name of the law language.
[[nodiscard]] Span word_at(std::string_view line, int column);
[[nodiscard]] std::string text_of(std::string_view line, const Span& span);

class Documents {
  public:
    /// `folder`: of the packs, absolute, without a slash at its end.
    void set_folder(std::string folder) { folder_ = std::move(folder); }
    [[nodiscard]] const std::string& folder() const { return folder_; }
    void set_disk(std::vector<law::SourceFile> files);
    /// Returns whether the document belongs to the packs.
    bool open(std::string_view uri, std::string text);
    void close(std::string_view uri);

    /// What the law is read from: documents that are open, else files.
    [[nodiscard]] std::vector<law::SourceFile> files() const;
    [[nodiscard]] const std::string* text(const std::string& path) const;

    /// Gives the path below the folder, or nothing.
    [[nodiscard]] std::optional<std::string> path_of(std::string_view uri) const;
    [[nodiscard]] std::string uri_of(const std::string& path) const;

    /// Gives our place of a protocol position.
    [[nodiscard]] law::Place place_of(const std::string& path, const json::value& position) const;
    /// Gives the protocol's range of a part of a line.
    [[nodiscard]] json::object range_of(const std::string& path, int line, const Span& span) const;

  private:
    std::string folder_;
    std::map<std::string, std::string> disk_;
    std::map<std::string, std::string> open_;
};

}  // namespace licet::lsp

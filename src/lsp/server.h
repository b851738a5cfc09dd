// SPDX-License-Identifier: Apache-2.0
//
// The language server for packs, without its pipes: one message in, the messages to send out.
//
//     {"method":"textDocument/didChange", ...}   --take-->   nothing yet, but there is work
//                                                --work-->   publishDiagnostics
//     {"id":7,"method":"textDocument/hover", ...} --take-->  {"id":7,"result":{...}}
//
// Reading the whole law takes seconds, so it is done when nobody waits: `work` does a piece of it,
// and the caller looks for new messages between pieces. First the pack that was changed, with those
// it imports; then, once nobody has typed for a while, all packs; then, if there is no fault, the
// case tables, one file a piece, for the rows that fail.
//
// JSON-RPC 2.0, protocol 3.17: whole documents are sent, characters are UTF-16 units.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "law/law.h"
#include "lsp/cursor.h"

namespace licet::lsp {

/// How the server gets at files.
struct Disk {
    /// Gives the folder of packs for the folder that the editor opened: itself, or its `packs`.
    std::function<std::string(const std::string& root)> packs_folder;
    std::function<Result<std::vector<law::SourceFile>>(const std::string& folder)> read;
};

class Server {
  public:
    using Messages = std::vector<std::string>;

    /// `packs`: the folder that was asked for, or empty for that of the editor.
    Server(const Catalogue& say, Disk disk, std::string packs, std::string version);

    /// Takes one message; gives what is to be sent at once.
    [[nodiscard]] Messages take(std::string_view message);
    [[nodiscard]] bool has_work() const { return is_started_ && (is_stale_ || !to_run_.empty()); }
    /// Whether the next piece is short. The one that is not (all packs) should wait for a rest.
    [[nodiscard]] bool is_next_short() const { return !is_stale_ || !is_part_checked_; }
    /// Does a piece of the waiting work; gives what is to be sent.
    [[nodiscard]] Messages work();

    [[nodiscard]] bool is_over() const { return is_over_; }
    /// After `exit`: whether it was announced by `shutdown`.
    [[nodiscard]] bool ended_well() const { return is_shut_; }

  private:
    using Handler = json::value (Server::*)(const json::value& parameters);
    [[nodiscard]] Messages request(const json::value& id, std::string_view method,
                                   const json::value& parameters);
    void notify(std::string_view method, const json::value& parameters);
    [[nodiscard]] json::value initialize(const json::value& parameters);
    [[nodiscard]] json::value hover(const json::value& parameters);
    [[nodiscard]] json::value definition(const json::value& parameters);
    [[nodiscard]] json::value completion(const json::value& parameters);
    [[nodiscard]] json::value formatting(const json::value& parameters);

    /// What the request is about; nothing for documents that are none of ours.
    struct Target {
        std::string path;
        const std::string* text = nullptr;
        law::Place place;
    };
    [[nodiscard]] std::optional<Target> target_of(const json::value& parameters);
    [[nodiscard]] const Names& names();
    void read_disk();
    void changed(std::string_view uri = {});
    [[nodiscard]] std::vector<law::SourceFile> part_at_hand() const;
    [[nodiscard]] Messages check_part(const std::vector<law::SourceFile>& part);
    [[nodiscard]] Messages check_law();
    [[nodiscard]] Messages run_next();
    [[nodiscard]] Messages publish();
    void add_diagnostic(const Error& problem, int severity,
                        std::map<std::string, json::array>& into) const;

    const Catalogue& say_;
    Disk disk_;
    std::string wanted_packs_;
    std::string version_;
    Documents documents_;
    std::unique_ptr<Names> names_;  ///< null when documents have changed since
    std::unique_ptr<law::Law> law_;
    std::vector<law::SourceFile> checked_;  ///< what law_ was read from
    std::vector<std::string> to_run_;       ///< files whose case tables wait
    std::map<std::string, json::array> law_faults_;
    std::map<std::string, json::array> case_faults_;
    std::map<std::string, std::string> published_;
    bool is_started_ = false;
    bool is_stale_ = true;
    bool is_part_checked_ = false;  ///< of what is stale, the pack at hand is checked already
    std::string folder_at_hand_;    ///< of the pack that was changed last
    bool is_shut_ = false;
    bool is_over_ = false;
};

}  // namespace licet::lsp

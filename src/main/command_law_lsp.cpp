// SPDX-License-Identifier: Apache-2.0
//
// licet law lsp: the language server on standard input and output. Only the pipes and the files are
// here; what is said and answered is in lsp/server.h.
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <iostream>

#include "lsp/framing.h"
#include "lsp/server.h"
#include "main/commands.h"
#include "main/files.h"

namespace licet {
namespace {

namespace fs = std::filesystem;

// The folder of packs in the folder that the editor has opened: itself, or its `packs`.
std::string packs_folder_of(const std::string& root) {
    std::error_code fault;
    fs::path folder = fs::absolute(root.empty() ? "." : root, fault).lexically_normal();
    if (!folder.has_filename()) folder = folder.parent_path();  // a slash at the end
    const bool is_below = !fs::is_regular_file(folder / "facts.md", fault) &&
                          fs::is_regular_file(folder / "packs" / "facts.md", fault);
    return (is_below ? folder / "packs" : folder).string();
}

// How long nobody must have typed before all packs are read.
constexpr int kRestMs = 1000;

bool has_input(int wait_ms) {
    pollfd input{STDIN_FILENO, POLLIN, 0};
    return ::poll(&input, 1, wait_ms) > 0;
}

void send(const lsp::Server::Messages& messages) {
    for (const std::string& message : messages) std::cout << lsp::framed(message);
    std::cout.flush();
}

// Waits for more input; false at its end.
bool fill(lsp::Framing& framing) {
    std::array<char, 64 * 1024> block;
    while (true) {
        const ssize_t count = ::read(STDIN_FILENO, block.data(), block.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        framing.add({block.data(), static_cast<std::size_t>(count)});
        return true;
    }
}

}  // namespace

int run_law_lsp(const Terminal& terminal, const Common& common, const std::string& version) {
    lsp::Server server(terminal.text(), {packs_folder_of, read_packs}, common.packs, version);
    lsp::Framing framing;
    while (!server.is_over() && std::cout) {
        const auto message = framing.next();
        if (!message) return fail(terminal, message.error());
        if (*message) {
            send(server.take(**message));
        } else if (server.has_work() && !has_input(server.is_next_short() ? 0 : kRestMs)) {
            send(server.work());
        } else if (!fill(framing)) {
            break;
        }
    }
    return server.ended_well() ? 0 : exit_status::kBroken;
}

}  // namespace licet

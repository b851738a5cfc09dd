// SPDX-License-Identifier: Apache-2.0
#include "main/link_keys.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <sys/stat.h>

#include <array>
#include <filesystem>

#include "main/files.h"

namespace licet {
namespace {

std::string path_of(const Workspace& workspace) { return path_in(workspace, "links.key"); }

Result<rights::LinkKeys> read_keys(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return error(ErrorCode::kMissing, "link.no_key", {}, path);
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return error(ErrorCode::kInput, "workspace.key_open_to_others", {{"path", path}}, path);
    std::string text = LICET_TRY(read_file(path));
    auto keys = rights::link_keys_of_secret_text(text);
    OPENSSL_cleanse(text.data(), text.size());
    if (!keys) {
        Error problem = std::move(keys).error();
        problem.where = path;
        return problem;
    }
    return keys;
}

Result<Done> add_key(rights::LinkKeys& keys) {
    std::array<std::uint8_t, rights::LinkKey::kSizeBytes> bytes{};
    if (RAND_priv_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        return error(ErrorCode::kBroken, "workspace.no_randomness");
    auto done = keys.add(rights::LinkKey(bytes));
    OPENSSL_cleanse(bytes.data(), bytes.size());
    return done;
}

}  // namespace

Result<rights::LinkKeys> link_keys_of(const Workspace& workspace, KeyWish wish) {
    const std::string path = path_of(workspace);
    std::error_code fault;
    const auto is_there = [&] { return std::filesystem::exists(path, fault); };
    if (wish == KeyWish::kMustBeThere || (wish == KeyWish::kMakeFirst && is_there()))
        return read_keys(path);
    // One after another: of two first keys the second would take the place of the first, and what
    // the first has sealed could not be opened any more.
    const FolderLock lock = LICET_TRY(FolderLock::take(workspace.folder));
    rights::LinkKeys keys;
    if (is_there()) keys = LICET_TRY(read_keys(path));
    if (wish == KeyWish::kMakeFirst && is_there()) return keys;
    LICET_TRY(add_key(keys));
    std::string text = rights::secret_text_of(keys);
    auto writer = LICET_TRY(ByteWriter::create(path, 0600));
    auto done = writer->write(text);
    OPENSSL_cleanse(text.data(), text.size());
    LICET_TRY(std::move(done));
    LICET_TRY(writer->finish());
    return keys;
}

}  // namespace licet

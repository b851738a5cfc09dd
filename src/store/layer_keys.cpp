// SPDX-License-Identifier: Apache-2.0
#include "store/internal/layer_keys.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <vector>

#include "store/internal/durable_file.h"

namespace licet::store {
namespace {

using ledger::TokenLayer;

// Nothing if there is no such file.
Result<std::optional<TokenLayer>> layer_in(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0 && (errno == ENOENT || errno == ENOTDIR))
        return std::optional<TokenLayer>{};
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return error(ErrorCode::kInput, "workspace.key_open_to_others", {{"path", path}}, path);
    auto bytes = bytes_of_file(path);
    // Another program has just given it its next name.
    if (!bytes && errno == ENOENT) return std::optional<TokenLayer>{};
    if (!bytes) return error(ErrorCode::kMissing, "layer_key.missing", {}, path);
    std::string text(bytes->begin(), bytes->end());
    std::fill(bytes->begin(), bytes->end(), std::uint8_t{0});
    const auto key = ledger::key_of_secret_text(text);
    if (!key) return error(ErrorCode::kInput, "workspace.key_form", {}, path);
    return std::optional<TokenLayer>(LICET_TRY(TokenLayer::create(*key)));
}

}  // namespace

Error LayerKeys::unwritable(int why) const {
    return error(ErrorCode::kBroken, "layer_key.unwritable", {{"code", std::to_string(why)}},
                 path_);
}

Result<TokenLayer> LayerKeys::current() const {
    auto layer = LICET_TRY(layer_in(path_));
    return layer ? *std::move(layer) : TokenLayer::none();
}

Result<std::optional<TokenLayer>> LayerKeys::fresh() const { return layer_in(fresh_path()); }

Result<std::optional<TokenLayer>> LayerKeys::find(std::uint64_t check_value, Layers which) const {
    auto current = LICET_TRY(this->current());
    if (current.check_value() == check_value) return std::optional(std::move(current));
    auto fresh = LICET_TRY(this->fresh());
    if (fresh && fresh->check_value() == check_value) return fresh;
    if (which == Layers::kInForce) return std::optional<TokenLayer>{};
    if (check_value == 0) return std::optional(TokenLayer::none());
    auto old = LICET_TRY(layer_in(old_path()));
    if (old && old->check_value() == check_value) return old;
    return std::optional<TokenLayer>{};
}

Result<TokenLayer> LayerKeys::layer(std::uint64_t check_value, Layers which) const {
    auto found = LICET_TRY(find(check_value, which));
    // Between the looks at two files a rotation may have renamed one to the other.
    if (!found) found = LICET_TRY(find(check_value, which));
    if (found) return *std::move(found);
    if (LICET_TRY(current()).check_value() == 0)
        return error(ErrorCode::kMissing, "layer_key.missing", {}, path_);
    return error(ErrorCode::kInput, "layer_key.other", {}, path_);
}

Result<Done> LayerKeys::put_fresh(const ledger::TokenKey& key) const {
    const std::string text = ledger::secret_text_of(key);
    const std::span bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
    if (const int why = replace_file(fresh_path(), bytes); why != 0) return unwritable(why);
    return Done{};
}

Result<Done> LayerKeys::drop_fresh() const {
    if (::unlink(fresh_path().c_str()) != 0 && errno != ENOENT) return unwritable(errno);
    return sync_folder_of(path_) ? Result<Done>(Done{}) : unwritable(errno);
}

Result<Done> LayerKeys::promote_fresh() const {
    // A copy, so that there is a layer.key at every moment.
    if (const auto bytes = bytes_of_file(path_); bytes) {
        if (const int why = replace_file(old_path(), *bytes); why != 0) return unwritable(why);
    }
    if (std::rename(fresh_path().c_str(), path_.c_str()) != 0) return unwritable(errno);
    return sync_folder_of(path_) ? Result<Done>(Done{}) : unwritable(errno);
}

}  // namespace licet::store

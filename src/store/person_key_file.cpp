// SPDX-License-Identifier: Apache-2.0
#include "store/person_key_file.h"

#include <sys/stat.h>

namespace licet::store {

Result<PersonKeyFile> PersonKeyFile::open(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return error(ErrorCode::kMissing, "person_keys.missing", {}, path);
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return error(ErrorCode::kInput, "workspace.key_open_to_others", {{"path", path}}, path);
    const FileState state = state_of_file(path);
    const auto bytes = bytes_of_file(path);
    if (!bytes) return error(ErrorCode::kMissing, "person_keys.missing", {}, path);
    auto keys = ledger::PersonKeys::of(*bytes);
    if (!keys) return error(ErrorCode::kInput, "person_keys.form", {}, path);
    return PersonKeyFile(path, std::move(keys).value(), state);
}

Result<PersonKeyFile> PersonKeyFile::create(const std::string& path) {
    if (state_of_file(path) != FileState{}) return open(path);
    PersonKeyFile file(path, ledger::PersonKeys(ledger::new_root()), {});
    LICET_TRY(file.save());
    return file;
}

Result<Done> PersonKeyFile::save() {
    if (const int why = replace_file(path_, keys_.bytes()); why != 0)
        return error(ErrorCode::kBroken, "person_keys.unwritable", {{"code", std::to_string(why)}},
                     path_);
    state_ = state_of_file(path_);
    return Done{};
}

Result<Done> PersonKeyFile::refresh() {
    if (state_of_file(path_) == state_) return Done{};
    *this = LICET_TRY(open(path_));
    return Done{};
}

Result<ledger::PersonKey> PersonKeyFile::key_to_write(const ledger::Token& token) {
    if (auto key = keys_.key_of(token)) return *key;
    keys_.add_era(ledger::new_root());
    LICET_TRY(save());
    return *keys_.key_of(token);
}

Result<Done> PersonKeyFile::begin_eras(ledger::Era newest) {
    if (keys_.newest_era() >= newest) return Done{};
    while (keys_.newest_era() < newest) keys_.add_era(ledger::new_root());
    return save();
}

Result<bool> PersonKeyFile::destroy(std::span<const std::pair<ledger::Token, ledger::Era>> persons,
                                    bool is_read_only) {
    const bool has_destroyed = keys_.destroy(persons);
    if (has_destroyed && !is_read_only) LICET_TRY(save());
    return has_destroyed;
}

// What another key file sealed could never be opened again with this one, nor the other way round.
Result<Done> PersonKeyFile::check(std::uint64_t named) const {
    const std::uint64_t found = keys_.check_value();
    if (named == 0 || found == 0 || named == found) return Done{};
    return error(ErrorCode::kInput, "person_keys.other", {}, path_);
}

}  // namespace licet::store

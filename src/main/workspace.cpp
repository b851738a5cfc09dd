// SPDX-License-Identifier: Apache-2.0
#include "main/workspace.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <tuple>

#include "base/bytes.h"
#include "base/text.h"
#include "base/toml.h"
#include "main/files.h"
#include "store/ledger_store.h"

namespace licet {
namespace {

namespace fs = std::filesystem;
constexpr const char* kConfig = "config.toml";
constexpr const char* kKey = "tenant.key";
constexpr const char* kLogKey = "signing.key";
constexpr const char* kPublicLogKey = "signing.vkey";
constexpr std::string_view kOriginHeader = "# origin: ";
constexpr std::size_t kOriginBytes = 8;

std::string in_folder(const std::string& folder, std::string_view name) {
    return (folder.empty() ? "" : folder + "/") + std::string(name);
}

// `missing` is the id of what to say if it is not there.
Result<std::string> read_secret(const std::string& path, std::string_view missing) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return error(ErrorCode::kMissing, missing, {}, path);
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return error(ErrorCode::kInput, "workspace.key_open_to_others", {{"path", path}}, path);
    return read_file(path);
}

// As the ledger names the key (docs/ledger-format.md, section 2). Never 0.
std::uint64_t name_of_check(const std::string& check_value) {
    const auto bytes = bytes_of_hex(check_value).value_or(std::vector<std::uint8_t>(8));
    return big_endian(std::span(bytes).first(sizeof(std::uint64_t))) | 1U;
}

// The files of a ledger that is made, or put back, with the key that lies in the folder. Without
// one, whoever opens the workspace will say so.
Result<store::LedgerFiles> files_with_key(const std::string& folder, const std::string& database) {
    store::LedgerFiles files = store::ledger_files_in(folder, database);
    const auto key = read_token_key(in_folder(folder, kKey));
    if (!key && key.error().code == ErrorCode::kMissing) return files;
    if (!key) return key.error();
    files.tenant = name_of_check(LICET_TRY(check_value_of(*key)));
    return files;
}

// Removes what was made if the rest fails.
class FreshKeys {
  public:
    FreshKeys() = default;
    FreshKeys(const FreshKeys&) = delete;
    FreshKeys& operator=(const FreshKeys&) = delete;
    ~FreshKeys() {
        std::error_code fault;
        for (const std::string& path : paths_) fs::remove(path, fault);
    }
    void add(std::string path) { paths_.push_back(std::move(path)); }
    void keep() { paths_.clear(); }

  private:
    std::vector<std::string> paths_;
};

// The name of the log is chance, so that two ledgers never share one.
Result<Done> write_log_key(const std::string& path, const std::string& public_path) {
    std::array<std::uint8_t, kOriginBytes> chance{};
    if (RAND_bytes(chance.data(), static_cast<int>(chance.size())) != 1)
        return error(ErrorCode::kBroken, "workspace.no_randomness", {}, path);
    const std::string pem = LICET_TRY(new_private_key());
    const ledger::LogIdentity identity{"licet/" + hex_of(chance), LICET_TRY(public_key_of(pem))};
    LICET_TRY(write_secret(path, std::string(kOriginHeader) + identity.origin + "\n" + pem));
    auto writer = LICET_TRY(ByteWriter::create(public_path, kAsUmaskSays));
    LICET_TRY(writer->write(ledger::text_of(identity) + "\n"));
    return writer->finish();
}

}  // namespace

// A token of a text that is nobody's address: the same for the same key, and tells nothing of it.
Result<std::string> check_value_of(const ledger::TokenKey& key) {
    ledger::Tokeniser tokeniser = LICET_TRY(ledger::Tokeniser::create(key));
    const ledger::Token token =
        tokeniser.token({ledger::Normaliser::kEmailStrict1, "licet/key-check/1"});
    return hex_of(token.bytes);
}

Result<Done> write_secret(const std::string& path, std::string text) {
    // NOLINT
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) return error(ErrorCode::kBroken, "file.unwritable", {{"path", path}}, path);
    const bool is_written =
        ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
        ::fsync(descriptor) == 0;
    ::close(descriptor);
    OPENSSL_cleanse(text.data(), text.size());
    if (!is_written) return error(ErrorCode::kBroken, "file.disk_full", {{"path", path}}, path);
    return Done{};
}

Result<ledger::TokenKey> read_token_key(const std::string& path) {
    std::string text = LICET_TRY(read_secret(path, "workspace.key_missing"));
    auto key = ledger::key_of_secret_text(text);
    if (!key) return error(ErrorCode::kInput, "workspace.key_form", {}, path);
    return *std::move(key);
}

Result<ledger::TokenKey> new_token_key() {
    std::array<std::uint8_t, ledger::TokenKey::kSizeBytes> bytes{};
    if (RAND_priv_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        return error(ErrorCode::kBroken, "workspace.no_randomness");
    ledger::TokenKey key(bytes);
    OPENSSL_cleanse(bytes.data(), bytes.size());
    return key;
}

Result<store::LedgerFiles> files_of_folder(const std::string& folder) {
    std::error_code fault;
    const std::string path = in_folder(folder, kConfig);
    if (!fs::exists(path, fault)) return files_with_key(folder, "");
    const std::string text = LICET_TRY(read_file(path));
    const TomlFile config = LICET_TRY(parse_toml(text, path));
    return files_with_key(folder, config.text("database"));
}

bool has_workspace(const std::string& folder) {
    std::error_code fault;
    if (!fs::exists(in_folder(folder, kConfig), fault)) return false;
    // What cannot be read is for whoever opens it to say.
    const auto files = files_of_folder(folder);
    return !files || store::is_server(files->database) || fs::exists(files->database, fault);
}

Result<Workspace> create_workspace(const std::string& folder, const std::string& country,
                                   const std::string& database) {
    std::error_code fault;
    // Signs that a configuration file would need to mask are written in hundredths in an address.
    if (!database.empty() &&
        (!store::is_server(database) || database.find_first_of("\"\\\n") != database.npos))
        return error(ErrorCode::kInput, "init.database");
    if (has_workspace(folder)) return error(ErrorCode::kInput, "workspace.exists", {}, folder);
    if (!folder.empty()) fs::create_directories(folder, fault);
    if (fault) return error(ErrorCode::kBroken, "file.unwritable", {{"path", folder}}, folder);
    // A key that is there already is kept: a ledger elsewhere may rest on it.
    FreshKeys made;
    if (!fs::exists(in_folder(folder, kKey), fault)) {
        made.add(in_folder(folder, kKey));
        const ledger::TokenKey fresh = LICET_TRY(new_token_key());
        LICET_TRY(write_secret(in_folder(folder, kKey), ledger::secret_text_of(fresh)));
    }
    if (!fs::exists(in_folder(folder, kLogKey), fault)) {
        for (const char* one : {kLogKey, kPublicLogKey}) made.add(in_folder(folder, one));
        LICET_TRY(write_log_key(in_folder(folder, kLogKey), in_folder(folder, kPublicLogKey)));
    }
    const ledger::TokenKey key = LICET_TRY(read_token_key(in_folder(folder, kKey)));
    const std::string check = LICET_TRY(check_value_of(key));
    store::LedgerFiles files = store::ledger_files_in(folder, database);
    files.tenant = name_of_check(check);
    const auto ledger = store::open_ledger_store(files, store::Mode::kCreate);
    // A ledger that is there already has keys of its own; one that was made, and then something
    // failed, may name these.
    if (ledger || ledger.error().message.id != "store.exists") made.keep();
    if (!ledger) return ledger.error();
    auto config = LICET_TRY(ByteWriter::create(in_folder(folder, kConfig)));
    LICET_TRY(
        config->write("# licet workspace\nformat = 1\ncountry = \"" + country +
                      "\"\n# Tells whether tenant.key is the key of this ledger.\nkey_check = \"" +
                      check + "\"\n"));
    if (!database.empty()) LICET_TRY(config->write("database = \"" + database + "\"\n"));
    LICET_TRY(config->finish());
    return open_workspace(folder);
}

Result<Workspace> open_workspace(const std::string& folder) {
    if (!has_workspace(folder))
        return error(ErrorCode::kMissing, "workspace.missing",
                     {{"path", folder.empty() ? "." : folder}}, folder);
    const std::string path = in_folder(folder, kConfig);
    const std::string text = LICET_TRY(read_file(path));
    const TomlFile config = LICET_TRY(parse_toml(text, path));
    const std::vector<Error> problems = config.unknown_names(
        {"format", "country", "key_check", "turnover", "database", "controller",
         "controller_contact", "opt_in_days", "opt_in_suspect_seconds"});
    if (!problems.empty()) return problems.front();
    if (config.text("format") != "1")
        return error(ErrorCode::kInput, "workspace.format", {}, config.where("format"));
    const std::string country = config.text("country", "fr");
    const bool is_code = country.size() == 2 &&
                         country.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == country.npos;
    if (!is_code) return error(ErrorCode::kInput, "init.country", {}, config.where("country"));
    const std::optional<std::int64_t> turnover = whole_number(config.text("turnover"));
    if (!turnover && !config.text("turnover").empty())
        return error(ErrorCode::kInput, "cost.turnover_form", {}, config.where("turnover"));
    const std::string database = config.text("database");
    if (!database.empty() && !store::is_server(database))
        return error(ErrorCode::kInput, "init.database", {}, config.where("database"));
    ledger::TokenKey key = LICET_TRY(read_token_key(in_folder(folder, kKey)));
    // With another key nobody would be recognised, and every objection would seem not to exist.
    const std::string check = LICET_TRY(check_value_of(key));
    if (config.text("key_check") != check)
        return error(ErrorCode::kInput, "workspace.other_key", {}, in_folder(folder, kKey));
    Workspace workspace{folder,
                        country,
                        turnover,
                        config.text("controller"),
                        config.text("controller_contact"),
                        7,
                        2,
                        database,
                        std::move(key),
                        name_of_check(check)};
    for (const auto& [name, value] : {std::pair{"opt_in_days", &workspace.opt_in_days},
                                      {"opt_in_suspect_seconds", &workspace.suspect_seconds}}) {
        if (config.text(name).empty()) continue;
        const auto number = whole_number(config.text(name));
        if (!number || *number < 1 || *number > 366)
            return error(ErrorCode::kInput, "workspace.number", {{"name", name}},
                         config.where(name));
        *value = *number;
    }
    return workspace;
}

std::string path_in(const Workspace& workspace, std::string_view name) {
    return in_folder(workspace.folder, name);
}

store::LedgerFiles files_of(const Workspace& workspace) {
    store::LedgerFiles files = store::ledger_files_in(workspace.folder, workspace.database);
    files.tenant = workspace.key_check;
    return files;
}

Result<LogKey> log_key_of(const Workspace& workspace) {
    const std::string path = in_folder(workspace.folder, kLogKey);
    const std::string text = LICET_TRY(read_secret(path, "log.key_missing"));
    const std::size_t end = text.find('\n');
    if (!text.starts_with(kOriginHeader) || end == text.npos)
        return error(ErrorCode::kInput, "log.key_form", {}, path);
    LogKey key;
    key.identity.origin = text.substr(kOriginHeader.size(), end - kOriginHeader.size());
    key.private_pem = text.substr(end + 1);
    const auto public_key = public_key_of(key.private_pem);
    if (!public_key) return error(ErrorCode::kInput, "log.key_form", {}, path);
    key.identity.key = *public_key;
    return key;
}

Result<std::unique_ptr<ledger::Store>> open_ledger(const Workspace& workspace, bool is_read_only) {
    return store::open_ledger_store(
        files_of(workspace), is_read_only ? store::Mode::kReadOnly : store::Mode::kReadWrite);
}

}  // namespace licet

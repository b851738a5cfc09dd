// SPDX-License-Identifier: Apache-2.0
#include "main/serve/server_office.h"

#include <openssl/rand.h>

#include <chrono>
#include <filesystem>

#include "base/base64.h"
#include "base/digest.h"
#include "base/text.h"
#include "main/example_client.h"
#include "main/files.h"
#include "main/people.h"
#include "main/zones.h"

namespace licet {
namespace {

namespace fs = std::filesystem;
constexpr const char* kAccess = "access.json";
constexpr const char* kTenants = "tenants";
// Of folders beside those of tenants: none of them has capitals in its name.
constexpr const char* kNotYet = "NOT-YET-";
constexpr const char* kNoMore = "NO-MORE-";

Result<std::shared_ptr<const web::Access>> read_access(const std::string& path) {
    std::error_code fault;
    if (!fs::exists(path, fault)) return std::make_shared<const web::Access>();
    const std::string text = LICET_TRY(read_file(path));
    auto access = web::access_of(text);
    if (!access) return error(ErrorCode::kBroken, "access.file", {}, path);
    return std::make_shared<const web::Access>(*std::move(access));
}

}  // namespace

ServerOffice::ServerOffice(const Common& common, Catalogue french, Catalogue english)
    : common_(common),
      french_(std::move(french)),
      english_(std::move(english)),
      voices_{&french_, &english_},
      reference_(carried_reference()) {}

Result<std::unique_ptr<ServerOffice>> ServerOffice::open(const Terminal& terminal,
                                                         const Common& common) {
    std::unique_ptr<ServerOffice> office(new ServerOffice(  // NOLINT
        common, catalogue_of(Language::kFrench), catalogue_of(Language::kEnglish)));
    std::ignore = LICET_TRY(open_workspace(common.workspace));
    // What is wrong with the workspace is said in its own words, before anything else.
    std::ignore = LICET_TRY(open_workspace(office->folder_of(web::kFirstTenant)));
    office->remove_leftovers();
    LICET_TRY(office->reload_law(terminal));
    office->access_ = LICET_TRY(read_access(office->folder_of(web::kFirstTenant) + "/" + kAccess));
    // Who starts a server wants to know at once whether its ledger answers.
    std::ignore = LICET_TRY(office->desk(web::kFirstTenant));
    return office;
}

// ---- law ----------------------------------------------------------------------------------------
std::shared_ptr<const law::Law> ServerOffice::law() const {
    const std::lock_guard lock(law_mutex_);
    return law_;
}

Result<Done> ServerOffice::reload_law(const Terminal& terminal) {
    Common fresh = common_;
    fresh.law = nullptr;
    auto law = load_law(terminal, fresh);
    if (!law) return error(ErrorCode::kInput, "serve.no_law");
    const std::lock_guard lock(law_mutex_);
    law_ = std::move(law);
    return Done{};
}

Common ServerOffice::common_of(std::string_view tenant) const {
    Common common = common_;
    common.workspace = folder_of(tenant);
    common.law = law();
    return common;
}

// ---- people -------------------------------------------------------------------------------------
std::shared_ptr<const web::Access> ServerOffice::access() const {
    const std::lock_guard lock(access_mutex_);
    return access_;
}

Result<Done> ServerOffice::reload_access() {
    const std::lock_guard one_at_a_time(access_change_mutex_);
    auto kept = LICET_TRY(read_access(folder_of(web::kFirstTenant) + "/" + kAccess));
    const std::lock_guard lock(access_mutex_);
    access_ = std::move(kept);
    return Done{};
}

Result<Done> ServerOffice::change_access(const std::function<Result<Done>(web::Access&)>& change) {
    const std::lock_guard one_at_a_time(access_change_mutex_);
    // What the command line added meanwhile is not lost.
    const auto kept = LICET_TRY(read_access(folder_of(web::kFirstTenant) + "/" + kAccess));
    auto changed = std::make_shared<web::Access>(*kept);
    LICET_TRY(change(*changed));
    auto file = LICET_TRY(ByteWriter::create(folder_of(web::kFirstTenant) + "/" + kAccess));
    LICET_TRY(file->write(web::text_of(*changed) + "\n"));
    LICET_TRY(file->finish());
    const std::lock_guard lock(access_mutex_);
    access_ = std::move(changed);
    return Done{};
}

json::object json_of(const TenantEntry& tenant) {
    json::object out{{"id", tenant.id}, {"name", tenant.name}, {"country", tenant.country}};
    if (tenant.is_example) out["example"] = true;
    return out;
}

// ---- tenants ------------------------------------------------------------------------------------
std::string ServerOffice::all_tenants() const {
    return folder_of(web::kFirstTenant) + "/" + kTenants;
}

std::string ServerOffice::folder_of(std::string_view tenant) const {
    const std::string first = common_.workspace.empty() ? "." : common_.workspace;
    if (tenant == web::kFirstTenant) return first;
    return first + "/" + kTenants + "/" + std::string(tenant);
}

bool ServerOffice::has_tenant(std::string_view id) const {
    {
        // Of one that is open the disk need not be asked.
        const std::lock_guard lock(desks_mutex_);
        if (desks_.contains(id)) return true;
    }
    return has_tenant_on_disk(id);
}

bool ServerOffice::has_tenant_on_disk(std::string_view id) const {
    return web::check_name(id).has_value() && has_workspace(folder_of(id));
}

std::vector<TenantEntry> ServerOffice::tenants() const {
    std::vector<std::string> ids = {std::string(web::kFirstTenant)};
    std::error_code fault;
    for (const auto& entry : fs::directory_iterator(all_tenants(), fault))
        if (has_tenant(entry.path().filename().string()))
            ids.push_back(entry.path().filename().string());
    std::sort(ids.begin() + 1, ids.end());
    {
        const std::lock_guard lock(known_mutex_);
        known_.insert(ids.begin(), ids.end());
    }
    std::vector<TenantEntry> out;
    for (const std::string& id : ids) {
        const auto workspace = open_workspace(folder_of(id));
        if (!workspace) continue;
        out.push_back({id, workspace->controller.empty() ? id : workspace->controller,
                       workspace->country, licet::is_example(folder_of(id))});
    }
    return out;
}

std::vector<std::string> ServerOffice::missing_tenants(std::span<const TenantEntry> listed) const {
    std::set<std::string> out;
    {
        const std::lock_guard lock(known_mutex_);
        out = known_;
        for (const std::string& one : removed_) out.erase(one);
    }
    for (const TenantEntry& one : listed) out.erase(one.id);
    return {out.begin(), out.end()};
}

Result<std::shared_ptr<TenantDesk>> ServerOffice::desk(std::string_view id) {
    const std::lock_guard lock(desks_mutex_);
    const auto found = desks_.find(id);
    if (found != desks_.end()) return found->second;
    if (!has_tenant_on_disk(id)) return error(ErrorCode::kMissing, "web.no_tenant");
    auto desk = LICET_TRY(TenantDesk::open(std::string(id), folder_of(id)));
    desks_.emplace(std::string(id), desk);
    return desk;
}

Result<Done> ServerOffice::make_tenant(const std::string& id, const std::string& country,
                                       const std::string& name) {
    LICET_TRY(web::check_name(id));
    const std::lock_guard lock(desks_mutex_);
    if (has_tenant_on_disk(id))
        return error(ErrorCode::kInput, "serve.tenant_exists", {{"id", id}});
    std::error_code fault;
    fs::create_directories(all_tenants(), fault);
    std::ignore = LICET_TRY(create_workspace(folder_of(id), country, ""));
    return name.empty() ? Result<Done>(Done{}) : add_controller(folder_of(id), name);
}

Result<Done> ServerOffice::add_controller(const std::string& folder, const std::string& name) {
    // A text of JSON is one of TOML.
    const std::string path = folder + "/config.toml";
    std::string config = LICET_TRY(read_file(path));
    config += "controller = " + json::serialize(json::string(name)) + "\n";
    return write_own_file(path, config);
}

// It is made under a name that is no tenant's, and appears when it is whole.
Result<TenantEntry> ServerOffice::add_example(const Terminal& terminal) {
    constexpr std::ptrdiff_t kMostExamples = 10;
    constexpr std::size_t kDigits = 6;
    const auto all = tenants();
    if (std::count_if(all.begin(), all.end(), [](const auto& one) { return one.is_example; }) >=
        kMostExamples)
        return error(ErrorCode::kInput, "serve.too_many_examples",
                     {{"most", std::to_string(kMostExamples)}});
    const std::string chance = LICET_TRY(this->chance(16));
    const TenantEntry made{"exemple-" + hex_of(sha256(chance)).substr(0, kDigits), kExampleName,
                           kExampleCountry, true};
    Common common = common_of(made.id);
    common.workspace = all_tenants() + "/" + kNotYet + made.id;
    std::error_code fault;
    fs::create_directories(all_tenants(), fault);
    const auto fill = [&]() -> Result<Done> {
        std::ignore = LICET_TRY(create_workspace(common.workspace, made.country, ""));
        LICET_TRY(add_controller(common.workspace, made.name));
        return fill_example(terminal, common);
    };
    auto done = fill();
    if (done) {
        const std::lock_guard lock(desks_mutex_);
        fs::rename(common.workspace, folder_of(made.id), fault);
        if (fault) done = error(ErrorCode::kBroken, "example.step", {{"step", fault.message()}});
    }
    if (done) return made;
    fs::remove_all(common.workspace, fault);
    return done.error();
}

Result<Done> ServerOffice::remove_example(
    const std::string& id, const std::function<void(const std::string& id)>& forget) {
    const std::string doomed = all_tenants() + "/" + kNoMore + id;
    std::error_code fault;
    {
        std::shared_ptr<TenantDesk> desk;  // stops when nobody answers with it any more
        const std::scoped_lock lock(desks_mutex_, checkers_mutex_, known_mutex_);
        if (id == web::kFirstTenant || !has_tenant_on_disk(id))
            return error(ErrorCode::kMissing, "web.no_tenant");
        if (!licet::is_example(folder_of(id)))
            return error(ErrorCode::kInput, "serve.not_an_example");
        // At once and as a whole, whoever writes there: from now on it is no tenant's.
        fs::rename(folder_of(id), doomed, fault);
        if (fault)
            return error(ErrorCode::kBroken, "serve.not_removed", {{"reason", fault.message()}},
                         id);
        if (const auto open = desks_.find(id); open != desks_.end()) {
            desk = std::move(open->second);
            desks_.erase(open);
            checkers_.erase(desk.get());
        }
        removed_.insert(id);
    }
    forget(id);
    LICET_TRY(change_access([&](web::Access& access) {
        for (auto& [name, user] : access.users) user.tenants.erase(id);
        std::erase_if(access.tokens, [&](const auto& one) { return one.second.tenant == id; });
        return Result<Done>(Done{});
    }));
    // Who still has a file open there may write once more.
    constexpr int kTries = 3;
    for (int i = 0; i < kTries && fs::exists(doomed); ++i) fs::remove_all(doomed, fault);
    if (fs::exists(doomed))
        return error(ErrorCode::kBroken, "serve.not_removed", {{"reason", fault.message()}}, id);
    return Done{};
}

// What was begun and not finished when a server stopped is nobody's.
void ServerOffice::remove_leftovers() const {
    std::error_code fault;
    std::vector<fs::path> left;
    for (const auto& entry : fs::directory_iterator(all_tenants(), fault)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(kNotYet) || name.starts_with(kNoMore)) left.push_back(entry.path());
    }
    for (const fs::path& one : left) fs::remove_all(one, fault);
}

// ---- checkers -----------------------------------------------------------------------------------
Result<ServerOffice::LentChecker> ServerOffice::checker(TenantDesk& desk) {
    const auto law = this->law();
    const std::size_t lists = desk.list_count();
    {
        const std::lock_guard lock(checkers_mutex_);
        auto& free = checkers_[&desk];
        // Those of another law are of no use any more, nor those without the key of a new list.
        std::erase_if(free, [&](const LentChecker& one) {
            return &one.checker->law() != law.get() || one.lists != lists;
        });
        if (!free.empty()) {
            LentChecker out = std::move(free.back());
            free.pop_back();
            return out;
        }
    }
    auto tokeniser = LICET_TRY(ledger::Tokeniser::create(desk.workspace().key));
    auto foreign = LICET_TRY(foreign_names(desk.workspace()));
    return LentChecker{
        std::make_unique<web::Checker>(law, reference_, zone_offset, std::move(tokeniser),
                                       std::move(foreign), desk.workspace().country),
        lists};
}

void ServerOffice::give_back(const TenantDesk& desk, LentChecker lent) {
    // Of a tenant that was removed meanwhile nothing is kept.
    const std::scoped_lock lock(desks_mutex_, checkers_mutex_);
    if (const auto open = desks_.find(desk.id());
        open == desks_.end() || open->second.get() != &desk)
        return;
    checkers_[&desk].push_back(std::move(lent));
}

// ---- clock and chance ---------------------------------------------------------------------------
std::int64_t ServerOffice::now_seconds() const { return licet::now_seconds(); }

std::int64_t ServerOffice::now_micros() const {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

Date ServerOffice::today() const { return now().day; }

Result<std::string> ServerOffice::chance(std::size_t bytes) {
    std::vector<std::uint8_t> out(bytes);
    if (RAND_bytes(out.data(), static_cast<int>(out.size())) != 1)
        return error(ErrorCode::kBroken, "workspace.no_randomness");
    return base64url_of(out);
}

}  // namespace licet

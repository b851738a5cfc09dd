// SPDX-License-Identifier: Apache-2.0
#include "main/serve/server_office.h"

#include <openssl/rand.h>

#include <chrono>
#include <filesystem>

#include "base/base64.h"
#include "main/example_client.h"
#include "main/files.h"
#include "main/people.h"
#include "main/zones.h"

namespace licet {
namespace {

namespace fs = std::filesystem;
constexpr const char* kAccess = "access.json";
constexpr const char* kTenants = "tenants";

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
    for (const auto& entry :
         fs::directory_iterator(folder_of(web::kFirstTenant) + "/" + kTenants, fault))
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
    fs::create_directories(folder_of(web::kFirstTenant) + "/" + kTenants, fault);
    std::ignore = LICET_TRY(create_workspace(folder_of(id), country, ""));
    if (name.empty()) return Done{};
    // A text of JSON is one of TOML.
    const std::string path = folder_of(id) + "/config.toml";
    std::string config = LICET_TRY(read_file(path));
    config += "controller = " + json::serialize(json::string(name)) + "\n";
    auto file = LICET_TRY(ByteWriter::create(path));
    LICET_TRY(file->write(config));
    return file->finish();
}

Result<Done> ServerOffice::remove_example(const std::string& id) {
    std::shared_ptr<TenantDesk> desk;  // stops when nobody answers with it any more
    const std::lock_guard lock(desks_mutex_);
    if (id == web::kFirstTenant || !has_tenant_on_disk(id))
        return error(ErrorCode::kMissing, "web.no_tenant");
    const std::string folder = folder_of(id);
    if (!licet::is_example(folder)) return error(ErrorCode::kInput, "serve.not_an_example");
    if (const auto open = desks_.find(id); open != desks_.end()) {
        desk = std::move(open->second);
        desks_.erase(open);
        const std::lock_guard checkers(checkers_mutex_);
        checkers_.erase(desk.get());
    }
    {
        const std::lock_guard known(known_mutex_);
        known_.erase(id);
    }
    std::error_code fault;
    fs::remove_all(folder, fault);
    if (fault)
        return error(ErrorCode::kBroken, "serve.not_removed", {{"reason", fault.message()}}, id);
    return Done{};
}

// ---- checkers -----------------------------------------------------------------------------------
Result<std::unique_ptr<web::Checker>> ServerOffice::checker(TenantDesk& desk) {
    const auto law = this->law();
    {
        const std::lock_guard lock(checkers_mutex_);
        auto& free = checkers_[&desk];
        // Those of another law are of no use any more.
        std::erase_if(free, [&](const auto& one) { return &one->law() != law.get(); });
        if (!free.empty()) {
            auto out = std::move(free.back());
            free.pop_back();
            return out;
        }
    }
    auto tokeniser = LICET_TRY(ledger::Tokeniser::create(desk.workspace().key));
    auto foreign = LICET_TRY(foreign_names(desk.workspace()));
    return std::make_unique<web::Checker>(law, reference_, zone_offset, std::move(tokeniser),
                                          std::move(foreign), desk.workspace().country);
}

void ServerOffice::give_back(const TenantDesk& desk, std::unique_ptr<web::Checker> checker) {
    // Of a tenant that was removed meanwhile nothing is kept.
    const std::scoped_lock lock(desks_mutex_, checkers_mutex_);
    if (const auto open = desks_.find(desk.id());
        open == desks_.end() || open->second.get() != &desk)
        return;
    checkers_[&desk].push_back(std::move(checker));
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

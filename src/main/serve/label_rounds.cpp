// SPDX-License-Identifier: Apache-2.0
#include "main/serve/label_rounds.h"

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>

#include "main/command_label.h"
#include "main/files.h"
#include "main/serve/captured.h"
#include "main/zones.h"

namespace licet {
namespace {

constexpr std::chrono::minutes kBetweenLooks{5};

// Of a page that is there: it stays in the language in which it was issued.
Language language_of_page(const std::string& folder) {
    const auto page = read_file(folder + "/index.html");
    const bool is_english = page && page->find("<html lang=\"en\"") != page->npos;
    return is_english ? Language::kEnglish : Language::kFrench;
}

}  // namespace

std::string label_folder(const ServerOffice& office, std::string_view tenant) {
    return office.folder_of(tenant) + "/label";
}

LabelRounds::LabelRounds(ServerOffice& office, std::function<void(const Error&)> tell)
    : office_(office),
      tell_(std::move(tell)),
      thread_([this](const std::stop_token& stop) { go_round(stop); }) {}

void LabelRounds::go_round(const std::stop_token& stop) {
    std::mutex unused;
    std::condition_variable_any woken;
    Date done{};
    while (!stop.stop_requested()) {
        if (const Date today = now().day; today != done) {
            for (const TenantEntry& tenant : office_.tenants())
                if (!stop.stop_requested()) review(tenant.id);
            done = today;
        }
        std::unique_lock lock(unused);
        woken.wait_for(lock, stop, kBetweenLooks, [] { return false; });
    }
}

void LabelRounds::review(const std::string& tenant) {
    LabelOptions options;
    options.out = label_folder(office_, tenant);
    std::error_code fault;
    if (!std::filesystem::exists(options.out + "/label.json", fault)) return;
    Ran ran;
    const Terminal terminal(office_.voices().in(language_of_page(options.out)), ran.said);
    ran.status = run_label_review(terminal, office_.common_of(tenant), options);
    if (const auto fault_told = ran.error()) tell_(*fault_told);
    if (const auto desk = office_.desk(tenant); desk) std::ignore = (*desk)->catch_up();
}

}  // namespace licet

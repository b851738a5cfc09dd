// SPDX-License-Identifier: Apache-2.0
#include "main/terminal.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "base/number.h"
#include "base/text.h"
#include "base/toml.h"
#include "main/resources.h"

namespace licet {
namespace {

bool can_colour(int descriptor) {
    const char* no_colour = std::getenv("NO_COLOR");
    const char* term = std::getenv("TERM");
    const bool is_dumb = term == nullptr || std::string_view(term) == "dumb";
    return ::isatty(descriptor) == 1 && no_colour == nullptr && !is_dumb;
}

std::string_view code_of(Colour colour) {
    switch (colour) {
        case Colour::kPlain:
            return "";
        case Colour::kBold:
            return "\x1b[1m";
        case Colour::kDim:
            return "\x1b[2m";
        case Colour::kGreen:
            return "\x1b[1;32m";
        case Colour::kRed:
            return "\x1b[1;31m";
        case Colour::kYellow:
            return "\x1b[1;33m";
        case Colour::kBlue:
            return "\x1b[36m";
    }
    return "";
}

Catalogue carried_catalogue(Language language) {
    // texts/fr.toml, and one file a module in texts/fr/.
    const std::string name = language == Language::kFrench ? "texts/fr" : "texts/en";
    std::map<std::string, std::string, std::less<>> texts;
    for (const Resource& one : all_resources()) {
        if (one.path != name + ".toml" && !one.path.starts_with(name + "/")) continue;
        const auto file = parse_toml(one.bytes, std::string(one.path));
        LICET_ENSURE(file.has_value());  // carried inside the program, and tested
        for (const auto& [id, value] : file->values) texts.emplace(id, value.text);
    }
    return {language, std::move(texts)};
}

}  // namespace

int status_of(const Error& problem) {
    switch (problem.code) {
        case ErrorCode::kInput:
            return exit_status::kBadInput;
        case ErrorCode::kMissing:
            return exit_status::kMissingInput;
        case ErrorCode::kChanged:
        case ErrorCode::kBusy:
            return exit_status::kTryAgain;
        case ErrorCode::kBroken:
            return exit_status::kBroken;
    }
    return exit_status::kBroken;
}

Terminal::Terminal(Catalogue catalogue, bool wants_json)
    : catalogue_(std::move(catalogue)),
      wants_json_(wants_json),
      has_colour_(can_colour(STDOUT_FILENO)),
      is_error_terminal_(::isatty(STDERR_FILENO) == 1) {}

Terminal::Terminal(Catalogue catalogue, Capture& capture)
    : catalogue_(std::move(catalogue)),
      wants_json_(true),
      has_colour_(false),
      is_error_terminal_(false),
      capture_(&capture) {}

Terminal Terminal::aside() const {
    Terminal out = *this;
    out.is_aside_ = true;
    out.has_colour_ = can_colour(STDERR_FILENO);
    return out;
}

std::string Terminal::colour(Colour colour, std::string_view text) const {
    if (!has_colour_ || colour == Colour::kPlain) return std::string(text);
    return std::string(code_of(colour)) + std::string(text) + "\x1b[0m";
}

void Terminal::print(std::string_view line) const {
    if (capture_ != nullptr)
        capture_->out.append(line).append("\n");
    else
        (is_aside_ ? std::cerr : std::cout) << line << '\n';
}

void Terminal::print_error(const Error& problem) const {
    if (capture_ != nullptr) {
        capture_->errors.push_back(problem);
        return;
    }
    std::cout.flush();
    std::cerr << (problem.where.empty() ? "licet" : problem.where) << ": "
              << catalogue_(problem.message) << '\n';
}

void Terminal::print_errors(std::span<const Error> problems) const {
    for (const Error& problem : problems) print_error(problem);
}

void Terminal::note(std::string_view line) const {
    if (capture_ != nullptr) {
        capture_->notes.emplace_back(line);
        return;
    }
    std::cout.flush();
    std::cerr << line << '\n';
}

int fail(const Terminal& terminal, const Error& problem) {
    terminal.print_error(problem);
    return status_of(problem);
}

ProgressBar::ProgressBar(const Terminal& terminal, std::uint64_t total_bytes)
    : terminal_(terminal),
      total_(total_bytes),
      start_(std::chrono::steady_clock::now()),
      last_(start_) {}

void ProgressBar::show(std::uint64_t rows, std::uint64_t bytes) {
    using std::chrono::duration;
    if (const Capture* capture = terminal_.capture()) {
        if (capture->progress) capture->progress(rows, bytes, total_);
        return;
    }
    const auto now = std::chrono::steady_clock::now();
    if (!terminal_.is_watched() || now - last_ < std::chrono::milliseconds{100}) return;
    last_ = now;
    was_shown_ = true;
    const double seconds = duration<double>(now - start_).count();
    const auto rate = static_cast<std::uint64_t>(static_cast<double>(rows) / seconds);
    std::string line = "\r\x1b[K  ";
    if (total_ > 0) {
        constexpr std::uint64_t kWidth = 30;
        const std::uint64_t done = std::min(bytes, total_);
        const std::uint64_t filled = done * kWidth / total_;
        for (std::uint64_t i = 0; i < kWidth; ++i) line += i < filled ? "█" : "░";
        const double left = seconds * static_cast<double>(total_ - done) /
                            static_cast<double>(std::max<std::uint64_t>(done, 1));
        line += " " + std::to_string(done * 100 / total_) + " %  ";
        line += terminal_.text()("progress.left",
                                 {{"seconds", std::to_string(static_cast<int>(left + 0.5))}});
    }
    line +=
        "  " + terminal_.text()("progress.rate", {{"rows", worded(rows, terminal_.language())},
                                                  {"rate", worded(rate, terminal_.language())}});
    std::cerr << line << std::flush;
}

void ProgressBar::finish() {
    if (was_shown_) std::cerr << "\r\x1b[K" << std::flush;
}

Language language_of(std::string_view wanted) {
    if (wanted == "fr") return Language::kFrench;
    if (wanted == "en") return Language::kEnglish;
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        if (value == nullptr || *value == '\0') continue;
        return std::string_view(value).starts_with("fr") ? Language::kFrench : Language::kEnglish;
    }
    return Language::kEnglish;
}

const Catalogue& catalogue_of(Language language) {
    static const Catalogue kFrench = carried_catalogue(Language::kFrench);
    if (language == Language::kFrench) return kFrench;
    static const Catalogue kEnglish = carried_catalogue(Language::kEnglish);
    return kEnglish;
}

}  // namespace licet
